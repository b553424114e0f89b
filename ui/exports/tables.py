"""Tables for other programs: CSV of one table; XLSX, Parquet and JSON of the whole view. No cell can be a formula."""

from __future__ import annotations

import csv as comma_separated
import json
import re
from collections.abc import Callable, Hashable
from io import BytesIO, StringIO
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import xlsxwriter  # type: ignore[import-untyped]

from model import catalog
from ui.exports.series import series
from ui.exports.stamp import Stamp, stamp
from ui.links.asked import Place
from ui.told import assumptions, cache, numbers, words

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDEST = 60  # characters of a column
Cell = Hashable


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that could start one gets an apostrophe in front."""
    risky = text.startswith(STARTS_A_FORMULA) or text.lstrip().startswith(STARTS_A_FORMULA)
    return f"'{text}" if risky else text


def csv(frame: pd.DataFrame, stamp: Stamp) -> bytes:
    """A table as CSV: UTF-8 with a mark at the start for Excel, the stamp first, in lines that start with `# `.

    `pandas.read_csv(file, comment="#")` reads the table back. A line of the stamp has no comma, semicolon or tab, so a
    spreadsheet shows it in one cell. All texts are in quotes and none can be a formula; numbers stay numbers, with all
    digits that the model computes.
    """
    out = StringIO()
    for name, text in stamp.rows():
        between = " – " if text == stamp.caveat else " · "
        out.write(f"# {name}: {_one_cell(text, between)}\r\n")
    safe = frame.map(_cell)
    safe.columns = pd.Index([defused(str(column)) for column in frame.columns])
    safe.to_csv(out, index=False, quoting=comma_separated.QUOTE_NONNUMERIC, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(cell: Cell) -> Cell:
    """Text that is no formula; a number that is not whole in the fewest digits that tell the model's 32 bits."""
    if isinstance(cell, str):
        return defused(cell)
    return float(str(np.float32(cell))) + 0.0 if isinstance(cell, float) else cell  # 0 has no minus


def _one_cell(text: str, between: str) -> str:
    """Text without whatever separates the cells of a CSV."""
    parts = re.split(r"\s*[,;\t\r\n]\s*", re.sub(r"(?<=[0-9]),(?=[0-9])", "", text))
    return between.join(parts).replace('"', "”")


def result_json(place: Place, address: str = "") -> bytes:
    """The result of a place as JSON: what `python -m model run --json` prints, with the stamp in front."""
    mark = stamp(place, address)
    told = cache.result(cache.position(place)).to_dict()
    told["scenario"] |= {"name": place.scenario.name}
    about = dict(mark.rows()) | {"Made": mark.made.isoformat()}
    return json.dumps({"about": about, **told}, indent=2, ensure_ascii=False).encode()


def parquet(place: Place, address: str = "") -> bytes:
    """All series of a place as Parquet, unrounded, in the columns of `series`; the stamp is in the metadata."""
    table = pa.Table.from_pandas(series(place), preserve_index=False)
    about = {name.encode(): text.encode() for name, text in stamp(place, address).rows()}
    out = BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **about}), out)
    return out.getvalue()


def workbook(place: Place, address: str = "") -> bytes:
    """All series of a place as an XLSX workbook: cells show whole points and hold the unrounded numbers."""
    mark, rows = stamp(place, address), series(place)
    out = BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, **as_text}) as book:
        book.set_properties({"title": mark.title, "subject": mark.settings, "comments": f"{mark.caveat} {mark.link}"})
        _about(book, mark)
        for name, table in _sheets(place, rows).items():
            _sheet(book, name, table)
    return out.getvalue()


def _sheets(place: Place, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of the workbook by name."""
    at = cache.position(place)
    return {
        "Settings": settings_table(place),
        "Shift": _of(rows, "shift"),
        "Composite": _of(rows, "alignment with levers", "alignment without levers"),
        "Domains": _of(rows, "domain, with levers", "domain, without levers", "domain, shift"),
        "Outcomes": _of(rows, "outcome", "reversed at home"),
        "Credit": _of(rows, "credit", "lever alone", "interaction", "sum of credits"),
        "Accounting": _of(rows, "yearly change by cause"),
        "Goals": _goals(place, at),
        "Assumptions": assumptions.parameters(),
        "Grounds": assumptions.all_grounds(),
        "Sources": assumptions.sources(),
    }


def settings_table(place: Place) -> pd.DataFrame:
    """One row a setting: key, name, value, and the words of a lever's position."""
    names, levers = numbers.setting_names(), catalog().levers
    return pd.DataFrame(
        [
            (key, names[key], value, words.position(levers[key], value) if key in levers else "")
            for key, value in cache.position(place).settings
        ],
        columns=["Key", "Setting", "Value", "In words"],
    )


def _of(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The rows of some series for a reader: worldviews by their short names, empty columns left out."""
    shorts = {key: worldview.short for key, worldview in catalog().worldviews.items()}
    found = rows[rows["series"].isin(names)].assign(worldview=lambda table: table["worldview"].map(shorts))
    empty = [c for c in found.columns if found[c].isna().all() or (found[c] == "").all()]
    kept = found.drop(columns=empty if len(found) else [])
    return kept.rename(columns=lambda name: str(name).capitalize())


def _goals(place: Place, at: cache.RunKey) -> pd.DataFrame:
    if not place.goals:
        return pd.DataFrame({"Goal": ["No goal is set."]})
    return numbers.goal_table(place.goals, cache.goal_counts(at, place.goals))


def _about(book: Any, mark: Stamp) -> None:
    """The first sheet: the stamp."""
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 20, book.add_format({"bold": True, "valign": "top"}))
    sheet.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, (name, text) in enumerate(mark.rows()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)
    told = "Cells show whole points and hold the numbers unrounded; the digits behind the point mean nothing."
    sheet.write_string(len(mark.rows()), 0, "How to read it")
    sheet.write_string(len(mark.rows()), 1, told)


def _sheet(book: Any, name: str, table: pd.DataFrame) -> None:
    """A sheet with a table: its head stays in sight, its rows can be filtered."""
    sheet = book.add_worksheet(name)
    head, whole, year = (book.add_format(f) for f in ({"bold": True, "bottom": 1}, {"num_format": "0"}, {}))
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, str(column), head)
        cells = table[column].tolist()
        shape = year if pd.api.types.is_integer_dtype(table[column]) else whole
        for row, cell in enumerate(cells, start=1):
            _write(sheet, row, place, cell, shape)
        longest = max([len(str(column)), *(len(_seen(cell)) for cell in cells)])
        sheet.set_column(place, place, min(WIDEST, longest + 2))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), max(len(table.columns) - 1, 0))


def _write(sheet: Any, row: int, place: int, cell: Cell, shape: Any) -> None:
    """A text as text, a number as a number, nothing where there is none."""
    writer: Callable[..., Any] = sheet.write_string if isinstance(cell, str) else sheet.write_number
    if isinstance(cell, str):
        writer(row, place, cell)
    elif cell is not None and not pd.isna(cell):  # type: ignore[call-overload]  # numbers only are left
        writer(row, place, cell, shape)


def _seen(cell: Cell) -> str:
    """What a reader sees of a cell."""
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)

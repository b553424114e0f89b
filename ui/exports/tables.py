"""Tables for other programs: CSV of one; XLSX, Parquet and JSON of all series of a view. No cell can be a formula."""

from __future__ import annotations

import csv as comma_separated
import json
import re
from collections.abc import Callable, Hashable, Iterator
from io import BytesIO, StringIO
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import xlsxwriter  # type: ignore[import-untyped]

from model import catalog
from model.assumptions.edits import identities
from model.assumptions.scenario import setting, settings
from model.assumptions.schema import Scenario
from model.engine.equations import Array
from model.engine.results import Result, percentiles
from ui.exports.stamp import Stamp, stamp
from ui.links.asked import Asked, fixed_settings
from ui.told import assumptions, cache, history, numbers, words
from ui.told.own import own_words

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDEST = 60  # characters of a column
Cell = Hashable
COLUMNS = ["series", "item", "worldview", "year", "low", "middle", "high", "mean", "unit"]
POINTS, CHANGE, WORLDS = "points of 100", "points", "worlds of 100"
Row = tuple[str, str, str, int, float | None, float | None, float | None, float | None, str]


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


def result_json(asked: Asked, address: str = "") -> bytes:
    """The result of what is asked as JSON: what `python -m model run --json` prints, with the stamp in front."""
    mark = stamp(asked, address)
    told = cache.result(cache.run_key(asked)).to_dict()
    told["scenario"] |= {"name": asked.scenario.name}
    about = dict(mark.rows()) | {"Made": mark.made.isoformat()}
    return json.dumps({"about": about, **told}, indent=2, ensure_ascii=False).encode()


def parquet(asked: Asked, address: str = "") -> bytes:
    """All series as Parquet, unrounded, in the columns of `series`; the stamp is in the metadata."""
    table = pa.Table.from_pandas(series(asked), preserve_index=False)
    about = {name.encode(): text.encode() for name, text in stamp(asked, address).rows()}
    out = BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **about}), out)
    return out.getvalue()


def workbook(asked: Asked, address: str = "") -> bytes:
    """All series as an XLSX workbook: cells show whole points and hold the unrounded numbers."""
    mark, rows = stamp(asked, address), series(asked)
    out = BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, **as_text}) as book:
        comments = f"{mark.caveat} {mark.link}"
        book.set_properties({"title": mark.title, "subject": mark.what_is_set, "comments": comments})
        _about(book, mark)
        for name, table in _sheets(asked, rows).items():
            _sheet(book, name, table)
    return out.getvalue()


def _sheets(asked: Asked, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of the workbook by name."""
    at = cache.run_key(asked)
    return {
        "Settings": settings_table(asked),
        **({"Historic analogue": history_table(asked.scenario)} if asked.scenario.analogue else {}),
        "Shift": _of(rows, "shift"),
        "Composite": _of(rows, "alignment with levers", "alignment without levers"),
        "Domains": _of(rows, "domain, with levers", "domain, without levers", "domain, shift"),
        "Outcomes": _of(rows, "outcome", "reversed at home"),
        "Credit": _of(rows, "lost if dropped", "credit", "lever alone", "interaction", "sum of credits"),
        "Accounting": _of(rows, "yearly change by cause"),
        "Goals": _goal_sheet(asked, at),
        "Assumptions": assumptions.parameters(),
        "Grounds": assumptions.all_grounds(),
        "Sources": assumptions.sources(),
    }


def history_table(scenario: Scenario) -> pd.DataFrame:
    """One row for each thing that a reader has to know of a historic analogue."""
    return pd.DataFrame(history.about(scenario), columns=["Historic analogue", "In words"])


def settings_table(asked: Asked) -> pd.DataFrame:
    """One row a setting: key, name, value, and what it means; the structure, if not the base, and an own worldview."""
    names = numbers.setting_names()
    rows: list[tuple[str, str, int | str, str]] = [
        (key, names[key], setting(asked.scenario, key), _in_words(asked.scenario, key)) for key in settings()
    ]
    if asked.switched:
        rows.append(("structure", "Structure", asked.structure, words.structure_words(asked.switched)))
    if asked.own and not asked.scenario.analogue:
        rows.append(("own", "Your worldview, edited", asked.own.copied, own_words(asked.own)))
    return pd.DataFrame(rows, columns=["Key", "Setting", "Value", "In words"])


def _in_words(scenario: Scenario, key: str) -> str:
    """The words of a lever's position, or that a historic analogue fixes the setting."""
    if key in fixed_settings(scenario):
        return "fixed in this historic analogue"
    lever = catalog().levers.get(key)
    return words.position_words(lever, setting(scenario, key)) if lever else ""


def _of(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The rows of some series for a reader: worldviews by their short names, empty columns left out."""
    shorts = {key: worldview.short for key, worldview in identities().items()}
    found = rows[rows["series"].isin(names)].assign(worldview=lambda table: table["worldview"].map(shorts))
    empty = [c for c in found.columns if found[c].isna().all() or (found[c] == "").all()]
    kept = found.drop(columns=empty if len(found) else [])
    return kept.rename(columns=lambda name: str(name).capitalize())


def _goal_sheet(asked: Asked, at: cache.RunKey) -> pd.DataFrame:
    if not asked.goals:
        return pd.DataFrame({"Goal": ["No goal is set."]})
    return numbers.goal_table(asked.goals, cache.goal_counts(at, asked.goals))


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


# ---- all series of a view


def series(asked: Asked) -> pd.DataFrame:
    """All series of what is asked, one row a series, item, worldview and year; nothing is rounded.

    Columns: series, item (a domain, an outcome, a lever, a cause or a goal; empty for the whole), worldview (its key),
    year, low, middle, high (10th, 50th and 90th percentile of the assumed worlds), mean, unit. What has no spread, such
    as a count of worlds, has a mean only.
    """
    at = cache.run_key(asked)
    result = cache.result(at)
    rows = [
        *_spread(result, "alignment with levers", "", result.run.composite, POINTS),
        *_spread(result, "alignment without levers", "", result.no_lever.composite, POINTS),
        *_spread(result, "shift", "", result.shift, CHANGE),
        *_domains(result),
        *_outcomes(result),
        *_reversals(result),
        *_lost(at, result.years[-1]),
        *_credits(at, result.years[-1]),
        *_causes(at),
        *_goals(asked, at, result.years[-1]),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _spread(result: Result, name: str, item: str, values: Array, unit: str) -> Iterator[Row]:
    """Rows of a series by year; `values` is (Y + 1, W, N)."""
    low, middle, high = percentiles(values).values()
    mean = values.mean(axis=-1, dtype=float)
    for w, worldview in enumerate(result.worldviews):
        for y, year in enumerate(result.years):
            spread = (float(array[y, w]) for array in (low, middle, high, mean))
            yield (name, item, worldview, year, *spread, unit)  # type: ignore[misc]  # four numbers


def _domains(result: Result) -> Iterator[Row]:
    """Alignment and shift by domain and year."""
    shift = result.run.alignment - result.no_lever.alignment
    for d, domain in enumerate(catalog().structure.domains.values()):
        yield from _spread(result, "domain, with levers", domain.name, result.run.alignment[:, d], POINTS)
        yield from _spread(result, "domain, without levers", domain.name, result.no_lever.alignment[:, d], POINTS)
        yield from _spread(result, "domain, shift", domain.name, shift[:, d], CHANGE)


def _outcomes(result: Result) -> Iterator[Row]:
    """The other outcomes by year; the worst year of the eastern allies so far stands at each year."""
    for key, outcome in numbers.outcomes_beside().items():
        yield from _spread(result, "outcome", outcome.title, result.outcome_by_year(key), CHANGE)


def _reversals(result: Result) -> Iterator[Row]:
    """In how many of 100 worlds the policy has been reversed at home by each year."""
    share = 100 * result.run.reversed.mean(axis=-1)
    for w, worldview in enumerate(result.worldviews):
        for y, year in enumerate(result.years):
            yield _one("reversed at home", "", worldview, year, float(share[y, w]), WORLDS)


def _lost(at: cache.RunKey, year: int) -> Iterator[Row]:
    """What would be lost of the shift of the last year without each lever."""
    names = numbers.setting_names()
    for one in cache.dropped(at):
        for key, middle in one.p50.items():
            spread = (one.p10[key], middle, one.p90[key])
            yield ("lost if dropped", names[key], one.worldview, year, *spread, None, CHANGE)


def _credits(at: cache.RunKey, year: int) -> Iterator[Row]:
    """Credit of each lever for the shift of the last year, each lever alone, and the interaction."""
    names = numbers.setting_names()
    for credit in cache.credits_at(at):
        for key, points in credit.credit.items():
            yield _one("credit", names[key], credit.worldview, year, points, CHANGE)
            yield _one("lever alone", names[key], credit.worldview, year, credit.alone[key], CHANGE)
        yield _one("interaction", "", credit.worldview, year, credit.interaction, CHANGE)
        yield _one("sum of credits", "", credit.worldview, year, credit.shift, CHANGE)


def _causes(at: cache.RunKey) -> Iterator[Row]:
    """Mean yearly change of alignment by term of equation 7."""
    for worldview, year, term, points in cache.accounting(at).itertuples(index=False):
        yield _one("yearly change by cause", term, worldview, year, points, CHANGE)


def _goals(asked: Asked, at: cache.RunKey, year: int) -> Iterator[Row]:
    """In how many of 100 worlds each goal holds, with the levers and without."""
    if not asked.goals:
        return
    for worldview, count in cache.goal_counts(at, asked.goals).items():
        for goal, held, other in zip(asked.goals, count.each, count.no_lever_each, strict=True):
            yield _one("goal held", goal.in_words(), worldview, year, held, WORLDS)
            if other is not None:
                yield _one("goal held without levers", goal.in_words(), worldview, year, other, WORLDS)


def _one(name: str, item: str, worldview: str, year: int, mean: float, unit: str) -> Row:
    """A row of a series without spread."""
    return (name, item, worldview, year, None, None, None, float(mean), unit)

"""The brief: one or two pages of A4 with all that a reader needs who was not there. How it looks is in brief.typ."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import fontpkg  # type: ignore[import-untyped]
import noto_cjk_sans_otc  # type: ignore[import-untyped]
import typst

from model import catalog
from model.analysis.cautions import cautions
from model.analysis.credit import Credit
from model.assumptions.edits import identities
from model.assumptions.scenario import moved
from model.assumptions.schema import Range, Scenario
from ui.drawn import boards
from ui.drawn.boards import Board
from ui.exports.pictures import alternative, body
from ui.exports.renderer import NoPicture
from ui.exports.stamp import Stamp, clean, qr_svg, stamp
from ui.links.asked import Asked
from ui.told import cache, history, observed, words
from ui.told.assumptions import cite, disputed, graded
from ui.told.numbers import setting_names, whole_credit

WIDTH = 860  # of the pictures, in pixels of a page
SIZES = (9.6, 9.0, 8.4, 7.8)  # of letters, in points: the largest that gives two pages
MOST_PAGES = 2
MOST_SOURCES, MOST_CAUTIONS = 12, 5
MODELLER = "modeller"
# Typst brings the first, which has Latin, Greek, Cyrillic and Hebrew; any other font of the system may help after them.
FONTS = ("Libertinus Serif", "Noto Sans Arabic", "Noto Sans CJK SC")
STAND_IN = "\N{WHITE SQUARE}"
PROBE = b"""#set document(title: "probe")
#set text(font: json(bytes(sys.inputs.fonts)), weight: "semibold")
#sys.inputs.text"""
ACCESSIBLE: Final = "ua-1"


@dataclass(frozen=True)
class Assumption:
    """An assumption on which the worldviews differ, for a reader.

    meaning: with its basis. values: middle value and, in brackets, low to high, by worldview.
    """

    key: str
    title: str
    meaning: str
    values: tuple[tuple[str, str], ...]


def brief(asked: Asked, address: str, today: date | None = None) -> bytes:
    """The brief of what is asked as PDF/UA, A4, at most two pages, with headings, tables and alternative texts.

    Without a browser on the server the charts are left out and a sentence says so.

    Args:
        asked: what is on the page.
        address: the public address of the page; without one there is no QR code, and the link is only its query.
        today: the day to write; that of the clock, in UTC, where it is left out.
    """
    mark, board = stamp(asked, address, today), boards.worldviews(asked, None, "light")
    charts, missing = b"", ""
    try:
        charts = body(board, WIDTH)
    except NoPicture as error:
        missing = f"The charts are left out. {error}"
    pictures = {"charts.png": charts, "qr.svg": qr_svg(mark.link) if _opens(mark) else b""}
    return _typeset(content(asked, mark, board, missing), pictures)


# ---- what it says


def content(asked: Asked, mark: Stamp, board: Board, missing: str) -> dict[str, Any]:
    """All that a brief says, as plain data for its template.

    Args:
        asked: what is on the page.
        mark: its stamp.
        board: the worldviews' charts.
        missing: why they are not drawn; empty where they are.
    """
    scenario, at = asked.scenario, cache.run_key(asked)
    counts = cache.goal_counts(at, asked.goals) if asked.goals else {}
    paragraphs = words.summary(
        asked, cache.cards(at), cache.told_outcomes(at), counts, cache.inside(at, asked.prediction)
    )
    told = paragraphs[1 : 1 + len(asked.worldviews)]
    title, unshown = shown(mark.title)
    raised = _cautions(scenario)
    raised += [("", words.REASONS_OF_BASE)] if raised and asked.switched else []
    return {
        "fonts": FONTS,
        "document": {
            "title": f"{mark.title}: a brief from Strategic Triangle",
            "description": f"{mark.what_is_set} {mark.caveat}",
            "keywords": [mark.link],
            "date": {"year": mark.made.year, "month": mark.made.month, "day": mark.made.day},
        },
        "kicker": f"{_question(scenario)} A brief from Strategic Triangle",
        "day": mark.day,
        "title": title,
        "right-to-left": _right_to_left(title),
        "unshown": unshown,
        "finding": board.told.finding if board.told else "",
        "caveat": board.told.caveat if board.told else mark.caveat,
        "about": f"{mark.what_is_set} {mark.range[0].upper()}{mark.range[1:]}, {mark.worlds}; "
        f"model version {mark.version}.",
        "foot": f"{mark.caveat} Strategic Triangle, model version {mark.version}, {mark.day}.",
        "follows": {
            "title": f"What follows by {scenario.last_year}, under {_views(asked)}",
            "paragraphs": [(f"{lead}.", text) for lead, text in told],
        },
        "picture": {
            "shown": not missing,
            "missing": ("No charts.", missing),
            "alt": alternative(board),
        },
        "history": {"title": "A historic analogue", "paragraphs": _history(scenario)},
        "levers": _levers(credit_rows(scenario, cache.credits_at(at)), asked.worldviews),
        "cautions": {"title": "Worth noticing in this package", "paragraphs": raised},
        "assumptions": _then(scenario) if scenario.analogue else _assumptions(differing()),
        "sources": {"title": "Sources", "paragraphs": _sources(scenario)},
        "end": _end(mark, scenario),
    }


def _question(scenario: Scenario) -> str:
    return f"Do the levers move {history.pair(scenario)} apart, or closer?"


def _views(asked: Asked) -> str:
    if asked.scenario.analogue:
        return f"the worldview “{identities()[asked.worldviews[0]].title}” only"
    return f"four rival worldviews{' and your own' if asked.own else ''}"


def _history(scenario: Scenario) -> list[tuple[str, str]]:
    """What a reader has to know of a historic analogue; what was different then has a table of its own."""
    return [(f"{lead}.", text) for lead, text in history.about(scenario, in_sentences=False)]


def _named(scenario: Scenario) -> list[str]:
    """The parameters that the brief has in its table of assumptions."""
    return list(scenario.analogue.overrides) if scenario.analogue else [one.key for one in differing()]


def _then(scenario: Scenario) -> dict[str, Any]:
    """The assumptions that a historic analogue replaces, beside the worldview's own."""
    table = history.overrides(scenario)
    if not len(table):
        nothing = "A historic analogue may replace assumptions of its worldview; this one replaces none."
        return {"title": "What was different then", "paragraphs": [("", nothing)]}
    return {
        "title": "What was different then",
        "head": [str(column) for column in table.columns],
        "rows": table.values.tolist(),
        "note": "Low / central / high. What was different then is judgement of the modeller.",
    }


def _shorts(worldviews: Sequence[str]) -> list[str]:
    return [identities()[key].short for key in worldviews]


def _levers(rows: Sequence[Sequence[str]], worldviews: Sequence[str]) -> dict[str, Any]:
    if not rows:
        nothing = "No lever is moved, so there is nothing to give credit for."
        return {"title": "The levers", "paragraphs": [("", nothing)]}
    return {
        "title": "The levers in words, and what each adds to the mean shift, in points",
        "head": ["Lever", "Setting", "In words", *_shorts(worldviews)],
        "rows": rows,
        "note": "What a lever adds is averaged over all orders of switching the levers on; the parts add up to the "
        "mean shift. Levers that are not named stand at 0.",
    }


def _assumptions(chosen: Sequence[Assumption]) -> dict[str, Any]:
    return {
        "title": "The assumptions on which the worldviews differ most",
        "head": ["Assumption", "What it is", *_shorts(tuple(catalog().worldviews))],
        "rows": [[one.title, one.meaning, *one.values] for one in chosen],
        "note": f"Middle value (low to high). These {len(chosen)} of {len(catalog().parameters)} were chosen because "
        "the worldviews’ middle values lie furthest apart, as a share of what each may be at all; not because they are "
        "the surest or matter most to this package.",
    }


def _end(mark: Stamp, scenario: Scenario) -> dict[str, Any]:
    rivals = "" if scenario.analogue else "The worldviews are rivals and are not averaged. "
    told = (
        "The link opens this view with every number, source and chart; there the levers can be moved, and data and "
        f"code taken away. {rivals}Pass this on with its caveat."
    )
    return {
        "title": "See it, change it, check it",
        "paragraphs": [(mark.caveat, told)],
        "link": clean(mark.link, 4000),
        "qr": "QR code of the link to this view" if _opens(mark) else "",
    }


def _opens(mark: Stamp) -> bool:
    """Whether the link is a whole one."""
    return mark.link.startswith("http")


def _cautions(scenario: Scenario) -> list[tuple[str, str]]:
    raised = cautions(scenario)
    told = [(f"{caution.title}.", caution.reason) for caution in raised[:MOST_CAUTIONS]]
    more = len(raised) - MOST_CAUTIONS
    return told + ([("And more:", f"the page names {more} more.")] if more > 0 else [])


def credit_rows(scenario: Scenario, credits_: Sequence[Credit]) -> list[list[str]]:
    """Levers that are moved with setting, words and credit by worldview; the interaction and the sum last.

    In whole points that add up.
    """
    names, known, whole = setting_names(), catalog().levers, [whole_credit(one) for one in credits_]
    rows = []
    for key in whole[0].credit:
        setting, told = str(scenario.levers[key]), words.position_words(known[key], scenario.levers[key])
        rows.append(
            [names[key], setting, told[0].upper() + told[1:], *(words.signed(one.credit[key]) for one in whole)]
        )
    if rows:
        rows.append(["Of this only together", "", "", *(words.signed(one.interaction) for one in whole)])
        rows.append(["Mean shift, points", "", "", *(words.signed(one.shift) for one in whole)])
    return rows


def differing() -> list[Assumption]:
    """The assumptions on which the worldviews differ most, as `disputed` has them."""
    return [_assumption(key) for key in disputed()]


def _assumption(key: str) -> Assumption:
    definition = catalog().parameters[key]
    found = [view.parameters[key] for view in catalog().worldviews.values()]
    grades = dict.fromkeys(grade for one in found for grade in one.basis)
    return Assumption(
        key=key,
        title=definition.title,
        meaning=f"{definition.meaning} Basis: {graded(grades)}.",
        values=tuple(_told_range(one, definition.unit) for one in found),
    )


def _told_range(one: Range, unit: str) -> tuple[str, str]:
    """Middle value, and low and high: 55 % and (45 to 65)."""
    low, middle, high = (
        f"{round(100 * value)}" if unit == "share" else f"{value:g}" for value in (one.low, one.central, one.high)
    )
    return f"{middle}{' %' * (unit == 'share')}".replace("-", "−"), f"({low} to {high})".replace("-", "−")


def _sources(scenario: Scenario) -> list[tuple[str, str]]:
    """What the assumptions rest on, and what the observed line beside the drift."""
    beside = observed.before_cited(scenario)
    return [("", cited(scenario, _named(scenario))), *([("", beside)] if beside else [])]


def cited(scenario: Scenario, parameters: Sequence[str]) -> str:
    """The sources of a scenario, its levers and some parameters, those that most of these rest on first."""
    known = catalog()
    records = [scenario.sources, *(known.levers[key].sources for key in moved(scenario, known))]
    records += [view.parameters[key].sources for view in known.worldviews.values() for key in parameters]
    counted = Counter(slug for sources in records for slug in sources if slug != MODELLER)
    first = [slug for slug, _ in counted.most_common(MOST_SOURCES)]
    more = len(counted) - len(first)
    end = f" And {more} more, named on the page Assumptions." if more else ""
    named = "; ".join(f"{cite([slug])}, {known.sources[slug].title.strip('[]')}" for slug in first)
    return f"{named}.{end} Sizes that no source gives are judgement of the modeller."


# ---- how it is set


def shown(title: str) -> tuple[str, str]:
    """A title as the fonts of this server can show it, and a sentence on the signs that none of them has."""
    if _fonts_have(title):
        return title, ""
    fitting = "".join(c if c.isascii() or _fonts_have(c) else STAND_IN for c in title)
    if not _fonts_have(fitting):  # signs that only together need one that is missing
        fitting = "".join(c if c.isascii() else STAND_IN for c in title)
    lost = dict.fromkeys(c for c, kept in zip(title, fitting, strict=True) if c != kept)
    named = ", ".join(f"{unicodedata.name(c, 'a sign')} (U+{ord(c):04X})" for c in list(lost)[:3])
    more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
    return fitting, f"No font on this server has all signs of the title; {STAND_IN} stands for {named}{more}."


def _right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is one of a script that is read from right to left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of Typst, of this program and of the system, found once a process."""
    return typst.Fonts(font_paths=font_folders())


def font_folders() -> list[str]:
    """Where the fonts lie that are installed with this program."""
    return [str(path.parent) for path in (fontpkg.path("Noto Sans Arabic"), noto_cjk_sans_otc.FONT_PATH)]


@lru_cache(maxsize=2000)
def _fonts_have(text: str) -> bool:
    """Whether the fonts can show a text; PDF/UA allows no sign that they cannot, and Typst looks."""
    inputs = {"fonts": json.dumps(FONTS), "text": text}
    try:
        typst.compile(PROBE, font_paths=_fonts(), sys_inputs=inputs, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        return False
    return True


def _typeset(content: dict[str, Any], pictures: dict[str, bytes]) -> bytes:
    """The PDF with the largest letters that keep to two pages, or the smallest there are."""
    template = files("ui.exports").joinpath("brief.typ").read_bytes()
    with TemporaryDirectory() as folder:
        for name, data in {"brief.json": json.dumps(content).encode(), **pictures}.items():
            Path(folder, name).write_bytes(data)
        for size in SIZES:
            compiler = typst.Compiler(template, folder, _fonts(), sys_inputs={"size": str(size)})
            if int(compiler.query("<pages>", field="value", one=True)) <= MOST_PAGES:
                break
        pdf = compiler.compile(template, format="pdf", pdf_standards=ACCESSIBLE)
    assert isinstance(pdf, bytes)  # pictures have one a page, a PDF is one
    return pdf

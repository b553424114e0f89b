"""The brief: one or two pages of A4 with all that a reader needs who was not there. No streamlit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fpdf.enums import Align

from model import catalog
from model.analysis.cautions import cautions
from model.analysis.credit import PRESSURE, Credit
from model.assumptions.schema import Definition, Range, Scenario
from ui.drawn import boards
from ui.exports.fonts import fonts
from ui.exports.pictures import sheet
from ui.exports.qr import qr_png
from ui.exports.renderer import NoPicture
from ui.exports.stamp import Stamp, clean, stamp
from ui.exports.tagged_pdf import MUTED, POINT, TaggedPdf
from ui.links.asked import Place
from ui.told import cache, words
from ui.told.assumptions import cite, graded
from ui.told.numbers import setting_names, whole_credit

QUESTION = "Do the levers move Russia and China apart, or closer?"
PICTURE = (900, 780)  # pixels of the page
LEAST_PICTURE = 85  # mm of height, below which the picture waits for the next page
SIZES = (9.6, 9.0, 8.4, 7.8)  # of letters, in points: the largest that gives two pages
MOST_PAGES = 2
MOST_ASSUMPTIONS, MOST_SOURCES, MOST_CAUTIONS = 6, 12, 5
QR_SIDE = 30  # mm
MODELLER = "modeller"


@dataclass(frozen=True)
class Assumption:
    """An assumption on which the worldviews differ: meaning with basis, and its range by worldview, for a reader."""

    key: str
    title: str
    meaning: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class _Content:
    """All that a brief says."""

    stamp: Stamp
    last_year: int
    paragraphs: Sequence[tuple[str, str]]
    reading: str
    picture: bytes
    no_picture: str
    alt: str
    credit: Sequence[Sequence[str]]
    cautions: Sequence[tuple[str, str]]
    assumptions: Sequence[Assumption]
    sources: str


def brief(place: Place, address: str, today: date | None = None) -> bytes:
    """The brief of a place as PDF, A4, at most two pages, tagged for screen readers.

    Without a browser on the server the charts are left out and a sentence says so.

    Args:
        place: what is on the page.
        address: the public address of the page; without one there is no QR code, and the link is only its query.
        today: the day to write; that of the clock, in UTC, where it is left out.
    """
    content = _content(place, stamp(place, address, today))
    drawn = b""
    for size in SIZES:
        drawn, pages = _drawn(content, size)
        if pages <= MOST_PAGES:
            break
    return drawn


# ---- what it says


def _content(place: Place, mark: Stamp) -> _Content:
    scenario, at = place.scenario, cache.position(place)
    board = boards.worldviews(place, None, "light")
    counts = cache.goal_counts(at, place.goals) if place.goals else {}
    found = differing()
    picture, no_picture = b"", ""
    try:
        picture = sheet(board.cards, "png", mark.title, QUESTION, mark, width=PICTURE[0], height=PICTURE[1], bare=True)
    except NoPicture as missing:
        no_picture = f"The charts are left out. {missing}"
    return _Content(
        stamp=mark,
        last_year=scenario.last_year,
        paragraphs=words.summary(place, cache.cards(at), cache.told_outcomes(at), counts)[1:-1],
        reading=board.reading,
        picture=picture,
        no_picture=no_picture,
        alt=" ".join(card.alt for card in board.cards),
        credit=credit_rows(scenario, cache.credits_at(at)),
        cautions=_cautions(scenario),
        assumptions=found,
        sources=cited(scenario, [one.key for one in found]),
    )


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
        if key == PRESSURE:
            setting, told = f"{scenario.pressure} %", "against 100 % without levers"
        else:
            setting, told = str(scenario.levers[key]), words.position(known[key], scenario.levers[key])
        rows.append(
            [names[key], setting, told[0].upper() + told[1:], *(words.signed(one.credit[key]) for one in whole)]
        )
    if rows:
        rows.append(["Of this only together", "", "", *(words.signed(one.interaction) for one in whole)])
        rows.append(["Mean shift, points", "", "", *(words.signed(one.shift) for one in whole)])
    return rows


def differing() -> list[Assumption]:
    """The assumptions on which the worldviews differ most, at most six.

    Measured by the distance between the lowest and the highest middle value of a worldview, as a share of the range
    that the parameter may have at all.
    """
    known = catalog()
    gaps = {key: _gap(key, definition) for key, definition in known.parameters.items()}
    return [_assumption(key) for key in sorted(gaps, key=lambda key: -gaps[key])[:MOST_ASSUMPTIONS]]


def _gap(key: str, definition: Definition) -> float:
    middles = [view.parameters[key].central for view in catalog().worldviews.values()]
    low, high = definition.admissible
    return round((max(middles) - min(middles)) / (high - low), 9)


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


def _told_range(one: Range, unit: str) -> str:
    """Middle value with low and high: 55 % (45 to 65)."""
    low, middle, high = (
        f"{round(100 * value)}" if unit == "share" else f"{value:g}" for value in (one.low, one.central, one.high)
    )
    return f"{middle}{' %' * (unit == 'share')} ({low} to {high})".replace("-", "−")


def cited(scenario: Scenario, parameters: Sequence[str]) -> str:
    """The sources of a scenario, its levers and some parameters, those that most of these rest on first."""
    known = catalog()
    records = [scenario.sources, *(known.levers[key].sources for key, value in scenario.levers.items() if value)]
    records += [view.parameters[key].sources for view in known.worldviews.values() for key in parameters]
    counted = Counter(slug for sources in records for slug in sources if slug != MODELLER)
    first = [slug for slug, _ in counted.most_common(MOST_SOURCES)]
    more = len(counted) - len(first)
    end = f" And {more} more, named on the page Assumptions." if more else ""
    named = "; ".join(f"{cite([slug])}, {known.sources[slug].title.strip('[]')}" for slug in first)
    return f"{named}.{end} Sizes that no source gives are judgement of the modeller."


# ---- how it looks


def _drawn(content: _Content, size: float) -> tuple[bytes, int]:
    """The PDF with letters of a size, and its number of pages."""
    mark = content.stamp
    foot = f"{mark.caveat} Strategic Triangle, model version {mark.version}, {mark.day}."
    with TemporaryDirectory() as folder:
        pdf = TaggedPdf(fonts(), Path(folder), foot)
        pdf.set_title(f"{mark.title}: a brief from Strategic Triangle")
        pdf.set_subject(f"{mark.settings}. {mark.caveat}")
        pdf.set_author("Strategic Triangle")
        pdf.set_keywords(mark.link)
        pdf.set_creation_date(datetime.combine(mark.made, time(), UTC))
        pdf.add_page()
        _top(pdf, content, size)
        _picture(pdf, content, size)
        _levers(pdf, content, size)
        _told(pdf, "Worth noticing in this package", content.cautions, size)
        _assumptions(pdf, content, size)
        _told(pdf, "Sources", [("", content.sources)] if content.sources else [], size)
        _end(pdf, mark, size)
        return bytes(pdf.output()), pdf.pages_count


def _top(pdf: TaggedPdf, content: _Content, size: float) -> None:
    mark = content.stamp
    pdf.paragraph(f"{QUESTION} A brief from Strategic Triangle, {mark.day}", 0.9 * size, colour=MUTED)
    pdf.ln(1)
    pdf.heading(mark.title, 2 * size, level=1)
    pdf.ln(0.8)
    pdf.paragraph(
        f"{mark.settings}. {mark.range[0].upper()}{mark.range[1:]}, {mark.worlds}; model version {mark.version}.",
        0.9 * size,
        lead=mark.caveat,
        colour=MUTED,
    )
    pdf.ln(1.5)
    told = [(f"{lead}.", text) for lead, text in content.paragraphs]
    _told(pdf, f"What follows by {content.last_year}, under four rival worldviews", told, size)


def _told(pdf: TaggedPdf, title: str, paragraphs: Sequence[tuple[str, str]], size: float) -> None:
    """A section of paragraphs, each with a lead; nothing where there are none."""
    if not paragraphs:
        return
    _section(pdf, title, size)
    for lead, text in paragraphs:
        pdf.paragraph(text, size, lead=lead)
        pdf.ln(0.7)


def _section(pdf: TaggedPdf, title: str, size: float) -> None:
    pdf.ln(1.6)
    pdf.heading(title, 1.15 * size)
    pdf.ln(0.6)


def _picture(pdf: TaggedPdf, content: _Content, size: float) -> None:
    """The worldviews' charts as wide as the page, or as high as what is left of it."""
    pdf.ln(1)
    if not content.picture:
        pdf.paragraph(content.no_picture, size, lead="No charts.")
        return
    left = pdf.h - pdf.b_margin - pdf.get_y() - 9
    if left < LEAST_PICTURE:
        pdf.add_page()
        left = pdf.h - pdf.b_margin - pdf.get_y() - 9
    width = min(pdf.epw, left * PICTURE[0] / PICTURE[1])
    pdf.image(BytesIO(content.picture), x=Align.C, w=width, alt_text=content.alt)
    pdf.paragraph(content.reading, 0.85 * size, colour=MUTED)


def _levers(pdf: TaggedPdf, content: _Content, size: float) -> None:
    """Levers in words with their credit, on a new page if this one has no room for all of them."""
    shorts = [view.short for view in catalog().worldviews.values()]
    if not content.credit:
        _told(pdf, "The levers", [("", "No lever is moved, so there is nothing to give credit for.")], size)
        return
    if pdf.will_page_break((len(content.credit) + 4) * 1.5 * size * POINT):
        pdf.add_page()
    _section(pdf, "The levers in words, and what each adds to the mean shift, in points", size)
    widths = (36, 13, 71, *[58 / len(shorts)] * len(shorts))
    pdf.grid(["Lever", "Setting", "In words", *shorts], content.credit, widths, 0.9 * size, texts=3)
    pdf.ln(0.8)
    pdf.paragraph(
        "What a lever adds is averaged over all orders of switching the levers on; the parts add up to the mean shift. "
        "Levers that are not named stand at 0.",
        0.85 * size,
        colour=MUTED,
    )


def _assumptions(pdf: TaggedPdf, content: _Content, size: float) -> None:
    shorts = [view.short for view in catalog().worldviews.values()]
    _section(pdf, "The assumptions on which the worldviews differ most", size)
    rows = [[one.title, one.meaning, *one.values] for one in content.assumptions]
    widths = (28, 62, *[88 / len(shorts)] * len(shorts))
    pdf.grid(["Assumption", "What it is", *shorts], rows, widths, 0.9 * size, texts=2)
    pdf.ln(0.8)
    pdf.paragraph(
        f"Middle value (low to high). These {len(rows)} of {len(catalog().parameters)} were chosen because the "
        "worldviews’ middle values lie furthest apart, as a share of what each may be at all; not because they are the "
        "surest or matter most to this package.",
        0.85 * size,
        colour=MUTED,
    )


def _end(pdf: TaggedPdf, mark: Stamp, size: float) -> None:
    """The caveat, the link and its QR code."""
    known = mark.link.startswith("http")
    if pdf.will_page_break(QR_SIDE + 2 if known else 18):
        pdf.add_page()
    _section(pdf, "See it, change it, check it", size)
    top = pdf.get_y()
    if known:
        pdf.set_right_margin(pdf.r_margin + QR_SIDE + 4)
    pdf.paragraph(
        "The link opens this view with every number, source and chart; there the levers can be moved, and data and "
        "code taken away. The worldviews are rivals and are not averaged. Pass this on with its caveat.",
        size,
        lead=mark.caveat,
    )
    pdf.ln(0.8)
    pdf.paragraph(clean(mark.link, 4000), 0.85 * size, colour=(43, 87, 151), link=mark.link if known else "")
    if known:
        pdf.set_right_margin(pdf.r_margin - QR_SIDE - 4)
        alt = "QR code of the link to this view"
        pdf.image(BytesIO(qr_png(mark.link)), x=pdf.w - pdf.r_margin - QR_SIDE, y=top - 4, w=QR_SIDE, alt_text=alt)

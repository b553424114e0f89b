"""What is assumed as cards, in HTML: a row to look over, which opens. No script and no picture file: ranges are boxes.

`ui/page/assumptions.css` is their look. All text is escaped here. A row stands in the browser with all that it opens,
which a browser neither lays out nor draws before it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from html import escape

import pandas as pd

from model import catalog
from model.analysis.argument import VECTORS
from model.assumptions.equations import equations
from model.assumptions.schema import Claim, Definition, Grounded, Parameter, Range, SharedVector, Source, Vector
from ui.drawn.palette import mark_of
from ui.told import assumptions as told
from ui.told.weights import NAMED, Assumed
from ui.told.weights import assumed as assumed_weights
from ui.told.words import minus

ROWS_OF_NUMBERS = "Numbers for each need, domain and offer"


def assumptions(keys: Sequence[str], worldviews: Sequence[str]) -> str:
    """The assumptions of some worldviews, by the equation that uses them first; each with the picture of its ranges."""
    groups: dict[str, list[str]] = {}
    for number, equation in equations().items():
        title = f"{equation.title} (equation {number})"
        for key in keys:
            if key in catalog().parameters and catalog().parameters[key].equation == int(number):
                groups.setdefault(title, []).append(_parameter(key, worldviews))
    rows = [_row_of_numbers(key, worldviews) for key in keys if key not in catalog().parameters]
    if rows:
        groups[ROWS_OF_NUMBERS] = rows
    return together(group(title, cards, is_open=True) for title, cards in groups.items())


def title_of_assumption(key: str) -> str:
    """What an assumption is called on its card."""
    known = catalog().parameters
    return known[key].title if key in known else key


def worldviews(keys: Sequence[str]) -> str:
    """The key to the pictures: whose marks they are. It opens on what each worldview holds."""
    views = catalog().worldviews
    marks = "".join(f'<span class="title">{mark(key)}{escape(views[key].short)}</span>' for key in keys)
    facts = {views[key].title: views[key].summary for key in keys}
    return together([card(f'<span class="key">{marks}</span>', _facts(facts))])


def listed(table: pd.DataFrame, title: str, beside: Sequence[str]) -> str:
    """The rows of a table as cards: one column as its title, some beside it, and the others when it is opened."""
    return together(_listed(row, title, beside) for row in table.to_dict("records"))


def _listed(row: Mapping[Hashable, object], title: str, beside: Sequence[str]) -> str:
    facts = "".join(_fact(name, str(row[name])) for name in beside)
    body = {str(name): str(value) for name, value in row.items() if name not in (title, *beside)}
    return card(heading(str(row[title])) + f'<dl class="beside">{facts}</dl>', _facts(body))


def facts(title: str, told_: Mapping[str, str]) -> str:
    """Names and what belongs to them, behind a title."""
    return together([card(heading(title), _facts(told_))])


def shares(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Rows of numbers by name, all in sight."""
    return _items(f"<b>{escape(name)}</b>{_values(values)}" for name, values in rows.items())


def _items(parts: Iterable[str]) -> str:
    return f'<ul class="shares">{"".join(f"<li>{part}</li>" for part in parts)}</ul>'


def vectors(records: Mapping[str, SharedVector]) -> str:
    """The vectors that all worldviews share, by name."""
    return together(
        card(
            heading(record.title, record.symbol),
            _values(record.values) + _facts({"Equation": str(record.equation)} | told.grounds_of(record)),
            told.anchor(name),
        )
        for name, record in records.items()
    )


def weights(address: Callable[[str], str]) -> str:
    """Every weight that is assumed, by what it is a weight of; `address` is where a number's sources are opened."""
    parts = (
        f"<h4>{escape(of)}</h4>" + _items(_weight(one, address(one.ground)) for one in assumed_weights(grounds))
        for of, grounds in NAMED.items()
    )
    return "".join(parts)


def _weight(one: Assumed, address: str) -> str:
    grounds = told.grounds_of(one.record)
    link = f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(grounds["Sources"])}</a>'
    title = f"{one.title}: {one.view}" if one.view else one.title
    told_of = f'<p class="quiet">Basis: {escape(grounds["Basis"])}. Sources: {link}</p>'
    return f"<b>{escape(title)}</b><div>{list_of(one.values)}{told_of}</div>"


def claims(found: Mapping[str, Claim], answered_by: Mapping[str, str], is_open: bool) -> str:
    """Claims of the essay by paragraph, in the order of the essay."""
    paragraphs: dict[int, list[str]] = {}
    for key, claim in found.items():
        paragraphs.setdefault(told.paragraph_of(claim.place), []).append(_claim(key, claim, answered_by[key]))
    return together(group(f"Paragraph {number}", cards, is_open) for number, cards in sorted(paragraphs.items()))


def _claim(key: str, claim: Claim, answered_by: str) -> str:
    place = told.where_in_essay(claim.place)
    head = heading(claim.words) + f'<span class="quiet">{key}, {escape(told.STATUS[claim.status])}</span>'
    facts = {"Place": place, "Kind": claim.kind, "What is left out": claim.why, "Answered by": answered_by}
    return card(head, _facts(facts))


def sources(found: Mapping[str, Source], is_open: bool) -> str:
    """Sources by how much of each was read."""
    return together(
        group(title, cards, is_open)
        for seen, title in told.SEEN.items()
        if (cards := [_source(source) for source in found.values() if source.seen == seen])
    )


def _source(source: Source) -> str:
    accessed = f", accessed {source.date_accessed}" if source.date_accessed else ""
    address = escape(source.url or "")
    link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>' if address else ""
    quiet = f'<span class="quiet">{escape(source.license)}{escape(accessed)}</span>'
    return f'<div class="card source"><span>{escape(source.citation_full)}</span>{quiet}{link}</div>'


# ---- a parameter


def _parameter(key: str, worldviews: Sequence[str]) -> str:
    definition, records = catalog().parameters[key], told.assumed()[key]
    sense = told.SENSES[definition.kind]
    head = (
        heading(definition.title, definition.symbol)
        + f'<span class="quiet">{escape(definition.unit)}; higher is {escape(sense)}</span>'
        + range_picture(key, worldviews)
        + f'<span class="finding" aria-hidden="true">{escape(told.finding(key, worldviews))}</span>'
    )
    facts = {
        "A higher value is": f"{sense}. {definition.kind_why}",
        "It may be": f"{told.scale(key)} ({definition.unit})",
        "Name in code": key,
    }
    parts = [
        f"<p>{escape(definition.meaning)}</p>",
        _views({view: records[view] for view in worldviews}),
        _facts(facts),
        _disputed(told.disputes(key)),
    ]
    return card(head, "".join(parts), told.anchor(key))


def range_picture(key: str, worldviews: Sequence[str]) -> str:
    """One track from the lowest admissible value to the highest, and on it a bar and a marker for each worldview."""
    definition, views = catalog().parameters[key], catalog().worldviews
    low, high = definition.admissible
    zero = f'<span class="zero" style="left:{_along(0, definition)}"></span>' if low < 0 < high else ""
    bars = "".join(_bar(view, views[view].parameters[key], definition) for view in worldviews)
    words = escape(told.picture_in_words(key, worldviews))
    return (
        f'<span class="range" role="img" aria-label="{words}"><span class="end">{told.plain(low)}</span>'
        f'<span class="track">{zero}{bars}</span><span class="end">{told.plain(high)}</span></span>'
    )


def _bar(view: str, ends: Range, definition: Definition) -> str:
    left, right = _along(ends.low, definition), _along(ends.high, definition)
    return (
        f'<span class="lane"><span class="bar" style="left:{left};right:calc(100% - {right});{colour(view)}"></span>'
        f"{mark(view, _along(ends.central, definition))}</span>"
    )


def _along(value: float, definition: Definition) -> str:
    """How far along the track a value lies."""
    low, high = definition.admissible
    return f"{100 * (value - low) / (high - low):.4g}%"


def mark(view: str, left: str | None = None) -> str:
    """The marker of a worldview, `left` along its track."""
    place = f"left:{left};" if left else ""
    return f'<span class="mark {mark_of(view).marker}" style="{place}{colour(view)}"></span>'


def colour(view: str) -> str:
    """The colour of the theme in use: what is written into the page stays when a reader turns to the other."""
    return f"background:light-dark({mark_of(view).colour},{mark_of(view, 'dark').colour})"


def _row_of_numbers(title: str, worldviews: Sequence[str]) -> str:
    records = told.assumed()[title]
    name = dict(zip(told.vectors_of(next(iter(catalog().worldviews.values()))), VECTORS, strict=True))[title]
    return card(heading(title), _views({view: records[view] for view in worldviews}), told.anchor(name))


def _views(records: Mapping[str, Grounded]) -> str:
    """What each worldview assumes, on what grounds."""
    views = catalog().worldviews
    parts = (
        f'<section class="view"><p class="title">{mark(view)}{escape(views[view].title)}</p>'
        f"{_numbers(record)}{_facts(told.grounds_of(record))}</section>"
        for view, record in records.items()
    )
    return f'<div class="views">{"".join(parts)}</div>'


def _numbers(record: Grounded) -> str:
    if isinstance(record, Parameter):
        ends = {"Low": record.low, "Central": record.central, "High": record.high}
        return f'<dl class="ends">{"".join(_fact(name, told.plain(value)) for name, value in ends.items())}</dl>'
    assert isinstance(record, Vector)
    return _values(record.values)


def _disputed(disputes: Sequence[tuple[str, str]]) -> str:
    if not disputes:
        return ""
    items = "".join(f"<li>{escape(told.cite([source]))}: {escape(words)}</li>" for source, words in disputes)
    return f"<p><b>Who disputes a step of the argument that it sets</b></p><ul>{items}</ul>"


# ---- parts of all cards


def group(title: str, cards: Sequence[str], is_open: bool) -> str:
    """Cards under a head that counts them."""
    head = f'<summary><h4>{escape(title)}</h4><span class="count">{len(cards)}</span></summary>'
    return f'<details class="group"{" open" if is_open else ""}>{head}{"".join(cards)}</details>'


def card(head: str, body: str, anchor: str = "") -> str:
    """A row that opens; `anchor` is the name of its place, where a link can lead to it."""
    place = f' id="{anchor}"' if anchor else ""
    return f'<details class="card"{place}><summary>{head}</summary><div class="body">{body}</div></details>'


def together(parts: Iterable[str]) -> str:
    """Cards, or groups of them, as one list."""
    return f'<div class="cards">{"".join(parts)}</div>'


def heading(title: str, symbol: str = "") -> str:
    """What a card is called."""
    return f'<span class="name">{escape(title)}{f" <i>{escape(symbol)}</i>" if symbol else ""}</span>'


def _facts(facts: Mapping[str, str]) -> str:
    """Names and what belongs to them; what is empty is left out."""
    return f'<dl class="facts">{"".join(_fact(name, value) for name, value in facts.items() if value)}</dl>'


def _values(values: Mapping[str, float]) -> str:
    return list_of(told.named(values))


def list_of(values: Mapping[str, str]) -> str:
    """Short values by name, side by side where there is room."""
    return f'<dl class="values">{"".join(_fact(name, value) for name, value in values.items())}</dl>'


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(minus(value))}</dd></div>"

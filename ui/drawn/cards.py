"""What is assumed as cards, in HTML: a row to look over, which opens. No script and no picture file: ranges are boxes.

`ui/page/assumptions.css` is their look. All text is escaped here. A row stands in the browser with all that it opens,
which a browser neither lays out nor draws before it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from html import escape

import pandas as pd

from model import catalog
from model.assumptions.schema import Claim, Source
from ui.drawn.palette import mark_of
from ui.told import assumptions as told
from ui.told.weights import NAMED, Assumed
from ui.told.weights import assumed as assumed_weights
from ui.told.words import minus


def title_of_assumption(key: str) -> str:
    """What an assumption is called on its card."""
    known = catalog().parameters
    return known[key].title if key in known else key


def worldviews(keys: Sequence[str]) -> str:
    """The key to the pictures: whose marks they are. It opens on what each worldview holds."""
    views = catalog().worldviews
    marks = "".join(f'<span class="title">{mark(key)}{escape(views[key].short)}</span>' for key in keys)
    facts = {views[key].title: views[key].summary for key in keys}
    return together([card(f'<span class="key">{marks}</span>', facts_of(facts))])


def listed(table: pd.DataFrame, title: str, beside: Sequence[str]) -> str:
    """The rows of a table as cards: one column as its title, some beside it, and the others when it is opened."""
    return together(_listed(row, title, beside) for row in table.to_dict("records"))


def _listed(row: Mapping[Hashable, object], title: str, beside: Sequence[str]) -> str:
    body = {str(name): str(value) for name, value in row.items() if name not in (title, *beside)}
    return card(heading(str(row[title])) + at_the_right({name: str(row[name]) for name in beside}), facts_of(body))


def at_the_right(facts: Mapping[str, str]) -> str:
    """What stands at the right of a card's title."""
    return list_of(facts, "beside")


def facts(title: str, told_: Mapping[str, str]) -> str:
    """Names and what belongs to them, behind a title."""
    return together([card(heading(title), facts_of(told_))])


def shares(table: Mapping[str, Mapping[str, float]]) -> str:
    """Rows of numbers by name, all in sight."""
    return rows(f"<b>{escape(name)}</b>{values_of(values)}" for name, values in table.items())


def rows(parts: Iterable[str]) -> str:
    """A list whose items have a name at the left, in the look of `shares`."""
    return f'<ul class="shares">{"".join(f"<li>{part}</li>" for part in parts)}</ul>'


def weights(address: Callable[[str], str]) -> str:
    """Every weight that is assumed, by what it is a weight of; `address` is where a number's sources are opened."""
    parts = (
        f"<h4>{escape(of)}</h4>" + rows(_weight(one, address(one.ground)) for one in assumed_weights(grounds))
        for of, grounds in NAMED.items()
    )
    return "".join(parts)


def _weight(one: Assumed, address: str) -> str:
    grounds = told.grounds_of(one.record)
    title = f"{one.title}: {one.view}" if one.view else one.title
    sources = link(address, grounds["Sources"])
    told_of = f'<p class="quiet">Basis: {escape(grounds["Basis"])}. Sources: {sources}</p>'
    return f"<b>{escape(title)}</b><div>{list_of(one.values)}{told_of}</div>"


def claims(
    found: Mapping[str, Claim], answered_by: Mapping[str, str], is_open: bool, opened: Collection[str] = ()
) -> str:
    """Claims of the essay by paragraph, in the order of the essay; some of them opened."""
    paragraphs: dict[int, list[str]] = {}
    for key, claim in found.items():
        row = _claim(key, claim, answered_by[key], is_open=key in opened)
        paragraphs.setdefault(told.paragraph_of(claim.place), []).append(row)
    wanted = {told.paragraph_of(found[key].place) for key in opened if key in found}
    return together(
        group(f"Paragraph {number}", cards, is_open or number in wanted) for number, cards in sorted(paragraphs.items())
    )


def _claim(key: str, claim: Claim, answered_by: str, *, is_open: bool) -> str:
    head = heading(claim.words) + f'<span class="quiet">{key}, {escape(told.STATUS[claim.status])}</span>'
    return card(head, facts_of(claim_facts(claim) | {"Answered by": answered_by}), told.anchor(key), is_open=is_open)


def claim_facts(claim: Claim) -> dict[str, str]:
    """What is known of a claim beside its words and what answers it."""
    return {
        "Place": told.where_in_essay(claim.place),
        "Kind": claim.kind,
        "What is left out": claim.why,
        "Last reviewed": told.day(claim.reviewed),
    }


def sources(found: Mapping[str, Source], is_open: bool) -> str:
    """Sources by how much of each was read."""
    return together(
        group(title, cards, is_open)
        for seen, title in told.SEEN.items()
        if (cards := [source_line(source) for source in found.values() if source.seen == seen])
    )


def source_line(source: Source) -> str:
    """A source with its licence and, if there is one, its address."""
    accessed = f", accessed {source.date_accessed}" if source.date_accessed else ""
    address = escape(source.url or "")
    link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>' if address else ""
    quiet = f'<span class="quiet">{escape(source.license)}{escape(accessed)}</span>'
    return f'<div class="card source"><span>{escape(source.citation_full)}</span>{quiet}{link}</div>'


def mark(view: str, left: str | None = None) -> str:
    """The marker of a worldview, `left` along its track."""
    place = f"left:{left};" if left else ""
    return f'<span class="mark {mark_of(view).marker}" style="{place}{colour(view)}"></span>'


def colour(view: str) -> str:
    """The colour of the theme in use: what is written into the page stays when a reader turns to the other."""
    return f"background:light-dark({mark_of(view).colour},{mark_of(view, 'dark').colour})"


# ---- parts of all cards


def group(title: str, cards: Sequence[str], is_open: bool) -> str:
    """Cards under a head that counts them."""
    head = f'<summary><h4>{escape(title)}</h4><span class="count">{len(cards)}</span></summary>'
    return f'<details class="group"{" open" if is_open else ""}>{head}{"".join(cards)}</details>'


def card(head: str, body: str, anchor: str = "", *, is_open: bool = False) -> str:
    """A row that opens; `anchor` is the name of its place, where a link can lead to it."""
    place = f' id="{anchor}"' if anchor else ""
    opened = " open" if is_open else ""
    return f'<details class="card"{place}{opened}><summary>{head}</summary><div class="body">{body}</div></details>'


def together(parts: Iterable[str]) -> str:
    """Cards, or groups of them, as one list."""
    return f'<div class="cards">{"".join(parts)}</div>'


def heading(title: str, symbol: str = "") -> str:
    """What a card is called."""
    return f'<span class="name">{escape(title)}{f" <i>{escape(symbol)}</i>" if symbol else ""}</span>'


def facts_of(facts: Mapping[str, str]) -> str:
    """Names and what belongs to them; what is empty is left out."""
    return f'<dl class="facts">{"".join(_fact(name, value) for name, value in facts.items() if value)}</dl>'


def values_of(values: Mapping[str, float]) -> str:
    """Numbers by the names of levers, mechanisms and domains."""
    return list_of(told.named(values))


def list_of(values: Mapping[str, str], look: str = "values") -> str:
    """Short values by name, side by side where there is room."""
    return f'<dl class="{look}">{"".join(_fact(name, value) for name, value in values.items())}</dl>'


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(minus(value))}</dd></div>"


def part(title: str, body: str) -> str:
    """A part of a card under a title of its own; nothing where there is no body."""
    return f"<section><p><b>{escape(title)}</b></p>{body}</section>" if body else ""


def items(parts: Iterable[str]) -> str:
    """A list; nothing where it is empty."""
    found = "".join(f"<li>{one}</li>" for one in parts)
    return f"<ul>{found}</ul>" if found else ""


def link(address: str, words: str) -> str:
    """A link to another place, which opens beside this one."""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(words)}</a>'

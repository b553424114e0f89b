"""Source cards in HTML: what a number is, what it rests on, who disputes it, what rests on it, when it was reviewed.

The same body stands on the page Assumptions, in a row that opens, and in the card that opens where a number shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape

from model import catalog
from model.analysis.argument import VECTORS, groundings, title_of
from model.analysis.claims import reference_titles
from model.analysis.reliance import LEVEL, RESULTS
from model.assumptions.catalog import Assumptions
from model.assumptions.equations import equations
from model.assumptions.schema import (
    Claim,
    Constant,
    Definition,
    Grounded,
    Levels,
    Parameter,
    Range,
    SharedTable,
    SharedVector,
    Vector,
)
from ui.drawn import cards
from ui.told import assumptions as told
from ui.told import source_cards as said
from ui.told.source_cards import LeverWeights

Address = Callable[[str], str]  # where the card of a number stands, by its name
ROWS_OF_NUMBERS = "Numbers for each need, domain and offer"


# ---- on the page Assumptions


def assumptions(keys: Sequence[str], worldviews: Sequence[str], opened: Collection[str] = ()) -> str:
    """The assumptions of some worldviews, by the equation that uses them first; each with the picture of its ranges."""
    known = catalog()
    groups: dict[str, list[str]] = {}
    for number, equation in equations().items():
        title = f"{equation.title} (equation {number})"
        for key in keys:
            if key in known.parameters and known.parameters[key].equation == int(number):
                groups.setdefault(title, []).append(_in_a_row(key, _head(key, worldviews), worldviews, opened))
    names = dict(zip(told.vectors_of(next(iter(known.worldviews.values()))), VECTORS, strict=True))
    rows = [
        _in_a_row(names[key], cards.heading(key), worldviews, opened) for key in keys if key not in catalog().parameters
    ]
    if rows:
        groups[ROWS_OF_NUMBERS] = rows
    return cards.together(cards.group(title, found, is_open=True) for title, found in groups.items())


def shared(records: Mapping[str, SharedVector | Constant | Levels | SharedTable], opened: Collection[str] = ()) -> str:
    """Numbers that all worldviews share, by their names."""
    titles = said.known()
    return cards.together(
        _in_a_row(name, cards.heading(titles[name]) + _beside(record), tuple(catalog().worldviews), opened)
        for name, record in records.items()
    )


def results(address: Address, opened: Collection[str] = ()) -> str:
    """What a run leads to, and the numbers on which each rests."""
    return cards.together(
        cards.card(
            cards.heading(said.result_title(key)),
            _outcome(key, address, {}),
            told.anchor(f"{told.OUTCOME}{key}"),
            is_open=f"{told.OUTCOME}{key}" in opened,
        )
        for key in RESULTS
    )


def table(name: str) -> str:
    """A table that all worldviews share, all in sight."""
    return _open(number(name, tuple(catalog().worldviews), catalog()))


def _in_a_row(name: str, head: str, worldviews: Sequence[str], opened: Collection[str]) -> str:
    return cards.card(head, number(name, worldviews, catalog()), told.anchor(name), is_open=name in opened)


def _head(key: str, worldviews: Sequence[str]) -> str:
    definition = catalog().parameters[key]
    sense = told.SENSES[definition.kind]
    return (
        cards.heading(definition.title, definition.symbol)
        + f'<span class="quiet">{escape(definition.unit)}; higher is {escape(sense)}</span>'
        + range_picture(key, worldviews)
        + f'<span class="finding" aria-hidden="true">{escape(told.finding(key, worldviews))}</span>'
    )


def _beside(record: SharedVector | Constant | Levels | SharedTable) -> str:
    """What is seen of a shared number before it is opened."""
    if isinstance(record, Constant):
        facts = {"Value": told.plain(record.value), "Unit": record.unit}
    elif isinstance(record, Levels):
        facts = {year: str(level) for year, level in record.values.items()}
    else:
        return ""
    return cards.at_the_right(facts)


# ---- where a number shows


def source_card(name: str, address: Address, known: Assumptions, values: Mapping[str, str] | None = None) -> str:
    """A whole card by its name (ui/told/source_cards.py); `address` is where the cards of others stand.

    `values` are what a result is where the reader stands, by worldview.

    Raises:
        KeyError: there is no such card.
    """
    if name in known.claims:
        body = _claim(known.claims[name], address)
    elif name.startswith(told.OUTCOME):
        body = _outcome(name.removeprefix(told.OUTCOME), address, values or {})
    elif name.startswith(told.LEVER):
        body = _lever(name.removeprefix(told.LEVER), address)
    else:
        views = tuple(known.worldviews)
        picture = range_picture(name, views, known) if name in known.parameters else ""
        body = picture + number(name, views, known)
    return _open(body)


def _open(body: str) -> str:
    return f'<div class="cards alone"><div class="body">{body}</div></div>'


def number(name: str, worldviews: Sequence[str], known: Assumptions) -> str:
    """All that is known of a number, or of a row of numbers; what each worldview assumes, where they differ."""
    if name.startswith(LEVEL):
        record: Grounded = known.levels[name.removeprefix(LEVEL)]
        return _shared(record) + _rests(name, [record])
    records = {view: groundings(view, known)[name] for view in worldviews}
    if name in known.parameters or name in VECTORS:
        return _what_it_is(name) + _views(records, known) + _rests(name, list(records.values()))
    record = groundings(next(iter(known.worldviews)), known)[name]
    return _shared(record) + _rests(name, [record])


def _what_it_is(name: str) -> str:
    definition = catalog().parameters.get(name)
    if not definition:
        return ""
    facts = {
        "A higher value is": f"{told.SENSES[definition.kind]}. {definition.kind_why}",
        "It may be": f"{told.scale(name)} ({definition.unit})",
    }
    return f"<p>{escape(definition.meaning)}</p>{cards.facts_of(facts)}"


def _shared(record: Grounded) -> str:
    """The values of a number that all worldviews share, and its grounds."""
    facts = {"Basis": told.graded(record.basis), "Why": record.note}
    if isinstance(record, Constant):
        values = cards.facts_of({"Value": f"{told.plain(record.value)} ({record.unit})"})
    elif isinstance(record, SharedTable):
        rows = {title_of(row, catalog()): shares for row, shares in record.values.items()}
        values = cards.shares(rows)
    elif isinstance(record, Levels):
        values = cards.list_of({year: str(level) for year, level in record.values.items()})
        facts = {"Error": f"about {told.plain(record.error)} points"} | facts
    else:
        assert isinstance(record, Vector)
        values = cards.values_of(record.values)
    if isinstance(record, Constant | SharedTable | SharedVector):
        facts |= {"Used first in": _equation(record.equation)}
    return values + cards.facts_of(facts)


def _rests(name: str, records: Sequence[Grounded]) -> str:
    """What a number rests on and what rests on it: claims, dissent, citations, results, and when it was reviewed."""
    definition = catalog().parameters.get(name)
    claims = said.claims_told(key for record in records for key in record.claims)
    facts = {
        "Used first in": _equation(definition.equation) if definition else "",
        "Last reviewed": said.reviewed(record.reviewed for record in records),
        "Name in code": name,
    }
    sources = dict.fromkeys(slug for record in records for slug in record.sources)
    return "".join(
        (
            cards.part("The essay’s claims, in our words", cards.items(map(escape, claims))),
            cards.part("Who disputes the step of the argument in which it stands", _disputed(name)),
            cards.part("Which results rest on it", cards.facts_of(said.results_of(name))),
            cards.part("Sources in full", "".join(cards.source_line(catalog().sources[slug]) for slug in sources)),
            cards.facts_of(facts),
        )
    )


def _equation(number: int) -> str:
    return f"equation {number}, {equations()[str(number)].title.lower()}"


def _disputed(name: str) -> str:
    disputes = told.disputes(name)
    if not disputes:
        return f"<p>{told.NO_DISSENT}</p>"
    return cards.items(f"{escape(told.cite([source]))}: {escape(words)}" for source, words in disputes)


def _views(records: Mapping[str, Grounded], known: Assumptions) -> str:
    """What each worldview assumes, on what grounds."""
    parts = (
        f'<section class="view"><p class="title">{cards.mark(view)}{escape(known.worldviews[view].title)}</p>'
        f"{_numbers(record)}{cards.facts_of(told.grounds_of(record))}</section>"
        for view, record in records.items()
    )
    return f'<div class="views">{"".join(parts)}</div>'


def _numbers(record: Grounded) -> str:
    if isinstance(record, Parameter):
        ends = {"Low": record.low, "Central": record.central, "High": record.high}
        return cards.list_of({name: told.plain(value) for name, value in ends.items()}, "ends")
    assert isinstance(record, Vector)
    return cards.values_of(record.values)


def _claim(claim: Claim, address: Address) -> str:
    """A claim of the essay: its words, its place, and what of the model takes it up."""
    titles, cards_by = reference_titles(), said.known()
    answers = []
    for reference in claim.answered_by:
        kind, _, key = reference.partition(":")
        name = {"parameter": key, "outcome": told.OUTCOME + key, "lever": told.LEVER + key}.get(kind, "")
        title = titles[reference]
        answers.append(cards.link(address(name), title) if name in cards_by else escape(title))
    facts = {"In the model": told.STATUS[claim.status]} | cards.claim_facts(claim)
    return (
        f"<p>{escape(claim.words)}</p>{cards.facts_of(facts)}"
        f"{cards.part('Answered by', cards.items(answers))}"
        f"{cards.part('Read in', cards.source_line(catalog().sources['essay']))}"
    )


def _outcome(key: str, address: Address, values: Mapping[str, str]) -> str:
    """What a run leads to: its meaning, and the numbers on which it rests most."""
    much, less = said.leaning_on(key)
    titles = said.known()
    links = cards.items(cards.link(address(name), titles[name]) for name in much)
    meaning, unit = said.meaning_of(key)
    facts = {"Unit": unit, "Basis": "worked out by the model from what is assumed", "Name in code": key}
    here = cards.part(f"Here, {unit}: middle, and 80 of 100 worlds", cards.list_of(values)) if values else ""
    return (
        f"<p>{escape(meaning)}</p>{here}{cards.facts_of(facts)}"
        f"{cards.part(f'Numbers that move it by a point or more ({len(much)})', links)}"
        f"<p>{len(less)} more move it by less. {escape(said.FOUND)}</p>"
    )


def _lever(key: str, address: Address) -> str:
    """Every weight that is assumed of a lever, and what the essay and its critics say of it."""
    lever = catalog().levers[key]
    rows = cards.rows(_lever_weight(one, address) for one in said.weights_of(key))
    return "".join(
        (
            f"<p>{escape(lever.summary)}</p>",
            cards.part("Its weights", f"<p>{said.NO_ONE_WEIGHT}</p>{rows}"),
            cards.part("Who disagrees", f"<p>{escape(lever.critics)}</p>"),
            cards.part("The essay’s claims, in our words", cards.items(map(escape, said.claims_told(lever.claims)))),
            cards.part(
                "Sources in full", "".join(cards.source_line(catalog().sources[slug]) for slug in lever.sources)
            ),
        )
    )


def _lever_weight(one: LeverWeights, address: Address) -> str:
    values = cards.list_of(one.values) if "" not in one.values else f"<p>{escape(one.values[''])}</p>"
    basis = f"{one.basis}. {cards.link(address(one.ground), 'Source card')}"
    return f'<b>{escape(said.known()[one.ground])}</b><div>{values}<p class="quiet">{basis}</p></div>'


# ---- the picture of a parameter


def range_picture(key: str, worldviews: Sequence[str], known: Assumptions | None = None) -> str:
    """One track from the lowest admissible value to the highest, and on it a bar and a marker for each worldview."""
    definition, views = catalog().parameters[key], (known or catalog()).worldviews
    low, high = definition.admissible
    zero = f'<span class="zero" style="left:{_along(0, definition)}"></span>' if low < 0 < high else ""
    bars = "".join(_bar(view, views[view].parameters[key], definition) for view in worldviews)
    words = escape(told.picture_in_words(key, worldviews, known))
    return (
        f'<span class="range" role="img" aria-label="{words}"><span class="end">{told.plain(low)}</span>'
        f'<span class="track">{zero}{bars}</span><span class="end">{told.plain(high)}</span></span>'
    )


def _bar(view: str, ends: Range, definition: Definition) -> str:
    left, right = _along(ends.low, definition), _along(ends.high, definition)
    colour = cards.colour(view)
    return (
        f'<span class="lane"><span class="bar" style="left:{left};right:calc(100% - {right});{colour}"></span>'
        f"{cards.mark(view, _along(ends.central, definition))}</span>"
    )


def _along(value: float, definition: Definition) -> str:
    """How far along the track a value lies."""
    low, high = definition.admissible
    return f"{100 * (value - low) / (high - low):.4g}%"

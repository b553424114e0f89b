"""What the page finds, in one sentence made by a rule from the numbers, and the price of the package. No verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model import catalog
from model.assumptions.outcomes import outcomes
from model.assumptions.schema import Scenario
from ui.told import history, words
from ui.told.numbers import CardNumbers, OutcomeNumbers

REVERSED = "reversed"
PRICES = {  # beside the gain on the first screen; what they are called there
    REVERSED: "Washington drops it",
    "doubt": "Beijing’s doubt",
    "nato_cohesion": "NATO cohesion",
    "values_cost": "Cost in values",
}
KNOWS_NOTHING = "It starts at the end of 2021 and knows nothing of 2022."  # said of runs from that year


def finding(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """The finding in one sentence: whom it is about, by when, which way, against what, and whose view says so."""
    year, pair = scenario.last_year, history.pair(scenario)
    if not words.moves_something(scenario):
        start, ends = round(float(cards[0].no_lever[1, 0])), _span([float(c.no_lever[1, -1]) for c in cards])
        return f"Left alone, {pair} {_left_alone(cards)}: alignment {start} in {scenario.start}, {ends} in {year}"
    package = "this package" if words.offers_something(scenario) else "this course"
    low, high = _ends(cards)
    if len(cards) == 1:
        view = f", says “{catalog().worldviews[cards[0].worldview].title}”"
        return f"By {year} {package} leaves {pair} {_against(low, 'no levers would')}{view}"
    if low == high:
        return f"By {year} {package} leaves {pair} {_against(low, 'no levers would')}: {_all(cards)} agree"
    if not low or not high:
        return (
            f"By {year} {package} leaves {pair} {_against(low or high, 'no levers would')}, or just as aligned: "
            "it depends whose view you take"
        )
    if low < 0 < high:
        return (
            f"By {year} {package} leaves {pair} {_against(low, 'no levers would')}, or {_points(high)} more: "
            "it depends whose view you take"
        )
    less = "less" if high < 0 else "more"
    first, last = sorted((abs(low), abs(high)))
    return f"By {year} {package} leaves {pair} {first} to {last} points {less} aligned than no levers would"


def in_short(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """The finding for a narrow page, with the same parts."""
    year, pair = scenario.last_year, history.pair(scenario)
    if not words.moves_something(scenario):
        start, ends = round(float(cards[0].no_lever[1, 0])), _span([float(c.no_lever[1, -1]) for c in cards])
        return f"Left alone, {pair}: {start} in {scenario.start}, {ends} by {year}"
    low, high = _ends(cards)
    told = f"{_apart(low)} to {_apart(high)}" if low != high else _apart(low)
    return f"{pair} by {year}: {told} than with no levers".replace("no shift than with", "no shift against")


def _ends(cards: Sequence[CardNumbers]) -> tuple[int, int]:
    """The lowest and the highest middle shift, whole points."""
    shifts = [round(card.shift[1]) for card in cards]
    return min(shifts), max(shifts)


def _span(values: Sequence[float]) -> str:
    low, high = round(min(values)), round(max(values))
    return f"{low}" if low == high else f"{low} to {high}"


def _left_alone(cards: Sequence[CardNumbers]) -> str:
    rises = {round(float(card.no_lever[1, -1]) - float(card.no_lever[1, 0])) for card in cards}
    if min(rises) > 0:
        return "draw closer"
    return "drift apart" if max(rises) < 0 else "stay about as close"


def _points(whole: int) -> str:
    return f"{abs(whole)} point{'' if abs(whole) == 1 else 's'}"


def _against(whole: int, whom: str) -> str:
    if not whole:
        return f"as aligned as {whom}"
    return f"{_points(whole)} {'less' if whole < 0 else 'more'} aligned than {whom}"


def _apart(whole: int) -> str:
    return f"{_points(whole)} {'further apart' if whole < 0 else 'closer'}" if whole else "no shift"


def _all(cards: Sequence[CardNumbers]) -> str:
    count = {2: "both", 3: "all three", 4: "all four", 5: "all five"}.get(len(cards), f"all {len(cards)}")
    return f"{count} views"


def caveat(scenario: Scenario, count: int) -> str:
    """What stands next to the finding: no forecast, from when, and that the worldviews are rivals."""
    start = f" {KNOWS_NOTHING}" if scenario.start == 2021 and not scenario.analogue else ""
    if scenario.analogue:
        return f"{words.CAVEAT} A historic analogue, under one worldview."
    rivals = "Rival views side by side, none preferred, never averaged." if count > 1 else "One view of several rivals."
    return f"{words.CAVEAT}{start} {rivals}"


@dataclass(frozen=True)
class Price:
    """What a package costs or risks, on 0 to 100: where each worldview puts it, and where it stands without levers.

    told: the lowest and the highest with the worldviews that say so. at: whole points by worldview. reference: None
    where there is nothing without levers.
    """

    key: str
    title: str
    told: str
    at: Mapping[str, int]
    reference: int | None


def prices(cards: Sequence[CardNumbers], found: Sequence[OutcomeNumbers], scenario: Scenario) -> tuple[Price, ...]:
    """The prices of a package; `found` are its other outcomes, `PRICES` among them."""
    told = []
    for key, title in PRICES.items():
        title = (
            f"{words.history.doubt_of(scenario)[0].upper()}{words.history.doubt_of(scenario)[1:]}"
            if key == "doubt"
            else title
        )
        if key == REVERSED:
            if not words.offers_something(scenario):
                told.append(Price(key, title, "nothing to drop", {}, None))
                continue
            at = {card.worldview: card.reversed_of_100 for card in cards}
            told.append(Price(key, title, f"{_from_to(at)} worlds of 100", at, None))
            continue
        rows = {row.worldview: row for row in found if row.key == key}
        at = {card.worldview: round(rows[card.worldview].middle) for card in cards}
        reference = round(next(iter(rows.values())).reference)
        told.append(Price(key, title, _from_to(at), at, reference))
    return tuple(told)


def _from_to(at: Mapping[str, int]) -> str:
    """27 (op-ed) to 96 (sceptic); one number where all are the same."""
    low, high = min(at, key=at.__getitem__), max(at, key=at.__getitem__)
    if at[low] == at[high]:
        return f"{at[low]}"
    names = catalog().worldviews
    return f"{at[low]} ({names[low].short}) to {at[high]} ({names[high].short})"


def unlike_ends(cards: Sequence[CardNumbers]) -> str:
    """Says, where a middle shift is not the difference of two middles on screen, that it is another thing; else empty."""
    apart = [
        card for card in cards if round(card.scenario[1, -1]) - round(card.no_lever[1, -1]) != round(card.shift[1])
    ]
    if not apart:
        return ""
    names = ", ".join(catalog().worldviews[card.worldview].short for card in apart)
    return f"{names}: the shift is the middle of 1,000 differences, which is not the difference of two middles."


def price_titles() -> Mapping[str, str]:
    """What the prices measure, by key, in the words of the outcomes."""
    return {key: one.meaning for key, one in outcomes().items() if key in PRICES}


def asks(scenario: Scenario) -> str:
    """What a scenario is a question about, before any answer."""
    year, pair = scenario.last_year, history.pair(scenario)
    if not words.moves_something(scenario):
        return f"Left alone, where would {pair} stand by {year}?"
    package = "would these offers" if words.offers_something(scenario) else "would this course"
    return f"By {year}, {package} leave {pair} further apart, closer, or neither?"


def left_alone(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """Where alignment starts and ends without levers, in large type."""
    start, ends = round(float(cards[0].no_lever[1, 0])), without_levers(cards)
    told = f"Left alone, {history.pair(scenario)} {_left_alone(cards)}"
    return f"{told}: {start} at the end of {scenario.start}, {ends} by {scenario.last_year}"


def without_levers(cards: Sequence[CardNumbers]) -> str:
    """Where alignment ends without levers, by view: 71 to 73."""
    return _span([float(card.no_lever[1, -1]) for card in cards])


def answers(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """How many answers the views give to one package, without a number that could be read as a change over time."""
    pair, shifts = history.pair(scenario), [round(card.shift[1]) for card in cards]
    if len(cards) == 1:
        return f"{said_by(cards[0])}: {pair} {against(shifts[0])}"
    same = "Same offers" if words.offers_something(scenario) else "Same course"
    if len({*shifts}) == 1:
        return f"{same}, one answer: {pair} {against(shifts[0])}"
    count = {2: "two", 3: "three", 4: "four", 5: "five"}.get(len({*shifts}), str(len({*shifts})))
    return f"{same}, {count} answers: {pair} in {scenario.last_year}, against no levers"


def how_sure(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """Which view's worlds lie furthest apart, by the width of its bar in whole points."""
    pair = history.pair(scenario)
    width = {card.worldview: round(card.shift[2]) - round(card.shift[0]) for card in cards}
    widest = max(cards, key=lambda card: width[card.worldview])
    spans = _points(width[widest.worldview])
    if len(cards) == 1:
        return f"How sure is {said_by(widest)} about {pair}? Its bar spans {spans}"
    if width[widest.worldview] <= 1:
        return f"Every view is sure of its own answer on {pair}: no bar spans more than 1 point"
    return f"Least sure about {pair}: {said_by(widest)}, whose bar spans {spans}"


def leans_on(lever: str, lost: float, card: CardNumbers, scenario: Scenario) -> str:
    """Which lever a view's answer leans on most, and what would be without it."""
    name, whole, pair = catalog().levers[lever].name, round(lost), history.pair(scenario)
    if not whole:
        return f"{said_by(card)}: without any one of the levers, {pair} stay where they are"
    return f"{said_by(card)} leans most on {name}: without it, {pair} are {_apart(-whole)}"


def prices_differ(found: Sequence[Price], cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """On which price the views are furthest from each other."""
    pair = history.pair(scenario)
    if len(cards) == 1:
        return f"What it costs to try this on {pair}, as {said_by(cards[0])} has it"
    spread = {price.key: max(price.at.values()) - min(price.at.values()) for price in found if price.at}
    most = next(price for price in found if price.key == max(spread, key=spread.__getitem__))
    if not spread[most.key]:
        return f"What this does beside {pair}: all views name the same price"
    return f"The price, beside {pair}: the views differ most on “{most.title}”"


def said_by(card: CardNumbers) -> str:
    """A worldview by its name in quotation marks."""
    return f"“{catalog().worldviews[card.worldview].title}”"


def against(whole: int) -> str:
    """A shift in whole points against no levers, in words."""
    return f"{_apart(whole)} than with no levers" if whole else "as aligned as with no levers"

"""What the page finds, in one sentence made by a rule from the numbers, and the price of the package. No verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.assumptions.catalog import EDITED
from model.assumptions.edits import identities
from model.assumptions.schema import Scenario
from model.engine.results import REVERSED
from ui.told import history, words
from ui.told.numbers import CardNumbers, OutcomeNumbers

DROPS = "Washington drops the offers"
PRICES = {  # beside the gain on the first screen; what they are called there
    REVERSED: DROPS,
    "doubt": "Beijing’s doubt of Moscow",
    "nato_cohesion": "NATO cohesion",
    "values_cost": "US cost in values",
}
LARGE = 3  # points from which a shift is told apart from those that hardly move
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
BEFORE_2022 = "It starts at the end of 2021, before the 2022 invasion."  # said of runs from that year


def finding(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """The finding in one sentence: against what, whom it is about, which way, by when, and under how many views.

    Views that move by LARGE or more are told apart from the rest where all of them go one way. A worldview of the
    reader's own is no further witness: it is not counted, and its number stands behind.
    """
    ours = _counted(cards)
    if len(ours) < len(cards):
        (yours,) = (words.signed(card.shift[1]) for card in cards if card.worldview == EDITED)
        told = finding(ours, scenario)
        return f"{told}; yours {yours}" if words.moves_something(scenario) else told
    year, pair = scenario.last_year, history.pair(scenario)
    if not words.moves_something(scenario):
        start, ends = round(float(cards[0].no_lever[1, 0])), span([float(c.no_lever[1, -1]) for c in cards])
        told = f"{start} in {scenario.start}, {ends} in {year}"
        return f"With no lever moved, {_views(cards)} {pair} {which_way(cards)}: {told}"
    package = "this package" if words.offers_something(scenario) else "this course"
    shifts = [round(card.shift[1]) for card in cards]
    large, small = [s for s in shifts if abs(s) >= LARGE], [s for s in shifts if abs(s) < LARGE]
    begin = f"Against no levers, {package} leaves {pair} "
    if len(cards) == 1:
        return f"{begin}{_aligned(shifts[0])} by {year}, says “{identities()[cards[0].worldview].title}”"
    if not large:
        told = f"just as aligned, give or take {counted(max(map(abs, shifts)))}," if any(shifts) else "just as aligned"
        return f"{begin}{told} by {year}: {_all_views(cards)} agree"
    if min(large) * max(large) < 0:
        return f"{begin}{_aligned(min(large))} by {year}, or {counted(max(large))} more: it depends whose view you take"
    less = "less" if large[0] < 0 else "more"
    size = _size(min(large), max(large))
    if not small:
        rest = f"{_all_views(cards)} agree" if min(large) == max(large) else "how far depends on whose view you take"
        return f"{begin}{size} {less} aligned by {year}: {rest}"
    rest = f"within {counted(max(map(abs, small)))}" if any(small) else "just as aligned"
    views = f"{COUNTS.get(len(large), len(large))} view{'' if len(large) == 1 else 's'}"
    return f"{begin}{size} {less} aligned by {year} under {views}, {rest} under {COUNTS.get(len(small), len(small))}"


def _counted(cards: Sequence[CardNumbers]) -> Sequence[CardNumbers]:
    """The views that a finding counts: ours, or what there is."""
    return [card for card in cards if card.worldview != EDITED] or cards


def _all_views(cards: Sequence[CardNumbers]) -> str:
    return "both views" if len(cards) == 2 else f"all {COUNTS.get(len(cards), len(cards))} views"


def _views(cards: Sequence[CardNumbers]) -> str:
    """All four views have, or “Literature midpoint” has."""
    if len(cards) == 1:
        return f"“{identities()[cards[0].worldview].title}” has"
    return f"{_all_views(cards)} have"


def in_short(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """The finding for a narrow page, with the same parts; a reader's own number stands in the strip below it."""
    cards = _counted(cards)
    year, pair = scenario.last_year, history.pair(scenario)
    if not words.moves_something(scenario):
        start, ends = round(float(cards[0].no_lever[1, 0])), span([float(c.no_lever[1, -1]) for c in cards])
        return f"{pair}, no lever moved: alignment {start} in {scenario.start}, {ends} by {year}"
    by_view = ", by view" if len({round(card.shift[1]) for card in cards}) > 1 else ""
    view = f", says “{identities()[cards[0].worldview].title}”" if len(cards) == 1 else ""
    return f"{pair} by {year}, against no levers: {_between(*_ends(cards))}{view or by_view}"


def _between(low: int, high: int) -> str:
    """From the lowest to the highest shift in words: 19 points less to 1 point more aligned, up to 3 points more."""
    if low == high:
        return _aligned(low)
    if low < 0 < high:
        return f"{counted(low)} less to {counted(high)} more aligned"
    return f"{_size(low, high)} {'less' if low < 0 else 'more'} aligned"


def _size(low: int, high: int) -> str:
    """How far shifts to one side go: 3 points, 2 to 19 points, or up to 19 points where some are none."""
    near, far = sorted((abs(low), abs(high)))
    if near == far:
        return counted(far)
    return f"{near} to {counted(far)}" if near else f"up to {counted(far)}"


def _ends(cards: Sequence[CardNumbers]) -> tuple[int, int]:
    """The lowest and the highest middle shift, whole points."""
    shifts = [round(card.shift[1]) for card in cards]
    return min(shifts), max(shifts)


def span(values: Sequence[float]) -> str:
    """From the lowest to the highest in whole points: 71 to 73."""
    low, high = round(min(values)), round(max(values))
    return f"{low}" if low == high else f"{low} to {high}"


def which_way(cards: Sequence[CardNumbers]) -> str:
    """Which way the two go without levers."""
    rises = {round(float(card.no_lever[1, -1]) - float(card.no_lever[1, 0])) for card in cards}
    if min(rises) > 0:
        return "draw closer"
    return "drift apart" if max(rises) < 0 else "stay about as close"


def counted(whole: int) -> str:
    """Points with their unit, whichever way they go."""
    return f"{abs(whole)} point{'' if abs(whole) == 1 else 's'}"


def _aligned(whole: int) -> str:
    return f"{counted(whole)} {'less' if whole < 0 else 'more'} aligned" if whole else "just as aligned"


def apart(whole: int) -> str:
    """A shift in words: 19 points further apart."""
    return f"{counted(whole)} {words.way(whole)}" if whole else words.way(0)


def caveat(scenario: Scenario, count: int) -> str:
    """What stands next to the finding: no forecast, from when, and that the worldviews are rivals."""
    start = f" {BEFORE_2022}" if scenario.start == 2021 and not scenario.analogue else ""
    if scenario.analogue:
        return f"{words.CAVEAT} A historic analogue, under one worldview."
    rivals = "Rival views, none preferred, never averaged." if count > 1 else "One view of several rivals."
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
        if key == "doubt" and scenario.analogue:
            whose = history.doubt_of(scenario)
            title = f"{whose[0].upper()}{whose[1:]}"
        if key == REVERSED:
            if not words.offers_something(scenario):
                told.append(Price(key, title, "nothing to drop", {}, None))
                continue
            at = {card.worldview: card.reversed_of_100 for card in cards}
            told.append(Price(key, title, f"{_from_to(at)} of 100 worlds", at, None))
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
    names = identities()
    return f"{at[low]} ({names[low].short}) to {at[high]} ({names[high].short})"


def unlike_ends(cards: Sequence[CardNumbers]) -> str:
    """Says where a middle shift is not the difference of two middles on screen, and why; else empty."""
    unlike = [
        card for card in cards if round(card.scenario[1, -1]) - round(card.no_lever[1, -1]) != round(card.shift[1])
    ]
    if not unlike:
        return ""
    card, *others = unlike
    end, own = round(card.scenario[1, -1]), round(card.no_lever[1, -1])
    ends = f"middle end {end} instead of {own}" if end != own else f"middle end {end} either way"
    more = f" ({COUNTS.get(len(others), len(others))} more likewise)" if others else ""
    shift = words.signed(card.shift[1])
    return f"{identities()[card.worldview].short}: {ends}, middle of its worlds’ own shifts {shift}{more}."

"""The headline of each step on Present, by a rule from the numbers; it names the two and is no change over time."""

from __future__ import annotations

from collections.abc import Sequence

from model import catalog
from model.assumptions.edits import identities
from model.assumptions.schema import Scenario
from ui.told import history, words
from ui.told.finding import COUNTS, Price, apart, counted, span, which_way
from ui.told.numbers import CardNumbers


def asks(scenario: Scenario) -> str:
    """What a scenario is a question about, before any answer."""
    year, pair = scenario.last_year, history.pair(scenario)
    if not words.moves_something(scenario):
        return f"With no lever moved, where would {pair} stand by {year}?"
    package = "would these offers" if words.offers_something(scenario) else "would this course"
    return f"By {year}, {package} leave {pair} further apart, closer, or neither?"


def unmoved(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """Where alignment starts and ends without levers, in large type."""
    start, ends = round(float(cards[0].no_lever[1, 0])), without_levers(cards)
    told = f"With no lever moved, {history.pair(scenario)} {which_way(cards)}"
    return f"{told}: {start} at the end of {scenario.start}, {ends} by {scenario.last_year}"


def without_levers(cards: Sequence[CardNumbers]) -> str:
    """Where alignment ends without levers, by view: 71 to 73."""
    return span([float(card.no_lever[1, -1]) for card in cards])


def answers(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """How many answers the views give to one package, without a number that could be read as a change over time."""
    pair, shifts = history.pair(scenario), [round(card.shift[1]) for card in cards]
    if len(cards) == 1:
        return f"{said_by(cards[0])}: {pair} {against(shifts[0])}"
    same = "Same offers" if words.offers_something(scenario) else "Same course"
    if len({*shifts}) == 1:
        return f"{same}, one answer: {pair} {against(shifts[0])}"
    count = COUNTS.get(len({*shifts}), len({*shifts}))
    return f"{same}, {count} answers: {pair} in {scenario.last_year}, against no levers"


def how_sure(cards: Sequence[CardNumbers], scenario: Scenario) -> str:
    """Which view's worlds lie furthest apart, by the width of its bar in whole points."""
    pair = history.pair(scenario)
    width = {card.worldview: round(card.shift[2]) - round(card.shift[0]) for card in cards}
    widest = max(cards, key=lambda card: width[card.worldview])
    spans = counted(width[widest.worldview])
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
    return f"{said_by(card)} leans most on {name}: without it, {pair} are {apart(-whole)}"


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
    return f"“{identities()[card.worldview].title}”"


def against(whole: int) -> str:
    """A shift in whole points against no levers, in words."""
    return f"{apart(whole)} than with no levers" if whole else "as aligned as with no levers"

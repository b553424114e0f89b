"""What Explore draws, as boards of cards: for the page, and for charts that follow a moving thumb. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from model import catalog
from ui.drawn import figures, palette, why
from ui.drawn.figures import Figure
from ui.links.asked import Asked, same_ground
from ui.told import cache, words
from ui.told.numbers import CardNumbers

READINGS = {  # how the boards are read that follow a moving thumb
    "worldviews": (
        "Bold line: the middle of 1,000 assumed worlds with the levers; dashed: the same worlds without. "
        "Bands hold 80 of 100 worlds, thin lines are single worlds. Each dot is 2 of 100 worlds; left of 0 "
        "means less alignment. Higher lines mean closer ties."
    ),
    "domains": (
        "Middle and 80 of 100 worlds, against the run without levers. The argument as a picture tells something else: "
        "means of what its steps push. Two domains are measured, four are coded by one person."
    ),
    "outcomes": (
        "In points, but each of something else: never added up. The dotted tick is where it stands without levers."
    ),
}


@dataclass(frozen=True)
class Card:
    """One chart with its words. `alt` is what a screen reader says of the chart, `footers` the sentences below it.

    Cards with a `short` title show their headlines together above the board and beside the sliders on a narrow page.
    """

    key: str
    figure: Figure
    alt: str
    title: str = ""
    short: str = ""
    glyph: str = ""
    colour: str = ""
    about: str = ""
    headline: str = ""
    sentence: str = ""
    footers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    """Cards side by side, in at most so many columns, and a sentence below them.

    `reading` says how the charts are read. `colours` names what the colours of the charts stand for, where it is not
    the worldview of a card.
    """

    cards: tuple[Card, ...]
    columns: Literal[1, 2, 4] = 4
    note: str = ""
    reading: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The board as it is sent to a browser."""
        return {"cards": [vars(card) for card in self.cards], "columns": self.columns, "note": self.note}


def noted(board: Board, sentence: str) -> Board:
    """The board with a sentence more in its note and in the words of its charts; as it is where there is none."""
    if not sentence:
        return board
    cards = tuple(replace(card, alt=f"{card.alt} {sentence}") for card in board.cards)
    return replace(board, cards=cards, note=f"{board.note} {sentence}".strip())


def by_worldview(
    worldviews: Sequence[str],
    figure: Callable[[str], Figure],
    sentence: Callable[[str], str],
    about: str,
    columns: Literal[2, 4] = 4,
    reading: str = "",
    found: Collection[str] = (),
) -> Board:
    """One card a worldview with a chart and a sentence; `about` says what the charts show, `reading` how.

    `found` are the worldviews that there are numbers of; all of them where it is empty.
    """
    return Board(
        tuple(
            Card(
                key=key,
                figure=figure(key),
                alt=f"{view.title}. {about} {sentence(key)}",
                title=view.title,
                glyph=palette.mark_of(key).glyph,
                colour=palette.mark_of(key).colour,
                sentence=sentence(key),
            )
            for key, view in catalog().worldviews.items()
            if (not worldviews or key in worldviews) and (not found or key in found)
        ),
        columns,
        reading=reading,
    )


def worldviews(now: Asked, before: Asked | None, theme: str, worldviews: Sequence[str] = ()) -> Board:
    """The composite and the shift under each worldview, with the state before the last change as a faint line.

    `worldviews` picks some worldviews; all of them where it is empty. A state in other worlds (before a step into a
    historic analogue, or out of one) is not drawn.
    """
    scenario, at = now.scenario, cache.run_key(now)
    before = before if before and same_ground(before.scenario, scenario) else None
    outcomes = cache.told_outcomes(at) if scenario.analogue else ()
    cards = _chosen(cache.cards(at), worldviews)
    ghosts = _chosen(cache.cards(cache.run_key(before)), worldviews) if before else None
    counts = cache.goal_counts(at, now.goals) if now.goals else {}
    inside = cache.inside(at, now.prediction)
    shared = figures.shift_range(cache.cards(at), now.goals, now.prediction)
    note = words.last_change(before, now, ghosts, cards) if before and ghosts else ""
    board = Board(
        tuple(
            Card(
                key=card.worldview,
                figure=figures.card(card, shared, theme, ghost, now.goals, now.prediction),
                alt=words.card_alt(card, scenario),
                title=catalog().worldviews[card.worldview].title,
                short=catalog().worldviews[card.worldview].short,
                about=catalog().worldviews[card.worldview].summary,
                glyph=palette.mark_of(card.worldview).glyph,
                colour=palette.mark_of(card.worldview).colour,
                headline=words.points(card.shift[1]),
                sentence=words.shift_sentence(card, scenario),
                footers=(
                    words.reversal_sentence(card, scenario),
                    *words.still_sentences(card, scenario),
                    *words.paid_off(card, scenario, outcomes),
                    *words.goal_sentences(now.goals, counts.get(card.worldview)),
                    *words.prediction_sentences(now.prediction, card.worldview, inside),
                ),
            )
            for card, ghost in zip(cards, ghosts or [None] * len(cards), strict=True)
        ),
        note=note,
        reading=READINGS["worldviews"],
    )
    return noted(board, words.structure_sentence(now.switched))


def _chosen(cards: tuple[CardNumbers, ...], worldviews: Sequence[str]) -> tuple[CardNumbers, ...]:
    return tuple(card for card in cards if not worldviews or card.worldview in worldviews)


def _rows(table: pd.DataFrame, key: str, title: str, figure: Figure, reading: str) -> Board:
    return Board((Card(key, figure, alt=words.rows_alt(table, title)),), columns=1, reading=reading)


def of_worldviews(table: pd.DataFrame, worldviews: Sequence[str]) -> pd.DataFrame:
    """The rows of a table for some worldviews, or all rows where no worldview is named."""
    return table[table["worldview"].isin(worldviews)] if worldviews else table


def domains(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = ()) -> Board:
    """The shift in the last year, domain by domain."""
    table = of_worldviews(cache.domains(cache.run_key(now)), worldviews)
    figure = figures.rows(table, theme, "shift against the no-lever run, points", shared_zero=True)
    board = _rows(table, "domains", f"Shift in {now.scenario.last_year} by domain", figure, READINGS["domains"])
    return noted(board, words.structure_sentence(now.switched))


def outcomes(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = ()) -> Board:
    """The other outcomes in the last year: US effort, NATO cohesion and the rest."""
    table = of_worldviews(cache.outcomes(cache.run_key(now)), worldviews)
    figure = figures.rows(table, theme, "points", shared_zero=False)
    board = _rows(table, "outcomes", f"Other outcomes in {now.scenario.last_year}", figure, READINGS["outcomes"])
    return noted(board, words.structure_sentence(now.switched))


def credit(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = ()) -> Board:
    """What each lever adds, whatever the order; empty where no lever is moved."""
    found = {one.worldview: one for one in cache.credits_at(cache.run_key(now)) if one.credit}
    if not found:
        return Board((), columns=2)
    reach = why.credit_reach(tuple(found.values()))
    board = by_worldview(
        worldviews,
        lambda key: why.credit_bars(found[key], reach, theme),
        lambda key: words.credit_sentence(found[key]),
        "Credit of each lever.",
        columns=2,
        reading=(
            "Solid bar: what a lever adds to the shift, averaged over all orders of switching the levers on; the "
            "bars add up to the mean shift. Hollow mark: the lever alone. Grey bar: what the levers do only "
            "together."
        ),
        found=found,
    )
    return noted(board, words.structure_sentence(now.switched))


def yearly(now: Asked, _before: Asked | None, theme: str, worldviews: Sequence[str] = ()) -> Board:
    """What pushes alignment up and down, year by year."""
    found = cache.accounting(cache.run_key(now))
    reach = why.accounting_reach(found)
    board = by_worldview(
        worldviews,
        lambda key: why.accounting_bars(found, key, reach, theme),
        lambda key: words.accounting_sentence(found, key),
        "Change of alignment by year and cause.",
        reading=(
            "Mean change of alignment in each year by cause (equation 7), with the levers as set. Above 0 the "
            "cause drives the two together, below 0 apart; the line is the sum."
        ),
        found=found["worldview"].unique(),
    )
    return noted(replace(board, colours=why.TERM_COLOURS), words.structure_sentence(now.switched))


def dose(now: Asked, theme: str, worldviews: Sequence[str] = (), lever: str | None = None) -> Board:
    """The shift against the dose of one lever, or of all offers together."""
    curve = cache.dose(cache.run_key(now), lever)
    board = by_worldview(
        worldviews,
        lambda key: why.dose_line(curve, key, theme),
        lambda key: words.dose_sentence(curve, key),
        "Shift against dose.",
        reading=(
            f"The shift in the last year if the dose were anything from 0 to {curve.dose[-1]:.0f} and all else stayed. "
            "Ring: where you are. Dashed line: the dose at which the offer, as far as Moscow believes it, outweighs "
            "what Moscow would risk."
        ),
        found=curve.worldviews,
    )
    return noted(board, words.structure_sentence(now.switched))


# The boards that follow a thumb while it moves, by the name under which the server gives them.
FOLLOWING: dict[str, Callable[[Asked, Asked | None, str, Sequence[str]], Board]] = {
    "worldviews": worldviews,
    "domains": domains,
    "outcomes": outcomes,
}

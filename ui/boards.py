"""What Explore draws for a place, as boards of cards: for the page, and for charts that follow a moving thumb. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from model import catalog
from ui import cache, charts, palette, words
from ui.charts import Figure
from ui.place import Place


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
    """Cards side by side, in at most so many columns, and a sentence below them."""

    cards: tuple[Card, ...]
    columns: Literal[1, 2, 4] = 4
    note: str = ""

    def as_data(self) -> dict[str, Any]:
        """The board as it is sent to a browser."""
        return {**vars(self), "cards": [vars(card) for card in self.cards]}


def of_worldview(key: str, figure: Figure, alt: str, sentence: str) -> Card:
    """A card of a worldview, with its title, glyph and colour."""
    view, look = catalog().worldviews[key], palette.look(key)
    return Card(key, figure, f"{view.title}. {alt}", view.title, look.glyph, look.colour, sentence=sentence)


def worldviews(now: Place, before: Place | None, theme: str) -> Board:
    """The composite and the shift under each worldview, with the state before the last change as a faint line."""
    scenario, at = now.scenario, cache.position(now.scenario)
    cards = cache.cards(at)
    ghosts = cache.cards(cache.position(before.scenario)) if before else None
    counts = cache.goal_counts(at, now.goals) if now.goals else {}
    shared = charts.shift_range(cards, now.goals, now.prediction)
    note = words.last_change(before.scenario, scenario, ghosts, cards) if before and ghosts else ""
    return Board(
        tuple(
            Card(
                key=card.worldview,
                figure=charts.card(card, shared, theme, ghost, now.goals, now.prediction),
                alt=words.card_alt(card, scenario),
                title=catalog().worldviews[card.worldview].title,
                short=catalog().worldviews[card.worldview].short,
                about=catalog().worldviews[card.worldview].summary,
                glyph=palette.look(card.worldview).glyph,
                colour=palette.look(card.worldview).colour,
                headline=words.points(card.shift[1]),
                sentence=words.shift_sentence(card, scenario),
                footers=(
                    words.reversal_sentence(card, scenario),
                    *words.goal_sentences(now.goals, counts.get(card.worldview)),
                    *words.prediction_sentences(now.prediction, card),
                ),
            )
            for card, ghost in zip(cards, ghosts or [None] * len(cards), strict=True)
        ),
        note=note,
    )


def _rows(table: pd.DataFrame, key: str, title: str, figure: Figure) -> Board:
    return Board((Card(key, figure, alt=words.rows_alt(table, title)),), columns=1)


def domains(now: Place, _before: Place | None, theme: str) -> Board:
    """The shift in the last year, domain by domain."""
    table = cache.domains(cache.position(now.scenario))
    figure = charts.rows(table, theme, "shift against the no-lever run, points", shared_zero=True)
    return _rows(table, "domains", f"Shift in {now.scenario.last_year} by domain", figure)


def outcomes(now: Place, _before: Place | None, theme: str) -> Board:
    """What else follows in the last year."""
    table = cache.outcomes(cache.position(now.scenario))
    figure = charts.rows(table, theme, "points", shared_zero=False)
    return _rows(table, "outcomes", f"Other outcomes in {now.scenario.last_year}", figure)


# The boards that follow a thumb while it moves, by the name under which the server gives them.
FOLLOWING: dict[str, Callable[[Place, Place | None, str], Board]] = {
    "worldviews": worldviews,
    "domains": domains,
    "outcomes": outcomes,
}

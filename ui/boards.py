"""What Explore draws for a place, as boards of cards: for the page, and for charts that follow a moving thumb. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from model import catalog
from ui import cache, charts, numbers, palette, why_charts, words
from ui.charts import Figure
from ui.numbers import WorldviewNumbers
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


def by_worldview(
    shown: Sequence[str],
    figure: Callable[[str], Figure],
    sentence: Callable[[str], str],
    about: str,
    columns: Literal[2, 4] = 4,
) -> Board:
    """One card a worldview with a chart and a sentence; `about` says what the charts show."""
    return Board(
        tuple(
            Card(
                key=key,
                figure=figure(key),
                alt=f"{view.title}. {about} {sentence(key)}",
                title=view.title,
                glyph=palette.look(key).glyph,
                colour=palette.look(key).colour,
                sentence=sentence(key),
            )
            for key, view in catalog().worldviews.items()
            if not shown or key in shown
        ),
        columns,
    )


def worldviews(now: Place, before: Place | None, theme: str, shown: Sequence[str] = ()) -> Board:
    """The composite and the shift under each worldview, with the state before the last change as a faint line.

    `shown` picks some worldviews; all of them where it is empty.
    """
    scenario, at = now.scenario, cache.position(now)
    cards = _shown(cache.cards(at), shown)
    ghosts = _shown(cache.cards(cache.position(before)), shown) if before else None
    counts = cache.goal_counts(at, now.goals) if now.goals else {}
    shared = charts.shift_range(cache.cards(at), now.goals, now.prediction)
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


def _shown(cards: tuple[WorldviewNumbers, ...], shown: Sequence[str]) -> tuple[WorldviewNumbers, ...]:
    return tuple(card for card in cards if not shown or card.worldview in shown)


def _rows(table: pd.DataFrame, key: str, title: str, figure: Figure) -> Board:
    return Board((Card(key, figure, alt=words.rows_alt(table, title)),), columns=1)


def of(table: pd.DataFrame, shown: Sequence[str]) -> pd.DataFrame:
    """The rows of some worldviews; all rows where none is named."""
    return table[table["worldview"].isin(shown)] if shown else table


def domains(now: Place, _before: Place | None, theme: str, shown: Sequence[str] = ()) -> Board:
    """The shift in the last year, domain by domain."""
    table = of(cache.domains(cache.position(now)), shown)
    figure = charts.rows(table, theme, "shift against the no-lever run, points", shared_zero=True)
    return _rows(table, "domains", f"Shift in {now.scenario.last_year} by domain", figure)


def outcomes(now: Place, _before: Place | None, theme: str, shown: Sequence[str] = ()) -> Board:
    """What else follows in the last year."""
    table = of(cache.outcomes(cache.position(now)), shown)
    figure = charts.rows(table, theme, "points", shared_zero=False)
    return _rows(table, "outcomes", f"Other outcomes in {now.scenario.last_year}", figure)


def credit(now: Place, _before: Place | None, theme: str, shown: Sequence[str] = ()) -> Board:
    """What each lever adds, whatever the order; empty where no lever is moved."""
    found = {one.worldview: one for one in cache.credits_at(cache.position(now))}
    reach = why_charts.credit_reach(tuple(found.values()))
    return by_worldview(
        shown,
        lambda key: why_charts.credit_bars(found[key], reach, theme),
        lambda key: words.credit_sentence(found[key]),
        "Credit of each lever.",
        columns=2,
    )


def yearly(now: Place, _before: Place | None, theme: str, shown: Sequence[str] = ()) -> Board:
    """What pushes alignment up and down, year by year."""
    found = cache.accounting(cache.position(now))
    reach = why_charts.accounting_reach(found)
    return by_worldview(
        shown,
        lambda key: why_charts.accounting_bars(found, key, reach, theme),
        lambda key: words.accounting_sentence(found, key),
        "Change of alignment by year and cause.",
    )


def dose(now: Place, theme: str, shown: Sequence[str] = (), lever: str | None = None) -> Board:
    """The shift against the dose of one lever, or of all offers together."""
    curve = cache.dose(cache.position(now), lever)
    return by_worldview(
        shown,
        lambda key: why_charts.dose_line(curve, key, theme),
        lambda key: words.dose_sentence(curve, key),
        "Shift against dose.",
    )


# The boards that follow a thumb while it moves, by the name under which the server gives them.
FOLLOWING: dict[str, Callable[[Place, Place | None, str, Sequence[str]], Board]] = {
    "worldviews": worldviews,
    "domains": domains,
    "outcomes": outcomes,
}


@dataclass(frozen=True)
class Exported:
    """A board as it can be taken along: its title, how it is built, and its numbers as a table in whole points."""

    title: str
    build: Callable[[Place, Place | None, str, Sequence[str]], Board]
    table: Callable[[Place], pd.DataFrame]


def dose_of(lever: str | None) -> Exported:
    """The dose of one lever, or of all offers together, as it can be taken along."""
    name = catalog().levers[lever].name if lever else "all offers"
    return Exported(
        f"Shift against dose of {name}",
        lambda now, _before, theme, shown: dose(now, theme, shown, lever),
        lambda place: numbers.dose_table(cache.dose(cache.position(place), lever)),
    )


EXPORTED: dict[str, Exported] = {
    "worldviews": Exported(
        "Alignment and shift", worldviews, lambda place: numbers.composite_table(cache.cards(cache.position(place)))
    ),
    "domains": Exported(
        "Shift by domain", domains, lambda place: numbers.readable(cache.domains(cache.position(place)))
    ),
    "outcomes": Exported(
        "Other outcomes", outcomes, lambda place: numbers.readable(cache.outcomes(cache.position(place)))
    ),
    "credit": Exported(
        "Credit of each lever", credit, lambda place: numbers.credit_table(cache.credits_at(cache.position(place)))
    ),
    "yearly": Exported(
        "Change by year and cause",
        yearly,
        lambda place: numbers.accounting_table(cache.accounting(cache.position(place))),
    ),
    "dose": dose_of(None),
}

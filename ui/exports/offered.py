"""What can be downloaded from the pages: boards as pictures and tables, tables by themselves. No streamlit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from model import catalog
from model.analysis.argument import Argument
from model.analysis.hindcast import COMPOSITE, Hindcast
from model.assumptions.edits import identities
from model.errors import choose
from ui.drawn import argument, boards, compared
from ui.drawn.boards import Board, Card
from ui.drawn.hindcast import misses_board
from ui.drawn.observed import WHOLE, observed_board
from ui.links.asked import Asked
from ui.links.chosen import AHEAD, SERIES, YEARS, span_text
from ui.told import assumptions, cache, hindcast, levers, numbers, observed, source_cards, weights, words

AllAsked = Sequence[Asked]
Build = Callable[[AllAsked, str, Sequence[str]], Board]
Table = Callable[[AllAsked], pd.DataFrame]
EXPORT_PATH = "/export"
OF_BOARD = ("png", "svg", "csv")  # kinds of files; what is no more than a table has the last only
MEANS = "means of all worlds"
MIDDLES = "middle of all worlds"
AS_OBSERVED = "as observed, in the unit of each series"


@dataclass(frozen=True)
class Offered:
    """A table, unrounded as it is data, or as it is written where it holds assumptions, and the board that draws it.

    title: what it is called. table: its rows for the scenarios of a view. build: the board for scenarios, theme and
    worldviews; None where a table is all there is. range: what the numbers are. members: of how many worlds of each
    worldview. compares: whether it takes several scenarios. tells: whether it tells results, which may have to wait for
    a prediction. by_view: whether the board is that of one worldview already, which an address names as its card.
    observed: whose data what was observed is, where the board draws it. recorded: whether it is of the page History,
    so that nothing that is set has a part in it but the seed. own: what the link of that page says beside the scenario.
    """

    title: str
    table: Table
    build: Build | None = None
    range: str = words.RANGE
    members: int = cache.MEMBERS
    compares: bool = False
    tells: bool = True
    by_view: bool = False
    observed: Callable[[AllAsked], str] = lambda _all_asked: ""
    recorded: bool = False
    own: str = ""


def _of_one(
    title: str,
    build: Callable[[Asked, Asked | None, str, Sequence[str]], Board],
    table: Callable[[cache.RunKey], pd.DataFrame],
    numbers_are: str = words.RANGE,
) -> Offered:
    """What is drawn for one scenario."""
    return Offered(
        title,
        lambda all_asked: table(cache.run_key(all_asked[0])),
        lambda all_asked, theme, worldviews: build(all_asked[0], None, theme, worldviews),
        numbers_are,
    )


def dose_of(lever: str | None) -> Offered:
    """The dose of one lever, or of all offers together."""
    return Offered(
        f"Shift against dose of {catalog().levers[lever].name if lever else 'all offers'}",
        lambda all_asked: numbers.dose_table(cache.dose(cache.run_key(all_asked[0]), lever)),
        lambda all_asked, theme, worldviews: boards.dose(all_asked[0], theme, worldviews, lever),
        members=cache.DOSE_MEMBERS,
    )


def credit_of(view: str) -> Offered:
    """The picture of one view of the levers; the table holds all views."""
    shown = levers.VIEWS[view]
    return replace(
        OFFERED["credit"],
        title=shown.title,
        build=lambda all_asked, theme, worldviews: boards.credit(all_asked[0], None, theme, worldviews, view),
        range=shown.range,
    )


def worldview_of(key: str) -> Offered:
    """The two pictures with one worldview looked at by itself."""

    def alone(all_asked: AllAsked, theme: str, worldviews: Sequence[str]) -> Board:
        choose("The scenario is not run under", key, all_asked[0].worldviews)
        return boards.worldviews(all_asked[0], None, theme, (*worldviews, key), key)

    return replace(OFFERED["worldviews"], build=alone, by_view=True)


def argument_of(worldview: str) -> Offered:
    """The argument as a picture under one worldview."""
    title = identities()[worldview].title

    def found(all_asked: AllAsked) -> Argument:
        choose("The scenario is not run under", worldview, all_asked[0].worldviews)
        return cache.argument(cache.run_key(all_asked[0]), worldview)

    def argument_board(all_asked: AllAsked, theme: str, _worldviews: Sequence[str]) -> Board:
        card = Card(worldview, argument.figure(found(all_asked), theme), alt=argument.alt(found(all_asked)))
        drawn = Board((card,), columns=1, reading=argument.READING, colours=argument.COLOURS)
        return boards.noted(drawn, words.set_apart(all_asked[0]))

    return Offered(
        f"The argument under {title}", lambda all_asked: argument.table(found(all_asked)), argument_board, MEANS
    )


def _compared(title: str, table: Table, build: Build | None = None, numbers_are: str = words.RANGE) -> Offered:
    return Offered(title, table, build, numbers_are, compares=True)


def _audit(title: str, table: Callable[[], pd.DataFrame]) -> Offered:
    """A table of assumptions, which is the same for every scenario."""
    ranges = "ranges are the 10th, 50th and 90th percentile of worlds"
    return Offered(title, lambda _places: table(), range=ranges, tells=False)


def _recorded(title: str, table: Callable[[], pd.DataFrame]) -> Offered:
    """A table of the record of history, in which no run has a part."""
    return Offered(title, lambda _places: table(), range=AS_OBSERVED, members=0, tells=False, recorded=True)


def observed_of(name: str, years: tuple[int, int] = WHOLE) -> Offered:
    """The picture of one series of the record over some years; the table holds all series and years."""

    def board(_all_asked: AllAsked, theme: str, _worldviews: Sequence[str]) -> Board:
        drawn = observed_board(name, theme, years)
        return replace(drawn, reading=f"{observed.ends_sentence(name)} {drawn.reading}")

    return replace(
        _recorded("Observed history", observed.series_table),
        build=board,
        observed=lambda _all_asked: f"{observed.events_in_short()} {observed.credits_of(name)}",
        own="&".join([f"{SERIES}={name}", *([f"{YEARS}={text}"] if (text := span_text(*years)) else [])]),
    )


def _hindcast(title: str, table: Callable[[Hindcast], pd.DataFrame]) -> Offered:
    """A table of the hindcast, on which nothing has a part that is set but the seed."""
    ranges = "low and high are the 10th and 90th percentile of worlds"
    return Offered(
        title, lambda all_asked: table(cache.hindcast(all_asked[0].seed)), range=ranges, tells=False, recorded=True
    )


def forecasts_of(years: int) -> Offered:
    """The pictures of the misses so many years ahead; the table holds all horizons."""

    def board(all_asked: AllAsked, theme: str, _worldviews: Sequence[str]) -> Board:
        found = cache.hindcast(all_asked[0].seed)
        drawn = misses_board(found, years, theme)
        return replace(drawn, reading=f"{hindcast.finding(found, years)}. {hindcast.grounds(found, years)}")

    return replace(
        _hindcast("Forecasts from the past", lambda found: found.forecasts),
        build=board,
        observed=lambda _all_asked: observed.credits_of(COMPOSITE),
        own=f"{AHEAD}={years}",
    )


OFFERED: dict[str, Offered] = {
    "worldviews": replace(
        _of_one(
            "Alignment and shift",
            boards.worldviews,
            lambda at: numbers.composite_table(cache.cards(at), cache.result(at)),
        ),
        observed=lambda all_asked: observed.before_credits(all_asked[0].scenario),
    ),
    "shift": Offered(
        "Shift by worldview", lambda all_asked: numbers.shift_table(cache.cards(cache.run_key(all_asked[0])))
    ),
    "domains": _of_one("Shift by domain", boards.domains, lambda at: numbers.readable(cache.domains(at))),
    "outcomes": _of_one("Other outcomes", boards.outcomes, lambda at: numbers.readable(cache.outcomes(at))),
    "credit": _of_one(
        "Each lever in three views",
        partial(boards.credit, view=levers.SHARED),
        lambda at: levers.levers_table(levers.parts_by_worldview(cache.credits_at(at), cache.dropped(at))),
        f"{MEANS}, lost if dropped: {MIDDLES}",
    ),
    "weights": _of_one(
        "The weight of each lever",
        boards.weights,
        lambda at: weights.weights_table(cache.weighed(at)),
        f"{MIDDLES}, credit: {MEANS}",
    ),
    "yearly": _of_one(
        "Change by year and cause",
        boards.yearly,
        lambda at: numbers.yearly_table(cache.accounting(at)),
        MEANS,
    ),
    "dose": dose_of(None),
    "argument": argument_of(next(iter(identities()))),
    "comparison": _compared(
        "Scenarios compared",
        compared.shift_rows,
        lambda all_asked, theme, worldviews: compared.rows_board(all_asked, worldviews, theme, named=True),
    ),
    "compared-paths": _compared(
        "Paths compared",
        compared.path_rows,
        lambda all_asked, theme, worldviews: compared.paths_board(all_asked, worldviews, theme),
    ),
    "compared-against": _compared(
        "Scenarios against the first",
        compared.shift_rows,
        lambda all_asked, theme, worldviews: compared.against_board(all_asked, worldviews, theme),
    ),
    "compared-settings": _compared("What is set", compared.settings_table, numbers_are="settings"),
    "compared-domains": _compared(
        "Shift by domain and scenario", partial(compared.outcome_table, domains=True), numbers_are=MIDDLES
    ),
    "compared-outcomes": _compared("Other outcomes by scenario", compared.outcome_table, numbers_are=MIDDLES),
    "parameters": _audit("Parameters", assumptions.parameters),
    "grounds": _audit("Basis and sources by worldview", assumptions.all_grounds),
    "levels": _audit("Starting levels by domain", assumptions.levels),
    "vectors": _audit("Shared vectors", assumptions.vectors),
    "choices": _audit("Structural choices", assumptions.choices),
    "prices": _audit("The prices of pressure", assumptions.prices_of_pressure),
    "constants": _audit("Fixed numbers", assumptions.constants),
    "results": _audit("Which results rest on each number", source_cards.reliance_table),
    "weights-named": _audit("Every weight by name", weights.named_table),
    "claims": _audit("The essay, claim by claim", assumptions.claims),
    "sources": _audit("Sources", assumptions.sources),
    **{
        f"table-{record.symbol.lower()}": _audit(title, table.copy)
        for title, record, table in assumptions.shared_tables()
    },
    "observed": observed_of(observed.series_shown()[0]),
    "events": _recorded("Events and their windows", observed.events_table),
    "hindcast": _hindcast("How forecasts missed", lambda found: found.scores),
    "forecasts": forecasts_of(hindcast.LONGEST),
}


def export_addresses(
    base: str, name: str, query: str, theme: str, which: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Where something can be downloaded from, by the name of the kind of file.

    Args:
        base: the path below which the page is served.
        name: one of OFFERED.
        query: that of the page's link.
        theme: light or dark.
        which: the lever of a dose, the view of the levers, the worldview of the argument, a series and its years, or
            the years ahead.
    """
    rest = "".join(f"&{key}={value}" for key, value in {"theme": theme, **(which or {})}.items())
    endings = OF_BOARD if OFFERED[name].build else OF_BOARD[-1:]
    return {ending.upper(): f"{base}{EXPORT_PATH}/{name}.{ending}?{query}{rest}" for ending in endings}

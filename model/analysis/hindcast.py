"""The model against history: forecasts of observed alignment from every year since 2001, and by how much they miss.

Composite A needs the two measured domains only, so that the model can start in any year with its measured levels and
run on the levers as they stood under a coding of the past. Everything runs forward: a forecast knows nothing that was
observed after its origin, and, with the positions held, no lever either. Levers are delivered as recorded and nothing
is reversed at home, for both are in the record.

It shows how worldviews and naive rules miss, side by side. It is no test of skill: drift rates, profiles and pressures
were set by somebody who knew how it went on, and few of the origins are independent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.assumptions.catalog import Assumptions, given
from model.assumptions.switches import switches
from model.engine.equations import Array
from model.engine.policy import Policy
from model.engine.results import Ensemble, percentiles, worlds_of
from model.engine.simulate import State, simulate
from model.engine.worlds import Worlds
from model.history.observed import History, history

COMPOSITE = "composite_A"
HORIZONS = (1, 3, 5)
FIRST_ORIGIN = 2001
LAST_TARGETS = (2021, 2024)  # the second takes in what the war moved
COVERED = 0.8  # what a band is made to hold of the outcomes
LEAST_MISSES = 4  # with fewer misses the largest of them holds less than that
ELSEWHERE = 50.0  # start of the domains that are not measured: nothing that is read here depends on it
NOTHING_REVERSED = "C6"  # the structural choice under which no policy is reversed at home

HELD = ("frozen", "replay")


class Coding(NamedTuple):
    """A way to read the past: codings of levers and of pressure by name, and how they go on after the origin.

    held: `frozen` keeps the positions and the pressure of the origin year, `replay` takes those of each year.
    """

    levers: str
    pressure: str
    held: str

    def __str__(self) -> str:
        return ", ".join(self)


DEFAULT = Coding("as-recorded", "constant", "frozen")


# ---- naive forecasters: from the past alone, oldest value first, so many years ahead


def persistence(past: Array, _: int) -> float:
    """It stays as it is."""
    return float(past[-1])


def drift(past: Array, years: int) -> float:
    """It goes on by the mean change of the past."""
    return float(past[-1] + years * (past[-1] - past[0]) / (len(past) - 1))


def braked_drift(past: Array, years: int) -> float:
    """It goes on by a share of what is left up to 100; least squares over the changes of the past."""
    left, level = 1 - past[:-1] / 100, float(past[-1])
    rate = float((np.diff(past) * left).sum() / (left**2).sum())
    for _ in range(years):
        level += rate * (1 - level / 100)
    return level


def trend(past: Array, years: int) -> float:
    """It lies on the straight line through the past; least squares."""
    when = np.arange(len(past))
    slope, start = np.polyfit(when, past, 1)
    return float(start + slope * (when[-1] + years))


NAIVE: Mapping[str, Callable[[Array, int], float]] = {
    "persistence": persistence,
    "drift": drift,
    "braked-drift": braked_drift,
    "trend": trend,
}


# ---- the hindcast


@dataclass(frozen=True, eq=False)
class Hindcast:
    """Forecasts, and how they miss.

    forecasts: as `forecasts` gives them. scores: as `scores` gives them. default: the coding that is shown first.
    """

    default: Coding
    forecasts: pd.DataFrame
    scores: pd.DataFrame

    @cached_property
    def coding_count(self) -> int:
        """How many codings of the past there are, those that come to the same counted each."""
        return len(self.scores.loc[self.scores["levers"] != "", [*Coding._fields]].drop_duplicates())

    @cached_property
    def default_scores(self) -> pd.DataFrame:
        """The scores of the naive forecasters and of the worldviews under the default coding."""
        return self.scores[under(self.scores, self.default)]

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """How far each worldview's error depends on the coding of the past, in points.

        Columns: forecaster, horizon, last_target; default, the root mean square error under the default coding; lowest
        and highest over all codings, with lowest_under and highest_under, the codings that give them.
        """
        keys = ["forecaster", "horizon", "last_target"]
        coded = self.scores[self.scores["levers"] != ""]
        named = coded.assign(under=coded[[*Coding._fields]].agg(", ".join, axis=1)).sort_values("rmse", kind="stable")
        groups = named.groupby(keys)
        found = groups.agg(
            lowest=("rmse", "first"),
            lowest_under=("under", "first"),
            highest=("rmse", "last"),
            highest_under=("under", "last"),
        )
        found.insert(0, "default", coded[under(coded, self.default)].set_index(keys)["rmse"])
        return found.reset_index()

    @cached_property
    def smallest(self) -> pd.DataFrame:
        """Under how many codings each forecaster has the smallest error: horizon, last_target, forecaster, codings."""
        when, errors = ["horizon", "last_target"], {"columns": "forecaster", "values": "rmse"}
        naive = self.scores["levers"] == ""
        coded = self.scores[~naive].pivot(index=[*when, *Coding._fields], **errors)
        every = coded.join(self.scores[naive].pivot(index=when, **errors), on=when)
        return every.idxmin(axis=1).rename("forecaster").groupby(when).value_counts().rename("codings").reset_index()

    def rmse(self) -> dict[str, dict[str, dict[str, float]]]:
        """Root mean square errors under the default coding, in points: last target -> forecaster -> horizon."""
        errors = self.default_scores.set_index(["last_target", "forecaster", "horizon"])["rmse"].to_dict()
        forecasters = list(dict.fromkeys(self.default_scores["forecaster"]))
        return {
            str(last): {
                forecaster: {str(horizon): round(errors[last, forecaster, horizon], 5) for horizon in HORIZONS}
                for forecaster in forecasters
            }
            for last in LAST_TARGETS
        }


def hindcast(
    record: History | None = None,
    assumptions: Assumptions | None = None,
    *,
    members: int = 1000,
    seed: int = 7,
) -> Hindcast:
    """Forecasts from every origin under every coding of the past, and how they miss.

    Args:
        record: what was observed; by default the project's own.
        assumptions: what is assumed; by default the project's own.
        members: worlds of each worldview.
        seed: same seed, same worlds.

    Raises:
        InputError: a file of the project is missing or malformed.
    """
    record = history() if record is None else record
    table = forecasts(record, given(assumptions), codings(record), members=members, seed=seed)
    return Hindcast(DEFAULT, table, scores(table))


def codings(record: History) -> tuple[Coding, ...]:
    """Every coding of the levers with every coding of the pressure, held or replayed."""
    return tuple(map(Coding._make, product(record.codings.levers, record.codings.pressure, HELD)))


def forecasts(
    record: History,
    known: Assumptions,
    ways: Iterable[Coding],
    *,
    origins: Iterable[int] | None = None,
    members: int = 1000,
    seed: int = 7,
) -> pd.DataFrame:
    """Forecasts of composite A from every origin that has a target on record, one row each.

    Columns: forecaster; levers, pressure, held, the coding, empty for the naive ones, which need none; origin, horizon
    and target, years; forecast, in points, of a worldview the median of its worlds; low and high, its 10th and 90th
    percentile, a spread of assumptions and no forecast band; observed; miss, forecast minus observed; past_low and
    past_high, the band that the forecaster's own misses up to the origin give (`past_bands`), NaN where they are few.

    Raises:
        InputError: a name is unknown, or a coding has no position for what was recorded.
    """
    observed = record.values[COMPOSITE].dropna()
    last = int(observed.index[-1])
    starts = range(FIRST_ORIGIN, last) if origins is None else sorted(origins)
    ways, worldviews = tuple(ways), tuple(known.worldviews)
    spread = spreads(known, worldviews, list(record.measured(COMPOSITE)), members, seed)
    rows: list[tuple[object, ...]] = []
    for origin in starts:
        ahead = [horizon for horizon in HORIZONS if origin + horizon <= last]
        past = observed.loc[:origin].to_numpy()
        for (name, rule), years in product(NAIVE.items(), ahead):
            rows.append((name, "", "", "", origin, years, rule(past, years), math.nan, math.nan))
        for way in ways:
            low, middle, high = spread(yearly_policies(record, known, way, origin, max(ahead)))
            for (w, name), years in product(enumerate(worldviews), ahead):
                at = years - 1, w
                rows.append((name, *way, origin, years, middle[at], low[at], high[at]))
    columns = ["forecaster", *Coding._fields, "origin", "horizon", "forecast", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(6, "target", table["origin"] + table["horizon"])
    table["observed"] = table["target"].map(observed)
    table["miss"] = table["forecast"] - table["observed"]
    return past_bands(table)


def yearly_policies(record: History, known: Assumptions, way: Coding, origin: int, years: int) -> tuple[Policy, ...]:
    """What Washington does in each year after an origin under a coding, a policy of one year each.

    A year's alignment moves on the positions at its end; the first policy holds the levels of the origin.
    """
    measured = {domain: float(record.values[series][origin]) for domain, series in record.measured(COMPOSITE).items()}
    levels = tuple(measured.get(domain, ELSEWHERE) for domain in known.structure.domains)

    def policy(year: int) -> Policy:
        shares = {lever: record.position(way.levers, lever, year, origin) / 100 for lever in known.levers}
        return Policy(
            inducements=tuple(shares[lever] for lever in known.inducements),
            allies=shares["allies"],
            clarity=shares["clarity"],
            precondition=shares["precond"],
            pressure_russia=1,
            pressure_china=1,
            onset=0,
            ramp=1,
            levels=levels,
            era=(record.pressure(way.pressure, year) / 100,),
        )

    if way.held == "frozen":
        return (policy(origin),) * years
    return tuple(policy(year) for year in range(origin + 1, origin + years + 1))


def spreads(
    known: Assumptions, worldviews: tuple[str, ...], domains: Sequence[str], members: int, seed: int
) -> Callable[[tuple[Policy, ...]], tuple[Array, Array, Array]]:
    """A function from yearly policies to the 10th, 50th and 90th percentile of the mean of some domains.

    Each is (years, worldviews), in points. What is offered is delivered, and nothing is reversed at home.
    """
    ensemble = Ensemble(known, worldviews, members, seed, switches(NOTHING_REVERSED, known), max(HORIZONS), ())
    drawn = worlds_of(ensemble)
    delivered = replace(drawn, deliverability=np.ones_like(drawn.deliverability))
    by_year = [delivered.in_year(year) for year in range(max(HORIZONS))]
    places = [list(known.structure.domains).index(domain) for domain in domains]

    @cache
    def spread(policies: tuple[Policy, ...]) -> tuple[Array, Array, Array]:
        years = [percentiles(state.alignment[places].mean(axis=0)) for state in year_by_year(by_year, policies)]
        low, middle, high = (np.array([year[name] for year in years]) for name in ("p10", "p50", "p90"))
        return low, middle, high

    return spread


def year_by_year(by_year: Iterable[Worlds], policies: Iterable[Policy]) -> Iterator[State]:
    """Where every world stands at the end of each year, when each year has a policy of its own."""
    state = None
    for worlds, policy in zip(by_year, policies, strict=False):
        state = simulate(worlds, policy, begin=state).states[-1]
        yield state


def past_bands(table: pd.DataFrame) -> pd.DataFrame:
    """The table with past_low and past_high: forecast plus and minus a miss that about 80 of 100 do not exceed.

    The miss is one of the forecaster's own under the same coding, at the same horizon, with a target up to the origin:
    the k-th smallest of n, k = 0.8 (n + 1) rounded up, which holds 80 of 100 of further outcomes if they are like the
    past ones (split conformal prediction, Vovk and others 2005; Lei and others 2018).
    """
    width = np.full(len(table), math.nan)
    misses, targets, origins = (table[name].to_numpy() for name in ("miss", "target", "origin"))
    for places in table.groupby(["forecaster", *Coding._fields, "horizon"]).indices.values():
        for place in places:
            known = np.sort(np.abs(misses[places][targets[places] <= origins[place]]))
            if len(known) >= LEAST_MISSES:
                width[place] = known[math.ceil(COVERED * (len(known) + 1)) - 1]
    return table.assign(past_low=table["forecast"] - width, past_high=table["forecast"] + width)


def scores(table: pd.DataFrame) -> pd.DataFrame:
    """How forecasts miss: one row a forecaster, coding, horizon and last target.

    Columns: those keys; origins, how many forecasts; independent, about how many of them do not overlap; rmse and bias,
    root mean square and mean of the misses, in points; spread_covers, the share of outcomes inside the worlds' 10th to
    90th percentile, NaN for naive ones; banded, how many have a band from past misses; past_covers, the share of
    outcomes inside it.
    """
    inside = pd.DataFrame(
        {
            "spread": table["observed"].between(table["low"], table["high"]).where(table["low"].notna()),
            "past": table["observed"].between(table["past_low"], table["past_high"]).where(table["past_low"].notna()),
        }
    ).astype(float)
    table = table.assign(square=table["miss"] ** 2, **inside)
    found = []
    for last in LAST_TARGETS:
        groups = table[table["target"] <= last].groupby(["forecaster", *Coding._fields, "horizon"], sort=False)
        found.append(
            groups.agg(
                origins=("origin", "size"),
                rmse=("square", "mean"),
                bias=("miss", "mean"),
                spread_covers=("spread", "mean"),
                banded=("past", "count"),
                past_covers=("past", "mean"),
            )
            .reset_index()
            .assign(last_target=last)
        )
    joined = pd.concat(found, ignore_index=True)
    independent = (joined["origins"] / joined["horizon"]).round().astype(int)
    joined = joined.assign(rmse=joined["rmse"] ** 0.5, independent=independent)
    keys = ["forecaster", *Coding._fields, "horizon", "last_target", "origins", "independent"]
    return joined[[*keys, "rmse", "bias", "spread_covers", "banded", "past_covers"]]


def under(table: pd.DataFrame, way: Coding) -> pd.Series[bool]:
    """Which rows belong to a coding, those of the naive forecasters among them."""
    coded = (table[[*Coding._fields]] == list(way)).all(axis=1)
    return coded | (table["levers"] == "")

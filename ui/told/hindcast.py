"""What is said of the hindcast: who misses by how much under which coding of the past, and what that does not show."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from model import catalog
from model.analysis.hindcast import COMPOSITE, FIRST_ORIGIN, HORIZONS, LAST_TARGETS, NAIVE, Hindcast, under
from model.history.observed import history
from model.history.windows import event_windows
from ui.told.words import signed

LONGEST = HORIZONS[-1]
NAIVE_TITLES = {
    "persistence": "Persistence: stays as it is",
    "drift": "Drift: mean change goes on",
    "braked-drift": "Braked drift: slower near 100",
    "trend": "Trend: straight line",
}
BARS = "Bar: forecast less what came, in points. Above the line it said closer than came, below it further apart."
READING = (
    "Grey: what measurement noise alone can make. Thin lines: from the lowest to the highest over all codings of the "
    "past. Typical miss: root mean square error, in brackets over all codings."
)
HINDSIGHT = (
    "Hindsight, no skill claimed: drift rates, profiles and pressures were set by somebody who knew how it went on, so "
    "a smaller miss than a naive rule’s is not skill."
)


class Miss(NamedTuple):
    """Root mean square error of a forecaster, in points: under the default coding, and over all codings."""

    default: float
    lowest: float
    highest: float

    @property
    def told(self) -> str:
        """In whole points with its range: 7 (6 to 10); a naive rule needs no coding and has no range."""
        low, high = round(self.lowest), round(self.highest)
        return f"{round(self.default)}" + (f" ({low} to {high})" if self.lowest < self.highest else "")


def forecasters() -> dict[str, str]:
    """The views and the naive rules by name, with what each is called."""
    return {key: view.title for key, view in catalog().worldviews.items()} | NAIVE_TITLES


@lru_cache(maxsize=8)
def misses(found: Hindcast, last: int = LAST_TARGETS[-1]) -> dict[tuple[str, int], Miss]:
    """By forecaster and years ahead, with targets up to a year."""
    scores = found.scores[found.scores["last_target"] == last]
    ends = scores.groupby(["forecaster", "horizon"])["rmse"].agg(["min", "max"])
    default = scores[under(scores, found.default)].set_index(["forecaster", "horizon"])["rmse"]
    return {
        (str(name), int(years)): Miss(float(default[name, years]), float(low), float(high))
        for (name, years), low, high in ends.itertuples()
    }


def origins(found: Hindcast, years: int, last: int = LAST_TARGETS[-1]) -> tuple[int, int]:
    """How many origins a horizon has with targets up to a year, and about how many of them do not overlap."""
    scores = found.default_scores
    row = scores[(scores["horizon"] == years) & (scores["last_target"] == last)].iloc[0]
    return int(row["origins"]), int(row["independent"])


def ahead(years: int) -> str:
    """Years ahead in words."""
    return f"{years} year{'s' * (years > 1)}"


@lru_cache(maxsize=8)
def finding(found: Hindcast, years: int) -> str:
    """How far all forecasters missed, and the year they missed by most; by rule."""
    known = [miss.default for (_, horizon), miss in misses(found).items() if horizon == years]
    low, high = round(min(known)), round(max(known))
    by_target = _default(found, years).groupby("target")["miss"]
    sizes = by_target.apply(lambda miss: miss.abs().mean())
    worst = int(sizes.index[int(sizes.argmax())])
    most = by_target.get_group(worst)
    return (
        f"Forecast {ahead(years)} ahead, views and naive rules typically missed by {_to(low, high)} points; most in "
        f"{worst}, by {_to(*sorted((round(most.abs().min()), round(most.abs().max()))))}"
    )


def _to(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


def _default(found: Hindcast, years: int) -> pd.DataFrame:
    """The forecasts of all forecasters so many years ahead, under the default coding."""
    table = found.forecasts[found.forecasts["horizon"] == years]
    return table[under(table, found.default)]


def grounds(found: Hindcast, years: int) -> str:
    """What the picture rests on: origins, independent ones, the coding that is drawn."""
    many, independent = origins(found, years)
    codings, way = history().codings, found.default
    held = "held at those of the year of the forecast" if way.held == "frozen" else "those of each year"
    return (
        f"{HINDSIGHT} {many} forecasts, one from each year since {FIRST_ORIGIN}, about {independent} of them "
        f"independent. Drawn: levers {codings.levers[way.levers].title.lower()}, pressure "
        f"{codings.pressure[way.pressure].title.lower()}, {held}; brackets and thin lines: all {found.coding_count} "
        "codings of the past."
    )


def smallest(found: Hindcast) -> str:
    """Who has the smallest typical miss under how many codings, whoever it is."""
    counts = found.smallest[found.smallest["last_target"] == LAST_TARGETS[-1]]
    named = forecasters()
    said = []
    for years in HORIZONS:
        rows = counts[counts["horizon"] == years]
        names = (
            f"{named[name].partition(':')[0]} under {many}"
            for name, many in zip(rows["forecaster"], rows["codings"], strict=True)
        )
        said.append(f"{ahead(years)} ahead {', '.join(names)}")
    over = f"{found.coding_count} codings, outcomes up to {LAST_TARGETS[-1]}"
    return f"Smallest typical miss over {over}: {'; '.join(said)}."


def errors_table(found: Hindcast) -> pd.DataFrame:
    """Typical misses by years ahead and last outcome in whole points, with the origins in the last row."""
    columns = [(last, years) for last in LAST_TARGETS for years in HORIZONS]
    by_last = {last: misses(found, last) for last in LAST_TARGETS}
    rows = {
        title: [by_last[last][name, years].told for last, years in columns] for name, title in forecasters().items()
    }
    counts = [origins(found, years, last) for last, years in columns]
    rows["Forecasts (about so many independent)"] = [f"{many} ({independent})" for many, independent in counts]
    heads = [f"{ahead(years)}, to {last}" for last, years in columns]
    return pd.DataFrame.from_dict(rows, orient="index", columns=heads).rename_axis("Forecaster").reset_index()


class Covered(NamedTuple):
    """Of 100 outcomes, how many the middle 80 of 100 worlds hold, and how many a band of past misses holds.

    Each is lowest, under the default coding, and highest over all codings; None for a rule without worlds.
    """

    worlds: tuple[float, float, float] | None
    past: tuple[float, float, float]


@lru_cache(maxsize=8)
def covered(found: Hindcast, years: int) -> dict[str, Covered]:
    """By forecaster, with outcomes up to the last year."""
    scores = found.scores[(found.scores["last_target"] == LAST_TARGETS[-1]) & (found.scores["horizon"] == years)]
    default = scores[under(scores, found.default)].set_index("forecaster")
    by_name = scores.groupby("forecaster")

    def of_100(name: str, column: str) -> tuple[float, float, float]:
        shares = by_name.get_group(name)[column]
        return 100 * float(shares.min()), 100 * float(default[column][name]), 100 * float(shares.max())

    return {
        name: Covered(None if name in NAIVE else of_100(name, "spread_covers"), of_100(name, "past_covers"))
        for name in forecasters()
    }


def banded(found: Hindcast, years: int) -> int:
    """How many forecasts so many years ahead have a band from past misses."""
    scores = found.default_scores
    row = scores[(scores["horizon"] == years) & (scores["last_target"] == LAST_TARGETS[-1])].iloc[0]
    return int(row["banded"])


def covered_sentence(found: Hindcast, years: int) -> str:
    """What both bands hold, from the lowest to the highest."""
    by_name = covered(found, years)
    worlds = [round(one.worlds[1]) for one in by_name.values() if one.worlds]
    past = [round(one.past[1]) for one in by_name.values()]
    return (
        f"Of 100 outcomes {ahead(years)} ahead the worlds’ middle 80 of 100 hold {_to(min(worlds), max(worlds))}: a "
        f"spread of assumptions, no forecast band. Bands from a forecaster’s own past misses hold "
        f"{_to(min(past), max(past))} ({banded(found, years)} forecasts have one)."
    )


def told_apart() -> list[str]:
    """What these data can tell apart; the first by rule from the record."""
    values, noise = history().values[COMPOSITE].dropna(), history().series[COMPOSITE].noise.value or 0
    first, last = values.iloc[0], values.iloc[-1]
    rose = f"A change of {signed(last - first)} points in {len(values) - 1} years from noise of about {noise:g}."
    return [rose, *history().tells.apart]


def not_told_apart() -> list[str]:
    """What these data cannot tell apart; the first by rule: events whose steps are like those of any year."""
    windows = event_windows(history())
    around = windows[windows["series"] == COMPOSITE].set_index("year")
    count = len(around)
    ordinary = [
        str(event.year)
        for event in history().events.values()
        if event.year in around.index and count / 4 < around["rank"][event.year] <= 3 * count / 4
    ]
    years = f"{', '.join(ordinary[:-1])} and {ordinary[-1]}" if len(ordinary) > 1 else "".join(ordinary)
    rule = f"The events of {years} from any other year: their steps lie in the middle half of all {count}."
    return [*([rule] if ordinary else []), *history().tells.not_apart]


def alt(found: Hindcast, names: list[str], years: int) -> str:
    """A picture of misses in words."""
    known, titles = misses(found), forecasters()
    said = "; ".join(f"{titles[name]}: {known[name, years].told}" for name in names)
    return f"Typical miss {ahead(years)} ahead, in points: {said}. {finding(found, years)}."


def covered_alt(found: Hindcast, years: int) -> str:
    """The picture of what the bands hold in words."""
    said = [
        f"{title}: {f'worlds {one.worlds[1]:.0f}, ' if one.worlds else ''}past misses {one.past[1]:.0f}"
        for title, one in zip(forecasters().values(), covered(found, years).values(), strict=True)
    ]
    return f"Outcomes of 100 that each band holds, {ahead(years)} ahead: {'; '.join(said)}."

"""All series of a view as tidy rows, unrounded: what workbook and Parquet are made of. No streamlit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from model import catalog
from model.engine.equations import Array
from model.engine.results import Result, percentiles
from ui.links.asked import Place
from ui.told import cache, numbers

COLUMNS = ["series", "item", "worldview", "year", "low", "middle", "high", "mean", "unit"]
POINTS, CHANGE, WORLDS = "points of 100", "points", "worlds of 100"
Row = tuple[str, str, str, int, float | None, float | None, float | None, float | None, str]


def series(place: Place) -> pd.DataFrame:
    """All series of a place, one row a series, item, worldview and year; nothing is rounded.

    Columns: series, item (a domain, an outcome, a lever, a cause or a goal; empty for the whole), worldview (its key),
    year, low, middle, high (10th, 50th and 90th percentile of the assumed worlds), mean, unit. What has no spread, such
    as a count of worlds, has a mean only.
    """
    at = cache.position(place)
    result = cache.result(at)
    rows = [
        *_spread(result, "alignment with levers", "", result.run.composite, POINTS),
        *_spread(result, "alignment without levers", "", result.no_lever.composite, POINTS),
        *_spread(result, "shift", "", result.shift, CHANGE),
        *_domains(result),
        *_outcomes(result),
        *_reversals(result),
        *_credits(at, result.years[-1]),
        *_causes(at),
        *_goals(place, at, result.years[-1]),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _spread(result: Result, name: str, item: str, values: Array, unit: str) -> Iterator[Row]:
    """Rows of a series by year; `values` is (Y + 1, W, N)."""
    low, middle, high = percentiles(values).values()
    mean = values.mean(axis=-1, dtype=float)
    for w, worldview in enumerate(result.worldviews):
        for y, year in enumerate(result.years):
            spread = (float(array[y, w]) for array in (low, middle, high, mean))
            yield (name, item, worldview, year, *spread, unit)  # type: ignore[misc]  # four numbers


def _domains(result: Result) -> Iterator[Row]:
    """Alignment and shift by domain and year."""
    shift = result.run.alignment - result.no_lever.alignment
    for d, domain in enumerate(catalog().structure.domains.values()):
        yield from _spread(result, "domain, with levers", domain.name, result.run.alignment[:, d], POINTS)
        yield from _spread(result, "domain, without levers", domain.name, result.no_lever.alignment[:, d], POINTS)
        yield from _spread(result, "domain, shift", domain.name, shift[:, d], CHANGE)


def _outcomes(result: Result) -> Iterator[Row]:
    """The other outcomes by year; the worst year of the eastern allies so far stands at each year."""
    run, none = result.run, result.no_lever
    values = {
        "doubt": run.doubt,
        "nato_cohesion": run.nato_cohesion,
        "nato_east_trough": np.minimum.accumulate(run.cohesion[:, 0], axis=0),
        "us_effort": run.us_effort,
        "china_effort": run.china_effort,
        "two_front": run.two_front - none.two_front,
        "values_cost": run.values_cost,
    }
    for outcome in numbers.outcomes():
        yield from _spread(result, "outcome", outcome.title, values[outcome.key], CHANGE)


def _reversals(result: Result) -> Iterator[Row]:
    """In how many of 100 worlds the policy has been reversed at home by each year."""
    share = 100 * result.run.reversed.mean(axis=-1)
    for w, worldview in enumerate(result.worldviews):
        for y, year in enumerate(result.years):
            yield _one("reversed at home", "", worldview, year, float(share[y, w]), WORLDS)


def _credits(at: cache.RunKey, year: int) -> Iterator[Row]:
    """Credit of each lever for the shift of the last year, each lever alone, and the interaction."""
    names = numbers.setting_names()
    for credit in cache.credits_at(at):
        for key, points in credit.credit.items():
            yield _one("credit", names[key], credit.worldview, year, points, CHANGE)
            yield _one("lever alone", names[key], credit.worldview, year, credit.alone[key], CHANGE)
        yield _one("interaction", "", credit.worldview, year, credit.interaction, CHANGE)
        yield _one("sum of credits", "", credit.worldview, year, credit.shift, CHANGE)


def _causes(at: cache.RunKey) -> Iterator[Row]:
    """Mean yearly change of alignment by term of equation 7."""
    for worldview, year, term, points in cache.accounting(at).itertuples(index=False):
        yield _one("yearly change by cause", term, worldview, year, points, CHANGE)


def _goals(place: Place, at: cache.RunKey, year: int) -> Iterator[Row]:
    """In how many of 100 worlds each goal holds, with the levers and without."""
    if not place.goals:
        return
    for worldview, count in cache.goal_counts(at, place.goals).items():
        for goal, held, other in zip(place.goals, count.each, count.no_lever_each, strict=True):
            yield _one("goal held", goal.in_words(), worldview, year, held, WORLDS)
            if other is not None:
                yield _one("goal held without levers", goal.in_words(), worldview, year, other, WORLDS)


def _one(name: str, item: str, worldview: str, year: int, mean: float, unit: str) -> Row:
    """A row of a series without spread."""
    return (name, item, worldview, year, None, None, None, float(mean), unit)

"""Where caching meets the model: a position seen before comes back at once, and one thread computes at a time.

Script threads that fight over the interpreter halve each other's speed, so numeric work waits its turn. What comes back
is shared between readers: nobody may change it.
"""

from __future__ import annotations

from functools import lru_cache
from threading import RLock

import pandas as pd

from model import presets, run
from model.argument import Argument, picture
from model.credit import Credit, credits_of
from model.dose import DoseCurve, dose_curve
from model.goals import Goal, GoalCount, holds
from model.results import Result
from model.scenario import set_values, setting, settings
from model.schema import Scenario
from ui import numbers

MEMBERS = 1000
SEED = 7
Position = tuple[tuple[str, int], ...]

_one_at_a_time = RLock()


def position(scenario: Scenario) -> Position:
    """All that the numbers depend on: levers and context, not names."""
    return tuple((key, setting(scenario, key)) for key in settings())


@lru_cache(maxsize=4)
def result(at: Position) -> Result:
    """The whole result of a position; large, so only the latest few are kept."""
    with _one_at_a_time:
        return run(_scenario(at), members=MEMBERS, seed=SEED)


def _scenario(at: Position) -> Scenario:
    return set_values(presets()["status-quo"], dict(at))


@lru_cache(maxsize=500)
def cards(at: Position) -> tuple[numbers.WorldviewNumbers, ...]:
    """The numbers of the worldviews' cards."""
    return numbers.by_worldview(result(at))


@lru_cache(maxsize=500)
def domains(at: Position) -> pd.DataFrame:
    """The shift by domain."""
    return numbers.domain_table(result(at))


@lru_cache(maxsize=500)
def outcomes(at: Position) -> pd.DataFrame:
    """The other outcomes."""
    return numbers.outcome_table(result(at))


@lru_cache(maxsize=500)
def goal_counts(at: Position, goals: tuple[Goal, ...]) -> dict[str, GoalCount]:
    """In how many of 100 worlds each goal is met, by worldview."""
    return holds(result(at), goals)


@lru_cache(maxsize=200)
def accounting(at: Position) -> pd.DataFrame:
    """The mean yearly change of the composite by term of equation 7."""
    with _one_at_a_time:
        return result(at).accounting_frame()


@lru_cache(maxsize=200)
def argument(at: Position, worldview: str) -> Argument:
    """The argument as a picture under one worldview."""
    with _one_at_a_time:
        return picture(result(at), worldview)


@lru_cache(maxsize=200)
def credits_at(at: Position) -> tuple[Credit, ...]:
    """The credit of each lever, in the page's own worlds."""
    with _one_at_a_time:
        return credits_of(_scenario(at), members=MEMBERS, seed=SEED)


@lru_cache(maxsize=200)
def dose(at: Position, lever: str | None) -> DoseCurve:
    """The shift against the dose of one lever, or of all offers together."""
    with _one_at_a_time:
        return dose_curve(_scenario(at), lever, members=MEMBERS // 2, seed=SEED)

"""Where caching meets the model: what was asked before comes back at once, and one thread computes at a time.

Script threads that fight over the interpreter halve each other's speed, so numeric work waits its turn. What comes back
is shared between readers: nobody may change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from threading import RLock
from typing import Any, Literal, NamedTuple

import pandas as pd

from model import catalog, run
from model.analysis.argument import Argument, picture
from model.analysis.bounds import at_bounds
from model.analysis.credit import Credit, credits_of
from model.analysis.dose import DoseCurve, dose_curve
from model.analysis.dropped import Dropped, dropped_of
from model.analysis.goals import Goal, GoalCount, holds
from model.analysis.hindcast import Hindcast
from model.analysis.hindcast import hindcast as worked_out
from model.analysis.weights import weights_of
from model.assumptions.catalog import EDITED, Assumptions
from model.assumptions.edits import Edits, worldview_of
from model.assumptions.scenario import set_values, setting
from model.engine.results import REVERSED, Result, percentiles
from ui.links.asked import Asked, Prediction, open_settings, starting_points, structure_text
from ui.links.single import FIRST_PRESET
from ui.told import finding, numbers, words
from ui.told.weights import Heavy, by_worldview

MEMBERS = 1000
DOSE_MEMBERS = 500  # a dose curve is 21 runs, of which each has to be quick

one_at_a_time = RLock()
one_long_at_a_time = RLock()  # for what takes seconds, so that the page's quick runs need not wait behind it


class RunKey(NamedTuple):
    """All that the numbers depend on: settings, seed, what is assumed and switched in it, the historic analogue.

    `assumptions` are compared by the digest of their numbers. `settings` are those that can be changed, and `analogue`
    is the name of a historic one, which brings the rest, empty for the present day. `worldviews` are those that are
    run, all of them where none is named.
    """

    settings: tuple[tuple[str, int], ...]
    seed: int
    assumptions: Assumptions
    switched: tuple[str, ...] = ()
    analogue: str = ""
    worldviews: tuple[str, ...] = ()


def run_key(asked: Asked) -> RunKey:
    """The key of what a reader asks, under the project's own assumptions and a reader's own worldview beside them."""
    scenario = asked.scenario
    values = tuple((key, setting(scenario, key)) for key in open_settings(scenario))
    analogue = scenario.name if scenario.analogue else ""
    return RunKey(values, asked.seed, assumed(None if analogue else asked.own), asked.switched, analogue)


@lru_cache(maxsize=200)
def assumed(own: Edits | None) -> Assumptions:
    """The project's own assumptions, and beside them a reader's own worldview, if there is one."""
    return catalog().beside(worldview_of(own)) if own else catalog()


def apart(at: RunKey) -> tuple[RunKey, ...]:
    """A run as ours and a reader's own by itself; as it is without one.

    A worldview has the same numbers whatever stands beside it, so that ours need not be run again for every place of a
    handle that moves the reader's own.
    """
    if at.worldviews or EDITED not in at.assumptions.worldviews:
        return (at,)
    return at._replace(assumptions=catalog()), at._replace(worldviews=(EDITED,))


@lru_cache(maxsize=4)
def result(at: RunKey) -> Result:
    """The whole result; large, so only the latest few are kept."""
    with one_at_a_time:
        return run(**_run(at))


def _run(at: RunKey) -> dict[str, Any]:
    return {
        "scenario": set_values(starting_points()[at.analogue or FIRST_PRESET], dict(at.settings)),
        "members": MEMBERS,
        "seed": at.seed,
        "structure": structure_text(at.switched),
        "assumptions": at.assumptions,
    } | ({"worldviews": at.worldviews} if at.worldviews else {})


@lru_cache(maxsize=500)
def cards(at: RunKey) -> tuple[numbers.CardNumbers, ...]:
    """The numbers of the worldviews' cards."""
    parts = apart(at)
    return tuple(chain.from_iterable(map(cards, parts))) if len(parts) > 1 else numbers.by_worldview(result(at))


def middle_shifts(asked: Asked) -> dict[str, int]:
    """The middle shift in the last year by worldview, whole points: what a link says that its author saw."""
    return {card.worldview: round(card.shift[1]) for card in cards(run_key(asked))}


@lru_cache(maxsize=500)
def domains(at: RunKey) -> pd.DataFrame:
    """The shift by domain."""
    return numbers.domain_table(result(at))


@lru_cache(maxsize=500)
def outcomes(at: RunKey) -> pd.DataFrame:
    """The other outcomes."""
    return numbers.outcome_table(result(at))


@lru_cache(maxsize=500)
def goal_counts(at: RunKey, goals: tuple[Goal, ...]) -> dict[str, GoalCount]:
    """In how many of 100 worlds each goal is met, by worldview."""
    parts = apart(at)
    if len(parts) > 1:
        return {worldview: count for part in parts for worldview, count in goal_counts(part, goals).items()}
    return holds(result(at), goals)


def inside(at: RunKey, prediction: Prediction | None) -> dict[str, int]:
    """Worlds of 100 in the interval of a prediction, both ends included, by worldview; empty without one."""
    counts = goal_counts(at, prediction.goals) if prediction else {}
    return {worldview: count.together for worldview, count in counts.items()}


@lru_cache(maxsize=500)
def composites(at: RunKey) -> pd.DataFrame:
    """The composite with and without the levers and the shift, by worldview and year."""
    return numbers.composite_table(cards(at), result(at))


def summary(asked: Asked, worldviews: tuple[str, ...]) -> list[tuple[str, str]]:
    """The view of some worldviews in plain paragraphs, each with a lead."""
    (_, settings_told), *rest = _sentences(run_key(asked), asked.goals, asked.predict, worldviews)
    return [(asked.name, settings_told), *rest]


@lru_cache(maxsize=500)
def _sentences(
    at: RunKey, goals: tuple[Goal, ...], predict: Prediction | Literal["first"] | None, worldviews: tuple[str, ...]
) -> list[tuple[str, str]]:
    counts = goal_counts(at, goals) if goals else {}
    unnamed = Asked(_run(at)["scenario"], goals, predict, seed=at.seed, switched=at.switched)
    chosen = tuple(card for card in cards(at) if card.worldview in worldviews)
    return words.summary(unnamed, chosen, told_outcomes(at), counts, inside(at, unnamed.prediction))


@lru_cache(maxsize=500)
def middles(at: RunKey, outcome: str) -> dict[str, int]:
    """The middle of an outcome in the last year by worldview, in whole points; of reversals, worlds of 100."""
    found = result(at)
    of_100 = 100 * found.reversed_share if outcome == REVERSED else percentiles(found.outcome(outcome))["p50"]
    return {worldview: round(float(of_100[i])) for i, worldview in enumerate(found.worldviews)}


@lru_cache(maxsize=500)
def bounds(at: RunKey) -> Mapping[str, int]:
    """Worlds of 100 in which each parameter of a reader's own worldview stands on an end of its admissible range."""
    return at_bounds(at.assumptions, EDITED, MEMBERS, at.seed)


@lru_cache(maxsize=200)
def accounting(at: RunKey) -> pd.DataFrame:
    """The mean yearly change of the composite by term of equation 7."""
    with one_at_a_time:
        return result(at).accounting_frame()


@lru_cache(maxsize=200)
def argument(at: RunKey, worldview: str) -> Argument:
    """The argument as a picture under one worldview."""
    with one_at_a_time:
        return picture(result(at), worldview)


@lru_cache(maxsize=200)
def credits_at(at: RunKey) -> tuple[Credit, ...]:
    """The credit of each lever, in the page's own worlds."""
    with one_long_at_a_time:
        return credits_of(**_run(at))


@lru_cache(maxsize=500)
def dropped(at: RunKey) -> tuple[Dropped, ...]:
    """What would be lost without each lever, in the page's own worlds."""
    with one_at_a_time:
        return dropped_of(result(at))


@lru_cache(maxsize=200)
def weighed(at: RunKey) -> dict[str, Heavy]:
    """What each offer weighs and what of it reaches Moscow, with its credit, by worldview."""
    with one_at_a_time:
        found = weights_of(result(at))
    return by_worldview(found, credits_at(at), cards(at))


@lru_cache(maxsize=200)
def dose(at: RunKey, lever: str | None) -> DoseCurve:
    """The shift against the dose of one lever, or of all offers together."""
    with one_long_at_a_time:
        return dose_curve(**(_run(at) | {"members": DOSE_MEMBERS}), lever=lever)


@lru_cache(maxsize=2)
def hindcast(seed: int) -> Hindcast:
    """Forecasts from every year of the past under every coding, and how they miss; nothing that is set changes it."""
    with one_long_at_a_time:
        return worked_out(members=MEMBERS, seed=seed)


@lru_cache(maxsize=500)
def told_outcomes(at: RunKey) -> tuple[numbers.OutcomeNumbers, ...]:
    """The other outcomes in the last year that the summary tells."""
    return numbers.outcome_numbers(result(at), words.TOLD_OUTCOMES)


@lru_cache(maxsize=500)
def price_outcomes(at: RunKey) -> tuple[numbers.OutcomeNumbers, ...]:
    """The other outcomes in the last year that are prices of a package."""
    parts = apart(at)
    if len(parts) > 1:
        return tuple(chain.from_iterable(map(price_outcomes, parts)))
    return numbers.outcome_numbers(result(at), tuple(finding.PRICES))

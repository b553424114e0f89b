"""Goals: a target for an outcome, and in how many of 100 assumed worlds a scenario meets it.

A goal reads `level<=58` or `nato_cohesion>=60`; in links, which would garble these signs, `level_at_most_58`. The
target is the reader's; goals are counted world by world and never weighed against one another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from model.assumptions.outcomes import measures
from model.assumptions.schema import Direction, Outcome
from model.engine.equations import Array, Mask
from model.engine.results import Result
from model.errors import InputError, choose, shown

SIGNS: Mapping[str, Direction] = {"<=": "at most", ">=": "at least", "_at_most_": "at most", "_at_least_": "at least"}
FORM = re.compile(rf"([^<>=]*?)({'|'.join(SIGNS)})([^<>=]*)")
WHOLE = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)
EXAMPLE = "level<=58"
ROUNDING = 1e-3  # points: a world that misses by the rounding of 32 bits still meets its goal


@dataclass(frozen=True)
class Goal:
    """A target: an outcome that is to be at most or at least a whole number of points.

    `str(goal)` is its form in links, for example `level_at_most_58`.

    Raises:
        InputError: the outcome is unknown, the direction is neither of the two or the value is out of range.
    """

    outcome: str
    direction: Direction
    value: int

    def __post_init__(self) -> None:
        measure = _measure(self.outcome)
        choose("The direction of a goal is", str(self.direction), get_args(Direction))
        whole = isinstance(self.value, int) and not isinstance(self.value, bool)
        if not whole or not measure.low <= self.value <= measure.high:
            raise _bad_value(self.outcome, self.value)

    def __str__(self) -> str:
        return f"{self.outcome}_{self.direction.replace(' ', '_')}_{self.value}"

    def in_words(self) -> str:
        """The goal for a reader, for example `NATO cohesion: at least 60 points of 100`."""
        measure = measures()[self.outcome]
        value = str(self.value).replace("-", "\N{MINUS SIGN}")
        return f"{measure.title}: {self.direction} {value} {measure.unit}"

    def met(self, values: Array) -> Mask:
        """Where values of the outcome, in points, meet the goal; same shape."""
        side = 1 if self.direction == "at most" else -1
        reached: Mask = side * (np.asarray(values, float) - self.value) <= ROUNDING
        return reached


def first_goal(outcome: str) -> Goal:
    """The goal from which a reader who picks an outcome starts.

    Raises:
        InputError: no goal can be set for such an outcome.
    """
    direction, value = _measure(outcome).first or ("at most", 0)
    return Goal(outcome, direction, value)


@dataclass(frozen=True)
class GoalCount:
    """In how many of 100 worlds of one worldview goals are met: whole numbers, 0 and 100 only for none and all.

    each: by goal, in the order asked. together: all of them in the same world.
    no_lever_each, no_lever_together: the same for the no-lever run, None where a goal compares the two runs.
    """

    each: tuple[int, ...]
    together: int
    no_lever_each: tuple[int | None, ...]
    no_lever_together: int | None


def parse_goal(text: str) -> Goal:
    """The goal of a text such as `level<=58`; spaces around its parts are allowed.

    Raises:
        InputError: what is wrong and what is allowed, in one sentence.
    """
    form = FORM.fullmatch(text)
    if form is None:
        raise InputError(
            f"The goal {shown(text)} must be an outcome, <= or >=, and a whole number, for example {EXAMPLE}; "
            f"the outcomes are {', '.join(measures())}."
        )
    outcome, sign, value = (part.strip() for part in form.groups())
    _measure(outcome)
    if not WHOLE.fullmatch(value):
        raise _bad_value(outcome, value)
    return Goal(outcome, SIGNS[sign], int(value))


def holds(result: Result, goals: Sequence[Goal]) -> dict[str, GoalCount]:
    """In how many of 100 worlds each goal, and all of them together, are met: by worldview, in the result's order.

    Raises:
        InputError: no goal is given.
    """
    if not goals:
        raise InputError(f"No goal is given; a goal is written like {EXAMPLE}.")
    met = [goal.met(result.outcome(goal.outcome)) for goal in goals]
    without = replace(result, run=result.no_lever)
    met_without = [
        None if measures()[goal.outcome].compares else goal.met(without.outcome(goal.outcome)) for goal in goals
    ]
    judged = [mask for mask in met_without if mask is not None]
    return {
        worldview: GoalCount(
            each=tuple(of_100(mask[i]) for mask in met),
            together=of_100(_all(met)[i]),
            no_lever_each=tuple(None if mask is None else of_100(mask[i]) for mask in met_without),
            no_lever_together=of_100(_all(judged)[i]) if len(judged) == len(goals) else None,
        )
        for i, worldview in enumerate(result.worldviews)
    }


def _all(masks: Sequence[Mask]) -> Mask:
    """Where all of some masks of one shape are true."""
    every: Mask = np.logical_and.reduce(masks)
    return every


def of_100(worlds: Mask) -> int:
    """Worlds of 100, rounded to the nearest whole number, halves up; 0 and 100 only when truly none and all. (N,)."""
    count, all_ = int(np.count_nonzero(worlds)), worlds.size
    if count in (0, all_):
        return 100 if count else 0
    return min(max((200 * count + all_) // (2 * all_), 1), 99)


def _measure(outcome: str) -> Outcome:
    return measures()[choose("A goal is set for the unknown outcome", outcome, measures())]


def _bad_value(outcome: str, value: object) -> InputError:
    measure = _measure(outcome)
    low, high = measure.low, measure.high
    return InputError(f"{outcome} is {shown(value)}, but a goal for it must be a whole number, {low} to {high}.")

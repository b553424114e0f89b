"""What each lever adds to the shift of the last year: exact Shapley credit, and the interaction as a bar of its own.

The credit of a lever is what it adds to the shift when levers are switched on one after another, averaged over all
orders, so it does not depend on the order in which they are listed. It is worked out in each world by itself, where the
credits add up to that world's shift to rounding. What is reported is the mean over worlds, because means add up as
well: the mean credits add up to the mean shift. Medians are given beside them and do not add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from model.analysis.coalitions import coalition_shifts
from model.assumptions.catalog import Assumptions
from model.assumptions.scenario import moved
from model.assumptions.schema import Scenario
from model.engine.equations import Array
from model.engine.results import Result, percentiles, run


@dataclass(frozen=True)
class Credit:
    """Who earns the shift of the last year under one worldview, in points of the composite.

    `credit` and `alone` have one entry for each lever that is off neutral, in the order of the catalog.

    shift: mean over worlds; the credits add up to it, and so do `alone` and the interaction.
    credit: mean Shapley value.
    alone: mean shift of a run with that lever only.
    interaction: what the levers do together beyond the sum of what each does alone; the mean.
    shift_median, credit_median: medians over worlds, which do not add up.
    """

    worldview: str
    shift: float
    credit: dict[str, float]
    alone: dict[str, float]
    interaction: float
    shift_median: float
    credit_median: dict[str, float]


@dataclass(frozen=True)
class WorldCredits:
    """Credit world by world, in points; every array is (W, N), W worldviews and N worlds.

    In each world the credits add up to the shift to rounding.
    """

    worldviews: tuple[str, ...]
    shift: Array
    credit: dict[str, Array]
    alone: dict[str, Array]

    @property
    def interaction(self) -> Array:
        """Shift minus the sum of what each lever does alone, (W, N)."""
        return self.shift - sum(self.alone.values(), np.zeros_like(self.shift))


def credits_of(
    scenario: Scenario | str,
    worldviews: str | tuple[str, ...] = "all",
    *,
    members: int = 300,
    seed: int = 7,
    structure: str = "base",
    assumptions: Assumptions | None = None,
) -> tuple[Credit, ...]:
    """The credit of each lever off neutral under each worldview, means over the assumed worlds.

    The arguments and the worlds are those of `model.engine.results.run`. It is exact: k levers take
    up to 2^k runs, so the time doubles with each.

    Returns:
        One Credit a worldview, in alphabetical order.

    Raises:
        InputError: a name is unknown or a number out of range.
    """
    by_world = credits_by_world(
        scenario, worldviews, members=members, seed=seed, structure=structure, assumptions=assumptions
    )
    shift, interaction = _mean(by_world.shift), _mean(by_world.interaction)
    credit = {player: _mean(values) for player, values in by_world.credit.items()}
    alone = {player: _mean(values) for player, values in by_world.alone.items()}
    shift_median = percentiles(by_world.shift)["p50"]
    credit_median = {player: percentiles(values)["p50"] for player, values in by_world.credit.items()}
    return tuple(
        Credit(
            worldview=worldview,
            shift=float(shift[w]),
            credit=_at(credit, w),
            alone=_at(alone, w),
            interaction=float(interaction[w]),
            shift_median=float(shift_median[w]),
            credit_median=_at(credit_median, w),
        )
        for w, worldview in enumerate(by_world.worldviews)
    )


def credits_by_world(
    scenario: Scenario | str,
    worldviews: str | tuple[str, ...] = "all",
    *,
    members: int = 300,
    seed: int = 7,
    structure: str = "base",
    assumptions: Assumptions | None = None,
) -> WorldCredits:
    """The credit of each lever off neutral in every world; arguments and errors as for `credits_of`."""
    result = run(scenario, worldviews, members=members, seed=seed, structure=structure, assumptions=assumptions)
    players = moved(result.scenario, result.assumptions)
    shifts = _coalition_shifts(result, players)
    return WorldCredits(
        worldviews=result.worldviews,
        shift=shifts[frozenset(players)],
        credit=shapley(players, shifts),
        alone={player: shifts[frozenset({player})] for player in players},
    )


def shapley(players: Sequence[str], value: Mapping[frozenset[str], Array]) -> dict[str, Array]:
    """The Shapley value of each player: what the player adds to a coalition, averaged over all orders of joining.

    Args:
        players: names without repetition.
        value: what each coalition of players, the empty one included, is worth; arrays of one shape, best in float64.

    Returns:
        An array of that shape for each player. They add up to the worth of all players minus that of none.

    Raises:
        KeyError: a coalition has no value.
    """
    result = {}
    for player in players:
        others = [other for other in players if other != player]
        credit: Array = np.zeros_like(value[frozenset()], dtype=float)
        for size in range(len(players)):
            share = 1 / (len(players) * comb(len(others), size))  # of the orders in which exactly these came before
            for earlier in combinations(others, size):
                without = frozenset(earlier)
                credit = credit + share * (value[without | {player}] - value[without])
        result[player] = credit
    return result


def _coalition_shifts(result: Result, players: tuple[str, ...]) -> dict[frozenset[str], Array]:
    """The shift of the last year for all 2^k coalitions of players; float64, (W, N)."""
    sizes = range(len(players) + 1)
    return coalition_shifts(result, (frozenset(some) for size in sizes for some in combinations(players, size)))


def _mean(values: Array) -> Array:
    """Mean over the worlds, (W,)."""
    mean: Array = values.mean(axis=-1)
    return mean


def _at(values: Mapping[str, Array], worldview: int) -> dict[str, float]:
    """The numbers of one worldview as plain floats."""
    return {player: float(array[worldview]) for player, array in values.items()}

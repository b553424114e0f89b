"""A scenario as the equations take it, and the run without levers that it is measured against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.assumptions.catalog import Assumptions
from model.assumptions.schema import Scenario
from model.engine.equations import Array


@dataclass(frozen=True)
class Policy:
    """A scenario as the equations take it: levers as shares, years from the start.

    inducements: (inducements,) shares in the order of the levers.
    pressure_russia, pressure_china: as shares of the pressure without levers.
    levels: starting alignment by domain, (domains,).
    era: pressure on both without levers by year, 1 = end of 2021, (years,).
    """

    inducements: tuple[float, ...]
    allies: float
    clarity: float
    precondition: float
    pressure_russia: float
    pressure_china: float
    onset: int
    ramp: int
    levels: tuple[float, ...]
    era: tuple[float, ...]

    @property
    def shares(self) -> Array:
        """The inducements, ready to be multiplied with worlds: (inducements, 1, 1)."""
        return np.array(self.inducements)[:, None, None]

    def ramped(self, year: int) -> float:
        """r(t): share of the promised dose in a year, 0 being the first (0 before onset)."""
        return min(max((year - self.onset + 1) / self.ramp, 0.0), 1.0)

    def in_force(self, year: int) -> bool:
        """Whether the policy has begun in a year, 0 being the first: terms, assurances and pressure hold in full."""
        return year >= self.onset

    def pressure(self, year: int) -> tuple[float, float]:
        """P_R and P_C: pressure on Russia and on China in a year, as shares of that without levers."""
        return (self.pressure_russia, self.pressure_china) if self.in_force(year) else (1.0, 1.0)


def policy_of(scenario: Scenario, known: Assumptions) -> Policy:
    """The policy that a scenario asks for."""
    levers = {key: value / 100 for key, value in scenario.levers.items()}
    return Policy(
        inducements=tuple(levers[key] for key in known.inducements),
        allies=levers["allies"],
        clarity=levers["clarity"],
        precondition=levers["precond"],
        pressure_russia=levers["pressure_russia"],
        pressure_china=levers["pressure_china"],
        onset=scenario.onset,
        ramp=scenario.ramp,
        levels=starting_levels(scenario, known),
        era=pressure_path(scenario.analogue.pressure if scenario.analogue else 100, scenario.horizon),
    )


def no_lever_policy(scenario: Scenario, known: Assumptions) -> Policy:
    """The run that a scenario is measured against: every lever neutral."""
    neutral = {key: lever.neutral for key, lever in known.levers.items()}
    return policy_of(scenario.model_copy(update={"levers": neutral, "onset": 0, "ramp": 1}), known)


def pressure_path(pressure: int | tuple[int, int], years: int) -> tuple[float, ...]:
    """Pressure in each year as a share of end-2021; a pair rises evenly from its first to its second value."""
    first, last = pressure if isinstance(pressure, tuple) else (pressure, pressure)
    return tuple(float(share) for share in np.linspace(first / 100, last / 100, years))


def starting_levels(scenario: Scenario, known: Assumptions) -> tuple[float, ...]:
    """Alignment by domain at the start, 0 to 100."""
    analogue = scenario.analogue
    if analogue and analogue.levels:
        return tuple(float(level) for level in analogue.levels.values())
    year = analogue.levels_of if analogue else scenario.start
    return tuple(float(levels.values[str(year)]) for levels in known.levels.values())

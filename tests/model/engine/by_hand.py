"""Worlds and policies built by hand, and what a drawn world of the package looks like to the slow reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from model import catalog
from model.assumptions.catalog import Assumptions
from model.assumptions.schema import Range, Scenario
from model.assumptions.switches import switches
from model.engine.policy import Policy
from model.engine.worlds import Worlds, make_worlds
from tests.model.engine import reference
from tests.model.engine import specification as spec

Floats = npt.NDArray[np.floating]
START_2021 = tuple(float(level) for level in spec.LEVELS[2021])


def a(*values: float) -> Floats:
    """One worldview and as many worlds as values: (1, worlds)."""
    return np.array([values], dtype=float)


def stacked(*values: float) -> Floats:
    """One value for each lever, mechanism, domain or ally, in one world: (values, 1, 1)."""
    return np.array(values, dtype=float)[:, None, None]


def exactly(values: Mapping[str, float]) -> dict[str, Range]:
    """Ranges that leave nothing to chance."""
    return {name: Range(low=value, central=value, high=value) for name, value in values.items()}


def promise_kept() -> Assumptions:
    """The project's own assumptions but for one: a dropped overture leaves no grudge in any worldview."""
    known = catalog()
    for worldview in known.worldviews:
        known = known.edited(worldview, broken_promise=(0, 0, 0))
    return known


def central_world(
    worldview: str = "midpoint",
    *,
    years: int = 10,
    structure: str = "base",
    luck: float = 1,
    **values: float,
) -> Worlds:
    """One world with every parameter at its central value (z = 0) or at the value given, no jitter and no shock.

    With luck 1 the policy is never reversed at home, with luck 0 as soon as there is any hazard.
    """
    central = {name: parameter.central for name, parameter in catalog().worldviews[worldview].parameters.items()}
    drawn = make_worlds(catalog(), (worldview,), 1, 0, switches(structure, catalog()), years, exactly(central | values))
    return replace(
        drawn,
        supply=np.array(list(spec.SUPPLY.values()), np.float32)[:, :, None],
        response=np.array(list(spec.RESPONSE.values()), np.float32)[:, :, None],
        shocks=np.zeros_like(drawn.shocks),
        luck=np.full_like(drawn.luck, luck),
    )


def policy(
    *inducements: float,
    allies: float = 0,
    clarity: float = 0,
    precondition: float = 0,
    pressure_russia: float = 1,
    pressure_china: float = 1,
    onset: int = 0,
    ramp: int = 1,
    levels: tuple[float, ...] = START_2021,
    era: float = 1,
    years: int = 10,
) -> Policy:
    """A policy at full dose from the first year, unless told otherwise; no inducement given means none offered."""
    return Policy(
        inducements=inducements or (0.0,) * len(spec.INDUCEMENTS),
        allies=allies,
        clarity=clarity,
        precondition=precondition,
        pressure_russia=pressure_russia,
        pressure_china=pressure_china,
        onset=onset,
        ramp=ramp,
        levels=levels,
        era=(era,) * years,
    )


def lever_values(scenario: Scenario) -> dict[str, float]:
    """A scenario's levers as the specification writes them: its names, shares of 1."""
    return {name: scenario.levers[key] / 100 for name, key in spec.LEVERS.items()}


def drawn_world(worlds: Worlds, worldview: str, member: int) -> reference.World:
    """One world of the package, as plain floats for the slow reference."""
    place = worlds.worldviews.index(worldview)
    return reference.World(
        worldview=worldview,
        parameters={
            symbol: float(getattr(worlds.parameters, row.name)[place, member])
            for symbol, row in spec.PARAMETERS.items()
        },
        supply=worlds.supply[:, :, member].tolist(),
        response=worlds.response[:, :, member].tolist(),
        shocks=(worlds.shocks[:, :, place, member] / 4).tolist(),
        luck=worlds.luck[:, member].tolist(),
    )

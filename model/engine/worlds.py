"""The assumed worlds: every draw that a run needs, made once from a seed and independent of any lever.

Each quantity has a stream of its own, keyed by the seed and the quantity's name, and is drawn world by world: adding a
parameter leaves the other draws as they were, and the first 500 of 1,000 worlds are the 500 worlds of the same seed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from zlib import crc32

import numpy as np

from model.assumptions.catalog import Assumptions
from model.assumptions.schema import Range
from model.assumptions.switches import Switches
from model.engine.equations import FLOAT, Array, Bend, Mask, bend

TENTH_PERCENTILE = 1.2816  # standard normal deviate of the 90th percentile, as the specification rounds it


@dataclass(frozen=True)
class Parameters:
    """One array (worldviews, worlds) for each parameter of parameters.toml; the field names are the file's keys."""

    symbolic_potency: Array
    addressable_threat: Array
    initial_credibility: Array
    base_threshold: Array
    dependence_threshold: Array
    drift_rate: Array
    pressure_share: Array
    pull_strength: Array
    latent_friction: Array
    doubt_response: Array
    binding_share: Array
    response_strength: Array
    cohesion_loss: Array
    ukraine_mitigation: Array
    assurance_mitigation: Array
    reversal_hazard: Array
    backlash_hazard: Array
    reversal_loss: Array
    deliverability: Array
    unbalanced_assurance: Array
    unasked_reciprocity: Array
    redeployable_effort: Array
    emboldening: Array
    values_cost_scale: Array
    shock_size: Array
    broken_promise: Array


@dataclass(frozen=True)
class Worlds:
    """The worlds of some worldviews under one structure. W worldviews, N worlds, Y years.

    assumptions: what they were drawn from.
    parameters: drawn, and adjusted where a structural choice is switched.
    curvature: dose curvature by inducement, (inducements, W, N).
    deliverability: share of each inducement that can be delivered, (inducements, W, N), at most 1.
    salience: weight of each mechanism, (mechanisms, W, 1).
    supply: jittered table W of the specification, (mechanisms, inducements, N).
    response: jittered table M, (domains, mechanisms, N).
    drift_profile: (domains, W, 1).
    shocks: 4 times the yearly shock in points, (Y, domains, W, N).
    luck: uniform draws that decide on reversals at home, (Y, N).
    half_believed, proportional, unrelieved, unbound, added: where choices C1, C2, C7, C4 and C13 take their
        alternative, (N,).
    """

    assumptions: Assumptions
    worldviews: tuple[str, ...]
    parameters: Parameters
    curvature: Array
    deliverability: Array
    salience: Array
    supply: Array
    response: Array
    drift_profile: Array
    shocks: Array
    luck: Array
    half_believed: Mask
    proportional: Mask
    unrelieved: Mask
    unbound: Mask
    added: Mask

    @cached_property
    def bend(self) -> Bend:
        """What of each inducement's dose-response no dose changes, (inducements, W, N)."""
        return bend(self.curvature)

    @cached_property
    def unbelieved(self) -> Array:
        """The share of an offer that counts without being believed (choice C1), (N,)."""
        return self.assumptions.constant.unbelieved_share * self.half_believed.astype(FLOAT)

    @cached_property
    def side_by_side(self) -> Worlds:
        """The same worlds with an axis for policies behind levers, mechanisms and domains: (..., 1, W, N)."""
        return replace(
            self,
            curvature=self.curvature[:, None],
            deliverability=self.deliverability[:, None],
            salience=self.salience[:, None],
            drift_profile=self.drift_profile[:, None],
            shocks=self.shocks[:, :, None],
        )

    def in_year(self, year: int) -> Worlds:
        """The same worlds with the draws of one year only, 0 being the first."""
        return replace(self, shocks=self.shocks[year : year + 1], luck=self.luck[year : year + 1])


def stream(seed: int, name: str, year: int = 0) -> np.random.Generator:
    """The generator of one quantity, in one year where it is yearly."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(crc32(name.encode()), year)))


@lru_cache(maxsize=64)
def deviates(seed: int, name: str, members: int) -> Array:
    """Standard normal deviates of one parameter, (members,)."""
    return stream(seed, name).standard_normal(members)


def leaning(known: Assumptions, seed: int, name: str, members: int, independent: Mask) -> Array:
    """Standard normal deviates of one parameter that lean with the world, (members,).

    Each world has one number that says how kind it is to the wedge; a parameter that bears on that takes a share of it,
    up or down by its `kind`. Where `independent` (choice C11 switched) it keeps to itself.
    """
    own, kind = deviates(seed, name, members), known.parameters[name].kind
    if not kind:
        return own
    share = known.constant.lean
    leaned = kind * share * deviates(seed, "lean", members) + math.sqrt(1 - share**2) * own
    return np.where(independent, own, leaned)


def sample(assumption: Range, admissible: tuple[float, float], deviate: Array) -> Array:
    """Values of a parameter: a split normal through its percentiles, clipped to its admissible range."""
    below = (assumption.central - assumption.low) / TENTH_PERCENTILE
    above = (assumption.high - assumption.central) / TENTH_PERCENTILE
    value = assumption.central + deviate * np.where(deviate < 0, below, above)
    return np.clip(value, *admissible)


@lru_cache(maxsize=4)
def jittered(known: Assumptions, seed: int, name: str, members: int) -> Array:
    """A shared table, each row drawn anew for each world around its values: (rows, columns, members)."""
    table = getattr(known.structure.tables, name)
    centre = np.array([list(row.values()) for row in table.values.values()])
    concentration = known.constant.jitter_concentration
    gammas = stream(seed, name).standard_gamma(concentration * centre, (members, *centre.shape))
    rows = gammas / gammas.sum(axis=-1, keepdims=True)
    return np.ascontiguousarray(np.moveaxis(rows, 0, -1), FLOAT)


@lru_cache(maxsize=4)
def surprises(known: Assumptions, seed: int, members: int, years: int) -> Array:
    """Shocks of one standard deviation, (years, domains, 1, members), part shared by the domains and part their own."""
    constant = known.constant
    domains = len(known.structure.domains)
    draws = [stream(seed, "shock", year).standard_normal((members, 1 + domains)) for year in range(years)]
    together = np.ascontiguousarray(np.moveaxis(np.array(draws), 1, -1))
    shock = constant.shock_common * together[:, :1] + constant.shock_own * together[:, 1:]
    return shock[:, :, None, :].astype(FLOAT)


@lru_cache(maxsize=4)
def reversal_luck(seed: int, members: int, years: int) -> Array:
    """Uniform draws, (years, members)."""
    return np.array([stream(seed, "reversal", year).random(members) for year in range(years)], FLOAT)


def switched(known: Assumptions, seed: int, members: int, structure: Switches) -> dict[str, Mask]:
    """Where each structural choice takes its alternative: choice -> (members,)."""
    share = known.constant.structure_alternative_share
    masks = {}
    for name, choice in known.structure.choices.items():
        if structure.drawn and choice.in_ensemble:
            masks[name] = stream(seed, f"structure {name}").random(members) < share
        else:
            masks[name] = np.full(members, name in structure.fixed)
    return masks


def make_worlds(
    known: Assumptions,
    worldviews: tuple[str, ...],
    members: int,
    seed: int,
    structure: Switches,
    years: int,
    overrides: Mapping[str, Range] | None = None,
) -> Worlds:
    """Draw `members` worlds of each worldview for a number of years.

    `overrides` replace a worldview's own range of a parameter (historic analogues).
    """
    constant = known.constant
    views = [known.worldviews[name] for name in worldviews]
    overrides = overrides or {}
    masks = switched(known, seed, members, structure)

    drawn = {
        name: np.array(
            [
                sample(
                    overrides.get(name, view.parameters[name]),
                    definition.admissible,
                    leaning(known, seed, name, members, masks["C11"]),
                )
                for view in views
            ]
        )
        for name, definition in known.parameters.items()
    }
    drawn["symbolic_potency"] = np.where(masks["C3"], 0, drawn["symbolic_potency"])
    drawn["latent_friction"] = np.where(masks["C5"], constant.friction_alternative, drawn["latent_friction"])
    for hazard in ("reversal_hazard", "backlash_hazard"):
        drawn[hazard] = np.where(masks["C6"], 0, drawn[hazard])
    parameters = Parameters(**{field.name: drawn[field.name].astype(FLOAT) for field in fields(Parameters)})

    def by_name(vector: str) -> Array:
        """A worldview's vector as (names, worldviews, 1)."""
        values = [list(getattr(view, vector).values.values()) for view in views]
        return np.array(values, FLOAT).T[:, :, None]

    curvature = np.array([parameters.symbolic_potency for _ in known.inducements])
    sanctions = np.where(masks["C3"], 0, constant.sanctions_curvature)
    curvature[known.inducements.index("caatsa")] = sanctions
    return Worlds(
        assumptions=known,
        worldviews=worldviews,
        parameters=parameters,
        curvature=curvature,
        deliverability=np.minimum(parameters.deliverability * by_name("relative_deliverability"), 1),
        salience=by_name("salience"),
        supply=jittered(known, seed, "mechanism_supply", members),
        response=jittered(known, seed, "domain_response", members),
        drift_profile=by_name("drift_profile"),
        shocks=4 * parameters.shock_size * surprises(known, seed, members, years),
        luck=reversal_luck(seed, members, years),
        half_believed=masks["C1"],
        proportional=masks["C2"],
        unrelieved=masks["C7"],
        unbound=masks["C4"],
        added=masks["C13"],
    )

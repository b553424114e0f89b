"""What a scenario does under each worldview: paired runs, percentiles over worlds, plain data and tidy tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.assumptions.catalog import MODEL_VERSION, Assumptions, given
from model.assumptions.scenario import load_scenario
from model.assumptions.schema import Range, Scenario, Worldview
from model.assumptions.switches import Switches, switches
from model.engine.equations import TERMS, Array
from model.engine.policy import Policy, no_lever_policy, policy_of
from model.engine.simulate import Trajectory, simulate
from model.engine.worlds import Worlds, make_worlds
from model.errors import InputError, choose

PERCENTILES = {"p10": 10, "p50": 50, "p90": 90}
MAX_MEMBERS = 20_000
MAX_SEED = 2**32 - 1


@dataclass(frozen=True)
class Result:
    """A scenario and its no-lever run in the same worlds.

    Shapes: Y years, W worldviews, N worlds. Points are points of 100; nothing is a forecast.
    """

    scenario: Scenario
    assumptions: Assumptions
    structure: str
    members: int
    seed: int
    worldviews: tuple[str, ...]
    run: Trajectory
    no_lever: Trajectory

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years, from the start to the last year."""
        start = self.scenario.start
        return tuple(range(start, start + self.scenario.horizon + 1))

    @cached_property
    def shift(self) -> Array:
        """Scenario minus no-lever composite, world by world, (Y + 1, W, N)."""
        return self.run.composite - self.no_lever.composite

    @cached_property
    def domain_shift(self) -> Array:
        """Shift of each domain in the last year, (domains, W, N)."""
        return self.run.states[-1].alignment - self.no_lever.states[-1].alignment

    @cached_property
    def accounting(self) -> Array:
        """Each year's change of each domain by term of equation 7, scenario run, (Y, terms, domains, W, N)."""
        accounting = simulate(self.run.worlds, self.run.policy, account=True).accounting
        assert accounting is not None
        return accounting

    def outcome(self, name: str) -> Array:
        """One of the outcomes of outcomes.toml in the last year, (W, N)."""
        return self.outcome_by_year(name)[-1]

    def outcome_by_year(self, name: str) -> Array:
        """One of the outcomes of outcomes.toml, (Y + 1, W, N)."""
        return BY_YEAR[name](self.run, self.no_lever)

    @cached_property
    def reversed_share(self) -> Array:
        """Share of worlds in which the policy is reversed at home by the last year, (W,)."""
        share: Array = self.run.states[-1].reversed.mean(axis=-1)
        return share

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, in the form that the command line prints as JSON."""
        last = {name: percentiles(self.outcome(name)) for name in OUTCOMES}
        domains = percentiles(self.domain_shift)
        scenario, baseline = percentiles(self.run.composite), percentiles(self.no_lever.composite)
        worldviews = {}
        for i, worldview in enumerate(self.worldviews):
            worldviews[worldview] = {
                **{name: _at(last[name], i) for name in OUTCOMES},
                "domains": {
                    domain: _at({p: values[d] for p, values in domains.items()}, i)
                    for d, domain in enumerate(self.assumptions.structure.domains)
                },
                "reversed_share": float(self.reversed_share[i]),
                "years": [
                    {
                        "year": year,
                        "scenario": _at({p: values[y] for p, values in scenario.items()}, i),
                        "baseline": _at({p: values[y] for p, values in baseline.items()}, i),
                    }
                    for y, year in enumerate(self.years)
                ],
            }
        return {
            "model_version": MODEL_VERSION,
            "scenario": {
                "name": self.scenario.name,
                "levers": dict(self.scenario.levers),
                **{key: getattr(self.scenario, key) for key in self.assumptions.context},
            },
            "members": self.members,
            "seed": self.seed,
            "structure": self.structure,
            "worldviews": worldviews,
        }

    def to_frame(self) -> pd.DataFrame:
        """The result as tidy rows: worldview, outcome, domain, year, p10, p50, p90."""
        rows: list[dict[str, object]] = []
        last = self.years[-1]
        for worldview, values in self.to_dict()["worldviews"].items():
            for name in OUTCOMES:
                rows.append({"worldview": worldview, "outcome": name, "year": last} | values[name])
            for domain, shift in values["domains"].items():
                rows.append({"worldview": worldview, "outcome": "shift", "domain": domain, "year": last} | shift)
            share = values["reversed_share"]
            rows.append({"worldview": worldview, "outcome": "reversed_share", "year": last, "p50": share})
            for year in values["years"]:
                for run in ("scenario", "baseline"):
                    rows.append(
                        {
                            "worldview": worldview,
                            "outcome": f"{run}_composite",
                            "year": year["year"],
                        }
                        | year[run]
                    )
        columns = ["worldview", "outcome", "domain", "year", *PERCENTILES]
        return pd.DataFrame(rows, columns=columns)

    def accounting_frame(self, domain: str | None = None) -> pd.DataFrame:
        """Mean yearly change of a domain, or of the composite, by term of equation 7: worldview, year, term, points."""
        structure = self.assumptions.structure
        domains = list(structure.domains)
        if domain is None:
            weight = list(structure.vectors.domain_weight.values.values())
            by_term = (np.array(weight)[:, None, None] * self.accounting).sum(axis=2)
        else:
            by_term = self.accounting[:, :, domains.index(domain)]
        mean = by_term.mean(axis=-1)
        return pd.DataFrame(
            [
                (worldview, year, term, float(mean[y, t, w]))
                for w, worldview in enumerate(self.worldviews)
                for y, year in enumerate(self.years[1:])
                for t, term in enumerate(TERMS)
            ],
            columns=["worldview", "year", "term", "points"],
        )


# Each outcome by year, from a run and its no-lever run, (Y + 1, W, N); its last year is what is reported.
BY_YEAR: Mapping[str, Callable[[Trajectory, Trajectory], Array]] = {
    "shift": lambda run, no_lever: run.composite - no_lever.composite,
    "baseline": lambda _, no_lever: no_lever.composite,
    "level": lambda run, _: run.composite,
    "change": lambda run, _: run.composite - run.composite[0],
    "doubt": lambda run, _: run.doubt,
    "nato_cohesion": lambda run, _: run.nato_cohesion,
    "nato_east_trough": lambda run, _: np.minimum.accumulate(run.cohesion[:, 0], axis=0),  # the worst year so far
    "us_effort": lambda run, _: run.us_effort,
    "china_effort": lambda run, _: run.china_effort,
    "two_front": lambda run, no_lever: run.two_front - no_lever.two_front,
    "values_cost": lambda run, _: np.maximum.accumulate(run.values_cost, axis=0),  # the dearest year so far
}
# What is reported of the last year, beside the six domains and the share of worlds reversed at home.
OUTCOMES = tuple(name for name in BY_YEAR if name != "change")
REVERSED = "reversed_share"  # of worlds; what can be looked at beside the outcomes


def percentiles(values: Array) -> dict[str, Array]:
    """10th, 50th and 90th percentile over the worlds (last axis), linear between neighbours."""
    ordered = np.sort(values, axis=-1)
    last = ordered.shape[-1] - 1
    result = {}
    for name, percent in PERCENTILES.items():
        place = percent / 100 * last
        below = int(place)
        above = min(below + 1, last)
        low, high = ordered[..., below].astype(float), ordered[..., above].astype(float)
        result[name] = low + (place - below) * (high - low)
    return result


def _at(values: Mapping[str, Array], worldview: int) -> dict[str, float]:
    """The percentiles of one worldview as plain numbers, to a hundred-thousandth of a point."""
    return {name: round(float(array[worldview]), 5) for name, array in values.items()}


def run(
    scenario: Scenario | str,
    worldviews: str | tuple[str, ...] = "all",
    *,
    members: int = 1000,
    seed: int = 7,
    structure: str = "base",
    assumptions: Assumptions | None = None,
    worldview: Worldview | None = None,
) -> Result:
    """Run a scenario and its no-lever run in the same assumed worlds.

    Args:
        scenario: a scenario, or the name of a preset, an analogue or a TOML file.
        worldviews: "all", the name of one worldview, or several names. An analogue brings its own.
        members: worlds of each worldview, 1 to 20,000.
        seed: same seed, same worlds.
        structure: "base", "ensemble" or switched choices such as "C1,C4".
        assumptions: what is assumed; by default the project's own, `catalog()`.
        worldview: a reader's own, which stands beside the others as "edited"; see `load_worldview`.

    Raises:
        InputError: a name is unknown or a number out of range.
    """
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario)
    _require_number("members", members, 1, MAX_MEMBERS)
    _require_number("seed", seed, 0, MAX_SEED)
    known = given(assumptions)
    if worldview is not None:
        if scenario.analogue:
            raise InputError(
                f"The historic analogue {scenario.name} is written for the worldview {scenario.analogue.worldview}; "
                "a worldview of your own can be run with other scenarios."
            )
        known = known.beside(worldview)
    views, chosen = _worldviews(scenario, worldviews, known), switches(structure, known)
    overrides = tuple(scenario.analogue.overrides.items()) if scenario.analogue else ()
    ensemble = Ensemble(known, views, members, seed, chosen, scenario.horizon, overrides)
    return Result(
        scenario=scenario,
        assumptions=known,
        structure=chosen.name,
        members=members,
        seed=seed,
        worldviews=views,
        run=simulate(worlds_of(ensemble), policy_of(scenario, known)),
        no_lever=no_lever_run(ensemble, no_lever_policy(scenario, known)),
    )


class Ensemble(NamedTuple):
    """All that the draws depend on; no lever is among it."""

    assumptions: Assumptions
    worldviews: tuple[str, ...]
    members: int
    seed: int
    structure: Switches
    years: int
    overrides: tuple[tuple[str, tuple[float, float, float]], ...]


@lru_cache(maxsize=8)
def worlds_of(ensemble: Ensemble) -> Worlds:
    """The worlds of an ensemble, drawn once."""
    ranges = {name: Range(low=low, central=central, high=high) for name, (low, central, high) in ensemble.overrides}
    return make_worlds(
        ensemble.assumptions,
        ensemble.worldviews,
        ensemble.members,
        ensemble.seed,
        ensemble.structure,
        ensemble.years,
        ranges,
    )


@lru_cache(maxsize=8)
def no_lever_run(ensemble: Ensemble, policy: Policy) -> Trajectory:
    """The no-lever run of an ensemble, made once for all scenarios that are measured against it."""
    return simulate(worlds_of(ensemble), policy)


def _require_number(key: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InputError(f"{key} is {value}, but it must be a whole number, {low} to {high:,}.")


def _worldviews(scenario: Scenario, asked: str | tuple[str, ...], assumptions: Assumptions) -> tuple[str, ...]:
    """The worldviews to run, in alphabetical order."""
    known = tuple(assumptions.worldviews)
    if scenario.analogue:
        own = scenario.analogue.worldview
        if asked not in ("all", own, (own,)):
            raise InputError(
                f"The historic analogue {scenario.name} is written for the worldview {own}; "
                f"leave the worldview out or name {own}."
            )
        return (own,)
    if asked == "all":
        return known
    names = (asked,) if isinstance(asked, str) else asked
    if not names:
        raise InputError(f"No worldview is named; allowed: all, {', '.join(known)}.")
    for name in names:
        choose("There is no worldview", name, ["all", *known])
    return tuple(name for name in known if name in names)

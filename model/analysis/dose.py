"""The shift against the dose: one lever over its whole range, or all inducements together, in the same worlds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.assumptions.catalog import Assumptions, given
from model.assumptions.scenario import load_scenario, set_values
from model.assumptions.schema import Scenario
from model.engine import equations as eq
from model.engine.equations import Array
from model.engine.policy import policy_of
from model.engine.results import percentiles, run
from model.engine.simulate import State, composite, last_years
from model.engine.worlds import Worlds
from model.errors import InputError, choose

MAX_STEPS = 101


@dataclass(frozen=True)
class DoseCurve:
    """What each dose comes to in the last year. W worldviews, S steps; percentiles and medians are over worlds.

    lever: the lever that is run over its whole range, or None for the same dose of every inducement.
    dose: whole numbers from 0 to 100, or to the lever's highest, (S,).
    shift: 10th, 50th and 90th percentile in points of the composite, (3, W, S).
    reciprocity: median of how far Moscow moves, 0 to 1, (W, S).
    believed: median of what the offer is worth to Moscow as far as it is believed (V K'), a share of 1, (W, S).
    threshold: median of what Moscow puts at risk (Theta), in the same unit, (W, S).
    here: where the scenario stands on the axis of doses; for a uniform dose the mean of its inducements.
    has_threshold: whether Moscow's move has a threshold in any world (choice C2 takes it away).
    threshold_dose: for each worldview the smallest dose at which `believed` reaches `threshold`, straight between
        steps; 0 where the rest of the scenario reaches it already, None where no dose does or there is no threshold.
    """

    scenario: Scenario
    lever: str | None
    members: int
    seed: int
    structure: str
    worldviews: tuple[str, ...]
    dose: Array
    shift: Array
    reciprocity: Array
    believed: Array
    threshold: Array
    here: float
    has_threshold: bool
    threshold_dose: dict[str, float | None]


def dose_curve(
    scenario: Scenario | str,
    lever: str | None = None,
    worldviews: str | tuple[str, ...] = "all",
    *,
    steps: int = 21,
    members: int = 500,
    seed: int = 7,
    structure: str = "base",
    assumptions: Assumptions | None = None,
) -> DoseCurve:
    """Run a scenario at evenly spaced doses, everything else as it stands.

    Args:
        scenario: a scenario, or the name of a preset, an analogue or a TOML file.
        lever: the lever to run over its whole range; None sets every inducement to the same dose.
        worldviews: "all", the name of one worldview, or several names.
        steps: number of doses, 2 to 101; each is the nearest whole number.
        members: worlds of each worldview, 1 to 20,000.
        seed: same seed, same worlds.
        structure: "base", "ensemble" or switched choices such as "C1,C4".
        assumptions: what is assumed; by default the project's own.

    Raises:
        InputError: a name is unknown or a number out of range.
    """
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario)
    known = given(assumptions)
    if lever is not None:
        choose("There is no lever", lever, known.levers)
    if not 2 <= steps <= MAX_STEPS:
        raise InputError(f"steps is {steps}, but it must be a whole number, 2 to {MAX_STEPS}.")

    moved = known.inducements if lever is None else (lever,)
    dose = np.rint(np.linspace(0, max(known.levers[key].high for key in moved), steps))
    policies = [policy_of(set_values(scenario, dict.fromkeys(moved, int(value))), known) for value in dose]
    usual = run(scenario, worldviews, members=members, seed=seed, structure=structure, assumptions=known)
    worlds, no_lever = usual.run.worlds, usual.no_lever.composite[-1]
    last = dict(last_years(worlds, policies))
    shift, reciprocity, believed, threshold = [], [], [], []
    for state in (last[policy] for policy in policies):
        shift.append(list(percentiles(composite(state.alignment, known) - no_lever).values()))
        reciprocity.append(_median(state.reciprocity))
        believed.append(_median(believed_offer(worlds, state)))
        threshold.append(_median(state.threshold))
    gap = np.stack(believed, axis=-1) - np.stack(threshold, axis=-1)
    has_threshold = not worlds.proportional.all()
    return DoseCurve(
        scenario=scenario,
        lever=lever,
        members=members,
        seed=seed,
        structure=usual.structure,
        worldviews=usual.worldviews,
        dose=dose,
        shift=np.stack([np.array(bands) for bands in shift], axis=-1),
        reciprocity=np.stack(reciprocity, axis=-1),
        believed=np.stack(believed, axis=-1),
        threshold=np.stack(threshold, axis=-1),
        here=float(np.mean([scenario.levers[key] for key in moved])),
        has_threshold=has_threshold,
        threshold_dose={
            worldview: first_reached(dose, gap[w]) if has_threshold else None
            for w, worldview in enumerate(usual.worldviews)
        },
    )


def believed_offer(worlds: Worlds, state: State) -> Array:
    """What the offer of a year is worth to Moscow as far as it is believed, (W, N): V K'."""
    return eq.believed_offer(state.offer_value, state.credibility, worlds.unbelieved)


def first_reached(dose: Array, gap: Array) -> float | None:
    """The smallest dose at which a gap, straight between the doses, is no longer negative; None where it always is.

    `dose` rises; both are (S,).
    """
    reached = np.flatnonzero(gap >= 0)
    if not reached.size:
        return None
    after = int(reached[0])
    if after == 0:
        return float(dose[0])
    below, above = float(gap[after - 1]), float(gap[after])
    return float(dose[after - 1] + (dose[after] - dose[after - 1]) * (below / (below - above)))


def _median(values: Array) -> Array:
    """Middle value over the worlds, (W,)."""
    return percentiles(values)["p50"]

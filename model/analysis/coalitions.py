"""The shift of the last year with only some levers of a scenario in play; the others stand at neutral."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from model.assumptions.catalog import Assumptions
from model.assumptions.schema import Scenario
from model.engine.equations import Array
from model.engine.policy import Policy, no_lever_policy, policy_of
from model.engine.results import Result
from model.engine.simulate import composite, last_years

Coalition = frozenset[str]


def coalition_shifts(result: Result, coalitions: Iterable[Coalition]) -> dict[Coalition, Array]:
    """The shift of the last year with the levers of each coalition in play, in points; float64, (W, N).

    All are run in the worlds of `result`, in one batch; coalitions whose runs cannot differ are run once and share an
    array, and none is run that is the scenario itself or the run without levers.
    """
    scenario, known = result.scenario, result.assumptions
    policies = {coalition: in_effect(_policy(scenario, coalition, known)) for coalition in coalitions}
    no_lever = result.no_lever.composite[-1]
    found = {
        in_effect(no_lever_policy(scenario, known)): np.zeros(no_lever.shape),
        in_effect(policy_of(scenario, known)): result.outcome("shift").astype(float),
    }
    asked = [policy for policy in policies.values() if policy not in found]
    for policy, last in last_years(result.run.worlds, asked):
        found[policy] = (composite(last.alignment, known) - no_lever).astype(float)
    return {coalition: found[policy] for coalition, policy in policies.items()}


def _policy(scenario: Scenario, coalition: Coalition, known: Assumptions) -> Policy:
    """The scenario with the levers outside a coalition at neutral."""
    levers = {key: scenario.levers[key] if key in coalition else lever.neutral for key, lever in known.levers.items()}
    return policy_of(scenario.model_copy(update={"levers": levers}), known)


def in_effect(policy: Policy) -> Policy:
    """The policy, or one with its pressures only where nothing is offered in any year, which moves alignment alike.

    Without an offer its value, concreteness and dialogue are 0. Credibility then stays at its start (4), there is no
    reciprocity to ask for (5), Beijing sees nothing (6) and no policy is visible that could be reversed (9), whatever
    allies think (8); so clarity, allies and preconditions have nothing to work on.
    """
    if any(policy.inducements) and policy.ramped(len(policy.era) - 1) > 0:
        return policy
    nothing = (0.0,) * len(policy.inducements)
    bare = replace(policy, inducements=nothing, allies=0.0, clarity=0.0, precondition=0.0, ramp=1)
    squeezed = policy.pressure(len(policy.era) - 1) != (1.0, 1.0)
    return bare if squeezed else replace(bare, pressure_russia=1.0, pressure_china=1.0, onset=0)

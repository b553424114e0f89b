"""One run: the yearly recursion of equations 1 to 9 over all worlds at once, and what follows from it (equation 10)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np

from model.assumptions.catalog import Assumptions
from model.engine import equations as eq
from model.engine.equations import FLOAT, Array, Mask
from model.engine.policy import Policy
from model.engine.worlds import Worlds


@dataclass(frozen=True)
class Offer:
    """What is on the table in one year, in every world: arrays (worldviews, worlds), exposure (domains, ...).

    value: what it is worth to Moscow (V). concreteness: D. dialogue: Dlg. slight: to the allies. cost: in values.
    exposure: of each domain to what is offered (E_d). spared: share of the slight that is taken off.
    """

    value: Array
    concreteness: Array
    dialogue: Array
    slight: Array
    cost: Array
    exposure: Array
    spared: Array

    def blended(self, other: Offer, where: Array) -> Offer:
        """This offer where `where` is 0, the other where it is 1."""
        return Offer(
            value=self.value + where * (other.value - self.value),
            concreteness=self.concreteness + where * (other.concreteness - self.concreteness),
            dialogue=self.dialogue + where * (other.dialogue - self.dialogue),
            slight=self.slight + where * (other.slight - self.slight),
            cost=self.cost + where * (other.cost - self.cost),
            exposure=self.exposure + where * (other.exposure - self.exposure),
            spared=self.spared,
        )


def offer(worlds: Worlds, policy: Policy, ramp: float, reversed_: bool) -> Offer:
    """Equations 1 to 3: the offer at a point of the ramp, before or after a reversal at home."""
    known = worlds.assumptions
    constant, vectors = known.constant, known.structure.vectors
    parameters = worlds.parameters

    promised = ramp * np.array(policy.inducements, FLOAT)[:, None, None]
    dose = eq.delivered(
        promised,
        worlds.deliverability,
        policy.precondition,
        parameters.reversal_loss,
        reversed_,
        constant.precondition_acceptance,
    )
    mechanisms = eq.weighted_sum(worlds.supply, eq.dose_response(dose, worlds.curvature))
    mechanisms[list(known.structure.mechanisms).index("threat")] *= eq.threat_relief(
        parameters.addressable_threat,
        parameters.unbalanced_assurance,
        policy.allies,
        policy.clarity,
    )
    felt = eq.dose_response(dose, constant.slight_curvature)
    return Offer(
        value=(worlds.salience * mechanisms).sum(axis=0),
        concreteness=(weights(vectors.concreteness.values) * dose).sum(axis=0),
        dialogue=1 - np.multiply.reduce(1 - weights(vectors.visibility.values) * dose, axis=0),
        slight=(weights(vectors.slight.values) * felt).sum(axis=0),
        cost=(weights(vectors.values_cost.values) * dose).sum(axis=0),
        exposure=eq.weighted_sum(worlds.response, mechanisms),
        spared=eq.mitigation(
            parameters.ukraine_mitigation,
            parameters.assurance_mitigation,
            ramp * dict(zip(known.inducements, policy.inducements, strict=True))["ukraine"],
            policy.allies,
            constant.mitigation_floor,
            constant.mitigation_ceiling,
        ),
    )


class State(NamedTuple):
    """Where every world stands at the end of a year; arrays (worldviews, worlds) but for those named.

    alignment: (domains, worldviews, worlds), 0 to 100. cohesion: of the eastern and the other allies, (2, ...).
    cost: values cost of what is delivered, before scaling. reversed: the policy has been reversed at home.
    """

    alignment: Array
    doubt: Array
    attention: Array
    reciprocity: Array
    credibility: Array
    offer_value: Array
    threshold: Array
    cohesion: Array
    cost: Array
    reversed: Mask


@dataclass(frozen=True)
class Trajectory:
    """What happened in every world of one run. Y years, W worldviews, N worlds; index 0 of a series is the start.

    states: Y + 1 states. accounting: each year's change by term of equation 7, (Y, terms, domains, W, N), where it was
    asked for.
    """

    worlds: Worlds
    policy: Policy
    states: tuple[State, ...]
    accounting: Array | None

    def series(self, name: str) -> Array:
        """One field of the states over the years, (Y + 1, ..., W, N)."""
        return np.array([getattr(state, name) for state in self.states])

    @cached_property
    def composite(self) -> Array:
        """Weighted mean of the domains, (Y + 1, W, N)."""
        return np.array([composite(state.alignment, self.worlds.assumptions) for state in self.states])

    @cached_property
    def alignment(self) -> Array:
        """Level by domain, (Y + 1, domains, W, N), 0 to 100."""
        return self.series("alignment")

    @cached_property
    def doubt(self) -> Array:
        """Beijing's doubt, (Y + 1, W, N), 0 to 100."""
        return self.series("doubt")

    @cached_property
    def reciprocity(self) -> Array:
        """How far Moscow moves, (Y + 1, W, N), 0 to 1."""
        return self.series("reciprocity")

    @cached_property
    def cohesion(self) -> Array:
        """Cohesion of the eastern and the other allies, (Y + 1, 2, W, N), 0 to 100."""
        return self.series("cohesion")

    @cached_property
    def reversed(self) -> Mask:
        """Whether the policy has been reversed at home, (Y + 1, W, N)."""
        return np.array([state.reversed for state in self.states])

    @cached_property
    def nato_cohesion(self) -> Array:
        """Weighted mean of the two groups of allies, (Y + 1, W, N)."""
        return nato_mean(self.cohesion, self.worlds.assumptions)

    @cached_property
    def hedging(self) -> Array:
        """Share of the way to complete doubt in Beijing, (Y + 1, W, N)."""
        return eq.hedging(self.doubt, self.worlds.assumptions.constant.doubt_start)

    @property
    def _assured(self) -> Array:
        """Assurances to allies in force by year, (Y + 1, 1, 1)."""
        return self.policy.allies * self._in_force

    @property
    def _in_force(self) -> Array:
        """1 from the year in which the policy starts, else 0, (Y + 1, 1, 1)."""
        years = np.arange(len(self.states)) - 1
        return (years >= self.policy.onset).astype(FLOAT)[:, None, None]

    @cached_property
    def us_effort(self) -> Array:
        """US effort freed for China, points, (Y + 1, W, N)."""
        c = self.worlds.assumptions.constant
        return eq.us_effort(
            self.worlds.parameters.redeployable_effort,
            self.reciprocity,
            self.hedging,
            self.nato_cohesion,
            self._assured,
            c.cohesion_start,
            c.effort_from_reciprocity,
            c.effort_from_hedging,
            c.assurance_effort,
            c.backlash_effort,
        )

    @cached_property
    def china_effort(self) -> Array:
        """Chinese effort tied down towards Russia, points, (Y + 1, W, N)."""
        share = self.worlds.parameters.binding_share
        return eq.china_effort(share, self.hedging, self.worlds.assumptions.constant.china_effort_scale)

    @cached_property
    def values_cost(self) -> Array:
        """Cost in values and credibility, points, (Y + 1, W, N)."""
        return eq.values_cost(
            self.worlds.parameters.values_cost_scale,
            self.series("cost"),
            self.policy.clarity * self._in_force,
            self.worlds.assumptions.constant.clarity_values_relief,
        )

    @cached_property
    def two_front(self) -> Array:
        """Two-front pressure, an index from 0 to 100, (Y + 1, W, N)."""
        c = self.worlds.assumptions.constant
        military = self.alignment[:, list(self.worlds.assumptions.structure.domains).index("military")]
        return eq.two_front(
            military - military[:1],
            self.reciprocity,
            self.nato_cohesion,
            self.us_effort,
            self.worlds.parameters.emboldening,
            self.series("offer_value"),
            c.cohesion_start,
            c.two_front_start,
            c.two_front_military,
            c.two_front_reciprocity,
            c.two_front_cohesion,
            c.two_front_effort,
        )


@cache
def _vector(values: tuple[float, ...]) -> Array:
    return np.array(values, FLOAT)[:, None, None]


def weights(values: dict[str, float]) -> Array:
    """A vector of the structure, ready to be multiplied with (names, worldviews, worlds)."""
    return _vector(tuple(values.values()))


def composite(alignment: Array, known: Assumptions) -> Array:
    """Weighted mean over the domains of (..., domains, worldviews, worlds)."""
    mean: Array = (weights(known.structure.vectors.domain_weight.values) * alignment).sum(axis=-3)
    return mean


def nato_mean(cohesion: Array, known: Assumptions) -> Array:
    """Weighted mean over the groups of allies of (..., allies, worldviews, worlds)."""
    mean: Array = (weights(known.structure.vectors.ally_weight.values) * cohesion).sum(axis=-3)
    return mean


def start(worlds: Worlds, policy: Policy) -> State:
    """Every world before the first year."""
    known, parameters = worlds.assumptions, worlds.parameters
    c = known.constant
    shape = parameters.drift_rate.shape
    nothing = np.zeros(shape, FLOAT)
    level = np.array(policy.levels, FLOAT)[:, None, None]
    economic = list(known.structure.domains).index("economic")
    return State(
        alignment=np.broadcast_to(level, (len(level), *shape)),
        doubt=np.full(shape, c.doubt_start, FLOAT),
        attention=nothing,
        reciprocity=nothing,
        credibility=parameters.initial_credibility,
        offer_value=nothing,
        threshold=eq.threshold(parameters.base_threshold, parameters.dependence_threshold, level[economic]),
        cohesion=np.full((2, *shape), c.cohesion_start, FLOAT),
        cost=nothing,
        reversed=np.zeros(shape, dtype=bool),
    )


def simulate(worlds: Worlds, policy: Policy, account: bool = False) -> Trajectory:
    """Run equations 1 to 9 year by year, in their order, in all worlds of all worldviews at once.

    With `account`, the trajectory also holds each year's change by term of equation 7.
    """
    known, parameters = worlds.assumptions, worlds.parameters
    c = known.constant
    economic = list(known.structure.domains).index("economic")
    speed = weights(known.structure.vectors.binding_speed.values)
    ally_exposure = weights(known.structure.vectors.ally_exposure.values)
    unbelieved = c.unbelieved_share * worlds.half_believed.astype(FLOAT)
    strength = eq.strengths(
        parameters.drift_rate,
        parameters.pressure_share,
        parameters.response_strength,
        parameters.binding_share,
        parameters.pull_strength,
        parameters.latent_friction,
        relieved=(~worlds.unrelieved).astype(FLOAT),
        binds=(~worlds.unbound).astype(FLOAT),
    )

    @cache
    def on_table(ramp: float, reversed_: bool) -> Offer:
        return offer(worlds, policy, ramp, reversed_)

    now = start(worlds, policy)
    states, accounts = [now], []
    for year, pressure in enumerate(policy.pressure):
        clarity = policy.clarity if year >= policy.onset else 0.0
        gone = now.reversed.astype(FLOAT)
        offered = on_table(policy.ramped(year), False)
        if now.reversed.any():
            offered = offered.blended(on_table(policy.ramped(year), True), gone)

        target = eq.credibility_target(
            parameters.initial_credibility,
            gone,
            clarity,
            offered.concreteness,
            c.credibility_after_reversal,
        )
        credibility = eq.move_towards(now.credibility, target, c.credibility_gain, c.credibility_loss)
        believed = offered.value * (unbelieved + (1 - unbelieved) * credibility)

        theta = eq.threshold(parameters.base_threshold, parameters.dependence_threshold, now.alignment[economic])
        asked = parameters.unasked_reciprocity + (1 - parameters.unasked_reciprocity) * clarity
        reciprocity = eq.reciprocity(believed, theta, asked, worlds.proportional, c.threshold_softness)

        doubt = eq.doubt(
            now.doubt,
            parameters.doubt_response,
            offered.dialogue,
            credibility,
            c.doubt_start,
            c.doubt_speed,
        )
        attention = now.attention + c.attention_speed * (offered.dialogue - now.attention)

        rate = eq.rates(strength, pressure, believed, attention, reciprocity, eq.hedging(doubt, c.doubt_start))
        moves = (now.alignment, rate, worlds.drift_profile, speed, offered.exposure)
        alignment = eq.alignment(*moves, worlds.shocks[year])
        if account:
            accounts.append(eq.accounting(*moves, worlds.shocks[year]))

        nato = eq.nato_target(
            parameters.cohesion_loss,
            ally_exposure,
            offered.slight,
            offered.spared,
            parameters.emboldening,
            reciprocity,
            c.cohesion_start,
            c.emboldening_slight,
        )
        cohesion = eq.move_towards(now.cohesion, nato, c.cohesion_recovery, c.cohesion_fall)

        hazard = eq.reversal_hazard(
            parameters.reversal_hazard,
            parameters.backlash_hazard,
            reciprocity,
            nato_mean(cohesion, known),
            c.cohesion_start,
            c.reciprocity_protection,
        )
        visible = offered.dialogue > c.visible_dialogue
        now = State(
            alignment=alignment,
            doubt=doubt,
            attention=attention,
            reciprocity=reciprocity,
            credibility=credibility,
            offer_value=offered.value,
            threshold=theta,
            cohesion=cohesion,
            cost=offered.cost,
            reversed=now.reversed | (visible & (worlds.luck[year] < hazard)),
        )
        states.append(now)

    return Trajectory(
        worlds=worlds,
        policy=policy,
        states=tuple(states),
        accounting=np.array(accounts) if account else None,
    )

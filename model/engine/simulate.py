"""One run: the yearly recursion of equations 1 to 9 over all worlds at once, and what follows from it (equation 10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from model.assumptions.catalog import Assumptions
from model.assumptions.schema import SharedVector
from model.engine import equations as eq
from model.engine.equations import FLOAT, Array, Mask
from model.engine.policy import Policy
from model.engine.worlds import Worlds

BATCH = 12_000  # worlds that are run side by side: as many as stay in a processor's cache


class Offer(NamedTuple):
    """What is on the table in one year, in every world: arrays (worldviews, worlds), exposure (domains, ...).

    value: what it is worth to Moscow (V). concreteness: D. dialogue: Dlg. slight: to the allies. cost: in values.
    exposure: of each domain to what is offered (E_d).
    """

    value: Array
    concreteness: Array
    dialogue: Array
    slight: Array
    cost: Array
    exposure: Array

    def minus(self, other: Offer) -> Offer:
        """What this offer holds beyond another."""
        return Offer(*(mine - its for mine, its in zip(self, other, strict=True)))

    def plus(self, gap: Offer, where: Array) -> Offer:
        """This offer where `where` is 0, and with the gap where it is 1."""
        return Offer(*(np.add(mine, part := where * beyond, out=part) for mine, beyond in zip(self, gap, strict=True)))


def offer(worlds: Worlds, policy: Policy, ramp: float, reversed_: bool, side_by_side: Array | None = None) -> Offer:
    """Equations 1 to 3: the offer at a point of the ramp, before or after a reversal at home.

    `side_by_side`, (inducements, policies, 1, 1), stands in for the policy's own inducements where several are run in
    `worlds.side_by_side`. What no policy offers is left out of every sum.
    """
    known = worlds.assumptions
    constant, vectors = known.constant, known.structure.vectors
    parameters = worlds.parameters
    shares = policy.shares if side_by_side is None else side_by_side
    offered = np.flatnonzero(ramp * shares.any(axis=tuple(range(1, shares.ndim))))
    rows = offered if len(offered) < len(shares) else slice(None)  # a slice copies nothing

    def weighted(vector: SharedVector) -> Array:
        return weights(vector.values, shares.ndim - 1)[rows]

    dose = eq.delivered(
        ramp * shares[rows].astype(FLOAT),
        worlds.deliverability[rows],
        policy.precondition,
        parameters.reversal_loss,
        reversed_,
        constant.precondition_acceptance,
    )
    bend = eq.Bend(*(part[rows] for part in worlds.bend))
    mechanisms = eq.weighted_sum(worlds.supply[:, rows], eq.response(dose, bend))
    mechanisms[list(known.structure.mechanisms).index("threat")] *= eq.threat_relief(
        parameters.addressable_threat,
        parameters.unbalanced_assurance,
        policy.allies,
        policy.clarity,
    )
    felt = eq.dose_response(dose, constant.slight_curvature)
    return Offer(
        value=(worlds.salience * mechanisms).sum(axis=0),
        concreteness=(weighted(vectors.concreteness) * dose).sum(axis=0),
        dialogue=1 - np.multiply.reduce(1 - weighted(vectors.visibility) * dose, axis=0),
        slight=(weighted(vectors.slight) * felt).sum(axis=0),
        cost=(weighted(vectors.values_cost) * dose).sum(axis=0),
        exposure=eq.weighted_sum(worlds.response, mechanisms),
    )


class State(NamedTuple):
    """Where every world stands at the end of a year; arrays (worldviews, worlds) but for those named.

    alignment: (domains, worldviews, worlds), 0 to 100. cohesion: of the eastern and the other allies, (2, ...).
    cost: values cost of what is delivered and of easing, before scaling. reversed: the policy has been reversed at
    home. let_down: what a dropped overture has left behind (L).
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
    let_down: Array

    def each(self, change: Callable[[Any], Any]) -> State:
        """Every field changed alike."""
        return State(*map(change, self))


@dataclass(frozen=True)
class Trajectory:
    """What happened in every world of one run. Y years, W worldviews, N worlds; index 0 of a series is the start.

    record: the states of all years, each field (Y + 1, ...). accounting: each year's change by term of equation 7,
    (Y, terms, domains, W, N), where it was asked for.
    """

    worlds: Worlds
    policy: Policy
    record: State
    accounting: Array | None

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The state at the start and at the end of each year, Y + 1 of them."""
        return tuple(State(*at) for at in zip(*self.record, strict=True))

    def series(self, name: str) -> Array:
        """One field of the record, (Y + 1, ..., W, N)."""
        values: Array = getattr(self.record, name)
        return values

    @cached_property
    def composite(self) -> Array:
        """Weighted mean of the domains, (Y + 1, W, N)."""
        return composite(self.alignment, self.worlds.assumptions)

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
        return self.record.reversed

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
        years = np.arange(len(self.record.doubt)) - 1
        return (years >= self.policy.onset).astype(FLOAT)[:, None, None]

    @property
    def _pressures(self) -> tuple[Array, Array]:
        """Pressure on Russia and on China by year, as shares of that without levers, each (Y + 1, 1, 1)."""
        policy = self.policy
        years = [(1.0, 1.0), *(policy.pressure(year) for year in range(len(policy.era)))]
        russia, china = np.array(years, FLOAT).T[:, :, None, None]
        return russia, china

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
            *self._pressures,
            c.cohesion_start,
            c.effort_from_reciprocity,
            c.effort_from_hedging,
            c.easing_effort,
            c.assurance_effort,
            c.backlash_effort,
            c.china_easing_effort,
        )

    @cached_property
    def china_effort(self) -> Array:
        """Chinese effort tied down towards Russia, points, (Y + 1, W, N)."""
        share = self.worlds.parameters.binding_share
        return eq.china_effort(share, self.hedging, self.worlds.assumptions.constant.china_effort_scale)

    @cached_property
    def values_cost(self) -> Array:
        """Cost in values and credibility of each year, points, (Y + 1, W, N)."""
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
            *self._pressures,
            c.cohesion_start,
            c.two_front_start,
            c.two_front_military,
            c.two_front_reciprocity,
            c.two_front_cohesion,
            c.two_front_effort,
            c.two_front_pressure_russia,
            c.two_front_pressure_china,
        )


@cache
def _vector(values: tuple[float, ...], axes: int) -> Array:
    return np.array(values, FLOAT).reshape(-1, *(1,) * axes)


def weights(values: dict[str, float], axes: int = 2) -> Array:
    """A vector of the structure, ready to be multiplied with (names, ...): so many axes behind the names."""
    return _vector(tuple(values.values()), axes)


def composite(alignment: Array, known: Assumptions) -> Array:
    """Weighted mean over the domains of (..., domains, worldviews, worlds)."""
    mean: Array = (weights(known.structure.vectors.domain_weight.values) * alignment).sum(axis=-3)
    return mean


def nato_mean(cohesion: Array, known: Assumptions) -> Array:
    """Weighted mean over the groups of allies of (..., allies, worldviews, worlds)."""
    mean: Array = (weights(known.structure.vectors.ally_weight.values) * cohesion).sum(axis=-3)
    return mean


def start(worlds: Worlds, policy: Policy, shape: tuple[int, ...]) -> State:
    """Every world before the first year; `shape` is (worldviews, worlds), or (policies, worldviews, worlds)."""
    known, parameters = worlds.assumptions, worlds.parameters
    c = known.constant
    nothing = np.zeros(shape, FLOAT)
    level = np.array(policy.levels, FLOAT).reshape(-1, *(1,) * len(shape))
    economic = list(known.structure.domains).index("economic")
    return State(
        alignment=np.broadcast_to(level, (len(level), *shape)),
        doubt=np.full(shape, c.doubt_start, FLOAT),
        attention=nothing,
        reciprocity=nothing,
        credibility=np.broadcast_to(parameters.initial_credibility, shape),
        offer_value=nothing,
        threshold=eq.threshold(parameters.base_threshold, parameters.dependence_threshold, level[economic]),
        cohesion=np.full((2, *shape), c.cohesion_start),
        cost=nothing,
        reversed=np.zeros(shape, dtype=bool),
        let_down=nothing,
    )


def simulate(worlds: Worlds, policy: Policy, account: bool = False, begin: State | None = None) -> Trajectory:
    """Run equations 1 to 9 year by year, in their order, in all worlds of all worldviews at once.

    With `account`, the trajectory also holds each year's change by term of equation 7. With `begin`, the last state of
    another run, it goes on from there instead of from the policy's levels; the policy counts its years anew.
    """
    years = _years(worlds, policy, policy.shares, account, begin)
    first, _ = next(years)
    record = _room_for(len(policy.era) + 1, first)
    changes = []
    for year, (state, change) in enumerate(chain([(first, None)], years)):
        for kept, part in zip(record, state, strict=True):
            kept[year] = part
        changes.append(change)
    return Trajectory(
        worlds=worlds,
        policy=policy,
        record=record,
        accounting=np.array(changes[1:]) if account else None,
    )


def _room_for(many: int, state: State) -> State:
    """Room for many states like this one, each field (many, ...).

    It is one block of memory: the allocator hands a block that was freed on to the next run, where many arrays would go
    back to the system and be paged in again, which takes a third of a run's time.
    """
    sizes = [many * part.size * part.itemsize for part in state]
    blocks = np.split(np.empty(sum(sizes), np.uint8), np.cumsum(sizes)[:-1])
    parts: Iterator[Any] = (
        block.view(part.dtype).reshape(many, *part.shape) for block, part in zip(blocks, state, strict=True)
    )
    return State(*parts)


def last_years(worlds: Worlds, policies: Iterable[Policy]) -> Iterator[tuple[Policy, State]]:
    """Each policy once, with where every world stands in its last year: bit for bit what `simulate` gives.

    Policies that differ in their inducements only are run side by side, in batches that stay in a processor's cache.
    """
    alike = defaultdict(list)
    for policy in dict.fromkeys(policies):
        alike[replace(policy, inducements=())].append(policy)
    many = max(1, BATCH // worlds.parameters.drift_rate.size)
    for common, members in alike.items():
        for first in range(0, len(members), many):
            batch = members[first : first + many]
            last = last_year(worlds, common, [policy.inducements for policy in batch])
            for place, policy in enumerate(batch):
                yield policy, last.each(itemgetter((..., place, slice(None), slice(None))))


def last_year(worlds: Worlds, policy: Policy, inducements: Sequence[tuple[float, ...]]) -> State:
    """The last year of policies that differ in their inducements only, run side by side in the same worlds.

    `inducements` are those of each policy, shares in the order of the levers; the policy's own do not count. Every
    field has the axes (..., policies, W, N).
    """
    shares = np.array(inducements).T[:, :, None, None]
    for now, _ in _years(worlds.side_by_side, policy, shares, False):
        last = now
    shape = last.doubt.shape
    return last.each(lambda part: np.broadcast_to(part, (*part.shape[:-3], *shape)))


def _years(
    worlds: Worlds, policy: Policy, shares: Array, account: bool, begin: State | None = None
) -> Iterator[tuple[State, Array | None]]:
    """The start and the end of each year, with the change by term of equation 7 where it is asked for.

    `shares` are the inducements, (inducements, 1, 1) or, side by side, (inducements, policies, 1, 1). What depends on
    the ramp alone is worked out once for each point of it, what depends on who has reversed only when that changed.
    """
    known, p = worlds.assumptions, worlds.parameters
    c, vectors = known.constant, known.structure.vectors
    axes = shares.ndim - 1
    economic = list(known.structure.domains).index("economic")
    track = shares[known.inducements.index("ukraine")]
    speed, ally_exposure, ally_weight = (
        weights(vector.values, axes) for vector in (vectors.binding_speed, vectors.ally_exposure, vectors.ally_weight)
    )
    # cohesion is kept in 64 bits; what it meets is widened once, since mixed arithmetic takes twice the time
    ally_exposure, ally_weight, luck = (part.astype(float) for part in (ally_exposure, ally_weight, worlds.luck))
    cohesion_loss, backlash_hazard = (part.astype(float) for part in (p.cohesion_loss, p.backlash_hazard))
    strength = eq.strengths(
        p.drift_rate,
        p.pressure_share,
        p.response_strength,
        p.binding_share,
        p.pull_strength,
        p.latent_friction,
        p.broken_promise,
        relieved=(~worlds.unrelieved).astype(FLOAT),
        binds=(~worlds.unbound).astype(FLOAT),
    )

    pocketing = c.emboldening_slight * p.emboldening
    profile = np.ascontiguousarray(np.broadcast_to(worlds.drift_profile, worlds.shocks.shape[1:]))

    @cache
    def kept(ramp: float) -> Offer:
        return offer(worlds, policy, ramp, False, shares)

    @cache
    def lost(ramp: float) -> Offer:
        return offer(worlds, policy, ramp, True, shares).minus(kept(ramp))

    @cache
    def spared(ramp: float) -> Array:
        share = (ramp * track).astype(FLOAT)
        limits = c.mitigation_floor, c.mitigation_ceiling
        return eq.mitigation(p.ukraine_mitigation, p.assurance_mitigation, share, policy.allies, *limits)

    @cache
    def asked(clarity: float) -> Array:
        return p.unasked_reciprocity + (1 - p.unasked_reciprocity) * clarity

    now = start(worlds, policy, np.broadcast_shapes(shares.shape[1:], p.drift_rate.shape)) if begin is None else begin
    yield now, None
    reversals, terms = int(np.count_nonzero(now.reversed)), None
    for year, era in enumerate(policy.era):
        ramp, clarity = policy.ramped(year), policy.clarity if policy.in_force(year) else 0.0
        russia, china = policy.pressure(year)
        pressure, cut = eq.joint_pressure(era, russia, china, worlds.added), eq.eased(russia)
        if terms != (ramp, clarity, cut, reversals):
            terms, gone = (ramp, clarity, cut, reversals), now.reversed.astype(FLOAT)
            offered = kept(ramp).plus(lost(ramp), gone) if reversals else kept(ramp)
            target = eq.credibility_target(
                p.initial_credibility,
                gone,
                clarity,
                offered.concreteness,
                c.credibility_after_reversal,
            )
            slighted = eq.slighted(cohesion_loss, offered.slight + c.easing_slight * cut, spared(ramp))
            cost = offered.cost + c.easing_values_cost * cut
            visible = offered.dialogue > c.visible_dialogue

        credibility = eq.move_towards(now.credibility, target, c.credibility_gain, c.credibility_loss)
        believed = eq.believed_offer(offered.value, credibility, worlds.unbelieved)
        theta = eq.threshold(p.base_threshold, p.dependence_threshold, now.alignment[economic])
        reciprocity = eq.reciprocity(believed, theta, asked(clarity), worlds.proportional, c.threshold_softness)

        doubt = eq.doubt(now.doubt, p.doubt_response, offered.dialogue, credibility, c.doubt_start, c.doubt_speed)
        attention = now.attention + c.attention_speed * (offered.dialogue - now.attention)

        rate = eq.rates(
            strength, pressure, believed, now.let_down, attention, reciprocity, eq.hedging(doubt, c.doubt_start)
        )
        moves = (now.alignment, rate, profile, speed, offered.exposure, worlds.shocks[year])

        nato = eq.nato_target(slighted, ally_exposure, pocketing, reciprocity, c.cohesion_start)
        cohesion = eq.move_towards(now.cohesion, nato, c.cohesion_recovery, c.cohesion_fall)

        hazard = eq.reversal_hazard(
            p.reversal_hazard,
            backlash_hazard,
            reciprocity,
            (ally_weight * cohesion).sum(axis=0),
            c.cohesion_start,
            c.reciprocity_protection,
        )
        dropped = ~now.reversed & visible & (luck[year] < hazard)
        now = State(
            alignment=eq.alignment(*moves),
            doubt=doubt,
            attention=attention,
            reciprocity=reciprocity,
            credibility=credibility,
            offer_value=offered.value,
            threshold=theta,
            cohesion=cohesion,
            cost=cost,
            reversed=now.reversed | dropped,
            let_down=eq.let_down(now.let_down, offered.dialogue, dropped, c.let_down_memory),
        )
        reversals = int(np.count_nonzero(now.reversed))
        yield now, eq.accounting(*moves) if account else None

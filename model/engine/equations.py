"""Equations 1 to 10 of the model, one small function each.

Every array ends in the axes (worldviews, worlds), before which may stand one of policies that are run side by side. An
array of levers, mechanisms, domains or allies has that axis in front: inducements are (inducements, worldviews,
worlds), alignment is (domains, worldviews, worlds). Shares run from 0 to 1, levels of alignment, doubt and cohesion
from 0 to 100. Nothing here knows about files, seeds or years; sums run over short leading axes only, so that a world's
numbers do not depend on how many worlds are computed with it.

Source of all formulas: the specification of model version 2; the symbols in brackets are those of the page
"Assumptions".
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FLOAT = np.float32  # seven digits where the page shows two; half the memory and time of float64
Array = npt.NDArray[np.floating]
Mask = npt.NDArray[np.bool_]
FloatOrArray = float | Array

STRAIGHT = 1e-12  # stands in for a curvature of exactly 0; the response is then straight to rounding


class Bend(NamedTuple):
    """What of g(x; kappa) no dose changes: -kappa, and its whole, e^-kappa - 1."""

    slope: Array
    whole: Array


def bend(curvature: FloatOrArray) -> Bend:
    """A curvature made ready for `response`: above 0 concave, 0 straight, below 0 convex."""
    slope = -np.where(np.equal(curvature, 0), STRAIGHT, curvature)
    return Bend(slope, np.expm1(slope))


def response(dose: FloatOrArray, bend_: Bend) -> Array:
    """g(x; kappa): share of the full effect that a dose from 0 to 1 buys; g(0) = 0, g(1) = 1."""
    share: Array = np.expm1(bend_.slope * dose)
    share /= bend_.whole
    return share


def dose_response(dose: FloatOrArray, curvature: FloatOrArray) -> Array:
    """g(x; kappa) of a dose from 0 to 1 under a curvature, as `response` and `bend` have it."""
    return response(dose, bend(curvature))


def delivered(
    promised: Array,
    deliverability: Array,
    precondition: float,
    reversal_loss: Array,
    reversed_: float,
    precondition_acceptance: float,
) -> Array:
    """Equation 1: what is left of each promise (x f r [1 - p(1 - .02)] (1 - phi Rev)).

    `promised` is each inducement's lever times the ramp.
    """
    accepted = 1 - precondition * (1 - precondition_acceptance)
    kept = 1 - reversal_loss * reversed_
    return promised * deliverability * (accepted * kept)


def threat_relief(addressable_threat: Array, unbalanced_assurance: Array, allies: float, clarity: float) -> Array:
    """Equation 2, second half: what of the threat mechanism reaches Moscow (a [1 - xi assur (1 - clarity)])."""
    return addressable_threat * (1 - unbalanced_assurance * (allies * (1 - clarity)))


def weighted_sum(table: Array, parts: Array) -> Array:
    """Rows of a jittered table (rows, parts, worlds) times parts (parts, ..., worlds), summed over the parts.

    Equation 2 (mechanisms from inducements) and the exposure E_d of equation 7 (domains from mechanisms).
    """
    return np.einsum("rpn,p...n->r...n", table, parts)


def credibility_target(
    initial_credibility: Array,
    reversed_: FloatOrArray,
    clarity: float,
    concreteness: Array,
    credibility_after_reversal: float,
) -> Array:
    """Equation 4: K* = K0 + (1 - K0) clarity D; the starting belief is cut after a reversal."""
    start = initial_credibility * (1 - (1 - credibility_after_reversal) * reversed_)
    return start + (1 - start) * (clarity * concreteness)


def move_towards(now: Array, target: Array, up: float, down: float) -> Array:
    """A stock that closes part of its gap in a year, with one speed up and one down (equations 4 and 8)."""
    gap = target - now
    moved = down * gap
    moved += now
    moved += (up - down) * positive(gap)
    return moved


def believed_offer(offer_value: Array, credibility: Array, unbelieved: Array) -> Array:
    """Equation 5: what the offer is worth to Moscow as far as it is believed (V K).

    `unbelieved` is the share that counts without being believed: 0, or more where choice C1 is switched, (worlds,).
    """
    if not unbelieved.any():
        return offer_value * credibility
    return offer_value * (unbelieved + (1 - unbelieved) * credibility)


def positive(values: Array) -> Array:
    """What of values is above 0, else 0."""
    above: Array = np.maximum(values, np.zeros(values.shape, values.dtype))  # a scalar 0 takes twice the time
    return above


def threshold(base_threshold: Array, dependence_threshold: Array, economic_alignment: Array) -> Array:
    """Equation 5, first half: what Moscow puts at risk by loosening ties with Beijing (Theta)."""
    return base_threshold + dependence_threshold * (economic_alignment / 100)


def reciprocity(
    believed_offer: Array,
    threshold_: Array,
    asked: Array,
    proportional: Mask | bool,
    threshold_softness: float,
) -> Array:
    """Equation 5, second half: how far Moscow moves, 0 to 1 (G); 0 when nothing is offered.

    With S the logistic curve, [S((V K - Theta) / tau) - S(-Theta / tau)] / [1 - S(-Theta / tau)] is, multiplied out,
    (1 - e^-x) / (1 + e^(Theta / tau - x)) with x = V K / tau. `asked` is q0 + (1 - q0) clarity. Where `proportional`
    (choice C2 switched) Moscow moves with the believed offer itself instead of with a threshold.
    """
    reached = believed_offer / threshold_softness
    moved = -np.expm1(-reached) / (1 + np.exp(threshold_ / threshold_softness - reached))
    if np.any(proportional):
        moved = np.where(proportional, np.clip(believed_offer, 0, 1), moved)
    return moved * asked


def doubt(
    now: Array,
    doubt_response: Array,
    dialogue: Array,
    credibility: Array,
    doubt_start: float,
    doubt_speed: float,
) -> Array:
    """Equation 6: Beijing's doubt about Moscow (U), 0 to 100."""
    target = doubt_start + (100 - doubt_start) * (doubt_response * dialogue * ((1 + credibility) / 2))
    return now + doubt_speed * (target - now)


def hedging(doubt_: Array, doubt_start: float) -> Array:
    """Equation 6: share of the way from the usual doubt to complete doubt (hd)."""
    return (doubt_ - doubt_start) / (100 - doubt_start)


def joint_pressure(era: float, russia: float, china: float, added: Mask) -> FloatOrArray:
    """Equation 7: US pressure on both at once, 1 = end of 2021 (Pi = era sqrt(P_R P_C)).

    Where `added` (choice C13 switched), (worlds,), it is the arithmetic mean: pressure on one alone counts by half.
    """
    together, apart = era * math.sqrt(russia * china), era * (russia + china) / 2
    if together == apart or not added.any():
        return together
    return np.where(added, apart, together).astype(FLOAT)


def eased(pressure: float) -> float:
    """Equations 8 and 10: what of the pressure on one rival Washington gives up (max(1 - P, 0))."""
    return max(1 - pressure, 0.0)


def let_down(now: Array, dialogue: Array, dropped: Mask, memory: float) -> Array:
    """Equation 7: what dropped overtures have left behind (L' = .85 L + Dlg in the year of a reversal)."""
    return memory * now + dialogue * dropped


class Rates(NamedTuple):
    """Yearly rates of equation 7, in points at A = 0 (first five) or A = 100 (last two); each (worldviews, worlds).

    `own`, `pressure`, `relief` and `let_down` are for a domain with drift profile 1, `binding` for one with binding
    speed 1, `pull` for one with exposure 1. Relief is negative or zero.
    """

    own: Array
    pressure: Array
    relief: Array
    let_down: Array
    binding: Array
    pull: Array
    hedging: Array


def strengths(
    drift_rate: Array,
    pressure_share: Array,
    response_strength: Array,
    binding_share: Array,
    pull_strength: Array,
    latent_friction: Array,
    broken_promise: Array,
    relieved: FloatOrArray,
    binds: FloatOrArray,
) -> Rates:
    """Equation 7, what no lever changes: each rate at full pressure, belief, let-down, attention, reciprocity, hedging.

    `relieved` and `binds` are 1, or 0 where choice C7 or C4 is switched.
    """
    return Rates(
        own=drift_rate * (1 - pressure_share),
        pressure=drift_rate * pressure_share,
        relief=-drift_rate * pressure_share * relieved,
        let_down=drift_rate * pressure_share * broken_promise,
        binding=response_strength * binding_share * binds,
        pull=pull_strength * latent_friction,
        hedging=response_strength * (1 - binding_share),
    )


def rates(
    strength: Rates,
    pressure: FloatOrArray,
    believed_offer: Array,
    let_down_: Array,
    attention: Array,
    reciprocity_: Array,
    hedging_: Array,
) -> Rates:
    """Equation 7: what pushes Moscow and Beijing together and apart this year."""
    return Rates(
        own=strength.own,
        pressure=strength.pressure * pressure,
        relief=strength.relief * (pressure * believed_offer),
        let_down=strength.let_down * let_down_,
        binding=strength.binding * attention,
        pull=strength.pull * reciprocity_,
        hedging=strength.hedging * hedging_,
    )


def alignment(level: Array, rate: Rates, profile: Array, speed: Array, exposure: Array, shock: Array) -> Array:
    """Equation 7: next year's level in each domain, 0 to 100.

    `level`, `exposure` and `shock` are (domains, worldviews, worlds), `profile` and `speed` broadcast against them;
    `shock` is 4 times the yearly shock in points at the middle of the scale.
    """
    near, rise, part = level / 100, np.empty_like(level), np.empty_like(level)
    np.multiply(profile, rate.own + rate.pressure + rate.relief + rate.let_down, out=rise)
    rise += np.multiply(speed, rate.binding, out=part)
    rise += np.multiply(near, shock, out=part)
    fall = np.multiply(exposure, rate.pull, out=part)
    fall += rate.hedging
    fall *= near
    rise *= np.subtract(1, near, out=near)
    rise -= fall
    rise += level
    return np.clip(rise, 0, 100, out=rise)


TERMS = ("own drift", "pressure drift", "relief", "let-down", "binding", "pull", "hedging", "shock", "limit")


def accounting(level: Array, rate: Rates, profile: Array, speed: Array, exposure: Array, shock: Array) -> Array:
    """The change of `alignment` by term of equation 7, (terms, domains, worldviews, worlds), in the order of TERMS.

    The terms add up to the change to rounding; `limit` is what the ends of the scale cut off, 0 but for extreme shocks.
    """
    near = level / 100
    far = 1 - near
    terms = np.stack(
        [
            far * profile * rate.own,
            far * profile * rate.pressure,
            far * profile * rate.relief,
            far * profile * rate.let_down,
            far * speed * rate.binding,
            -near * exposure * rate.pull,
            -near * rate.hedging,
            near * far * shock,
            np.zeros_like(level),
        ]
    )
    terms[-1] = alignment(level, rate, profile, speed, exposure, shock) - level - terms.sum(axis=0)
    return terms


def slighted(cohesion_loss: Array, slight: Array, mitigation: Array) -> Array:
    """Equation 8: cohesion that a package costs at exposure 1 when Moscow gives all of it back, in points.

    `slight` is that of the offers and of easing the pressure on Russia.
    """
    return cohesion_loss * slight * (1 - mitigation)


def nato_target(loss: Array, exposure: Array, pocketing: Array, reciprocity_: Array, cohesion_start: float) -> Array:
    """Equation 8: where the cohesion of each group of allies heads (N*), clipped to 0 to 100.

    `loss` is that of `slighted`, which grows by `pocketing` (emboldening times its weight) where Moscow gives nothing
    back. `exposure` is (allies, 1, 1), the result (allies, worldviews, worlds).
    """
    target = exposure * (loss * (1 + pocketing * (1 - reciprocity_)))
    return np.clip(np.subtract(cohesion_start, target, out=target), 0, 100, out=target)


def mitigation(
    ukraine_mitigation: Array,
    assurance_mitigation: Array,
    ukraine: float,
    allies: float,
    floor: float,
    ceiling: float,
) -> Array:
    """Equation 8: share of the slight that a Ukraine track and assurances take off."""
    return np.clip(ukraine_mitigation * ukraine + assurance_mitigation * allies, floor, ceiling)


def reversal_hazard(
    base_hazard: Array,
    backlash_hazard: Array,
    reciprocity_: Array,
    cohesion: Array,
    cohesion_start: float,
    reciprocity_protection: float,
) -> Array:
    """Equation 9: this year's chance that the policy is reversed at home (h), inside an assumed world."""
    backlash = positive(cohesion_start - cohesion) / 100
    return base_hazard * (1 - reciprocity_protection * reciprocity_) + backlash_hazard * backlash


def us_effort(
    redeployable_effort: Array,
    reciprocity_: Array,
    hedging_: Array,
    cohesion: Array,
    allies: FloatOrArray,
    russia: FloatOrArray,
    china: FloatOrArray,
    cohesion_start: float,
    effort_from_reciprocity: float,
    effort_from_hedging: float,
    easing_effort: float,
    assurance_effort: float,
    backlash_effort: float,
    china_easing_effort: float,
) -> Array:
    """Equation 10: US effort freed for China (R_US), in points; negative when more is tied down than freed.

    `russia` and `china` are the pressures, 1 = that of the run without levers.
    """
    freed = redeployable_effort * (
        effort_from_reciprocity * reciprocity_ + effort_from_hedging * hedging_ + easing_effort * (1 - russia)
    )
    mending = backlash_effort * np.maximum(cohesion_start - cohesion, 0) / 100
    return 100 * (freed - assurance_effort * allies - mending - china_easing_effort * np.maximum(1 - china, 0))


def china_effort(binding_share: Array, hedging_: Array, china_effort_scale: float) -> Array:
    """Equation 10: Chinese effort tied down towards Russia (R_CN), in points."""
    return china_effort_scale * (1 - binding_share) * hedging_


def values_cost(values_cost_scale: Array, cost: Array, clarity: FloatOrArray, clarity_values_relief: float) -> Array:
    """Equation 10: cost in values and credibility in a year (VC), in points.

    `cost` is the sum of c_j over delivered levers, and what easing the pressure on Russia costs.
    """
    return 100 * values_cost_scale * cost * (1 - clarity_values_relief * clarity)


def two_front(
    military_change: Array,
    reciprocity_: Array,
    cohesion: Array,
    us_effort_: Array,
    emboldening: Array,
    offer_value: Array,
    russia: FloatOrArray,
    china: FloatOrArray,
    cohesion_start: float,
    two_front_start: float,
    two_front_military: float,
    two_front_reciprocity: float,
    two_front_cohesion: float,
    two_front_effort: float,
    two_front_pressure_russia: float,
    two_front_pressure_china: float,
) -> Array:
    """Equation 10: two-front pressure (T2), an index from 0 to 100, not the chance of a war.

    `military_change` is military alignment minus its level at the start; `russia` and `china` as in `us_effort`.
    """
    log_odds = (
        np.log(two_front_start / (1 - two_front_start))
        + two_front_military * military_change
        - two_front_reciprocity * reciprocity_
        + two_front_cohesion * (cohesion_start - cohesion)
        - two_front_effort * us_effort_
        + emboldening * offer_value * (1 - reciprocity_)
        + two_front_pressure_russia * (russia - 1)
        + two_front_pressure_china * (china - 1)
    )
    return 100 / (1 + np.exp(-log_odds))

"""Equations 1 to 10 against values worked out by hand, one function at a time."""

from __future__ import annotations

import math

import numpy as np
import pytest

from model import catalog
from model.assumptions.equations import equations
from model.engine import equations as eq
from model.engine.simulate import simulate
from tests.model.engine import specification as spec
from tests.model.engine.by_hand import Floats, a, central_world, policy, stacked


def close(got: Floats | float, *wanted: float) -> bool:
    return np.ravel(got) == pytest.approx(wanted, abs=1e-9, rel=1e-9)


NO_RATES = eq.Rates(*[a(0)] * len(eq.Rates._fields))


# ---- the dose function


def test_a_quarter_of_a_concave_dose_buys_64_percent() -> None:
    # (1 - e^-1) / (1 - e^-4) = .632121 / .981684 = .643914
    assert eq.dose_response(a(0.25), a(4.0))[0, 0] == pytest.approx(0.643914, abs=1e-6)


def test_half_of_a_convex_dose_buys_little() -> None:
    # (1 - e^1.25) / (1 - e^2.5) = -2.490343 / -11.182494 = .222700
    assert eq.dose_response(a(0.5), a(-2.5))[0, 0] == pytest.approx(0.222700, abs=1e-6)


@pytest.mark.parametrize("kappa", [-6, -2.5, -1e-6, 0, 1e-6, 0.5, 4, 8])
def test_no_dose_buys_nothing_and_the_full_dose_everything(kappa: float) -> None:
    assert close(eq.dose_response(a(0, 1), a(kappa, kappa)), 0, 1)


@pytest.mark.parametrize("kappa", [0, 1e-9, -1e-9])
def test_a_curvature_of_zero_is_a_straight_line(kappa: float) -> None:
    assert eq.dose_response(a(0.3, 0.7), a(kappa, kappa))[0] == pytest.approx([0.3, 0.7], abs=1e-6)


# ---- equation 1: delivered inducement, and the ramp


def test_delivery_multiplies_promise_deliverability_preconditions_and_loss() -> None:
    # .5 * .8 * [1 - .5 * .98] * (1 - .6 * 1) = .4 * .51 * .4 = .0816
    got = eq.delivered(stacked(0.5), stacked(0.8), 0.5, a(0.6), 1.0, 0.02)
    assert close(got, 0.0816)


def test_before_a_reversal_nothing_is_lost() -> None:
    assert close(eq.delivered(stacked(0.5), stacked(0.8), 0, a(0.6), 0.0, 0.02), 0.4)


def test_full_preconditions_leave_a_fiftieth_of_each_offer() -> None:
    assert close(eq.delivered(stacked(1, 0.5), stacked(1, 1), 1, a(0.6), 0.0, 0.02), 0.02, 0.01)


@pytest.mark.parametrize(
    ("onset", "ramp", "shares"),
    [
        (0, 1, [1, 1, 1, 1, 1, 1]),
        (0, 2, [0.5, 1, 1, 1, 1, 1]),
        (3, 4, [0, 0, 0, 0.25, 0.5, 0.75]),  # 0 before onset, (t - 3 + 1) / 4 from then on
        (2, 1, [0, 0, 1, 1, 1, 1]),
        (6, 2, [0, 0, 0, 0, 0, 0]),
    ],
)
def test_the_ramp_is_zero_before_onset_and_rises_evenly(onset: int, ramp: int, shares: list[float]) -> None:
    world = central_world(years=6, symbolic_potency=0, deliverability=1.0, values_cost_scale=1.0)
    run = simulate(world, policy(0, 0, 0, 0.5, 0, onset=onset, ramp=ramp, years=6))
    # VC = 100 * 1 * c_mil * x * r = 100 * .05 * .5 * r = 2.5 r, for mil is fully deliverable in the midpoint (1 * 1.25)
    assert run.values_cost[1:, 0, 0] == pytest.approx([2.5 * share for share in shares], abs=1e-5)


def test_clarity_and_assurances_switch_on_at_onset_without_a_ramp() -> None:
    world = central_world(years=5, deliverability=1.0, values_cost_scale=1.0)
    run = simulate(world, policy(0, 0, 0, 0.5, 0, allies=0.5, clarity=0.5, onset=2, ramp=4, years=5))
    assured = run.us_effort[1:, 0, 0]
    assert assured[:2] == pytest.approx([0, 0], abs=1e-6)
    assert assured[2] < -1.5  # .04 * .5 is 2 points of effort at once
    # 2.5 * r * (1 - .4 * .5), with r = 1/4, 2/4, 3/4 from year 2: a half clarity already in the first of them
    assert run.values_cost[1:, 0, 0] == pytest.approx([0, 0, 0.5, 1.0, 1.5], abs=1e-5)


def test_preconditions_act_from_the_first_year() -> None:
    world = central_world(years=2, deliverability=1.0, values_cost_scale=1.0)
    run = simulate(world, policy(0, 0, 0, 0.5, 0, precondition=1, years=2))
    assert run.values_cost[1:, 0, 0] == pytest.approx([2.5 * 0.02] * 2, abs=1e-6)


def test_deliverability_is_capped_at_one() -> None:
    generous = central_world(deliverability=1.2)
    assert generous.deliverability.max() == 1
    # lock-in: .4 * (1.1, .7, .4, 1.4, 1.2)
    assert central_world("lock-in").deliverability[:, 0, 0] == pytest.approx([0.44, 0.28, 0.16, 0.56, 0.48])


# ---- equation 2: mechanisms


def test_mechanisms_add_up_the_effective_doses() -> None:
    table = np.array([[0.5, 0.5], [0.1, 0.9]])[:, :, None]
    # .5 * .2 + .5 * .6 = .4; .1 * .2 + .9 * .6 = .56
    assert close(eq.weighted_sum(table, stacked(0.2, 0.6)), 0.4, 0.56)


def test_every_world_uses_its_own_table() -> None:
    table = np.array([[[1.0, 0.0], [0.0, 1.0]]])  # one row, two parts, two worlds
    parts = np.array([[[0.2, 0.3]], [[0.6, 0.7]]])
    assert close(eq.weighted_sum(table, parts), 0.2, 0.7)


def test_one_sided_assurances_cost_threat_relief() -> None:
    # a [1 - xi assur (1 - clarity)] = .5 * (1 - .4 * .6 * .75) = .5 * .82 = .41
    assert close(eq.threat_relief(a(0.5), a(0.4), 0.6, 0.25), 0.41)


def test_full_clarity_balances_any_assurance() -> None:
    assert close(eq.threat_relief(a(0.5), a(0.9), 1, 1), 0.5)


def test_only_threat_is_discounted_by_what_moscow_can_be_reached_on() -> None:
    """Equations 2 and 3 together: V of one lever in one world, curvature 1 in the midpoint worldview."""
    run = simulate(central_world(years=1, deliverability=1.0), policy(0, 0, 0, 0.5, 0, allies=0.5, years=1))
    dose = (1 - math.exp(-0.5)) / (1 - math.exp(-1))  # g(.5; 1)
    threat = 0.15 * dose * 0.55 * (1 - 0.24 * 0.5)
    value = 0.36 * threat + 0.19 * 0.1 * dose + 0.13 * 0.65 * dose  # salience: threat, status, contact
    assert run.series("offer_value")[1, 0, 0] == pytest.approx(value, rel=1e-5)


# ---- equation 3: offer value


def test_the_offer_is_worth_what_it_supplies_weighted_by_salience() -> None:
    run = simulate(central_world("op-ed", years=1, deliverability=1.0), policy(0, 0.6, 0, 0, 0, years=1))
    # caatsa supplies the economy only: .85 * g(.6; .5), salience .2
    dose = (1 - math.exp(-0.3)) / (1 - math.exp(-0.5))
    assert run.series("offer_value")[1, 0, 0] == pytest.approx(0.2 * 0.85 * dose, rel=1e-5)


# ---- equation 4: credibility


def test_credibility_heads_for_what_clarity_and_concrete_action_support() -> None:
    # .2 + .8 * .5 * .6 = .44
    assert close(eq.credibility_target(a(0.2), 0.0, 0.5, a(0.6), 0.5), 0.44)


def test_the_starting_belief_is_halved_after_a_reversal() -> None:
    # .1 + .9 * .5 * .6 = .37
    assert close(eq.credibility_target(a(0.2), 1.0, 0.5, a(0.6), 0.5), 0.37)


def test_credibility_rises_by_35_and_falls_by_70_percent_of_the_gap() -> None:
    got = eq.move_towards(a(0.2, 0.6, 0.5), a(0.6, 0.2, 0.5), 0.35, 0.70)
    # .2 + .35 * .4 = .34; .6 - .7 * .4 = .32; no gap, no move
    assert close(got, 0.34, 0.32, 0.5)


def test_a_reversal_halves_belief_from_the_year_after() -> None:
    world = central_world(years=3, luck=0, initial_credibility=0.4, reversal_hazard=0.6)
    run = simulate(world, policy(1, 0, 0, 0, 0, years=3))  # visible, no clarity: K* is K0, then K0 / 2
    # reversed at the end of year 1; .4, then .4 - .7 * (.4 - .2) = .26, then .26 - .7 * .06 = .218
    assert run.series("credibility")[:, 0, 0] == pytest.approx([0.4, 0.4, 0.26, 0.218], abs=1e-6)


# ---- equation 5: threshold and reciprocity


def test_dependence_raises_the_threshold() -> None:
    # .05 + .15 * 46 / 100 = .119
    assert close(eq.threshold(a(0.05), a(0.15), a(46)), 0.119)


def test_the_threshold_uses_the_economic_level_at_the_start_of_the_year() -> None:
    run = simulate(central_world(years=2), policy(years=2))
    after_one_year = float(run.alignment[1, spec.DOMAINS.index("economic"), 0, 0])
    assert after_one_year > 47
    wanted = [0.05 + 0.15 * 0.46, 0.05 + 0.15 * after_one_year / 100]
    assert run.series("threshold")[1:, 0, 0] == pytest.approx(wanted, abs=1e-6)


def written_reciprocity(believed: float, theta: float, asked: float, tau: float = 0.08) -> float:
    """G as the specification writes it, with S the logistic curve."""

    def s(x: float) -> float:
        return 1 / (1 + math.exp(-x))

    return (s((believed - theta) / tau) - s(-theta / tau)) / (1 - s(-theta / tau)) * asked


@pytest.mark.parametrize("theta", [0, 0.04, 0.119, 0.4, 1.0])
@pytest.mark.parametrize("believed", [0, 0.001, 0.04, 0.119, 0.3, 1.0])
def test_reciprocity_is_the_logistic_form_of_the_specification(believed: float, theta: float) -> None:
    got = eq.reciprocity(a(believed), a(theta), a(0.7), False, 0.08)
    assert got[0, 0] == pytest.approx(written_reciprocity(believed, theta, 0.7), abs=1e-12, rel=1e-9)


def test_at_the_threshold_moscow_has_moved_almost_half_way() -> None:
    # x = Theta / tau = 1: [1/2 - S(-1)] / [1 - S(-1)] = (.5 - .268941) / .731059 = .316060
    assert eq.reciprocity(a(0.08), a(0.08), a(1.0), False, 0.08)[0, 0] == pytest.approx(0.316060, abs=1e-6)


@pytest.mark.parametrize("proportional", [False, True])
def test_nothing_offered_moves_nobody(proportional: bool) -> None:
    assert eq.reciprocity(a(0.0), a(0.0), a(1.0), proportional, 0.08)[0, 0] == 0


def test_a_huge_threshold_overflows_nothing() -> None:
    offer, theta, asked = (np.array([[value]], np.float32) for value in (0.5, 2.2, 1))
    far = eq.reciprocity(offer, theta, asked, False, 0.08)
    # e^((.5 - 2.2) / .08) = e^-21.25 = 5.9e-10
    assert far[0, 0] == pytest.approx(5.9e-10, rel=0.02)


def test_switched_to_proportional_moscow_moves_with_the_believed_offer() -> None:
    got = eq.reciprocity(a(0.3, 1.4, 0.3), a(0.2, 0.2, 0.2), a(0.5, 0.5, 0.5), np.array([True, True, False]), 0.08)
    # clip(.3) * .5 = .15; clip(1.4) * .5 = .5; the third world keeps its threshold
    assert close(got, 0.15, 0.5, written_reciprocity(0.3, 0.2, 0.5))


def test_part_of_reciprocity_comes_unasked_and_the_rest_with_clarity() -> None:
    # q0 + (1 - q0) clarity: .38 at no clarity, 1 at full clarity, for the same belief
    world = central_world(years=1, initial_credibility=0.9)
    silent, clear = (
        simulate(world, policy(1, 1, 1, 1, 1, clarity=clarity, years=1)).reciprocity[1, 0, 0] for clarity in (0, 1)
    )
    run = simulate(world, policy(1, 1, 1, 1, 1, years=1))
    believed = float(run.series("offer_value")[1, 0, 0]) * 0.9
    assert silent == pytest.approx(written_reciprocity(believed, 0.119, 0.38), abs=1e-5)
    assert silent < 0.38 < 0.9 < clear


# ---- equation 6: Beijing's doubt and attention


def test_doubt_closes_60_percent_of_the_gap_to_visible_believed_dialogue() -> None:
    # target 15 + 85 * .5 * .8 * (1 + .2) / 2 = 35.4; 15 + .6 * 20.4 = 27.24
    assert close(eq.doubt(a(15), a(0.5), a(0.8), a(0.2), 15, 0.6), 27.24)


def test_doubt_fades_when_the_dialogue_ends() -> None:
    # 35 + .6 * (15 - 35) = 23
    assert close(eq.doubt(a(35), a(0.5), a(0.0), a(0.2), 15, 0.6), 23)


def test_hedging_is_the_share_of_the_way_to_complete_doubt() -> None:
    # (32 - 15) / 85 = .2
    assert close(eq.hedging(a(15, 32, 100), 15), 0, 0.2, 1)


def test_dialogue_is_what_is_left_after_every_lever_stays_unseen() -> None:
    world = central_world("op-ed", years=1, doubt_response=1.0, deliverability=1.0, initial_credibility=0.9)
    run = simulate(world, policy(0.5, 0.5, 0, 0, 0, years=1))
    # Dlg = 1 - (1 - 1 * .5) (1 - .3 * .5) = 1 - .5 * .85 = .575; target 15 + 85 * .575 * .95; 60 % of the way
    assert run.doubt[1, 0, 0] == pytest.approx(15 + 0.6 * 85 * 0.575 * 0.95, abs=1e-4)


def test_attention_closes_half_of_the_gap_to_the_dialogue() -> None:
    world = central_world("op-ed", years=3, deliverability=1.0)
    run = simulate(world, policy(0.5, 0, 0, 0, 0, years=3))
    # Dlg = .5: .25, .375, .4375
    assert run.series("attention")[:, 0, 0] == pytest.approx([0, 0.25, 0.375, 0.4375], abs=1e-6)


# ---- equation 7: alignment


def test_two_pressures_join_in_their_geometric_mean_and_where_c13_is_switched_in_the_arithmetic_one() -> None:
    # .5 * sqrt(1.44 * .64) = .5 * .96; .5 * (1.44 + .64) / 2 = .5 * 1.04
    assert eq.joint_pressure(0.5, 1.44, 0.64, np.array([False, False])) == pytest.approx(0.48)
    assert close(eq.joint_pressure(0.5, 1.44, 0.64, np.array([False, True])), 0.48, 0.52)
    assert eq.joint_pressure(1.7, 1, 1, np.array([False, True])) == 1.7


def test_a_let_down_fades_and_a_dropped_dialogue_adds_to_it() -> None:
    # .85 * .4 + .3 = .64; .85 * .4 = .34
    assert close(eq.let_down(a(0.4, 0.4), a(0.3, 0.3), np.array([[True, False]]), 0.85), 0.64, 0.34)


def test_each_rate_of_equation_7_is_its_product() -> None:
    strength = eq.strengths(a(3.0), a(0.4), a(2.0), a(0.3), a(10.0), a(0.5), a(1.6), 1.0, 1.0)
    got = eq.rates(strength, 1.5, a(0.2), a(0.5), a(0.7), a(0.6), a(0.1))
    assert close(got.own, 3 * 0.6)
    assert close(got.pressure, 3 * 0.4 * 1.5)
    assert close(got.relief, -3 * 0.4 * 1.5 * 0.2)
    assert close(got.let_down, 3 * 0.4 * 1.6 * 0.5)
    assert close(got.binding, 2 * 0.3 * 0.7)
    assert close(got.pull, 10 * 0.5 * 0.6)
    assert close(got.hedging, 2 * 0.7 * 0.1)


def test_switched_choices_take_relief_and_binding_away_and_leave_hedging() -> None:
    strength = eq.strengths(a(3.0), a(0.4), a(2.0), a(0.3), a(10.0), a(0.5), a(1.6), relieved=0.0, binds=0.0)
    got = eq.rates(strength, 1.0, a(0.2), a(0.5), a(0.7), a(0.6), a(0.1))
    assert close(got.relief, 0)
    assert close(got.let_down, 0.96)
    assert close(got.binding, 0)
    assert close(got.hedging, 0.14)


def test_alignment_moves_by_the_rise_below_and_the_fall_beside_its_level() -> None:
    rate = eq.Rates(a(1.8), a(1.8), a(-0.36), a(0.3), a(0.42), a(3.0), a(0.14))
    got = eq.alignment(stacked(40), rate, stacked(1.2), stacked(0.8), stacked(0.25), stacked(0.5))
    # rise .6 * [1.2 * 3.54 + .8 * .42] = .6 * 4.584 = 2.7504; fall .4 * [.25 * 3 + .14] = .356;
    # shock .5 * .4 * .6 = .12 (the shock is given times 4); 40 + 2.7504 - .356 + .12
    assert close(got, 42.5144)


def test_full_alignment_can_only_fall_and_none_can_only_rise() -> None:
    rate = eq.Rates(*(a(points, points) for points in (2.0, 1.0, 0.0, 0.5, 1.0, 3.0, 0.5)))
    level = np.array([[[100.0, 0.0]]])
    shock = np.full((1, 1, 2), 9.0)
    got = eq.alignment(level, rate, stacked(1), stacked(1), stacked(0.5), shock)
    # 100 - (.5 * 3 + .5) = 98; 0 + (2 + 1 + .5 + 1) = 4.5; shocks vanish at both ends
    assert close(got, 98, 4.5)


@pytest.mark.parametrize(("shock", "end"), [(1000, 100), (-1000, 0)])
def test_alignment_is_clipped_to_0_and_100(shock: float, end: float) -> None:
    got = eq.alignment(stacked(50), NO_RATES, stacked(1), stacked(1), stacked(0), stacked(shock))
    assert close(got, end)


def test_the_accounting_names_every_term_of_equation_7() -> None:
    rate = eq.Rates(a(1.8), a(1.8), a(-0.36), a(0.3), a(0.42), a(3.0), a(0.14))
    terms = eq.accounting(stacked(40), rate, stacked(1.2), stacked(0.8), stacked(0.25), stacked(0.5))
    wanted = {
        "own drift": 0.6 * 1.2 * 1.8,
        "pressure drift": 0.6 * 1.2 * 1.8,
        "relief": -0.6 * 1.2 * 0.36,
        "let-down": 0.6 * 1.2 * 0.3,
        "binding": 0.6 * 0.8 * 0.42,
        "pull": -0.4 * 0.25 * 3.0,
        "hedging": -0.4 * 0.14,
        "shock": 0.4 * 0.6 * 0.5,
        "limit": 0.0,
    }
    assert tuple(wanted) == eq.TERMS
    assert close(terms, *wanted.values())


def test_the_limit_term_is_what_the_end_of_the_scale_cuts_off() -> None:
    terms = eq.accounting(stacked(50), NO_RATES, stacked(1), stacked(1), stacked(0), stacked(300))
    # shock 300 * .25 = 75, of which 25 are cut off at 100
    assert close(terms[eq.TERMS.index("shock")], 75)
    assert close(terms[eq.TERMS.index("limit")], -25)


def test_the_composite_weighs_the_six_domains() -> None:
    run = simulate(central_world(years=1), policy(years=1))
    # .3 * 58 + .2 * 88 + .2 * 46 + .12 * 45 + .1 * 52 + .08 * 45 = 58.4
    assert run.composite[0, 0, 0] == pytest.approx(58.4, abs=1e-4)


# ---- equation 8: NATO cohesion


def test_the_slight_hits_the_east_harder() -> None:
    exposure = stacked(*spec.ALLY_EXPOSURE.values())
    got = eq.nato_target(eq.slighted(a(10), a(0.5), a(0.2)), exposure, 0.5 * a(0.4), a(0.25), 70)
    # 10 * .5 * .8 * [1 + .5 * .4 * .75] = 4.6; 70 - 1.6 * 4.6 = 62.64; 70 - .68 * 4.6 = 66.872
    assert close(got, 62.64, 66.872)


def test_cohesion_cannot_head_below_zero() -> None:
    # 70 - 1.6 * 60 * 1 * 1.5 * 2 = -218
    assert close(eq.nato_target(eq.slighted(a(60), a(1), a(-0.5)), stacked(1.6), 0.5 * a(2), a(0), 70), 0)


def test_mitigation_adds_the_ukraine_track_and_assurances() -> None:
    # .2 * .5 + .4 * .75 = .4; -.12 * .5 + .22 * 0 = -.06
    assert close(eq.mitigation(a(0.2), a(0.4), 0.5, 0.75, -0.5, 0.85), 0.4)
    assert close(eq.mitigation(a(-0.12), a(0.22), 0.5, 0, -0.5, 0.85), -0.06)


def test_mitigation_is_clipped() -> None:
    assert close(eq.mitigation(a(0.8, -0.9), a(0.8, 0.0), 1, 1, -0.5, 0.85), 0.85, -0.5)


def test_cohesion_falls_by_60_and_recovers_by_20_percent_of_the_gap() -> None:
    got = eq.move_towards(stacked(70, 50), stacked(60, 70), 0.2, 0.6)
    # 70 - .6 * 10 = 64; 50 + .2 * 20 = 54
    assert close(got, 64, 54)


def test_the_slight_is_concave_and_only_what_is_delivered_slights() -> None:
    world = central_world("op-ed", years=1, deliverability=0.5, cohesion_loss=10.0, emboldening=0.0)
    run = simulate(world, policy(0.5, 0, 0, 0, 0, years=1))
    slight = 0.4 * (1 - math.exp(-2 * 0.25)) / (1 - math.exp(-2))  # n_nato g(.5 * .5; 2)
    wanted = [70 - 0.6 * e * 10 * slight for e in (1.6, 0.68)]
    assert run.cohesion[1, :, 0, 0] == pytest.approx(wanted, abs=1e-4)


def test_the_ukraine_track_mitigates_as_it_is_ramped_not_as_it_is_delivered() -> None:
    world = central_world(
        years=2, deliverability=0.5, cohesion_loss=10.0, emboldening=0.0, ukraine_mitigation=0.4, reversal_hazard=0.0
    )
    run = simulate(world, policy(0, 0, 0, 0, 0.8, ramp=2, years=2))
    east = 70.0
    for ramped in (0.4, 0.8):  # f = .5 * 1.1 for the slight, none for the mitigation .4 * ramped
        slight = 0.15 * (1 - math.exp(-2 * 0.55 * ramped)) / (1 - math.exp(-2))
        east += 0.6 * (70 - 1.6 * 10 * slight * (1 - 0.4 * ramped) - east)
    assert run.cohesion[2, 0, 0, 0] == pytest.approx(east, abs=1e-4)


# ---- equation 9: reversal at home


def test_the_hazard_falls_with_reciprocity_and_rises_with_backlash() -> None:
    # .2 * (1 - .7 * .5) + .3 * (70 - 60) / 100 = .13 + .03 = .16
    assert close(eq.reversal_hazard(a(0.2), a(0.3), a(0.5), a(60), 70, 0.7), 0.16)


def test_cohesion_above_its_start_does_not_lower_the_hazard() -> None:
    assert close(eq.reversal_hazard(a(0.2), a(0.3), a(0.0), a(80), 70, 0.7), 0.2)


@pytest.mark.parametrize(("dose", "falls"), [(0.0, False), (0.0624, False), (0.0626, True), (0.5, True)])
def test_only_a_visible_policy_can_be_reversed(dose: float, falls: bool) -> None:
    # contacts are seen by .8: Dlg = .8 * dose, visible above .05, that is above a dose of .0625
    world = central_world(years=4, luck=0, deliverability=1.0, reversal_hazard=0.6)
    run = simulate(world, policy(0, 0, 0, dose, 0, years=4))
    assert bool(run.reversed[-1, 0, 0]) is falls


def test_a_policy_is_not_reversed_before_it_starts() -> None:
    world = central_world(years=5, luck=0, reversal_hazard=0.6)
    run = simulate(world, policy(1, 0, 0, 0, 0, onset=2, years=5))
    assert run.reversed[:, 0, 0].tolist() == [False, False, False, True, True, True]


def test_a_reversal_is_for_good() -> None:
    world = central_world(years=5, reversal_hazard=0.3)
    world.luck[1] = 0  # unlucky in the second year only
    run = simulate(world, policy(1, 0, 0, 0, 0, years=5))
    assert run.reversed[:, 0, 0].tolist() == [False, False, True, True, True, True]


def test_the_year_of_the_reversal_still_delivers_and_the_next_loses_phi() -> None:
    world = central_world(years=3, deliverability=1.0, values_cost_scale=1.0, reversal_loss=0.6, reversal_hazard=0.3)
    world.luck[0] = 0
    run = simulate(world, policy(0.5, 0, 0, 0, 0, years=3))
    # VC = 100 * .1 * .5 = 5, then 5 * (1 - .6) = 2
    assert run.values_cost[1:, 0, 0] == pytest.approx([5, 2, 2], abs=1e-5)


def test_luck_decides_against_the_hazard_of_the_year() -> None:
    """With no backlash and hardly any reciprocity the hazard is h0 in every year."""
    world = central_world(years=1, reversal_hazard=0.3, backlash_hazard=0.0, symbolic_potency=0.0)
    tiny = policy(0, 0, 0, 0.1, 0, years=1)
    outcomes = []
    for luck in (0.28, 0.31):
        world.luck[:] = luck
        outcomes.append(bool(simulate(world, tiny).reversed[-1, 0, 0]))
    assert outcomes == [True, False]


# ---- equation 10: other outcomes


def test_us_effort_is_freed_by_reciprocity_and_hedging_and_tied_by_allies() -> None:
    got = eq.us_effort(a(0.3), a(0.5), a(0.2), a(65), 0.6, 1, 1, 70, 0.6, 0.4, 0.5, 0.04, 0.4, 0.15)
    assert close(got, 100 * (0.3 * (0.6 * 0.5 + 0.4 * 0.2) - 0.04 * 0.6 - 0.4 * 5 / 100))
    assert close(got, 7)


def test_cohesion_above_its_start_frees_no_effort() -> None:
    assert close(eq.us_effort(a(0.3), a(0), a(0), a(80), 0.0, 1, 1, 70, 0.6, 0.4, 0.5, 0.04, 0.4, 0.15), 0)


@pytest.mark.parametrize(
    ("russia", "china", "effort"),
    [
        (0.6, 0.7, 8.5),  # 100 * [.3 * (.3 + .08 + .5 * .4) - .024 - .02 - .15 * .3]
        (1.5, 2, -0.5),  # 100 * [.3 * (.3 + .08 - .5 * .5) - .024 - .02]: more pressure on China frees nothing
    ],
)
def test_us_effort_moves_with_the_two_pressures(russia: float, china: float, effort: float) -> None:
    got = eq.us_effort(a(0.3), a(0.5), a(0.2), a(65), 0.6, russia, china, 70, 0.6, 0.4, 0.5, 0.04, 0.4, 0.15)
    assert close(got, effort)


def test_only_what_is_given_up_of_a_pressure_counts_as_eased() -> None:
    assert eq.eased(0.4) == pytest.approx(0.6)
    assert eq.eased(1) == eq.eased(1.6) == 0


def test_chinese_effort_follows_the_hedging_part_of_the_answer() -> None:
    # 40 * (1 - .25) * .2 = 6
    assert close(eq.china_effort(a(0.25), a(0.2), 40), 6)


def test_the_values_cost_falls_with_clarity() -> None:
    # 100 * .5 * .3 * (1 - .4 * .5) = 12
    assert close(eq.values_cost(a(0.5), a(0.3), 0.5, 0.4), 12)


def test_two_front_pressure_starts_at_35() -> None:
    nothing = a(0)
    got = eq.two_front(
        nothing, nothing, a(70), nothing, nothing, nothing, 1, 1, 70, 0.35, 0.03, 0.7, 0.03, 0.01, 0.3, 0.3
    )
    assert close(got, 35)


def test_two_front_pressure_adds_its_log_odds() -> None:
    got = eq.two_front(a(10), a(0.4), a(60), a(5), a(0.5), a(0.3), 1.5, 0.8, 70, 0.35, 0.03, 0.7, 0.03, 0.01, 0.3, 0.4)
    # ln(.35 / .65) + .03 * 10 - .7 * .4 + .03 * 10 - .01 * 5 + .5 * .3 * .6 + .3 * .5 - .4 * .2 = -.619039 + .43
    assert close(got, 100 / (1 + math.exp(-(math.log(0.35 / 0.65) + 0.43))))


def test_equation_10_uses_the_weighted_mean_of_the_two_groups_of_allies() -> None:
    run = simulate(central_world("sceptic", years=3), policy(1, 0, 0, 0, 0, years=3))
    east, rest = run.cohesion[-1, :, 0, 0]
    assert east < rest < 70
    assert run.nato_cohesion[-1, 0, 0] == pytest.approx(0.35 * east + 0.65 * rest, abs=1e-4)
    hedging = (run.doubt[-1, 0, 0] - 15) / 85
    freed = 0.09 * (0.6 * run.reciprocity[-1, 0, 0] + 0.4 * hedging)
    lost = (70 - 0.35 * east - 0.65 * rest) / 100
    assert run.us_effort[-1, 0, 0] == pytest.approx(100 * (freed - 0.4 * lost), abs=1e-3)


def test_every_equation_is_told_and_uses_the_symbols_of_its_parameters() -> None:
    """A formula is for reading; that it names what it is made of keeps it from growing old."""
    told = equations()
    assert list(told) == [str(number) for number in range(1, 11)]
    greek = {"δ": "delta", "χ": "chi", "η": "eta", "λ": "lambda", "φ": "varphi", "ξ": "xi", "ν": "nu", "ς": "varsigma"}
    greek |= {"σ": "sigma", "θ": "theta", "κ": "kappa", "α": "alpha"}
    below = {"₀": "_0", "₁": "_1", "ₚ": "_P", "ₛ": ""}
    for key, definition in catalog().parameters.items():
        symbol = "".join(f"\\{greek[c]}" if c in greek else below.get(c, c) for c in definition.symbol)
        assert symbol in " ".join(told[str(definition.equation)].formulas), key

"""What each offer weighs and what is left of it: one world worked by hand, then held against the run itself."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from model import analogues, catalog, load_scenario, run
from model.analysis.goals import of_100
from model.analysis.weights import WorldWeights, unweighted, weights_by_world, weights_of
from model.assumptions.scenario import set_values
from model.engine.policy import Policy
from tests.model.engine.by_hand import Floats, central_world, policy

SINGLE = 2e-6  # what 32 bits leave of a sum of a few terms
HALF_TOLD = policy(0.8, 0.5, 0, 0, 0, allies=0.5, clarity=0.5, precondition=0.5)


def one_world(made: Policy, structure: str = "base", curvature: float = 0) -> WorldWeights:
    """The midpoint's weights in one world: half of each promise is delivered, half of the threat can be addressed."""
    world = central_world(
        structure=structure,
        deliverability=0.5,
        addressable_threat=0.5,
        symbolic_potency=curvature,
        unbalanced_assurance=0.4,
        initial_credibility=0.2,
    )
    return weights_by_world(world, made)


def only(values: Floats) -> list[float]:
    """The numbers of the one world."""
    return [float(value) for value in values[..., 0, 0]] if values.ndim == 3 else [float(values[0, 0])]


def test_weights_are_what_each_offer_would_be_worth_with_all_of_it_delivered() -> None:
    """Needs weigh 0.36, 0.32, 0.19 and 0.13, and half of the first can be met, whatever is asked on what terms.

    NATO talks 0.36 · 0.5 · 0.5 + 0.19 · 0.25 + 0.13 · 0.2 = 0.1635, CAATSA relief 0.32 · 0.85 = 0.272, G8 readmission
    0.36 · 0.5 · 0.05 + 0.32 · 0.05 + 0.19 · 0.55 = 0.1295, contacts 0.36 · 0.5 · 0.15 + 0.19 · 0.1 + 0.13 · 0.65
    = 0.1305, Ukraine 0.36 · 0.5 · 0.3 + 0.32 · 0.1 + 0.19 · 0.1 + 0.13 · 0.15 = 0.1245; together 1 - 0.36 · 0.5 = 0.82.
    """
    weights = [0.1635, 0.272, 0.1295, 0.1305, 0.1245]
    for made in (HALF_TOLD, policy()):
        found = one_world(made, curvature=4)
        assert only(found.full) == pytest.approx(weights, abs=SINGLE)
        assert only(found.share) == pytest.approx([one / 0.82 for one in weights], abs=SINGLE)


def test_what_is_asked_delivered_and_felt_of_two_offers_in_one_world() -> None:
    """Talks at 0.8 and relief at 0.5, half of all terms; a straight line says that the dose is what is felt.

    Preconditions at 0.5 let 1 - 0.5 · 0.98 = 0.51 through. Of talks 0.5 · 1.05 · 0.51 = 0.26775 is delivered, of relief
    0.5 · 0.8 · 0.51 = 0.204: doses of 0.2142 and 0.102. Assurances leave 1 - 0.4 · 0.5 · 0.5 = 0.9 of the relief of
    threat, so that talks are felt as (0.09 · 0.9 + 0.0735) · 0.2142, and sanctions relief along its own curve.
    Belief heads for 0.2 + 0.8 · 0.5 · (0.3 · 0.2142 + 0.25 · 0.102) = 0.235904; the threshold is 0.05 + 0.15 · 0.46.
    """
    found = one_world(HALF_TOLD)
    deliverable = [0.26775, 0.204, 0.5 * 0.7 * 0.51, 0.5 * 1.25 * 0.51, 0.5 * 1.1 * 0.51]
    assert only(found.deliverable) == pytest.approx(deliverable, abs=SINGLE)
    assert only(found.asked) == pytest.approx([0.1308, 0.136, 0, 0, 0], abs=SINGLE)
    assert only(found.delivered) == pytest.approx([0.1308 * 0.26775, 0.136 * 0.204, 0, 0, 0], abs=SINGLE)
    relief = 0.272 * (1 - math.exp(-0.051)) / (1 - math.exp(-0.5))
    assert only(found.felt) == pytest.approx([0.1545 * 0.2142, relief, 0, 0, 0], abs=SINGLE)
    assert only(found.value) == pytest.approx([0.1545 * 0.2142 + relief], abs=SINGLE)
    assert only(found.belief) == pytest.approx([0.235904], abs=SINGLE)
    assert only(found.believed) == pytest.approx([0.235904 * (0.1545 * 0.2142 + relief)], abs=SINGLE)
    assert only(found.must_pass) == pytest.approx([0.119], abs=SINGLE)


@pytest.mark.parametrize("curvature", [4.0, -2.5])
def test_symbols_are_felt_as_more_than_is_delivered_and_as_less_where_only_costly_steps_count(curvature: float) -> None:
    """All contacts, of which 0.5 · 1.25 = 0.625 is delivered: felt as g(0.625) of their weight of 0.1305."""
    found = one_world(policy(0, 0, 0, 1, 0), curvature=curvature)
    share = (1 - math.exp(-curvature * 0.625)) / (1 - math.exp(-curvature))
    assert only(found.felt)[3] == pytest.approx(0.1305 * share, abs=SINGLE)
    assert (only(found.felt)[3] > only(found.delivered)[3]) == (curvature > 0)


def test_half_counts_unbelieved_by_choice_c1_and_nothing_has_to_be_passed_by_choice_c2() -> None:
    """All talks, 0.525 of them delivered: belief stays at 0.2 without clarity, so 0.2 counts, or 0.5 + 0.5 · 0.2."""
    value = 0.1635 * 0.525
    for structure, counts, must_pass in (("base", 0.2, 0.119), ("C1", 0.6, 0.119), ("C2", 0.2, 0)):
        found = one_world(policy(1, 0, 0, 0, 0), structure)
        assert only(found.believed) == pytest.approx([counts * value], abs=SINGLE)
        assert only(found.must_pass) == pytest.approx([must_pass], abs=SINGLE)


def test_middle_values_and_worlds_of_100_are_told_by_worldview_and_lever() -> None:
    result = run("opening-hand", members=301)
    by_world = weights_by_world(result.run.worlds, result.run.policy)
    for w, one in enumerate(weights_of(result)):
        assert one.worldview == result.worldviews[w]
        assert list(one.offers) == ["nato", "caatsa", "g8", "mil", "ukraine"]
        for name in ("value", "belief", "believed", "must_pass"):
            assert getattr(one, name) == pytest.approx(float(np.median(getattr(by_world, name)[w])))
        for name in ("share", "full", "asked", "delivered", "felt", "deliverable"):
            told = [getattr(offer, name) for offer in one.offers.values()]
            assert told == pytest.approx(np.median(getattr(by_world, name)[:, w], axis=-1).tolist())
        assert one.passing == of_100(by_world.believed[w] > by_world.must_pass[w])


def test_nato_talks_weigh_31_under_the_op_ed_and_sanctions_relief_half_of_what_critics_think_moscow_wants() -> None:
    found = {one.worldview: one.offers for one in weights_of(run("opening-hand", members=1000))}
    assert {view: round(100 * offers["nato"].share) for view, offers in found.items()} == {
        "lock-in": 11, "midpoint": 20, "op-ed": 31, "sceptic": 12,
    }  # fmt: skip
    assert {view: round(100 * offers["caatsa"].share) for view, offers in found.items()} == {
        "lock-in": 52, "midpoint": 33, "op-ed": 18, "sceptic": 47,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["opening-hand", "grand-bargain", "giveaway", "preconditions-first", *analogues()])
def test_offers_add_up_in_every_world_to_what_the_run_has_while_nobody_drops_them(name: str) -> None:
    """Without reversals (choice C6) the last year of a run has what is told of a package in full force."""
    scenario = load_scenario(name)
    result = run(scenario if scenario.analogue else set_values(scenario, {"horizon": 15}), members=50, structure="C6")
    found, last = weights_by_world(result.run.worlds, result.run.policy), result.run.states[-1]
    assert found.share.sum(axis=0) == pytest.approx(np.ones_like(found.value), abs=SINGLE)
    assert found.felt.sum(axis=0) == pytest.approx(last.offer_value, abs=SINGLE)
    assert (found.value == last.offer_value).all()
    assert (found.must_pass == result.run.states[0].threshold).all()
    assert (found.felt <= found.full + SINGLE).all()
    assert (found.delivered <= found.asked + SINGLE).all()
    if scenario.analogue is None:  # belief has had the years to get there
        assert last.credibility == pytest.approx(found.belief, abs=0.01)


def test_a_ramp_an_onset_and_the_pressures_change_no_weight() -> None:
    result = run("opening-hand", members=20)
    same = weights_by_world(
        result.run.worlds, replace(result.run.policy, ramp=9, onset=8, pressure_russia=0.5, pressure_china=2.0)
    )
    plain = weights_by_world(result.run.worlds, result.run.policy)
    assert all((getattr(same, name) == getattr(plain, name)).all() for name in WorldWeights.__dataclass_fields__)


def test_what_offers_nothing_carries_no_weight() -> None:
    assert unweighted(catalog()) == ("clarity", "precond", "allies", "pressure_russia", "pressure_china")

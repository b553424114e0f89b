"""The shift against the dose: the worlds of `run`, a lever's ends, and where the offer reaches the threshold."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import InputError, catalog, load_scenario, run
from model.analysis.dose import DoseCurve, believed_offer, dose_curve, first_reached
from model.assumptions.scenario import set_values
from model.engine import equations as eq
from model.engine.results import percentiles
from tests.model.engine.by_hand import Floats

INDUCEMENTS = catalog().inducements
LEVERS = tuple(catalog().levers)


def place(curve: DoseCurve, worldview: str) -> int:
    return curve.worldviews.index(worldview)


@pytest.fixture(scope="module")
def grand_bargain() -> DoseCurve:
    """Uniform dose on the terms of the grand bargain: the threshold lies inside the scale in two worldviews."""
    return dose_curve("grand-bargain", members=200)


# ---- the same as `run`


@given(
    st.sampled_from(LEVERS),
    st.integers(0, 100),  # of 100 steps, each 1 of a lever up to 100 and 2 of a pressure
    st.sampled_from(["base", "ensemble", "C1,C6"]),
    st.integers(0, 5),
)
@settings(max_examples=12, deadline=None)
def test_at_the_scenario_s_own_value_the_curve_is_the_scenario(
    lever: str, step: int, structure: str, seed: int
) -> None:
    value = step * catalog().levers[lever].high // 100
    scenario = set_values(load_scenario("opening-hand"), {lever: value, "horizon": 4})
    curve = dose_curve(scenario, lever, steps=101, members=10, seed=seed, structure=structure)
    assert curve.here == value
    result = run(scenario, members=10, seed=seed, structure=structure)
    own = percentiles(result.outcome("shift"))
    assert np.array_equal(curve.shift[:, :, step], [own["p10"], own["p50"], own["p90"]])
    assert np.array_equal(curve.reciprocity[:, step], percentiles(result.run.reciprocity[-1])["p50"])
    assert np.array_equal(curve.threshold[:, step], percentiles(result.run.states[-1].threshold)["p50"])


def test_at_a_scenario_of_equal_inducements_the_uniform_curve_is_the_scenario() -> None:
    scenario = set_values(load_scenario("opening-hand"), dict.fromkeys(INDUCEMENTS, 40))
    curve = dose_curve(scenario, members=50, steps=11)
    own = percentiles(run(scenario, members=50).outcome("shift"))
    assert curve.here == 40
    assert np.array_equal(curve.shift[:, :, 4], np.array(list(own.values())))


def test_a_uniform_dose_leaves_terms_and_allies_as_they_are() -> None:
    scenario = load_scenario("opening-hand")
    curve = dose_curve(scenario, members=50, steps=3)
    full = run(set_values(scenario, dict.fromkeys(INDUCEMENTS, 100)), members=50)
    assert np.array_equal(curve.shift[1, :, -1], percentiles(full.outcome("shift"))["p50"])
    assert not curve.shift[:, :, 0].any()
    assert not curve.reciprocity[:, 0].any()
    assert not curve.believed[:, 0].any()


def test_here_is_the_lever_or_the_mean_of_the_inducements() -> None:
    assert dose_curve("opening-hand", "caatsa", "op-ed", steps=2, members=2).here == 35
    assert dose_curve("opening-hand", None, "op-ed", steps=2, members=2).here == (50 + 35 + 50 + 50 + 50) / 5
    assert dose_curve("status-quo", "clarity", "op-ed", steps=2, members=2).here == 0


@pytest.mark.parametrize("steps", [2, 3, 8, 21, 64, 101])
def test_doses_are_whole_numbers_that_rise_from_0_to_100(steps: int) -> None:
    dose = dose_curve("status-quo", "mil", "op-ed", steps=steps, members=2).dose
    assert dose.shape == (steps,)
    assert (dose[0], dose[-1]) == (0, 100)
    assert np.array_equal(dose, np.rint(dose))
    assert np.diff(dose).min() >= 1
    assert np.ptp(np.diff(dose)) <= 1 + 1e-9


@pytest.mark.parametrize("lever", ["pressure_russia", "pressure_china"])
def test_the_doses_of_a_pressure_run_from_none_to_twice_that_of_the_start(lever: str) -> None:
    """The middle of the axis is the neutral value: with all else neutral nothing is shifted there, in any world."""
    curve = dose_curve("status-quo", lever, members=100)
    assert curve.dose.tolist() == list(range(0, 201, 10))
    assert curve.here == 100
    assert not curve.shift[:, :, 10].any()
    assert (curve.shift[:, :, :10].max(axis=-1) <= 0).all()
    assert (curve.shift[:, :, 11:].min(axis=-1) >= 0).all()
    assert (np.diff(curve.shift, axis=-1) >= 0).all()  # the more pressure on either, the closer the two
    assert set(curve.threshold_dose.values()) == {None}  # nothing is offered


def test_without_pressure_on_one_of_them_the_other_one_s_changes_nothing() -> None:
    """The geometric mean of none and any pressure is none; by choice C13 it is half of the other's."""
    alone = set_values(load_scenario("status-quo"), {"pressure_china": 0})
    curve = dose_curve(alone, "pressure_russia", "op-ed", steps=3, members=50)
    assert curve.shift[:, 0, 0].tolist() == curve.shift[:, 0, 1].tolist() == curve.shift[:, 0, 2].tolist()
    added = dose_curve(alone, "pressure_russia", "op-ed", steps=3, members=50, structure="C13")
    assert added.shift[1, 0, 0] == curve.shift[1, 0, 0] < added.shift[1, 0, 1] < added.shift[1, 0, 2] == 0


def test_a_uniform_dose_leaves_the_pressures_as_they_are() -> None:
    scenario = load_scenario("pivot-to-china")
    curve = dose_curve(scenario, members=50, steps=3)
    assert curve.dose.tolist() == [0, 50, 100]
    none = run(set_values(scenario, dict.fromkeys(INDUCEMENTS, 0)), members=50)
    assert np.array_equal(curve.shift[1, :, 0], percentiles(none.outcome("shift"))["p50"])
    assert (curve.shift[1, :, 0] < 0).all()  # sqrt(0.6 * 1.4) = 0.92


def test_arrays_have_the_shapes_that_are_promised(grand_bargain: DoseCurve) -> None:
    views, steps = len(catalog().worldviews), 21
    assert grand_bargain.worldviews == tuple(catalog().worldviews)
    assert grand_bargain.shift.shape == (3, views, steps)
    for name in ("reciprocity", "believed", "threshold"):
        values: Floats = getattr(grand_bargain, name)
        assert values.shape == (views, steps), name
        assert np.isfinite(values).all(), name
    assert (np.diff(grand_bargain.shift, axis=0) >= 0).all()
    assert tuple(grand_bargain.threshold_dose) == grand_bargain.worldviews


def test_the_same_seed_gives_the_same_curve_and_another_seed_another() -> None:
    first, second = (dose_curve("opening-hand", "nato", steps=5, members=20) for _ in range(2))
    for field in fields(DoseCurve):
        assert np.array_equal(getattr(first, field.name), getattr(second, field.name)), field.name
    other = dose_curve("opening-hand", "nato", steps=5, members=20, seed=8)
    assert not np.array_equal(first.shift, other.shift)


def test_an_analogue_has_a_curve_in_its_own_worldview() -> None:
    for name in ("overture-2025", "dual-competition-2014"):
        curve = dose_curve(name, members=20, steps=3)
        scenario = load_scenario(name)
        assert scenario.analogue is not None
        assert curve.worldviews == (scenario.analogue.worldview,)
        assert not curve.shift[:, :, 0].any()


# ---- the threshold


@pytest.mark.parametrize("structure", ["base", "C1", "ensemble"])
def test_the_believed_offer_and_the_threshold_are_those_that_move_moscow(structure: str) -> None:
    result = run("grand-bargain", members=100, structure=structure)
    last, constant = result.run.states[-1], catalog().constant
    unasked = result.run.worlds.parameters.unasked_reciprocity
    moved = eq.reciprocity(
        believed_offer(result.run.worlds, last),
        last.threshold,
        unasked + (1 - unasked) * result.run.policy.clarity,
        result.run.worlds.proportional,
        constant.threshold_softness,
    )
    assert np.array_equal(moved, last.reciprocity)
    if structure == "base":
        assert np.array_equal(believed_offer(result.run.worlds, last), last.offer_value * last.credibility)


def test_the_threshold_dose_is_where_the_two_medians_cross(grand_bargain: DoseCurve) -> None:
    curve = grand_bargain
    for worldview, dose in curve.threshold_dose.items():
        w = place(curve, worldview)
        gap = curve.believed[w] - curve.threshold[w]
        if dose is None:
            assert (gap < 0).all()
        else:
            assert np.interp(dose, curve.dose, gap) == pytest.approx(0, abs=1e-7)
            assert (gap[curve.dose < dose - 1e-9] < 0).all()


def test_the_threshold_is_reached_in_the_op_ed_before_the_midpoint_and_never_in_the_others(
    grand_bargain: DoseCurve,
) -> None:
    reached = grand_bargain.threshold_dose
    op_ed, midpoint = reached["op-ed"], reached["midpoint"]
    assert op_ed is not None
    assert midpoint is not None
    assert 5 < op_ed < 30 < 60 < midpoint < 95
    assert reached["sceptic"] is None
    assert reached["lock-in"] is None


def test_the_threshold_dose_lies_where_reciprocity_rises(grand_bargain: DoseCurve) -> None:
    """Moscow moves more per dose around it than on average over the scale, and hardly at all far below it."""
    curve = grand_bargain
    for worldview in ("op-ed", "midpoint"):
        moved, dose = curve.reciprocity[place(curve, worldview)], curve.threshold_dose[worldview]
        assert dose is not None
        low, there, high = np.interp([dose - 10, dose, dose + 10], curve.dose, moved)
        assert (high - low) / 20 > 1.4 * (moved[-1] - moved[0]) / 100, worldview
        assert 0.25 < there < 0.65, worldview
        assert np.interp(dose / 4, curve.dose, moved) < 0.15 * moved[-1], worldview


def test_where_the_threshold_is_never_reached_moscow_hardly_moves(grand_bargain: DoseCurve) -> None:
    for worldview in ("lock-in", "sceptic"):
        assert grand_bargain.reciprocity[place(grand_bargain, worldview)].max() < 0.1


def test_the_threshold_dose_is_0_where_the_other_levers_reach_it_already() -> None:
    curve = dose_curve("grand-bargain", "g8", "op-ed", steps=3, members=50)
    assert curve.threshold_dose == {"op-ed": 0}
    assert curve.believed[0, 0] > curve.threshold[0, 0]


def test_a_proportional_answer_has_no_threshold_dose() -> None:
    for structure in ("C2", "C8"):
        curve = dose_curve("grand-bargain", None, "op-ed", steps=3, members=20, structure=structure)
        assert curve.threshold_dose == {"op-ed": None}
        assert curve.reciprocity[0, -1] > 0.3


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=12))
def test_the_first_crossing_is_straight_between_doses_and_none_where_there_is_none(values: list[float]) -> None:
    dose, gap = np.linspace(0, 100, len(values)), np.array(values)
    reached = first_reached(dose, gap)
    if max(values) < 0:
        assert reached is None
    else:
        assert reached is not None
        assert np.interp(reached, dose, gap) == pytest.approx(max(values[0], 0), abs=1e-9)
        assert (gap[dose < reached - 1e-9] < 0).all()


def test_the_first_of_several_crossings_counts() -> None:
    assert first_reached(np.array([0, 50, 100]), np.array([-1.0, 1.0, -1.0])) == 25
    assert first_reached(np.array([0, 50, 100]), np.array([-1.0, -3.0, 1.0])) == 87.5
    assert first_reached(np.array([0, 100]), np.array([0.0, -1.0])) == 0


# ---- refusals


@pytest.mark.parametrize(
    ("lever", "hint"),
    [("natto", "did you mean nato"), ("ukr", "did you mean ukraine"), ("pressure", "did you mean pressure_")],
)
def test_a_wrong_lever_is_refused_with_the_nearest_right_name(lever: str, hint: str) -> None:
    with pytest.raises(InputError, match=f"There is no lever “{lever}”; {hint}"):
        dose_curve("opening-hand", lever)


@pytest.mark.parametrize("steps", [-1, 0, 1, 102])
def test_a_wrong_number_of_steps_is_refused(steps: int) -> None:
    with pytest.raises(InputError, match=f"steps is {steps}, but it must be a whole number, 2 to 101"):
        dose_curve("opening-hand", steps=steps)


def test_wrong_names_and_numbers_are_refused_as_run_refuses_them() -> None:
    with pytest.raises(InputError, match="did you mean opening-hand"):
        dose_curve("opening-hnd")
    with pytest.raises(InputError, match="did you mean sceptic"):
        dose_curve("opening-hand", worldviews="skeptic")
    with pytest.raises(InputError, match="members is 0"):
        dose_curve("opening-hand", members=0)

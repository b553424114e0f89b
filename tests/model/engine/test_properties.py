"""What a correct implementation shows: the properties and reference rows of section 4 of the specification, and the
effects of the structural choices in section 5. What is version 2's own stands in test_version_two.py."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from model import Result, catalog, load_scenario, run
from model.assumptions.catalog import Assumptions
from model.assumptions.scenario import set_values
from model.assumptions.schema import Scenario
from model.engine.simulate import simulate
from tests.model.engine import specification as spec
from tests.model.engine.by_hand import Floats, central_world, policy, promise_kept

INDUCEMENTS = tuple(spec.LEVERS[lever] for lever in spec.INDUCEMENTS)
NOISE = 2e-3  # points; rounding of 32 bits, and more than the binding of a first tenth of one small lever
SHORT_OF_UKRAINE = tuple(lever for lever in INDUCEMENTS if lever != "ukraine")
NEVER_REVERSED = "C6"


def uniform(dose: int, clarity: int = 80, allies: int = 60) -> Scenario:
    """Every inducement at the same dose, on the terms of the opening hand."""
    inducements = dict.fromkeys(INDUCEMENTS, dose)
    return set_values(load_scenario("status-quo"), {**inducements, "clarity": clarity, "allies": allies})


def outcome(
    scenario: Scenario | str,
    worldview: str,
    name: str = "shift",
    structure: str = "base",
    members: int = 1000,
    assumptions: Assumptions | None = None,
) -> Floats:
    """An outcome of the last year, world by world."""
    result = run(scenario, worldview, members=members, structure=structure, assumptions=assumptions)
    values: Floats = result.outcome(name)[0]
    return values


def middle_shift(
    scenario: Scenario, worldview: str, structure: str = "base", assumptions: Assumptions | None = None
) -> float:
    return float(np.median(outcome(scenario, worldview, structure=structure, assumptions=assumptions)))


def steps(scenario: str, lever: str, worldview: str, name: str, structure: str) -> list[Floats]:
    """How an outcome changes in every world as one lever rises by tenths of its scale."""
    start = load_scenario(scenario)
    levels = [
        outcome(set_values(start, {lever: value}), worldview, name, structure, members=500)
        for value in range(0, 101, 10)
    ]
    return [after - before for before, after in pairwise(levels)]


def percent_range(values: Floats) -> list[float]:
    """Median, P10 and P90."""
    return [float(value) for value in np.percentile(values, [50, 10, 90])]


# ---- the two reference rows of version 1: independent draws, and no grudge after a reversal


@pytest.fixture(scope="module")
def opening_hand() -> Result:
    return run("opening-hand", ("op-ed", "sceptic"), members=4000, structure="C11", assumptions=promise_kept())


@pytest.mark.parametrize(
    ("worldview", "shift", "tolerance", "baseline", "reversed_"),
    [
        ("op-ed", (-19.0, -27.2, -9.3), 0.8, (71.3, 66.8, 75.6), 26),
        ("sceptic", (0.8, 0.2, 1.9), 0.15, (71.3, 66.6, 75.7), 96),
    ],
)
def test_the_opening_hand_gives_the_reference_row(
    opening_hand: Result,
    worldview: str,
    shift: tuple[float, ...],
    tolerance: float,
    baseline: tuple[float, ...],
    reversed_: int,
) -> None:
    place = opening_hand.worldviews.index(worldview)
    assert percent_range(opening_hand.outcome("shift")[place]) == pytest.approx(shift, abs=tolerance)
    assert percent_range(opening_hand.outcome("baseline")[place]) == pytest.approx(baseline, abs=0.5)
    assert 100 * opening_hand.reversed_share[place] == pytest.approx(reversed_, abs=3)


# ---- no levers


@pytest.mark.parametrize("structure", ["base", "ensemble", "C8"])
@pytest.mark.parametrize("start", [2021, 2024])
def test_no_levers_shift_nothing_in_any_world(start: int, structure: str) -> None:
    result = run(set_values(load_scenario("status-quo"), {"start": start}), structure=structure)
    assert not result.shift.any()
    assert not result.domain_shift.any()
    assert not result.reversed_share.any()


def test_terms_without_offers_shift_nothing_in_any_world() -> None:
    result = run(uniform(0, clarity=100, allies=100))
    assert not result.shift.any()
    assert result.outcome("doubt") == pytest.approx(15)
    assert result.outcome("nato_cohesion") == pytest.approx(70)


def test_the_no_lever_run_rises_in_more_than_99_of_100_worlds() -> None:
    composite = run("status-quo", members=2000).no_lever.composite
    risen = (composite[-1] > composite[0]).mean(axis=-1)
    assert (risen > 0.99).all(), risen


# ---- the op-ed's worldview


@pytest.mark.parametrize("scenario", ["limited-dialogue", "opening-hand", "grand-bargain"])
@pytest.mark.parametrize("lever", [*INDUCEMENTS, "clarity"])
def test_in_the_op_ed_alignment_never_rises_with_an_inducement_or_clarity(scenario: str, lever: str) -> None:
    for change in steps(scenario, lever, "op-ed", "level", NEVER_REVERSED):
        assert change.max() <= NOISE
        assert np.median(change) < -0.05


@pytest.mark.parametrize("lever", INDUCEMENTS)
def test_in_the_op_ed_alignment_never_rises_with_an_inducement_on_its_own(lever: str) -> None:
    for change in steps("status-quo", lever, "op-ed", "level", NEVER_REVERSED):
        assert change.max() <= NOISE
        assert np.median(change) < 0


def test_in_the_op_ed_the_first_30_percent_of_a_dose_buy_more_than_twice_the_last_30() -> None:
    full = middle_shift(uniform(100), "op-ed")
    first, last = middle_shift(uniform(30), "op-ed"), full - middle_shift(uniform(70), "op-ed")
    assert first < 2 * last < 0


def test_in_the_op_ed_half_the_dose_buys_more_than_60_percent_of_the_full_effect() -> None:
    assert middle_shift(uniform(50), "op-ed") < 0.6 * middle_shift(uniform(100), "op-ed") < -10


# ---- the midpoint's threshold


def test_in_the_midpoint_half_the_dose_buys_less_than_30_percent_of_the_full_effect() -> None:
    half, full = middle_shift(uniform(50), "midpoint"), middle_shift(uniform(100), "midpoint")
    assert 0 > half > 0.3 * full
    assert full < -3


def test_in_one_central_midpoint_world_reciprocity_is_s_shaped_over_the_dose() -> None:
    """z = 0, no jitter, no shock, never reversed; clarity 90, assurances 60, levels of 2021, tenth year."""
    world = central_world("midpoint")
    got = [
        float(simulate(world, policy(*[dose] * 5, allies=0.6, clarity=0.9, ramp=2)).reciprocity[-1, 0, 0])
        for dose in (0, 0.25, 0.5, 0.75, 1)
    ]
    assert got == pytest.approx([0, 0.19, 0.57, 0.85, 0.93], abs=0.0051)
    gains = np.diff(got)
    assert gains[0] < gains[1] > gains[2] > gains[3] > 0


def test_in_the_midpoint_low_doses_can_be_adverse_because_binding_comes_first_and_promises_break() -> None:
    def worse(dose: int, structure: str = "base", assumptions: Assumptions | None = None) -> float:
        shift = outcome(uniform(dose), "midpoint", structure=structure, assumptions=assumptions)
        return float((shift > 0).mean())

    assert worse(5) > 0.6
    assert worse(100) < 0.35
    # each of the two is enough, and without both no world is worse off
    assert worse(5, assumptions=promise_kept()) > 0.4
    assert worse(5, "C4") > 0.4
    assert worse(5, "C4", promise_kept()) < 0.02


@pytest.mark.parametrize("dose", [25, 50, 100])
@pytest.mark.parametrize("clarity", [25, 50, 100])
def test_in_the_midpoint_clarity_and_offers_are_super_additive(dose: int, clarity: int) -> None:
    for assumptions in (catalog(), promise_kept()):
        both, offers, terms = (
            middle_shift(uniform(*package, allies=0), "midpoint", assumptions=assumptions)
            for package in ((dose, clarity), (dose, 0), (0, clarity))
        )
        assert both < offers + terms - 0.03
    assert both < 1.5 * (offers + terms) < 0  # where no grudge makes offers on their own adverse


# ---- every worldview


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
@pytest.mark.parametrize("lever", SHORT_OF_UKRAINE)
@pytest.mark.parametrize("scenario", ["status-quo", "opening-hand"])
def test_nato_cohesion_falls_with_inducements(scenario: str, lever: str, worldview: str) -> None:
    """Not with the Ukraine track on top of other offers: that one also mitigates (equation 8)."""
    for change in steps(scenario, lever, worldview, "nato_cohesion", NEVER_REVERSED):
        assert np.median(change) < 0


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
def test_nato_cohesion_falls_with_all_inducements_together(worldview: str) -> None:
    cohesion = [outcome(uniform(dose), worldview, "nato_cohesion", NEVER_REVERSED) for dose in (0, 25, 50, 75)]
    for before, after in pairwise(cohesion):
        assert np.median(after - before) < 0
    assert cohesion[-1].max() <= 70
    first_step = steps("status-quo", "ukraine", worldview, "nato_cohesion", NEVER_REVERSED)[0]
    assert np.median(first_step) < 0


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
@pytest.mark.parametrize("scenario", ["opening-hand", "grand-bargain"])
def test_nato_cohesion_rises_with_assurances(scenario: str, worldview: str) -> None:
    for change in steps(scenario, "allies", worldview, "nato_cohesion", NEVER_REVERSED):
        assert change.min() > -NOISE
        assert np.median(change) > 0.05


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
@pytest.mark.parametrize("lever", INDUCEMENTS)
def test_beijings_doubt_rises_with_dialogue(lever: str, worldview: str) -> None:
    for scenario in ("status-quo", "opening-hand"):
        for change in steps(scenario, lever, worldview, "doubt", NEVER_REVERSED):
            assert change.min() >= -NOISE
            assert np.median(change) > 0.01


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
@pytest.mark.parametrize("scenario", ["opening-hand", "grand-bargain", "giveaway", "economic-reset"])
def test_full_preconditions_reduce_every_effect_on_alignment_to_below_one_point(scenario: str, worldview: str) -> None:
    result = run(set_values(load_scenario(scenario), {"precond": 100}), worldview)
    values = result.to_dict()["worldviews"][worldview]
    for effect in (values["shift"], *values["domains"].values()):
        assert all(abs(value) < 1 for value in effect.values())


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
def test_waiting_shrinks_the_effect(worldview: str) -> None:
    """On average over worlds; the median of the midpoint is too near to nil to show it year by year."""
    opening = load_scenario("opening-hand")
    sizes = [float(abs(outcome(set_values(opening, {"onset": onset}), worldview)).mean()) for onset in range(12)]
    for sooner, later in pairwise(sizes[:11]):
        assert later < sooner
    assert sizes[10:] == [0, 0]


def test_waiting_shrinks_the_median_effect_of_the_op_ed() -> None:
    opening = load_scenario("opening-hand")
    shifts = [middle_shift(set_values(opening, {"onset": onset}), "op-ed") for onset in range(0, 11, 2)]
    assert shifts == sorted(shifts)
    assert shifts[0] < 1.5 * shifts[3] < 0


def test_more_pressure_on_both_drives_them_together_and_less_lets_them_drift() -> None:
    status_quo = load_scenario("status-quo")
    for worldview in catalog().worldviews:
        squeezed = middle_shift(load_scenario("squeeze-both"), worldview)
        relaxed = middle_shift(set_values(status_quo, {"pressure_russia": 40, "pressure_china": 40}), worldview)
        assert relaxed < 0 < squeezed, worldview


def test_a_changed_pressure_in_an_analogue_is_part_of_its_shift() -> None:
    """The no-lever run of an analogue has the pressure of its era, of which the two levers are shares."""
    lock_in = load_scenario("lock-in-2022")
    assert not run(lock_in).outcome("shift").any()
    eased = run(set_values(lock_in, {"pressure_russia": 60, "pressure_china": 60})).outcome("shift")
    assert np.median(eased) < -0.5


# ---- section 5: what each structural choice does to the opening hand, under version 1's draws and without a grudge


@pytest.mark.parametrize(
    ("choice", "op_ed", "midpoint", "sceptic"),
    [
        ("C1", -21, -2.2, 0.9),
        ("C2", -10, -0.2, 0.9),
        ("C3", -9, -0.3, 0.9),
        ("C4", -19, -2.1, -0.1),
        ("C5", -18, -1.1, 0.9),
        ("C6", -19, -2.2, 1.9),
        ("C7", -15, -0.4, 0.9),
        ("C8", -16, -2.0, 1.8),
    ],
)
def test_a_switched_choice_moves_the_median_as_the_table_of_disputes_says(
    choice: str, op_ed: float, midpoint: float, sceptic: float
) -> None:
    """The table's own base is -18 / -.7 / +.9; compared is how far each switch moves it."""
    wanted = {"op-ed": (op_ed + 18, 1), "midpoint": (midpoint + 0.7, 0.4), "sceptic": (sceptic - 0.9, 0.3)}
    opening = load_scenario("opening-hand")
    for worldview, (move, tolerance) in wanted.items():
        switched, base = (middle_shift(opening, worldview, how, promise_kept()) for how in (f"C11,{choice}", "C11"))
        assert switched - base == pytest.approx(move, abs=tolerance), worldview


def test_without_its_threshold_the_op_eds_case_is_weaker() -> None:
    """The correction of model-2.md: -19 to -10."""
    opening = load_scenario("opening-hand")
    shifts = [middle_shift(opening, "op-ed", structure) for structure in ("base", "C2")]
    assert shifts == pytest.approx([-19, -10], abs=1)


def test_the_ensemble_gives_the_sceptic_hardly_a_world_in_which_the_wedge_works() -> None:
    """Measured in model-2.md: 0 of 100 worlds at -5 or lower."""
    assert (outcome("opening-hand", "sceptic", structure="ensemble") <= -5).mean() < 0.005

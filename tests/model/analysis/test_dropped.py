"""Lost if dropped: a package against itself with one lever back at neutral, world by world."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Result, catalog, load_scenario, run
from model.analysis import dropped
from model.analysis.dropped import Dropped, dropped_by_world, dropped_of
from model.assumptions.scenario import limits, moved, set_values
from model.assumptions.schema import Scenario
from model.engine import simulate as simulating
from model.engine.policy import Policy
from model.engine.results import percentiles
from model.engine.simulate import State, last_year
from model.engine.worlds import Worlds
from tests.model.engine.by_hand import Floats

LEVERS = tuple(catalog().levers)
NEUTRAL = {key: lever.neutral for key, lever in catalog().levers.items()}
ALL_TEN = {"precond": 20, "pressure_russia": 60, "pressure_china": 140}  # on top of the opening hand
MOST_RUNS = 12


def at(**levers: int) -> Scenario:
    """The status quo with some settings changed."""
    return set_values(load_scenario("status-quo"), levers)


def lost(with_it: Scenario, lever: str, **how: object) -> Floats:
    """The shift of a package less that of a second run without one lever, both as `run` gives them."""
    package, without = (
        run(scenario, **how).outcome("shift").astype(float)  # type: ignore[arg-type]
        for scenario in (with_it, set_values(with_it, {lever: NEUTRAL[lever]}))
    )
    return package - without


@st.composite
def some_levers(draw: st.DrawFn, most: int = 4) -> dict[str, int]:
    """Some levers, each anywhere within its limits."""
    keys = draw(st.lists(st.sampled_from(LEVERS), max_size=most, unique=True))
    return {key: draw(st.integers(*limits(key))) for key in keys}


# ---- worked by hand


def test_the_loss_of_two_levers_in_three_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package less what is left without a lever.

    The op-ed: both -6, -6, -12. Without NATO talks 0, -1, 1 are left, so -6, -5, -13 are lost: in order -13, -6, -5, of
    which the 10th percentile lies a fifth of the way from first to second, -11.6, and the 90th four fifths from second
    to third, -5.2. Without clarity -2, -4, -6 are left, so -4, -2, -6 are lost.
    The sceptic: both 0, 2, 1. Without NATO talks 1, 1, 1 are left: -1, 1, 0. Without clarity 0, 0, 3: 0, 2, -2.
    """
    nato, clarity = frozenset({"nato"}), frozenset({"clarity"})
    shifts = {
        nato | clarity: np.array([[-6.0, -6, -12], [0, 2, 1]]),
        clarity: np.array([[0.0, -1, 1], [1, 1, 1]]),
        nato: np.array([[-2.0, -4, -6], [0, 0, 3]]),
    }

    def worked(_result: Result, coalitions: list[frozenset[str]]) -> dict[frozenset[str], Floats]:
        assert coalitions == [nato | clarity, clarity, nato]
        return shifts

    monkeypatch.setattr(dropped, "coalition_shifts", worked)
    result = run(at(nato=60, clarity=80), ("op-ed", "sceptic"), members=3)
    op_ed, sceptic = dropped_of(result)
    assert (op_ed.worldview, sceptic.worldview) == ("op-ed", "sceptic")
    assert op_ed.p50 == {"nato": -6, "clarity": -4}
    assert op_ed.p10 == pytest.approx({"nato": -11.6, "clarity": -5.6})
    assert op_ed.p90 == pytest.approx({"nato": -5.2, "clarity": -2.4})
    assert sceptic.p50 == {"nato": 0, "clarity": 0}
    assert sceptic.p10 == pytest.approx({"nato": -0.8, "clarity": -1.6})
    assert sceptic.p90 == pytest.approx({"nato": 0.8, "clarity": 1.6})
    with pytest.raises(FrozenInstanceError):
        op_ed.p50 = {}  # type: ignore[misc]


# ---- against two runs of their own


@pytest.mark.parametrize(
    ("scenario", "seed", "structure"),
    [
        (load_scenario("opening-hand"), 7, "base"),
        (load_scenario("grand-bargain"), 8, "C1,C4"),
        (set_values(load_scenario("opening-hand"), {**ALL_TEN, "onset": 2, "ramp": 3, "horizon": 6}), 3, "ensemble"),
        (load_scenario("squeeze-both"), 7, "C6"),
        (load_scenario("reset-2009"), 7, "base"),
        (set_values(load_scenario("lock-in-2022"), {"pressure_russia": 50, "nato": 50}), 5, "C2"),
    ],
    ids=lambda value: value.name if isinstance(value, Scenario) else str(value),
)
def test_what_is_lost_is_the_difference_of_two_runs_bit_for_bit(scenario: Scenario, seed: int, structure: str) -> None:
    result = run(scenario, members=20, seed=seed, structure=structure)
    found = dropped_by_world(result)
    assert tuple(found) == moved(scenario, catalog())
    for lever, values in found.items():
        assert values.shape == (len(result.worldviews), 20)
        assert values.dtype == float
        assert np.array_equal(values, lost(scenario, lever, members=20, seed=seed, structure=structure)), lever
    for w, one in enumerate(dropped_of(result)):
        assert one.worldview == result.worldviews[w]
        spread = {lever: percentiles(values) for lever, values in found.items()}
        for name, told in (("p10", one.p10), ("p50", one.p50), ("p90", one.p90)):
            assert told == {lever: values[name][w] for lever, values in spread.items()}


# ---- what holds for every package


@given(some_levers(), st.sampled_from(["base", "ensemble", "C1,C2"]), st.integers(0, 3), st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_a_lever_at_neutral_has_no_entry_and_each_other_is_the_difference_of_two_runs(
    levers: dict[str, int], structure: str, onset: int, seed: int
) -> None:
    scenario = at(**levers, onset=onset, horizon=5)
    found = dropped_by_world(run(scenario, members=5, seed=seed, structure=structure))
    assert list(found) == [key for key in LEVERS if levers.get(key, NEUTRAL[key]) != NEUTRAL[key]]
    for lever, values in found.items():
        assert np.array_equal(values, lost(scenario, lever, members=5, seed=seed, structure=structure)), lever


@given(st.sampled_from(LEVERS), st.data(), st.sampled_from(["base", "ensemble", "C3,C6"]))
@settings(max_examples=20, deadline=None)
def test_with_one_lever_moved_the_whole_shift_is_lost(lever: str, data: st.DataObject, structure: str) -> None:
    value = data.draw(st.integers(*limits(lever)).filter(lambda value: value != NEUTRAL[lever]))
    result = run(at(**{lever: value}, horizon=5), members=11, structure=structure)
    shift = result.outcome("shift").astype(float)
    assert np.array_equal(dropped_by_world(result)[lever], shift)
    for w, one in enumerate(dropped_of(result)):
        assert (one.p10[lever], one.p50[lever], one.p90[lever]) == tuple(
            float(values[w]) for values in percentiles(shift).values()
        )


@given(some_levers(most=6), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_levers_is_of_no_account(levers: dict[str, int], random: Random) -> None:
    scenario = at(**levers, horizon=4)
    shuffled = list(scenario.levers)
    random.shuffle(shuffled)
    other = scenario.model_copy(update={"levers": {key: scenario.levers[key] for key in shuffled}})
    found = dropped_of(run(other, members=5))
    assert found == dropped_of(run(scenario, members=5))
    assert list(found[0].p50) == [key for key in LEVERS if key in found[0].p50]  # that of the catalog


@given(some_levers(), st.integers(0, 9))
@settings(max_examples=10, deadline=None)
def test_what_is_lost_rises_from_the_10th_to_the_90th_percentile(levers: dict[str, int], seed: int) -> None:
    for one in dropped_of(run(at(**levers, horizon=5), members=20, seed=seed)):
        assert list(one.p10) == list(one.p50) == list(one.p90)
        assert all(one.p10[lever] <= one.p50[lever] <= one.p90[lever] for lever in one.p50)


def test_the_status_quo_has_nothing_to_lose() -> None:
    assert dropped_of(run("status-quo", "op-ed", members=3)) == (Dropped("op-ed", {}, {}, {}),)


def test_without_the_only_offer_the_shift_is_lost_and_the_terms_alone_cost_nothing() -> None:
    result = run(at(nato=60, clarity=80, allies=40), members=20)
    found, shift = dropped_by_world(result), result.outcome("shift").astype(float)
    assert np.array_equal(found["nato"], shift)
    assert np.array_equal(dropped_by_world(run(at(clarity=80), members=20))["clarity"], np.zeros_like(shift))


# ---- what it costs


def test_ten_levers_take_no_more_runs_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[tuple[float, ...]] = []

    def counted(worlds: Worlds, policy: Policy, inducements: list[tuple[float, ...]]) -> State:
        runs.extend(inducements)
        return last_year(worlds, policy, inducements)

    everything = run(set_values(load_scenario("opening-hand"), ALL_TEN), members=2)
    assert moved(everything.scenario, catalog()) == LEVERS
    monkeypatch.setattr(simulating, "last_year", counted)
    assert tuple(dropped_by_world(everything)) == LEVERS
    assert len(runs) == len(LEVERS) <= MOST_RUNS

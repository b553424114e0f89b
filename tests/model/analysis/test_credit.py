"""Credit: Shapley values on games worked by hand, and of the model's levers in the worlds that `run` uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import InputError, catalog, load_scenario, run
from model.analysis.coalitions import in_effect
from model.analysis.credit import Credit, credits_by_world, credits_of, shapley
from model.assumptions.scenario import limits, moved, set_values
from model.assumptions.schema import Scenario
from model.engine import simulate as simulating
from model.engine.policy import Policy, no_lever_policy, policy_of
from model.engine.results import percentiles
from model.engine.simulate import State, last_year, simulate
from model.engine.worlds import Worlds
from tests.model.engine.by_hand import Floats

ROUNDING = 1e-9  # points, of sums in 64 bits
Game = dict[frozenset[str], Floats]
STRUCTURES = ("base", "ensemble", *catalog().structure.choices)
LEVERS = tuple(catalog().levers)
TERMS = tuple(key for key, lever in catalog().levers.items() if lever.group in ("terms", "allies"))
NEUTRAL = {key: lever.neutral for key, lever in catalog().levers.items()}


def game(players: str, worth: Callable[[frozenset[str]], float]) -> Game:
    """The value of every coalition of players named by one letter each."""
    coalitions = [frozenset(c) for size in range(len(players) + 1) for c in combinations(players, size)]
    return {coalition: np.array([worth(coalition)]) for coalition in coalitions}


def values_of(players: str, worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    return {player: float(value[0]) for player, value in shapley(players, game(players, worth)).items()}


def at(**levers: int) -> Scenario:
    """The status quo with some settings changed."""
    return set_values(load_scenario("status-quo"), levers)


@st.composite
def games(draw: st.DrawFn) -> tuple[str, Game]:
    """Up to five players and any value in two worlds for every coalition."""
    players = "abcde"[: draw(st.integers(0, 5))]
    points = st.floats(-50, 50)
    return players, {coalition: np.array([draw(points), draw(points)]) for coalition in game(players, len)}


# ---- the arithmetic, on games worked by hand


def test_in_an_additive_game_each_player_earns_its_own_worth() -> None:
    worth = {"a": 3.0, "b": -2.0, "c": 0.5, "d": 0.0}
    assert values_of("abcd", lambda c: sum(worth[player] for player in c)) == pytest.approx(worth)


def test_in_the_glove_game_the_one_right_glove_earns_two_thirds() -> None:
    """A pair is worth 1; a and b hold a left glove each, c the only right one."""
    earned = values_of("abc", lambda c: float("c" in c and bool(c & {"a", "b"})))
    assert earned == pytest.approx({"a": 1 / 6, "b": 1 / 6, "c": 2 / 3})


def test_in_a_game_that_needs_everyone_all_earn_the_same() -> None:
    assert values_of("abcde", lambda c: 10.0 * (len(c) == 5)) == pytest.approx(dict.fromkeys("abcde", 2.0))


def test_a_player_that_adds_nothing_earns_nothing() -> None:
    earned = values_of("abn", lambda c: float(len(c - {"n"}) ** 2))
    assert earned == pytest.approx({"a": 2, "b": 2, "n": 0})


def test_no_players_earn_nothing() -> None:
    assert shapley((), {frozenset(): np.zeros(3)}) == {}


def test_a_coalition_without_a_value_is_an_error() -> None:
    incomplete = game("ab", len)
    del incomplete[frozenset("ab")]
    with pytest.raises(KeyError):
        shapley("ab", incomplete)


@given(games())
def test_credits_add_up_to_the_worth_of_all_minus_that_of_none(drawn: tuple[str, Game]) -> None:
    players, value = drawn
    total = sum(shapley(players, value).values(), np.zeros(2))
    assert total == pytest.approx(value[frozenset(players)] - value[frozenset()], abs=ROUNDING)


@given(games())
@settings(max_examples=40)
def test_a_credit_is_the_mean_over_all_orders_of_joining(drawn: tuple[str, Game]) -> None:
    players, value = drawn
    earned = shapley(players, value)
    for player in players:
        added = []
        for order in permutations(players):
            before = frozenset(order[: order.index(player)])
            added.append(value[before | {player}] - value[before])
        assert earned[player] == pytest.approx(np.mean(added, axis=0), abs=ROUNDING)


@given(games(), st.randoms(use_true_random=False))
def test_the_order_in_which_players_are_listed_changes_no_credit(drawn: tuple[str, Game], random: Random) -> None:
    players, value = drawn
    shuffled = list(players)
    random.shuffle(shuffled)
    first, second = shapley(players, value), shapley(shuffled, value)
    for player in players:
        assert first[player] == pytest.approx(second[player], abs=ROUNDING)


@given(games())
def test_players_with_identical_roles_earn_the_same(drawn: tuple[str, Game]) -> None:
    """a and b are made alike: a coalition with one of them is worth what it is with the other."""
    players, value = drawn
    if len(players) < 2:
        return
    swap = str.maketrans("ab", "ba")
    alike = {c: value[c] + value[frozenset("".join(c).translate(swap))] for c in value}
    earned = shapley(players, alike)
    assert earned["a"] == pytest.approx(earned["b"], abs=ROUNDING)


@given(games(), st.floats(-3, 3))
def test_credits_are_linear_in_the_values(drawn: tuple[str, Game], scale: float) -> None:
    players, value = drawn
    squared = {c: array**2 / 50 for c, array in value.items()}
    both = shapley(players, {c: value[c] + scale * squared[c] for c in value})
    one, other = shapley(players, value), shapley(players, squared)
    for player in players:
        assert both[player] == pytest.approx(one[player] + scale * other[player], abs=ROUNDING)


# ---- the levers of the model


@st.composite
def some_levers(draw: st.DrawFn) -> dict[str, int]:
    """Up to four levers, each anywhere within its limits."""
    keys = draw(st.lists(st.sampled_from(LEVERS), max_size=4, unique=True))
    return {key: draw(st.integers(*limits(key))) for key in keys}


@given(
    some_levers(),
    st.sampled_from(["base", "ensemble", "C1,C2"]),
    st.integers(0, 3),
    st.integers(1, 4),
    st.integers(0, 9),
)
@settings(max_examples=20, deadline=None)
def test_credits_add_up_in_every_world_and_over_worlds(
    levers: dict[str, int], structure: str, onset: int, ramp: int, seed: int
) -> None:
    scenario = at(**levers, onset=onset, ramp=ramp, horizon=6)
    by_world = credits_by_world(scenario, members=20, seed=seed, structure=structure)
    own = run(scenario, members=20, seed=seed, structure=structure).outcome("shift")
    assert np.array_equal(by_world.shift, own)
    total = sum(by_world.credit.values(), np.zeros_like(by_world.shift))
    assert total == pytest.approx(by_world.shift, abs=ROUNDING)
    alone = sum(by_world.alone.values(), np.zeros_like(by_world.shift))
    assert alone + by_world.interaction == pytest.approx(by_world.shift, abs=ROUNDING)
    for place, one in enumerate(credits_of(scenario, members=20, seed=seed, structure=structure)):
        assert one.worldview == by_world.worldviews[place]
        assert one.shift == pytest.approx(float(own[place].mean(dtype=float)), abs=ROUNDING)
        assert sum(one.credit.values()) == pytest.approx(one.shift, abs=ROUNDING)
        assert sum(one.alone.values()) + one.interaction == pytest.approx(one.shift, abs=ROUNDING)


@given(some_levers())
@settings(max_examples=20, deadline=None)
def test_levers_at_neutral_have_no_entry(levers: dict[str, int]) -> None:
    off_neutral = [key for key in LEVERS if levers.get(key, NEUTRAL[key]) != NEUTRAL[key]]
    assert list(moved(at(**levers), catalog())) == off_neutral
    (one,) = credits_of(at(**levers), "op-ed", members=3)
    assert list(one.credit) == list(one.alone) == list(one.credit_median) == off_neutral


@pytest.fixture(scope="module")
def opening_hand() -> tuple[Credit, ...]:
    return credits_of("opening-hand", members=100)


def test_the_same_seed_gives_the_same_credits_and_another_seed_others(opening_hand: tuple[Credit, ...]) -> None:
    assert credits_of("opening-hand", members=100) == opening_hand
    small = at(nato=50, clarity=80)
    assert credits_of(small, members=20, seed=8) != credits_of(small, members=20)


def test_there_is_one_credit_a_worldview_and_a_worldview_alone_has_the_same(opening_hand: tuple[Credit, ...]) -> None:
    assert [one.worldview for one in opening_hand] == list(catalog().worldviews)
    (alone,) = credits_of("opening-hand", "midpoint", members=100)
    together = next(one for one in opening_hand if one.worldview == "midpoint")
    assert alone.shift == pytest.approx(together.shift, abs=1e-4)
    assert alone.credit == pytest.approx(together.credit, abs=1e-4)


def test_what_a_lever_does_alone_is_the_run_with_that_lever_only() -> None:
    changes = {"onset": 2, "ramp": 3, "horizon": 8, "start": 2024, "pressure_russia": 60}
    scenario = set_values(load_scenario("opening-hand"), changes)
    by_world = credits_by_world(scenario, members=20)
    for lever, alone in by_world.alone.items():
        others = {key: neutral for key, neutral in NEUTRAL.items() if key != lever}
        assert np.array_equal(alone, run(set_values(scenario, others), members=20).outcome("shift")), lever


def test_two_levers_share_the_shift_as_worked_by_hand() -> None:
    both, offer = at(nato=60, clarity=80), at(nato=60)
    (one,) = credits_of(both, "op-ed", members=50)
    together, alone = (run(s, "op-ed", members=50).outcome("shift").mean(dtype=float) for s in (both, offer))
    assert one.credit["clarity"] == pytest.approx((together - alone) / 2, abs=1e-6)
    assert one.credit["nato"] == pytest.approx((together + alone) / 2, abs=1e-6)
    assert one.alone == pytest.approx({"nato": float(alone), "clarity": 0}, abs=1e-6)
    assert one.interaction == pytest.approx(float(together - alone), abs=1e-6)


def test_medians_are_those_of_the_worlds() -> None:
    by_world = credits_by_world(at(nato=60, clarity=80), members=31)
    for place, one in enumerate(credits_of(at(nato=60, clarity=80), members=31)):
        assert one.shift_median == percentiles(by_world.shift)["p50"][place]
        assert one.credit_median == {k: percentiles(v)["p50"][place] for k, v in by_world.credit.items()}


def test_in_the_op_ed_clarity_earns_much_although_it_does_nothing_alone(opening_hand: tuple[Credit, ...]) -> None:
    one = next(one for one in opening_hand if one.worldview == "op-ed")
    assert one.alone["clarity"] == 0
    assert one.credit["clarity"] < 0.15 * one.shift < -2
    assert one.interaction < 0.5 * one.shift


def test_the_status_quo_has_nothing_to_credit() -> None:
    for one in credits_of("status-quo", members=5):
        assert (one.shift, one.credit, one.alone, one.interaction) == (0, {}, {}, 0)


def test_a_single_lever_earns_the_whole_shift() -> None:
    for one in credits_of(at(mil=70), members=20):
        assert one.credit == one.alone == {"mil": one.shift}
        assert one.interaction == 0


def test_two_pressures_that_are_alike_share_their_shift_in_halves() -> None:
    """Neither's part in a geometric mean is told from the other's. Alone each gives sqrt(1.6) = 1.26 instead of 1.6."""
    for one in credits_of("squeeze-both", members=50):
        assert list(one.credit) == ["pressure_russia", "pressure_china"]
        assert one.shift > 0
        assert list(one.credit.values()) == pytest.approx([one.shift / 2] * 2, abs=1e-4)
        assert one.alone["pressure_russia"] == pytest.approx(one.alone["pressure_china"], abs=1e-4)
        assert one.interaction == pytest.approx(one.shift - 2 * one.alone["pressure_russia"], abs=1e-4)
        assert one.interaction > 0  # 0.6 is more than twice 0.265


def test_two_pressures_that_cancel_have_opposite_credits() -> None:
    """0.5 and 2 have the mean 1, so nothing is shifted; easing on Russia earns what squeezing China costs.

    With R the shift at sqrt(0.5) and C that at sqrt(2), easing earns (R + 0 - C)/2 and squeezing (C + 0 - R)/2.
    """
    for one in credits_of(at(pressure_russia=50, pressure_china=200), members=50):
        assert one.shift == pytest.approx(0, abs=1e-4)
        eased, squeezed = one.alone["pressure_russia"], one.alone["pressure_china"]
        assert eased < 0 < squeezed
        wanted = {"pressure_russia": (eased - squeezed) / 2, "pressure_china": (squeezed - eased) / 2}
        assert one.credit == pytest.approx(wanted, abs=1e-4)
        assert one.interaction == pytest.approx(-eased - squeezed, abs=1e-4)


@pytest.mark.parametrize("pressure", ["pressure_russia", "pressure_china"])
def test_a_pressure_beside_an_offer_is_a_player(pressure: str) -> None:
    scenario = at(**{"nato": 50, pressure: 60})
    (one,) = credits_of(scenario, "op-ed", members=20)
    both, nato, alone = (
        float(run(each, "op-ed", members=20).outcome("shift").mean(dtype=float))
        for each in (scenario, at(nato=50), at(**{pressure: 60}))
    )
    assert one.alone == pytest.approx({"nato": nato, pressure: alone}, abs=1e-6)
    wanted = {"nato": (nato + both - alone) / 2, pressure: (alone + both - nato) / 2}
    assert one.credit == pytest.approx(wanted, abs=1e-6)


def test_ten_players_add_up() -> None:
    changes = {"precond": 20, "pressure_russia": 60, "pressure_china": 140, "horizon": 4}
    everything = set_values(load_scenario("opening-hand"), changes)
    by_world = credits_by_world(everything, "op-ed", members=5)
    assert tuple(by_world.credit) == LEVERS
    assert len(LEVERS) == 10
    assert sum(by_world.credit.values(), np.zeros(1)) == pytest.approx(by_world.shift, abs=ROUNDING)


def test_the_era_s_pressure_of_an_analogue_is_no_player_and_a_change_of_it_is() -> None:
    """Its no-lever run has the pressure of the era, even where that rises from year to year."""
    for name in ("lock-in-2022", "dual-competition-2014"):
        scenario = load_scenario(name)
        assert moved(scenario, catalog()) == ()
        (one,) = credits_of(set_values(scenario, {"pressure_russia": 50, "nato": 50}), members=20)
        assert list(one.credit) == ["nato", "pressure_russia"]
        assert one.credit["pressure_russia"] < 0
        assert sum(one.credit.values()) == pytest.approx(one.shift, abs=ROUNDING)


# ---- what is not run


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize(("russia", "china"), [(100, 100), (160, 160), (40, 130)])
def test_without_an_offer_terms_and_assurances_leave_every_level_exactly_as_it_is(
    structure: str, russia: int, china: int
) -> None:
    """Bit for bit, in all domains, years and worlds, at any pressures; this is why such coalitions are run once."""
    pressures = {"pressure_russia": russia, "pressure_china": china, "horizon": 5}
    for value, onset in ((100, 0), (37, 2)):
        bare = run(at(**pressures, onset=onset), members=20, structure=structure)
        for size in range(1, len(TERMS) + 1):
            for terms in combinations(TERMS, size):
                policy = policy_of(at(**pressures, **dict.fromkeys(terms, value), onset=onset), catalog())
                levels = simulate(bare.run.worlds, policy).alignment
                assert np.array_equal(levels, bare.run.alignment), (terms, value)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_an_offer_that_starts_after_the_last_year_leaves_every_level_exactly_as_it_is(structure: str) -> None:
    late = set_values(load_scenario("grand-bargain"), {"onset": 6, "horizon": 6, "ramp": 1})
    result = run(late, members=20, structure=structure)
    assert np.array_equal(result.run.alignment, result.no_lever.alignment)
    in_time = run(set_values(late, {"onset": 5}), members=20, structure=structure)
    assert not np.array_equal(in_time.run.alignment, in_time.no_lever.alignment)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Policy]:
    """The policies that are simulated for coalitions, beside the scenario and its no-lever run."""
    policies: list[Policy] = []

    def counted(worlds: Worlds, policy: Policy, inducements: Sequence[tuple[float, ...]]) -> State:
        policies.extend(replace(policy, inducements=offers) for offers in inducements)
        return last_year(worlds, policy, inducements)

    monkeypatch.setattr(simulating, "last_year", counted)
    return policies


def test_no_coalition_is_run_twice(runs: list[Policy]) -> None:
    """Seven levers: 128 coalitions, of which 4 hold no offer and one is the scenario."""
    credits_by_world("opening-hand", "op-ed", members=2)
    assert len(runs) == len(set(runs)) == 128 - 4 - 1


def test_coalitions_that_cannot_differ_are_not_run(runs: list[Policy]) -> None:
    credits_by_world(at(clarity=50, allies=50, precond=50), members=2)
    credits_by_world(set_values(load_scenario("grand-bargain"), {"onset": 10}), members=2)
    assert runs == []
    credits_by_world(at(clarity=50, allies=50, pressure_russia=50), members=2)
    assert runs == []  # with the pressure all are the scenario's own run, without it the no-lever run
    credits_by_world(at(clarity=50, allies=50, pressure_russia=50, pressure_china=50), members=2)
    assert {(policy.pressure_russia, policy.pressure_china) for policy in runs} == {(0.5, 1), (1, 0.5)}
    assert len(runs) == 2  # each pressure by itself, whichever of the two terms goes with it


@pytest.mark.parametrize("structure", STRUCTURES)
def test_policies_side_by_side_give_what_each_gives_alone_bit_for_bit(structure: str) -> None:
    worlds = run(at(horizon=6), members=31, structure=structure).run.worlds
    common = policy_of(at(clarity=60, allies=40, precond=20, ramp=3, onset=1, horizon=6), catalog())
    offers = [(0.5, 0, 0, 0, 0), (0, 0, 0, 0, 0), (1, 0.35, 0.5, 0.75, 1), (0, 0.1, 0, 0, 0.9)]
    together = last_year(worlds, common, offers)
    for place, inducements in enumerate(offers):
        alone = simulate(worlds, replace(common, inducements=inducements)).states[-1]
        for side, one in zip(together, alone, strict=True):
            assert np.array_equal(side[..., place, :, :], one)


@pytest.mark.parametrize("batch", [1, 700, 10**9])
def test_credit_does_not_depend_on_how_many_runs_stand_side_by_side(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = credits_of("opening-hand", "op-ed", members=30)
    monkeypatch.setattr(simulating, "BATCH", batch)
    assert credits_of("opening-hand", "op-ed", members=30) == usual


def test_an_offer_is_never_mistaken_for_none() -> None:
    scenario = at(g8=1, onset=9)
    assert in_effect(policy_of(scenario, catalog())) == policy_of(scenario, catalog())
    late = replace(policy_of(scenario, catalog()), onset=10)
    assert in_effect(late) == no_lever_policy(scenario, catalog())


def test_a_pressure_is_never_mistaken_for_none() -> None:
    """Nor one that holds from the last year on only; one that would hold after it changes nothing."""
    scenario = at(clarity=50, pressure_china=101, onset=9)
    kept = in_effect(policy_of(scenario, catalog()))
    assert (kept.pressure_china, kept.onset, kept.clarity) == (1.01, 9, 0)
    late = replace(policy_of(scenario, catalog()), onset=10)
    assert in_effect(late) == no_lever_policy(scenario, catalog())


# ---- refusals


def test_wrong_names_and_numbers_are_refused() -> None:
    with pytest.raises(InputError, match="did you mean opening-hand"):
        credits_of("opening-hnd")
    with pytest.raises(InputError, match="did you mean sceptic"):
        credits_of("opening-hand", "skeptic")
    with pytest.raises(InputError, match="members is 0"):
        credits_of("opening-hand", members=0)
    with pytest.raises(InputError, match="structure names"):
        credits_of("opening-hand", structure="C99")

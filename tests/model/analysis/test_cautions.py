"""Cautions: each is raised by the package it is about and by no other, and what its reason says is so in the model."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import InputError, Result, analogues, catalog, load_scenario, presets, run
from model.analysis.cautions import BY_LAW, NAMES, RULES, Caution, cautions, load_wordings, wordings
from model.assumptions.catalog import DATA
from model.assumptions.scenario import set_values
from model.assumptions.schema import Scenario
from model.engine import equations as eq
from model.engine.policy import policy_of
from model.engine.results import OUTCOMES
from tests.model.engine.by_hand import Floats

often = settings(max_examples=300, deadline=None, database=None, derandomize=True)
rarely = settings(often, max_examples=25)

OFFERS = ("nato", "caatsa", "g8", "mil", "ukraine")
PRESSURES = ("pressure_russia", "pressure_china")
LEVERS = (*OFFERS, "clarity", "precond", "allies", *PRESSURES)
NEUTRAL = dict.fromkeys(LEVERS, 0) | dict.fromkeys(PRESSURES, 100)
NEVER_REVERSED = "C6"
ROUNDING = 2e-3  # points

near_the_stops = st.sampled_from([0, 0, 0, 1, 24, 25, 50, 51, 74, 75, 91, 92, 99, 100])
any_lever = near_the_stops | st.integers(0, 100)
any_pressure = st.sampled_from([99, 100, 100, 101]) | st.integers(0, 200)
any_context = {
    "start": st.sampled_from([2021, 2024]),
    "horizon": st.integers(1, 15),
    "onset": st.sampled_from([0, 0, 1]) | st.integers(0, 15),
    "ramp": st.sampled_from([1, 2]) | st.integers(1, 10),
}
any_levers = dict.fromkeys(LEVERS, any_lever) | dict.fromkeys(PRESSURES, any_pressure)
any_package = st.fixed_dictionaries(any_levers | any_context)
any_package_without_offers = st.fixed_dictionaries(
    {key: any_levers[key] for key in LEVERS if key not in OFFERS} | any_context
)
any_worldviews = st.sets(st.sampled_from(tuple(catalog().worldviews)), min_size=1).map(lambda keys: tuple(sorted(keys)))
any_structure = st.sampled_from(["base", "ensemble", "C2", "C8"])


def package(**values: int) -> Scenario:
    """The status quo with some settings changed."""
    return set_values(load_scenario("status-quo"), values)


def raised(scenario: Scenario, *worldviews: str) -> list[str]:
    """The cautions under some worldviews, or all that the scenario can be run in."""
    return [caution.key for caution in cautions(scenario, worldviews or None)]


def only(scenario: Scenario) -> Caution:
    """The single caution of a scenario under the op-ed, which is of its time and seldom drops what it offers."""
    (caution,) = cautions(scenario, ("op-ed",))
    return caution


def same(one: Result, other: Result, but: tuple[str, ...] = ()) -> bool:
    """Whether two results agree to the last bit in every world and outcome of the last year, but for those named."""
    names = [name for name in OUTCOMES if name not in but]
    reversed_ = np.array_equal(one.run.reversed, other.run.reversed)
    return reversed_ and all(np.array_equal(one.outcome(name), other.outcome(name)) for name in names)


# ---- which package raises which caution

# key: a package made for it, and the smallest change that takes it away
MADE_FOR: Mapping[str, tuple[dict[str, int], dict[str, int]]] = {
    "never_begins": ({"nato": 50, "clarity": 80, "allies": 60, "onset": 10}, {"onset": 8}),
    "never_in_full": ({"mil": 50, "clarity": 50, "onset": 5, "ramp": 6}, {"ramp": 5}),
    "asks_without_offers": ({"clarity": 1}, {"clarity": 0}),
    "preconditions_alone": ({"precond": 1}, {"precond": 0}),
    "assurances_alone": ({"allies": 1}, {"allies": 0}),
    "offers_held_back": ({"caatsa": 50, "clarity": 50, "precond": 92}, {"precond": 91}),
    "offers_unasked": ({"mil": 1, "clarity": 24}, {"clarity": 25}),
    "moscow_not_assured": ({"nato": 50, "clarity": 24, "allies": 25}, {"allies": 24}),
    "nato_over_allies": ({"nato": 1, "clarity": 50, "allies": 24}, {"allies": 25}),
    "ukraine_over_allies": ({"ukraine": 1, "clarity": 50, "allies": 24}, {"allies": 25}),
    "g8_without_ukraine": ({"g8": 51, "clarity": 50, "allies": 25, "ukraine": 24}, {"ukraine": 25}),
    "law_within_a_year": ({"caatsa": 75, "clarity": 50, "ramp": 1}, {"ramp": 2}),
    "pressure_beside_offers": ({"mil": 25, "clarity": 50, "pressure_russia": 101}, {"pressure_russia": 100}),
    # 0.3 and 80 of 100 of 0.25 are concrete to 0.5; talks on NATO are seen in full
    "broken_promise": ({"nato": 100, "caatsa": 80, "clarity": 50, "allies": 50}, {"caatsa": 79}),
    "worldview_out_of_its_time": ({"pressure_china": 101}, {"start": 2024}),
}


# The same rules written a second time, on plain numbers


def begins(v: Mapping[str, int]) -> bool:
    return v["horizon"] - v["onset"] > 0


def offered(v: Mapping[str, int]) -> int:
    """The largest offer that comes into force."""
    return max(v[key] for key in OFFERS) if begins(v) else 0


def moved(v: Mapping[str, int]) -> bool:
    return any(v[key] != NEUTRAL[key] for key in LEVERS)


def seen_and_concrete(v: Mapping[str, int]) -> bool:
    """Half or more of what is unseen of five offers, visible to 1, 0.3, 0.7, 0.8 and 0.9, and of what is concrete."""
    unseen = (100 - v["nato"]) * (1000 - 3 * v["caatsa"]) * (1000 - 7 * v["g8"])
    unseen *= (1000 - 8 * v["mil"]) * (1000 - 9 * v["ukraine"])
    concrete = 30 * v["nato"] + 25 * v["caatsa"] + 15 * (v["g8"] + v["mil"] + v["ukraine"])
    return 2 * unseen <= 100 * 1000**4 and concrete >= 5000


# Years after which an overture is more likely dropped than not by the central hazard at home: 0.95^14 = 0.49 in the
# op-ed, 0.73^3 = 0.39 in the sceptic, 0.76^3 = 0.44 under lock-in, 0.85^5 = 0.44 at the midpoint; a year less leaves
# 0.51, 0.53, 0.58 and 0.52. Every worldview minds a broken promise, if by little in the op-ed.
LIKELY_DROPPED = {"op-ed": 14, "sceptic": 3, "lock-in": 3, "midpoint": 5}

PREDICATES: Mapping[str, Callable[[Mapping[str, int], tuple[str, ...]], object]] = {
    "never_begins": lambda v, _: not begins(v) and moved(v),
    "never_in_full": lambda v, _: offered(v) and (v["horizon"] - v["onset"]) / v["ramp"] < 1,
    "asks_without_offers": lambda v, _: begins(v) and v["clarity"] and offered(v) == 0,
    "preconditions_alone": lambda v, _: begins(v) and v["precond"] and offered(v) == 0,
    "assurances_alone": lambda v, _: (
        begins(v) and v["allies"] and offered(v) == 0 and v["pressure_russia"] in range(100, 201)
    ),
    "offers_held_back": lambda v, _: offered(v) and v["precond"] in range(92, 101),
    "offers_unasked": lambda v, _: offered(v) and v["clarity"] in range(25),
    "moscow_not_assured": lambda v, _: (
        begins(v)
        and v["nato"] + v["g8"] + v["mil"] + v["ukraine"]
        and v["clarity"] in range(25)
        and v["allies"] not in range(25)
    ),
    "nato_over_allies": lambda v, _: begins(v) and v["nato"] and v["allies"] in range(25),
    "ukraine_over_allies": lambda v, _: begins(v) and v["ukraine"] and v["allies"] in range(25),
    "g8_without_ukraine": lambda v, _: begins(v) and v["g8"] in range(51, 101) and v["ukraine"] in range(25),
    "law_within_a_year": lambda v, _: (
        begins(v) and v["ramp"] < 2 and (v["nato"] > 99 or v["caatsa"] > 74 or v["mil"] > 74)
    ),
    "pressure_beside_offers": lambda v, _: offered(v) and v["pressure_russia"] in range(101, 201),
    "broken_promise": lambda v, views: (
        begins(v) and seen_and_concrete(v) and any(v["horizon"] - v["onset"] >= LIKELY_DROPPED[view] for view in views)
    ),
    "worldview_out_of_its_time": lambda v, views: begins(v) and moved(v) and v["start"] == 2021 and "lock-in" in views,
}


@pytest.mark.parametrize("key", list(RULES))
def test_a_caution_is_raised_by_a_package_made_for_it_and_not_by_its_smallest_repair(key: str) -> None:
    made, repair = MADE_FOR[key]
    assert key in raised(package(**made))
    assert key not in raised(package(**made | repair))


@often
@given(any_package, any_worldviews)
def test_a_caution_is_raised_when_its_predicate_holds_and_only_then(
    values: dict[str, int], worldviews: tuple[str, ...]
) -> None:
    wanted = [key for key, holds in PREDICATES.items() if holds(values, worldviews)]
    assert raised(package(**values), *worldviews) == wanted


@often
@given(any_package)
def test_a_caution_names_levers_of_its_table_in_the_order_of_the_page(values: dict[str, int]) -> None:
    for caution in cautions(package(**values)):
        assert bool(caution.levers) == (caution.key != "worldview_out_of_its_time")  # which speaks of a worldview
        assert set(caution.levers) <= set(wordings(catalog())[caution.key].levers)
        assert list(caution.levers) == [lever for lever in catalog().levers if lever in caution.levers]
        offers = {lever for lever in caution.levers if lever in OFFERS}
        missing = {"ukraine"} if caution.key == "g8_without_ukraine" else set()
        assert all(values[lever] > 0 for lever in offers - missing)


@pytest.mark.parametrize("key", list(RULES))
def test_every_lever_of_a_table_can_raise_its_caution(key: str) -> None:
    full = dict.fromkeys(LEVERS, 100) | dict.fromkeys(PRESSURES, 200)
    made, _ = MADE_FOR[key]
    without_offers = key in {"asks_without_offers", "preconditions_alone", "assurances_alone"}
    terms = {name: value for name, value in made.items() if name not in OFFERS}
    wide = {"never_begins": full, "g8_without_ukraine": made}.get(key, made if without_offers else full | terms)
    (levers,) = [caution.levers for caution in cautions(package(**(made | wide))) if caution.key == key]
    assert set(levers) == set(wordings(catalog())[key].levers)


@often
@given(st.fixed_dictionaries(any_context))
def test_a_package_without_levers_raises_nothing_whatever_the_context(values: dict[str, int]) -> None:
    assert cautions(package(**values | NEUTRAL)) == ()


def test_the_cautions_of_the_presets() -> None:
    """The op-ed alone; what the others add is that a large opening is likely dropped, and lock-in that it is early.

    Concrete is the grand bargain to 0.96, the giveaway to 0.75, the opening hand to 0.46, below one half.
    """
    assert {name: raised(scenario, "op-ed") for name, scenario in presets().items()} == {
        "status-quo": [],
        "limited-dialogue": [],
        "opening-hand": [],
        "grand-bargain": [],
        "symbolism-only": ["offers_unasked", "nato_over_allies"],
        "allies-first": [],
        "economic-reset": [],
        "preconditions-first": ["offers_held_back"],
        "giveaway": ["offers_unasked", "nato_over_allies", "ukraine_over_allies"],
        "squeeze-both": [],
        "ease-russia": [],
        "pivot-to-china": [],
    }
    for worldview in ("sceptic", "midpoint"):
        added = {name: raised(scenario, worldview) for name, scenario in presets().items()}
        assert {name for name, keys in added.items() if "broken_promise" in keys} == {"grand-bargain", "giveaway"}
        assert not any("worldview_out_of_its_time" in keys for keys in added.values())
    out_of_time = "worldview_out_of_its_time"
    early = {name for name, scenario in presets().items() if out_of_time in raised(scenario, "lock-in")}
    assert early == set(presets()) - {"status-quo"}


def test_the_cautions_of_the_historic_analogues() -> None:
    """The era's pressure is no lever: 140 in 2025 raises nothing. Nor is a worldview out of an analogue's time."""
    assert {name: raised(scenario) for name, scenario in analogues().items() if raised(scenario)} == {
        "opening-to-china-1969": ["nato_over_allies", "ukraine_over_allies"],
        "overture-2025": ["nato_over_allies", "ukraine_over_allies"],
    }


def test_an_analogues_own_hazard_says_whether_its_opening_is_likely_dropped() -> None:
    """The opening of 1969 is visible and concrete to 0.58. Its hazard is 0.05 a year, and 0.95^6 = 0.74; with the
    midpoint's 0.15 it would be 0.85^6 = 0.38."""
    opening = load_scenario("opening-to-china-1969")
    assert opening.analogue is not None
    assert "broken_promise" not in raised(opening)
    own = {name: band for name, band in opening.analogue.overrides.items() if name != "reversal_hazard"}
    analogue = opening.analogue.model_copy(update={"overrides": own})
    assert "broken_promise" in raised(opening.model_copy(update={"analogue": analogue}))


def test_the_suspension_of_the_g8_is_no_reason_before_2014() -> None:
    readmitted = {"g8": 90, "ukraine": 0}
    assert "g8_without_ukraine" not in raised(set_values(load_scenario("reset-2009"), readmitted))
    assert "g8_without_ukraine" in raised(set_values(load_scenario("overture-2025"), readmitted))


@pytest.mark.parametrize("offer", OFFERS)
def test_more_pressure_on_china_alone_pulls_no_offer_to_moscow_in_two_directions(offer: str) -> None:
    """The essay's own strategy is an offer to Moscow beside pressure on Beijing."""
    assert "pressure_beside_offers" not in raised(package(**{offer: 50}, clarity=50, pressure_china=200))
    assert "pressure_beside_offers" in raised(package(**{offer: 50}, clarity=50, pressure_russia=101))


def test_no_more_pressure_than_the_eras_is_no_lever_of_an_analogue() -> None:
    opened = set_values(load_scenario("dual-competition-2014"), {"mil": 25, "clarity": 50})
    assert raised(opened) == []
    assert raised(set_values(opened, {"pressure_russia": 101})) == ["pressure_beside_offers"]


def test_a_promise_is_broken_only_where_a_worldview_minds() -> None:
    """With no grudge to bear under the sceptic, the same package in the same worldview is no promise to break."""
    bargain, known = load_scenario("grand-bargain"), catalog()
    mild = known.edited("sceptic", broken_promise=(0, 0, 1))
    kept = known.edited("sceptic", reversal_hazard=(0, 0.04, 0.1))  # 0.96^10 = 0.66
    for assumed, wanted in ((known, True), (mild, False), (kept, False)):
        keys = [caution.key for caution in cautions(bargain, ("sceptic",), assumed)]
        assert ("broken_promise" in keys) == wanted


def test_a_vague_overture_is_no_promise_however_visible() -> None:
    """Contacts, a G8 seat and a Ukraine track in full are seen, but concrete to 0.45 only; relief from sanctions in
    full with a G8 seat at 66 is seen to 0.62 and concrete to 0.35. NATO talks at 100 with CAATSA relief at 80 are
    both, and so are CAATSA relief at 95 with contacts at 100 and a G8 seat at 75: 0.2375 + 0.15 + 0.1125 is one half,
    in floats a little less."""
    three = {"g8": 100, "mil": 100, "ukraine": 100, "clarity": 50, "allies": 50}
    assert "broken_promise" not in raised(package(**three))
    assert "broken_promise" in raised(package(**three, nato=17))
    assert "broken_promise" not in raised(package(caatsa=100, g8=66, clarity=50))
    assert "broken_promise" in raised(package(nato=100, caatsa=80))
    assert "broken_promise" in raised(package(caatsa=95, mil=100, g8=75))


def test_the_years_before_the_policy_begins_do_not_count_as_years_in_which_it_is_dropped() -> None:
    bargain = load_scenario("grand-bargain")
    assert "broken_promise" in raised(set_values(bargain, {"onset": 5}), "midpoint")  # 0.85^5 = 0.44
    assert "broken_promise" not in raised(set_values(bargain, {"onset": 6}), "midpoint")  # 0.85^4 = 0.52


def test_lock_in_is_out_of_its_time_only_where_it_is_looked_at_and_something_is_moved() -> None:
    early, neutral = package(nato=50, clarity=50, allies=50), package(onset=3)
    (caution,) = [c for c in cautions(early, ("lock-in", "op-ed")) if c.key == "worldview_out_of_its_time"]
    assert caution.levers == ()
    assert caution.title.endswith(f": {catalog().worldviews['lock-in'].short}")
    assert "worldview_out_of_its_time" not in raised(early, "op-ed", "sceptic", "midpoint")
    assert "worldview_out_of_its_time" not in raised(set_values(early, {"start": 2024}), "lock-in")
    assert raised(neutral, "lock-in") == []
    assert raised(set_values(early, {"onset": 10}), "lock-in") == ["never_begins"]  # which alone is said


@pytest.mark.parametrize("pressure", [0, 99])
def test_assurances_alone_soften_the_slight_of_easing_on_russia(pressure: int) -> None:
    """So they are not idle, and that they are is not said; with as much pressure as before it is."""
    silent, assured = (run(package(pressure_russia=pressure, allies=allies), members=300) for allies in (0, 75))
    softened = assured.outcome("nato_east_trough") - silent.outcome("nato_east_trough")
    assert softened.min() >= -ROUNDING
    assert (np.median(softened, axis=-1) > 0).all()
    assert "assurances_alone" not in raised(package(pressure_russia=pressure, allies=75))
    assert "assurances_alone" in raised(package(pressure_russia=100, allies=75))


def test_the_levers_that_wait_for_lawmakers_are_named_in_the_title() -> None:
    alone = only(package(caatsa=80, mil=74, clarity=50, ramp=1))
    assert alone.levers == ("caatsa",)
    assert alone.title.endswith(": CAATSA relief")
    three = only(package(nato=100, caatsa=75, mil=75, clarity=50, allies=50, ramp=1))
    assert three.levers == ("nato", "caatsa", "mil")
    assert three.title.endswith(": NATO talks, CAATSA relief, Military contacts")


# ---- what is called idle is idle, in every world and to the last bit


@rarely
@given(any_package_without_offers, any_structure)
def test_clarity_and_preconditions_without_offers_change_no_outcome(values: dict[str, int], structure: str) -> None:
    with_ = run(package(**values), members=40, structure=structure)
    without = run(package(**values | {"clarity": 0, "precond": 0}), members=40, structure=structure)
    eased = values["pressure_russia"] < 100 and values["onset"] < values["horizon"]
    assert same(with_, without, but=("values_cost",) if eased else ())
    relieved = (1 - 0.4 * values["clarity"] / 100) * without.outcome("values_cost")  # as the caution's reason says
    assert not eased or with_.outcome("values_cost") == pytest.approx(relieved, abs=ROUNDING)
    assert np.array_equal(with_.run.alignment, without.run.alignment)


@rarely
@given(any_package_without_offers, any_structure)
def test_assurances_without_offers_tie_down_us_effort_and_change_nothing_but_that_and_two_front_pressure(
    values: dict[str, int], structure: str
) -> None:
    values |= {"pressure_russia": max(values["pressure_russia"], 100)}  # eased, it slights allies, who can be assured
    with_ = run(package(**values), members=40, structure=structure)
    without = run(package(**values | {"allies": 0}), members=40, structure=structure)
    assert same(with_, without, but=("us_effort", "two_front"))
    assert np.array_equal(with_.run.alignment, without.run.alignment)
    tied = with_.outcome("us_effort") - without.outcome("us_effort")
    in_force = values["allies"] if values["onset"] < values["horizon"] else 0
    assert tied == pytest.approx(-4 * in_force / 100, abs=ROUNDING)
    rise = with_.outcome("two_front") - without.outcome("two_front")
    assert rise.min() >= 0
    assert rise.max() <= 1 + ROUNDING
    assert bool(rise.max() > 0) == (in_force > 0)


@rarely
@given(any_package, any_structure)
def test_a_policy_that_never_begins_is_a_run_without_levers(values: dict[str, int], structure: str) -> None:
    values |= {"onset": max(values["onset"], values["horizon"])}
    never = run(package(**values), members=40, structure=structure)
    without = run(package(**values | NEUTRAL), members=40, structure=structure)
    assert same(never, without)
    assert not never.run.reversed.any()


def test_a_policy_that_begins_in_the_last_year_is_not_idle() -> None:
    late = package(nato=50, clarity=80, allies=60, onset=9)
    assert "never_begins" not in raised(late)
    assert not same(run(late, members=40), run("status-quo", members=40))


# ---- what the other reasons say is so


@pytest.mark.parametrize("ramp", range(1, 11))
def test_offers_are_said_not_to_be_complete_exactly_when_the_ramp_is_below_1_in_the_last_year(ramp: int) -> None:
    for horizon in (1, 5, 10, 15):
        for onset in range(horizon):
            scenario = package(mil=50, clarity=50, ramp=ramp, horizon=horizon, onset=onset)
            complete = policy_of(scenario, catalog()).ramped(horizon - 1) == 1
            assert ("never_in_full" in raised(scenario)) == (not complete), (horizon, onset)


def test_what_preconditions_hold_back_is_what_the_reason_says() -> None:
    def through(precond: int) -> float:
        nothing = np.zeros((1, 1))
        share = eq.delivered(nothing + 1, nothing + 1, precond / 100, nothing, 0, 0.02)
        return float(share[0, 0])

    assert through(100) == pytest.approx(1 / 50)
    assert through(92) < 1 / 10 < through(91)


def test_almost_no_offer_moves_alignment_by_a_point_only_where_symbols_work_out_of_proportion() -> None:
    """Under the midpoint in the worlds that lean its way; a let-down can add a point too, which is no offer's work.

    Where no world leans (C11) and no promise is broken, it is less than one world of a hundred outside the op-ed.
    """
    forgiving = catalog()
    for worldview in catalog().worldviews:
        forgiving = forgiving.edited(worldview, broken_promise=(0, 0, 0))
    for name in ("opening-hand", "grand-bargain", "giveaway"):
        scenario = set_values(load_scenario(name), {"precond": 92})
        result = run(scenario)
        fell = dict(zip(result.worldviews, (result.outcome("shift") < -1).mean(axis=-1), strict=True))
        assert fell["op-ed"] > 0.4
        assert fell["midpoint"] < 0.1
        assert fell["sceptic"] == fell["lock-in"] == 0
        usual = run(scenario, structure="C11", assumptions=forgiving)
        moved = dict(zip(usual.worldviews, (np.abs(usual.outcome("shift")) > 1).mean(axis=-1), strict=True))
        assert moved.pop("op-ed") > 0.4
        assert max(moved.values()) < 0.01


@pytest.mark.parametrize("name", ["limited-dialogue", "opening-hand", "grand-bargain", "giveaway", "economic-reset"])
def test_without_clarity_moscow_returns_less_and_does_not_come_to_believe(name: str) -> None:
    asked, unasked = (
        run(set_values(load_scenario(name), {"clarity": clarity}), members=300, structure=NEVER_REVERSED)
        for clarity in (100, 0)
    )
    assert (unasked.run.reciprocity <= asked.run.reciprocity).all()
    assert unasked.run.reciprocity[-1].sum() < 0.5 * asked.run.reciprocity[-1].sum()
    belief = unasked.run.series("credibility")
    assert np.array_equal(belief[-1], belief[0])
    assert (asked.run.series("credibility")[-1] > belief[-1]).mean() > 0.99


@pytest.mark.parametrize("clarity", [0, 24])
def test_assurances_to_allies_take_relief_from_moscow_unless_it_is_assured_too(clarity: int) -> None:
    def value_lost(clarity: int, **offers: int) -> Floats:
        values = [
            run(package(**offers, clarity=clarity, allies=allies), members=300, structure=NEVER_REVERSED)
            .run.series("offer_value")[-1]
            .astype(float)
            for allies in (0, 60)
        ]
        return values[0] - values[1]

    for offer in ("nato", "g8", "mil", "ukraine"):
        lost = value_lost(clarity, **{offer: 60})
        assert lost.min() >= 0
        assert (lost > 0).mean() > 0.95
        assert not value_lost(100, **{offer: 60}).any()
    assert not value_lost(clarity, caatsa=60).any()


@pytest.mark.parametrize("offer", ["nato", "ukraine"])
def test_an_offer_over_the_allies_heads_slights_them_and_assurances_soften_it_in_every_worldview(offer: str) -> None:
    silent, assured = (
        run(package(**{offer: 50}, clarity=50, allies=allies), members=300, structure=NEVER_REVERSED)
        for allies in (0, 75)
    )
    assert (np.median(silent.outcome("nato_east_trough"), axis=-1) < 69).all()
    softened = assured.outcome("nato_east_trough") - silent.outcome("nato_east_trough")
    assert softened.min() >= -ROUNDING
    assert (np.median(softened, axis=-1) > 0.2).all()


def test_talks_on_nato_slight_most_and_small_steps_out_of_proportion() -> None:
    slight = catalog().structure.vectors.slight.values
    assert max(slight, key=lambda lever: slight[lever]) == "nato"
    assert eq.dose_response(0.15, catalog().constant.slight_curvature) > 0.25


def test_a_ukraine_track_softens_the_slight_of_other_offers_in_some_worlds_and_deepens_it_in_others() -> None:
    signs = np.sign(run("opening-hand").run.worlds.parameters.ukraine_mitigation)
    assert (signs > 0).mean() > 0.2
    assert (signs < 0).mean() > 0.2


def test_what_can_be_delivered_of_the_g8_does_not_depend_on_ukraine() -> None:
    ours, theirs = (run(package(g8=100, clarity=50, ukraine=ukraine), members=50) for ukraine in (0, 100))
    assert np.array_equal(ours.run.worlds.deliverability, theirs.run.worlds.deliverability)


def test_a_lever_waits_for_lawmakers_from_the_first_position_that_says_so() -> None:
    says = re.compile(r"Congress (passes|repeals|lifts)|legally binding", re.I)
    for key in OFFERS:
        by_law = [position.at for position in catalog().levers[key].positions if says.search(position.text)]
        assert min(by_law, default=None) == BY_LAW.get(key), key


def test_with_a_ramp_of_1_everything_is_delivered_in_the_first_year() -> None:
    assert policy_of(package(caatsa=100, ramp=1), catalog()).ramped(0) == 1
    assert policy_of(package(caatsa=100, ramp=2), catalog()).ramped(0) < 1


def test_pressure_adds_to_the_drift_and_an_offer_takes_off_less_than_it_adds() -> None:
    for name in ("opening-hand", "grand-bargain"):
        calm, pressed = (
            run(set_values(load_scenario(name), {"pressure_russia": pressure}), members=300, structure=NEVER_REVERSED)
            for pressure in (100, 160)
        )
        assert (pressed.outcome("level") - calm.outcome("level")).min() >= -ROUNDING
        believed = pressed.run.series("offer_value") * pressed.run.series("credibility")
        assert believed.max() < 1


# ---- the words


def test_words_and_rules_match_one_to_one_in_the_same_order() -> None:
    tables = tomllib.loads((DATA / "cautions.toml").read_text(encoding="utf-8"))
    assert list(tables) == list(RULES) == list(wordings(catalog())) == list(PREDICATES) == list(MADE_FOR)
    assert {key: rule.__name__ for key, rule in RULES.items()} == {key: key for key in RULES}


@pytest.mark.parametrize("key", list(RULES))
def test_a_caution_says_what_its_table_says(key: str) -> None:
    wording = wordings(catalog())[key]
    (caution,) = [caution for caution in cautions(package(**MADE_FOR[key][0])) if caution.key == key]
    assert (caution.reason, caution.claims) == (wording.reason, wording.claims)
    named = {"law_within_a_year": "CAATSA relief", "worldview_out_of_its_time": catalog().worldviews["lock-in"].short}
    assert caution.title == wording.title.replace(NAMES, named.get(key, NAMES))
    assert "{" not in caution.title + caution.reason


@pytest.mark.parametrize("key", list(RULES))
def test_a_reason_is_one_or_two_plain_sentences_on_claims_that_exist(key: str) -> None:
    wording = wordings(catalog())[key]
    assert wording.reason.endswith(".")
    assert len(re.findall(r"[.!?](?:\s|$)", wording.reason)) in (1, 2)
    assert not wording.title.endswith(".")
    for text in (wording.title, wording.reason):
        assert text[0].isupper()
        assert "\N{EM DASH}" not in text
        assert not re.search(r"  |[\n\t]|^\s|\s$", text)
    assert wording.claims
    assert set(wording.claims) <= set(catalog().claims)
    assert set(wording.levers) <= set(catalog().levers)


def test_no_caution_advises_or_judges() -> None:
    advice = re.compile(
        r"\b(should|ought|must|best|better|worse|wrong|mistake|unwise|avoid|consider|recommend)\b", re.I
    )
    for key, wording in wordings(catalog()).items():
        assert not advice.search(f"{wording.title} {wording.reason}"), key


# ---- faults of the file are refused by name


def refusal(tmp_path: Path, old: str, new: str) -> str:
    """The sentence with which a changed copy of the file is refused."""
    text = (DATA / "cautions.toml").read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / "cautions.toml"
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_wordings(catalog(), copy)
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "fragments"),
    [
        ("[never_begins]", "[never_beginns]", ["“never_beginns”", "did you mean never_begins?"]),
        ("[preconditions_alone]", "[another]\n[preconditions_alone]", ["[another]", "title is missing"]),
        ('"E79"', '"E97"', ["[never_begins]", "unknown claim “E97”"]),
        ('levers = ["clarity"]', 'levers = ["clartiy"]', ["[asks_without_offers]", "“clartiy”", "mean clarity?"]),
        ('levers = ["clarity"]', 'levers = [""]', ["[asks_without_offers]", "levers"]),
        ('levers = ["clarity"]', 'levers = ["clarity"]\nlever = 1', ["“lever”", "did you mean levers?"]),
        ('claims = ["E79", "R13"]', "claims = []", ["[never_begins]", "claims"]),
        ("[never_begins]", "[never_begins", ["not valid TOML"]),
    ],
)
def test_a_faulty_file_is_refused_by_key_and_rule(tmp_path: Path, old: str, new: str, fragments: list[str]) -> None:
    message = refusal(tmp_path, old, new)
    for fragment in ["model/data/cautions.toml", *fragments]:
        assert fragment in message


def test_a_rule_without_words_is_refused(tmp_path: Path) -> None:
    text = (DATA / "cautions.toml").read_text(encoding="utf-8")
    copy = tmp_path / "cautions.toml"
    copy.write_text(text[: text.index("[worldview_out_of_its_time]")], encoding="utf-8")
    with pytest.raises(InputError, match=r"the file lacks worldview_out_of_its_time\."):
        load_wordings(catalog(), copy)
    with pytest.raises(InputError, match="does not exist"):
        load_wordings(catalog(), tmp_path / "none.toml")

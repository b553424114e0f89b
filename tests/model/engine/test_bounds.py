"""Whatever is asked for: every quantity stays finite and in its range; what is out of bounds is refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model import InputError, catalog, load_scenario, presets, run
from model.assumptions.scenario import check_setting, make_scenario, set_values, whole_number
from model.assumptions.schema import Scenario
from model.assumptions.switches import switches
from model.engine.policy import Policy
from model.engine.results import OUTCOMES
from model.engine.simulate import Trajectory, simulate
from model.engine.worlds import make_worlds
from tests.model.engine import specification as spec
from tests.model.engine.by_hand import exactly, policy

often = settings(max_examples=120, deadline=None, database=None, derandomize=True)
rarely = settings(often, max_examples=40)

LIMITS = {"horizon": (1, 15), "onset": (0, 15), "ramp": (1, 10)}
LIMITS |= {spec.LEVERS[lever]: (0, round(100 * share)) for lever, share in spec.HIGHEST.items()}
YEARS = (2021, 2024)
ROUNDING = 1e-3

# The range of every quantity. us_effort at worst: 4 for assurances, .4 of 70 points of cohesion, 15 for leaving China
# alone and half of r1 for doubled pressure on Russia; at best one and a half times r1. values_cost with all offers in
# full, and a tenth more for leaving Russia alone.
RANGES = {
    "alignment": (0, 100),
    "composite": (0, 100),
    "doubt": (15, 100),
    "cohesion": (0, 70),
    "nato_cohesion": (0, 70),
    "reciprocity": (0, 1),
    "us_effort": (-77, 90),
    "china_effort": (0, 40),
    "values_cost": (0, 110),
    "two_front": (0, 100),
}
SHARES = ("attention", "credibility", "offer_value")

CHOICES = [*(f"C{number}" for number in range(1, 9)), "C11", "C13"]
any_setting = st.fixed_dictionaries(
    {"start": st.sampled_from(YEARS)} | {key: st.integers(low, high) for key, (low, high) in LIMITS.items()}
)
any_choices = st.sets(st.sampled_from(CHOICES), min_size=1)
any_structure = st.sampled_from(["base", "ensemble"]) | any_choices.map(lambda chosen: ",".join(sorted(chosen)))
any_share = st.floats(0, 1, width=32)


def assert_in_range(trajectory: Trajectory) -> None:
    for name, (low, high) in RANGES.items():
        values = getattr(trajectory, name)
        assert np.isfinite(values).all(), name
        assert low - ROUNDING <= values.min() <= values.max() <= high + ROUNDING, name
    for name in SHARES:
        values = trajectory.series(name)
        assert np.isfinite(values).all(), name
        assert -ROUNDING <= values.min() <= values.max() <= 1 + ROUNDING, name


def everything(scenario: Scenario) -> dict[str, int]:
    """All settings of a scenario of today, as a link holds them."""
    return {**scenario.levers, **{key: getattr(scenario, key) for key in catalog().context}}


# ---- finite and in range


@often
@given(any_setting, any_structure, st.integers(0, 2**32 - 1))
def test_every_outcome_is_finite_and_in_range_for_any_setting(
    values: dict[str, int], structure: str, seed: int
) -> None:
    result = run(set_values(load_scenario("status-quo"), values), members=6, seed=seed, structure=structure)
    assert_in_range(result.run)
    assert_in_range(result.no_lever)
    for name in OUTCOMES:
        assert np.isfinite(result.outcome(name)).all(), name
    assert (np.abs(result.outcome("shift")) <= 100).all()
    assert ((result.reversed_share >= 0) & (result.reversed_share <= 1)).all()
    assert len(result.years) == values["horizon"] + 1


def at_limits(high: Mapping[str, bool]) -> dict[str, float]:
    """Every parameter at its highest or lowest admissible value, as model.md has them."""
    return {row.name: row.admissible[high[symbol]] for symbol, row in spec.PARAMETERS.items()}


def thirty_years(parameters: Mapping[str, float], asked: Policy, structure: str = "base", seed: int = 3) -> Trajectory:
    worlds = make_worlds(catalog(), spec.WORLDVIEWS, 5, seed, switches(structure, catalog()), 30, exactly(parameters))
    return simulate(worlds, asked, account=True)


@settings(often, max_examples=60)  # thirty years of four worldviews each
@given(
    st.fixed_dictionaries({symbol: st.booleans() for symbol in spec.PARAMETERS}),
    st.tuples(*[any_share] * 5),
    st.tuples(any_share, any_share, any_share),
    st.tuples(*[st.sampled_from([0.0, 100.0])] * len(spec.DOMAINS)),
    st.tuples(*[st.floats(0, 2, width=32)] * 3),
    any_structure,
)
def test_every_quantity_stays_in_range_for_30_years_from_the_ends_of_every_scale(
    high: dict[str, bool],
    inducements: tuple[float, ...],
    terms: tuple[float, float, float],
    levels: tuple[float, ...],
    pressures: tuple[float, float, float],
    structure: str,
) -> None:
    allies, clarity, precondition = terms
    on_russia, on_china, era = pressures
    asked = policy(
        *inducements,
        allies=allies,
        clarity=clarity,
        precondition=precondition,
        pressure_russia=on_russia,
        pressure_china=on_china,
        levels=levels,
        era=era,
        years=30,
    )
    trajectory = thirty_years(at_limits(high), asked, structure)
    assert_in_range(trajectory)
    assert trajectory.accounting is not None
    assert np.isfinite(trajectory.accounting).all()


@pytest.mark.parametrize("levels", [0.0, 100.0])
@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("raised", [*spec.LEVERS, "all", "none", "neutral"])
def test_each_lever_and_all_of_them_at_both_ends_stay_in_range(raised: str, high: bool, levels: float) -> None:
    def end(lever: str) -> float:
        if raised in (lever, "all"):
            return spec.HIGHEST[lever]
        return 0 if raised == "none" else spec.NEUTRAL[lever]

    on = {lever: end(lever) for lever in spec.LEVERS}
    asked = policy(
        *(on[lever] for lever in spec.INDUCEMENTS),
        allies=on["assur"],
        clarity=on["clarity"],
        precondition=on["precond"],
        pressure_russia=on["P_R"],
        pressure_china=on["P_C"],
        levels=(levels,) * len(spec.DOMAINS),
        era=2,
        years=30,
    )
    assert_in_range(thirty_years(at_limits(dict.fromkeys(spec.PARAMETERS, high)), asked))


def test_the_parameters_really_stand_at_their_limits() -> None:
    """Guards the two tests above."""
    for high in (False, True):
        values = at_limits(dict.fromkeys(spec.PARAMETERS, high))
        worlds = make_worlds(catalog(), spec.WORLDVIEWS, 3, 3, switches("base", catalog()), 1, exactly(values))
        for name, value in values.items():
            assert np.unique(getattr(worlds.parameters, name)) == pytest.approx(value)


# ---- settings that come from outside


@often
@given(any_setting, st.sampled_from(list(presets())))
def test_a_scenario_survives_the_round_trip_through_its_settings(values: dict[str, int], preset: str) -> None:
    scenario = set_values(load_scenario(preset), values)
    assert everything(scenario) == values
    assert set_values(scenario, everything(scenario)).model_dump() == scenario.model_dump()
    assert everything(set_values(load_scenario("giveaway"), everything(scenario))) == values
    assert scenario.title == load_scenario(preset).title


@rarely
@given(any_setting)
def test_setting_values_leaves_the_original_as_it_was(values: dict[str, int]) -> None:
    before = load_scenario("opening-hand").model_dump()
    set_values(load_scenario("opening-hand"), values)
    assert load_scenario("opening-hand").model_dump() == before


def from_link(key: str, text: str) -> int:
    """A pair of a link, as the page and the command line read it."""
    return check_setting(key, whole_number(key, text))


def rule_of(key: str) -> str:
    return "one of 2021, 2024" if key == "start" else "a whole number, {} to {}".format(*LIMITS[key])


any_key = st.sampled_from(["start", *LIMITS])


@often
@given(any_key, st.integers(-(10**12), 10**12) | st.integers(-50, 250) | st.integers(2020, 2025))
def test_a_number_is_taken_inside_its_limits_and_refused_with_key_and_rule_outside(key: str, value: int) -> None:
    low, high = LIMITS.get(key, (2021, 2024))
    if low <= value <= high and (key != "start" or value in YEARS):
        assert from_link(key, str(value)) == value
        assert from_link(key, f"+{value:05d}") == value
        return
    with pytest.raises(InputError) as refused:
        check_setting(key, value)
    assert str(refused.value) == f"{key} is “{value}”, but it must be {rule_of(key)}."


@often
@given(any_key, st.text().filter(lambda text: not re.fullmatch("[+-]?[0-9]+", text, re.ASCII)))
@example("nato", "")
@example("nato", " 50")
@example("nato", "50\n")
@example("nato", "５０")
@example("nato", "٥٠")
@example("nato", "5e1")
@example("nato", "0x1f")
@example("nato", "1_0")
@example("nato", "50.0")
@example("nato", "nan")
@example("nato", "true")
@example("nato", "²")
@example("start", "2021 ")
@example("horizon", "--5")
def test_anything_but_ascii_digits_is_refused_with_key_and_rule_on_one_line(key: str, text: str) -> None:
    with pytest.raises(InputError) as refused:
        from_link(key, text)
    message = str(refused.value)
    assert message.startswith(f"{key} is “")
    assert message.endswith("must be a whole number.")
    assert len(message.splitlines()) == 1
    assert len(message) < 100


@pytest.mark.parametrize("text", ["99999999999999999999", "-1", "101", "1" * 5000])
def test_a_number_far_out_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="nato"):
        from_link("nato", text)


@pytest.mark.parametrize("value", [True, 50.0, "50", None, float("nan"), [50]])
def test_only_true_whole_numbers_pass(value: object) -> None:
    with pytest.raises(InputError, match=r"nato is .* but it must be a whole number, 0 to 100\."):
        check_setting("nato", value)


@rarely
@given(st.text().filter(lambda key: key not in {"start", *LIMITS}))
@example("natto")
@example("assur")
@example("NATO")
def test_an_unknown_setting_is_refused_by_name(key: str) -> None:
    with pytest.raises(InputError, match="There is no setting") as refused:
        set_values(load_scenario("opening-hand"), {key: 5})
    assert len(str(refused.value).splitlines()) == 1
    assert "nato" in str(refused.value) or "did you mean" in str(refused.value)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
field_names = st.sampled_from([*Scenario.model_fields, "levels_of", "nonsense"])


@often
@given(st.dictionaries(field_names, anything, max_size=6))
@example({"title": "x", "levers": {"nato": True}})
@example({"title": "x", "levers": {"nato": 10**30}})
@example({"title": "x", "pressure": 160})
@example({"title": "x", "levers": {"pressure_russia": 201}})
@example({"title": "x", "analogue": {"worldview": "op-ed", "overrides": {"x": [1, 2]}}})
def test_a_file_of_any_content_is_taken_or_refused_but_never_crashes(data: dict[str, Any]) -> None:
    refused = ""
    try:
        scenario = make_scenario({"name": "any", "title": "Any", **data}, "any.toml")
    except InputError as error:
        refused = str(error)
    assert refused.startswith("any.toml") or set(scenario.levers) == set(catalog().levers)

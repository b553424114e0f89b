"""The assumed worlds: the same seed gives the same bits, and the draws are distributed as the tables say."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from hashlib import sha256
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from model import Result, catalog, load_scenario, run
from model.assumptions.scenario import set_values
from model.assumptions.switches import switches
from model.engine.results import OUTCOMES
from model.engine.simulate import Trajectory
from model.engine.worlds import Worlds, make_worlds
from tests.model.engine import specification as spec
from tests.model.engine.by_hand import Floats, exactly
from tests.model.fresh_process import python

SERIES = ("alignment", "doubt", "cohesion", "reciprocity", "reversed", "us_effort", "two_front", "values_cost")
MANY = 4000
LEANING = {row.name for symbol, row in spec.PARAMETERS.items() if spec.KIND[symbol]}


def draw(
    members: int = 200,
    seed: int = 7,
    structure: str = "base",
    years: int = 10,
    worldviews: tuple[str, ...] = tuple(sorted(spec.WORLDVIEWS)),
) -> Worlds:
    return make_worlds(catalog(), worldviews, members, seed, switches(structure, catalog()), years)


@cache
def many(structure: str = "base") -> Worlds:
    return draw(MANY, structure=structure)


def arrays(worlds: Worlds) -> dict[str, Any]:
    """Every array of some worlds by name, the parameters among them."""
    parts = {field.name: getattr(worlds, field.name) for field in fields(worlds)}
    parameters = parts.pop("parameters")
    del parts["worldviews"], parts["assumptions"]
    return parts | {field.name: getattr(parameters, field.name) for field in fields(parameters)}


def assert_same_bits(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert one.keys() == other.keys()
    for name, array in one.items():
        assert array.dtype == other[name].dtype, name
        assert array.tobytes() == other[name].tobytes(), name


def all_series(trajectory: Trajectory, worldview: int | slice = slice(None)) -> dict[str, Any]:
    return {name: np.ascontiguousarray(getattr(trajectory, name)[..., worldview, :]) for name in SERIES}


def digest(result: Result) -> str:
    """One number for all that a run says."""
    everything = [result.outcome(name) for name in OUTCOMES] + list(all_series(result.run).values())
    return sha256(b"".join(np.ascontiguousarray(array).tobytes() for array in everything)).hexdigest()


# ---- same seed, same bits


def test_drawing_twice_gives_the_same_bits() -> None:
    assert_same_bits(arrays(draw(structure="ensemble")), arrays(draw(structure="ensemble")))


def test_a_fresh_process_that_runs_other_things_first_gives_the_same_bits() -> None:
    here = digest(run("opening-hand", members=150, structure="ensemble"))
    elsewhere = python(
        "-c",
        "from model import run\n"
        "from tests.model.engine.test_worlds import digest\n"
        "run('overture-2025', members=99, seed=3)\n"
        "run('grand-bargain', 'op-ed', members=150, structure='ensemble')\n"
        "print(digest(run('opening-hand', members=150, structure='ensemble')))",
    )
    assert elsewhere.stdout.strip() == here, elsewhere.stderr


def test_the_order_of_calls_changes_nothing() -> None:
    names = ["opening-hand", "giveaway", "squeeze-both", "reset-2009"]
    forward = {name: digest(run(name, members=60)) for name in names}
    for seed in range(20):  # pushes the worlds out of every cache
        run("status-quo", members=10, seed=seed)
    backward = {name: digest(run(name, members=60)) for name in reversed(names)}
    assert backward == forward


@pytest.mark.parametrize("worldview", sorted(spec.WORLDVIEWS))
def test_a_worldview_run_alone_gives_the_bits_it_gives_with_the_others(worldview: str) -> None:
    together = run("opening-hand", members=333, structure="ensemble")
    alone = run("opening-hand", worldview, members=333, structure="ensemble")
    place = slice(together.worldviews.index(worldview), together.worldviews.index(worldview) + 1)
    assert_same_bits(all_series(alone.run), all_series(together.run, place))
    assert_same_bits(all_series(alone.no_lever), all_series(together.no_lever, place))


@pytest.mark.parametrize("structure", ["base", "ensemble"])
def test_the_first_500_of_1000_worlds_are_the_500_worlds(structure: str) -> None:
    fewer = arrays(draw(500, structure=structure))
    more = arrays(draw(1000, structure=structure))
    for name, array in more.items():
        cut = np.ascontiguousarray(array[..., :500]) if array.shape[-1] == 1000 else array
        assert cut.tobytes() == fewer[name].tobytes(), name
    half, whole = (run("opening-hand", members=members, structure=structure) for members in (500, 1000))
    for name in OUTCOMES:
        assert np.array_equal(half.outcome(name), whole.outcome(name)[:, :500]), name


def test_more_years_leave_the_first_ones_as_they_were() -> None:
    short, long = draw(years=5), draw(years=15)
    assert np.array_equal(short.shocks, long.shocks[:5])
    assert np.array_equal(short.luck, long.luck[:5])
    assert np.array_equal(short.parameters.drift_rate, long.parameters.drift_rate)


def test_draws_do_not_depend_on_levers_or_context() -> None:
    opening = run("opening-hand", members=200)
    changed = set_values(
        load_scenario("grand-bargain"), {"start": 2024, "onset": 4, "pressure_russia": 160, "precond": 30}
    )
    for seed in range(20):  # so that the worlds are drawn anew and not remembered
        run("status-quo", members=10, seed=seed)
    assert_same_bits(arrays(opening.run.worlds), arrays(run(changed, members=200).run.worlds))


def test_a_run_leaves_its_worlds_as_they_were_drawn() -> None:
    result = run("grand-bargain", members=200, structure="ensemble")
    assert result.accounting.any()
    fresh = arrays(draw(structure="ensemble"))
    assert_same_bits(arrays(result.run.worlds), fresh)


def test_both_runs_of_a_result_are_in_the_same_worlds() -> None:
    result = run("opening-hand", members=200)
    assert_same_bits(arrays(result.run.worlds), arrays(result.no_lever.worlds))


def test_another_seed_draws_other_worlds() -> None:
    one, other = arrays(draw(seed=7)), arrays(draw(seed=8))
    the_same = {name for name in one if np.array_equal(one[name], other[name])}
    # nothing random in these, nor any choice switched
    fixed = {"salience", "drift_profile", "half_believed", "proportional", "unrelieved", "unbound", "added"}
    assert the_same == fixed
    for switched_seed in (1, 2):
        masks = draw(seed=switched_seed, structure="ensemble")
        assert not np.array_equal(masks.unbound, draw(structure="ensemble").unbound)


# ---- parameters


def expected_percentile(low: float, central: float, high: float, percent: int) -> float:
    return {10: low, 50: central, 90: high}[percent]


@pytest.mark.parametrize("symbol", list(spec.PARAMETERS))
def test_the_sampled_percentiles_are_those_of_the_table(symbol: str) -> None:
    row = spec.PARAMETERS[symbol]
    for place, worldview in enumerate(many().worldviews):
        low, central, high = row.band(worldview)
        values = getattr(many().parameters, row.name)[place]
        got = np.percentile(values, [10, 50, 90])
        # standard error of P10 with 4,000 draws: .027 of a standard deviation, which is (central - low) / 1.2816
        assert got[0] == pytest.approx(low, abs=0.08 * (central - low) + 1e-6), worldview
        assert got[1] == pytest.approx(central, abs=0.06 * (high - low) / 2 + 1e-6), worldview
        assert got[2] == pytest.approx(high, abs=0.08 * (high - central) + 1e-6), worldview


@pytest.mark.parametrize("symbol", list(spec.PARAMETERS))
def test_every_draw_is_admissible_and_the_tails_reach_beyond_the_percentiles(symbol: str) -> None:
    row = spec.PARAMETERS[symbol]
    least, most = row.admissible
    for place, worldview in enumerate(many().worldviews):
        low, _, high = row.band(worldview)
        values = getattr(many().parameters, row.name)[place]
        assert least - 1e-6 <= values.min() <= low
        assert high <= values.max() <= most + 1e-6
        if low > least:
            assert values.min() < low


def test_a_draw_is_a_split_normal_through_its_percentiles() -> None:
    """Below the middle the spread is that of the lower half: P2.5 lies 1.96 / 1.2816 of the way out."""
    values = many().parameters.cohesion_loss[many().worldviews.index("op-ed")]  # 6 / 10 / 16
    low, high = np.percentile(values, [2.5, 97.5])
    assert low == pytest.approx(10 - 4 * 1.96 / 1.2816, abs=0.4)
    assert high == pytest.approx(10 + 6 * 1.96 / 1.2816, abs=0.6)


def ranks_together(structure: str, worldview: str) -> Floats:
    """Rank correlation of all parameters of a worldview, (parameters, parameters), with a diagonal of 0."""
    worlds = many(structure)
    place = worlds.worldviews.index(worldview)
    table = np.array([getattr(worlds.parameters, row.name)[place] for row in spec.PARAMETERS.values()])
    correlation: Floats = np.corrcoef(table.argsort(axis=1).argsort(axis=1)) - np.eye(len(table))
    return correlation


def test_switched_to_independent_draws_no_parameter_goes_with_another() -> None:
    assert np.abs(ranks_together("C11", "midpoint")).max() < 0.07  # 325 pairs, standard error .016


@pytest.mark.parametrize("worldview", sorted(spec.WORLDVIEWS))
def test_worlds_lean_one_way(worldview: str) -> None:
    """What is kinder to the wedge goes with what is kinder and against what is harder; the rest goes with nothing."""
    kind = np.array([spec.KIND[symbol] for symbol in spec.PARAMETERS])
    # deviates correlate by .5 * .5; ranks of normals that do by 6 / pi * asin(.25 / 2) = .2394
    wanted = 0.2394 * (np.outer(kind, kind) - np.diag(kind**2))
    off = np.abs(ranks_together("base", worldview) - wanted)
    assert off.max() < 0.09


def test_leaning_leaves_the_distribution_of_every_parameter_as_it_is() -> None:
    for row in spec.PARAMETERS.values():
        leaning, own = (getattr(many(structure).parameters, row.name) for structure in ("base", "C11"))
        assert np.array_equal(leaning, own) is (row.name in {"drift_rate", "response_strength", "shock_size"})
        for one, other in zip(leaning, own, strict=True):
            spread = other.std()
            for percent in (5, 10, 25, 50, 75, 90, 95):
                assert abs(np.percentile(one, percent) - np.percentile(other, percent)) < 0.12 * spread, row.name


def test_overrides_replace_a_worldviews_own_range_and_nothing_else() -> None:
    own = run("reset-2009", members=MANY).run.worlds
    plain = draw(MANY, years=5, worldviews=("midpoint",))
    overridden = {spec.PARAMETERS[symbol].name for symbol in spec.ANALOGUES["reset-2009"].overrides}
    for row in spec.PARAMETERS.values():
        same = np.array_equal(getattr(own.parameters, row.name), getattr(plain.parameters, row.name))
        assert same is (row.name not in overridden), row.name
    got = np.percentile(own.parameters.latent_friction[0], [10, 50, 90])
    assert got == pytest.approx((0.2, 0.35, 0.5), abs=0.015)


def test_a_range_of_no_width_is_its_value() -> None:
    worlds = make_worlds(catalog(), ("op-ed",), 50, 7, switches("base", catalog()), 1, exactly({"drift_rate": 3.0}))
    assert (worlds.parameters.drift_rate == 3).all()


# ---- tables, shocks, luck


@pytest.mark.parametrize(("field", "table"), [("supply", spec.SUPPLY), ("response", spec.RESPONSE)])
def test_jittered_rows_sum_to_1_keep_their_zeros_and_scatter_around_the_table(
    field: str, table: dict[str, tuple[float, ...]]
) -> None:
    drawn: Floats = getattr(many(), field)
    centre = np.array(list(table.values()))
    assert drawn.shape == (*centre.shape, MANY)
    assert drawn.sum(axis=1) == pytest.approx(1, abs=1e-6)
    assert (drawn[centre == 0] == 0).all()
    assert (drawn[centre > 0] > 0).mean() > 0.999
    # a Dirichlet of concentration 40: variance p (1 - p) / 41
    spread = np.sqrt(centre * (1 - centre) / 41)
    assert drawn.mean(axis=-1) == pytest.approx(centre, abs=0.005)
    assert drawn.std(axis=-1) == pytest.approx(spread, rel=0.07, abs=1e-6)


def test_shocks_have_the_stated_size_and_correlation() -> None:
    for place in range(len(many().worldviews)):
        unit = many().shocks[:, :, place] / (4 * many().parameters.shock_size[place])
        assert unit.mean() == pytest.approx(0, abs=0.01)
        assert unit.std(axis=(0, 2)) == pytest.approx(1, abs=0.02)
        for one, other in combinations(range(len(spec.DOMAINS)), 2):
            correlation = np.corrcoef(unit[:, one].ravel(), unit[:, other].ravel())[0, 1]
            assert correlation == pytest.approx(0.36, abs=0.02)  # .6 of the shock is common: .6 * .6
        for year, following in pairwise(unit):
            assert np.corrcoef(year.ravel(), following.ravel())[0, 1] == pytest.approx(0, abs=0.03)


def test_luck_is_uniform_and_new_each_year() -> None:
    luck = many().luck
    assert luck.min() >= 0
    assert luck.max() <= 1
    assert np.percentile(luck, [10, 25, 50, 75, 90]) == pytest.approx([0.1, 0.25, 0.5, 0.75, 0.9], abs=0.01)
    correlation = np.corrcoef(luck) - np.eye(len(luck))
    assert np.abs(correlation).max() < 0.06


# ---- the structural ensemble


def switched_choices() -> dict[str, Any]:
    """Where the ensemble takes each alternative; C3 and C6 show in the parameters they set to 0."""
    drawn, place = many("ensemble"), many().worldviews.index("midpoint")
    return {
        "C1": drawn.half_believed,
        "C2": drawn.proportional,
        "C3": drawn.parameters.symbolic_potency[place] == 0,
        "C4": drawn.unbound,
        "C6": drawn.parameters.reversal_hazard[place] + drawn.parameters.backlash_hazard[place] == 0,
        "C7": drawn.unrelieved,
    }


def test_the_ensemble_switches_each_of_its_six_choices_in_about_a_quarter_of_the_worlds() -> None:
    masks = switched_choices()
    assert tuple(masks) == spec.ENSEMBLE_CHOICES
    for choice, mask in masks.items():
        assert mask.mean() == pytest.approx(0.25, abs=0.025), choice  # standard error .007


def test_the_ensemble_switches_its_choices_independently() -> None:
    for (one, first), (other, second) in combinations(switched_choices().items(), 2):
        assert (first & second).mean() == pytest.approx(0.0625, abs=0.015), (one, other)


def test_the_ensemble_leaves_friction_alone_and_switches_nothing_twice() -> None:
    drawn = many("ensemble")
    assert np.array_equal(drawn.parameters.latent_friction, many().parameters.latent_friction)
    sanctions = drawn.curvature[spec.INDUCEMENTS.index("caatsa")]
    assert np.array_equal(sanctions[0] == 0, switched_choices()["C3"])
    assert set(np.unique(sanctions)) == {np.float32(0), np.float32(0.5)}


def test_the_ensemble_changes_only_what_its_choices_set() -> None:
    base, drawn = arrays(many()), arrays(many("ensemble"))
    changed = {name for name in base if not np.array_equal(base[name], drawn[name])}
    assert changed == {
        "half_believed",
        "proportional",
        "unrelieved",
        "unbound",
        "curvature",
        "symbolic_potency",
        "reversal_hazard",
        "backlash_hazard",
    }


@pytest.mark.parametrize(
    ("structure", "names"),
    [
        ("base", set()),
        ("C1", {"half_believed"}),
        ("C2", {"proportional"}),
        ("C3", {"curvature", "symbolic_potency"}),
        ("C4", {"unbound"}),
        ("C5", {"latent_friction"}),
        ("C6", {"reversal_hazard", "backlash_hazard"}),
        ("C7", {"unrelieved"}),
        ("C8", {"half_believed", "proportional", "reversal_hazard", "backlash_hazard"}),
        ("C7,C1", {"half_believed", "unrelieved"}),
        ("C11", {*LEANING, "curvature", "deliverability"}),
        ("C13", {"added"}),
    ],
)
def test_a_fixed_switch_is_thrown_in_every_world_and_no_other(structure: str, names: set[str]) -> None:
    base, drawn = arrays(draw()), arrays(draw(structure=structure))
    changed = {name for name in base if not np.array_equal(base[name], drawn[name])}
    assert changed == names
    for name in names & {"half_believed", "proportional", "unrelieved", "unbound", "added"}:
        assert drawn[name].all()
    if structure == "C5":
        assert drawn["latent_friction"] == pytest.approx(0.6)


def test_worldviews_are_in_alphabetical_order() -> None:
    assert list(catalog().worldviews) == sorted(spec.WORLDVIEWS)
    assert run("status-quo", ("sceptic", "op-ed"), members=5).worldviews == ("op-ed", "sceptic")

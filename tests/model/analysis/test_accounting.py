"""The accounting of alignment: the terms of equation 7 add up to the change, and `limit` is nothing but the clip."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model import Result, catalog, load_scenario, presets, run
from model.assumptions.scenario import set_values
from model.engine.equations import TERMS
from model.engine.policy import policy_of
from model.engine.simulate import simulate
from tests.model.engine import reference
from tests.model.engine import specification as spec
from tests.model.engine.by_hand import Floats, drawn_world, lever_values

ROUNDING = 2e-4  # points
LIMIT = TERMS.index("limit")
NEVER_NEGATIVE = ("own drift", "pressure drift", "let-down", "binding")
NEVER_POSITIVE = ("relief", "pull", "hedging")
FROM_LEVERS = ("relief", "let-down", "binding", "pull", "hedging")


def term(result: Result, name: str) -> Floats:
    """One term, (years, domains, worldviews, worlds)."""
    values: Floats = result.accounting[:, TERMS.index(name)]
    return values


@pytest.fixture(scope="module")
def opening_hand() -> Result:
    return run("opening-hand", members=300)


@pytest.mark.parametrize("preset", list(presets()))
@pytest.mark.parametrize(("start", "structure"), [(2021, "base"), (2024, "ensemble"), (2021, "C4,C7")])
def test_the_terms_add_up_to_the_change_in_every_world_year_and_domain(preset: str, start: int, structure: str) -> None:
    result = run(set_values(load_scenario(preset), {"start": start}), members=200, structure=structure)
    change = np.diff(result.run.alignment, axis=0)
    assert result.accounting.shape == (10, len(TERMS), *change.shape[1:])
    assert np.abs(result.accounting.sum(axis=1) - change).max() < ROUNDING
    # and without the term that is defined as what is left over
    assert np.abs(result.accounting[:, :LIMIT].sum(axis=1) - change).max() < ROUNDING


def test_the_limit_is_zero_unless_the_level_is_clipped() -> None:
    """Shocks thirty times too large drive many levels to the ends of the scale."""
    result = run("opening-hand", members=300)
    stormy = replace(result.run.worlds, shocks=30 * result.run.worlds.shocks)
    trajectory = simulate(stormy, policy_of(result.scenario, catalog()), account=True)
    assert trajectory.accounting is not None
    limit, level = trajectory.accounting[:, LIMIT], trajectory.alignment[1:]
    at_top, at_bottom = level == 100, level == 0
    assert at_top.sum() > 100
    assert at_bottom.sum() > 100
    assert np.abs(limit[~at_top & ~at_bottom]).max() < ROUNDING
    assert limit[at_top].max() < ROUNDING
    assert limit[at_bottom].min() > -ROUNDING
    assert limit[at_top].min() < -1
    assert limit[at_bottom].max() > 1
    change = np.diff(trajectory.alignment, axis=0)
    assert np.abs(trajectory.accounting.sum(axis=1) - change).max() < ROUNDING


def test_each_term_has_its_sign(opening_hand: Result) -> None:
    for name in NEVER_NEGATIVE:
        assert term(opening_hand, name).min() >= 0, name
        assert term(opening_hand, name).max() > 0.1, name
    for name in NEVER_POSITIVE:
        assert term(opening_hand, name).max() <= 0, name
        assert term(opening_hand, name).min() < -0.1, name


def test_without_levers_only_drift_and_shock_move_alignment() -> None:
    status_quo = run("status-quo", members=200)
    for name in FROM_LEVERS:
        assert not term(status_quo, name).any(), name
    assert np.median(term(status_quo, "own drift")) > 0.1
    assert np.abs(term(status_quo, "shock")).max() > 1


def test_the_let_down_stands_only_where_an_overture_was_dropped_and_from_the_year_after(opening_hand: Result) -> None:
    """So that backfire can be read off: a year counts it exactly when the year began in a world that was reversed."""
    dropped_before = opening_hand.run.reversed[:-1].astype(bool)
    p = opening_hand.run.worlds.parameters
    minds = (p.broken_promise > 0) & (p.pressure_share > 0)
    in_every_domain = (term(opening_hand, "let-down") > 0).all(axis=1)
    assert dropped_before.any()
    assert not minds.all()  # some of the op-ed's worlds bear no grudge
    assert np.array_equal(in_every_domain, dropped_before & minds)
    kept = run("opening-hand", members=50, structure="C6")
    assert not term(kept, "let-down").any()


def test_switched_choices_take_their_terms_away() -> None:
    switched = run("opening-hand", members=100, structure="C4,C7")
    assert not term(switched, "binding").any()
    assert not term(switched, "relief").any()
    assert term(switched, "hedging").any()


def test_every_term_is_the_references(opening_hand: Result) -> None:
    scenario = opening_hand.scenario
    case = reference.Case(lever_values(scenario), [1.0] * 10, spec.LEVELS[2021])
    for place, worldview in enumerate(opening_hand.worldviews):
        for member in (0, 7):
            years = reference.simulate(drawn_world(opening_hand.run.worlds, worldview, member), case)[1:]
            wanted = np.array([[[terms[name] for terms in year.terms] for name in TERMS] for year in years])
            assert opening_hand.accounting[..., place, member] == pytest.approx(wanted, abs=1e-3)


def test_the_mean_account_of_the_composite_adds_up_to_its_mean_change(opening_hand: Result) -> None:
    frame = opening_hand.accounting_frame()
    assert list(frame.columns) == ["worldview", "year", "term", "points"]
    assert len(frame) == len(spec.WORLDVIEWS) * 10 * len(TERMS)
    change = np.diff(opening_hand.run.composite, axis=0).mean(axis=-1)
    totals = frame.groupby(["worldview", "year"], sort=False)["points"].sum()
    for place, worldview in enumerate(opening_hand.worldviews):
        assert totals[worldview].tolist() == pytest.approx(change[:, place].tolist(), abs=ROUNDING)
        assert totals[worldview].index.tolist() == list(range(2022, 2032))


def test_the_mean_account_of_a_domain_is_the_mean_over_its_worlds(opening_hand: Result) -> None:
    frame = opening_hand.accounting_frame("space")
    own = opening_hand.accounting[:, :, spec.DOMAINS.index("space")].mean(axis=-1)
    for place, worldview in enumerate(opening_hand.worldviews):
        for step, year in enumerate(range(2022, 2032)):
            rows = frame[(frame["worldview"] == worldview) & (frame["year"] == year)]
            assert rows["term"].tolist() == list(TERMS)
            assert rows["points"].tolist() == pytest.approx(own[step, :, place].tolist(), abs=1e-5)

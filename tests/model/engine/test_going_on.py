"""A run can go on from where another ended, so that every year can have a policy of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model import catalog, load_scenario
from model.assumptions.scenario import set_values
from model.assumptions.switches import switches
from model.engine.policy import Policy, policy_of
from model.engine.simulate import State, simulate
from model.engine.worlds import Worlds, make_worlds

YEARS = 6


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    known = catalog()
    return make_worlds(known, tuple(known.worldviews), 80, 3, switches("base", known), YEARS)


def opening() -> Policy:
    return policy_of(set_values(load_scenario("opening-hand"), {"horizon": YEARS, "ramp": 1}), catalog())


def bits(state: State) -> list[bytes]:
    return [np.ascontiguousarray(part).tobytes() for part in state]


def test_years_one_by_one_give_the_run_bit_for_bit(worlds: Worlds) -> None:
    whole = simulate(worlds, opening()).states
    assert whole[-1].reversed.any()
    state = None
    for year in range(YEARS):
        state = simulate(worlds.in_year(year), replace(opening(), era=(1.0,)), begin=state).states[-1]
        assert bits(state) == bits(whole[year + 1]), year


def test_a_run_that_goes_on_starts_with_the_state_that_it_is_given(worlds: Worlds) -> None:
    first = simulate(worlds, opening()).states[-1]
    again = simulate(worlds, opening(), begin=first)
    assert bits(again.states[0]) == bits(first)
    assert bits(again.states[-1]) != bits(first)


def test_the_levels_of_a_policy_that_goes_on_do_not_count(worlds: Worlds) -> None:
    first = simulate(worlds, opening()).states[-1]
    elsewhere = replace(opening(), levels=(0.0,) * 6)
    assert bits(simulate(worlds, elsewhere, begin=first).states[-1]) == bits(
        simulate(worlds, opening(), begin=first).states[-1]
    )


def test_a_year_keeps_its_own_draws_and_every_parameter(worlds: Worlds) -> None:
    alone = worlds.in_year(2)
    assert np.array_equal(alone.shocks, worlds.shocks[2:3])
    assert np.array_equal(alone.luck, worlds.luck[2:3])
    assert alone.parameters is worlds.parameters

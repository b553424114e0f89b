"""Whole points that add up, and tables as they are read."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import catalog, load_scenario, run
from model.analysis.credit import Credit, credits_of
from model.analysis.dose import dose_curve
from model.analysis.dropped import dropped_of
from model.engine.results import Result
from tests.ui.made import made
from ui.exports.brief import credit_rows
from ui.page.table import in_print
from ui.told import assumptions, numbers, words
from ui.told.levers import levers_table, parts_by_worldview
from ui.told.numbers import whole_credit, whole_parts

MEMBERS = 100


@pytest.mark.parametrize(
    ("parts", "total", "whole"),
    [
        ([], 0.0, []),
        ([0.4, 0.4, 0.4], 1.2, [1, 0, 0]),
        ([0.6, 0.6, 0.6], 1.8, [1, 1, 0]),
        ([-4.7, -1.5, -2.8, -2.9, -3.1, -4.2, 0.0], -19.2, [-5, -1, -3, -3, -3, -4, 0]),
        ([-0.4, -0.4, -0.3], -1.1, [0, -1, 0]),
        ([10.5, -10.5], 0.0, [11, -11]),
        ([-0.0, 0.0], -0.0, [0, 0]),
        ([-1e-9, 1e-9, 3.0], 3.0, [0, 0, 3]),
        ([2.5, 2.5], 5.0, [3, 2]),
        ([1.25, 1.25], 2.5, [1, 1]),
        ([33.3, 33.3, 33.3], 99.9, [34, 33, 33]),
    ],
)
def test_parts_in_whole_points_add_up_by_hand(parts: list[float], total: float, whole: list[int]) -> None:
    assert whole_parts(parts, total) == whole


@given(st.lists(st.floats(-200, 200), min_size=1, max_size=12))
def test_parts_in_whole_points_add_up_and_none_is_a_point_off(parts: list[float]) -> None:
    total = math.fsum(parts)
    whole = whole_parts(parts, total)
    assert sum(whole) == round(total)
    assert all(abs(part - told) <= 1 for part, told in zip(parts, whole, strict=True))


def test_credits_told_in_whole_points_add_up_wherever_they_stand() -> None:
    scenario = load_scenario("symbolism-only")
    credits_ = credits_of(scenario, members=MEMBERS)
    rounded_one_by_one = sum(round(value) for value in credits_[2].credit.values())
    assert rounded_one_by_one != round(credits_[2].shift)  # or this shows nothing
    parts = parts_by_worldview(credits_, dropped_of(run(scenario, members=MEMBERS)))
    table = levers_table(parts, whole=True).set_index(["View", "What"])
    in_brief = credit_rows(scenario, credits_)
    for place, credit in enumerate(credits_):
        told = table[catalog().worldviews[credit.worldview].short]
        *shared, shift = told["Shared out (mean)"]
        *alone, interaction = told["Alone (mean)"]
        assert shift == round(credit.shift) == sum(shared) == sum(alone) + interaction
        assert list(told["Lost if dropped (middle)"]) == list(map(round, parts[credit.worldview].dropped.p50.values()))
        said = words.interaction_sentence(credit)
        assert f"Mean shift {words.signed(shift)}: {words.signed(sum(alone))} from" in said
        assert f"{words.signed(interaction)} because" in said
        *each, together, total = [row[3 + place].replace("−", "-") for row in in_brief]
        assert list(map(int, each)) == shared
        assert (int(total), int(together)) == (shift, interaction)


def test_parts_of_a_credit_keep_their_names_and_the_medians_stay() -> None:
    credit = Credit("op-ed", -1.6, {"nato": -0.8, "g8": -0.8}, {"nato": 0.3, "g8": -0.0}, -1.9, -1.7, {"nato": -0.9})
    whole = whole_credit(credit)
    assert (whole.shift, whole.credit) == (-2, {"nato": -1, "g8": -1})
    assert (whole.alone, whole.interaction) == ({"nato": 0, "g8": 0}, -2)
    assert (whole.shift_median, whole.credit_median) == (-1.7, {"nato": -0.9})


@pytest.mark.parametrize("name", ["opening-hand", "grand-bargain", "status-quo"])
def test_terms_of_the_accounting_add_up_to_what_the_sentence_says(name: str) -> None:
    found = run(load_scenario(name), members=MEMBERS).accounting_frame()
    table = numbers.accounting_table(found)
    for key, view in catalog().worldviews.items():
        terms = table[view.short]
        assert terms.sum() == round(float(found[found["worldview"] == key]["points"].sum()))
        together, apart = (words.signed(terms[side].sum()) for side in (terms > 0, terms < 0))
        assert words.accounting_sentence(found, key) == f"Over all years {together} points together and {apart} apart."


def test_every_table_that_the_page_shows_is_in_whole_points_with_minus_signs() -> None:
    scenario = load_scenario("opening-hand")
    result, credits_ = run(scenario, members=MEMBERS), credits_of(scenario, members=MEMBERS)
    cards, accounting = numbers.by_worldview(result), result.accounting_frame()
    for table in (
        numbers.composite_table(cards, result),
        numbers.shift_table(cards),
        numbers.readable(numbers.domain_table(result)),
        numbers.readable(numbers.outcome_table(result)),
        levers_table(parts_by_worldview(credits_, dropped_of(result)), whole=True),
        numbers.accounting_table(accounting),
        numbers.dose_table(dose_curve(scenario, members=MEMBERS, steps=5)),
    ):
        shown = in_print(table)
        read = shown.to_string(delimiter="|")
        assert "−" in read
        assert "-" not in re.sub("Lock-in|Op-ed|Two-front|let-down", "", read)
        assert "." not in read
        held = shown.data  # type: ignore[attr-defined]  # what is sorted
        assert set(held.dtypes[table.columns[-1:]]) == {pd.Series([1]).dtype}


def test_a_hyphen_in_front_of_a_number_is_a_minus_and_others_stay() -> None:
    assert words.minus("-5 / -0.8 (-.5), drift -1") == "−5 / −0.8 (−.5), drift −1"
    for text in ("op-ed", "2021-2031", "1e-05", "2022-02-24", "a - 5", "https://a.example/-5?x=-5"):
        assert words.minus(text) == text


def test_a_search_finds_numbers_below_zero_as_they_are_read() -> None:
    table = assumptions.parameters()
    assert len(assumptions.search(table, "−6")) == len(assumptions.search(table, "-6")) > 0


def test_what_a_card_shows_is_counted_from_its_worlds() -> None:
    """11 worlds, 0 to 10 points apart or 20 apart each: the 10th percentile is the second, the 90th the tenth."""
    none = np.stack([np.full(11, 58.0), np.full(11, 58.0)])  # worldviews, worlds
    shift = np.stack([-np.arange(11.0), np.full(11, 0.4)])
    result = SimpleNamespace(
        years=(2021, 2031),
        worldviews=("op-ed", "sceptic"),
        run=SimpleNamespace(composite=np.stack([none, none + 10 + shift])),
        no_lever=SimpleNamespace(composite=np.stack([none, none + 10])),
        shift=np.stack([0 * shift, shift]),
        reversed_share=np.array([0.274, 0.958]),
    )
    op_ed, sceptic = numbers.by_worldview(cast(Result, result))
    assert op_ed.scenario.tolist() == [[58, 59], [58, 63], [58, 67]]
    assert op_ed.no_lever.tolist() == [[58, 68]] * 3
    assert op_ed.shift == (-9, -5, -1)
    assert len(op_ed.dots) == 50
    assert op_ed.dots[[0, 24, 25, 49]].tolist() == pytest.approx([-9.9, -5.1, -4.9, -0.1])
    assert op_ed.scenario_worlds.tolist() == [[58, 68 - i] for i in range(11)]
    assert op_ed.no_lever_worlds.tolist() == [[58, 68]] * 11
    assert (op_ed.reversed_of_100, op_ed.unmoved_of_100) == (27, 9)  # one world of 11 stays
    assert (sceptic.worldview, sceptic.reversed_of_100, sceptic.unmoved_of_100) == ("sceptic", 96, 100)
    assert sceptic.shift == pytest.approx((0.4, 0.4, 0.4))


def test_the_view_that_moves_most_is_known_by_its_middle_and_is_none_below_a_point() -> None:
    wide, far = made("op-ed", (-30, -2, 20)), made("sceptic", (2.5, 3, 3.5))
    assert numbers.moves_most([wide, far]) is far
    assert numbers.moves_most([made("op-ed", -19), far]) != far
    assert numbers.moves_most([made("op-ed", 0.5), made("sceptic", -0.4)]) is None
    assert numbers.moves_most([still := made("op-ed", 0.6)]) is still


def test_tables_of_a_view_say_its_low_middle_and_high() -> None:
    card = made("op-ed", (-25.3, -18.6, -9.9), dropped=27)
    assert numbers.shift_table((card,)).iloc[0].tolist() == ["Op-ed", -25.3, -18.6, -9.9, 27]

"""The data files as tables: complete, searchable, in words."""

from __future__ import annotations

import pandas as pd
import pytest

from model import catalog
from ui.told import assumptions as tables


def test_every_parameter_shows_its_range_in_every_worldview() -> None:
    table = tables.parameters()
    assert len(table) == 26
    assert table["Name in code"].iloc[-1] == "broken_promise"
    for view in catalog().worldviews.values():
        assert table[view.short].str.match(r"^-?[\d.]+ / -?[\d.]+ / -?[\d.]+$").all()


@pytest.mark.parametrize("worldview", list(catalog().worldviews))
def test_every_assumption_of_a_worldview_shows_basis_reason_and_sources(worldview: str) -> None:
    table = tables.grounds(worldview)
    assert len(table) == 26 + 3  # and three rows of numbers
    assert (table[["Basis", "Why", "Sources"]] != "").all().all()


def test_every_parameter_says_which_way_it_leans_and_why() -> None:
    table = tables.parameters().set_index("Name in code")
    kinds = table["A higher value is"]
    assert kinds.value_counts().to_dict() == {"kinder to the wedge": 12, "harder on it": 11, "neither": 3}
    assert set(kinds[kinds == "neither"].index) == {"drift_rate", "response_strength", "shock_size"}
    assert kinds["symbolic_potency"] == "kinder to the wedge"
    assert kinds["broken_promise"] == "harder on it"
    assert table["Why"].str.match(r"^[A-Z].*\.$").all()


def test_changed_pressure_has_six_prices_each_with_its_reason() -> None:
    table = tables.prices_of_pressure()
    assert sorted(table["Value"]) == ["0.1", "0.15", "0.25", "0.3", "0.3", "0.5"]
    assert table["Equation"].tolist().count(8) == 1  # what easing slights; the others are costs and effort
    assert set(table["Equation"]) == {8, 10}
    assert table["Constant"].str.contains("pressure on (?:Russia|China)").all()
    assert (table[["Why", "Sources"]] != "").all().all()
    assert set(table["Constant"]) < set(tables.constants()["Constant"])


def test_all_217_claims_are_listed_with_place_and_status() -> None:
    table = tables.claims()
    assert len(table) == 217
    assert table["Place"].str.match(r"^paragraph \d+, sentences? \d+( to \d+)?$").all()
    assert set(table["Status"]) == set(tables.STATUS.values())


def test_a_search_wants_every_word_in_any_case() -> None:
    table = pd.DataFrame({"a": ["Moscow moves", "Beijing binds"], "b": ["x", "moscow"]})
    assert tables.search(table, "MOSCOW")["a"].tolist() == ["Moscow moves", "Beijing binds"]
    assert tables.search(table, "moscow binds")["a"].tolist() == ["Beijing binds"]
    assert tables.search(table, ".*").empty


@pytest.mark.parametrize("make", [tables.constants, tables.vectors, tables.levels, tables.choices, tables.sources])
def test_every_other_table_has_rows_and_no_holes(make: object) -> None:
    assert callable(make)
    table = make()
    assert len(table)
    assert not table.isna().any().any()

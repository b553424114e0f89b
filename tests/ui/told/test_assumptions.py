"""The data files as tables: complete, searchable, in words."""

from __future__ import annotations

import pandas as pd
import pytest

from model import catalog
from model.analysis.argument import VECTORS
from model.assumptions.schema import Grade
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


ALL = list(catalog().worldviews)


@pytest.mark.parametrize(
    ("key", "worldviews", "told"),
    [
        ("symbolic_potency", ALL, "−2.5 (Sceptic) to 4 (Op-ed)"),
        ("shock_size", ALL, "1.3 (Midpoint, Op-ed and Sceptic) to 1.6 (Lock-in)"),
        ("dependence_threshold", ["midpoint", "op-ed", "sceptic"], "0.15 (Midpoint and Op-ed) to 0.24 (Sceptic)"),
        ("pull_strength", ["midpoint", "op-ed"], "10 (all that are shown)"),
        ("pull_strength", ["op-ed"], "10 (Op-ed)"),
    ],
)
def test_a_row_says_how_far_apart_the_worldviews_are_and_who_stands_at_the_ends(
    key: str, worldviews: list[str], told: str
) -> None:
    assert tables.finding(key, worldviews) == told


def test_the_picture_of_a_parameter_is_told_with_the_finding_first() -> None:
    assert tables.picture_in_words("symbolic_potency", ALL) == (
        "Central values −2.5 (Sceptic) to 4 (Op-ed), on a scale from −6 to 8. Lock-in −0.8 (−2.5 to 0.8), "
        "Midpoint 1 (−1 to 3), Op-ed 4 (2.5 to 5.5), Sceptic −2.5 (−4 to −1)."
    )


def test_a_basis_finds_what_has_it_under_a_worldview_that_is_shown_and_judgement_what_has_no_other() -> None:
    def found(basis: str, worldviews: list[str]) -> list[str]:
        return tables.assumptions_found("", [basis], worldviews)

    assert found("literature", ["op-ed"]) == ["backlash_hazard", "broken_promise"]
    assert found("data", ["op-ed"]) == ["drift_rate"]
    alone = ["pull_strength", "response_strength", "reversal_loss", "shock_size"]
    assert found("judgement", ["op-ed"]) == alone
    assert found("judgement", ALL) == [
        "pull_strength",
        "response_strength",
        "ukraine_mitigation",
        "reversal_loss",
        "shock_size",
    ]
    assert tables.assumptions_found("", ["data", "judgement"], ["op-ed"]) == ["drift_rate", *alone]
    assert tables.assumptions_found("", [], ALL) == list(tables.assumed())


def test_a_choice_of_a_basis_counts_what_it_shows_and_says_when_it_means_nothing_else() -> None:
    assert [tables.basis_counted(basis) for basis in tables.BASES] == [
        "The essay's text (23)",
        "Literature (20)",
        "Data (8)",
        "Judgement only (5)",
    ]
    for basis in tables.BASES:
        assert f"({len(tables.assumptions_found('', [basis], ALL))})" in tables.basis_counted(basis)
    records = [record for of_views in tables.assumed().values() for record in of_views.values()]
    alone = sum(record.basis == (Grade.JUDGEMENT,) for record in records)
    assert tables.judged() == (
        f"All {len(records)} entries, one a worldview, rest on judgement at least for their size; {alone} on nothing "
        "else."
    )
    assert all(Grade.JUDGEMENT in record.basis for record in records)


def test_what_a_link_asks_for_stands_among_what_is_found_in_its_place() -> None:
    assert "backlash_hazard" not in tables.assumptions_found("", ["judgement"], ALL)
    found = tables.assumptions_found("no such words", ["judgement"], ALL, tables.key_of("backlash_hazard"))
    assert found == ["backlash_hazard"]
    assert tables.key_of("salience") == "Salience of each mechanism to Moscow (s)"
    assert {tables.key_of(name) for name in VECTORS} < set(tables.assumed())


def test_a_search_reads_all_that_a_card_says_of_the_worldviews_that_are_shown() -> None:
    potency = "symbolic_potency"
    for words in ("κₛ", "−6 to 8", "-0.8 (-2.5", "only costly signals", "E57 quarter dose", "kinder to the wedge"):
        assert potency in tables.assumptions_found(words, [], ALL)
    assert potency not in tables.assumptions_found("E57 quarter dose", [], ["sceptic"])
    assert tables.assumptions_found("CAATSA relief 0.7", [], ["lock-in"]) == ["Relative deliverability by lever"]
    assert not tables.assumptions_found("no such words", [], ALL)


def test_dissent_stands_with_the_parameters_of_the_step_that_it_is_about() -> None:
    threat = (
        "person-mcfaul-2022",
        "On Threat: Moscow fears democracy on its borders rather than NATO, so that such offers miss the cause.",
    )
    symbols = ("kydd-2000", "Only costly signals reassure; symbols are cheap and change little.")
    assert tables.disputes("addressable_threat") == [threat, symbols]
    assert threat not in tables.disputes("symbolic_potency")
    assert [source for source, _ in tables.disputes("initial_credibility")] == [
        "mcfaul-medeiros-2025",
        "kydd-2000",
        "modeller",
    ]
    assert tables.disputes("cohesion_loss") == []
    for key in catalog().parameters:
        assert len(tables.disputes(key)) == len(set(tables.disputes(key)))


def test_rows_of_numbers_have_the_names_that_readers_know() -> None:
    values = catalog().worldviews["op-ed"].salience.values
    assert tables.named(values) == {"Threat": "0.5", "Economy": "0.2", "Status": "0.2", "Contact and trust": "0.1"}
    assert tables.named({"nato": 1, "space": -0.5, "east": 0.25}) == {
        "NATO talks": "1",
        "Space": "−0.5",
        "East": "0.25",
    }
    assert tables.plain(-0.08) == "−0.08"


def test_a_place_in_the_essay_has_a_paragraph() -> None:
    assert tables.paragraph_of("P9.S4") == 9
    assert tables.paragraph_of("P17.S2-3") == 17


def test_every_source_says_in_words_how_much_of_it_was_read() -> None:
    assert {source.seen for source in catalog().sources.values()} == set(tables.SEEN)


@pytest.mark.parametrize("make", [tables.constants, tables.vectors, tables.levels, tables.choices, tables.sources])
def test_every_other_table_has_rows_and_no_holes(make: object) -> None:
    assert callable(make)
    table = make()
    assert len(table)
    assert not table.isna().any().any()

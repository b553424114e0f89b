"""Source cards: every edge says what it carries, what it rests on, who claims it and who does not."""

from __future__ import annotations

import re

import pytest

from model import Result, catalog, run
from model.analysis.argument import Argument, groundings, picture, wiring
from model.assumptions.scenario import load_scenario, set_values
from model.assumptions.schema import Grade
from ui.told.assumptions import cite
from ui.told.edge import JUDGEMENT, carried, edge_card, edge_label, node_amount
from ui.told.words import escaped

VIEWS = tuple(catalog().worldviews)


@pytest.fixture(scope="module")
def opening_hand() -> Result:
    return run("opening-hand", members=200)


@pytest.fixture(scope="module")
def arguments(opening_hand: Result) -> dict[str, Argument]:
    return {worldview: picture(opening_hand, worldview) for worldview in VIEWS}


@pytest.mark.parametrize("worldview", VIEWS)
def test_every_card_names_a_source_or_says_that_it_is_judgement(arguments: dict[str, Argument], worldview: str) -> None:
    argument = arguments[worldview]
    for edge in argument.edges:
        card, grounds = edge_card(argument, edge.key), groundings(worldview, catalog())
        for name in edge.rests_on:
            record = grounds[name]
            assert escaped(cite(record.sources)) in card, (edge.key, name)
            assert (JUDGEMENT in card) or Grade.JUDGEMENT not in record.basis, (edge.key, name)
        assert set(catalog().sources) & {source for name in edge.rests_on for source in grounds[name].sources}


@pytest.mark.parametrize("worldview", VIEWS)
def test_a_card_has_all_its_parts(arguments: dict[str, Argument], worldview: str) -> None:
    argument = arguments[worldview]
    for edge in argument.edges:
        card = edge_card(argument, edge.key)
        for part in (
            "What it carries now",
            "In the model (equation",
            "What sets it",
            "claims, in our words",
            "disputes",
        ):
            assert part in card, (edge.key, part)
        assert escaped(edge.says) in card
        assert escaped(catalog().worldviews[worldview].title) in card
        for claim in edge.claims:
            assert escaped(catalog().claims[claim].words) in card
        assert not re.search(r"\{(from|to)\}|None|probability", card), edge.key


def test_a_parameter_stands_with_the_range_of_its_worldview(arguments: dict[str, Argument]) -> None:
    assert "0.75 low, 0.9 central, 1 high" in unescaped(edge_card(arguments["op-ed"], "nato>threat"))
    assert "0.1 low, 0.25 central, 0.42 high" in unescaped(edge_card(arguments["sceptic"], "nato>threat"))


def test_a_table_shows_the_entry_of_the_edge(arguments: dict[str, Argument]) -> None:
    op_ed = arguments["op-ed"]
    assert "What each inducement can supply (W): 0.25" in unescaped(edge_card(op_ed, "nato>status"))
    assert "(v): 0.3." in unescaped(edge_card(op_ed, "caatsa>seen"))
    assert "(M): Threat 0.5, Economy 0.1, Status 0.05" in unescaped(edge_card(op_ed, "reciprocity>military"))
    assert "(s): 0.5." in unescaped(edge_card(op_ed, "threat>offer"))


def unescaped(card: str) -> str:
    return re.sub(r"\\(.)", r"\1", card).replace("**", "")


def test_a_card_without_a_claim_of_the_essay_says_so(arguments: dict[str, Argument]) -> None:
    assert "The essay does not claim this" in edge_card(arguments["op-ed"], "seen>binding")
    assert "The essay does not claim this" not in edge_card(arguments["op-ed"], "nato>threat")


def test_a_card_says_which_choice_of_structure_is_switched(arguments: dict[str, Argument]) -> None:
    kinds, choices = wiring(catalog()).edges, catalog().structure.choices
    disputed = [(edge.key, key) for edge in arguments["op-ed"].edges for key in kinds[edge.kind].choices]
    assert disputed
    for edge, key in disputed:
        other = escaped(choices[key].alternative)
        assert f"could be: {other}." in edge_card(arguments["op-ed"], edge)
        assert f"is switched here to: {other}." in edge_card(arguments["op-ed"], edge, (key,))


def test_labels_are_words_in_whole_numbers(arguments: dict[str, Argument]) -> None:
    for argument in arguments.values():
        for edge in argument.edges:
            label = edge_label(edge)
            name, told = label.rsplit(": ", 1)
            assert " to " in name
            assert re.fullmatch(
                r"(carries|holds back) (nothing now|\d+ of 100|less than 1 of 100)"
                r"|drives the two (apart|together), ([−+]\d+ points?|less than 1 point)",
                told,
            ), label
        for node in argument.nodes:
            assert re.fullmatch(r"\d+ (of 100|%)|0 points|[−+]\d+ points?", node_amount(node)), node.key


def test_an_edge_that_carries_nothing_says_so() -> None:
    argument = picture(run("status-quo", members=50), "op-ed")
    for edge in argument.edges:
        assert carried(edge) in ("carries nothing now", "holds back nothing now")
        assert "nothing now" in edge_card(argument, edge.key)


def test_two_pressures_make_up_the_joint_pressure_by_their_geometric_mean() -> None:
    """√(0.5 · 1.5) is 0.87. Beside 150 on China half on Russia takes off √1.5 − 0.87 = 0.36; beside 50 on Russia the
    half more on China adds 0.87 − √0.5 = 0.16."""
    scenario = set_values(load_scenario("status-quo"), {"pressure_russia": 50, "pressure_china": 150})
    argument = picture(run(scenario, members=50), "midpoint")
    amounts = {
        key: node_amount(argument.node(key)) for key in ("pressure_russia", "pressure_china", "nato", "pressure")
    }
    assert amounts == {"pressure_russia": "50 %", "pressure_china": "150 %", "nato": "0 of 100", "pressure": "87 %"}
    assert [edge_label(argument.edge(f"{lever}>pressure")) for lever in ("pressure_russia", "pressure_china")] == [
        "Pressure on Russia to Joint pressure: holds back 36 of 100",
        "Pressure on China to Joint pressure: carries 16 of 100",
    ]
    assert edge_label(argument.edge("pressure>shared")) == "Joint pressure to Shared pressure: holds back 13 of 100"


def test_an_opening_that_is_dropped_leaves_a_broken_promise_that_drives_the_two_together(
    arguments: dict[str, Argument],
) -> None:
    for argument in arguments.values():
        assert argument.edge("seen>broken").strength > 0
        into = [edge for edge in argument.edges if edge.kind == "let_down"]
        assert [edge.to for edge in into] == list(catalog().structure.domains)
        assert all(edge.sign == 1 for edge in into)
    card = edge_card(arguments["op-ed"], "broken>military")
    assert "Broken promise (λ): 0 low, 0.3 central, 0.8 high" in unescaped(card)
    assert "The essay does not claim this" in card


def test_an_opening_that_is_never_dropped_leaves_none() -> None:
    argument = picture(run("ease-russia", members=50), "sceptic")
    assert node_amount(argument.node("broken")) == "0 of 100"
    assert edge_label(argument.edge("seen>broken")) == "Courtship seen to Broken promise: carries nothing now"


def test_an_unknown_edge_is_an_error(arguments: dict[str, Argument]) -> None:
    with pytest.raises(KeyError):
        edge_card(arguments["op-ed"], "nato>space")

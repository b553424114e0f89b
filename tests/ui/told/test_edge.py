"""Source cards: every edge says what it carries, what it rests on, who claims it and who does not."""

from __future__ import annotations

import re

import pytest

from model import Result, catalog, run
from model.analysis.argument import Argument, groundings, picture, wiring
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
            assert re.fullmatch(r"\d+ (of 100|% of 2021)|0 points|[−+]\d+ points?", node_amount(node)), node.key


def test_an_edge_that_carries_nothing_says_so() -> None:
    argument = picture(run("status-quo", members=50), "op-ed")
    for edge in argument.edges:
        assert carried(edge) in ("carries nothing now", "holds back nothing now")
        assert "nothing now" in edge_card(argument, edge.key)


def test_an_unknown_edge_is_an_error(arguments: dict[str, Argument]) -> None:
    with pytest.raises(KeyError):
        edge_card(arguments["op-ed"], "nato>space")

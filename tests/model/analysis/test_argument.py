"""The argument as a picture: it carries what the equations carry, from every lever to the domains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model import InputError, Result, catalog, load_scenario, presets, run
from model.analysis.argument import (
    FILE,
    INSIDE,
    TERM_OF,
    Argument,
    Edge,
    _means,
    _year,
    groundings,
    load_wiring,
    picture,
    strongest_rate,
    wiring,
)
from model.assumptions.catalog import DATA
from model.assumptions.scenario import set_values
from model.engine import equations as eq
from model.engine.equations import TERMS

ROUNDING = 1e-3
VIEWS = tuple(catalog().worldviews)
MECHANISMS, DOMAINS = tuple(catalog().structure.mechanisms), tuple(catalog().structure.domains)


def at(preset: str = "status-quo", *, structure: str = "base", **values: int) -> Result:
    """A preset with some settings changed, in 200 worlds."""
    return with_settings(preset, values, structure)


def with_settings(preset: str, values: dict[str, int], structure: str = "base") -> Result:
    return run(set_values(load_scenario(preset), values), members=200, structure=structure)


def into(argument: Argument, kind: str) -> dict[str, float]:
    """What edges of a kind carry, by the node they lead to."""
    return {edge.to: edge.points if edge.points is not None else edge.strength for edge in of(argument, kind)}


def of(argument: Argument, kind: str) -> list[Edge]:
    return [edge for edge in argument.edges if edge.kind == kind]


@pytest.fixture(scope="module")
def opening_hand() -> Result:
    return run("opening-hand", members=400)


@pytest.fixture(scope="module")
def op_ed(opening_hand: Result) -> Argument:
    return picture(opening_hand, "op-ed")


# ---- the shape of the picture


def test_every_edge_leads_from_one_node_of_the_picture_to_one_farther_right(op_ed: Argument) -> None:
    columns = list(op_ed.columns)
    for edge in op_ed.edges:
        assert columns.index(op_ed.node(edge.origin).column) < columns.index(op_ed.node(edge.to).column), edge.key
    assert len({edge.key for edge in op_ed.edges}) == len(op_ed.edges)
    assert len(op_ed.nodes) <= 30  # ten levers, four needs, two signals, three weighed, five answers, six domains


def test_every_lever_and_the_pressure_reach_every_domain(op_ed: Argument) -> None:
    for start in (*catalog().levers, "pressure"):
        reached = {start}
        for edge in op_ed.edges * len(op_ed.columns):
            reached |= {edge.to} if edge.origin in reached else set()
        assert set(DOMAINS) <= reached, start


def test_an_offer_supplies_a_mechanism_only_where_the_table_says_so(op_ed: Argument) -> None:
    table = catalog().structure.tables.mechanism_supply.values
    wanted = {(lever, key) for key, row in table.items() for lever, share in row.items() if share > 0}
    assert {(edge.origin, edge.to) for edge in of(op_ed, "supply")} == wanted


def test_nodes_of_a_column_stand_below_one_another(op_ed: Argument) -> None:
    for column in op_ed.columns:
        places = [node.place for node in op_ed.nodes if node.column == column]
        assert places == sorted(set(places)), column
        assert min(places) >= 0, column
        assert max(places) <= 1, column


# ---- what it carries


@pytest.mark.parametrize("worldview", VIEWS)
@pytest.mark.parametrize("structure", ["base", "ensemble"])
def test_nothing_is_carried_when_nothing_is_moved(worldview: str, structure: str) -> None:
    argument = picture(at(structure=structure), worldview)
    assert {edge.strength for edge in argument.edges} == {0.0}
    assert {edge.sign for edge in argument.edges} == {0}


@pytest.mark.parametrize("preset", list(presets()))
@pytest.mark.parametrize("structure", ["base", "C1,C2,C4,C7"])
def test_edges_into_domains_carry_the_terms_of_equation_7(preset: str, structure: str) -> None:
    result = at(preset, structure=structure, pressure_russia=100, pressure_china=100)
    terms = result.accounting.sum(axis=0, dtype=float).mean(axis=-1)
    for w, worldview in enumerate(result.worldviews):
        argument = picture(result, worldview)
        for kind, term in TERM_OF.items():
            wanted = dict(zip(DOMAINS, terms[TERMS.index(term), :, w], strict=True))
            assert into(argument, kind) == pytest.approx(wanted, abs=ROUNDING), (worldview, kind)


def both_at(pressure: int) -> dict[str, int]:
    return {"pressure_russia": pressure, "pressure_china": pressure}


def test_a_further_pressure_carries_its_share_of_the_pressure_drift() -> None:
    """With both at 150 a third of the pressure drift is beyond the no-lever run's; at 50 as much again is missing."""
    for pressure, beyond in ((150, 1 / 3), (50, -1.0)):
        result = with_settings("status-quo", both_at(pressure))
        drift = beyond * result.accounting[:, TERMS.index("pressure drift")].sum(axis=0, dtype=float).mean(axis=-1)
        for w, worldview in enumerate(result.worldviews):
            argument = picture(result, worldview)
            assert into(argument, "drift") == pytest.approx(dict(zip(DOMAINS, drift[:, w], strict=True)), abs=ROUNDING)
            assert {edge.sign for edge in of(argument, "drift")} == {1 if pressure > 100 else -1}
            assert argument.edge("pressure>shared").strength == pytest.approx(0.5)
            assert argument.edge("pressure>shared").holds_back == (pressure < 100)


@pytest.mark.parametrize("alone", ["pressure_russia", "pressure_china"])
def test_without_pressure_on_one_of_them_the_whole_pressure_drift_is_missing(alone: str) -> None:
    """The geometric mean of any pressure and none is none: there is no shared threat left."""
    result = with_settings("status-quo", both_at(150) | {alone: 0})
    assert not result.accounting[:, TERMS.index("pressure drift")].any()
    assert all(points < -1 for points in into(picture(result, "op-ed"), "drift").values())


def test_what_one_pressure_adds_the_other_can_take_away() -> None:
    """Half on Russia and twice on China: the joint pressure is 1 and the drift the no-lever run's.

    Beside twice on China, halving that on Russia takes off sqrt(2) - 1; beside half on Russia, doubling that on China
    adds 1 - sqrt(1/2).
    """
    argument = picture(at(pressure_russia=50, pressure_china=200), "midpoint")
    assert argument.edge("pressure_russia>pressure").strength == pytest.approx(2**0.5 - 1)
    assert argument.edge("pressure_russia>pressure").holds_back
    assert argument.edge("pressure_china>pressure").strength == pytest.approx(1 - 0.5**0.5)
    assert not argument.edge("pressure_china>pressure").holds_back
    assert argument.edge("pressure>shared").strength == pytest.approx(0)
    assert into(argument, "drift") == pytest.approx(dict.fromkeys(DOMAINS, 0))


def test_a_lever_of_pressure_at_neutral_carries_nothing() -> None:
    argument = picture(at(pressure_china=150), "midpoint")
    assert argument.edge("pressure_russia>pressure").strength == 0
    assert argument.edge("pressure_china>pressure").strength == pytest.approx(1.5**0.5 - 1)


@pytest.mark.parametrize("worldview", VIEWS)
def test_an_overture_that_is_never_dropped_leaves_nothing_behind(worldview: str) -> None:
    dropped, kept = (picture(at("opening-hand", structure=structure), worldview) for structure in ("base", "C6"))
    assert dropped.edge("seen>broken").strength > 0
    assert all(edge.points is not None and edge.points > 0 for edge in of(dropped, "let_down"))
    assert kept.edge("seen>broken").strength == kept.node("broken").value == 0
    assert set(into(kept, "let_down").values()) == {0.0}


@pytest.mark.parametrize("structure", ["base", "ensemble", "C1", "C2"])
def test_a_nodes_number_is_what_the_run_says(structure: str) -> None:
    result = at("grand-bargain", structure=structure, clarity=40, precond=20)
    run_, means = result.run, _means(result)
    for node, series in (
        ("belief", run_.series("credibility")),
        ("stake", run_.series("threshold")),
        ("reciprocity", run_.reciprocity),
        ("hedging", run_.hedging),
        ("broken", run_.series("let_down")),
        ("binding", run_.series("attention")),
    ):
        assert means[node] == pytest.approx(series[1:].mean(axis=(0, -1)), abs=ROUNDING), node


@pytest.mark.parametrize("structure", ["base", "ensemble", "C1", "C2"])
@pytest.mark.parametrize("preset", ["opening-hand", "giveaway", "preconditions-first"])
def test_what_flows_into_a_node_adds_up_to_it_in_every_world_and_year(preset: str, structure: str) -> None:
    result = at(preset, structure=structure)
    for year in range(10):
        flows = _year(result.run, year)
        assert flows["supply"].sum(axis=1) == pytest.approx(flows["mechanisms"], abs=ROUNDING)
        assert flows["value"].sum(axis=0) == pytest.approx(result.run.states[year + 1].offer_value, abs=ROUNDING)
        assert flows["ask"] + flows["outweigh"] == pytest.approx(flows["reciprocity"], abs=ROUNDING)
        assert flows["unsettle"] + flows["alarm"] == pytest.approx(flows["hedging"], abs=ROUNDING)


def test_the_believed_offer_is_the_one_that_moves_moscow() -> None:
    """Reciprocity, worked out anew from the picture's believed offer, is that of the run."""
    for structure in ("base", "C1", "C2"):
        result = at("opening-hand", structure=structure)
        p = result.run.worlds.parameters
        for year in (0, 4, 9):
            asked = p.unasked_reciprocity + (1 - p.unasked_reciprocity) * result.run.policy.clarity
            now = result.run.states[year + 1]
            moved = eq.reciprocity(
                _year(result.run, year)["offer"],
                now.threshold,
                asked,
                result.run.worlds.proportional,
                catalog().constant.threshold_softness,
            )
            assert moved == pytest.approx(now.reciprocity, abs=ROUNDING)


def test_no_edge_but_those_of_pressure_ever_carries_less_than_nothing() -> None:
    result = at("grand-bargain", precond=30, allies=100, structure="ensemble")
    for name in set(INSIDE) - {"squeeze", "press"}:
        assert _means(result)[name].min() >= -ROUNDING, name


@pytest.mark.parametrize("worldview", VIEWS)
@pytest.mark.parametrize("lever", catalog().inducements)
def test_an_offers_edges_grow_with_its_lever(worldview: str, lever: str) -> None:
    """With no reversal at home (C6), which a larger offer can make more frequent."""
    weaker, stronger = (picture(with_settings("status-quo", {lever: dose}, "C6"), worldview) for dose in (30, 60))
    for edge in weaker.edges:
        if edge.origin == lever:
            assert 0 < edge.strength < stronger.edge(edge.key).strength, edge.key


@pytest.mark.parametrize("worldview", VIEWS)
@pytest.mark.parametrize(
    ("lever", "keys"),
    [
        ("clarity", ["clarity>belief", "clarity>reciprocity"]),
        ("precond", ["precond>offer", "precond>seen"]),
        ("allies", ["allies>threat"]),
    ],
)
def test_a_terms_edges_grow_with_it(worldview: str, lever: str, keys: list[str]) -> None:
    none_of_them = {"clarity": 0, "precond": 0, "allies": 0}
    none, some, much = (
        picture(with_settings("grand-bargain", none_of_them | {lever: value}, "C6"), worldview) for value in (0, 40, 80)
    )
    for key in keys:
        assert none.edge(key).strength == 0
        assert 0 < some.edge(key).strength < much.edge(key).strength, key


def test_what_moscow_would_risk_holds_it_back_and_never_where_it_answers_in_proportion() -> None:
    assert picture(at("grand-bargain"), "midpoint").edge("stake>reciprocity").strength > 0.01
    assert picture(at("grand-bargain", structure="C2"), "midpoint").edge("stake>reciprocity").strength == 0


def test_a_strength_is_a_share_of_the_same_whole_under_every_worldview(opening_hand: Result) -> None:
    years = len(opening_hand.years) - 1
    for worldview in VIEWS:
        for edge in picture(opening_hand, worldview).edges:
            assert 0 <= edge.strength <= 1
            if edge.points is not None:
                assert edge.strength == pytest.approx(abs(edge.points) / years / strongest_rate(catalog()))
                assert edge.sign == np.sign(edge.points)
            else:
                assert edge.sign == 0


def test_a_domains_number_is_the_sum_of_the_edges_into_it(op_ed: Argument) -> None:
    for domain in DOMAINS:
        points = [edge.points for edge in op_ed.edges if edge.to == domain and edge.points is not None]
        assert len(points) == 5
        assert op_ed.node(domain).value == pytest.approx(sum(points))


def test_a_policy_that_begins_later_carries_less() -> None:
    at_once, late = (picture(at("opening-hand", onset=onset), "op-ed") for onset in (0, 5))
    for edge in at_once.edges:
        assert late.edge(edge.key).strength <= edge.strength


def test_a_historic_analogue_has_a_picture_under_its_own_worldview_only() -> None:
    result = run("dual-competition-2014", members=50)
    assert {edge.strength for edge in picture(result, "midpoint").edges} == {0.0}
    with pytest.raises(InputError, match="does not hold"):
        picture(result, "sceptic")


# ---- the file


def test_every_parameter_table_choice_claim_and_source_of_an_edge_exists(op_ed: Argument) -> None:
    known = catalog()
    for worldview in VIEWS:
        for edge in op_ed.edges:
            assert set(edge.rests_on) <= set(groundings(worldview, catalog())), edge.key
    for edge in op_ed.edges:
        assert set(edge.claims) <= set(known.claims)
        assert {dispute.source for dispute in edge.disputed} <= set(known.sources)
    for kind in wiring(catalog()).edges.values():
        assert set(kind.choices) <= set(known.structure.choices)


def test_a_claim_about_one_lever_and_one_need_stands_at_that_edge_only(op_ed: Argument) -> None:
    assert [edge.key for edge in op_ed.edges if "E70" in edge.claims] == ["nato>threat"]
    assert [edge.key for edge in op_ed.edges if "E71" in edge.claims] == ["caatsa>economy"]
    disputed = [edge.key for edge in of(op_ed, "supply") if "person-mcfaul-2022" in {d.source for d in edge.disputed}]
    assert {key.split(">")[1] for key in disputed} == {"threat"}


def test_every_kind_of_edge_says_what_it_is_and_every_claim_is_used_once(op_ed: Argument) -> None:
    for name, kind in wiring(catalog()).edges.items():
        assert kind.says.endswith("."), name
        assert kind.in_words.endswith("."), name
        assert len(set(kind.claims)) == len(kind.claims), name
        assert any(edge.kind == name for edge in op_ed.edges), name
    used = {claim for kind in wiring(catalog()).edges.values() for claim in kind.claims}
    assert used <= {claim for edge in op_ed.edges for claim in edge.claims}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rests_on = ["salience"]', 'rests_on = ["saliense"]', "did you mean salience?"),
        ('claims = ["M04"]', 'claims = ["M99"]', "unknown claim"),
        ('source = "gabuev"', 'source = "gabuew"', "did you mean gabuev?"),
        ('choices = ["C7"]', 'choices = ["C9"]', "unknown choice"),
        ('to = "seen"', 'to = "sean"', "did you mean seen?"),
        ('about = "threat"', 'about = "military"', "unknown end"),
        ("edges.alarm", "edges.alert", "alert"),
        ("[nodes.belief]", "[nodes.nato]", "name of a lever"),
        ('column = "answers"', 'column = "reply"', "must be"),
        ("equation = 3", "equation = 30", "equation"),
        ("holds_back = true", "holds = true", "not known"),
        ('full = "full attention"', "", "full"),
        ('edges = ["pull"]', 'edges = ["pul"]', "did you mean pull?"),
        ('measured_by = "latent_friction"', 'measured_by = "salience"', r"step 2 of \[\[chain\]\] names the unknown"),
        ('claims = ["E10", "E52"', 'claims = ["E10", "E99"', "unknown claim"),
    ],
)
def test_a_wrong_name_in_the_file_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (DATA / "argument.toml").read_text()
    assert old in text
    wrong = tmp_path / "argument.toml"
    wrong.write_text(text.replace(old, new))
    with pytest.raises(InputError, match=said) as refusal:
        load_wiring(catalog(), wrong)
    assert str(refusal.value).startswith(FILE)


def test_the_essays_chain_has_eight_steps_and_leaves_out_what_the_essay_leaves_out() -> None:
    """No step is carried by an answer of Beijing's, or a grudge of Moscow's, that only the critics expect."""
    found = wiring(catalog())
    assert len(found.chain) == 8
    carried = {name for step in found.chain for name in step.edges}
    assert carried.isdisjoint({"notice", "bind", "drop", "let_down"})
    assert all(any(found.edges[name].claims for name in step.edges) for step in found.chain)

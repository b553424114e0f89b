"""The weights in words and tables, from numbers made by hand."""

from __future__ import annotations

import math

import pytest

from model import catalog, load_scenario
from model.analysis.argument import groundings
from model.analysis.credit import Credit
from model.analysis.weights import Weight, Weights
from model.assumptions.scenario import set_values
from tests.ui.made import made
from ui.told import weights as told
from ui.told.weights import Heavy, by_worldview

NATO = Weight(share=0.307, full=0.2896, asked=0.1448, delivered=0.1346, felt=0.245, deliverable=0.951)
LIFT = Weight(share=0.182, full=0.1716, asked=0, delivered=0, felt=0, deliverable=0.951)
HALF = Weights("op-ed", {"nato": NATO, "caatsa": LIFT}, 0.723, 0.525, 0.382, 0.108, 99)
HAND = Credit("op-ed", -16.5, {"nato": -10.25, "clarity": -6.25}, {"nato": -9, "clarity": -1}, -6.5, -20, {})
OP_ED = Heavy(HALF, HAND, 28)
THIN = Weight(share=0.121, full=0.0986, asked=0.0493, delivered=0.024, felt=0.0075, deliverable=0.499)
WIDE = Weight(share=0.473, full=0.3862, asked=0.1352, delivered=0.0483, felt=0.0595, deliverable=0.363)
DOUBTED = Weights("sceptic", {"nato": THIN, "caatsa": WIDE}, 0.0947, 0.2525, 0.0239, 0.379, 1)
SCEPTIC = Heavy(DOUBTED, Credit("sceptic", 2, {"nato": 1, "caatsa": 1}, {}, 0, 2, {}), 96)


def nothing(of: Heavy, **changes: float) -> Heavy:
    """The same with nothing asked."""
    idle = {key: one.__class__(one.share, one.full, 0, 0, 0, one.deliverable) for key, one in of.weights.offers.items()}
    known = of.weights
    weights = Weights(known.worldview, idle, 0, known.belief, 0, changes.get("must_pass", known.must_pass), 0)
    return Heavy(weights, Credit(known.worldview, 0, {}, {}, 0, 0, {}), 0)


def test_a_worldview_says_whether_the_package_gets_through_and_how_often_it_is_dropped() -> None:
    assert OP_ED.sentence == "Passes in 99 of 100 assumed worlds; Washington drops it in 28."
    assert SCEPTIC.sentence == "Passes in 1 of 100 assumed worlds; Washington drops it in 96."
    assert nothing(OP_ED).sentence == "Nothing is offered; it would have to pass 11 of 100."
    assert nothing(OP_ED, must_pass=0).sentence == ""
    free = Heavy(Weights("op-ed", {"nato": NATO}, 0.2, 0.5, 0.1, 0, 100), HAND, 28)
    assert free.sentence == "Nothing has to be passed. Washington drops it in 28 of 100 assumed worlds."


def test_every_offer_is_told_from_its_weight_to_what_is_felt_with_its_whole_credit() -> None:
    assert OP_ED.heaviest == "nato"
    assert SCEPTIC.heaviest == "caatsa"
    assert OP_ED.told == (
        "Value 72 of 100, believed 38, must pass 11. NATO talks: weight 31 %; of 29 at full dose 14 asked, 13 "
        "delivered, 24 felt; credit −10. CAATSA relief: weight 18 %; of 17 at full dose 0 asked, 0 delivered, 0 felt; "
        "credit –."
    )
    assert OP_ED.whole == {"nato": -10, "clarity": -6}  # −16.5 is told as −16, and they add up to it


def test_the_finding_names_the_heaviest_offer_by_view_and_where_the_package_gets_through() -> None:
    assert told.finding([SCEPTIC, OP_ED]) == (
        "Most weight: CAATSA relief under Sceptic (47 %); NATO talks under Op-ed (31 %).",
        "As far as it is believed, the package outweighs what Moscow would risk in 99 of 100 assumed worlds under "
        "Op-ed and 1 under Sceptic.",
    )
    assert told.finding([SCEPTIC, SCEPTIC])[0].startswith("Most weight: CAATSA relief under Sceptic (47 %) and Sceptic")
    assert told.finding([nothing(SCEPTIC)])[1] == "Nothing is offered, so nothing of it reaches Moscow."
    free = Heavy(Weights("op-ed", {"nato": NATO}, 0.2, 0.5, 0.1, 0, 100), HAND, 28)
    assert told.finding([free])[1] == "There is nothing to outweigh: Moscow answers in proportion."


def test_weights_meet_credits_and_reversals_of_the_same_worldview() -> None:
    cards = [made("op-ed", dropped=28), made("sceptic", dropped=96)]
    assert by_worldview((HALF, DOUBTED), (HAND, SCEPTIC.credit), cards) == {"op-ed": OP_ED, "sceptic": SCEPTIC}


def test_levers_without_a_weight_are_listed_with_what_they_multiply() -> None:
    said = told.multipliers(set_values(load_scenario("opening-hand"), {"pressure_china": 140}))
    heads = [line.partition(":")[0] for line in said.splitlines()[2:]]
    assert said.startswith("These levers carry no weight.")
    assert heads == [
        "- **Clear expectations** (80)",
        "- **Preconditions first** (0)",
        "- **Assurances to allies** (60)",
        "- **Pressure on Russia** (100) and **Pressure on China** (140)",  # both do the same, which is said once
    ]
    assert "clarity times how concrete the delivered offers are" in said
    assert "not visible" not in said  # what Beijing sees bears on no weight


def test_tables_keep_offers_and_what_they_come_to_apart_and_a_file_has_both() -> None:
    found = {"op-ed": OP_ED, "sceptic": SCEPTIC}
    offers, together = told.offers_table(found), told.together_table(found)
    nato = {"Worldview": "Op-ed", "Offer": "NATO talks", "Weight, %": 30.7, "At full dose": 28.96, "Asked": 14.48}
    assert offers.iloc[0].to_dict() == pytest.approx(
        nato | {"Delivered": 13.46, "Felt": 24.5, "Credit, points": -10.25}
    )
    assert math.isnan(offers.iloc[1]["Credit, points"])
    assert told.offers_table(found, whole=True)["Credit, points"].tolist()[::2] == [-10, 1]
    assert together.iloc[1].to_dict() == pytest.approx(
        {"Worldview": "Sceptic", "Value": 9.47, "Belief, %": 25.25, "Believed": 2.39, "Must pass": 37.9}
        | {"Passes in": 1, "Dropped in": 96}
    )
    both = told.weights_table(found)
    assert both["Offer"].tolist() == ["NATO talks", "CAATSA relief", "All together"] * 2
    assert both["Worldview"].tolist() == ["Op-ed"] * 3 + ["Sceptic"] * 3


def test_every_weight_that_is_assumed_is_told_once_with_basis_and_source() -> None:
    table, known = told.named_table(), catalog()
    counts = table["Weights of"].value_counts().to_dict()
    views, offers, needs, domains = 4, 5, 4, 6
    assert counts == {
        "Levers": (needs + views + 4) * offers,  # what each can supply, be delivered; four rows that all views share
        "Moscow’s needs": views * needs,
        "Domains": (2 + views) * domains + domains * needs,
    }
    assert table["Basis"].str.len().min() > 0
    assert table["Sources"].str.len().min() > 0
    row = table[(table["Name"] == "NATO talks") & (table["What"] == "How much each inducement slights the allies")]
    assert row[["Worldview", "Weight", "Basis", "Claims"]].to_numpy().tolist() == [
        ["all", "0.4", "the essay's text, judgement", "E59, E60"]
    ]
    assert set(sum(told.NAMED.values(), ())) <= set(groundings("op-ed", known))
    lock_in = next(one for one in told.assumed(["salience"]) if one.view == "Lock-in")
    assert dict(lock_in.values) == {"Threat": "0.25", "Economy": "0.5", "Status": "0.1", "Contact and trust": "0.15"}

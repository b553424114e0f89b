"""The page Assumptions without a browser: what it shows, and what is left by a search and by filters."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from model import catalog
from model.analysis.argument import VECTORS, groundings
from tests.ui.page.test_app import SCRIPT, address, opened, said
from ui.told import assumptions as told

TABS = ("Parameters", "Levers", "Structure", "Claims", "Sources")


def on(tab: str) -> AppTest:
    """The page with one of its tabs open."""
    app = opened()
    app.session_state["assumption_tabs"] = tab
    app.switch_page("assumptions.py").run()
    assert not app.exception
    return app


def keep(app: AppTest, tab: str) -> None:
    """Runs the page again as a browser would: it sends the open tab along."""
    app.session_state["assumption_tabs"] = tab
    app.run()
    assert not app.exception


def names(app: AppTest) -> list[str]:
    """The names of all cards on the page."""
    html = "".join(element.proto.body for element in app.get("html"))
    return [re.sub(" <i>.*", "", name) for name in re.findall(r'<span class="name">(.*?)</span>', html)]


def headings(app: AppTest) -> list[str]:
    """The heads of all groups with their counts."""
    html = "".join(element.proto.body for element in app.get("html"))
    found = re.findall(r'<h4>(.*?)</h4><span class="count">(\d+)', html)
    return [f"{title}: {count}" for title, count in found]


@pytest.mark.parametrize(
    ("tab", "parts"),
    [
        ("Parameters", ["26 uncertain parameters", "Each world leans one way"]),
        ("Levers", ["10 levers.", "the two pressures from 0 to 200 %", "**200 Embargo and heavy forces.**"]),
        ("Structure", ["#### The ten equations"]),
        ("Claims", ["217 claims of the essay"]),
        ("Sources", ["143 sources, by how much of each was read"]),
    ],
)
def test_every_tab_says_what_it_holds_and_where_to_download_it(tab: str, parts: list[str]) -> None:
    app = on(tab)
    for part in parts:
        assert part in said(app)
    assert tab in ("Levers", "Structure") or "Download: [CSV](/export/" in said(app)


def test_parameters_stand_under_the_equation_that_uses_them_first() -> None:
    app = on("Parameters")
    assert headings(app) == [
        "What is delivered of an offer (equation 1): 2",
        "What it can do for Moscow (equation 2): 3",
        "Belief (equation 4): 1",
        "Threshold and reciprocity (equation 5): 3",
        "Beijing&#x27;s doubt and attention (equation 6): 1",
        "Alignment in each domain (equation 7): 8",
        "NATO cohesion, east and rest (equation 8): 4",
        "Reversal at home (equation 9): 2",
        "The other outcomes (equation 10): 2",
        "Numbers for each need, domain and offer: 3",
    ]
    assert len(names(app)) == len(told.assumed()) == 29


def test_parameters_are_found_by_words_basis_and_worldview() -> None:
    app = on("Parameters")
    app.text_input(key="parameter_search").set_value("symbolic")
    keep(app, "Parameters")
    assert "Symbolic potency" in names(app)
    assert f"{len(names(app))} of 29 assumptions are shown." in said(app)
    app.text_input(key="parameter_search").set_value("")
    app.button_group(key="parameter_views").set_value(["op-ed"])
    app.button_group(key="parameter_basis").set_value(["literature"])
    keep(app, "Parameters")
    assert names(app) == ["Broken promise", "Backlash hazard"]
    assert "2 of 29 assumptions are shown." in said(app)
    assert "Structural lock-in" not in "".join(element.proto.body for element in app.get("html"))
    app.text_input(key="parameter_search").set_value("zzz")
    keep(app, "Parameters")
    assert "0 of 29 assumptions are shown." in said(app)
    assert names(app) == []


def test_claims_stand_by_paragraph_and_are_found_by_words_and_status() -> None:
    app = on("Claims")
    assert len(names(app)) == 217
    assert headings(app)[0] == "Paragraph 1: 11"
    assert len(headings(app)) == 23
    app.button_group(key="claim_status").set_value(["outside the model"])
    keep(app, "Claims")
    assert len(names(app)) == 27
    assert "27 of 217 claims are shown." in said(app)
    app.button_group(key="claim_status").set_value([])
    for wanted, fewest, most in (("moon", 1, 9), ("zzz", 0, 0)):
        app.text_input(key="claim_search").set_value(wanted)
        keep(app, "Claims")
        assert fewest <= len(names(app)) <= most
        assert f"{len(names(app))} of 217 claims are shown." in said(app)


def test_sources_stand_by_how_much_was_read_and_are_searched() -> None:
    app = on("Sources")
    assert headings(app) == [
        "Read in full: 1",
        "Read in excerpts: 63",
        "Read in abstract: 29",
        "Known from a secondary account: 23",
        "Data: 11",
        "From memory: 15",
        "Judgement of the modeller: 1",
    ]
    app.text_input(key="source_search").set_value("longer telegram")
    keep(app, "Sources")
    assert headings(app) == ["Known from a secondary account: 1"]
    assert "1 of 143 sources are shown." in said(app)


PARTS = {
    "levels": ("Where alignment stands at the start: 6", "Economic"),
    "table-w": ("What each inducement can supply (table W): 4", "Contact and trust"),
    "table-m": ("How each domain responds to each mechanism (table M): 6", "Technology"),
    "vectors": ("Shared vectors: 8", "Weight of each domain in the composite"),
    "choices": ("Choices of structure that are open to dispute: 10", "A threshold before Moscow moves"),
    "prices": ("What pressure costs, and what easing it costs: 6", "pressure on China"),
    "constants": ("Fixed numbers: 43", "How soft the threshold is"),
    "results": ("What a run leads to, and what it rests on: 12", "Two-front pressure"),
}


def test_what_is_shared_stands_under_heads_that_count_and_is_made_when_it_is_opened() -> None:
    app = on("Structure")
    labels = [box.label for box in app.expander]
    for name, (label, words) in PARTS.items():
        assert label in labels
        assert f"/export/{name}." not in said(app)
        app.session_state[f"part_{name}"] = True
        keep(app, "Structure")
        assert f"/export/{name}." in said(app)
        assert any(words in element.proto.body for element in app.get("html"))


def test_a_lever_opens_on_its_positions_claims_sources_and_name_in_links() -> None:
    app = on("Levers")
    assert [box.label for box in app.expander] == [lever.name for lever in catalog().levers.values()]
    for key in catalog().levers:
        assert f"**Name in code and links:** {key}." in said(app)


def looked_up(name: str) -> AppTest:
    """The page as a link to a number opens it."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    app.switch_page("assumptions.py")
    for key, value in {"preset": "opening-hand", "nato": "41", "source": name}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def standing_together() -> dict[str, list[str]]:
    """All numbers that something rests on, by what of the page is open where they stand."""
    found: dict[str, list[str]] = {}
    for name in groundings("op-ed", catalog()):
        tab, part, _ = told.places()[name]
        found.setdefault(part or f"{tab}, {'rows' if name in VECTORS else 'parameters'}", []).append(name)
    return found


@pytest.mark.parametrize("names", [pytest.param(names, id=place) for place, names in standing_together().items()])
def test_a_link_to_a_number_opens_the_tab_and_part_in_which_it_stands(names: list[str]) -> None:
    """The page is opened by links to the first and the last of those that stand together, and holds them all."""
    for name in dict.fromkeys((names[0], names[-1])):
        app = looked_up(name)
        tab, part, selector = told.places()[name]
        assert app.session_state["assumption_tabs"] == tab
        assert app.session_state["opened"] == (selector, 1)
        assert tab == "Parameters" or app.session_state[f"part_{part}"]
        assert "warning" not in {element.type for element in app.main}
        assert (address(app)["nato"], "source" in address(app)) == ("41", False)  # it is followed once
        html = "".join(element.proto.body for element in app.get("html"))
        selectors = [told.places()[each][2] for each in names]
        assert [one for one in selectors if one.startswith("#") and f' id="{one[1:]}"' not in html] == []


def basis_of(app: AppTest) -> list[str]:
    return list(app.button_group(key="parameter_basis").value or ())


def by_link(**query: str) -> AppTest:
    """The page as a link opens it."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    app.switch_page("assumptions.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def test_a_chosen_basis_stands_in_the_link_and_the_link_opens_with_it() -> None:
    app = on("Parameters")
    assert "basis" not in address(app)
    app.button_group(key="parameter_basis").set_value(["judgement"])
    keep(app, "Parameters")
    assert address(app)["basis"] == "judgement"
    assert "5 of 29 assumptions are shown." in said(app)
    again = by_link(preset="opening-hand", nato="41", basis="judgement")
    assert names(again) == names(app)
    assert (basis_of(again), address(again)["basis"], address(again)["nato"]) == (["judgement"], "judgement", "41")
    both = by_link(basis="judgement.data")
    assert (basis_of(both), address(both)["basis"]) == (["data", "judgement"], "data.judgement")
    app.button_group(key="parameter_basis").set_value([])
    keep(app, "Parameters")
    assert "basis" not in address(app)
    assert len(names(app)) == 29


def test_a_basis_that_there_is_not_gets_a_sentence_and_all_is_shown() -> None:
    app = by_link(basis="judgment", nato="41")
    assert app.text[0].value == "basis names “judgment”, which is not known; did you mean judgement?"
    assert (basis_of(app), "basis" in address(app), address(app)["nato"]) == ([], False, "41")
    assert len(names(app)) == 29


def test_a_link_to_a_number_opens_it_though_the_basis_would_hide_it() -> None:
    app = by_link(basis="judgement", source="backlash_hazard")
    assert "Backlash hazard" in names(app)
    assert len(names(app)) == 6
    assert app.session_state["opened"] == ("#source-backlash_hazard", 1)
    assert "Backlash hazard stands among them because the link asked for it." in said(app)
    keep(app, "Parameters")
    assert "Backlash hazard" in names(app)  # until another basis is chosen
    app.button_group(key="parameter_basis").set_value(["judgement", "data"])
    keep(app, "Parameters")
    assert "Backlash hazard" not in names(app)
    shown = by_link(basis="judgement", source="shock_size")
    assert len(names(shown)) == 5
    assert "because the link asked for it" not in said(shown)


def test_a_link_to_a_number_that_there_is_not_says_so_and_the_page_is_as_ever() -> None:
    app = looked_up("concretenes")
    assert app.text[0].value == "source names “concretenes”, which was left out; did you mean concreteness?"
    assert "opened" not in app.session_state
    assert app.session_state["assumption_tabs"] == "Parameters"
    assert address(app)["nato"] == "41"


def test_every_card_that_a_link_can_lead_to_has_a_name_of_its_own() -> None:
    html = "".join(element.proto.body for element in on("Parameters").get("html"))
    names = re.findall(r'<details class="card" id="([^"]+)"', html)
    assert len(names) == len(set(names)) == len(told.assumed())
    assert {"source-base_threshold", "source-salience", "source-relative_deliverability"} < set(names)

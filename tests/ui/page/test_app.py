"""The page without a browser: presets, links, what is said about bad ones, the pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from model import catalog, presets
from model.analysis.cautions import cautions
from ui.links import single
from ui.links.asked import SECTIONS, Asked
from ui.page.sections import CHIPS
from ui.server.routes import routes
from ui.told import cache, weights, words
from ui.told.levers import VIEWS
from ui.told.seen import seen

SERVER = TestClient(Starlette(routes=routes()))
SCRIPT = Path(__file__).parents[3] / "ui/page/main.py"


def opened(**query: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def with_context(app: AppTest) -> AppTest:
    """The page with the expander of the context open; what is in it is sent only then."""
    app.session_state["context_open"] = True
    app.run()
    assert not app.exception
    return app


def address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}


def written(name: str) -> dict[str, str]:
    asked = Asked(presets()[name])
    return {key: values[0] for key, values in single.write(asked, seen=seen(asked)).items()}


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def sent(app: AppTest, key: str) -> dict[str, Any]:
    """What the browser has of the chart board with a card of that key: with the page, or from the board's address."""
    for element in app.get("bidi_component"):
        data: dict[str, Any] = json.loads(element.proto.json or "{}")
        if "cards" not in data and "plotly" in data:
            answer = SERVER.get(data["address"])
            assert answer.status_code == 200, answer.text
            data |= answer.json()
        if any(card["key"] == key for card in data.get("cards", ())[:1]):
            return data
    raise AssertionError(f"no board with {key}")


def board(app: AppTest, key: str) -> dict[str, dict[str, Any]]:
    """The cards of a chart board as they are sent to the browser."""
    return {card["key"]: card for card in sent(app, key)["cards"]}


def around(app: AppTest) -> dict[str, Any]:
    """What stands around the two pictures: finding, prices, a row a worldview."""
    told: dict[str, Any] = sent(app, "drift")["told"]
    return told


def shifts(app: AppTest) -> dict[str, str]:
    """The middle shift of each worldview that is shown, as it is told."""
    return {view["key"]: view["shift"] for view in around(app)["views"]}


def chips(app: AppTest) -> dict[str, str]:
    """The sections that can be opened, by key: what stands on their chips."""
    group = app.button_group(key=CHIPS)
    offered = [key for key in SECTIONS if key != "cautions" or len(group.options) == len(SECTIONS)]
    return dict(zip(offered, group.options, strict=True))


def opens(app: AppTest, *sections: str) -> AppTest:
    """The page after a reader has pressed chips until these are chosen."""
    app.button_group(key=CHIPS).set_value(list(sections)).run()
    assert not app.exception
    return app


def titles(app: AppTest) -> list[str]:
    """The heads of the sections that are open."""
    return [element.value.removeprefix("## ") for element in app.markdown if element.value.startswith("## ")]


def test_the_first_page_shows_the_opening_hand_and_where_nothing_is_moved_it_can_be_played() -> None:
    app = opened()
    assert address(app) == written("opening-hand")
    assert not around(app)["plays"]
    assert shifts(app)["op-ed"] == "−19"
    app = opened(preset="status-quo")
    assert around(app)["plays"]
    assert set(shifts(app).values()) == {"0"}


def test_a_link_with_settings_and_no_preset_has_all_others_at_neutral() -> None:
    link = address(opened(nato="30"))
    assert (link["preset"], link["nato"], link["caatsa"], link["pressure_russia"]) == ("status-quo", "30", "0", "100")


@pytest.mark.parametrize("name", list(presets()))
def test_every_preset_opens_from_the_list_with_four_worldviews(name: str) -> None:
    app = opened()
    app.selectbox(key="preset").select(name).run()
    assert not app.exception
    assert address(app) == written(name)
    assert list(board(app, "drift")) == ["drift", "strip"]
    assert list(shifts(app)) == sorted(catalog().worldviews)
    told = {key: words.signed(shift) for key, shift in seen(Asked(presets()[name])).result.items()}
    assert shifts(app) == told


@pytest.mark.parametrize("page", ["explore.py", "assumptions.py", "argument.py", "present.py"])
def test_every_page_says_what_this_is(page: str) -> None:
    app = opened()
    app.switch_page(page).run()
    assert not app.exception
    assert words.CAVEAT in (around(app)["caveat"] if page == "explore.py" else said(app).replace("\\", ""))


def test_a_link_is_written_out_in_full_and_explained_where_it_is_wrong() -> None:
    app = opened(preset="opening-hand", nato="500", foo="<b>1</b>", caatsa=["1", "2"], v="7")
    assert address(app)["nato"] == "100"
    assert address(app)["caatsa"] == "1"
    assert address(app)["v"] == "2"
    assert len(app.warning) == 1
    (told,) = app.text
    for part in ("nato is “500”", "“foo”", "caatsa is given 2 times", "model version “7”"):
        assert part in told.value
    assert told.value.count("\n") == 3


HOSTILE: list[dict[str, str | list[str]]] = [
    {
        **{"nato": "9" * 5000, "seed": "-1e400", "preset": "../../etc/passwd"},
        **{"title": "<script>alert(1)</script>" * 200, "goal": ["shift_at_most_" + "9" * 400] * 40},
        "predict": "apart_-20_-5_20269999T9999Z",
    },
    {
        **{"preset": "\0\u202e\x1b[31m", "open": "credit." * 400, "show": "." * 400, "chart": "__class__"},
        **{"result": "op-ed_" + "9" * 400, "set": "'; drop table", "v": "9" * 400},
    },
    {f"{i}[$ne]": "{{7*7}}" for i in range(400)},
]


@pytest.mark.parametrize("page", ["explore", "compare"])
@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query)[:40])
def test_a_hostile_link_opens_and_says_what_was_wrong(query: dict[str, str | list[str]], page: str) -> None:
    app = opened(**query) if page == "explore" else AppTest.from_file(str(SCRIPT), default_timeout=60)
    if page == "compare":
        text = urlencode(query, doseq=True)
        app.query_params["with"] = [text.replace("&", ".").replace("=", "-"), "opening-hand"]
        app.switch_page("compare.py").run()
    assert not app.exception
    (told,) = app.text
    for sentence in told.value.splitlines():
        assert sentence.isprintable()
        assert sentence.endswith((".", "?"))
        assert len(sentence) < 700


def test_what_was_wrong_with_a_link_is_forgotten_with_the_next_choice() -> None:
    app = opened(nato="500")
    assert app.warning
    app.selectbox(key="preset").select("giveaway").run()
    assert not app.warning


def test_a_changed_scenario_says_so_and_changes_can_be_undone_and_redone() -> None:
    app = opened(preset="opening-hand", nato="3")
    assert about_preset(app) == "Your own change of it"
    assert app.selectbox(key="preset").options == opened().selectbox(key="preset").options  # which stay as they were
    app.selectbox(key="preset").select("giveaway").run()
    assert about_preset(app) == "Not from the essay: made for comparison"
    assert address(app) == written("giveaway")
    app.button(key="undo").click().run()
    assert address(app)["nato"] == "3"
    assert about_preset(app) == "Your own change of it"
    app.button(key="redo").click().run()
    assert address(app) == written("giveaway")
    app.button(key="redo").click().run()
    assert address(app) == written("giveaway")
    assert "nothing to redo" in app.toast[0].value


def about_preset(app: AppTest) -> str:
    """What stands below the list of scenarios."""
    (told,) = [element.value for element in app.markdown if element.value.startswith(":small[")]
    return str(told).removeprefix(":small[").removesuffix("]").replace("\\", "")


def test_goals_are_set_changed_and_removed_and_stand_in_the_link() -> None:
    app = opened(preset="opening-hand")
    opens(app, "goals")
    app.button(key="add_nato_cohesion_at_least_60").click().run()
    assert address(app)["goal"] == "nato_cohesion_at_least_60"
    counts = around(app)["counts"]
    assert any(re.fullmatch(r"Op-ed: NATO cohesion: at least 60 .* in \d+ of 100 .* \(100 .*", c) for c in counts)
    app.number_input(key="goal_value_0").set_value(65).run()
    assert address(app)["goal"] == "nato_cohesion_at_least_65"
    app.selectbox(key="goal_outcome_0").select("shift").run()
    assert address(app)["goal"] == "shift_at_most_-5"
    app.button(key="undo").click().run()
    assert app.number_input(key="goal_value_0").value == 65
    app.button(key="goal_remove_0").click().run()
    assert "goal" not in address(app)
    assert not app.exception


def test_results_stay_hidden_until_a_prediction_is_made() -> None:
    app = opened(preset="opening-hand", predict="first")
    assert [one.key for one in app.get("button_group") if one.key == CHIPS] == []  # no section
    assert around(app)["finding"].startswith("What do you expect? By 2031, ")
    assert (set(shifts(app).values()), around(app)["prices"]) == ({"0"}, [])
    assert lost_of(app) == ""
    assert "You expect: anything, so far." in said(app)
    app.button(key="commit").click().run()
    assert app.error[0].value == ("−60 to +60 leaves everything open: draw at least one end in. Nothing was committed.")
    assert address(app)["predict"] == "first"
    for low, high, told in (
        (-10, 10, "from 10 points further apart to 10 points closer"),
        (0, 20, "0 to 20 points closer"),
        (-20, -5, "5 to 20 points further apart"),
    ):
        app.select_slider(key="predicted_range").set_range(low, high).run()
        assert f"You expect: **{told} than with no levers**." in said(app)
    app.button(key="commit").click().run()
    assert re.fullmatch(r"apart_-20_-5_\d{8}T\d{4}Z", address(app)["predict"])
    assert shifts(app)["op-ed"] == "−19"
    assert lost_of(app).startswith("/lost?")
    (row,) = [line for element in app.markdown for line in element.value.splitlines() if "The op\\-ed's case |" in line]
    assert re.search(r"\| −19 \| \d+ of 100 of its worlds; you said 80 \|$", row)
    app.button(key="predict_again").click().run()
    assert address(app)["predict"] == "first"


def test_a_prediction_for_one_view_and_how_sure_is_compared_with_all_four() -> None:
    app = opened(preset="opening-hand", predict="first")
    app.select_slider(key="predicted_range").set_range(-20, -5).run()
    app.button_group(key="predicted_sure").select(50).run()
    app.button_group(key="predicted_view").select("sceptic").run()
    app.button(key="commit").click().run()
    assert re.fullmatch(r"apart_-20_-5_\d{8}T\d{4}Z_50_sceptic", address(app)["predict"])
    (table,) = [element.value for element in app.markdown if element.value.startswith("| View |")]
    assert table.replace("\\", "").splitlines()[2:] == [
        f'| :color[{glyph}]{{foreground="{catalog().worldviews[key].colour}"}} {rest} |'
        for key, glyph, rest in (
            ("sceptic", "▲", "Wedge sceptic (you predicted for this one) | +2 | 0 of 100 of its worlds; you said 50"),
            ("lock-in", "◆", "Structural lock-in | +1 | 0 of 100 of its worlds"),
            ("midpoint", "■", "Literature midpoint | 0 | 18 of 100 of its worlds"),
            ("op-ed", "●", "The op-ed's case | −19 | 47 of 100 of its worlds"),
        )
    ]


def test_a_prediction_is_told_with_its_minute() -> None:
    app = opened(preset="opening-hand", predict="apart_-20_-5_20261122T1402Z_95_op-ed")
    assert (
        "**Predicted** on 22 November 2026 at 14:02 UTC: 5 to 20 points further apart than with no levers, in 95 of "
        "100 assumed worlds, under “The op-ed's case”. The grey band in the picture of the shift is this interval."
    ) in said(app).replace("\\", "")


def test_the_last_change_is_told_and_leaves_a_ghost() -> None:
    app = opened(preset="opening-hand")
    assert sent(app, "drift")["note"] == ""
    app.selectbox(key="preset").select("grand-bargain").run()
    note = sent(app, "drift")["note"]
    assert "NATO talks 50 → 100" in note
    assert re.search(r"Op-ed −19 → −\d\d", note)
    ghosts = [one for one in board(app, "drift")["drift"]["figure"]["data"] if "before the last" in one["name"]]
    assert [one["opacity"] for one in ghosts] == [1.0] * 4


def test_the_start_year_can_be_chosen() -> None:
    app = opened(preset="opening-hand")
    assert "start_choice" not in {group.key for group in app.get("button_group")}
    with_context(app).button_group(key="start_choice").set_value(2024).run()
    assert address(app)["start"] == "2024"
    assert around(app)["year"] == 2034


def test_the_pages_keep_the_scenario() -> None:
    app = opened(preset="giveaway", nato="41")
    before = address(app)
    for page in ("assumptions.py", "argument.py"):
        app.switch_page(page).run()
        assert address(app) == before
    app.switch_page("explore.py").run()
    assert address(app) == before


@pytest.mark.parametrize("section", ["credit", "yearly", "dose", "domains", "outcomes", "numbers"])
def test_each_closed_section_opens_with_a_table(section: str) -> None:
    app = opened(preset="opening-hand")
    assert not app.dataframe
    opens(app, section)
    assert titles(app) == [chips(app)[section]]
    assert len(app.dataframe)
    assert address(app)["open"] == section


def test_one_section_is_open_at_a_time_and_pressing_its_chip_again_puts_it_away() -> None:
    app = opened(preset="opening-hand")
    assert (titles(app), address(app)["open"]) == ([], "none")
    assert list(chips(app)) == list(SECTIONS)
    assert titles(opens(app, "goals")) == ["Your goals"]
    assert titles(opens(app, "goals", "summary")) == ["In plain words"]  # the new one takes its place
    assert address(app)["open"] == "summary"
    assert titles(opens(app)) == []
    app.button(key="undo").click().run()
    assert "no change to undo" in app.toast[0].value  # opening is no step


def test_a_link_may_open_several_sections_until_one_is_chosen() -> None:
    app = opened(preset="opening-hand", open="summary.goals")
    assert titles(app) == ["Your goals", "In plain words"]
    assert address(app)["open"] == "goals.summary"
    assert titles(opens(app, "goals")) == ["Your goals"]  # the other was put away
    app = opened(preset="opening-hand", open="summary.goals")
    assert titles(opens(app, "goals", "summary", "dose")) == ["How much is enough"]


def test_each_lever_answers_one_question_at_a_time_and_the_choice_leaves_the_link_alone() -> None:
    app = opened(preset="opening-hand", open="credit")
    link = address(app)
    for view, above in (("dropped", "Most would be lost"), ("shared", "Mean shift: −"), ("alone", "Mean shift −")):
        if view != "dropped":  # the first
            app.button_group(key="lever_view").set_value(view).run()
        assert f"**{VIEWS[view].question}** {VIEWS[view].reading}" in said(app)
        (board,) = (
            data
            for element in app.get("bidi_component")
            if "export/credit" in str((data := json.loads(element.proto.json or "{}")).get("downloads"))
        )
        op_ed = next(card for card in board["cards"] if card["key"] == "op-ed")
        assert op_ed["sentence"].startswith(above)
        assert all(f"&view={view}" in place for place in board["downloads"].values())
        assert sum(one.question in said(app) for one in VIEWS.values()) == 1
        assert address(app) == link


def test_the_weights_stand_under_their_finding_and_tables_are_worked_out_only_when_they_are_opened() -> None:
    app = opened(preset="opening-hand", open="weights")
    assert titles(app) == ["The weight of each lever"]
    found = cache.weighed(cache.run_key(Asked(presets()["opening-hand"])))
    most, through = weights.finding(found.values())
    assert f"**{words.escaped(most)}** {words.escaped(through)}" in said(app)
    assert weights.READING in said(app)
    assert "**Preconditions first** (0)" in said(app)
    shown = sent(app, "lock-in")
    assert list(board(app, "lock-in")) == list(catalog().worldviews)
    assert list(shown["downloads"]) == ["PNG", "SVG", "CSV"]
    assert all("/export/weights." in place for place in shown["downloads"].values())
    assert not app.dataframe
    app.session_state["weights_table"] = True
    app.run()
    offers, together = (element.value for element in app.dataframe)
    assert offers["Weight, %"].tolist()[::5] == [11, 20, 31, 12]  # NATO talks
    assert together["Passes in"].tolist() == [one.weights.passing for one in found.values()]


def test_every_weight_by_name_leads_to_where_its_source_is_told() -> None:
    app = opened(preset="opening-hand", nato="41", open="weights")
    app.session_state["weights_named"] = True
    app.run()
    html = "".join(element.proto.body for element in app.get("html"))
    links = re.findall(r'<a href="(/assumptions\?[^"]*)"', html)
    grounds = [link.partition("&amp;source=")[2] for link in links]
    assert len(links) == html.count("Basis: ") == 28
    assert set(grounds) == {ground for grounds in weights.NAMED.values() for ground in grounds}
    assert all("&amp;nato=41&amp;" in link for link in links)
    assert "How much each need matters to Moscow (s): Sceptic" in html


def test_weights_are_shown_of_the_worldviews_that_are_chosen() -> None:
    app = opened(preset="opening-hand", open="weights", show="op-ed")
    assert list(board(app, "op-ed")) == ["op-ed"]
    assert "Most weight\\: NATO talks under Op\\-ed \\(31 %\\)" in said(app)
    assert "CAATSA relief under" not in said(app)
    reset = opened(preset="reset-2009", open="weights")
    assert list(board(reset, "midpoint")) == ["midpoint"]


def test_without_a_moved_lever_there_is_no_question_to_choose() -> None:
    app = opened(preset="status-quo", open="credit")
    assert "No lever is moved, so there is nothing that one of them could bring." in said(app)
    assert "lever_view" not in app.session_state


def test_a_package_that_pulls_against_itself_is_told_so_with_reason_and_claims() -> None:
    app, raised = opened(preset="giveaway", open="cautions"), cautions(presets()["giveaway"])
    assert titles(app) == [f"Worth noticing: {len(raised)}"] == [chips(app)["cautions"]]
    assert all(f"**{words.escaped(c.title)}.**" in noticed(app) for c in raised)
    assert "claims" in noticed(app)
    assert "cautions" not in chips(opened(preset="opening-hand", start="2024"))
    nothing = opened(preset="opening-hand", start="2024", open="cautions")
    assert "Nothing in this package contradicts itself or lies idle." in said(nothing)


def noticed(app: AppTest) -> str:
    """What is said to be worth noticing, where that section is open."""
    (told,) = [element.value for element in app.markdown if element.value.startswith("- **")]
    return str(told)


def test_lock_in_before_the_war_is_noticed_only_where_it_is_shown() -> None:
    app = opened(preset="opening-hand", open="cautions")
    assert "**Read with a start before the years that it describes\\: Lock\\-in.** This worldview describes 2022" in (
        noticed(app)
    )
    assert chips(app)["cautions"] == "Worth noticing: 1"
    assert "cautions" not in chips(opened(preset="opening-hand", show="op-ed"))
    assert "cautions" not in chips(opened(preset="status-quo"))


def sliders(app: AppTest) -> dict[str, Any]:
    """The bank of levers as it is sent to the browser."""
    sent_ = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    return next(data for data in sent_ if data.get("name") == "levers")


def lost_of(app: AppTest) -> str:
    """Where the column beside the levers is asked for."""
    return str(sliders(app)["lost"])


def bank(app: AppTest) -> list[dict[str, Any]]:
    """The sliders of the levers as they are sent to the browser."""
    return list(sliders(app)["sliders"])


def test_offers_stand_first_in_the_panel_and_two_pressures_from_0_to_200_last() -> None:
    levers = bank(opened(preset="pivot-to-china"))
    assert [(one["group"], one["key"]) for one in levers] == [
        *(("Offers to Moscow", key) for key in ("nato", "caatsa", "g8", "mil", "ukraine")),
        ("Terms", "clarity"),
        ("Terms", "precond"),
        ("Allies", "allies"),
        ("Competition", "pressure_russia"),
        ("Competition", "pressure_china"),
    ]
    pressures = [(one["low"], one["high"], one["neutral"], one["value"]) for one in levers[8:]]
    assert pressures == [(0, 200, 100, 60), (0, 200, 100, 140)]
    assert [position["at"] for position in levers[8]["positions"]] == [0, 50, 100, 150, 200]
    assert {(one["low"], one["high"], one["neutral"]) for one in levers[:8]} == {(0, 100, 0)}


def test_below_the_strip_stands_what_alone_moves_alignment_under_lock_in() -> None:
    still = "Under lock-in only pressure moves alignment by more than a point."
    assert around(opened(preset="opening-hand"))["strip"].endswith(still)
    assert still not in around(opened(preset="opening-hand", show="op-ed"))["strip"]
    assert still not in around(opened(preset="status-quo"))["strip"]


def test_no_slider_is_called_pressure_alone_any_more() -> None:
    app = opened(preset="squeeze-both", open="summary")
    assert "pressure" not in {slider["key"] for slider in bank(app)} | set(address(app))
    assert "pressure on Russia 160 % and pressure on China 160 % of that at end-2021" in said(app).replace("\\", "")


def test_setting_all_levers_to_neutral_takes_off_offers_and_puts_pressure_back() -> None:
    app = AppTest.from_function(reset, default_timeout=60)
    app.run()
    assert not app.exception
    assert app.markdown[0].value == "0 0 0 0 0 0 0 0 100 100 from 2024"


def reset() -> None:
    import streamlit as st

    from model import presets
    from model.assumptions.scenario import set_values
    from ui.links.asked import Asked
    from ui.links.history import History
    from ui.page import session
    from ui.page.tools import MORE

    moved = set_values(presets()["pivot-to-china"], {"start": 2024, "precond": 7})
    st.session_state[session.HISTORY] = History(Asked(moved))
    MORE["All levers to neutral"]()
    levers = session.scenario().levers.values()
    st.markdown(f"{' '.join(map(str, levers))} from {session.scenario().start}")

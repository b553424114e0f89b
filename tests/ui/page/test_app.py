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
from ui.links.asked import Asked
from ui.server.routes import routes
from ui.told import words
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


def test_the_first_page_moves_nothing_and_offers_the_opening_hand_in_one_click() -> None:
    app = opened()
    assert "Nothing is moved yet" in said(app)
    app.button(key="opening_hand").click().run()
    assert address(app) == written("opening-hand")
    assert "Nothing is moved yet" not in said(app)


@pytest.mark.parametrize("name", list(presets()))
def test_every_preset_opens_from_the_list_with_four_worldviews(name: str) -> None:
    app = opened()
    app.selectbox(key="preset").select(name).run()
    assert not app.exception
    assert address(app) == written(name)
    cards = board(app, next(iter(catalog().worldviews)))
    assert list(cards) == sorted(catalog().worldviews)
    assert all(card["alt"] and card["sentence"] and card["footers"] for card in cards.values())


@pytest.mark.parametrize("page", ["explore.py", "assumptions.py", "present.py"])
def test_every_page_says_what_this_is(page: str) -> None:
    app = opened()
    app.switch_page(page).run()
    assert not app.exception
    assert words.CAVEAT in said(app)


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
    assert "changed" in said(app)
    app.selectbox(key="preset").select("giveaway").run()
    assert "changed" not in said(app)
    assert address(app) == written("giveaway")
    app.button(key="undo").click().run()
    assert address(app)["nato"] == "3"
    app.button(key="redo").click().run()
    assert address(app) == written("giveaway")
    app.button(key="redo").click().run()
    assert address(app) == written("giveaway")
    assert "nothing to redo" in app.toast[0].value


def test_goals_are_set_changed_and_removed_and_stand_in_the_link() -> None:
    app = opened(preset="opening-hand")
    app.session_state["goals"] = True
    app.run()
    app.button(key="add_nato_cohesion_at_least_60").click().run()
    assert address(app)["goal"] == "nato_cohesion_at_least_60"
    footers = board(app, "lock-in")["op-ed"]["footers"]
    assert any(re.fullmatch(r"NATO cohesion: at least 60 .* in \d+ of 100 assumed worlds \(100 .*", f) for f in footers)
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
    assert not any('"plotly":' in (element.proto.json or "") for element in app.get("bidi_component"))
    assert not app.expander[1:]
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
    assert re.fullmatch(
        r"Your prediction, −20 to −5, holds \d+ of 100 assumed worlds; you said 80\.",
        board(app, "lock-in")["op-ed"]["footers"][-1],
    )
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
        "100 assumed worlds, under “The op-ed's case”. The grey band in the lower charts is this interval."
    ) in said(app).replace("\\", "")


def test_the_last_change_is_told_and_leaves_a_ghost() -> None:
    app = opened(preset="opening-hand")
    assert sent(app, "lock-in")["note"] == ""
    app.selectbox(key="preset").select("grand-bargain").run()
    note = sent(app, "lock-in")["note"]
    assert "NATO talks 50 → 100" in note
    assert re.search(r"Op-ed −19 → −\d\d", note)
    figure = board(app, "lock-in")["op-ed"]["figure"]
    assert any(trace.get("name") == "before the last change" and trace["y"] for trace in figure["data"])


def test_the_start_year_can_be_chosen() -> None:
    app = opened(preset="opening-hand")
    app.button_group(key="start_choice").set_value(2024).run()
    assert address(app)["start"] == "2024"
    assert "2024 to 2034" in said(app)


def test_the_pages_keep_the_scenario() -> None:
    app = opened(preset="giveaway", nato="41")
    before = address(app)
    app.switch_page("assumptions.py").run()
    assert address(app) == before
    app.switch_page("explore.py").run()
    assert address(app) == before


@pytest.mark.parametrize("section", ["credit", "yearly", "dose", "domains", "outcomes", "numbers"])
def test_each_closed_section_opens_with_a_table(section: str) -> None:
    app = opened(preset="opening-hand")
    assert not app.dataframe
    app.session_state[section] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe)


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


def test_without_a_moved_lever_there_is_no_question_to_choose() -> None:
    app = opened(preset="status-quo", open="credit")
    assert "No lever is moved, so there is nothing that one of them could bring." in said(app)
    assert "lever_view" not in app.session_state


def test_a_package_that_pulls_against_itself_is_told_so_with_reason_and_claims() -> None:
    app = opened(preset="giveaway")
    (noticed,) = app.info
    assert all(f"**{words.escaped(c.title)}.**" in noticed.value for c in cautions(presets()["giveaway"]))
    assert "claims" in noticed.value
    assert not opened(preset="opening-hand", start="2024").info


def test_lock_in_before_the_war_is_noticed_only_where_it_is_shown() -> None:
    (noticed,) = opened(preset="opening-hand").info
    assert "**Read with a start before the years that it describes\\: Lock\\-in.** This worldview describes 2022" in (
        noticed.value
    )
    assert not opened(preset="opening-hand", show="op-ed").info
    assert not opened(preset="status-quo").info


def bank(app: AppTest) -> list[dict[str, Any]]:
    """The sliders of the levers as they are sent to the browser."""
    sent_ = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    return next(list(data["sliders"]) for data in sent_ if data.get("name") == "levers")


def test_competition_stands_first_in_the_side_bar_with_two_pressures_from_0_to_200() -> None:
    sliders = bank(opened(preset="pivot-to-china"))
    assert len(sliders) == 10
    groups = [slider["group"] for slider in sliders]
    assert list(dict.fromkeys(groups)) == ["Competition", "Offers to Moscow", "Terms", "Allies"]
    pressures = [(one["key"], one["low"], one["high"], one["value"]) for one in sliders if one["group"] == groups[0]]
    assert pressures == [("pressure_russia", 0, 200, 60), ("pressure_china", 0, 200, 140)]
    assert [position["at"] for position in sliders[0]["positions"]] == [0, 50, 100, 150, 200]
    assert {(one["low"], one["high"]) for one in sliders[2:]} == {(0, 100)}


def test_a_card_of_lock_in_says_below_its_chart_what_alone_moves_alignment() -> None:
    cards = board(opened(preset="opening-hand"), "lock-in")
    still = "Under lock-in only pressure moves alignment by more than a point."
    assert [key for key, card in cards.items() if still in card["footers"]] == ["lock-in"]
    assert still not in board(opened(preset="status-quo"), "lock-in")["lock-in"]["footers"]


def test_no_slider_is_called_pressure_alone_any_more() -> None:
    app = opened(preset="squeeze-both")
    assert "pressure" not in {slider["key"] for slider in bank(app)} | set(address(app))
    assert "pressure on Russia 160 % and pressure on China 160 % of that at end-2021" in said(app)


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
    RESETS["All levers to neutral"]()
    levers = session.scenario().levers.values()
    st.markdown(f"{' '.join(map(str, levers))} from {session.scenario().start}")

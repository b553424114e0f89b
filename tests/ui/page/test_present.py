"""The page for class rooms without a browser: steps, worldviews, a hidden result, large figures."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from model import catalog, presets
from model.assumptions.scenario import set_values
from tests.ui.page.test_app import address, opened, said, written
from ui.drawn import stage
from ui.drawn.boards import worldviews
from ui.drawn.stage import Stage
from ui.links.asked import ALL, Asked
from ui.told import words

VIEWS = list(catalog().worldviews)
NAMES = list(presets())
GOALS_AND_PREDICTION = {"goal": "shift_at_most_-5", "predict": "apart_-20_-5_20261122T1402Z"}


def presented(**query: str | list[str]) -> AppTest:
    app = opened(**query)
    app.switch_page("present.py").run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> None:
    app.button(key=f"present_{key}_button").click().run()
    assert not app.exception


def boards(app: AppTest) -> list[dict[str, Any]]:
    sent = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    return [data for data in sent if "cards" in data]


def cards(app: AppTest) -> list[dict[str, Any]]:
    (board,) = boards(app)
    return list(board["cards"])


def test_one_worldview_is_shown_with_scenario_context_caveat_and_place() -> None:
    app = presented(preset="opening-hand")
    (card,) = cards(app)
    assert card["key"] == VIEWS[0]
    assert card["headline"]
    assert card["sentence"]
    assert card["footers"][1:] == [catalog().worldviews[VIEWS[0]].still, catalog().worldviews[VIEWS[0]].summary]
    assert boards(app)[0]["note"] == "Scenario 3 of 12 · Worldview 1 of 4"
    for part in (presets()["opening-hand"].title, "2021 to 2031", words.CAVEAT):
        assert part in said(app)
    assert not app.sidebar.children


def test_the_buttons_step_through_all_scenarios_and_stop_at_both_ends() -> None:
    app = presented()
    assert app.button(key="present_back_button").disabled
    for name in NAMES[1:]:
        press(app, "next")
        assert address(app) == written(name)
    assert app.button(key="present_next_button").disabled
    press(app, "back")
    assert address(app) == written(NAMES[-2])


def test_an_own_scenario_stands_between_its_preset_and_the_next() -> None:
    app = presented(preset="opening-hand", nato="3")
    assert "Your scenario: NATO talks 50 → 3" in said(app).replace("\\", "")
    assert boards(app)[0]["note"].startswith("Your scenario, made from 3 of 12")
    press(app, "back")
    assert address(app) == written("opening-hand")
    own = set_values(presets()["opening-hand"], {"nato": 3})
    assert Stage(own, ALL).next == "grand-bargain"


@pytest.mark.parametrize("worldview", VIEWS)
def test_each_worldview_has_a_button_and_stays_while_scenarios_change(worldview: str) -> None:
    app = presented(preset="opening-hand")
    press(app, worldview)
    press(app, "next")
    assert [card["key"] for card in cards(app)] == [worldview]
    assert address(app) == written("grand-bargain") | {"stage": worldview}


def test_all_worldviews_stand_side_by_side() -> None:
    app = presented(preset="opening-hand")
    press(app, ALL)
    assert [card["key"] for card in cards(app)] == VIEWS
    assert boards(app)[0]["note"].endswith("none preferred")


@pytest.mark.parametrize("shown", [VIEWS[0], ALL])
def test_goals_and_prediction_are_told(shown: str) -> None:
    app = presented(preset="opening-hand", **GOALS_AND_PREDICTION)
    press(app, shown)
    for card in cards(app):
        told = " ".join(card["footers"])
        assert "Shift: at most" in told
        assert "Your prediction" in told


def test_a_historic_analogue_has_one_view_so_it_is_not_asked_for() -> None:
    app = presented(preset="opening-to-china-1969", predict="first")
    assert "By how many points, how sure are you?" in said(app)


def test_nothing_leaks_while_results_wait_for_a_prediction() -> None:
    app = presented(preset="opening-hand", predict="first")
    assert "What do you expect?" in said(app)
    assert "By how many points, how sure are you, and under which view?" in said(app)
    assert "Explore" in said(app)
    assert boards(app) == []
    sent = said(app) + "".join(element.proto.json or "" for element in app.get("bidi_component"))
    assert "assumed world" not in sent
    press(app, "next")
    assert boards(app) == []
    assert address(app)["preset"] == "grand-bargain"


@pytest.mark.parametrize("shown", ["op-ed", ALL])
def test_a_link_with_an_unknown_part_still_presents_and_shows_no_result_too_early(shown: str) -> None:
    app = presented(preset="opening-hand", nato="999", predict="first", stage=shown)
    assert app.warning[0].value == "All the rest was kept."
    assert "What do you expect?" in said(app)
    assert boards(app) == []
    assert not [button for button in app.button if button.key in {f"present_{view}_button" for view in (*VIEWS, ALL)}]


def test_explore_is_one_button_away_with_the_same_scenario() -> None:
    app = presented(preset="giveaway", nato="41")
    before = address(app)
    press(app, "explore")
    assert "Do the levers move Russia and China" in said(app)
    assert address(app) == before


def test_the_list_of_keys_opens_once() -> None:
    app = presented()
    press(app, "keys")
    assert "**→** or **Page Down**: Next scenario" in said(app)
    press(app, "pointer")
    assert "Page Down" not in said(app)


def test_worldviews_go_round_and_from_all_of_them_to_the_first_or_the_last() -> None:
    scenario = presets()["opening-hand"]
    assert [Stage(scenario, view).turned(1) for view in VIEWS] == [*VIEWS[1:], VIEWS[0]]
    assert [Stage(scenario, view).turned(-1) for view in VIEWS] == [VIEWS[-1], *VIEWS[:-1]]
    assert (Stage(scenario, ALL).turned(1), Stage(scenario, ALL).turned(-1)) == (VIEWS[0], VIEWS[-1])


def test_an_enlarged_figure_grows_in_letters_and_lines_and_keeps_its_numbers() -> None:
    figure = worldviews(Asked(presets()["opening-hand"]), None, "light").cards[0].figure
    large = stage.enlarged(figure, letters=2, dots=1.5)
    assert "height" in figure["layout"]
    assert "height" not in large["layout"]
    assert large["layout"]["xaxis"]["tickfont"]["size"] == 2 * figure["layout"]["xaxis"]["tickfont"]["size"]
    assert large["layout"]["margin"] == {side: 2 * pixels for side, pixels in figure["layout"]["margin"].items()}
    for small, big in zip(figure["data"], large["data"], strict=True):
        assert (big["x"], big["y"]) == (small["x"], small["y"])
        if "line" in small:
            assert big["line"] == small["line"] | {"width": 2 * small["line"]["width"]}
        if "marker" in small:
            assert big["marker"]["size"] == 1.5 * small["marker"]["size"]


@pytest.mark.parametrize("ghost", [False, True])
def test_a_large_chart_says_what_its_lines_are(ghost: bool) -> None:
    card = worldviews(Asked(presets()["opening-hand"]), None, "light").cards[0]
    key = stage.with_key(card, "light", ghost)["layout"]["annotations"][-1]["text"]
    assert all(part in key for part in ("with levers", "without", card.colour))
    assert ("before" in key) == ghost

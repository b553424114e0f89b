"""The page for class rooms without a browser: steps, worldviews, a hidden result."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from model import catalog, presets
from tests.ui.page.test_app import SCRIPT, address, said, written
from ui.links.asked import STEPS
from ui.told import words

VIEWS = list(catalog().worldviews)
NAMES = list(presets())


def presented(**query: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page("present.py").run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> None:
    app.button(key=f"present_{key}_button").click().run()
    assert not app.exception


def card(app: AppTest) -> dict[str, Any]:
    sent = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    (board,) = [data for data in sent if "cards" in data]
    (only,) = board["cards"]
    return dict(only)


def headline(app: AppTest) -> str:
    (told,) = [text.value for text in app.markdown if text.value.startswith("# ")]
    return str(told[2:]).replace("\\", "").replace("\u2011", "-")


def labels(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button]


def test_it_opens_on_the_question_with_context_and_caveat_and_no_answer() -> None:
    app = presented(preset="opening-hand")
    assert headline(app) == "By 2031, would these offers leave Russia and China further apart, closer, or neither?"
    told = said(app).replace("\\", "")
    for part in ("The essay's opening hand · 3 of 12", "2021 to 2031", words.CAVEAT, "The first moves the essay names"):
        assert part in told
    assert not [label for label in labels(app) if "−19" in label]
    assert not app.sidebar.children


def test_the_buttons_lead_through_all_steps_and_stop_at_both_ends() -> None:
    app = presented(preset="opening-hand")
    assert app.button(key="present_back_button").disabled
    told = [headline(app)]
    for step in STEPS[1:]:
        press(app, "next")
        assert address(app) == written("opening-hand") | {"stage": step}
        told.append(headline(app))
    assert app.button(key="present_next_button").disabled
    assert told[1:] == [
        "With no lever moved, Russia and China draw closer: 58 at the end of 2021, 71 to 73 by 2031",
        "Same offers, four answers: Russia and China in 2031, against no levers",
        "Least sure about Russia and China: “The op-ed's case”, whose bar spans 25 points",
        "“The op-ed's case” leans most on Clear expectations: without it, Russia and China are 10 points closer",
        "The price, beside Russia and China: the views differ most on “Washington drops the offers”",
    ]
    press(app, "back")
    assert address(app)["stage"] == "why"
    press(app, "drift")
    assert address(app)["stage"] == "drift"


def test_scenarios_change_below_the_same_step_and_stop_at_both_ends() -> None:
    app = presented(preset=NAMES[1], stage="sure")
    press(app, "up")
    assert address(app) == written(NAMES[0]) | {"stage": "sure"}
    assert app.button(key="present_up_button").disabled
    press(app, "down")
    assert address(app) == written(NAMES[1]) | {"stage": "sure"}
    assert card(app)["key"] == "strip"
    assert presented(preset=NAMES[-1]).button(key="present_down_button").disabled


def test_where_no_lever_is_moved_there_is_the_drift_and_no_empty_slide() -> None:
    app = presented(preset="status-quo", stage="cost")
    assert headline(app).startswith("With no lever moved, Russia and China draw closer")
    assert labels(app)[:2] == ["Question", "**Drift**"]
    assert "Package" not in labels(app)


def test_an_own_scenario_says_what_was_changed_and_stands_behind_its_preset() -> None:
    app = presented(preset="opening-hand", nato="3")
    assert "NATO talks 50 → 3." in said(app).replace("\\", "")
    assert "your own, made from 3 of 12" in said(app)
    press(app, "up")
    assert address(app) == written("opening-hand")


def test_the_package_shows_each_view_with_its_number_as_a_button_that_leaves_it_alone() -> None:
    app = presented(preset="opening-hand", stage="package")
    assert [label for label in labels(app) if "*" in label and "Package" not in label] == [
        "Structural lock-in **+1** *point closer*",
        "Literature midpoint **0** *no shift*",
        "The op-ed's case **−19** *points further apart*",
        "Wedge sceptic **+2** *points closer*",
    ]
    press(app, "op-ed")
    assert address(app)["stage"] == "package.op-ed"
    assert headline(app) == "“The op-ed's case”: Russia and China 19 points further apart than with no levers"
    press(app, "next")
    assert address(app)["stage"] == "sure.op-ed"
    assert headline(app) == "How sure is “The op-ed's case” about Russia and China? Its bar spans 25 points"
    press(app, "back")
    press(app, "op-ed")
    assert address(app)["stage"] == "package"


@pytest.mark.parametrize(("old", "now"), [("op-ed", "package.op-ed"), ("all", "package")])
def test_links_made_before_there_were_steps_open_the_package(old: str, now: str) -> None:
    app = presented(preset="opening-hand", stage=old)
    assert address(app)["stage"] == now
    assert "**Package**" in labels(app)


def test_a_historic_analogue_has_one_view_so_no_rivals_are_announced_and_none_is_a_button() -> None:
    for name, count in (("opening-to-china-1969", 0), ("opening-hand", 4)):
        for waits in ({}, {"predict": "first"}):
            assert said(presented(preset=name, **waits)).count("Rival views will answer") == bool(count)
        app = presented(preset=name, stage="package")
        assert (
            len([button for button in app.button if button.key in {f"present_{view}_button" for view in VIEWS}])
            == count
        )


def test_nothing_leaks_while_results_wait_for_a_prediction() -> None:
    for stage in ("", "drift", "package", "sure.op-ed", "all"):
        app = presented(preset="opening-hand", predict="first", **({"stage": stage} if stage else {}))
        assert set(STEPS[2:]).isdisjoint({(button.key or "").split("_")[1] for button in app.button})
        assert not [button for button in app.button if button.key in {f"present_{view}_button" for view in VIEWS}]
        shown = {trace["name"]: trace for trace in card(app)["figure"]["data"]}
        assert all(trace.get("opacity") == 0 for name, trace in shown.items() if ", with levers" in name)
        assert "−19" not in said(app) + json.dumps(card(app), ensure_ascii=False)
    press(app, "down")
    assert address(app)["preset"] == "grand-bargain"


def test_a_link_with_an_unknown_part_still_presents() -> None:
    app = presented(preset="opening-hand", nato="999", stage="op-de")
    assert app.warning[0].value == "All the rest was kept."
    assert "stage names “op-de”, which was left out" in app.text[0].value
    assert headline(app).startswith("By 2031, would these offers")


def test_what_is_switched_in_the_structure_is_named_on_every_step() -> None:
    for step in STEPS:
        app = presented(preset="opening-hand", structure="C6", stage=step)
        assert "Structure switched: C6 The policy is never reversed." in said(app).replace("\\", "")


def test_a_prediction_and_goals_stand_on_how_sure() -> None:
    query = {"goal": "shift_at_most_-5", "predict": "apart_-20_-5_20261122T1402Z"}
    app = presented(preset="opening-hand", stage="sure", **query)
    told = said(app).replace("\\", "")
    assert "Grey: your prediction, −20 to −5." in told
    assert "Upright line: your goal, Shift: at most −5 points." in told
    kinds = {shape["type"]: shape for shape in card(app)["figure"]["layout"]["shapes"]}
    assert (kinds["rect"]["x0"], kinds["rect"]["x1"]) == (-20, -5)
    assert kinds["line"]["x0"] == -5


def test_a_key_leaves_for_explore_and_the_list_of_keys_opens_once() -> None:
    app = presented(preset="opening-hand")
    press(app, "keys")
    told = said(app).replace("\\", "")
    assert "**→** or **Page Down**: Next step" in told
    assert "**↓**: Next scenario" in told
    assert "**B**: Black screen, and back" in told
    press(app, "next")
    assert "Page Down" not in said(app)

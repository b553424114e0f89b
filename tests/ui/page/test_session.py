"""What the session holds of a reader: the first visit, open sections, steps, and what the menu of the page does."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from model import catalog
from tests.ui.page.test_app import (
    address,
    around,
    bank,
    chips,
    lost_of,
    opened,
    opens,
    said,
    sent,
    sliders,
    titles,
    with_context,
)
from ui.links.asked import SECTIONS, Asked, Shown
from ui.page import tools


def opening(app: AppTest) -> str:
    """The board from which a first visit comes in; empty for everyone else."""
    return str(sent(app, "drift")["opening"])


def into_view(app: AppTest) -> tuple[str, int]:
    """What the browser is to bring into view, and how often it was asked to."""
    found = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    (told,) = [(data["what"], data["number"]) for data in found if "what" in data]
    return told


def test_who_comes_without_a_link_is_welcomed_and_shown_in_from_the_drift() -> None:
    app = opened()
    assert "New here?" in said(app)
    assert "preset=opening-hand&nato=0&caatsa=0&g8=0" in opening(app)  # its own years, with every lever at neutral
    assert address(app)["preset"] == "opening-hand"


@pytest.mark.parametrize("query", [{"preset": "opening-hand"}, {"nato": "10"}, {"v": "2"}])
def test_who_comes_by_a_link_is_left_alone(query: dict[str, str]) -> None:
    app = opened(**query)
    assert "New here?" not in said(app)
    assert opening(app) == ""


def test_the_line_that_welcomes_is_gone_when_it_is_answered_or_anything_is_done() -> None:
    app = opened()
    app.button(key="no_tour").click().run()
    assert "New here?" not in said(app)
    app = opened()
    app.button(key="take_tour").click().run()
    assert "New here?" not in said(app)
    assert any('"again": 1' in (element.proto.json or "") for element in app.get("bidi_component"))
    app = opened()
    app.selectbox(key="preset").select("giveaway").run()
    assert "New here?" not in said(app)
    assert opening(app) == ""
    app = opens(opened(), "dose")
    assert "New here?" not in said(app)


def test_an_emptied_address_of_an_open_page_asks_for_nothing() -> None:
    app = opened(preset="giveaway", nato="41")
    app.run()
    for key in list(address(app)):
        del app.query_params[key]
    app.run()
    assert "New here?" not in said(app)
    assert (address(app)["preset"], address(app)["nato"]) == ("giveaway", "41")


def test_a_section_that_a_reader_opens_is_brought_into_view_and_one_of_a_link_is_not_counted() -> None:
    app = opened(preset="opening-hand", open="goals")
    assert into_view(app) == ("", 0)
    opens(app, "goals", "dose")
    assert into_view(app) == (".st-key-section_dose", 1)
    opens(app)
    assert into_view(app) == (".st-key-section_dose", 1)  # one that is put away is none, so the number stays
    opens(app, "yearly")
    assert into_view(app) == (".st-key-section_yearly", 2)


def test_the_chips_stand_in_the_order_of_the_sections_under_names_of_their_own() -> None:
    found = chips(opened(preset="opening-hand"))
    assert tuple(found) == SECTIONS
    assert len(set(found.values())) == len(SECTIONS)
    for key, name in found.items():
        assert titles(opened(preset="opening-hand", open=key)) == [name]


def test_undo_and_redo_say_when_there_is_nothing_to_do() -> None:
    app = opened(preset="opening-hand")
    for name in ("undo", "redo"):
        app.button(key=name).click().run()
    app = opened(preset="opening-hand")
    app.button(key="undo").click().run()
    assert app.toast[0].value == "There is no change to undo."
    app.button(key="redo").click().run()
    assert app.toast[0].value == "There is nothing to redo."


def choose(app: AppTest, what: str) -> AppTest:
    """The page after a line of the menu was chosen."""
    app.menu_button(key="more").click(what).run()
    assert not app.exception
    return app


def test_the_menu_resets_to_the_scenario_or_to_neutral_and_keeps_the_context() -> None:
    app = opened(preset="opening-hand", nato="3", start="2024", structure="C6", pressure_china="140")
    choose(app, "All levers to neutral")
    link = address(app)
    assert {key: int(link[key]) for key in catalog().levers} == {
        key: lever.neutral for key, lever in catalog().levers.items()
    }
    assert (link["start"], link["structure"]) == ("2024", "C6")
    choose(app, "Reset to the scenario as it was written")
    link = address(app)
    assert (link["nato"], link["start"], link["pressure_china"]) == ("50", "2021", "100")
    assert "structure" not in link
    app.button(key="undo").click().run()
    assert address(app)["nato"] == "0"


def test_the_last_change_is_replayed_where_there_was_one() -> None:
    app = choose(opened(preset="opening-hand"), "Replay the last change")
    assert app.toast[0].value == "There is no change to replay yet."
    assert sent(app, "drift")["replay"] is None
    app.selectbox(key="preset").select("giveaway").run()
    choose(app, "Replay the last change")
    replay = sent(app, "drift")["replay"]
    assert (replay["number"], replay["before"]["nato"], replay["now"]["nato"]) == (1, 50, 80)
    assert "preset=opening-hand" in replay["address"]


def test_predicting_first_is_switched_on_and_off_by_the_menu() -> None:
    app = choose(opened(preset="opening-hand"), "Predict first")
    assert address(app)["predict"] == "first"
    assert around(app)["finding"].startswith("What do you expect?")
    choose(app, "Predict first")
    assert "predict" not in address(app)
    assert not around(app)["finding"].startswith("What do you expect?")


def test_each_line_of_the_menu_does_something_and_help_opens_the_sheet_of_keys() -> None:
    app = opened(preset="opening-hand")
    assert list(app.menu_button(key="more").options) == list(tools.MORE)
    choose(app, "Keys and help")
    assert "| **Ctrl + Z** | Undo the last change |" in said(app)
    assert "**1** to **4**" in said(app)
    choose(opened(preset="opening-hand"), "Take the tour")


def test_keys_do_what_the_sheet_says() -> None:
    told = {shortcut.keys: shortcut.action.__name__ for shortcut in tools.shortcuts()}
    assert told == {
        "Mod+z": "undo",
        "Mod+Shift+z": "redo",
        "r": "ask_replay",
        "s": "reset_to_preset",
        "0": "reset_to_nothing",
        "p": "toggle",
        "?": "<lambda>",
    }


def test_worldviews_that_are_chosen_are_shown_and_all_of_them_where_none_is() -> None:
    app = with_context(opened(preset="opening-hand", show="op-ed.sceptic"))
    assert [view["key"] for view in around(app)["views"]] == ["op-ed", "sceptic"]
    assert "show=op-ed.sceptic" in lost_of(app)
    app.button_group(key="shown_worldviews").set_value([]).run()
    assert len(around(app)["views"]) == 4
    assert "show" not in address(app)
    app.button_group(key="shown_worldviews").set_value(["sceptic", "lock-in"]).run()
    assert address(app)["show"] == "lock-in.sceptic"


def test_the_column_beside_the_levers_is_asked_for_only_where_a_lever_is_moved() -> None:
    assert lost_of(opened(preset="status-quo")) == ""
    assert lost_of(opened(preset="opening-hand")).endswith("&theme=light")


def test_sliders_of_the_context_start_where_they_change_nothing() -> None:
    app = opened(preset="opening-hand", onset="3")
    assert {one["key"]: one["value"] for one in bank(app)}["nato"] == 50
    assert sliders(app)["sliders"][0]["label"] == "NATO talks"


def test_what_a_browser_should_not_send_changes_nothing() -> None:
    app = AppTest.from_function(rubbish, default_timeout=60)
    app.run()
    assert not app.exception
    assert app.markdown[0].value == "50 50 60"


def rubbish() -> None:
    import streamlit as st

    from model import presets
    from ui.links.asked import Asked
    from ui.links.history import History
    from ui.page import session

    st.session_state[session.HISTORY] = History(Asked(presets()["opening-hand"]))
    told = []
    for value in (101, -1, 60):
        session.change("nato", value)
        told.append(str(session.scenario().levers["nato"]))
    st.markdown(" ".join(told))


def test_what_is_shared_is_what_is_asked_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shared: list[tuple[Asked, Shown]] = []
    monkeypatch.setattr(tools, "share_button", lambda asked, shown: shared.append((asked, shown)))
    opened(preset="giveaway", open="goals", show="op-ed")
    asked, shown = shared[-1]
    assert (asked.scenario.name, shown) == ("giveaway", Shown(("goals",), ("op-ed",)))


def test_a_fifth_scenario_finds_no_room_on_compare() -> None:
    app = opened(preset="opening-hand")
    for i, name in enumerate(("opening-hand", "giveaway", "grand-bargain", "status-quo"), 1):
        app.selectbox(key="preset").select(name).run()
        app.button(key="pin").click().run()
        assert app.toast[0].value == f"Pinned: scenario {i} of at most 4 on Compare."
    app.button(key="pin").click().run()
    assert app.toast[0].value == "It is among the scenarios on Compare already."
    app.selectbox(key="preset").select("squeeze-both").run()
    app.button(key="pin").click().run()
    assert app.toast[0].value == "“Squeeze both harder” found no room: at most 4 scenarios can be compared."

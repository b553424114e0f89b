"""A historic analogue on the page: one worldview, a box with what may not fit, and what is fixed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from model import InputError, analogues, presets
from model.assumptions.scenario import set_values
from model.versions import run_then
from tests.ui.page.test_app import SERVER, address, around, board, opened, said, shifts, with_context
from tests.ui.page.test_compare import comparing
from ui.drawn import boards, compared
from ui.exports import scenario_file
from ui.exports.stamp import stamp
from ui.links import comparison, short, single
from ui.links.asked import Asked, Shown
from ui.links.single import Seen
from ui.page.then_and_now import again
from ui.told import cache, history, words

RESET, NIXON = (Asked(analogues()[name]) for name in ("reset-2009", "opening-to-china-1969"))
HAND = Asked(presets()["opening-hand"])
FIRST_SET = "175ac28c"  # of model version 1, where pressure was one setting, which an analogue fixed
HISTORY = Path("scenarios/history")


@pytest.mark.parametrize("name", list(analogues()))
def test_every_analogue_opens_from_the_list_with_its_one_worldview_and_a_box(name: str) -> None:
    app = opened()
    app.selectbox(key="preset").select(name).run()
    assert not app.exception
    era = analogues()[name].analogue
    assert era is not None
    assert list(shifts(app)) == [era.worldview]
    for lead, text in history.about(analogues()[name], in_sentences=False):
        assert f"**{lead}.**" in said(app)
        assert text in said(app).replace("\\", "")
    assert address(app)["preset"] == name
    assert "start" not in address(app)


def test_the_list_has_the_presets_first_and_marks_the_analogues() -> None:
    options = opened().selectbox(key="preset").options
    assert options[: len(presets())] == [scenario.title for scenario in presets().values()]
    assert options[len(presets()) :] == [f"History: {scenario.title}" for scenario in analogues().values()]


def test_what_is_fixed_is_said_in_place_of_its_controls() -> None:
    app = with_context(opened(preset="reset-2009"))
    assert "**Start year: 2009.**" in said(app)
    assert "**Worldview: Literature midpoint.**" in said(app)
    keys = [element.key for element in app.get("button_group")]
    assert not {"start_choice", "shown_worldviews"} & set(keys)
    app.selectbox(key="preset").select("giveaway").run()
    assert not app.exception
    assert "**Start year" not in said(app)
    assert {"start_choice", "shown_worldviews"} <= {element.key for element in app.get("button_group")}


def test_a_prediction_for_an_analogue_does_not_ask_under_which_view() -> None:
    for name, asked_for in (("reset-2009", {"predicted_sure"}), ("giveaway", {"predicted_sure", "predicted_view"})):
        groups = {element.key for element in opened(preset=name, predict="first").get("button_group")}
        assert groups & {"predicted_sure", "predicted_view"} == asked_for


def test_a_step_into_history_and_back_can_be_undone_and_is_not_drawn_as_a_change() -> None:
    app = opened(preset="opening-hand", show="op-ed")
    app.selectbox(key="preset").select("reset-2009").run()
    assert list(shifts(app)) == ["midpoint"]
    app.menu_button(key="more").click("Replay the last change").run()
    assert "led to other assumed worlds" in app.toast[0].value
    app.button(key="undo").click().run()
    assert address(app)["preset"] == "opening-hand"
    assert list(shifts(app)) == ["op-ed"]
    app.button(key="redo").click().run()
    assert address(app)["preset"] == "reset-2009"
    assert boards.worldviews(RESET, HAND, "light").note == ""
    moved = Asked(set_values(RESET.scenario, {"nato": 90}))
    assert boards.worldviews(moved, RESET, "light").note.startswith("Last change: NATO talks 30 → 90.")


def test_every_section_of_an_analogue_opens() -> None:
    app = opened(preset="reset-2009", open="summary.goals.credit.argument.yearly.dose.domains.outcomes.numbers")
    assert "**Literature midpoint.**" in said(app)


def test_a_board_of_an_analogue_follows_what_can_be_moved_and_refuses_the_rest() -> None:
    link = f"/board/worldviews?{single.text(RESET)}&theme=light"
    moved = SERVER.get(f"{link}&move=nato:90&move=horizon:8")
    assert [view["key"] for view in moved.json()["told"]["views"]] == ["midpoint"]
    refused = SERVER.get(f"{link}&move=start:2021")
    assert (refused.status_code, refused.text) == (
        400, "start cannot be changed in the historic analogue “The reset, 2009-12”; start 2009 was kept.",
    )  # fmt: skip
    assert SERVER.get(f"{link}&was=start:2021").status_code == 400
    assert SERVER.get(f"{link}&was=pressure_china:90").status_code == 200


def test_scenarios_of_other_worlds_stand_side_by_side_and_are_not_subtracted() -> None:
    app = comparing("reset-2009", "opening-hand")
    assert "A from 2009 under Literature midpoint only, B from 2021 under all 4 worldviews" in app.info[0].value
    drawn = {trace["name"]: trace for trace in board(app, "rows")["rows"]["figure"]["data"]}
    assert (len(drawn["Midpoint"]["x"]), len(drawn["Op-ed"]["x"])) == (2, 1)  # A is run under the midpoint only
    assert any("Different eras, different assumed worlds" in element.proto.body for element in app.get("html"))
    paths = {card.key: card.figure for card in compared.paths_board([RESET, HAND], (), "light").cards}
    assert paths["midpoint"]["layout"]["xaxis"]["range"] == [0, 10]
    assert [trace["x"][0] for trace in paths["midpoint"]["data"] if trace.get("name") in ("A", "B")] == [0, 0]
    assert [trace["name"] for trace in paths["op-ed"]["data"]] == ["band B", "B", "names"]
    nothing = compared.against_board([RESET, HAND], (), "light")
    assert not nothing.cards
    assert "Midpoint: B: other worlds than A's, no difference." in nothing.note
    assert "Op-ed: A is not run under this worldview." in nothing.note
    rows = compared.shift_rows([RESET, HAND])
    assert rows.loc[rows["Scenario"] == "B · The essay's opening hand", "Against A, middle"].isna().all()
    table = compared.table([RESET, HAND], ())
    assert table["A: shift"].tolist()[0] == "not run"


def test_an_analogue_is_measured_against_itself_and_presets_against_each_other() -> None:
    changed = Asked(set_values(RESET.scenario, {"nato": 90}))
    assert compared.grounds_apart([RESET, changed]) == ""
    assert [card.key for card in compared.paths_board([RESET, changed], (), "light").cards] == ["midpoint"]
    assert "B " in compared.difference_sentence([RESET, changed], "midpoint")
    mixed = compared.difference_sentence([HAND, RESET, HAND], "midpoint")
    assert mixed == "Points against A, world by world:\nC 0 (0 to 0)\nB: other worlds than A's, no difference."
    assert comparison.read(comparison.write([HAND, changed])).all_asked == (HAND, changed)


def test_an_analogue_takes_another_structure_which_is_named_wherever_it_is_shown() -> None:
    switched = replace(RESET, switched=("C1", "C6"))
    assert single.read(single.write(switched)) == single.Opened(switched, ())
    assert single.read(single.query_of(short.query(short.code(switched)))) == single.Opened(switched, ())
    assert comparison.read(comparison.write([switched, RESET])).all_asked == (switched, RESET)
    at = cache.run_key(switched)
    assert (at.switched, at.analogue, cache.result(at).structure) == (("C1", "C6"), "reset-2009", "C1,C6")
    assert dict(stamp(switched, "").rows()).keys() >= {"Historic analogue", "Structure"}
    app = opened(preset="reset-2009", structure="C1.C6")
    told = words.structure_sentence(switched.switched)
    assert told in said(app).replace("\\", "")
    assert "Why this may not fit" in said(app)
    assert all(told in card["alt"] for card in board(app, "drift").values())
    app.button(key="to_base").click().run()
    assert (address(app)["preset"], "structure" in address(app)) == ("reset-2009", False)


def test_a_comparison_tells_of_other_worlds_and_of_other_structures_at_once() -> None:
    places = [RESET, replace(HAND, switched=("C6",))]
    both = compared.rows_board(places, (), "light")
    assert "no difference is taken between worlds" in compared.paths_board(places, (), "light").reading
    assert both.note == f"The structure differs from the base. A: base; B: {words.structure_words(('C6',))}."
    twice = compared.difference_sentence([RESET, replace(RESET, switched=("C1",))], "midpoint")
    assert twice.startswith("Points against A, world by world:\nB ")


def test_the_levers_on_pressure_work_on_the_pressure_of_the_time() -> None:
    opened_ = single.read({"preset": ["reset-2009"], "pressure": ["60"]})
    eased = set_values(RESET.scenario, {"pressure_russia": 60, "pressure_china": 60})
    assert opened_.asked.scenario == eased
    assert "pressure_russia and pressure_china" in opened_.notices[0]
    app = opened(**single.write(Asked(eased), Shown(("summary",))))
    assert "pressure on Russia 60 % and pressure on China 60 % of that of its time" in said(app).replace("\\", "")
    assert boards.worldviews(Asked(eased), RESET, "light").note.startswith("Last change: Pressure on Russia 100 → 60")


def test_a_worldview_that_was_chosen_before_does_not_hide_the_one_of_an_analogue() -> None:
    app = opened(preset="opening-hand", show="op-ed")
    app.selectbox(key="preset").select("reset-2009").run()
    assert list(shifts(app)) == ["midpoint"]
    assert "show" not in address(app)


def test_present_opens_an_analogue() -> None:
    app = opened(preset="reset-2009")
    app.switch_page("present.py").run()
    assert not app.exception
    assert "The reset, 2009-12" in said(app).replace("\\", "")


@pytest.mark.parametrize("name", list(analogues()))
def test_the_file_of_an_analogue_opens_as_what_it_is(name: str) -> None:
    found = scenario_file.as_asked(scenario_file.from_bytes((HISTORY / f"{name}.toml").read_bytes(), "mine.toml"))
    assert found.scenario == analogues()[name]
    assert found.name == analogues()[name].title


def test_the_file_of_an_analogue_of_ones_own_is_refused_in_a_sentence() -> None:
    file = (HISTORY / "reset-2009.toml").read_text().replace("start = 2009", "start = 2010")
    with pytest.raises(InputError, match=r"mine\.toml is a historic analogue with a start, a pressure or assumptions"):
        scenario_file.as_asked(scenario_file.from_bytes(file.encode(), "mine.toml"))


def test_a_link_whose_author_saw_other_numbers_of_an_analogue_shows_both() -> None:
    app = opened(preset="reset-2009", set="00000000", result="midpoint_-7")
    assert app.warning[0].value.startswith("The author of this link saw other numbers")
    assert "| Literature midpoint | −7 | +1 |" in said(app)
    assert "Wedge sceptic |" not in said(app)


def test_the_model_of_then_runs_an_analogue_under_the_pressure_of_its_time_or_says_that_it_cannot() -> None:
    made = Seen("1", FIRST_SET, {"midpoint": 0})
    plain = run_then(FIRST_SET, {}, preset="reset-2009", members=cache.MEMBERS)
    assert plain["scenario"]["pressure"] == 50
    assert again(RESET, made) == {"midpoint": round(plain["worldviews"]["midpoint"]["shift"]["p50"])}
    eased = Asked(set_values(RESET.scenario, {"pressure_russia": 60, "pressure_china": 60}))
    with pytest.raises(InputError, match="cannot move pressure_russia in a historic analogue"):
        again(eased, made)


def test_an_analogue_waits_for_a_prediction_like_any_scenario() -> None:
    app = opened(preset="opening-to-china-1969", predict="first")
    assert "alignment of the People's Republic of China and the Soviet Union" in said(app)
    assert "Why this may not fit" in said(app)
    asked = {element.key for element in app.get("button_group")}
    assert "predicted_sure" in asked
    assert "predicted_view" not in asked  # there is one view only
    app.select_slider(key="predicted_range").set_range(-5, 5).run()
    app.button(key="commit").click().run()
    assert re.fullmatch(r"same_-5_5_\d{8}T\d{4}Z", address(app)["predict"])


def test_a_view_chosen_before_an_analogue_was_is_no_part_of_the_prediction() -> None:
    app = opened(preset="opening-hand", predict="first")
    app.button_group(key="predicted_view").select("sceptic").run()
    app.select_slider(key="predicted_range").set_range(-5, 5).run()
    app.selectbox(key="preset").select("opening-to-china-1969").run()
    app.button(key="commit").click().run()
    assert re.fullmatch(r"same_-5_5_\d{8}T\d{4}Z", address(app)["predict"])


def test_a_prediction_that_was_made_for_another_view_says_so_in_an_analogue() -> None:
    app = opened(preset="opening-to-china-1969", predict="same_-5_5_20261122T1402Z_50_sceptic")
    assert not app.warning
    assert "under “Wedge sceptic”" in said(app)
    (table,) = [element.value for element in app.markdown if element.value.startswith("| View |")]
    (row,) = table.splitlines()[2:]
    assert "Literature midpoint" in row
    assert "you said" not in row
    assert re.search(r"\| \d+ of 100 of its worlds \|$", row)


def test_one_chart_stands_alone() -> None:
    app = opened(preset="reset-2009", chart="midpoint")
    assert "Why this may not fit: Russia was already in the G8" in said(app).replace("\\", "")
    assert list(shifts(app)) == ["midpoint"]
    assert around(app)["finding"].endswith("says “Literature midpoint”")

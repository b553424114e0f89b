"""Then and now, and up to four scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from model import InputError, catalog, presets
from model.analysis.goals import Goal
from model.assumptions.scenario import set_values
from model.versions import assumption_set
from tests.ui.page.test_app import SCRIPT, address, board, opened, said
from ui.drawn import compared, figures
from ui.links import comparison, single
from ui.links.asked import Asked
from ui.links.history import History
from ui.links.single import Seen
from ui.page import then_and_now
from ui.told import cache
from ui.told.seen import seen

HAND, GIVEAWAY = Asked(presets()["opening-hand"]), Asked(presets()["giveaway"])
SQUEEZE, BARGAIN = Asked(presets()["squeeze-both"]), Asked(presets()["grand-bargain"])
SHOWN = tuple(catalog().worldviews)


def comparing(*words: str) -> AppTest:
    return compared_by({"with": list(words)})


def compared_by(query: Mapping[str, str | list[str]]) -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    app.switch_page("compare.py")
    for key, values in query.items():
        app.query_params[key] = values
    app.run()
    assert not app.exception
    return app


def test_a_link_whose_author_saw_other_numbers_shows_both_and_keeps_the_authors_in_the_address() -> None:
    app = opened(preset="opening-hand", v="2", set="00000000", result="lock-in_0.midpoint_-2.op-ed_-25.sceptic_1")
    assert app.warning[0].value.startswith("The author of this link saw other numbers")
    assert "| The op\\-ed's case | −25 | −19 |" in said(app)
    assert "does not know" in said(app)
    assert address(app)["set"] == "00000000"
    assert "op-ed_-25" in address(app)["result"]
    app.selectbox(key="preset").select("giveaway").run()
    assert not app.warning
    assert address(app)["set"] == assumption_set()


OF_VERSION_1 = {
    "v": "1", "set": "175ac28c", "seed": "7", "preset": "opening-hand", "nato": "50", "caatsa": "35", "g8": "50",
    "mil": "50", "ukraine": "50", "clarity": "80", "precond": "0", "allies": "60", "start": "2021", "horizon": "10",
    "onset": "0", "ramp": "2", "pressure": "100", "open": "summary",
    "result": "lock-in_0.midpoint_-1.op-ed_-19.sceptic_1",
}  # fmt: skip
BECAME = "The setting “pressure” became “Pressure on Russia” and “Pressure on China”"


def test_a_link_of_version_1_shows_its_authors_numbers_beside_todays_and_can_be_run_again_as_it_was() -> None:
    app = opened(**OF_VERSION_1)
    plain = said(app).replace("\\", "")
    assert (
        "**The essay's opening hand.** 2021 to 2031, policy begins at once, pressure as at end-2021. Set are" in plain
    )
    assert not app.text  # a pressure of 100 is neutral today, so nothing became something else
    table = [
        "| Middle shift in 2031, points | Then | Today |",
        "|---|---|---|",
        "| Structural lock\\-in | 0 | +1 |",
        "| Literature midpoint | −1 | 0 |",
        "| The op\\-ed's case | −19 | −19 |",
        "| Wedge sceptic | +1 | +2 |",
    ]
    assert "\n".join(table) in said(app)
    assert f"- {BECAME}" in said(app)
    assert "The equations\\: model version 1, now 2" in said(app)
    kept = {key: value for key, value in OF_VERSION_1.items() if key != "pressure"}
    assert address(app) == kept | {"pressure_russia": "100", "pressure_china": "100"}
    next(button for button in app.button if button.label == "Run it again with the assumptions of then").click().run()
    assert not app.exception
    again = ["Then, run again |", "---|", "0 |", "−1 |", "−19 |", "+1 |"]
    assert "\n".join(
        f"{row} {end}" if end != "---|" else f"{row}{end}" for row, end in zip(table, again, strict=True)
    ) in (said(app))
    app.selectbox(key="preset").select("giveaway").run()
    assert (address(app)["v"], address(app)["set"]) == ("2", assumption_set())


def test_one_pressure_of_then_is_run_again_as_one_pressure() -> None:
    app = opened(preset="squeeze-both", v="1", set="175ac28c", pressure="160", result="op-ed_5")
    assert app.text[0].value.startswith("The setting “pressure” became pressure_russia and pressure_china and was read")
    assert (app.info[0].value, len(app.warning)) == ("All of it was followed.", 1)  # the warning is then and now
    assert "| The op\\-ed's case | +5 | +4 |" in said(app)
    harder = Asked(set_values(presets()["status-quo"], {"pressure_russia": 160, "pressure_china": 160}))
    author = Seen("1", "175ac28c", {"op-ed": 4})
    assert then_and_now.again(harder, author) == {"lock-in": 1, "midpoint": 3, "op-ed": 4, "sceptic": 1}
    apart = Asked(set_values(harder.scenario, {"pressure_russia": 60}))
    with pytest.raises(InputError, match="one setting pressure where today's has "):
        then_and_now.again(apart, author)


def test_a_link_of_today_says_nothing_of_then() -> None:
    written = {key: values[0] for key, values in single.write(HAND, seen=seen(HAND)).items()}
    assert not opened(**written).warning


def test_a_link_that_names_some_results_only_is_held_against_those() -> None:
    today = cache.middle_shifts(HAND)["op-ed"]
    assert not opened(preset="opening-hand", result=f"op-ed_{today}").warning
    assert opened(preset="opening-hand", result=f"op-ed_{today - 9}").warning


def test_a_bare_name_is_the_preset_and_a_preset_without_its_levers_is_not() -> None:
    assert comparison.read({"with": ["opening-hand"]}).all_asked == (HAND,)
    none = Asked(set_values(HAND.scenario, dict.fromkeys(HAND.scenario.levers, 0)))
    for asked in (HAND, none, GIVEAWAY, Asked(presets()["status-quo"])):
        assert comparison.read(comparison.write([asked])).all_asked == (asked,)


def test_the_reason_is_told_as_far_as_it_is_known() -> None:
    (today,) = then_and_now.reasons(Seen("2", assumption_set(), {"op-ed": -25}))
    assert "written by hand" in today
    (unknown,) = then_and_now.reasons(Seen("2", "<script>" * 20, {"op-ed": -25}))
    assert "cannot be told" in unknown
    assert len(unknown) < 200
    assert then_and_now.reasons(Seen("", "", {"op-ed": -25})) == [
        "The link names no assumption set, so what changed cannot be told."
    ]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=4))
def test_letters_keep_apart_in_order_and_on_the_chart(ends: list[float]) -> None:
    places = figures.spread(np.array(ends), (0, 100))
    order = np.argsort(ends, kind="stable")
    assert (np.diff(places[order]) >= 9 - 1e-9).all()
    assert places.min() >= 4.4
    assert places.max() <= 95.6


def test_the_settings_that_differ_come_first_and_are_marked() -> None:
    table = compared.settings_table([HAND, Asked(set_values(HAND.scenario, {"precond": 10}))])
    assert list(table.loc[0]) == ["≠", "Preconditions first", 0, 10]
    assert set(table.iloc[1:, 0].tolist()) == {""}


def test_a_scenario_compared_with_itself_differs_nowhere() -> None:
    for worldview in SHOWN:
        assert "B 0 (0 to 0)" in compared.difference_sentence([HAND, HAND], worldview)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_every_path_is_drawn_on_the_same_axes_and_named_at_its_end(number: int) -> None:
    all_asked = [HAND, GIVEAWAY, SQUEEZE, BARGAIN][:number]
    shown = compared.paths_board(all_asked, SHOWN, "light")
    assert [card.key for card in shown.cards] == list(SHOWN)
    assert {str(card.figure["layout"]["yaxis"]["range"]) for card in shown.cards} == {
        {1: "[30.0, 80.0]", 2: "[30.0, 90.0]", 4: "[20.0, 90.0]"}[number]
    }
    for card in shown.cards:
        drawn = {trace["name"]: trace for trace in card.figure["data"]}
        assert [name for name in drawn if name in list(compared.LETTERS)] == list(compared.LETTERS[:number])
        assert drawn["names"]["text"][0] == " <b>A</b> The essay's opening h…"


def test_the_page_says_first_what_tells_the_scenarios_apart_and_shows_no_table() -> None:
    app = comparing("opening-hand", "giveaway", "grand-bargain", "squeeze-both")
    html = [element.proto.body for element in app.get("html")]
    (heading,) = [body for body in html if "<h1" in body]
    assert "Only the op-ed's case and the literature midpoint tell these four scenarios apart" in heading
    assert list(board(app, "rows")) == ["rows"]
    assert not app.dataframe
    assert "Against A: Clear expectations 80 → 5, Assurances to allies 60 → 5, and 5 more" in said(app).replace(
        "\\", ""
    )


def test_a_comparison_is_grouped_by_worldview_on_demand_and_stays_so() -> None:
    app = comparing("opening-hand", "giveaway")
    app.segmented_control(key="compared_by").set_value("worldview").run()
    assert not app.exception
    figure = board(app, "rows")["rows"]["figure"]
    assert figure["layout"]["yaxis"]["range"] == [0, 4]
    app.switch_page("assumptions.py").run()
    app.switch_page("compare.py").run()
    assert board(app, "rows")["rows"]["figure"]["layout"]["yaxis"]["range"] == [0, 4]


def test_one_chip_at_a_time_opens_what_stands_behind_it() -> None:
    app = comparing("opening-hand", "giveaway")
    assert "Goals" not in str(app.pills(key="compared_chip").options)
    for chip, tables in {"set": 1, "domains": 1, "outcomes": 1, "files": 1, "paths": 0, "against": 0}.items():
        app.pills(key="compared_chip").set_value(chip).run()
        assert not app.exception
        assert len(app.dataframe) == tables, chip
    (rows,) = compared.against_board([HAND, GIVEAWAY], (), "light").cards
    assert "Op-ed: Points against A, world by world: B +7 (+2 to +13)" in rows.alt


def test_the_readers_goals_are_counted_under_every_scenario() -> None:
    app = comparing("opening-hand", "squeeze-both")
    app.session_state["history"] = History(replace(HAND, goals=(Goal("shift", "at most", -10),)))
    app.run()
    app.pills(key="compared_chip").set_value("goals").run()
    assert not app.exception
    assert len(app.dataframe) == 1
    table = compared.goals_table([HAND, SQUEEZE], (Goal("shift", "at most", -10),), ())
    assert list(table.columns) == ["Goal", "Scenario", "Lock-in", "Midpoint", "Op-ed", "Sceptic"]
    below = 100 * (cache.result(cache.run_key(HAND)).shift[-1, 2] <= -10).mean()
    assert table.loc[0, "Op-ed"] == f"{round(float(below))} (–)"
    assert [*table.loc[1]][1:] == ["B · Squeeze both harder", "0 (–)", "0 (–)", "0 (–)", "0 (–)"]


def test_a_comparison_opens_by_link_grows_and_shrinks() -> None:
    app = comparing("opening-hand.nato-60", "giveaway.nato-100")
    assert "B, Giveaway without asks, changed: Lock-in" in board(app, "rows")["rows"]["alt"]
    app.text_input(key="pasted_link").set_value(f"https://example.org/?{single.text(HAND)}")
    next(button for button in app.button if button.label == "Add it").click().run()
    assert not app.exception
    assert len(app.query_params["with"]) == 3
    app.text_input(key="pasted_link").set_value("hello")
    next(button for button in app.button if button.label == "Add it").click().run()
    assert "is not a link of this page" in app.text[0].value


def test_all_scenarios_run_in_the_worlds_of_the_first() -> None:
    app = comparing("opening-hand")
    app.query_params["seed"] = "99"
    app.run()
    app.text_input(key="pasted_link").set_value("?preset=giveaway&seed=5")
    next(button for button in app.button if button.label == "Add it").click().run()
    assert app.query_params["seed"] == "99"
    assert "was made with seed 5; here it is run with seed 99" in app.text[0].value
    again = compared_by({key: app.query_params[key] for key in ("with", "seed")})
    assert board(app, "rows")["rows"]["alt"] == board(again, "rows")["rows"]["alt"]
    with pytest.raises(ValueError, match="cannot be paired"):
        compared.difference(cache.run_key(HAND), cache.run_key(replace(HAND, seed=8)))


def test_a_link_of_a_comparison_adds_all_its_scenarios() -> None:
    app = comparing("opening-hand")
    app.text_input(key="pasted_link").set_value(f"/compare?{comparison.text([HAND, GIVEAWAY])}")
    next(button for button in app.button if button.label == "Add it").click().run()
    assert app.query_params["with"] == comparison.write([HAND, GIVEAWAY])["with"]


def test_what_waits_for_a_prediction_is_not_compared() -> None:
    app = opened(preset="opening-hand", predict="first")
    app.button(key="pin").click().run()
    assert "Make your prediction first" in app.toast[0].value
    app.switch_page("compare.py").run()
    assert "Results are hidden until a prediction is made" in said(app)
    assert not app.dataframe
    assert "result" not in app.query_params
    with pytest.raises(InputError, match="asks for a prediction"):
        comparison.read_pasted("?preset=giveaway&predict=first")


def test_scenarios_that_end_in_different_years_say_so() -> None:
    app = comparing("opening-hand.nato-60.horizon-5", "giveaway")
    assert "A in 2026, B in 2031" in app.info[0].value.replace("\\", "")
    table = compared.outcome_table([HAND, Asked(set_values(HAND.scenario, {"horizon": 5}))])
    assert list(table.columns) == ["What", "Worldview", "A, 2031", "B, 2026"]


def test_a_comparison_whose_author_saw_other_numbers_shows_both() -> None:
    query = comparison.write([HAND, GIVEAWAY]) | {"set": ["0badcafe"], "result": ["op-ed_-40", "op-ed_-11"]}
    app = compared_by(query)
    assert app.warning[0].value.startswith("The author of this link saw other numbers")
    assert "| −40 | −19 |" in said(app)
    assert "−11" not in said(app).partition("Then |")[2].partition("does not know")[0]
    assert app.query_params["set"] == "0badcafe"
    assert app.query_params["result"] == ["op-ed_-40", "op-ed_-11"]


def test_a_comparison_of_version_1_shows_what_differs_from_today_and_what_became_of_pressure() -> None:
    app = compared_by({
        "v": "1", "set": "175ac28c", "seed": "7",
        "with": ["opening-hand.nato-50.caatsa-35.g8-50.mil-50.ukraine-50.clarity-80.allies-60",
                 "squeeze-both.pressure-160"],
        "result": ["lock-in_0.midpoint_-1.op-ed_-19.sceptic_1", "lock-in_1.midpoint_3.op-ed_4.sceptic_1"],
    })  # fmt: skip
    assert app.text[0].value.startswith("The setting “pressure” became pressure_russia and pressure_china")
    (table,) = [one.value for one in app.markdown if "| Then | Today |" in one.value]
    first = "| A · The essay's opening hand |"
    assert table.replace("\\", "").splitlines()[2:] == [
        f"{first} Structural lock-in | 0 | +1 |",
        f"{first} Literature midpoint | −1 | 0 |",
        f"{first} Wedge sceptic | +1 | +2 |",
    ]
    assert f"- {BECAME}" in said(app)
    assert app.query_params["with"][1] == "squeeze-both.pressure_russia-160.pressure_china-160"
    assert (app.query_params["v"], app.query_params["set"]) == ("1", "175ac28c")


def test_a_link_of_more_than_four_scenarios_keeps_the_first_four_and_says_so() -> None:
    app = comparing(*[f"opening-hand.nato-{i}" for i in range(9)])
    assert "compares 9 scenarios; the first 4 were kept" in app.text[0].value
    assert len(app.query_params["with"]) == 4


def test_pinning_on_explore_puts_the_scenario_into_the_comparison() -> None:
    app = opened(preset="opening-hand", nato="60")
    app.button(key="pin").click().run()
    app.selectbox(key="preset").select("giveaway").run()
    app.button(key="pin").click().run()
    app.switch_page("compare.py").run()
    assert not app.exception
    assert app.query_params["with"] == [
        "opening-hand.nato-60.caatsa-35.g8-50.mil-50.ukraine-50.clarity-80.allies-60",
        comparison.write([GIVEAWAY])["with"][0],
    ]


def test_one_scenario_is_not_said_to_share_its_worlds_with_others() -> None:
    def html_of(*names: str) -> str:
        return "".join(str(element.proto.body) for element in comparing(*names).get("html"))

    one, two = html_of("opening-hand"), html_of("opening-hand", "giveaway")
    assert ("assumed worlds for all" in one, "assumed worlds for all" in two) == (False, True)
    assert ("hollow" in one, "hollow" in two) == (False, True)

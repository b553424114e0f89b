"""What is on the slides of Present: axes that hold every scenario, large letters, few numbers, exact places."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from model import analogues, presets
from model.assumptions.scenario import set_values
from ui.drawn import stage
from ui.drawn.stage import Slide
from ui.links.asked import STEPS, Asked
from ui.told import words

HAND = Asked(presets()["opening-hand"])
NIXON = Asked(analogues()["opening-to-china-1969"])


def slide(asked: Asked, wanted: str, before: Asked | None = None) -> Slide:
    return stage.slide(asked, stage.staged(asked, wanted), before, "light")


def figure(shown: Slide) -> dict[str, Any]:
    (card,) = shown.board.cards
    return card.figure


def texts(shown: Slide) -> list[str]:
    return [re.sub("<[^>]*>", "", note["text"]).strip() for note in figure(shown)["layout"]["annotations"]]


def said(shown: Slide) -> str:
    views = [f"{view.title} {view.number} {view.way}" for view in shown.views]
    return " ".join([shown.headline, *views, *shown.beside, *texts(shown), shown.note])


@pytest.mark.parametrize("step", STEPS)
def test_all_scenarios_of_a_group_are_drawn_on_one_axis(step: str) -> None:
    name = "yaxis" if step in ("question", "drift", "package") else "xaxis"
    moved = [one for one in presets().values() if words.moves_something(one)]
    axes = {tuple(figure(slide(Asked(one), step))["layout"][name]["range"]) for one in moved}
    assert axes == {{"sure": (-60, 10), "why": (-30, 20), "cost": (-2, 102)}.get(step, (20, 90))}


def test_an_axis_is_widened_for_a_scenario_of_ones_own() -> None:
    own = set_values(
        presets()["grand-bargain"], {"clarity": 100, "pressure_russia": 0, "pressure_china": 0, "horizon": 15}
    )
    low, high = figure(slide(Asked(own), "sure"))["layout"]["xaxis"]["range"]
    dots = [x for trace in figure(slide(Asked(own), "sure"))["data"] for x in trace["x"]]
    assert low < min(dots)
    assert max(dots) < high


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", [*presets(), *analogues()])
def test_no_letter_is_below_20_pixels_and_a_step_has_few_words(step: str, name: str) -> None:
    asked = Asked({**presets(), **analogues()}[name])
    shown = slide(asked, step)
    layout = figure(shown)["layout"]
    sizes = [note["font"]["size"] for note in layout["annotations"]]
    sizes += [layout[axis]["tickfont"]["size"] for axis in ("xaxis", "yaxis") if layout[axis].get("visible", True)]
    assert min(sizes) >= 20
    assert len(said(shown).split()) <= (100 if asked.scenario.analogue else 85)


@pytest.mark.parametrize("step", ["drift", "package", "sure", "why", "cost"])
def test_a_step_tells_at_most_five_numbers(step: str) -> None:
    shown = slide(HAND, step)
    told = " ".join([shown.headline, *(view.number for view in shown.views), *texts(shown)])
    found = re.findall(r"(?<![\w–])[−+]?\d+(?!\d)", re.sub(r"20[23]1|of 100", "", told))
    assert 1 <= len({*found} - {"58", "71"}) <= 5  # where the dashes begin and end was told a step before


@pytest.mark.parametrize("name", [*presets(), *analogues()])
@pytest.mark.parametrize("step", STEPS)
def test_every_headline_names_whom_it_is_about(step: str, name: str) -> None:
    scenario = {**presets(), **analogues()}[name]
    shown = slide(Asked(scenario), step)
    pair = (
        "the People's Republic of China and the Soviet Union" if name == "opening-to-china-1969" else "Russia and China"
    )
    assert pair in shown.headline
    assert shown.board.cards[0].alt.startswith(shown.headline)


def test_steps_add_to_one_drawing() -> None:
    question, drift, package = (figure(slide(HAND, step)) for step in STEPS[:3])
    assert [trace["name"] for trace in question["data"]] == [trace["name"] for trace in package["data"]]
    assert question["layout"]["yaxis"] == drift["layout"]["yaxis"] == package["layout"]["yaxis"]

    def seen(drawn: dict[str, Any]) -> set[str]:
        return {trace["name"] for trace in drawn["data"] if trace.get("opacity", 1) and trace["x"]}

    assert seen(question) == {"start", "observed"}
    assert {"start", "without levers", "without levers, all views"} <= seen(drift)
    assert not [name for name in seen(drift) if "with levers" in name]
    assert {"Lock-in, with levers", "Op-ed, with levers"} <= seen(package)
    for early in (question, drift):
        assert early["layout"]["annotations"][0]["yanchor"] == "top"  # above it would name the observed line's end
    era = figure(slide(NIXON, "question"))
    assert era["layout"]["annotations"][0]["yanchor"] == "bottom"  # there is no such line, and the start is at the foot
    past = "67: votes andtrade only58: all sixdomains"
    assert texts(slide(HAND, "question")) == ["58", "?", "votes, trade;58: sixdomains"]
    assert texts(slide(HAND, "drift")) == ["58", "71–73", "67", past]
    assert texts(slide(HAND, "package")) == ["58", "Without levers 71–73", "67", past]


def test_why_shows_the_three_levers_on_which_the_view_that_moves_most_leans() -> None:
    shown = slide(HAND, "why")
    rows = [text for text in texts(shown) if text in ("Clear expectations", "NATO talks", "Ukraine and Crimea track")]
    assert rows == ["Clear expectations", "NATO talks", "Ukraine and Crimea track"]
    assert [text for text in texts(shown) if text.startswith("−")] == ["−10", "−8", "−5"]
    bars = figure(shown)["data"][0]
    assert [round(x) for x in bars["x"]] == [-10, -8, -5]
    alone = slide(HAND, "why.sceptic")
    assert "“Wedge sceptic”" in alone.headline


def test_cost_shows_every_view_and_gives_the_figures_of_one_that_it_names() -> None:
    shown = slide(HAND, "cost")
    assert [text for text in texts(shown) if text.isdigit()] == ["28", "53", "67", "6"]
    assert "● Op-ed" in texts(shown)
    places = {trace["name"]: [round(x) for x in trace["x"]] for trace in figure(shown)["data"]}
    assert places["Op-ed"] == [28, 53, 67, 6]
    assert places["Sceptic"][0] == 96
    squeezed = slide(Asked(presets()["squeeze-both"]), "cost")
    assert "nothing to drop" in texts(squeezed)


def test_one_view_by_itself_leaves_the_others_faded_and_gives_its_own_figures() -> None:
    shown = slide(HAND, "package.sceptic")
    assert [view.faded for view in shown.views] == [True, True, True, False]
    assert shown.headline == "“Wedge sceptic”: Russia and China 2 points closer than with no levers"
    assert texts(slide(HAND, "cost.sceptic"))[1] == "96"


def test_the_scenario_before_stays_as_dotted_lines_and_hollow_markers() -> None:
    giveaway = Asked(presets()["giveaway"])
    package, sure = (slide(HAND, step, giveaway) for step in ("package", "sure"))
    assert "Dotted: the scenario before." in package.note
    assert "Hollow: the scenario before." in sure.note
    assert all(trace["opacity"] for trace in figure(package)["data"] if "before" in trace["name"])
    (hollow,) = [trace for trace in figure(sure)["data"] if trace["name"] == "before"]
    assert round(hollow["x"][2]) == -11


def test_a_historic_analogue_has_its_one_view_and_says_why_it_may_not_fit() -> None:
    shown = slide(NIXON, "package.op-ed")
    assert [view.title for view in shown.views] == ["Literature midpoint"]
    assert shown.beside[0].startswith("Why this may not fit: The split was already violent")
    assert shown.name.endswith("historic analogue 1 of 6")
    at = stage.staged(NIXON, "package.op-ed")
    assert (at.views, at.alone, at.other(-1), at.other(1)) == ((), "", None, "reset-2009")


def test_a_stage_leads_to_its_neighbours_and_stands_in_a_link() -> None:
    at = stage.staged(HAND, "sure.op-ed")
    assert (at.turned(1), at.turned(-1), at.at("why"), at.at(alone="")) == ("why", "package", "why.op-ed", "sure")
    assert (stage.staged(HAND, "").turned(-1), stage.staged(HAND, "cost").turned(1)) == (None, None)
    own = stage.staged(Asked(set_values(HAND.scenario, {"nato": 3})), "")
    assert (own.other(-1), own.other(1), own.step) == ("opening-hand", "grand-bargain", "question")


def test_an_enlarged_trace_grows_in_lines_and_markers_and_keeps_its_numbers() -> None:
    small = {"x": [1], "y": [2.5], "line": {"width": 2}, "marker": {"size": [10, 0], "line": {"width": 1}}}
    assert stage.enlarged(small) == {
        "x": [1],
        "y": [2.5],
        "line": {"width": 3.4},
        "marker": {"size": [17, 0], "line": {"width": 1.7}},
    }
    json.dumps(figure(slide(HAND, "sure")))

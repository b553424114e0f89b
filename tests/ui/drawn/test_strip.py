"""The strip: what is drawn, and where, from two worldviews made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import plotly.graph_objects as go
import pytest

from model import catalog
from model.analysis.goals import Goal
from tests.ui.made import four, made
from ui.drawn import strip
from ui.drawn.figures import Figure
from ui.links.asked import Prediction
from ui.told.numbers import CardNumbers

OP_ED = made("op-ed", (-25.26, -18.64, -9.94), dots=(3.0, -19.6, -20.2, -19.4))
SCEPTIC = made("sceptic", (0.2, 1.4, 2.36), dots=(0.0, 1.0, 2.0))
TWO = [OP_ED, SCEPTIC]
BLUE, ORANGE = "#1f78b8", "#cf5c00"
PREDICTED = Prediction("apart", -20, -5, datetime(2026, 11, 22, 14, 2, tzinfo=UTC))


def named(figure: Figure) -> dict[str, Any]:
    return {trace["name"]: trace for trace in figure["data"]}


def told(figure: Figure) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("alone", ["", "op-ed"])
@pytest.mark.parametrize("moved", [True, False])
@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("ghosts", [(), TWO])
def test_the_same_traces_in_the_same_order_whatever_is_shown(
    theme: str, alone: str, moved: bool, small: bool, ghosts: list[CardNumbers]
) -> None:
    figure = strip.strip(TWO, theme, moved=moved, ghosts=ghosts, alone=alone, small=small, prediction=PREDICTED)
    worlds = [] if small else ["worlds"]
    bars = ["Op-ed 80 of 100", "Sceptic 80 of 100"]
    assert [trace["name"] for trace in figure["data"]] == [*worlds, *bars, "before", "middle", "key"]
    assert len(go.Figure(figure).data) == len(figure["data"])  # refuses what is not Plotly


def test_dots_are_stacked_in_whole_points_above_the_bar_of_their_row() -> None:
    """A row has 0.61 for 17 dots, from 0.34 above its foot; the first of two rows stands on 1."""
    drawn = named(strip.strip(TWO, "light"))
    dots = drawn["worlds"]
    assert dots["x"][:4] == [-20, -20, -19, 3]
    assert dots["y"] == [1.358, 1.394, 1.358, 1.358, *[0.358] * 3]  # half of 0.0359 up, and 0.0359 more
    assert dots["marker"] == {"color": [BLUE] * 4 + [ORANGE] * 3, "size": 5}
    assert dots["hovertemplate"] == "shift %{x:.0f}; each dot is 2 of 100 assumed worlds<extra></extra>"


def test_more_dots_than_a_row_has_room_for_are_packed_closer() -> None:
    high = named(strip.strip([made("op-ed", dots=[0.2] * 20)], "light"))["worlds"]["y"]
    assert high[0] == pytest.approx(0.34 + 0.5 * 0.61 / 20, abs=0.001)
    assert high[-1] == pytest.approx(0.34 + 19.5 * 0.61 / 20, abs=0.001)
    assert max(high) < 0.95


def test_the_bar_holds_80_of_100_and_the_marker_is_the_middle() -> None:
    drawn = named(strip.strip(TWO, "light"))
    bar, other = drawn["Op-ed 80 of 100"], drawn["Sceptic 80 of 100"]
    assert (bar["x"], bar["y"]) == ([-25.3, -9.9], [1.2, 1.2])
    assert (other["x"], other["y"]) == ([0.2, 2.4], [0.2, 0.2])
    assert bar["line"] == {"color": "rgba(31,120,184,0.45)", "width": 9}
    middle, key = drawn["middle"], drawn["key"]
    assert (middle["x"], middle["y"]) == ([-18.6, 1.4], [1.2, 0.2])
    assert middle["marker"]["symbol"] == key["marker"]["symbol"] == ["circle", "triangle-up"]
    assert middle["marker"]["color"] == key["marker"]["color"] == [BLUE, ORANGE]
    assert middle["marker"]["size"] == 18
    assert middle["text"] == ["Op-ed", "Sceptic"]
    assert (key["x"], key["y"], key["xaxis"]) == ([0, 0], [1.83, 0.83], "x2")
    assert middle["cliponaxis"] is key["cliponaxis"] is False  # whole at the edge


def test_hollow_markers_stand_where_it_was_before_and_are_wider_than_the_filled() -> None:
    before = made("op-ed", -11.26)
    hollow = named(strip.strip(TWO, "light", ghosts=[before]))["before"]
    assert (hollow["x"], hollow["y"], hollow["opacity"]) == ([-11.3, 1.4], [1.2, 0.2], 1.0)
    assert hollow["marker"]["symbol"] == ["circle-open", "triangle-up-open"]
    assert (hollow["marker"]["color"], hollow["marker"]["size"]) == ([BLUE, ORANGE], 22)
    assert named(strip.strip(TWO, "light"))["before"]["opacity"] == 0.0


def test_names_numbers_and_both_sides_of_0_are_told() -> None:
    figure = strip.strip(TWO, "light")
    views = catalog().worldviews
    assert told(figure) == [
        "← further apart",
        "closer →",
        "<b>The op-ed's case</b>",
        views["op-ed"].gist,
        "<b>−19</b>",
        "further apart<br>−25 to −10",
        "<b>Wedge sceptic</b>",
        views["sceptic"].gist,
        "<b>+1</b>",
        "closer<br>0 to +2",
    ]
    apart, closer, *rows = figure["layout"]["annotations"]
    assert (apart["x"], apart["xanchor"], apart["xshift"]) == (0, "right", -8)
    assert (closer["x"], closer["xanchor"], closer["xshift"]) == (0, "left", 8)
    assert [note["y"] for note in rows] == pytest.approx([2, 2, 1.54, 1.54, 1, 1, 0.54, 0.54])
    assert [(note["x"], note["xanchor"]) for note in rows] == [(0, "left"), (0, "left"), (1, "right"), (1, "right")] * 2
    assert [note["font"]["color"] for note in rows[2::4]] == [BLUE, ORANGE]
    assert [note["yshift"] for note in rows[:4]] == [-4, -26, -9, 1]  # name, gist, number, its way: none on another
    assert [note["font"]["size"] for note in rows[:4]] == [16, 13, 32, 13]


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        ((-2.0, 0.4, 3.0), "no shift<br>−2 to +3"),
        ((-2.0, -0.6, 0.3), "further apart<br>−2 to 0"),
        ((0.2, 0.6, 1.0), "closer<br>0 to +1"),
    ],
)
def test_below_each_number_stand_its_way_and_its_ends(shift: tuple[float, float, float], said: str) -> None:
    assert told(strip.strip([made("op-ed", shift)], "light"))[-1] == said


def test_without_a_moved_lever_only_markers_at_0_are_seen() -> None:
    cards = [made("op-ed", (0, 0, 0)), made("sceptic", (0, 0, 0))]
    figure = strip.strip(cards, "light", moved=False)
    drawn = named(figure)
    assert [drawn[name]["opacity"] for name in ("Op-ed 80 of 100", "Sceptic 80 of 100")] == [0.0] * 2
    assert all(colour.endswith(",0)") for colour in drawn["worlds"]["marker"]["color"])
    assert (drawn["middle"]["x"], drawn["middle"]["marker"]["opacity"]) == ([0.0, 0.0], [1.0, 1.0])
    assert told(figure)[4:6] == ["<b>0</b>", "no lever moved"]


def test_a_worldview_that_is_looked_at_alone_stays_in_its_row_and_the_others_fade() -> None:
    figure = strip.strip(TWO, "light", alone="sceptic")
    drawn, every = named(figure), named(strip.strip(TWO, "light"))
    assert drawn["worlds"]["marker"]["color"] == ["rgba(31,120,184,0.4)"] * 4 + [ORANGE] * 3
    assert [drawn[name]["opacity"] for name in ("Op-ed 80 of 100", "Sceptic 80 of 100")] == [0.4, 1.0]
    assert drawn["middle"]["marker"]["opacity"] == drawn["key"]["marker"]["opacity"] == [0.4, 1.0]
    assert every["middle"]["marker"]["opacity"] == [1.0, 1.0]
    assert [note["opacity"] for note in figure["layout"]["annotations"][2:]] == [0.4] * 4 + [1.0] * 4
    assert [trace["x"] for trace in figure["data"]] == [trace["x"] for trace in every.values()]


def test_on_a_narrow_page_a_row_is_one_line_without_dots() -> None:
    figure = strip.strip(TWO, "light", small=True, ghosts=TWO)
    drawn = named(figure)
    assert drawn["middle"]["y"] == drawn["key"]["y"] == drawn["before"]["y"] == [1.5, 0.5]
    assert drawn["Op-ed 80 of 100"]["y"] == [1.5, 1.5]
    assert [drawn[name]["marker"]["size"] for name in ("before", "middle", "key")] == [18, 15, 12]
    assert told(figure)[2:] == ["Op-ed", "<b>−19</b>", "Sceptic", "<b>+1</b>", "hollow: before"]
    *rows, hollow = figure["layout"]["annotations"][2:]
    assert (hollow["y"], hollow["yref"], hollow["yanchor"], hollow["font"]["size"]) == (0, "paper", "top", 13)
    assert [note["y"] for note in rows] == [1.5, 1.5, 0.5, 0.5]
    assert [note["font"]["size"] for note in rows] == [15, 22, 15, 22]
    assert [note["xshift"] for note in rows] == [12, 58, 12, 58]
    assert figure["layout"]["shapes"] == []
    assert figure["layout"]["margin"]["r"] == 62


def test_what_is_hollow_is_told_on_a_narrow_page_only_and_only_where_something_is() -> None:
    still = strip.strip(TWO, "light", small=True, moved=False, ghosts=TWO)
    assert told(still)[-1] == "hollow: opening hand"
    for figure in (strip.strip(TWO, "light", small=True), strip.strip(TWO, "light", ghosts=TWO)):
        assert not [text for text in told(figure) if text.startswith("hollow")]


def test_the_markers_before_the_names_have_an_axis_of_their_own_that_no_reach_moves() -> None:
    for cards in (TWO, [made("op-ed", dots=(-70.0, 40.0))]):
        figure = strip.strip(cards, "light")
        own = figure["layout"]["xaxis2"]
        assert own == {"range": [0, 1], "overlaying": "x", "visible": False, "fixedrange": True}
        assert [trace.get("xaxis") for trace in figure["data"]] == [None] * (len(figure["data"]) - 1) + ["x2"]


def test_numbers_of_the_axis_are_signed_and_half_as_many_on_a_narrow_page() -> None:
    wide, small = (strip.strip(TWO, "light", small=narrow)["layout"]["xaxis"] for narrow in (False, True))
    ticks = dict(zip(wide["tickvals"], wide["ticktext"], strict=True))
    assert len(ticks) == 21
    assert [ticks[at] for at in (-100, -40, -10, 0, 10, 100)] == ["−100", "−40", "−10", "0", "+10", "+100"]
    assert list(small["tickvals"]) == [-100, -80, -60, -40, -20, 0, 20, 40, 60, 80, 100]
    assert small["ticktext"][4:7] == ["−20", "0", "+20"]
    assert wide["tickangle"] == small["tickangle"] == 0  # never slanted where there is little room
    assert (wide["range"], wide["zeroline"], wide["zerolinecolor"]) == ([-40, 10], True, "#1c2430")


@pytest.mark.parametrize(("rows", "reach"), [(1, [-3, 1]), (2, [-2, 2]), (4, [0, 4]), (5, [0, 5])])
def test_fewer_rows_than_four_are_no_taller(rows: int, reach: list[int]) -> None:
    cards = [*four(0, -1, -19, 1), made("op-ed", 2)][:rows]
    figure = strip.strip(cards, "light")
    assert figure["layout"]["yaxis"]["range"] == reach
    assert [shape["y0"] for shape in figure["layout"]["shapes"]] == list(range(1, rows))
    assert all(shape["y0"] == shape["y1"] for shape in figure["layout"]["shapes"])


@pytest.mark.parametrize(
    ("dots", "goals", "prediction", "reach"),
    [
        ((0.0,), (), None, (-40, 10)),
        ((-39.0, 9.0), (), None, (-40, 10)),
        ((-39.1,), (), None, (-50, 10)),
        ((9.1,), (), None, (-40, 20)),
        ((0.0,), (Goal("shift", "at most", -45),), None, (-50, 10)),
        ((0.0,), (Goal("shift", "at least", 12), Goal("level", "at most", 58)), None, (-40, 20)),
        ((0.0,), (), Prediction("closer", 0, 33, PREDICTED.made), (-40, 40)),
        ((0.0,), (), Prediction("apart", -60, 0, PREDICTED.made), (-70, 10)),
    ],
)
def test_the_axis_is_widened_in_tens_until_dots_goals_and_prediction_have_some_air(
    dots: tuple[float, ...], goals: tuple[Goal, ...], prediction: Prediction | None, reach: tuple[int, int]
) -> None:
    cards = [made("sceptic", dots=(0.0, 1.0)), made("op-ed", dots=dots)]
    assert strip.shift_range(cards, goals, prediction) == reach
    figure = strip.strip(cards, "light", goals=goals, prediction=prediction)
    assert figure["layout"]["xaxis"]["range"] == list(reach)


def test_a_prediction_is_a_band_behind_all_rows_and_a_goal_for_the_shift_a_line_across_them() -> None:
    goals = (Goal("shift", "at most", -10), Goal("level", "at most", 58))
    shapes = strip.strip(TWO, "light", goals=goals, prediction=PREDICTED)["layout"]["shapes"]
    _, box, line = shapes
    assert (box["type"], box["x0"], box["x1"], box["y0"], box["y1"]) == ("rect", -20, -5, 0, 2)
    assert (box["layer"], box["fillcolor"]) == ("below", "rgba(95,105,119,0.2)")
    assert (line["type"], line["x0"], line["x1"], line["y0"], line["y1"]) == ("line", -10, -10, 0, 2)
    assert line["line"] == {"color": "#1c2430", "width": 1.5, "dash": "longdashdot"}
    assert len(strip.strip(TWO, "light")["layout"]["shapes"]) == 1


def test_in_the_dark_everything_is_in_the_inks_and_colours_of_the_dark() -> None:
    figure = strip.strip(TWO, "dark")
    drawn = named(figure)
    assert drawn["middle"]["marker"]["color"] == drawn["before"]["marker"]["color"] == ["#5aa9e6", "#f08a3c"]
    assert drawn["middle"]["marker"]["line"]["color"] == "#11151c"
    assert drawn["Op-ed 80 of 100"]["line"]["color"] == "rgba(90,169,230,0.45)"
    assert figure["layout"]["annotations"][4]["font"]["color"] == "#5aa9e6"

"""The drift: what is drawn, and where, from two worldviews made by hand."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from model.analysis.goals import Goal
from tests.ui.made import YEARS, made
from ui.drawn import drift
from ui.drawn.figures import Figure
from ui.drawn.palette import INKS
from ui.told.numbers import CardNumbers

OP_ED = made("op-ed", -19.0, levers=(58, 60, 53.04), alone=(58, 65, 72), band=3)
SCEPTIC = made("sceptic", 1.0, levers=(58, 63.5, 71), alone=(58, 63, 70), band=2)
TWO = [OP_ED, SCEPTIC]
NAMES = [
    "without levers, all views",
    "80 of 100 worlds",
    "worlds without levers",
    "worlds",
    "Op-ed, before the last change",
    "Sceptic, before the last change",
    "Op-ed, with levers",
    "Sceptic, with levers",
    "halo",
    "without levers",
    "own end without levers",
    "end",
    "start",
    "observed",
]
ROUND_TRIP = [2021, 2026, 2031, 2031, 2026, 2021]
BLUE, ORANGE = "#1f78b8", "#cf5c00"
GREY = "rgba(95,105,119,"


def named(figure: Figure) -> dict[str, Any]:
    return {trace["name"]: trace for trace in figure["data"]}


def told(figure: Figure) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


def own(end: int) -> str:
    """Where a view ends without levers, as it stands behind its name."""
    return f'<span style="color:{INKS["light"].muted}">({end})</span>'


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("alone", ["", "op-ed"])
@pytest.mark.parametrize("moved", [True, False])
@pytest.mark.parametrize("ghosts", [(), TWO])
def test_the_same_traces_in_the_same_order_whatever_is_shown(
    theme: str, alone: str, moved: bool, ghosts: list[CardNumbers]
) -> None:
    figure = drift.drift(TWO, theme, moved=moved, ghosts=ghosts, alone=alone)
    assert [trace["name"] for trace in figure["data"]] == NAMES
    assert len(go.Figure(figure).data) == 14  # refuses what is not Plotly
    assert len(go.Figure(data=figure["data"], layout=drift.narrow(figure)["layout"]).data) == 14


def test_the_ribbon_goes_from_the_lowest_to_the_highest_view_and_the_dashes_halfway() -> None:
    drawn = named(drift.drift(TWO, "light"))
    ribbon, dashes = drawn["without levers, all views"], drawn["without levers"]
    assert (ribbon["x"], ribbon["y"]) == (ROUND_TRIP, [58, 65, 72, 70, 63, 58])
    assert ribbon["fillcolor"] == f"{GREY}0.35)"
    assert (dashes["x"], dashes["y"]) == (list(YEARS), [58, 64, 71])
    assert dashes["line"] == {"color": "#1c2430", "width": 2.5, "dash": "6px,5px"}
    assert (drawn["halo"]["y"], drawn["halo"]["line"]) == ([58, 64, 71], {"color": "#ffffff", "width": 5})
    assert (drawn["halo"]["hoverinfo"], dashes["hoverinfo"]) == ("skip", "text")
    assert dashes["hovertemplate"] == "%{x}, without levers: %{y:.0f}<extra></extra>"


def test_the_one_band_is_that_of_the_worldview_that_moves_most() -> None:
    for cards in (TWO, TWO[::-1]):
        band = named(drift.drift(cards, "light"))["80 of 100 worlds"]
        assert (band["x"], band["y"]) == (ROUND_TRIP, [61, 63, 56, 50, 57, 55])
        assert (band["fillcolor"], band["opacity"]) == ("rgba(31,120,184,0.16)", 1.0)


@pytest.mark.parametrize(
    ("cards", "moved"),
    [([made("op-ed", -0.4), made("sceptic", 0.4)], True), (TWO, False)],
    ids=["no view moves by a point", "no lever is moved"],
)
def test_where_none_moves_no_band_is_seen(cards: list[CardNumbers], moved: bool) -> None:
    band = named(drift.drift(cards, "light", moved=moved))["80 of 100 worlds"]
    assert band["opacity"] == 0.0
    assert band["fillcolor"].startswith(GREY)


def test_each_worldview_has_its_line_in_its_colour_to_where_it_ends() -> None:
    drawn = named(drift.drift(TWO, "light"))
    op_ed, sceptic = drawn["Op-ed, with levers"], drawn["Sceptic, with levers"]
    assert (op_ed["x"], op_ed["y"], op_ed["opacity"]) == (list(YEARS), [58, 60, 53.0], 1.0)
    assert (sceptic["y"], sceptic["opacity"]) == ([58, 63.5, 71], 1.0)
    assert op_ed["line"] == {"color": BLUE, "width": 3.5}
    assert sceptic["line"] == {"color": ORANGE, "width": 3.5}
    assert op_ed["hovertemplate"] == "%{x}, Op-ed, with levers: %{y:.0f}<extra></extra>"
    end, own = drawn["end"], drawn["own end without levers"]
    assert (end["x"], end["y"], end["opacity"]) == ([2031, 2031], [53.0, 71.0], 1.0)
    assert end["marker"]["symbol"] == ["circle", "triangle-up"]
    assert (end["marker"]["color"], end["marker"]["size"]) == ([BLUE, ORANGE], [13, 13])
    assert (own["x"], own["y"], own["opacity"]) == ([2031, 2031], [72.0, 70.0], 1.0)
    assert (own["marker"]["symbol"], own["marker"]["size"]) == ("line-ew", [18, 18])
    assert own["marker"]["line"] == {"color": [BLUE, ORANGE], "width": 3}
    assert (drawn["start"]["x"], drawn["start"]["y"]) == ([2021], [58.0])


def test_names_and_whole_numbers_stand_at_the_ends_and_the_dashes_say_what_they_are() -> None:
    figure = drift.drift(TWO, "light")
    start, dashes, op_ed, sceptic = figure["layout"]["annotations"]
    assert told(figure) == [
        "<b>58</b>",
        "<b>Without levers:<br>58 to 70–72</b>",
        f'<span style="color:{BLUE};font-size:22px"><b>53</b></span> Op-ed {own(72)}',
        f'<span style="color:{ORANGE};font-size:22px"><b>71</b></span> Sceptic {own(70)}',
    ]
    assert (start["x"], start["y"], start["yshift"]) == (2021, 58.0, 17)
    assert (dashes["x"], dashes["xanchor"], dashes["y"]) == (2021, "left", 70)  # below the end of the axis by a fifth
    lead = figure["layout"]["shapes"][0]
    assert (lead["x0"], lead["y0"], lead["x1"], lead["y1"]) == (2026, 70, 2026, 64.0)
    assert [(note["xref"], note["x"], note["y"]) for note in (op_ed, sceptic)] == [
        ("paper", 1, pytest.approx(53.04)),
        ("paper", 1, pytest.approx(71.0)),
    ]
    alike = drift.drift([OP_ED, made("sceptic", alone=(58, 65, 72.4))], "light")
    assert told(alike)[1] == "<b>Without levers:<br>58 to 72</b>"


@pytest.mark.parametrize(
    ("ends", "reach", "heights"),
    [
        ((70, 72), (30, 80), (68.7, 73.3)),  # 4.6 apart, in their middle
        ((72, 70), (30, 80), (73.3, 68.7)),  # the order of the lines, not of the worldviews
        ((77, 78), (30, 80), (73.1, 77.7)),  # 2.3 below the edge
        ((31, 31), (30, 80), (32.3, 36.9)),  # 2.3 above it
        ((70, 72), (20, 80), (68.24, 73.76)),  # 5.52 apart on an axis of 60 points
        ((53, 71), (30, 80), (53, 71)),
    ],
)
def test_names_at_the_ends_are_kept_apart_and_tied_to_their_lines(
    ends: tuple[float, float], reach: tuple[float, float], heights: tuple[float, float]
) -> None:
    low = 58 if reach[0] == 30 else 29  # a path that widens the axis
    cards = [
        made("op-ed", -9.0, levers=(58, low, ends[0]), alone=(58, 60, 62), band=0),
        made("sceptic", 1.0, levers=(58, 60, ends[1]), alone=(58, 60, 62), band=0),
    ]
    layout = drift.drift(cards, "light")["layout"]
    assert layout["yaxis"]["range"] == list(reach)
    assert [note["y"] for note in layout["annotations"][2:]] == pytest.approx(list(heights))
    assert [shape["path"] for shape in layout["shapes"][1:]] == [
        f"M 9 {end:.1f} L 20 {height:.1f}" for end, height in zip(ends, heights, strict=True)
    ]
    assert [shape["line"]["color"] for shape in layout["shapes"][1:]] == [BLUE, ORANGE]


def test_a_worldview_alone_has_its_own_dashes_bands_and_worlds_and_the_others_are_gone() -> None:
    drawn = named(figure := drift.drift(TWO, "light", alone="sceptic", ghosts=TWO))
    ribbon, band = drawn["without levers, all views"], drawn["80 of 100 worlds"]
    assert (ribbon["y"], ribbon["fillcolor"]) == ([60, 65, 72, 68, 61, 56], f"{GREY}0.2)")
    assert (band["y"], band["fillcolor"]) == ([60, 65.5, 73, 69, 61.5, 56], "rgba(207,92,0,0.16)")
    assert drawn["without levers"]["y"] == [58, 63, 70]
    thin = drawn["worlds"]
    assert thin["x"] == [*YEARS, None, *YEARS, None]
    assert thin["y"] == [57, 62.5, 70, None, 59, 64.5, 72, None]
    assert (thin["line"]["color"], thin["hoverinfo"]) == ("rgba(207,92,0,0.5)", "skip")
    none = drawn["worlds without levers"]
    assert (none["y"], none["line"]["color"]) == ([57, 62, 69, None, 59, 64, 71, None], f"{GREY}0.45)")
    assert [drawn[name]["opacity"] for name in NAMES[4:8]] == [0.0, 1.0, 0.0, 1.0]
    assert (drawn["Op-ed, with levers"]["hoverinfo"], drawn["Op-ed, with levers"]["hovertemplate"]) == ("skip", "")
    assert drawn["end"]["marker"]["size"] == [0, 13]
    assert drawn["own end without levers"]["marker"]["size"] == [0, 18]
    assert told(figure)[1:] == [
        "<b>Without levers:<br>58 to 70</b>",
        f'<span style="color:{ORANGE};font-size:22px"><b>71</b></span> Sceptic {own(70)}',
    ]
    assert len(figure["layout"]["shapes"]) == 2  # from the words to the dashes, and from the name to its line


def test_of_several_worldviews_no_single_worlds_are_drawn_and_of_the_only_one_they_are() -> None:
    several, only = named(drift.drift(TWO, "light")), named(drift.drift([SCEPTIC], "light"))
    assert several["worlds"]["x"] == several["worlds without levers"]["y"] == []
    assert only["worlds"]["y"] == [57, 62.5, 70, None, 59, 64.5, 72, None]
    assert only["80 of 100 worlds"]["y"] == [60, 65.5, 73, 69, 61.5, 56]


def test_a_worldview_that_is_not_shown_cannot_be_looked_at_alone() -> None:
    assert drift.drift(TWO, "light", alone="lock-in") == drift.drift(TWO, "light")


def test_without_a_moved_lever_there_is_nothing_but_the_drift() -> None:
    drawn = named(figure := drift.drift(TWO, "light", moved=False))
    assert [drawn[name]["opacity"] for name in NAMES[4:8]] == [0.0] * 4
    assert drawn["end"]["opacity"] == drawn["own end without levers"]["opacity"] == 0.0
    assert [drawn[name].get("opacity", 1.0) for name in ("without levers", "halo", "start")] == [1.0] * 3
    assert told(figure) == ["<b>58</b>", "<b>70–72</b>", "no lever moved, any view"]
    _, end, below = figure["layout"]["annotations"]
    assert (end["xref"], end["x"], end["y"], end["font"]["size"]) == ("paper", 1, 71.0, 30)
    assert (below["x"], below["y"], below["yshift"], below["xanchor"]) == (
        2026,
        63.0,
        -22,
        "left",
    )  # no line crosses it
    assert figure["layout"]["shapes"] == []
    alone = drift.drift(TWO, "light", moved=False, alone="sceptic")
    assert told(alone) == ["<b>58</b>", "<b>70</b>", "no lever moved"]
    assert named(alone)["worlds"]["y"] == []
    assert named(alone)["worlds without levers"]["y"] == [57, 62, 69, None, 59, 64, 71, None]


def test_where_a_view_stood_before_the_last_change_is_dotted() -> None:
    before = made("op-ed", -10.0, levers=(58, 61, 62.36))
    drawn = named(drift.drift(TWO, "light", ghosts=[before]))
    ghost, other = drawn["Op-ed, before the last change"], drawn["Sceptic, before the last change"]
    assert (ghost["y"], ghost["opacity"]) == ([58, 61, 62.4], 1.0)
    assert ghost["line"] == {"color": BLUE, "width": 1.5, "dash": "dot"}
    assert (other["y"], other["opacity"]) == ([58, 63.5, 71], 0.0)  # it waits where the line is


@pytest.mark.parametrize(
    ("ends", "goals", "reach"),
    [
        ((58.0, 60.0), (), (30, 80)),
        ((31.0, 79.0), (), (30, 80)),
        ((30.9, 60.0), (), (20, 80)),
        ((58.0, 79.1), (), (30, 90)),
        ((20.9, 89.1), (), (10, 100)),
        ((58.0, 60.0), (Goal("level", "at most", 25),), (20, 80)),
        ((58.0, 60.0), (Goal("change", "at least", 25),), (30, 90)),  # 58 + 25
        ((58.0, 60.0), (Goal("change", "at most", -40),), (10, 80)),  # 58 - 40
        ((58.0, 60.0), (Goal("nato_cohesion", "at least", 95), Goal("shift", "at most", -40)), (30, 80)),
    ],
)
def test_the_axis_is_widened_in_tens_until_all_bands_and_goals_have_some_air(
    ends: tuple[float, float], goals: tuple[Goal, ...], reach: tuple[int, int]
) -> None:
    card = made("op-ed", levers=(58, ends[0], ends[1]), alone=(58, 60, 62), band=0)
    assert drift.level_range([card], goals) == reach
    without = made("op-ed", levers=(58, 60, 62), alone=(58, ends[0], ends[1]), band=0)
    assert drift.level_range([SCEPTIC, without], goals) == reach
    banded = made("op-ed", levers=(58, ends[0] + 2, ends[1] - 2), alone=(58, 60, 62), band=2)
    assert drift.level_range([banded], goals) == reach


PAST = {2018: 61.1, 2019: 62.64, 2020: 63.6, 2021: 67.0}


def test_what_was_observed_stands_left_of_the_start_on_the_same_axis_and_ends_apart_from_it() -> None:
    figure = drift.drift(TWO, "light", past=PAST)
    seen, start, layout = named(figure)["observed"], named(figure)["start"], figure["layout"]
    assert (seen["x"], seen["y"]) == ([2018, 2019, 2020, 2021], [61.1, 62.6, 63.6, 67.0])
    assert (seen["x"][-1], start["y"]) == (start["x"][0], [58.0])
    assert "xaxis" not in seen  # a year is as wide as in the run
    assert (layout["xaxis"]["range"], layout["xaxis"]["tickvals"]) == ([2018, 2031], [2018, 2021, 2026, 2031])
    end, said = layout["annotations"][-2:]
    assert (end["text"], end["x"], end["y"]) == ("<b>67</b>", 2021, 67.0)
    apart = "<b>67</b>: votes and<br>trade only<br><b>58</b>: all six<br>domains"
    assert (said["text"], said["x"], said["xanchor"]) == (apart, 2021, "right")
    assert (said["y"], said["yanchor"]) == (58, "top")  # below the line and the start
    (narrow,) = [
        note for note in drift.narrow(figure)["layout"]["annotations"] if note["text"].startswith("<b>67</b>:")
    ]
    assert narrow["text"] == "<b>67</b>: votes<br>and trade<br>only<br><b>58</b>: all six<br>domains"
    assert min(narrow["font"]["size"], said["font"]["size"]) >= 13
    (line,) = [one for one in layout["shapes"] if one.get("name") == "start"]
    assert (line["x0"], line["x1"], line["y0"], line["y1"], line["yref"]) == (2021, 2021, 0, 1, "paper")
    low = drift.drift(TWO, "light", past={2020: 40, 2021: 41})["layout"]["annotations"][-1]
    assert (low["y"], low["yanchor"]) == (58, "bottom")  # where there is more room above
    top = drift.drift(TWO, "light", past={2020: 85.7, 2021: 88.6})["layout"]["annotations"][-2]
    assert (end["yanchor"], top["yanchor"]) == ("bottom", "top")  # above it the axis ends


def test_the_axis_is_widened_until_it_holds_what_was_observed() -> None:
    assert drift.level_range(TWO, (), PAST) == (30, 80)
    assert drift.level_range(TWO, (), {2020: 85.7, 2021: 88.6}) == (30, 90)
    assert drift.drift(TWO, "light", past={2020: 85.7, 2021: 88.6})["layout"]["yaxis"]["range"] == [30, 90]


def test_the_words_on_the_dashes_stay_below_the_end_of_the_axis_and_above_the_dashes() -> None:
    steep = made("op-ed", -10.0, alone=(58, 78, 79))
    assert drift.drift([steep], "light")["layout"]["annotations"][1]["y"] == pytest.approx(78 + 0.03 * 60)


def test_goals_for_alignment_lie_across_and_no_others() -> None:
    goals = [
        Goal("level", "at most", 55),
        Goal("shift", "at most", -10),
        Goal("nato_cohesion", "at least", 60),
        Goal("change", "at least", -8),
    ]
    shapes = drift.drift(TWO, "light", goals=goals)["layout"]["shapes"][3:]
    assert [(one["xref"], one["x0"], one["x1"], one["y0"], one["y1"]) for one in shapes] == [
        ("paper", 0, 1, 55, 55),
        ("paper", 0, 1, 50, 50),
    ]
    assert shapes[0]["line"] == {"color": "#1c2430", "width": 1.5, "dash": "longdashdot"}


def test_the_years_are_told_at_both_ends_and_in_the_middle() -> None:
    axis = drift.drift(TWO, "light")["layout"]["xaxis"]
    assert (axis["range"], axis["tickvals"]) == ([2021, 2031], [2021, 2026, 2031])
    assert drift._ticks(list(range(2021, 2028))) == [2021, 2024, 2027]
    assert drift._ticks([2021, 2022]) == [2021, 2022]


def test_over_eleven_years_words_stand_two_fifths_and_half_of_the_way_along() -> None:
    card = made("op-ed", -10.0, alone=range(58, 69))
    moved, still = (drift.drift([card], "light", moved=moved)["layout"] for moved in (True, False))
    assert moved["xaxis"]["tickvals"] == [2021, 2026, 2031]
    dashes = moved["annotations"][1]
    assert (dashes["x"], dashes["y"]) == (2021, 68.5)
    below = still["annotations"][2]
    assert (below["x"], below["y"]) == (2026, 61.0)  # 2 below the middle, where the band ends


def test_on_a_narrow_page_the_names_take_less_room_and_none_is_smaller_than_13() -> None:
    for moved, sizes, number in ((True, [19, 13, 14, 14], "18px"), (False, [19, 26, 14], "")):
        figure = drift.drift(TWO, "light", moved=moved)
        small = drift.narrow(figure)
        assert list(small) == ["layout"]
        layout = small["layout"]
        assert [note["font"]["size"] for note in layout["annotations"]] == sizes
        assert [note["xshift"] for note in layout["annotations"] if note.get("xshift") in (10, 36)] == [10] * moved
        assert layout["margin"] == {"l": 34, "r": 104, "t": 12, "b": 28}
        assert figure["layout"]["margin"]["r"] == 156  # the wide one is left as it was
        assert not any("(7" in note["text"] for note in layout["annotations"])  # no room for each view's own end
        assert all("22px" not in note["text"] and number in note["text"] for note in layout["annotations"][2:])


def test_in_the_dark_everything_is_in_the_inks_and_colours_of_the_dark() -> None:
    figure = drift.drift(TWO, "dark")
    drawn = named(figure)
    assert drawn["Op-ed, with levers"]["line"]["color"] == "#5aa9e6"
    assert drawn["halo"]["line"]["color"] == INKS["dark"].paper == "#11151c"
    assert drawn["without levers"]["line"]["color"] == "#e8ebf0"
    assert drawn["80 of 100 worlds"]["fillcolor"] == "rgba(90,169,230,0.16)"

"""The weights as pictures: bars inside one another, the row of all offers, a small layout, and what is said of them."""

from __future__ import annotations

import re
from typing import Any

import plotly.graph_objects as go
import pytest

from model import analogues, presets
from tests.ui.told.test_weights import OP_ED, SCEPTIC, nothing
from ui.drawn import boards, weights
from ui.drawn.figures import Figure
from ui.drawn.palette import INKS
from ui.drawn.weights import CLICK
from ui.links.asked import Asked
from ui.told import cache
from ui.told.weights import STEPS

HAND = Asked(presets()["opening-hand"])


def bar(figure: Figure, name: str) -> dict[str, Any]:
    (found,) = [trace for trace in figure["data"] if trace["name"] == name]
    return dict(found)


def notes(figure: Figure) -> list[str]:
    return [re.sub("<br>", " ", note["text"]) for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [*presets(), *analogues()])
def test_every_picture_of_every_scenario_is_valid_plotly_and_passes_into_any_other(name: str, theme: str) -> None:
    asked = Asked({**presets(), **analogues()}[name])
    board = boards.weights(asked, None, theme)
    assert len(board.cards) == len(cache.weighed(cache.run_key(asked)))
    for card in board.cards:
        for figure in (card.figure, card.small):
            assert figure
            assert [trace.name for trace in go.Figure(figure).data] == [*STEPS.values(), "of 100", "value", "believed"]


@pytest.mark.parametrize("small", [False, True])
def test_bars_are_as_long_as_their_numbers_each_thinner_and_stronger(small: bool) -> None:
    figure = weights.weight_bars(OP_ED, 50, "light", small=small)
    bars = [bar(figure, name) for name in STEPS.values()]
    assert [one["x"] for one in bars] == [[28.96, 17.16], [14.48, 0], [13.46, 0], [24.5, 0]]
    assert [one["width"] for one in bars] == sorted((one["width"] for one in bars), reverse=True)
    strength = [float(one["marker"]["color"].rpartition(",")[2].rstrip(")")) for one in bars]
    assert strength == sorted(strength)
    assert all(one["marker"]["color"].startswith("rgba(31,120,184,") for one in bars)
    assert all(one["y"] == bars[0]["y"] for one in bars)
    assert bars[0]["hovertext"][0] == f"{OP_ED.told_of('nato')}<br>{CLICK}"
    assert bars[0]["customdata"] == [f"lever-{lever}" for lever in OP_ED.weights.offers]
    assert (bar(figure, "value")["x"], bar(figure, "believed")["x"]) == ([72.3], [38.2])
    assert figure["layout"]["xaxis2"]["range"] == [0, 100]


@pytest.mark.parametrize("small", [False, True])
def test_names_weights_and_credits_stand_at_their_bars_and_the_heaviest_is_bold(small: bool) -> None:
    figure = weights.weight_bars(SCEPTIC, 50, "light", small=small)
    assert notes(figure) == [
        "weight, % of all offers",
        "credit, points",
        *("NATO talks", "12 %", "<b>+1</b>"),
        *("CAATSA relief", "<b>47 %</b>", "<b>+1</b>"),
        "<b>All together: value 9</b>, believed 2",
        "of 100",
        "believed must pass <b>38</b>",
    ]
    assert min(note["font"]["size"] for note in figure["layout"]["annotations"]) >= 13
    head, between, all_, foot = 22, 34, 24, 24
    assert figure["layout"]["height"] == head + 2 * (46 if small else 28) + between + all_ + foot


def test_the_line_that_must_be_passed_stands_at_its_number_and_there_is_none_where_nothing_has_to_be() -> None:
    ink = INKS["dark"]
    for heavy, at in ((OP_ED, 10.8), (SCEPTIC, 37.9)):
        (line,) = [one for one in weights.weight_bars(heavy, 50, "dark")["layout"]["shapes"] if one["xref"] == "x2"]
        assert (line["x0"], line["x1"], line["line"]["color"]) == (at, at, ink.text)
    free = weights.weight_bars(nothing(OP_ED, must_pass=0), 50, "dark")
    assert not [one for one in free["layout"]["shapes"] if one["xref"] == "x2"]
    assert not [text for text in notes(free) if text.startswith("believed must pass")]


def test_where_nothing_is_offered_the_weights_stay_and_no_credit_is_told() -> None:
    figure = weights.weight_bars(nothing(SCEPTIC), 50, "light")
    assert bar(figure, STEPS["full"])["x"] == [9.86, 38.62]
    assert bar(figure, STEPS["felt"])["x"] == [0, 0]
    assert notes(figure).count("<b>–</b>") == 2


def test_all_worldviews_share_an_axis_with_room_for_the_number_at_the_longest_bar() -> None:
    assert weights.reach([OP_ED, SCEPTIC]) == pytest.approx(1.22 * 38.62)
    board = boards.weights(HAND, None, "light")
    assert len({tuple(card.figure["layout"]["xaxis"]["range"]) for card in board.cards}) == 1


def test_a_small_picture_has_names_above_its_bars_and_all_its_width_for_them() -> None:
    wide, small = (weights.weight_bars(OP_ED, 50, "light", small=small)["layout"] for small in (False, True))
    assert (wide["margin"]["l"], small["margin"]["l"]) == (104, 4)
    name, same = (next(n for n in one["annotations"] if n["text"] == "NATO talks") for one in (wide, small))
    assert (name["xanchor"], name["y"]) == ("right", 1.5)
    assert (same["xanchor"], same["y"], same["yanchor"]) == ("left", 2, "top")
    bars = bar(weights.weight_bars(OP_ED, 50, "light", small=True), STEPS["full"])
    assert [y + bars["width"] / 2 < i for y, i in zip(bars["y"], (1.6, 0.6), strict=True)] == [True, True]


def test_the_key_has_a_box_for_each_bar_with_its_height_and_strength() -> None:
    assert weights.key() == (
        '<ul class="bars-key">'
        '<li><span style="--high:0.92;--strong:14%"></span>weight: all of it given</li>'
        '<li><span style="--high:0.7;--strong:30%"></span>asked</li>'
        '<li><span style="--high:0.48;--strong:45%"></span>delivered</li>'
        '<li><span style="--high:0.24;--strong:100%"></span>felt in Moscow</li></ul>'
    )


def test_what_is_said_of_a_picture_begins_with_the_finding_and_tells_every_bar() -> None:
    found = cache.weighed(cache.run_key(HAND))
    board = boards.weights(HAND, None, "light", ("op-ed", "sceptic"))
    assert [card.key for card in board.cards] == ["op-ed", "sceptic"]
    for card in board.cards:
        assert card.sentence == found[card.key].sentence
        assert card.alt.endswith(found[card.key].told)
    assert board.cards[0].alt.startswith(
        "The op-ed's case. Most weight: NATO talks under Op-ed (31 %). As far as it is "
    )
    assert "credit −5" in board.cards[0].alt

"""The column beside the levers: marks on one axis, and the largest number with the name of its view."""

from __future__ import annotations

import pytest

from model.analysis.dropped import Dropped
from ui.drawn.lost import lever_marks


def lost(worldview: str, **points: float) -> Dropped:
    return Dropped(worldview, {}, points, {})


OP_ED = lost("op-ed", nato=-4.876, clarity=-2.5, allies=0.4)
SCEPTIC = lost("sceptic", nato=1.2, clarity=-2.6, allies=-0.2)


def test_each_lever_has_a_mark_a_worldview_and_the_largest_number_with_its_view() -> None:
    told = lever_marks([OP_ED, SCEPTIC], (), "light")
    assert list(told["levers"]) == ["nato", "clarity", "allies"]
    assert told["levers"]["nato"] == {
        "marks": [
            {"at": -4.88, "glyph": "●", "colour": "#1f78b8"},
            {"at": 1.2, "glyph": "▲", "colour": "#cf5c00"},
        ],
        "told": "Op-ed 5 apart",
        "alt": "Lost if NATO talks alone went back to neutral: Op-ed −5 points, further apart, Sceptic +1 point, "
        "closer.",
    }
    assert told["levers"]["clarity"]["told"] == "Sceptic 3 apart"


def test_where_no_view_answers_by_a_point_no_view_is_named() -> None:
    told = lever_marks([OP_ED, SCEPTIC], (), "light")["levers"]["allies"]
    assert told["told"] == "all 0"
    assert told["alt"].endswith(": Op-ed 0 points, Sceptic 0 points.")


@pytest.mark.parametrize(
    ("points", "reach"),
    [
        ((-4.876, 1.2), [-5.5, 1.5]),
        ((-8.25, 1.2), [-8.25, 1.5]),
        ((-1.0, 3.75), [-5.5, 3.75]),
        ((-6.5, 2.5), [-6.5, 2.5]),
    ],
)
def test_one_axis_holds_all_levers_and_views_and_is_never_narrower_than_at_first(
    points: tuple[float, float], reach: list[float]
) -> None:
    low, high = points
    assert lever_marks([lost("op-ed", nato=low, g8=0), lost("sceptic", nato=0, g8=high)], (), "light")["reach"] == reach


def test_only_the_views_that_are_shown_have_marks_and_move_the_axis() -> None:
    far = lost("lock-in", nato=-9.0, clarity=9.0, allies=0)
    told = lever_marks([far, OP_ED, SCEPTIC], ("sceptic",), "dark")
    assert told["reach"] == [-5.5, 1.5]
    assert told["levers"]["nato"]["marks"] == [{"at": 1.2, "glyph": "▲", "colour": "#f08a3c"}]
    assert told["levers"]["nato"]["told"] == "Sceptic 1 closer"
    assert [mark["at"] for mark in lever_marks([far, OP_ED], (), "dark")["levers"]["nato"]["marks"]] == [-9.0, -4.88]


def test_the_one_view_of_an_analogue_is_shown_whatever_was_chosen_before() -> None:
    assert len(lever_marks([SCEPTIC], ("op-ed",), "light")["levers"]["nato"]["marks"]) == 1


def test_where_no_lever_is_moved_there_is_an_axis_and_nothing_on_it() -> None:
    assert lever_marks([lost("op-ed"), lost("sceptic")], (), "light") == {"reach": [-5.5, 1.5], "levers": {}}

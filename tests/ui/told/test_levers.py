"""What each lever does in three views: numbers, whole points, sentences and the table, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from model import load_scenario
from model.analysis.credit import Credit
from model.analysis.dropped import Dropped
from ui.told import words
from ui.told.levers import VIEWS, Parts, levers_table, parts_by_worldview, reading

CREDIT = Credit(
    "op-ed",
    -16.5,
    {"nato": -10.25, "clarity": -6.25},
    {"nato": -9.25, "clarity": -0.5},
    -6.75,
    -20,
    {},
)
DROPPED = Dropped(
    "op-ed", {"nato": -14.0, "clarity": -9.0}, {"nato": -11.75, "clarity": -8.5}, {"nato": -8, "clarity": 0}
)
PARTS = Parts(CREDIT, DROPPED)
SCEPTIC = Parts(
    Credit("sceptic", 2, {"nato": 1.5, "clarity": 0.5}, {"nato": 1, "clarity": 1}, 0, 1, {}),
    Dropped("sceptic", {}, {"nato": 0.5, "clarity": -0.25}, {}),
)


def lost(**points: float) -> Dropped:
    return Dropped("op-ed", {}, points, {})


@pytest.mark.parametrize(
    ("view", "points", "whole"),
    [
        ("dropped", [-11.75, -8.5], [-12, -8]),
        # -16.5 is told as -16: -11 and -7 are rounded down and lost 0.75 each, so both go up.
        ("shared", [-10.25, -6.25], [-10, -6]),
        # Down to -10, -1 and -7 of the interaction, 2 short of -16: -9.25 lost 0.75, -0.5 lost 0.5, -6.75 lost 0.25.
        ("alone", [-9.25, -0.5], [-9, 0]),
    ],
)
def test_the_numbers_of_a_view_and_their_whole_points(view: str, points: list[float], whole: list[int]) -> None:
    assert PARTS.points(view) == dict(zip(("nato", "clarity"), points, strict=True))
    assert PARTS.whole(view) == dict(zip(("nato", "clarity"), whole, strict=True))
    nato, clarity = map(words.signed, whole)
    assert PARTS.told(view) == f"NATO talks {nato}, Clear expectations {clarity}"


def test_what_stands_above_the_bars_of_each_view() -> None:
    assert {view: PARTS.sentence(view) for view in VIEWS} == {
        "dropped": "Most would be lost without NATO talks (−12 points, further apart).",
        "shared": "Mean shift: −16 points, further apart.",
        "alone": "Mean shift −16: −9 from the levers one by one, −7 because they act together.",
    }


@pytest.mark.parametrize(
    ("dropped", "said"),
    [
        (lost(nato=0.5, clarity=-0.5), "Whichever lever is dropped, half a point or less is lost."),
        (lost(nato=0.5, clarity=-0.6), "Most would be lost without Clear expectations (−1 point, further apart)."),
        (lost(nato=1.7, clarity=-1.2), "Most would be lost without NATO talks (+2 points, closer)."),
        (
            lost(nato=-2.2, mil=-1, clarity=-1.8),
            "Most would be lost without NATO talks or Clear expectations (−2 points, further apart).",
        ),
        (
            lost(nato=-2.2, mil=1.9, clarity=-1.8),
            "Most would be lost without NATO talks or Clear expectations (−2 points, further apart) or "
            "Military contacts (+2 points, closer).",
        ),
    ],
)
def test_the_sentence_names_every_lever_without_which_most_would_be_lost(dropped: Dropped, said: str) -> None:
    assert words.dropped_sentence(dropped) == said


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (-0.5, "0 points"),
        (0.5, "0 points"),
        (-0.6, "−1 point, further apart"),
        (1.4, "+1 point, closer"),
        (-19.2, "−19 points, further apart"),
        (2.5, "+2 points, closer"),
    ],
)
def test_a_change_says_which_way_it_goes(value: float, told: str) -> None:
    assert words.points_to_a_side(value) == told


def test_every_view_asks_one_question_and_says_what_its_numbers_are() -> None:
    assert list(VIEWS) == ["dropped", "shared", "alone"]
    assert [view.name for view in VIEWS.values()] == ["Lost if dropped", "Shared out", "Alone"]
    assert [view.question for view in VIEWS.values()] == [
        "What would be lost if this lever alone went back to neutral?",
        "What does each lever bring, averaged over all orders of switching them on?",
        "What would each lever do without the others?",
    ]
    for view, said in zip(VIEWS.values(), ("middle values", "means", "means"), strict=True):
        assert view.reading.startswith(f"Bars are {said} of 1,000 assumed worlds")
        assert view.range.startswith(view.average)
    explained = [key for key, view in VIEWS.items() if "interaction" in view.reading]
    assert explained == ["alone"]  # once


@pytest.mark.parametrize(
    ("scenario", "pair"),
    [
        ("opening-hand", "Russia and China"),
        ("opening-to-china-1969", "the People's Republic of China and the Soviet Union"),
    ],
)
def test_how_bars_are_read_names_the_two_whose_alignment_it_is(scenario: str, pair: str) -> None:
    for key, view in VIEWS.items():
        told = reading(key, load_scenario(scenario))
        assert told == f"{view.reading} Left of 0 the lever drives {pair} further apart, right of 0 closer."


def test_the_table_holds_all_views_with_sum_and_interaction_where_they_belong() -> None:
    found = parts_by_worldview((CREDIT, SCEPTIC.credit), (DROPPED, SCEPTIC.dropped))
    assert found == {"op-ed": PARTS, "sceptic": SCEPTIC}
    rows = [
        ("NATO talks", "Lost if dropped (middle)", -11.75, 0.5),
        ("Clear expectations", "Lost if dropped (middle)", -8.5, -0.25),
        ("NATO talks", "Shared out (mean)", -10.25, 1.5),
        ("Clear expectations", "Shared out (mean)", -6.25, 0.5),
        ("Mean shift, their sum", "Shared out (mean)", -16.5, 2),
        ("NATO talks", "Alone (mean)", -9.25, 1),
        ("Clear expectations", "Alone (mean)", -0.5, 1),
        ("Only together", "Alone (mean)", -6.75, 0),
    ]
    columns = ["What", "View", "Op-ed", "Sceptic"]
    pd.testing.assert_frame_equal(levers_table(found), pd.DataFrame(rows, columns=columns))
    whole = levers_table(found, whole=True)
    assert whole["Op-ed"].tolist() == [-12, -8, -10, -6, -16, -9, 0, -7]
    assert whole["Sceptic"].tolist() == [0, 0, 2, 0, 2, 1, 1, 0]


def test_where_no_lever_is_moved_there_are_no_parts() -> None:
    assert parts_by_worldview((Credit("op-ed", 0, {}, {}, 0, 0, {}),), (Dropped("op-ed", {}, {}, {}),)) == {}

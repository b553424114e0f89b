"""What a reader is offered to predict, and the exact limits of a prediction and of the history."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from model import InputError, presets
from ui.links import comparison
from ui.links.asked import DIRECTIONS, Asked, Direction, Prediction, direction_of
from ui.links.history import LONGEST
from ui.links.single import Seen

MADE = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def test_the_three_directions_word_by_word() -> None:
    assert DIRECTIONS == {"apart": "further apart", "same": "about the same", "closer": "closer"}


@pytest.mark.parametrize(
    ("low", "high", "direction"),
    [
        (-5, -1, "apart"),
        (-5, 0, "apart"),
        (0, 0, "same"),
        (-1, 1, "same"),
        (-9, 1, "same"),
        (0, 5, "closer"),
        (1, 5, "closer"),
        (-60, 60, "same"),
    ],
)
def test_the_direction_that_an_interval_says(low: int, high: int, direction: str) -> None:
    assert direction_of(low, high) == direction


@pytest.mark.parametrize(
    ("direction", "low", "high", "fits"),
    [
        ("apart", -3, 2, True),
        ("apart", -2, 2, False),
        ("closer", -2, 3, True),
        ("closer", -2, 2, False),
        ("same", 0, 5, True),
        ("same", -5, 0, True),
        ("same", 1, 5, False),
        ("same", -5, -1, False),
    ],
)
def test_most_of_an_interval_must_lie_where_its_direction_says(
    direction: Direction, low: int, high: int, fits: bool
) -> None:
    if fits:
        assert str(Prediction(direction, low, high, MADE)) == f"{direction}_{low}_{high}_20261122T1402Z"
        return
    with pytest.raises(InputError) as refused:
        Prediction(direction, low, high, MADE)
    assert str(refused.value) == (
        f"The interval from {low} to {high} does not fit the direction “{direction}”: most of it must lie below 0 for "
        "apart and above 0 for closer, and it must hold 0 for same."
    )


@pytest.mark.parametrize(
    ("sure", "of", "added"),
    [
        (80, "", ""),
        (50, "", "_50"),
        (95, "", "_95"),
        (80, "op-ed", "_80_op-ed"),
        (95, "lock-in", "_95_lock-in"),
    ],
)
def test_a_link_says_of_a_prediction_only_what_is_not_usual(sure: int, of: str, added: str) -> None:
    assert str(Prediction("apart", -20, -5, MADE, sure, of)) == f"apart_-20_-5_20261122T1402Z{added}"


@pytest.mark.parametrize(
    ("sure", "of", "refused"),
    [
        (70, "", "The prediction is 70 of 100 assumed worlds sure, but it must be one of 50, 80, 95."),
        (80, "opped", "The prediction is made for the worldview “opped”; did you mean op-ed?"),
        (
            80,
            "nobody",
            "The prediction is made for the worldview “nobody”; allowed: lock-in, midpoint, op-ed, sceptic, edited.",
        ),
    ],
)
def test_how_sure_and_for_which_worldview_must_be_known(sure: int, of: str, refused: str) -> None:
    with pytest.raises(InputError) as error:
        Prediction("apart", -20, -5, MADE, sure, of)
    assert str(error.value) == refused


def test_an_interval_is_two_goals_for_the_shift() -> None:
    at_least, at_most = Prediction("apart", -20, -5, MADE).goals
    assert (str(at_least), str(at_most)) == ("shift_at_least_-20", "shift_at_most_-5")


def test_200_steps_can_be_undone() -> None:
    assert LONGEST == 200


def test_a_comparison_as_text_names_one_scenario_after_the_other() -> None:
    compared = [Asked(presets()["opening-hand"], seed=11), Asked(presets()["status-quo"])]
    seen = [Seen("2", "0123abcd", {"op-ed": -19}), Seen("2", "0123abcd", {"op-ed": 0})]
    assert comparison.text(compared, all_seen=seen) == (
        "v=2&set=0123abcd&seed=11"
        "&with=opening-hand.nato-50.caatsa-35.g8-50.mil-50.ukraine-50.clarity-80.allies-60&with=status-quo"
        "&result=op-ed_-19&result=op-ed_0"
    )

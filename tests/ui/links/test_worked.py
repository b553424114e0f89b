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
    assert DIRECTIONS == {
        "apart": "further apart (below 0)",
        "same": "about the same or either way (0 inside)",
        "closer": "closer together (above 0)",
    }


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

"""Where a reader stands: all that a link says and a step of the history changes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from model import InputError
from model.errors import nearest, shown
from model.goals import Goal
from model.schema import Scenario

MOST_GOALS = 4
REACH = (-60, 60)  # the whole points within which a prediction of the shift can lie
FIRST: Final = "first"
STAMP = "%Y%m%dT%H%MZ"
FORM = re.compile(r"([a-z]+)_(-?[0-9]{1,3})_(-?[0-9]{1,3})_([0-9]{8}T[0-9]{4}Z)", re.ASCII)

Direction = Literal["apart", "same", "closer"]
DIRECTIONS: dict[str, str] = {
    "apart": "further apart (below 0)",
    "same": "about the same (0 inside)",
    "closer": "closer together (above 0)",
}


@dataclass(frozen=True)
class Prediction:
    """What a reader expects of the shift before seeing results: a direction, an interval and the minute, in UTC.

    `str(prediction)` is its form in links, for example `apart_-20_-5_20261122T1402Z`.

    Raises:
        InputError: the interval is turned round, out of reach or against the direction.
    """

    direction: Direction
    low: int
    high: int
    made: datetime

    def __post_init__(self) -> None:
        if self.direction not in get_args(Direction):
            hint = nearest(str(self.direction), get_args(Direction))
            raise InputError(f"The direction of a prediction is {shown(self.direction)}; {hint}")
        if not REACH[0] <= self.low <= self.high <= REACH[1]:
            raise InputError(
                f"The prediction goes from {self.low} to {self.high}, but it must rise within {REACH[0]} to {REACH[1]}."
            )
        middle = (self.low + self.high) / 2
        if not {"apart": middle < 0, "same": self.low <= 0 <= self.high, "closer": middle > 0}[self.direction]:
            raise InputError(
                f"The interval from {self.low} to {self.high} does not fit the direction “{self.direction}”: most of "
                "it must lie below 0 for apart and above 0 for closer, and it must hold 0 for same."
            )

    def __str__(self) -> str:
        return f"{self.direction}_{self.low}_{self.high}_{self.made.strftime(STAMP)}"


def parse_prediction(text: str) -> Prediction:
    """The prediction of a link.

    Raises:
        InputError: what is wrong and what is allowed, in one sentence.
    """
    form = FORM.fullmatch(text)
    try:
        if form is None:
            raise ValueError
        made = datetime.strptime(form[4], STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise InputError(
            f"The prediction {shown(text)} must be {FIRST}, or direction, lowest, highest and minute, for example "
            "apart_-20_-5_20261122T1402Z."
        ) from None
    return Prediction(form[1], int(form[2]), int(form[3]), made)  # type: ignore[arg-type]  # checked on making


@dataclass(frozen=True)
class Place:
    """A scenario, the goals set for it, and whether the reader predicts first or what the prediction was."""

    scenario: Scenario
    goals: tuple[Goal, ...] = ()
    predict: Prediction | Literal["first"] | None = None

    @property
    def hidden(self) -> bool:
        """Whether results wait for a prediction."""
        return self.predict == FIRST

    @property
    def prediction(self) -> Prediction | None:
        """The prediction, if one was made."""
        return self.predict if isinstance(self.predict, Prediction) else None

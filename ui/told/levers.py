"""What each lever does to the shift, in three views with a question each: lost if dropped, shared out, alone.

What would be lost is told as a middle of the worlds, what is shared out and what a lever does alone as means, which add
up; so two views are never two readings of one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from model.analysis.credit import Credit
from model.analysis.dropped import Dropped
from model.assumptions.edits import identities
from model.assumptions.schema import Scenario
from ui.told import history, words
from ui.told.numbers import setting_names, whole_credit

LOST, SHARED, ALONE = "dropped", "shared", "alone"


class LeverView(NamedTuple):
    """One view of the levers.

    name, title: of the view and of its picture. average: what its numbers are, in a word, and `range` in a line.
    question: what it asks. reading: how its bars are read.
    """

    name: str
    average: str
    question: str
    reading: str
    title: str
    range: str


VIEWS: Mapping[str, LeverView] = {
    LOST: LeverView(
        "Lost if dropped",
        "middle",
        "What would be lost if this lever alone went back to neutral?",
        "Bars are middle values of 1,000 assumed worlds and do not add up to the shift.",
        "Lost if a lever is dropped",
        "middle of all worlds",
    ),
    SHARED: LeverView(
        "Shared out",
        "mean",
        "What does each lever bring, averaged over all orders of switching them on?",
        "Bars are means of 1,000 assumed worlds and add up to the mean shift above them, which is another number than "
        "the middle shift.",
        "Credit of each lever",
        "means of all worlds, which add up to the mean shift",
    ),
    ALONE: LeverView(
        "Alone",
        "mean",
        "What would each lever do without the others?",
        "Bars are means of 1,000 assumed worlds. The difference between their sum and the mean shift is what the "
        "levers do only together, their interaction.",
        "Each lever alone",
        "means of all worlds",
    ),
}


def reading(view: str, scenario: Scenario) -> str:
    """How the bars of a view are read, and what lies to each side of 0."""
    sides = f"Left of 0 the lever drives {history.pair(scenario)} further apart, right of 0 closer."
    return f"{VIEWS[view].reading} {sides}"


class Parts(NamedTuple):
    """What each lever that is moved does under one worldview."""

    credit: Credit
    dropped: Dropped

    def points(self, view: str) -> dict[str, float]:
        """The numbers of one view by lever."""
        return {LOST: self.dropped.p50, SHARED: self.credit.credit, ALONE: self.credit.alone}[view]

    def whole(self, view: str) -> dict[str, int]:
        """The same in whole points; what adds up still does."""
        adding_up = self._replace(credit=whole_credit(self.credit))
        return {lever: round(points) for lever, points in adding_up.points(view).items()}

    def told(self, view: str) -> str:
        """The numbers of one view as a list."""
        names = setting_names()
        return ", ".join(f"{names[lever]} {words.signed(points)}" for lever, points in self.whole(view).items())

    def sentence(self, view: str) -> str:
        """What stands above the bars of one view."""
        if view == LOST:
            return words.dropped_sentence(self.dropped)
        return words.credit_sentence(self.credit) if view == SHARED else words.interaction_sentence(self.credit)


def parts_by_worldview(credits_: tuple[Credit, ...], dropped: tuple[Dropped, ...]) -> dict[str, Parts]:
    """Both analyses of one run by worldview; empty where no lever is moved."""
    pairs = map(Parts, credits_, dropped)
    return {parts.credit.worldview: parts for parts in pairs if parts.credit.credit}


def levers_table(parts: Mapping[str, Parts], *, whole: bool = False) -> pd.DataFrame:
    """All three views, one row a view and lever, one column a worldview; interaction and mean shift where they belong.

    `whole` gives whole points that add up, as they are drawn; else the numbers are data.
    """
    names, columns = setting_names(), dict[str, list[object]]()
    for worldview, one in parts.items():
        credit = whole_credit(one.credit) if whole else one.credit
        rows: list[tuple[str, str, float]] = []
        for key, view in VIEWS.items():
            told, points = f"{view.name} ({view.average})", one.whole(key) if whole else one.points(key)
            rows += [(names[lever], told, value) for lever, value in points.items()]
            rows += [("Mean shift, their sum", told, credit.shift)] * (key == SHARED)
            rows += [("Only together", told, credit.interaction)] * (key == ALONE)
        columns["What"], columns["View"] = [what for what, _, _ in rows], [told for _, told, _ in rows]
        columns[identities()[worldview].short] = [value for _, _, value in rows]
    return pd.DataFrame(columns)

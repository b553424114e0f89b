"""What a reader asks (what a step of the history changes) and what of it is shown: all that a link says. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Final, Literal, get_args
from urllib.parse import quote_plus

from model import InputError, analogues, catalog, presets
from model.analysis.goals import Goal
from model.assumptions.catalog import EDITED
from model.assumptions.edits import Edits, identities
from model.assumptions.scenario import set_values, settings
from model.assumptions.schema import Scenario
from model.errors import choose, shown

MOST_GOALS = 4
SEED = 7
TITLE_ROOM = 60
OPENING_HAND = "opening-hand"  # the essay's own package, with which a first visit starts
SECTIONS = (
    "cautions",
    "weights",
    "credit",
    "argument",
    "yearly",
    "dose",
    "domains",
    "outcomes",
    "goals",
    "summary",
    "numbers",
)
REACH = (-60, 60)  # the whole points within which a prediction of the shift can lie
FIRST: Final = "first"
BASE, ENSEMBLE = "base", "ensemble"  # what the model calls them
OF_THE_ERA = ("start",)  # settings that a historic analogue brings and that stay as they are
STAMP = "%Y%m%dT%H%MZ"
FORM = re.compile(
    r"([a-z]+)_(-?[0-9]{1,3})_(-?[0-9]{1,3})_([0-9]{8}T[0-9]{4}Z)(?:_([1-9][0-9]{0,2})(?:_([a-z-]+))?)?", re.ASCII
)
SURE = (50, 80, 95)  # of 100 assumed worlds, how many a reader can expect inside an interval
USUALLY_SURE = 80  # what a link means that does not say it

Direction = Literal["apart", "same", "closer"]
DIRECTIONS: dict[str, str] = {"apart": "further apart", "same": "about the same", "closer": "closer"}


def direction_of(low: int, high: int) -> Direction:
    """The direction that an interval of shifts says by itself: no part above 0, none below, or 0 between its ends."""
    if high <= 0 and low < 0:
        return "apart"
    if low >= 0 and high > 0:
        return "closer"
    return "same"


@dataclass(frozen=True)
class Prediction:
    """What a reader expects of the shift before seeing results: a direction, an interval and the minute, in UTC.

    sure: how many of 100 assumed worlds lie in the interval. of: the worldview under which they do, or empty for
    whatever comes true. `str(prediction)` is its form in links, for example `apart_-20_-5_20261122T1402Z_95_op-ed`;
    what is usual is left out at the end.

    Raises:
        InputError: the interval is turned round, out of reach or against the direction, or a part is not known.
    """

    direction: Direction
    low: int
    high: int
    made: datetime
    sure: int = USUALLY_SURE
    of: str = ""

    def __post_init__(self) -> None:
        choose("The direction of a prediction is", str(self.direction), get_args(Direction))
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
        if self.sure not in SURE:
            raise InputError(
                f"The prediction is {self.sure} of 100 assumed worlds sure, but it must be one of "
                f"{', '.join(map(str, SURE))}."
            )
        if self.of:
            choose("The prediction is made for the worldview", self.of, identities())

    def __str__(self) -> str:
        told = f"{self.direction}_{self.low}_{self.high}_{self.made.strftime(STAMP)}"
        if self.of:
            return f"{told}_{self.sure}_{self.of}"
        return told if self.sure == USUALLY_SURE else f"{told}_{self.sure}"

    @property
    def goals(self) -> tuple[Goal, Goal]:
        """The interval as two goals for the shift: a world in which both hold lies inside."""
        return Goal("shift", "at least", self.low), Goal("shift", "at most", self.high)


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
            "apart_-20_-5_20261122T1402Z; how sure, and then a worldview, may follow, as in "
            "apart_-20_-5_20261122T1402Z_95_op-ed."
        ) from None
    sure = int(form[5] or USUALLY_SURE)
    return Prediction(form[1], int(form[2]), int(form[3]), made, sure, form[6] or "")  # type: ignore[arg-type]  # checked


def clean_title(text: str) -> str:
    """A reader's title on one line: what cannot be printed left out, cut to what a link has room for.

    A title is cut at TITLE_ROOM characters as they stand in a link, where most letters beyond ASCII take six or more.
    """
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * TITLE_ROOM])
    words = " ".join(printable.split())
    while len(quote_plus(words)) > TITLE_ROOM:
        words = words[:-1].rstrip()
    return words


def switchable() -> tuple[str, ...]:
    """The structural choices that can be switched one by one, in their own order."""
    return tuple(key for key, choice in catalog().structure.choices.items() if not choice.implies)


def switched_by(names: Collection[str]) -> tuple[str, ...]:
    """What some known names switch: each choice once, one that stands for others as these; the ensemble alone."""
    if ENSEMBLE in names:
        return (ENSEMBLE,)
    choices = catalog().structure.choices
    found = {inner for name in names for inner in choices[name].implies or (name,)}
    return tuple(key for key in switchable() if key in found)


def structure_text(switched: Sequence[str]) -> str:
    """Switched choices as the model is asked for them: base, ensemble or C1,C4."""
    return ",".join(switched) or BASE


@cache
def starting_points() -> Mapping[str, Scenario]:
    """The scenarios that a link can start from, by name: the presets, then the historic analogues."""
    return {**presets(), **analogues()}


def fixed_settings(scenario: Scenario) -> tuple[str, ...]:
    """The settings that nobody can change in a scenario: those of its era in a historic analogue."""
    return tuple(key for key in settings() if scenario.analogue and key in OF_THE_ERA)


def open_settings(scenario: Scenario) -> tuple[str, ...]:
    """The settings that a reader can change in a scenario."""
    fixed = fixed_settings(scenario)
    return tuple(key for key in settings() if key not in fixed)


def worldviews_of(scenario: Scenario, own: Edits | None = None) -> tuple[str, ...]:
    """The worldviews under which a scenario is run: all of ours and the reader's own, if there is one.

    A historic analogue is run under the one that it is written for.
    """
    if scenario.analogue:
        return (scenario.analogue.worldview,)
    return (*catalog().worldviews, *((EDITED,) if own else ()))


def unmoved(scenario: Scenario) -> Scenario:
    """The scenario with every lever at neutral, in the same years."""
    return set_values(scenario, {key: lever.neutral for key, lever in catalog().levers.items()})


def same_ground(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios are run in the same assumed worlds, so that one can be held against the other."""
    return one.analogue == other.analogue


@dataclass(frozen=True)
class Asked:
    """A scenario, its goals, a prediction (or that one is asked for first), the reader's title, the worlds' seed.

    switched: the structural choices that take their alternative, in their own order, or `ENSEMBLE` alone; none at the
    base. own: the reader's own worldview beside ours, if there is one.
    """

    scenario: Scenario
    goals: tuple[Goal, ...] = ()
    predict: Prediction | Literal["first"] | None = None
    title: str = ""
    seed: int = SEED
    switched: tuple[str, ...] = ()
    own: Edits | None = None

    @property
    def worldviews(self) -> tuple[str, ...]:
        """The worldviews under which the scenario is run, in their own order."""
        return worldviews_of(self.scenario, self.own)

    @property
    def structure(self) -> str:
        """The structure as the model is asked for it: base, ensemble or choices such as C1,C4."""
        return structure_text(self.switched)

    @property
    def hidden(self) -> bool:
        """Whether results wait for a prediction."""
        return self.predict == FIRST

    @property
    def name(self) -> str:
        """What the scenario is called: the reader's title, or its own, "changed" where it was changed."""
        return self.title or self.scenario.title + (", changed" if self.changed else "")

    @property
    def changed(self) -> bool:
        """Whether the scenario is no longer the one that it started from."""
        preset = starting_points().get(self.scenario.name)
        return preset is not None and preset.title == self.scenario.title and preset != self.scenario

    @property
    def prediction(self) -> Prediction | None:
        """The prediction, if one was made."""
        return self.predict if isinstance(self.predict, Prediction) else None


ALL: Final = "all"
SEATED = "."  # between a step and a worldview
STEPS = ("question", "drift", "package", "sure", "why", "cost")  # of Present, in their order


@dataclass(frozen=True)
class Shown:
    """What is shown of what is asked; no step of the history.

    open: the open sections. chosen: the worldviews to show, all where none is named. chart: the one worldview whose
    chart stands alone, for embedding in another page. stage: what Present shows, one of `STEPS`, and behind a point the
    worldview that is looked at by itself: sure.op-ed.
    """

    open: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    chart: str = ""
    stage: str = ""

    @property
    def worldviews(self) -> tuple[str, ...]:
        """The worldviews that are shown, in their own order; all of them where none was chosen."""
        return tuple(key for key in identities() if not self.chosen or key in self.chosen)


def fitting(shown: Shown, scenario: Scenario) -> Shown:
    """How a scenario can be looked at: a historic analogue has one worldview, so there is none to choose."""
    if not scenario.analogue:
        return shown
    return replace(
        shown, chosen=(), chart=scenario.analogue.worldview if shown.chart else "", stage=step_of(shown.stage)
    )


def step_of(stage: str) -> str:
    """The step of Present, without the worldview that is looked at by itself."""
    return stage.partition(SEATED)[0]

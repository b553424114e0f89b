"""The shapes of the data files: frozen records, unknown keys refused, every number with its basis and sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]

Whole = Annotated[int, Field(strict=True)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
EraPressure = Annotated[int, Field(strict=True, ge=0, le=200)]
Year = Annotated[int, Field(strict=True, ge=1900, le=2100)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Marker = Literal["circle", "square", "diamond", "triangle-up", "triangle-down", "star", "pentagon", "hexagon"]


class Grade(StrEnum):
    """Where a number comes from."""

    TEXT = "T"
    LITERATURE = "L"
    DATA = "D"
    JUDGEMENT = "J"


class Record(BaseModel):
    """A frozen piece of a data file; a key that is not in the class is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Grounded(Record):
    """A number, or a table of numbers, that says what it rests on, and when it was last held against that."""

    basis: Annotated[tuple[Grade, ...], Field(min_length=1)]
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    claims: tuple[Text, ...] = ()
    note: Text
    reviewed: date | None = None


DEEPEST = 1  # tables between the top of a file and its records: [parameters.drift_rate], [tables.domain_response]


def dated(data: Any) -> Any:
    """Plain data of a file in which every record has the date `reviewed` at the file's top, unless it has its own.

    Records are the tables that have a basis, and claims, which have words.
    """
    if not isinstance(data, Mapping) or "reviewed" not in data:
        return data
    own = {"reviewed": data["reviewed"]}

    def in_all(tables: Mapping[str, Any], deeper: int) -> dict[str, Any]:
        return {key: of(value, deeper) if isinstance(value, Mapping) else value for key, value in tables.items()}

    def of(table: Mapping[str, Any], deeper: int) -> Mapping[str, Any]:
        if {"basis", "words"} & table.keys():
            return own | dict(table)
        return in_all(table, deeper - 1) if deeper else table

    return in_all(data, DEEPEST)


class Source(Record):
    """Where something was read, in the fields of Our World in Data's Origin, and how much of it was seen."""

    producer: Text
    title: Text
    citation_full: Text
    url: str | None = None
    date_published: str | None = None
    date_accessed: str | None = None
    license: Text
    seen: Literal["text", "excerpt", "abstract", "secondary", "memory", "judgement", "data"]


class Claim(Record):
    """One claim of the essay in our own words, and what became of it here."""

    kind: Literal[
        "edge",
        "lever",
        "mechanism",
        "outcome",
        "actor",
        "risk",
        "mitigation",
        "dynamic",
        "precedent",
        "evidence",
    ]
    place: Annotated[str, Field(pattern=r"^P\d+\.S\d+(-\d+)?$")]
    words: Text
    status: Literal["modelled", "partly", "outside"]
    why: str = ""
    answered_by: tuple[Text, ...]
    reviewed: date | None = None

    @model_validator(mode="after")
    def _explains_itself(self) -> Self:
        if (self.status == "modelled") != (self.why == ""):
            raise ValueError("`why` is given exactly when a claim is not fully modelled")
        if (self.status == "outside") == bool(self.answered_by):
            raise ValueError("`answered_by` is empty exactly when a claim is outside the model")
        return self


class Position(Record):
    """What one setting of a lever means in the world."""

    at: Whole
    label: Annotated[str, Field(min_length=1, max_length=34)]
    text: Text


class Lever(Record):
    """A policy choice from 0 to `high`, with its words; at `neutral` nothing is done."""

    name: Text
    group: Literal["offers", "terms", "allies", "competition"]
    neutral: Whole
    high: Annotated[int, Field(strict=True, ge=4, multiple_of=4)]
    summary: Text
    who: Text
    how_fast: Text
    how_undone: Text
    essay: Text
    critics: Text
    watch: Text
    claims: Annotated[tuple[Text, ...], Field(min_length=1)]
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    positions: tuple[Position, ...]
    low: ClassVar[int] = 0

    @model_validator(mode="after")
    def _five_positions(self) -> Self:
        stops = [quarter * self.high // 4 for quarter in range(5)]
        if [position.at for position in self.positions] != stops:
            raise ValueError(f"a lever has five positions, at {', '.join(map(str, stops))}")
        if not 0 <= self.neutral <= self.high:
            raise ValueError(f"neutral lies from 0 to {self.high}")
        return self


class Setting(Record):
    """A part of a scenario's context; a start year, which has no limits, is one of those that have levels."""

    name: Text
    short: Text
    meaning: Text
    low: Whole = 0
    high: Whole = 0


Direction = Literal["at most", "at least"]


class Outcome(Record):
    """What a run leads to, with its words; `first` is where a goal for it starts, None where it can have none.

    `start` is the constant at which it stands at the start, 0 if none is named.
    """

    title: Text
    meaning: Text
    unit: Text
    low: Whole
    high: Whole
    first: tuple[Direction, Whole] | None = None
    compares: bool = False
    beside: bool = False
    start: Text | None = None


class Definition(Record):
    """What a parameter means; its ranges are in the worldviews.

    `kind` is 1 where a higher value is kinder to the wedge, -1 where it is harder, 0 where it is neither.
    """

    symbol: Text
    title: Text
    meaning: Text
    unit: Text
    admissible: tuple[Number, Number]
    equation: Annotated[int, Field(ge=1, le=10)]
    kind: Literal[-1, 0, 1]
    kind_why: Text


class Constant(Grounded):
    """A fixed number, the same in every world."""

    value: Number
    symbol: Text
    meaning: Text
    unit: Text
    equation: Annotated[int, Field(ge=1, le=10)]


class Range(Record):
    """10th, 50th and 90th percentile of an assumption."""

    low: Number
    central: Number
    high: Number

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.central <= self.high:
            raise ValueError("low, central and high must be in this order")
        return self


class Parameter(Grounded, Range):
    """A worldview's assumption about one parameter."""


class Vector(Grounded):
    """One number a name, with the basis of all of them."""

    values: dict[str, Number]


class SharedVector(Vector):
    """A vector of the structure, the same in every worldview."""

    title: Text
    symbol: Text
    equation: Annotated[int, Field(ge=1, le=10)]


class SharedTable(Grounded):
    """A table of the structure: rows of numbers that sum to 1."""

    title: Text
    symbol: Text
    equation: Annotated[int, Field(ge=1, le=10)]
    values: dict[str, dict[str, Number]]

    @model_validator(mode="after")
    def _rows_sum_to_one(self) -> Self:
        for row, values in self.values.items():
            if abs(sum(values.values()) - 1) > 1e-9:
                raise ValueError(f"row {row} must sum to 1")
        return self


class Mechanism(Record):
    """A need of Moscow's that an inducement can meet."""

    name: Text
    symbol: Text
    meaning: Text


class Domain(Record):
    """One of the six fields of alignment."""

    name: Text
    meaning: Text


class Choice(Record):
    """A structural choice open to dispute, and its alternative."""

    title: Text
    alternative: Text
    equation: Annotated[int, Field(ge=1, le=10)]
    in_ensemble: bool
    implies: tuple[Text, ...] = ()
    note: Text


class Tables(Record):
    """The two shared tables."""

    mechanism_supply: SharedTable
    domain_response: SharedTable


class Vectors(Record):
    """The shared vectors."""

    domain_weight: SharedVector
    binding_speed: SharedVector
    concreteness: SharedVector
    visibility: SharedVector
    slight: SharedVector
    values_cost: SharedVector
    ally_exposure: SharedVector
    ally_weight: SharedVector


class Structure(Record):
    """What all worldviews share: mechanisms, domains, tables, and the choices that can be switched."""

    mechanisms: dict[str, Mechanism]
    domains: dict[str, Domain]
    tables: Tables
    vectors: Vectors
    choices: dict[str, Choice]


class Levels(Grounded):
    """Where alignment in one domain stands in the years a run can start from."""

    error: Number
    values: dict[str, Percent]


class Identity(Record):
    """What a worldview is called and how it is drawn; no other has its colours or its marker.

    `gist` is its reading in half a sentence. `colour` stands on white, `colour_dark` on the dark page.
    `describes_from` is the year from which on its text describes the world, where that is later than the first start.
    `still` says what alone moves alignment under it, where most packages do not.
    """

    title: Text
    short: Text
    gist: Text
    summary: Text
    describes_from: Year | None = None
    still: Text | None = None
    colour: Colour
    colour_dark: Colour
    marker: Marker


class Worldview(Identity):
    """A named set of assumptions: one camp's reading of the debate; `reviewed` stands for numbers with no such date."""

    salience: Vector
    drift_profile: Vector
    relative_deliverability: Vector
    parameters: dict[str, Parameter]
    reviewed: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _dated(cls, data: object) -> object:
        return dated(data)


class Analogue(Record):
    """What makes a scenario a historic one: its roles, pressure, levels and what was different then.

    `pressure` is the era's, in percent of end-2021, which the no-lever run keeps and the levers on pressure work on; a
    pair rises evenly from its first to its second value.
    """

    worldview: Text
    sender: Text
    swing: Text
    rival: Text
    why_it_may_not_fit: Text
    pressure: EraPressure | tuple[EraPressure, EraPressure] = 100
    levels_of: Year | None = None
    levels: dict[str, Percent] | None = None
    overrides: dict[str, tuple[Number, Number, Number]] = {}

    @model_validator(mode="after")
    def _one_kind_of_levels(self) -> Self:
        if (self.levels_of is None) == (self.levels is None):
            raise ValueError("give either levels_of, a year, or levels, a table")
        return self


class Scenario(Record):
    """Lever settings in percent, plus start year, horizon, onset and ramp in years."""

    name: Text
    title: Text
    description: str = ""
    author: str = ""
    sources: tuple[Text, ...] = ()
    claims: tuple[Text, ...] = ()
    levers: dict[str, Whole]
    start: Year = 2021
    horizon: Whole = 10
    onset: Whole = 0
    ramp: Whole = 2
    analogue: Analogue | None = None

    @property
    def last_year(self) -> int:
        """The calendar year in which the shift is read."""
        return self.start + self.horizon

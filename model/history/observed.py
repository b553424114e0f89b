"""Observed history as one frozen value, read from history.csv and history.toml and checked; no run depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from model.assumptions.catalog import DATA, Assumptions, check_sources, given, parse, read_toml
from model.assumptions.schema import EraPressure, Grade, Grounded, Number, Percent, Record, Text, Year
from model.errors import InputError, choose, require_keys, shown

FIRST, LAST = 1992, 2024
FILE = "model/data/history.toml"
TABLE = "model/data/history.csv"
COLUMNS = ["year", "series", "value", "unit", "sources"]


class Span(Record):
    """Years in which something stood alike, both ends included."""

    first: Year
    last: Year


class Status(Span):
    """The value of a policy series over a span of years, and where that was read."""

    value: Number
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]


class Noise(Record):
    """Standard error of a series in its unit, None where it is not known, and what it stands for."""

    value: Number | None = None
    meaning: Text


class Series(Record):
    """What a series of history.csv is: measured, derived from others, or our coding of dated facts (policy)."""

    title: Text
    meaning: Text
    unit: Text
    kind: Literal["measured", "derived", "policy"]
    basis: Annotated[tuple[Grade, ...], Field(min_length=1)]
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    breaks: Annotated[tuple[Text, ...], Field(min_length=1)]
    noise: Noise
    spans: tuple[Status, ...] = ()

    @model_validator(mode="after")
    def _covers_every_year(self) -> Self:
        if self.kind == "policy":
            ends = [FIRST - 1, *(end for span in self.spans for end in (span.first, span.last)), LAST + 1]
            if any(after != before + 1 for before, after in zip(ends[::2], ends[1::2], strict=True)):
                raise ValueError(f"`spans` must follow one another from {FIRST} to {LAST}")
        elif self.spans:
            raise ValueError("only a policy series has `spans`")
        return self


class Part(Grounded):
    """A series on the scale from 0 to 100: its values at 0 and at 100, and the model's domain that it measures."""

    of: Text
    zero: Number
    hundred: Number
    domain: Text | None = None

    def points(self, values: pd.Series[float]) -> pd.Series[float]:
        """Values of the series in points of the scale, which they do not leave."""
        return (100 * (values - self.zero) / (self.hundred - self.zero)).clip(0, 100)


class Event(Record):
    """Something dated; `warning` says how a look at the picture would mislead."""

    year: Year
    title: Text
    meaning: Text
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    warning: Text | None = None


class Position(Span):
    """The position of a lever over a span of years, in percent."""

    position: Percent


class LeverRule(Record):
    """A lever's position in percent: by the value of a policy series, but for some spans of years."""

    by: Text | None = None
    positions: tuple[tuple[Number, Percent], ...] = ()
    spans: tuple[Position, ...] = ()


class LeverCoding(Grounded):
    """One way to read the past as lever positions; a lever that is not named is neutral.

    `like` names a coding whose levers are taken over; `beyond_origin` counts only what exceeds the origin's position.
    """

    title: Text
    meaning: Text
    like: Text | None = None
    beyond_origin: bool = False
    levers: dict[str, LeverRule] = Field(default_factory=dict)


class PressureCoding(Grounded):
    """One way to read the past as US pressure, in percent of the end of 2021.

    Either points (year, percent) and straight between them, or the value of a policy series by pairs.
    """

    title: Text
    meaning: Text
    points: tuple[tuple[Year, EraPressure], ...] = ()
    by: Text | None = None
    positions: tuple[tuple[Number, EraPressure], ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.by is None) == (not self.points) or (self.by is None) != (not self.positions):
            raise ValueError("give either `points`, or `by` with `positions`")
        if any(later <= earlier for (earlier, _), (later, _) in pairwise(self.points)):
            raise ValueError("the years of `points` must rise")
        return self


class Codings(Record):
    """The ways to read the past."""

    levers: dict[str, LeverCoding]
    pressure: dict[str, PressureCoding]


class Tells(Record):
    """What these data can and cannot tell apart."""

    apart: tuple[Text, ...]
    not_apart: tuple[Text, ...]


class HistoryFile(Record):
    """history.toml: a key to its record, in its order; composites: a key to the series it is the mean of."""

    tells: Tells
    series: dict[str, Series]
    parts: dict[str, Part]
    composites: dict[str, tuple[Text, ...]]
    events: dict[str, Event]
    codings: Codings


@dataclass(frozen=True, eq=False)
class History:
    """All that was observed, and how it can be read: the tables of history.toml, and history.csv.

    values: years in rows, series in columns, NaN where there is no value.
    """

    tells: Tells
    series: Mapping[str, Series]
    parts: Mapping[str, Part]
    composites: Mapping[str, tuple[str, ...]]
    events: Mapping[str, Event]
    codings: Codings
    values: pd.DataFrame

    def measured(self, composite: str) -> dict[str, str]:
        """The model's domains whose mean a composite is, each with the series that measures it on the scale.

        Raises:
            InputError: there is no such composite, or the model has no domain for one of its parts.
        """
        names = self.composites[choose("There is no composite", composite, self.composites)]
        domains = {part.domain: name for name, part in self.parts.items() if name in names and part.domain}
        if len(domains) != len(names):
            raise InputError(f"The model has no domain for a part of {composite}.")
        return domains

    def rules(self, coding: str) -> dict[str, LeverRule]:
        """The rule of each lever that a coding moves, those it takes over from another included.

        Raises:
            InputError: there is no such coding.
        """
        known = self.codings.levers
        read = known[choose("There is no lever coding", coding, known)]
        return (known[read.like].levers if read.like else {}) | read.levers

    def position(self, coding: str, lever: str, year: int, origin: int) -> float:
        """Where a lever stood in a year under a coding, in percent, for a run that starts in the year `origin`.

        It looks at no other year than these two.

        Raises:
            InputError: there is no such coding, or it has no position for what was recorded.
        """
        rule = self.rules(coding).get(lever)
        if rule is None:
            return 0
        now = self._by_rule(rule, year)
        beyond = self.codings.levers[coding].beyond_origin
        return max(now - self._by_rule(rule, origin), 0) if beyond else now

    def pressure(self, coding: str, year: int) -> float:
        """US pressure in a year under a coding, in percent of the end of 2021.

        Raises:
            InputError: there is no such coding, or it has no pressure for what was recorded.
        """
        known = self.codings.pressure
        read = known[choose("There is no pressure coding", coding, known)]
        if read.by is None:
            years, percents = zip(*read.points, strict=True)
            return float(np.interp(year, years, percents))
        return self._by_status(read.by, read.positions, year)

    def _by_rule(self, rule: LeverRule, year: int) -> float:
        for span in rule.spans:
            if span.first <= year <= span.last:
                return span.position
        if rule.by is None:
            raise InputError(f"{FILE}: a lever coding says nothing of {year}.")
        return self._by_status(rule.by, rule.positions, year)

    def _by_status(self, series: str, positions: Iterable[tuple[float, int]], year: int) -> float:
        status, known = float(self.values[series][year]), dict(positions)
        if status not in known:
            raise InputError(f"{FILE}: a coding by {series} has no position for the {status:g} of {year}.")
        return known[status]


def load_history(data: Path = DATA, known: Assumptions | None = None) -> History:
    """Read and cross-check history.toml and history.csv in a folder.

    Raises:
        InputError: a file is missing or malformed, a name is unknown, or a coding leaves a year out.
    """
    known = given(known)
    said = read_file(data)
    found = History(
        tells=said.tells,
        series=said.series,
        parts=said.parts,
        composites=said.composites,
        events=said.events,
        codings=said.codings,
        values=read_values(data / "history.csv", said.series),
    )
    _check_names(found, known)
    _check_sources(found, known)
    _check_years(found, known)
    return found


@cache
def history() -> History:
    """The project's own record: what the shipped files say, read once a process."""
    return load_history()


def read_file(data: Path) -> HistoryFile:
    """history.toml in a folder.

    Raises:
        InputError: the file is missing or malformed.
    """
    return parse(HistoryFile, read_toml(data / "history.toml", FILE), FILE)


def read_values(path: Path, series: Mapping[str, Series]) -> pd.DataFrame:
    """history.csv as years in rows and series in columns, in the order of history.toml.

    Raises:
        InputError: the file is missing or malformed, or its series, units or sources are not those of history.toml.
    """
    try:
        rows = pd.read_csv(path)
    except FileNotFoundError:
        raise InputError(f"{TABLE} does not exist.") from None
    except ValueError as error:  # what pandas raises for a malformed table is a ValueError
        raise InputError(f"{TABLE} is not a table: {error}.") from None
    require_keys(TABLE, "the head", rows.columns, COLUMNS)
    require_keys(TABLE, "the column series", rows["series"].unique(), list(series))
    for name, unit in rows[["series", "unit"]].drop_duplicates().itertuples(index=False):
        if unit != series[name].unit:
            raise InputError(f"{TABLE}: {name} is in {shown(unit)}, but {FILE} says {shown(series[name].unit)}.")
    if rows.duplicated(["year", "series"]).any() or not rows["year"].between(FIRST, LAST).all():
        raise InputError(f"{TABLE}: each series has one value a year, {FIRST} to {LAST}.")
    return rows.pivot(index="year", columns="series", values="value")[list(series)]


def _check_names(found: History, known: Assumptions) -> None:
    """Parts, composites and codings speak of series, levers and domains that exist."""
    levers = [
        key for key, lever in known.levers.items() if lever.group != "competition"
    ]  # those have codings of their own
    policies = [name for name, series in found.series.items() if series.kind == "policy"]
    for name, part in found.parts.items():
        choose(f"{FILE}: parts.{name}.of names the unknown series", part.of, found.series)
        if part.domain is not None:
            choose(f"{FILE}: parts.{name}.domain names the unknown domain", part.domain, known.levels)
    for name, of in found.composites.items():
        for each in (name, *of):
            choose(f"{FILE}: composites.{name} names the unknown series", each, found.series)
    for name, coding in found.codings.levers.items():
        if coding.like is not None:
            whole = [other for other, its in found.codings.levers.items() if its.like is None]
            choose(f"{FILE}: codings.levers.{name}.like is no coding that stands by itself:", coding.like, whole)
        for lever, rule in coding.levers.items():
            choose(f"{FILE}: codings.levers.{name} names the unknown lever", lever, levers)
            if rule.by is not None:
                choose(f"{FILE}: codings.levers.{name}.{lever}.by names the unknown series", rule.by, policies)
    for name, pressure in found.codings.pressure.items():
        if pressure.by is not None:
            choose(f"{FILE}: codings.pressure.{name}.by names the unknown series", pressure.by, policies)


def _check_sources(found: History, known: Assumptions) -> None:
    """Every source that a record names exists."""
    cited: dict[str, Iterable[str]] = {f"series.{name}": series.sources for name, series in found.series.items()}
    cited |= {f"series.{name}.spans": status.sources for name, s in found.series.items() for status in s.spans}
    cited |= {f"parts.{name}": part.sources for name, part in found.parts.items()}
    cited |= {f"events.{name}": event.sources for name, event in found.events.items()}
    cited |= {f"codings.levers.{name}": coding.sources for name, coding in found.codings.levers.items()}
    cited |= {f"codings.pressure.{name}": coding.sources for name, coding in found.codings.pressure.items()}
    for where, sources in cited.items():
        check_sources(f"{FILE}: {where}", sources, (), known)


def _check_years(found: History, known: Assumptions) -> None:
    """Every coding says where each lever and the pressure stood in every year."""
    for year in range(FIRST, LAST + 1):
        for coding in found.codings.levers:
            for lever in known.levers:
                found.position(coding, lever, year, year)
        for coding in found.codings.pressure:
            found.pressure(coding, year)

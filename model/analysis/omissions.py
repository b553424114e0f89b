"""Where the essay pulls against itself and what it leaves out: what the model does about it, and where it can be seen.

The words and the pairs of scenarios are in omissions.toml. No run depends on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.analysis.argument import groundings
from model.assumptions.catalog import DATA, Assumptions, check_sources, parse, read_toml
from model.assumptions.scenario import analogues, presets, set_values
from model.assumptions.schema import Record, Scenario, Text, Whole
from model.engine.results import OUTCOMES, REVERSED
from model.errors import InputError, choose

FILE = "model/data/omissions.toml"


class Side(Record):
    """One side of a comparison: what it is called, settings other than the preset's, choices that are switched."""

    label: Text
    settings: Mapping[str, Whole] = {}
    switch: tuple[Text, ...] = ()


class Sight(Record):
    """Where something is seen to happen: two runs that differ in it, what to look at, the section that says why."""

    preset: Text
    outcome: Text
    open: Text
    without: Side
    with_: Annotated[Side, Field(alias="with")]

    @model_validator(mode="after")
    def _two_sides(self) -> Self:
        if (self.without.settings, self.without.switch) == (self.with_.settings, self.with_.switch):
            raise ValueError("`with` has to differ from `without`")
        return self

    def scenario(self, side: Side) -> Scenario:
        """The scenario of one of the two sides."""
        return set_values(_starts()[self.preset], side.settings)


class Gap(Record):
    """A tension inside the essay, or something that it leaves out; omissions.toml explains each key."""

    title: Text
    says: Text
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    claims: tuple[Text, ...]
    status: Literal["modelled", "partly", "outside"]
    does: Text
    leans: Text | None = None
    rests_on: tuple[Text, ...] = ()
    see: tuple[Sight, ...] = ()

    @model_validator(mode="after")
    def _says_what_is_missing(self) -> Self:
        if (self.status == "modelled") != (self.leans is None):
            raise ValueError("`leans` is given exactly when it is not fully modelled")
        if (self.status == "outside") != (not self.see) or (self.status == "outside" and self.rests_on):
            raise ValueError("`see` is empty exactly when it is outside the model, and then `rests_on` is too")
        return self


class Omissions(Record):
    """The whole file."""

    tensions: Mapping[str, Gap]
    omissions: Mapping[str, Gap]


@lru_cache(maxsize=4)
def omissions(known: Assumptions) -> Omissions:
    """The shipped file, read and checked once for a set of assumptions."""
    return load_omissions(known)


def load_omissions(known: Assumptions, path: Path = DATA / "omissions.toml") -> Omissions:
    """Read what the essay leaves open or out, and check every name in it.

    Raises:
        InputError: the file is missing or malformed, or a source, claim, number, preset, setting, choice or outcome is
            unknown.
    """
    found = parse(Omissions, read_toml(path, FILE), FILE)
    numbers = groundings(next(iter(known.worldviews)), known)
    for family in ("tensions", "omissions"):
        for key, gap in getattr(found, family).items():
            where = f"{FILE}: [{family}.{key}]"
            check_sources(where, gap.sources, gap.claims, known)
            for name in gap.rests_on:
                choose(f"{where} names the unknown parameter or table", name, numbers)
            for sight in gap.see:
                _check(where, sight, known)
    return found


def _check(where: str, sight: Sight, known: Assumptions) -> None:
    choose(f"{where} names the unknown preset", sight.preset, _starts())
    choose(f"{where} names the unknown outcome", sight.outcome, (*OUTCOMES, REVERSED))
    for side in (sight.without, sight.with_):
        for choice in side.switch:
            choose(f"{where} names the unknown choice", choice, known.structure.choices)
        try:
            sight.scenario(side)
        except InputError as error:
            raise InputError(f"{where}: {error}") from None


def _starts() -> Mapping[str, Scenario]:
    """The scenarios that both sides can start from."""
    return {**presets(), **analogues()}

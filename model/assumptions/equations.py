"""The ten equations for a reader: what each is called, its formulas, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from model.assumptions.catalog import DATA, parse_all, read_toml
from model.assumptions.schema import Record, Text

FILE = "model/data/equations.toml"


class Equation(Record):
    """One of the ten: a few words, its formulas in LaTeX, and what it says."""

    title: Text
    formulas: Annotated[tuple[Text, ...], Field(min_length=1)]
    says: Text


@cache
def equations() -> Mapping[str, Equation]:
    """The ten equations by number, in their order."""
    return parse_all(Equation, read_toml(DATA / "equations.toml", FILE), FILE)

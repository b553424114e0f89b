"""The outcomes of a run in words: what each is called and means, and what goals can be set for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from model.assumptions.catalog import DATA, Constants, parse_all, read_toml
from model.assumptions.schema import Outcome
from model.errors import choose

FILE = "model/data/outcomes.toml"


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Every outcome by key, in the order of the file.

    Raises:
        InputError: the file is malformed, or an outcome starts at a constant that does not exist.
    """
    found = parse_all(Outcome, read_toml(DATA / "outcomes.toml", FILE), FILE)
    constants = [field.name for field in fields(Constants)]
    for key, outcome in found.items():
        if outcome.start is not None:
            choose(f"{FILE}: [{key}] starts at", outcome.start, constants)
    return found


def measures() -> Mapping[str, Outcome]:
    """The outcomes that a goal can be set for, by key."""
    return {key: outcome for key, outcome in outcomes().items() if outcome.first is not None}

"""The assumption sets of versions.toml, today's, and where the engines of the earlier ones are kept."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from model.assumptions.catalog import parse, read_toml
from model.assumptions.schema import Record
from model.errors import InputError, choose
from model.versions.engine import ROOT, Files, folder_files, zip_files
from model.versions.numbers import set_of


class AssumptionSet(Record):
    """One set of versions.toml: its name (8 hex digits), the equations it went with, since when, and what changed."""

    name: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
    model_version: Annotated[int, Field(ge=1)]
    date: datetime.date
    change: Annotated[str, Field(pattern=r"^[A-Z0-9].*\.$", max_length=300)]


class AssumptionSets(Record):
    """The sets of versions.toml, oldest first."""

    sets: Annotated[tuple[AssumptionSet, ...], Field(min_length=1)]


@cache
def versions(root: Path = ROOT) -> tuple[AssumptionSet, ...]:
    """The assumption sets, oldest first; the last is today's.

    Raises:
        InputError: versions.toml is missing or malformed.
    """
    file = root / "model" / "data" / "versions.toml"
    return parse(AssumptionSets, read_toml(file, "model/data/versions.toml"), "model/data/versions.toml").sets


@cache
def assumption_set(root: Path = ROOT) -> str:
    """The name of today's assumption set, 8 hex digits, worked out from the data files.

    Raises:
        InputError: a data file is missing or malformed.
    """
    return set_of(folder_files(root))


def archive_file(name: str, root: Path = ROOT) -> Path:
    """Where the engine of an earlier set is kept."""
    return root / "model" / "data" / "archive" / f"{name}.zip"


def engine_files(name: str, root: Path = ROOT) -> Files:
    """The files of an earlier set's engine.

    Raises:
        InputError: the set is unknown or today's, or its archive is missing or damaged.
    """
    known = [version.name for version in versions(root)]
    choose("There is no assumption set", name, known)
    if not archive_file(name, root).is_file():
        if name == known[-1]:
            raise InputError(f"The assumption set {name} is today's, so it has no engine of its own.")
        raise InputError(f"The engine of the assumption set {name} is missing from model/data/archive.")
    return zip_files(archive_file(name, root).read_bytes(), f"model/data/archive/{name}.zip")

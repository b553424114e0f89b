"""Old names of settings, presets and parameters: what a link or an earlier engine calls what has another name today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from model.assumptions.catalog import DATA, SCENARIOS, catalog, parse, read_toml
from model.assumptions.schema import Record, Text
from model.errors import InputError, choose, shown

Kind = Literal["setting", "preset", "parameter"]
FILE = "model/data/renamed.toml"


class OldName(Record):
    """What became of a name: today's name or names, none where nothing took its place; `why` a sentence for a reader.

    A setting that became several gives its value to each of them.
    """

    now: Annotated[tuple[Text, ...], BeforeValidator(lambda now: (now,) if isinstance(now, str) else now)] = ()
    why: Text


class OldNames(Record):
    """The old names of renamed.toml by kind."""

    setting: dict[str, OldName] = Field(default={})
    preset: dict[str, OldName] = Field(default={})
    parameter: dict[str, OldName] = Field(default={})


def living(kind: Kind) -> Collection[str]:
    """The names of a kind that are in use today."""
    known = catalog()
    if kind == "setting":
        return (*known.levers, *known.context)
    return [path.stem for path in SCENARIOS.glob("*.toml")] if kind == "preset" else known.parameters


def load_old_names(path: Path = DATA / "renamed.toml") -> Mapping[Kind, Mapping[str, OldName]]:
    """The old names by kind, checked: each leads straight to a living name or nowhere, and none is itself in use.

    Raises:
        InputError: the file is malformed, a new name does not exist, or an old name is in use.
    """
    found = parse(OldNames, read_toml(path, FILE), FILE)
    tables: dict[Kind, Mapping[str, OldName]] = {
        "setting": found.setting,
        "preset": found.preset,
        "parameter": found.parameter,
    }
    for kind, table in tables.items():
        for old, record in table.items():
            if old in living(kind):
                raise InputError(f"{FILE}: the {kind} {shown(old)} is in use, so it cannot be an old name.")
            for now in record.now:
                choose(f"{FILE}: {kind}.{old} leads to the unknown {kind}", now, living(kind))
    return tables


@cache
def old_names() -> Mapping[Kind, Mapping[str, OldName]]:
    """The old names of the shipped file, read once a process."""
    return load_old_names()


def current_names(kind: Kind, name: str) -> tuple[tuple[str, ...], str]:
    """Today's names of a setting, preset or parameter, and a sentence for the reader of an old link.

    A name that is in use, or was never known, comes back as it is with an empty sentence; a retired one as no name.
    """
    record = old_names()[kind].get(name)
    if record is None:
        return (name,), ""
    if not record.now:
        return (), f"The {kind} {shown(name)} was retired: {record.why}"
    if len(record.now) > 1:
        return (
            record.now,
            f"The {kind} {shown(name)} became {' and '.join(record.now)} and was read as both: {record.why}",
        )
    return record.now, f"The {kind} {shown(name)} is called {record.now[0]} today and was read as such: {record.why}"


@cache
def renaming_sentences() -> frozenset[str]:
    """Every sentence of `current_names` for what is called otherwise today: what they tell of was followed."""
    return frozenset(
        current_names(kind, old)[1]
        for kind, names in old_names().items()
        for old, record in names.items()
        if record.now
    )


def in_todays_names(tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tables of a file with the old names of settings replaced by today's, which go before them."""
    levers = tables.get("levers", {})
    if not isinstance(levers, dict):
        return tables
    old = {name: record.now for name, record in old_names()["setting"].items() if record.now}
    context = {name: value for name, value in tables.items() if name not in old}
    renewed = {name: value for name, value in levers.items() if name not in old}
    for name, value in {**tables, **levers}.items():
        for now in old.get(name, ()):
            (renewed if now in catalog().levers else context).setdefault(now, value)
    return {**context, "levers": renewed} if levers or renewed else context


def name_among(kind: Kind, name: str, there: Collection[str]) -> str:
    """What an earlier engine, which knows the names `there`, calls what is called `name` today; else the name."""
    if name in there:
        return name
    return next((old for old, record in old_names()[kind].items() if name in record.now and old in there), name)

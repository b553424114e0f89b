"""What differs between two assumption sets, number by number, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from model.assumptions.numbers import RANGE, Numbers, Value, Where
from model.assumptions.renamed import old_names
from model.versions.engine import ROOT, Files, folder_files
from model.versions.numbers import numbers_of, table, tables
from model.versions.sets import assumption_set, engine_files

LEANING = (
    "Every assumption says whether a higher value is kinder to the wedge or harder on it, and worlds lean one way."
)
ENTRIES = {"worldviews": "worldview", "parameters": "assumption", "levers": "lever"}


@dataclass(frozen=True)
class Change:
    """One assumption that differs between two sets.

    path: where it stands in the data files. then, now: its value (a number; low, central and high of a range), None
    where it does not exist; both None for a whole worldview, parameter or lever that came or went. sentence: the same
    for a reader.
    """

    path: Where
    then: Value | None
    now: Value | None
    sentence: str


@lru_cache(maxsize=64)
def changes_since(name: str, root: Path = ROOT) -> tuple[Change, ...]:
    """What differs between an earlier set and today's, in the order of the data files; none for today's own.

    Raises:
        InputError: the set is unknown, or its archive is missing or damaged.
    """
    if name == assumption_set(root):
        return ()
    return changes_between(engine_files(name, root), folder_files(root))


def changes_between(then: Files, now: Files) -> tuple[Change, ...]:
    """What differs between the numbers of two engines. A renamed lever is no difference, since the draws are the same.

    Raises:
        InputError: a data file is missing or malformed.
    """
    old, new = _with_ends(_in_todays_names(numbers_of(then))), numbers_of(now)
    words = _words(tables(then), ()) | _words(tables(now), ())
    came, went = _entries(new) - _entries(old), _entries(old) - _entries(new)
    changes = [Change(("context", setting), None, None, sentence) for setting, sentence in _split(then, now, words)]
    changes += [
        Change(entry, None, None, f"The {ENTRIES[entry[0]]} “{words.get(entry, entry[1])}” {became}.")
        for became, entries in (("is new", came), ("is no longer there", went))
        for entry in sorted(entries)
    ]
    aside = {entry[1] for entry in came | went}
    kinds = [path for path in new if path[0] == "parameters" and path[-1] == "kind" and aside.isdisjoint(path)]
    if leaning := [path for path in kinds if path not in old]:
        changes.append(Change(("parameters", "kind"), None, None, LEANING))
        old |= {path: new[path] for path in leaning}
    for path in {**new, **old}:
        before, after = _without(old.get(path), aside), _without(new.get(path), aside)
        if before != after and aside.isdisjoint(path):
            changes.append(Change(path, before, after, _sentence(path, before, after, words)))
    return tuple(changes)


def _split(then: Files, now: Files, words: Mapping[Where, str]) -> Iterator[tuple[str, str]]:
    """Settings of the context that became several, each with a sentence."""
    file = "model/data/context.toml"
    gone = set(table(then, file) if file in then else ()) - set(table(now, file) if file in now else ())
    for name, record in old_names()["setting"].items():
        if name in gone and len(record.now) > 1:
            became = " and ".join(f"“{words.get(('levers', key), key)}”" for key in record.now)
            yield name, f"The setting “{name}” became {became}: {record.why}"


def _with_ends(numbers: Numbers) -> dict[Where, Value]:
    """Numbers with the ends of levers, which an engine of version 1 does not write down: 0 is neutral, 100 the most."""
    levers = {path[1] for path in numbers if path[0] == "levers"}
    ends = {("levers", key, end): value for key in levers for end, value in (("neutral", 0.0), ("high", 100.0))}
    return ends | dict(numbers)


def _in_todays_names(numbers: Numbers) -> Numbers:
    """Numbers with the old names of levers replaced by today's."""
    todays = {old: record.now[0] for old, record in old_names()["setting"].items() if len(record.now) == 1}

    def renamed(names: Iterable[object]) -> tuple[str, ...]:
        return tuple(todays.get(str(name), str(name)) for name in names)

    return {
        renamed(path): renamed(value) if path[0] == "order" and isinstance(value, tuple) else value
        for path, value in numbers.items()
    }


def _entries(numbers: Numbers) -> set[Where]:
    """The worldviews, parameters and levers that numbers speak of, as (kind, name)."""
    return {path[:2] for path in numbers if path[0] in ENTRIES}


def _without(value: Value | None, names: Collection[str]) -> Value | None:
    """A value, an order of names without those that only one side has."""
    if isinstance(value, tuple):
        return tuple(part for part in value if part not in names)
    return value


def _words(table: Mapping[str, Any], path: Where) -> dict[Where, str]:
    """What each record of the data files is called, or what it means where it has no name."""
    found: dict[Where, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _words(value, (*path, key))
            named = next((value[k] for k in ("title", "name", "meaning") if isinstance(value.get(k), str)), None)
            found |= {(*path, key): named} if named else {}
    return found


def _sentence(path: Where, then: Value | None, now: Value | None, words: Mapping[Where, str]) -> str:
    """A change for a reader, for example `The op-ed's case: binding share 0.2 to 0.4 (middle 0.3), now 0.3 to ...`."""
    if then is None and path[:2] == ("structure", "choices"):
        return f"The structural choice {path[2]}, {_inside(words.get(path[:3], path[2]))}, is new."
    if then is None:
        change = f"new, {_said(path, now)}"
    else:
        change = f"{_said(path, then)}, {'no longer there' if now is None else f'now {_said(path, now)}'}"
    meaning = f" {words[path]}" if path[0] == "constants" and path in words else ""
    return f"{_label(path, words)} {change}.{meaning}"


def _label(path: Where, words: Mapping[Where, str]) -> str:
    """What a number is called, up to its value."""
    called = words.get(path[:-1], path[-2] if len(path) > 1 else "")

    def parts(names: Sequence[str]) -> str:
        places = (("levers",), ("structure", "mechanisms"), ("structure", "domains"))
        full = [next((words[*place, name] for place in places if (*place, name) in words), name) for name in names]
        return ", ".join(_inside(name) for name in full)

    match path:
        case ("model_version",):
            return "The equations: model version"
        case ("order", table):
            return f"Order of the {table}:"
        case ("worldviews", worldview, "parameters", parameter):
            title = words.get(("parameters", parameter), parameter)
            return f"{words.get(path[:2], worldview)}: {_inside(title)}"
        case ("worldviews", worldview, vector, *names):
            return f"{words.get(path[:2], worldview)}: {vector.replace('_', ' ')}, {parts(names)}"
        case ("parameters", _, "admissible"):
            return f"{called}: values are kept within"
        case ("constants", constant):
            return f"Fixed number: {constant.replace('_', ' ')}"
        case ("structure", "tables" | "vectors", table, *names):
            return f"{words.get(path[:3], table)}: {parts(names)}"
        case ("structure", "choices", choice, field):
            return f"Structural choice {choice}, {_inside(called)}: {field.replace('_', ' ')}"
        case ("levels", "start_years"):
            return "Years that a run can start from:"
        case ("levels", domain, year):
            return f"Level at the start of {year}: {parts([domain])}"
        case ("levers", *_, field):
            return f"{called}: {field}"
    return f"{', '.join(path)}:"


def _inside(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it starts with a name (Beijing's, NATO, CAATSA, G8)."""
    first = title.split(" ", 1)[0]
    return title if first.endswith("'s") or not first[1:].islower() else title[0].lower() + title[1:]


def _said(path: Where, value: Value | None) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        said = [f"{part:g}" if isinstance(part, float) else part for part in value]
        if path[0] == "worldviews" and len(said) == len(RANGE):
            return f"{said[0]} to {said[2]} (middle {said[1]})"
        return " to ".join(said) if path[-1] == "admissible" else " and ".join(said) or "none"
    return f"{value:g}" if isinstance(value, int | float) else str(value)

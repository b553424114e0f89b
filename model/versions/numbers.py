"""The numbers of an engine on which its results depend, and the name of its assumption set, a digest of them."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from model.errors import InputError
from model.versions.engine import Files

VERSION_LINE = re.compile(rb"^MODEL_VERSION = (\d+)\r?$", re.MULTILINE)
NUMBERED = ("levers", "parameters", "constants", "structure", "levels")  # files, beside the worldviews
ASIDE = {"equation", "error", "positions"}  # keys with numbers on which no result depends
CHOSEN = {"group", "implies"}  # keys with words on which results depend
ORDERED = (("levers",), ("structure", "mechanisms"), ("structure", "domains"))  # the draws follow their order
RANGE = ("low", "central", "high")

Where = tuple[str, ...]  # the keys that lead to a number
Value = float | bool | str | tuple[float | str, ...]
Numbers = Mapping[Where, Value]


def numbers_of(files: Files) -> Numbers:
    """Every number, and every word that works like one, on which the results of an engine depend: path -> value.

    Raises:
        InputError: a data file is missing or malformed.
    """
    every = tables(files)
    found: dict[Where, Value] = {("model_version",): model_version(files)}
    for place in ORDERED:
        named = every
        for key in place:
            named = named.get(key, {})
        found["order", place[-1]] = tuple(named)
    return found | dict(_leaves(every, ()))


def set_of(files: Files) -> str:
    """The name of an engine's assumption set: 8 hex digits of a SHA-256 over its numbers.

    Raises:
        InputError: a data file is missing or malformed.
    """
    numbers = numbers_of(files)
    canonical = json.dumps([[path, numbers[path]] for path in sorted(numbers)], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


def _leaves(value: object, path: Where) -> Iterator[tuple[Where, Value]]:
    """The numbers inside a table, each with its path; a range is one value."""
    if isinstance(value, dict):
        if set(RANGE) <= set(value):
            yield path, tuple(float(value[end]) for end in RANGE)
            return
        for key, inner in value.items():
            if key not in ASIDE:
                yield from _leaves(inner, path if key in ("value", "values") else (*path, key))
    elif isinstance(value, bool):
        yield path, value
    elif isinstance(value, int | float):
        yield path, float(value)
    elif isinstance(value, list) and value and all(isinstance(part, int | float) for part in value):
        yield path, tuple(float(part) for part in value)
    elif path[-1] in CHOSEN and isinstance(value, str | list):
        yield path, value if isinstance(value, str) else tuple(value)


def tables(files: Files) -> dict[str, Any]:
    """The data files that hold numbers, by name, and all worldviews."""
    views = [name for name in sorted(files) if name.startswith("model/data/worldviews/")]
    return {name: table(files, f"model/data/{name}.toml") for name in NUMBERED} | {
        "worldviews": {PurePosixPath(name).stem: table(files, name) for name in views}
    }


def table(files: Files, name: str) -> dict[str, Any]:
    """A data file of an engine.

    Raises:
        InputError: it is missing or malformed.
    """
    try:
        return tomllib.loads(files[name].decode())
    except KeyError:
        raise InputError(f"{name} does not exist.") from None
    except ValueError as error:
        raise InputError(f"{name} is not valid TOML: {error}.") from None


def model_version(files: Files) -> int:
    """The version of an engine's equations.

    Raises:
        InputError: the engine does not say it.
    """
    found = VERSION_LINE.search(files.get("model/assumptions/catalog.py", b""))
    if found is None:
        raise InputError("model/assumptions/catalog.py does not say MODEL_VERSION = and a whole number.")
    return int(found[1])

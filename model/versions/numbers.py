"""The numbers of an engine on which its results depend, and the name of its assumption set, a digest of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import PurePosixPath
from typing import Any

from model.assumptions.numbers import Numbers, digest_of, numbers_among
from model.errors import InputError
from model.versions.engine import Files

VERSION_LINE = re.compile(rb"^MODEL_VERSION = (\d+)\r?$", re.MULTILINE)
NUMBERED = ("levers", "parameters", "constants", "structure", "levels")  # files, beside the worldviews


def numbers_of(files: Files) -> Numbers:
    """Every number, and every word that works like one, on which the results of an engine depend: path -> value.

    Raises:
        InputError: a data file is missing or malformed.
    """
    return numbers_among(tables(files), model_version(files))


def set_of(files: Files) -> str:
    """The name of an engine's assumption set: 8 hex digits of a SHA-256 over its numbers.

    Raises:
        InputError: a data file is missing or malformed.
    """
    return digest_of(numbers_of(files))[:8]


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

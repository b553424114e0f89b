"""Refusals in plain sentences: which file, which key, which value, which rule, and the nearest right name."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError

MOST_LISTED = 40  # names in one sentence
LONGEST_KEY = 80  # characters of a key that are quoted, with the keys that lead to it


class InputError(ValueError):
    """Something given from outside is wrong; the message is one sentence for a reader, on one line."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


def printable(text: str) -> str:
    """Text on one line: line breaks and control characters made visible."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def nearest(name: str, allowed: Iterable[str]) -> str:
    """A short hint with the right name nearest to a wrong one, or the list of right ones where it can be read."""
    allowed = list(allowed)
    close = get_close_matches(name, allowed, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    if len(allowed) > MOST_LISTED:
        return f"none of the {len(allowed)} that are allowed is like it."
    return f"allowed: {', '.join(allowed)}."


def choose(wrong: str, name: str, allowed: Iterable[str]) -> str:
    """The name, if it is one of those allowed.

    Raises:
        InputError: `wrong` (what to say of a name that is not), the name, and the nearest right one.
    """
    allowed = list(allowed)
    if name not in allowed:
        raise InputError(f"{wrong} {shown(name)}; {nearest(name, allowed)}")
    return name


def shown(value: object) -> str:
    """A value as it is quoted in a sentence: short, on one line, control characters made visible."""
    try:
        text = printable(value if isinstance(value, str) else str(value))
    except (ValueError, RecursionError):  # Python writes no number of thousands of digits, and no table a thousand deep
        return "“…”"
    return f"“{text[:37]}…”" if len(text) > 38 else f"“{text}”"


def require_keys(file: str, section: str, got: Iterable[str], wanted: Iterable[str]) -> None:
    """Raise InputError unless `got` holds the names of `wanted`, in the same order."""
    got, wanted = list(got), list(wanted)
    for name in got:
        choose(f"{file}: {section} has the unknown name", name, wanted)
    missing = [name for name in wanted if name not in got]
    if missing:
        raise InputError(f"{file}: {section} lacks {', '.join(missing)}.")
    if got != wanted:
        raise InputError(f"{file}: {section} must keep the order {', '.join(wanted)}.")


def explain(error: ValidationError, file: str, root: type[BaseModel]) -> str:
    """The first fault pydantic found, as a sentence."""
    fault = error.errors()[0]
    location = [str(part) for part in fault["loc"]]
    key = ".".join(location) or "the file"
    key = f"{key[:LONGEST_KEY]}…" if len(key) > LONGEST_KEY else key
    if fault["type"] == "extra_forbidden":
        allowed = _fields_at(root, location[:-1])
        return f"{file}: the key {shown(key)} is not known; {nearest(location[-1], allowed)}"
    if fault["type"] == "missing":
        return f"{file}: {key} is missing."
    if fault["type"] == "value_error":
        return f"{file}: {key}: {fault['msg'].removeprefix('Value error, ')}."
    rule = fault["msg"].replace("dictionary", "table")
    if rule.startswith("Input should be "):
        return f"{file}: {key} is {shown(fault['input'])}, but it must be {rule.removeprefix('Input should be ')}."
    return f"{file}: {key} is {shown(fault['input'])}: {rule[0].lower()}{rule[1:]}."


def _fields_at(root: type[BaseModel], location: list[str]) -> list[str]:
    """The names that a record allows at a place inside it."""
    here: object = root
    for part in location:
        if isinstance(here, type) and issubclass(here, BaseModel) and part in here.model_fields:
            here = here.model_fields[part].annotation
        here = _record_in(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return list(here.model_fields)
    return []


def _record_in(annotation: object) -> object:
    """The record inside a dict, tuple or optional annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    origin = typing.get_origin(annotation)
    if origin in (dict, Mapping, tuple, list, typing.Union, types.UnionType):
        for inner in typing.get_args(annotation):
            found = _record_in(inner)
            if isinstance(found, type) and issubclass(found, BaseModel):
                return found
    return annotation

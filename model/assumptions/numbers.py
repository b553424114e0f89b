"""The numbers among the assumptions: all that a result depends on beside settings, members and seed, and their digest.

Words, sources and notes are not among them, nor is observed history, on which no run depends. The digest of these
numbers names an assumption set (model/versions) and tells caches apart, so this is the one place that says what counts
as a number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

ASIDE = {"equation", "error", "positions", "describes_from"}  # keys with numbers on which no result depends
CHOSEN = {"group", "implies"}  # keys with words on which results depend
ORDERED = (("levers",), ("structure", "mechanisms"), ("structure", "domains"))  # the draws follow their order
RANGE = ("low", "central", "high")

Where = tuple[str, ...]  # the keys that lead to a number
Value = float | bool | str | tuple[float | str, ...]
Numbers = Mapping[Where, Value]


def numbers_among(tables: Mapping[str, Any], model_version: int) -> Numbers:
    """Every number, and every word that works like one, on which results depend: path -> value.

    Args:
        tables: the data files that hold numbers as plain data, by name, and `worldviews`, a table by name.
        model_version: the version of the equations, which counts as a number.
    """
    found: dict[Where, Value] = {("model_version",): model_version}
    for place in ORDERED:
        named = tables
        for key in place:
            named = named.get(key, {})
        found["order", place[-1]] = tuple(named)
    return found | dict(_leaves(tables, ()))


def digest_of(numbers: Numbers) -> str:
    """The SHA-256 of numbers in a canonical form, 64 hex digits; the first 8 name an assumption set."""
    canonical = json.dumps([[path, numbers[path]] for path in sorted(numbers)], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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
    elif value and path[-1] in CHOSEN and isinstance(value, str | list):
        yield path, value if isinstance(value, str) else tuple(value)

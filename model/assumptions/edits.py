"""A reader's own worldview as a copy of one of ours and what was changed in it: small enough for a link.

Everything that tells one worldview from another can be changed, by name: a parameter (`binding_share`, three
percentiles), and a weight of a mechanism, a domain or a lever (`salience.threat`, `drift_profile.military`,
`relative_deliverability.nato`, one number each). The weights of mechanisms are shares: what a reader sets is scaled to
the sum of 1 with those that stay, in whole ten-thousandths, so that a link, a file and a page give the same numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import tomli_w

from model.assumptions.catalog import DATA, EDITED, MOST_RELATIVE, ROUNDING, catalog, parse, read_toml
from model.assumptions.schema import Identity, Parameter, Range, Vector, Worldview
from model.errors import InputError, choose, shown

SALIENCE: Final = "salience"
TABLES: Final = (SALIENCE, "drift_profile", "relative_deliverability")
NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?(e-[0-9]{1,3})?", re.ASCII)
PARTS = 10_000  # of a share: to which the weights of mechanisms are rounded when they are scaled

Values = tuple[float, ...]


@dataclass(frozen=True)
class Editable:
    """A number of a worldview that can be changed: its admissible range, and how many values it has (3 or 1)."""

    low: float
    high: float
    count: int


@cache
def editable() -> Mapping[str, Editable]:
    """All that can be changed, by name, in the order of the files: weights, then parameters."""
    known = catalog()
    view = next(iter(known.worldviews.values()))
    weights = {
        f"{table}.{key}": Editable(0.0, 1.0 if table == SALIENCE else MOST_RELATIVE, 1)
        for table in TABLES
        for key in _table(view, table).values
    }
    return weights | {key: Editable(*one.admissible, 3) for key, one in known.parameters.items()}


@cache
def identities() -> Mapping[str, Identity]:
    """Names, colours and markers of all worldviews that can stand side by side: ours, then a reader's own, `EDITED`."""
    own = parse(Identity, read_toml(DATA / "edited.toml", "model/data/edited.toml"), "model/data/edited.toml")
    return {**catalog().worldviews, EDITED: own}


@dataclass(frozen=True)
class Edits:
    """A copy of one of our worldviews and what was changed in it, in the order of `editable`; see `edits`.

    Raises:
        InputError: the name, the value and the rule.
    """

    copied: str
    changes: tuple[tuple[str, Values], ...] = ()

    def __post_init__(self) -> None:
        choose("There is no worldview", self.copied, catalog().worldviews)
        for name, values in self.changes:
            check_change(name, values)
        weights = [values[0] for values in _salience(self).values()]
        if not any(weights):
            raise InputError("The weights of salience are all 0; at least one must be above.")

    def values(self, name: str) -> Values:
        """The values of a number as they are set: low, central and high, or one weight."""
        return dict(self.changes).get(name) or copied_values(self.copied, name)

    def changed(self, name: str, values: Sequence[float]) -> Edits:
        """With other values of one number; as it was copied, it is no change any more."""
        return edits(self.copied, {**dict(self.changes), name: tuple(values)})

    def without(self, name: str) -> Edits:
        """With one number as it was copied."""
        return Edits(self.copied, tuple(change for change in self.changes if change[0] != name))


def edits(copied: str, changes: Mapping[str, Sequence[float]]) -> Edits:
    """A copy of a worldview with changes; those that change nothing are left out.

    Raises:
        InputError: the name, the value and the rule.
    """
    choose("There is no worldview", copied, catalog().worldviews)
    for name, values in changes.items():
        check_change(name, values)
    wanted = {name: tuple(map(float, values)) for name, values in changes.items()}
    return Edits(
        copied,
        tuple(
            (name, wanted[name])
            for name in editable()
            if name in wanted and wanted[name] != copied_values(copied, name)
        ),
    )


def check_change(name: str, values: Sequence[float]) -> None:
    """Raise InputError unless a number of this name can have these values."""
    one = editable()[choose("A worldview has no number", name, editable())]
    if len(values) != one.count:
        wanted = "low, central and high" if one.count > 1 else "one value"
        raise InputError(f"{name} is given {len(values)} values, but it takes {wanted}.")
    for value in values:
        if not math.isfinite(value) or not one.low <= value <= one.high:
            raise InputError(f"{name} is {value:g}, but the admissible range is {one.low:g} to {one.high:g}.")
    if list(values) != sorted(values):
        told = ", ".join(f"{value:g}" for value in values)
        raise InputError(f"{name} is {told}, but low, central and high must be in this order.")


def read_change(name: str, texts: Sequence[str]) -> Values:
    """The values of a change as a link or the command line has them.

    Raises:
        InputError: one is no number, or the number of this name cannot have them.
    """
    for text in texts:
        if not NUMBER.fullmatch(text):
            raise InputError(f"{shown(name)} has {shown(text)} where a number is wanted, for example 0.25.")
    values = tuple(map(float, texts))
    check_change(name, values)
    return values


def copied_values(worldview: str, name: str) -> Values:
    """What one of our worldviews has: low, central and high, or one weight."""
    return values_of(catalog().worldviews[worldview], name)


def values_of(view: Worldview, name: str) -> Values:
    """A number of a worldview: low, central and high, or one weight."""
    table, _, key = name.partition(".")
    if key:
        return (_table(view, table).values[key],)
    return _triple(view.parameters[name])


@lru_cache(maxsize=200)
def worldview_of(own: Edits) -> Worldview:
    """The worldview that a reader's changes make, under the name and in the colour of a reader's own."""
    view, identity = catalog().worldviews[own.copied], identities()[EDITED]
    weights = {f"{SALIENCE}.{key}": share for key, share in shares_of(own).items()}
    weights |= {name: values[0] for name, values in own.changes if not name.startswith(SALIENCE) and "." in name}
    tables = {table: _weighed(own.copied, table, _table(view, table), weights) for table in TABLES}
    parameters = {name: _moved(own.copied, parameter, own.values(name)) for name, parameter in view.parameters.items()}
    return Worldview(
        **identity.model_dump(exclude={"summary"}),
        summary=f"{view.title}, as a reader has changed it: {len(own.changes)} numbers.",
        parameters=parameters,
        **tables,
    )


def shares_of(own: Edits) -> dict[str, float]:
    """The weights of the mechanisms, scaled to the sum of 1 where what is set does not sum to it."""
    weights = {key: values[0] for key, values in _salience(own).items()}
    total = sum(weights.values())
    if abs(total - 1) <= ROUNDING:
        return weights
    exact = {key: PARTS * weight / total for key, weight in weights.items()}
    parts = {key: math.floor(part) for key, part in exact.items()}
    for key in sorted(exact, key=lambda key: parts[key] - exact[key])[: PARTS - sum(parts.values())]:
        parts[key] += 1  # those with the largest remainders, so that the sum is right
    return {key: part / PARTS for key, part in parts.items()}


def edits_of(worldview: Worldview) -> Edits:
    """A worldview as a copy of that of ours from which the fewest of its numbers differ."""
    numbers = {name: values_of(worldview, name) for name in editable()}
    return min((edits(ours, numbers) for ours in catalog().worldviews), key=lambda one: len(one.changes))


def worldview_toml(own: Edits) -> str:
    """A reader's worldview as a file of the shape of model/data/worldviews, which `load_worldview` reads."""
    return tomli_w.dumps(worldview_of(own).model_dump(mode="json", exclude_none=True))


def _salience(own: Edits) -> dict[str, Values]:
    changes = dict(own.changes)
    return {
        key: changes.get(f"{SALIENCE}.{key}", (value,))
        for key, value in catalog().worldviews[own.copied].salience.values.items()
    }


def _table(view: Worldview, table: str) -> Vector:
    vector: Vector = getattr(view, table)
    return vector


def _triple(one: Range) -> Values:
    return one.low, one.central, one.high


def _moved(copied: str, parameter: Parameter, values: Values) -> Parameter:
    before = _triple(parameter)
    if values == before:
        return parameter
    low, central, high = values
    return Parameter(low=low, central=central, high=high, **_grounds(copied, before))


def _weighed(copied: str, table: str, vector: Vector, weights: Mapping[str, float]) -> Vector:
    values = {key: weights.get(f"{table}.{key}", value) for key, value in vector.values.items()}
    return (
        vector if values == vector.values else Vector(values=values, **_grounds(copied, tuple(vector.values.values())))
    )


def _grounds(copied: str, before: Values) -> dict[str, Any]:
    told = ", ".join(f"{value:g}" for value in before)
    return {
        "basis": ("J",),
        "sources": ("modeller",),
        "note": f"Set by a reader; {catalog().worldviews[copied].title} has {told}.",
    }

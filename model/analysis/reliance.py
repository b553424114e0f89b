"""Which results rest on an assumption: it is changed, and what comes out otherwise in any of some runs rests on it.

Told apart are results whose middle moves by a point or more under some worldview, and those that move by less. What is
found is kept in `model/data/reliance.csv`, so that a reader need not wait for it: `python -m model reliance` finds it
anew, and a test says when that file is no longer true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import TypeVar

import numpy as np
import pandas as pd

from model.analysis.argument import VECTORS, groundings
from model.assumptions.catalog import DATA, Assumptions
from model.assumptions.outcomes import outcomes
from model.assumptions.schema import Parameter, Range, Scenario, SharedTable, Vector, Worldview
from model.engine.equations import Array
from model.engine.results import REVERSED, Result, run

FILE = DATA / "reliance.csv"
HEAD = """\
# How the outcomes of outcomes.toml, and the worlds in which the policy is reversed, rest on each number that is
# assumed: point (the middle moves by a point or more when the number is changed), less, not. level-... is where a
# domain stands at the start. Derived: what `python -m model reliance` prints; model/analysis/reliance.py says how the
# numbers are changed and in which runs. Not to be edited by hand.
"""
LEVEL = "level-"  # before the name of a domain: where alignment stands at the start
STEP = 0.1  # of what is admissible, by which a range is moved
HALF = 0.5  # of a fixed number, by which it is made smaller
POINTS = 5  # by which a level at the start is changed
MEMBERS = 200  # worlds of each worldview
FULL = {"nato": 60, "caatsa": 60, "g8": 60, "mil": 60, "ukraine": 100, "allies": 100, "clarity": 50, "precond": 40}
PROBES: tuple[tuple[str, Mapping[str, int]], ...] = (  # structure and levers; together they leave no number idle
    ("base", {**FULL, "pressure_russia": 50, "pressure_china": 130}),
    ("base", {**FULL, "ukraine": 60, "allies": 40}),
    ("ensemble", {**FULL, "pressure_russia": 50, "pressure_china": 130}),
    ("C5", FULL),
    ("base", {"ukraine": 100, "pressure_china": 50}),
    ("base", {"nato": 6, "caatsa": 6, "g8": 6, "mil": 6, "ukraine": 6}),
)
RESULTS = (*outcomes(), REVERSED)
V = TypeVar("V", bound=Vector)


class Rests(StrEnum):
    """How a result answers to a change of a number: its middle moves by a point or more, less does, or nothing."""

    POINT = "point"
    LESS = "less"
    NOT = "not"


@cache
def reliance() -> Mapping[str, Mapping[str, Rests]]:
    """How each result rests on each number, by the number's name: that of `groundings`, or `level-` and a domain."""
    table = pd.read_csv(FILE, comment="#", index_col="number")
    return {str(name): {str(outcome): Rests(how) for outcome, how in row.items()} for name, row in table.iterrows()}


def resting_on(outcome: str, how: Rests = Rests.POINT) -> tuple[str, ...]:
    """The names of the numbers on which an outcome rests by a point or more, or otherwise."""
    return tuple(name for name, found in reliance().items() if found[outcome] is how)


def names(known: Assumptions) -> tuple[str, ...]:
    """Every number, or row of numbers, that is assumed, by its name."""
    return *groundings(next(iter(known.worldviews)), known), *(f"{LEVEL}{domain}" for domain in known.levels)


def found_by_changing(name: str, known: Assumptions, before: tuple[Result, ...]) -> Mapping[str, Rests]:
    """How each result differs from `before`, the runs of the probes, if a number is changed.

    Raises:
        KeyError: there is no such number.
    """
    after = tuple(probed(_changed(name, known)))
    return {outcome: _rests(outcome, before, after) for outcome in RESULTS}


def _rests(outcome: str, before: tuple[Result, ...], after: tuple[Result, ...]) -> Rests:
    pairs = [(_worlds(was, outcome), _worlds(now, outcome)) for was, now in zip(before, after, strict=True)]
    if all(np.array_equal(was, now) for was, now in pairs):
        return Rests.NOT
    middle = np.mean if outcome == REVERSED else np.median
    moved = max(np.abs(middle(was, axis=-1) - middle(now, axis=-1)).max() for was, now in pairs)
    return Rests.POINT if moved >= 1 else Rests.LESS


def _worlds(result: Result, outcome: str) -> Array:
    """A result world by world, (W, N); 100 where a policy is reversed."""
    return 100.0 * result.run.states[-1].reversed if outcome == REVERSED else result.outcome(outcome)


def probed(known: Assumptions) -> Iterator[Result]:
    """The runs of the probes."""
    neutral = {key: lever.neutral for key, lever in known.levers.items()}
    for structure, levers in PROBES:
        scenario = Scenario(name="probe", title="Probe", levers={**neutral, **levers})
        yield run(scenario, members=MEMBERS, structure=structure, assumptions=known)


def found_anew(known: Assumptions) -> str:
    """What the file holds: a row a number, a column a result."""
    before = tuple(probed(known))
    found = {name: found_by_changing(name, known, before) for name in names(known)}
    table = pd.DataFrame.from_dict(found, orient="index")
    return HEAD + table.to_csv(index_label="number", lineterminator="\n")


def _changed(name: str, known: Assumptions) -> Assumptions:
    """All that is assumed, with one number, or row of numbers, otherwise under every worldview."""
    structure = known.structure
    if name.startswith(LEVEL):
        domain = name.removeprefix(LEVEL)
        record = known.levels[domain]
        values = {year: level - POINTS if level > 50 else level + POINTS for year, level in record.values.items()}
        return replace(known, levels={**known.levels, domain: record.model_copy(update={"values": values})})
    if name in known.parameters or name in VECTORS:
        views = {key: _changed_view(name, view, known) for key, view in known.worldviews.items()}
        return replace(known, worldviews=views)
    if name in type(structure.vectors).model_fields:
        vectors = structure.vectors.model_copy(update={name: _turned(getattr(structure.vectors, name))})
        return replace(known, structure=structure.model_copy(update={"vectors": vectors}))
    if name in type(structure.tables).model_fields:
        table: SharedTable = getattr(structure.tables, name)
        rows = {row: _rotated(values) for row, values in table.values.items()}
        tables = structure.tables.model_copy(update={name: table.model_copy(update={"values": rows})})
        return replace(known, structure=structure.model_copy(update={"tables": tables}))
    constant = known.constants[name]
    moved = constant.model_copy(update={"value": constant.value * HALF})
    return replace(known, constants={**known.constants, name: moved})


def _changed_view(name: str, view: Worldview, known: Assumptions) -> Worldview:
    if name in VECTORS:
        return view.model_copy(update={name: _turned(getattr(view, name))})
    moved = _moved(view.parameters[name], known.parameters[name].admissible)
    return view.model_copy(update={"parameters": {**view.parameters, name: moved}})


def _moved(parameter: Parameter, admissible: tuple[float, float]) -> Parameter:
    """A range as wide, a step further towards the farther end of what is admissible."""
    low, high = admissible
    step = STEP * (high - low) * (1 if high - parameter.high > parameter.low - low else -1)
    ends = {end: float(np.clip(getattr(parameter, end) + step, low, high)) for end in Range.model_fields}
    return parameter.model_copy(update=ends)


def _turned(vector: V) -> V:
    return vector.model_copy(update={"values": _rotated(vector.values)})


def _rotated(values: Mapping[str, float]) -> dict[str, float]:
    """Each weight in the place of the one before, so that their sum stays."""
    first, *others = values.values()
    return dict(zip(values, [*others, first], strict=True))

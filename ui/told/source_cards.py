"""What a source card says of whatever a reader sees: a number, a level at the start, a price, a lever, a claim. Pure.

A card has a name, by which links ask for it: that of `groundings` for a number, a claim's own, or a kind before the
name of a domain, an outcome or a lever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import pandas as pd

from model import catalog
from model.analysis.argument import groundings, title_of
from model.analysis.reliance import LEVEL, POINTS, RESULTS, Rests, reliance, resting_on
from model.assumptions.edits import identities
from model.assumptions.outcomes import outcomes
from model.assumptions.schema import SharedTable, SharedVector, Vector
from model.engine.results import REVERSED, Result, percentiles
from ui.told.assumptions import LEVER, OUTCOME, day, graded, plain, where_in_essay
from ui.told.edge import titled
from ui.told.finding import DROPS
from ui.told.weights import NAMED
from ui.told.words import minus

CHANGED = {  # how a number was changed to see what rests on it, by its kind
    "parameter": "its range is moved by a tenth of what is admissible",
    "constant": "it is halved",
    "level": f"it is moved by {POINTS} points",
    "row": "each of its values takes the place of the one before",
}
FOUND = (
    "Tried in six test packages under all four worldviews: ranges are moved by a tenth of what is admissible, fixed "
    f"numbers halved, levels moved by {POINTS} points, weights exchanged. By how much your own package’s result would "
    "move is not told."
)
NO_ONE_WEIGHT = (
    "There is no one number: what an offer weighs is worked out from these, from what Moscow needs, and from the dose; "
    "“The weight of each lever” on Explore shows it."
)


@cache
def known() -> Mapping[str, str]:
    """The title of every card, by its name."""
    here = catalog()
    numbers = groundings(next(iter(here.worldviews)), here)
    return {
        **{name: titled(name, record) for name, record in numbers.items()},
        **{key: constant.meaning.rstrip(".") for key, constant in here.constants.items()},
        **{f"{LEVEL}{key}": f"{here.structure.domains[key].name} at the start" for key in here.levels},
        **{f"{OUTCOME}{key}": result_title(key) for key in RESULTS},
        **{f"{LEVER}{key}": f"{here.levers[key].name}: its weights" for key in here.inducements},
        **{key: f"The essay’s claim {key}, in our words" for key in here.claims},
    }


def result_title(key: str) -> str:
    """What a result is called."""
    return DROPS if key == REVERSED else outcomes()[key].title


def meaning_of(result: str) -> tuple[str, str]:
    """What a result is, and its unit."""
    if result == REVERSED:
        return "Worlds in which the policy is reversed at home by the last year.", "of 100 assumed worlds"
    return outcomes()[result].meaning, outcomes()[result].unit


def values_at(result: str, run: Result) -> Mapping[str, str]:
    """What each worldview of a run gives a result in the last year: its middle, and low to high, in whole points."""
    views = identities()
    if result == REVERSED:
        return {
            views[view].short: f"{round(100 * share)}"
            for view, share in zip(run.worldviews, run.reversed_share, strict=True)
        }
    signs = "+" if outcomes()[result].compares else ""
    ends = percentiles(run.outcome(result))
    return {
        views[view].short: f"{_whole(ends['p50'][i], signs)} ({_whole(ends['p10'][i], signs)} to "
        f"{_whole(ends['p90'][i], signs)})"
        for i, view in enumerate(run.worldviews)
    }


def _whole(value: float, sign: str) -> str:
    whole = round(float(value))
    return minus(f"{whole:{sign}d}") if whole else "0"


@cache
def rests_in(section: str) -> Sequence[str]:
    """The cards of what a section of Explore shows or rests on first."""
    here = catalog()
    return {
        "weights": (
            *(f"{LEVER}{key}" for key in here.inducements),
            "salience",
            "symbolic_potency",
            "sanctions_curvature",
            "base_threshold",
            "dependence_threshold",
            "initial_credibility",
        ),
        "credit": tuple(f"{LEVER}{key}" for key in here.inducements),
        "dose": (
            "symbolic_potency",
            "sanctions_curvature",
            "slight_curvature",
            "base_threshold",
            "dependence_threshold",
            "threshold_softness",
        ),
        "domains": (*(f"{LEVEL}{key}" for key in here.levels), "domain_weight", "domain_response", "drift_profile"),
        "yearly": (
            "drift_rate",
            "pressure_share",
            "pull_strength",
            "latent_friction",
            "binding_share",
            "response_strength",
            "unbalanced_assurance",
            "broken_promise",
            "shock_size",
        ),
        "outcomes": tuple(f"{OUTCOME}{key}" for key in RESULTS if key == REVERSED or outcomes()[key].beside),
    }.get(section, ())


def results_of(name: str) -> dict[str, str]:
    """Which results rest on a number, by how much, in words; a name that is no number's has none."""
    found = reliance().get(name)
    if found is None:
        return {}
    of = {how: [result_title(key) for key, rests in found.items() if rests is how] for how in Rests}
    return {
        f"Moves by a point or more if {changed(name)}": "; ".join(of[Rests.POINT]) or "no result",
        "Moves by less": "; ".join(of[Rests.LESS]),
        "Does not move": "; ".join(of[Rests.NOT]),
    }


def changed(name: str) -> str:
    """How a number was changed to see what rests on it."""
    here = catalog()
    kinds = {"parameter": name in here.parameters, "constant": name in here.constants, "level": name.startswith(LEVEL)}
    return CHANGED[next((kind for kind, is_it in kinds.items() if is_it), "row")]


def reliance_table() -> pd.DataFrame:
    """One row a number: how each result answers to a change of it, and how it was changed."""
    titles = known()
    words = {Rests.POINT: "a point or more", Rests.LESS: "less than a point", Rests.NOT: "not"}
    return pd.DataFrame(
        [
            {"Number": titles[name], "Changed": changed(name)}
            | {result_title(key): words[how] for key, how in found.items()}
            | {"Name in code": name}
            for name, found in reliance().items()
        ]
    )


def leaning_on(outcome: str) -> tuple[Sequence[str], Sequence[str]]:
    """The numbers that move an outcome by a point or more, and those that move it by less."""
    return resting_on(outcome), resting_on(outcome, Rests.LESS)


class LeverWeights(NamedTuple):
    """What one number, or row of numbers, gives a lever: the weights by need or worldview, or one without a name."""

    ground: str
    basis: str
    values: Mapping[str, str]


def weights_of(lever: str) -> Iterator[LeverWeights]:
    """Every weight that is assumed of a lever, by the names of `groundings`."""
    views = catalog().worldviews
    for ground in NAMED["Levers"]:
        records = [groundings(view, catalog())[ground] for view in views]
        first, basis = records[0], graded(sorted({grade for record in records for grade in record.basis}))
        if isinstance(first, SharedTable):
            needs = {title_of(row, catalog()): shares[lever] for row, shares in first.values.items()}
            yield LeverWeights(ground, basis, {name: plain(share) for name, share in needs.items()})
        elif isinstance(first, SharedVector):
            yield LeverWeights(ground, basis, {"": plain(first.values[lever])})
        else:
            vectors: Mapping[str, Vector] = {view.short: getattr(view, ground) for view in views.values()}
            yield LeverWeights(ground, basis, {name: plain(one.values[lever]) for name, one in vectors.items()})


def claims_told(keys: Iterable[str]) -> Iterator[str]:
    """Claims of the essay in our words, each once, with name and place."""
    for key in dict.fromkeys(keys):
        claim = catalog().claims[key]
        yield f"{claim.words} ({key}, {where_in_essay(claim.place)})"


def reviewed(days: Iterable[date | None]) -> str:
    """When some records were last held against their sources: the earliest day of those that say it."""
    return day(min((one for one in days if one), default=None))

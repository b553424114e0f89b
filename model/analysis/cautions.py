"""Cautions: contradictions and idle levers of a package, named in words, each with its reason.

A caution says what sits badly together and why. It never says what to do, and it takes no side. The words are in
cautions.toml and speak of today's three powers; the rules are the functions of RULES, each named like its table. A rule
takes a package and gives the keys of the levers or worldviews that raise the caution, none when it is not raised. Where
the policy never begins, that alone is said, since no lever is then in force.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from model.assumptions.catalog import DATA, Assumptions, check_sources, given, parse_all, read_toml
from model.assumptions.scenario import moved
from model.assumptions.schema import Record, Scenario, Text
from model.errors import choose, require_keys

FILE = "model/data/cautions.toml"
NAMES = "{levers}"  # stands in a title for the names of the levers, or worldviews, that raise the caution

WORDED = 25  # the first worded stop: below it, terms and assurances say next to nothing (an offer counts from 1)
GUEST = 50  # the stop of the G8 lever beyond which Russia is on its way back to membership
BY_LAW = {"nato": 100, "caatsa": 75, "mil": 75}  # from here on a lever waits for a ratified treaty or a statute
G8_SUSPENDED = 2014
TELLING = 0.5  # share of what can be seen, and of what is concrete, from which an overture is a promise
HELD_BACK = 0.1  # share of an offer; what is delivered below it counts as almost nothing

Rule = Callable[["Package"], tuple[str, ...]]


@dataclass(frozen=True)
class Caution:
    """A contradiction or an idle lever of one scenario.

    key: the table in cautions.toml. title, reason: words for a reader. claims: ids of the essay's claims.
    levers: keys of the levers that raise it, a part of those that the table names; none where a worldview raises it.
    """

    key: str
    title: str
    reason: str
    claims: tuple[str, ...]
    levers: tuple[str, ...]


class Wording(Record):
    """What a caution says, and the levers that it can concern."""

    title: Text
    reason: Text
    claims: Annotated[tuple[Text, ...], Field(min_length=1)]
    levers: tuple[Text, ...] = ()


def cautions(
    scenario: Scenario, worldviews: tuple[str, ...] | None = None, assumptions: Assumptions | None = None
) -> tuple[Caution, ...]:
    """The cautions that a scenario raises, in the order of the file; none where all levers are neutral.

    `worldviews` are those that are looked at, by default all that the scenario can be run in. What the rules rest on is
    assumed; by default the project's own assumptions.
    """
    known = given(assumptions)
    if worldviews is None:
        worldviews = (scenario.analogue.worldview,) if scenario.analogue else tuple(known.worldviews)
    package = Package(scenario, known, worldviews)
    raised = {key: rule(package) for key, rule in RULES.items()}
    return tuple(_caution(key, wordings(known)[key], names, known) for key, names in raised.items() if names)


def _caution(key: str, wording: Wording, raised_by: tuple[str, ...], known: Assumptions) -> Caution:
    called = {key: lever.name for key, lever in known.levers.items()}
    called |= {key: view.short for key, view in known.worldviews.items()}
    title = wording.title.replace(NAMES, ", ".join(called[name] for name in raised_by))
    levers = tuple(name for name in raised_by if name in known.levers)
    return Caution(key, title, wording.reason, wording.claims, levers)


# ---- the words


@lru_cache(maxsize=4)
def wordings(known: Assumptions) -> Mapping[str, Wording]:
    """The words of the shipped file by key, read and checked once for a set of assumptions."""
    return load_wordings(known)


def load_wordings(known: Assumptions, path: Path = DATA / "cautions.toml") -> dict[str, Wording]:
    """Read the words and check them against the rules, the levers and the claims.

    Raises:
        InputError: the file is missing or malformed, a table has no rule or a rule no table, or a lever or claim is
            unknown.
    """
    found = parse_all(Wording, read_toml(path, FILE), FILE)
    require_keys(FILE, "the file", found, RULES)
    for key, wording in found.items():
        check_sources(f"{FILE}: [{key}]", (), wording.claims, known)
        for lever in wording.levers:
            choose(f"{FILE}: [{key}] names the unknown lever", lever, known.levers)
    return found


# ---- what the rules ask of a package


class Package(NamedTuple):
    """What a rule judges: a scenario, what is assumed about levers and their delivery, and the worldviews looked at."""

    scenario: Scenario
    known: Assumptions
    worldviews: tuple[str, ...]


def _never_begins(package: Package) -> bool:
    """Whether onset lies beyond the last year, the years of a run being 0 to horizon - 1."""
    return package.scenario.onset >= package.scenario.horizon


def _in_force(package: Package) -> dict[str, int]:
    """The settings that the run comes to use: all neutral when the policy never begins."""
    if _never_begins(package):
        return {key: lever.neutral for key, lever in package.known.levers.items()}
    return dict(package.scenario.levers)


def _offers(package: Package) -> tuple[str, ...]:
    """The keys of the inducements on the table."""
    levers = _in_force(package)
    return tuple(key for key in package.known.inducements if levers[key] > 0)


def _alone(package: Package, lever: str) -> tuple[str, ...]:
    """The lever, when it is moved and nothing is offered."""
    return (lever,) if _in_force(package)[lever] > 0 and not _offers(package) else ()


def _without(package: Package, offer: str, lever: str) -> tuple[str, ...]:
    """Both levers, when the first is on the table and the second is short of its first worded stop."""
    return (offer, lever) if offer in _offers(package) and _in_force(package)[lever] < WORDED else ()


def _central(package: Package, worldview: str, parameter: str) -> float:
    """The central value of a parameter, an analogue's own where it has one."""
    analogue = package.scenario.analogue
    if analogue and parameter in analogue.overrides:
        return analogue.overrides[parameter][1]
    return package.known.worldviews[worldview].parameters[parameter].central


# ---- the rules, in the order of the file


def never_begins(package: Package) -> tuple[str, ...]:
    """The policy starts at or after the end of the run: every lever that is moved."""
    return moved(package.scenario, package.known) if _never_begins(package) else ()


def never_in_full(package: Package) -> tuple[str, ...]:
    """The ramp of equation 1 is still below 1 in the last year: every offer."""
    return _offers(package) if package.scenario.onset + package.scenario.ramp > package.scenario.horizon else ()


def asks_without_offers(package: Package) -> tuple[str, ...]:
    """Clarity alone: idle for every outcome."""
    return _alone(package, "clarity")


def preconditions_alone(package: Package) -> tuple[str, ...]:
    """Preconditions with nothing to condition: idle for every outcome."""
    return _alone(package, "precond")


def assurances_alone(package: Package) -> tuple[str, ...]:
    """Assurances with no slight to soften: idle for every outcome but US effort and, through it, two-front pressure."""
    eased = _in_force(package)["pressure_russia"] < package.known.levers["pressure_russia"].neutral
    return () if eased else _alone(package, "allies")


def offers_held_back(package: Package) -> tuple[str, ...]:
    """Preconditions at which equation 1 delivers less than one tenth of each offer."""
    refused = 1 - package.known.constant.precondition_acceptance
    delivered = 1 - _in_force(package)["precond"] / 100 * refused
    offers = _offers(package)
    return (*offers, "precond") if offers and delivered < HELD_BACK else ()


def offers_unasked(package: Package) -> tuple[str, ...]:
    """Offers with less than a general wish in return (equations 4 and 5)."""
    offers = _offers(package)
    return (*offers, "clarity") if offers and _in_force(package)["clarity"] < WORDED else ()


def moscow_not_assured(package: Package) -> tuple[str, ...]:
    """The unbalanced assurance of equation 2: allies assured, Moscow not, and a relief from threat to lose by it."""
    levers, supply = _in_force(package), package.known.structure.tables.mechanism_supply.values["threat"]
    relieving = tuple(key for key in _offers(package) if supply[key] > 0)
    unbalanced = levers["allies"] >= WORDED > levers["clarity"]
    return (*relieving, "clarity", "allies") if relieving and unbalanced else ()


def nato_over_allies(package: Package) -> tuple[str, ...]:
    """Talks on NATO with less than Article 5 restated (equation 8)."""
    return _without(package, "nato", "allies")


def ukraine_over_allies(package: Package) -> tuple[str, ...]:
    """A Ukraine track with less than Article 5 restated (equation 8)."""
    return _without(package, "ukraine", "allies")


def g8_without_ukraine(package: Package) -> tuple[str, ...]:
    """More than a guest's seat, with no US part in talks on Ukraine, since the suspension over Crimea."""
    returning = _in_force(package)["g8"] > GUEST and package.scenario.start >= G8_SUSPENDED
    return _without(package, "g8", "ukraine") if returning else ()


def law_within_a_year(package: Package) -> tuple[str, ...]:
    """Positions that need a statute or a ratified treaty, in full from the first year."""
    levers = _in_force(package)
    return tuple(key for key, stop in BY_LAW.items() if levers[key] >= stop and package.scenario.ramp == 1)


def pressure_beside_offers(package: Package) -> tuple[str, ...]:
    """Offers to Moscow while the pressure on Russia is above neutral (equation 7)."""
    offers, lever = _offers(package), package.known.levers["pressure_russia"]
    squeezed = _in_force(package)["pressure_russia"] > lever.neutral
    return (*offers, "pressure_russia") if offers and squeezed else ()


def broken_promise(package: Package) -> tuple[str, ...]:
    """An overture that is seen, concrete, and likely to be dropped under a worldview that minds (equation 7).

    How likely it is to be dropped follows from the central yearly hazard of equation 9, before Moscow or the allies
    change it, over the years in which the policy is in force.
    """
    levers, vectors, scenario = _in_force(package), package.known.structure.vectors, package.scenario
    offers = _offers(package)
    seen = 1 - math.prod(1 - vectors.visibility.values[key] * levers[key] / 100 for key in offers)
    concrete = sum(vectors.concreteness.values[key] * levers[key] / 100 for key in offers)
    telling = round(min(seen, concrete), 9) >= TELLING  # sums of decimals that come to one half may fall short of it

    def dropped(worldview: str) -> bool:
        kept = (1 - _central(package, worldview, "reversal_hazard")) ** (scenario.horizon - scenario.onset)
        return _central(package, worldview, "broken_promise") > 0 and kept < 1 / 2

    return offers if telling and any(map(dropped, package.worldviews)) else ()


def worldview_out_of_its_time(package: Package) -> tuple[str, ...]:
    """A worldview that describes a later time than the start of the run."""
    views, start = package.known.worldviews, package.scenario.start
    if package.scenario.analogue or _never_begins(package) or not moved(package.scenario, package.known):
        return ()
    return tuple(key for key in package.worldviews if (views[key].describes_from or start) > start)


RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        never_begins,
        never_in_full,
        asks_without_offers,
        preconditions_alone,
        assurances_alone,
        offers_held_back,
        offers_unasked,
        moscow_not_assured,
        nato_over_allies,
        ukraine_over_allies,
        g8_without_ukraine,
        law_within_a_year,
        pressure_beside_offers,
        broken_promise,
        worldview_out_of_its_time,
    )
}

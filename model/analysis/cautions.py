"""Cautions: contradictions and idle levers of a package, named in words, each with its reason.

A caution says what sits badly together and why. It never says what to do, and it takes no side. The words are in
cautions.toml and speak of today's three powers; the rules are the functions of RULES, each named like its table. A rule
takes a scenario and gives the keys of the levers that raise the caution, none when it is not raised. Where the policy
never begins, that alone is said, since no lever is then in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from model.assumptions.catalog import DATA, catalog, check_sources, parse_all, read_toml
from model.assumptions.schema import Record, Scenario, Text
from model.errors import InputError, nearest, require_keys, shown

FILE = "model/data/cautions.toml"
NAMES = "{levers}"  # stands in a title for the names of the levers that raise the caution

WORDED = 25  # the first worded stop: below it, terms and assurances say next to nothing (an offer counts from 1)
GUEST = 50  # the stop of the G8 lever beyond which Russia is on its way back to membership
BY_LAW = {"nato": 100, "caatsa": 75, "mil": 75}  # from here on a lever waits for a ratified treaty or a statute
G8_SUSPENDED = 2014
HELD_BACK = 0.1  # share of an offer; what is delivered below it counts as almost nothing
PRESSURE_TODAY = 100  # percent of end-2021

Rule = Callable[[Scenario], tuple[str, ...]]


@dataclass(frozen=True)
class Caution:
    """A contradiction or an idle lever of one scenario.

    key: the table in cautions.toml. title, reason: words for a reader. claims: ids of the essay's claims.
    levers: keys of the levers that raise it, a part of those that the table names.
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
    levers: Annotated[tuple[Text, ...], Field(min_length=1)]


def cautions(scenario: Scenario) -> tuple[Caution, ...]:
    """The cautions that a scenario raises, in the order of the file; none for a scenario without levers."""
    raised = {key: rule(scenario) for key, rule in RULES.items()}
    return tuple(_caution(key, wordings()[key], levers) for key, levers in raised.items() if levers)


def _caution(key: str, wording: Wording, levers: tuple[str, ...]) -> Caution:
    names = ", ".join(catalog().levers[lever].name for lever in levers)
    return Caution(key, wording.title.replace(NAMES, names), wording.reason, wording.claims, levers)


# ---- the words


@cache
def wordings() -> Mapping[str, Wording]:
    """The words of the shipped file by key, read once a process."""
    return load_wordings()


def load_wordings(path: Path = DATA / "cautions.toml") -> dict[str, Wording]:
    """Read the words and check them against the rules, the levers and the claims.

    Raises:
        InputError: the file is missing or malformed, a table has no rule or a rule no table, or a lever or claim is
            unknown.
    """
    found = parse_all(Wording, read_toml(path, FILE), FILE)
    require_keys(FILE, "the file", found, RULES)
    known = catalog()
    for key, wording in found.items():
        check_sources(f"{FILE}: [{key}]", (), wording.claims, known)
        for lever in wording.levers:
            if lever not in known.levers:
                hint = nearest(lever, known.levers)
                raise InputError(f"{FILE}: [{key}] names the unknown lever {shown(lever)}; {hint}")
    return found


# ---- what the rules ask of a scenario


def _never_begins(scenario: Scenario) -> bool:
    """Whether onset lies beyond the last year, the years of a run being 0 to horizon - 1."""
    return scenario.onset >= scenario.horizon


def _in_force(scenario: Scenario) -> dict[str, int]:
    """The settings that the run comes to use, 0 to 100: all 0 when the policy never begins."""
    return dict.fromkeys(scenario.levers, 0) if _never_begins(scenario) else dict(scenario.levers)


def _offers(scenario: Scenario) -> tuple[str, ...]:
    """The keys of the inducements on the table."""
    levers = _in_force(scenario)
    return tuple(key for key in catalog().inducements if levers[key] > 0)


def _alone(scenario: Scenario, lever: str) -> tuple[str, ...]:
    """The lever, when it is moved and nothing is offered."""
    return (lever,) if _in_force(scenario)[lever] > 0 and not _offers(scenario) else ()


def _without(scenario: Scenario, offer: str, lever: str) -> tuple[str, ...]:
    """Both levers, when the first is on the table and the second is short of its first worded stop."""
    return (offer, lever) if offer in _offers(scenario) and _in_force(scenario)[lever] < WORDED else ()


# ---- the rules, in the order of the file


def never_begins(scenario: Scenario) -> tuple[str, ...]:
    """The policy starts at or after the end of the run: every lever that is moved."""
    return tuple(key for key, value in scenario.levers.items() if value > 0) if _never_begins(scenario) else ()


def never_in_full(scenario: Scenario) -> tuple[str, ...]:
    """The ramp of equation 1 is still below 1 in the last year: every offer."""
    return _offers(scenario) if scenario.onset + scenario.ramp > scenario.horizon else ()


def asks_without_offers(scenario: Scenario) -> tuple[str, ...]:
    """Clarity alone: idle for every outcome."""
    return _alone(scenario, "clarity")


def preconditions_alone(scenario: Scenario) -> tuple[str, ...]:
    """Preconditions with nothing to condition: idle for every outcome."""
    return _alone(scenario, "precond")


def assurances_alone(scenario: Scenario) -> tuple[str, ...]:
    """Assurances with no slight to soften: idle for every outcome but US effort and, through it, two-front pressure."""
    return _alone(scenario, "allies")


def offers_held_back(scenario: Scenario) -> tuple[str, ...]:
    """Preconditions at which equation 1 delivers less than one tenth of each offer."""
    refused = 1 - catalog().constant.precondition_acceptance
    delivered = 1 - _in_force(scenario)["precond"] / 100 * refused
    offers = _offers(scenario)
    return (*offers, "precond") if offers and delivered < HELD_BACK else ()


def offers_unasked(scenario: Scenario) -> tuple[str, ...]:
    """Offers with less than a general wish in return (equations 4 and 5)."""
    offers = _offers(scenario)
    return (*offers, "clarity") if offers and _in_force(scenario)["clarity"] < WORDED else ()


def moscow_not_assured(scenario: Scenario) -> tuple[str, ...]:
    """The unbalanced assurance of equation 2: allies assured, Moscow not, and a relief from threat to lose by it."""
    levers, supply = _in_force(scenario), catalog().structure.tables.mechanism_supply.values["threat"]
    relieving = tuple(key for key in _offers(scenario) if supply[key] > 0)
    unbalanced = levers["allies"] >= WORDED > levers["clarity"]
    return (*relieving, "clarity", "allies") if relieving and unbalanced else ()


def nato_over_allies(scenario: Scenario) -> tuple[str, ...]:
    """Talks on NATO with less than Article 5 restated (equation 8)."""
    return _without(scenario, "nato", "allies")


def ukraine_over_allies(scenario: Scenario) -> tuple[str, ...]:
    """A Ukraine track with less than Article 5 restated (equation 8)."""
    return _without(scenario, "ukraine", "allies")


def g8_without_ukraine(scenario: Scenario) -> tuple[str, ...]:
    """More than a guest's seat, with no US part in talks on Ukraine, since the suspension over Crimea."""
    returning = _in_force(scenario)["g8"] > GUEST and scenario.start >= G8_SUSPENDED
    return _without(scenario, "g8", "ukraine") if returning else ()


def law_within_a_year(scenario: Scenario) -> tuple[str, ...]:
    """Positions that need a statute or a ratified treaty, in full from the first year."""
    levers = _in_force(scenario)
    return tuple(key for key, stop in BY_LAW.items() if levers[key] >= stop and scenario.ramp == 1)


def pressure_beside_offers(scenario: Scenario) -> tuple[str, ...]:
    """Offers while pressure stands above that of end-2021 in any year (equation 7)."""
    pressure = scenario.pressure if isinstance(scenario.pressure, tuple) else (scenario.pressure,)
    return _offers(scenario) if max(pressure) > PRESSURE_TODAY else ()


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
    )
}

"""Scenarios: the presets, the historic analogues, and files of the user's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from model.assumptions.catalog import SCENARIOS, Assumptions, catalog, check_sources, parse, read_toml
from model.assumptions.renamed import in_todays_names
from model.assumptions.schema import Analogue, Scenario
from model.errors import InputError, choose, nearest, shown

WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
PRESET_ORDER = (
    "status-quo",
    "limited-dialogue",
    "opening-hand",
    "grand-bargain",
    "symbolism-only",
    "allies-first",
    "economic-reset",
    "preconditions-first",
    "giveaway",
    "squeeze-both",
    "ease-russia",
    "pivot-to-china",
)


@cache
def presets() -> Mapping[str, Scenario]:
    """The presets by name, in the order of the specification."""
    found = {path.stem: path for path in SCENARIOS.glob("*.toml")}
    names = [name for name in PRESET_ORDER if name in found]
    names += sorted(set(found) - set(names))
    return {name: read_scenario(found[name], f"scenarios/{name}.toml") for name in names}


@cache
def analogues() -> Mapping[str, Scenario]:
    """The historic analogues by name, oldest first."""
    found = [read_scenario(path, f"scenarios/history/{path.name}") for path in (SCENARIOS / "history").glob("*.toml")]
    return {scenario.name: scenario for scenario in sorted(found, key=lambda s: (s.start, s.name))}


def load_scenario(name: str | Path) -> Scenario:
    """A preset or historic analogue by name, or a scenario from a TOML file.

    Raises:
        InputError: no such name or file, or the file breaks a rule.
    """
    known = {**presets(), **analogues()}
    if str(name) in known:
        return known[str(name)]
    path = Path(name)
    if path.suffix != ".toml":
        raise InputError(
            f"There is no scenario named {shown(str(name))}, and a file's name ends in .toml; "
            f"{nearest(str(name), known)}"
        )
    return read_scenario(path, str(path))


def read_scenario(path: Path, shown_as: str) -> Scenario:
    """A scenario from a TOML file; levers that the file leaves out are neutral, old names of settings are read.

    Raises:
        InputError: with the file, the key, the value and the rule.
    """
    return make_scenario({"name": path.stem, **in_todays_names(read_toml(path, shown_as))}, shown_as)


def make_scenario(data: Mapping[str, Any], file: str = "scenario") -> Scenario:
    """A scenario from plain data, checked against the catalog.

    Raises:
        InputError: with the file, the key, the value and the rule.
    """
    known = catalog()
    given = data.get("levers", {})
    if isinstance(given, Mapping):
        for key in given:
            choose(f"{file}: there is no lever", str(key), known.levers)
        data = {**data, "levers": {key: given.get(key, lever.neutral) for key, lever in known.levers.items()}}
        for key, value in data["levers"].items():
            try:
                check_setting(key, value)
            except InputError as error:
                raise InputError(f"{file}: levers.{error}") from None
    for key in data:
        if key in known.levers:
            raise InputError(f"{file}: the lever {key} stands at the top, but levers belong under [levers].")
    scenario = parse(Scenario, data, file)
    check_sources(file, scenario.sources, scenario.claims, known)
    for key in known.context:
        if key == "start" and scenario.analogue is not None:
            continue  # an analogue starts in a year of its own
        try:
            check_setting(key, getattr(scenario, key))
        except InputError as error:
            raise InputError(f"{file}: {error}") from None
    if scenario.analogue is not None:
        _check_analogue(scenario.analogue, file, known)
    return scenario


def limits(key: str) -> tuple[int, int]:
    """The smallest and largest value of a lever or of a part of the context; start years have `allowed` only.

    Raises:
        InputError: there is no such setting.
    """
    return _limits()[choose("There is no setting", key, _limits())]


@cache
def _limits() -> Mapping[str, tuple[int, int]]:
    levers = {key: (lever.low, lever.high) for key, lever in catalog().levers.items()}
    return levers | {key: (part.low, part.high) for key, part in catalog().context.items() if key != "start"}


def allowed(key: str) -> str:
    """What a setting may be, in words.

    Raises:
        InputError: there is no such setting.
    """
    if key == "start":
        return "one of " + ", ".join(str(year) for year in catalog().start_years)
    low, high = limits(key)
    return f"a whole number, {low} to {high}"


@cache
def settings() -> tuple[str, ...]:
    """The keys of everything that can be set in a scenario: the levers, then the context."""
    return (*catalog().levers, *catalog().context)


def setting(scenario: Scenario, key: str) -> int:
    """The value of a lever or of a part of the context in a present-day scenario."""
    value: int = scenario.levers[key] if key in scenario.levers else getattr(scenario, key)
    return value


def moved(scenario: Scenario, known: Assumptions) -> tuple[str, ...]:
    """The keys of the levers that are off neutral, in the order of the catalog."""
    return tuple(key for key, lever in known.levers.items() if scenario.levers[key] != lever.neutral)


def check_setting(key: str, value: object) -> int:
    """The value of a lever or of the context, if it is allowed.

    Raises:
        InputError: with the key, the value and what is allowed.
    """
    years = catalog().start_years
    low, high = limits(key) if key != "start" else (min(years), max(years))
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and low <= value <= high
        and (key != "start" or value in years)
    ):
        return value
    raise InputError(f"{key} is {shown(value)}, but it must be {allowed(key)}.")


def set_values(scenario: Scenario, values: Mapping[str, int]) -> Scenario:
    """The scenario with some levers, or start, horizon, onset and ramp, set anew.

    Raises:
        InputError: an unknown key or a value out of range.
    """
    levers, context = dict(scenario.levers), dict[str, int]()
    for key, value in values.items():
        if key == "start" and scenario.analogue:
            raise InputError(f"The historic analogue {scenario.name} starts in {scenario.start}.")
        place = levers if key in levers else context
        place[key] = check_setting(key, value)
    # all the rest was checked when the scenario was made
    return scenario.model_copy(update={"levers": levers, **context})


def whole_number(key: str, text: str) -> int:
    """A whole number from text, ASCII digits only.

    Raises:
        InputError: the text is not a whole number.
    """
    if not WHOLE_NUMBER.fullmatch(text):
        raise InputError(f"{key} is {shown(text)}, but it must be a whole number.")
    return int(text)


def _check_analogue(analogue: Analogue, file: str, known: Assumptions) -> None:
    choose(f"{file}: there is no worldview", analogue.worldview, known.worldviews)
    if analogue.levels is not None and list(analogue.levels) != list(known.structure.domains):
        raise InputError(f"{file}: analogue.levels needs {', '.join(known.structure.domains)}, in this order.")
    if analogue.levels_of is not None:
        for domain, levels in known.levels.items():
            if str(analogue.levels_of) not in levels.values:
                raise InputError(
                    f"{file}: analogue.levels_of is {analogue.levels_of}, but {domain} has levels "
                    f"for {', '.join(levels.values)} only."
                )
    for name, (low, central, high) in analogue.overrides.items():
        least, most = known.parameters[choose(f"{file}: there is no parameter", name, known.parameters)].admissible
        if not least <= low <= central <= high <= most:
            raise InputError(
                f"{file}: analogue.overrides.{name} must rise from low to high within {least:g} to {most:g}."
            )

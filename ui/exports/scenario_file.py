"""A scenario as a TOML file in the format of `scenarios/`, and a file that a reader brings as a scenario."""

from __future__ import annotations

import re
import tomllib
from pathlib import PurePosixPath
from typing import Any

import tomli_w

from model import InputError
from model.assumptions.renamed import in_todays_names
from model.assumptions.scenario import make_scenario, set_values, setting
from model.assumptions.schema import Scenario
from ui.exports.stamp import Stamp, clean
from ui.links.asked import Asked, clean_title, fixed_settings, open_settings, starting_points
from ui.links.single import FIRST_PRESET

MOST_BYTES = 64_000
MOST_DOTS = 200  # in a line: the time that a dotted key takes to read grows with the square of its parts
LONGEST_NAME = 40
NO_STRUCTURE = "# A scenario file holds no structure: whoever opens it starts from the base and switches it again."
LONGEST_REFUSAL = 300  # characters: some lists of what is allowed are longer


def to_toml(scenario: Scenario, title: str, stamp: Stamp) -> str:
    """A scenario as a TOML file that `model.load_scenario` reads; the stamp stands in comments at the top.

    The file gives an equal scenario, but for the title and for the name, which is that of the file.
    """
    data = scenario.model_dump(mode="json", exclude_none=True, exclude={"name", "title"})
    data = {key: value for key, value in data.items() if value not in ("", [])}
    comments = [f"# {name}: {clean(text, 2000)}" for name, text in stamp.rows()]
    comments += [NO_STRUCTURE] if stamp.structure else []
    return "\n".join([*comments, "", tomli_w.dumps({"title": clean(title), **data})])


def from_bytes(data: bytes, name: str) -> Scenario:
    """A scenario from the bytes of a TOML file; nothing is executed and nothing else is read.

    Settings may bear the names that they had in earlier model versions.

    Args:
        data: the file.
        name: what the file was called; the scenario bears its stem in small letters.

    Raises:
        InputError: the file is too large, not UTF-8, not TOML, or breaks a rule; one sentence says which.
    """
    file = clean(PurePosixPath(name.replace("\\", "/")).name, LONGEST_NAME) or "the file"
    try:
        scenario = make_scenario({"name": _stem(file), **in_todays_names(_parsed(data, file))}, file)
    except RecursionError:
        raise InputError(f"{file} is nested too deeply for a scenario.") from None
    except InputError as error:
        raise InputError(clean(str(error), LONGEST_REFUSAL)) from None
    told = {"title": clean(scenario.title) or _stem(file), "description": clean(scenario.description, 2000)}
    return scenario.model_copy(update={"name": _stem(scenario.name), **told})


def as_asked(scenario: Scenario) -> Asked:
    """The scenario of a file as a link can say it: its settings and title, on the base that they are set on.

    Raises:
        InputError: it is a historic analogue of the reader's own, for whose years and numbers a link has no room.
    """
    bases = starting_points() if scenario.analogue else {FIRST_PRESET: starting_points()[FIRST_PRESET]}
    era = (scenario.analogue, *(getattr(scenario, key) for key in fixed_settings(scenario)))
    for base in bases.values():
        if era == (base.analogue, *(getattr(base, key) for key in fixed_settings(scenario))):
            values = {key: setting(scenario, key) for key in open_settings(scenario)}
            return Asked(set_values(base, values), title=clean_title(scenario.title))
    raise InputError(
        f"{scenario.name}.toml is a historic analogue with a start, a pressure or assumptions of its own, which a link "
        "cannot say; python -m model run can run it."
    )


def _parsed(data: bytes, file: str) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        InputError: the file is too large, not UTF-8 or not TOML.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"{file} has {len(data) // 1000} kB, but a scenario file has at most {MOST_BYTES // 1000} kB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{file} is not UTF-8 text.") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > MOST_DOTS:
            raise InputError(f"{file}: line {number} has more than {MOST_DOTS} dots, too many for a scenario file.")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, and so is a huge number
        told = "" if isinstance(error, RecursionError) else f": {_short(error)}"
        raise InputError(f"{file} is not valid TOML{told}.") from None


def _short(error: Exception) -> str:
    return clean(str(error), 160).rstrip(".")


def _stem(file: str) -> str:
    """The name of a scenario after the name of its file: small letters, digits and hyphens."""
    stem = re.sub(r"[^a-z0-9]+", "-", file.lower().removesuffix(".toml")).strip("-")
    return stem[:LONGEST_NAME].strip("-") or "scenario"

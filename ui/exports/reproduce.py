"""The Python and the command line that give the numbers of the page again, bit for bit. Pure."""

from __future__ import annotations

import platform

import numpy as np

from model import MODEL_VERSION
from model.assumptions.edits import Edits
from model.assumptions.scenario import setting
from model.assumptions.schema import Scenario
from ui.links.asked import Asked, open_settings, starting_points
from ui.told import cache

OWN_FILE = "your-worldview.toml"
BASE = "status-quo"  # what a scenario of the reader's own is set on; every setting is named, so the base adds nothing


def python(asked: Asked) -> str:
    """A complete Python program for the folder of Strategic Triangle; it prints all series of what is asked.

    Afterwards `result` holds the worlds behind the page, `credit` what each lever adds, `dropped` what would be
    lost without it and, if goals are set, `counts` in how many worlds they hold.
    """
    context, levers = _pairs(asked.scenario)
    run = f"members={cache.MEMBERS}, seed={asked.seed}"
    run += f', structure="{asked.structure}"' if asked.switched else ""
    run += ", assumptions=assumptions" if _own(asked) else ""
    lines = [
        *_head("Run it in the folder of Strategic Triangle, with the Python of its README."),
        f"from model import MODEL_VERSION, {'catalog, ' if _own(asked) else ''}load_scenario, run",
        "from model.analysis.credit import credits_of",
        "from model.analysis.dropped import dropped_of",
        *(["from model.analysis.goals import holds, parse_goal"] if asked.goals else []),
        *(["from model.assumptions.edits import edits, worldview_of"] if _own(asked) else []),
        "from model.assumptions.scenario import set_values",
        "",
        f"if MODEL_VERSION != {MODEL_VERSION}:",
        f'    raise SystemExit(f"This is for model version {MODEL_VERSION}, not {{MODEL_VERSION}}.")',
        "settings = {",
        *(f'    "{key}": {value},' for key, value in {**levers, **context}.items()),
        "}",
        f'scenario = set_values(load_scenario("{_base(asked.scenario)}"), settings)',
        *_assumptions(asked),
        f"result = run(scenario, {run})",
        f"credit = credits_of(scenario, {run})",
        "dropped = dropped_of(result)",
        *_goals(asked),
        "print(result.to_frame().to_csv(index=False))",
    ]
    return "\n".join(lines) + "\n"


def command(asked: Asked) -> str:
    """The command line for the folder of Strategic Triangle; it prints the result of what is asked as JSON."""
    context, levers = _pairs(asked.scenario)
    own, beside = _own(asked), []
    if own:
        changes = " ".join(f"--edit {name}={','.join(map(str, values))}" for name, values in own.changes)
        beside = [f"python -m model worldview {own.copied} {changes}".rstrip() + f" > {OWN_FILE}"]
    parts = [
        f"python -m model run {_base(asked.scenario)}",
        *(f"--set {key}={value}" for key, value in levers.items()),
        *(f"--{key} {value}" for key, value in context.items()),
        f"--members {cache.MEMBERS} --seed {asked.seed}",
        *([f"--structure {asked.structure}"] if asked.switched else []),
        *([f"--worldview-file {OWN_FILE}"] if own else []),
        "--json",
    ]
    head = _head("Run it in the folder of Strategic Triangle, in its virtual environment.")
    return "\n".join([*head, *beside, " ".join(parts)]) + "\n"


def _head(where: str) -> list[str]:
    """Comments: what this is, where to run it, and what it was made with, since last digits can hang on that."""
    made = f"Python {platform.python_version()}, NumPy {np.__version__}"
    return [
        f"# Strategic Triangle, model version {MODEL_VERSION}. Assumptions worked out, not a forecast.",
        f"# {where}",
        f"# The page ran {made}; with other versions of these the last digits can differ.",
    ]


def _pairs(scenario: Scenario) -> tuple[dict[str, int], dict[str, int]]:
    """The context, as far as it can be changed, and the levers by key."""
    values = {key: setting(scenario, key) for key in open_settings(scenario)}
    return (
        {key: value for key, value in values.items() if key not in scenario.levers},
        {key: value for key, value in values.items() if key in scenario.levers},
    )


def _own(asked: Asked) -> Edits | None:
    """The reader's own worldview, where it is run."""
    return None if asked.scenario.analogue else asked.own


def _assumptions(asked: Asked) -> list[str]:
    own = _own(asked)
    if not own:
        return []
    changes = ", ".join(f'"{name}": {values}' for name, values in own.changes)
    return [f'assumptions = catalog().beside(worldview_of(edits("{own.copied}", {{{changes}}})))']


def _base(scenario: Scenario) -> str:
    return scenario.name if scenario.name in starting_points() else BASE


def _goals(asked: Asked) -> list[str]:
    if not asked.goals:
        return []
    named = ", ".join(f'"{goal}"' for goal in asked.goals)
    return [f"counts = holds(result, [parse_goal(text) for text in [{named}]])"]

"""The command line: `python -m model list`, `run SCENARIO`, `worldview NAME`, `hindcast` and `reliance`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import pandas as pd

from model.analysis import hindcast_summary
from model.analysis.hindcast import hindcast
from model.analysis.reliance import found_anew
from model.assumptions.catalog import EDITED, MODEL_VERSION, catalog
from model.assumptions.edits import edits, read_change, worldview_toml
from model.assumptions.scenario import (
    allowed,
    analogues,
    load_scenario,
    moved,
    presets,
    set_values,
    whole_number,
)
from model.assumptions.worldview import load_worldview, worldview_file
from model.engine.results import Result, run
from model.errors import InputError, printable, shown
from model.history.observed import history

CAVEAT = "Assumptions worked out, not a forecast."


class Parser(argparse.ArgumentParser):
    """Refuses in one sentence, exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Print the refusal without argparse's own prefix and usage."""
        message = printable(message.removeprefix("argument ").rstrip("."))
        self.exit(2, f"{message}; see python -m model --help.\n")


def number(key: str) -> Callable[[str], int]:
    """An argparse type: a whole number, refused in a sentence that names its key."""

    def parse(text: str) -> int:
        try:
            return whole_number(key, text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return parse


def parser() -> Parser:
    """The commands and their options."""
    top = Parser(prog="python -m model", description=f"Strategic Triangle. {CAVEAT}")
    commands = top.add_subparsers(dest="command", required=True, parser_class=Parser)

    listing = commands.add_parser("list", help="presets, historic analogues, worldviews and levers")
    listing.add_argument("--json", action="store_true", help="print one JSON object")

    running = commands.add_parser("run", help="run a scenario against its no-lever run")
    running.add_argument("scenario", help="a preset, a historic analogue, or a TOML file")
    running.add_argument("--worldview", default="all", help=f"one worldview, {EDITED}, or all")
    running.add_argument(
        "--worldview-file", metavar="FILE", help=f"a TOML file; it stands beside the others as {EDITED}"
    )
    for key in catalog().context:
        running.add_argument(f"--{key}", type=number(key), help=allowed(key))
    running.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="set a lever, in percent")
    running.add_argument("--members", type=number("members"), default=1000, help="worlds")
    running.add_argument("--seed", type=number("seed"), default=7, help="same seed, same worlds")
    running.add_argument("--structure", default="base", help="base, ensemble, or C1,C4,...")
    form = running.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--csv", action="store_true", help="print tidy rows")

    copying = commands.add_parser("worldview", help="print a worldview's file, to copy and change for --worldview-file")
    copying.add_argument("name", help="a worldview")
    copying.add_argument(
        "--edit", action="append", default=[], metavar="NAME=VALUES", help="change a number: binding_share=0.2,0.3,0.5"
    )

    commands.add_parser("reliance", help="which results rest on each number, as CSV (some seconds)")
    looking_back = commands.add_parser("hindcast", help="forecasts from past years against what was observed")
    form = looking_back.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print the errors under the default coding as one JSON object"
    )
    form.add_argument("--csv", action="store_true", help="print every forecast under every coding as tidy rows")
    return top


def pairs_to_numbers(pairs: Sequence[str]) -> dict[str, int]:
    """KEY=VALUE pairs as numbers.

    Raises:
        InputError: a pair has no =, a value is not a whole number, a key is given twice.
    """
    values: dict[str, int] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals:
            raise InputError(f"--set takes KEY=VALUE, for example nato=50, not {shown(pair)}.")
        if key in values:
            raise InputError(f"{key} is set twice.")
        values[key] = whole_number(key, text)
    return values


def run_command(options: argparse.Namespace) -> str:
    """What `run` prints."""
    chosen = pairs_to_numbers(options.set)
    for key in catalog().context:
        value = getattr(options, key)
        if value is not None:
            if key in chosen:
                raise InputError(f"{key} is set twice.")
            chosen[key] = value
    scenario = load_scenario(options.scenario)
    result = run(
        set_values(scenario, chosen) if chosen else scenario,
        options.worldview,
        members=options.members,
        seed=options.seed,
        structure=options.structure,
        worldview=load_worldview(options.worldview_file) if options.worldview_file is not None else None,
    )
    if options.json:
        return json.dumps(result.to_dict(), indent=2)
    if options.csv:
        return as_csv(result.to_frame())
    return summary(result)


def as_csv(table: pd.DataFrame) -> str:
    """A table as lines of CSV."""
    return table.to_csv(index=False, lineterminator="\n").rstrip("\n")


def summary(result: Result) -> str:
    """The result as a short table in whole points."""
    scenario, last = result.scenario, result.years[-1]
    levers = ", ".join(f"{key} {scenario.levers[key]}" for key in moved(scenario, result.assumptions))
    era = scenario.analogue.pressure if scenario.analogue else 100
    pressure = f"{era[0]} to {era[1]}" if isinstance(era, tuple) else era
    lines = [
        f"{scenario.title} ({scenario.name}), {scenario.start} to {last}",
        f"levers: {levers or 'all neutral'}; pressure without levers {pressure}; onset {scenario.onset}",
        f"{result.members} worlds of each worldview, seed {result.seed}, "
        f"structure {result.structure}, model version {MODEL_VERSION}",
        *([f"{EDITED}: {result.assumptions.worldviews[EDITED].title}"] if EDITED in result.worldviews else []),
        "",
        f"{'worldview':<12}{'shift, points':>22}{'no-lever level':>22}{'reversed at home':>24}",
    ]
    for i, (name, values) in enumerate(result.to_dict()["worldviews"].items()):
        reversed_ = round(100 * float(result.reversed_share[i]))
        lines.append(
            f"{name:<12}{points(values['shift'], sign='+'):>22}{points(values['baseline']):>22}"
            f"{f'{reversed_} of 100 worlds':>24}"
        )
    return "\n".join([*lines, "", f"Middle value (10th to 90th percentile of the assumed worlds). {CAVEAT}"])


def points(values: dict[str, float], sign: str = "") -> str:
    """Percentiles in whole points: middle (low to high)."""
    low, middle, high = (f"{round(values[p]) + 0:{sign}d}" for p in ("p10", "p50", "p90"))
    return f"{middle} ({low} to {high})".replace("+0", "0")


def hindcast_command(options: argparse.Namespace) -> str:
    """What `hindcast` prints."""
    found = hindcast()
    if options.json:
        return json.dumps({"rmse": found.rmse()}, indent=2)
    if options.csv:
        return as_csv(found.forecasts)
    return f"{hindcast_summary.summary(found, history())}\n\n{CAVEAT}"


def worldview_command(options: argparse.Namespace) -> str:
    """What `worldview` prints."""
    if not options.edit:
        return worldview_file(options.name).rstrip("\n")
    changes: dict[str, tuple[float, ...]] = {}
    for pair in options.edit:
        name, _, texts = pair.partition("=")
        if name in changes:
            raise InputError(f"{name} is changed twice.")
        changes[name] = read_change(name, texts.split(","))
    return worldview_toml(edits(options.name, changes)).rstrip("\n")


def list_command(options: argparse.Namespace) -> str:
    """What `list` prints."""
    known = catalog()
    titles: dict[str, dict[str, str]] = {
        "presets": {name: scenario.title for name, scenario in presets().items()},
        "analogues": {name: scenario.title for name, scenario in analogues().items()},
        "worldviews": {name: worldview.title for name, worldview in known.worldviews.items()},
        "levers": {key: lever.name for key, lever in known.levers.items()},
    }
    if options.json:
        everything: dict[str, Any] = {"model_version": MODEL_VERSION, **titles}
        return json.dumps(everything, indent=2)
    width = max(len(name) for group in titles.values() for name in group)
    return "\n\n".join(
        "\n".join([group, *(f"  {name:<{width}}  {title}" for name, title in members.items())])
        for group, members in titles.items()
    )


def reliance_command(_: argparse.Namespace) -> str:
    """What `reliance` prints."""
    return found_anew(catalog()).rstrip("\n")


COMMANDS = {
    "list": list_command,
    "run": run_command,
    "worldview": worldview_command,
    "hindcast": hindcast_command,
    "reliance": reliance_command,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 2 on bad input."""
    options = parser().parse_args(arguments)
    try:
        print(COMMANDS[options.command](options), flush=True)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())

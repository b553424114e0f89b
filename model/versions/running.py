"""Running an earlier engine: in a process and a folder of its own, through its own command line."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from model.assumptions.catalog import catalog
from model.assumptions.renamed import name_among, old_names
from model.errors import InputError, choose, printable, shown
from model.versions.engine import ROOT, Files
from model.versions.numbers import table
from model.versions.sets import engine_files

SECONDS = 60.0  # an engine that has not answered by then is stopped
MOST_ANSWER = 50_000_000  # bytes that an engine may print

# Run inside an engine's process: each list of arguments goes to that engine's own command line.
DRIVER = """
import contextlib, io, json, pathlib, sys
root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root))
from model import __main__ as command
if root not in pathlib.Path(command.__file__).parents:
    sys.exit("Another model came first.")
answers = []
for arguments in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = command.main(arguments)
        except SystemExit as stop:
            code = stop.code
    answers.append([code, out.getvalue(), err.getvalue()])
json.dump(answers, sys.stdout)
"""

_engines = BoundedSemaphore(2)  # processes of earlier engines that one server runs at a time


class Ask(NamedTuple):
    """What an earlier engine is asked for: a preset, by today's or its own name, and the settings that differ from it.

    Settings are levers in percent, and the context: start, horizon, onset and ramp.
    """

    settings: Mapping[str, int]
    preset: str = "status-quo"


def run_then(
    name: str,
    settings: Mapping[str, int],
    *,
    preset: str = "status-quo",
    worldview: str = "all",
    members: int = 1000,
    seed: int = 7,
    structure: str = "base",
    root: Path = ROOT,
) -> dict[str, Any]:
    """The result of settings under an earlier assumption set, as its own engine prints it with --json.

    Args:
        name: the set, 8 hex digits.
        settings: levers in percent, and start, horizon, onset, ramp; by today's or the engine's names.
        preset: what settings that are not given are taken from, with the values the preset had then.
        worldview: all, or one that the engine knows.
        members: worlds of each worldview.
        seed: same seed, same worlds.
        structure: base, ensemble or switched choices such as C1,C4.
        root: the folder that holds model/ with versions.toml and archive/.

    Raises:
        InputError: the set is unknown or today's, its archive is missing or damaged, or its engine refuses or fails.
    """
    asks = (Ask(settings, preset),)
    return run_all_then(name, asks, worldview=worldview, members=members, seed=seed, structure=structure, root=root)[0]


def run_all_then(
    name: str,
    asks: Sequence[Ask],
    *,
    worldview: str = "all",
    members: int = 1000,
    seed: int = 7,
    structure: str = "base",
    root: Path = ROOT,
) -> list[dict[str, Any]]:
    """The results of several asks under an earlier assumption set, in one process; otherwise as `run_then`.

    Raises:
        InputError: as `run_then`.
    """
    files = engine_files(name, root)
    options = [
        f"--worldview={_known('worldview', worldview, ['all', *_stems(files, 'model/data/worldviews')])}",
        f"--members={int(members)}",
        f"--seed={int(seed)}",
        f"--structure={structure}",
        "--json",
    ]
    requests = tuple(("run", *scenario_arguments(ask, files), *options) for ask in asks)
    return [json.loads(answer) for answer in _answers(name, requests, root)]


def scenario_arguments(ask: Ask, files: Files) -> list[str]:
    """A scenario as arguments of an engine's command line, in the names that the engine knows."""
    levers, context = (list(table(files, f"model/data/{name}.toml")) for name in ("levers", "context"))
    historic = _stems(files, "scenarios/history")
    presets = [*_stems(files, "scenarios"), *historic]
    preset = _known("preset", name_among("preset", ask.preset, presets), presets)
    values: dict[str, int] = {}
    for key, value in ask.settings.items():
        if not isinstance(value, int) or isinstance(value, bool):
            raise InputError(f"{key} is {shown(value)}, but it must be a whole number.")
        then, today = name_among("setting", key, [*levers, *context]), catalog().levers.get(key)
        if then not in levers and then not in context and value == (today.neutral if today else 0):
            continue  # a lever that came later was not pulled
        if today and then in context and preset in historic:  # then the era's own, today a lever in per cent of it
            if value == today.neutral:
                continue
            raise InputError(f"The earlier model cannot move {key} in a historic analogue, as is done here.")
        _known("setting", then, [*levers, *context])
        todays = () if then == key else old_names()["setting"][then].now
        if any(ask.settings.get(name) != value for name in todays):
            raise InputError(
                f"The earlier model has one setting {then} where today's has {' and '.join(todays)}, so both must be "
                "given and alike."
            )
        values[then] = value
    return [preset, *(f"--set={key}={value}" for key, value in values.items())]


def _stems(files: Files, folder: str) -> list[str]:
    """The names of the TOML files that lie directly in a folder."""
    return [path.stem for path in map(PurePosixPath, files) if path.parent.as_posix() == folder]


def _known(kind: str, name: str, known: Collection[str]) -> str:
    return choose(f"The earlier model has no {kind}", name, known)


@lru_cache(maxsize=256)
def _answers(name: str, requests: tuple[tuple[str, ...], ...], root: Path) -> tuple[str, ...]:
    return answers(engine_files(name, root), requests)


def answers(files: Files, requests: Sequence[Sequence[str]], seconds: float = SECONDS) -> tuple[str, ...]:
    """What an engine's command line prints for each list of arguments, in a process and a folder of its own.

    Raises:
        InputError: the engine refuses a request, fails, prints too much or takes longer than `seconds`.
    """
    with _engines, tempfile.TemporaryDirectory(prefix="engine-") as folder:
        here = Path(folder).resolve()
        for name, content in files.items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_bytes(content)
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-B", "-c", DRIVER, str(here)],
                input=json.dumps(requests).encode(),
                capture_output=True,
                cwd=here,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise InputError(f"The earlier model did not answer within {seconds:g} seconds.") from None
    if done.returncode != 0 or len(done.stdout) > MOST_ANSWER:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2] or "no reason given"
        raise InputError(f"The earlier model could not be run: {printable(last[:200])}.")
    found = json.loads(done.stdout)
    for code, _, complaint in found:
        if code != 0:
            raise InputError(f"The earlier model refuses: {complaint.strip() or 'it gave no reason.'}")
    return tuple(printed for _, printed, _ in found)

"""Assumption sets: what the numbers of a link rest on, and the engines that still give the numbers of earlier sets.

An assumption set is everything that a result depends on beside the settings, the members and the seed: the numbers of
the data files, and the equations' MODEL_VERSION. Its name is 8 hex digits of a digest over those numbers; words,
sources and notes are not among them. versions.toml lists the sets, oldest first; the last is today's. Of each earlier
one archive/<name>.zip keeps the whole engine: this package and the scenarios, as they were.

    python -m model.versions                                 lists the sets
    python -m model.versions archive "What changed."         after a number was changed: keeps the engine before it
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from threading import BoundedSemaphore
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from model.catalog import DATA, parse, read_toml
from model.errors import InputError, nearest, printable, shown
from model.renamed import name_among, old_names
from model.scenario import CONTEXT
from model.schema import Record

ROOT = DATA.parent  # the folder that holds model/ and scenarios/
SECONDS = 60.0  # an engine that has not answered by then is stopped
MOST_FILES, MOST_BYTES = 500, 10_000_000  # of an engine, unpacked
MOST_ANSWER = 50_000_000  # bytes that an engine may print
MOST_COMMITS = 200  # how far back the command looks for the engine of the last set
PART = re.compile(r"(model/([\w-]+/)*[\w-]+\.(py|toml))|(scenarios/([\w-]+/)*[\w-]+\.toml)", re.ASCII)
VERSION_LINE = re.compile(rb"^MODEL_VERSION = (\d+)\r?$", re.MULTILINE)
FIXED_DATE = (1980, 1, 1, 0, 0, 0)

Files = Mapping[str, bytes]  # an engine: path from the folder that holds model/ and scenarios/ -> content
Where = tuple[str, ...]  # the keys that lead to a number
Value = float | bool | str | tuple[float | str, ...]
Numbers = Mapping[Where, Value]

NUMBERED = ("levers", "parameters", "constants", "structure", "levels")  # files, beside the worldviews
ASIDE = {"equation", "error", "positions"}  # keys with numbers on which no result depends
CHOSEN = {"group", "implies"}  # keys with words on which results depend
ORDERED = (("levers",), ("structure", "mechanisms"), ("structure", "domains"))  # the draws follow their order
RANGE = ("low", "central", "high")
ENTRIES = {"worldviews": "worldview", "parameters": "assumption", "levers": "lever"}

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


class AssumptionSet(Record):
    """One set of versions.toml: its name (8 hex digits), the equations it went with, since when, and what changed."""

    name: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
    model_version: Annotated[int, Field(ge=1)]
    date: datetime.date
    change: Annotated[str, Field(pattern=r"^[A-Z0-9].*\.$", max_length=300)]


class AssumptionSets(Record):
    """The sets of versions.toml, oldest first."""

    sets: Annotated[tuple[AssumptionSet, ...], Field(min_length=1)]


class Ask(NamedTuple):
    """What an earlier engine is asked for: a preset, by today's or its own name, and the settings that differ from it.

    Settings are levers in percent, and start, horizon, onset, ramp and pressure.
    """

    settings: Mapping[str, int]
    preset: str = "status-quo"


@dataclass(frozen=True)
class Change:
    """One assumption that differs between two sets.

    path: where it stands in the data files. then, now: its value (a number; low, central and high of a range), None
    where it does not exist; both None for a whole worldview, parameter or lever that came or went. sentence: the same
    for a reader.
    """

    path: Where
    then: Value | None
    now: Value | None
    sentence: str


# ---- the sets


@cache
def versions(root: Path = ROOT) -> tuple[AssumptionSet, ...]:
    """The assumption sets, oldest first; the last is today's.

    Raises:
        InputError: versions.toml is missing or malformed.
    """
    file = root / "model" / "versions.toml"
    return parse(AssumptionSets, read_toml(file, "model/versions.toml"), "model/versions.toml").sets


@cache
def assumption_set(root: Path = ROOT) -> str:
    """The name of today's assumption set, 8 hex digits, worked out from the data files.

    Raises:
        InputError: a data file is missing or malformed.
    """
    return set_of(folder_files(root))


def archive_file(name: str, root: Path = ROOT) -> Path:
    """Where the engine of an earlier set is kept."""
    return root / "model" / "archive" / f"{name}.zip"


def engine_files(name: str, root: Path = ROOT) -> Files:
    """The files of an earlier set's engine.

    Raises:
        InputError: the set is unknown or today's, or its archive is missing or damaged.
    """
    known = [version.name for version in versions(root)]
    if name not in known:
        raise InputError(f"There is no assumption set {shown(name)}; {nearest(name, known)}")
    if not archive_file(name, root).is_file():
        if name == known[-1]:
            raise InputError(f"The assumption set {name} is today's, so it has no engine of its own.")
        raise InputError(f"The engine of the assumption set {name} is missing from model/archive.")
    return zip_files(archive_file(name, root).read_bytes(), f"model/archive/{name}.zip")


# ---- engines as files


def folder_files(root: Path) -> Files:
    """The engine in a folder that holds model/ and scenarios/: Python and data files, sorted by path."""
    paths = [path for part in ("model", "scenarios") for path in (root / part).rglob("*.*")]
    named = {path.relative_to(root).as_posix(): path for path in paths if path.is_file()}
    return {name: named[name].read_bytes() for name in sorted(named) if PART.fullmatch(name)}


def zip_files(content: bytes, shown_as: str, strict: bool = True) -> Files:
    """The engine in a zip file, sorted by path; unless `strict`, files that are no part of an engine are left out.

    Raises:
        InputError: the zip is damaged or too large, or (strict) holds something that is no part of an engine.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            parts = [part for part in zipped.infolist() if strict or PART.fullmatch(part.filename)]
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_BYTES:
                raise InputError(f"{shown_as} is larger than an engine may be.")
            for part in parts:
                if not PART.fullmatch(part.filename):
                    raise InputError(f"{shown_as} holds {shown(part.filename)}, which is no part of an engine.")
            return {part.filename: zipped.read(part) for part in sorted(parts, key=lambda part: part.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{shown_as} is damaged: {error}.") from None


def zip_of(files: Files) -> bytes:
    """A zip file of an engine; the same files give the same bytes, whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name in sorted(files):
            part = zipfile.ZipInfo(name, FIXED_DATE)
            part.create_system, part.external_attr = 3, 0o644 << 16
            zipped.writestr(part, files[name], zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


# ---- the numbers of a set


def numbers_of(files: Files) -> Numbers:
    """Every number, and every word that works like one, on which the results of an engine depend: path -> value.

    Raises:
        InputError: a data file is missing or malformed.
    """
    tables = _tables(files)
    found: dict[Where, Value] = {("model_version",): _model_version(files)}
    for place in ORDERED:
        table = tables
        for key in place:
            table = table.get(key, {})
        found["order", place[-1]] = tuple(table)
    return found | dict(_leaves(tables, ()))


def set_of(files: Files) -> str:
    """The name of an engine's assumption set: 8 hex digits of a SHA-256 over its numbers.

    Raises:
        InputError: a data file is missing or malformed.
    """
    numbers = numbers_of(files)
    canonical = json.dumps([[path, numbers[path]] for path in sorted(numbers)], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


def _leaves(value: object, path: Where) -> Iterator[tuple[Where, Value]]:
    """The numbers inside a table, each with its path; a range is one value."""
    if isinstance(value, dict):
        if set(RANGE) <= set(value):
            yield path, tuple(float(value[end]) for end in RANGE)
            return
        for key, inner in value.items():
            if key not in ASIDE:
                yield from _leaves(inner, path if key in ("value", "values") else (*path, key))
    elif isinstance(value, bool):
        yield path, value
    elif isinstance(value, int | float):
        yield path, float(value)
    elif isinstance(value, list) and value and all(isinstance(part, int | float) for part in value):
        yield path, tuple(float(part) for part in value)
    elif path[-1] in CHOSEN and isinstance(value, str | list):
        yield path, value if isinstance(value, str) else tuple(value)


def _tables(files: Files) -> dict[str, Any]:
    """The data files that hold numbers, by name, and all worldviews."""
    views = [name for name in sorted(files) if name.startswith("model/worldviews/")]
    return {name: _table(files, f"model/{name}.toml") for name in NUMBERED} | {
        "worldviews": {PurePosixPath(name).stem: _table(files, name) for name in views}
    }


def _table(files: Files, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files[name].decode())
    except KeyError:
        raise InputError(f"{name} does not exist.") from None
    except ValueError as error:
        raise InputError(f"{name} is not valid TOML: {error}.") from None


def _model_version(files: Files) -> int:
    found = VERSION_LINE.search(files.get("model/catalog.py", b""))
    if found is None:
        raise InputError("model/catalog.py does not say MODEL_VERSION = and a whole number.")
    return int(found[1])


# ---- what changed


@lru_cache(maxsize=64)
def changes_since(name: str, root: Path = ROOT) -> tuple[Change, ...]:
    """What differs between an earlier set and today's, in the order of the data files; none for today's own.

    Raises:
        InputError: the set is unknown, or its archive is missing or damaged.
    """
    if name == assumption_set(root):
        return ()
    return changes_between(engine_files(name, root), folder_files(root))


def changes_between(then: Files, now: Files) -> tuple[Change, ...]:
    """What differs between the numbers of two engines. A renamed lever is no difference, since the draws are the same.

    Raises:
        InputError: a data file is missing or malformed.
    """
    old, new = _in_todays_names(numbers_of(then)), numbers_of(now)
    words = _words(_tables(then), ()) | _words(_tables(now), ())
    came, went = _entries(new) - _entries(old), _entries(old) - _entries(new)
    changes = [
        Change(entry, None, None, f"The {ENTRIES[entry[0]]} “{words.get(entry, entry[1])}” {became}.")
        for became, entries in (("is new", came), ("is no longer there", went))
        for entry in sorted(entries)
    ]
    aside = {entry[1] for entry in came | went}
    for path in {**new, **old}:
        before, after = _without(old.get(path), aside), _without(new.get(path), aside)
        if before != after and aside.isdisjoint(path):
            changes.append(Change(path, before, after, _sentence(path, before, after, words)))
    return tuple(changes)


def _in_todays_names(numbers: Numbers) -> Numbers:
    """Numbers with the old names of levers replaced by today's."""
    todays = {old: record.now for old, record in old_names()["setting"].items() if record.now}

    def renamed(names: Iterable[object]) -> tuple[str, ...]:
        return tuple(todays.get(str(name), str(name)) for name in names)

    return {
        renamed(path): renamed(value) if path[0] == "order" and isinstance(value, tuple) else value
        for path, value in numbers.items()
    }


def _entries(numbers: Numbers) -> set[Where]:
    """The worldviews, parameters and levers that numbers speak of, as (kind, name)."""
    return {path[:2] for path in numbers if path[0] in ENTRIES}


def _without(value: Value | None, names: Collection[str]) -> Value | None:
    """A value, an order of names without those that only one side has."""
    if isinstance(value, tuple):
        return tuple(part for part in value if part not in names)
    return value


def _words(table: Mapping[str, Any], path: Where) -> dict[Where, str]:
    """What each record of the data files is called, or what it means where it has no name."""
    found: dict[Where, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _words(value, (*path, key))
            named = next((value[k] for k in ("title", "name", "meaning") if isinstance(value.get(k), str)), None)
            found |= {(*path, key): named} if named else {}
    return found


def _sentence(path: Where, then: Value | None, now: Value | None, words: Mapping[Where, str]) -> str:
    """A change for a reader, for example `The op-ed's case: binding share 0.2 to 0.4 (middle 0.3), now 0.3 to ...`."""
    if then is None:
        change = f"new, {_said(path, now)}"
    else:
        change = f"{_said(path, then)}, {'no longer there' if now is None else f'now {_said(path, now)}'}"
    meaning = f" {words[path]}" if path[0] == "constants" and path in words else ""
    return f"{_label(path, words)} {change}.{meaning}"


def _label(path: Where, words: Mapping[Where, str]) -> str:
    """What a number is called, up to its value."""
    called = words.get(path[:-1], path[-2] if len(path) > 1 else "")

    def parts(names: Sequence[str]) -> str:
        places = (("levers",), ("structure", "mechanisms"), ("structure", "domains"))
        full = [next((words[*place, name] for place in places if (*place, name) in words), name) for name in names]
        return ", ".join(_inside(name) for name in full)

    match path:
        case ("model_version",):
            return "The equations: model version"
        case ("order", table):
            return f"Order of the {table}:"
        case ("worldviews", worldview, "parameters", parameter):
            title = words.get(("parameters", parameter), parameter)
            return f"{words.get(path[:2], worldview)}: {_inside(title)}"
        case ("worldviews", worldview, vector, *names):
            return f"{words.get(path[:2], worldview)}: {vector.replace('_', ' ')}, {parts(names)}"
        case ("parameters", _, "admissible"):
            return f"{called}: values are kept within"
        case ("constants", constant):
            return f"Fixed number: {constant.replace('_', ' ')}"
        case ("structure", "tables" | "vectors", table, *names):
            return f"{words.get(path[:3], table)}: {parts(names)}"
        case ("structure", "choices", choice, field):
            return f"Structural choice {choice}, {_inside(called)}: {field.replace('_', ' ')}"
        case ("levels", "start_years"):
            return "Years that a run can start from:"
        case ("levels", domain, year):
            return f"Level at the start of {year}: {parts([domain])}"
        case ("levers", *_, field):
            return f"{called}: {field}"
    return f"{', '.join(path)}:"


def _inside(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it starts with a name (Beijing's, NATO, CAATSA, G8)."""
    first = title.split(" ", 1)[0]
    return title if first.endswith("'s") or not first[1:].islower() else title[0].lower() + title[1:]


def _said(path: Where, value: Value | None) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        said = [f"{part:g}" if isinstance(part, float) else part for part in value]
        if path[0] == "worldviews" and len(said) == len(RANGE):
            return f"{said[0]} to {said[2]} (middle {said[1]})"
        return " to ".join(said) if path[-1] == "admissible" else " and ".join(said) or "none"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


# ---- running an earlier engine


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
        settings: levers in percent, and start, horizon, onset, ramp, pressure; by today's or the engine's names.
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
        f"--worldview={_known('worldview', worldview, ['all', *_stems(files, 'model/worldviews')])}",
        f"--members={int(members)}",
        f"--seed={int(seed)}",
        f"--structure={structure}",
        "--json",
    ]
    requests = tuple(("run", *scenario_arguments(ask, files), *options) for ask in asks)
    return [json.loads(answer) for answer in _answers(name, requests, root)]


def scenario_arguments(ask: Ask, files: Files) -> list[str]:
    """A scenario as arguments of an engine's command line, in the names that the engine knows."""
    levers, presets = [*_table(files, "model/levers.toml")], _stems(files, "scenarios")
    arguments = [_known("preset", name_among("preset", ask.preset, presets), presets)]
    for key, value in ask.settings.items():
        if not isinstance(value, int) or isinstance(value, bool):
            raise InputError(f"{key} is {shown(value)}, but it must be a whole number.")
        then = name_among("setting", key, [*levers, *CONTEXT])
        if then in CONTEXT or then in levers or value != 0:  # a lever that came later was not pulled
            arguments.append(f"--set={_known('setting', then, [*levers, *CONTEXT])}={value}")
    return arguments


def _stems(files: Files, folder: str) -> list[str]:
    """The names of the TOML files that lie directly in a folder."""
    return [path.stem for path in map(PurePosixPath, files) if path.parent.as_posix() == folder]


def _known(kind: str, name: str, known: Collection[str]) -> str:
    if name not in known:
        raise InputError(f"The earlier model has no {kind} {shown(name)}; {nearest(name, known)}")
    return name


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


# ---- the command


def committed_files(root: Path, commit: str) -> Files:
    """The engine as it stood in a commit.

    Raises:
        InputError: there is no git, or no such commit with an engine.
    """
    return zip_files(_git(root, "archive", "--format=zip", commit, "model", "scenarios"), commit, False)


def last_committed(root: Path, name: str) -> Files | None:
    """The engine of a set as of the newest commit that holds it, looking back over the last commits."""
    for commit in _git(root, "rev-list", f"-n{MOST_COMMITS}", "HEAD", "--", "model", "scenarios").decode().split():
        try:
            files = committed_files(root, commit)
            if set_of(files) == name:
                return files
        except InputError:  # before there was an engine
            continue
    return None


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise InputError("git cannot be run; name a folder with the earlier model and scenarios with --from.") from None
    if done.returncode != 0:
        complaint = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise InputError(f"git refuses: {printable(complaint[:200])}; a folder can be named with --from.")
    return done.stdout


def archive(change: str, root: Path = ROOT, then: Files | None = None) -> str:
    """Keep the engine of the last set of versions.toml and add today's set after it; says what was done.

    Args:
        change: what changed, one sentence.
        root: the folder that holds model/ and scenarios/.
        then: the engine before the change; by default as of the newest commit that holds the last set.

    Raises:
        InputError: nothing changed, the engine before the change is not to be found or does not answer, or the
            sentence is none.
    """
    files, listed = folder_files(root), versions(root)
    name, last = set_of(files), listed[-1]
    if name == last.name:
        raise InputError(f"Nothing has changed since the assumption set {last.name}, so there is nothing to archive.")
    today = datetime.datetime.now(datetime.UTC).date()
    new = {"name": name, "model_version": _model_version(files), "date": today, "change": change}
    entry = parse(AssumptionSet, new, "the new set")
    then = last_committed(root, last.name) if then is None else then
    if then is None and len(listed) > 1 and archive_file(listed[-2].name, root).is_file():
        _write_entry(entry, root, instead=True)
        return f"The set {last.name} was never committed, so {name} takes its place; nothing else had to be kept."
    if then is None or set_of(then) != last.name:
        raise InputError(
            f"The engine of the last set, {last.name}, is not {'there' if then else 'in the last commits'}; "
            "name a folder with --from or a commit with --commit that holds it."
        )
    answers(then, [["run", "status-quo", "--members=10", "--json"]])
    target = archive_file(last.name, root)
    if target.exists() and zip_files(target.read_bytes(), target.name) != then:
        raise InputError(f"model/archive/{target.name} exists and holds another engine; nothing was changed.")
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(zip_of(then))
    _write_entry(entry, root)
    named = "\n".join(f"  {each.sentence}" for each in changes_between(then, files))
    return (
        f"Kept the engine of {last.name} in model/archive/{target.name} and added the set {name} to versions.toml.\n"
        f"{named}\nNext: pytest tests/model/test_golden.py --update-golden, python -m tests.corpus add, a line "
        "“results changed” in CHANGELOG.md; commit all of it together."
    )


def _write_entry(entry: AssumptionSet, root: Path, instead: bool = False) -> None:
    """Add a set at the end of versions.toml, or put it in place of the last one."""
    file = root / "model" / "versions.toml"
    before = file.read_text(encoding="utf-8")
    if instead:
        before = before[: before.rindex("[[sets]]")]
    lines = [
        "[[sets]]",
        f'name = "{entry.name}"',
        f"model_version = {entry.model_version}",
        f"date = {entry.date.isoformat()}",
        f"change = {json.dumps(entry.change, ensure_ascii=False)}",
    ]
    file.write_text(before.rstrip() + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    versions.cache_clear()


def listing(root: Path = ROOT) -> str:
    """The sets as lines of text: name, model version, date, where its engine is, what changed."""
    lines = []
    for version in versions(root):
        kept = "archived" if archive_file(version.name, root).is_file() else "MISSING"
        where = "today's" if version == versions(root)[-1] else kept
        lines.append(f"{version.name}  model {version.model_version}  {version.date}  {where:<8}  {version.change}")
    if assumption_set(root) != versions(root)[-1].name:
        lines.append(f"{assumption_set(root)}  the data files as they are; see python -m model.versions archive --help")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; the exit code is 2 on bad input."""
    top = argparse.ArgumentParser(prog="python -m model.versions", description="Assumption sets and their engines.")
    commands = top.add_subparsers(dest="command")
    keeping = commands.add_parser("archive", help="after a number was changed: keep the engine before it")
    keeping.add_argument("change", help="what changed, one sentence with a full stop")
    source = keeping.add_mutually_exclusive_group()
    source.add_argument(
        "--from", type=Path, dest="folder", help="a folder with model/ and scenarios/ before the change"
    )
    source.add_argument("--commit", help="a commit before the change")
    options = top.parse_args(arguments)
    try:
        if options.command == "archive":
            then = folder_files(options.folder) if options.folder else None
            then = committed_files(root, options.commit) if options.commit else then
            print(archive(options.change, root, then))
        else:
            print(listing(root))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

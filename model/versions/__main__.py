"""The command `python -m model.versions`: lists the sets, and keeps an engine before its numbers change."""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from model.assumptions.catalog import parse
from model.errors import InputError, printable
from model.versions.changes import changes_between
from model.versions.engine import ROOT, Files, folder_files, zip_files, zip_of
from model.versions.numbers import model_version, set_of
from model.versions.running import SECONDS, answers
from model.versions.sets import AssumptionSet, archive_file, assumption_set, versions

MOST_COMMITS = 200  # how far back the command looks for the engine of the last set


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
    new = {"name": name, "model_version": model_version(files), "date": today, "change": change}
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
        raise InputError(f"model/data/archive/{target.name} exists and holds another engine; nothing was changed.")
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(zip_of(then))
    _write_entry(entry, root)
    named = "\n".join(f"  {each.sentence}" for each in changes_between(then, files))
    return (
        f"Kept the engine of {last.name} in model/data/archive/{target.name}, added the set {name} to versions.toml.\n"
        f"{named}\nNext: pytest tests/model/engine/test_golden.py --update-golden, python -m tests.corpus add, a line "
        "“results changed” in CHANGELOG.md; commit all of it together."
    )


def _write_entry(entry: AssumptionSet, root: Path, instead: bool = False) -> None:
    """Add a set at the end of versions.toml, or put it in place of the last one."""
    file = root / "model" / "data" / "versions.toml"
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

"""One formatter, one linter, one type checker, and a README that says what is so."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README, MODEL, UI = ((ROOT / name).read_text() for name in ("README.md", "model/README.md", "ui/README.md"))


def tracked() -> list[Path]:
    """All files of the repository, or of the folder where there is no git."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\n") if listed.returncode == 0 else [str(p) for p in ROOT.rglob("*.*")]
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(
    "tool", [pytest.param("mypy", marks=pytest.mark.long), "ruff check .", "ruff format --check ."]
)
def test_the_code_passes(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(tool)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("title", ["Run", "Test"])
def test_the_readme_has_one_command_of_one_line(title: str) -> None:
    blocks = re.findall(r"```\w*\n(.*?)```", section(README, title), re.S)
    assert len(blocks) == 1
    assert blocks[0].count("\n") == 1


def test_the_worked_example_of_the_command_line_is_what_it_prints() -> None:
    (block,) = re.findall(r"```\n\$ (.*?)```", section(MODEL, "On the command line"), re.S)
    command, _, shown = block.partition("\n")
    arguments = shlex.split(command)[1:]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == shown.strip()


def test_the_python_example_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", section(MODEL, "In Python"), re.S)
    names: dict[str, object] = {}
    exec(block, names)
    assert "result" in names


def test_the_front_door_names_every_folder_and_the_rooms_name_every_file() -> None:
    folders = [f"{top}/{room.name}/" for top in ("model", "ui") for room in (ROOT / top).iterdir() if room.is_dir()]
    folders = [folder for folder in folders if "__pycache__" not in folder]
    assert [folder for folder in folders if folder not in section(README, "Folders")] == []
    named = {"model": section(MODEL, "Where things are"), "ui": section(UI, "Where things are")}
    missing = [
        path.relative_to(ROOT).as_posix()
        for top, text in named.items()
        for path in (ROOT / top).rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
        and not {"components", "versions", "api"} & set(path.parts)  # told of as folders
        and path.name not in text
    ]
    assert missing == []


def test_the_front_door_is_short() -> None:
    assert len(README.splitlines()) <= 90


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    hosts = "|".join(["pypi[.]org", "python" + "hosted", "npmjs" + "[.]", "deb[.]debian", "/root/", "/work" + "/main"])
    found = []
    for path in tracked():
        if path.suffix not in {".png", ".ico"} and re.search(hosts, path.read_text(errors="ignore")):
            found.append(path.name)
    assert found == [Path(__file__).name] or found == []


# Each room may use those to its right, never one to its left.
ROOMS = ("app", "ui.page", "ui.server", "ui.exports", "ui.drawn", "ui.told", "ui.links", "model")
MODEL_ROOMS = ("model.versions", "model.analysis", "model.engine", "model.history", "model.assumptions")
USES_STREAMLIT = {"app.py", "ui/links/addresses.py"}  # beside ui/page: the server's base path is Streamlit's setting


def imported(path: Path) -> set[str]:
    """All that a file imports, by its full dotted name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def files_of(room: str) -> list[Path]:
    place = ROOT / room.replace(".", "/")
    return sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


@pytest.mark.parametrize(
    ("right", "left"),
    [pytest.param(right, ROOMS[:i], id=f"{ROOMS[i - 1]} -> {right}") for i, right in enumerate(ROOMS) if i],
)
def test_arrows_go_one_way(right: str, left: tuple[str, ...]) -> None:
    files = files_of(right)
    assert files, f"there is no {right}"
    found = {
        f"{path.relative_to(ROOT).as_posix()} -> {room}"
        for path in files
        for name in imported(path)
        for room in (*left, "tests")
        if f"{name}.".startswith(f"{room}.")
    }
    assert found == set()


@pytest.mark.parametrize("right", range(1, len(MODEL_ROOMS)))
def test_arrows_inside_the_model_go_one_way(right: int) -> None:
    back = [
        f"{path.relative_to(ROOT).as_posix()} -> {room}"
        for path in files_of(MODEL_ROOMS[right])
        for name in imported(path)
        for room in MODEL_ROOMS[:right]
        if f"{name}.".startswith(f"{room}.")
    ]
    assert back == []


def test_only_the_page_knows_streamlit_and_only_the_ui_the_web() -> None:
    outside = [path for room in ROOMS if room != "ui.page" for path in files_of(room)]
    names = {path.relative_to(ROOT).as_posix(): {name.split(".")[0] for name in imported(path)} for path in outside}
    assert {name for name, found in names.items() if "streamlit" in found} == USES_STREAMLIT
    web = {"plotly", "starlette", "streamlit", "kaleido", "ui"}
    assert [name for name, found in names.items() if name.startswith("model/") and found & web] == []

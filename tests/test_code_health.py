"""One formatter, one linter, one type checker, and a README that says what is so."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def tracked() -> list[Path]:
    """All files of the repository, or of the folder where there is no git."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\n") if listed.returncode == 0 else [str(p) for p in ROOT.rglob("*.*")]
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def section(title: str) -> str:
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("tool", ["ruff check .", "ruff format --check .", "mypy"])
def test_the_code_passes(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(tool)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("title", ["Run", "Test"])
def test_the_readme_has_one_command_of_one_line(title: str) -> None:
    blocks = re.findall(r"```\w*\n(.*?)```", section(title), re.S)
    assert len(blocks) == 1
    assert blocks[0].count("\n") == 1


def test_the_worked_example_of_the_readme_is_what_the_command_prints() -> None:
    (block,) = re.findall(r"```\n\$ (.*?)```", section("Use"), re.S)
    command, _, shown = block.partition("\n")
    arguments = shlex.split(command)[1:]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == shown.strip()


def test_the_python_example_of_the_readme_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", section("Use"), re.S)
    names: dict[str, object] = {}
    exec(block, names)
    assert "result" in names


def test_the_file_map_names_every_module() -> None:
    modules = [p.name for p in (ROOT / "model").rglob("*.py") if p.name != "__init__.py"]
    files = [*modules, *(p.name for p in (ROOT / "model" / "data").glob("*.toml"))]
    missing = [name for name in files if name not in section("File map")]
    assert missing == []


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    hosts = "|".join(["pypi[.]org", "python" + "hosted", "npmjs" + "[.]", "deb[.]debian", "/root/", "/work" + "/main"])
    found = []
    for path in tracked():
        if path.suffix not in {".png", ".ico"} and re.search(hosts, path.read_text(errors="ignore")):
            found.append(path.name)
    assert found == [Path(__file__).name] or found == []


def test_arrows_go_one_way() -> None:
    for path in (ROOT / "model").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) (ui|streamlit|plotly|app)\b", path.read_text(), re.M), path.name
    for path in (ROOT / "ui").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) (app|tests)\b", path.read_text(), re.M), path.name

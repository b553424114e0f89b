"""A reader's own worldview: a TOML file of the shape of model/data/worldviews, checked as those are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from model.assumptions.catalog import DATA, catalog, check_worldview, parse, read_toml
from model.assumptions.schema import Worldview
from model.errors import choose


def load_worldview(path: str | Path) -> Worldview:
    """A worldview from a TOML file, to be run beside the project's own: `run(..., worldview=load_worldview(path))`.

    Raises:
        InputError: with the file, the key, the value and the rule.
    """
    return read_worldview(Path(path), str(path))


def read_worldview(path: Path, shown_as: str) -> Worldview:
    """A worldview from a TOML file that a sentence calls by another name.

    Raises:
        InputError: with the name, the key, the value and the rule.
    """
    return make_worldview(read_toml(path, shown_as), shown_as)


def make_worldview(data: Mapping[str, object], shown_as: str) -> Worldview:
    """A worldview from plain data of the shape of model/data/worldviews.

    Raises:
        InputError: with the name that a sentence calls them, the key, the value and the rule.
    """
    worldview = parse(Worldview, data, shown_as)
    check_worldview(worldview, shown_as, catalog())
    return worldview


def worldview_file(name: str) -> str:
    """The file of one of the project's own worldviews as text, to be copied and changed.

    Raises:
        InputError: there is no such worldview.
    """
    choose("There is no worldview", name, catalog().worldviews)
    return (DATA / "worldviews" / f"{name}.toml").read_text(encoding="utf-8")

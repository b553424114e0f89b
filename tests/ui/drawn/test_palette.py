"""A worldview has the colour and the marker that its file names, whatever other worldviews there are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from model import catalog
from model.assumptions.catalog import DATA, load_catalog
from model.assumptions.schema import Marker
from ui.drawn import palette

TODAY = {
    "lock-in": palette.Mark("#c4568f", "diamond", "◆"),
    "midpoint": palette.Mark("#0f8a66", "square", "■"),
    "op-ed": palette.Mark("#1f78b8", "circle", "●"),
    "sceptic": palette.Mark("#cf5c00", "triangle-up", "▲"),
}


def test_each_worldview_has_the_colour_and_marker_that_readers_know() -> None:
    assert {worldview: palette.mark_of(worldview) for worldview in catalog().worldviews} == TODAY


def test_a_fifth_worldview_changes_no_others_colour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    text = (data / "worldviews" / "op-ed.toml").read_text(encoding="utf-8")
    text = text.replace('"#1f78b8"', '"#8a63c9"').replace('marker = "circle"', 'marker = "star"')
    (data / "worldviews" / "a-fifth.toml").write_text(text, encoding="utf-8")
    five = load_catalog(data)
    monkeypatch.setattr(palette, "catalog", lambda: five)
    assert list(five.worldviews) == ["a-fifth", *TODAY]
    assert {worldview: palette.mark_of(worldview) for worldview in TODAY} == TODAY
    assert palette.mark_of("a-fifth") == ("#8a63c9", "star", "★")


def test_every_marker_that_a_file_may_name_can_be_written_as_a_letter_of_its_own() -> None:
    assert set(palette.GLYPHS) == set(get_args(Marker))
    assert len(set(palette.GLYPHS.values())) == len(palette.GLYPHS)

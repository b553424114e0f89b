"""A worldview has the colour and the marker that its file names, whatever other worldviews there are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from model import InputError, catalog
from model.assumptions.catalog import DATA, EDITED, load_catalog
from model.assumptions.edits import identities
from model.assumptions.schema import Marker
from tests.ui.drawn.test_figures import contrast
from ui.drawn import palette

TODAY = {
    "lock-in": palette.Mark("#c4568f", "diamond", "◆"),
    "midpoint": palette.Mark("#0f8a66", "square", "■"),
    "op-ed": palette.Mark("#1f78b8", "circle", "●"),
    "sceptic": palette.Mark("#cf5c00", "triangle-up", "▲"),
}
IN_THE_DARK = ("#e07fb1", "#3fb48f", "#5aa9e6", "#f08a3c")


def test_each_worldview_has_the_colour_and_marker_that_readers_know() -> None:
    assert {worldview: palette.mark_of(worldview) for worldview in catalog().worldviews} == TODAY
    assert tuple(palette.mark_of(worldview, "dark").colour for worldview in TODAY) == IN_THE_DARK


def test_a_fifth_worldview_changes_no_others_colour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    text = (data / "worldviews" / "op-ed.toml").read_text(encoding="utf-8")
    text = text.replace('"#1f78b8"', '"#8a63c9"').replace('marker = "circle"', 'marker = "star"')
    text = text.replace('"#5aa9e6"', '"#b79cf0"')
    (data / "worldviews" / "a-fifth.toml").write_text(text, encoding="utf-8")
    five = load_catalog(data)
    monkeypatch.setattr(palette, "identities", lambda: five.worldviews)
    assert list(five.worldviews) == ["a-fifth", *TODAY]
    assert {worldview: palette.mark_of(worldview) for worldview in TODAY} == TODAY
    assert palette.mark_of("a-fifth") == ("#8a63c9", "star", "★")
    assert palette.mark_of("a-fifth", "dark") == ("#b79cf0", "star", "★")
    assert [palette.mark_of(worldview, "dark").colour for worldview in TODAY] == list(IN_THE_DARK)


def test_a_readers_own_worldview_has_a_colour_and_a_marker_that_none_of_ours_has() -> None:
    own, ours = identities()[EDITED], catalog().worldviews.values()
    assert palette.mark_of(EDITED) == ("#b01030", "star", "★")
    for name in ("title", "short", "colour", "colour_dark", "marker"):
        assert getattr(own, name) not in {getattr(view, name) for view in ours}, name
    assert "edited" in own.title


def test_two_worldviews_cannot_share_a_colour_in_the_dark(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    path = data / "worldviews" / "op-ed.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("#5aa9e6", "#f08a3c"), encoding="utf-8")
    with pytest.raises(InputError, match=r"colour_dark is “#f08a3c”, which .* has already"):
        load_catalog(data)


@pytest.mark.parametrize(("theme", "paper", "least"), [("light", "#ffffff", 3.0), ("dark", "#11151c", 6.8)])
def test_every_worldview_stands_out_on_the_paper_of_each_theme(theme: str, paper: str, least: float) -> None:
    colours = [palette.mark_of(worldview, theme).colour for worldview in catalog().worldviews]
    assert palette.INKS[theme].paper == paper
    assert {colour: round(contrast(colour, paper), 2) for colour in colours if contrast(colour, paper) < least} == {}
    assert len(set(colours)) == len(colours) == 4


def test_markers_are_the_same_in_both_themes() -> None:
    for worldview in catalog().worldviews:
        assert palette.mark_of(worldview)[1:] == palette.mark_of(worldview, "dark")[1:]


def test_every_marker_that_a_file_may_name_can_be_written_as_a_letter_of_its_own() -> None:
    assert set(palette.GLYPHS) == set(get_args(Marker))
    assert len(set(palette.GLYPHS.values())) == len(palette.GLYPHS)

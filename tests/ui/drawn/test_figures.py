"""Figures: valid Plotly, 50 dots, one colour a worldview, legible on both backgrounds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import plotly.graph_objects as go
import pytest

from model import catalog, load_scenario, presets, run
from ui.drawn import drift, figures, palette, strip
from ui.told import numbers, words

THEMES = tomllib.loads((Path(__file__).parents[3] / ".streamlit/config.toml").read_text())["theme"]


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", list(presets()))
def test_every_figure_of_every_preset_is_valid_plotly(name: str, theme: str) -> None:
    result = run(load_scenario(name), members=100)
    cards = numbers.by_worldview(result)
    moved = words.moves_something(result.scenario)
    paths = drift.drift(cards, theme, moved=moved, ghosts=cards)
    assert len(go.Figure(paths).data) == 18  # refuses what is not Plotly
    assert len(go.Figure(data=paths["data"], layout=drift.narrow(paths)["layout"]).data) == 18
    for small, traces in ((False, 8), (True, 7)):
        rows = strip.strip(cards, theme, moved=moved, ghosts=cards, small=small)
        assert len(go.Figure(rows).data) == traces
    for table, shared_zero in ((numbers.domain_table(result), True), (numbers.outcome_table(result), False)):
        assert len(go.Figure(figures.rows(table, theme, "points", shared_zero)).data) == 4


def test_a_row_of_the_strip_has_50_dots_inside_the_axis_and_the_row() -> None:
    cards = numbers.by_worldview(run(load_scenario("grand-bargain"), members=200))
    figure = strip.strip(cards, "light")
    low, high = figure["layout"]["xaxis"]["range"]
    dots = figure["data"][0]
    for row in range(4):
        x, y, foot = dots["x"][50 * row : 50 * (row + 1)], dots["y"][50 * row : 50 * (row + 1)], 3 - row
        assert len(x) == len(y) == 50
        assert low <= min(x) <= max(x) <= high
        assert foot + 0.2 < min(y) <= max(y) < foot + 0.95
        assert len(set(zip(x, y, strict=True))) == 50
    assert len(dots["x"]) == 200


def test_the_thin_lines_are_the_same_worlds_in_both_runs() -> None:
    result = run(load_scenario("status-quo"), members=50)
    for card in numbers.by_worldview(result):
        assert (card.scenario_worlds == card.no_lever_worlds).all()


def test_each_worldview_has_a_colour_and_a_marker_of_its_own_everywhere() -> None:
    looks = [palette.mark_of(worldview) for worldview in catalog().worldviews]
    assert len({look.colour for look in looks}) == len({look.marker for look in looks}) == 4
    result = run(load_scenario("opening-hand"), members=50)
    for trace in figures.rows(numbers.domain_table(result), "light", "x", shared_zero=True)["data"]:
        worldview = next(key for key, view in catalog().worldviews.items() if view.short == trace["name"])
        assert trace["marker"]["color"] == palette.mark_of(worldview).colour


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_inks_and_colours_stand_out_against_the_background(theme: str) -> None:
    background = THEMES[theme]["backgroundColor"]
    ink = palette.INKS[theme]
    assert contrast(ink.text, background) >= 7
    assert contrast(ink.muted, background) >= 4.5
    assert contrast(ink.baseline, background) >= 3
    for worldview in catalog().worldviews:
        assert contrast(palette.mark_of(worldview).colour, background) >= 3
    # Streamlit writes in white on a button of type "primary" and in the primary colour on chosen options: one of the
    # two cannot be read on a dark page, so no button is primary.
    assert contrast(THEMES[theme]["primaryColor"], THEMES[theme]["secondaryBackgroundColor"]) >= 4.5
    assert not any('type="primary"' in path.read_text() for path in Path("ui").rglob("*.py"))

"""The pictures of the hindcast hold every forecast's miss, the range over all codings, and what each band holds."""

from __future__ import annotations

import json

import pytest

from model import catalog
from model.analysis.hindcast import NAIVE, under
from ui.drawn.hindcast import BARS, bands_held, misses, misses_board, misses_reach
from ui.told import cache
from ui.told import hindcast as told

FOUND = cache.hindcast(7)
VIEWS = list(catalog().worldviews)


@pytest.mark.parametrize("years", [1, 3, 5])
@pytest.mark.parametrize("names", [VIEWS, list(NAIVE)], ids=["views", "rules"])
def test_every_bar_is_a_miss_in_the_year_of_its_outcome(names: list[str], years: int) -> None:
    figure, unit = misses(FOUND, names, years, "light"), BARS / (2 * misses_reach(FOUND))
    drawn = {trace["name"]: trace for trace in figure["data"] if trace["type"] == "bar"}
    table = FOUND.forecasts[under(FOUND.forecasts, FOUND.default) & (FOUND.forecasts["horizon"] == years)]
    assert [told.forecasters()[name] for name in names] == list(drawn)
    for name in names:
        mine, bar = table[table["forecaster"] == name], drawn[told.forecasters()[name]]
        assert bar["x"] == mine["target"].tolist()
        assert [y / unit for y in bar["y"]] == pytest.approx(mine["miss"].tolist())
        assert len(set(bar["base"])) == 1
    assert max(abs(y) for trace in drawn.values() for y in trace["y"]) <= BARS / 2
    said = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert all(f"<b>{told.misses(FOUND)[name, years].told}</b>" in said for name in names)


def test_the_range_over_all_codings_stands_at_every_bar_of_a_view() -> None:
    figure, unit = misses(FOUND, VIEWS, 5, "light"), BARS / (2 * misses_reach(FOUND))
    ranges = [trace for trace in figure["data"] if trace["name"] == "all codings"]
    bases = [trace["base"][0] for trace in figure["data"] if trace["type"] == "bar"]
    assert len(ranges) == len(bases) == len(VIEWS)
    for name, trace, base in zip(VIEWS, ranges, bases, strict=True):
        table = FOUND.forecasts[(FOUND.forecasts["forecaster"] == name) & (FOUND.forecasts["horizon"] == 5)]
        ends = table.groupby("target")["miss"].agg(["min", "max"])
        assert trace["x"][::3] == ends.index.tolist()
        assert [(y - base) / unit for y in trace["y"][::3]] == pytest.approx(ends["min"].tolist())
        assert [(y - base) / unit for y in trace["y"][1::3]] == pytest.approx(ends["max"].tolist())


@pytest.mark.parametrize("years", [1, 3, 5])
def test_the_bands_are_drawn_where_they_hold_with_their_range(years: int) -> None:
    worlds, past = bands_held(FOUND, years, "light")["data"]
    held = told.covered(FOUND, years)
    assert worlds["x"] == [one.worlds[1] for one in held.values() if one.worlds]
    assert past["x"] == [one.past[1] for one in held.values()]
    assert [x + more for x, more in zip(past["x"], past["error_x"]["array"], strict=True)] == pytest.approx(
        [one.past[2] for one in held.values()]
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_board_travels_as_json_and_each_card_is_told_in_words(theme: str) -> None:
    board = misses_board(FOUND, 3, theme)
    json.dumps(board.as_data(), allow_nan=False)
    assert [card.key for card in board.cards] == ["views", "rules", "bands"]
    assert all("3 years ahead" in card.alt for card in board.cards)

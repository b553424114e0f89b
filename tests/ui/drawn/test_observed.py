"""The picture of observed history holds the record: every value, its noise, every event and every lever."""

from __future__ import annotations

import json
from typing import Any

import pytest

from model.history.observed import history
from ui.drawn.observed import figure, observed_board, reach
from ui.drawn.palette import INKS
from ui.told import observed as told

RECORD = history()
SHOWN = told.series_shown()


def traces(name: str, theme: str = "light", small: bool = False) -> dict[str, Any]:
    return {trace["name"]: trace for trace in figure(name, theme, small=small)["data"]}


@pytest.mark.parametrize("name", SHOWN)
def test_every_value_of_a_series_is_drawn_with_its_noise_and_stays_on_the_axis(name: str) -> None:
    drawn, known = traces(name), RECORD.values[name].dropna()
    line = drawn[RECORD.series[name].title]
    assert dict(zip(line["x"], line["y"], strict=True)) == known.to_dict()
    noise, (low, high) = RECORD.series[name].noise.value, reach(name)
    assert drawn["noise"]["opacity"] == float(noise is not None)
    upper = drawn["noise"]["y"][: len(known)]
    assert upper == pytest.approx([min(value + (noise or 0), high) for value in known], abs=0.06)
    assert (low, known.max() <= high) == (0, True)
    assert (high == 100) == told.on_scale(name)


@pytest.mark.parametrize("small", [False, True])
def test_every_event_is_a_number_in_its_year_filled_where_it_has_a_warning(small: bool) -> None:
    events, ink = list(RECORD.events.values()), INKS["light"]
    drawn = traces("composite_A", small=small)["events"]
    assert drawn["x"] == [event.year for event in events]
    assert drawn["text"] == [str(number) for number in range(1, 15)]
    filled = [colour == ink.text for colour in drawn["marker"]["color"]]
    assert filled == [event.warning is not None for event in events]
    down = [shape["x0"] for shape in figure("composite_A", "light", small=small)["layout"]["shapes"] if "yref" in shape]
    assert set(down) >= {event.year for event in events}


@pytest.mark.parametrize("small", [False, True])
def test_every_lever_has_a_bar_as_high_as_its_position_in_each_year(small: bool) -> None:
    bars, levers = traces("composite_A", small=small)["levers"], told.lever_spans()
    found: dict[tuple[int, int], float] = {}
    for x, width, base, height in zip(bars["x"], bars["width"], bars["base"], bars["y"], strict=True):
        first = round(x - (width - 1) / 2)
        found |= {(base, year): height for year in range(first, first + width)}
    unit = max(found.values()) / 100  # some lever stood at 100 %
    for row, lever in enumerate(levers):
        for year in range(1992, 2025):
            drawn = found.get((len(levers) - 1 - row, year), 0.0)
            assert drawn / unit == pytest.approx(RECORD.position("as-recorded", lever, year, year)), (lever, year)


def test_the_stretches_lie_over_their_years_and_say_by_how_much() -> None:
    layout = figure("composite_A", "light")["layout"]
    marks = [
        (shape["x0"], shape["x1"]) for shape in layout["shapes"] if shape["type"] == "line" and "yref" not in shape
    ]
    assert marks == [(1994, 2000), (2006, 2012)]
    said = [note["text"] for note in layout["annotations"]]
    assert {"<b>rose most: +26</b>", "<b>moved least: 0</b>", "<b>29</b>", "<b>89</b>"} <= set(said)
    assert {"100 is votes 0 units apart, trade 40 %", "0 is votes 3 units apart, trade 0 %"} <= set(said)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", SHOWN)
def test_a_board_travels_as_json_and_is_told_in_words(name: str, theme: str) -> None:
    board = observed_board(name, theme)
    json.dumps(board.as_data(), allow_nan=False)
    (card,) = board.cards
    assert card.alt == told.alt(name)
    assert card.small is not None


YEARS = (2005, 2019)


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("name", SHOWN)
def test_of_some_years_only_what_lies_in_them_is_drawn_and_each_event_keeps_its_number(name: str, small: bool) -> None:
    drawn = figure(name, "light", YEARS, small=small)
    part = {trace["name"]: trace for trace in drawn["data"]}
    known = RECORD.values[name].dropna().loc[2005:2019]
    line = part[RECORD.series[name].title]
    assert dict(zip(line["x"], line["y"], strict=True)) == known.to_dict()
    numbers = {str(number): event.year for number, event in enumerate(RECORD.events.values(), 1)}
    within = {number: year for number, year in numbers.items() if 2005 <= year <= 2019}
    assert dict(zip(part["events"]["text"], part["events"]["x"], strict=True)) == within
    assert drawn["layout"]["xaxis"]["range"] == [2004.3, 2019.7]
    assert drawn["layout"]["yaxis"]["range"] == list(reach(name))  # the height stays comparable
    bars = zip(part["levers"]["x"], part["levers"]["width"], strict=True)
    assert all(middle - wide / 2 >= 2004.5 and middle + wide / 2 <= 2019.5 for middle, wide in bars)
    for shape in drawn["layout"]["shapes"]:
        assert 2004.5 <= shape["x0"] <= shape["x1"] <= 2019.5
    ticks = drawn["layout"]["xaxis"]["tickvals"]
    assert (ticks[0], ticks[-1], ticks == sorted(set(ticks))) == (2005, 2019, True)


def test_the_whole_record_has_the_ticks_that_fit() -> None:
    wide, narrow = (
        figure("composite_A", "light", small=small)["layout"]["xaxis"]["tickvals"] for small in (False, True)
    )
    assert (wide, narrow) == ([1992, 1995, 2000, 2005, 2010, 2015, 2020, 2024], [1995, 2005, 2015, 2024])


def test_a_part_of_the_record_is_called_so_in_the_words_of_the_picture() -> None:
    part, whole = observed_board("composite_A", "light", YEARS), observed_board("composite_A", "light")
    sentence = "Shown: 2005 to 2019, of the record of 1992 to 2024."
    assert part.cards[0].alt == f"{whole.cards[0].alt} {sentence}"
    assert part.reading == f"{sentence} {whole.reading}"

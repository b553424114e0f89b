"""The board of two pictures: which numbers it draws and tells, and what it keeps to itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from model import analogues, catalog, presets
from model.analysis.goals import Goal
from model.assumptions.scenario import set_values
from tests.ui.made import four, made
from ui.drawn import boards
from ui.drawn.boards import Board, Told
from ui.links.asked import FIRST, Asked, Prediction
from ui.told import cache
from ui.told.numbers import CardNumbers, OutcomeNumbers

HAND, NOTHING, SQUEEZE = (Asked(presets()[name]) for name in ("opening-hand", "status-quo", "squeeze-both"))
RESET = Asked(analogues()["reset-2009"])
MADE = [(HAND, four(0.4, -1.4, -18.6, 1.4)), (NOTHING, four(0, 0, 0, 0)), (SQUEEZE, four(3, 4, 5, 2))]
PRICED = ("doubt", "nato_cohesion", "values_cost")


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers made by hand in place of those of the model."""
    found = {cache.run_key(asked): tuple(cards) for asked, cards in MADE}

    def rows(at: cache.RunKey) -> tuple[OutcomeNumbers, ...]:
        return tuple(
            OutcomeNumbers(card.worldview, key, key, 0, 10 + i, 99, 7)
            for key in PRICED
            for i, card in enumerate(found[at])
        )

    monkeypatch.setattr(cache, "cards", lambda at: found[at])
    monkeypatch.setattr(cache, "price_outcomes", rows)


def told(board: Board) -> Told:
    assert board.told is not None
    return board.told


def trace(board: Board, picture: int, name: str) -> dict[str, Any]:
    (found,) = [one for one in board.cards[picture].figure["data"] if one["name"] == name]
    return dict(found)


@pytest.mark.usefixtures("by_hand")
def test_a_package_has_two_pictures_that_say_the_finding_first() -> None:
    board = boards.worldviews(HAND, None, "light")
    drift, strip = board.cards
    assert ([card.key for card in board.cards], board.columns) == (["drift", "strip"], 2)
    assert (drift.scale, strip.scale) == ("level", "shift")
    assert (drift.title, strip.title) == (
        "The drift, and what the package does to it",
        "Shift by 2031, against no levers",
    )
    assert drift.ranged == "Russia-China alignment, 0 to 100 ({low} to {high} shown)"
    assert drift.sentence == "Russia-China alignment, 0 to 100 (30 to 80 shown)"
    assert strip.sentence == "points of alignment, each view against its own path"
    assert all(card.alt.startswith(f"{told(board).finding}. ") for card in board.cards)
    assert "The op-ed's case 53, without levers 72" in drift.alt
    assert "The op-ed's case: −19 points" in strip.alt
    assert drift.small is not None
    assert "data" not in drift.small
    assert strip.small is not None
    assert len(strip.small["data"]) == len(strip.figure["data"]) - 1


@pytest.mark.usefixtures("by_hand")
def test_what_stands_around_the_pictures_are_the_same_numbers() -> None:
    around = told(boards.worldviews(HAND, None, "dark"))
    assert around.year == 2031
    assert [view["shift"] for view in around.views] == ["0", "−1", "−19", "+1"]
    assert dict(around.views[2]) == {
        "key": "op-ed",
        "short": "Op-ed",
        "title": "The op-ed's case",
        "about": catalog().worldviews["op-ed"].summary,
        "glyph": "●",
        "colour": "#5aa9e6",
        "shift": "−19",
    }
    assert [price.key for price in around.prices] == ["reversed_share", "doubt", "nato_cohesion", "values_cost"]
    assert around.prices[1].told == "10 (Lock-in) to 13 (Sceptic)"
    assert around.prices[1].reference == 7
    assert not around.plays
    assert around.counts == ()
    assert around.priced == "What else these assumptions give by 2031"
    assert around.drift == (
        "Dashes: no levers (pressure goes on, nothing is offered), halfway through the views; short lines, "
        "brackets: each view’s own. Band: 80 of 100 worlds, Op-ed. Left of 2021: observed, 2 of the 6 domains "
        "(see History)."
    )
    assert around.strip == (
        "Dot: 2 of 100 assumed worlds (uncertain numbers drawn anew). Bar: 80 of 100. Marker: middle. Under lock-in "
        "only pressure moves alignment by more than a point."
    )


@pytest.mark.usefixtures("by_hand")
def test_where_nothing_is_moved_the_opening_hand_is_hollow_in_the_strip_and_can_be_played() -> None:
    board = boards.worldviews(NOTHING, None, "light")
    around, hollow = told(board), trace(board, 1, "before")
    assert (hollow["x"], hollow["opacity"]) == ([0.4, -1.4, -18.6, 1.4], 1.0)
    assert around.plays
    assert around.strip == "Hollow: where the essay’s opening hand would be."
    assert around.drift == (
        "Grey: no levers (pressure goes on, nothing is offered), from the lowest to the highest view. Dashes: halfway "
        "between. Left of 2021: observed, 2 of the 6 domains (see History)."
    )
    assert board.cards[0].title == "The drift"
    assert trace(board, 0, "Op-ed, before the last change")["opacity"] == 0.0
    assert all(colour.endswith(",0)") for colour in trace(board, 1, "worlds")["marker"]["color"])
    assert board.note == ""


@pytest.mark.usefixtures("by_hand")
def test_after_a_change_what_is_hollow_is_where_it_was_before() -> None:
    board = boards.worldviews(SQUEEZE, HAND, "light")
    around, hollow = told(board), trace(board, 1, "before")
    assert (hollow["x"], hollow["opacity"]) == ([0.4, -1.4, -18.6, 1.4], 1.0)
    assert trace(board, 0, "Op-ed, before the last change")["opacity"] == 1.0
    assert trace(board, 0, "Op-ed, before the last change")["y"][-1] == 53.4  # 72 - 18.6
    assert around.strip.endswith(" Marker: middle. Hollow: before the last change.")
    assert "Op-ed −19 → +5" in board.note
    back = told(boards.worldviews(NOTHING, HAND, "light"))
    assert not back.plays  # what is hollow is the change that was made
    assert trace(boards.worldviews(NOTHING, HAND, "light"), 1, "before")["opacity"] == 1.0
    assert trace(boards.worldviews(HAND, None, "light"), 1, "before")["opacity"] == 0.0


@pytest.mark.usefixtures("by_hand")
def test_the_past_stands_left_of_the_drift_ends_apart_from_the_start_and_says_why() -> None:
    board = boards.worldviews(HAND, None, "light")
    past, start = trace(board, 0, "observed"), trace(board, 0, "start")
    assert (past["x"], past["x"][-1:]) == ([2016, 2017, 2018, 2019, 2020, 2021], start["x"])
    assert round(past["y"][-1]) == 67 != round(start["y"][0]) == 58
    assert past["hovertemplate"].endswith("<br>The model starts from six domains, at 58<extra></extra>")
    assert (
        "Observed before, over votes and trade only: 57 in 2016, 67 in 2021. The model starts from six domains, at 58."
        in (board.cards[0].alt)
    )
    assert "The model starts" not in board.cards[1].alt
    moved, neutral = (trace(boards.worldviews(one, None, "light"), 0, "observed") for one in (SQUEEZE, NOTHING))
    assert moved == neutral == past  # nothing that a thumb moves changes it


def test_what_was_observed_of_another_pair_stands_beside_no_drift() -> None:
    board = boards.worldviews(Asked(analogues()["opening-to-china-1969"]), None, "light")
    assert trace(board, 0, "observed")["x"] == []
    assert "Observed" not in board.cards[0].alt
    assert "observed" not in told(board).drift
    assert board.cards[0].figure["layout"]["xaxis"]["range"] == [1969, 1975]


@pytest.mark.usefixtures("by_hand")
def test_some_worldviews_or_one_alone_are_drawn_and_an_unknown_one_is_none() -> None:
    two = boards.worldviews(HAND, None, "light", ("op-ed", "sceptic"))
    assert [view["key"] for view in told(two).views] == ["op-ed", "sceptic"]
    assert trace(two, 1, "middle")["x"] == [-18.6, 1.4]
    alone = boards.worldviews(HAND, None, "light", (), "sceptic")
    assert told(alone).drift == (
        "Dashes: no levers (pressure goes on, nothing is offered). Bands: 80 of 100 worlds. Thin lines: single worlds. "
        "Left of 2021: observed, 2 of the 6 domains (see History)."
    )
    assert trace(alone, 1, "middle")["marker"]["opacity"] == [0.4, 0.4, 0.4, 1.0]
    assert trace(alone, 0, "Op-ed, with levers")["opacity"] == 0.0
    assert told(alone).finding == (
        "Against no levers, this package leaves Russia and China 1 point more aligned by 2031, says “Wedge sceptic”"
    )
    assert boards.worldviews(HAND, None, "light", ("op-ed", "sceptic"), "lock-in") == two


@pytest.mark.usefixtures("by_hand")
def test_a_shift_that_is_not_the_difference_of_two_ends_is_told_for_the_views_in_sight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cards = [made("op-ed", -19.6, levers=(58, 60, 53.2), alone=(58, 65, 72.4)), made("sceptic", 1.0)]
    monkeypatch.setattr(cache, "cards", lambda _at: tuple(cards))
    assert "own shifts" in told(boards.worldviews(HAND, None, "light")).drift
    assert "own shifts" in told(boards.worldviews(HAND, None, "light", (), "op-ed")).drift
    assert "own shifts" not in told(boards.worldviews(HAND, None, "light", (), "sceptic")).drift


@pytest.mark.usefixtures("by_hand")
def test_where_no_view_moves_by_a_point_no_band_is_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cards", lambda _at: tuple(four(0.4, -0.4, 0.2, 0)))
    assert "Band:" not in told(boards.worldviews(HAND, None, "light")).drift


def test_goals_are_drawn_in_their_picture_and_counted_by_worldview() -> None:
    goals = (Goal("level", "at most", 58), Goal("shift", "at most", -10), Goal("nato_cohesion", "at least", 60))
    board = boards.worldviews(replace(HAND, goals=goals), None, "light", ("op-ed", "sceptic"))
    across = [
        shape for shape in board.cards[0].figure["layout"]["shapes"] if shape["line"].get("dash") == "longdashdot"
    ]
    upright = [shape for shape in board.cards[1].figure["layout"]["shapes"] if shape.get("x0") == -10]
    assert [(shape["y0"], shape["y1"]) for shape in across] == [(58, 58)]
    assert len(upright) == 1
    op_ed, sceptic = told(board).counts
    assert re.fullmatch(r"Op-ed: .*: at most 58 .*: in \d+ of 100 assumed worlds \(\d+ without levers\)\. .*", op_ed)
    assert sceptic.startswith("Sceptic: ")
    assert "All 3 goals: in " in op_ed


def test_a_prediction_is_a_band_in_both_sizes_of_the_strip() -> None:
    prediction = Prediction("apart", -20, -5, datetime(2026, 11, 22, 14, 2, tzinfo=UTC))
    strip = boards.worldviews(replace(HAND, predict=prediction), None, "light").cards[1]
    assert strip.small is not None
    for figure in (strip.figure, strip.small):
        (box,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
        assert (box["x0"], box["x1"]) == (-20, -5)


def test_an_analogue_offers_no_opening_hand_and_tells_what_was_paid() -> None:
    still = Asked(set_values(RESET.scenario, {key: lever.neutral for key, lever in catalog().levers.items()}))
    assert not told(boards.worldviews(still, None, "light")).plays
    board = boards.worldviews(RESET, HAND, "light")  # from other worlds: no change
    assert trace(board, 1, "before")["opacity"] == 0.0
    assert [view["key"] for view in told(board).views] == ["midpoint"]
    (count,) = told(board).counts
    assert count.startswith("Midpoint: Beijing's doubt ends at ")
    assert told(board).year == RESET.scenario.last_year


def numbers_in(data: object) -> Iterator[float]:
    """Every number of a board as it is sent: those of its figures, and those in its words."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, (list, tuple)):
        for part in data:
            yield from numbers_in(part)
    elif isinstance(data, str):
        yield from (float(found.replace("−", "-")) for found in re.findall(r"[−-]?\d+(?:\.\d+)?", data))
    elif isinstance(data, (int, float)) and not isinstance(data, bool):
        yield float(data)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_while_a_prediction_is_asked_for_nothing_of_its_result_is_sent(theme: str) -> None:
    """Whatever is asked, the board is the same; and no number of a path, shift or dot of the package is in it."""
    packages = [replace(Asked(presets()[name]), predict=FIRST) for name in ("opening-hand", "giveaway", "squeeze-both")]
    asked = [boards.question(one, theme) for one in packages]
    assert asked[0] == asked[1] == asked[2]
    sent = set(numbers_in(json.loads(json.dumps(asked[0].as_data()))))
    plain = set(numbers_in(boards.worldviews(NOTHING, NOTHING, theme).as_data()))
    assert len(sent) > 50
    for package in packages:
        cards = cache.cards(cache.run_key(replace(package, predict=None)))
        results = {round(float(value), 1) for card in cards for value in result_of(card)}
        assert len(results) > 20
        assert (results & sent) <= plain  # what is in the drift anyway


def result_of(card: CardNumbers) -> Iterator[float]:
    yield from card.shift
    yield from card.dots
    yield from card.scenario[:, -1]
    yield from card.scenario_worlds[:, -1]
    yield card.reversed_of_100


def test_in_place_of_a_finding_stands_the_question_and_no_price() -> None:
    hidden = replace(HAND, predict=FIRST)
    board = boards.question(hidden, "light")
    ask = "What do you expect? By 2031, will this package have moved Russia and China apart, closer, or neither?"
    assert (told(board).finding, told(board).short) == (ask, ask)
    assert (told(board).prices, told(board).strip, board.note, told(board).plays) == ((), "", "", False)
    assert trace(board, 1, "before")["x"] == trace(board, 1, "middle")["x"] == [0.0] * 4
    assert trace(board, 0, "end")["opacity"] == 0.0
    later = boards.question(Asked(set_values(HAND.scenario, {"horizon": 6}), predict=FIRST), "light")
    assert told(later).finding.startswith("What do you expect? By 2027, ")
    assert trace(later, 0, "without levers")["x"] == list(range(2021, 2028))


def test_the_drift_beside_the_question_is_that_of_the_years_and_the_two_that_are_asked_about() -> None:
    board = boards.question(replace(RESET, predict=FIRST), "light")
    assert [view["key"] for view in told(board).views] == ["midpoint"]
    assert trace(board, 0, "without levers")["x"][0] == RESET.scenario.start == 2009
    assert told(board).counts == ()


def test_a_board_is_sent_with_its_words_and_prices_and_one_without_words_has_none() -> None:
    data = boards.worldviews(HAND, None, "light").as_data()
    assert list(data) == ["cards", "columns", "note", "told"]
    assert data["told"]["prices"][0]["key"] == "reversed_share"
    assert data["told"]["prices"][0]["at"].keys() == catalog().worldviews.keys()
    assert "told" not in boards.domains(HAND, None, "light").as_data()

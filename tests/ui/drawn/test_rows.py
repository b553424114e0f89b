"""Compare's rows: the rule of the headline, the bars of settings, where A is, and what Washington drops."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from model import analogues, catalog, presets
from model.assumptions.scenario import set_values
from ui.drawn import compared, rows
from ui.links.asked import Asked
from ui.told import comparing
from ui.told.comparing import headline, what_is_set

HAND, GIVEAWAY, BARGAIN, SQUEEZE = (
    Asked(presets()[name]) for name in ("opening-hand", "giveaway", "grand-bargain", "squeeze-both")
)
STATUS_QUO, REFORM = Asked(presets()["status-quo"]), Asked(analogues()["reset-2009"])
FOUR = [HAND, GIVEAWAY, BARGAIN, SQUEEZE]


def middles(lock_in: float, midpoint: float, op_ed: float, sceptic: float) -> dict[str, float]:
    return {"lock-in": lock_in, "midpoint": midpoint, "op-ed": op_ed, "sceptic": sceptic}


@pytest.mark.parametrize(
    ("shifts", "told"),
    [
        ([middles(0, 0, 0, 0)], "One scenario so far: add another to see what tells them apart"),
        ([middles(0, -1, -19, 1), middles(2, 1, -21, 3)], "No view tells these two scenarios apart"),
        ([middles(0, 0, -19, 0), middles(0, 0, -16, 0)], "Only the op-ed's case tells these two scenarios apart"),
        ([middles(0, 0, -2.4, 0), middles(0, 0, 0.4, 0)], "No view tells these two scenarios apart"),  # −2 and 0
        (
            [middles(0, 0, -2.6, 0), middles(0, 0, 0.4, 0)],
            "Only the op-ed's case tells these two scenarios apart",
        ),  # −3 and 0
        (
            [middles(0, -1, -19, 1), middles(0, -8, -32, 1), middles(1, 3, 4, 1)],
            "Only the op-ed's case and the literature midpoint tell these three scenarios apart",
        ),
        (
            [middles(0, 0, 0, 0), middles(0, 3, 4, 5)],
            "All views but the structural lock-in tell these two scenarios apart",
        ),
        ([middles(0, 0, 0, 0), middles(3, 3, 4, 5)], "All four views tell these two scenarios apart"),
        ([{"midpoint": 0.0}, {"midpoint": 3.0}], "The literature midpoint tells these two scenarios apart"),
        ([{"midpoint": 0.0}, {"midpoint": 2.0}], "The literature midpoint does not tell these two scenarios apart"),
    ],
)
def test_the_headline_names_the_views_whose_middles_differ_by_three_points(
    shifts: list[dict[str, float]], told: str
) -> None:
    assert headline(shifts) == told


def test_scenarios_of_different_eras_are_not_told_apart() -> None:
    shifts = [{"midpoint": 0.0}, middles(0, 9, 9, 9)]
    assert headline(shifts, same_worlds=False) == (
        "Different eras, different assumed worlds: read each scenario by itself"
    )


def test_what_differs_most_is_named_first_and_the_rest_is_counted() -> None:
    assert what_is_set(HAND, None) == "Clear expectations 80, Assurances to allies 60, and 5 more"
    assert what_is_set(Asked(presets()["status-quo"]), None) == "No lever is moved."
    assert what_is_set(HAND, HAND) == "Set as A is."
    moved = Asked(set_values(HAND.scenario, {"nato": 60, "pressure_china": 150, "horizon": 12}))
    assert what_is_set(moved, HAND) == (  # 50 of 200 are a quarter, 10 of 100 a tenth; the context goes first
        "Against A: Years shown 10 → 12, Pressure on China 100 → 150, and 1 more"
    )
    assert what_is_set(replace(HAND, switched=("C6",)), HAND) == "Against A: structure base → C6"


def drawn(board: Any) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in board.cards[0].figure["data"]}


def test_a_lever_is_a_bar_from_where_it_is_neutral_grey_where_it_is_set_as_in_a() -> None:
    other = Asked(set_values(HAND.scenario, {"nato": 100, "pressure_china": 50}))
    traces = drawn(compared.rows_board([HAND, other], (), "light"))
    levers, high, floor = list(catalog().levers), 0.28, 1 - 0.625  # of the lower row
    bars, at = traces["set"], len(levers)
    nato, china, clarity = (at + levers.index(key) for key in ("nato", "pressure_china", "clarity"))
    assert (bars["base"][nato], bars["y"][nato]) == pytest.approx((floor, high), abs=1e-3)
    assert (bars["base"][china], bars["y"][china]) == pytest.approx((floor + high / 4, high / 4), abs=1e-3)
    assert bars["y"][clarity] == pytest.approx(0.8 * high, abs=1e-3)
    slate = rows.SLATES["light"]
    assert [bars["marker"]["color"][i] for i in (nato, china, clarity)] == [slate.set, slate.set, slate.same]
    assert set(bars["marker"]["color"][:at]) == {slate.set}
    first = traces["where A stands"]
    assert len(first["y"]) == 3 * at  # in the lower row only, each a line and a gap
    assert first["y"][0] == pytest.approx(floor + high / 2, abs=1e-3)
    assert traces["room"]["hovertext"][nato] == "B, NATO talks: 100; A 50"


def test_hollow_marks_stand_where_a_is_and_dots_lead_from_there() -> None:
    traces = drawn(compared.rows_board(FOUR, (), "light"))
    assert [round(x) for x in traces["Op-ed"]["x"]] == [-19, -11, -32, 4]
    assert [round(x) for x in traces["Op-ed of A"]["x"]] == [-19, -19, -19]
    assert traces["Op-ed of A"]["marker"]["symbol"] == "circle-open"
    assert traces["Op-ed of A"]["y"] == traces["Op-ed"]["y"][1:]
    start, end, gap = traces["Op-ed from A"]["x"][3:6]
    assert (round(start), round(end), gap) == (-19, -32, None)


def test_each_number_stands_beside_its_bar_and_out_of_the_way_of_where_a_is() -> None:
    notes = {}
    board = compared.rows_board([SQUEEZE, HAND], (), "light")
    for note in board.cards[0].figure["layout"]["annotations"]:
        if note.get("xref") == "x" and note["yref"] == "y":
            notes[note["y"]] = note
    op_ed = drawn(board)["Op-ed"]["y"]
    assert (notes[op_ed[0]]["text"], notes[op_ed[0]]["xanchor"]) == ("<b>+4</b>", "left")
    assert (notes[op_ed[1]]["text"], notes[op_ed[1]]["xanchor"]) == ("<b>−19</b>", "right")  # A is to the right


def test_what_washington_drops_has_a_bar_and_a_number_and_no_offer_has_none() -> None:
    board = compared.rows_board([HAND, SQUEEZE], (), "light")
    traces = drawn(board)
    assert traces["dropped in"]["x"] == [94, 72, 28, 96]
    assert [text.strip("\u00a0") for text in traces["dropped"]["text"]] == [f"<b>{n}</b>" for n in (94, 72, 28, 96)]
    words = [note["text"] for note in board.cards[0].figure["layout"]["annotations"]]
    assert words.count("nothing to drop") == 1
    assert (
        "B, Squeeze both harder: Lock-in +1, Midpoint +3, Op-ed +4, Sceptic +1; nothing to drop." in board.cards[0].alt
    )


@pytest.mark.parametrize("group", ["scenario", "worldview"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_rows_say_the_same_grouped_either_way_on_one_axis(group: rows.Group, theme: str) -> None:
    board = compared.rows_board(FOUR, (), theme, group)
    (card,) = board.cards
    assert card.scale == "shift"
    assert card.figure["layout"]["xaxis"]["range"] == [-60, 10]
    assert card.alt.startswith(
        "Only the op-ed's case and the literature midpoint tell these four scenarios apart. A, The essay"
    )
    shown = drawn(board)
    assert [round(x) for x in shown["Midpoint"]["x"]] == [0, 1, -7, 3]
    heights = [y for key in ("Lock-in", "Midpoint", "Op-ed", "Sceptic") for y in shown[key]["y"]]
    assert len(set(heights)) == 16
    row = [int(y) for y in shown["Midpoint"]["y"]]
    assert row == ([3, 2, 1, 0] if group == "scenario" else [2, 2, 2, 2])


def test_a_narrow_page_has_the_same_bars_and_reversal_as_a_number() -> None:
    (card,) = compared.rows_board(FOUR, (), "light").cards
    assert card.small is not None
    wide, small = ({trace["name"]: trace for trace in figure["data"]} for figure in (card.figure, card.small))
    assert small["Op-ed"]["x"] == wide["Op-ed"]["x"]
    assert "dropped in" not in small
    assert small["dropped"]["text"][0] == "<b>94</b>"


@pytest.mark.parametrize("group", ["scenario", "worldview"])
@pytest.mark.parametrize(
    "all_asked",
    [[STATUS_QUO], [HAND], [HAND, GIVEAWAY], FOUR, [HAND, REFORM], [REFORM, HAND]],
    ids=["nothing moved", "one", "two", "four", "an analogue second", "an analogue first"],
)
def test_the_key_names_the_marks_that_are_in_sight_and_no_others(all_asked: list[Asked], group: Any) -> None:
    """Of two eras A's marks are hollow where both are run under one worldview."""
    (card,), told = compared.rows_board(all_asked, (), "light", group).cards, compared.reading(all_asked, (), group)
    traces = card.figure["data"]

    def in_sight(ending: str) -> bool:
        return any(trace["x"] for trace in traces if trace["name"].endswith(ending))

    ends = [trace["x"] for trace in traces if trace["name"].endswith("80 of 100")]
    assert ("hollow" in told) == in_sight(" of A")
    assert ("gold line where A stands" in told) == in_sight("where A stands")
    assert ("Bars of levers" in told) == in_sight("room")
    assert ("bar: 80 of 100" in told) == any(
        low != high for x in ends for low, high in zip(x[::3], x[1::3], strict=True)
    )
    assert told in compared.rows_board(all_asked, (), "light", group).reading


def test_nothing_is_written_smaller_than_13_pixels() -> None:
    for named in (False, True):
        (card,) = compared.rows_board(FOUR, (), "light", named=named).cards
        for figure in (card.figure, card.small or {}):
            assert min(note["font"]["size"] for note in figure["layout"]["annotations"]) >= 13
            assert figure["layout"]["xaxis"]["tickfont"]["size"] >= 13


def test_a_picture_names_its_scenarios() -> None:
    (card,) = compared.rows_board(FOUR, (), "light", named=True).cards
    words = [note["text"] for note in card.figure["layout"]["annotations"]]
    assert "<b>C · Grand bargain</b>" in words
    assert "◆ Structural lock-in, ■ Literature midpoint" in compared.rows_board(FOUR, (), "light", named=True).reading
    assert card.figure["layout"]["height"] == 112 + 4 * 134 + 26


def test_differences_from_a_are_those_world_by_world() -> None:
    (card,) = compared.against_board([HAND, GIVEAWAY], (), "light").cards
    low, middle, high = compared.against(HAND, GIVEAWAY)["op-ed"]
    traces = {trace["name"]: trace for trace in card.figure["data"]}
    assert traces["Op-ed"]["x"] == [round(middle, 1)]
    assert traces["Op-ed 80 of 100"]["x"][:2] == [round(low, 1), round(high, 1)]
    assert comparing.TELLS == 3

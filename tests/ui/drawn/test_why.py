"""Why: levers, accounting and dose as figures, tables and sentences that agree with one another."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from model import catalog, load_scenario, run
from model.analysis.credit import Credit, credits_of
from model.analysis.dose import dose_curve
from model.analysis.dropped import Dropped, dropped_of
from model.assumptions.scenario import set_values
from ui.drawn import boards, why
from ui.links.asked import Asked
from ui.told import numbers, words
from ui.told.levers import VIEWS, Parts, levers_table, parts_by_worldview

MEMBERS = 100


@pytest.fixture(scope="module")
def parts() -> dict[str, Parts]:
    """What each lever of the opening hand does, by worldview."""
    hand = load_scenario("opening-hand")
    return parts_by_worldview(credits_of(hand, members=MEMBERS), dropped_of(run(hand, members=MEMBERS)))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_of_why_is_valid_plotly(theme: str, parts: dict[str, Parts]) -> None:
    scenario = load_scenario("opening-hand")
    curve = dose_curve(scenario, members=MEMBERS, steps=5)
    accounting = run(scenario, members=MEMBERS).accounting_frame()
    for worldview, one in parts.items():
        for figure, traces in (
            *((why.lever_bars(one, view, (-30, 10), theme), 1) for view in VIEWS),
            (why.accounting_bars(accounting, worldview, 5, theme), 9),
            (why.dose_line(curve, worldview, theme), 3),
        ):
            assert len(go.Figure(figure).data) == traces  # refuses what is not Plotly


HAND = Parts(
    Credit("sceptic", -2.4, {"nato": -1.6, "clarity": -0.8}, {"nato": -0.7, "clarity": 0.6}, -2.3, -2, {}),
    Dropped("sceptic", {}, {"nato": -2.75, "clarity": 1.5}, {}),
)


@pytest.mark.parametrize(
    ("view", "bars", "told"),
    [
        ("dropped", [-2.75, 1.5], ["−3", "+2"]),
        ("shared", [-1.6, -0.8], ["−1", "−1"]),  # -2 and -1 would be a point more than the mean shift, -2
        ("alone", [-0.7, 0.6], ["−1", "+1"]),
    ],
)
def test_a_bar_is_as_long_as_what_it_shows_and_its_whole_points_stand_at_its_end(
    view: str, bars: list[float], told: list[str]
) -> None:
    figure = why.lever_bars(HAND, view, (-5, 3), "dark")
    (drawn,) = figure["data"]
    assert (drawn["y"], drawn["x"], drawn["text"]) == (["NATO talks", "Clear expectations"], bars, told)
    assert drawn["marker"]["color"] == "#f08a3c"
    assert drawn["textposition"] == "outside"
    assert drawn["hovertemplate"].startswith(f"%{{y}}, {VIEWS[view].name.lower()}: ")
    apart, closer = figure["layout"]["annotations"]
    assert (apart["text"], apart["x"], apart["xanchor"]) == ("← further apart", 0, "right")  # beside the bars
    assert (closer["text"], closer["x"], closer["xanchor"]) == ("closer →", 1, "right")  # below them, at the end
    assert apart["font"]["size"] == closer["font"]["size"] == 13
    assert figure["layout"]["xaxis"]["range"] == [-5, 3]


def test_all_views_and_worldviews_share_an_axis_with_room_for_the_numbers() -> None:
    """From the longest bar to each side, and 15 in 100 of that width more; from -5 to 3 at the least."""
    assert why.lever_reach([HAND]) == pytest.approx((-5 - 1.2, 3 + 1.2))
    longer = HAND._replace(dropped=Dropped("sceptic", {}, {"nato": -16.0, "clarity": 4.0}, {}))
    assert why.lever_reach([HAND, longer]) == pytest.approx((-16 - 3, 4 + 3))
    alone = HAND._replace(credit=replace(HAND.credit, alone={"nato": 5.0, "clarity": 0}))
    assert why.lever_reach([alone, HAND]) == pytest.approx((-5 - 1.5, 5 + 1.5))


def test_the_board_of_levers_asks_one_question_and_its_axis_is_that_of_every_view() -> None:
    asked = Asked(load_scenario("opening-hand"))
    drawn = {view: boards.credit(asked, None, "light", ("op-ed", "lock-in"), view) for view in VIEWS}
    for view, board in drawn.items():
        assert [card.key for card in board.cards] == ["lock-in", "op-ed"]
        assert board.reading.startswith(VIEWS[view].question)
        assert all(len(card.figure["data"]) == 1 for card in board.cards)
    axes = {tuple(card.figure["layout"]["xaxis"]["range"]) for board in drawn.values() for card in board.cards}
    assert len(axes) == 1
    assert boards.credit(asked, None, "light", ("op-ed", "lock-in")) == drawn["dropped"]
    assert boards.credit(Asked(load_scenario("status-quo")), None, "light").cards == ()


def test_the_words_of_a_board_of_levers_are_its_numbers() -> None:
    asked = Asked(load_scenario("opening-hand"))
    told = {view: boards.credit(asked, None, "light", ("op-ed",), view).cards[0].alt for view in VIEWS}
    assert told["dropped"] == (
        "The op-ed's case. Lost if dropped. Most would be lost without Clear expectations (−10 points, further apart). "
        "NATO talks −8, CAATSA relief −3, G8 readmission −4, Military contacts −5, Ukraine and Crimea track −5, "
        "Clear expectations −10, Assurances to allies 0."
    )
    assert told["shared"] == (
        "The op-ed's case. Shared out. Mean shift: −19 points, further apart. NATO talks −5, CAATSA relief −1, "
        "G8 readmission −3, Military contacts −3, Ukraine and Crimea track −3, Clear expectations −4, "
        "Assurances to allies 0."
    )
    assert told["alone"] == (
        "The op-ed's case. Alone. Mean shift −19: −7 from the levers one by one, −12 because they act together. "
        "NATO talks −2, CAATSA relief −1, G8 readmission −1, Military contacts −1, Ukraine and Crimea track −2, "
        "Clear expectations 0, Assurances to allies 0."
    )


def test_the_bars_that_are_shared_out_add_up_to_the_mean_shift_above_them(parts: dict[str, Parts]) -> None:
    low, high = why.lever_reach(parts.values())
    for one in parts.values():
        (bars,) = why.lever_bars(one, "shared", (low, high), "light")["data"]
        assert sum(bars["x"]) == pytest.approx(one.credit.shift, abs=0.05)
        assert sum(int(text.replace("−", "-")) for text in bars["text"]) == round(one.credit.shift)
        assert words.signed(one.credit.shift) in one.sentence("shared")
        assert all(low < value < high for view in VIEWS for value in one.points(view).values())


def test_what_is_told_of_each_cause_adds_up_in_tenths_of_a_point() -> None:
    accounting = run("opening-hand", members=MEMBERS).accounting_frame().query("term != 'limit'")
    *bars, line = why.accounting_bars(accounting, "op-ed", 5, "light")["data"]
    for year, total in enumerate(line["y"]):
        assert sum(bar["customdata"][year] for bar in bars) == pytest.approx(round(total, 1))


def test_each_term_of_the_accounting_has_a_colour_and_the_line_is_their_sum() -> None:
    accounting = run("opening-hand", members=MEMBERS).accounting_frame()
    assert set(why.TERM_COLOURS) | {"limit"} == set(accounting["term"])
    *bars, line = why.accounting_bars(accounting, "op-ed", 5, "light")["data"]
    reach = why.accounting_reach(accounting)
    for year, total in enumerate(line["y"]):
        stacked = [bar["y"][year] for bar in bars]
        assert sum(stacked) == pytest.approx(total, abs=0.01)
        assert sum(value for value in stacked if value > 0) < reach


def test_the_ring_of_the_dose_chart_stands_on_the_curve() -> None:
    curve = dose_curve("opening-hand", "nato", members=MEMBERS, steps=5)
    _, line, ring = why.dose_line(curve, "op-ed", "light")["data"]
    assert ring["x"] == [50.0]
    assert ring["y"] == [line["y"][line["x"].index(50)]]


def test_the_threshold_of_moscow_is_a_dashed_line_where_there_is_one() -> None:
    curve = dose_curve("opening-hand", "nato", members=MEMBERS, steps=5)
    for threshold, shapes in ((37.5, [(37.5, 37.5, 0, 1)]), (None, [])):
        of_all: dict[str, float | None] = dict.fromkeys(curve.worldviews, threshold)
        drawn = why.dose_line(replace(curve, threshold_dose=of_all), "op-ed", "light")["layout"]["shapes"]
        assert [(one["x0"], one["x1"], one["y0"], one["y1"]) for one in drawn] == shapes
        assert all(one["line"] == {"color": "#5f6977", "width": 2, "dash": "dash"} for one in drawn)


def test_the_dose_of_a_pressure_goes_from_0_to_200() -> None:
    scenario = set_values(load_scenario("status-quo"), {"pressure_china": 140})
    curve = dose_curve(scenario, "pressure_china", members=MEMBERS, steps=5)
    figure = why.dose_line(curve, "op-ed", "light")
    _, line, ring = figure["data"]
    assert line["x"] == [0, 50, 100, 150, 200]
    assert line["y"][2] == 0  # neutral: the no-lever run itself
    assert line["y"] == sorted(line["y"])  # the harder, the closer
    assert ring["x"] == [140]
    axis = figure["layout"]["xaxis"]
    assert (axis["range"], axis["dtick"]) == ([-4, 204], 50)
    assert words.dose_sentence(curve, "op-ed").startswith(f"At dose 200: {words.points(line['y'][-1]).lower()}.")
    reading = boards.dose(Asked(scenario), "light", (), "pressure_china").reading
    assert "if the dose were anything from 0 to 200 and" in reading


def test_the_let_down_has_a_colour_of_its_own_and_pushes_together_only() -> None:
    accounting = run("opening-hand", members=MEMBERS).accounting_frame()
    assert len(set(why.TERM_COLOURS.values())) == len(why.TERM_COLOURS) == 8
    told = accounting[accounting["term"] == "let-down"]
    assert (told["points"] >= 0).all()
    assert (told.groupby("worldview")["points"].sum() > 0).all()


def test_tables_of_why_have_a_column_a_worldview(parts: dict[str, Parts]) -> None:
    scenario = load_scenario("opening-hand")
    shorts = {view.short for view in catalog().worldviews.values()}
    for table, columns in (
        (levers_table(parts), shorts),
        (numbers.accounting_table(run(scenario, members=MEMBERS).accounting_frame()), shorts),
        (numbers.dose_table(dose_curve(scenario, members=MEMBERS, steps=5)), {f"{short} middle" for short in shorts}),
    ):
        assert columns < set(table.columns)


def test_the_yearly_table_has_each_year_and_cause_and_their_sum() -> None:
    found = run(load_scenario("opening-hand"), members=MEMBERS).accounting_frame()
    table = numbers.yearly_table(found)
    assert len(table) == found.groupby(["worldview", "year"]).ngroups
    causes = [column for column in table.columns if column not in ("Worldview", "Year", "Sum")]
    assert (table[causes].sum(axis=1) - table["Sum"]).abs().max() < 1e-9


def test_the_sentence_of_a_dose_says_whether_the_threshold_is_reached() -> None:
    curve = dose_curve("opening-hand", members=MEMBERS, steps=11)
    assert "reached at dose" in words.dose_sentence(curve, "op-ed")
    assert "no dose reaches" in words.dose_sentence(curve, "lock-in")

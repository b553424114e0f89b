"""Why: credit, accounting and dose as figures, tables and sentences that agree with one another."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from model import catalog, load_scenario, run
from model.analysis.credit import credits_of
from model.analysis.dose import dose_curve
from model.assumptions.scenario import set_values
from ui.drawn import boards, why
from ui.links.asked import Asked
from ui.told import numbers, words

MEMBERS = 100


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_of_why_is_valid_plotly(theme: str) -> None:
    scenario = load_scenario("opening-hand")
    credits_, curve = credits_of(scenario, members=MEMBERS), dose_curve(scenario, members=MEMBERS, steps=5)
    accounting = run(scenario, members=MEMBERS).accounting_frame()
    reach = why.credit_reach(credits_)
    for credit in credits_:
        for figure, traces in (
            (why.credit_bars(credit, reach, theme), 3),
            (why.accounting_bars(accounting, credit.worldview, 5, theme), 9),
            (why.dose_line(curve, credit.worldview, theme), 3),
        ):
            assert len(go.Figure(figure).data) == traces  # refuses what is not Plotly


def test_the_bars_of_credit_add_up_to_the_mean_shift_and_stay_on_the_axis() -> None:
    credits_ = credits_of("opening-hand", members=MEMBERS)
    low, high = why.credit_reach(credits_)
    for credit in credits_:
        bars = why.credit_bars(credit, (low, high), "light")["data"][0]
        by_name = dict(zip(bars["y"], bars["x"], strict=True))
        shift = by_name.pop("Mean shift")
        assert by_name.pop("Interaction") is None
        assert sum(by_name.values()) == pytest.approx(shift, abs=0.05)
        assert all(low <= value <= high for value in (*by_name.values(), shift, credit.interaction))


def test_what_is_told_of_each_bar_adds_up_in_whole_points() -> None:
    for credit in credits_of("opening-hand", members=MEMBERS):
        levers, together, alone = why.credit_bars(credit, (-30, 10), "light")["data"]
        *parts, interaction, shift = levers["customdata"]
        assert interaction is None
        assert sum(parts) == shift == round(credit.shift)
        assert sum(alone["customdata"]) + together["customdata"][0] == shift
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


def test_tables_of_why_have_a_column_a_worldview() -> None:
    scenario = load_scenario("opening-hand")
    shorts = {view.short for view in catalog().worldviews.values()}
    for table, columns in (
        (numbers.credit_table(credits_of(scenario, members=MEMBERS)), shorts),
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


def test_sentences_of_why_are_in_whole_points() -> None:
    credit = credits_of("opening-hand", "op-ed", members=MEMBERS)[0]
    said = words.credit_sentence(credit)
    assert said.startswith("Mean shift −")
    assert "." not in said[:-1]
    curve = dose_curve("opening-hand", members=MEMBERS, steps=11)
    assert "reached at dose" in words.dose_sentence(curve, "op-ed")
    assert "no dose reaches" in words.dose_sentence(curve, "lock-in")

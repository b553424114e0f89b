"""The record of history: every number recomputed from the table, grounds for each series, codings for every year."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model import InputError, catalog
from model.assumptions.catalog import DATA
from model.assumptions.scenario import analogues
from model.history.observed import FIRST, LAST, History, history, load_history
from model.history.windows import event_windows

YEARS = range(1992, 2025)
VALUES = history().values


def clipped(points: pd.Series[float]) -> pd.Series[float]:
    return points.clip(0, 100)


def series(name: str) -> pd.Series[float]:
    return VALUES[name]


# ---- the numbers


def test_the_record_runs_from_1992_to_2024_and_says_where_it_has_no_value() -> None:
    assert (FIRST, LAST) == (1992, 2024)
    assert list(VALUES.index) == list(YEARS)
    holes = {name: list(values.index[values.isna()]) for name, values in VALUES.items()}
    assert {name: years for name, years in holes.items() if years} == {
        "identical_votes": [2024],
        "joint_vetoes": [2023, 2024],
    }
    for name in ("identical_votes", "joint_vetoes"):
        assert "2024" in " ".join(history().series[name].breaks)


BY_HAND: dict[str, Callable[[], pd.Series[float]]] = {
    "alignment_votes": lambda: clipped(100 * (1 - series("ideal_point_distance") / 3)),
    "alignment_trade": lambda: clipped(100 * series("trade_share") / 40),
    "alignment_arms": lambda: clipped(100 * series("arms_share") / 60),
    "closeness_votes": lambda: (
        100 * series("ideal_point_distance_us") / (series("ideal_point_distance_us") + series("ideal_point_distance"))
    ),
    "composite_A": lambda: (
        (clipped(100 * (1 - series("ideal_point_distance") / 3)) + clipped(100 * series("trade_share") / 40)) / 2
    ),
    "composite_B": lambda: (
        (
            clipped(100 * (1 - series("ideal_point_distance") / 3))
            + clipped(100 * series("trade_share") / 40)
            + clipped(100 * series("arms_share") / 60)
        )
        / 3
    ),
    "composite_R": lambda: (
        50 * series("ideal_point_distance_us") / (series("ideal_point_distance_us") + series("ideal_point_distance"))
        + series("closeness_trade") / 2
    ),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_what_is_derived_can_be_recomputed_from_the_table(name: str) -> None:
    assert VALUES[name].to_numpy() == pytest.approx(BY_HAND[name]().to_numpy(), abs=6e-5)


def test_every_scale_and_composite_is_recomputed_here() -> None:
    assert set(BY_HAND) == {*history().parts, *history().composites, "closeness_votes"}


@pytest.mark.parametrize(("year", "alignment"), [(2001, 46.38), (2009, 50.96), (2021, 67.02), (2024, 88.59)])
def test_composite_a_is_that_of_the_naive_forecasts(year: int, alignment: float) -> None:
    assert VALUES.at[year, "composite_A"] == pytest.approx(alignment, abs=0.005)


@pytest.mark.parametrize("year", [2009, 2014, 2021, 2024])
def test_the_measured_domains_are_those_that_runs_start_from(year: int) -> None:
    for domain, name in history().measured("composite_A").items():
        assert VALUES.at[year, name] == pytest.approx(catalog().levels[domain].values[str(year)], abs=0.51)


def test_the_noise_of_the_distance_is_the_mean_of_its_yearly_errors() -> None:
    noise = history().series["ideal_point_distance"].noise.value
    assert noise == pytest.approx(VALUES["ideal_point_error"].mean(), abs=0.005)
    assert history().series["alignment_votes"].noise.value == pytest.approx(
        100 * VALUES["ideal_point_error"].mean() / 3, abs=0.05
    )


def test_time_alone_goes_with_85_of_100_parts_of_the_variance_of_composite_a() -> None:
    share = np.corrcoef(VALUES.index, VALUES["composite_A"])[0, 1] ** 2
    assert share == pytest.approx(0.85, abs=0.005)
    assert "85 of 100" in history().tells.apart[0]


def test_a_policy_series_in_the_table_is_what_its_spans_say() -> None:
    for name, record in history().series.items():
        for span in record.spans:
            assert (VALUES.loc[span.first : span.last, name] == span.value).all(), (name, span.first)
    policies = {name for name, record in history().series.items() if record.kind == "policy"}
    assert policies == {name for name, record in history().series.items() if record.spans}
    assert {"nato_forum", "sanctions", "g8", "contacts", "ukraine"} <= policies


# ---- grounds


def test_every_series_has_words_source_licence_breaks_and_noise() -> None:
    for name, record in history().series.items():
        assert record.meaning.endswith("."), name
        for source in record.sources:
            assert catalog().sources[source].license, (name, source)
        for text in (*record.breaks, record.noise.meaning):
            assert text.endswith("."), (name, text)


def test_every_row_of_the_table_names_sources_that_its_series_names_too() -> None:
    table = pd.read_csv(DATA / "history.csv")
    for name, sources in table[["series", "sources"]].drop_duplicates().itertuples(index=False):
        assert set(sources.split(";")) <= set(history().series[name].sources), name


def test_no_two_records_say_the_same_of_a_series() -> None:
    titles = [record.title for record in history().series.values()]
    assert len(set(titles)) == len(titles)


# ---- events


def step(year: int, name: str) -> tuple[float, int, int]:
    windows = event_windows(history())
    found = windows[(windows["year"] == year) & (windows["series"] == name)]
    (size,), (rank,), (among,) = (found[column].tolist() for column in ("step", "rank", "windows"))
    return size, rank, among


def test_a_window_is_three_years_after_less_three_years_before() -> None:
    after, before = VALUES["composite_A"].loc[2010:2012].mean(), VALUES["composite_A"].loc[2006:2008].mean()
    assert step(2009, "composite_A")[0] == pytest.approx(after - before)
    windows = event_windows(history())
    assert set(windows["year"]) == set(range(1995, 2023))
    assert set(windows[windows["year"] == 2022]["years_after"]) == {2}


# composite A: year, step, rank among 28 windows, as worked out before there was this table
STEPS = [(1998, 24.8, 2), (2001, 4.3, 21), (2002, 2.1, 25), (2004, 4.6, 19), (2008, 1.8, 26), (2009, 0.1, 28)]
STEPS += [(2012, 4.4, 20), (2014, 7.0, 11), (2017, 6.6, 13), (2018, 5.3, 18), (2022, 22.7, 4)]


@pytest.mark.parametrize(("year", "size", "rank"), STEPS)
def test_the_steps_are_those_of_the_event_table(year: int, size: float, rank: int) -> None:
    found = step(year, "composite_A")
    assert (round(found[0], 1), *found[1:]) == (size, rank, 28)


def test_the_warnings_are_what_the_windows_show() -> None:
    warning = {event.year: event.warning or "" for event in history().events.values()}
    assert "flattest" in warning[2009]
    assert step(2009, "composite_A")[1] == 28
    assert "second largest rise" in warning[1998]
    assert step(1998, "composite_A")[1] == 2
    assert "not visible against ordinary years" in warning[2014]
    assert 8 <= step(2014, "composite_A")[1] <= 20
    assert "trade above all" in warning[2022]
    assert step(2022, "alignment_trade")[1] == 1
    assert step(2022, "alignment_votes")[0] < 10 < step(2022, "alignment_trade")[0]


def test_every_event_lies_in_the_record_in_the_order_of_years() -> None:
    years = [event.year for event in history().events.values()]
    assert years == sorted(years)
    assert set(years) <= set(YEARS)


# ---- codings


def test_every_coding_covers_every_lever_in_every_year() -> None:
    found = history()
    assert list(found.codings.levers) == ["as-recorded", "generous", "change", "none"]
    assert list(found.codings.pressure) == ["constant", "analogues", "sanctions"]
    for year in YEARS:
        for coding in found.codings.levers:
            for lever in catalog().levers:
                assert 0 <= found.position(coding, lever, year, year) <= 100
        for coding in found.codings.pressure:
            assert 0 <= found.pressure(coding, year) <= 200


# year: nato, caatsa, g8, mil, ukraine, clarity in percent, worked out by hand from the statuses
RECORDED = {
    1995: (0, 100, 50, 30, 0, 0),
    2001: (15, 100, 100, 30, 0, 25),
    2010: (25, 100, 100, 50, 0, 60),
    2013: (25, 90, 100, 50, 0, 25),
    2015: (0, 50, 0, 0, 0, 0),
    2021: (0, 0, 0, 0, 0, 0),
    2024: (0, 0, 0, 0, 0, 0),
}
LEVERS = ("nato", "caatsa", "g8", "mil", "ukraine", "clarity")


@pytest.mark.parametrize("year", RECORDED)
def test_the_levers_as_recorded_are_those_worked_out_by_hand(year: int) -> None:
    assert tuple(history().position("as-recorded", lever, year, 2001) for lever in LEVERS) == RECORDED[year]


def test_the_generous_coding_adds_to_what_is_recorded_and_no_lever_moves_under_none() -> None:
    found = history()
    assert tuple(found.position("generous", lever, 1995, 1995) for lever in LEVERS) == (50, 100, 50, 30, 100, 50)
    assert tuple(found.position("generous", lever, 2013, 2013) for lever in LEVERS) == (25, 90, 100, 50, 100, 50)
    assert tuple(found.position("generous", lever, 2014, 2014) for lever in LEVERS) == (0, 50, 0, 0, 0, 50)
    assert {found.position("none", lever, year, year) for lever in LEVERS for year in YEARS} == {0}


def test_only_what_exceeds_the_origin_counts_under_change() -> None:
    found = history()
    assert {found.position("change", lever, year, year) for lever in LEVERS for year in YEARS} == {0}
    assert tuple(found.position("change", lever, 2010, 2008) for lever in LEVERS) == (25, 0, 0, 50, 0, 60)
    assert tuple(found.position("change", lever, 2014, 2010) for lever in LEVERS) == (0, 0, 0, 0, 0, 0)


def test_pressure_is_that_of_the_end_of_2021_in_2021_under_every_coding() -> None:
    assert {history().pressure(coding, 2021) for coding in history().codings.pressure} == {100}


def test_the_pressure_of_the_analogues_is_theirs_and_straight_between_them() -> None:
    found = history()
    for name in ("reset-2009", "lock-in-2022", "overture-2025"):
        analogue = analogues()[name].analogue
        assert analogue is not None
        year = {"reset-2009": 2009, "lock-in-2022": 2022, "overture-2025": 2024}[name]
        assert found.pressure("analogues", year) == analogue.pressure
    assert found.pressure("analogues", 2017) == pytest.approx(80)
    assert found.pressure("analogues", 1992) == 30


def test_a_coding_looks_at_no_other_year() -> None:
    found = history()
    poisoned = found.values.copy()
    poisoned.loc[[year for year in YEARS if year not in (2005, 2008)]] = -9e9
    blind = replace(found, values=poisoned)
    for coding in found.codings.levers:
        for lever in LEVERS:
            assert blind.position(coding, lever, 2008, 2005) == found.position(coding, lever, 2008, 2005)
    for coding in found.codings.pressure:
        assert blind.pressure(coding, 2008) == found.pressure(coding, 2008)
    with pytest.raises(InputError, match="no position for the -9e\\+09 of 2007"):
        blind.position("as-recorded", "nato", 2007, 2005)


# ---- faults


FAULTS = [
    ("history.toml", 'of = "trade_share"', 'of = "trade_shar"', ["trade_shar", "did you mean trade_share"]),
    ("history.toml", 'domain = "economic"', 'domain = "economy"', ["economy", "economic"]),
    ("history.toml", 'like = "as-recorded"', 'like = "as-recordd"', ["as-recordd", "as-recorded"]),
    ("history.toml", 'like = "as-recorded"', 'like = "generous"', ["stands by itself", "generous"]),
    ("history.toml", "[1, 25]]", "[1, 250]]", ["positions", "250", "100"]),
    ("history.toml", "[2022, 170]", "[2022, 270]", ["points", "270", "200"]),
    ("history.toml", "levers.ukraine = {", "levers.pressure_china = {", ["pressure_china", "allowed"]),
    ("history.toml", 'levers.nato = { by = "nato_forum"', 'levers.natto = { by = "nato_forum"', ["natto", "nato"]),
    ("history.toml", "positions = [[0, 0], [0.25, 0], [0.5, 15], [1, 25]]", "positions = [[0, 0]]", ["nato_forum"]),
    ("history.toml", "{ first = 2022, last = 2024, value = 0,", "{ first = 2023, last = 2024, value = 0,", ["spans"]),
    ("history.toml", 'sources = ["unga-ideal-points"]', 'sources = ["unga"]', ["unknown source", "unga"]),
    ("history.toml", "breaks = [", "break = [", ["break", "breaks"]),
    ("history.toml", "points = [[1992, 100], [2024, 100]]", "", ["points", "positions"]),
    ("history.toml", "[2013, 60], [2014, 60]", "[2014, 60], [2013, 60]", ["must rise"]),
    ("history.toml", 'composite_A = ["alignment_votes"', 'composite_A = ["alignment_vote"', ["alignment_vote"]),
    ("history.csv", "1992,trade_share,", "1992,trade_shar,", ["trade_shar", "trade_share"]),
    ("history.csv", "year,series,", "year,serie,", ["serie", "series"]),
    ("history.csv", ",USD bn,", ",USD m,", ["USD m", "USD bn"]),
    ("history.csv", "1993,trade_share,", "1992,trade_share,", ["one value a year"]),
    ("history.csv", "year,series,value,unit,sources\n", "", ["the head"]),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "fragments"), FAULTS, ids=[fault[2][:40] or fault[1][:40] for fault in FAULTS]
)
def test_a_fault_is_refused_in_a_sentence(tmp_path: Path, file: str, old: str, new: str, fragments: list[str]) -> None:
    for name in ("history.toml", "history.csv"):
        shutil.copy(DATA / name, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_history(tmp_path)
    for fragment in (*fragments, file):
        assert fragment in str(refused.value)


def test_a_missing_table_is_refused_in_a_sentence(tmp_path: Path) -> None:
    shutil.copy(DATA / "history.toml", tmp_path)
    with pytest.raises(InputError, match=r"^model/data/history.csv does not exist\.$"):
        load_history(tmp_path)


@pytest.mark.parametrize(
    "ask",
    [
        lambda h: h.rules("recorded"),
        lambda h: h.pressure("constnt", 2001),
        lambda h: h.measured("composite_C"),
        lambda h: h.measured("composite_B"),
    ],
)
def test_an_unknown_name_is_refused(ask: Callable[[History], object]) -> None:
    with pytest.raises(InputError):
        ask(history())

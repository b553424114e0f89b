"""What is said of observed history: every number is worked out again here from history.csv itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from model import analogues, catalog, presets
from model.assumptions.scenario import set_values
from model.history.observed import history
from ui.told import observed as told
from ui.told.assumptions import cite

ROWS = pd.read_csv(Path(__file__).parents[3] / "model/data/history.csv")
RECORD = history()
SHOWN = told.series_shown()


def values(name: str) -> pd.Series[float]:
    """A series as the file has it."""
    return ROWS[ROWS["series"] == name].set_index("year")["value"]


def steps(name: str) -> dict[int, float]:
    """By year the mean of up to three years after, at least two, less that of three before."""
    known = dict(zip(map(int, values(name).index), values(name), strict=True))
    found = {}
    for year in known:
        before = [known[year - i] for i in (1, 2, 3) if year - i in known]
        after = [known[year + i] for i in (1, 2, 3) if year + i in known]
        if len(before) == 3 and len(after) >= 2:
            found[year] = sum(after) / len(after) - sum(before) / 3
    return found


def test_the_choice_holds_every_series_that_is_no_policy_once_and_begins_with_the_composites() -> None:
    measured = [name for name, series in RECORD.series.items() if series.kind != "policy"]
    assert sorted(SHOWN) == sorted(measured)
    assert SHOWN[:3] == ["composite_A", "composite_B", "composite_R"]
    assert set(SHOWN[3:8]) == {part for of in RECORD.composites.values() for part in of}


def test_the_finding_is_what_the_file_says() -> None:
    known, around = values("composite_A"), steps("composite_A")
    rose = round(known[2024]) - round(known[1992])
    most = max(around, key=lambda year: around[year])
    least = min(around, key=lambda year: abs(around[year]))
    assert len(around) == 28
    assert (rose, most, least) == (60, 1997, 2009)
    assert told.finding() == (
        f"From 1992 to 2024 Russia and China moved {rose} of 100 points closer, most in {most - 3}–{most + 3}, "
        f"least in {least - 3}–{least + 3}"
    )
    assert f"is +{round(around[most])} around {most} and {round(around[least])} around {least}." in told.basis()
    assert "votes and trade in equal parts" in told.basis()


def test_a_fall_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    upside_down = RECORD.values.assign(composite_A=100 - RECORD.values["composite_A"])
    monkeypatch.setattr("ui.told.observed.history", lambda: type("Record", (), {"values": upside_down})())
    assert "moved 60 of 100 points further apart" in told.finding()


@pytest.mark.parametrize("name", SHOWN)
def test_each_series_is_told_with_its_ends_its_noise_and_its_unit(name: str) -> None:
    known, series, said = values(name), RECORD.series[name], told.ends_sentence(name)
    digits = 1 if series.unit == "ideal-point units" else 0
    first, last = known.index[0], known.index[-1]
    assert f"from {known[first]:.{digits}f}" in said
    assert f"in {first} to {known[last]:.{digits}f}" in said
    assert said.startswith(series.title)
    assert ("Band: ± " in said) == (series.noise.value is not None)
    assert series.noise.value is None or f"Band: ± {series.noise.value:g}" in said
    assert series.noise.meaning in said


@pytest.mark.parametrize("name", SHOWN)
def test_each_series_comes_with_source_licence_and_breaks(name: str) -> None:
    facts, series, sources = told.facts(name), RECORD.series[name], catalog().sources
    assert all(sources[slug].citation_full in facts["Sources"] for slug in series.sources)
    assert all(sources[slug].license in facts["Licence"] for slug in series.sources)
    assert all(one in facts["Breaks"] for one in series.breaks)


def test_higher_is_said_to_be_closer_on_the_scale_only() -> None:
    said = {name: "higher is closer" in told.reading(name) for name in SHOWN}
    assert said == {name: name in SHOWN[:8] for name in SHOWN}


def test_the_ends_of_the_scale_are_its_anchors() -> None:
    assert told.scale_ends("composite_A") == ("votes 3 units apart, trade 0 %", "votes 0 units apart, trade 40 %")
    assert told.scale_ends("alignment_arms") == ("arms 0 %", "arms 60 %")
    assert told.scale_ends("composite_R") == told.scale_ends("trade_value") == ("", "")
    assert [name for name in SHOWN if told.on_scale(name)] == SHOWN[:8]


@pytest.mark.parametrize("name", ["composite_A", "composite_B", "composite_R", "alignment_trade"])
def test_where_a_series_rose_most_and_moved_least_is_worked_out_from_the_file(name: str) -> None:
    found, around = told.stretches(name), steps(name)
    assert found
    assert found.steepest.step == pytest.approx(max(around.values()), abs=1e-6)
    assert abs(found.flattest.step) == pytest.approx(min(map(abs, around.values())), abs=1e-6)
    for one in found:
        assert around[one.year] == pytest.approx(one.step, abs=1e-6)
        assert (one.first, one.last) == (one.year - 3, min(one.year + 3, 2024))


def test_a_series_off_the_scale_has_no_stretches() -> None:
    assert told.stretches("trade_value") is None
    assert "rose most" not in told.alt("trade_value")


def test_the_spans_of_each_lever_are_its_positions_year_by_year() -> None:
    spans = told.lever_spans()
    assert list(spans) == [key for key in catalog().levers if key in spans]
    assert set(spans) == set(RECORD.codings.levers["as-recorded"].levers)
    for lever, found in spans.items():
        by_year = {year: percent for first, last, percent in found for year in range(first, last + 1)}
        assert by_year == {year: RECORD.position("as-recorded", lever, year, year) for year in range(1992, 2025)}
        assert all(one[2] != after[2] for one, after in pairwise(found))
    assert spans["caatsa"][0] == (1992, 2011, 100)


def test_the_table_of_events_has_every_warning_and_the_steps_of_the_file() -> None:
    table, around = told.events_table(), steps("composite_A")
    ranked = sorted(around, key=lambda year: -around[year])
    assert list(table["Event"]) == [event.title for event in RECORD.events.values()]
    assert list(table["No."]) == list(range(1, 15))
    for row in table.to_dict("records"):
        assert row["Step"] == pytest.approx(around[row["Year"]], abs=1e-6)
        assert (row["Rank"], row["Windows"]) == (ranked.index(row["Year"]) + 1, 28)
    assert table.set_index("Year")["Rank"][2009] == 28  # the reset, on the flattest stretch
    assert table.set_index("Year")["Rank"][1998] == 2
    assert [warning or None for warning in table["Warning"]] == [event.warning for event in RECORD.events.values()]


def test_the_table_of_series_is_the_file_unrounded() -> None:
    found = told.series_table().set_index(["series", "year"])["value"].sort_index()
    pd.testing.assert_series_equal(found, ROWS.set_index(["series", "year"])["value"].sort_index(), check_exact=True)


def test_the_picture_in_words_names_ends_scale_stretches_and_levers() -> None:
    said = told.alt("composite_A")
    assert "from 29 in 1992 to 89 points in 2024" in said
    assert "100 is votes 0 units apart, trade 40 %." in said
    assert "It rose most around 1997, +26, and moved least around 2009, 0." in said
    assert "CAATSA relief: 100 % 1992–2011, 90 % 2012–2013, 50 % 2014–2016." in said
    assert not re.search(r"-[0-9]", said)


@pytest.mark.parametrize(
    ("name", "changes", "years"),
    [
        ("opening-hand", {}, range(2016, 2022)),  # half as many as are run
        ("opening-hand", {"start": 2024}, range(2019, 2025)),
        ("opening-hand", {"horizon": 15}, range(2013, 2022)),
        ("opening-hand", {"horizon": 1}, range(2020, 2022)),
        ("reset-2009", {}, range(2006, 2010)),
        ("overture-2025", {}, range(2023, 2025)),  # the record ends a year before the start
        ("opening-to-china-1969", {}, ()),  # another pair, before the record
    ],
)
def test_what_was_observed_before_a_scenario_is_composite_a_up_to_its_start(
    name: str, changes: dict[str, int], years: Sequence[int]
) -> None:
    scenario = set_values({**presets(), **analogues()}[name], changes)
    found, known = told.before(scenario), values("composite_A")
    assert list(found) == list(years)
    assert all(found[year] == known[year] for year in years)
    for said in (told.before_alt(scenario, 58), told.before_read(scenario), told.before_credits(scenario)):
        assert bool(said) == bool(years)


def test_whoever_takes_a_picture_of_the_past_away_takes_sources_and_licences_along() -> None:
    series = RECORD.series["composite_A"]
    told_of = told.before_credits(presets()["opening-hand"])
    for slug in series.sources:
        assert cite([slug]) in told_of
        assert catalog().sources[slug].license in told_of

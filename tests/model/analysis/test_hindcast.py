"""Hindcasts: forward only, the naive rules as they were worked out before, and errors that are counted right."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model import InputError, catalog
from model.analysis import hindcast as subject
from model.analysis.hindcast import (
    COMPOSITE,
    DEFAULT,
    HORIZONS,
    NAIVE,
    Coding,
    Hindcast,
    codings,
    forecasts,
    hindcast,
    past_bands,
    scores,
    yearly_policies,
)
from model.analysis.hindcast_summary import summary
from model.assumptions.catalog import Assumptions
from model.assumptions.switches import switches
from model.engine.worlds import make_worlds
from model.history.observed import History, history

MEMBERS = 40
FORECASTS = ["forecaster", *Coding._fields, "origin", "horizon", "target", "forecast", "low", "high"]
WORLDVIEWS = ["lock-in", "midpoint", "op-ed", "sceptic"]
BEFORE = list(csv.DictReader((Path(__file__).parent / "naive_forecasts.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def found() -> Hindcast:
    return hindcast()


def few(
    ways: list[Coding],
    record: History | None = None,
    known: Assumptions | None = None,
    origins: range = range(2001, 2016),
) -> pd.DataFrame:
    """Forecasts of few worlds."""
    return forecasts(record or history(), known or catalog(), ways, origins=origins, members=MEMBERS)


def by_key(table: pd.DataFrame, column: str) -> dict[tuple[object, ...], float]:
    """A column of forecasts by forecaster, coding, origin and horizon."""
    keys = (table[key].tolist() for key in ("forecaster", *Coding._fields, "origin", "horizon"))
    return dict(zip(zip(*keys, strict=True), table[column].tolist(), strict=True))


def poisoned(after: int, only: list[str] | None = None) -> History:
    """The record with nonsense in the place of all that was observed after a year, or of some series."""
    columns = history().values.columns
    hit = columns if only is None else columns.intersection(only)
    values = history().values.copy()
    values.loc[values.index > after, hit] = -31337.0
    return replace(history(), values=values)


# ---- naive rules


def test_every_naive_forecast_is_the_one_worked_out_before(found: Hindcast) -> None:
    forecast, observed = (by_key(found.forecasts, column) for column in ("forecast", "observed"))
    assert len(BEFORE) == 63
    for row in BEFORE:
        for name in ("persistence", "drift", "trend"):
            key = (name, "", "", "", int(row["origin"]), int(row["horizon"]))
            assert forecast[key] == pytest.approx(float(row[name]), abs=0.0051), key
            assert observed[key] == pytest.approx(float(row["actual"]), abs=0.0051), key


@pytest.mark.parametrize("name", ["persistence", "drift", "trend"])
@pytest.mark.parametrize("last", [2021, 2024])
@pytest.mark.parametrize("horizon", HORIZONS)
def test_a_naive_error_is_that_of_the_forecasts_worked_out_before(
    found: Hindcast, name: str, last: int, horizon: int
) -> None:
    rows = [row for row in BEFORE if int(row["horizon"]) == horizon and int(row["target_year"]) <= last]
    squares = [(float(row[name]) - float(row["actual"])) ** 2 for row in rows]
    assert found.rmse()[str(last)][name][str(horizon)] == pytest.approx(math.sqrt(np.mean(squares)), abs=0.005)


# last target: error of the braked drift at 1, 3 and 5 years, as found in the prototype
@pytest.mark.parametrize(("last", "errors"), [("2021", (3.7, 4.2, 4.8)), ("2024", (4.9, 7.1, 8.1))])
def test_the_braked_drift_errs_as_in_the_prototype(found: Hindcast, last: str, errors: tuple[float, ...]) -> None:
    by_horizon = found.rmse()[last]["braked-drift"]
    assert tuple(by_horizon.values()) == pytest.approx(errors, abs=0.05)


def test_the_naive_rules_on_three_values() -> None:
    past = np.array([20.0, 60.0, 50.0])
    assert NAIVE["persistence"](past, 5) == 50
    assert NAIVE["drift"](past, 2) == 80  # 15 a year
    assert NAIVE["trend"](past, 1) == pytest.approx(73.3333, abs=1e-3)  # 43.33 at the middle, 15 a year
    rate = (40 * 0.8 + -10 * 0.4) / (0.8**2 + 0.4**2)
    assert NAIVE["braked-drift"](past, 1) == pytest.approx(50 + rate * 0.5)
    assert NAIVE["braked-drift"](past, 2) == pytest.approx((50 + rate * 0.5) + rate * (1 - (50 + rate * 0.5) / 100))


# ---- forward only


@pytest.mark.parametrize("cut", [2004, 2010, 2015])
def test_with_positions_held_nothing_after_an_origin_changes_its_forecasts(cut: int) -> None:
    ways = [way for way in codings(history()) if way.held == "frozen"]
    origins = range(2001, cut + 1)
    columns = [*FORECASTS, "past_low", "past_high"]
    clean, blind = few(ways, origins=origins), few(ways, poisoned(cut), origins=origins)
    pd.testing.assert_frame_equal(blind[columns], clean[columns], check_exact=True)
    assert clean["past_low"].notna().any() == (cut > 2004)
    assert (blind[blind["target"] > cut]["observed"] < -3e4).all()


@pytest.mark.parametrize("cut", [2010, 2015])
def test_with_positions_replayed_no_outcome_after_an_origin_changes_its_forecasts(cut: int) -> None:
    ways = [way for way in codings(history()) if way.held == "replay"]
    outcomes = [name for name, series in history().series.items() if series.kind != "policy"]
    origins = range(2001, cut + 1)
    columns = [*FORECASTS, "past_low", "past_high"]
    blind = few(ways, poisoned(cut, outcomes), origins=origins)
    pd.testing.assert_frame_equal(blind[columns], few(ways, origins=origins)[columns], check_exact=True)


def test_a_replay_looks_at_no_lever_after_its_target() -> None:
    ways = [way for way in codings(history()) if way.held == "replay"]
    statuses = [name for name, series in history().series.items() if series.kind == "policy"]
    for way in ways:
        blind = yearly_policies(poisoned(2010, statuses), catalog(), way, 2005, 5)
        assert blind == yearly_policies(history(), catalog(), way, 2005, 5)
    with pytest.raises(InputError, match="no position for the -31337 of 2011"):
        yearly_policies(poisoned(2010, statuses), catalog(), Coding("as-recorded", "constant", "replay"), 2006, 5)


# ---- what is run


def test_held_positions_are_those_of_the_origin_and_replayed_ones_those_of_each_year() -> None:
    """In shares, by hand: NATO talks, CAATSA relief, G8, contacts, Ukraine; 2012 and 2014."""
    on, off = (0.25, 0.9, 1, 0.5, 0), (0, 0.5, 0, 0, 0)
    held = yearly_policies(history(), catalog(), Coding("as-recorded", "sanctions", "frozen"), 2012, 3)
    assert [policy.inducements for policy in held] == [on, on, on]
    assert [policy.clarity for policy in held] == [0.6, 0.6, 0.6]
    assert [policy.era for policy in held] == [(0.6,)] * 3
    replayed = yearly_policies(history(), catalog(), Coding("as-recorded", "sanctions", "replay"), 2012, 3)
    assert [policy.inducements for policy in replayed] == [on, off, off]
    assert [policy.clarity for policy in replayed] == [0.25, 0, 0]
    assert [policy.era for policy in replayed] == [(0.6,), (0.8,), (0.8,)]
    for policy in (*held, *replayed):
        assert (policy.allies, policy.precondition, policy.pressure_russia, policy.pressure_china) == (0, 0, 1, 1)


def test_a_run_starts_from_the_measured_levels_of_its_origin() -> None:
    values = history().values
    for origin in (2001, 2009, 2023):
        (policy,) = yearly_policies(history(), catalog(), DEFAULT, origin, 1)
        levels = dict(zip(catalog().structure.domains, policy.levels, strict=True))
        assert levels["diplomatic"] == values.at[origin, "alignment_votes"]
        assert levels["economic"] == values.at[origin, "alignment_trade"]
        assert (levels["diplomatic"] + levels["economic"]) / 2 == pytest.approx(values.at[origin, COMPOSITE], abs=1e-3)


def test_nothing_depends_on_where_the_other_domains_start(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = [Coding("generous", "analogues", "replay")]
    usual = few(ways)
    monkeypatch.setattr(subject, "ELSEWHERE", 3.0)
    pd.testing.assert_frame_equal(few(ways), usual, check_exact=True)


def test_without_levers_the_model_drifts_as_equation_7_says() -> None:
    """Worked out anew with plain arrays: drift, brake and shocks of the two measured domains."""
    known, years = catalog(), 5
    worlds = make_worlds(known, tuple(known.worldviews), MEMBERS, 7, switches("C6", known), years)
    p = worlds.parameters
    way = Coding("none", "analogues", "replay")
    low, middle, high = (by_key(few([way]), column) for column in ("low", "forecast", "high"))
    for origin in (2001, 2012):
        levels = []
        for domain, series in (("diplomatic", "alignment_votes"), ("economic", "alignment_trade")):
            place = list(known.structure.domains).index(domain)
            level = np.full(p.drift_rate.shape, history().values.at[origin, series])
            for year in range(years):
                pressure = history().pressure("analogues", origin + 1 + year) / 100
                rise = worlds.drift_profile[place] * p.drift_rate * (1 - p.pressure_share + p.pressure_share * pressure)
                near = level / 100
                level = level + (1 - near) * rise + near * (1 - near) * worlds.shocks[year, place]
            levels.append(level)
        for w, worldview in enumerate(worlds.worldviews):
            wanted = np.percentile((levels[0][w] + levels[1][w]) / 2, [10, 50, 90])
            key = (worldview, *way, origin, years)
            assert [low[key], middle[key], high[key]] == pytest.approx(wanted, abs=1e-3)


def test_what_is_offered_is_delivered_and_nothing_is_reversed_at_home() -> None:
    ways = [Coding("as-recorded", "constant", "replay")]
    known = catalog()
    for worldview in known.worldviews:
        known = known.edited(
            worldview, deliverability=(0.1, 0.1, 0.1), reversal_hazard=(0.6, 0.6, 0.6), backlash_hazard=(1, 1, 1)
        )
    pd.testing.assert_frame_equal(few(ways, known=known), few(ways), check_exact=True)


def test_an_edited_assumption_changes_the_forecasts_of_its_worldview_alone() -> None:
    edited = few([DEFAULT], known=catalog().edited("op-ed", drift_rate=(5, 6, 7)))
    same = (edited["forecast"] == few([DEFAULT])["forecast"]).groupby(edited["forecaster"]).all()
    assert list(same[~same].index) == ["op-ed"]


def test_only_changes_count_as_nothing_where_positions_are_held() -> None:
    held, bare = (few([Coding(levers, "sanctions", "frozen")]) for levers in ("change", "none"))
    pd.testing.assert_series_equal(held["forecast"], bare["forecast"])


# ---- the tables


def test_every_coding_has_a_forecast_of_every_worldview_from_every_origin(found: Hindcast) -> None:
    table = found.forecasts
    assert len(codings(history())) == 24
    assert len(table) == (24 * 4 + 4) * (23 + 21 + 19)
    assert not table.duplicated(["forecaster", *Coding._fields, "origin", "horizon"]).any()
    assert table[["forecast", "observed", "miss"]].notna().all().all()
    assert (table["target"] == table["origin"] + table["horizon"]).all()
    assert table["miss"].to_numpy() == pytest.approx((table["forecast"] - table["observed"]).to_numpy())
    models = table[table["levers"] != ""]
    assert set(models["forecaster"]) == set(WORLDVIEWS)
    assert (models["low"].between(0, models["forecast"]) & models["high"].between(models["forecast"], 100)).all()
    assert table[table["levers"] == ""][["low", "high"]].isna().all().all()


def test_the_origins_and_about_how_many_are_independent(found: Hindcast) -> None:
    counted = found.scores.groupby(["last_target", "horizon"])[["origins", "independent"]].agg(set)
    assert counted.map(tuple).to_numpy().tolist() == [
        *([(20,), (20,)], [(18,), (6,)], [(16,), (3,)]),
        *([(23,), (23,)], [(21,), (7,)], [(19,), (4,)]),
    ]


def test_the_errors_are_counted_from_the_forecasts(found: Hindcast) -> None:
    way = Coding("generous", "sanctions", "replay")
    rows = found.forecasts[subject.under(found.forecasts, way)]
    rows = rows[(rows["forecaster"] == "sceptic") & (rows["horizon"] == 3) & (rows["target"] <= 2021)]
    score = found.scores[subject.under(found.scores, way)]
    score = score[(score["forecaster"] == "sceptic") & (score["horizon"] == 3) & (score["last_target"] == 2021)]
    misses = rows["forecast"] - rows["observed"]
    assert score["rmse"].tolist() == pytest.approx([math.sqrt((misses**2).mean())])
    assert score["bias"].tolist() == pytest.approx([misses.mean()])
    inside = [low <= seen <= high for low, seen, high in zip(rows["low"], rows["observed"], rows["high"], strict=True)]
    assert score["spread_covers"].tolist() == pytest.approx([np.mean(inside)])
    banded = rows[rows["past_low"].notna()]
    caught = (banded["past_low"] <= banded["observed"]) & (banded["observed"] <= banded["past_high"])
    assert score["banded"].tolist() == [len(banded)]
    assert score["past_covers"].tolist() == pytest.approx([caught.mean()])


def test_a_band_from_past_misses_takes_those_known_at_the_origin() -> None:
    """Misses of 1 to 7 points, a year ahead: with n known the k-th smallest, k = 0.8 (n + 1) rounded up."""
    rows = [
        ("x", "", "", "", year, 1, year + 1, 50.0, 50.0 - size, size)
        for year, size in zip(range(2001, 2008), [3, 1, 2, 4, 7, 5, 6], strict=True)
    ]
    columns = ["forecaster", *Coding._fields, "origin", "horizon", "target", "forecast", "observed", "miss"]
    table = past_bands(pd.DataFrame(rows, columns=columns))
    widths = dict(zip(table["origin"], (table["past_high"] - table["forecast"]).tolist(), strict=True))
    assert all(math.isnan(widths[year]) for year in range(2001, 2005))
    assert [widths[year] for year in (2005, 2006, 2007)] == [4, 7, 7]  # 4th of 4, 5th of 5, 6th of 6
    assert (table["forecast"] - table["past_low"]).equals(table["past_high"] - table["forecast"])


def test_the_range_holds_every_coding_and_names_where_its_ends_are(found: Hindcast) -> None:
    coded = found.scores[found.scores["levers"] != ""]
    assert len(found.ranges) == 4 * 3 * 2
    assert found.coding_count == 24
    for row in found.ranges.to_dict("records"):
        keys = ["forecaster", "horizon", "last_target"]
        same = coded[(coded[keys] == [row[key] for key in keys]).all(axis=1)]
        errors = {", ".join(way): error for *way, error in same[[*Coding._fields, "rmse"]].itertuples(index=False)}
        assert len(errors) == 24
        assert (row["lowest"], row["highest"]) == (min(errors.values()), max(errors.values()))
        assert errors[row["lowest_under"]] == row["lowest"]
        assert errors[row["highest_under"]] == row["highest"]
        assert row["default"] == errors[str(DEFAULT)]


def test_whoever_has_the_smallest_error_is_counted_over_all_codings(found: Hindcast) -> None:
    counts = found.smallest
    assert set(counts.groupby(["horizon", "last_target"])["codings"].sum()) == {24}
    naive = found.scores[found.scores["levers"] == ""]
    for horizon, last in ((1, 2021), (5, 2024)):
        best: dict[str, int] = {}
        for way in codings(history()):
            rows = found.scores[subject.under(found.scores, way)]
            rows = rows[(rows["horizon"] == horizon) & (rows["last_target"] == last)]
            assert len(rows) == 8
            name = rows["forecaster"].tolist()[int(rows["rmse"].to_numpy().argmin())]
            best[name] = best.get(name, 0) + 1
        here = counts[(counts["horizon"] == horizon) & (counts["last_target"] == last)]
        assert dict(zip(here["forecaster"], here["codings"], strict=True)) == best
    assert set(naive["forecaster"]) == set(NAIVE)


def test_the_errors_come_by_last_target_forecaster_and_horizon(found: Hindcast) -> None:
    errors = found.rmse()
    assert list(errors) == ["2021", "2024"]
    for by_forecaster in errors.values():
        assert list(by_forecaster) == [*NAIVE, *WORLDVIEWS]
        for by_horizon in by_forecaster.values():
            assert list(by_horizon) == ["1", "3", "5"]
            assert all(3 < error < 12 for error in by_horizon.values())


def test_another_seed_moves_no_error_by_more_than_a_third_of_a_point(found: Hindcast) -> None:
    other = Hindcast(DEFAULT, (table := forecasts(history(), catalog(), [DEFAULT], seed=8)), scores(table)).rmse()
    for last, by_forecaster in found.rmse().items():
        for name, by_horizon in by_forecaster.items():
            for horizon, error in by_horizon.items():
                assert other[last][name][horizon] == pytest.approx(error, abs=0.33)


def test_the_spread_of_the_worlds_holds_far_fewer_outcomes_than_it_holds_worlds(found: Hindcast) -> None:
    """It is a spread of assumptions and must not be read as a forecast band."""
    models = found.default_scores[found.default_scores["levers"] != ""]
    assert (models["spread_covers"] < 0.65).all()


def test_the_order_of_the_worldviews_depends_on_the_coding(found: Hindcast) -> None:
    five = found.scores[(found.scores["levers"] != "") & (found.scores["horizon"] == 5)]
    five = five[five["last_target"] == 2021]
    best = five.loc[five.groupby([*Coding._fields])["rmse"].idxmin(), "forecaster"]
    assert len(set(best)) > 1


# ---- words


def test_the_summary_says_what_it_does_not_show(found: Hindcast) -> None:
    text = " ".join(summary(found, history()).split())
    assert "A smaller error is not skill" in text
    assert "somebody who knew how it went on" in text
    assert "about 4 of the 19 origins of 5 years are independent" in text
    assert "no forecast band" in text
    assert "range over 24 codings" in text


def test_the_summary_prints_the_errors_and_whoever_has_the_smallest(found: Hindcast) -> None:
    lines = summary(found, history()).splitlines()
    for last, errors in found.rmse().items():
        start = next(i for i, line in enumerate(lines) if line.startswith(f"up to {last}"))
        for offset, (name, by_horizon) in enumerate(errors.items(), 1):
            got = re.findall(r"(?<![\d.(])\d+\.\d(?= |$)", re.sub(r"\(.*?\)", "", lines[start + offset]))
            assert lines[start + offset].startswith(name)
            assert got == [f"{error:.1f}" for error in by_horizon.values()]
        least = [min(errors, key=lambda name: errors[name][h]) for h in ("1", "3", "5")]
        assert lines[start + len(errors) + 1].split() == ["smallest", *least]
    assert max(map(len, lines)) <= 110


def test_no_word_of_it_claims_that_the_model_is_borne_out(found: Hindcast) -> None:
    folder = Path(subject.__file__).parents[1]
    texts = [summary(found, history()), (folder / "data" / "history.toml").read_text(encoding="utf-8")]
    texts += [
        path.read_text(encoding="utf-8") for path in (folder / "README.md", *folder.glob("analysis/hindcast*.py"))
    ]
    for text in texts:
        assert not re.search("validat", text, re.IGNORECASE)


def test_an_unknown_coding_is_refused() -> None:
    for way in (Coding("recorded", "constant", "frozen"), Coding("none", "constnt", "frozen")):
        with pytest.raises(InputError, match="There is no"):
            few([way])

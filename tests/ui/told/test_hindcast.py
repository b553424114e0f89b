"""What is said of the hindcast: every number is worked out again here from its forecasts and from history.csv."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model import catalog
from ui.told import cache
from ui.told import hindcast as told

ROWS = pd.read_csv(Path(__file__).parents[3] / "model/data/history.csv")
OBSERVED = ROWS[ROWS["series"] == "composite_A"].set_index("year")["value"]
FOUND = cache.hindcast(7)
CODED = ["levers", "pressure", "held"]
NAIVE = ["persistence", "drift", "braked-drift", "trend"]
VIEWS = list(catalog().worldviews)


def errors(name: str, years: int, last: int = 2024) -> dict[tuple[str, ...], float]:
    """Root mean square error by coding, from the forecasts and the file."""
    table = FOUND.forecasts
    mine = table[(table["forecaster"] == name) & (table["horizon"] == years) & (table["target"] <= last)]
    return {
        tuple(map(str, way)): float(np.sqrt(((part["forecast"] - part["target"].map(OBSERVED)) ** 2).mean()))
        for way, part in mine.groupby(CODED)
    }


def default(name: str, years: int, last: int = 2024) -> float:
    return errors(name, years, last)[("", "", "") if name in NAIVE else ("as-recorded", "constant", "frozen")]


def test_every_view_and_every_naive_rule_is_a_forecaster() -> None:
    assert list(told.forecasters()) == [*VIEWS, *NAIVE]


@pytest.mark.parametrize("name", [*VIEWS, *NAIVE])
@pytest.mark.parametrize("years", [1, 3, 5])
@pytest.mark.parametrize("last", [2021, 2024])
def test_a_typical_miss_is_that_of_the_default_coding_with_the_range_of_all(name: str, years: int, last: int) -> None:
    known, found = errors(name, years, last), told.misses(FOUND, last)[name, years]
    assert len(known) == (1 if name in NAIVE else 24)
    assert found.default == pytest.approx(default(name, years, last), abs=1e-4)
    assert (found.lowest, found.highest) == pytest.approx((min(known.values()), max(known.values())), abs=1e-4)
    whole = f"{round(default(name, years, last))}"
    assert found.told == (
        whole if name in NAIVE else f"{whole} ({round(min(known.values()))} to {round(max(known.values()))})"
    )


@pytest.mark.parametrize("years", [1, 3, 5])
def test_the_finding_names_the_range_of_misses_and_the_worst_year(years: int) -> None:
    known = [round(default(name, years)) for name in told.forecasters()]
    table = FOUND.forecasts
    ways = (table[CODED] == ["as-recorded", "constant", "frozen"]).all(axis=1) | (table["levers"] == "")
    mine = table[ways & (table["horizon"] == years)]
    size = (mine["forecast"] - mine["target"].map(OBSERVED)).abs()
    by_year = size.groupby(mine["target"]).mean()
    worst = max(set(mine["target"]), key=lambda year: by_year[year])
    of_it = size[mine["target"] == worst]
    assert told.finding(FOUND, years) == (
        f"Forecast {told.ahead(years)} ahead, views and naive rules typically missed by {min(known)} to {max(known)} "
        f"points; most in {worst}, by {round(of_it.min())} to {round(of_it.max())}"
    )


@pytest.mark.parametrize(("years", "origins", "independent"), [(1, 23, 23), (3, 21, 7), (5, 19, 4)])
def test_the_grounds_say_how_many_forecasts_there_are_and_how_few_are_independent(
    years: int, origins: int, independent: int
) -> None:
    said = told.grounds(FOUND, years)
    assert "Hindsight, no skill claimed" in said
    assert f"{origins} forecasts, one from each year since 2001, about {independent} of them independent" in said
    assert "all 24 codings of the past" in said
    assert told.origins(FOUND, years) == (origins, independent)


def test_whoever_misses_least_is_printed_with_the_number_of_codings() -> None:
    said = told.smallest(FOUND)
    for years in (1, 3, 5):
        naive = {name: default(name, years) for name in NAIVE}
        by_view = {name: errors(name, years) for name in VIEWS}
        ways = by_view[VIEWS[0]]
        best = Counter(
            min(both := {name: by_view[name][way] for name in VIEWS} | naive, key=lambda name: both[name])
            for way in ways
        )
        assert sum(best.values()) == 24
        for name, count in best.items():
            title = told.forecasters()[name].partition(":")[0]
            assert f"{title} under {count}" in said.partition(f"{told.ahead(years)} ahead")[2].partition(";")[0]
    assert not any(word in said.lower() for word in ("best", "skill", "valid", "right", "wins"))


def test_the_table_holds_every_typical_miss_and_the_origins() -> None:
    table = told.errors_table(FOUND).set_index("Forecaster")
    assert table.shape == (9, 6)
    assert table["5 years, to 2024"].iloc[-1] == "19 (4)"
    assert table["3 years, to 2021"].iloc[-1] == "18 (6)"
    for name, title in told.forecasters().items():
        assert table["5 years, to 2021"][title] == told.misses(FOUND, 2021)[name, 5].told


@pytest.mark.parametrize("years", [1, 3, 5])
def test_what_the_bands_hold_is_counted_in_the_forecasts(years: int) -> None:
    table = FOUND.forecasts[FOUND.forecasts["horizon"] == years]
    came = table["target"].map(OBSERVED)
    inside = table.assign(worlds=(came >= table["low"]) & (came <= table["high"]))
    inside["past"] = ((came >= table["past_low"]) & (came <= table["past_high"])).astype(float)
    inside.loc[table["past_low"].isna(), "past"] = np.nan
    shares = 100 * inside.groupby(["forecaster", *CODED])[["worlds", "past"]].mean()
    for name, found in told.covered(FOUND, years).items():
        mine = shares.xs(name)
        here = mine.xs(("", "", "") if name in NAIVE else ("as-recorded", "constant", "frozen"))
        assert found.past == pytest.approx((mine["past"].min(), here["past"], mine["past"].max()))
        if name in NAIVE:
            assert found.worlds is None
        else:
            assert found.worlds == pytest.approx((mine["worlds"].min(), here["worlds"], mine["worlds"].max()))
    assert told.banded(FOUND, years) == int(inside[inside["forecaster"] == "drift"]["past"].notna().sum())
    assert "a spread of assumptions, no forecast band" in told.covered_sentence(FOUND, years)


def test_the_lists_of_what_can_be_told_apart_begin_with_a_rule() -> None:
    rose = round(OBSERVED[2024] - OBSERVED[1992])
    assert told.told_apart()[0] == f"A change of +{rose} points in 32 years from noise of about 3."
    steps = {
        year: OBSERVED.loc[year + 1 : year + 3].mean() - OBSERVED.loc[year - 3 : year - 1].mean()
        for year in range(1995, 2023)
    }
    ranked = sorted(steps, key=lambda year: -steps[year])
    ordinary = [year for year in (2001, 2002, 2004, 2008, 2009, 2012, 2014, 2017, 2018, 2020) if year in ranked[7:21]]
    said = told.not_told_apart()[0]
    assert said.startswith(f"The events of {', '.join(map(str, ordinary[:-1]))} and {ordinary[-1]} from any other year")
    assert len(told.told_apart()) == 4
    assert len(told.not_told_apart()) == 6


def test_the_pictures_are_told_in_words() -> None:
    said = told.alt(FOUND, VIEWS, 5)
    assert said.startswith("Typical miss 5 years ahead, in points: ")
    assert all(told.forecasters()[name] in said for name in VIEWS)
    held = told.covered_alt(FOUND, 5)
    assert held.count("worlds ") == 4
    assert held.count("past misses ") == 8

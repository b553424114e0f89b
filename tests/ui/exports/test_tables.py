"""Cells of CSV, XLSX, Parquet and JSON against numbers worked out by hand for three worlds of two worldviews."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import openpyxl  # type: ignore[import-untyped]
import pandas as pd
import pytest

from model import load_scenario, run
from model.analysis.credit import Credit
from model.analysis.dropped import Dropped
from model.analysis.goals import GoalCount, parse_goal
from model.engine.results import BY_YEAR
from ui.drawn import boards
from ui.exports import tables
from ui.exports.offered import OFFERED, argument_of, dose_of, export_addresses
from ui.exports.stamp import Stamp, stamp
from ui.links.asked import Asked
from ui.told import assumptions, cache

ROOT = Path(__file__).parents[3]
HAND = Asked(load_scenario("opening-hand"))
GOALS = (parse_goal("level_at_most_58"), parse_goal("shift_at_most_-5"))
NONE = (None, None, None)
WORLDS = 3
DOMAINS = 6


def over(*years: tuple[list[float], list[float]]) -> Any:
    """An array of years, two worldviews and three worlds, (Y, 2, 3)."""
    return np.array(years, dtype=np.float32)


def by_domain(composite: Any, step: float) -> Any:
    """The composite with `step` more points in each further domain, (Y, 6, 2, 3)."""
    return composite[:, None] + step * np.arange(DOMAINS, dtype=np.float32)[None, :, None, None]


def trajectory(composite: Any, reversed_: Any, step: float = 0) -> Any:
    level = np.zeros_like(composite)
    return SimpleNamespace(
        composite=composite,
        alignment=by_domain(composite, step),
        doubt=level + 10,
        nato_cohesion=level + 65,
        cohesion=np.stack([composite, level], axis=1),
        us_effort=level - 3,
        china_effort=level + 2,
        two_front=level + (7 if step else 1),
        values_cost=level + np.array([4, 1])[:, None, None],  # dear in the first year, cheap in the second
        reversed=reversed_,
    )


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two years, two worldviews, three worlds; credit, causes and goals as small."""
    with_levers = over(([58, 58, 58], [58, 58, 58]), ([40, 70, 50], [71, 72, 76]))
    without = over(([58, 58, 58], [58, 58, 58]), ([60, 80, 70], [71, 71, 71]))
    never = np.zeros((2, 2, WORLDS), dtype=bool)
    some = never.copy()
    some[1, 0, 0] = some[1, 1, :2] = True
    run, no_lever = trajectory(with_levers, some, step=1), trajectory(without, never)
    result = SimpleNamespace(
        worldviews=("op-ed", "sceptic"),
        years=(2021, 2022),
        run=run,
        no_lever=no_lever,
        outcome_by_year=lambda name: BY_YEAR[name](run, no_lever),
        shift=with_levers - without,
    )
    credit = (
        Credit(
            "op-ed",
            -16.5,
            {"nato": -10.25, "pressure_russia": -6.25},
            {"nato": -9, "pressure_russia": -5},
            -2.5,
            -20,
            {},
        ),
        Credit("sceptic", 2, {"nato": 1.5, "pressure_russia": 0.5}, {"nato": 1, "pressure_russia": 1}, 0, 1, {}),
    )
    dropped = (
        Dropped("op-ed", {"nato": -14.0}, {"nato": -11.5}, {"nato": -8.25}),
        Dropped("sceptic", {"nato": -1.0}, {"nato": 0.75}, {"nato": 2.0}),
    )
    causes = pd.DataFrame([("op-ed", 2022, "drift", 2.5), ("sceptic", 2022, "pull", -0.25)])
    counts = {
        "op-ed": GoalCount((67, 100), 67, (0, None), None),
        "sceptic": GoalCount((0, 0), 0, (0, None), None),
    }
    mark = Stamp("Ours", "?v=1", 1, "A 1", "", "middle", 3, 7, ("One", "Two"), date(2026, 3, 9))
    monkeypatch.setattr(tables, "stamp", lambda _place, _address: mark)  # it would ask for the cards of this result
    monkeypatch.setattr(cache, "result", lambda _at: result)
    monkeypatch.setattr(cache, "credits_at", lambda _at: credit)
    monkeypatch.setattr(cache, "dropped", lambda _at: dropped)
    monkeypatch.setattr(cache, "accounting", lambda _at: causes)
    monkeypatch.setattr(cache, "goal_counts", lambda _at, _goals: counts)


Told = dict[tuple[str, str, str, int], Any]  # low, middle, high and mean


def told(frame: pd.DataFrame) -> Told:
    """Rows by series, item, worldview and year; what is not there as None."""
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False)
    return {(row[0], row[1], row[2], row[3]): tuple(row[4:8]) for row in rows}


def close(found: tuple[float, ...], low: float, middle: float, high: float, mean: float) -> bool:
    return bool(found == pytest.approx((low, middle, high, mean), rel=1e-6))


@pytest.mark.usefixtures("by_hand")
def test_percentiles_and_means_of_three_worlds() -> None:
    # Of three worlds in order, the 10th percentile lies a fifth of the way from the first to the second, and the 90th
    # four fifths from the second to the third: 40, 50, 70 give 42, 50 and 66.
    found = told(tables.series(HAND))
    assert close(found["alignment with levers", "", "op-ed", 2022], 42, 50, 66, 160 / 3)
    assert close(found["alignment without levers", "", "op-ed", 2022], 62, 70, 78, 70)
    assert close(found["shift", "", "op-ed", 2022], -20, -20, -12, -50 / 3)
    assert close(found["alignment with levers", "", "sceptic", 2022], 71.2, 72, 75.2, 73)
    assert close(found["alignment without levers", "", "sceptic", 2022], 71, 71, 71, 71)
    assert close(found["shift", "", "sceptic", 2022], 0.2, 1, 4.2, 2)
    for worldview in ("op-ed", "sceptic"):
        assert close(found["alignment with levers", "", worldview, 2021], 58, 58, 58, 58)
        assert close(found["shift", "", worldview, 2021], 0, 0, 0, 0)


@pytest.mark.usefixtures("by_hand")
def test_domains_and_outcomes_of_three_worlds() -> None:
    found = told(tables.series(HAND))
    # The third domain has two points more with the levers than the composite, and none more without them.
    assert close(found["domain, with levers", "Economic", "op-ed", 2022], 44, 52, 68, 166 / 3)
    assert close(found["domain, without levers", "Economic", "op-ed", 2022], 62, 70, 78, 70)
    assert close(found["domain, shift", "Economic", "op-ed", 2022], -18, -18, -10, -44 / 3)
    expected = {
        "Beijing's doubt": 10,
        "NATO cohesion": 65,
        "US effort freed": -3,
        "Chinese effort tied down": 2,
        "Two-front pressure": 7 - 1,
        "Values cost, worst year": 4,
    }
    for title, value in expected.items():
        assert close(found["outcome", title, "sceptic", 2021], value, value, value, value), title
    # The dearest year so far, although the second costs 1 only.
    assert close(found["outcome", "Values cost, worst year", "sceptic", 2022], 4, 4, 4, 4)
    # The worst year so far: 58 in the first year is worse than 71 or more in the second, and better than 40.
    assert close(found["outcome", "NATO cohesion in the east, worst year", "sceptic", 2022], 58, 58, 58, 58)
    assert close(found["outcome", "NATO cohesion in the east, worst year", "op-ed", 2022], 42, 50, 56.4, 148 / 3)


@pytest.mark.usefixtures("by_hand")
def test_counts_credit_causes_and_goals_have_a_mean_only() -> None:
    found = told(tables.series(Asked(HAND.scenario, GOALS)))
    assert found["lost if dropped", "NATO talks", "op-ed", 2022] == (-14, -11.5, -8.25, None)  # and this no mean
    assert found["lost if dropped", "NATO talks", "sceptic", 2022] == (-1, 0.75, 2, None)
    assert found["reversed at home", "", "op-ed", 2021] == (*NONE, 0)
    assert found["reversed at home", "", "op-ed", 2022] == (*NONE, pytest.approx(100 / 3))
    assert found["reversed at home", "", "sceptic", 2022] == (*NONE, pytest.approx(200 / 3))
    assert found["credit", "NATO talks", "op-ed", 2022] == (*NONE, -10.25)
    assert found["credit", "Pressure on Russia", "op-ed", 2022] == (*NONE, -6.25)
    assert found["lever alone", "NATO talks", "op-ed", 2022] == (*NONE, -9)
    assert found["lever alone", "Pressure on Russia", "sceptic", 2022] == (*NONE, 1)
    assert found["interaction", "", "op-ed", 2022] == (*NONE, -2.5)
    assert found["sum of credits", "", "op-ed", 2022] == (*NONE, -16.5)
    assert found["yearly change by cause", "drift", "op-ed", 2022] == (*NONE, 2.5)
    assert found["yearly change by cause", "pull", "sceptic", 2022] == (*NONE, -0.25)
    level, shift = "Alignment in the last year: at most 58 points of 100", "Shift: at most −5 points"
    assert found["goal held", level, "op-ed", 2022] == (*NONE, 67)
    assert found["goal held", shift, "op-ed", 2022] == (*NONE, 100)
    assert found["goal held without levers", level, "op-ed", 2022] == (*NONE, 0)
    assert ("goal held without levers", shift, "op-ed", 2022) not in found


@pytest.mark.usefixtures("by_hand")
def test_every_series_says_its_unit() -> None:
    frame = tables.series(Asked(HAND.scenario, GOALS))
    assert list(frame.columns) == ["series", "item", "worldview", "year", "low", "middle", "high", "mean", "unit"]
    units = {str(name): set(rows["unit"]) for name, rows in frame.groupby("series")}
    points = ("alignment with levers", "alignment without levers", "domain, with levers", "domain, without levers")
    worlds = ("reversed at home", "goal held", "goal held without levers")
    assert {name: units[name] for name in points} == {name: {"points of 100"} for name in points}
    assert {name: units[name] for name in worlds} == {name: {"worlds of 100"} for name in worlds}
    assert all(found == {"points"} for name, found in units.items() if name not in (*points, *worlds))


@pytest.mark.usefixtures("by_hand")
def test_the_cells_of_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions, "parameters", lambda: pd.DataFrame({"Low": [0.5], "Note": ["=1+1"]}))
    book = openpyxl.load_workbook(io.BytesIO(tables.workbook(Asked(HAND.scenario, GOALS), "https://a.example")))
    shift = [[cell.value for cell in row] for row in book["Shift"]]
    assert shift[0] == ["Series", "Worldview", "Year", "Low", "Middle", "High", "Mean", "Unit"]
    assert shift[2][:3] == ["shift", "Op-ed", 2022]
    assert shift[2][3:7] == pytest.approx([-20, -20, -12, -50 / 3], rel=1e-6)
    assert shift[4][:3] == ["shift", "Sceptic", 2022]
    composite = [[cell.value for cell in row] for row in book["Composite"]]
    assert [(row[0], row[1], row[2], row[4]) for row in composite[1:]] == [
        ("alignment with levers", "Op-ed", 2021, 58),
        ("alignment with levers", "Op-ed", 2022, 50),
        ("alignment with levers", "Sceptic", 2021, 58),
        ("alignment with levers", "Sceptic", 2022, 72),
        ("alignment without levers", "Op-ed", 2021, 58),
        ("alignment without levers", "Op-ed", 2022, 70),
        ("alignment without levers", "Sceptic", 2021, 58),
        ("alignment without levers", "Sceptic", 2022, 71),
    ]
    credit = [[cell.value for cell in row] for row in book["Credit"]]
    assert credit[:5] == [
        ["Series", "Item", "Worldview", "Year", "Low", "Middle", "High", "Mean", "Unit"],
        ["lost if dropped", "NATO talks", "Op-ed", 2022, -14, -11.5, -8.25, None, "points"],
        ["lost if dropped", "NATO talks", "Sceptic", 2022, -1, 0.75, 2, None, "points"],
        ["credit", "NATO talks", "Op-ed", 2022, None, None, None, -10.25, "points"],
        ["lever alone", "NATO talks", "Op-ed", 2022, None, None, None, -9, "points"],
    ]
    assert [[cell.value for cell in row] for row in book["Goals"]][1][:3] == [
        *("Alignment in the last year: at most 58 points of 100", "67 (0)", "0 (0)")
    ]
    settings = {row[0].value: [cell.value for cell in row[1:]] for row in book["Settings"]}
    assert settings["nato"] == ["NATO talks", 50, "Mutual limits, informal pause"]
    assert settings["pressure_russia"] == ["Pressure on Russia", 100, "As at the start"]
    sheet = book["Shift"]
    assert (sheet["D3"].number_format, sheet["C3"].number_format) == ("0", "General")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H5"
    assert sheet["A1"].font.b
    assert sheet.column_dimensions["A"].width == pytest.approx(len("shift") + 3, abs=1)
    note = book["Assumptions"]["B2"]
    assert (note.value, note.data_type) == ("=1+1", "s")


def test_the_bytes_of_a_csv() -> None:
    mark = Stamp(
        title='Ours, "best"; one',
        link="?v=1",
        version=1,
        settings="A 1, B 2",
        goals="",
        range="middle",
        members=1000,
        seed=7,
        worldviews=("One", "Two"),
        made=date(2026, 3, 9),
        caveat="Worked out, not a forecast.",
    )
    frame = pd.DataFrame(
        {"@What": ["a;b", "-c", 'd "e"'], "Points": [np.float32(-19.1), -0.0, np.nan], "Year": [2021, 2022, 2023]}
    )
    assert tables.csv(frame, mark).decode("utf-8-sig").split("\r\n") == [
        "# Strategic Triangle: Ours · ”best” · one",
        "# Caveat: Worked out – not a forecast.",
        "# Settings: A 1 · B 2",
        "# Range: middle",
        "# Worlds: 1000 assumed worlds of each worldview · seed 7",
        "# Worldviews: One · Two",
        "# Model version: 1",
        "# Made: 9 March 2026",
        "# Link: ?v=1",
        '"\'@What","Points","Year"',
        '"a;b",-19.1,2021',
        '"\'-c",0.0,2022',
        '"d ""e""","",2023',
        "",
    ]


def golden(outcome: str, worldview: str) -> list[float]:
    data = json.loads((ROOT / "tests/model/engine/golden/opening-hand.json").read_text())
    found: list[float] = data["results"]["2021"][worldview][outcome]
    return found


def test_the_table_of_alignment_has_the_levers_and_no_levers_in_their_own_columns() -> None:
    rows = {(row["Worldview"], row["Year"]): row for row in OFFERED["worldviews"].table((HAND,)).to_dict("records")}
    for short, worldview in (("Op-ed", "op-ed"), ("Lock-in", "lock-in")):
        for run_, outcome in (("Levers", "level"), ("No levers", "baseline"), ("Shift", "shift")):
            found = [rows[short, 2031][f"{run_} {end}"] for end in ("low", "middle", "high")]
            assert found == pytest.approx(golden(outcome, worldview), abs=2e-3)
        assert [rows[short, 2021][f"Shift {end}"] for end in ("low", "middle", "high")] == [0, 0, 0]
    assert len(rows) == 4 * 11


def test_the_json_has_the_numbers_of_the_golden_file_and_the_stamp() -> None:
    data = json.loads(tables.result_json(HAND, "https://a.example"))
    assert list(data) == ["about", "model_version", "scenario", "members", "seed", "structure", "worldviews"]
    for outcome in ("shift", "baseline", "level", "doubt", "values_cost"):
        found = data["worldviews"]["op-ed"][outcome]
        assert list(found) == ["p10", "p50", "p90"]
        assert list(found.values()) == pytest.approx(golden(outcome, "op-ed"), abs=2e-3)
    mark = stamp(HAND, "https://a.example")
    assert data["about"] == {**dict(mark.rows()), "Made": mark.made.isoformat()}
    assert (data["scenario"]["name"], data["members"], data["seed"]) == ("opening-hand", 1000, 7)


# ---- what is offered

EVERY = "middle and 80 of 100 worlds"
AUDIT = "ranges are the 10th, 50th and 90th percentile of worlds"
HINDCAST = "low and high are the 10th and 90th percentile of worlds"
RECORD = "as observed, in the unit of each series"
PAST = {  # what History offers, in the form of ONE
    "observed": ("Observed history", RECORD, 0, True),
    "events": ("Events and their windows", RECORD, 0, False),
    "hindcast": ("How forecasts missed", HINDCAST, 1000, False),
    "forecasts": ("Forecasts from the past", HINDCAST, 1000, True),
}
ONE = {  # name: title, what the numbers are, members, whether it is drawn
    "worldviews": ("Alignment and shift", EVERY, 1000, True),
    "shift": ("Shift by worldview", EVERY, 1000, False),
    "domains": ("Shift by domain", EVERY, 1000, True),
    "outcomes": ("Other outcomes", EVERY, 1000, True),
    "credit": (
        "Each lever in three views",
        "means of all worlds, lost if dropped: middle of all worlds",
        1000,
        True,
    ),
    "weights": ("The weight of each lever", "middle of all worlds, credit: means of all worlds", 1000, True),
    "yearly": ("Change by year and cause", "means of all worlds", 1000, True),
    "dose": ("Shift against dose of all offers", EVERY, 500, True),
    "argument": ("The argument under Structural lock-in", "means of all worlds", 1000, True),
}
SEVERAL = {
    "comparison": ("Scenarios compared", EVERY, 1000, True),
    "compared-paths": ("Paths compared", EVERY, 1000, True),
    "compared-against": ("Scenarios against the first", EVERY, 1000, True),
    "compared-settings": ("What is set", "settings", 1000, False),
    "compared-domains": ("Shift by domain and scenario", "middle of all worlds", 1000, False),
    "compared-outcomes": ("Other outcomes by scenario", "middle of all worlds", 1000, False),
}
ASSUMED = {
    "parameters": "Parameters",
    "grounds": "Basis and sources by worldview",
    "levels": "Starting levels by domain",
    "vectors": "Shared vectors",
    "choices": "Structural choices",
    "prices": "The prices of pressure",
    "constants": "Fixed numbers",
    "results": "Which results rest on each number",
    "weights-named": "Every weight by name",
    "claims": "The essay, claim by claim",
    "sources": "Sources",
    "table-w": "What each inducement can supply",
    "table-m": "How each domain responds to each mechanism",
}


def test_what_is_offered_with_title_range_and_worlds() -> None:
    said = {name: (one.title, one.range, one.members, one.build is not None) for name, one in OFFERED.items()}
    assert said == ONE | SEVERAL | PAST | {name: (title, AUDIT, 1000, False) for name, title in ASSUMED.items()}
    assert [name for name, one in OFFERED.items() if one.compares] == list(SEVERAL)
    assert [name for name, one in OFFERED.items() if not one.tells] == [*ASSUMED, *PAST]


def test_the_levers_are_offered_shared_out_unless_a_view_is_named() -> None:
    build = OFFERED["credit"].build
    assert build
    assert build([HAND], "light", ()) == boards.credit(HAND, None, "light", (), "shared")


def test_a_dose_is_run_in_as_many_worlds_as_it_says() -> None:
    curve = cache.dose(cache.run_key(HAND), "caatsa")
    assert (curve.members, curve.lever) == (500, "caatsa")
    offered = dose_of("caatsa")
    assert (offered.title, offered.members) == ("Shift against dose of CAATSA relief", 500)
    rows = {row["Dose"]: row for row in offered.table((HAND,)).to_dict("records")}
    here = run("opening-hand", "op-ed", members=500).to_dict()["worldviews"]["op-ed"]["shift"]
    found = [rows[35][f"Op-ed {end}"] for end in ("low", "middle", "high")]  # 35 is where the scenario stands
    assert found == pytest.approx(list(here.values()), abs=1e-4)
    assert list(rows) == list(range(0, 101, 5))


def test_an_argument_is_that_of_the_worldview_that_was_asked_for() -> None:
    offered = argument_of("sceptic")
    assert offered.title == "The argument under Wedge sceptic"
    assert offered.build is not None
    (card,) = offered.build((HAND,), "light", ()).cards
    assert card.key == "sceptic"
    assert not offered.table((HAND,)).equals(argument_of("op-ed").table((HAND,)))


def test_addresses_name_kind_link_theme_and_which_one() -> None:
    assert export_addresses("/lab", "dose", "v=1&nato=50", "dark", {"lever": "g8"}) == {
        "PNG": "/lab/export/dose.png?v=1&nato=50&theme=dark&lever=g8",
        "SVG": "/lab/export/dose.svg?v=1&nato=50&theme=dark&lever=g8",
        "CSV": "/lab/export/dose.csv?v=1&nato=50&theme=dark&lever=g8",
    }
    assert export_addresses("", "sources", "v=1", "light") == {"CSV": "/export/sources.csv?v=1&theme=light"}

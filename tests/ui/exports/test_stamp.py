"""What every export says of itself, word by word, and what its file is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from model import InputError, load_scenario
from model.analysis.goals import parse_goal
from model.assumptions.scenario import set_values
from model.versions.sets import assumption_set
from ui.exports.stamp import (
    clean,
    comparison_file_name,
    comparison_stamp,
    file_name,
    full_link,
    qr_code,
    settings_words,
    stamp,
)
from ui.links.asked import Asked, starting_points

ADDRESS = "https://triangle.example.org/lab/"
HAND = Asked(load_scenario("opening-hand"), (parse_goal("level_at_most_58"), parse_goal("nato_cohesion_at_least_60")))
CHANGED = Asked(
    set_values(
        load_scenario("opening-hand"),
        {"nato": 77, "pressure_russia": 60, "pressure_china": 140, "start": 2024, "onset": 1, "ramp": 1},
    ),
    seed=11,
)
HAND_WORDS = (
    "Levers: NATO talks 50, CAATSA relief 35, G8 readmission 50, Military contacts 50, Ukraine and Crimea track 50, "
    "Clear expectations 80, Assurances to allies 60; 2021 to 2031, policy begins at once, pressure as at end-2021, "
    "full delivery after 2 years"
)
CHANGED_WORDS = (
    "Levers: NATO talks 77, CAATSA relief 35, G8 readmission 50, Military contacts 50, Ukraine and Crimea track 50, "
    "Clear expectations 80, Assurances to allies 60, Pressure on Russia 60, Pressure on China 140; 2024 to 2034, "
    "policy begins in 2025, pressure on Russia 60 % and pressure on China 140 % of that in 2024, full "
    "delivery after 1 year"
)
HAND_LINK = (
    f"?v=2&set={assumption_set()}&seed=7&preset=opening-hand&nato=50&caatsa=35&g8=50&mil=50&ukraine=50&clarity=80"
    "&precond=0&allies=60&pressure_russia=100&pressure_china=100&start=2021&horizon=10&onset=0&ramp=2&open=none"
    "&result=lock-in_1.midpoint_0.op-ed_-19.sceptic_2&goal=level_at_most_58&goal=nato_cohesion_at_least_60"
)
CHANGED_LINK = (
    f"?v=2&set={assumption_set()}&seed=11&preset=opening-hand&nato=77&caatsa=35&g8=50&mil=50&ukraine=50&clarity=80"
    "&precond=0&allies=60&pressure_russia=60&pressure_china=140&start=2024&horizon=10&onset=1&ramp=1&open=none"
    "&result=lock-in_0.midpoint_-1.op-ed_-22.sceptic_1"
)
WORLDVIEWS = "Structural lock-in, Literature midpoint, The op-ed's case, Wedge sceptic"
CAVEAT = "Assumptions worked out, not a forecast."


def test_the_rows_of_a_stamp_word_by_word() -> None:
    assert stamp(HAND, ADDRESS, date(2026, 11, 2)).rows() == [
        ("Strategic Triangle", "The essay's opening hand"),
        ("Caveat", CAVEAT),
        ("Settings", HAND_WORDS),
        ("Goals", "Alignment in the last year: at most 58 points of 100; NATO cohesion: at least 60 points of 100"),
        ("Range", "middle and 80 of 100 worlds"),
        ("Worlds", "1,000 assumed worlds of each worldview, seed 7"),
        ("Worldviews", WORLDVIEWS),
        ("Model version", "2"),
        ("Made", "2 November 2026"),
        ("Link", f"https://triangle.example.org/lab/{HAND_LINK}"),
    ]


def test_a_changed_scenario_of_another_seed_without_goals_says_so() -> None:
    rows = dict(stamp(CHANGED, "", date(2026, 1, 31)).rows())
    assert list(rows) == [
        *("Strategic Triangle", "Caveat", "Settings", "Range", "Worlds", "Worldviews", "Model version", "Made", "Link")
    ]
    assert rows["Strategic Triangle"] == "The essay's opening hand, changed"
    assert rows["Settings"] == CHANGED_WORDS
    assert rows["Worlds"] == "1,000 assumed worlds of each worldview, seed 11"
    assert rows["Made"] == "31 January 2026"
    assert rows["Link"] == CHANGED_LINK


def test_the_lines_below_a_picture_word_by_word() -> None:
    mark = replace(stamp(HAND, ADDRESS, date(2026, 12, 24)), range="means of all worlds", members=500)
    assert mark.lines() == (
        f"{CAVEAT} Strategic Triangle, model version 2, 24 December 2026. Means of all worlds; 500 assumed worlds of "
        "each worldview, seed 7.",
        f"{HAND_WORDS}. Goals: Alignment in the last year: at most 58 points of 100; NATO cohesion: at least 60 points "
        "of 100.",
        f"https://triangle.example.org/lab/{HAND_LINK}",
    )
    assert stamp(CHANGED, "").lines()[1] == f"{CHANGED_WORDS}."


def test_a_scenario_without_levers_has_no_delivery() -> None:
    status_quo = load_scenario("status-quo")
    assert settings_words(status_quo) == "No lever is moved; 2021 to 2031, pressure as at end-2021"
    told = "No lever is moved; 2024 to 2034, pressure as in 2024"
    assert settings_words(set_values(status_quo, {"start": 2024})) == told
    assert settings_words(load_scenario("ease-russia")) == (
        "Levers: Pressure on Russia 50; 2021 to 2031, policy begins at once, pressure on Russia 50 % and pressure on "
        "China 100 % of that at end-2021"
    )


def test_scenarios_side_by_side_are_named_by_letters_and_lead_to_compare() -> None:
    mark = comparison_stamp([HAND, CHANGED], ADDRESS, date(2026, 11, 2))
    assert mark.title == "A · The essay's opening hand | B · The essay's opening hand, changed"
    assert mark.seed == 7  # that of the first, with which all are run
    assert mark.settings == f"A: {HAND_WORDS}; B: {CHANGED_WORDS}"
    assert mark.link == (
        f"https://triangle.example.org/lab/compare?v=2&set={assumption_set()}&seed=7"
        "&with=opening-hand.nato-50.caatsa-35.g8-50.mil-50.ukraine-50.clarity-80.allies-60"
        "&with=opening-hand.nato-77.caatsa-35.g8-50.mil-50.ukraine-50.clarity-80.allies-60"
        ".pressure_russia-60.pressure_china-140.start-2024.onset-1.ramp-1"
        "&result=lock-in_1.midpoint_0.op-ed_-19.sceptic_2&result=lock-in_0.midpoint_-1.op-ed_-22.sceptic_1"
    )
    assert comparison_file_name("Scenarios compared", [HAND, CHANGED], "csv") == (
        "strategic-triangle_opening-hand_or_opening-hand-changed_scenarios-compared.csv"
    )


def test_names_of_files_are_cut_letters_and_digits() -> None:
    scenario = HAND.scenario.model_copy(update={"name": "Détente – " + 20 * "ab ", "horizon": 5})
    assert file_name("What’s in it?", Asked(scenario), ".CSV") == (
        "strategic-triangle_detente-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-a_whats-in-it_2021-2026.csv"
    )
    assert file_name("长", HAND, "png") == "strategic-triangle_opening-hand_scenario_2021-2031.png"


def test_a_text_is_cut_at_its_last_place_for_an_ellipsis() -> None:
    assert clean("a" * 120) == "a" * 120
    assert clean("a" * 121) == "a" * 119 + "…"
    assert clean("abc  def", 5) == "abc…"
    assert clean("\ta\x00b\n\nc\u202e ") == "ab c"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example", "https://a.example/compare?v=1"),
        ("http://a.example:81/b//", "http://a.example:81/b/compare?v=1"),
        ("ftp://a.example", "?v=1"),
        ("https://a.example/{b}", "?v=1"),
        ("https://é.example", "?v=1"),
    ],
)
def test_a_link_stands_below_an_address_of_the_web_or_alone(address: str, link: str) -> None:
    assert full_link("v=1", address, "compare") == link


def test_a_qr_code_holds_2331_bytes_and_says_when_there_are_more() -> None:
    assert qr_code("x" * 2331).version == 40
    with pytest.raises(InputError, match=r"The link has 2,332 bytes, but a QR code holds at most 2,331\."):
        qr_code("é" + "x" * 2330)


def test_a_historic_analogue_says_so_on_everything_with_why_it_may_not_fit() -> None:
    asked = Asked(starting_points()["reset-2009"])
    mark = stamp(asked, "https://example.org")
    told = (
        "United States as sender, Russia as swing state, China as rival; 2009 to 2014, under one worldview, Literature "
        "midpoint. Why this may not fit: Russia was already in the G8, and the aim was arms control and Afghanistan, "
        "not a wedge."
    )
    assert dict(mark.rows())["Historic analogue"] == told
    assert f"Historic analogue: {told}" in mark.lines()
    assert mark.worldviews == ("Literature midpoint",)
    assert "end-2021" not in mark.settings
    both = comparison_stamp([Asked(starting_points()["giveaway"]), asked], "https://example.org")
    assert both.history == f"B: {told}"
    assert len(both.worldviews) == 4
    assert stamp(Asked(starting_points()["giveaway"]), "").history == ""

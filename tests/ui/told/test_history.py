"""What is said of the historic analogues: all that a reader has to know, and no word of today that does not fit."""

from __future__ import annotations

import pytest

from model import analogues, catalog, presets
from model.analysis.argument import picture
from model.assumptions.scenario import set_values
from ui.links.asked import Asked
from ui.told import cache, history, words
from ui.told.edge import edge_card

NIXON, RESET = analogues()["opening-to-china-1969"], analogues()["reset-2009"]


@pytest.mark.parametrize("name", list(analogues()))
def test_all_that_a_reader_has_to_know_is_said(name: str) -> None:
    scenario = analogues()[name]
    era = scenario.analogue
    assert era is not None
    told = dict(history.about(scenario))
    assert told["Why this may not fit"] == era.why_it_may_not_fit
    for role in (era.sender, era.swing, era.rival):
        assert role in told["Who was who"]
    assert f"starts in {scenario.start}" in told["What is fixed"]
    assert catalog().worldviews[era.worldview].title in told["What is fixed"]
    for key, (low, central, high) in era.overrides.items():
        own = catalog().worldviews[era.worldview].parameters[key]
        said = f"{catalog().parameters[key].title} {low:g} / {central:g} / {high:g} in place of {own.low:g} / "
        assert said in told["What was different then"]
    assert len(history.overrides(scenario)) == len(era.overrides)
    assert era.why_it_may_not_fit in history.in_short(scenario)


def test_nothing_of_it_is_said_of_today() -> None:
    today = presets()["giveaway"]
    assert history.about(today) == []
    assert history.in_short(today) == ""
    assert history.overrides(today).empty
    assert history.listed(today) == today.title


def test_the_opening_to_china_is_told_by_its_own_names_and_by_what_it_shows() -> None:
    told = dict(history.about(NIXON))
    assert told["Who was who"] == (
        "The United States is the sender, the People's Republic of China the swing state, the Soviet Union the rival."
    )
    assert told["Read the words of today so"] == (
        "In levers, charts and tables Moscow or Russia is the People's Republic of China here, "
        "Beijing or China is the Soviet Union here."
    )
    assert told["The pressure of its time"].startswith("It is 40, where 100 is that of the end of 2021.")
    assert told["Where it starts"] == "Alignment in 1969 is coded domain by domain by one person, for this analogue."
    paragraphs = dict(cache.summary(Asked(NIXON), ("midpoint",)))
    assert "doubt in the Soviet Union at 57 (15 without)" in paragraphs["Literature midpoint"]
    assert paragraphs["Literature midpoint"].endswith("5 points of effort freed by 1975.")
    assert paragraphs["Why this may not fit"] == told["Why this may not fit"]
    assert words.middle_shifts_sentence(NIXON, {"midpoint": 0}) == (
        "Shift of the alignment of the People's Republic of China and the Soviet Union by 1975, points of 100: "
        "Midpoint 0."
    )


def test_no_word_of_2021_is_said_of_the_pressure_of_another_time() -> None:
    assert words.context_words(NIXON) == "1969 to 1975, policy begins at once, pressure as in its time"
    drift = analogues()["dual-competition-2014"]
    assert words.context_words(drift) == "2014 to 2021, pressure as in its time"
    assert not words.moves_something(drift)
    eased = set_values(NIXON, {"pressure_russia": 60})
    assert words.pressure_words(eased) == (
        "pressure on the People's Republic of China 60 % and pressure on the Soviet Union 100 % of that of its time"
    )
    assert words.moves_something(set_values(drift, {"pressure_china": 90}))
    assert dict(history.about(drift))["The pressure of its time"].startswith("It rises evenly from 60 to 100,")


def test_only_other_parts_than_those_of_today_are_explained() -> None:
    assert "Read the words of today so" not in dict(history.about(RESET))
    abe = dict(history.about(analogues()["abe-courtship-2013"]))
    assert abe["Read the words of today so"] == "In levers, charts and tables Washington or the US is Japan here."
    assert abe["Where it starts"] == "The levels of alignment of 2014 stand in for those of 2013."


def test_effort_that_is_tied_down_or_does_not_move_is_told_so() -> None:
    told = dict(cache.summary(Asked(RESET), ("midpoint",)))["Literature midpoint"]
    assert told.endswith("2 points of effort tied down by 2014.")
    little = Asked(set_values(RESET, {key: lever.neutral for key, lever in catalog().levers.items()} | {"mil": 1}))
    told = dict(cache.summary(little, ("midpoint",)))["Literature midpoint"]
    assert told.endswith("No effort is freed or tied down by 2014.")


def test_the_source_card_of_a_step_has_the_numbers_of_then() -> None:
    argument = picture(cache.result(cache.run_key(Asked(NIXON))), "midpoint")
    card = edge_card(argument, "nato>threat", era=NIXON.analogue).replace("\\", "")
    assert "0.75 low, 0.9 central, 1 high" in card
    assert "in this historic analogue, in place of the worldview's own range" in card
    assert "in this historic analogue" not in edge_card(argument, "nato>threat")

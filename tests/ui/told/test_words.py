"""Sentences: whole points, frequencies of assumed worlds, nothing from outside taken for Markdown."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from model import catalog, load_scenario, presets, run
from model.analysis.goals import Goal, holds
from model.assumptions.scenario import set_values
from model.assumptions.schema import Scenario
from tests.ui.made import made
from ui.links.asked import Asked, Prediction
from ui.told import numbers, words

MEMBERS = 300


def cards(scenario: Scenario) -> dict[str, numbers.CardNumbers]:
    return {card.worldview: card for card in numbers.by_worldview(run(scenario, members=MEMBERS))}


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-27.2, -9.6, "10 to 27 lower"),
        (0.6, 2.2, "1 to 2 higher"),
        (-5.4, 0.2, "from 5 lower to the same"),
        (-2.0, 3.0, "from 2 lower to 3 higher"),
        (0.1, 0.4, "the same"),
        (-3.2, -2.8, "3 lower"),
        (-0.4, 2.0, "from the same to 2 higher"),
    ],
)
def test_a_range_of_changes_in_words(low: float, high: float, said: str) -> None:
    assert words.spread(low, high) == said


@pytest.mark.parametrize(
    ("value", "said"), [(-19.2, "−19 points"), (1.4, "+1 point"), (-0.6, "−1 point"), (0.4, "No shift")]
)
def test_a_change_with_its_unit(value: float, said: str) -> None:
    assert words.points(value) == said


@pytest.mark.parametrize("name", list(presets()))
def test_every_sentence_of_every_preset_is_whole_points_and_worlds_of_100(name: str) -> None:
    scenario = load_scenario(name)
    for card in cards(scenario).values():
        for sentence in (words.shift_sentence(card, scenario), words.reversal_sentence(card, scenario)):
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            assert not re.search(r"\d\.\d|%|probab|forecast|chance", sentence)


def test_what_is_switched_is_named_by_what_holds_and_what_held() -> None:
    assert words.structure_sentence(()) == ""
    two, six = (catalog().structure.choices[key] for key in ("C2", "C6"))
    assert words.structure_sentence(("C2", "C6")) == (
        f"The structure differs from the base: C2 “{two.alternative}” instead of “{two.title}”; "
        f"C6 “{six.alternative}” instead of “{six.title}”."
    )


def test_where_there_is_little_room_only_what_holds_is_named() -> None:
    choices = catalog().structure.choices
    told = f"C2 {choices['C2'].alternative}; C6 {choices['C6'].alternative}"
    assert [words.structure_short(switched) for switched in ((), ("C2", "C6"))] == ["", told]
    assert words.structure_short(("ensemble",)) == words.ensemble_words()


def test_the_ensemble_says_what_is_drawn_and_how_often() -> None:
    drawn = [key for key, choice in catalog().structure.choices.items() if choice.in_ensemble]
    share = round(100 * catalog().constant.structure_alternative_share)
    assert words.structure_sentence(("ensemble",)) == (
        "The structure differs from the base: each assumed world also draws its structure, with each of "
        f"{', '.join(drawn[:-1])} and {drawn[-1]} switched in {share} of 100 worlds."
    )


@pytest.mark.parametrize(
    ("switched", "said"),
    [((), "base"), (("C6",), "C6"), (("C1", "C2", "C6"), "C1, C2 and C6"), (("ensemble",), "ensemble")],
)
def test_a_structure_has_a_short_name(switched: tuple[str, ...], said: str) -> None:
    assert words.structure_name(switched) == said


def test_a_change_of_the_structure_is_told_beside_that_of_the_settings() -> None:
    hand = Asked(load_scenario("opening-hand"))
    switched = Asked(set_values(hand.scenario, {"nato": 75}), switched=("C1", "C6"))
    assert words.what_changed(hand, switched) == "NATO talks 50 → 75, structure base → C1 and C6"
    assert words.what_changed(hand, hand) == ""
    only = Asked(hand.scenario, switched=("C6",))
    every = tuple(cards(hand.scenario).values())
    assert words.last_change(hand, only, every, every).startswith("Last change: structure base → C6. Shift in points: ")


def test_the_summary_names_the_structure_beside_what_is_set() -> None:
    asked = Asked(load_scenario("opening-hand"), switched=("C6",))
    assert words.summary(asked, (), (), {}, {})[0][1].endswith(words.structure_sentence(("C6",)))
    assert "structure" not in words.summary(Asked(asked.scenario), (), (), {}, {})[0][1]


def test_the_reversal_sentence_counts_assumed_worlds() -> None:
    scenario = load_scenario("opening-hand")
    card = cards(scenario)["sceptic"]
    said = words.reversal_sentence(card, scenario)
    assert said == f"In {card.reversed_of_100} of 100 assumed worlds the policy is reversed at home by 2031."


def test_without_levers_the_sentences_say_that_nothing_is_moved() -> None:
    scenario = load_scenario("status-quo")
    card = cards(scenario)["op-ed"]
    assert words.shift_sentence(card, scenario) == "The same as without levers in every assumed world."
    assert words.reversal_sentence(card, scenario) == "There is no offer that could be reversed at home."


def test_the_text_for_a_screen_reader_says_what_the_two_pictures_show() -> None:
    two = [
        made("op-ed", (-25.3, -18.6, -9.9), dropped=27),
        made("sceptic", (0.2, 1.4, 2.4), alone=(58, 64, 70.6), dropped=96),
    ]
    assert words.drift_alt(two) == (
        "Middle alignment of 100 from 58 in 2021, in 2031: The op-ed's case 53, without levers 72; Wedge sceptic 72, "
        "without levers 71."
    )
    assert words.strip_alt(two, load_scenario("opening-hand")) == (
        "The op-ed's case: −19 points. 10 to 25 lower than without levers, in 80 of 100 assumed worlds. In 27 of 100 "
        "assumed worlds the policy is reversed at home by 2031. Wedge sceptic: +1 point. From the same to 2 higher "
        "than without levers, in 80 of 100 assumed worlds. In 96 of 100 assumed worlds the policy is reversed at home "
        "by 2031."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "pressure as at end-2021"),
        ({"start": 2024}, "pressure as in 2024"),
        ({"pressure_russia": 60, "pressure_china": 140},
         "pressure on Russia 60 % and pressure on China 140 % of that at end-2021"),
        ({"pressure_china": 0, "start": 2024}, "pressure on Russia 100 % and pressure on China 0 % of that in 2024"),
    ],
)  # fmt: skip
def test_pressure_is_named_with_what_it_is_measured_against(values: dict[str, int], said: str) -> None:
    scenario = set_values(load_scenario("status-quo"), values)
    assert words.pressure_words(scenario) == said
    assert words.context_words(scenario).endswith(f", {said}")


def test_changed_pressure_alone_is_a_policy_that_begins_and_no_offer_that_could_be_reversed() -> None:
    scenario = load_scenario("ease-russia")
    assert words.moves_something(scenario)
    assert not words.offers_something(scenario)
    assert words.context_words(scenario).startswith("2021 to 2031, policy begins at once, pressure on Russia 50 %")
    card = cards(scenario)["op-ed"]
    assert words.shift_sentence(card, scenario) == "2 to 3 lower than without levers, in 80 of 100 assumed worlds."
    assert words.reversal_sentence(card, scenario) == "There is no offer that could be reversed at home."
    assert words.what_moved(load_scenario("status-quo"), scenario) == "Pressure on Russia 100 → 50"


def test_where_lock_in_stands_still_its_card_says_what_alone_moves_it() -> None:
    still = ["Under lock-in only pressure moves alignment by more than a point."]
    hand, harder = load_scenario("opening-hand"), load_scenario("squeeze-both")
    harder = set_values(harder, {"pressure_russia": 200, "pressure_china": 200})
    for scenario, said in ((load_scenario("status-quo"), []), (hand, still), (harder, [])):
        for key, card in cards(scenario).items():
            assert words.still_sentences(card, scenario) == (said if key == "lock-in" else []), (scenario, key)


@pytest.mark.parametrize("text", ["# h", "[a](b)", "<b>", "*x*", "`x`", ":red[x]", "$x$", "a|b", "![i](u)"])
def test_text_from_outside_is_never_markdown(text: str) -> None:
    escaped = words.escaped(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == text
    assert not re.search(r"(?<!\\)[\[\]<>*`#$|]", escaped)


def test_a_lever_guide_tells_positions_authority_and_both_sides() -> None:
    for lever in catalog().levers.values():
        guide = words.lever_guide(lever)
        for part in ("Who can move it", "How fast", "How it is undone", "What the essay claims", "Who disagrees"):
            assert part in guide
        assert guide.count("\n- ") == 5


MADE = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
INSIDE = {"lock-in": 0, "midpoint": 18, "op-ed": 62, "sceptic": 1}


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-20, -5, "5 to 20 points further apart than with no levers"),
        (-60, 0, "0 to 60 points further apart than with no levers"),
        (-1, -1, "1 point further apart than with no levers"),
        (0, 1, "0 to 1 point closer than with no levers"),
        (3, 9, "3 to 9 points closer than with no levers"),
        (7, 7, "7 points closer than with no levers"),
        (0, 0, "no shift: the same as with no levers"),
        (-10, 1, "from 10 points further apart to 1 point closer than with no levers"),
    ],
)
def test_an_interval_is_told_by_direction_and_size(low: int, high: int, said: str) -> None:
    assert words.interval_words(low, high) == said


@pytest.mark.parametrize(
    ("prediction", "said"),
    [
        (
            Prediction("apart", -20, -5, MADE),
            "5 to 20 points further apart than with no levers, in 80 of 100 assumed worlds, whatever comes true",
        ),
        (
            Prediction("closer", 0, 3, MADE, 95, "op-ed"),
            "0 to 3 points closer than with no levers, in 95 of 100 assumed worlds, under “The op-ed's case”",
        ),
        (
            Prediction("same", 0, 5, MADE, 50),
            "0 to 5 points closer than with no levers, in 50 of 100 assumed worlds, whatever comes true; called “about "
            "the same”",
        ),
    ],
)
def test_what_was_predicted_is_told_with_how_sure_and_for_which_view(prediction: Prediction, said: str) -> None:
    assert words.predicted_words(prediction) == said


def test_a_prediction_for_whatever_comes_true_is_held_against_every_view_alike() -> None:
    prediction = Prediction("apart", -20, -5, MADE, 95)
    assert words.prediction_sentences(None, "op-ed", {}) == []
    assert words.prediction_sentences(prediction, "op-ed", INSIDE) == [
        "Your prediction, −20 to −5, holds 62 of 100 assumed worlds; you said 95."
    ]
    four = list(cards(load_scenario("status-quo")).values())
    assert words.prediction_table(prediction, four, INSIDE) == [
        ("lock-in", "0", "0 of 100 of its worlds; you said 95"),
        ("midpoint", "0", "18 of 100 of its worlds; you said 95"),
        ("op-ed", "0", "62 of 100 of its worlds; you said 95"),
        ("sceptic", "0", "1 of 100 of its worlds; you said 95"),
    ]


def test_a_prediction_for_one_view_is_held_against_that_first_and_then_against_the_others() -> None:
    prediction = Prediction("apart", -20, -5, MADE, 50, "op-ed")
    assert words.prediction_sentences(prediction, "op-ed", INSIDE) == [
        "Your prediction for this view, −20 to −5, holds 62 of 100 assumed worlds; you said 50."
    ]
    assert words.prediction_sentences(prediction, "sceptic", INSIDE) == [
        "Your prediction for “The op-ed's case”, −20 to −5, holds 1 of 100 assumed worlds here."
    ]
    four = list(cards(load_scenario("status-quo")).values())
    assert words.prediction_table(prediction, four, INSIDE) == [
        ("op-ed", "0", "62 of 100 of its worlds; you said 50"),
        ("lock-in", "0", "0 of 100 of its worlds"),
        ("midpoint", "0", "18 of 100 of its worlds"),
        ("sceptic", "0", "1 of 100 of its worlds"),
    ]


def test_the_summary_tells_of_each_worldview_its_own_numbers() -> None:
    two = [made("op-ed", (-25.3, -18.6, -9.9), dropped=27), made("sceptic", (0.2, 1.4, 2.4), dropped=96)]
    rows = [
        numbers.OutcomeNumbers(card.worldview, key, key, 0, middle + i, 100, start)
        for i, card in enumerate(two)
        for key, middle, start in (("nato_cohesion", 58.4, 63.6), ("doubt", 30.4, 20.4), ("us_effort", 5, 0))
    ]
    _, op_ed, sceptic, last = words.summary(Asked(load_scenario("opening-hand")), tuple(two), rows, {}, {})
    assert op_ed == (
        "The op-ed's case",
        "−19 points by 2031; without levers alignment goes from 58 in 2021 to 72 in 2031. 10 to 25 lower than without "
        "levers, in 80 of 100 assumed worlds. NATO cohesion stands at 58 of 100 (64 without levers), Beijing's doubt "
        "at 30 (20 without). In 27 of 100 assumed worlds the policy is reversed at home by 2031.",
    )
    assert "NATO cohesion stands at 59 of 100 (64 without levers), Beijing's doubt at 31 (20 " in sceptic[1]
    assert last[0] == "Assumptions worked out, not a forecast"


@pytest.mark.parametrize("name", list(presets()))
def test_the_summary_tells_levers_worldviews_costs_and_what_this_is(name: str) -> None:
    scenario = load_scenario(name)
    result = run(scenario, members=MEMBERS)
    goals = (Goal("nato_cohesion", "at least", 60), Goal("shift", "at most", 0))
    asked = Asked(scenario, goals, Prediction("apart", -20, -5, MADE))
    cards, outcomes = numbers.by_worldview(result), numbers.outcome_numbers(result)
    paragraphs = words.summary(asked, cards, outcomes, holds(result, goals), INSIDE)
    text = " ".join(f"{lead}. {text}" for lead, text in paragraphs)
    assert words.CAVEAT in text
    assert [lead for lead, _ in paragraphs[1:-1]] == [v.title for v in catalog().worldviews.values()]
    assert text.count("All 2 goals: in ") == text.count("Your prediction, −20 to −5, holds ") == 4
    assert text.count("Your prediction, −20 to −5, holds 18 of 100 assumed worlds; you said 80.") == 1
    assert not re.search(r"\d\.\d|probab|likel", text)
    for key, value in scenario.levers.items():
        lever = catalog().levers[key]
        assert (f"{lever.name} at {value} (" in text) == (value != lever.neutral)
    if words.moves_something(scenario):
        assert text.count("NATO cohesion stands at") == 4


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "Open door, no channel"),
        (100, "Binding end to enlargement"),
        (30, "between “Talks on process only” and “Mutual limits, informal pause”"),
    ],
)
def test_a_position_between_two_stops_names_both(value: int, said: str) -> None:
    assert words.position_words(catalog().levers["nato"], value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "Nothing aimed at Russia"),
        (60, "between “Half the sanctions parked” and “As at the start”"),
        (100, "As at the start"),
        (199, "between “Wider sanctions, more forces” and “Embargo and heavy forces”"),
        (200, "Embargo and heavy forces"),
    ],
)
def test_the_positions_of_a_pressure_go_to_200(value: int, said: str) -> None:
    assert words.position_words(catalog().levers["pressure_russia"], value) == said


def test_a_shift_that_rounds_to_nothing_counts_the_worlds_in_which_it_does() -> None:
    scenario = set_values(load_scenario("opening-hand"), {"onset": 12})
    for card in cards(scenario).values():
        assert words.shift_sentence(card, scenario) == "The same as without levers in 100 of 100 assumed worlds."
    assert "policy begins in 2033, after the years shown" in words.context_words(scenario)

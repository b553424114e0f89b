"""Goals: a text and back, refusals in a sentence, and counts that agree with counting by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import InputError, Result, load_scenario, run
from model.analysis.goals import ROUNDING, SIGNS, Goal, GoalCount, holds, of_100, parse_goal
from model.assumptions.outcomes import measures
from model.assumptions.scenario import set_values
from model.assumptions.schema import Direction
from model.engine.results import OUTCOMES

often = settings(max_examples=200, deadline=None, database=None, derandomize=True)

COMPARING = {"shift", "two_front"}
SIGNED = {"change", "shift", "us_effort", "two_front"}
DIRECTIONS: tuple[Direction, ...] = ("at most", "at least")


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    outcome = draw(st.sampled_from(list(measures())))
    low = -100 if outcome in SIGNED else 0
    return Goal(outcome, draw(st.sampled_from(DIRECTIONS)), draw(st.integers(low, 100)))


any_goals = st.lists(goals(), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def opening_hand() -> Result:
    return run("opening-hand", members=300)


@pytest.fixture(scope="module")
def status_quo() -> Result:
    return run("status-quo", members=300)


def counted(result: Result, *texts: str) -> dict[str, GoalCount]:
    return holds(result, [parse_goal(text) for text in texts])


# ---- texts


@often
@given(goals())
def test_a_goal_and_its_text_are_the_same_thing(goal: Goal) -> None:
    assert parse_goal(str(goal)) == goal
    assert str(parse_goal(str(goal))) == str(goal)


@pytest.mark.parametrize(
    ("text", "in_links", "goal"),
    [
        ("level<=58", "level_at_most_58", Goal("level", "at most", 58)),
        ("nato_cohesion>=60", "nato_cohesion_at_least_60", Goal("nato_cohesion", "at least", 60)),
        ("change<=0", "change_at_most_0", Goal("change", "at most", 0)),
        ("shift<=-5", "shift_at_most_-5", Goal("shift", "at most", -5)),
    ],
)
def test_the_form_in_links_is_stable(text: str, in_links: str, goal: Goal) -> None:
    assert parse_goal(text) == parse_goal(in_links) == goal
    assert str(goal) == in_links


@pytest.mark.parametrize("text", [" level <= 58 ", "level<=+58", "level<=058", "level <=58"])
def test_spaces_signs_and_zeros_are_tidied_away(text: str) -> None:
    assert str(parse_goal(text)) == "level_at_most_58"


def test_minus_nothing_is_nothing() -> None:
    assert str(parse_goal("change<=-0")) == "change_at_most_0"


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ("nato_cohesoin>=60", ["“nato_cohesoin”", "did you mean nato_cohesion?"]),
        ("baseline<=60", ["“baseline”", "allowed: shift, level"]),
        ("<=60", ["“”", "allowed: shift"]),
        ("Level<=60", ["did you mean level?"]),
        ("level<60", ["“level<60”", "<= or >=", "for example level<=58", "nato_cohesion"]),
        ("level=60", ["<= or >="]),
        ("level≤60", ["<= or >="]),
        ("level", ["<= or >="]),
        ("", ["“”", "<= or >="]),
        ("level<=60>=40", ["<= or >="]),
        ("level<==60", ["<= or >="]),
        ("level<=", ["level is “”", "a whole number, 0 to 100."]),
        ("level<=5.5", ["“5.5”", "0 to 100."]),
        ("level<=1e1", ["“1e1”"]),
        ("level<=٣", ["“٣”"]),
        ("level<=5 8", ["“5 8”"]),
        ("level<=101", ["“101”", "0 to 100."]),
        ("level>=-1", ["“-1”", "0 to 100."]),
        ("change>=-101", ["“-101”", "-100 to 100."]),
        ("shift<=" + "9" * 5000, ["…”", "-100 to 100."]),
        ("x" * 5000 + "<=1", ["…”", "allowed: shift"]),
        ("level\n>=a\x00", ["level is", "0 to 100."]),
    ],
)
def test_a_bad_text_is_refused_in_one_sentence(text: str, fragments: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        parse_goal(text)
    message = str(refused.value)
    for fragment in fragments:
        assert fragment in message
    assert message.endswith((".", "?"))
    assert len(message.splitlines()) == 1
    assert len(message) < 300


@often
@given(st.text(max_size=30) | st.text("<>=+-0123456789 levn_", max_size=20))
def test_any_text_is_a_goal_or_is_refused(text: str) -> None:
    try:
        goal = parse_goal(text)
    except InputError:
        return
    assert parse_goal(str(goal)) == goal


@pytest.mark.parametrize(
    ("outcome", "direction", "value"),
    [
        ("levels", "at most", 50),
        ("level", "at moast", 50),
        ("level", "<=", 50),
        ("level", "at most", 101),
        ("level", "at most", -1),
        ("level", "at most", True),
        ("level", "at most", 50.0),
        ("values_cost", "at least", -1),
    ],
)
def test_a_goal_that_makes_no_sense_cannot_be_made(outcome: str, direction: Direction, value: int) -> None:
    with pytest.raises(InputError):
        Goal(outcome, direction, value)


# ---- words


def test_goals_can_be_set_for_the_outcomes_of_the_last_year_and_for_change() -> None:
    assert set(measures()) == {*OUTCOMES, "change"} - {"baseline"}
    assert {name for name, measure in measures().items() if measure.compares} == COMPARING
    assert {name for name, measure in measures().items() if measure.low < 0} == SIGNED


def test_every_measure_has_words_of_its_own() -> None:
    titles = [measure.title for measure in measures().values()]
    assert len(set(titles)) == len(titles)
    for name, measure in measures().items():
        assert measure.title[0].isupper(), name
        assert measure.meaning.endswith("."), name
        assert measure.unit in {"points", "points of 100"}, name
        assert "\N{EM DASH}" not in measure.title + measure.meaning, name


def test_a_goal_reads_as_words() -> None:
    assert parse_goal("nato_cohesion>=60").in_words() == "NATO cohesion: at least 60 points of 100"
    assert parse_goal("two_front<=-5").in_words() == "Two-front pressure: at most \N{MINUS SIGN}5 points"


@often
@given(goals())
def test_the_words_of_a_goal_say_its_title_direction_and_value(goal: Goal) -> None:
    words = goal.in_words()
    assert words.startswith(measures()[goal.outcome].title)
    assert f": {goal.direction} " in words
    assert f" {abs(goal.value)} " in words.replace("\N{MINUS SIGN}", " ")


# ---- counts


def by_hand(result: Result, goal: Goal, worldview: int, no_lever: bool = False) -> list[bool]:
    """Whether each world meets a goal, one world at a time, from the series of the run."""
    trajectory = result.no_lever if no_lever else result.run
    met = []
    for world in range(result.members):
        if goal.outcome in ("level", "change"):
            path = trajectory.composite[:, worldview, world]
            value = float(path[-1]) - (float(path[0]) if goal.outcome == "change" else 0)
        elif goal.outcome == "shift":
            value = float(trajectory.composite[-1, worldview, world] - result.no_lever.composite[-1, worldview, world])
        elif goal.outcome == "two_front":
            value = float(trajectory.two_front[-1, worldview, world] - result.no_lever.two_front[-1, worldview, world])
        elif goal.outcome == "nato_east_trough":
            value = min(float(state.cohesion[0, worldview, world]) for state in trajectory.states)
        else:
            value = float(getattr(trajectory, goal.outcome)[-1, worldview, world])
        below, above = value <= goal.value + 1e-3, value >= goal.value - 1e-3
        met.append(below if goal.direction == "at most" else above)
    return met


def hundredth(met: list[bool]) -> int:
    """Worlds of 100, with 0 and 100 kept for none and all."""
    if not any(met):
        return 0
    if all(met):
        return 100
    return min(max(int(100 * sum(met) / len(met) + 0.5), 1), 99)


SMALL = ("opening-hand", "grand-bargain", "squeeze-both")


@cache
def small(name: str) -> Result:
    return run(set_values(load_scenario(name), {"horizon": 7}), members=30)


@settings(often, max_examples=60)  # each counts up to five goals in every world
@given(any_goals, st.sampled_from(SMALL))
def test_counts_agree_with_counting_by_hand(asked: list[Goal], name: str) -> None:
    result = small(name)
    counts = holds(result, asked)
    assert list(counts) == list(result.worldviews)
    for place, worldview in enumerate(result.worldviews):
        met = [by_hand(result, goal, place) for goal in asked]
        without = [by_hand(result, goal, place, no_lever=True) for goal in asked]
        compares = [goal.outcome in COMPARING for goal in asked]
        assert counts[worldview] == GoalCount(
            each=tuple(hundredth(worlds) for worlds in met),
            together=hundredth([all(world) for world in zip(*met, strict=True)]),
            no_lever_each=tuple(None if c else hundredth(w) for c, w in zip(compares, without, strict=True)),
            no_lever_together=(
                None if any(compares) else hundredth([all(world) for world in zip(*without, strict=True)])
            ),
        )


@settings(often, max_examples=60)
@given(any_goals)
def test_all_together_are_met_no_more_often_than_any_alone(asked: list[Goal]) -> None:
    for count in holds(small("opening-hand"), asked).values():
        assert count.together <= min(count.each)
        if len(asked) == 1:
            assert count.together == count.each[0]


@often
@given(goals())
def test_a_looser_goal_is_met_at_least_as_often(goal: Goal) -> None:
    step = 1 if goal.direction == "at most" else -1
    if not measures()[goal.outcome].low <= goal.value + step <= measures()[goal.outcome].high:
        return
    looser = replace(goal, value=goal.value + step)
    for count in holds(small("opening-hand"), [goal, looser]).values():
        assert count.each[0] <= count.each[1]


def test_the_no_lever_counts_are_those_of_the_status_quo(opening_hand: Result, status_quo: Result) -> None:
    asked = ["level<=70", "change<=12", "doubt<=15", "nato_cohesion>=70", "us_effort>=0", "values_cost<=0"]
    ours, theirs = counted(opening_hand, *asked), counted(status_quo, *asked)
    for worldview, count in ours.items():
        assert count.no_lever_each == theirs[worldview].each == theirs[worldview].no_lever_each
        assert count.no_lever_together == theirs[worldview].together


def test_what_compares_the_runs_has_no_count_without_levers(opening_hand: Result) -> None:
    for count in counted(opening_hand, "shift<=-1", "level<=100", "two_front<=0").values():
        assert count.no_lever_each == (None, 100, None)
        assert count.no_lever_together is None


def test_rounding_of_32_bits_does_not_miss_a_goal(status_quo: Result) -> None:
    """Without levers every world stands exactly at the start of these outcomes, up to rounding."""
    exactly = ["doubt<=15", "doubt>=15", "nato_cohesion>=70", "nato_east_trough>=70", "us_effort>=0", "us_effort<=0"]
    for count in counted(status_quo, *exactly, "china_effort<=0", "two_front<=0", "shift>=0").values():
        assert set(count.each) == {100}
        assert count.together == 100
    assert 0 < ROUNDING < 0.01


def test_none_and_all_are_told_from_few_and_nearly_all() -> None:
    assert of_100(np.array([False] * 1000)) == 0
    assert of_100(np.array([True] + [False] * 999)) == 1
    assert of_100(np.array([True] * 999 + [False])) == 99
    assert of_100(np.array([True] * 1000)) == 100
    assert of_100(np.array([True] * 125 + [False] * 875)) == 13
    assert of_100(np.array([True] * 124 + [False] * 876)) == 12
    assert (of_100(np.array([True])), of_100(np.array([False]))) == (100, 0)


@often
@given(st.integers(1, 3000).flatmap(lambda worlds: st.tuples(st.integers(0, worlds), st.just(worlds))))
def test_worlds_of_100_are_whole_and_as_near_as_can_be(case: tuple[int, int]) -> None:
    met, worlds = case
    got = of_100(np.arange(worlds) < met)
    assert isinstance(got, int)
    assert (got == 0) == (met == 0)
    assert (got == 100) == (met == worlds)
    if 1 <= 100 * met / worlds <= 99:
        assert abs(got - 100 * met / worlds) <= 0.5


def test_not_above_todays_level_is_a_change_of_at_most_0(opening_hand: Result) -> None:
    start = opening_hand.run.composite[0, 0, 0]
    share = (opening_hand.run.composite[-1] <= start).mean(axis=-1)
    for place, count in enumerate(counted(opening_hand, "change<=0").values()):
        assert count.each[0] == pytest.approx(100 * share[place], abs=1)


def test_goals_that_exclude_each_other_are_never_met_together(opening_hand: Result) -> None:
    for count in counted(opening_hand, "level<=60", "level>=70").values():
        assert count.together == 0


def test_an_analogue_is_counted_in_its_own_worldview() -> None:
    counts = counted(run("reset-2009", members=50), "change<=0", "nato_cohesion>=50")
    assert list(counts) == ["midpoint"]


def test_no_goal_at_all_is_refused(opening_hand: Result) -> None:
    with pytest.raises(InputError, match=r"No goal is given; a goal is written like level<=58\."):
        holds(opening_hand, [])


def test_the_signs_are_those_of_the_two_directions() -> None:
    assert set(SIGNS.values()) == set(DIRECTIONS)

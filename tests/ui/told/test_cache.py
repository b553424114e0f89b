"""What is remembered of a run is found by all that its numbers depend on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from model import catalog, load_scenario, run
from model.analysis.argument import picture
from model.analysis.credit import credits_of
from model.analysis.dose import dose_curve
from model.analysis.dropped import dropped_of
from model.analysis.goals import ROUNDING, holds, of_100, parse_goal
from model.assumptions.edits import edits
from ui.links.asked import Asked, Prediction, Shown, direction_of
from ui.told import cache, numbers, words
from ui.told.finding import PRICES

HAND = Asked(load_scenario("opening-hand"))


def test_the_key_of_a_run_carries_the_assumptions() -> None:
    edited = catalog().edited("op-ed", binding_share=(0.2, 0.3, 0.5))
    own = cache.run_key(HAND)
    other = own._replace(assumptions=edited)
    assert own == cache.run_key(HAND) != other
    shift = {card.worldview: card.shift for card in cache.cards(other)}["op-ed"]
    assert shift != {card.worldview: card.shift for card in cache.cards(own)}["op-ed"]
    told = run(HAND.scenario, seed=HAND.seed, assumptions=edited).to_dict()["worldviews"]["op-ed"]["shift"]
    assert shift == pytest.approx(tuple(told.values()), abs=1e-4)


@pytest.mark.parametrize("switched", [(), ("C1", "C4"), ("ensemble",)])
def test_ours_and_a_readers_own_have_the_same_numbers_apart_as_in_one_run(switched: tuple[str, ...]) -> None:
    own = edits("op-ed", {"binding_share": (0.4, 0.6, 0.8), "salience.threat": (0.2,)})
    at = cache.run_key(replace(HAND, seed=15, switched=switched, own=own))
    goals, whole = (parse_goal("level<=58"),), cache.result(at)
    assert len(cache.apart(at)) == 2
    for card, wanted in zip(cache.cards(at), numbers.by_worldview(whole), strict=True):
        assert {
            name: np.array_equal(value, getattr(wanted, name)) for name, value in vars(card).items()
        } == dict.fromkeys(vars(card), True)
    assert cache.goal_counts(at, goals) == holds(whole, goals)
    assert sorted(cache.price_outcomes(at)) == sorted(numbers.outcome_numbers(whole, tuple(PRICES)))


@pytest.mark.parametrize("switched", [("C6",), ("C1", "C4"), ("ensemble",)])
def test_every_number_follows_the_structure(switched: tuple[str, ...]) -> None:
    asked = replace(HAND, seed=13, switched=switched)
    at, base = cache.run_key(asked), cache.run_key(replace(asked, switched=()))
    assert at != base
    result = run(HAND.scenario, members=cache.MEMBERS, seed=13, structure=asked.structure)
    assert cache.result(at).to_dict()["worldviews"] == result.to_dict()["worldviews"]
    assert cache.cards(at)[2].shift != cache.cards(base)[2].shift
    assert cache.credits_at(at) == credits_of(HAND.scenario, members=cache.MEMBERS, seed=13, structure=asked.structure)
    assert cache.dropped(at) == dropped_of(result) != cache.dropped(base)
    assert cache.accounting(at).equals(result.accounting_frame())
    assert cache.argument(at, "op-ed") == picture(result, "op-ed")
    goals = (parse_goal("level<=58"),)
    assert cache.goal_counts(at, goals) == holds(result, goals)
    curve = dose_curve(HAND.scenario, members=cache.DOSE_MEMBERS, seed=13, structure=asked.structure)
    assert (cache.dose(at, None).shift == curve.shift).all()
    assert cache.summary(asked, Shown().worldviews)[0][1].endswith(words.structure_sentence(switched))


def test_a_prediction_is_counted_in_every_world_both_ends_included() -> None:
    at = cache.run_key(HAND)
    assert cache.inside(at, None) == {}
    result = cache.result(at)
    shift = result.shift[-1]
    for low, high in ((-20, -5), (-60, -12), (0, 1), (-3, 3)):
        held = (shift >= low - ROUNDING) & (shift <= high + ROUNDING)
        prediction = Prediction(direction_of(low, high), low, high, datetime(2026, 11, 22, 14, 2, tzinfo=UTC))
        assert cache.inside(at, prediction) == {
            key: of_100(worlds) for key, worlds in zip(result.worldviews, held, strict=True)
        }
    wide = Prediction("same", -60, 60, datetime(2026, 11, 22, 14, 2, tzinfo=UTC))
    assert cache.inside(at, wide) == dict.fromkeys(result.worldviews, 100)


def test_the_sentences_of_a_run_are_written_once_and_bear_the_readers_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(HAND, goals=(parse_goal("level<=58"),), title="One", seed=11)
    worldviews = Shown().worldviews
    at = cache.run_key(asked)
    counts = cache.goal_counts(at, asked.goals)
    wanted = words.summary(asked, cache.cards(at), cache.told_outcomes(at), counts, {})
    assert cache.summary(asked, worldviews) == wanted
    monkeypatch.setattr(words, "summary", None)
    assert cache.summary(replace(asked, title="Another"), worldviews) == [("Another", wanted[0][1]), *wanted[1:]]
    assert wanted[0][0] == "One"


def test_the_sentences_are_those_of_the_worldviews_that_are_shown() -> None:
    lead, one, _ = cache.summary(HAND, ("op-ed",))
    assert [lead[0], one[0]] == ["The essay's opening hand", "The op-ed's case"]


def test_the_composites_of_a_run_are_tabulated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at = cache.run_key(replace(HAND, seed=12))
    table = numbers.composite_table(cache.cards(at), cache.result(at))
    assert cache.composites(at).equals(table)
    monkeypatch.setattr(numbers, "composite_table", None)
    assert cache.composites(at).equals(table)


def test_what_would_be_lost_is_worked_out_once_and_from_the_result_that_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = cache.run_key(replace(HAND, seed=14))
    wanted = dropped_of(cache.result(at))
    monkeypatch.setattr(cache, "run", None)  # no run is made for it but those without a lever
    assert cache.dropped(at) == wanted
    monkeypatch.setattr(cache, "dropped_of", None)
    assert cache.dropped(at) is cache.dropped(at)

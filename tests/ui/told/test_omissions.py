"""Tensions, omissions and the steps of the chain: their links open what they say, and there is something to see."""

from __future__ import annotations

import pytest

from model import catalog, run
from model.analysis.argument import groundings
from model.analysis.omissions import Sight
from model.engine.results import REVERSED
from ui.links import comparison, single
from ui.links.asked import SECTIONS
from ui.links.paths import COMPARE
from ui.told import omissions

SIGHTS = {
    f"{key} {i}": sight
    for family in omissions.FAMILIES
    for key, gap in omissions.gaps(family).items()
    for i, sight in enumerate(gap.see, start=1)
}
each_sight = pytest.mark.parametrize("sight", SIGHTS.values(), ids=list(SIGHTS))


@each_sight
def test_what_is_to_be_seen_can_be_seen_in_whole_points(sight: Sight) -> None:
    found = omissions.seen(sight)
    assert found.without != found.with_
    low, high = omissions.scale_of(sight.outcome)
    assert all(low <= value <= high for side in (found.without, found.with_) for value in side.values())
    assert all(text in omissions.in_words(found) for text in (sight.without.label, sight.with_.label))


@each_sight
def test_its_links_open_both_sides_and_the_section_that_says_why(sight: Sight) -> None:
    for side in (sight.without, sight.with_):
        path, _, query = omissions.explore_address(sight, side).partition("?")
        opened = single.read(single.query_of(query))
        assert (path, opened.notices) == ("/", ())
        assert opened.asked == omissions.asked_of(sight, side)
        assert opened.shown.open == (sight.open,)
        assert sight.open in SECTIONS
    path, _, query = omissions.compare_address(sight).partition("?")
    compared = comparison.read(single.query_of(query))
    assert (path, compared.notices) == (f"/{COMPARE}", ())
    assert [(one.scenario.levers, one.scenario.start, one.switched) for one in compared.all_asked] == [
        (one.scenario.levers, one.scenario.start, one.switched)
        for one in (omissions.asked_of(sight, side) for side in (sight.without, sight.with_))
    ]


def test_the_numbers_are_those_of_a_run() -> None:
    """Of an outcome the middle, of reversals worlds of 100; the same numbers as on the command line."""
    shift, doubt, dropped = SIGHTS["Z1 1"], SIGHTS["Z2 1"], SIGHTS["X10 1"]
    told = run("opening-hand", structure="C2").to_dict()["worldviews"]
    assert omissions.seen(shift).with_ == {view: round(one["shift"]["p50"]) for view, one in told.items()}
    told = run("limited-dialogue").to_dict()["worldviews"]
    assert omissions.seen(doubt).with_ == {view: round(one["doubt"]["p50"]) for view, one in told.items()}
    told = run(dropped.scenario(dropped.with_)).to_dict()["worldviews"]
    assert omissions.seen(dropped).with_ == {view: round(100 * one[REVERSED]) for view, one in told.items()}


def test_the_finding_names_who_is_farthest_apart_and_all_of_them_where_they_are_level() -> None:
    def found(**sides: tuple[int, int]) -> omissions.Seen:
        starts, ends = ({view: side[i] for view, side in sides.items()} for i in (0, 1))
        return omissions.Seen(SIGHTS["Z1 1"], starts, ends)

    assert omissions.finding(found(midpoint=(0, 1), sceptic=(-19, -10))) == "Sceptic −19 → −10"
    assert omissions.finding(found(midpoint=(0, 1), sceptic=(2, 1))) == "Midpoint and Sceptic by 1"


def test_a_title_says_what_minus_is() -> None:
    assert omissions.outcome_title("shift") == "Shift, points (minus: further apart)"
    assert omissions.outcome_title("doubt") == "Beijing's doubt, points of 100"
    assert omissions.outcome_title(REVERSED) == "Washington drops it, worlds of 100"


def test_a_step_says_what_carries_it_with_every_claim_number_and_dissent_once() -> None:
    step = omissions.chain()[5]
    assert omissions.levers_of(step) == ["Clear expectations"]
    assert omissions.numbers_of(step)[0] == step.measured_by == "base_threshold"
    assert omissions.claims_of(step)[:3] == ["E16", "E17", "E46"]
    for step in omissions.chain():
        numbers, claims, disputes = omissions.numbers_of(step), omissions.claims_of(step), omissions.disputes_of(step)
        assert set(numbers) <= set(groundings("op-ed", catalog()))
        for found in (numbers, claims, disputes):
            assert len(set(found)) == len(found) > 0
    assert set(omissions.chain()[7].claims) <= set(omissions.claims_of(omissions.chain()[7]))

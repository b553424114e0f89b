"""Undo and redo walk the same path in both directions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from model import presets
from model.assumptions.scenario import set_values
from ui.links.asked import Asked
from ui.links.history import LONGEST, History

START = Asked(presets()["status-quo"])


def asked(nato: int, mil: int = 0) -> Asked:
    return Asked(set_values(START.scenario, {"nato": nato, "mil": mil}))


some_asked = st.builds(asked, *[st.integers(0, 3)] * 2)


def walked(steps: list[Asked]) -> History:
    history = History(START)
    for step in steps:
        history = history.changed_to(step)
    return history


def test_switching_the_structure_is_a_step_like_any_other() -> None:
    switched = replace(START, switched=("C6",))
    history = History(START).changed_to(switched)
    assert (history.now, history.before) == (switched, START)
    assert history.undone().now == START
    assert history.undone().redone() == history


@given(st.lists(some_asked, max_size=12), st.integers(0, 12))
def test_undoing_and_redoing_as_often_leads_back(steps: list[Asked], times: int) -> None:
    history = walked(steps)
    there = history
    times = min(times, len(history.past))
    for _ in range(times):
        there = there.undone()
    for _ in range(times):
        there = there.redone()
    assert there == history


@given(st.lists(some_asked, max_size=8), some_asked)
def test_a_change_can_be_undone_and_gives_up_what_was_undone(steps: list[Asked], new: Asked) -> None:
    history = walked(steps).undone()
    changed = history.changed_to(new)
    if new == history.now:
        assert changed == history
    else:
        assert changed.before == history.now
        assert changed.undone().now == history.now
        assert changed.future == ()


@given(st.lists(some_asked, min_size=1, max_size=8))
def test_the_browsers_back_and_forward_are_undo_and_redo(steps: list[Asked]) -> None:
    history = walked(steps)
    if history.before:
        back = history.visited(history.before)
        assert back == history.undone()
        assert back.visited(history.now).now == history.now


def test_at_either_end_nothing_happens() -> None:
    history = History(START)
    assert history.undone() == history.redone() == history.changed_to(START) == history
    assert history.before is None


def test_a_long_walk_forgets_its_beginning() -> None:
    history = walked([asked(i % 100 + 1) for i in range(LONGEST + 50)])
    assert len(history.past) == LONGEST


def test_back_forward_and_a_new_place_by_hand() -> None:
    one, two, three, new = asked(1), asked(2), asked(3), asked(9)
    walked_ = History(one).changed_to(two).changed_to(three)
    assert walked_ == History(three, (one, two))
    back = walked_.visited(two)
    assert back == History(two, (one,), (three,))
    assert back.visited(one) == History(one, (), (three, two))
    assert back.visited(three) == walked_  # forward again, nothing lost
    assert back.visited(one).visited(two) == back  # and what is still ahead stays ahead
    assert back.visited(two) == back
    assert back.visited(new) == History(new, (one, two))
    assert back.visited(one).redone().redone() == walked_
    assert walked_.before == two


def test_two_steps_in_the_browser_at_once_are_a_step_to_a_new_place() -> None:
    one, two, three = asked(1), asked(2), asked(3)
    assert History(three, (one, two)).visited(one) == History(one, (one, two, three))
    assert History(one, (), (three, two)).visited(three) == History(three, (one,))


def test_the_200_latest_places_are_kept() -> None:
    many = [asked(i % 100 + 1, i // 100) for i in range(LONGEST + 2)]
    assert walked(many).past == tuple(many[1:-1])

"""What components do with what a browser sends, which can be anything."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import streamlit as st

from model import load_scenario, run
from model.analysis.argument import picture
from ui.page.components import argument_picture, keys, range_bank, slider_bank
from ui.page.components.keys import MOST_PRESSES, Shortcut
from ui.page.components.messages import MOST_HEARD
from ui.page.components.range_bank import Placed
from ui.page.components.slider_bank import Slider

Sent = Callable[[str, object], None]
RUBBISH: list[object] = [
    None,
    True,
    7,
    -1.5,
    math.nan,
    math.inf,
    10**400,
    "r",
    "",
    [],
    ["r"],
    [["r"]],
    {},
    {"r": "r"},
    {"keys": ["r"]},
    {"keys": ["r"], "id": None},
    {"keys": ["r"], "id": 7},
    {"keys": ["r"], "id": ["a.1"]},
    {"keys": ["r"], "id": 41 * "a"},
    {"keys": None, "id": "a.1"},
    {"keys": "rrr", "id": "a.1"},
    {"keys": {"r": 1}, "id": "a.1"},
    {"keys": [["r"], {"r": 1}, None, 7, True, math.nan], "id": "a.1"},
    {"key": ["nato"], "value": 5, "id": "a.1"},
    {"key": {"nato": 1}, "value": 5, "id": "a.1"},
    {"key": "nato", "value": "5", "id": "a.1"},
    {"key": "nato", "value": True, "id": "a.1"},
    {"key": "nato", "value": [5], "id": "a.1"},
    {"key": "nato", "value": 10**400, "id": "a.1"},
    {"key": "nowhere", "value": 5, "id": "a.1"},
    {"key": ["drift"], "values": [1, 2, 3], "id": "a.1"},
    {"key": "nowhere", "values": [1, 2, 3], "id": "a.1"},
    {"key": "drift", "values": None, "id": "a.1"},
    {"key": "drift", "values": "123", "id": "a.1"},
    {"key": "drift", "values": {"0": 1, "1": 2, "2": 3}, "id": "a.1"},
    {"key": "drift", "values": [1, 2], "id": "a.1"},
    {"key": "drift", "values": [1, 2, 3, 4], "id": "a.1"},
    {"key": "threat", "values": [1, 2, 3], "id": "a.1"},
    *({"key": "drift", "values": [1, wrong, 3], "id": "a.1"} for wrong in ("2", True, None, [2], math.nan, -math.inf)),
    {"key": "drift", "values": [1, 2, 10**400], "id": "a.1"},
]
DRIFT, THREAT = Placed("drift", (2.5, 3, 3.5), bound=""), Placed("threat", (0.5,), bound="")
PLACES = {"about": "/tracks/op-ed/light-0123456789ab.json", "source": "/assumptions?source="}
STATES: list[object] = [None, [], "x", 7, {}, {"pressed": []}]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the session holds."""
    held: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", held)
    return held


@pytest.fixture
def sent_to(monkeypatch: pytest.MonkeyPatch, state: dict[str, Any]) -> Callable[..., Sent]:
    """A component that is shown, and then sends messages."""

    def shown(module: Any, mount: str, name: str, show: Callable[[], None]) -> Sent:
        given: dict[str, Any] = {}
        monkeypatch.setattr(module, mount, lambda **values: given.update(values))
        show()

        def send(event: str, value: object) -> None:
            state[name] = {event: value}
            given[f"on_{event}_change"]()

        return send

    return shown


def test_of_one_message_at_most_20_presses_are_taken(sent_to: Callable[..., Sent], state: dict[str, Any]) -> None:
    done: list[str] = []
    shortcuts = [Shortcut("r", "", lambda: done.append("r")), Shortcut("Mod+z", "", lambda: done.append("z"))]
    send = sent_to(keys, "_KEYS", "keys", lambda: keys.keys("keys", shortcuts))
    send("pressed", {"keys": ["Mod+z", *["r"] * 100_000], "id": "a.3"})
    assert MOST_PRESSES == 20
    assert done == ["z", *["r"] * 19]
    assert state["keys_answered"] == "a.3"


def test_an_event_that_one_message_repeats_is_answered_a_few_times_only(sent_to: Callable[..., Sent]) -> None:
    done: list[str] = []
    shortcuts = [Shortcut("r", "", lambda: done.append("r"))]
    send = sent_to(keys, "_KEYS", "keys", lambda: keys.keys("keys", shortcuts))
    for number in range(1000):
        send("pressed", {"keys": ["r"], "id": f"a.{number}"})
    assert len(done) == MOST_HEARD


def test_a_message_that_was_sent_again_counts_once(sent_to: Callable[..., Sent]) -> None:
    done: list[str] = []
    shortcuts = [Shortcut("r", "", lambda: done.append("r"))]
    send = sent_to(keys, "_KEYS", "keys", lambda: keys.keys("keys", shortcuts))
    for sent in ("a.1", "a.1", "a.2", "a.2"):
        send("pressed", {"keys": ["r"], "id": sent})
    assert done == ["r", "r"]


@pytest.mark.parametrize("rubbish", RUBBISH, ids=lambda value: repr(value)[:40])
def test_no_message_of_a_wrong_type_does_anything(
    rubbish: object, sent_to: Callable[..., Sent], state: dict[str, Any]
) -> None:
    done: list[object] = []
    argument = picture(run(load_scenario("opening-hand"), members=10), "op-ed")
    shortcuts = [Shortcut("r", "", lambda: done.append("r"))]
    sliders = [Slider("nato", "NATO talks", "", 0, 100, 0, 50)]
    to_keys = sent_to(keys, "_KEYS", "keys", lambda: keys.keys("keys", shortcuts))
    to_bank = sent_to(
        slider_bank,
        "_BANK",
        "bank",
        lambda: slider_bank.slider_bank("bank", sliders, lambda *_: done.append(_), done.append),
    )
    to_ranges = sent_to(
        range_bank,
        "_BANK",
        "ranges",
        lambda: range_bank.range_bank("ranges", [DRIFT, THREAT], lambda *_: done.append(_), done.append, **PLACES),
    )
    to_picture = sent_to(
        argument_picture,
        "_PICTURE",
        "picture",
        lambda: argument_picture.argument_picture("picture", argument, done.append, ""),
    )
    to_keys("pressed", rubbish)
    to_bank("moved", rubbish)
    to_bank("asked", rubbish)
    to_ranges("moved", rubbish)
    if not isinstance(rubbish, dict) or rubbish.get("key") not in ("drift", "threat"):
        to_ranges("reset", rubbish)
    to_picture("asked", rubbish)
    assert done == []
    assert state.get("keys_answered") in (None, "a.1")
    assert state.get("bank_answered") in (None, "a.1")


@pytest.mark.parametrize("held", STATES, ids=repr)
def test_no_state_of_a_wrong_type_does_anything(
    held: object, monkeypatch: pytest.MonkeyPatch, state: dict[str, Any]
) -> None:
    given: dict[str, Any] = {}
    done: list[str] = []
    monkeypatch.setattr(keys, "_KEYS", lambda **values: given.update(values))
    keys.keys("keys", [Shortcut("r", "", lambda: done.append("r"))])
    state["keys"] = held
    given["on_pressed_change"]()
    state.pop("keys")
    given["on_pressed_change"]()
    assert done == []


def test_a_resting_thumb_is_told_once_with_key_and_value(sent_to: Callable[..., Sent], state: dict[str, Any]) -> None:
    moved: list[tuple[str, int]] = []
    sliders = [Slider("nato", "NATO talks", "", 0, 100, 0, 50)]
    show = lambda: slider_bank.slider_bank("bank", sliders, lambda *move: moved.append(move), print)  # noqa: E731
    send = sent_to(slider_bank, "_BANK", "bank", show)
    send("moved", {"key": "nato", "value": 60, "id": "a.1"})
    assert moved == [("nato", 60)]
    assert state["bank_answered"] == "a.1"


def test_a_resting_handle_is_told_with_all_values_of_its_track_and_a_reset_with_its_key(
    sent_to: Callable[..., Sent], state: dict[str, Any]
) -> None:
    told: list[object] = []
    tracks, moved = [DRIFT, THREAT], lambda *move: told.append(move)
    show = partial(range_bank.range_bank, "ranges", tracks, moved, told.append, **PLACES)
    send = sent_to(range_bank, "_BANK", "ranges", show)
    send("moved", {"key": "drift", "values": [2, 3.25, 3.5], "id": "a.1"})
    send("moved", {"key": "threat", "values": [0.4], "id": "a.2"})
    send("reset", {"key": "drift", "values": [], "id": "a.3"})
    for event in ("moved", "reset"):  # which were taken before
        send(event, {"key": "drift", "values": [2, 3.25, 3.5], "id": "a.3"})
    assert told == [("drift", (2.0, 3.25, 3.5)), ("threat", (0.4,)), "drift"]
    assert state["ranges_answered"] == "a.3"


def test_a_bank_of_ranges_is_given_its_tracks_and_what_it_was_told_last(
    monkeypatch: pytest.MonkeyPatch, state: dict[str, Any]
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(range_bank, "_BANK", lambda **values: given.update(values))
    state["ranges_answered"] = "a.7"
    range_bank.range_bank("ranges", [DRIFT], print, print, **PLACES)
    track = {"key": "drift", "values": (2.5, 3, 3.5), "bound": "", "share": ""}
    assert given["data"] == {**PLACES, "tracks": [track], "answered": "a.7"}

"""A bank of assumptions that can be moved: three percentiles on one track, or a weight, beside what others assume.

Streamlit's slider has two handles at most and no place for the worldviews on its track, and some forty of them with
typed twins would be hundreds of elements to send with every run. Its script says how it talks to Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from ui.page.components.messages import answered, number, on_event, take
from ui.server.parts import loader


@dataclass(frozen=True)
class Tick:
    """What a worldview assumes, as a mark beside the track: as many values as the track has."""

    view: str
    name: str
    glyph: str
    colour: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Track:
    """One assumption: its low, central and high value (10th, 50th and 90th percentile), or one value, a weight.

    low, high: what is admissible. step: what an arrow key or a pointer moves by; typed values may be finer. copied: the
    values of the worldview that was copied. meaning, grounds: what it is and what its copied values rest on, in words.
    source: the address of its source card. bound: how many worlds stand on an end of what is admissible, in words, or
    nothing. share: what a weight counts for among its kind, in words, or nothing.
    """

    key: str
    label: str
    group: str
    low: float
    high: float
    step: float
    values: tuple[float, ...]
    copied: tuple[float, ...]
    ticks: tuple[Tick, ...]
    unit: str
    meaning: str
    grounds: str
    source: str
    bound: str
    share: str = ""


_BANK = st.components.v2.component(
    "range_bank",
    html='<div class="bank"></div>',
    js=loader("range_bank", "post", "element"),
)


def range_bank(
    name: str,
    tracks: Sequence[Track],
    on_move: Callable[[str, tuple[float, ...]], None],
    on_reset: Callable[[str], None],
) -> None:
    """Show a bank; once a handle rests `on_move` is called with the key and all values of its track.

    `on_reset` is called with the key of a track whose copied values a reader wants back. The values come from a
    browser: they are finite and as many as the track has, and `on_move` must check the rest.
    """
    counts = {track.key: len(track.values) for track in tracks}

    def moved(message: object) -> None:
        move = take(name, message)
        key, values = move.get("key"), move.get("values")
        if not isinstance(key, str) or not isinstance(values, list) or len(values) != counts.get(key):
            return
        found = [one for one in map(number, values) if one is not None]
        if len(found) == len(values):
            on_move(key, tuple(found))

    def reset(message: object) -> None:
        key = take(name, message).get("key")
        if isinstance(key, str) and key in counts:
            on_reset(key)

    _BANK(
        key=name,
        data={"tracks": [asdict(track) for track in tracks], "answered": answered(name)},
        on_moved_change=on_event(name, "moved", moved),
        on_reset_change=on_event(name, "reset", reset),
    )

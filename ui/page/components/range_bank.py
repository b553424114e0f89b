"""A bank of assumptions that can be moved: three percentiles on one track, or a weight, beside what others assume.

Streamlit's slider has two handles at most and no place for the worldviews on its track, and some forty of them with
typed twins would be hundreds of elements to send with every run. What stays of a track while its values move is fetched
by the browser and kept there. The script says how it talks to Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from ui.page.components.messages import answered, number, on_event, take
from ui.server.parts import loader


@dataclass(frozen=True)
class Placed:
    """Where the handles of a track stand: what moves of it, and therefore comes with every run.

    bound: how many worlds stand on an end of what is admissible, in words, or nothing. share: what a weight counts for
    among its kind, in words, or nothing.
    """

    key: str
    values: tuple[float, ...]
    bound: str
    share: str = ""


_BANK = st.components.v2.component(
    "range_bank",
    html='<div class="bank"></div>',
    js=loader("range_bank", "post", "element"),
)


def range_bank(
    name: str,
    tracks: Sequence[Placed],
    on_move: Callable[[str, tuple[float, ...]], None],
    on_reset: Callable[[str], None],
    *,
    about: str,
    source: str,
) -> None:
    """Show a bank; once a handle rests `on_move` is called with the key and all values of its track.

    `about` is the address of what stays as it is of the tracks, `ui.drawn.tracks.Track` by key, and `source` that of
    their source cards, up to the name of one.
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
        data={
            "about": about,
            "source": source,
            "tracks": [asdict(track) for track in tracks],
            "answered": answered(name),
        },
        on_moved_change=on_event(name, "moved", moved),
        on_reset_change=on_event(name, "reset", reset),
    )

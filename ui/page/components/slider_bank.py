"""A bank of sliders that can be dragged, typed into and moved by keys, each with its position in words.

Streamlit's own slider sends nothing until it is let go, and eight of them with typed twins and captions are fifty
elements to send on every change; the bank is one. Its script says how it talks to Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from model.assumptions.schema import Position
from ui.page.components.messages import answered, integer, on_event, take
from ui.server.parts import loader


@dataclass(frozen=True)
class Slider:
    """One slider of a bank: whole numbers from low to high; what it sets is neutral where it changes nothing."""

    key: str
    label: str
    group: str
    low: int
    high: int
    neutral: int
    value: int
    positions: tuple[Position, ...] = ()


_BANK = st.components.v2.component(
    "slider_bank",
    html='<div class="bank"></div>',
    js=loader("slider_bank", "post", "element"),
)


def slider_bank(
    name: str,
    sliders: Sequence[Slider],
    on_move: Callable[[str, int], None],
    on_ask: Callable[[str], None],
    *,
    lost: str = "",
) -> None:
    """Show a bank; `on_move` is called with the key and the new value once a thumb rests, `on_ask` with the key.

    The value comes from a browser: `on_move` must check it. Values that are still moving are told to the page's charts
    by a window event and never come to Python. `lost` is the address of what would be lost without each lever, for a
    column beside the sliders.
    """
    keys = {slider.key for slider in sliders}

    def moved(message: object) -> None:
        move = take(name, message)
        key, value = move.get("key"), integer(move.get("value"))
        if isinstance(key, str) and key in keys and value is not None:
            on_move(key, value)

    def asked(key: object) -> None:
        if isinstance(key, str) and key in keys:
            on_ask(key)

    _BANK(
        key=name,
        data={
            "name": name,
            "lost": lost,
            "sliders": [
                vars(slider) | {"positions": [{"at": p.at, "label": p.label} for p in slider.positions]}
                for slider in sliders
            ],
            "answered": answered(name),
        },
        on_moved_change=on_event(name, "moved", moved),
        on_asked_change=on_event(name, "asked", asked),
    )

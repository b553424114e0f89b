"""Keyboard shortcuts of a page, listed once: what they do, and what the help sheet says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st


@dataclass(frozen=True)
class Shortcut:
    """Keys such as `Mod+z`, `Mod+Shift+z`, `?` or `ArrowLeft`, what they do in words, and the callback.

    Mod is Control, or Command on a Mac. Shift is written only with Mod: a capital or `?` says it by itself.
    """

    keys: str
    does: str
    action: Callable[[], None]

    @property
    def shown(self) -> str:
        """The keys for a reader: Ctrl + Shift + Z."""
        names = {"Mod": "Ctrl", "ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓", "Escape": "Esc"}
        return " + ".join(names.get(key, key.upper() if key.isalpha() else key) for key in self.keys.split("+"))


SINGLE = "single_keys"  # in the session: whether keys without Control or Command are listened to, as readers may choose
_KEYS = st.components.v2.component("keys", html="<span></span>", js=(Path(__file__).parent / "keys.js").read_text())


def keys(key: str, shortcuts: Sequence[Shortcut]) -> None:
    """Listen for shortcuts while the page is open. Fields, menus and dialogs keep the keys that they need."""
    every = bool(st.session_state.get(SINGLE, True))
    actions = {s.keys: s.action for s in shortcuts if every or len(s.keys) > 1}

    def pressed() -> None:
        action = actions.get(str(st.session_state[key].get("pressed")))
        if action:
            action()

    _KEYS(key=key, data={"names": {keys: keys for keys in actions}}, on_pressed_change=pressed)

"""Keyboard shortcuts of a page, listed once: what they do, and what the help sheet says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from ui.page.components.messages import answered, on_event, take
from ui.server.parts import loader

MOST_PRESSES = 20  # that are taken from one message; the script sends no more at once


@dataclass(frozen=True)
class Shortcut:
    """Keys such as `Mod+z`, `Mod+Shift+z`, `?` or `ArrowLeft`, what they do in words, and the callback.

    Mod is Control, or Command on a Mac. Shift is written only with Mod: a capital or `?` says it by itself.
    """

    keys: str
    does: str
    action: Callable[[], None]

    @property
    def in_words(self) -> str:
        """The keys for a reader: Ctrl + Shift + Z."""
        return " + ".join(NAMES.get(key, key.upper() if len(key) == 1 else key) for key in self.keys.split("+"))


NAMES = {
    "Mod": "Ctrl",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "PageUp": "Page Up",
    "PageDown": "Page Down",
    "Escape": "Esc",
}
SINGLE = "single_keys"  # in the session: whether keys without Control or Command are listened to, as readers may choose
_KEYS = st.components.v2.component("keys", html="<span></span>", js=loader("keys", "post", "taken"))


def keys(name: str, shortcuts: Sequence[Shortcut]) -> None:
    """Listen for shortcuts while the page is open. Fields, menus and dialogs keep the keys that they need.

    Of one message at most MOST_PRESSES are taken; what is no key of the page is ignored.
    """
    actions = {shortcut.keys: shortcut.action for shortcut in shortcuts}

    def pressed(message: object) -> None:
        sent = take(name, message).get("keys")
        for key in sent[:MOST_PRESSES] if isinstance(sent, list) else ():
            if isinstance(key, str) and key in actions and (listens_to_single_keys() or len(key) > 1):
                actions[key]()

    data = {"keys": list(actions), "most": MOST_PRESSES, "answered": answered(name)}
    _KEYS(key=name, data=data, on_pressed_change=on_event(name, "pressed", pressed))


def listens_to_single_keys() -> bool:
    """Whether keys without Control or Command are listened to."""
    return bool(st.session_state.get(SINGLE, True))


def single_keys_switch(on_change: Callable[[], None]) -> None:
    """A switch for readers whom single keys disturb; the choice outlives the sheet in which it is made."""

    def changed() -> None:
        st.session_state[SINGLE] = st.session_state["single_keys_switch"]
        on_change()

    st.toggle(
        "Listen to keys without Ctrl",
        value=listens_to_single_keys(),
        key="single_keys_switch",
        on_change=changed,
        help="Switch this off if a voice control or a habit presses single letters.",
    )

"""What a browser sends to a component: it can be anything, and it can be lost or come twice.

Whoever can open the page can send what a page never would. And a message is lost with its connection, so post.js sends
it again until the page's run says that it was heard.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

MOST_HEARD = 20  # times that one event is answered before the page has run again; a page of ours waits for each answer
LARGEST_NUMBER = 2**53  # up to which a browser counts without a gap
LONGEST_ID = 40  # characters


def on_event(name: str, event: str, answer: Callable[[object], None]) -> Callable[[], None]:
    """A callback that gives `answer` what came with an event of the component `name`.

    What comes is not checked: `answer` must do it, and ignore what it does not expect. Streamlit calls back for each
    time that a message names the event, which can be a hundred thousand times; only the first few are heard.
    """
    times = iter(range(MOST_HEARD))

    def heard() -> None:
        if next(times, None) is not None:
            sent = st.session_state.get(name)
            answer(sent.get(event) if isinstance(sent, Mapping) else None)

    return heard


def take(name: str, sent: object) -> dict[str, Any]:
    """A message that post.js sent to the component `name`, once; empty where it is none or was taken before."""
    if not isinstance(sent, dict) or not isinstance(sent.get("id"), str) or len(sent["id"]) > LONGEST_ID:
        return {}
    if sent["id"] == answered(name):
        return {}
    st.session_state[_place(name)] = sent["id"]
    return sent


def answered(name: str) -> str | None:
    """The id of the message that was taken last, for which post.js waits in the component's data."""
    found: str | None = st.session_state.get(_place(name))
    return found


def _place(name: str) -> str:
    return f"{name}_answered"


def integer(value: object) -> int | None:
    """A whole number as a browser counts them; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER:
        return value
    return None


def number(value: object) -> float | None:
    """A finite number; None for anything else."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    whole = integer(value)
    return None if whole is None else float(whole)

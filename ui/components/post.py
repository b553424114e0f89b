"""Messages of a component's script that arrive once, whatever becomes of the connection: the other end of post.js."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js").read_text()
LONGEST_ID = 40  # characters


def take(component: str, trigger: str) -> dict[str, Any] | None:
    """The message behind a trigger, in its callback: None where it is none, or was taken before."""
    message = st.session_state[component].get(trigger)
    sent = message.get("id") if isinstance(message, dict) else None
    if not isinstance(sent, str) or len(sent) > LONGEST_ID or sent == heard(component):
        return None
    st.session_state[_place(component)] = sent
    return message


def heard(component: str) -> str | None:
    """The id of the message that was taken last: what the script waits for, as `answered` in its data."""
    found: str | None = st.session_state.get(_place(component))
    return found


def _place(component: str) -> str:
    return f"{component}_heard"

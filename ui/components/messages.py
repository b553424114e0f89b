"""What a browser sends to a component: anything may come, for whoever can open a page can send what it would not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

MOST_HEARD = 20  # times that one event is answered before the page has run again; a page of ours waits for each answer
LARGEST_NUMBER = 2**53  # up to which a browser counts without a gap


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


def integer(value: object) -> int | None:
    """A whole number as a browser counts them; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER:
        return value
    return None

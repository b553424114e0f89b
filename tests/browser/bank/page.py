"""A page of one bank that runs again every half second, tells the bank how often, and says what the bank told it."""

from __future__ import annotations

import streamlit as st

from tests.browser.bank.tracks import ABOUT, TRACKS
from ui.page.components.range_bank import Placed, range_bank


@st.fragment(run_every=0.5)
def bank() -> None:
    """What is moved stays, and a weight counts for its part of all weights."""
    state = st.session_state
    held = state.setdefault("held", {})
    values = {key: held.get(key, track.copied) for key, track in TRACKS["light"].items()}
    state["runs"] = state.get("runs", 0) + 1
    total = sum(one[0] for one in values.values() if len(one) == 1)
    bounds = {"drift": f"Shown {state['runs']} times; 9 of 100 worlds stand on a bound."}
    range_bank(
        "bank",
        [
            Placed(
                key,
                one,
                bounds.get(key, ""),
                f"counts as {100 * one[0] / total:.0f} of 100" if len(one) == 1 else "",
            )
            for key, one in values.items()
        ],
        held.__setitem__,
        lambda key: held.pop(key, None),
        about=f"{ABOUT}/{st.context.theme.type or 'light'}",
        source="/assumptions?source=",
    )
    st.text(f"held {held}")


st.title("A bank")
st.header("Its ranges")
with st.container(width=430):
    bank()

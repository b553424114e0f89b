"""What a wall asks of a browser: a black screen, the full screen, and no navigation while nobody moves the mouse."""

from __future__ import annotations

import streamlit as st

from ui.page.components.keys import listens_to_single_keys
from ui.server.parts import loader

KEYS = {"b": "Black screen, and back", "f": "Full screen, and back"}  # heard in the browser; a clicker sends . for b
_PROJECTOR = st.components.v2.component(
    "projector",
    html='<div class="projector"><div class="black" hidden>The screen is black. Any key brings it back.</div></div>',
    js=loader("projector", "taken"),
)


def projector(key: str) -> None:
    """Listen for as long as the page is open."""
    _PROJECTOR(key=key, data={"singles": listens_to_single_keys()})

"""A ring around the mouse, pen or finger that can be seen from the last row; the mouse itself stays as it is."""

from __future__ import annotations

import streamlit as st

from ui.server.parts import loader

_POINTER = st.components.v2.component(
    "pointer",
    html='<div class="ring" aria-hidden="true" hidden></div>',
    js=loader("pointer"),
)


def pointer(key: str, on: bool) -> None:
    """Show the ring while `on`; it takes no clicks."""
    _POINTER(key=key, data={"on": on})

"""A ring around the mouse, pen or finger that can be seen from the last row; the mouse itself stays as it is."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_POINTER = st.components.v2.component(
    "pointer",
    html='<div class="ring" aria-hidden="true" hidden></div>',
    css=(_HERE / "pointer.css").read_text(),
    js=(_HERE / "pointer.js").read_text(),
)


def pointer(key: str, on: bool) -> None:
    """Show the ring while `on`; it takes no clicks."""
    _POINTER(key=key, data={"on": on})

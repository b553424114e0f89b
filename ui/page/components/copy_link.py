"""A button that copies the address bar, which always holds the whole scenario. Streamlit has none of its own."""

from __future__ import annotations

import streamlit as st

from ui.server.parts import loader

HTML = """
<button type="button" aria-live="polite"><span>Copy link</span></button>
"""

_BUTTON = st.components.v2.component("copy_link", html=HTML, js=loader("copy_link"))


def copy_link() -> None:
    """Show the button."""
    _BUTTON(key="copy_link", width="content")

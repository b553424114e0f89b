"""Mends what Streamlit leaves out of reach: scrolling regions, and the entry behind a half-written one; see its script.

And it brings what a reader has opened into view, since it opens below what is on the screen.
"""

from __future__ import annotations

import streamlit as st

from ui.server.parts import loader

_REACHABLE = st.components.v2.component("reachable", html="<span></span>", js=loader("reachable"))


def reachable(what: str = "", number: int = 0) -> None:
    """Watch the page for as long as it is open; scroll to what a CSS selector names each time that `number` grows."""
    _REACHABLE(key="reachable", data={"what": what, "number": number})

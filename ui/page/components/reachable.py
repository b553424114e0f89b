"""Mends the tab order where Streamlit forgets a scrolling region or keeps what is out of sight; see its script."""

from __future__ import annotations

import streamlit as st

from ui.server.parts import loader

_REACHABLE = st.components.v2.component("reachable", html="<span></span>", js=loader("reachable"))


def reachable() -> None:
    """Watch the page for as long as it is open."""
    _REACHABLE(key="reachable")

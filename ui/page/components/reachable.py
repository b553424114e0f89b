"""Mends the tab order where Streamlit forgets a scrolling region or keeps what is out of sight; see its script."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_REACHABLE = st.components.v2.component(
    "reachable", html="<span></span>", js=(Path(__file__).parent / "reachable.js").read_text()
)


def reachable() -> None:
    """Watch the page for as long as it is open."""
    _REACHABLE(key="reachable")

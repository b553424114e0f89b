"""Brings what a reader has opened into view, since it opens below what is on the screen."""

from __future__ import annotations

import streamlit as st

from ui.server.parts import loader

_INTO_VIEW = st.components.v2.component("into_view", html="<span></span>", js=loader("into_view"))


def into_view(key: str, what: str, number: int) -> None:
    """Scroll to what a CSS selector names, each time that `number` grows."""
    _INTO_VIEW(key=key, data={"what": what, "number": number})

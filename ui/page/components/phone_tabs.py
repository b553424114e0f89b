"""What a phone shows below the results: the levers, the paths, why, or what can be done; on a desk all is in sight.

The tabs are radio buttons, and the page's style shows what goes with the one that is checked.
"""

from __future__ import annotations

import streamlit as st

from ui.server.parts import loader

TABS = {"levers": "Levers", "time": "Over time", "why": "Why", "share": "Share"}

_TABS = st.components.v2.component(
    "phone_tabs",
    html='<fieldset class="phone-tabs"><legend>What is shown below the results</legend></fieldset>',
    js=loader("phone_tabs"),
    isolate_styles=False,  # in a shadow root the page's style would not see which one is checked
)


def phone_tabs(key: str, first: str) -> None:
    """Show the tabs on a narrow page; `first` is chosen to begin with."""
    _TABS(key=key, data={"tabs": TABS, "first": first})

"""The source card that a reader asks for, over the page that shows the number; one at a time."""

from __future__ import annotations

import streamlit as st

from ui.drawn.source_cards import source_card
from ui.page import session
from ui.page.components.source_links import source_links
from ui.told import cache
from ui.told.source_cards import known

ASKED = "source_card_asked"


def source_cards() -> None:
    """Listen for a reader who asks for a source card, and show the one that was asked for in this run."""
    source_links("source_links", ask)
    name = st.session_state.pop(ASKED, None)
    if name:
        assumptions = cache.run_key(session.asked()).assumptions

        def body() -> None:
            st.html(source_card(name, session.source_address, assumptions))
            st.markdown(f"[On the page Assumptions]({session.source_address(name)})")

        st.dialog(known()[name], width="medium", position="right")(body)()


def ask(name: str) -> None:
    """A reader asks for the source card of that name, if there is one."""
    if name in known():
        st.session_state[ASKED] = name
    session.ignore_address_bar()

"""The source card that a reader asks for, over the page that shows the number; one at a time."""

from __future__ import annotations

import streamlit as st

from ui.drawn.source_cards import source_card
from ui.page import session
from ui.page.components.source_links import source_links
from ui.told import cache
from ui.told.source_cards import known

CARD, LEADS_AWAY = "source card", "leads_away"


def source_cards() -> None:
    """Listen for a reader who asks for a source card, and show the one that was asked for in this run."""
    source_links("source_links", ask, f".st-key-{LEADS_AWAY}")
    name = session.asked_about(CARD)
    if name:
        assumptions = cache.run_key(session.asked()).assumptions

        def body() -> None:
            st.html(source_card(name, session.source_address, assumptions))
            with st.container(key=LEADS_AWAY):
                st.page_link("assumptions.py", label="On the page Assumptions", query_params=session.source_query(name))

        session.dialog(known()[name], body)


def ask(name: str) -> None:
    """A reader asks for the source card of that name, if there is one."""
    if name in known():
        session.ask_about(CARD, name)
    else:
        session.ignore_address_bar()

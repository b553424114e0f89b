"""The source card that a reader asks for, over the page that shows the number; one at a time."""

from __future__ import annotations

import streamlit as st

from ui.drawn.source_cards import source_card
from ui.page import session
from ui.page.components.source_links import source_links
from ui.told import cache
from ui.told.assumptions import OUTCOME
from ui.told.source_cards import known, values_at

CARD, LEADS_AWAY = "source card", "leads_away"


def source_cards() -> None:
    """Listen for a reader who asks for a source card, and show the one that was asked for in this run."""
    source_links("source_links", ask, f".st-key-{LEADS_AWAY}")
    name = session.asked_about(CARD)
    if name:
        session.dialog(known()[name], lambda: _card(name))


def _card(name: str) -> None:
    asked = session.asked()
    at, result = cache.run_key(asked), name.removeprefix(OUTCOME)
    told_here = result != name and not asked.hidden  # who predicts first is not told here either
    values = values_at(result, cache.result(at)) if told_here else None
    st.html(source_card(name, session.source_addresses(), at.assumptions, values))
    with st.container(key=LEADS_AWAY):
        st.page_link(
            "assumptions.py",
            label="On the page Assumptions",
            icon=":material/arrow_forward:",
            query_params=session.source_query(name),
        )


def ask(name: str) -> None:
    """A reader asks for the source card of that name, if there is one."""
    if name in known():
        session.ask_about(CARD, name)
    else:
        session.ignore_address_bar()

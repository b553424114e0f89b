"""The box beside the result of a historic analogue: why it may not fit, who was who, what is fixed, what differs."""

from __future__ import annotations

import streamlit as st

from model.assumptions.schema import Scenario
from ui.page.table import show_table
from ui.told import history, words


def analogue_box(scenario: Scenario) -> None:
    """All that a reader has to know of a historic analogue before the chart beside it says anything."""
    with st.container(border=True, key="analogue"):
        st.markdown(f"#### A historic analogue, {scenario.start} to {scenario.last_year}")
        told = history.about(scenario, in_sentences=False)
        st.markdown("\n\n".join(f"**{lead}.** {words.plain(text)}" for lead, text in told))
        if scenario.analogue and scenario.analogue.overrides:
            table = history.overrides(scenario.analogue)
            show_table(table, "What was different then: low, central and high of parameters", height="content")

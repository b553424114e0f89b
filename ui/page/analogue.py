"""What stands beside and below the result of a historic analogue: why it may not fit, who was who, what differs."""

from __future__ import annotations

import streamlit as st

from model.assumptions.schema import Scenario
from ui.page.table import show_table
from ui.told import history, words


def analogue_box(scenario: Scenario) -> None:
    """What a reader has to know of a historic analogue before the chart beside it says anything; nothing of others."""
    if not scenario.analogue:
        return
    with st.container(border=True, key="analogue"):
        st.markdown(f"## A historic analogue, {scenario.start} to {scenario.last_year}")
        told = history.about(scenario, in_sentences=False)
        st.markdown("\n\n".join(f"**{lead}.** {words.escaped(text)}" for lead, text in told))


def what_was_different(scenario: Scenario) -> None:
    """The parameters that a historic analogue gives other ranges, beside the worldview's own; nothing without any."""
    table = history.overrides(scenario)
    if len(table):
        st.markdown("**What was different then**, low / central / high, by the judgement of the modeller:")
        show_table(table.drop(columns="What it is"), "Parameters that were different then", height="content")

"""Explore: move the levers and see what follows from each worldview's assumptions, side by side."""

from contextlib import nullcontext

import streamlit as st

from model.analysis.cautions import cautions
from ui.drawn import boards
from ui.links.asked import fitting
from ui.page import session, side_bar
from ui.page.analogue import analogue_box, what_was_different
from ui.page.components.chart_board import theme_in_use
from ui.page.components.keys import keys
from ui.page.components.tour import tour, tour_steps
from ui.page.predicting import prediction_form, prediction_made
from ui.page.sections import View, alone, following, sections
from ui.page.then_and_now import then_and_now
from ui.told import history, words

asked, theme = session.asked(), theme_in_use()
scenario = asked.scenario
shown = fitting(session.shown(), scenario)
if shown.chart and not asked.hidden:
    alone(asked, shown, theme)
    st.stop()

with st.sidebar:
    side_bar.side_bar()

st.markdown(f"### Do the levers move {history.pair(scenario)} apart, or closer?")
kind = (
    "A historic analogue, under one worldview."
    if scenario.analogue
    else "Four rival worldviews side by side, none preferred."
)
st.markdown(f"**{words.escaped(asked.name)}** · {words.context_words(scenario)}.  \n{words.CAVEAT} {kind}")
side_bar.structure_line()
side_bar.tool_row()
if not words.moves_something(scenario) and not scenario.analogue:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Try the essay’s opening hand",
            key="opening_hand",
            icon=":material/play_arrow:",
            on_click=session.load_preset,
            args=("opening-hand",),
        )
        st.markdown("or move a lever in the side bar (on a phone behind » at the top). Nothing is moved yet.")

seen = session.seen_then()
if seen:
    then_and_now(asked, seen)
results, beside = st.columns([5, 4], gap="medium") if scenario.analogue else (nullcontext(), nullcontext())
with results:  # no container where none is needed: one whose place on the page changes is built anew, with its charts
    if asked.hidden:
        prediction_form(scenario)
    else:
        following("worldviews", asked, session.before(), session.replay())
        if asked.prediction:
            prediction_made(asked, asked.prediction)
with beside:
    analogue_box(scenario)
what_was_different(scenario)
raised = cautions(scenario, None if scenario.analogue else shown.worldviews)
if raised:
    told = words.caution_list(raised) + f"\n\n{words.REASONS_OF_BASE}" * bool(asked.switched)
    st.info(told, title="Worth noticing in this package", icon=":material/rule:")
if not asked.hidden:
    reading = boards.READINGS["worldviews"]
    st.markdown(f"**How to read it.** {reading} A dotted line is where the page stood before the last change.")
    with st.container(key="sections"):
        sections(View(asked, shown, theme))
side_bar.answer()
keys("keys", side_bar.shortcuts())
tour("tour", tour_steps(), again=session.tours())

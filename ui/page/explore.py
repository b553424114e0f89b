"""Explore: move the levers and see what follows from each worldview's assumptions, in two pictures."""

from dataclasses import replace

import streamlit as st

from ui.drawn import boards
from ui.links.asked import Asked, fitting, unmoved
from ui.page import panel, session, tools
from ui.page.analogue import analogue_box, what_was_different
from ui.page.components.chart_board import chart_board, theme_in_use
from ui.page.components.keys import keys
from ui.page.components.phone_tabs import phone_tabs
from ui.page.components.tour import tour, tour_steps
from ui.page.predicting import prediction_form, prediction_made
from ui.page.sections import View, alone, following, paper, sections
from ui.page.then_and_now import then_and_now
from ui.told import words


def structure_line(asked: Asked) -> None:
    """What is switched in the structure, with a button that switches it back; nothing at the base."""
    sentence = words.structure_sentence(asked.switched)
    if not sentence:
        return
    with st.container(key="structure", horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/schema: {words.escaped(sentence)}")
        st.button("Back to base", key="to_base", icon=":material/undo:", on_click=session.to_base)


def pictures(asked: Asked, theme: str) -> None:
    """The drift and the strip; while a prediction is asked for, the drift only and the question."""
    if asked.hidden:
        chart_board("chart_question", boards.question(asked, theme), on_theme=session.ignore_address_bar)
        prediction_form(asked)
        return
    opening = replace(asked, scenario=unmoved(asked.scenario)) if session.first_visit() else None
    following("worldviews", asked, session.before(), session.replay(), opening)
    if asked.prediction:
        with st.container(key="prediction_made"):
            prediction_made(asked, asked.prediction)


def welcome() -> None:
    """A line for who comes without a link, until it is answered or something is moved."""
    if not session.first_visit():
        return
    with st.container(key="welcome", horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("New here?")
        st.button("Take the tour", key="take_tour", type="tertiary", on_click=session.ask_tour)
        st.button("No, thanks", key="no_tour", type="tertiary", on_click=session.be_no_first_visit)


asked, theme = session.asked(), theme_in_use()
shown = fitting(session.shown(), asked.scenario)
if shown.chart and not asked.hidden:
    alone(asked, shown)
    st.stop()

tools.top_line(asked, shown)
with st.container(key="workbench"):
    with st.container(key="panel"):
        panel.panel(asked)
    with st.container(key="results"):
        structure_line(asked)
        seen = session.seen_then()
        if seen:
            then_and_now(asked, seen)
        pictures(asked, theme)
        analogue_box(asked.scenario)
        what_was_different(asked.scenario)
        if not asked.hidden:
            with st.container(key="sections"):
                sections(View(asked, shown, theme))
            paper(asked)
        welcome()
    phone_tabs("phone_tabs", "why" if shown.open else "levers")
tools.answer()
keys("keys", tools.shortcuts())
tour("tour", tour_steps(), again=session.tours())

"""Explore: move the levers and see what follows from each worldview's assumptions, side by side."""

import streamlit as st

from model import catalog, presets
from model.cautions import cautions
from ui import cache, charts, controls, palette, session, words
from ui.components.chart_board import Card, theme_in_use
from ui.components.copy_link import copy_link
from ui.sections import View, board, sections

with st.sidebar:
    controls.side_bar()

scenario = session.scenario()
at = cache.position(scenario)
cards = cache.cards(at)
before = session.before()
ghosts = cache.cards(cache.position(before)) if before else None
theme = theme_in_use()
preset = presets()[scenario.name]
title = preset.title + ("" if scenario == preset else ", changed")

st.markdown("### Do the levers move Russia and China apart, or closer?")
st.markdown(
    f"**{words.plain(title)}** · {words.context_words(scenario)}.  \n"
    f"{words.CAVEAT} Four rival worldviews side by side, none preferred."
)
with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    controls.step_buttons()
    copy_link()
if not words.moves_something(scenario):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Try the essay’s opening hand",
            key="opening_hand",
            type="primary",
            on_click=session.load_preset,
            args=("opening-hand",),
        )
        st.markdown("or move a lever in the side bar. Nothing is moved yet.")

shared = charts.shift_range(cards)
board(
    "worldviews",
    [
        Card(
            key=card.worldview,
            title=catalog().worldviews[card.worldview].title,
            about=catalog().worldviews[card.worldview].summary,
            glyph=palette.look(card.worldview).glyph,
            colour=palette.look(card.worldview).colour,
            headline=words.points(card.shift[1]),
            sentence=words.shift_sentence(card, scenario),
            footer=words.reversal_sentence(card, scenario),
            figure=charts.card(card, shared, theme, ghost),
            alt=words.card_alt(card, scenario),
        )
        for card, ghost in zip(cards, ghosts or [None] * len(cards), strict=True)
    ],
)
if before and ghosts:
    st.markdown(words.plain(words.last_change(before, scenario, ghosts, cards)))
raised = cautions(scenario)
if raised:
    st.info(words.caution_list(raised), title="Worth noticing in this package", icon=":material/rule:")
st.markdown(
    "**How to read it.** Bold line: the middle of 1,000 assumed worlds with the levers; dashed: the same worlds "
    "without. Bands hold 80 of 100 worlds, thin lines are single worlds. Each dot is 2 of 100 worlds; left of 0 means "
    "less alignment. Higher lines mean closer ties. A dotted line is where the page stood before the last change."
)

settled = cache.position(session.history().now)
sections(View(scenario, title, at, settled, cards, theme))

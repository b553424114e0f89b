"""Explore: move the levers and see what follows from each worldview's assumptions, side by side."""

import streamlit as st

from model import catalog, presets
from ui import cache, charts, controls, numbers, palette, session, words
from ui.components.chart_board import Card, chart_board
from ui.components.copy_link import copy_link

with st.sidebar:
    controls.side_bar()

scenario = session.scenario()
at = cache.position(scenario)
cards = cache.cards(at)
theme = st.context.theme.type or "light"
preset = presets()[scenario.name]
changed = "" if scenario == preset else ", changed"

heading, link = st.columns([0.82, 0.18], vertical_alignment="center")
heading.markdown("### Do the levers move Russia and China apart, or closer?")
with link:
    copy_link()
st.markdown(
    f"**{words.plain(preset.title)}{changed}** · {words.context_words(scenario)}.  \n"
    f"{words.CAVEAT} Four rival worldviews side by side, none preferred."
)
if session.notices():
    st.warning(
        "\n".join(f"- {words.plain(sentence)}" for sentence in session.notices()),
        title="Part of this link could not be followed; all the rest was kept",
        icon=":material/link_off:",
    )
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
chart_board(
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
            figure=charts.card(card, shared, theme),
            alt=words.card_alt(card, scenario),
        )
        for card in cards
    ],
)
st.markdown(
    "**How to read it.** Bold line: the middle of 1,000 assumed worlds with the levers; dashed: the same worlds "
    "without. Bands hold 80 of 100 worlds, thin lines are single worlds. Each dot is 2 of 100 worlds; left of 0 means "
    "less alignment. Higher lines mean closer ties."
)

last = cards[0].years[-1]
below = {
    "domains": st.expander(
        f"Six domains in {last}", icon=":material/category:", key="domains", on_change=session.touched
    ),
    "outcomes": st.expander(
        f"Other outcomes in {last}", icon=":material/balance:", key="outcomes", on_change=session.touched
    ),
    "numbers": st.expander(
        "The charts above as tables", icon=":material/table:", key="numbers", on_change=session.touched
    ),
}
if below["domains"].open:
    with below["domains"]:
        rows = cache.domains(at)
        st.markdown("Middle and 80 of 100 worlds. Two domains are measured, four are coded by one person.")
        chart_board(
            "chart_domains",
            [
                Card(
                    "chart_domains",
                    charts.rows(rows, theme, "shift against the no-lever run, points", shared_zero=True),
                    alt=words.rows_alt(rows, f"Shift in {last} by domain"),
                )
            ],
        )
        st.dataframe(numbers.readable(rows), hide_index=True, alt=f"Shift in {last} by domain, as a table")
if below["outcomes"].open:
    with below["outcomes"]:
        rows = cache.outcomes(at)
        st.markdown("Each on its own scale, never added up. The dotted tick is where it stands without levers.")
        chart_board(
            "chart_outcomes",
            [
                Card(
                    "chart_outcomes",
                    charts.rows(rows, theme, "points", shared_zero=False),
                    alt=words.rows_alt(rows, f"Other outcomes in {last}"),
                )
            ],
        )
        st.dataframe(numbers.readable(rows), hide_index=True, alt=f"Other outcomes in {last}, as a table")
        st.markdown("  \n".join(f"**{o.title}**: {o.meaning}" for o in numbers.outcomes()))
if below["numbers"].open:
    with below["numbers"]:
        st.markdown("Whole points; low and high hold 80 of 100 assumed worlds.")
        st.dataframe(numbers.shift_table(cards), hide_index=True, alt="Shift by worldview")
        st.dataframe(numbers.composite_table(cards), hide_index=True, alt="Alignment by worldview and year")

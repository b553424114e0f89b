"""Compare: up to four scenarios side by side, on the same axes, what differs first."""

import streamlit as st

from model import InputError, presets
from ui import comparing, link, session, words
from ui.components.chart_board import theme_in_use
from ui.components.copy_link import copy_link
from ui.sections import board


def _add_pasted() -> None:
    session.touched()
    try:
        opened = link.read_pasted(st.session_state["pasted_link"])
    except InputError as error:
        session.tell((str(error),))
    else:
        session.compare(opened.place)
        session.tell(opened.notices)


places, look, theme = session.compared(), session.look(), theme_in_use()

st.markdown("### What differs between these scenarios, and what follows?")
st.markdown(f"{words.CAVEAT} The same assumed worlds for all scenarios, so differences are taken world by world.")
with st.container(horizontal=True, vertical_alignment="bottom", key="tools"):
    if len(places) < link.MOST_COMPARED:
        st.menu_button(
            "Add a scenario",
            list(presets()),
            key="add_compared",
            icon=":material/add:",
            format_func=lambda name: presets()[name].title,
            on_click=lambda: session.compare_preset(st.session_state["add_compared"]),
        )
        if session.place().scenario not in [place.scenario for place in places]:
            st.button("Add what Explore shows", icon=":material/tune:", on_click=session.pin, key="add_current")
        with st.popover("Paste a link", icon=":material/link:"), st.form("pasted", border=False):
            st.text_input("Link of Explore, whole or from the question mark on", key="pasted_link")
            st.form_submit_button("Add", on_click=_add_pasted)
    copy_link()

for i, (name, place) in enumerate(zip(comparing.names(places), places, strict=True)):
    letter, _, title = name.partition(" · ")
    button, told = st.columns([1, 14], vertical_alignment="center", gap="small")
    with button:
        chosen = st.menu_button(letter, ["Open in Explore", "Remove"], key=f"compared_{letter}")
    with told:
        moved = words.what_moved(places[0].scenario, place.scenario) if i else "what the others are held against"
        context = words.plain(words.context_words(place.scenario))
        st.markdown(f"**{words.plain(title)}** · {context}  \n{words.plain(moved or 'no other settings than A')}")
    if chosen == "Open in Explore":
        session.go(scenario=place.scenario, seed=place.seed, title="")
        st.switch_page("views/explore.py")
    if chosen == "Remove":
        session.uncompare(i)
        st.rerun()
board("comparison", comparing.board(places, look.shown, theme))
st.dataframe(
    comparing.table(places, look.shown), hide_index=True, height="content", alt="Shift by worldview and scenario"
)
st.markdown("#### What is set; ≠ marks what differs")
st.dataframe(comparing.settings_table(places), hide_index=True, height="content", alt="Settings by scenario")
st.markdown("#### Shift by domain, middle of 1,000 assumed worlds")
st.dataframe(
    comparing.outcome_table(places, look.shown, domains=True),
    hide_index=True,
    height="content",
    alt="Shift by domain and scenario",
)
st.markdown("#### Other outcomes in the last year, middle of 1,000 assumed worlds")
st.dataframe(
    comparing.outcome_table(places, look.shown), hide_index=True, height="content", alt="Other outcomes by scenario"
)

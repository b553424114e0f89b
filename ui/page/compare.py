"""Compare: up to four scenarios side by side, on the same axes, what differs first."""

from collections.abc import Sequence

import streamlit as st

from model import InputError
from model.assumptions.schema import Scenario
from ui.drawn import compared
from ui.links import comparison
from ui.links.asked import Asked, starting_points
from ui.page import session
from ui.page.components.chart_board import theme_in_use
from ui.page.components.copy_link import copy_link
from ui.page.sections import board, files_of
from ui.page.table import show_table
from ui.page.then_and_now import compared_then_and_now
from ui.told import history, words
from ui.told.seen import seen

FIRST = ("What the others are held against.", "What others of the same worlds are held against.")


def _add(places: Sequence[Asked], notices: tuple[str, ...] = ()) -> None:
    """Compare more scenarios, and say what could not be followed."""
    session.tell((*notices, *session.compare(*places)))


def _add_here(scenario: Scenario, title: str = "") -> None:
    """Compare a scenario that brings no seed of its own (a preset, a file) in the worlds of the others."""
    _add([Asked(scenario, title=title, seed=session.compared()[0].seed)])


def _add_pasted() -> None:
    session.touched()
    try:
        opened = comparison.read_pasted(st.session_state["pasted_link"])
    except InputError as error:
        session.tell((str(error),))
    else:
        _add(opened.places, opened.notices)


def _add_file() -> None:
    session.touched()
    file = st.session_state["compared_file"]
    found = session.place_of_file(file) if file else None
    if found:
        _add_here(found.scenario, found.title)


places, look, theme = session.compared(), session.shown(), theme_in_use()
then = session.compared_then()

st.markdown("### What differs between these scenarios, and what follows?")
if any(place.hidden for place in places):
    st.markdown("Results are hidden until a prediction is made on Explore.")
    st.stop()
apart = compared.grounds_apart(places)
same = "The same assumed worlds for all scenarios, so differences are taken world by world."
st.markdown(f"{words.CAVEAT} {'' if apart else same}")
with st.container(horizontal=True, vertical_alignment="bottom", key="tools"):
    if len(places) < comparison.MOST:
        st.menu_button(
            "Add a scenario",
            list(starting_points()),
            key="add_compared",
            icon=":material/add:",
            format_func=lambda name: history.listed(starting_points()[name]),
            on_click=lambda: _add_here(starting_points()[st.session_state["add_compared"]]),
        )
        if session.asked().scenario not in [place.scenario for place in places]:
            st.button("Add what Explore shows", icon=":material/tune:", on_click=session.pin, key="add_current")
        with st.popover("Add a link or a file", icon=":material/link:", on_change=session.touched, key="bring"):
            with st.form("pasted", border=False):
                st.text_input("Link of this page, whole, short, or from the question mark on", key="pasted_link")
                st.form_submit_button("Add", on_click=_add_pasted)
            st.file_uploader(
                "Scenario file (TOML)", type=["toml"], key="compared_file", on_change=_add_file, max_upload_size=1
            )
    copy_link()

for i, (name, place) in enumerate(zip(compared.names(places), places, strict=True)):
    letter, _, title = name.partition(" · ")
    button, told = st.columns([1, 14], vertical_alignment="center", gap="small")
    with button:
        chosen = st.menu_button(letter, ["Open in Explore", "Remove"], key=f"compared_{letter}")
    with told:
        moved = words.what_moved(places[0].scenario, place.scenario) if i else FIRST[bool(apart)]
        context = words.plain(words.context_words(place.scenario))
        st.markdown(f"**{words.plain(title)}** · {context}  \n{words.plain(moved or 'No other settings than A.')}")
        if place.scenario.analogue:
            st.markdown(words.plain(history.in_short(place.scenario)))
    if chosen == "Open in Explore":
        session.go(scenario=place.scenario, seed=place.seed, title=place.title)
        st.switch_page("explore.py")
    if chosen == "Remove":
        session.uncompare(i)
        st.rerun()
if apart:
    st.info(words.plain(apart), title="Not the same worlds", icon=":material/history_edu:")
ends = compared.years_apart(places)
if ends:
    st.info(words.plain(ends), icon=":material/date_range:")
if then:
    compared_then_and_now(places, then)
query = comparison.text(places, look, [seen(place) for place in places])
shown = compared.board(places, look.shown, theme)
board("comparison", shown, query=query)
st.markdown(f"**How to read it.** {shown.reading.removesuffix(apart)}")
show_table(compared.table(places, look.shown), "Shift by worldview and scenario", height="content")
st.markdown("#### What is set; what differs comes first")
show_table(compared.settings_table(places), "Settings by scenario", height="content")
files_of("compared-settings", query)
st.markdown("#### Shift by domain, middle of 1,000 assumed worlds")
domains = compared.outcome_table(places, look.shown, domains=True)
show_table(domains, "Shift by domain and scenario", height="content")
files_of("compared-domains", query)
st.markdown("#### Other outcomes in the last year, middle of 1,000 assumed worlds")
show_table(compared.outcome_table(places, look.shown), "Other outcomes by scenario", height="content")
files_of("compared-outcomes", query)

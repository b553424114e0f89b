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
from ui.page.sections import files_of, show_board
from ui.page.table import show_table
from ui.page.then_and_now import compared_then_and_now
from ui.told import history, words
from ui.told.seen import seen

FIRST = ("What the others are held against.", "What others of the same worlds are held against.")


def _add(all_asked: Sequence[Asked], notices: tuple[str, ...] = ()) -> None:
    """Compare more scenarios, and say what could not be followed."""
    session.set_notices((*notices, *session.compare(*all_asked)))


def _add_here(scenario: Scenario, title: str = "") -> None:
    """Compare a scenario that brings no seed of its own (a preset, a file) in the worlds of the others."""
    _add([Asked(scenario, title=title, seed=session.compared()[0].seed)])


def _add_pasted() -> None:
    session.ignore_address_bar()
    try:
        opened = comparison.read_pasted(st.session_state["pasted_link"])
    except InputError as error:
        session.set_notices((str(error),))
    else:
        _add(opened.all_asked, opened.notices)


def _add_file() -> None:
    session.ignore_address_bar()
    file = st.session_state["compared_file"]
    found = session.asked_of_file(file) if file else None
    if found:
        _add_here(found.scenario, found.title)


all_asked, shown, theme = session.compared(), session.shown(), theme_in_use()
all_seen = session.compared_seen_then()

st.markdown("### What differs between these scenarios, and what follows?")
if any(asked.hidden for asked in all_asked):
    st.markdown("Results are hidden until a prediction is made on Explore.")
    st.stop()
apart = compared.grounds_apart(all_asked)
same = "The same assumed worlds for all scenarios, so differences are taken world by world."
st.markdown(f"{words.CAVEAT} {'' if apart else same}")
with st.container(horizontal=True, vertical_alignment="bottom", key="tools"):
    if len(all_asked) < comparison.MOST:
        st.menu_button(
            "Add a scenario",
            list(starting_points()),
            key="add_compared",
            icon=":material/add:",
            format_func=lambda name: history.listed(starting_points()[name]),
            on_click=lambda: _add_here(starting_points()[st.session_state["add_compared"]]),
        )
        here = session.asked()
        if (here.scenario, here.switched) not in [(asked.scenario, asked.switched) for asked in all_asked]:
            st.button("Add what Explore shows", icon=":material/tune:", on_click=session.pin, key="add_current")
        with st.popover(
            "Add a link or a file", icon=":material/link:", on_change=session.ignore_address_bar, key="bring"
        ):
            with st.form("pasted", border=False):
                st.text_input("Link of this page, whole, short, or from the question mark on", key="pasted_link")
                st.form_submit_button("Add", on_click=_add_pasted)
            st.file_uploader(
                "Scenario file (TOML)", type=["toml"], key="compared_file", on_change=_add_file, max_upload_size=1
            )
    copy_link()

for i, (name, asked) in enumerate(zip(compared.names(all_asked), all_asked, strict=True)):
    letter, _, title = name.partition(" · ")
    button, told = st.columns([1, 14], vertical_alignment="center", gap="small")
    with button:
        chosen = st.menu_button(letter, ["Open in Explore", "Remove"], key=f"compared_{letter}")
    with told:
        moved = words.what_changed(all_asked[0], asked) if i else FIRST[bool(apart)]
        context = words.escaped(words.context_words(asked.scenario))
        lines = [f"**{words.escaped(title)}** · {context}", words.escaped(moved or "No other settings than A.")]
        lines += [words.escaped(words.structure_sentence(asked.switched))] if asked.switched else []
        st.markdown("  \n".join(lines))
        if asked.scenario.analogue:
            st.markdown(words.escaped(history.in_short(asked.scenario)))
    if chosen == "Open in Explore":
        session.go(scenario=asked.scenario, seed=asked.seed, title=asked.title, switched=asked.switched)
        st.switch_page("explore.py")
    if chosen == "Remove":
        session.uncompare(i)
        st.rerun()
if apart:
    st.info(words.escaped(apart), title="Not the same worlds", icon=":material/history_edu:")
ends = compared.years_apart(all_asked)
if ends:
    st.info(words.escaped(ends), icon=":material/date_range:")
if all_seen:
    compared_then_and_now(all_asked, all_seen)
query = comparison.text(all_asked, shown, [seen(asked) for asked in all_asked])
board = compared.comparison_board(all_asked, shown.worldviews, theme)
show_board("comparison", board, query=query)
st.markdown(f"**How to read it.** {board.reading.removesuffix(apart)}")
show_table(compared.table(all_asked, shown.worldviews), "Shift by worldview and scenario", height="content")
st.markdown("#### What is set; what differs comes first")
show_table(compared.settings_table(all_asked), "Settings by scenario", height="content")
files_of("compared-settings", query)
st.markdown("#### Shift by domain, middle of 1,000 assumed worlds")
domains = compared.outcome_table(all_asked, shown.worldviews, domains=True)
show_table(domains, "Shift by domain and scenario", height="content")
files_of("compared-domains", query)
st.markdown("#### Other outcomes in the last year, middle of 1,000 assumed worlds")
show_table(compared.outcome_table(all_asked, shown.worldviews), "Other outcomes by scenario", height="content")
files_of("compared-outcomes", query)

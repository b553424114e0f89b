"""Compare: up to four scenarios as rows on one axis: what is set, what follows, what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

import streamlit as st

from model import InputError
from model.assumptions.edits import identities
from model.assumptions.schema import Scenario
from ui.drawn import compared
from ui.drawn.boards import Board
from ui.drawn.palette import mark_of
from ui.drawn.rows import Group
from ui.links import comparison
from ui.links.asked import Asked, Shown, starting_points
from ui.page import session
from ui.page.components.chart_board import chart_board, theme_in_use
from ui.page.components.copy_link import copy_link
from ui.page.sections import files_of, show_board
from ui.page.table import show_table
from ui.page.then_and_now import compared_then_and_now
from ui.told import comparing, history, words
from ui.told.seen import seen

OPEN, REMOVE, HERE = "Open in Explore", "Remove", "What Explore shows"
CHIP, GROUP = "compared_chip", "compared_group"
SAME = "The same 1,000 assumed worlds for all."


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


def _add_chosen() -> None:
    """Compare what was picked from the list: what Explore shows, a preset or a historic analogue."""
    name = st.session_state["add_compared"]
    if name == HERE:
        session.pin()
    else:
        _add_here(starting_points()[name])


def tools(all_asked: Sequence[Asked]) -> None:
    """What can be done with the comparison, in the top line: add to it, and copy its link."""
    with (
        st.container(key="topline"),
        st.container(horizontal=True, gap="small", vertical_alignment="center", key="tools"),
    ):
        if len(all_asked) < comparison.MOST:
            here = session.asked()
            known = [(asked.scenario, asked.switched) for asked in all_asked]
            st.menu_button(
                "Add",
                [HERE] * ((here.scenario, here.switched) not in known) + list(starting_points()),
                key="add_compared",
                icon=":material/add:",
                help="Add a scenario",
                format_func=lambda name: HERE if name == HERE else history.listed(starting_points()[name]),
                on_click=_add_chosen,
            )
            with st.popover("Link or file", icon=":material/link:", on_change=session.ignore_address_bar, key="bring"):
                with st.form("pasted", border=False):
                    st.text_input("Link of this page, whole, short, or from the question mark on", key="pasted_link")
                    st.form_submit_button("Add it", on_click=_add_pasted)
                st.file_uploader(
                    "Scenario file (TOML)", type=["toml"], key="compared_file", on_change=_add_file, max_upload_size=1
                )
        copy_link()


def legend(worldviews: Sequence[str], theme: str) -> str:
    """The worldviews with their markers, in HTML."""
    items = [
        f'<li title="{view.gist}"><span style="color:{mark_of(key, theme).colour}" aria-hidden="true">'
        f"{mark_of(key, theme).glyph}</span> {view.title}</li>"
        for key, view in identities().items()
        if key in worldviews
    ]
    return f'<ul class="compared-legend" aria-label="Worldviews">{"".join(items)}</ul>'


def head(all_asked: Sequence[Asked], shown: Shown, theme: str) -> Group:
    """The finding, what it rests on, the legend, and the choice between two ways to group, which is given back."""
    found = compared.finding(all_asked, shown.worldviews)
    same = SAME if len(all_asked) > 1 and not compared.grounds_apart(all_asked) else ""
    rule = comparing.RULE if same else ""
    with st.container(key="compared_head"):
        st.html(
            f'<h1 class="compared-finding">{found}</h1>'
            f'<p class="compared-caveat">{" ".join(filter(None, (words.CAVEAT, same, rule)))}</p>'
        )
        with st.container(horizontal=True, vertical_alignment="top", key="compared_keys"):
            st.html(legend(compared.views_compared(all_asked, shown.worldviews), theme))
            group: Group = st.segmented_control(
                "Group by",
                get_args(Group),
                default=st.session_state.get(GROUP, "scenario"),
                format_func=lambda name: f"By {name}",
                required=True,
                key="compared_by",
                label_visibility="collapsed",
                on_change=_regroup,
                wrap=False,
            )
    return group


def _regroup() -> None:
    st.session_state[GROUP] = st.session_state["compared_by"]
    session.ignore_address_bar()


def names(all_asked: Sequence[Asked]) -> None:
    """Each scenario's letter and name, which open its menu, and below its bars what it sets otherwise than A."""
    for i, (name, asked) in enumerate(zip(compared.names(all_asked), all_asked, strict=True)):
        letter, _, title = name.partition(" · ")
        with st.container(key=f"compared_row_{letter}"):
            chosen = st.menu_button(
                f"**{letter}** {words.escaped(title)}",
                [OPEN, REMOVE],
                key=f"compared_{letter}",
                type="tertiary",
                help=words.escaped(words.context_words(asked.scenario)),
            )
            st.markdown(words.escaped(told_below(asked, all_asked[0] if i else None)))
        if chosen == OPEN:
            session.go(scenario=asked.scenario, seed=asked.seed, title=asked.title, switched=asked.switched)
            st.switch_page("explore.py")
        if chosen == REMOVE:
            session.uncompare(i)
            st.rerun()


def told_below(asked: Asked, first: Asked | None) -> str:
    """What is set, against the first; of a historic analogue what it is."""
    if asked.scenario.analogue:
        return history.in_short(asked.scenario)
    return comparing.what_is_set(asked, first)


def paths(all_asked: Sequence[Asked], shown: Shown, theme: str, query: str) -> None:
    """Every scenario's path, a card a worldview."""
    _board("compared-paths", compared.paths_board(all_asked, shown.worldviews, theme), query)


def against(all_asked: Sequence[Asked], shown: Shown, theme: str, query: str) -> None:
    """How far the others are from A in the same worlds."""
    board = compared.against_board(all_asked, shown.worldviews, theme)
    if board.cards:
        _board("compared-against", board, query)
    else:
        st.markdown(words.escaped(board.note).replace("\n", "  \n"))


def what_is_set(all_asked: Sequence[Asked], _shown: Shown, _theme: str, query: str) -> None:
    """All settings; what differs comes first."""
    show_table(compared.settings_table(all_asked), "Settings by scenario", height="content")
    files_of("compared-settings", query)


def domains(all_asked: Sequence[Asked], shown: Shown, _theme: str, query: str) -> None:
    """The shift of each domain."""
    st.markdown("Shift by domain in the last year, middle of 1,000 assumed worlds.")
    table = compared.outcome_table(all_asked, shown.worldviews, domains=True)
    show_table(table, "Shift by domain and scenario", height="content")
    files_of("compared-domains", query)


def outcomes(all_asked: Sequence[Asked], shown: Shown, _theme: str, query: str) -> None:
    """The outcomes beside alignment."""
    st.markdown("Middle of 1,000 assumed worlds in the last year, each on a scale of its own.")
    table = compared.outcome_table(all_asked, shown.worldviews)
    show_table(table, "Other outcomes by scenario", height="content")
    files_of("compared-outcomes", query)


def goals(all_asked: Sequence[Asked], shown: Shown, _theme: str, _query: str) -> None:
    """The reader's goals under each scenario."""
    st.markdown(
        "Your goals, as they are set on Explore: worlds of 100 in which each holds, and in brackets without levers."
    )
    table = compared.goals_table(all_asked, session.asked().goals, shown.worldviews)
    show_table(table, "Goals by scenario and worldview", height="content")


def tables(all_asked: Sequence[Asked], shown: Shown, _theme: str, query: str) -> None:
    """The numbers of the rows, and the rows as a picture."""
    st.markdown("Middle shift with 80 of 100 assumed worlds, and worlds of 100 in which Washington drops the offers.")
    show_table(compared.table(all_asked, shown.worldviews), "Shift by worldview and scenario", height="content")
    files_of("comparison", query)


def _board(key: str, board: Board, query: str) -> None:
    st.markdown(board.reading)
    show_board(key, board, query=query)


Section = Callable[[Sequence[Asked], Shown, str, str], None]
SECTIONS: dict[str, tuple[str, Section]] = {
    "paths": ("Paths over time", paths),
    "against": ("Against A, world by world", against),
    "set": ("What is set", what_is_set),
    "domains": ("Six domains", domains),
    "outcomes": ("Other outcomes", outcomes),
    "goals": ("Goals", goals),
    "files": ("Tables and files", tables),
}


def _open() -> None:
    if st.session_state[CHIP]:
        session.bring_into_view(".st-key-compared_section")
    session.ignore_address_bar()


def sections(all_asked: Sequence[Asked], shown: Shown, theme: str, query: str) -> None:
    """A chip a section; one at a time stands below, and nothing is computed for the others."""
    without = {"goals"} - {"goals" for _ in session.asked().goals} | ({"against"} if len(all_asked) < 2 else set())
    chosen = st.pills(
        "More of it, one at a time",
        [key for key in SECTIONS if key not in without],
        key=CHIP,
        format_func=lambda key: SECTIONS[key][0],
        label_visibility="collapsed",
        on_change=_open,
    )
    if chosen:
        with st.container(key="compared_section"):
            title, show = SECTIONS[chosen]
            st.markdown(f"## {title}")
            show(all_asked, shown, theme, query)


def notices(all_asked: Sequence[Asked]) -> None:
    """What the reader has to know before the rows say anything: other worlds, other years, other numbers then."""
    apart, ends, all_seen = (
        compared.grounds_apart(all_asked),
        compared.years_apart(all_asked),
        session.compared_seen_then(),
    )
    if apart:
        st.info(words.escaped(apart), title="Not the same worlds", icon=":material/history_edu:")
    if ends:
        st.info(words.escaped(ends), icon=":material/date_range:")
    if all_seen:
        with st.expander("Then and now: the author of this link saw other numbers", icon=":material/history:"):
            compared_then_and_now(all_asked, all_seen)


all_asked, shown, theme = session.compared(), session.shown(), theme_in_use()
if any(asked.hidden for asked in all_asked):
    st.markdown("### What differs between these scenarios, and what follows?")
    st.markdown("Results are hidden until a prediction is made on Explore.")
    st.stop()
tools(all_asked)
with st.container(key="compared_page"):
    group = head(all_asked, shown, theme)
    notices(all_asked)
    count = len(all_asked) if group == "scenario" else len(compared.views_compared(all_asked, shown.worldviews))
    board = compared.rows_board(all_asked, shown.worldviews, theme, group)
    with st.container(key=f"rows_{count}_by_{group}"):
        with st.container(horizontal=group == "worldview", key="compared_names"):
            names(all_asked)
        chart_board("chart_rows", board, on_theme=session.ignore_address_bar)
    st.html(f'<p class="compared-caveat">{compared.reading(all_asked, shown.worldviews, group)}</p>')
    with st.container(key="sections"):
        query = comparison.text(all_asked, shown, [seen(asked) for asked in all_asked])
        sections(all_asked, shown, theme, query)

"""The drawer “Your worldview”: a copy of one of the four, whose every number can be moved, in place of the levers."""

from __future__ import annotations

import streamlit as st

from model import catalog
from model.assumptions.catalog import EDITED
from model.assumptions.edits import Edits
from ui.drawn.palette import mark_of
from ui.exports.offered import EXPORT_PATH
from ui.links.addresses import base_path
from ui.links.asked import Asked
from ui.page import session
from ui.page.components.chart_board import theme_in_use
from ui.page.components.range_bank import Placed, range_bank
from ui.page.sharing import OWN_FILE
from ui.server.tracks import tracks_address
from ui.told import cache, own, words

GROUP, FILE = "own_group", "own_file"
CHANGED = "What you changed"
PUT_AWAY = "A historic analogue is run under the worldview it is written for; yours stands beside scenarios of today."


def drawer_button(key: str, label: str, icon: str | None = None, *, is_open: bool = True, plain: bool = False) -> None:
    """A button that opens the drawer, or closes it."""
    st.button(
        label,
        key=key,
        icon=icon,
        type="tertiary" if plain else "secondary",
        on_click=session.open_drawer,
        kwargs={"is_open": is_open},
    )


def drawer(asked: Asked) -> None:
    """The whole drawer, for what is asked."""
    mark = mark_of(EDITED, theme_in_use())
    drawer_button("close_own", "Back to the levers", ":material/arrow_back:", is_open=False)
    st.subheader(f':color[{mark.glyph}]{{foreground="{mark.colour}"}} Your worldview', anchor=False)
    if asked.scenario.analogue:
        st.markdown(PUT_AWAY)
    elif asked.own:
        _edited(asked, asked.own)
    else:
        _beginning()


def _beginning() -> None:
    st.markdown(
        "Copy one of the four and change any number in it. Yours stands beside them as a fifth row, marked as edited; "
        "the four stay as they are."
    )
    for key, view in catalog().worldviews.items():
        st.button(
            f"Copy “{view.title}”",
            key=f"copy_{key}",
            width="stretch",
            on_click=session.edit_copy,
            args=(key,),
            help=view.summary,
        )
    _file_in()


def _edited(asked: Asked, edits: Edits) -> None:
    title = catalog().worldviews[edits.copied].title
    st.markdown(
        f"A copy of “{words.escaped(title)}”, {own.changed_count(edits)}. Coloured marks are what the four assume."
    )
    file = session.brought()
    if file and (left := own.brought_words(file.title, file.grounds)):
        st.info(words.escaped(left), icon=":material/draft:")
    names = _shown(edits)
    range_bank(
        "own",
        [_placed(asked, edits, name) for name in names],
        session.edit,
        session.take_back_edit,
        about=tracks_address(edits.copied, theme_in_use()),
        source=session.source_addresses()(""),
    )
    with st.container(horizontal=True, key="own_tools"):
        st.button("Take all back", key="own_back", on_click=session.take_back_edits, disabled=not edits.changes)
        st.button("Remove it", key="own_away", on_click=session.put_away_own, help="Undo brings it back.")
        st.link_button(
            "File", f"{base_path()}{EXPORT_PATH}/{OWN_FILE}?{session.query_here()}", icon=":material/download:"
        )
    _file_in()


def _shown(edits: Edits) -> tuple[str, ...]:
    """The numbers that are looked at: those of one subject, or what was changed."""
    changed = tuple(name for name, _ in edits.changes)
    groups = {**own.groups(), **({CHANGED: changed} if changed else {})}
    if st.session_state.get(GROUP) not in groups:
        st.session_state[GROUP] = own.DISPUTED
    chosen = st.selectbox(
        "Numbers of",
        list(groups),
        key=GROUP,
        format_func=lambda title: f"{title} ({len(groups[title])})",
        on_change=session.ignore_address_bar,
    )
    return groups[chosen]


def _placed(asked: Asked, edits: Edits, name: str) -> Placed:
    return Placed(
        key=name,
        values=edits.values(name),
        bound=own.bound_words(cache.bounds(cache.run_key(asked)), name),
        share=own.share_of(edits, name),
    )


def _file_in() -> None:
    st.file_uploader("Open a worldview file (TOML)", type=["toml"], key=FILE, on_change=_open_file, max_upload_size=1)


def _open_file() -> None:
    file = st.session_state[FILE]
    if file:
        session.edit_file(file)
    else:
        session.ignore_address_bar()

"""Plotly charts that change in place, in cards that reflow from four columns to one, and follow a thumb while it moves.

Streamlit's own Plotly element is taken down and built anew whenever its data change, which costs most of a reaction to
a lever and flickers; this one keeps its chart and gives it the new data. While a slider of a bank moves, the board asks
the server itself, without a script run, and draws the answer; once the slider rests, the script run has the last word.
Plotly's script comes from the installed package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

import streamlit as st

from ui.drawn.boards import Board
from ui.links.addresses import plotly_address
from ui.page.components.keys import listens_to_single_keys
from ui.server.parts import loader

_BOARD = st.components.v2.component(
    "chart_board",
    html="""
    <div class="board-box">
      <div class="board"></div><p class="note" aria-live="polite"></p>
      <p class="downloads" hidden></p>
    </div>
    """,
    js=loader("chart_board", "chart_drawing", "told", "taken", "element"),
    isolate_styles=False,  # Plotly puts its styles into the document, where a shadow root would not see them
)


@dataclass(frozen=True)
class Replay:
    """A change to be shown again: the address of the board before it, and every setting before and after.

    A board plays it when `number` grows.
    """

    number: int
    address: str
    before: dict[str, int]
    now: dict[str, int]


def theme_in_use() -> str:
    """The theme that figures are made for: light or dark."""
    return st.context.theme.type or "light"


def chart_board(
    key: str,
    board: Board,
    *,
    on_theme: Callable[[], None],
    downloads: Mapping[str, str] | None = None,
    eases: bool = False,
) -> None:
    """Show cards in at most so many columns; they reflow to two and to one as the page gets narrow.

    `on_theme` is called before the run that draws anew after a reader has changed the page's theme. `downloads` are
    addresses of the board as files, by what they are called. `eases`: a chart passes from one state to the next.
    """
    _show(key, board.as_data() | {"eases": eases}, on_theme, downloads)


def following_board(
    key: str,
    address: str,
    draw: Callable[[], Board],
    *,
    on_theme: Callable[[], None],
    replay: Replay | None = None,
    downloads: Mapping[str, str] | None = None,
    opening: str = "",
    alone: str = "",
    pictured: bool = False,
    on_play: Callable[[], None] = lambda: None,
) -> None:
    """Show the board that stands at an address; it follows settings while they move.

    `opening` is the address from whose picture a first visit comes in, `alone` a worldview that is looked at by itself
    to begin with. `pictured` boards are the two pictures with all around them. `on_play` is called when a reader asks
    for what stands as a hint in a picture where nothing is moved.

    The browser fetches it from there, so that the page's run neither draws nor sends what the browser has seen while a
    thumb moved. A browser that cannot is given the board with the run, as `draw` gives it. Otherwise as `chart_board`.
    """
    refused = f"{key}_refused"
    data: dict[str, object]

    def note_refusal() -> None:
        st.session_state[refused] = True

    data = {"address": address, "opening": opening, "alone": alone, "pictured": pictured}
    data["replay"] = asdict(replay) if replay else None
    if st.session_state.get(refused):
        data |= draw().as_data()
    _show(key, data, on_theme, downloads, note_refusal, on_play)


def _show(
    key: str,
    data: Mapping[str, object],
    on_theme: Callable[[], None],
    downloads: Mapping[str, str] | None,
    on_refused: Callable[[], None] = lambda: None,
    on_play: Callable[[], None] = lambda: None,
) -> None:
    shared = {
        "theme": theme_in_use(),
        "plotly": plotly_address(),
        "singles": listens_to_single_keys(),
        "downloads": dict(downloads or {}),
    }
    _BOARD(
        key=key,
        data={**shared, **data},
        on_theme_change=on_theme,
        on_refused_change=on_refused,
        on_play_change=on_play,
    )

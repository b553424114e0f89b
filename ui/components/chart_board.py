"""Plotly charts that change in place, in cards that reflow from four columns to one.

Streamlit's own Plotly element is taken down and built anew whenever its data change, which costs most of a reaction to
a lever and flickers; this one keeps its chart and gives it the new data. Plotly's script comes from the installed
package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from ui.charts import Figure
from ui.server import plotly_address

_HERE = Path(__file__).parent
_BOARD = st.components.v2.component(
    "chart_board",
    html='<div class="board-box"><div class="board"></div></div>',
    css=(_HERE / "chart_board.css").read_text(),
    js=(_HERE / "chart_board.js").read_text(),
    isolate_styles=False,  # Plotly puts its styles into the document, where a shadow root would not see them
)


@dataclass(frozen=True)
class Card:
    """One chart with its words. `alt` is what a screen reader says of the chart."""

    key: str
    figure: Figure
    alt: str
    title: str = ""
    glyph: str = ""
    colour: str = ""
    about: str = ""
    headline: str = ""
    sentence: str = ""
    footer: str = ""


def theme_in_use() -> str:
    """The theme that figures are made for: light or dark."""
    return st.context.theme.type or "light"


def chart_board(
    key: str, cards: Sequence[Card], columns: Literal[1, 2, 4] = 4, *, on_theme: Callable[[], None]
) -> None:
    """Show cards in at most so many columns; they reflow to two and to one as the page gets narrow.

    `on_theme` is called before the run that draws anew after a reader has changed the page's theme.
    """
    data = {
        "theme": theme_in_use(),
        "plotly": plotly_address(),
        "columns": 1 if len(cards) == 1 else columns,
        "cards": [vars(card) for card in cards],
    }
    _BOARD(key=key, data=data, on_theme_change=on_theme)

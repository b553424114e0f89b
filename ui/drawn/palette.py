"""The colour and marker of each worldview, the same in every chart, and the inks of the two themes.

Colours and marker stand in the worldview's file. The colours are from the Okabe-Ito set (safe for colour-blind
readers), darkened for the white page and lightened for the dark one (6.8:1 or better there); markers and direct labels
carry the difference where colour does not.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from model.assumptions.edits import identities

LOGO = Path(__file__).parent / "logo.svg"


class Mark(NamedTuple):
    """How a worldview is drawn."""

    colour: str
    marker: str
    glyph: str


class Ink(NamedTuple):
    """Colours of a theme that charts need beside the worldviews'; `paper` is the page's background."""

    text: str
    muted: str
    grid: str
    baseline: str
    paper: str


# A worldview's marker as a letter; the markers' names are Plotly's.
GLYPHS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "star": "★",
    "pentagon": "⬟",
    "hexagon": "⬢",
}
INKS = {
    "light": Ink(text="#1c2430", muted="#4d5766", grid="#e1e4e9", baseline="#5f6977", paper="#ffffff"),
    "dark": Ink(text="#e8ebf0", muted="#b4bcc8", grid="#2c3441", baseline="#a3adba", paper="#11151c"),
}


def mark_of(worldview: str, theme: str = "light") -> Mark:
    """The colour and marker that the file of a worldview names, for a theme."""
    view = identities()[worldview]
    return Mark(view.colour_dark if theme == "dark" else view.colour, view.marker, GLYPHS[view.marker])


def faint(colour: str, alpha: float) -> str:
    """A colour made transparent, for bands and thin lines."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"

"""The prices of a package as a picture: a small axis from 0 to 100 each, with a marker a worldview. Pure.

The page draws them in HTML (told.js); pictures and the brief, where there is none, draw them with this.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.drawn.figures import Figure, layout, wrapped
from ui.drawn.palette import INKS, Ink, mark_of
from ui.told.finding import Price

NEAR = 6  # of 100: markers that are nearer than this stand one above another
LEVELS = 4.5  # markers above one another that an axis has room for
LINE = 17.0  # pixels of a line of what is said of a price
AXIS = 112  # and of all but these lines
GAP = 0.035  # between two axes, as a share of the width


def prices(found: Sequence[Price], theme: str, widest: int = 60) -> Figure:
    """The prices side by side, in axes of their own; one that there is nothing of has words and no axis.

    `widest` is how many characters of what is said of a price stand on a line.
    """
    ink = INKS[theme]
    said = [wrapped(price.told, widest) for price in found]
    above = LINE * (1 + max(text.count("<br>") for text in said))
    figure: Figure = {"data": [], "layout": layout(ink, AXIS + round(above))}
    shown = figure["layout"]
    shown |= {"margin": {"l": 12, "r": 12, "t": above + 28, "b": 24}, "annotations": [], "shapes": []}
    wide = (1 - GAP * (len(found) - 1)) / len(found)
    for place, (price, told) in enumerate(zip(found, said, strict=True)):
        number, left = str(place + 1) if place else "", place * (wide + GAP)
        x, y = f"x{number}", f"y{number}"
        shown |= {
            f"xaxis{number}": {"range": [0, 100], "domain": [left, left + wide], "anchor": y, "visible": False},
            f"yaxis{number}": {"range": [0, LEVELS], "anchor": x, "visible": False},
        }
        figure["data"].append({"type": "scatter", "mode": "markers", "xaxis": x, "yaxis": y, **_markers(price, theme)})
        shown["annotations"] += _words(price, told, above, x, left, ink)
        shown["shapes"] += _lines(price, x, y, ink)
    return figure


def _markers(price: Price, theme: str) -> dict[str, Any]:
    """A marker a worldview; near ones stand one above another, so that all are seen."""
    styles, values = [mark_of(view, theme) for view in price.at], list(price.at.values())
    levels = [sum(abs(value - other) < NEAR for other in values[:i]) for i, value in enumerate(values)]
    return {
        "name": price.title,
        "x": values,
        "y": [0.5 + level for level in levels],
        "marker": {
            "color": [style.colour for style in styles],
            "symbol": [style.marker for style in styles],
            "size": 12,
            "line": {"color": INKS[theme].paper, "width": 1},
        },
        "cliponaxis": False,
    }


def _words(price: Price, told: str, up: float, x: str, left: float, ink: Ink) -> list[dict[str, Any]]:
    """Above an axis what it is and who says the lowest and the highest; below it where it stands without levers."""
    above = {"xref": "paper", "x": left, "xanchor": "left", "yref": "paper", "y": 1, "align": "left"}
    plain = {"showarrow": False, "borderpad": 0}
    title = {"yanchor": "bottom", "yshift": up + 4, "text": f"<b>{price.title}</b>", "font": {"size": 15}}
    notes = [
        {**plain, **above, **title},
        {**plain, **above, "yanchor": "top", "yshift": up + 4, "text": told, "font": {"size": 13}},
    ]
    if price.reference is not None:
        below = {"xref": x, "x": price.reference, "yref": "paper", "y": 0, "yanchor": "top", "yshift": -3}
        notes.append({**plain, **below, "text": f"{price.reference}", "font": {"size": 13, "color": ink.muted}})
    return notes


def _lines(price: Price, x: str, y: str, ink: Ink) -> list[dict[str, Any]]:
    """The axis, and across it where the price stands without levers."""
    flat = {"type": "line", "xref": x, "yref": y, "layer": "below"}
    axis = [{**flat, "x0": 0, "x1": 100, "y0": 0, "y1": 0, "line": {"color": ink.baseline, "width": 1.5}}]
    if price.reference is None:
        return axis if price.at else []
    dotted = {"color": ink.text, "width": 2, "dash": "dot"}
    return [*axis, {**flat, "x0": price.reference, "x1": price.reference, "y0": 0, "y1": 1.9, "line": dotted}]

"""Numbers to Plotly figures, as plain dicts: light to build and to send. No streamlit here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from model.assumptions.edits import identities
from model.engine.equations import Array
from ui.drawn.palette import INKS, Ink, mark_of

Figure = dict[str, Any]

FONT = "Source Sans, Source Sans Pro, sans-serif"


def rows(table: pd.DataFrame, theme: str, unit: str, shared_zero: bool) -> Figure:
    """Middle value and 80-of-100 range by row and worldview; a tick marks where the row stands without levers."""
    ink = INKS[theme]
    titles = list(dict.fromkeys(table["title"]))
    worldviews = list(dict.fromkeys(table["worldview"]))
    step = 0.8 / len(worldviews)
    traces: list[dict[str, Any]] = []
    for i, worldview in enumerate(worldviews):
        part = table[table["worldview"] == worldview]
        style, short = mark_of(worldview, theme), identities()[worldview].short
        place = [len(titles) - 1 - titles.index(t) + 0.4 - step * (i + 0.5) for t in part["title"]]
        low, middle, high = (part[c].to_numpy() for c in ("low", "middle", "high"))
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": short,
                "x": np.round(middle, 2).tolist(),
                "y": place,
                "marker": {"color": style.colour, "symbol": style.marker, "size": 10},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": np.round(high - middle, 2).tolist(),
                    "arrayminus": np.round(middle - low, 2).tolist(),
                    "color": style.colour,
                    "thickness": 2,
                    "width": 0,
                },
                "text": part["title"].tolist(),
                "hovertemplate": "%{text}, " + short + ": %{x:.0f}<extra></extra>",
            }
        )
    ends = table["low"] if shared_zero else table[["low", "reference"]].min(axis=1)
    tops = table["high"] if shared_zero else table[["high", "reference"]].max(axis=1)
    reach = _in_fives(float(ends.min()), float(tops.max()))
    shapes = [] if shared_zero else _reference_ticks(table, titles, ink)
    drawn = layout(ink, 70 + 62 * len(titles))
    drawn |= {
        "margin": {"l": 10, "r": 12, "t": 34, "b": 44},
        "xaxis": axis(
            ink, range=list(reach), dtick=_tick(reach), zeroline=True, title={"text": unit, "font": {"size": 13}}
        ),
        "yaxis": {
            "range": [-0.5, len(titles) - 0.5],
            "tickvals": [len(titles) - 1 - i for i in range(len(titles))],
            "ticktext": [wrapped(title) for title in titles],
            "automargin": True,
            "tickfont": {"size": 14, "color": ink.text},
            "showgrid": False,
            "zeroline": False,
        },
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "font": {"size": 14},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "shapes": shapes + _separators(titles, ink),
    }
    drawn["xaxis"] |= {"zerolinecolor": ink.baseline, "zerolinewidth": 1}
    return {"data": traces, "layout": drawn}


def layout(ink: Ink, height: int | None) -> dict[str, Any]:
    """What all figures share; without a height a figure is as high as its place on the page."""
    return ({} if height is None else {"height": height}) | {
        "template": "none",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": ink.text},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
    }


def axis(ink: Ink, **settings: Any) -> dict[str, Any]:
    """The settings that all axes share, and some more for one axis."""
    return {
        "gridcolor": ink.grid,
        "linecolor": ink.grid,
        "tickfont": {"size": 12, "color": ink.muted},
        "zeroline": False,
        "fixedrange": True,
        **settings,
    }


def band(years: list[int], fan: Array, colour: str) -> dict[str, Any]:
    """10th to 90th percentile against years or doses; `fan` is (3, places on the axis)."""
    return {
        "type": "scatter",
        "mode": "none",
        "x": years + years[::-1],
        "y": np.round(np.concatenate([fan[2], fan[0][::-1]]), 1).tolist(),
        "fill": "toself",
        "fillcolor": colour,
        "hoverinfo": "skip",
    }


def note(text: str, x: float, y: float, ink: Ink, **place: Any) -> dict[str, Any]:
    """A small text on a figure; x and y are shares of its plotting area."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 12, "color": ink.muted},
        **place,
    }


def _reference_ticks(table: pd.DataFrame, titles: list[str], ink: Ink) -> list[dict[str, Any]]:
    first = table.drop_duplicates("title").set_index("title")["reference"]
    return [
        {
            "type": "line",
            "x0": first[title],
            "x1": first[title],
            "y0": len(titles) - 1 - i - 0.42,
            "y1": len(titles) - 1 - i + 0.42,
            "line": {"color": ink.baseline, "width": 2, "dash": "dot"},
        }
        for i, title in enumerate(titles)
    ]


def _separators(titles: list[str], ink: Ink) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": i - 0.5,
            "y1": i - 0.5,
            "line": {"color": ink.grid, "width": 1},
        }
        for i in range(1, len(titles))
    ]


def in_tens(first: tuple[float, float], marks: Sequence[float]) -> tuple[float, float]:
    """An axis widened in tens until it holds all marks with some air; never narrower than at first."""
    low, high = min([first[0] + 1, *marks]), max([first[1] - 1, *marks])
    return min(first[0], 10.0 * math.floor((low - 1) / 10)), max(first[1], 10.0 * math.ceil((high + 1) / 10))


def spread(ends: Array, reach: tuple[float, float], gap: float = 9) -> Array:
    """Heights near the ends of paths that are at least `gap` apart, in the same order and within reach."""
    order = np.argsort(ends, kind="stable")
    low, high = reach[0] + gap / 2, reach[1] - gap / 2

    def upwards(places: Array) -> Array:
        for lower, upper in pairwise(order):
            places[upper] = max(places[upper], places[lower] + gap)
        return places

    centred = upwards(ends.copy()) - (upwards(ends.copy()) - ends).mean()
    places = upwards(np.clip(centred, low, high))
    places[order[-1]] = min(places[order[-1]], high)
    for upper, lower in pairwise(order[::-1]):
        places[lower] = min(places[lower], places[upper] - gap)
    return places


def _in_fives(low: float, high: float) -> tuple[float, float]:
    """A range in steps of five that holds two values with some air, and at least -5 to 5."""
    return min(-5.0, 5 * np.floor((low - 1) / 5)), max(5.0, 5 * np.ceil((high + 1) / 5))


def _tick(reach: tuple[float, float]) -> int:
    """A distance of ticks in whole points that leaves room for their labels."""
    span = reach[1] - reach[0]
    return 5 if span <= 30 else 10 if span <= 60 else 20


def wrapped(title: str, widest: int = 16) -> str:
    """A title on lines of at most so many characters; a longer word has a line of its own."""
    return "<br>".join(wrap(title, widest, break_long_words=False, break_on_hyphens=False))

"""Numbers to Plotly figures, as plain dicts: light to build and to send. No streamlit here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from model import catalog
from model.analysis.goals import Goal
from model.engine.equations import Array
from ui.drawn.palette import INKS, Ink, faint, mark_of
from ui.links.asked import Prediction
from ui.told.numbers import CardNumbers

Figure = dict[str, Any]

FONT = "Source Sans, Source Sans Pro, sans-serif"
CARD_HEIGHT = 340
DOT_PIXELS = 5
DOTS_HIGH = 17  # the most dots that the lower chart stacks without overlap
LEVEL_RANGE = (0, 100)


def card(
    numbers: CardNumbers,
    shift_range: tuple[float, float],
    theme: str,
    ghost: CardNumbers | None = None,
    goals: Sequence[Goal] = (),
    prediction: Prediction | None = None,
) -> Figure:
    """One worldview: the composite over time with and without levers, and below it the shift as 50 dots.

    `ghost` is the state before the last change; its middle line stays as a faint dotted one. Goals for alignment and
    for the shift are lines, a prediction is a band behind the dots.
    """
    ink, style = INKS[theme], mark_of(numbers.worldview, theme)
    years = list(numbers.years)
    traces = [
        band(years, numbers.no_lever, faint(ink.baseline, 0.16)),
        band(years, numbers.scenario, faint(style.colour, 0.22)),
        _worlds(years, numbers.no_lever_worlds, faint(ink.baseline, 0.4)),
        _worlds(years, numbers.scenario_worlds, faint(style.colour, 0.45)),
        _ghost(ghost, style.colour),
        _median(years, numbers.no_lever[1], "no levers", {"color": ink.baseline, "width": 2, "dash": "dash"}),
        _median(years, numbers.scenario[1], "with levers", {"color": style.colour, "width": 3}),
        _end_labels(numbers, ink),
        _dots(numbers.dots, shift_range, style.colour),
    ]
    drawn = layout(ink, CARD_HEIGHT)
    drawn |= {
        "margin": {"l": 28, "r": 30, "t": 22, "b": 26},
        "xaxis": axis(ink, range=[years[0], years[-1]], anchor="y", tickvals=_ticks(years), tickformat="d"),
        "yaxis": axis(ink, range=list(LEVEL_RANGE), domain=[0.45, 1], dtick=20),
        "xaxis2": axis(ink, range=list(shift_range), anchor="y2", dtick=_tick(shift_range), zeroline=True),
        "yaxis2": {"domain": [0, 0.3], "anchor": "x2", "visible": False, "range": [0, 1]},
        "annotations": [
            note("alignment, 0 to 100", 0, 1.0, ink, xanchor="left", yanchor="bottom"),
            note(f"shift in {years[-1]}, points", 0, 0.3, ink, xanchor="left", yanchor="bottom"),
        ],
    }
    drawn["xaxis2"] |= {"zerolinecolor": ink.baseline, "zerolinewidth": 1}
    drawn["shapes"] = [*_prediction(prediction, ink), *_goal_lines(goals, float(numbers.no_lever[1, 0]), ink)]
    return {"data": traces, "layout": drawn}


def _goal_lines(goals: Sequence[Goal], start: float, ink: Ink) -> list[dict[str, Any]]:
    """Goals for alignment lie across the upper chart, goals for the shift stand in the lower; words say the side."""
    line = {"type": "line", "line": {"color": ink.text, "width": 1.5, "dash": "longdashdot"}}
    across = {"xref": "x domain", "x0": 0, "x1": 1, "yref": "y"}
    upright = {"xref": "x2", "yref": "y2 domain", "y0": 0, "y1": 1}
    places = {
        "level": lambda value: {**across, "y0": value, "y1": value},
        "change": lambda value: {**across, "y0": start + value, "y1": start + value},
        "shift": lambda value: {**upright, "x0": value, "x1": value},
    }
    return [line | places[goal.outcome](goal.value) for goal in goals if goal.outcome in places]


def _prediction(prediction: Prediction | None, ink: Ink) -> list[dict[str, Any]]:
    """The interval that a reader predicted, as a band behind the dots; none where nothing was predicted."""
    if not prediction:
        return []
    box = {"xref": "x2", "yref": "y2 domain", "x0": prediction.low, "x1": prediction.high, "y0": 0, "y1": 1}
    return [{"type": "rect", **box, "fillcolor": faint(ink.baseline, 0.25), "line": {"width": 0}, "layer": "below"}]


def shift_range(
    cards: Sequence[CardNumbers], goals: Sequence[Goal] = (), prediction: Prediction | None = None
) -> tuple[float, float]:
    """The axis that all dot plots share: from at least -30 to +10, in tens, with goals and prediction inside."""
    marks = [float(goal.value) for goal in goals if goal.outcome == "shift"]
    marks += [prediction.low, prediction.high] if prediction else []
    low = min(marks + [float(numbers.dots.min()) for numbers in cards])
    high = max(marks + [float(numbers.dots.max()) for numbers in cards])
    return min(-30.0, 10 * np.floor((low - 1) / 10)), max(10.0, 10 * np.ceil((high + 1) / 10))


def rows(table: pd.DataFrame, theme: str, unit: str, shared_zero: bool) -> Figure:
    """Middle value and 80-of-100 range by row and worldview; a tick marks where the row stands without levers."""
    ink = INKS[theme]
    titles = list(dict.fromkeys(table["title"]))
    worldviews = list(dict.fromkeys(table["worldview"]))
    step = 0.8 / len(worldviews)
    traces: list[dict[str, Any]] = []
    for i, worldview in enumerate(worldviews):
        part = table[table["worldview"] == worldview]
        style, short = mark_of(worldview, theme), catalog().worldviews[worldview].short
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


def _worlds(years: list[int], lines: Array, colour: str) -> dict[str, Any]:
    """Thin lines, one a world, in one trace; `lines` is (worlds, years)."""
    x: list[int | None] = []
    y: list[float | None] = []
    for line in np.round(lines.astype(float), 1).tolist():
        x += [*years, None]
        y += [*line, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 0.8},
        "hoverinfo": "skip",
    }


def _median(years: list[int], values: Array, name: str, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": years,
        "y": np.round(values, 1).tolist(),
        "line": line,
        "hovertemplate": "%{x}, " + name + ": %{y:.0f}<extra></extra>",
    }


def _ghost(numbers: CardNumbers | None, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "before the last change",
        "x": list(numbers.years) if numbers else [],
        "y": np.round(numbers.scenario[1], 1).tolist() if numbers else [],
        "line": {"color": faint(colour, 0.75), "width": 1.5, "dash": "dot"},
        "hovertemplate": "%{x}, before the last change: %{y:.0f}<extra></extra>",
    }


def _dots(values: Array, reach: tuple[float, float], colour: str) -> dict[str, Any]:
    """A quantile dot plot: each dot is 2 of 100 worlds, stacked in bins about as wide as a dot."""
    width = (reach[1] - reach[0]) / 44
    bins = np.round(np.sort(values.astype(float)) / width).astype(int)
    stacked = np.arange(len(bins)) - np.searchsorted(bins, bins)
    height = max(DOTS_HIGH, int(stacked.max()) + 2)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(bins * width, 2).tolist(),
        "y": np.round((stacked + 0.5) / height, 3).tolist(),
        "xaxis": "x2",
        "yaxis": "y2",
        "marker": {"color": colour, "size": DOT_PIXELS, "opacity": 0.9},
        "hovertemplate": "shift %{x:.0f}; each dot is 2 of 100 assumed worlds<extra></extra>",
    }


def _end_labels(numbers: CardNumbers, ink: Ink) -> dict[str, Any]:
    """The two middle values at the right end, kept apart; one where they are the same whole number.

    There is never an empty text: Plotly takes its letters out of the page and finds no place for later ones.
    """
    levers, none = float(numbers.scenario[1, -1]), float(numbers.no_lever[1, -1])
    gap = max(11 - abs(levers - none), 0) / 2 * (1 if levers > none else -1)
    labels = [(none - gap, f"\u00a0{round(none)}"), (levers + gap, f"<b>\u00a0{round(levers)}</b>")]
    if round(levers) == round(none):
        labels = [(none, f"\u00a0{round(none)}")]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [numbers.years[-1]] * len(labels),
        "y": [y for y, _ in labels],
        "text": [text for _, text in labels],
        "textposition": "middle right",
        "textfont": {"size": 15, "color": ink.text},
        "cliponaxis": False,
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


def _ticks(years: list[int]) -> list[int]:
    """First, middle and last year."""
    return sorted({years[0], years[len(years) // 2], years[-1]})


def wrapped(title: str, widest: int = 16) -> str:
    """A title on lines of at most so many characters; a longer word has a line of its own."""
    return "<br>".join(wrap(title, widest, break_long_words=False, break_on_hyphens=False))

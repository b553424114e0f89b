"""Observed history as a picture: a series with its noise, dated events above it, the levers as they stood beneath."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model import catalog
from model.history.observed import FIRST, LAST, Event, history
from ui.drawn.boards import Board, Card
from ui.drawn.figures import Figure, axis, band, layout
from ui.drawn.palette import INKS, Ink, faint
from ui.told import observed as told
from ui.told.words import signed

ABOVE, SERIES, ROW = 46, 256, 30  # pixels of the events, of the series, and of each lever
NARROW_ROW = 44  # where a lever's name stands above its bars
FOOT, TOP, BETWEEN = 34, 10, 30
BAR, NARROW_BAR = 0.62, 0.5  # of the height of a lever's row
HIGHEST = 0.75  # of the axis: above it a mark would come too near to what is said at the top
APART = 0.17  # of the axis: how far marks of overlapping years are from one another


Years = tuple[int, int]  # the first and the last that are shown
Spans = dict[str, list[tuple[int, int, int]]]  # by lever: first year, last year, position in percent
WHOLE: Years = (FIRST, LAST)


class Mark(NamedTuple):
    """A line over the years from first to last, how high it lies, and its words; above the series or below it."""

    first: int
    last: int
    height: float
    words: str
    above: bool


def observed_board(name: str, theme: str, years: Years = WHOLE) -> Board:
    """A series with events and levers on one axis of time, over the whole record or some years of it."""
    card = Card(
        "observed",
        figure(name, theme, years),
        alt=f"{told.alt(name)} {told.part_shown(*years)}".strip(),
        small=figure(name, theme, years, small=True),
        below=900,
    )
    return Board((card,), columns=1, reading=f"{told.part_shown(*years)} {told.reading(name)}".strip())


def figure(name: str, theme: str, years: Years = WHOLE, *, small: bool = False) -> Figure:
    """The picture; `small` for a narrow page, with the levers' names above their bars."""
    ink, levers = INKS[theme], _within(told.lever_spans(), years)
    row, bar = (NARROW_ROW, NARROW_BAR) if small else (ROW, BAR)
    beneath = row * len(levers)
    height = TOP + ABOVE + SERIES + BETWEEN + beneath + FOOT
    inner = height - TOP - FOOT
    low, high = reach(name)
    first, last = years
    drawn = layout(ink, height)
    ticks = {"tickfont": {"size": 13, "color": ink.muted}}
    drawn |= {
        "margin": {"l": 34 if small else 128, "r": 34, "t": TOP, "b": FOOT},
        "barmode": "overlay",
        "bargap": 0,
        "xaxis": axis(
            ink,
            range=[first - 0.7, last + 0.7],
            tickvals=_ticks(first, last, small),
            tickformat="d",
            showgrid=False,
            anchor="y2",
            **ticks,
        ),
        "yaxis": axis(
            ink, range=[low, high], domain=[(beneath + BETWEEN) / inner, 1 - ABOVE / inner], nticks=6, **ticks
        ),
        "yaxis2": axis(
            ink,
            range=[0, len(levers)],
            domain=[0, beneath / inner],
            showgrid=False,
            tickvals=[] if small else [len(levers) - 1 - i + BAR / 2 for i in range(len(levers))],
            ticktext=[] if small else [catalog().levers[lever].name for lever in levers],
            tickfont={"size": 14, "color": ink.text},
        ),
        "yaxis3": axis(ink, range=[0, 1], domain=[1 - ABOVE / inner, 1], showgrid=False, showticklabels=False),
        "shapes": [
            *_events_down(years, ink, 1 - ABOVE / inner),
            *_tracks(len(levers), years, bar, ink),
            *_stretches(name, years, low, high, ink),
        ],
        "annotations": [
            *_scale(name, small, ink),
            *_ends(name, years, ink),
            *_stretch_words(name, years, low, high, small, ink),
            _levers_head(small, ink),
            *(_names(list(levers), bar, ink) if small else ()),
        ],
    }
    noise = history().series[name].noise.value or 0
    known = _known(name, years)
    fan = np.stack([known - noise, known, known + noise]).clip(low, high)
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": history().series[name].title,
        "x": [int(year) for year in known.index],
        "y": known.tolist(),
        "line": {"color": ink.text, "width": 3},
        "marker": {"color": ink.text, "size": 5},
        "text": [told.value_words(name, float(value)) for value in known],
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }
    noisy = {**band([int(year) for year in known.index], fan, faint(ink.baseline, 0.35)), "name": "noise"}
    noisy["opacity"] = float(bool(noise))
    return {"data": [noisy, line, _bars(levers, bar, ink), _events(years, small, ink)], "layout": drawn}


def reach(name: str) -> tuple[float, float]:
    """The axis of a series: the whole scale, or from 0 to what the series reaches."""
    if told.on_scale(name):
        return 0.0, 100.0
    noise = history().series[name].noise.value or 0
    return 0.0, 1.2 * float(history().values[name].max() + noise)


def _known(name: str, years: Years) -> pd.Series[float]:
    """The values of a series in some years."""
    return history().values[name].dropna().loc[years[0] : years[1]]


def _within(spans: Spans, years: Years) -> Spans:
    """The spans of levers, cut to some years."""
    first, last = years
    return {
        lever: [(max(start, first), min(end, last), at) for start, end, at in every if start <= last and end >= first]
        for lever, every in spans.items()
    }


def _events_within(years: Years) -> list[tuple[int, Event]]:
    """The events in some years, each with its number in the whole list."""
    numbered = enumerate(history().events.values(), 1)
    return [(number, event) for number, event in numbered if years[0] <= event.year <= years[1]]


def _ticks(first: int, last: int, small: bool) -> list[int]:
    """Every fifth year and both ends; on a narrow page every tenth of many, and no first."""
    if small and last - first > 15:
        return [*(year for year in range(first, last - 4) if year % 10 == 5), last]
    return [first, *(year for year in range(first + 2, last - 1) if year % 5 == 0), last]


def _bars(levers: Spans, bar: float, ink: Ink) -> dict[str, Any]:
    """All levers' positions as bars, each in its own row."""
    spans = [(row, lever, *span) for row, lever in enumerate(levers) for span in levers[lever] if span[2]]
    return {
        "type": "bar",
        "name": "levers",
        "yaxis": "y2",
        "x": [(first + last) / 2 for _, _, first, last, _ in spans],
        "width": [last - first + 1 for _, _, first, last, _ in spans],
        "base": [len(levers) - 1 - row for row, *_ in spans],
        "y": [bar * percent / 100 for *_, percent in spans],
        "marker": {"color": ink.muted, "line": {"width": 0}},
        "text": [
            f"{catalog().levers[lever].name} {percent} %, {first}" + f"–{last}" * (last > first)
            for _, lever, first, last, percent in spans
        ],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _tracks(count: int, years: Years, bar: float, ink: Ink) -> list[dict[str, Any]]:
    """What a bar would fill at 100 %."""
    return [
        {
            "type": "rect",
            "layer": "below",
            "yref": "y2",
            "x0": years[0] - 0.5,
            "x1": years[1] + 0.5,
            "y0": row,
            "y1": row + bar,
            "fillcolor": ink.grid,
            "line": {"width": 0},
        }
        for row in range(count)
    ]


def _names(levers: list[str], bar: float, ink: Ink) -> list[dict[str, Any]]:
    """The levers' names above their bars."""
    return [
        {
            "text": catalog().levers[lever].name,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": len(levers) - 1 - row + bar,
            "yref": "y2",
            "yanchor": "bottom",
            "showarrow": False,
            "bgcolor": ink.paper,
            "font": {"size": 13, "color": ink.text},
        }
        for row, lever in enumerate(levers)
    ]


def _levers_head(small: bool, ink: Ink) -> dict[str, Any]:
    """What the bars are, above them."""
    return {
        "text": "<b>US levers as they stood</b>" + ", 0 to 100 %; late 2021 is 0" * (not small),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yref": "y2 domain",
        "yanchor": "bottom",
        "yshift": 6 if small else 0,
        "showarrow": False,
        "bgcolor": ink.paper,
        "font": {"size": 13, "color": ink.text},
    }


def _events(years: Years, small: bool, ink: Ink) -> dict[str, Any]:
    """Numbers of the events, filled where a warning goes with one; on a narrow page in two rows."""
    numbered = _events_within(years)
    events = [event for _, event in numbered]
    warned = [bool(event.warning) for event in events]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "events",
        "yaxis": "y3",
        "x": [event.year for event in events],
        "y": [0.26 + 0.5 * ((number - 1) % 2) if small else 0.5 for number, _ in numbered],
        "marker": {
            "size": 20,
            "color": [ink.text if filled else ink.paper for filled in warned],
            "line": {"color": ink.text, "width": 1.5},
        },
        "text": [str(number) for number, _ in numbered],
        "textfont": {"size": 13, "color": [ink.paper if filled else ink.text for filled in warned]},
        "hovertext": [f"{event.year}: {event.title}" for event in events],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _events_down(years: Years, ink: Ink, top: float) -> list[dict[str, Any]]:
    """A thin line from each event through series and levers."""
    return [
        {
            "type": "line",
            "layer": "below",
            "yref": "paper",
            "x0": event.year,
            "x1": event.year,
            "y0": 0,
            "y1": top,
            "line": {"color": ink.baseline, "width": 1, "dash": "dot"},
        }
        for _, event in _events_within(years)
    ]


def _scale(name: str, small: bool, ink: Ink) -> list[dict[str, Any]]:
    """What the ends of the scale stand for, at its ends."""
    zero, hundred = told.scale_ends(name)
    unit = history().series[name].unit
    top = f"100 is {hundred}" if hundred else "higher is closer" if told.on_scale(name) else unit
    plain: dict[str, Any] = {
        "xref": "paper",
        "showarrow": False,
        "font": {"size": 13, "color": ink.muted},
        "bgcolor": ink.paper,
    }
    said = [{**plain, "text": top, "x": 0, "xanchor": "left", "y": 1, "yref": "y domain", "yanchor": "top"}]
    if zero:
        bottom = {"x": 1, "xanchor": "right", "y": 0, "yref": "y domain", "yanchor": "bottom"}
        said.append({**plain, "text": f"0 is {zero}", **bottom})
    return [{**one, "text": one["text"].replace(", ", ",<br>")} if small else one for one in said]


def _ends(name: str, years: Years, ink: Ink) -> list[dict[str, Any]]:
    """The first and the last value at their points; the first where neither the line nor a mark above it passes."""
    values = _known(name, years)
    marked = values.index[0] in {mark.first for mark in _marked(name, years, *reach(name))}
    at_the_foot = values.iloc[0] < 0.1 * reach(name)[1]
    below = not at_the_foot and (marked or values.iloc[1] > values.iloc[0])
    return [
        {
            "text": f"<b>{told.number_words(name, float(values.iloc[place]))}</b>",
            "x": int(values.index[place]),
            "y": float(values.iloc[place]),
            "xanchor": "left",
            "xshift": shift,
            "yanchor": anchor,
            "showarrow": False,
            "font": {"size": 18, "color": ink.text},
        }
        for place, shift, anchor in ((0, -4, "top" if below else "bottom"), (-1, 6, "bottom"))
    ]


def _stretches(name: str, years: Years, low: float, high: float, ink: Ink) -> list[dict[str, Any]]:
    """A line over the years in which the series rose most, and over those in which it moved least."""
    return [
        {
            "type": "line",
            "x0": mark.first,
            "x1": mark.last,
            "y0": mark.height,
            "y1": mark.height,
            "line": {"color": ink.text, "width": 2},
        }
        for mark in _marked(name, years, low, high)
    ]


def _stretch_words(name: str, years: Years, low: float, high: float, small: bool, ink: Ink) -> list[dict[str, Any]]:
    return [
        {
            "text": f"<b>{mark.words.replace(': ', ':<br>') if small else mark.words}</b>",
            "x": (mark.first + mark.last) / 2,
            "y": mark.height,
            "yanchor": "bottom" if mark.above else "top",
            "yshift": 2 if mark.above else -2,
            "showarrow": False,
            "bgcolor": faint(ink.paper, 0.8),
            "font": {"size": 14, "color": ink.text},
        }
        for mark in _marked(name, years, low, high)
    ]


def _marked(name: str, years: Years, low: float, high: float) -> list[Mark]:
    """The marks of the stretches of a series that lie in some years; none where it has no stretches."""
    found = told.stretches(name)
    if found is None:
        return []
    steep = _mark(name, found.steepest, "rose most", low, high)
    flat = _mark(name, found.flattest, "moved least", low, high)
    if steep.first <= flat.last and flat.first <= steep.last:  # else their words lie over one another
        steep = steep._replace(height=max(steep.height, flat.height + APART * (high - low)))
    return [mark for mark in (steep, flat) if years[0] <= mark.first and mark.last <= years[1]]


def _mark(name: str, stretch: told.Stretch, word: str, low: float, high: float) -> Mark:
    """A mark above the line, or below it where the line is so high that there is no room."""
    values = history().values[name].loc[stretch.first : stretch.last]
    away = (history().series[name].noise.value or 0) + 0.05 * (high - low)
    top, bottom = float(values.max()) + away, float(values.min()) - away
    above = top <= HIGHEST * high
    return Mark(stretch.first, stretch.last, top if above else bottom, f"{word}: {signed(stretch.step)}", above)

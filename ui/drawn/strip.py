"""The strip: the shift in the last year, a row a worldview, on one axis that is the same everywhere.

Left of 0 Russia and China are further apart than with no levers, right of it closer. Dots are worlds, the bar holds 80
of 100, the marker is the middle; hollow, where it stood before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from model.analysis.goals import Goal
from model.assumptions.edits import identities
from ui.drawn.figures import Figure, axis, in_tens, layout
from ui.drawn.palette import INKS, Ink, faint, mark_of
from ui.links.asked import Prediction
from ui.told import words
from ui.told.numbers import CardNumbers

SHIFTS = (-40.0, 10.0)  # the axis at first; it is widened where the numbers ask for it
DOTS_HIGH = 17  # the most dots that a row stacks without overlap
FADED = 0.4
ROWS = 4  # for which there is room at least, so that fewer are no taller
EDGE = 18  # pixels at the left, for half of the axis's first number
TICKS = tuple(range(-100, 101, 10))
BASE, TOP = 0.2, 0.95  # of a row: where its bar lies, and where its dots end


def shift_range(
    cards: Sequence[CardNumbers], goals: Sequence[Goal] = (), prediction: Prediction | None = None
) -> tuple[float, float]:
    """The axis of shifts: widened in tens until it holds every dot, goal and prediction."""
    marks = [float(goal.value) for goal in goals if goal.outcome == "shift"]
    marks += [prediction.low, prediction.high] if prediction else []
    ends = [float(end) for card in cards for end in (card.dots.min(), card.dots.max())]
    return in_tens(SHIFTS, marks + ends)


def strip(
    cards: Sequence[CardNumbers],
    theme: str,
    *,
    moved: bool = True,
    ghosts: Sequence[CardNumbers] = (),
    goals: Sequence[Goal] = (),
    prediction: Prediction | None = None,
    alone: str = "",
    small: bool = False,
) -> Figure:
    """The shift of each worldview in the last year, one row each.

    Args:
        cards: the worldviews shown, in their own order.
        moved: whether any lever is; without, every marker stands at 0.
        ghosts: where the worldviews stood before, or would stand, as hollow markers.
        goals: those for the shift stand as lines. prediction: a band behind the rows.
        alone: the worldview that is looked at by itself; the others fade and stay.
        small: for a narrow page: rows of one line, without dots.

    The number and kinds of traces depend on nothing but the number of cards, so that one picture can pass into another.
    """
    ink, rows = INKS[theme], len(cards)
    base = {card.worldview: rows - 1 - i + (0.5 if small else BASE) for i, card in enumerate(cards)}
    there = {card.worldview: 1.0 if alone in ("", card.worldview) else FADED for card in cards}
    reach = shift_range(cards, goals, prediction)
    opacity = {worldview: value * moved for worldview, value in there.items()}
    traces = [] if small else [_dots(cards, base, opacity, theme)]
    traces += [_bar(card, base[card.worldview], opacity[card.worldview], theme) for card in cards]
    traces += [
        _hollow(cards, ghosts, base, theme, small),
        _middles(cards, base, there, theme, small),
        _key(cards, there, theme, small),
    ]
    figure = layout(ink, None)
    figure |= {
        "margin": {"l": EDGE, "r": 62 if small else 92, "t": 22 if small else 26, "b": 24},
        "xaxis": axis(
            ink,
            range=list(reach),
            tickvals=TICKS[:: 2 if small else 1],
            ticktext=[words.signed(tick) for tick in TICKS[:: 2 if small else 1]],
            zeroline=True,
            zerolinecolor=ink.text,
            zerolinewidth=1.5,
            tickfont={"size": 13 if small else 14, "color": ink.muted},
            tickangle=0,
        ),
        "xaxis2": {"range": [0, 1], "overlaying": "x", "visible": False, "fixedrange": True},
        "yaxis": {"range": [min(0, rows - ROWS), rows], "visible": False, "fixedrange": True},
        "annotations": [
            *_words(cards, theme, moved, there, small),
            *([_hollow_told(moved, ink)] if small and ghosts else []),
        ],
        "shapes": [
            *_separators(rows, ink, small),
            *_prediction(prediction, rows, ink),
            *_goal_lines(goals, rows, ink),
        ],
    }
    return {"data": traces, "layout": figure}


def _dots(
    cards: Sequence[CardNumbers], base: dict[str, float], opacity: dict[str, float], theme: str
) -> dict[str, Any]:
    """Quantile dot plots, one a row: each dot is 2 of 100 worlds, stacked in columns of whole points."""
    x: list[int] = []
    y: list[float] = []
    colours: list[str] = []
    for card in cards:
        bins = np.round(np.sort(card.dots.astype(float))).astype(int)
        stacked = np.arange(len(bins)) - np.searchsorted(bins, bins)
        height = (TOP - BASE - 0.14) / max(DOTS_HIGH, int(stacked.max()) + 1)
        x += bins.tolist()
        y += np.round(base[card.worldview] + 0.14 + (stacked + 0.5) * height, 3).tolist()
        colour, seen = mark_of(card.worldview, theme).colour, opacity[card.worldview]
        colours += [colour if seen == 1 else faint(colour, seen)] * len(bins)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "worlds",
        "x": x,
        "y": y,
        "marker": {"color": colours, "size": 5},
        "hovertemplate": "shift %{x:.0f}; each dot is 2 of 100 assumed worlds<extra></extra>",
    }


def _bar(card: CardNumbers, base: float, opacity: float, theme: str) -> dict[str, Any]:
    """80 of 100 worlds."""
    low, _, high = card.shift
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{_short(card)} 80 of 100",
        "x": [round(low, 1), round(high, 1)],
        "y": [base, base],
        "line": {"color": faint(mark_of(card.worldview, theme).colour, 0.45), "width": 9},
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def _hollow(
    cards: Sequence[CardNumbers], ghosts: Sequence[CardNumbers], base: dict[str, float], theme: str, small: bool
) -> dict[str, Any]:
    """Hollow markers, wider than the filled ones, so that one stays in sight around what stands in its place."""
    earlier = {ghost.worldview: ghost.shift[1] for ghost in ghosts}
    styles = [mark_of(card.worldview, theme) for card in cards]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "before",
        "x": [round(earlier.get(card.worldview, card.shift[1]), 1) for card in cards],
        "y": [base[card.worldview] for card in cards],
        "marker": {
            "color": [style.colour for style in styles],
            "symbol": [f"{style.marker}-open" for style in styles],
            "size": 18 if small else 22,
            "line": {"width": 2},
        },
        "opacity": float(bool(ghosts)),
        "hoverinfo": "skip",
    }


def _middles(
    cards: Sequence[CardNumbers], base: dict[str, float], there: dict[str, float], theme: str, small: bool
) -> dict[str, Any]:
    styles = [mark_of(card.worldview, theme) for card in cards]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "middle",
        "x": [round(card.shift[1], 1) for card in cards],
        "y": [base[card.worldview] for card in cards],
        "marker": {
            "color": [style.colour for style in styles],
            "symbol": [style.marker for style in styles],
            "size": 15 if small else 18,
            "opacity": [there[card.worldview] for card in cards],
            "line": {"color": INKS[theme].paper, "width": 2},
        },
        "text": [_short(card) for card in cards],
        "hovertemplate": "%{text}: middle shift %{x:.0f}<extra></extra>",
        "cliponaxis": False,
    }


def _key(cards: Sequence[CardNumbers], there: dict[str, float], theme: str, small: bool) -> dict[str, Any]:
    """Each worldview's marker before its name."""
    rows, styles = len(cards), [mark_of(card.worldview, theme) for card in cards]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "key",
        "x": [0] * rows,
        "y": [rows - i - (0.5 if small else 0.17) for i in range(rows)],
        "xaxis": "x2",
        "marker": {
            "color": [style.colour for style in styles],
            "symbol": [style.marker for style in styles],
            "size": 12 if small else 13,
            "opacity": [there[card.worldview] for card in cards],
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _short(card: CardNumbers) -> str:
    return identities()[card.worldview].short


def _words(
    cards: Sequence[CardNumbers], theme: str, moved: bool, there: dict[str, float], small: bool
) -> list[dict[str, Any]]:
    """Names at the left, numbers at the right, and above what the two sides of 0 mean."""
    ink, rows, views = INKS[theme], len(cards), identities()
    at = {"showarrow": False, "xref": "paper", "yref": "y", "borderpad": 0}
    head = {**at, "xref": "x", "x": 0, "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 3}
    side = {"size": 13 if small else 14, "color": ink.text}
    notes: list[dict[str, Any]] = [
        {**head, "text": "← further apart", "xanchor": "right", "xshift": -8, "font": side},
        {**head, "text": "closer →", "xanchor": "left", "xshift": 8, "font": side},
    ]
    for i, card in enumerate(cards):
        view, style, top = views[card.worldview], mark_of(card.worldview, theme), rows - i
        paper = faint(ink.paper, 0.8)
        left = {**at, "x": 0, "xanchor": "left", "xshift": 12, "opacity": there[card.worldview], "bgcolor": paper}
        right = {**at, "x": 1, "xanchor": "right", "xshift": 58 if small else 88, "opacity": there[card.worldview]}
        number = f"<b>{words.signed(card.shift[1])}</b>"
        if small:
            row = {"y": top - 0.5, "yanchor": "middle"}
            name = {"size": 15, "color": ink.text}
            notes.append({**left, **row, "text": view.short, "font": name})
            notes.append({**right, **row, "text": number, "font": {"size": 22, "color": style.colour}})
            continue
        above = {**left, "y": top, "yanchor": "top"}
        notes.append({**above, "text": f"<b>{view.title}</b>", "yshift": -4, "font": {"size": 16, "color": ink.text}})
        if rows <= ROWS:  # else the dots need its place
            notes.append({**above, "text": view.gist, "yshift": -26, "font": {"size": 13, "color": ink.muted}})
        notes += [
            {**right, "text": number, "y": top - 0.46, "yanchor": "bottom", "yshift": -9}
            | {"font": {"size": 32, "color": style.colour}},
            {**right, "text": _beside(card, moved), "y": top - 0.46, "yanchor": "top", "yshift": 1, "align": "right"}
            | {"font": {"size": 13, "color": ink.muted}},
        ]
    return notes


def _hollow_told(moved: bool, ink: Ink) -> dict[str, Any]:
    """What is hollow, below the numbers of a narrow page, which has no room for it elsewhere."""
    text = "hollow: before" if moved else "hollow: opening hand"
    place = {"xref": "paper", "x": 1, "xanchor": "right", "xshift": 58, "yref": "paper", "y": 0, "yanchor": "top"}
    return {**place, "yshift": -4, "text": text, "showarrow": False, "font": {"size": 13, "color": ink.muted}}


def _beside(card: CardNumbers, moved: bool) -> str:
    """Below the number: which way it is, and the ends of the bar."""
    if not moved:
        return "no lever moved"
    return f"{words.way(card.shift[1])}<br>{words.signed(card.shift[0])} to {words.signed(card.shift[2])}"


def _separators(rows: int, ink: Ink, small: bool) -> list[dict[str, Any]]:
    line = {"color": ink.grid, "width": 1}
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": line, "layer": "below"}
    return [] if small else [{**across, "y0": row, "y1": row} for row in range(1, rows)]


def _prediction(prediction: Prediction | None, rows: int, ink: Ink) -> list[dict[str, Any]]:
    """The interval that a reader predicted, as a band behind the rows; none where nothing was predicted."""
    if not prediction:
        return []
    box = {"x0": prediction.low, "x1": prediction.high, "y0": 0, "y1": rows}
    return [{"type": "rect", **box, "fillcolor": faint(ink.baseline, 0.2), "line": {"width": 0}, "layer": "below"}]


def _goal_lines(goals: Sequence[Goal], rows: int, ink: Ink) -> list[dict[str, Any]]:
    """Goals for the shift as upright lines; the words beside the chart say which side is asked for."""
    line = {"color": ink.text, "width": 1.5, "dash": "longdashdot"}
    return [
        {"type": "line", "x0": goal.value, "x1": goal.value, "y0": 0, "y1": rows, "line": line}
        for goal in goals
        if goal.outcome == "shift"
    ]

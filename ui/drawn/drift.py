"""The drift: alignment over the years, all worldviews in one chart, with the path without levers on top.

The finding is that some lines stay on the dashes and others leave them, so they share one axis. Bands of four
worldviews would cover one another, so one is drawn, that of the worldview that moves most; the strip has the others.
Left of the start stands what was observed, on the same axes: a year is as wide there, so that slopes can be compared,
and the line ends apart from the start, because it measures two of the six domains that the start is a mean of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from model.analysis.goals import Goal
from model.assumptions.edits import identities
from ui.drawn.figures import Figure, axis, band, in_tens, layout, spread
from ui.drawn.palette import INKS, Ink, faint, mark_of
from ui.told.numbers import CardNumbers, moves_most

LEVELS = (30.0, 80.0)  # the axis at first; it is widened where the numbers ask for it
NAMES, NARROW_NAMES = 156, 104  # pixels at the right for the names and numbers of the worldviews
NUMBER, NARROW_NUMBER = 22, 18  # size of the numbers at the ends
OWN = re.compile(r" <span[^>]*>\([0-9]+\)</span>")  # where a view ends without levers, behind its name
NOTHING: Mapping[int, float] = {}  # where nothing was observed
BESIDE_START, NARROW_BESIDE_START = 36, 10  # pixels from the start to the words on the dashes, right of its number
ABOVE_START, NARROW_ABOVE_START = 17, 26  # pixels from the start to its number: narrow pictures have steeper lines
ALONG = "along"  # words along the lines, for which a very small picture has no room
# At the line of the past, in the words that fit beside it: why it does not end at the start.
APART = "<b>{end}</b>: votes and<br>trade only<br><b>{start}</b>: all six<br>domains"
SHORTER = "votes, trade;<br><b>{start}</b>: six<br>domains"
NARROWER = ("votes and<br>trade only", "votes<br>and trade<br>only")
LABEL_GAP = 4.6  # points of alignment between the names at the ends of the lines


def level_range(
    cards: Sequence[CardNumbers], goals: Sequence[Goal] = (), past: Mapping[int, float] = NOTHING
) -> tuple[float, float]:
    """The axis of alignment: widened in tens until it holds every 80-of-100 band, every goal and what was observed."""
    start = float(cards[0].no_lever[1, 0])
    marks = [goal.value + (start if goal.outcome == "change" else 0.0) for goal in _level_goals(goals)]
    fans = [fan for card in cards for fan in (card.scenario, card.no_lever)]
    return in_tens(LEVELS, [*marks, *past.values(), *(float(f.min()) for f in fans), *(float(f.max()) for f in fans)])


def drift(
    cards: Sequence[CardNumbers],
    theme: str,
    *,
    moved: bool = True,
    ghosts: Sequence[CardNumbers] = (),
    goals: Sequence[Goal] = (),
    alone: str = "",
    past: Mapping[int, float] = NOTHING,
) -> Figure:
    """The paths of the worldviews with the levers, and what they would be without.

    Args:
        cards: the worldviews shown, in their own order.
        moved: whether any lever is; without, there is nothing but the drift.
        ghosts: where they stood before the last change, as dotted lines.
        goals: those for alignment lie across as lines.
        alone: the worldview that is drawn by itself, with its own dashes, bands and single worlds.
        past: what was observed up to the start, by year; nothing where nothing is on record.

    The number and kinds of traces depend on nothing but the number of cards, so that one picture can pass into another.
    """
    ink = INKS[theme]
    years = list(cards[0].years)
    drawn = [card for card in cards if card.worldview == alone] or list(cards)
    most = drawn[0] if len(drawn) == 1 else moves_most(cards)
    levers, none = float(moved), [card.no_lever[1] for card in drawn]
    lowest, highest = np.min(none, axis=0), np.max(none, axis=0)
    single = most if len(drawn) == 1 else None
    spans = np.stack([lowest, (lowest + highest) / 2, highest]) if single is None else single.no_lever
    banded = most if most is not None and moved else None
    earlier = {ghost.worldview: ghost.scenario[1] for ghost in ghosts}
    seen = {card.worldview for card in drawn}
    traces = [
        {**band(years, spans, faint(ink.baseline, 0.2 if single else 0.35)), "name": "without levers, all views"},
        {
            **band(years, banded.scenario if banded else spans, _colour(banded, theme, 0.16)),
            "name": "80 of 100 worlds",
            "opacity": float(banded is not None),
        },
        _worlds(years, single.no_lever_worlds if single else None, faint(ink.baseline, 0.45), "worlds without levers"),
        _worlds(years, single.scenario_worlds if single and moved else None, _colour(single, theme, 0.5), "worlds"),
    ]
    for card in cards:
        colour, here = mark_of(card.worldview, theme).colour, card.worldview in seen
        before = earlier.get(card.worldview, card.scenario[1])
        ghost = {"color": colour, "width": 1.5, "dash": "dot"}
        traces.append(_line(years, before, ghost, "before the last change", card, card.worldview in earlier and here))
    for card in cards:
        style = {"color": mark_of(card.worldview, theme).colour, "width": 3.5}
        traces.append(_line(years, card.scenario[1], style, "with levers", card, moved and card.worldview in seen))
    traces += [
        {**_line(years, spans[1], {"color": ink.paper, "width": 5}, "halo"), "hoverinfo": "skip"},
        _line(years, spans[1], {"color": ink.text, "width": 2.5, "dash": "6px,5px"}, "without levers"),
        _ends(
            cards, theme, "own end without levers", levers, seen, [float(c.no_lever[1, -1]) for c in cards], tick=True
        ),
        _ends(cards, theme, "end", levers, seen, [float(c.scenario[1, -1]) for c in cards]),
        {
            "type": "scatter",
            "mode": "markers",
            "name": "start",
            "x": [years[0]],
            "y": [round(float(spans[1, 0]), 1)],
            "marker": {"color": ink.text, "size": 11, "line": {"color": ink.paper, "width": 1.5}},
            "cliponaxis": False,
            "hoverinfo": "skip",
        },
        _observed(past, round(float(spans[1, 0])), ink),
    ]
    reach = level_range(cards, goals, past)
    figure = layout(ink, None)
    figure |= {
        "margin": {"l": 34, "r": NAMES, "t": 12, "b": 28},
        "xaxis": axis(
            ink,
            range=[min(past, default=years[0]), years[-1]],
            tickvals=_ticks(years, past),
            tickformat="d",
            tickfont={"size": 14, "color": ink.muted},
            showgrid=False,
        ),
        "yaxis": axis(ink, range=list(reach), dtick=10, tickfont={"size": 14, "color": ink.muted}),
        "annotations": [
            *_words(drawn, spans, moved, theme, reach),
            *observed_words(past, float(spans[1, 0]), reach, ink),
        ],
        "shapes": [
            *_connectors(drawn, spans, moved, theme, reach),
            *_goal_lines(goals, float(spans[1, 0]), ink),
            *_start_line(past, years[0], ink),
        ],
    }
    return {"data": traces, "layout": figure}


def narrow(figure: Figure) -> dict[str, Any]:
    """The layout of a drift on a narrow page: smaller names at the ends, without brackets; the traces are the same."""
    shown = figure["layout"]
    notes = [
        note
        | {
            "font": note["font"] | {"size": max(13, round(0.85 * note["font"]["size"]))},
            "text": OWN.sub("", note["text"])
            .replace(f"font-size:{NUMBER}px", f"font-size:{NARROW_NUMBER}px")
            .replace(*NARROWER),
        }
        | ({"xshift": NARROW_BESIDE_START} if note.get("xshift") == BESIDE_START else {})
        | ({"yshift": NARROW_ABOVE_START} if note.get("yshift") == ABOVE_START else {})
        for note in shown["annotations"]
    ]
    return {"layout": shown | {"margin": shown["margin"] | {"r": NARROW_NAMES}, "annotations": notes}}


def _colour(card: CardNumbers | None, theme: str, alpha: float) -> str:
    return faint(mark_of(card.worldview, theme).colour if card else INKS[theme].baseline, alpha)


def _ticks(years: Sequence[int], past: Mapping[int, float] = NOTHING) -> list[int]:
    """The first, the middle and the last year, and the first that was observed."""
    return sorted({min(past, default=years[0]), years[0], years[len(years) // 2], years[-1]})


def _observed(past: Mapping[int, float], start: int, ink: Ink) -> dict[str, Any]:
    """What was observed, a dot a year; a hand over it hears why it ends apart from the start."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "observed",
        "x": list(past),
        "y": [round(value, 1) for value in past.values()],
        "line": {"color": ink.muted, "width": 1.5},
        "marker": {"color": ink.muted, "size": 5},
        "cliponaxis": False,
        "hovertemplate": "%{x}, observed, votes and trade only: %{y:.0f}"
        f"<br>The model starts from six domains, at {start}<extra></extra>",
    }


def observed_words(
    past: Mapping[int, float],
    start: float,
    reach: tuple[float, float],
    ink: Ink,
    size: int = 13,
    *,
    number: bool = True,
) -> list[Figure]:
    """Where the observed line ends, and why it does not end at the start: of what each of the two is a mean.

    The words stand beside the start, below the line or above it, where there is more room. Without `number` its end
    has none, and fewer words.
    """
    if not past:
        return []
    last, (low, high) = max(past), reach
    plain = {"showarrow": False, "xanchor": "right", "x": last, "font": {"size": size, "color": ink.muted}}
    heights = [*past.values(), start]
    below = min(heights) - low > high - max(heights)
    height, anchor = (min(heights), "top") if below else (max(heights), "bottom")
    high_up = past[last] > high - 0.1 * (high - low)  # no room above it on a low chart
    end = {"y": past[last], "xshift": -3, "text": f"<b>{past[last]:.0f}</b>"}
    end |= {"yanchor": "top", "yshift": -5} if high_up else {"yanchor": "bottom", "yshift": 1}
    said = {"y": height, "yanchor": anchor, "xshift": -6, "align": "right", "yshift": -6 if below else 6 + size}
    words = (APART if number else SHORTER).format(end=round(past[last]), start=round(start))
    at_end = [{**plain, **end, "font": {"size": size + 3, "color": ink.muted}}] * number
    return [*at_end, {**plain, **said, "name": ALONG, "text": words}]


def _start_line(past: Mapping[int, float], start: int, ink: Ink) -> list[dict[str, Any]]:
    """Where what was observed ends and what is worked out begins."""
    line = {"type": "line", "layer": "below", "yref": "paper", "x0": start, "x1": start, "y0": 0, "y1": 1}
    return [{**line, "name": "start", "line": {"color": faint(ink.baseline, 0.5), "width": 1}}] if past else []


def _line(
    years: list[int], values: Any, line: dict[str, Any], name: str, card: CardNumbers | None = None, seen: bool = True
) -> dict[str, Any]:
    short = f"{identities()[card.worldview].short}, " if card else ""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{short}{name}",
        "x": years,
        "y": np.round(values, 1).tolist(),
        "line": line,
        "opacity": float(seen),
        "hoverinfo": "text" if seen else "skip",
        "hovertemplate": f"%{{x}}, {short}{name}: %{{y:.0f}}<extra></extra>" if seen else "",
    }


def _worlds(years: list[int], lines: Any, colour: str, name: str) -> dict[str, Any]:
    """Thin lines, one a world, in one trace; `lines` is (worlds, years), or None."""
    x: list[int | None] = []
    y: list[float | None] = []
    for line in [] if lines is None else np.round(lines.astype(float), 1).tolist():
        x += [*years, None]
        y += [*line, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 0.9},
        "hoverinfo": "skip",
    }


def _ends(
    cards: Sequence[CardNumbers],
    theme: str,
    name: str,
    opacity: float,
    seen: set[str],
    ends: Sequence[float],
    tick: bool = False,
) -> dict[str, Any]:
    """The worldviews' markers where their lines end, or short ticks where they would end without levers."""
    ink, styles = INKS[theme], [mark_of(card.worldview, theme) for card in cards]
    colours = [style.colour for style in styles]
    size = [(18 if tick else 13) if card.worldview in seen else 0 for card in cards]
    marker: dict[str, Any] = {"color": colours, "size": size, "opacity": 1, "line": {"color": ink.paper, "width": 1}}
    marker["symbol"] = [style.marker for style in styles]
    if tick:
        marker |= {"symbol": "line-ew", "line": {"color": colours, "width": 3}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [cards[0].years[-1]] * len(cards),
        "y": [round(end, 1) for end in ends],
        "marker": marker,
        "opacity": opacity,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _label_heights(drawn: Sequence[CardNumbers], reach: tuple[float, float]) -> list[float]:
    """Where the names at the ends of the lines stand, so that none covers another."""
    ends = np.array([float(card.scenario[1, -1]) for card in drawn])
    return [float(y) for y in spread(ends, reach, LABEL_GAP * (reach[1] - reach[0]) / 50)]


def _words(
    drawn: Sequence[CardNumbers],
    spans: Any,
    moved: bool,
    theme: str,
    reach: tuple[float, float],
) -> list[dict[str, Any]]:
    """Names and numbers at the ends, the start, and what the dashes are."""
    ink, years = INKS[theme], drawn[0].years
    plain = {"showarrow": False, "xanchor": "left", "font": {"size": 16, "color": ink.text}}
    start, low, high = round(float(spans[1, 0])), *_ends_told(drawn)
    without = f"{low}" if low == high else f"{low} to {high}"
    notes = [
        {
            **plain,
            "text": f"<b>{start}</b>",
            "x": years[0],
            "y": float(spans[1, 0]),
            "xshift": 2,
            "yshift": ABOVE_START,
            "font": {"size": NUMBER, "color": ink.text},
        }
    ]
    if moved:
        at = len(years) * 2 // 5
        notes.append(
            {
                "name": ALONG,
                "text": f"<b>Without levers:<br>{start} to {without.replace(' to ', '–')}</b>",
                "x": years[0],
                "y": _told_at(spans, at, reach),
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "align": "left",
                "xshift": BESIDE_START,
                "bgcolor": faint(ink.paper, 0.75),
                "font": {"size": 15, "color": ink.text},
            }
        )
        for card, height in zip(drawn, _label_heights(drawn, reach), strict=True):
            colour, short = mark_of(card.worldview, theme).colour, identities()[card.worldview].short
            number = (
                f'<span style="color:{colour};font-size:{NUMBER}px"><b>{round(float(card.scenario[1, -1]))}</b></span>'
            )
            own = f'<span style="color:{ink.muted}">({round(float(card.no_lever[1, -1]))})</span>'
            notes.append(
                {**plain, "text": f"{number} {short} {own}", "x": 1, "xref": "paper", "xshift": 22, "y": height}
            )
    else:
        notes.append(
            {
                **plain,
                "text": f"<b>{without.replace(' to ', '–')}</b>",
                "x": 1,
                "xref": "paper",
                "xshift": 12,
                "y": float(spans[1, -1]),
                "font": {"size": 30, "color": ink.text},
            }
        )
        at = len(years) // 2
        told = "no lever moved" if len(drawn) == 1 else "no lever moved, any view"
        notes.append({**plain, "name": ALONG, "text": told, "x": years[at], "y": float(spans[0, at]), "yshift": -22})
    return notes


def _ends_told(drawn: Sequence[CardNumbers]) -> tuple[int, int]:
    """The lowest and the highest end without levers, whole points."""
    ends = [round(float(card.no_lever[1, -1])) for card in drawn]
    return min(ends), max(ends)


def _told_at(spans: Any, at: int, reach: tuple[float, float]) -> float:
    """Where the words on the dashes stand: above them, with room for two lines below the end of the axis."""
    dashes, span = float(spans[1, at]), reach[1] - reach[0]
    return max(min(dashes + 0.13 * span, reach[0] + 0.8 * span), dashes + 0.03 * span)


def _connectors(
    drawn: Sequence[CardNumbers], spans: Any, moved: bool, theme: str, reach: tuple[float, float]
) -> list[dict[str, Any]]:
    """Thin lines from the words to the dashes, and from the ends of the paths to names that had to give way."""
    if not moved:
        return []
    years, at = drawn[0].years, len(drawn[0].years) * 2 // 5
    lead = {  # from the words on the dashes down to them; an arrow would cost a browser more than a line
        "type": "line",
        "x0": years[at],
        "y0": _told_at(spans, at, reach),
        "x1": years[at],
        "y1": float(spans[1, at]),
        "line": {"color": INKS[theme].text, "width": 1},
    }
    return [lead] + [
        {
            "type": "path",
            "xref": "paper",
            "yref": "y",
            "xsizemode": "pixel",
            "xanchor": 1,
            "path": f"M 9 {float(card.scenario[1, -1]):.1f} L 20 {height:.1f}",
            "line": {"color": mark_of(card.worldview, theme).colour, "width": 1.2},
        }
        for card, height in zip(drawn, _label_heights(drawn, reach), strict=True)
    ]


def _level_goals(goals: Sequence[Goal]) -> list[Goal]:
    return [goal for goal in goals if goal.outcome in ("level", "change")]


def _goal_lines(goals: Sequence[Goal], start: float, ink: Ink) -> list[dict[str, Any]]:
    """Goals for alignment as lines across the chart; the words beside it say which side is asked for."""
    return [
        {
            "type": "line",
            "name": "goal",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": goal.value + (start if goal.outcome == "change" else 0),
            "y1": goal.value + (start if goal.outcome == "change" else 0),
            "line": {"color": ink.text, "width": 1.5, "dash": "longdashdot"},
        }
        for goal in _level_goals(goals)
    ]

"""The argument laid out once, for the page's script and for the still picture, and as a table. No streamlit.

Measures are in pixels where a letter of the page is 16 pixels high, and the picture is as narrow as it can be. On a
wider page boxes keep their size and the gaps between the columns take the rest: every point says which share of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.analysis.argument import COLUMNS, Argument, Edge, Node
from ui.drawn.figures import Figure, layout, note
from ui.drawn.palette import INKS, Ink
from ui.told.edge import NOTHING, carried, edge_label, node_amount

NARROWEST = 784
PAD, LINE = 8, 15.5  # inside a box: around its words, and from line to line
WIDEST, LETTER = 20, 6.2  # characters of a line in a box, and what one takes in bold, on the safe side
TOP, BELOW = 35, 12  # where the boxes begin, below the headings, and the least from box to box
THINNEST, INNER_FULL, DOMAIN_FULL = 1.25, 24, 40  # width of an edge: the least, and at strength 1 inside or to a domain
BADGE, BAR = 13, 5  # room for the sign before a domain, and for the bar where an edge holds back

APART, TOGETHER = "#2a86a8", "#b8860b"
STILL = 852  # width of the still picture between its edges
STEPS = np.linspace(0, 1, 25)[:, None]
BERNSTEIN = np.hstack([(1 - STEPS) ** 3, 3 * STEPS * (1 - STEPS) ** 2, 3 * STEPS**2 * (1 - STEPS), STEPS**3])
MOST_TOLD = 5  # edges that are read aloud
MEANINGS = {1: "drives Russia and China together", 0: "carries", -1: "drives them apart"}
COLOURS = {MEANINGS[1]: TOGETHER, MEANINGS[-1]: APART}
READING = (
    "Each line is a step of the argument, as thick as what it carries with the levers as set: a mean over the years "
    "shown and 1,000 assumed worlds, on the same scale under every worldview. Dashed: it holds back. Points are what "
    "the lines push in each domain over the years; the drift that goes on by itself, chance and NATO cohesion are not "
    "drawn. So they are means of what is pushed and not the shift in “Six domains”, which is the middle of all worlds "
    "against the run without levers."
)


# ---- where everything stands


class Point(NamedTuple):
    """A point of the picture at its narrowest, and the share of any further width by which it moves to the right."""

    x: float
    share: float
    y: float

    def across(self, further: float) -> float:
        """Its x in a picture that is so many pixels wider than the narrowest."""
        return self.x + self.share * further


class Box(NamedTuple):
    """A node: its upper left corner, its size and the lines of its title."""

    corner: Point
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.corner.y + self.height / 2

    def beside(self, right: float, y: float) -> Point:
        """The point at height `y`, so many pixels right of its left side."""
        return Point(self.corner.x + right, self.corner.share, y)


class Layout(NamedTuple):
    """The whole picture: its height, headings, boxes by node, and paths by edge in reading order.

    A path is its start and then, for every curve, two control points and the end, as in the SVG command C.
    """

    height: float
    headings: tuple[tuple[str, Point], ...]
    boxes: Mapping[str, Box]
    paths: Mapping[str, tuple[Point, ...]]


def laid_out(argument: Argument) -> Layout:
    """Nodes in columns, each as wide as its words, and edges that leave and arrive level and pass between boxes."""
    column_of = {node.key: COLUMNS.index(node.column) for node in argument.nodes}
    nodes = [[node for node in argument.nodes if node.column == column] for column in COLUMNS]
    lines = {node.key: _lines(node.title) for node in argument.nodes}
    corners, widths = _columns(argument.edges, column_of, lines)

    heights = {key: (len(told) + 1) * LINE + 19 for key, told in lines.items()}
    filled = [sum(heights[node.key] for node in column) for column in nodes]
    inner = max(taken + BELOW * (len(column) - 1) for taken, column in zip(filled, nodes, strict=True))
    boxes: dict[str, Box] = {}
    for column, corner, width, taken in zip(nodes, corners, widths, filled, strict=True):
        above = float(TOP)
        for node in column:
            at = corner._replace(y=above + node.place * (inner - taken))
            boxes[node.key] = Box(at, width, heights[node.key], lines[node.key])
            above += heights[node.key]

    leave = _ports(argument.edges, boxes, attrgetter("origin"), attrgetter("to"))
    reach = _ports(argument.edges, boxes, attrgetter("to"), attrgetter("origin"))
    paths = {}
    for edge in sorted(argument.edges, key=lambda edge: (column_of[edge.origin], leave[edge.key])):
        first, last = column_of[edge.origin], column_of[edge.to]
        before = BADGE if edge.points is not None else BAR if edge.holds_back else 0
        start = boxes[edge.origin].beside(widths[first], leave[edge.key])
        end = boxes[edge.to].beside(-before, reach[edge.key])
        passed = [[boxes[node.key] for node in column] for column in nodes[first + 1 : last]]
        paths[edge.key] = curves([start, *_lanes(start, end, passed, TOP + inner), end])
    headings = tuple(zip(argument.columns.values(), corners, strict=True))
    return Layout(TOP + inner + 4, headings, boxes, paths)


def _lines(title: str) -> tuple[str, ...]:
    """A title on as few lines as can be, and these as short as can be."""
    fewest = len(wrap(title, WIDEST))
    tried = (wrap(title, widest) for widest in range(1, WIDEST + 1))
    return next(tuple(lines) for lines in tried if len(lines) == fewest)


def _columns(
    edges: Sequence[Edge], column_of: Mapping[str, int], lines: Mapping[str, tuple[str, ...]]
) -> tuple[list[Point], list[float]]:
    """Where the headings begin and how wide the columns are; a gap with more edges takes more of what is left."""
    widths = [
        2 * PAD + LETTER * max(len(line) for key, told in lines.items() if column_of[key] == c for line in told)
        for c in range(len(COLUMNS))
    ]
    gaps = [(column_of[edge.origin], column_of[edge.to]) for edge in edges]
    busy = [14 + gaps.count((c, c + 1)) for c in range(len(COLUMNS) - 1)]
    left = NARROWEST - 4 - sum(widths)
    shares = [total / sum(busy) for total in accumulate(busy, initial=0)]
    starts = accumulate(widths[:-1], initial=2.0)
    return [Point(start + share * left, share, 14) for start, share in zip(starts, shares, strict=True)], widths


def _ports(
    edges: Sequence[Edge], boxes: Mapping[str, Box], own: Callable[[Edge], str], other: Callable[[Edge], str]
) -> dict[str, float]:
    """The height at which each edge meets one of its ends: in the order of its other ends, so that few cross."""
    found = {}
    for key, box in boxes.items():
        here = sorted((edge for edge in edges if own(edge) == key), key=lambda edge: boxes[other(edge)].middle)
        gap = min((box.height - 10) / max(len(here), 1), 15)
        for i, edge in enumerate(here):
            found[edge.key] = box.middle + (i - (len(here) - 1) / 2) * gap
    return found


def _lanes(start: Point, end: Point, columns: Sequence[Sequence[Box]], bottom: float) -> list[Point]:
    """The points between which an edge passes the columns on its way, as near as can be to the straight line."""
    stops = []
    for column in columns:
        first = column[0]
        along = (first.corner.x + first.width / 2 - start.x) / (end.x - start.x)
        wanted = start.y + along * (end.y - start.y)
        walls = [TOP - 10, *(y for box in column for y in (box.corner.y, box.corner.y + box.height)), bottom + 2]
        rooms = [(low, high, min((high - low) / 2, 9)) for low, high in zip(walls[::2], walls[1::2], strict=True)]
        fits = [min(max(wanted, low + edge), high - edge) for low, high, edge in rooms if high - low > 6]
        y = min(fits, key=lambda fit: abs(fit - wanted))
        stops += [first.beside(-4, y), first.beside(first.width + 4, y)]
    return stops


def curves(stops: Sequence[Point]) -> tuple[Point, ...]:
    """A smooth path that leaves, passes and reaches every stop level."""
    path = [stops[0]]
    for a, b in pairwise(stops):
        bend = 0.3 if a.y == b.y else 0.5
        path += [_between(a, b, bend, a.y), _between(a, b, 1 - bend, b.y), b]
    return tuple(path)


def _between(a: Point, b: Point, along: float, y: float) -> Point:
    return Point(a.x + along * (b.x - a.x), a.share + along * (b.share - a.share), y)


def thickness(edge: Edge) -> float:
    """How wide an edge is drawn; one that carries nothing is a hairline."""
    full = INNER_FULL if edge.points is None else DOMAIN_FULL
    return max(THINNEST, round(full * edge.strength, 2)) if edge.strength >= NOTHING else 1


# ---- the still picture


def figure(argument: Argument, theme: str) -> Figure:
    """The nodes, and the edges that carry something, as a Plotly figure whose axes count pixels."""
    ink, laid = INKS[theme], laid_out(argument)
    carrying = sorted((e for e in argument.edges if e.strength >= NOTHING), key=lambda e: -e.strength)
    first = {edge.sign: edge.key for edge in reversed(carrying)}
    heads = [
        _text(f"<b>{title}</b>", at.across(STILL - NARROWEST), at.y, ink, xanchor="left") for title, at in laid.headings
    ]
    drawn = layout(ink, round(laid.height) + 40)
    drawn |= {
        "margin": {"l": 24, "r": 24, "t": 20, "b": 20},
        "xaxis": {"visible": False, "range": [0, STILL]},
        "yaxis": {"visible": False, "range": [laid.height, 0]},
        "annotations": [*(_box(node, laid.boxes[node.key], ink) for node in argument.nodes), *heads],
    }
    lines = [_line(edge, laid.paths[edge.key], ink, first[edge.sign] == edge.key) for edge in carrying]
    return {"data": [*lines, _signs(carrying, laid, ink)], "layout": drawn}


def _text(text: str, x: float, y: float, ink: Ink, **place: Any) -> dict[str, Any]:
    return {**note(text, round(x, 1), round(y, 1), ink, **place), "xref": "x", "yref": "y"}


def _box(node: Node, box: Box, ink: Ink) -> dict[str, Any]:
    x = box.corner.across(STILL - NARROWEST) + box.width / 2
    return {
        **_text(f"<b>{'<br>'.join(box.lines)}</b><br>{node_amount(node)}", x, box.middle, ink),
        "width": box.width - 6,
        "height": box.height - 6,
        "bgcolor": ink.paper,
        "bordercolor": ink.baseline,
        "borderpad": 3,
        "font": {"size": 11, "color": ink.text},
    }


def _line(edge: Edge, path: Sequence[Point], ink: Ink, named: bool) -> dict[str, Any]:
    """An edge as a line through many points of its curves."""
    stops = np.array([(point.across(STILL - NARROWEST), point.y) for point in path])
    x, y = np.vstack([BERNSTEIN @ stops[i : i + 4] for i in range(0, len(stops) - 1, 3)]).round(1).T
    return {
        "type": "scatter",
        "mode": "lines",
        "name": MEANINGS[edge.sign],
        "showlegend": named,
        "x": x.tolist(),
        "y": y.tolist(),
        "opacity": 0.6,
        "line": {
            "color": {1: TOGETHER, 0: ink.baseline, -1: APART}[edge.sign],
            "width": thickness(edge),
            "dash": "dash" if edge.holds_back else "solid",
            "simplify": False,
        },
        "hoverinfo": "skip",
    }


def _signs(carrying: Sequence[Edge], laid: Layout, ink: Ink) -> dict[str, Any]:
    """A plus or minus where an edge reaches a domain, so that colour is not all that tells them apart."""
    signed = [edge for edge in carrying if edge.sign]
    ends = [laid.paths[edge.key][-1] for edge in signed]
    colours = [TOGETHER if edge.sign > 0 else APART for edge in signed]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "showlegend": False,
        "x": [round(end.across(STILL - NARROWEST) + 6, 1) for end in ends],
        "y": [round(end.y, 1) for end in ends],
        "marker": {"size": 12, "color": ink.paper, "opacity": 1, "line": {"width": 1.5, "color": colours}},
        "text": ["+" if edge.sign > 0 else "−" for edge in signed],
        "textfont": {"size": 12, "color": colours},
        "hoverinfo": "skip",
    }


# ---- in words and numbers


def alt(argument: Argument) -> str:
    """The strongest edges, for a screen reader."""
    strongest = sorted(argument.edges, key=lambda edge: -edge.strength)[:MOST_TOLD]
    return f"The strongest steps: {'; '.join(map(edge_label, strongest))}."


def table(argument: Argument) -> pd.DataFrame:
    """One row a step of the argument, in the order of the columns."""
    titles = {node.key: node.title for node in argument.nodes}
    return pd.DataFrame(
        [
            {
                "From": titles[edge.origin],
                "To": titles[edge.to],
                "What it says": edge.says,
                "Now": carried(edge),
                "Of 100 that it could carry": 100 * edge.strength,
                "Points of alignment": edge.points,
            }
            for edge in argument.edges
        ]
    ).astype({"Points of alignment": float})

"""The argument as a still picture and as a table, to download; on the page a component draws it. No streamlit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from model.analysis.argument import COLUMNS, Argument, Edge
from ui.drawn.figures import Figure, layout, note, wrapped
from ui.drawn.palette import INKS, Ink
from ui.told.edge import NOTHING, carried, edge_label, node_amount

APART, TOGETHER = "#2a86a8", "#b8860b"
HEIGHT = 640
INNER_FULL, DOMAIN_FULL = 24, 40  # pixels that an edge is wide at strength 1, inside and into a domain, as on the page
BOX, HALF_BOX = 114, 0.33  # a node's width in pixels, and half of it in columns
WIDEST = 17  # characters of a line in a node
STEPS = np.linspace(0, 1, 25)
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


def figure(argument: Argument, theme: str) -> Figure:
    """Nodes in columns, edges as thick as what they carry; what carries nothing is left out."""
    ink = INKS[theme]
    at = {node.key: (COLUMNS.index(node.column), 1 - node.place) for node in argument.nodes}
    carrying = sorted((e for e in argument.edges if e.strength >= NOTHING), key=lambda e: -e.strength)
    first = {edge.sign: edge.key for edge in reversed(carrying)}
    traces = [_line(edge, at[edge.origin], at[edge.to], ink, first[edge.sign] == edge.key) for edge in carrying]
    boxes = [
        {
            **note(f"<b>{wrapped(node.title, WIDEST)}</b><br>{node_amount(node)}", *at[node.key], ink),
            "xref": "x",
            "yref": "y",
            "width": BOX,
            "bgcolor": ink.paper,
            "bordercolor": ink.baseline,
            "borderpad": 3,
            "font": {"size": 11, "color": ink.text},
        }
        for node in argument.nodes
    ]
    heads = [
        {**note(f"<b>{wrapped(title, WIDEST)}</b>", i, 1, ink, yanchor="bottom", yshift=34), "xref": "x", "yref": "y"}
        for i, title in enumerate(argument.columns.values())
    ]
    drawn = layout(ink, HEIGHT)
    drawn |= {
        "margin": {"l": 20, "r": 20, "t": 84, "b": 30},
        "xaxis": {"visible": False, "range": [-0.5, len(COLUMNS) - 0.5]},
        "yaxis": {"visible": False, "range": [-0.04, 1.04]},
        "annotations": [*boxes, *heads],
    }
    return {"data": traces, "layout": drawn}


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


def _line(edge: Edge, start: tuple[float, float], end: tuple[float, float], ink: Ink, named: bool) -> dict[str, Any]:
    """An edge as a line that leaves and arrives level."""
    x = start[0] + HALF_BOX + (end[0] - start[0] - 2 * HALF_BOX) * STEPS
    y = start[1] + (end[1] - start[1]) * (3 * STEPS**2 - 2 * STEPS**3)
    full = DOMAIN_FULL if edge.points is not None else INNER_FULL
    return {
        "type": "scatter",
        "mode": "lines",
        "name": MEANINGS[edge.sign],
        "showlegend": named,
        "x": np.round(x, 3).tolist(),
        "y": np.round(y, 3).tolist(),
        "opacity": 0.6,
        "line": {
            "color": {1: TOGETHER, 0: ink.baseline, -1: APART}[edge.sign],
            "width": max(1.0, round(full * edge.strength, 1)),
            "dash": "dash" if edge.holds_back else "solid",
        },
        "hoverinfo": "skip",
    }

"""The argument as a picture: nodes in columns and edges as thick as what they carry; an edge opens its source card.

Streamlit has no graph whose parts can be focused and asked. The picture stays and only what moved is drawn again; its
script says how it is walked by keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import streamlit as st

from model.analysis.argument import Argument, Edge, Node
from ui.drawn.argument import LINE, NARROWEST, PAD, Box, Point, laid_out, thickness
from ui.page.components.messages import on_event
from ui.server.parts import loader
from ui.told.edge import NOTHING, carried, edge_label, node_amount

_PICTURE = st.components.v2.component(
    "argument_picture",
    html=Path(__file__).with_suffix(".html").read_text(),
    js=loader("argument_picture"),
    isolate_styles=False,  # out of a shadow root a closed dialog gives the focus back to the edge that opened it
)


def argument_picture(key: str, argument: Argument, on_ask: Callable[[str], None], label: str) -> None:
    """Show the picture; `on_ask` is called with the key of the edge whose source a reader wants to see.

    `label` is what a screen reader calls the whole picture.
    """
    laid = laid_out(argument)

    def asked(edge: object) -> None:
        if isinstance(edge, str) and edge in laid.paths:
            on_ask(edge)

    _PICTURE(
        key=key,
        data={
            "label": label,
            "narrowest": NARROWEST,
            "height": laid.height,
            "pad": PAD,
            "line": LINE,
            "headings": [{"title": title, "at": _sent(at)} for title, at in laid.headings],
            "nodes": [_node(node, laid.boxes[node.key]) for node in argument.nodes],
            "edges": [_edge(argument.edge(key), path) for key, path in laid.paths.items()],
        },
        on_asked_change=on_event(key, "asked", asked),
    )


def _sent(point: Point) -> list[float]:
    return [round(point.x, 1), round(point.share, 3), round(point.y, 1)]


def _node(node: Node, box: Box) -> dict[str, Any]:
    return {
        "key": node.key,
        "lines": box.lines,
        "meaning": node.meaning,
        "amount": node_amount(node),
        "share": None if node.column == "domains" else round(min(node.value, 1), 3),
        "at": _sent(box.corner),
        "width": round(box.width, 1),
        "height": box.height,
    }


def _edge(edge: Edge, path: Iterable[Point]) -> dict[str, Any]:
    return {
        "key": edge.key,
        "from": edge.origin,
        "to": edge.to,
        "title": edge.title,
        "says": edge.says,
        "carried": carried(edge),
        "label": edge_label(edge),
        "strength": round(edge.strength, 6) if edge.strength >= NOTHING else 0,
        "width": thickness(edge),
        "sign": edge.sign,
        "holdsBack": edge.holds_back,
        "path": [_sent(point) for point in path],
    }

"""The argument as a picture: nodes in columns and edges as thick as what they carry; an edge opens its source card.

Streamlit has no graph whose parts can be focused and asked. The picture stays and only what moved is drawn again; its
script says how it is walked by keys.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from model.analysis.argument import Argument
from ui.page.components.messages import on_event
from ui.server.parts import loader
from ui.told.edge import NOTHING, carried, edge_label, node_amount

_PICTURE = st.components.v2.component(
    "argument_picture",
    html='<div class="argument"></div>',
    js=loader("argument_picture"),
    isolate_styles=False,  # out of a shadow root a closed dialog gives the focus back to the edge that opened it
)


def argument_picture(key: str, argument: Argument, on_ask: Callable[[str], None], label: str) -> None:
    """Show the picture; `on_ask` is called with the key of the edge whose source a reader wants to see.

    `label` is what a screen reader calls the whole picture.
    """
    keys = {edge.key for edge in argument.edges}

    def asked(edge: object) -> None:
        if isinstance(edge, str) and edge in keys:
            on_ask(edge)

    _PICTURE(
        key=key,
        data={
            "label": label,
            "columns": [
                {
                    "title": title,
                    "nodes": [
                        {
                            "key": node.key,
                            "title": node.title,
                            "meaning": node.meaning,
                            "place": node.place,
                            "amount": node_amount(node),
                            "share": None if column == "domains" else min(node.value, 1.0),
                        }
                        for node in argument.nodes
                        if node.column == column
                    ],
                }
                for column, title in argument.columns.items()
            ],
            "edges": [
                {
                    "key": edge.key,
                    "from": edge.origin,
                    "to": edge.to,
                    "title": edge.title,
                    "says": edge.says,
                    "carried": carried(edge),
                    "label": edge_label(edge),
                    "strength": edge.strength if edge.strength >= NOTHING else 0,
                    "sign": edge.sign,
                    "holdsBack": edge.holds_back,
                }
                for edge in argument.edges
            ],
        },
        on_asked_change=on_event(key, "asked", asked),
    )

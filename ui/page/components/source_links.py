"""Links to source cards are followed in place: the card opens over the page that a reader is on; see the script."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.page.components.messages import answered, on_event, take
from ui.server.parts import loader

_LINKS = st.components.v2.component("source_links", html="<span></span>", js=loader("source_links", "post"))


def source_links(name: str, on_asked: Callable[[str], None], aside: str) -> None:
    """Call `on_asked` with the name of a card that a reader asks for; it comes from a browser and can be anything.

    Links inside what the CSS selector `aside` names stay links.
    """

    def asked(message: object) -> None:
        card = take(name, message).get("name")
        if isinstance(card, str):
            on_asked(card)

    _LINKS(key=name, data={"aside": aside, "answered": answered(name)}, on_asked_change=on_event(name, "asked", asked))

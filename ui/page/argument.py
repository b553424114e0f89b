"""Argument: the essay's chain step by step, the tensions inside it, what it leaves out, and what is not modelled."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from model import catalog
from ui.drawn import cards
from ui.drawn import omissions as drawn
from ui.links import single
from ui.links.addresses import base_path
from ui.page import session
from ui.told import assumptions as told
from ui.told import omissions, words

KEY = "Each picture shows two runs that differ in it; the package is not always the same. Bold is what changes most."


def chain() -> None:
    """The essay's argument in eight steps."""
    st.markdown(
        "Each bar is how strong one worldview takes a step to be, its mark the central value; further right is "
        "stronger, but for step 6. Open a step for how the model holds it and who disputes it."
    )
    st.html(cards.worldviews(list(catalog().worldviews)))
    shown = replace(session.shown(), open=("argument",))
    picture = f"{base_path()}/?{single.text(session.asked(), shown, session.seen_here())}"
    st.html(drawn.steps(omissions.chain(), session.source_addresses(), picture))


def tensions() -> None:
    """Where the essay pulls against itself."""
    st.markdown(f"Where the essay says two things that pull against each other. {KEY}")
    listed("tensions")


def left_out() -> None:
    """What the essay leaves out."""
    st.markdown(
        f"What the essay does not mention: most is what its critics bring up, two points are in its favour. {KEY}"
    )
    listed("omissions")


def listed(family: str) -> None:
    """The cards of one family, with the key to their marks."""
    st.html(cards.worldviews(list(catalog().worldviews)))
    st.html(drawn.gaps(omissions.gaps(family), session.source_addresses(), base_path()))


def outside() -> None:
    """Claims of the essay that the model leaves out."""
    table = told.claims()
    answered = dict.fromkeys(table["Claim"][table["Status"] == told.STATUS["outside"]], "")
    st.markdown(
        f"{len(answered)} of the essay’s {len(table)} claims are outside the model: no number here says anything about "
        "them. Each says why."
    )
    st.html(cards.claims({key: catalog().claims[key] for key in answered}, answered, is_open=False))


BODIES: dict[str, Callable[[], None]] = {
    "Eight steps": chain,
    **dict(zip(omissions.FAMILIES.values(), (tensions, left_out), strict=True)),
    "Not modelled": outside,
}

st.markdown("### The argument, and what it leaves out")
st.markdown(f"An essay of late 2021, taken apart in our words. {words.CAVEAT}")
tabs = st.tabs(list(BODIES), key="argument_tabs", on_change=session.ignore_address_bar)
for tab, body in zip(tabs, BODIES.values(), strict=True):
    if tab.open:
        with tab:
            body()

"""Predict first: results stay hidden until a reader has said where the shift will lie; then both stand side by side."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from model.assumptions.edits import identities
from ui.drawn.palette import mark_of
from ui.links.asked import (
    DIRECTIONS,
    FIRST,
    REACH,
    SURE,
    USUALLY_SURE,
    Asked,
    Prediction,
    direction_of,
)
from ui.page import session
from ui.told import cache
from ui.told.history import pair
from ui.told.words import escaped, interval_words, predicted_words, prediction_table, signed

RANGE, HOW_SURE, VIEW = "predicted_range", "predicted_sure", "predicted_view"
REFUSED = "prediction_refused"
WHATEVER = "Whatever comes true"
BESIDE = 108  # pixels of the words at either end of the axis: alike, so that the 0 stands in its middle


def prediction_form(asked: Asked) -> None:
    """Ask for an interval, how sure and under which view; direction and size follow from the interval.

    The interval starts as wide as it can be, so that nothing is suggested. It stands in no `st.form`, which would keep
    the sentence that says what it means from following the thumbs.
    """
    scenario = asked.scenario
    with st.container(border=True, key="prediction"):
        st.markdown(
            f"## First, what do you expect?\nBy {scenario.last_year}, how far will these levers have shifted the "
            f"alignment of {pair(scenario)}, against the same worlds with no levers? Results stay hidden until you "
            "commit. Your answer stands in the link with its minute, and nowhere else."
        )
        low, high = st.select_slider(
            "Where do you expect the shift? Draw both ends, in points",
            range(REACH[0], REACH[1] + 1),
            REACH,
            format_func=signed,
            key=RANGE,
            on_change=session.ignore_address_bar,
        )
        with st.container(horizontal=True, wrap=False, gap=None):
            st.markdown(f"← {DIRECTIONS['apart']}", width=BESIDE)
            st.markdown("0: no levers", text_alignment="center", width="stretch")
            st.markdown(f"{DIRECTIONS['closer']} →", text_alignment="right", width=BESIDE)
        if (low, high) == REACH:
            st.markdown("You expect: anything, so far.")
        else:
            st.markdown(f"You expect: **{interval_words(low, high)}**.")
        st.pills(
            "How sure? Of 100 assumed worlds (each one way the unknown numbers may fall), how many lie inside?",
            SURE,
            default=USUALLY_SURE,
            required=True,
            format_func=lambda sure: f"{sure} of 100",
            key=HOW_SURE,
            on_change=session.ignore_address_bar,
        )
        if not scenario.analogue:
            st.pills(
                "Under which view?",
                ("", *asked.worldviews),
                default="",
                required=True,
                format_func=lambda key: _marked(key) if key else WHATEVER,
                key=VIEW,
                on_change=session.ignore_address_bar,
            )
        with st.container(horizontal=True):
            st.button("Commit and see the results", icon=":material/how_to_reg:", on_click=_commit, key="commit")
            st.button("Show results without a prediction", on_click=session.stop_predicting, key="no_prediction")
    refused = st.session_state.pop(REFUSED, None)
    if refused:
        st.error(refused)


def prediction_made(asked: Asked, prediction: Prediction) -> None:
    """What was predicted and when, held against every view, with a button to predict anew."""
    at = cache.run_key(asked)
    rows = [
        f"| {_coloured(key)}{' (you predicted for this one)' if key == prediction.of else ''} | {middle} | {held} |"
        for key, middle, held in prediction_table(prediction, cache.cards(at), cache.inside(at, prediction))
    ]
    st.markdown(
        f":material/how_to_reg: **Predicted** on {prediction.made:%d %B %Y at %H:%M} UTC: "
        f"{escaped(predicted_words(prediction))}. The grey band in the picture of the shift is this interval."
    )
    st.markdown("\n".join(["| View | Middle shift | Your interval holds |", "| :-- | --: | :-- |", *rows]))
    with st.container(horizontal=True):
        st.button("Predict again", key="predict_again", icon=":material/replay:", on_click=session.predict_first)
        st.button("Clear", key="predict_clear", icon=":material/close:", on_click=session.stop_predicting)


def _marked(worldview: str) -> str:
    """A worldview by name behind its marker."""
    return f"{mark_of(worldview).glyph} {escaped(identities()[worldview].title)}"


def _coloured(worldview: str) -> str:
    """A worldview by name behind its marker in its colour."""
    mark = mark_of(worldview)
    return f':color[{mark.glyph}]{{foreground="{mark.colour}"}} {escaped(identities()[worldview].title)}'


def toggle() -> None:
    """Switch predict-first on, or off."""
    if session.asked().predict == FIRST:
        session.stop_predicting()
    else:
        session.predict_first()


def _commit() -> None:
    session.ignore_address_bar()
    state = st.session_state
    low, high = state[RANGE]
    if (low, high) == REACH:
        ends = f"{signed(low)} to {signed(high)}"
        state[REFUSED] = f"{ends} leaves everything open: draw at least one end in. Nothing was committed."
        return
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    session.go(
        predict=Prediction(direction_of(low, high), low, high, minute, sure=state[HOW_SURE], of=state.get(VIEW, ""))
    )

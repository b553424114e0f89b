"""Predict first: results stay hidden until a reader has said where the shift will lie; then both stand side by side."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from model.assumptions.schema import Scenario
from ui.links.asked import DIRECTIONS, FIRST, REACH, Prediction, direction_of
from ui.page import session
from ui.told.history import pair
from ui.told.words import signed

RANGE = "predicted_range"
REFUSED = "prediction_refused"


def prediction_form(scenario: Scenario) -> None:
    """Ask for an interval, from which the direction follows; results come with the commitment.

    The interval starts as wide as it can be, so that nothing is suggested. It stands in no `st.form`, which would keep
    the sentence that says what it means from following the thumbs.
    """
    with st.container(border=True, key="prediction"):
        st.markdown(
            f"#### First, what do you expect?\nBy {scenario.last_year}, how far will these levers have shifted the "
            f"alignment of {pair(scenario)} against the same worlds without levers? Below 0 they are further apart, "
            "above 0 closer together. Results stay hidden until you commit. Your answer stands in the link with its "
            "minute, and nowhere else."
        )
        low, high = st.select_slider(
            "Interval that you expect to hold 80 of 100 assumed worlds, points of shift",
            range(REACH[0], REACH[1] + 1),
            REACH,
            format_func=signed,
            key=RANGE,
            on_change=session.ignore_address_bar,
        )
        if (low, high) == REACH:
            st.markdown("Draw both ends to where you expect the shift.")
        else:
            st.markdown(f"You expect: **{DIRECTIONS[direction_of(low, high)]}**, {signed(low)} to {signed(high)}.")
        with st.container(horizontal=True):
            st.button("Commit and see the results", icon=":material/how_to_reg:", on_click=_commit, key="commit")
            st.button("Show results without a prediction", on_click=session.stop_predicting, key="no_prediction")
    refused = st.session_state.pop(REFUSED, None)
    if refused:
        st.error(refused)


def prediction_made(prediction: Prediction) -> None:
    """What was predicted and when, with a button to predict anew."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/how_to_reg: **Predicted** on {prediction.made:%d %B %Y at %H:%M} UTC: "
            f"{DIRECTIONS[prediction.direction]}, "
            f"{signed(prediction.low)} to {signed(prediction.high)}. "
            "The grey band in the lower charts is this interval."
        )
        st.button("Predict again", key="predict_again", icon=":material/replay:", on_click=session.predict_first)
        st.button("Clear", key="predict_clear", icon=":material/close:", on_click=session.stop_predicting)


def toggle() -> None:
    """Switch predict-first on, or off."""
    if session.asked().predict == FIRST:
        session.stop_predicting()
    else:
        session.predict_first()


def _commit() -> None:
    session.ignore_address_bar()
    low, high = st.session_state[RANGE]
    if (low, high) == REACH:
        ends = f"{signed(low)} to {signed(high)}"
        st.session_state[REFUSED] = f"{ends} leaves everything open: draw at least one end in. Nothing was committed."
        return
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    session.go(predict=Prediction(direction_of(low, high), low, high, minute))

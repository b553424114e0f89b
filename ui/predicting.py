"""Predict first: results stay hidden until a reader has said where the shift will lie; then both stand side by side."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from model import InputError
from model.schema import Scenario
from ui import session
from ui.place import DIRECTIONS, FIRST, REACH, Prediction
from ui.words import signed

FIRST_RANGE = (-10, 10)
REFUSED = "prediction_refused"


def prediction_form(scenario: Scenario) -> None:
    """Ask for a direction and an interval; results come with the commitment."""
    with st.form("prediction"):
        st.markdown(
            f"#### First, what do you expect?\nBy {scenario.last_year}, how far will these levers have shifted the "
            "alignment of Russia and China against the same worlds without levers? Results stay hidden until you "
            "commit. Your answer stands in the link with its minute, and nowhere else."
        )
        st.radio("Direction", list(DIRECTIONS), None, DIRECTIONS.__getitem__, key="predicted_direction")
        st.slider(
            "Interval that you expect to hold 80 of 100 assumed worlds, points of shift",
            *REACH,
            value=FIRST_RANGE,
            key="predicted_range",
        )
        with st.container(horizontal=True):
            st.form_submit_button("Commit and see the results", icon=":material/how_to_reg:", on_click=_commit)
            st.form_submit_button("Show results without a prediction", on_click=session.stop_predicting)
    refused = st.session_state.pop(REFUSED, None)
    if refused:
        st.error(refused)


def prediction_made(prediction: Prediction) -> None:
    """What was predicted and when, and the way to another one."""
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
    if session.place().predict == FIRST:
        session.stop_predicting()
    else:
        session.predict_first()


def _commit() -> None:
    session.touched()
    low, high = st.session_state["predicted_range"]
    direction = st.session_state["predicted_direction"]
    if direction is None:
        st.session_state[REFUSED] = "Choose a direction first. Nothing was committed."
        return
    try:
        made = Prediction(direction, low, high, datetime.now(UTC).replace(second=0, microsecond=0))
    except InputError as error:
        st.session_state[REFUSED] = f"{error} Nothing was committed."
    else:
        session.go(predict=made)

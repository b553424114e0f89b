"""The side bar: preset, levers with their positions in words, and the context."""

from __future__ import annotations

import streamlit as st

from model import catalog, presets
from model.scenario import limits
from ui import session, words
from ui.components.slider_bank import Slider, slider_bank

GROUPS = {"offers": "Offers to Moscow", "terms": "Terms", "allies": "Allies"}
CONTEXT = {
    "pressure": (
        "US pressure on both, % of 2021",
        "Intensity of US competition with Russia and China at once. The no-lever run keeps 100.",
    ),
    "onset": ("Policy begins, years after the start", "Waiting gives the drift time."),
    "ramp": ("Years to full delivery", "Offers are phased in evenly over these years."),
    "horizon": ("Years shown", "How far ahead the worlds are run."),
}


def side_bar() -> None:
    """All controls of the page."""
    _preset()
    slider_bank("levers", lever_sliders(), session.change)
    _context()


def lever_sliders() -> list[Slider]:
    """One slider a lever, in the order of the groups."""
    return [
        Slider(
            key,
            lever.name,
            title,
            *limits(key),
            value=session.value(key),
            help=lever.summary,
            positions=lever.positions,
        )
        for group, title in GROUPS.items()
        for key, lever in catalog().levers.items()
        if lever.group == group
    ]


def _preset() -> None:
    scenario = session.scenario()
    if st.session_state.get("preset") != scenario.name:
        st.session_state["preset"] = scenario.name
    st.selectbox(
        "Start from a scenario",
        list(presets()),
        key="preset",
        format_func=lambda name: presets()[name].title,
        on_change=lambda: session.load_preset(st.session_state["preset"]),
    )
    st.markdown(f":small[{words.plain(scenario.description)}]")


def _context() -> None:
    with st.expander("Context", icon=":material/public:"):
        if st.session_state.get("start_choice") != session.value("start"):
            st.session_state["start_choice"] = session.value("start")
        st.segmented_control(
            "Start year",
            list(catalog().start_years),
            key="start_choice",
            required=True,
            help="2021 is the essay's moment, 2024 the last year with data.",
            on_change=lambda: session.change("start", st.session_state["start_choice"]),
        )
        sliders = [
            Slider(key, label, "", *limits(key), value=session.value(key), help=help_)
            for key, (label, help_) in CONTEXT.items()
        ]
        slider_bank("context", sliders, session.change)


def step_buttons() -> None:
    """Undo, redo and the two resets."""
    history = session.history()
    preset = presets()[history.now.name]
    for label, icon, shortcut, enabled, action in (
        ("Undo", "undo", "Mod+Z", bool(history.past), session.undo),
        ("Redo", "redo", "Mod+Shift+Z", bool(history.future), session.redo),
        ("Reset to scenario", "settings_backup_restore", None, history.now != preset, session.reset_to_preset),
        ("All levers to 0", "exposure_zero", None, any(history.now.levers.values()), session.reset_to_nothing),
    ):
        st.button(
            label,
            key=label.lower().replace(" ", "_"),
            icon=f":material/{icon}:",
            shortcut=shortcut,
            disabled=not enabled,
            on_click=action,
        )

"""The side bar: preset, levers with their positions in words, and the context."""

from __future__ import annotations

import streamlit as st

from model import catalog, presets
from model.scenario import limits
from ui import session, words
from ui.audit_tables import cite
from ui.components.slider_bank import Slider, slider_bank

GROUPS = {"offers": "Offers to Moscow", "terms": "Terms", "allies": "Allies"}
CONTEXT = {
    "pressure": (
        "US pressure on both, % of 2021",
        "Intensity of US competition with Russia and China at once: 100 is the end of 2021, 0 none, 200 double. It is "
        "not a lever towards Moscow. The no-lever run keeps 100, so a change of pressure is part of the shift. "
        "It holds from the first year: onset and delivery concern the levers only.",
    ),
    "onset": (
        "Policy begins, years after the start",
        "How long Washington waits before the first offer. The drift goes on in the meantime.",
    ),
    "ramp": (
        "Years to full delivery",
        "Offers are phased in evenly over these years; assurances and clear expectations hold from the first.",
    ),
    "horizon": ("Years shown", "How many years ahead the worlds are run; the shift is read in the last one."),
}


def side_bar() -> None:
    """All controls of the page."""
    _preset()
    slider_bank("levers", lever_sliders(), session.change, session.ask)
    _context()
    asked = session.take_question()
    if asked:
        guide(asked)


def guide(key: str) -> None:
    """What a lever or a part of the context means, in a drawer."""
    lever = catalog().levers.get(key)
    title, text = (lever.name, words.lever_guide(lever)) if lever else CONTEXT[key]

    def body() -> None:
        st.markdown(text)
        if lever:
            st.markdown(f"**Sources.** {words.plain(cite(lever.sources))}.")
            known = catalog().claims
            told = "\n".join(f"- {words.plain(known[claim].words)} ({claim})" for claim in lever.claims)
            st.markdown(f"**The essay's claims that this lever answers, in our words**\n\n{told}")

    st.dialog(title, width="medium", position="right")(body)()


def lever_sliders() -> list[Slider]:
    """One slider a lever, in the order of the groups."""
    return [
        Slider(
            key,
            lever.name,
            title,
            *limits(key),
            value=session.value(key),
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
            Slider(key, label, "", *limits(key), value=session.value(key)) for key, (label, _) in CONTEXT.items()
        ]
        slider_bank("context", sliders, session.change, session.ask)


def step_buttons() -> None:
    """Undo, redo, replay and the two resets."""
    history = session.history()
    scenario = history.now.scenario
    for label, icon, shortcut, enabled, action in (
        ("Undo", "undo", "Mod+Z", bool(history.past), session.undo),
        ("Redo", "redo", "Mod+Shift+Z", bool(history.future), session.redo),
        ("Replay", "replay", "Mod+Shift+Y", bool(history.past), session.ask_replay),
        (
            "Reset to scenario",
            "settings_backup_restore",
            None,
            scenario != presets()[scenario.name],
            session.reset_to_preset,
        ),
        ("All levers to 0", "exposure_zero", None, any(scenario.levers.values()), session.reset_to_nothing),
    ):
        st.button(
            label,
            key=label.lower().replace(" ", "_"),
            icon=f":material/{icon}:",
            shortcut=shortcut,
            disabled=not enabled,
            on_click=action,
        )

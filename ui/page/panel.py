"""The lever panel: the scenario to start from, the levers with their positions in words, and the context."""

from __future__ import annotations

import streamlit as st

from model import analogues, catalog, presets
from model.assumptions.edits import identities
from model.assumptions.scenario import limits, setting
from model.assumptions.schema import Scenario
from ui.links.asked import ENSEMBLE, Asked, fitting, open_settings, starting_points, switchable, worldviews_of
from ui.page import own, session, tools
from ui.page.components.chart_board import theme_in_use
from ui.page.components.slider_bank import Slider, slider_bank
from ui.server.routes import lost_address
from ui.told import history, words

GROUPS = {"offers": "Offers to Moscow", "terms": "Terms", "allies": "Allies", "competition": "Competition"}


def panel(asked: Asked) -> None:
    """The whole panel, for what is asked: the levers, or in their place the reader's own worldview."""
    if session.drawer_is_open() and not asked.hidden:
        own.drawer(asked)
        return
    _preset(asked)
    shown = fitting(session.shown(), asked.scenario)
    lost = "" if asked.hidden else lost_address(asked, shown, theme_in_use())
    slider_bank("levers", lever_sliders(asked.scenario), session.change, tools.ask_guide, lost=lost)
    _context(asked)


def lever_sliders(scenario: Scenario) -> list[Slider]:
    """One slider a lever, in the order of the groups."""
    return [
        Slider(
            key,
            lever.name,
            title,
            *limits(key),
            neutral=lever.neutral,
            value=setting(scenario, key),
            positions=lever.positions,
        )
        for group, title in GROUPS.items()
        for key, lever in catalog().levers.items()
        if lever.group == group
    ]


def _preset(asked: Asked) -> None:
    scenario = asked.scenario
    if st.session_state.get("preset") != scenario.name:
        st.session_state["preset"] = scenario.name
    st.selectbox(
        "Start from a scenario",
        list(starting_points()),
        key="preset",
        label_visibility="collapsed",
        format_func=lambda name: history.listed(starting_points()[name]),
        help=f"{len(presets())} presets of today, then {len(analogues())} historic analogues, marked "
        f"“{history.PREFIX.strip()}”.",
        on_change=lambda: session.load_preset(st.session_state["preset"]),
    )
    with st.container(key="about_preset", horizontal=True, wrap=False, gap="small", vertical_alignment="center"):
        told = asked.title or ("Your own change of it" if asked.changed else words.origin(scenario))
        st.markdown(f":small[{words.escaped(told)}]", help=words.escaped(scenario.description), width="stretch")
        if not asked.hidden:
            own.drawer_button("open_own", "Your worldview", plain=True)


def _context(asked: Asked) -> None:
    context, scenario = catalog().context, asked.scenario
    with st.expander(
        "Context and worldviews", icon=":material/public:", key="context_open", on_change=session.ignore_address_bar
    ) as box:
        if not box.open:  # nothing is sent of what cannot be seen
            return
        if scenario.analogue:
            _fixed(scenario)
        else:
            _start(scenario.start)
        sliders = [
            Slider(key, one.name, "", *limits(key), neutral=limits(key)[0], value=setting(scenario, key))
            for key, one in context.items()
            if key != "start" and key in open_settings(scenario)
        ]
        slider_bank("context", sliders, session.change, tools.ask_guide)
        if not scenario.analogue:
            _worldviews(asked.worldviews)
        _structure()


def _fixed(scenario: Scenario) -> None:
    """What stands in place of the controls that a historic analogue has not."""
    (own,) = worldviews_of(scenario)
    st.markdown(
        f":material/lock: **{catalog().context['start'].name}: {scenario.start}.**  \n"
        f":material/lock: **Worldview: {words.escaped(identities()[own].title)}.**  \n"
        "Both are fixed in a historic analogue. Its levers on pressure are in per cent of the pressure of its time."
    )


def _start(year: int) -> None:
    start = catalog().context["start"]
    if st.session_state.get("start_choice") != year:
        st.session_state["start_choice"] = year
    st.segmented_control(
        start.name,
        list(catalog().start_years),
        key="start_choice",
        required=True,
        help=start.meaning,
        on_change=lambda: session.change("start", st.session_state["start_choice"]),
    )


def _worldviews(known: tuple[str, ...]) -> None:
    shown = [key for key in known if key in session.shown().worldviews]
    if set(st.session_state.get("shown_worldviews", ())) != set(shown):
        st.session_state["shown_worldviews"] = shown
    st.pills(
        "Worldviews shown",
        known,
        selection_mode="multi",
        key="shown_worldviews",
        format_func=lambda key: identities()[key].short,
        help="Rivals are best read side by side; none chosen means all.",
        on_change=lambda: session.show_worldviews(st.session_state["shown_worldviews"]),
    )


def _structure() -> None:
    """A box for each structural choice that can be switched, and for the ensemble; sent only while it can be seen."""
    st.markdown(
        "Structure  \n:small[What the model itself assumes and others dispute. A tick puts the alternative in its "
        "place, in every assumed world.]"
    )
    for key, choice in ((key, catalog().structure.choices[key]) for key in switchable()):
        told = (
            f"Instead of: **{words.escaped(choice.title)}.** {words.escaped(choice.note)} (Equation {choice.equation}.)"
        )
        _switch(key, f"{key}: {choice.alternative}", told)
    _switch(ENSEMBLE, "Structural ensemble", "It stands alone: single ticks give way to it, and it gives way to them.")
    st.markdown(f":small[In the ensemble {words.escaped(words.ensemble_words())}.]")
    st.button("Back to base", key="structure_base", icon=":material/undo:", on_click=session.to_base)


def _switch(name: str, label: str, told: str) -> None:
    """One box; its label is plain text, since a screen reader is given it as it is written."""
    on, key = name in session.asked().switched, f"switch_{name}"
    if st.session_state.get(key) != on:
        st.session_state[key] = on
    st.checkbox(label, key=key, help=told, on_change=session.switch, args=(name,))

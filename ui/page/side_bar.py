"""The side bar: preset, levers with their positions in words, and the context."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from model import analogues, catalog, presets
from model.assumptions.scenario import limits
from model.assumptions.schema import Scenario
from ui.links.asked import ENSEMBLE, open_settings, starting_points, switchable, worldviews_of
from ui.page import predicting, session
from ui.page.components.copy_link import copy_link
from ui.page.components.keys import Shortcut, single_keys_switch
from ui.page.components.slider_bank import Slider, slider_bank
from ui.page.sharing import share_button
from ui.told import history, words
from ui.told.assumptions import cite

HELP = "help"
GROUPS = {"competition": "Competition", "offers": "Offers to Moscow", "terms": "Terms", "allies": "Allies"}


def side_bar() -> None:
    """The whole side bar."""
    _preset()
    slider_bank("levers", lever_sliders(), session.change, session.ask_about, headlines=True)
    _context()


def answer() -> None:
    """Open the guide or sheet that the reader asked for in this run, if any."""
    wanted = session.take_asked_about()
    if wanted == HELP:
        st.dialog("Keys and help", width="medium", position="right")(help_sheet)()
    elif wanted:
        guide(wanted)


def guide(key: str) -> None:
    """A dialog with the guide of a lever or of a part of the context."""
    known = catalog()
    lever = known.levers.get(key)
    if lever:
        title, text = lever.name, words.lever_guide(lever)
    else:
        title, text = known.context[key].name, known.context[key].meaning

    def body() -> None:
        st.markdown(text)
        if lever:
            st.markdown(f"**Sources.** {words.escaped(cite(lever.sources))}.")
            told = "\n".join(f"- {words.escaped(known.claims[claim].words)} ({claim})" for claim in lever.claims)
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
        list(starting_points()),
        key="preset",
        format_func=lambda name: history.listed(starting_points()[name]),
        help=f"{len(presets())} presets of today, then {len(analogues())} historic analogues, marked "
        f"“{history.PREFIX.strip()}”.",
        on_change=lambda: session.load_preset(st.session_state["preset"]),
    )
    st.markdown(f":small[{words.escaped(scenario.description)}]")


def _context() -> None:
    context, scenario = catalog().context, session.scenario()
    with st.expander(
        "Context and worldviews", icon=":material/public:", key="context_open", on_change=session.ignore_address_bar
    ) as box:
        if scenario.analogue:
            _fixed(scenario)
        else:
            _start()
        sliders = [
            Slider(key, setting.name, "", *limits(key), value=session.value(key))
            for key, setting in context.items()
            if key != "start" and key in open_settings(scenario)
        ]
        slider_bank("context", sliders, session.change, session.ask_about)
        if not scenario.analogue:
            _worldviews()
        if box.open:
            _structure()


def _fixed(scenario: Scenario) -> None:
    """What stands in place of the controls that a historic analogue has not."""
    (own,) = worldviews_of(scenario)
    st.markdown(
        f":material/lock: **{catalog().context['start'].name}: {scenario.start}.**  \n"
        f":material/lock: **Worldview: {words.escaped(catalog().worldviews[own].title)}.**  \n"
        "Both are fixed in a historic analogue. Its levers on pressure are in per cent of the pressure of its time."
    )


def _start() -> None:
    start = catalog().context["start"]
    if st.session_state.get("start_choice") != session.value("start"):
        st.session_state["start_choice"] = session.value("start")
    st.segmented_control(
        start.name,
        list(catalog().start_years),
        key="start_choice",
        required=True,
        help=start.meaning,
        on_change=lambda: session.change("start", st.session_state["start_choice"]),
    )


def _worldviews() -> None:
    if set(st.session_state.get("shown_worldviews", ())) != set(session.shown().worldviews):
        st.session_state["shown_worldviews"] = list(session.shown().worldviews)
    st.pills(
        "Worldviews shown",
        list(catalog().worldviews),
        selection_mode="multi",
        key="shown_worldviews",
        format_func=lambda key: catalog().worldviews[key].short,
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


def structure_line() -> None:
    """What is switched in the structure, with a button that switches it back; nothing at the base."""
    sentence = words.structure_sentence(session.asked().switched)
    if not sentence:
        return
    told, back = st.columns([5, 1], vertical_alignment="center")
    told.markdown(f":material/schema: {words.escaped(sentence)}")
    back.button("Back to base", key="to_base", icon=":material/undo:", on_click=session.to_base)


def shortcuts() -> list[Shortcut]:
    """The keys of Explore, the same list for the page and for the help sheet."""
    return [
        Shortcut("Mod+z", "Undo the last change", session.undo),
        Shortcut("Mod+Shift+z", "Redo what was undone", session.redo),
        Shortcut("r", "Replay the last change", session.ask_replay),
        Shortcut("s", "Reset to the scenario as it was written", session.reset_to_preset),
        Shortcut("0", "Set all levers to neutral", session.reset_to_nothing),
        Shortcut("p", "Predict first: hide or show results", predicting.toggle),
        Shortcut("?", "Show this sheet", lambda: session.ask_about(HELP)),
    ]


def tool_row() -> None:
    """Undo, redo, replay, the two resets, the link, and what else can be done with the page."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="tools"):
        for icon, tip, action in (
            ("undo", "Undo (Ctrl + Z)", session.undo),
            ("redo", "Redo (Ctrl + Shift + Z)", session.redo),
            ("replay", "Replay the last change (R)", session.ask_replay),
        ):  # never disabled: a click in the moment of disabling would leave page and address one step apart
            st.button("", key=icon, icon=f":material/{icon}:", help=tip, on_click=action, width=44)
        _menu("reset", "Reset", "settings_backup_restore", RESETS)
        copy_link()
        share_button(session.asked(), session.shown())
        st.button("Pin", key="pin", icon=":material/keep:", help="Add this scenario to Compare", on_click=session.pin)
        _menu("more", "More", "more_horiz", MORE)


def _menu(key: str, label: str, icon: str, options: dict[str, Callable[[], None]]) -> None:
    st.menu_button(
        label, list(options), key=key, icon=f":material/{icon}:", on_click=lambda: options[st.session_state[key]]()
    )


def help_sheet() -> None:
    """What can be done by key, and a switch for readers whom keys without Control disturb."""
    rows = "\n".join(f"| **{shortcut.in_words}** | {shortcut.does} |" for shortcut in shortcuts())
    st.markdown(
        f"| Keys | What they do |\n|---|---|\n{rows}\n| **Tab**, **← →** | Go to a lever and move it; "
        "**Home**, **End**, **Page Up** and **Page Down** make larger steps |"
    )
    single_keys_switch(session.ignore_address_bar)
    st.markdown(
        "On a Mac, Ctrl is Command. A drag, or a key that is held, is one step to undo; the browser's back and forward "
        "are undo and redo. The link in the address bar always holds what you see."
    )


RESETS: dict[str, Callable[[], None]] = {
    "To the scenario as it was written": session.reset_to_preset,
    "All levers to neutral": session.reset_to_nothing,
}
MORE: dict[str, Callable[[], None]] = {
    "Predict first": predicting.toggle,
    "Take the tour again": session.ask_tour,
    "Keys and help": lambda: session.ask_about(HELP),
}

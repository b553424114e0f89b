"""The side bar: preset, levers with their positions in words, and the context."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from model import catalog
from model.assumptions.scenario import limits
from model.assumptions.schema import Scenario
from ui.links.asked import open_settings, starting_points, worldviews_of
from ui.page import predicting, session
from ui.page.components.copy_link import copy_link
from ui.page.components.keys import Shortcut, single_keys_switch
from ui.page.components.slider_bank import Slider, slider_bank
from ui.page.sharing import share_button
from ui.told import history, words
from ui.told.assumptions import cite

HELP = "help"
GROUPS = {"offers": "Offers to Moscow", "terms": "Terms", "allies": "Allies"}


def side_bar() -> None:
    """The whole side bar."""
    _preset()
    slider_bank("levers", lever_sliders(), session.change, session.ask, headlines=True)
    _context()


def answer() -> None:
    """Open the guide or sheet that the reader asked for in this run, if any."""
    asked = session.take_question()
    if asked == HELP:
        st.dialog("Keys and help", width="medium", position="right")(help_sheet)()
    elif asked:
        guide(asked)


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
            st.markdown(f"**Sources.** {words.plain(cite(lever.sources))}.")
            told = "\n".join(f"- {words.plain(known.claims[claim].words)} ({claim})" for claim in lever.claims)
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
        help=f"Ten presets of today, then six historic analogues, marked “{history.PREFIX.strip()}”.",
        on_change=lambda: session.load_preset(st.session_state["preset"]),
    )
    st.markdown(f":small[{words.plain(scenario.description)}]")


def _context() -> None:
    context, scenario = catalog().context, session.scenario()
    with st.expander("Context and worldviews", icon=":material/public:"):
        if scenario.analogue:
            _fixed(scenario)
        else:
            _start()
        sliders = [
            Slider(key, setting.name, "", *limits(key), value=session.value(key))
            for key, setting in context.items()
            if key != "start" and key in open_settings(scenario)
        ]
        slider_bank("context", sliders, session.change, session.ask)
        if not scenario.analogue:
            _worldviews()


def _fixed(scenario: Scenario) -> None:
    """What stands in place of the controls that a historic analogue has not."""
    (own,) = worldviews_of(scenario)
    st.markdown(
        f":material/lock: **{catalog().context['start'].name}: {scenario.start}.**  \n"
        f":material/lock: **Worldview: {words.plain(catalog().worldviews[own].title)}.**  \n"
        "Both are fixed in a historic analogue, and so is the pressure of its time."
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
    if set(st.session_state.get("shown_worldviews", ())) != set(session.shown().shown):
        st.session_state["shown_worldviews"] = list(session.shown().shown)
    st.pills(
        "Worldviews shown",
        list(catalog().worldviews),
        selection_mode="multi",
        key="shown_worldviews",
        format_func=lambda key: catalog().worldviews[key].short,
        help="Rivals are best read side by side; none chosen means all.",
        on_change=lambda: session.show_worldviews(st.session_state["shown_worldviews"]),
    )


def shortcuts() -> list[Shortcut]:
    """The keys of Explore, the same list for the page and for the help sheet."""
    return [
        Shortcut("Mod+z", "Undo the last change", session.undo),
        Shortcut("Mod+Shift+z", "Redo what was undone", session.redo),
        Shortcut("r", "Replay the last change", session.ask_replay),
        Shortcut("s", "Reset to the scenario as it was written", session.reset_to_preset),
        Shortcut("0", "Set all levers to 0", session.reset_to_nothing),
        Shortcut("p", "Predict first: hide or show results", predicting.toggle),
        Shortcut("?", "Show this sheet", lambda: session.ask(HELP)),
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
    rows = "\n".join(f"| **{shortcut.shown}** | {shortcut.does} |" for shortcut in shortcuts())
    st.markdown(
        f"| Keys | What they do |\n|---|---|\n{rows}\n| **Tab**, **← →** | Go to a lever and move it; "
        "**Home**, **End**, **Page Up** and **Page Down** make larger steps |"
    )
    single_keys_switch(session.touched)
    st.markdown(
        "On a Mac, Ctrl is Command. A drag, or a key that is held, is one step to undo; the browser's back and forward "
        "are undo and redo. The link in the address bar always holds what you see."
    )


RESETS: dict[str, Callable[[], None]] = {
    "To the scenario as it was written": session.reset_to_preset,
    "All levers to 0": session.reset_to_nothing,
}
MORE: dict[str, Callable[[], None]] = {
    "Predict first": predicting.toggle,
    "Take the tour again": session.ask_tour,
    "Keys and help": lambda: session.ask(HELP),
}

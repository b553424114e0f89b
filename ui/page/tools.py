"""The top line of Explore: undo, redo, compare, share and the rest, the keys, and the sheets that they open."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from model import catalog
from ui.links.asked import Asked, Shown
from ui.page import predicting, session
from ui.page.components.keys import Shortcut, single_keys_switch
from ui.page.sharing import share_button
from ui.told import words
from ui.told.assumptions import LEVER, cite

HELP, GUIDE = "help", "guide"


def answer() -> None:
    """Open the guide or sheet that the reader asked for in this run, if any."""
    key = session.asked_about(GUIDE)
    if key == HELP:
        session.dialog("Keys and help", help_sheet)
    elif key:
        guide(key)


def ask_guide(key: str) -> None:
    """A reader wants to know what a lever or a part of the context means, or asks for the sheet of keys."""
    session.ask_about(GUIDE, key)


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
            address = session.source_addresses()
            st.markdown(f"**Sources.** {words.escaped(cite(lever.sources))}.")
            told = "\n".join(
                f"- {words.escaped(known.claims[claim].words)} ([{claim}]({address(claim)}))" for claim in lever.claims
            )
            st.markdown(f"**The essay's claims that this lever answers, in our words**\n\n{told}")
            if key in known.inducements:
                st.markdown(f"[Its weights and their sources]({address(f'{LEVER}{key}')})")

    session.dialog(title, body)


def shortcuts() -> list[Shortcut]:
    """The keys of Explore, the same list for the page and for the help sheet."""
    return [
        Shortcut("Mod+z", "Undo the last change", session.undo),
        Shortcut("Mod+Shift+z", "Redo what was undone", session.redo),
        Shortcut("r", "Replay the last change", session.ask_replay),
        Shortcut("s", "Reset to the scenario as it was written", session.reset_to_preset),
        Shortcut("0", "Set all levers to neutral", session.reset_to_nothing),
        Shortcut("p", "Predict first: hide or show results", predicting.toggle),
        Shortcut("?", "Show this sheet", lambda: ask_guide(HELP)),
    ]


def top_line(asked: Asked, shown: Shown) -> None:
    """All that stands at the right of the top line."""
    with st.container(key="topline", horizontal=True, gap="small", vertical_alignment="center"):
        steps()
        tools(asked, shown)


def steps() -> None:
    """Undo and redo, never disabled: a click in the moment of disabling would leave page and address a step apart."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="steps"):
        for name, tip, action in (
            ("Undo", "Undo (Ctrl + Z)", session.undo),
            ("Redo", "Redo (Ctrl + Shift + Z)", session.redo),
        ):
            st.button(name, key=name.lower(), icon=f":material/{name.lower()}:", help=tip, on_click=action)


def tools(asked: Asked, shown: Shown) -> None:
    """What can be done with the page: compare, share, and a menu of the rest."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="tools"):
        st.button(
            "Compare", key="pin", icon=":material/add:", help="Add this scenario to Compare", on_click=session.pin
        )
        share_button(asked, shown)
        _menu("more", "More", MORE)


def _menu(key: str, label: str, options: dict[str, Callable[[], None]]) -> None:
    st.menu_button(label, list(options), key=key, on_click=lambda: options[st.session_state[key]]())


def help_sheet() -> None:
    """What can be done by key, and a switch for readers whom keys without Control disturb."""
    rows = "\n".join(f"| **{shortcut.in_words}** | {shortcut.does} |" for shortcut in shortcuts())
    st.markdown(
        f"| Keys | What they do |\n|---|---|\n{rows}\n| **Tab**, **← →** | Go to a lever and move it; "
        "**Page Up** and **Page Down** go to the next worded position, **Home** and **End** to the ends |\n"
        f"| **1** to **{len(session.asked().worldviews)}** | Look at one view by itself; again: at all |"
    )
    single_keys_switch(session.ignore_address_bar)
    st.markdown(
        "On a Mac, Ctrl is Command. A drag, or a key that is held, is one step to undo; the browser's back and forward "
        "are undo and redo. The link in the address bar always holds what you see."
    )


MORE: dict[str, Callable[[], None]] = {
    "Replay the last change": session.ask_replay,
    "Reset to the scenario as it was written": session.reset_to_preset,
    "All levers to neutral": session.reset_to_nothing,
    "Predict first": predicting.toggle,
    "Take the tour": session.ask_tour,
    "Keys and help": lambda: ask_guide(HELP),
}

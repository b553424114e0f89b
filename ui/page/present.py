"""Present: one worldview at a time in large type, for a projector; keys, a clicker or the buttons step through it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from model import catalog
from ui.drawn import boards, stage
from ui.drawn.stage import Stage
from ui.links.asked import ALL
from ui.page import session
from ui.page.components.chart_board import chart_board, theme_in_use
from ui.page.components.keys import Shortcut, keys
from ui.page.components.pointer import pointer
from ui.told import history, words

GHOST, POINTER = "present_ghost", "present_pointer"
SHEET, LEAVING = "present_sheet", "present_leaving"  # asked for by a callback, done by the run after it
STYLE = Path(__file__).with_suffix(".css")
state = st.session_state


def now() -> Stage:
    """What is on the screen."""
    return stage.set_for(session.scenario(), session.shown().stage)


def keep(name: str, value: object) -> None:
    """Show something else; it is no step of the history."""
    state[name] = value
    session.ignore_address_bar()


def show(worldview: str) -> None:
    """Show a worldview, or all of them."""
    session.set_stage(worldview)


def load(preset: str | None) -> None:
    """Show a preset, if there is one in that direction."""
    session.ignore_address_bar()
    if preset:
        session.load_preset(preset)


def next_scenario() -> None:
    """Show the next preset."""
    load(now().next)


def previous_scenario() -> None:
    """Show the preset before."""
    load(now().previous)


def turn_pointer() -> None:
    """Switch the pointer on or off."""
    keep(POINTER, not state.get(POINTER))


def turn_ghost() -> None:
    """Show or hide the faint line of the scenario that was shown before."""
    keep(GHOST, not state.get(GHOST))


def ask_for_keys() -> None:
    """Ask for the list of keys."""
    keep(SHEET, True)


def leave() -> None:
    """Back to Explore."""
    keep(LEAVING, True)


def shortcuts() -> list[Shortcut]:
    """All keys of the page; a clicker sends Page Up and Page Down."""
    return [
        Shortcut("ArrowRight", "Next scenario", next_scenario),
        Shortcut("PageDown", "Next scenario", next_scenario),
        Shortcut("ArrowLeft", "Previous scenario", previous_scenario),
        Shortcut("PageUp", "Previous scenario", previous_scenario),
        Shortcut("Mod+z", "Undo: also brings back a scenario of your own", session.undo),
        Shortcut("Mod+Shift+z", "Redo", session.redo),
        Shortcut("ArrowDown", "Next worldview", lambda: show(now().turned(1))),
        Shortcut("ArrowUp", "Previous worldview", lambda: show(now().turned(-1))),
        *(
            Shortcut(str(number), f"Worldview “{view.title}”", partial(show, key))
            for number, (key, view) in enumerate(catalog().worldviews.items(), 1)
        ),
        Shortcut("0", "All worldviews side by side", lambda: show(ALL)),
        Shortcut("g", "Dotted line of the scenario before, on or off", turn_ghost),
        Shortcut("p", "Pointer, on or off", turn_pointer),
        Shortcut("e", "Back to Explore", leave),
        Shortcut("Escape", "Back to Explore", leave),
        Shortcut("?", "These keys", ask_for_keys),
    ]


@st.dialog("Keys")
def key_sheet() -> None:
    """What each key does."""
    told: dict[str, list[str]] = {}
    for shortcut in shortcuts():
        told.setdefault(shortcut.does, []).append(f"**{words.escaped(shortcut.in_words)}**")
    st.markdown("  \n".join(f"{' or '.join(names)}: {words.escaped(does)}" for does, names in told.items()))


def results() -> None:
    """The board of cards for what is on the screen."""
    theme = theme_in_use()
    before = session.before() if state.get(GHOST) else None
    board = boards.worldviews(session.asked(), before, theme)
    switched = session.asked().switched
    note = now().where + (f" · Structure: {words.structure_name(switched)}" if switched else "")
    shown = stage.on_stage(board, now().shown, note, theme, ghost=before is not None, warnings=now().warnings)
    chart_board("present_board", shown, on_theme=session.ignore_address_bar)


def question() -> None:
    """What stands in place of results that wait for a prediction."""
    with st.container(key="present_question"):
        st.markdown("## What do you expect?")
        year = session.scenario().last_year
        st.markdown(
            f"By {year}, will the levers have moved {history.pair(session.scenario())} further apart, closer together, "
            "or neither?"
        )
        which = "?" if session.scenario().analogue else ", and under which view?"
        st.markdown(f"By how many points, how sure are you{which}")
        st.markdown("The prediction is made on Explore; until then no result is shown.")
    st.markdown(now().number)


def buttons(hidden: bool) -> None:
    """Buttons for the most used keys, for a tablet."""
    with st.container(key="present_bar", horizontal=True, vertical_alignment="center"):
        button("← Previous", "back", previous_scenario, disabled=not now().previous)
        button("Next →", "next", next_scenario, disabled=not now().next)
        for key, label in [] if hidden else stage.worldview_labels(session.scenario()):
            button(label, key, partial(show, key), on=key == now().shown)
        button("Pointer", "pointer", turn_pointer, on=bool(state.get(POINTER)))
        button("Keys", "keys", ask_for_keys)
        button("Explore", "explore", leave)


def button(label: str, key: str, action: Callable[[], None], on: bool = False, disabled: bool = False) -> None:
    """A large button; its label is bold while what it shows is on the screen.

    Changing the type of a button instead would make it a new one, which loses the focus.
    """
    st.button(f"**{label}**" if on else label, key=f"present_{key}_button", disabled=disabled, on_click=action)


if state.pop(LEAVING, False):
    st.switch_page("explore.py")
st.html(STYLE)
with st.container(key="present"):
    asked = session.asked()
    st.markdown(f"## {words.escaped(now().title)}")
    with st.container(key="present_about"):
        st.markdown(words.escaped(now().about))
        st.markdown(f"{words.context_words(asked.scenario)}. {words.CAVEAT}")
        if asked.switched:
            with st.container(key="present_structure"):
                st.markdown(f"Structure switched: {words.escaped(words.structure_short(asked.switched))}.")
    if asked.hidden:
        question()
    else:
        results()
    buttons(asked.hidden)
    keys("present_shortcuts", shortcuts())
    pointer("present_ring", bool(state.get(POINTER)))
if state.pop(SHEET, False):
    key_sheet()

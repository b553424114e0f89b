"""The state of one reader's page: where the reader is and was, and its link. Widgets show it, callbacks change it.

The address bar is read once and written by us, because Streamlit's own query binding leaves out defaults and resets bad
values without a word. A run whose query is not the one we wrote last was caused by the reader: a link opened, or the
back or forward button. A run after a callback may still carry the query of a moment ago, so it never reads it.
"""

from __future__ import annotations

import streamlit as st

from model import InputError, presets
from model.scenario import check_setting, set_values
from model.schema import Scenario
from ui import link
from ui.history import History

HISTORY, MOVING, NOTICES, ASKED = "history", "moving", "link_notices", "asked"
WRITTEN, EDITED, PAGE = "written_query", "edited", "page"


def follow_address_bar(page: str) -> None:
    """Take over what the address bar asks for, if the reader changed it, and write it back in full.

    `page` is the path of the page that is about to run: going to another page empties the query and asks for nothing.
    While a slider is being dragged the address stays as it was; it follows when the slider is let go.
    """
    state = st.session_state
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    turned_page = not query and page != state.get(PAGE)
    navigated = not state.get(EDITED) and not turned_page and query != state.get(WRITTEN)
    if HISTORY not in state or navigated:
        opened = link.read(query)
        state[HISTORY] = state[HISTORY].visited(opened.scenario) if HISTORY in state else History(opened.scenario)
        state[NOTICES], state[MOVING] = opened.notices, None
    state[EDITED], state[PAGE] = False, page
    full = link.write(history().now)
    state[WRITTEN] = {key: [value] for key, value in full.items()}
    if query != state[WRITTEN]:
        st.query_params.from_dict(full)


def history() -> History:
    """Where the reader is and was."""
    current: History = st.session_state[HISTORY]
    return current


def scenario() -> Scenario:
    """The scenario on the page, the one under a moving thumb included."""
    moving: Scenario | None = st.session_state[MOVING]
    return moving or history().now


def before() -> Scenario | None:
    """What the page showed before the last change, or before the thumb began to move."""
    return history().now if st.session_state[MOVING] else history().before


def notices() -> tuple[str, ...]:
    """What could not be followed in the link that was opened; gone with the first change."""
    sentences: tuple[str, ...] = st.session_state[NOTICES]
    return sentences


def touched() -> None:
    """A callback for controls that change the view only: the run it causes must not read the address bar."""
    st.session_state[EDITED] = True


def ask(key: str) -> None:
    """A reader wants to know what a lever or a part of the context means."""
    st.session_state[ASKED] = key
    touched()


def take_question() -> str | None:
    """The key that was asked for in the interaction that caused this run, once."""
    key: str | None = st.session_state.pop(ASKED, None)
    return key


def walk(new: History) -> None:
    """Go to another place in the history."""
    st.session_state[HISTORY] = new
    st.session_state[NOTICES], st.session_state[MOVING] = (), None
    touched()


def load_preset(name: str) -> None:
    """Show a preset as it is."""
    walk(history().changed_to(presets()[name]))


def reset_to_preset() -> None:
    """Take back all changes to the preset."""
    load_preset(history().now.name)


def reset_to_nothing() -> None:
    """Set every lever to 0 and keep the context."""
    walk(history().changed_to(set_values(history().now, dict.fromkeys(history().now.levers, 0))))


def undo() -> None:
    """Go one change back."""
    walk(history().undone())


def redo() -> None:
    """Make the change that was undone last again."""
    walk(history().redone())


def change(key: str, new: int, settled: bool = True) -> None:
    """Set a lever or a part of the context; what a browser should not send is not taken.

    Not `settled` means that the thumb is still moving: it is shown, and it is no step of the history yet.
    """
    touched()
    try:
        changed = set_values(scenario(), {key: check_setting(key, new)})
    except InputError:
        return
    if settled:
        walk(history().changed_to(changed))
    else:
        st.session_state[MOVING] = changed


def value(key: str) -> int:
    """The current value of a lever or of a part of the context."""
    current = scenario()
    found: int = current.levers[key] if key in current.levers else getattr(current, key)
    return found

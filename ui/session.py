"""The state of one reader's page: a scenario and its link. Widgets show it, callbacks change it, nothing else holds it.

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

SCENARIO, WRITTEN, NOTICES, EDITED, PAGE = "scenario", "written_query", "link_notices", "edited", "page"


def follow_address_bar(page: str) -> None:
    """Take over what the address bar asks for, if the reader changed it, and write it back in full.

    `page` is the path of the page that is about to run: going to another page empties the query and asks for nothing.
    """
    state = st.session_state
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    turned_page = not query and page != state.get(PAGE)
    navigated = not state.get(EDITED) and not turned_page and query != state.get(WRITTEN)
    if SCENARIO not in state or navigated:
        opened = link.read(query)
        state[SCENARIO], state[NOTICES] = opened.scenario, opened.notices
    state[EDITED], state[PAGE] = False, page
    full = link.write(state[SCENARIO])
    state[WRITTEN] = {key: [value] for key, value in full.items()}
    if query != state[WRITTEN]:
        st.query_params.from_dict(full)


def scenario() -> Scenario:
    """The scenario on the page."""
    current: Scenario = st.session_state[SCENARIO]
    return current


def notices() -> tuple[str, ...]:
    """What could not be followed in the link that was opened; gone with the first change."""
    sentences: tuple[str, ...] = st.session_state[NOTICES]
    return sentences


def touched() -> None:
    """A callback for controls that change the view only: the run it causes must not read the address bar."""
    st.session_state[EDITED] = True


def replace(new: Scenario) -> None:
    """Show another scenario."""
    st.session_state[SCENARIO] = new
    st.session_state[NOTICES] = ()
    touched()


def load_preset(name: str) -> None:
    """Show a preset as it is."""
    replace(presets()[name])


def change(key: str, new: int) -> None:
    """Set a lever or a part of the context; what a browser should not send is not taken."""
    touched()
    try:
        replace(set_values(scenario(), {key: check_setting(key, new)}))
    except InputError:
        return


def value(key: str) -> int:
    """The current value of a lever or of a part of the context."""
    current = scenario()
    found: int = current.levers[key] if key in current.levers else getattr(current, key)
    return found

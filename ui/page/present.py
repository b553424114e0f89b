"""Present: one picture built in steps, for a projector; keys, a clicker or the buttons lead through it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from model.assumptions.edits import identities
from ui.drawn import stage
from ui.drawn.palette import INKS, mark_of
from ui.drawn.stage import Slide, Stage, View
from ui.page import session
from ui.page.components import projector
from ui.page.components.chart_board import chart_board, theme_in_use
from ui.page.components.keys import Shortcut, keys
from ui.page.components.pointer import pointer
from ui.told import words

GHOST, POINTER = "present_ghost", "present_pointer"
SHEET, LEAVING = "present_sheet", "present_leaving"  # asked for by a callback, done by the run after it
HEADLINES = {88: "", 106: "_long"}  # characters of a headline that two lines hold, and what its place is called
NOT_BROKEN = "op\u2011ed"  # the hyphen at which no line ends
state = st.session_state


def now() -> Stage:
    """What is on the screen."""
    return stage.staged(session.asked(), session.shown().stage)


def keep(name: str, value: object) -> None:
    """Show something else; it is no step of the history."""
    state[name] = value
    session.ignore_address_bar()


def go_to(step: str | None) -> None:
    """Show a step, if there is one in that direction."""
    session.set_stage(now().at(step=step or now().step))


def turn(by: int) -> None:
    """So many steps on."""
    go_to(now().turned(by))


def look_at(worldview: str) -> None:
    """Look at a worldview by itself, or at all; at one that is, at all again."""
    if now().views:
        session.set_stage(now().at(alone="" if worldview == now().alone else worldview))


def load(by: int) -> None:
    """Show the scenario so many places on, if there is one in that direction."""
    name = now().other(by)
    session.ignore_address_bar()
    if name:
        session.load_preset(name)


def turn_pointer() -> None:
    """Switch the pointer on or off."""
    keep(POINTER, not state.get(POINTER))


def turn_ghost() -> None:
    """Show or hide the dotted lines of the scenario that was shown before."""
    keep(GHOST, not state.get(GHOST))


def ask_for_keys() -> None:
    """Ask for the list of keys."""
    keep(SHEET, True)


def leave() -> None:
    """Back to Explore."""
    keep(LEAVING, True)


def shortcuts() -> list[Shortcut]:
    """All keys of the page that the server answers; a clicker sends Page Up and Page Down."""
    return [
        Shortcut("ArrowRight", "Next step", partial(turn, 1)),
        Shortcut("PageDown", "Next step", partial(turn, 1)),
        Shortcut("ArrowLeft", "Step back", partial(turn, -1)),
        Shortcut("PageUp", "Step back", partial(turn, -1)),
        Shortcut("ArrowDown", "Next scenario", partial(load, 1)),
        Shortcut("ArrowUp", "Previous scenario", partial(load, -1)),
        *(
            Shortcut(str(number), f"Worldview “{view.title}” alone", partial(look_at, key))
            for number, (key, view) in enumerate(identities().items(), 1)
            if key in session.asked().worldviews
        ),
        Shortcut("0", "All worldviews", partial(look_at, "")),
        Shortcut("g", "Dotted lines of the scenario before, on or off", turn_ghost),
        Shortcut("p", "Pointer, on or off", turn_pointer),
        Shortcut("Mod+z", "Undo: also brings back a scenario of your own", session.undo),
        Shortcut("Mod+Shift+z", "Redo", session.redo),
        Shortcut("e", "Back to Explore", leave),
        Shortcut("Escape", "Back to Explore; first brings back what is hidden", leave),
        Shortcut("?", "These keys", ask_for_keys),
    ]


@st.dialog("Keys")
def key_sheet() -> None:
    """What each key does."""
    told: dict[str, list[str]] = {}
    for shortcut in shortcuts():
        told.setdefault(shortcut.does, []).append(f"**{words.escaped(shortcut.in_words)}**")
    told |= {does: [f"**{key.upper()}**"] for key, does in projector.KEYS.items()}
    st.markdown("  \n".join(f"{' or '.join(names)}: {words.escaped(does)}" for does, names in told.items()))


def size_of(headline: str) -> str:
    """How large a headline can be."""
    return next((name for most, name in HEADLINES.items() if len(headline) <= most), "_longest")


def beside(slide: Slide, theme: str) -> None:
    """Beside the picture: the views with their numbers, each a button that leaves it alone, and a few words."""
    with st.container(key="present_beside"):
        for view in slide.views:
            mark = mark_of(view.key, theme)
            with st.container(key=f"present_row_{view.key}{'_faded' if view.faded else ''}"):
                st.html(
                    f"<style>[class*=st-key-present_row_{view.key}]"
                    f" {{ --mark: {mark.colour}; --glyph: '{mark.glyph}'; }}</style>"
                )
                row(view)
        for paragraph in slide.beside:
            st.markdown(words.escaped(paragraph))


def row(view: View) -> None:
    """A worldview with its number; a button where it can be looked at alone."""
    label = f"{words.escaped(view.title)} **{words.escaped(view.number)}** *{view.way}*"
    if now().views:
        st.button(label, key=f"present_{view.key}_button", on_click=look_at, args=(view.key,), type="tertiary")
    else:
        st.markdown(label)


def foot() -> None:
    """The steps, and buttons for the most used keys, for a tablet."""
    here = now()
    with st.container(key="present_bar", horizontal=True, vertical_alignment="center"):
        for step in here.steps:
            button(stage.TITLES[step], step, partial(go_to, step), on=step == here.step)
        icon("Previous scenario", "up", "arrow_upward", partial(load, -1), disabled=not here.other(-1))
        icon("Next scenario", "down", "arrow_downward", partial(load, 1), disabled=not here.other(1))
        icon("Step back", "back", "arrow_back", partial(turn, -1), disabled=not here.turned(-1))
        icon("Next step", "next", "arrow_forward", partial(turn, 1), disabled=not here.turned(1))
        icon("Keys", "keys", "keyboard", ask_for_keys)


def button(label: str, key: str, action: Callable[[], None], on: bool = False, disabled: bool = False) -> None:
    """A large button; its label is bold while what it shows is on the screen.

    Changing the type of a button instead would make it a new one, which loses the focus.
    """
    st.button(f"**{label}**" if on else label, key=f"present_{key}_button", disabled=disabled, on_click=action)


def icon(name: str, key: str, icon: str, action: Callable[[], None], disabled: bool = False) -> None:
    """A button with a picture on it and its name for those who do not see it."""
    picture = f":material/{icon}:"
    st.button(name, key=f"present_{key}_button", icon=picture, disabled=disabled, on_click=action)


if state.pop(LEAVING, False):
    st.switch_page("explore.py")
asked, theme = session.asked(), theme_in_use()
before = session.before() if state.get(GHOST) else None
shown, ink = stage.slide(asked, now(), before, theme), INKS[theme]
st.html(f"<style>.st-key-present {{ --ink: {ink.text}; --paper: {ink.paper}; }}</style>")
with st.container(key="present"):
    with st.container(key=f"present_head{size_of(shown.headline)}"):
        st.markdown(words.escaped(shown.name))
        st.markdown("# " + words.escaped(shown.headline.replace("op-ed", NOT_BROKEN)))
    has_words = bool(shown.views or shown.beside)
    with st.container(key="present_picture" if has_words else "present_picture_wide"):
        chart_board("present_board", shown.board, on_theme=session.ignore_address_bar, eases=True)
        if has_words:
            beside(shown, theme)
    with st.container(key="present_note"):
        st.markdown(words.escaped(shown.note))
    foot()
    keys("present_shortcuts", shortcuts())
    pointer("present_ring", bool(state.get(POINTER)))
    projector.projector("present_projector")
if state.pop(SHEET, False):
    key_sheet()

"""The state of one reader's page: where the reader is and was, and its link. Widgets show it, callbacks change it.

The address bar is read once and written by us, because Streamlit's own query binding leaves out defaults and resets bad
values without a word. A run whose query is not the one we wrote last was caused by the reader: a link opened, or the
back or forward button. A run after a callback may still carry the query of a moment ago, so it never reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from model import InputError
from model.analysis.goals import Goal
from model.assumptions.catalog import EDITED as KEY_OF_OWN
from model.assumptions.edits import Edits
from model.assumptions.scenario import check_setting, set_values, setting
from model.assumptions.schema import Scenario
from model.errors import nearest
from model.errors import shown as named
from ui.exports import scenario_file, worldview_file
from ui.links import chosen, comparison, single
from ui.links.addresses import base_path
from ui.links.asked import (
    ENSEMBLE,
    FIRST,
    OPENING_HAND,
    SECTIONS,
    Asked,
    Shown,
    open_settings,
    same_ground,
    starting_points,
    switched_by,
    unmoved,
)
from ui.links.history import History
from ui.links.paths import ASSUMPTIONS, COMPARE, SOURCE
from ui.links.single import Seen
from ui.page.components.chart_board import Replay, theme_in_use
from ui.server.routes import board_address
from ui.told import cache
from ui.told.assumptions import places
from ui.told.seen import seen

HISTORY, SHOWN, SEEN_THEN = "history", "shown", "seen_then"
NOTICES, ASKED_ABOUT, LOOKED_UP = "link_notices", "asked_about", "looked_up"
REPLAYS, TOURS, OPENED = "replays", "tours", "opened"
COMPARED, COMPARED_SEEN_THEN = "compared", "compared_seen_then"
FIRST_VISIT = "first_visit"
NO_CHANGE = "There is no change to replay yet."
DRAWER, BROUGHT = "own_worldview_open", "worldview_file_opened"
WRITTEN, EDITED = "written_query", "edited"
CHOSEN = "chosen_on_pages"


def follow_address_bar(page: str) -> None:
    """Take over what the address bar asks for, if the reader changed it, and write it back in full.

    `page` is the path of the page that is about to run. Going to another page empties the query, and it stays empty
    for every run until the browser has taken over what is written here: where a scenario is set, it asks for nothing.
    """
    state = st.session_state
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    navigated = query and not state.get(EDITED) and query != state.get(WRITTEN)
    if HISTORY not in state or navigated:
        _take_over(query, page)
    state[EDITED] = False
    before_this, compares = state.get(WRITTEN), page == COMPARE
    state[WRITTEN] = (
        comparison.write(compared(), shown(), compared_seen_then() or [seen(one) for one in compared()])
        if compares
        else single.write(asked(), shown(), seen_here()) | {name: [text] for name, text in choices_on(page).items()}
    )
    if query != state[WRITTEN] or before_this != state[WRITTEN]:  # what was written last may still be on its way
        st.query_params.from_dict(state[WRITTEN])


def _take_over(query: dict[str, list[str]], page: str) -> None:
    """Go where a link leads."""
    st.session_state.pop(ASKED_ABOUT, None)
    if page == COMPARE:
        _take_over_comparison(query)
        return
    here, about_source = chosen.read(page, query)
    query = chosen.rest(page, query)
    st.session_state[CHOSEN] = st.session_state.get(CHOSEN, {}) | {page: here}
    if page == ASSUMPTIONS and SOURCE in query:
        about_source += _look_up(query[SOURCE][0])
        query = {key: values for key, values in query.items() if key != SOURCE}
    state, opened = st.session_state, single.read(query)
    state[FIRST_VISIT] = not query and HISTORY not in state
    state.setdefault(HISTORY, History(opened.asked))
    state[HISTORY] = state[HISTORY].visited(opened.asked)
    state[SEEN_THEN] = opened.seen if changed_since(opened.asked, opened.seen) else None
    _show_as(opened.shown, opened.notices + about_source)


def _look_up(name: str) -> tuple[str, ...]:
    """Look a number up on Assumptions; a sentence where there is none of that name."""
    if name not in places():
        return (f"{SOURCE} names {named(name)}, which was left out; {nearest(name, places())}",)
    st.session_state[LOOKED_UP] = name
    return ()


def take_looked_up() -> str | None:
    """The name of the number that a link asks to look up, once."""
    name: str | None = st.session_state.pop(LOOKED_UP, None)
    return name


def choices_on(page: str) -> Mapping[str, str]:
    """What a reader chose on a page that only this page's link holds, as text by its name in the link."""
    every: dict[str, dict[str, str]] = st.session_state.get(CHOSEN, {})
    return every.get(page, {})


def choose_on(page: str, name: str, text: str) -> None:
    """A reader chose something on a page that its link keeps; without a text it is left out."""
    ignore_address_bar()
    others = {key: value for key, value in choices_on(page).items() if key != name}
    st.session_state[CHOSEN] = st.session_state.get(CHOSEN, {}) | {page: others | ({name: text} if text else {})}


def show_in(key: str, value: object) -> None:
    """Make a widget show a value; left alone where it does, for what is set undoes what a reader does meanwhile."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _take_over_comparison(query: dict[str, list[str]]) -> None:
    state, opened = st.session_state, comparison.read(query)
    first = opened.all_asked[0] if opened.all_asked else single.read({}).asked
    state.setdefault(HISTORY, History(first))
    state[COMPARED], state[SEEN_THEN] = opened.all_asked, None
    state[COMPARED_SEEN_THEN] = opened.all_seen if any(map(changed_since, opened.all_asked, opened.all_seen)) else ()
    _show_as(opened.shown, opened.notices)


def _show_as(shown: Shown, notices: tuple[str, ...]) -> None:
    state = st.session_state
    state[NOTICES], state[SHOWN] = notices, shown


def compared() -> tuple[Asked, ...]:
    """The scenarios that are compared: those that were pinned, or the one on Explore."""
    pinned: tuple[Asked, ...] = st.session_state.get(COMPARED, ())
    return pinned or (bare(asked()),)


def compared_seen_then() -> tuple[Seen, ...]:
    """What the link of a comparison says its author saw of each scenario, where today's numbers differ."""
    found: tuple[Seen, ...] = st.session_state.get(COMPARED_SEEN_THEN, ())
    return found


def _now_compared(all_asked: tuple[Asked, ...]) -> None:
    """Compare these; what an author saw is left behind."""
    st.session_state[COMPARED], st.session_state[COMPARED_SEEN_THEN] = all_asked, ()


def bare(one: Asked) -> Asked:
    """A place as it is compared: scenario, title, worlds, structure, and whether its results wait for a prediction."""
    return replace(one, goals=(), predict=FIRST if one.hidden else None)


def compare(*new: Asked) -> tuple[str, ...]:
    """Compare more scenarios, beside what was compared before or what Explore shows, in the worlds of the first.

    A worldview of the reader's own stands beside all of them: the latest that was brought. Gives a sentence for each
    that found no room or ran in other worlds.
    """
    ignore_address_bar()
    own = next((one.own for one in (*new, *compared()) if one.own), None)
    all_asked, told = [replace(one, own=own) for one in compared()], []
    if {one.own for one in (*new, *compared()) if one.own} - {own}:
        told.append("One worldview of your own stands beside all scenarios; the latest was kept.")
    for asked in new:
        if asked.seed != all_asked[0].seed:
            told.append(
                f"“{asked.name}” was made with seed {asked.seed}; here it is run with seed {all_asked[0].seed}, in the "
                "same assumed worlds as the others."
            )
        one = replace(bare(asked), seed=all_asked[0].seed, own=own)
        if one not in all_asked and len(all_asked) == comparison.MOST:
            told.append(f"“{asked.name}” found no room: at most {comparison.MOST} scenarios can be compared.")
        elif one not in all_asked:
            all_asked.append(one)
    _now_compared(tuple(all_asked))
    return tuple(told)


def pin() -> None:
    """Compare what Explore shows, and say so."""
    ignore_address_bar()
    pinned: tuple[Asked, ...] = st.session_state.get(COMPARED, ())
    if asked().hidden:
        told = "Make your prediction first; then the scenario can be compared."
    elif bare(asked()) in pinned:
        told = "It is among the scenarios on Compare already."
    else:
        sentences = compare(asked()) if pinned else ()
        if not pinned:
            _now_compared((bare(asked()),))
        count = len(compared())
        told = " ".join(sentences) or f"Pinned: scenario {count} of at most {comparison.MOST} on Compare."
    st.toast(told, icon=":material/keep:")


def uncompare(i: int) -> None:
    """Leave one of the compared scenarios out."""
    ignore_address_bar()
    _now_compared(tuple(p for k, p in enumerate(compared()) if k != i))


def set_notices(sentences: tuple[str, ...]) -> None:
    """Show sentences about what could not be followed."""
    st.session_state[NOTICES] = sentences


def history() -> History:
    """Where the reader is and was."""
    current: History = st.session_state[HISTORY]
    return current


def asked() -> Asked:
    """What the reader asks now."""
    return history().now


def shown() -> Shown:
    """What is shown of it: open sections, worldviews shown."""
    found: Shown = st.session_state[SHOWN]
    return found


def seen_then() -> Seen | None:
    """What the link that was opened says its author saw, where today's numbers differ; gone with the first change."""
    found: Seen | None = st.session_state[SEEN_THEN]
    return found


def seen_here() -> Seen:
    """What the link of the page says that its author saw: as it said when it was opened, or what is seen today."""
    return seen_then() or seen(asked())


def query_here() -> str:
    """The query of the page's link: what is asked, how it is shown, and what is seen."""
    return single.text(asked(), shown(), seen_here())


def source_addresses() -> Callable[[str], str]:
    """Where Assumptions shows a source card, by its name; the query of the page is written once for all of them."""
    return f"{base_path()}/{ASSUMPTIONS}?{query_here()}&{SOURCE}=".__add__


def source_query(name: str) -> Mapping[str, list[str]]:
    """The query of that address."""
    return single.write(asked(), shown(), seen_here()) | {SOURCE: [name]}


def changed_since(now: Asked, made: Seen | None) -> bool:
    """Whether a link's author saw something else than the page shows today."""
    if made is None or now.hidden:
        return False
    today = cache.middle_shifts(now)
    return any(today.get(worldview) != shift for worldview, shift in made.result.items())


def open_sections(names: Iterable[str]) -> None:
    """A reader picked a section or put one away: one is open at a time, and it is no step of the history."""
    ignore_address_bar()
    before, now = set(shown().open), set(names)
    new = now - before or now
    st.session_state[SHOWN] = replace(shown(), open=tuple(key for key in SECTIONS if key in new))
    if now - before:
        bring_into_view(f".st-key-section_{next(iter(new))}")


def bring_into_view(selector: str) -> None:
    """A reader opened what a CSS selector names."""
    st.session_state[OPENED] = (selector, opened()[1] + 1)


def opened() -> tuple[str, int]:
    """What a reader opened last, as a CSS selector, and how often one was opened."""
    last: tuple[str, int] = st.session_state.get(OPENED, ("", 0))
    return last


def play_opening_hand() -> None:
    """Show the essay's own package."""
    load_preset(OPENING_HAND)


def show_worldviews(keys: Iterable[str]) -> None:
    """Show some worldviews only; all of them where none is named."""
    ignore_address_bar()
    every = asked().worldviews
    wanted = set(keys)
    some = tuple(key for key in every if key in wanted)
    st.session_state[SHOWN] = replace(shown(), chosen=() if some == every else some)


def set_stage(name: str) -> None:
    """Show a step of Present, and a worldview by itself; no step of the history."""
    ignore_address_bar()
    st.session_state[SHOWN] = replace(shown(), stage=name)


def scenario() -> Scenario:
    """The scenario on the page."""
    return asked().scenario


def before() -> Asked | None:
    """Where the reader was before the last change of settings, if there was one; other worlds are no change."""
    earlier = history().before
    same = earlier and earlier.seed == asked().seed and same_ground(earlier.scenario, scenario())
    return earlier if same else None


def ask_replay() -> None:
    """A reader wants to see the last change again."""
    if not before():
        other = history().before
        nothing("The last step led to other assumed worlds; it cannot be replayed." if other else NO_CHANGE)
        return
    st.session_state[REPLAYS] = st.session_state.get(REPLAYS, 0) + 1
    ignore_address_bar()


def ask_tour() -> None:
    """A reader wants to see the tour again."""
    st.session_state[TOURS], st.session_state[FIRST_VISIT] = tours() + 1, False
    ignore_address_bar()


def tours() -> int:
    """How often a reader asked for the tour."""
    count: int = st.session_state.get(TOURS, 0)
    return count


def replay() -> Replay | None:
    """The last change with the number of times a reader asked to see a change again."""
    earlier = before()
    if not earlier:
        return None
    return Replay(
        number=st.session_state.get(REPLAYS, 0),
        address=board_address("worldviews", earlier, None, shown(), theme_in_use()),
        before={key: setting(earlier.scenario, key) for key in open_settings(scenario())},
        now={key: setting(scenario(), key) for key in open_settings(scenario())},
    )


def notices() -> tuple[str, ...]:
    """What could not be followed in the link that was opened; gone with the first change."""
    sentences: tuple[str, ...] = st.session_state[NOTICES]
    return sentences


def ignore_address_bar() -> None:
    """A callback for controls that change the view only: the run it causes must not read the address bar."""
    st.session_state[EDITED] = True


def ask_about(kind: str, key: str) -> None:
    """A reader asks for a dialog of some kind, about something; it stays open until it is put aside."""
    st.session_state[ASKED_ABOUT] = kind, key
    ignore_address_bar()


def asked_about(kind: str) -> str | None:
    """What a reader asked for a dialog of that kind about, if one is open."""
    of_kind, key = st.session_state.get(ASKED_ABOUT, ("", None))
    return key if of_kind == kind else None


def dialog(title: str, body: Callable[[], object]) -> None:
    """Show what a reader asked about over the page; runs of the page leave it open."""
    st.dialog(title, width="medium", position="right", on_dismiss=put_aside)(body)()


def put_aside() -> None:
    """A reader closed the dialog."""
    st.session_state.pop(ASKED_ABOUT, None)
    ignore_address_bar()


def walk(new: History) -> None:
    """Go elsewhere in the history."""
    st.session_state[HISTORY] = new
    st.session_state[NOTICES], st.session_state[SEEN_THEN] = (), None
    ignore_address_bar()


def go(**changes: Any) -> None:
    """A step of the history: some parts of what is asked anew."""
    walk(history().changed_to(replace(asked(), **changes)))


def load_preset(name: str) -> None:
    """Show a preset or a historic analogue as it is, under its own title."""
    go(scenario=starting_points()[name], title="")


def asked_of_file(file: UploadedFile) -> Asked | None:
    """The scenario of a file that a reader brought: its settings and title; its name has no place in a link.

    None, and a sentence on the page, where it is none.
    """
    ignore_address_bar()
    try:
        found = scenario_file.as_asked(scenario_file.from_bytes(file.getvalue(), file.name))
    except InputError as error:
        set_notices((f"{error} The page was kept as it was.",))
        return None
    set_notices(())
    return found


def first_visit() -> bool:
    """Whether the page was opened by an address that asks for nothing, and nothing was done yet."""
    return bool(st.session_state.get(FIRST_VISIT)) and not history().past and not opened()[1]


def be_no_first_visit() -> None:
    """A reader has answered the line that greets who comes without a link."""
    st.session_state[FIRST_VISIT] = False
    ignore_address_bar()


def reset_to_preset() -> None:
    """Take back all changes to the preset, and to the structure."""
    go(scenario=starting_points()[scenario().name], title="", switched=())


def reset_to_nothing() -> None:
    """Set every lever to neutral and keep the context."""
    go(scenario=unmoved(scenario()))


def switch(name: str) -> None:
    """Switch a structural choice, or the ensemble, or switch it back; the ensemble stands alone."""
    single = set(asked().switched) - {ENSEMBLE}
    go(switched=() if asked().switched == (name,) else switched_by({name} if name == ENSEMBLE else single ^ {name}))


def to_base() -> None:
    """Switch the whole structure back to the base."""
    if not asked().switched:
        nothing("The structure is the base already.")
        return
    go(switched=())


def edit_copy(worldview: str) -> None:
    """Begin a worldview of the reader's own as a copy of one of the four."""
    go(own=Edits(worldview))


def edit(name: str, values: Sequence[float]) -> None:
    """Change a number of the reader's own worldview; what cannot be is said and not taken."""
    own = asked().own
    if own is None:
        return ignore_address_bar()
    try:
        changed = own.changed(name, values)
    except InputError as error:
        return nothing(f"{error} It was kept as it was.")
    return go(own=changed) if changed != own else ignore_address_bar()


def take_back_edit(name: str) -> None:
    """Put a number of the reader's own worldview back as it was copied."""
    own = asked().own
    go(own=own.without(name) if own else None)


def take_back_edits() -> None:
    """Put all numbers of the reader's own worldview back as they were copied."""
    own = asked().own
    go(own=Edits(own.copied) if own else None)


def put_away_own() -> None:
    """No worldview of the reader's own any more; undo brings it back."""
    st.session_state[SHOWN] = replace(shown(), chosen=tuple(key for key in shown().chosen if key != KEY_OF_OWN))
    go(own=None)


def edit_file(file: UploadedFile) -> None:
    """Take over the worldview of a file that a reader brought, or say why not."""
    ignore_address_bar()
    try:
        found = worldview_file.from_bytes(file.getvalue(), file.name)
    except InputError as error:
        set_notices((f"{error} The page was kept as it was.",))
        return
    go(own=found.own)
    st.session_state[BROUGHT] = found


def brought() -> worldview_file.Brought | None:
    """The file that the reader's own worldview was opened from; None once a number of it was changed."""
    found: worldview_file.Brought | None = st.session_state.get(BROUGHT)
    return found if found and found.own == asked().own else None


def open_drawer(*, is_open: bool) -> None:
    """Show the reader's own worldview in place of the levers, or the levers again; no step of the history."""
    ignore_address_bar()
    st.session_state[DRAWER] = is_open


def drawer_is_open() -> bool:
    """Whether the reader's own worldview stands in place of the levers."""
    return bool(st.session_state.get(DRAWER))


def set_goals(goals: Iterable[Goal]) -> None:
    """Set goals anew, each once, in this order."""
    go(goals=tuple(dict.fromkeys(goals)))


def predict_first() -> None:
    """Hide results until the reader has made a prediction."""
    go(predict=FIRST)


def stop_predicting() -> None:
    """Show results and forget the prediction."""
    go(predict=None)


def undo() -> None:
    """Go one change back."""
    if not history().past:
        nothing("There is no change to undo.")
        return
    walk(history().undone())


def redo() -> None:
    """Make the change that was undone last again."""
    if not history().future:
        nothing("There is nothing to redo.")
        return
    walk(history().redone())


def nothing(sentence: str) -> None:
    """Say why a control does nothing now."""
    ignore_address_bar()
    st.toast(sentence, icon=":material/info:")


def change(key: str, new: int) -> None:
    """Set a lever or a part of the context; what a browser should not send is not taken."""
    ignore_address_bar()
    with suppress(InputError):
        go(scenario=set_values(scenario(), {key: check_setting(key, new)}))

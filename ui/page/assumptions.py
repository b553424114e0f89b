"""Assumptions: every parameter, lever, table and claim, with its basis and source."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import streamlit as st

from model import catalog
from model.analysis.reliance import LEVEL, RESULTS
from model.assumptions.equations import equations
from model.assumptions.schema import SharedTable
from ui.drawn import cards, palette, source_cards
from ui.links.chosen import BASIS, SEVERAL
from ui.links.paths import ASSUMPTIONS
from ui.page import session
from ui.page.sections import files_of
from ui.told import assumptions as told
from ui.told import words

BASIS_KEY = "parameter_basis"
ASKED_FOR = "assumption_asked_for"  # what a link leads to, which no filter by basis hides


def several(
    name: str,
    options: Sequence[str],
    in_words: Callable[[str], str],
    key: str,
    on_change: Callable[[], None] = session.ignore_address_bar,
) -> list[str]:
    """Which of some a reader wants to see; all of them where none is chosen."""
    return st.pills(
        name,
        options,
        selection_mode="multi",
        format_func=in_words,
        key=key,
        wrap=True,
        on_change=on_change,
    )


def searched(name: str, key: str) -> str:
    """What a reader searches for."""
    return st.text_input(f"Search the {name}", key=key, on_change=session.ignore_address_bar)


def show(listed: str, found: int, of: int, what: str, name: str) -> None:
    """Cards with how many of all they are, and where all of them can be downloaded."""
    if found < of:
        st.markdown(f"{found} of {of} {what} are shown.")
    if found:
        with st.container(key=f"listed_{name}"):
            st.html(listed)
    files_of(name)


def parameters() -> None:
    """What each worldview assumes of each parameter."""
    views, every = catalog().worldviews, told.assumed()
    st.markdown(
        f"{len(catalog().parameters)} uncertain parameters. Each world draws its own value: a bar holds 80 of 100 "
        "worlds, from the 10th to the 90th percentile, its marker is the central value, and the track is what is "
        "admissible. "
        "Each world leans one way: what is kinder to the wedge is drawn higher, and what is harder on it lower, or the "
        f"other way round (choice C11). {told.judged()}"
    )
    wanted = searched("parameters", "parameter_search")
    left, right = st.columns([5, 4])
    with left:
        chosen = several(
            "Worldview", list(views), lambda key: f"{palette.mark_of(key).glyph} {views[key].title}", "parameter_views"
        )
    with right:
        bases = by_basis()
    shown = [view for view in views if view in chosen or not chosen]
    st.html(cards.worldviews(shown))
    asked_for = told.key_of(st.session_state.get(ASKED_FOR, ""))
    found = told.assumptions_found(wanted, bases, shown, asked_for)
    if asked_for in every and asked_for not in told.assumptions_found(wanted, bases, shown):
        st.markdown(f"{cards.title_of_assumption(asked_for)} stands among them because the link asked for it.")
    show(source_cards.assumptions(found, shown, asked_for_card()), len(found), len(every), "assumptions", "parameters")
    st.markdown("Basis, reasons and sources by worldview:")
    files_of("grounds")


def by_basis() -> list[str]:
    """On which basis a number has to rest to be shown, as the link says; all where none is chosen."""
    chosen = session.choices_on(ASSUMPTIONS).get(BASIS, "")
    session.show_in(BASIS_KEY, [one for one in told.BASES if one in chosen.split(SEVERAL)])

    def choose() -> None:
        picked = st.session_state[BASIS_KEY]
        session.choose_on(ASSUMPTIONS, BASIS, SEVERAL.join(one for one in told.BASES if one in picked))
        st.session_state.pop(ASKED_FOR, None)

    return several("Basis", list(told.BASES), told.basis_counted, BASIS_KEY, choose)


def levers() -> None:
    """What can be moved, and what its positions mean."""
    st.markdown(
        f"{len(catalog().levers)} levers. Offers, terms and assurances run from 0 to 100, the essay's own edge; "
        "the two pressures from 0 to 200 % of the pressure at the start. At its neutral value a lever does nothing."
    )
    address = session.source_addresses()
    for key, lever in catalog().levers.items():
        part = f"part_{told.LEVER}{key}"
        with st.expander(lever.name, key=part, on_change=session.ignore_address_bar):
            st.markdown(words.lever_guide(lever))
            if key in catalog().inducements:
                st.html(source_cards.source_card(f"{told.LEVER}{key}", address, catalog()))
            else:
                claims = ", ".join(lever.claims)
                st.markdown(f"**Claims:** {claims}.  \n**Sources:** {words.escaped(told.cite(lever.sources))}.")
            st.markdown(f"**Name in code and links:** {key}.")


def structure() -> None:
    """What all worldviews share: equations, tables, choices, fixed numbers."""
    st.markdown("#### The ten equations")
    for number, equation in equations().items():
        with st.expander(f"{number}. {equation.title}"):
            st.markdown(words.escaped(equation.says))
            for formula in equation.formulas:
                st.markdown(f"$\\displaystyle {formula}$")  # unlike a formula of its own it breaks on a phone
    st.markdown("#### Numbers that all worldviews share, and choices")
    parts: dict[str, tuple[str, int, Callable[[], None]]] = {
        "levels": ("Where alignment stands at the start", len(catalog().levels), levels)
    }
    for name, record in catalog().structure.tables:
        title = f"{record.title} (table {record.symbol})"
        parts[told.part_of(record)] = (title, len(record.values), partial(shared, name, record))
    parts |= {
        "vectors": ("Shared vectors", len(told.shared_vectors()), vectors),
        "choices": ("Choices of structure that are open to dispute", len(catalog().structure.choices), choices),
        "prices": ("What pressure costs, and what easing it costs", len(told.pressure_prices()), prices),
        "constants": ("Fixed numbers", len(catalog().constants), constants),
        "results": ("What a run leads to, and what it rests on", len(RESULTS), run_leads_to),
    }
    for name, (title, count, body) in parts.items():
        with st.expander(f"{title}: {count}", key=f"part_{name}", on_change=session.ignore_address_bar) as box:
            if box.open:
                body()
                files_of(name)


def levels() -> None:
    """Where alignment stands at the start, by domain and year."""
    records = {f"{LEVEL}{key}": record for key, record in catalog().levels.items()}
    st.html(source_cards.shared(records, asked_for_card()))


def shared(name: str, record: SharedTable) -> None:
    """A table that all worldviews share: a row of shares for each of its rows."""
    st.markdown(f"{words.escaped(record.note)} Drawn anew around these in each world.")
    st.html(source_cards.table(name))


def choices() -> None:
    """What could be built otherwise."""
    st.markdown("They are switched on Explore, under *Context and worldviews*.")
    st.html(cards.listed(told.choices(), "As built", ["Choice"]))


def vectors() -> None:
    """The vectors that all worldviews share."""
    st.html(source_cards.shared(told.shared_vectors(), asked_for_card()))


def prices() -> None:
    """The fixed numbers that say what changed pressure costs or saves."""
    st.html(source_cards.shared({key: catalog().constants[key] for key in told.pressure_prices()}, asked_for_card()))


def constants() -> None:
    """Fixed numbers, the prices among them."""
    st.html(source_cards.shared(catalog().constants, asked_for_card()))


def run_leads_to() -> None:
    """The outcomes of a run."""
    st.html(source_cards.results(session.source_addresses(), asked_for_card()))


def claims() -> None:
    """The essay, claim by claim."""
    known, table = catalog().claims, told.claims()
    st.markdown(
        f"#### The essay, claim by claim\n\n{len(table)} claims of the essay, in our words: what the model computes, "
        "what it leaves out and why."
    )
    st.page_link("argument.py", label="The argument, and what it leaves out")
    wanted = searched("claims", "claim_search")
    counts = table["Status"].value_counts()
    status = several("Status", list(told.STATUS.values()), lambda name: f"{name} ({counts[name]})", "claim_status")
    found = told.search(table[table["Status"].isin(status)] if status else table, wanted)
    answered = dict(zip(found["Claim"], found["Answered by"], strict=True))
    listed = cards.claims({key: known[key] for key in answered}, answered, bool(wanted), asked_for_card())
    show(listed, len(found), len(table), "claims", "claims")


def sources() -> None:
    """What was read, and how much of it."""
    known, table = catalog().sources, told.sources()
    st.markdown(
        f"{len(table)} sources, by how much of each was read: text, excerpt, abstract, a secondary account, data, or "
        "from memory."
    )
    wanted = searched("sources", "source_search")
    kept = set(told.search(table, wanted).index)
    found = {key: source for i, (key, source) in enumerate(known.items()) if i in kept}
    listed = cards.sources(found, is_open=bool(wanted))
    show(listed, len(found), len(table), "sources", "sources")


def look_up(name: str) -> None:
    """Open what a link leads to: the tab and the part of it in which a number stands, and bring it into view."""
    tab, part, selector = told.places()[name]
    st.session_state["assumption_tabs"] = tab
    st.session_state[ASKED_FOR] = name
    if part:
        st.session_state[f"part_{part}"] = True
    session.bring_into_view(selector)


def asked_for_card() -> Collection[str]:
    """The card that a link leads to, which is open from the start."""
    name = st.session_state.get(ASKED_FOR)
    return (name,) if name else ()


BODIES = {
    "Parameters": parameters,
    "Levers": levers,
    "Structure": structure,
    "Claims": claims,
    "Sources": sources,
}

st.markdown("### What is assumed, and on what grounds")
st.markdown(
    f"{words.CAVEAT} No number is estimated from data to make the model fit; most sizes are judgement and say so. "
    "The basis is **the essay's text**, **literature**, **data** or **judgement**; where judgement stands beside "
    "another, the direction has a source and the size does not."
)
wanted = session.take_looked_up()
if wanted:
    look_up(wanted)
tabs = st.tabs(list(BODIES), key="assumption_tabs", on_change=session.ignore_address_bar)
for tab, body in zip(tabs, BODIES.values(), strict=True):
    if tab.open:
        with tab:
            body()

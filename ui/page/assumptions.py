"""Assumptions: every parameter, lever, table and claim, with its basis and source."""

import pandas as pd
import streamlit as st

from model import catalog
from model.assumptions.equations import equations
from ui.drawn import palette
from ui.page import session
from ui.page.sections import files_of
from ui.told import assumptions as tables
from ui.told import words


def show(table: pd.DataFrame, alt: str, name: str, search: str = "") -> None:
    """A table that wraps its text and can be read aloud, cut down to what was searched for; `name` to download it."""
    found = tables.search(table, search) if search else table
    if search:
        st.markdown(f"{len(found)} of {len(table)} rows have these words.")
    if len(found):
        st.table(found.map(lambda cell: words.escaped(words.minus(str(cell)))), alt=alt, hide_index=True)
    files_of(name)


st.markdown("### What is assumed, and on what grounds")
st.markdown(
    f"{words.CAVEAT} No number is estimated from data to make the model fit; most sizes are judgement and say so. "
    "The basis is **the essay's text**, **literature**, **data** or **judgement**; where judgement stands beside "
    "another, the direction has a source and the size does not."
)
parameters, levers, structure, claims, sources = st.tabs(
    ["Parameters", "Levers", "Structure", "The essay, claim by claim", "Sources"],
    key="assumption_tabs",
    on_change=session.ignore_address_bar,
)

if parameters.open:
    with parameters:
        st.markdown(
            f"{len(catalog().parameters)} uncertain parameters. Each world draws its own value: the three numbers are "
            "the 10th, 50th and 90th percentile. Each world leans one way: what is kinder to the wedge is drawn "
            "higher, and what is harder on it lower, or the other way round (choice C11)."
        )
        wanted = st.text_input("Search the parameters", key="parameter_search", on_change=session.ignore_address_bar)
        show(tables.parameters(), "Parameters and their ranges by worldview", "parameters", wanted)
        st.markdown("#### Basis and sources, by worldview")
        views = catalog().worldviews
        chosen = st.segmented_control(
            "Worldview",
            list(views),
            format_func=lambda key: f"{palette.mark_of(key).glyph} {views[key].title}",
            default=next(iter(views)),
            required=True,
            key="grounds_of",
            on_change=session.ignore_address_bar,
        )
        st.markdown(words.escaped(views[chosen].summary))
        show(tables.grounds(chosen), f"Basis and sources of {views[chosen].title}", "grounds", wanted)

if levers.open:
    with levers:
        st.markdown(
            f"{len(catalog().levers)} levers. Offers, terms and assurances run from 0 to 100, the essay's own edge; "
            "the two pressures from 0 to 200 % of the pressure at the start. At its neutral value a lever does nothing."
        )
        for key, lever in catalog().levers.items():
            with st.expander(f"{lever.name} (`{key}`)"):
                st.markdown(words.lever_guide(lever))
                st.markdown(f"**Claims:** {', '.join(lever.claims)}.  \n**Sources:** {tables.cite(lever.sources)}.")

if structure.open:
    with structure:
        st.markdown("#### The ten equations")
        for number, equation in equations().items():
            with st.expander(f"{number}. {equation.title}"):
                st.markdown(words.escaped(equation.says))
                for formula in equation.formulas:
                    st.latex(formula)
        st.markdown("#### Where alignment stands at the start")
        show(tables.levels(), "Starting levels by domain", "levels")
        for title, record, numbers in tables.shared_tables():
            st.markdown(f"#### {title} (table {record.symbol})")
            st.markdown(f"{record.note} Basis: {tables.graded(record.basis)}. Drawn anew around these in each world.")
            st.table(numbers.map(words.minus), alt=title, hide_index=True)
            files_of(f"table-{record.symbol.lower()}")
        st.markdown("#### Shared vectors")
        show(tables.vectors(), "Shared vectors", "vectors")
        st.markdown("#### Choices of structure that are open to dispute")
        st.markdown("They are switched on Explore, under *Context and worldviews*.")
        show(tables.choices(), "Structural choices", "choices")
        prices = tables.prices_of_pressure()
        st.markdown(f"#### What pressure costs, and what easing it costs: {len(prices)} prices")
        show(prices, "The prices of pressure", "prices")
        st.markdown("#### Fixed numbers")
        show(tables.constants(), "Fixed numbers", "constants")

if claims.open:
    with claims:
        table = tables.claims()
        st.markdown(
            f"{len(table)} claims of the essay, in our words: what the model computes, what it leaves out and why."
        )
        counts = table["Status"].value_counts()
        wanted = st.text_input("Search the claims", key="claim_search", on_change=session.ignore_address_bar)
        status = st.pills(
            "Status",
            list(tables.STATUS.values()),
            selection_mode="multi",
            format_func=lambda name: f"{name} ({counts[name]})",
            key="claim_status",
            on_change=session.ignore_address_bar,
        )
        show(table[table["Status"].isin(status)] if status else table, "The essay's claims", "claims", wanted)

if sources.open:
    with sources:
        st.markdown(
            "What was read, and how much of it: text, excerpt, abstract, a secondary account, data, or from memory."
        )
        wanted = st.text_input("Search the sources", key="source_search", on_change=session.ignore_address_bar)
        show(tables.sources(), "Sources", "sources", wanted)

"""History: what was observed from 1992 to 2024, and by how much forecasts from the past would have missed."""

from html import escape

import streamlit as st

from model.analysis.hindcast import HORIZONS
from model.history.observed import history
from ui.drawn import cards
from ui.drawn.hindcast import misses_board
from ui.drawn.observed import WHOLE, observed_board
from ui.links.chosen import AHEAD, SERIES, YEARS, span, span_text
from ui.links.paths import HISTORY
from ui.page import session
from ui.page.components.chart_board import chart_board, theme_in_use
from ui.page.sections import files_of
from ui.page.table import show_table
from ui.told import cache, observed, words
from ui.told import hindcast as told

SERIES_KEY, YEARS_KEY, AHEAD_KEY = "history_series", "history_shown", "history_years"


def head() -> None:
    """What the record shows, and what that rests on."""
    st.html(
        f'<h1 class="compared-finding">{escape(observed.finding())}</h1>'
        f'<p class="compared-caveat">{escape(observed.basis())}</p>'
    )


def record(theme: str) -> None:
    """A series on one axis of time with events and levers, and what it is."""
    left, right = st.columns(2, gap="medium")
    with left:
        name = which_series()
    with right:
        years = which_years()
    board = observed_board(name, theme, years)
    chart_board("chart_observed", board, on_theme=session.ignore_address_bar)
    st.markdown(f"{words.escaped(observed.ends_sentence(name))} {board.reading}")
    st.html(cards.facts(f"{history().series[name].title}: source, licence, breaks", observed.facts(name)))
    files_of("observed", which={SERIES: name} | ({YEARS: text} if (text := span_text(*years)) else {}))


def which_series() -> str:
    """The series that is looked at, as the link says."""
    session.show_in(SERIES_KEY, session.choices_on(HISTORY).get(SERIES, observed.series_shown()[0]))
    return st.selectbox(
        "What is shown",
        observed.series_shown(),
        format_func=lambda key: history().series[key].title,
        key=SERIES_KEY,
        on_change=lambda: session.choose_on(HISTORY, SERIES, st.session_state[SERIES_KEY]),
    )


def which_years() -> tuple[int, int]:
    """The years of the record that are looked at, as the link says."""
    text = session.choices_on(HISTORY).get(YEARS)
    years = span(text) if text else WHOLE
    session.show_in(YEARS_KEY, years)
    st.slider(
        "Years shown",
        *WHOLE,
        key=YEARS_KEY,
        on_change=lambda: session.choose_on(HISTORY, YEARS, span_text(*st.session_state[YEARS_KEY])),
    )
    return years


def events() -> None:
    """The events with their warnings."""
    st.markdown("## The events, and how each can mislead")
    listed = "".join(
        f"<li><b>{event.year} {escape(event.title)}</b> {escape(event.meaning)}"
        + (f' <span class="warned">{escape(event.warning)}</span>' if event.warning else "")
        + "</li>"
        for event in history().events.values()
    )
    st.html(f'<ol class="events">{listed}</ol>')
    files_of("events")


def misses(theme: str) -> None:
    """Forecasts from the past against what came; the numbers are worked out once, below a picture that stands."""
    st.markdown("## Forecasts from the past against what came")
    with st.spinner("Forecasting from every year since 2001 under every coding of the past"):
        found = cache.hindcast(session.asked().seed)
    years = int(session.choices_on(HISTORY).get(AHEAD, told.LONGEST))
    session.show_in(AHEAD_KEY, years)
    st.segmented_control(
        "Years ahead",
        HORIZONS,
        format_func=told.ahead,
        required=True,
        key=AHEAD_KEY,
        on_change=lambda: session.choose_on(HISTORY, AHEAD, str(st.session_state[AHEAD_KEY])),
    )
    st.html(
        f'<p class="section-finding">{escape(told.finding(found, years))}</p>'
        f'<p class="compared-caveat">{escape(told.grounds(found, years))}</p>'
    )
    board = misses_board(found, years, theme)
    chart_board("chart_misses", board, on_theme=session.ignore_address_bar)
    files_of("forecasts", which={AHEAD: str(years)})
    st.markdown(f"{board.reading} **{told.smallest(found)}**")
    table = st.expander("Typical misses as a table", key="history_table", on_change=session.ignore_address_bar)
    if table.open:
        with table:
            show_table(told.errors_table(found), "Typical misses by forecaster and years ahead", height="content")
            files_of("hindcast")


def told_apart() -> None:
    """What the record can and cannot tell apart, as two lists."""
    st.markdown("## What these data can and cannot tell apart")
    lists = {"They can": told.told_apart(), "They cannot": told.not_told_apart()}
    columns = "".join(
        f"<section><h3>{title}</h3><ul>{''.join(f'<li>{escape(one)}</li>' for one in said)}</ul></section>"
        for title, said in lists.items()
    )
    st.html(f'<div class="apart">{columns}</div>')


theme = theme_in_use()
with st.container(key="history_page"):
    head()
    record(theme)
    events()
    with st.container(key="history_misses"):
        misses(theme)
    told_apart()

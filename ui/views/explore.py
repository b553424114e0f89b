"""Explore: move the levers and see what follows from each worldview's assumptions, side by side."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from model import catalog, presets
from model.cautions import cautions
from ui import cache, charts, controls, numbers, palette, session, why_charts, words
from ui.components.chart_board import Card, chart_board
from ui.components.chart_board import theme as chart_board_theme
from ui.components.copy_link import copy_link

with st.sidebar:
    controls.side_bar()

scenario = session.scenario()
at = cache.position(scenario)
cards = cache.cards(at)
before = session.before()
ghosts = cache.cards(cache.position(before)) if before else None
theme = chart_board_theme()
preset = presets()[scenario.name]
changed = "" if scenario == preset else ", changed"

st.markdown("### Do the levers move Russia and China apart, or closer?")
st.markdown(
    f"**{words.plain(preset.title)}{changed}** · {words.context_words(scenario)}.  \n"
    f"{words.CAVEAT} Four rival worldviews side by side, none preferred."
)
with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    controls.step_buttons()
    copy_link()
if not words.moves_something(scenario):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Try the essay’s opening hand",
            key="opening_hand",
            type="primary",
            on_click=session.load_preset,
            args=("opening-hand",),
        )
        st.markdown("or move a lever in the side bar. Nothing is moved yet.")

shared = charts.shift_range(cards)
chart_board(
    "worldviews",
    [
        Card(
            key=card.worldview,
            title=catalog().worldviews[card.worldview].title,
            about=catalog().worldviews[card.worldview].summary,
            glyph=palette.look(card.worldview).glyph,
            colour=palette.look(card.worldview).colour,
            headline=words.points(card.shift[1]),
            sentence=words.shift_sentence(card, scenario),
            footer=words.reversal_sentence(card, scenario),
            figure=charts.card(card, shared, theme, ghost),
            alt=words.card_alt(card, scenario),
        )
        for card, ghost in zip(cards, ghosts or [None] * len(cards), strict=True)
    ],
    on_theme=session.touched,
)
if before and ghosts:
    st.markdown(words.plain(words.last_change(before, scenario, ghosts, cards)))
raised = cautions(scenario)
if raised:
    st.info(words.caution_list(raised), title="Worth noticing in this package", icon=":material/rule:")
st.markdown(
    "**How to read it.** Bold line: the middle of 1,000 assumed worlds with the levers; dashed: the same worlds "
    "without. Bands hold 80 of 100 worlds, thin lines are single worlds. Each dot is 2 of 100 worlds; left of 0 means "
    "less alignment. Higher lines mean closer ties. A dotted line is where the page stood before the last change."
)

last = cards[0].years[-1]


def section(key: str, title: str, icon: str, body: Callable[[], None]) -> None:
    """A section below the cards; nothing is computed for it while it is closed."""
    with st.expander(title, icon=f":material/{icon}:", key=key, on_change=session.touched) as box:
        if box.open:
            body()


def rows_of(table: pd.DataFrame, key: str, title: str, axis: str, shared_zero: bool) -> None:
    """A chart of rows with its table."""
    figure = charts.rows(table, theme, axis, shared_zero)
    chart_board(key, [Card(key, figure, alt=words.rows_alt(table, title))], on_theme=session.touched)
    wide = {"What": st.column_config.Column(width="medium")}
    st.dataframe(numbers.readable(table), hide_index=True, column_config=wide, alt=f"{title}, as a table")


def domains() -> None:
    """The shift, domain by domain."""
    st.markdown("Middle and 80 of 100 worlds. Two domains are measured, four are coded by one person.")
    axis = "shift against the no-lever run, points"
    rows_of(cache.domains(at), "chart_domains", f"Shift in {last} by domain", axis, shared_zero=True)


def outcomes() -> None:
    """What else follows, good and bad."""
    st.markdown(
        "In points, but each of something else: never added up. The dotted tick is where it stands without levers."
    )
    rows_of(cache.outcomes(at), "chart_outcomes", f"Other outcomes in {last}", "points", shared_zero=False)
    st.markdown("  \n".join(f"**{outcome.title}**: {outcome.meaning}" for outcome in numbers.outcomes()))


def tables() -> None:
    """The numbers behind the cards."""
    st.markdown("Whole points; low and high hold 80 of 100 assumed worlds.")
    st.dataframe(numbers.shift_table(cards), hide_index=True, alt="Shift by worldview")
    st.dataframe(numbers.composite_table(cards), hide_index=True, alt="Alignment by worldview and year")


def worldview_cards(figure: Callable[[str], charts.Figure], sentence: Callable[[str], str], alt: str) -> list[Card]:
    """One card a worldview with a chart and a sentence; `alt` says what the charts show."""
    return [
        Card(
            key=key,
            title=view.title,
            glyph=palette.look(key).glyph,
            colour=palette.look(key).colour,
            sentence=sentence(key),
            figure=figure(key),
            alt=f"{view.title}. {alt} {sentence(key)}",
        )
        for key, view in catalog().worldviews.items()
    ]


def in_plain_words() -> None:
    """The whole view as text, for reading aloud and for passing on."""
    for paragraph in words.summary(scenario, preset.title + changed, cards, cache.outcomes(at)):
        st.markdown(words.plain(paragraph))


def credit() -> None:
    """What each lever adds, whatever the order."""
    found = cache.credits_at(settled)
    if not found[0].credit:
        st.markdown("No lever is moved, so there is nothing to give credit for.")
        return
    st.markdown(
        "Solid bar: what a lever adds to the shift, averaged over all orders of switching the levers on; the bars add "
        "up to the mean shift. Hollow mark: the lever alone. Grey bar: what the levers do only together."
    )
    by_key = {one.worldview: one for one in found}
    reach = why_charts.credit_reach(found)
    chart_board(
        "chart_credit",
        worldview_cards(
            lambda key: why_charts.credit_bars(by_key[key], reach, theme),
            lambda key: words.credit_sentence(by_key[key]),
            "Credit of each lever.",
        ),
        columns=2,
        on_theme=session.touched,
    )
    st.dataframe(numbers.credit_table(found), hide_index=True, alt="Credit of each lever by worldview")


def yearly() -> None:
    """What pushes alignment up and down, year by year."""
    found = cache.accounting(settled)
    key = " ".join(f':color[■]{{foreground="{colour}"}} {term}' for term, colour in why_charts.TERM_COLOURS.items())
    st.markdown(
        "Mean change of alignment in each year by cause (equation 7), with the levers as set. Above 0 the cause drives "
        f"the two together, below 0 apart; the line is the sum.  \n{key}"
    )
    chart_board(
        "chart_yearly",
        worldview_cards(
            lambda worldview: why_charts.accounting_bars(found, worldview, theme),
            lambda worldview: words.accounting_sentence(found, worldview),
            "Change of alignment by year and cause.",
        ),
        on_theme=session.touched,
    )
    st.markdown("Summed over all years, in whole points:")
    st.dataframe(numbers.accounting_table(found), hide_index=True, alt="Change of alignment by cause and worldview")


def dose() -> None:
    """How much is enough."""
    lever = st.selectbox(
        "Dose of",
        [None, *catalog().levers],
        format_func=lambda key: catalog().levers[key].name if key else "all offers to Moscow together",
        key="dose_lever",
        on_change=session.touched,
    )
    curve = cache.dose(settled, lever)
    st.markdown(
        "The shift in the last year if the dose were anything from 0 to 100 and all else stayed. Ring: where you are. "
        "Dashed line: the dose at which the offer, as far as Moscow believes it, outweighs what Moscow would risk."
    )
    chart_board(
        "chart_dose",
        worldview_cards(
            lambda key: why_charts.dose_line(curve, key, theme),
            lambda key: words.dose_sentence(curve, key),
            "Shift against dose.",
        ),
        on_theme=session.touched,
    )
    st.dataframe(numbers.dose_table(curve), hide_index=True, alt="Shift by dose and worldview")


settled = cache.position(session.history().now)
section("summary", "In plain words", "notes", in_plain_words)
section("credit", "Why: what each lever adds", "equalizer", credit)
section("yearly", "Why: what moves alignment each year", "stacked_bar_chart", yearly)
section("dose", "How much is enough: shift against dose", "show_chart", dose)
section("domains", f"Six domains in {last}", "category", domains)
section("outcomes", f"Other outcomes in {last}", "balance", outcomes)
section("numbers", "The charts above as tables", "table", tables)

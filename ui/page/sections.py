"""The sections below the pictures of Explore; nothing is computed for one while it is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from model import catalog
from model.analysis.cautions import Caution
from model.analysis.cautions import cautions as raised_by
from model.assumptions.edits import identities
from model.assumptions.schema import Scenario
from ui.drawn import boards, cards
from ui.drawn import weights as drawn_weights
from ui.drawn.argument import READING
from ui.drawn.boards import Board
from ui.exports.offered import export_addresses
from ui.exports.stamp import stamp
from ui.links import single
from ui.links.addresses import base_path
from ui.links.asked import SECTIONS, Asked, Shown, fitting
from ui.page import goal_controls, session
from ui.page.components.argument_picture import argument_picture
from ui.page.components.chart_board import Replay, chart_board, following_board, theme_in_use
from ui.page.own import drawer_button
from ui.page.sharing import page_address
from ui.page.table import show_table
from ui.server.routes import board_address
from ui.told import cache, history, levers, numbers, words
from ui.told import weights as told_weights
from ui.told.edge import edge_card
from ui.told.source_cards import known as known_cards
from ui.told.source_cards import rests_in

EDGE, CHIPS = "edge", "sections_open"


@dataclass(frozen=True)
class View:
    """What Explore shows: what is asked, what of it is shown, and the theme."""

    asked: Asked
    shown: Shown
    theme: str

    @property
    def at(self) -> cache.RunKey:
        """All that the numbers depend on."""
        return cache.run_key(self.asked)

    @property
    def cards(self) -> tuple[numbers.CardNumbers, ...]:
        """The numbers of the worldviews that are shown."""
        return tuple(card for card in cache.cards(self.at) if card.worldview in self.shown.worldviews)

    @property
    def scenario(self) -> Scenario:
        """The scenario that is asked."""
        return self.asked.scenario


def show_board(key: str, board: Board, *, query: str | None = None, which: Mapping[str, str] | None = None) -> None:
    """A chart board that is drawn anew when the theme changes.

    `query` is that of the page's link where it is not that of Explore; `which` names the lever of a dose or
    the view of the levers.
    """
    downloads = export_addresses(base_path(), key, query or session.query_here(), theme_in_use(), which)
    chart_board(f"chart_{key}", board, on_theme=session.ignore_address_bar, downloads=downloads)


def following(
    key: str,
    asked: Asked,
    before: Asked | None,
    replay: Replay | None = None,
    opening: Asked | None = None,
    alone: str = "",
) -> None:
    """A chart board that follows a moving thumb; `before` is where the reader was before the last change.

    `opening` is the state from which a first visit comes in, `alone` the one worldview to look at.
    """
    shown, theme = fitting(session.shown(), asked.scenario), theme_in_use()
    following_board(
        f"chart_{key}",
        board_address(key, asked, before, shown, theme),
        lambda: boards.FOLLOWING[key](asked, before, theme, shown.worldviews, alone),
        on_theme=session.ignore_address_bar,
        replay=replay,
        downloads=None
        if key == "worldviews"
        else export_addresses(base_path(), key, session.query_here(), theme, None),
        opening=board_address(key, opening, None, shown, theme) if opening else "",
        alone=alone,
        pictured=key == "worldviews",
        on_play=session.play_opening_hand,
    )


def files_of(name: str, query: str | None = None, which: Mapping[str, str] | None = None) -> None:
    """Where what stands above can be downloaded from; Streamlit's own way leaves out what it rests on."""
    addresses = export_addresses(base_path(), name, query or session.query_here(), theme_in_use(), which)
    st.markdown(f":small[Download: {' · '.join(f'[{kind}]({address})' for kind, address in addresses.items())}]")


def alone(asked: Asked, shown: Shown) -> None:
    """One worldview by itself, to stand in another page, with what it is and the way to the whole."""
    with st.container(key="alone"):
        following("worldviews", asked, None, alone=shown.chart)
        if asked.scenario.analogue:
            with st.container(key="alone_analogue"):
                st.markdown(words.escaped(history.in_short(asked.scenario)))
        whole = f"{page_address()}/?{single.text(asked, seen=session.seen_here())}"
        name = words.escaped(asked.name)
        st.markdown(f"**{name}**. [Strategic Triangle: move the levers and see the rival worldviews]({whole})")


def paper(asked: Asked) -> None:
    """What is seen on paper only, below the pictures: what is set, the link, and its QR code, which is fetched then."""
    mark, base = stamp(asked, page_address()), base_path()
    code = escape(f"{base}/qr.svg?{mark.link.partition('?')[2]}")
    with st.container(key="paper"):
        st.html(
            f'<div class="paper"><img loading="lazy" alt="The link as a QR code" src="{code}">'
            f"<div><p><b>{escape(mark.title)}</b>. {escape(mark.what_is_set)}</p><p>{escape(mark.link)}</p></div></div>"
        )


def sections(view: View) -> None:
    """A chip a section; those that are open stand below, one at a time unless a link opened more."""
    raised = cautions_of(view)
    heads: dict[str, tuple[str, Callable[[View], None]]] = {
        "cautions": (f"Worth noticing: {len(raised)}", cautions),
        "weights": ("The weight of each lever", weights),
        "credit": ("Why: each lever", credit),
        "argument": ("Why: the argument", argument),
        "yearly": ("Why: year by year", yearly),
        "dose": ("How much is enough", dose),
        "domains": ("Six domains", domains),
        "outcomes": ("Other outcomes", outcomes),
        "goals": ("Your goals", goals),
        "summary": ("In plain words", in_plain_words),
        "numbers": ("Tables and files", tables),
    }
    if st.session_state.get(CHIPS) != list(view.shown.open):
        st.session_state[CHIPS] = list(view.shown.open)
    st.pills(
        "More of it, one at a time",
        [key for key in SECTIONS if key != "cautions" or raised or key in view.shown.open],
        selection_mode="multi",
        key=CHIPS,
        format_func=lambda key: heads[key][0],
        label_visibility="collapsed",
        on_change=lambda: session.open_sections(st.session_state[CHIPS]),
    )
    for key in view.shown.open:
        with st.container(key=f"section_{key}"):
            st.markdown(f"## {heads[key][0]}")
            heads[key][1](view)
            rests_on(key)


def rests_on(section: str) -> None:
    """The source cards of what a section shows; each opens in place."""
    names = rests_in(section)
    if names:
        titles, address = known_cards(), session.source_addresses()
        links = " · ".join(f"[{words.escaped(titles[name])}]({address(name)})" for name in names)
        st.markdown(f":small[**Source cards:** {links}]")


def cautions_of(view: View) -> tuple[Caution, ...]:
    """Contradictions and idle levers of what is asked."""
    views = tuple(key for key in view.asked.worldviews if view.scenario.analogue or key in view.shown.worldviews)
    return raised_by(view.scenario, views, view.at.assumptions)


def cautions(view: View) -> None:
    """What is worth noticing in the package, with reasons."""
    raised = cautions_of(view)
    told = words.caution_list(raised) + f"\n\n{words.REASONS_OF_BASE}" * bool(view.asked.switched)
    st.markdown(told if raised else "Nothing in this package contradicts itself or lies idle.")


def rows_of(key: str, asked: Asked, table: pd.DataFrame, title: str) -> None:
    """A chart of rows with how it is read and its table."""
    st.markdown(boards.READINGS[key])
    following(key, asked, None)
    wide = {"What": st.column_config.Column(width="medium")}
    show_table(numbers.readable(table), f"{title}, as a table", column_config=wide)


def domains(view: View) -> None:
    """The shift, domain by domain."""
    rows_of(
        "domains", view.asked, boards.of_worldviews(cache.domains(view.at), view.shown.worldviews), "Shift by domain"
    )


def outcomes(view: View) -> None:
    """The outcomes beside alignment: cohesion, effort, costs."""
    rows_of(
        "outcomes", view.asked, boards.of_worldviews(cache.outcomes(view.at), view.shown.worldviews), "Other outcomes"
    )
    st.markdown("  \n".join(f"**{one.title}**: {one.meaning}" for one in numbers.outcomes_beside().values()))


def tables(view: View) -> None:
    """The numbers behind the cards."""
    st.markdown("Whole points; low and high hold 80 of 100 assumed worlds.")
    show_table(numbers.shift_table(view.cards), "Shift by worldview")
    files_of("shift")
    table = cache.composites(view.at)
    show_table(table, "Alignment by worldview and year")
    files_of("worldviews")


def goals(view: View) -> None:
    """Targets that the reader sets."""
    goal_controls.goals(view.asked)


def in_plain_words(view: View) -> None:
    """The whole view as text, for reading aloud and for passing on."""
    paragraphs = cache.summary(view.asked, view.shown.worldviews)
    st.markdown("\n\n".join(f"**{words.escaped(lead)}.** {words.escaped(text)}" for lead, text in paragraphs))


def weights(view: View) -> None:
    """What each offer weighs under each view, and whether the package gets through; below it every weight by name."""
    found = {key: one for key, one in cache.weighed(view.at).items() if key in view.shown.worldviews}
    most, through = told_weights.finding(found.values())
    st.markdown(f"**{words.escaped(most)}** {words.escaped(through)}")
    st.html(drawn_weights.key())
    show_board("weights", boards.weights(view.asked, None, view.theme, view.shown.worldviews))
    st.markdown(f"{told_weights.READING} {told_weights.AT_THE_FOOT} {told_weights.MIDDLES}")
    st.markdown(told_weights.multipliers(view.scenario))
    if not view.scenario.analogue:
        drawer_button("change_weights", "Change a weight in a worldview of your own", ":material/tune:")
    table = st.expander("The bars as a table", key="weights_table", on_change=session.ignore_address_bar)
    if table.open:
        with table:
            show_table(told_weights.offers_table(found, whole=True), "The weight of each offer by worldview")
            st.markdown("All offers together; the last two columns count worlds of 100.")
            show_table(told_weights.together_table(found), "All offers together by worldview")
    by_name = st.expander(
        "Every weight by name, with basis and source", key="weights_named", on_change=session.ignore_address_bar
    )
    if by_name.open:
        with by_name:
            st.html(cards.weights(session.source_addresses()))
            files_of("weights-named")


def credit(view: View) -> None:
    """What each lever does: one question at a time, each with its own numbers."""
    parts = levers.parts_by_worldview(cache.credits_at(view.at), cache.dropped(view.at))
    if not parts:
        st.markdown("No lever is moved, so there is nothing that one of them could bring.")
        return
    chosen = st.segmented_control(
        "View",
        list(levers.VIEWS),
        default=levers.LOST,
        format_func=lambda key: levers.VIEWS[key].name,
        required=True,
        key="lever_view",
        on_change=session.ignore_address_bar,
    )
    board = boards.credit(view.asked, None, view.theme, view.shown.worldviews, chosen)
    st.markdown(f"**{levers.VIEWS[chosen].question}** {levers.reading(chosen, view.scenario)}")
    show_board("credit", board, which={"view": chosen})
    show_table(levers.levers_table(parts, whole=True), "Each lever in three views by worldview")


def argument(view: View) -> None:
    """The chain from levers to domains under one worldview; each step of it opens its source card."""
    views, known = identities(), view.asked.worldviews
    most = numbers.moves_most(cache.cards(view.at))
    worldview = most.worldview if most else known[0]
    if len(known) > 1:
        worldview = st.segmented_control(
            "Worldview",
            known,
            default=worldview,
            format_func=lambda key: views[key].title,
            required=True,
            key="argument_worldview",
            on_change=session.ignore_address_bar,
        )
    drawn = cache.argument(view.at, worldview)
    differs = words.structure_sentence(view.asked.switched)
    st.markdown(f"{READING} Choose a line to read what it rests on. {words.escaped(differs)}")
    label = f"The argument as a picture: {views[worldview].title}. {differs}".rstrip(". ")
    argument_picture("argument_picture", drawn, partial(session.ask_about, EDGE), label)
    files_of("argument", which={"worldview": worldview})
    st.page_link("argument.py", label="The argument, and what it leaves out")
    edge = session.asked_about(EDGE)
    if edge:
        card = edge_card(drawn, edge, view.asked.switched, view.scenario.analogue, view.at.assumptions)
        session.dialog(drawn.edge(edge).title, lambda: st.markdown(card))


def yearly(view: View) -> None:
    """What pushes alignment up and down, year by year."""
    found, board = cache.accounting(view.at), boards.yearly(view.asked, None, view.theme, view.shown.worldviews)
    key = " ".join(f':color[■]{{foreground="{colour}"}} {term}' for term, colour in board.colours.items())
    st.markdown(f"{board.reading}  \n{key}")
    show_board("yearly", board)
    st.markdown("Summed over all years, in whole points:")
    show_table(numbers.accounting_table(found), "Change of alignment by cause and worldview")


def dose(view: View) -> None:
    """How much is enough."""
    lever = st.selectbox(
        "Dose of",
        [None, *catalog().levers],
        format_func=lambda key: catalog().levers[key].name if key else "all offers to Moscow together",
        key="dose_lever",
        on_change=session.ignore_address_bar,
    )
    curve = cache.dose(view.at, lever)
    board = boards.dose(view.asked, view.theme, view.shown.worldviews, lever)
    st.markdown(board.reading)
    show_board("dose", board, which={"lever": lever} if lever else None)
    show_table(numbers.dose_table(curve), "Shift by dose and worldview")

"""Goals: the reader sets targets, and each worldview says in how many of 100 assumed worlds they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import streamlit as st

from model.analysis.goals import Goal, first_goal
from model.assumptions.outcomes import measures
from model.assumptions.schema import Direction
from ui.links.asked import MOST_GOALS, Asked
from ui.page import session
from ui.page.table import show_table
from ui.told import cache, numbers

SUGGESTED = {
    "Alignment not above the start": Goal("change", "at most", 0),
    "NATO cohesion not below 60": Goal("nato_cohesion", "at least", 60),
}


def goals(asked: Asked) -> None:
    """The goals with their controls, and a table of the worlds in which they hold."""
    chosen = asked.goals
    st.markdown(
        "A goal is yours, not the page's advice. Goals are counted world by world: never weighed against one another, "
        "never a chance. Goals for alignment and for the shift are drawn as lines in the charts above."
    )
    for i, goal in enumerate(chosen):
        _goal(i, goal)
    with st.container(horizontal=True):
        for title, goal in SUGGESTED.items():
            if goal not in chosen and len(chosen) < MOST_GOALS:
                st.button(title, icon=":material/add:", on_click=_add, args=(goal,), key=f"add_{goal}")
        unused = [key for key in measures() if key not in {goal.outcome for goal in chosen}]
        if unused and len(chosen) < MOST_GOALS:
            st.menu_button(
                "Another goal",
                unused,
                key="add_goal",
                icon=":material/add:",
                format_func=lambda key: measures()[key].title,
                on_click=lambda: _add(first_goal(st.session_state["add_goal"])),
            )
    if chosen:
        counts = cache.goal_counts(cache.run_key(asked), chosen)
        st.markdown("Worlds of 100 in which it holds, with the levers and without:")
        show_table(numbers.goal_table(chosen, counts), "Goals by worldview")


def _goal(i: int, goal: Goal) -> None:
    """The controls of one goal: its outcome, direction and value."""
    measure = measures()[goal.outcome]
    for part, shown in (("outcome", goal.outcome), ("direction", goal.direction), ("value", goal.value)):
        if st.session_state.get(f"goal_{part}_{i}") != shown:
            st.session_state[f"goal_{part}_{i}"] = shown
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            f"Goal {i + 1}",
            list(measures()),
            key=f"goal_outcome_{i}",
            format_func=lambda key: measures()[key].title,
            help=measure.meaning,
            on_change=_turn_to,
            args=(i,),
            width=300,
        )
        st.segmented_control(
            f"Direction of goal {i + 1}",
            get_args(Direction),
            key=f"goal_direction_{i}",
            required=True,
            label_visibility="collapsed",
            on_change=_change,
            args=(i,),
        )
        st.number_input(
            measure.unit,
            measure.low,
            measure.high,
            step=1,
            key=f"goal_value_{i}",
            on_change=_change,
            args=(i,),
            width=150,
        )
        st.button(
            "Remove", key=f"goal_remove_{i}", icon=":material/close:", help=goal.in_words(), on_click=_remove, args=(i,)
        )


def _add(goal: Goal) -> None:
    session.set_goals((*session.asked().goals, goal))


def _remove(i: int) -> None:
    session.set_goals(goal for k, goal in enumerate(session.asked().goals) if k != i)


def _replace(i: int, new: Goal) -> None:
    session.set_goals(new if k == i else goal for k, goal in enumerate(session.asked().goals))


def _turn_to(i: int) -> None:
    """Callback: a reader picked another outcome for a goal, which then starts from that outcome's first value."""
    _replace(i, first_goal(st.session_state[f"goal_outcome_{i}"]))


def _change(i: int) -> None:
    state = st.session_state
    goal = session.asked().goals[i]
    _replace(i, replace(goal, direction=state[f"goal_direction_{i}"], value=state[f"goal_value_{i}"]))

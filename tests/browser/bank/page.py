"""A page of one bank that runs again every half second, tells the bank how often, and says what the bank told it."""

from dataclasses import replace

import streamlit as st

from ui.page.components.range_bank import Tick, Track, range_bank

VIEWS = {  # name, marker, colours on white and on the dark page
    "op-ed": ("Op-ed", "●", "#1f78b8", "#5aa9e6"),
    "midpoint": ("Midpoint", "■", "#0d8a66", "#2fc79a"),
    "sceptic": ("Sceptic", "▲", "#cc5200", "#ff8c42"),
    "lock-in": ("Lock-in", "◆", "#b8478a", "#e38cc0"),
}


def ticks(*values: tuple[float, ...]) -> tuple[Tick, ...]:
    """What each worldview assumes, in its colour of the theme."""
    dark = st.context.theme.type == "dark"
    return tuple(
        Tick(view, name, glyph, on_dark if dark else on_white, own)
        for (view, (name, glyph, on_white, on_dark)), own in zip(VIEWS.items(), values, strict=True)
    )


def track(key: str, label: str, group: str, ends: tuple[float, float, float], *values: tuple[float, ...]) -> Track:
    """An assumption with its admissible ends and its step, as the first of the worldviews has it."""
    return Track(
        key,
        label,
        group,
        *ends,
        values=values[0],
        copied=values[0],
        ticks=ticks(*values),
        unit="points a year",
        meaning="",
        grounds="The size is judgement.",
        source=f"/assumptions?source={key}",
        bound="9 of 100 worlds stand on a bound." if key == "drift" else "",
    )


TRACKS = (
    track("drift", "Drift", "Moscow", (0, 8, 0.1), (2.5, 3, 3.5), (1, 2, 3), (2.5, 3, 3.5), (3, 3.05, 4)),
    track("potency", "Symbolic potency", "Moscow", (-6, 8, 0.1), (-2, -0.3, 1.1), *3 * ((0, 0.3, 1),)),
    track("threat", "Threat", "What Moscow needs", (0, 1, 0.05), (0.5,), (0.4,), (0.3,), (0.3,)),
    track("status", "Status", "What Moscow needs", (0, 1, 0.05), (0.5,), (0.4,), (0.3,), (0.6,)),
)


@st.fragment(run_every=0.5)
def bank() -> None:
    """What is moved stays, and a weight counts for its part of all weights."""
    state = st.session_state
    held = state.setdefault("held", {})
    shown = [replace(one, values=held.get(one.key, one.values)) for one in TRACKS]
    state["runs"] = state.get("runs", 0) + 1
    total = sum(one.values[0] for one in shown if len(one.values) == 1)
    told = {one.key: f"counts as {100 * one.values[0] / total:.0f} of 100" for one in shown if len(one.values) == 1}
    range_bank(
        "bank",
        [replace(one, share=told.get(one.key, ""), meaning=f"Shown {state['runs']} times.") for one in shown],
        held.__setitem__,
        lambda key: held.pop(key, None),
    )
    st.text(f"held {held}")


st.title("A bank")
st.header("Its ranges")
with st.container(width=430):
    bank()

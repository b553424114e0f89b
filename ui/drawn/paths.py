"""The paths of compared scenarios over the years under one worldview, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.drawn import figures
from ui.drawn.drift import LEVELS
from ui.drawn.figures import Figure, axis, band, layout
from ui.drawn.palette import INKS, faint, mark_of
from ui.drawn.rows import Compared
from ui.told.numbers import CardNumbers

DASHES = {"A": "solid", "B": "dash", "C": "dot", "D": "dashdot"}
HEIGHT = 320
NAMES = 172  # pixels at the right for the scenarios' names
LONGEST = 22  # letters of a name there
GAP = 5.5  # share of the axis, of 100, between two names


def level_range(cards: Sequence[CardNumbers]) -> tuple[float, float]:
    """The axis that all paths share: that of the drift, widened in tens until it holds every 80-of-100 band."""
    return figures.in_tens(LEVELS, [float(end) for card in cards for end in (card.scenario.min(), card.scenario.max())])


def ends_sentence(all_compared: Sequence[Compared], worldview: str) -> str:
    """Where each path ends, in whole points."""
    ends = [
        f"{one.letter} {round(float(one.cards[worldview].scenario[1, -1]))} in {one.cards[worldview].years[-1]}"
        for one in all_compared
        if worldview in one.cards
    ]
    return f"{', '.join(ends)}."


def figure(
    all_compared: Sequence[Compared], worldview: str, reach: tuple[float, float], years: tuple[int, int], theme: str
) -> Figure:
    """The middle path of each scenario with the 80 of 100 worlds around it.

    `years` are the ends of the axis; where the first is 0, years are counted from each scenario's start.
    """
    ink, colour = INKS[theme], mark_of(worldview, theme).colour
    run = {one.letter: one.cards[worldview] for one in all_compared if worldview in one.cards}
    at = {letter: [year - (0 if years[0] else card.years[0]) for year in card.years] for letter, card in run.items()}
    after = "" if years[0] else " years after the start"
    traces: list[dict[str, Any]] = [
        {**band(at[letter], card.scenario, faint(colour, 0.1)), "name": f"band {letter}"}
        for letter, card in run.items()
    ]
    traces += [
        {
            "type": "scatter",
            "mode": "lines",
            "name": letter,
            "x": at[letter],
            "y": np.round(card.scenario[1], 1).tolist(),
            "line": {"color": colour, "width": 2.5, "dash": DASHES[letter]},
            "hovertemplate": "%{x}" + after + ", " + letter + ": %{y:.0f}<extra></extra>",
        }
        for letter, card in run.items()
    ]
    names = {one.letter: one.name for one in all_compared}
    traces.append(_names(run, names, {letter: shown[-1] for letter, shown in at.items()}, reach, ink.text))
    drawn = layout(ink, HEIGHT)
    drawn |= {
        "margin": {"l": 30, "r": NAMES, "t": 10, "b": 28},
        "xaxis": axis(
            ink,
            range=list(years),
            tickvals=list(years),
            tickformat="d",
            ticksuffix=after and " y",
            tickfont={"size": 13, "color": ink.muted},
            showgrid=False,
        ),
        "yaxis": axis(ink, range=list(reach), dtick=20, tickfont={"size": 13, "color": ink.muted}),
    }
    return {"data": traces, "layout": drawn}


def _names(
    run: dict[str, CardNumbers], names: dict[str, str], last: dict[str, int], reach: tuple[float, float], colour: str
) -> dict[str, Any]:
    """Each scenario's letter and name at the end of its path, in its last year, kept apart."""
    ends = np.array([float(card.scenario[1, -1]) for card in run.values()])
    years = np.array(list(last.values()))
    places = ends.copy()
    for year in set(years.tolist()):  # only names in one place get into each other's way
        here = years == year
        places[here] = figures.spread(ends[here], reach, GAP / 100 * (reach[1] - reach[0]))
    return {
        "type": "scatter",
        "mode": "text",
        "name": "names",
        "x": years.tolist(),
        "y": np.round(places, 1).tolist(),
        "text": [f" <b>{letter}</b> {_short(names[letter])}" for letter in run],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": colour},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"

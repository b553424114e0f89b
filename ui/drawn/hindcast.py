"""The hindcast as pictures: the misses of each forecaster by year, and how many outcomes its bands hold."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from model import catalog
from model.analysis.hindcast import COMPOSITE, COVERED, NAIVE, Hindcast, under
from model.history.observed import history
from ui.drawn.boards import Board, Card
from ui.drawn.figures import Figure, axis, layout
from ui.drawn.palette import INKS, Ink, mark_of
from ui.told import hindcast as told
from ui.told.words import signed

ROW, FOOT, TOP = 92, 32, 6  # pixels of a forecaster's row and around all of them
BARS = 0.72  # of a row's height; its name stands above
COVERED_ROW = 30


def misses_board(found: Hindcast, years: int, theme: str) -> Board:
    """A card of the views and a card of the naive rules, on one axis; below them what the bands hold."""
    groups = {"views": ("Four worldviews", list(catalog().worldviews)), "rules": ("Four naive rules", list(NAIVE))}
    cards = tuple(
        Card(
            key,
            misses(found, names, years, theme),
            alt=told.alt(found, names, years),
            title=title,
            sentence=told.BARS,
        )
        for key, (title, names) in groups.items()
    )
    bands = Card(
        "bands",
        bands_held(found, years, theme),
        alt=told.covered_alt(found, years),
        title="What the worlds’ band holds, and a band of past misses",
        sentence=told.covered_sentence(found, years),
        small=bands_held(found, years, theme, small=True),
        below=640,
    )
    return Board((*cards, bands), columns=2, reading=told.READING)


def misses(found: Hindcast, names: list[str], years: int, theme: str) -> Figure:
    """Forecast less outcome by the year of the outcome, a row a forecaster."""
    ink, reach = INKS[theme], misses_reach(found)
    table = found.forecasts[found.forecasts["horizon"] == years]
    default = table[under(table, found.default)]
    noise = history().series[COMPOSITE].noise.value or 0
    targets = sorted(map(int, table["target"].unique()))
    unit = BARS / (2 * reach)  # of a row a point
    middles = {name: len(names) - 1 - row + BARS / 2 for row, name in enumerate(names)}
    traces: list[dict[str, Any]] = []
    for name in names:
        mine = default[default["forecaster"] == name]
        colour = ink.muted if name in NAIVE else mark_of(name, theme).colour
        traces.append(_bars(mine, name, colour, middles[name], unit))
        if name not in NAIVE:
            traces.append(_ranges(table[table["forecaster"] == name], middles[name], unit, ink))
    known, titles = told.misses(found), told.forecasters()
    drawn = layout(ink, TOP + ROW * len(names) + FOOT)
    drawn |= {
        "barmode": "overlay",
        "bargap": 0.25,
        "margin": {"l": 40, "r": 8, "t": TOP, "b": FOOT},
        "xaxis": axis(
            ink,
            range=[targets[0] - 0.8, targets[-1] + 0.8],
            tickvals=[year for year in targets if year % 5 == 0 or year == targets[-1]],
            tickformat="d",
            showgrid=False,
            tickfont={"size": 13, "color": ink.muted},
        ),
        "yaxis": axis(
            ink,
            range=[0, len(names)],
            tickvals=[middle + side * unit * reach for middle in middles.values() for side in (-1, 0, 1)],
            ticktext=[signed(side * reach) for _ in names for side in (-1, 0, 1)],
            tickfont={"size": 13, "color": ink.muted},
            showgrid=False,
        ),
        "shapes": [
            shape for middle in middles.values() for shape in (_noise(middle, noise * unit, ink), _zero(middle, ink))
        ],
        "annotations": [
            note
            for name, middle in middles.items()
            for note in _heads(titles[name], name, known[name, years].told, middle + BARS / 2, ink, theme)
        ],
    }
    return {"data": traces, "layout": drawn}


def misses_reach(found: Hindcast) -> float:
    """The axis of misses that all rows and horizons share, in fives."""
    return 5.0 * math.ceil(float(found.forecasts["miss"].abs().max()) / 5)


def _bars(mine: pd.DataFrame, name: str, colour: str, middle: float, unit: float) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": told.forecasters()[name],
        "x": mine["target"].tolist(),
        "y": (unit * mine["miss"]).tolist(),
        "base": [middle] * len(mine),
        "marker": {"color": colour},
        "text": [
            f"{forecast:.0f} said in {origin}, {observed:.0f} came: {signed(miss)}"
            for forecast, origin, observed, miss in mine[["forecast", "origin", "observed", "miss"]].itertuples(
                index=False
            )
        ],
        "textposition": "none",
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }


def _ranges(mine: pd.DataFrame, middle: float, unit: float, ink: Ink) -> dict[str, Any]:
    """From the lowest to the highest miss over all codings, in each year."""
    x: list[int | None] = []
    y: list[float | None] = []
    for target, low, high in mine.groupby("target")["miss"].agg(["min", "max"]).itertuples():
        x += [int(target), int(target), None]
        y += [middle + unit * low, middle + unit * high, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "all codings",
        "x": x,
        "y": y,
        "line": {"color": ink.text, "width": 1.5},
        "hoverinfo": "skip",
    }


def _noise(middle: float, half: float, ink: Ink) -> dict[str, Any]:
    return {
        "type": "rect",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": middle - half,
        "y1": middle + half,
        "fillcolor": ink.grid,
        "line": {"width": 0},
    }


def _zero(middle: float, ink: Ink) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": middle,
        "y1": middle,
        "line": {"color": ink.baseline, "width": 1},
    }


def _heads(title: str, name: str, miss: str, top: float, ink: Ink, theme: str) -> list[dict[str, Any]]:
    """A forecaster's name with its marker at the left, its typical miss at the right."""
    mark = None if name in NAIVE else mark_of(name, theme)
    glyph = f'<span style="color:{mark.colour}">{mark.glyph}</span> ' if mark else ""
    plain = {"xref": "paper", "y": top, "yanchor": "bottom", "showarrow": False}
    font = {"size": 14, "color": ink.text}
    return [
        {**plain, "text": f"{glyph}{title}", "x": 0, "xanchor": "left", "font": font},
        {**plain, "text": f"typical miss <b>{miss}</b>", "x": 1, "xanchor": "right", "font": font},
    ]


def bands_held(found: Hindcast, years: int, theme: str, *, small: bool = False) -> Figure:
    """Of 100 outcomes how many each forecaster's bands hold: hollow its worlds, filled its past misses."""
    ink, by_name, titles = INKS[theme], told.covered(found, years), told.forecasters()
    names = list(by_name)
    rows = {name: len(names) - 1 - row for row, name in enumerate(names)}
    worlds = {name: one.worlds for name, one in by_name.items() if one.worlds}
    past = {name: one.past for name, one in by_name.items()}
    marks = {name: mark_of(name, theme) for name in worlds}
    hollow = {
        **_held(worlds, rows, "worlds", ink),
        "marker": {
            "symbol": [f"{marks[name].marker}-open" for name in worlds],
            "size": 13,
            "color": [marks[name].colour for name in worlds],
            "line": {"width": 2.5},
        },
    }
    filled = {
        **_held(past, rows, "past misses", ink),
        "marker": {"symbol": "line-ns", "size": 16, "line": {"color": ink.text, "width": 4}},
    }
    drawn = layout(ink, 64 + COVERED_ROW * len(names))
    at = 100 * COVERED
    drawn |= {
        "margin": {"l": 118 if small else 240, "r": 16, "t": 30, "b": 34},
        "xaxis": axis(
            ink, range=[-2, 102], tickvals=[0, 20, 40, 60, 80, 100], tickfont={"size": 13, "color": ink.muted}
        ),
        "yaxis": axis(
            ink,
            range=[-0.6, len(names) - 0.4],
            tickvals=list(rows.values()),
            ticktext=[titles[name].partition(":")[0] if small else titles[name] for name in names],
            tickfont={"size": 14, "color": ink.text},
            showgrid=False,
        ),
        "shapes": [
            {
                "type": "line",
                "yref": "paper",
                "x0": at,
                "x1": at,
                "y0": 0,
                "y1": 1,
                "line": {"color": ink.baseline, "width": 2, "dash": "dash"},
            }
        ],
        "annotations": [
            {
                "text": "◇□○△ worlds   <b>❙</b> past misses   ┆ 80 of 100",
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": 6,
                "showarrow": False,
                "font": {"size": 13, "color": ink.text},
            }
        ],
    }
    return {"data": [hollow, filled], "layout": drawn}


def _held(shares: dict[str, tuple[float, float, float]], rows: dict[str, int], name: str, ink: Ink) -> dict[str, Any]:
    """A mark a forecaster, with a line from the lowest to the highest over all codings."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [middle for _, middle, _ in shares.values()],
        "y": [rows[key] for key in shares],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - middle for _, middle, high in shares.values()],
            "arrayminus": [middle - low for low, middle, _ in shares.values()],
            "color": ink.muted,
            "thickness": 1.5,
            "width": 0,
        },
        "hovertemplate": f"{name}: %{{x:.0f}} of 100<extra></extra>",
    }

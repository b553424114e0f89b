"""Figures of why: credit per lever, the yearly accounting of equation 7, and the shift against the dose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from model.analysis.credit import Credit
from model.analysis.dose import DoseCurve
from ui.drawn.figures import Figure, axis, band, layout, note
from ui.drawn.palette import INKS, faint, mark_of
from ui.told.numbers import setting_names, whole_credit, whole_parts

HEIGHT = 300
# A colour for each term of equation 7, in the order in which they are stacked; none is a worldview's.
TERM_COLOURS = {
    "own drift": "#8c96a5",
    "pressure drift": "#5b6675",
    "relief": "#6c5ce7",
    "let-down": "#8a4b3a",
    "binding": "#b8a05a",
    "pull": "#a99bf2",
    "hedging": "#4b3f99",
    "shock": "#c7ccd4",
}


def credit_rows(credit: Credit) -> pd.DataFrame:
    """A worldview's credits as rows for a chart and a table: what, credit, alone; the interaction and the sum last."""
    names = setting_names()
    rows: list[tuple[str, float | None, float | None]] = [
        (names[key], points, credit.alone[key]) for key, points in credit.credit.items()
    ]
    rows += [("Interaction", None, credit.interaction), ("Mean shift", credit.shift, credit.shift)]
    return pd.DataFrame(rows, columns=["what", "credit", "alone"])


def credit_bars(credit: Credit, reach: tuple[float, float], theme: str) -> Figure:
    """Bars of credit per lever; hollow marks show each lever alone, the grey bar what they do only together.

    The bars are as long as what they show; whole points, which add up, are told of each.
    """
    ink, style = INKS[theme], mark_of(credit.worldview, theme)
    rows, whole = credit_rows(credit), credit_rows(whole_credit(credit))
    names = rows["what"].tolist()
    is_lever = ~rows["what"].isin(["Interaction", "Mean shift"])
    credits_ = [None if pd.isna(v) else round(v, 2) for v in rows["credit"]]
    told = [None if pd.isna(v) else round(v) for v in whole["credit"]]
    colours = [style.colour if lever else ink.muted for lever in is_lever]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": names,
            "x": credits_,
            "marker": {"color": colours},
            "customdata": told,
            "hovertemplate": "%{y}: credit %{customdata:.0f}<extra></extra>",
        },
        {
            "type": "bar",
            "orientation": "h",
            "y": ["Interaction"],
            "x": [round(credit.interaction, 2)],
            "marker": {"color": faint(ink.baseline, 0.45), "line": {"color": ink.baseline, "width": 1}},
            "customdata": whole["alone"][whole["what"] == "Interaction"].tolist(),
            "hovertemplate": "interaction: %{customdata:.0f}, which no lever brings alone<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "y": [name for name, lever in zip(names, is_lever, strict=True) if lever],
            "x": [round(v, 2) for v, lever in zip(rows["alone"], is_lever, strict=True) if lever],
            "marker": {"symbol": "diamond-open", "size": 10, "color": ink.text, "line": {"width": 2}},
            "customdata": whole["alone"][is_lever].tolist(),
            "hovertemplate": "%{y} alone: %{customdata:.0f}<extra></extra>",
        },
    ]
    room = 14 + max(len(name) for name in names) * 7  # for names at the left, of letters of 13 pixels
    drawn = layout(ink, 90 + 26 * len(names))
    drawn |= {
        "barmode": "overlay",
        "margin": {"l": room, "r": 10, "t": 10, "b": 30},
        "xaxis": axis(ink, range=list(reach), zeroline=True, tickangle=0, nticks=6),
        "yaxis": axis(ink, autorange="reversed", showgrid=False),
    }
    drawn["xaxis"] |= {"zerolinecolor": ink.baseline, "zerolinewidth": 1}
    drawn["yaxis"]["tickfont"] = {"size": 13, "color": ink.text}
    return {"data": traces, "layout": drawn}


def credit_reach(credits_: tuple[Credit, ...]) -> tuple[float, float]:
    """The axis that all credit charts share."""
    values = [0.0]
    for credit in credits_:
        values += [credit.shift, credit.interaction, *credit.credit.values(), *credit.alone.values()]
    return min(-5.0, 1.1 * min(values)), max(3.0, 1.1 * max(values))


def accounting_reach(accounting: pd.DataFrame) -> float:
    """The axis that all accounting charts share, from minus to plus this many points a year."""
    stacked = accounting.assign(up=accounting["points"] > 0).groupby(["worldview", "year", "up"])["points"].sum()
    return 1.15 * float(stacked.abs().max())


def accounting_bars(accounting: pd.DataFrame, worldview: str, reach: float, theme: str) -> Figure:
    """Mean yearly change of the composite by term, stacked; the line is the sum. `reach` is `accounting_reach`."""
    ink = INKS[theme]
    part = accounting[accounting["worldview"] == worldview].pivot_table(
        index="year", columns="term", values="points", sort=False
    )
    tenths = part.apply(lambda year: pd.Series(whole_parts(10 * year, 10 * float(year.sum())), year.index), axis=1)
    years = part.index.tolist()
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": term,
            "x": years,
            "y": part[term].round(3).tolist(),
            "marker": {"color": colour},
            "customdata": (tenths[term] / 10).tolist(),  # parts that add up to the sum as it is told
            "hovertemplate": "%{x}, " + term + ": %{customdata:.1f}<extra></extra>",
        }
        for term, colour in TERM_COLOURS.items()
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "sum",
            "x": years,
            "y": part.sum(axis=1).round(3).tolist(),
            "line": {"color": ink.text, "width": 2},
            "marker": {"size": 5, "color": ink.text},
            "hovertemplate": "%{x}, sum: %{y:.1f}<extra></extra>",
        }
    )
    drawn = layout(ink, HEIGHT)
    drawn |= {
        "barmode": "relative",
        "bargap": 0.15,
        "margin": {"l": 34, "r": 8, "t": 20, "b": 30},
        "xaxis": axis(ink, tickvals=[years[0], years[-1]], tickformat="d", showgrid=False),
        "yaxis": axis(ink, range=[-reach, reach], zeroline=True),
        "annotations": [note("points a year", 0, 1, ink, xanchor="left", yanchor="bottom")],
    }
    drawn["yaxis"] |= {"zerolinecolor": ink.baseline, "zerolinewidth": 1}
    return {"data": traces, "layout": drawn}


def dose_line(curve: DoseCurve, worldview: str, theme: str) -> Figure:
    """Shift against dose with its band; a mark where the scenario stands, a dashed line at Moscow's threshold."""
    ink, style = INKS[theme], mark_of(worldview, theme)
    w = curve.worldviews.index(worldview)
    dose, fan = curve.dose.tolist(), curve.shift[:, w, :]
    here = float(np.interp(curve.here, curve.dose, fan[1]))
    line = {"color": style.colour, "width": 3}
    traces: list[dict[str, Any]] = [
        band(dose, fan, faint(style.colour, 0.22)),
        {
            "type": "scatter",
            "mode": "lines",
            "x": dose,
            "y": np.round(fan[1], 2).tolist(),
            "line": line,
            "hovertemplate": "dose %{x}: shift %{y:.0f}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [round(curve.here, 1)],
            "y": [round(here, 2)],
            "marker": {"size": 13, "symbol": "circle-open", "color": ink.text, "line": {"width": 3}},
            "hovertemplate": "you are here: dose %{x:.0f}, shift %{y:.0f}<extra></extra>",
        },
    ]
    threshold = curve.threshold_dose[worldview]
    drawn = layout(ink, 260)
    drawn |= {
        "margin": {"l": 34, "r": 12, "t": 20, "b": 40},
        "xaxis": axis(
            ink,
            range=[-0.02 * dose[-1], 1.02 * dose[-1]],
            dtick=dose[-1] / 4,
            title={"text": "dose", "font": {"size": 12}},
        ),
        "yaxis": axis(ink, range=list(dose_reach(curve)), zeroline=True),
        "annotations": [note("shift, points", 0, 1, ink, xanchor="left", yanchor="bottom")],
        "shapes": [],
    }
    drawn["yaxis"] |= {"zerolinecolor": ink.baseline, "zerolinewidth": 1}
    if threshold is not None:
        line = {"color": ink.baseline, "width": 2, "dash": "dash"}
        upright = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": threshold, "x1": threshold}
        drawn["shapes"] = [{**upright, "line": line}]
    return {"data": traces, "layout": drawn}


def dose_reach(curve: DoseCurve) -> tuple[float, float]:
    """The axis of shifts that all worldviews share."""
    return min(-10.0, 1.1 * float(curve.shift.min())), max(5.0, 1.1 * float(curve.shift.max()))

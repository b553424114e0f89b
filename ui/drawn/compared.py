"""Up to four scenarios side by side: what differs in what is set, and what follows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from model import catalog
from model.assumptions.scenario import setting, settings
from model.engine.results import percentiles
from ui.drawn import boards, figures
from ui.drawn.boards import Board
from ui.drawn.figures import Figure, axis, band, layout, note
from ui.drawn.palette import INKS, faint, mark_of
from ui.links.asked import BASE, Asked, same_ground, worldviews_of
from ui.told import cache, words
from ui.told.numbers import CardNumbers, setting_names

LETTERS = "ABCD"
DASHES = ("solid", "dash", "dot", "dashdot")
ROW = 26  # pixels of a scenario's row below the lines


def names(all_asked: Sequence[Asked]) -> list[str]:
    """A letter and a name for each scenario."""
    return [f"{letter} · {asked.name}" for letter, asked in zip(LETTERS, all_asked, strict=False)]


def settings_table(all_asked: Sequence[Asked]) -> pd.DataFrame:
    """What is set in each scenario: what differs comes first and is marked.

    Where a structure is not the base, it has a row too, and all values are texts.
    """
    labels = setting_names()
    rows: list[dict[str, object]] = []
    for key in settings():
        values = [setting(asked.scenario, key) for asked in all_asked]
        differs = len(set(values)) > 1
        name = labels[key][0].upper() + labels[key][1:]
        rows.append({"Differs": "≠" if differs else "", "Setting": name} | dict(zip(LETTERS, values, strict=False)))
    if any(asked.switched for asked in all_asked):
        named = [words.structure_name(asked.switched) for asked in all_asked]
        differs = len(set(named)) > 1
        rows = [{name: str(cell) for name, cell in row.items()} for row in rows]
        rows.append(
            {"Differs": "≠" if differs else "", "Setting": "Structure", **dict(zip(LETTERS, named, strict=False))}
        )
    return pd.DataFrame(rows).sort_values("Differs", ascending=False, kind="stable", ignore_index=True)


def grounds_apart(all_asked: Sequence[Asked]) -> str:
    """A sentence that says under which worldview each historic analogue stands, and what it cannot be held against.

    Empty where all scenarios are run in the same assumed worlds.
    """
    if all(same_ground(all_asked[0].scenario, asked.scenario) for asked in all_asked):
        return ""
    views = catalog().worldviews
    told = [
        f"{letter} from {asked.scenario.start} under {views[asked.scenario.analogue.worldview].title} only"
        if asked.scenario.analogue
        else f"{letter} from {asked.scenario.start} under all {len(views)} worldviews"
        for letter, asked in zip(LETTERS, all_asked, strict=False)
    ]
    return (
        "A historic analogue starts in its own year, under one worldview, and may replace some of its assumptions: "
        f"{', '.join(told)}. Years are counted from each one's start, and no difference is taken between worlds that "
        "are not the same."
    )


@lru_cache(maxsize=100)
def difference(first: cache.RunKey, other: cache.RunKey) -> dict[str, tuple[float, float, float]]:
    """The shift of a scenario minus that of the first in the same worlds: 10th, 50th and 90th percentile."""
    a, b = cache.result(first), cache.result(other)
    if a.seed != b.seed:
        raise ValueError(f"worlds of seed {a.seed} and {b.seed} cannot be paired")
    low, middle, high = percentiles(b.shift[-1] - a.shift[-1]).values()
    return {key: (float(low[i]), float(middle[i]), float(high[i])) for i, key in enumerate(a.worldviews)}


def years_apart(all_asked: Sequence[Asked]) -> str:
    """A sentence with the last year of each scenario, in which its shift is read; empty where all end in one year."""
    ends = [asked.scenario.last_year for asked in all_asked]
    if len(set(ends)) < 2:
        return ""
    told = ", ".join(f"{letter} in {year}" for letter, year in zip(LETTERS, ends, strict=False))
    return f"The scenarios end in different years: {told}. Each shift is that of the scenario's own last year."


def structures(all_asked: Sequence[Asked]) -> str:
    """What each scenario switches in the structure, by letter; empty where all have the base."""
    if not any(asked.switched for asked in all_asked):
        return ""
    told = [words.structure_words(asked.switched) or BASE for asked in all_asked]
    return "; ".join(f"{letter}: {one}" for letter, one in zip(LETTERS, told, strict=False))


def difference_sentence(all_asked: Sequence[Asked], worldview: str) -> str:
    """One line for each scenario after the first: how its shift differs from the first one's, in whole points."""
    first, *others = all_asked
    measured, apart = [], []
    for letter, asked in zip(LETTERS[1:], others, strict=False):
        found = against(first, asked).get(worldview)
        if found:
            low, middle, high = map(words.signed, found)
            measured.append(f"{letter} {middle} ({low} to {high})")
        elif worldview in worldviews_of(asked.scenario):
            apart.append(letter)
    told = ["Points against A, world by world:", *measured] if measured else []
    if worldview not in worldviews_of(first.scenario):
        told.append("A is not run under this worldview.")
    elif apart:
        told.append(f"{' and '.join(apart)}: other worlds than A's, no difference.")
    return "\n".join(told)


def against(first: Asked, other: Asked) -> Mapping[str, tuple[float, float, float]]:
    """`difference` by worldview; empty where one is a historic analogue in whose worlds the other is not run."""
    if not same_ground(first.scenario, other.scenario):
        return {}
    return difference(cache.run_key(first), cache.run_key(other))


def table(all_asked: Sequence[Asked], worldviews: Sequence[str]) -> pd.DataFrame:
    """Middle shift with its 80-of-100 range, and worlds of 100 with a reversal at home, by worldview and scenario."""
    rows = []
    for worldview in views_compared(all_asked, worldviews):
        row: dict[str, object] = {"Worldview": catalog().worldviews[worldview].short}
        cards = cards_by_letter(all_asked, worldview)
        for letter, _ in zip(LETTERS, all_asked, strict=False):
            card = cards.get(letter)
            low, middle, high = (words.signed(value) for value in card.shift) if card else ("", "", "")
            row[f"{letter}: shift"] = f"{middle} ({low} to {high})" if card else "not run"
            row[f"{letter}: reversed of 100"] = card.reversed_of_100 if card else np.nan
        rows.append(row)
    return pd.DataFrame(rows)


def views_compared(all_asked: Sequence[Asked], worldviews: Sequence[str]) -> list[str]:
    """The worldviews that are shown and under which at least one of the scenarios is run."""
    found = {worldview for asked in all_asked for worldview in worldviews_of(asked.scenario)}
    return [key for key in catalog().worldviews if key in found and (not worldviews or key in worldviews)]


def cards_by_letter(all_asked: Sequence[Asked], worldview: str) -> dict[str, CardNumbers]:
    """The numbers of each scenario that is run under a worldview, by its letter."""
    return {
        letter: card
        for letter, asked in zip(LETTERS, all_asked, strict=False)
        for card in cache.cards(cache.run_key(asked))
        if card.worldview == worldview
    }


def shift_rows(all_asked: Sequence[Asked]) -> pd.DataFrame:
    """The shift of each scenario under each worldview, and how far it differs from the first one's, world by world."""
    rows = []
    for name, asked in zip(names(all_asked), all_asked, strict=True):
        for card in cache.cards(cache.run_key(asked)):
            apart = against(all_asked[0], asked).get(card.worldview, (None, None, None))
            low, middle, high = card.shift
            row = {"Scenario": name, "Worldview": catalog().worldviews[card.worldview].short, "Year": card.years[-1]}
            row |= {"Low": low, "Middle": middle, "High": high, "Reversed of 100": card.reversed_of_100}
            rows.append(row | {f"Against A, {p}": v for p, v in zip(("low", "middle", "high"), apart, strict=True)})
    return pd.DataFrame(rows)


def outcome_table(all_asked: Sequence[Asked], worldviews: Sequence[str] = (), domains: bool = False) -> pd.DataFrame:
    """The middle value of each other outcome, or of each domain's shift, by worldview and scenario."""
    frames = []
    for letter, asked in zip(LETTERS, all_asked, strict=False):
        at = cache.run_key(asked)
        frame = boards.of_worldviews(cache.domains(at) if domains else cache.outcomes(at), worldviews)
        frames.append(frame.assign(scenario=f"{letter}, {asked.scenario.last_year}"))
    wide = pd.concat(frames).pivot_table(
        index=["title", "worldview"], columns="scenario", values="middle", sort=False, observed=True
    )
    tidy = wide.reset_index().rename(columns={"title": "What", "worldview": "Worldview"})
    tidy["Worldview"] = tidy["Worldview"].map({key: view.short for key, view in catalog().worldviews.items()})
    return tidy.rename_axis(columns=None)


def comparison_board(all_asked: Sequence[Asked], worldviews: Sequence[str], theme: str) -> Board:
    """A card a worldview: every scenario's path on the same axes, and below it every scenario's shift."""
    reach = figures.shift_range([card for asked in all_asked for card in cache.cards(cache.run_key(asked))])
    apart = grounds_apart(all_asked)
    same = "1,000 assumed worlds, not the same ones," if apart else "the same 1,000 assumed worlds"
    board = boards.by_worldview(
        worldviews,
        theme,
        lambda key: figure(cards_by_letter(all_asked, key), reach, years_shown(all_asked), theme),
        lambda key: difference_sentence(all_asked, key),
        "Path and shift of each scenario.",
        reading=(
            f"The middle of {same} under each scenario, by letter, with the 80 of 100 "
            "worlds around it; below, how far each scenario moves alignment from the no-lever run."
        )
        + f" {apart}" * bool(apart),
        found=views_compared(all_asked, ()),
    )
    told = structures(all_asked)
    return boards.noted(board, told and f"The structure differs from the base. {told}.")


def years_shown(all_asked: Sequence[Asked]) -> tuple[int, int]:
    """First and last year of the axis: calendar years, or years from the start where scenarios of other eras meet."""
    if grounds_apart(all_asked):
        return 0, max(asked.scenario.horizon for asked in all_asked)
    return min(p.scenario.start for p in all_asked), max(p.scenario.last_year for p in all_asked)


def figure(cards: Mapping[str, CardNumbers], reach: tuple[float, float], years: tuple[int, int], theme: str) -> Figure:
    """One worldview: the middle path of each scenario, by its letter, and each one's shift with its 80-of-100 range.

    `years` are the ends of the axis; where the first is 0, years are counted from each scenario's start.
    """
    ink, style = INKS[theme], mark_of(next(iter(cards.values())).worldview, theme)
    rows = len(cards)
    at = {letter: [year - (0 if years[0] else card.years[0]) for year in card.years] for letter, card in cards.items()}
    after = "" if years[0] else " years after the start"
    traces: list[dict[str, Any]] = [
        {**band(at[letter], card.scenario, faint(style.colour, 0.1)), "name": f"band {letter}"}
        for letter, card in cards.items()
    ]
    for letter, card in cards.items():
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": letter,
                "x": at[letter],
                "y": np.round(card.scenario[1], 1).tolist(),
                "line": {"color": style.colour, "width": 2.5, "dash": DASHES[LETTERS.index(letter)]},
                "hovertemplate": "%{x}" + after + ", " + letter + ": %{y:.0f}<extra></extra>",
            }
        )
    traces.append(_letters(cards, {letter: shown[-1] for letter, shown in at.items()}, ink.text))
    for row, (letter, card) in enumerate(cards.items()):
        low, middle, high = card.shift
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"shift {letter}",
                "x": [round(middle, 2)],
                "y": [rows - 1 - row],
                "xaxis": "x2",
                "yaxis": "y2",
                "marker": {"color": style.colour, "symbol": style.marker, "size": 10},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [round(high - middle, 2)],
                    "arrayminus": [round(middle - low, 2)],
                    "color": style.colour,
                    "thickness": 2,
                    "width": 0,
                },
                "hovertemplate": letter + ": shift %{x:.0f}<extra></extra>",
            }
        )
    height = 250 + ROW * rows
    split = (ROW * rows + 14) / (height - 60)
    drawn = layout(ink, height)
    drawn |= {
        "margin": {"l": 28, "r": 30, "t": 22, "b": 26},
        "xaxis": axis(ink, range=list(years), anchor="y", tickvals=[years[0], years[1]], tickformat="d"),
        "yaxis": axis(ink, range=list(figures.LEVEL_RANGE), domain=[split + 0.16, 1], dtick=20),
        "xaxis2": axis(ink, range=list(reach), anchor="y2", zeroline=True, nticks=6, tickangle=0),
        "yaxis2": axis(
            ink,
            range=[-0.6, rows - 0.4],
            domain=[0, split],
            anchor="x2",
            tickvals=[rows - 1 - row for row in range(rows)],
            ticktext=list(cards),
            showgrid=False,
        ),
        "annotations": [
            note(f"alignment, 0 to 100{', by' * bool(after)}{after}", 0, 1.0, ink, xanchor="left", yanchor="bottom"),
            note("shift, points", 0, split, ink, xanchor="left", yanchor="bottom"),
        ],
    }
    drawn["xaxis2"] |= {"zerolinecolor": ink.baseline, "zerolinewidth": 1}
    return {"data": traces, "layout": drawn}


def _letters(cards: Mapping[str, CardNumbers], last: Mapping[str, int], colour: str) -> dict[str, Any]:
    """Each scenario's letter at the end of its path, in its last year, kept apart."""
    ends = np.array([float(card.scenario[1, -1]) for card in cards.values()])
    years = np.array(list(last.values()))
    places = ends.copy()
    for year in set(years.tolist()):  # only letters in one place get into each other's way
        places[years == year] = figures.spread(ends[years == year], figures.LEVEL_RANGE)
    return {
        "type": "scatter",
        "mode": "text",
        "x": years.tolist(),
        "y": np.round(places, 1).tolist(),
        "text": [f" {letter}" for letter in cards],
        "textposition": "middle right",
        "textfont": {"size": 14, "color": colour},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }

"""Up to four scenarios side by side: what differs in what is set, and what follows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from model import catalog
from model.assumptions.scenario import settings
from model.engine.equations import Array
from model.engine.results import percentiles
from ui.drawn import boards, figures
from ui.drawn.boards import Board
from ui.drawn.figures import Figure, axis, band, layout, note
from ui.drawn.palette import INKS, faint, mark_of
from ui.links.asked import Asked, same_ground, worldviews_of
from ui.told import cache, words
from ui.told.numbers import WorldviewNumbers, setting_names, told_settings

LETTERS = "ABCD"
DASHES = ("solid", "dash", "dot", "dashdot")
ROW = 26  # pixels of a scenario's row below the lines


def names(places: Sequence[Asked]) -> list[str]:
    """A letter and a name for each scenario."""
    return [f"{letter} · {place.name}" for letter, place in zip(LETTERS, places, strict=False)]


def settings_table(places: Sequence[Asked]) -> pd.DataFrame:
    """What is set in each scenario: what differs comes first and is marked."""
    labels = setting_names()
    rows: list[dict[str, object]] = []
    for key in settings():
        values = [told_settings(place.scenario)[key] for place in places]
        differs = len(set(values)) > 1
        name = labels[key][0].upper() + labels[key][1:]
        rows.append({"Differs": "≠" if differs else "", "Setting": name} | dict(zip(LETTERS, values, strict=False)))
    return pd.DataFrame(rows).sort_values("Differs", ascending=False, kind="stable", ignore_index=True)


def grounds_apart(places: Sequence[Asked]) -> str:
    """A sentence that says under which worldview each historic analogue stands, and what it cannot be held against.

    Empty where all scenarios are run in the same assumed worlds.
    """
    if all(same_ground(places[0].scenario, place.scenario) for place in places):
        return ""
    views = catalog().worldviews
    told = [
        f"{letter} from {place.scenario.start} under {views[place.scenario.analogue.worldview].title} only"
        if place.scenario.analogue
        else f"{letter} from {place.scenario.start} under all {len(views)} worldviews"
        for letter, place in zip(LETTERS, places, strict=False)
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


def years_apart(places: Sequence[Asked]) -> str:
    """A sentence with the last year of each scenario, in which its shift is read; empty where all end in one year."""
    ends = [place.scenario.last_year for place in places]
    if len(set(ends)) < 2:
        return ""
    told = ", ".join(f"{letter} in {year}" for letter, year in zip(LETTERS, ends, strict=False))
    return f"The scenarios end in different years: {told}. Each shift is that of the scenario's own last year."


def difference_sentence(places: Sequence[Asked], worldview: str) -> str:
    """One line for each scenario after the first: how its shift differs from the first one's, in whole points."""
    first, *others = places
    measured, apart = [], []
    for letter, place in zip(LETTERS[1:], others, strict=False):
        found = against(first, place).get(worldview)
        if found:
            low, middle, high = map(words.signed, found)
            measured.append(f"{letter} {middle} ({low} to {high})")
        elif worldview in worldviews_of(place.scenario):
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
    return difference(cache.position(first), cache.position(other))


def table(places: Sequence[Asked], shown: Sequence[str]) -> pd.DataFrame:
    """Middle shift with its 80-of-100 range, and worlds of 100 with a reversal at home, by worldview and scenario."""
    rows = []
    for worldview in views_compared(places, shown):
        row: dict[str, object] = {"Worldview": catalog().worldviews[worldview].short}
        cards = cards_by_letter(places, worldview)
        for letter, _ in zip(LETTERS, places, strict=False):
            card = cards.get(letter)
            low, middle, high = (words.signed(value) for value in card.shift) if card else ("", "", "")
            row[f"{letter}: shift"] = f"{middle} ({low} to {high})" if card else "not run"
            row[f"{letter}: reversed of 100"] = card.reversed_of_100 if card else np.nan
        rows.append(row)
    return pd.DataFrame(rows)


def views_compared(places: Sequence[Asked], shown: Sequence[str]) -> list[str]:
    """The worldviews that are shown and under which at least one of the scenarios is run."""
    found = {worldview for place in places for worldview in worldviews_of(place.scenario)}
    return [key for key in catalog().worldviews if key in found and (not shown or key in shown)]


def cards_by_letter(places: Sequence[Asked], worldview: str) -> dict[str, WorldviewNumbers]:
    """The numbers of each scenario that is run under a worldview, by its letter."""
    return {
        letter: card
        for letter, place in zip(LETTERS, places, strict=False)
        for card in cache.cards(cache.position(place))
        if card.worldview == worldview
    }


def shift_rows(places: Sequence[Asked]) -> pd.DataFrame:
    """The shift of each scenario under each worldview, and how far it differs from the first one's, world by world."""
    rows = []
    for name, place in zip(names(places), places, strict=True):
        for card in cache.cards(cache.position(place)):
            apart = against(places[0], place).get(card.worldview, (None, None, None))
            low, middle, high = card.shift
            row = {"Scenario": name, "Worldview": catalog().worldviews[card.worldview].short, "Year": card.years[-1]}
            row |= {"Low": low, "Middle": middle, "High": high, "Reversed of 100": card.reversed_of_100}
            rows.append(row | {f"Against A, {p}": v for p, v in zip(("low", "middle", "high"), apart, strict=True)})
    return pd.DataFrame(rows)


def outcome_table(places: Sequence[Asked], shown: Sequence[str] = (), domains: bool = False) -> pd.DataFrame:
    """The middle value of each other outcome, or of each domain's shift, by worldview and scenario."""
    frames = []
    for letter, place in zip(LETTERS, places, strict=False):
        at = cache.position(place)
        frame = boards.of(cache.domains(at) if domains else cache.outcomes(at), shown)
        frames.append(frame.assign(scenario=f"{letter}, {place.scenario.last_year}"))
    wide = pd.concat(frames).pivot_table(
        index=["title", "worldview"], columns="scenario", values="middle", sort=False, observed=True
    )
    tidy = wide.reset_index().rename(columns={"title": "What", "worldview": "Worldview"})
    tidy["Worldview"] = tidy["Worldview"].map({key: view.short for key, view in catalog().worldviews.items()})
    return tidy.rename_axis(columns=None)


def board(places: Sequence[Asked], shown: Sequence[str], theme: str) -> Board:
    """A card a worldview: every scenario's path on the same axes, and below it every scenario's shift."""
    reach = figures.shift_range([card for place in places for card in cache.cards(cache.position(place))])
    apart = grounds_apart(places)
    same = "1,000 assumed worlds, not the same ones," if apart else "the same 1,000 assumed worlds"
    return boards.by_worldview(
        shown,
        lambda key: figure(cards_by_letter(places, key), reach, years_shown(places), theme),
        lambda key: difference_sentence(places, key),
        "Path and shift of each scenario.",
        reading=(
            f"The middle of {same} under each scenario, by letter, with the 80 of 100 "
            "worlds around it; below, how far each scenario moves alignment from the no-lever run."
        )
        + f" {apart}" * bool(apart),
        found=views_compared(places, ()),
    )


def years_shown(places: Sequence[Asked]) -> tuple[int, int]:
    """First and last year of the axis: calendar years, or years from the start where scenarios of other eras meet."""
    if grounds_apart(places):
        return 0, max(place.scenario.horizon for place in places)
    return min(p.scenario.start for p in places), max(p.scenario.last_year for p in places)


def figure(
    cards: Mapping[str, WorldviewNumbers], reach: tuple[float, float], years: tuple[int, int], theme: str
) -> Figure:
    """One worldview: the middle path of each scenario, by its letter, and each one's shift with its 80-of-100 range.

    `years` are the ends of the axis; where the first is 0, years are counted from each scenario's start.
    """
    ink, style = INKS[theme], mark_of(next(iter(cards.values())).worldview)
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
    traces.append(_letters(cards, {letter: places[-1] for letter, places in at.items()}, ink.text))
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


def spread(ends: Array, reach: tuple[float, float], gap: float = 9) -> Array:
    """Heights near the ends of paths that are at least `gap` apart, in the same order and within reach."""
    order = np.argsort(ends, kind="stable")
    low, high = reach[0] + gap / 2, reach[1] - gap / 2

    def upwards(places: Array) -> Array:
        for lower, upper in pairwise(order):
            places[upper] = max(places[upper], places[lower] + gap)
        return places

    centred = upwards(ends.copy()) - (upwards(ends.copy()) - ends).mean()
    places = upwards(np.clip(centred, low, high))
    places[order[-1]] = min(places[order[-1]], high)
    for upper, lower in pairwise(order[::-1]):
        places[lower] = min(places[lower], places[upper] - gap)
    return places


def _letters(cards: Mapping[str, WorldviewNumbers], last: Mapping[str, int], colour: str) -> dict[str, Any]:
    """Each scenario's letter at the end of its path, in its last year, kept apart."""
    ends = np.array([float(card.scenario[1, -1]) for card in cards.values()])
    years = np.array(list(last.values()))
    places = ends.copy()
    for year in set(years.tolist()):  # only letters in one place get into each other's way
        places[years == year] = spread(ends[years == year], figures.LEVEL_RANGE)
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

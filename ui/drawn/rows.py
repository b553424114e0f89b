"""Scenarios as rows: what is set, the shift under each worldview on the axis of the strip, and the reversal at home.

All rows are one figure, so that bars and markers stand above one another at every width. Heights are counted in rows,
from below; where a part stands within its row is a share of the row, so the page may make rows as high as it has room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from model import catalog
from model.assumptions.edits import identities
from model.assumptions.scenario import setting
from model.assumptions.schema import Scenario
from ui.drawn import strip
from ui.drawn.figures import Figure, axis, in_tens, layout, wrapped
from ui.drawn.palette import INKS, Ink, faint, mark_of
from ui.told import words
from ui.told.finding import DROPS
from ui.told.numbers import CardNumbers

Group = Literal["scenario", "worldview"]


class Slate(NamedTuple):
    """Colours of the bars that stand for levers; no worldview has one of them."""

    set: str
    same: str
    room: str
    first: str


class Place(NamedTuple):
    """Where the parts stand: shares of the figure's width, and of a row's height from its top."""

    levers: tuple[float, float]
    strip: tuple[float, float]
    reversal: tuple[float, float]
    bars: tuple[float, float]
    lanes: tuple[float, float]
    margin: Mapping[str, int]


SLATES = {
    "light": Slate(set="#3d4a5c", same="#b3bac4", room="#edeff3", first="#b8860b"),
    "dark": Slate(set="#a9b7ca", same="#566173", room="#1e2632", first="#e8b93c"),
}
MARGIN = {"l": 2, "r": 4, "t": 112, "b": 26}
WIDE = {
    "scenario": Place((0, 0.24), (0.295, 0.805), (0.862, 1), (0.345, 0.625), (0.06, 0.96), MARGIN),
    "worldview": Place((0, 0.24), (0.295, 0.805), (0.862, 1), (0, 0), (0.2, 0.98), {**MARGIN, "t": 44}),
}
NARROW_MARGIN = {"l": 2, "r": 2, "t": 78, "b": 26}
NARROW = {
    "scenario": Place((0, 1), (0.03, 0.82), (0.85, 1), (0.34, 0.48), (0.52, 0.98), NARROW_MARGIN),
    "worldview": Place((0, 1), (0.08, 0.82), (0.85, 1), (0, 0), (0.2, 0.98), NARROW_MARGIN),
}
ROW = 134  # pixels of a row in a picture; the page has its own
NUMBER = 19
GAP = 13  # pixels between a bar and its number


@dataclass(frozen=True)
class Compared:
    """A scenario of the comparison with its numbers by worldview."""

    letter: str
    name: str
    scenario: Scenario
    cards: Mapping[str, CardNumbers]


class Lane(NamedTuple):
    """One bar: whose it is, its height in rows from below, its range, and where A's middle is, where that is told.

    reversed: worlds of 100 in which Washington drops the offers; None where nothing is offered.
    """

    letter: str
    worldview: str
    y: float
    low: float
    middle: float
    high: float
    first: float | None
    reversed: int | None


def lanes(all_compared: Sequence[Compared], worldviews: Sequence[str], group: Group, place: Place) -> list[Lane]:
    """The bars of all scenarios under all worldviews under which they are run; A's middle stands beside the others'."""
    count = len(all_compared) if group == "scenario" else len(worldviews)
    slots = len(worldviews) if group == "scenario" else len(all_compared)
    top, bottom = place.lanes
    found = []
    for i, one in enumerate(all_compared):
        for j, worldview in enumerate(worldviews):
            if worldview not in one.cards:
                continue
            row, slot = (i, j) if group == "scenario" else (j, i)
            card, held = one.cards[worldview], all_compared[0].cards.get(worldview)
            found.append(
                Lane(
                    one.letter,
                    worldview,
                    round(count - row - top - (bottom - top) * (slot + 0.5) / slots, 4),
                    *card.shift,
                    held.shift[1] if held and i else None,
                    card.reversed_of_100 if words.offers_something(one.scenario) else None,
                )
            )
    return found


def rows(
    all_compared: Sequence[Compared],
    worldviews: Sequence[str],
    reach: tuple[float, float],
    theme: str,
    *,
    head: str,
    group: Group = "scenario",
    small: bool = False,
    named: bool = False,
) -> Figure:
    """A row a scenario, or a row a worldview with a bar a scenario.

    Args:
        all_compared: the first is what the others are held against.
        reach: the axis of shifts. head: what the axis measures.
        small: for a narrow page: settings above the bars, reversal as a number.
        named: with the scenarios' names, for a picture; the page has names that can be pressed.
    """
    ink, place = INKS[theme], (NARROW if small else WIDE)[group]
    count = len(all_compared) if group == "scenario" else len(worldviews)
    found = lanes(all_compared, worldviews, group, place)
    pitch = (place.lanes[1] - place.lanes[0]) / (len(worldviews) if group == "scenario" else len(all_compared))
    traces = _fingerprints(all_compared, place, theme) if group == "scenario" else []
    traces += strips(found, worldviews, theme)
    traces += _reversals(found, pitch, theme, small)
    figure = layout(ink, place.margin["t"] + count * ROW + place.margin["b"] if named else None)
    figure |= {
        "margin": dict(place.margin),
        "barmode": "overlay",
        "bargap": 0.16,
        "xaxis": shift_axis(ink, reach, place.strip, small) | ({"showgrid": False, "zeroline": False} if small else {}),
        "yaxis": {"range": [0, count], "visible": False, "fixedrange": True},
        "xaxis2": _lever_axis(ink, place, shown=group == "scenario" and not small),
        "xaxis3": {"domain": list(place.reversal), "range": [0, 128], "visible": False, "fixedrange": True},
        "annotations": [
            *_heads(head, place, ink, small),
            *numbers(found, theme),
            *_nothing_to_drop(all_compared, found, group, ink, small),
            *(_titles(all_compared, worldviews, theme, small) if group == "worldview" else []),
            *(_names(all_compared, ink) if named and group == "scenario" else []),
        ],
        "shapes": [*_lines(count, ink), *(_grid(count, place, ink) if small else [])],
    }
    return {"data": traces, "layout": figure}


def _grid(count: int, place: Place, ink: Ink) -> list[dict[str, Any]]:
    """The lines of the axis behind the bars only, where settings and words stand above them in the same column."""
    return [
        {
            "type": "line",
            "x0": tick,
            "x1": tick,
            "y0": round(row - place.lanes[1], 4),
            "y1": round(row - place.lanes[0], 4),
            "line": {"color": ink.grid if tick else ink.text, "width": 1 if tick else 2},
            "layer": "below",
        }
        for row in range(1, count + 1)
        for tick in strip.TICKS
        if tick % 20 == 0
    ]


def shift_axis(
    ink: Ink, reach: tuple[float, float], domain: Sequence[float], small: bool, zero: str = "0 = no levers"
) -> dict[str, Any]:
    """The axis of shifts, on which 0 says what it is."""
    ticks = [tick for tick in strip.TICKS if not small or tick % 20 == 0]
    return axis(
        ink,
        range=list(reach),
        domain=list(domain),
        tickvals=ticks,
        ticktext=[zero if tick == 0 else words.signed(tick) for tick in ticks],
        tickfont={"size": 13, "color": ink.muted},
        tickangle=0,
        zeroline=True,
        zerolinecolor=ink.text,
        zerolinewidth=2,
    )


def strips(found: Sequence[Lane], worldviews: Sequence[str], theme: str) -> list[dict[str, Any]]:
    """Bars of 80 of 100 worlds, markers at the middle, and hollow ones with a dotted line where A is."""
    ink = INKS[theme]
    traces: list[dict[str, Any]] = []
    for key in worldviews:
        mine, style = [lane for lane in found if lane.worldview == key], mark_of(key, theme)
        short = identities()[key].short
        base = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
        traces += [
            {
                **base,
                "name": f"{short} 80 of 100",
                **_segments([(lane.low, lane.high, lane.y) for lane in mine]),
                "line": {"color": faint(style.colour, 0.4), "width": 9},
            },
            {
                **base,
                "name": f"{short} from A",
                **_segments([(lane.first, lane.middle, lane.y) for lane in mine if lane.first is not None]),
                "line": {"color": style.colour, "width": 1.5, "dash": "dot"},
            },
            {
                **base,
                "mode": "markers",
                "name": f"{short} of A",
                "x": [round(lane.first, 1) for lane in mine if lane.first is not None],
                "y": [lane.y for lane in mine if lane.first is not None],
                "marker": {
                    "color": style.colour,
                    "symbol": f"{style.marker}-open",
                    "size": 17,
                    "line": {"width": 2},
                },
                "cliponaxis": False,
            },
            {
                **base,
                "mode": "markers",
                "name": short,
                "x": [round(lane.middle, 1) for lane in mine],
                "y": [lane.y for lane in mine],
                "marker": {
                    "color": style.colour,
                    "symbol": style.marker,
                    "size": 14,
                    "line": {"color": ink.paper, "width": 1.5},
                },
                "hoverinfo": "text",
                "hovertext": [_told(lane, short) for lane in mine],
                "cliponaxis": False,
            },
        ]
    return traces


def _segments(ends: Sequence[tuple[float, float, float]]) -> dict[str, list[float | None]]:
    """Level lines in one trace, each from one place to another at its height."""
    x: list[float | None] = []
    y: list[float | None] = []
    for start, end, height in ends:
        x += [round(start, 1), round(end, 1), None]
        y += [height, height, None]
    return {"x": x, "y": y}


def numbers(found: Sequence[Lane], theme: str) -> list[dict[str, Any]]:
    """Each middle in whole points beside its bar."""
    note = {"showarrow": False, "xref": "x", "yref": "y", "yanchor": "middle", "borderpad": 0}
    return [
        {
            **note,
            "x": round(lane.low if _at_left(lane) else lane.high, 1),
            "y": lane.y,
            "xanchor": "right" if _at_left(lane) else "left",
            "xshift": -GAP if _at_left(lane) else GAP,
            "text": f"<b>{words.signed(lane.middle)}</b>",
            "font": {"size": NUMBER, "color": mark_of(lane.worldview, theme).colour},
            "bgcolor": faint(INKS[theme].paper, 0.8),
        }
        for lane in found
    ]


def _at_left(lane: Lane) -> bool:
    """Whether a number stands left of its bar: where A's hollow marker is to the right of it, in its way."""
    return lane.first is not None and lane.first > lane.high + 0.5


def _told(lane: Lane, short: str) -> str:
    low, middle, high = (words.signed(value) for value in (lane.low, lane.middle, lane.high))
    told = f"{lane.letter}, {short}: {middle}, 80 of 100 from {low} to {high}"
    return told if lane.first is None else f"{told}; A {words.signed(lane.first)}"


def _fingerprints(all_compared: Sequence[Compared], place: Place, theme: str) -> list[dict[str, Any]]:
    """One bar a lever from where it is neutral, grey where it is set as in A, and a line where A stands."""
    slate, levers = SLATES[theme], catalog().levers
    high = place.bars[1] - place.bars[0]
    room: dict[str, list[Any]] = {"x": [], "base": [], "y": [], "hovertext": []}
    bars: dict[str, list[Any]] = {"x": [], "base": [], "y": []}
    colours, neutral, first = [], [], []
    a = all_compared[0].scenario
    for i, one in enumerate(all_compared):
        floor = len(all_compared) - i - place.bars[1]
        for j, (key, lever) in enumerate(levers.items()):
            now, was = setting(one.scenario, key), setting(a, key)
            low, top = sorted((now, lever.neutral))
            room["x"].append(j)
            room["base"].append(round(floor, 4))
            room["y"].append(round(high, 4))
            room["hovertext"].append(f"{one.letter}, {lever.name}: {now}{f'; A {was}' if i else ''}")
            bars["x"].append(j)
            bars["base"].append(round(floor + high * low / lever.high, 4))
            bars["y"].append(round(high * (top - low) / lever.high, 4))
            colours.append(slate.same if i and now == was else slate.set)
            neutral.append((j - 0.42, j + 0.42, round(floor + high * lever.neutral / lever.high, 4)))
            if i:
                first.append((j - 0.5, j + 0.5, round(floor + high * was / lever.high, 4)))
    shared = {"xaxis": "x2", "hoverinfo": "skip"}
    line = {**shared, "type": "scatter", "mode": "lines"}
    return [
        {**shared, "type": "bar", "name": "room", **room, "marker": {"color": slate.room}, "hoverinfo": "text"},
        {**shared, "type": "bar", "name": "set", **bars, "marker": {"color": colours}},
        {**line, "name": "neutral", **_segments(neutral), "line": {"color": INKS[theme].baseline, "width": 1}},
        {**line, "name": "where A stands", **_segments(first), "line": {"color": slate.first, "width": 2.5}},
    ]


def _reversals(found: Sequence[Lane], pitch: float, theme: str, small: bool) -> list[dict[str, Any]]:
    """In how many of 100 worlds Washington drops the offers: a bar with its number, or on a narrow page that alone."""
    told, ink = [lane for lane in found if lane.reversed is not None], INKS[theme]
    shared = {"xaxis": "x3", "y": [lane.y for lane in told], "hoverinfo": "skip"}
    bar = {**shared, "type": "bar", "orientation": "h", "width": round(0.48 * pitch, 4)}
    number = {
        **shared,
        "type": "scatter",
        "mode": "text",
        "name": "dropped",
        "x": [128 if small else 100 for _ in told],
        "text": [f"<b>{lane.reversed}</b>" if small else f"\u00a0\u00a0<b>{lane.reversed}</b>" for lane in told],
        "textposition": "middle left" if small else "middle right",
        "textfont": {"size": 14, "color": ink.text},
        "cliponaxis": False,
    }
    if small:
        return [number]
    colours = [faint(mark_of(lane.worldview, theme).colour, 0.8) for lane in told]
    return [
        {**bar, "name": "of 100", "x": [100 for _ in told], "marker": {"color": SLATES[theme].room}},
        {**bar, "name": "dropped in", "x": [lane.reversed for lane in told], "marker": {"color": colours}},
        number,
    ]


def _lever_axis(ink: Ink, place: Place, shown: bool) -> dict[str, Any]:
    names = [lever.name for lever in catalog().levers.values()]
    return {
        "domain": list(place.levers),
        "range": [-0.5, len(names) - 0.5],
        "side": "top",
        "anchor": "y",
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "tickangle": -40,
        "tickfont": {"size": 13, "color": ink.muted},
        "showticklabels": shown,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
    }


def _heads(head: str, place: Place, ink: Ink, small: bool) -> list[dict[str, Any]]:
    """What the two sides of 0 mean, what is measured, and what stands at the right."""
    top = {"showarrow": False, "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 3, "borderpad": 0}
    notes = _sides(("← further apart", "closer →"), ink, small)
    right = {**top, "xref": "paper", "x": place.reversal[0], "xanchor": "left", "align": "left"}
    quiet = {"size": 13, "color": ink.muted}
    if small:
        drops = {**right, "x": 1, "xanchor": "right", "align": "right", "yshift": 22, "font": quiet}
        whose = {**drops, "x": 0, "xanchor": "left", "align": "left", "text": wrapped(head, 34)}
        return [*notes, whose, {**drops, "text": f"{DROPS},<br>of 100 worlds"}]
    measured = {**top, "xref": "paper", "x": place.strip[1], "xanchor": "right", "yshift": 22, "font": quiet}
    return [
        *notes,
        {**measured, "text": head},
        {
            **right,
            "text": f"<b>{DROPS.replace(' ', '<br>', 1)}</b>",
            "yshift": 19,
            "font": {"size": 14, "color": ink.text},
        },
        {**right, "text": "of 100 worlds", "font": quiet},
    ]


def _sides(sides: tuple[str, str], ink: Ink, small: bool) -> list[dict[str, Any]]:
    """What left and right of 0 mean, above the rows."""
    top = {"showarrow": False, "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 3, "borderpad": 0}
    side = {**top, "xref": "x", "x": 0, "font": {"size": 13 if small else 14, "color": ink.text}}
    return [
        {**side, "text": f"<b>{sides[0]}</b>", "xanchor": "right", "xshift": -8},
        {**side, "text": f"<b>{sides[1]}</b>", "xanchor": "left", "xshift": 8},
    ]


def _nothing_to_drop(
    all_compared: Sequence[Compared], found: Sequence[Lane], group: Group, ink: Ink, small: bool
) -> list[dict[str, Any]]:
    """Says of scenarios without an offer why there is no number, once a row."""
    note = {
        "text": "nothing<br>to drop" if small and group == "scenario" else "nothing to drop"[: 7 if small else None],
        "showarrow": False,
        "xref": "x3",
        "x": 128 if small else 0,
        "xanchor": "right" if small else "left",
        "align": "right" if small else "left",
        "yref": "y",
        "font": {"size": 13 if small else 14, "color": ink.muted},
        "borderpad": 0,
    }
    places = []
    for one in all_compared:
        mine = [lane.y for lane in found if lane.letter == one.letter and lane.reversed is None]
        places += [sum(mine) / len(mine)] if mine and group == "scenario" else mine
    return [{**note, "y": round(y, 4)} for y in places]


def _titles(
    all_compared: Sequence[Compared], worldviews: Sequence[str], theme: str, small: bool
) -> list[dict[str, Any]]:
    """By worldview: its name above the bars, each scenario's beside its bar, or its letter on a narrow page."""
    ink, place = INKS[theme], (NARROW if small else WIDE)["worldview"]
    note = {"showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "borderpad": 0}
    notes = []
    for row, key in enumerate(worldviews):
        view, style = identities()[key], mark_of(key, theme)
        text = f'<span style="color:{style.colour}">{style.glyph}</span> <b>{view.title}</b>'
        font = {"size": 16, "color": ink.text}
        notes.append({**note, "text": text, "y": len(worldviews) - row, "yanchor": "top", "yshift": -3, "font": font})
    for lane in lanes(all_compared, worldviews, "worldview", place):
        one = next(one for one in all_compared if one.letter == lane.letter)
        text = f"<b>{lane.letter}</b>" if small else f"<b>{lane.letter}</b>  {_short(one.name, 38)}"
        notes.append({**note, "text": text, "y": lane.y, "yanchor": "middle", "font": {"size": 14, "color": ink.text}})
    return notes


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _names(all_compared: Sequence[Compared], ink: Ink) -> list[dict[str, Any]]:
    """The scenarios' names above their settings; on the page they stand there as buttons."""
    note = {"showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "yanchor": "top"}
    return [
        {
            **note,
            "text": f"<b>{wrapped(f'{one.letter} · {_short(one.name, 48)}', 28)}</b>",
            "y": len(all_compared) - i,
            "yshift": -4,
            "align": "left",
            "borderpad": 0,
            "font": {"size": 15, "color": ink.text},
        }
        for i, one in enumerate(all_compared)
    ]


def _lines(count: int, ink: Ink) -> list[dict[str, Any]]:
    """A strong line above the first row and faint ones between the others."""
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    return [
        {**across, "y0": row, "y1": row, "line": {"color": ink.text, "width": 2}}
        if row == count
        else {**across, "y0": row, "y1": row, "line": {"color": ink.grid, "width": 1}}
        for row in range(1, count + 1)
    ]


def differences(
    found: Mapping[str, Mapping[str, tuple[float, float, float]]],
    titles: Mapping[str, str],
    worldviews: Sequence[str],
    theme: str,
    *,
    small: bool,
) -> Figure:
    """Scenarios against A, world by world: low, middle and high of the differences by letter and worldview.

    `titles` are what the scenarios are called.
    """
    ink, count, step = INKS[theme], len(found), 0.7 / len(worldviews)
    each = [
        Lane(letter, key, round(count - row - 0.26 - step * (slot + 0.5), 4), *ends[key], None, None)
        for row, (letter, ends) in enumerate(found.items())
        for slot, key in enumerate(worldviews)
        if key in ends
    ]
    reach = in_tens((-10, 10), [end for lane in each for end in (lane.low, lane.high)])
    note = {"showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "yanchor": "top"}
    figure = layout(ink, 60 + 130 * count)
    figure |= {
        "margin": {"l": 20, "r": 60, "t": 30, "b": 30},
        "xaxis": shift_axis(ink, reach, (0, 1), small, "0 = as A"),
        "yaxis": {"range": [0, count], "visible": False, "fixedrange": True},
        "annotations": [
            *_sides(("← further apart than A", "closer than A →"), ink, small),
            *numbers(each, theme),
            *(
                {
                    **note,
                    "y": count - row,
                    "yshift": -5,
                    "text": f"<b>{_short(titles[letter], 40)}</b>",
                    "font": {"size": 15, "color": ink.text},
                }
                for row, letter in enumerate(found)
            ),
        ],
        "shapes": _lines(count, ink),
    }
    return {"data": strips(each, worldviews, theme), "layout": figure}

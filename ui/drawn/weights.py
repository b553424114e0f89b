"""What each offer weighs under one worldview: bars inside one another, and below whether all of it gets through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from ui.drawn.figures import Figure, layout, wrapped
from ui.drawn.palette import INKS, Ink, faint, mark_of
from ui.told.assumptions import LEVER
from ui.told.numbers import setting_names
from ui.told.weights import STEPS, Heavy, hundredth, percent

# From the weight to what is felt: how high of a bar's room each is, and how strong its colour is.
BARS = {"full": (0.92, 0.14), "asked": (0.7, 0.3), "delivered": (0.48, 0.45), "felt": (0.24, 1.0)}
VALUE, BELIEVED = (0.84, 0.35), (0.4, 1.0)  # of all offers together
HEAD, FOOT = 22, 24  # pixels above the rows for heads, and below the last for what must be passed
BETWEEN, ALL = 34, 24  # pixels between the offers and the row of all of them, and of that row
CREDIT = 46  # pixels at the right
ROOM = 1.22  # of the longest bar, for the number at its end
LETTER = 13
CLICK = "Click: its weights and their sources"


class Place(NamedTuple):
    """Where an offer's parts stand: pixels of a row and at the left, and which share of the row the bars have."""

    row: int
    left: int
    bars: float


WIDE = Place(row=28, left=104, bars=1)
NARROW = Place(row=46, left=4, bars=0.54)  # names stand above the bars


def reach(found: Iterable[Heavy]) -> float:
    """The axis of weights that the pictures of all worldviews share, of 100."""
    return ROOM * 100 * max(one.full for heavy in found for one in heavy.weights.offers.values())


def weight_bars(heavy: Heavy, to: float, theme: str, *, small: bool = False) -> Figure:
    """The offers of one worldview, a row each, and all of them in a row below.

    Args:
        to: the end of the axis of weights, as `reach` has it; the row of all offers has 0 to 100.
        small: for a narrow page.

    The number and kinds of traces are always the same, so that one picture can pass into another.
    """
    ink, place, known = INKS[theme], NARROW if small else WIDE, heavy.weights
    colour, levers = mark_of(known.worldview, theme).colour, list(known.offers)
    rows = len(levers) * place.row
    high = rows + BETWEEN + ALL
    middles = [len(levers) - i - 1 + place.bars / 2 for i in range(len(levers))]
    figure = layout(ink, HEAD + high + FOOT)
    figure |= {
        "barmode": "overlay",
        "margin": {"l": place.left, "r": CREDIT, "t": HEAD, "b": FOOT},
        "xaxis": _unseen([0, to]),
        "yaxis": _unseen([0, len(levers)], domain=[1 - rows / high, 1]),
        "xaxis2": _unseen([0, 100], anchor="y2"),
        "yaxis2": _unseen([0, 1], domain=[0, ALL / high], anchor="x2"),
        "annotations": [
            *_heads(ink),
            *(note for i in range(len(levers)) for note in _row(heavy, i, middles[i], place, ink)),
            *_together(heavy, place, ink),
        ],
        "shapes": _lines(heavy, len(levers), ink),
    }
    return {"data": [*_offers(heavy, middles, place, colour), *_all(heavy, colour, ink)], "layout": figure}


def key() -> str:
    """What the four bars are, in HTML: a box each, as high and as strong as its bar; ui/page/page.css is its look."""
    boxes = (
        f'<li><span style="--high:{high:g};--strong:{100 * strong:g}%"></span>{escape(STEPS[part])}</li>'
        for part, (high, strong) in BARS.items()
    )
    return f'<ul class="bars-key">{"".join(boxes)}</ul>'


def _unseen(ends: list[float], **more: Any) -> dict[str, Any]:
    """An axis without ticks: numbers stand at the bars."""
    return {"range": ends, "visible": False, "fixedrange": True, **more}


def _bar(name: str, x: list[float], y: list[float], width: float, colour: str, **more: Any) -> dict[str, Any]:
    shared = {"type": "bar", "orientation": "h", "name": name, "hoverinfo": "skip"}
    return {**shared, "x": x, "y": y, "width": width, "marker": {"color": colour}, **more}


def _offers(heavy: Heavy, middles: list[float], place: Place, colour: str) -> Iterator[dict[str, Any]]:
    """Four bars an offer, each thinner and stronger than the one before; the widest has an edge and says what it is."""
    offers = heavy.weights.offers
    for part, (share, strength) in BARS.items():
        lengths = [round(100 * getattr(one, part), 2) for one in offers.values()]
        bar = _bar(STEPS[part], lengths, middles, round(share * place.bars, 3), faint(colour, strength))
        if part == "full":
            bar |= {
                "hoverinfo": "text",
                "hovertext": [f"{heavy.told_of(lever)}<br>{CLICK}" for lever in offers],
                "customdata": [f"{LEVER}{lever}" for lever in offers],
            }
            bar["marker"] |= {"line": {"color": faint(colour, 0.55), "width": 1}}
        yield bar


def _all(heavy: Heavy, colour: str, ink: Ink) -> Iterator[dict[str, Any]]:
    """Of 100: what all offers are worth together, and inside it what is believed."""
    second = {"xaxis": "x2", "yaxis": "y2"}
    yield _bar("of 100", [100], [0.5], VALUE[0], ink.grid, **second)
    for name, amount, (high, strength) in (
        ("value", heavy.weights.value, VALUE),
        ("believed", heavy.weights.believed, BELIEVED),
    ):
        yield _bar(name, [round(100 * amount, 2)], [0.5], high, faint(colour, strength), **second)


def _note(text: str, ink: Ink, **place: Any) -> dict[str, Any]:
    return {"text": text, "showarrow": False, "borderpad": 0, "font": {"size": LETTER, "color": ink.text}, **place}


def _heads(ink: Ink) -> list[dict[str, Any]]:
    quiet = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 4, "font": {"size": LETTER, "color": ink.muted}}
    left = {"xref": "paper", "x": 0, "xanchor": "left"}
    return [
        _note("weight, % of all offers", ink, **left, **quiet),
        _note("credit, points", ink, xref="paper", x=1, xanchor="right", xshift=CREDIT - 4, **quiet),
    ]


def _row(heavy: Heavy, i: int, middle: float, place: Place, ink: Ink) -> Iterator[dict[str, Any]]:
    """The name of an offer, its weight at the end of its bar, and its credit at the right."""
    lever, one = list(heavy.weights.offers.items())[i]
    name, heaviest = setting_names()[lever], lever == heavy.heaviest
    left = {"xref": "paper", "x": 0, "align": "left", "yref": "y"}
    if place is WIDE:
        yield _note(wrapped(name, 17), ink, **left, xanchor="right", xshift=-6, y=middle) | {"align": "right"}
    else:
        yield _note(name, ink, **left, xanchor="left", y=len(heavy.weights.offers) - i, yanchor="top", yshift=-3)
    share = f"<b>{percent(one.share)}</b>" if heaviest else percent(one.share)
    end = {"xref": "x", "x": round(100 * one.full, 2), "xanchor": "left", "xshift": 5, "yref": "y", "y": middle}
    yield _note(share, ink, **end)
    credit = {"xref": "paper", "x": 1, "xanchor": "right", "xshift": CREDIT - 4, "yref": "y", "y": middle}
    yield _note(f"<b>{heavy.credit_of(lever)}</b>", ink, **credit) | {"font": {"size": 15, "color": ink.text}}


def _together(heavy: Heavy, place: Place, ink: Ink) -> Iterator[dict[str, Any]]:
    """What all offers come to, above their row, and below it what must be passed."""
    known = heavy.weights
    told = f"<b>All together: value {hundredth(known.value)}</b>, believed {hundredth(known.believed)}"
    above = {"yref": "y2", "y": 1, "yanchor": "bottom", "yshift": 2}
    yield _note(told, ink, xref="paper", x=0, xanchor="left", xshift=2 - place.left if place is WIDE else 0, **above)
    yield _note("of 100", ink, xref="x2", x=100, xanchor="left", xshift=5, yref="y2", y=0.5) | {
        "font": {"size": LETTER, "color": ink.muted}
    }
    if known.must_pass:
        at = round(100 * known.must_pass, 2)
        side = "left" if at < 15 else "right" if at > 85 else "center"
        below = {"yref": "y2", "y": 0, "yanchor": "top", "yshift": -3}
        yield _note(
            f"believed must pass <b>{hundredth(known.must_pass)}</b>", ink, xref="x2", x=at, xanchor=side, **below
        )


def _lines(heavy: Heavy, rows: int, ink: Ink) -> list[dict[str, Any]]:
    """Where bars begin, and what must be passed."""
    start = {"type": "line", "xref": "x", "x0": 0, "x1": 0, "yref": "y", "y0": 0, "y1": rows}
    lines = [{**start, "line": {"color": ink.baseline, "width": 1}}]
    if heavy.weights.must_pass:
        at = round(100 * heavy.weights.must_pass, 2)
        line = {"type": "line", "xref": "x2", "x0": at, "x1": at, "yref": "y2", "y0": 0, "y1": 1}
        lines.append({**line, "line": {"color": ink.text, "width": 3}})
    return lines

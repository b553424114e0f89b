"""Charts as pictures to take away: a title above, and below what the chart rests on, inside the picture.

The plain-dict figures of the page are drawn as they are, in wider margins; nothing is drawn a second time.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any, NamedTuple
from xml.sax.saxutils import escape as escape_xml

from ui.drawn.boards import Board, Card
from ui.drawn.figures import Figure
from ui.drawn.figures import layout as plain_layout
from ui.drawn.palette import INKS, Ink
from ui.exports.renderer import RENDERER, Format
from ui.exports.stamp import Stamp, clean

FONT = "Source Sans, Source Sans Pro, Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH = 900
HEIGHT = 960  # of cards side by side
SCALE = 2  # pixels of a PNG a pixel of the page
EDGE = 24
LEGEND = 30
QUESTION = 280  # size of the mark where nothing may be shown yet
LONGEST = 800  # characters of the sentence above a chart
NARROW = frozenset(" .,:;|!'’‘()[]/iljtfrI")
BROAD = frozenset("MWmw@%…—ЖМФШЩЫЮжмфшщыю")
LINE = 1.32  # height of a line, in ems
TITLE, SENTENCE, STAMP = 20, 14, 11  # sizes of letters


class Block(NamedTuple):
    """Some lines of one size."""

    lines: tuple[str, ...]
    size: int
    bold: bool = False

    @property
    def height(self) -> float:
        """Of all lines together, in pixels."""
        return len(self.lines) * self.size * LINE


def picture(board: Board, kind: Format, title: str, stamp: Stamp, theme: str = "light") -> bytes:
    """A board as a picture: one chart by itself, or cards side by side; arguments and errors as for `image`."""
    if len(board.cards) > 1:
        more = max(len(card.sentence.splitlines()) for card in board.cards) - 1  # lines, in each row of cards
        height = HEIGHT + 3 * round(LINE * STAMP) * more
        return sheet(board.cards, kind, title, board.reading, stamp, theme, height=height, legend=bool(board.colours))
    (card,) = board.cards
    head = ": ".join(part for part in (card.title, card.headline) if part)
    told = " ".join(part for part in (head and f"{head}.", card.sentence, board.reading) if part)
    return image(card.figure, kind, title, told, stamp, theme, legend=bool(board.colours))


def image(
    figure: Figure, kind: Format, title: str, sentence: str, stamp: Stamp, theme: str = "light", *, legend: bool = False
) -> bytes:
    """A chart as a picture with its title, a sentence and the stamp.

    Args:
        figure: a plain-dict Plotly figure of the page, made for the same theme.
        kind: png (twice as many pixels as the page has) or svg.
        title, sentence: plain text; whatever they hold is shown as it is.
        stamp: what stands below the chart.
        theme: light or dark.
        legend: name the colours, for a chart whose key is elsewhere on the page (the yearly accounting).

    Raises:
        NoPicture: there is no browser on the server, or it does not draw.
    """
    ink, shown = INKS[theme], figure["layout"]
    margin = {"l": 20, "r": 20, "t": 20, "b": 20, **shown.get("margin", {})}
    left = max(margin["l"], EDGE)
    head = _head(title, sentence, WIDTH)
    foot = _foot(stamp, WIDTH)
    key = LEGEND if legend else 0
    above, below = _height(head) + EDGE + key, _height(foot) + 2 * EDGE
    right = max(margin["r"], EDGE)
    height = round(shown.get("height", 400) + above + below)
    place = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": EDGE - (WIDTH - right)}
    notes = [
        *_stack(head, {**place, "yref": "paper", "y": 1}, margin["t"] + above - EDGE / 2, ink),
        *_stack(foot, {**place, "yref": "paper", "y": 0}, -margin["b"] - EDGE, ink),
    ]
    layout = _layout(shown, theme) | {
        "height": height,
        "width": WIDTH,
        "margin": {"l": left, "r": right, "t": margin["t"] + above, "b": margin["b"] + below, "autoexpand": True},
        "annotations": [*shown.get("annotations", ()), *notes],
    }
    if legend:
        layout |= _legend((_height(head) + EDGE) / height)
    drawn = RENDERER.draw({"data": figure["data"], "layout": layout}, kind, WIDTH, height, SCALE)
    return _told(drawn, kind, title, sentence, stamp)


def sheet(
    cards: Sequence[Card],
    kind: Format,
    title: str,
    sentence: str,
    stamp: Stamp,
    theme: str = "light",
    *,
    columns: int = 2,
    width: int = 1100,
    height: int = HEIGHT,
    scale: float = SCALE,
    bare: bool = False,
    legend: bool = False,
) -> bytes:
    """The cards of a board as one picture, side by side, each with its title and headline above.

    Args:
        cards: with charts whose axes lie where the figure says, without automatic margins; none for words alone.
        columns: cards side by side. width, height: of the whole, in pixels of the page.
        bare: no title, sentence and stamp, for a page that has them already.
        legend: name the colours, which must be those of the first card in all of them.
        kind, title, sentence, stamp, theme: as for `image`. scale: pixels of a PNG a pixel of the page.

    Raises:
        NoPicture: there is no browser on the server, or it does not draw.
    """
    ink = INKS[theme]
    head, foot = ([], []) if bare else (_head(title, sentence, width), _foot(stamp, width))
    key = LEGEND if legend else 0
    above = (_height(head) + EDGE / 2 if head else 0) + key
    below = _height(foot) + EDGE / 2 if foot else 0
    rows = max(1, -(-len(cards) // columns))
    cell = ((width - EDGE) / columns, (height - above - below - EDGE) / rows)
    first = cards[0].figure["layout"] if cards else plain_layout(ink, height)
    shared = {key: value for key, value in first.items() if not _is_axis(key)}
    shared |= {} if cards else {"xaxis": {"visible": False}, "yaxis": {"visible": False}}
    layout = _layout(shared, theme) | {
        "width": width,
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "annotations": [
            *_stack(head, _corner(EDGE, 1, width), -EDGE / 2, ink),
            *_stack(foot, _corner(EDGE, 0, width), _height(foot) + EDGE / 2, ink),
        ],
        "shapes": [],
    }
    if not cards:
        middle = {"xref": "paper", "x": 0.5, "xanchor": "center", "yref": "paper", "y": 0.5}
        layout["annotations"] += _stack([Block(("?",), QUESTION, bold=True)], middle, QUESTION / 2, ink, ink.muted)
    if legend:
        layout |= _legend((above - key) / height)
    data: list[dict[str, Any]] = []
    for place, card in enumerate(cards):
        row, column = divmod(place, columns)
        corner = (EDGE / 2 + column * cell[0], EDGE / 2 + above + row * cell[1])
        _add(data, layout, card, _Cell(place, *corner, *cell, width, height), ink)
    drawn = RENDERER.draw({"data": data, "layout": layout}, kind, width, height, scale)
    return _told(drawn, kind, title, " ".join([sentence, *(card.alt for card in cards)]), stamp)


def preview(cards: Sequence[Card], title: str, sentence: str, stamp: Stamp) -> bytes:
    """The picture that goes with a link where it is shared: PNG of 1200 by 630 pixels; errors as `sheet`."""
    brief = [replace(card, sentence="") for card in cards]
    return sheet(brief, "png", title, sentence, stamp, columns=min(4, len(cards) or 1), width=1200, height=630, scale=1)


def _legend(down: float) -> dict[str, Any]:
    """The names of the colours in a row that begins a share of the height below the top."""
    place = {"xref": "container", "x": EDGE / WIDTH, "yref": "container", "y": 1 - down, "yanchor": "top"}
    return {"showlegend": True, "legend": {"orientation": "h", **place}}


# ---- cards side by side


class _Cell(NamedTuple):
    """Where a card stands in a sheet, in pixels from the upper left corner."""

    number: int
    left: float
    top: float
    width: float
    height: float
    sheet_width: int
    sheet_height: int


def _add(data: list[dict[str, Any]], layout: dict[str, Any], card: Card, cell: _Cell, ink: Ink) -> None:
    """Move the chart of a card into its cell: axes, traces, notes and lines."""
    size = 17 if cell.width > 400 else 15
    room = round(cell.width - card.figure["layout"]["margin"]["l"])
    told = [line for part in card.sentence.splitlines() for line in _wrapped(part, STAMP, room)]
    head = [
        Block((f"{card.glyph} {card.title}".strip(),), size, bold=True),
        Block((card.headline,), round(1.25 * size), bold=True) if card.headline else Block(tuple(told), STAMP),
    ]
    taken = _height(head)
    shown = card.figure["layout"]
    margin = shown["margin"]
    area = (
        (cell.left + margin["l"]) / cell.sheet_width,
        (cell.left + cell.width - margin["r"]) / cell.sheet_width,
        1 - (cell.top + cell.height - margin["b"]) / cell.sheet_height,
        1 - (cell.top + taken + margin["t"]) / cell.sheet_height,
    )
    moved = _Moved(cell.number, *area)
    data += [{**trace, **moved.axes_of(trace), "showlegend": cell.number == 0} for trace in card.figure["data"]]
    layout |= {moved.axis_key(key): moved.axis(key, axis) for key, axis in shown.items() if _is_axis(key)}
    layout["annotations"] += [moved.note(note) for note in shown.get("annotations", ())]
    layout["shapes"] += [moved.shape(shape) for shape in shown.get("shapes", ())]
    corner = _corner(cell.left + margin["l"], 1, cell.sheet_width)
    shades = (card.colour or ink.text, ink.text)
    for block, colour, up in zip(head, shades, (0, head[0].height), strict=True):
        layout["annotations"] += _stack([block], corner, -cell.top - up, ink, colour)


def _is_axis(key: str) -> bool:
    return key[1:5] == "axis"


class _Moved(NamedTuple):
    """Names and places of a figure that becomes one of several in a sheet; the area is in shares of the sheet."""

    number: int
    left: float
    right: float
    bottom: float
    top: float

    def axis_key(self, key: str) -> str:
        """`xaxis2` of the third figure is `xaxis32`."""
        return f"{key[:5]}{10 * (self.number + 1) + int(key[5:] or 1)}"

    def name(self, reference: str) -> str:
        """An axis as traces, notes and lines name it: `x2 domain` of the third figure is `x32 domain`."""
        axis, space, rest = reference.partition(" ")
        if axis == "paper":
            return reference
        return f"{axis[0]}{10 * (self.number + 1) + int(axis[1:] or 1)}{space}{rest}"

    def axes_of(self, trace: dict[str, Any]) -> dict[str, str]:
        """The axes of a trace by their new names."""
        return {key: self.name(trace.get(key, key[0])) for key in ("xaxis", "yaxis")}

    def across(self, share: float) -> float:
        """A share of the figure's width as a share of the sheet's."""
        return self.left + share * (self.right - self.left)

    def up(self, share: float) -> float:
        """A share of the figure's height as a share of the sheet's."""
        return self.bottom + share * (self.top - self.bottom)

    def axis(self, key: str, axis: dict[str, Any]) -> dict[str, Any]:
        """An axis in its new place."""
        place = self.across if key[0] == "x" else self.up
        first, last = axis.get("domain", (0, 1))
        anchor = axis.get("anchor", "y" if key[0] == "x" else "x")
        return {**axis, "domain": [place(first), place(last)], "anchor": self.name(anchor)}

    def note(self, note: dict[str, Any]) -> dict[str, Any]:
        """A note in its new place."""
        moved: dict[str, Any] = {key: self.name(note[key]) for key in ("xref", "yref") if key in note}
        if moved.get("xref") == "paper":
            moved["x"] = self.across(note["x"])
        if moved.get("yref") == "paper":
            moved["y"] = self.up(note["y"])
        return {**note, **moved}

    def shape(self, shape: dict[str, Any]) -> dict[str, Any]:
        """A line or box in its new place."""
        moved: dict[str, Any] = {ref: self.name(shape.get(ref, ref[0])) for ref in ("xref", "yref")}
        if moved["xref"] == "paper":
            moved |= {key: self.across(shape[key]) for key in ("x0", "x1")}
        if moved["yref"] == "paper":
            moved |= {key: self.up(shape[key]) for key in ("y0", "y1")}
        return {**shape, **moved}


# ---- words above and below


def _head(title: str, sentence: str, width: int) -> list[Block]:
    blocks = [Block(_wrapped(clean(title), TITLE, width), TITLE, bold=True)]
    return blocks + ([Block(_wrapped(clean(sentence, LONGEST), SENTENCE, width), SENTENCE)] if sentence else [])


def _foot(stamp: Stamp, width: int) -> list[Block]:
    lines = [line for text in stamp.lines() for line in _wrapped(text, STAMP, width)]
    return [Block(tuple(lines), STAMP)]


def _wrapped(text: str, size: int, width: int) -> tuple[str, ...]:
    """Text on lines that fit between the edges; a long link is broken anywhere."""
    most = (width - 2 * EDGE) / size
    lines, wide = [""], 0.0
    for word in text.split():
        if lines[-1] and sum(map(_em, f" {word}"), wide) > most:
            lines.append("")
            wide = 0.0
        for character in f" {word}" if lines[-1] else word:
            if lines[-1] and wide + _em(character) > most:
                lines.append("")
                wide = 0.0
            lines[-1] += character
            wide += _em(character)
    return tuple(lines)


def _em(character: str) -> float:
    """The width of a letter in its size, as in a bold Arial or more, since the server may draw with any sans-serif."""
    if character in NARROW:
        return 0.39
    if character in BROAD or unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.78 if character.isupper() else 0.62


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _corner(left: float, y: float, width: int) -> dict[str, Any]:
    """Where a text begins in a sheet: pixels from the left, above (1) or below (0)."""
    return {"xref": "paper", "x": left / width, "xanchor": "left", "yref": "paper", "y": y}


def _stack(
    blocks: Sequence[Block], place: dict[str, Any], up: float, ink: Ink, colour: str | None = None
) -> list[dict[str, Any]]:
    """Blocks below one another as notes; the first begins `up` pixels above the place."""
    notes = []
    for block in blocks:
        shade = colour or (ink.muted if block.size == STAMP else ink.text)
        text = "<br>".join(escape(line, quote=False) for line in block.lines)
        look = {"font": {"size": block.size, "color": shade}, "showarrow": False, "align": "left"}
        shown = f"<b>{text}</b>" if block.bold else text
        notes.append({**place, **look, "text": shown, "yanchor": "top", "yshift": up, "borderpad": 0})
        up -= block.height
    return notes


def _layout(shown: dict[str, Any], theme: str) -> dict[str, Any]:
    """The layout of a figure on a background of its own."""
    paper = {"paper_bgcolor": INKS[theme].paper, "plot_bgcolor": INKS[theme].paper}
    return {**shown, **paper, "font": {**shown.get("font", {}), "family": FONT}}


# ---- what the file says of itself


def _told(drawn: bytes, kind: Format, title: str, sentence: str, stamp: Stamp) -> bytes:
    """The picture with title, description and stamp in the file: for screen readers and for whoever finds it."""
    title, described = clean(title), clean(f"{sentence} {' '.join(stamp.lines())}", 4000)
    if kind == "svg":
        return _svg(drawn, title, described)
    texts = {"Title": title, "Description": described, "Source": stamp.link, "Software": "Strategic Triangle"}
    return _png(drawn, texts)


def _svg(drawn: bytes, title: str, described: str) -> bytes:
    opening, closed, rest = drawn.decode().partition(">")
    told = f"<title>{escape_xml(title)}</title><desc>{escape_xml(described)}</desc>"
    return f'{opening} role="img"{closed}{told}{rest}'.encode()


def _png(drawn: bytes, texts: dict[str, str]) -> bytes:
    """The PNG with texts in UTF-8 after its header (chunks iTXt of the PNG specification)."""
    header = 8 + 25  # signature and the chunk IHDR
    chunks = b""
    for key, text in texts.items():
        body = b"iTXt" + key.encode() + b"\0\0\0\0\0" + text.encode()
        chunks += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return drawn[:header] + chunks + drawn[header:]

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

from ui.drawn.boards import Board, Card, Told
from ui.drawn.drift import ALONG
from ui.drawn.figures import Figure
from ui.drawn.figures import layout as plain_layout
from ui.drawn.palette import INKS, Ink
from ui.drawn.prices import prices
from ui.exports.renderer import RENDERER, Format
from ui.exports.stamp import Stamp, clean
from ui.told import words

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
FINDING, LARGE, SMALL = 28, 22, 13  # and around the two pictures: of the finding, in a preview, and of the least
WIDE = 1200  # of the two pictures side by side
PICTURE = 440  # height of a picture with its title
SHARES = {"drift": 0.56, "strip": 0.44}  # of the width, as on the page


class Block(NamedTuple):
    """Some lines of one size."""

    lines: tuple[str, ...]
    size: int
    bold: bool = False
    quiet: bool = False

    @property
    def height(self) -> float:
        """Of all lines together, in pixels."""
        return len(self.lines) * self.size * LINE


def picture(board: Board, kind: Format, title: str, stamp: Stamp, theme: str = "light") -> bytes:
    """A board as a picture: the finding with its two pictures, one chart by itself, or cards side by side.

    Arguments and errors as for `image`.
    """
    if board.told:
        return _finding(board, board.told, kind, title, stamp, theme)
    if len(board.cards) > 1:
        more = max(len(card.sentence.splitlines()) for card in board.cards) - 1  # lines, in each row of cards
        height = HEIGHT + 3 * round(LINE * STAMP) * more
        return sheet(board.cards, kind, title, board.reading, stamp, theme, height=height, legend=bool(board.colours))
    (card,) = board.cards
    told = " ".join(part for part in (card.title and f"{card.title}.", card.sentence, board.reading) if part)
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
    legend: bool = False,
) -> bytes:
    """The cards of a board as one picture, side by side, each with its title and sentence above.

    Args:
        cards: with charts whose axes lie where the figure says, without automatic margins; none for words alone.
        columns: cards side by side. width, height: of the whole, in pixels of the page.
        legend: name the colours, which must be those of the first card in all of them.
        kind, title, sentence, stamp, theme: as for `image`. scale: pixels of a PNG a pixel of the page.

    Raises:
        NoPicture: there is no browser on the server, or it does not draw.
    """
    ink = INKS[theme]
    head, foot = _head(title, sentence, width), _foot(stamp, width)
    key = LEGEND if legend else 0
    above, below = _height(head) + EDGE / 2 + key, _height(foot) + EDGE / 2
    rows = max(1, -(-len(cards) // columns))
    size = ((width - EDGE) / columns, (height - above - below - EDGE) / rows)
    notes = [
        *_stack(head, _corner(EDGE, 1, width), -EDGE / 2, ink),
        *_stack(foot, _corner(EDGE, 0, width), _height(foot) + EDGE / 2, ink),
    ]
    if not cards:
        middle = {"xref": "paper", "x": 0.5, "xanchor": "center", "yref": "paper", "y": 0.5}
        notes += _stack([Block(("?",), QUESTION, bold=True)], middle, QUESTION / 2, ink, ink.muted)
    corners = [(EDGE / 2 + column * size[0], EDGE / 2 + above + row * size[1]) for row, column in _grid(cards, columns)]
    placed = [(card, _Cell(*corner, *size)) for card, corner in zip(cards, corners, strict=True)]
    figure = _composed(placed, notes, width, height, theme)
    if legend:
        figure["layout"] |= _legend((above - key) / height)
    drawn = RENDERER.draw(figure, kind, width, height, scale)
    return _told(drawn, kind, title, " ".join([sentence, *(card.alt for card in cards)]), stamp)


def _grid(cards: Sequence[Card], columns: int) -> list[tuple[int, int]]:
    """The row and the column of each card."""
    return [divmod(place, columns) for place in range(len(cards))]


# ---- the finding with its two pictures


def _finding(board: Board, told: Told, kind: Format, title: str, stamp: Stamp, theme: str) -> bytes:
    """The finding as the title of its pictures; above it whose it is, below them what they rest on."""
    ink, width = INKS[theme], WIDE
    head = [
        Block(_wrapped(clean(title), SENTENCE, width), SENTENCE, quiet=True),
        Block(_wrapped(told.finding, FINDING, width), FINDING, bold=True),
        Block(_wrapped(told.caveat, SMALL, width), SMALL),
    ]
    texts = [*told.counts, *replace(stamp, caveat="").lines()]
    lines = [line for text in texts for line in _wrapped(text, SMALL, width)]
    foot = [Block(tuple(lines), SMALL, quiet=True)]
    body, high = _body(board, told, theme, width)
    above, below = EDGE + _height(head), _height(foot) + EDGE
    height = round(above + EDGE / 2 + high + below + EDGE / 2)
    notes = [
        *_stack(head, _corner(EDGE, 1, width), -EDGE, ink),
        *_stack(foot, _corner(EDGE, 0, width), _height(foot) + EDGE, ink),
    ]
    figure = _composed([(card, cell.down(above + EDGE / 2)) for card, cell in body], notes, width, height, theme)
    drawn = RENDERER.draw(figure, kind, width, height, SCALE)
    return _described(drawn, kind, told.finding, f"{title}. {alternative(board)} {' '.join(stamp.lines())}", stamp)


def body(board: Board, width: int = WIDE, theme: str = "light") -> bytes:
    """The two pictures of a board and the prices as PNG, for a page that has the finding and all else in its own words.

    Raises:
        NoPicture: there is no browser on the server, or it does not draw.
    """
    assert board.told is not None
    cells, high = _body(board, board.told, theme, width)
    figure = _composed(cells, [], width, round(high), theme)
    return RENDERER.draw(figure, "png", width, round(high), SCALE)


def alternative(board: Board) -> str:
    """What a picture of a finding shows, for whoever cannot see it: the finding first, and once."""
    assert board.told is not None
    start = f"{board.told.finding}. "
    priced = [f"{price.title}: {price.told}." for price in board.told.prices]
    return start + " ".join([*(card.alt.removeprefix(start) for card in board.cards), *priced])


def _body(board: Board, told: Told, theme: str, width: int) -> tuple[list[tuple[Card, _Cell]], float]:
    """The pictures side by side, each with how it is read below it, then the prices; and how high it all is."""
    sides = {"drift": (told.drift,), "strip": (told.strip,)}
    shares = SHARES if len(board.cards) > 1 else {board.cards[0].key: 1.0}
    left, cells = EDGE / 2, []
    for card in board.cards:
        wide = (width - EDGE) * shares[card.key]
        read = [line for text in sides[card.key] for line in _wrapped(text, SMALL, round(wide))]
        cells.append((card, _Cell(left, 0, wide, PICTURE, Block(tuple(read), SMALL, quiet=True))))
        left += wide
    high = PICTURE + max(cell.below.height for _, cell in cells) + EDGE / 2
    if told.prices and len(board.cards) > 1:
        title, told_of = told.priced, "0 to 100; dotted: without levers"
        drawn = prices(told.prices, theme, round(width / len(told.prices) / (SMALL * 0.58)))
        card = Card("prices", drawn, "", title=title, sentence=told_of, scale="level")
        priced = _height(_card_head(card, _Cell(0, 0, width, 0))) + drawn["layout"]["height"]
        cells.append((card, _Cell(EDGE / 2, high, width - EDGE, priced)))
        high += priced
    return cells, high


def preview(board: Board, title: str, sentence: str, stamp: Stamp) -> bytes:
    """The picture that goes with a link where it is shared: PNG of 1200 by 630 pixels; errors as `sheet`.

    Drawn on fewer pixels and made larger, so that it can be read as small as a chat shows it: the finding with the
    strip and the drift, several scenarios with a strip each, or the title alone.
    """
    if not board.cards:
        return sheet((), "png", title, sentence, stamp, width=1200, height=630, scale=1)
    width, height = (600, 315) if board.told else (800, 420)
    told, cards = title, list(board.cards)
    if board.told:
        drift, strip = cards
        hollow = (board.told.strip,) if board.told.plays else ()
        told = board.told.short
        past = any(trace["name"] == "observed" and trace["x"] for trace in drift.figure["data"])
        read = ("Dashes: without levers", *(["Left: observed, votes and trade"] * past))
        cards = [_small(strip, "\n".join((strip.title, *hollow))), _small(drift, "\n".join(read))]
    ink, foot = INKS["light"], [Block((f"{words.CAVEAT} Strategic Triangle",), SMALL, quiet=True)]
    head = [Block(_wrapped(clean(told), LARGE, width), LARGE, bold=True)]
    above, below = EDGE / 2 + _height(head) + 6, EDGE / 2 + _height(foot)
    rows = -(-len(cards) // 2)
    tall = (height - above - below - 6) / rows
    split = (width - EDGE) * (0.55 if board.told else 0.5)
    wide = (split - EDGE / 2, width - EDGE - split)
    cells = [
        (card, _Cell(EDGE / 2 + column * split, above + row * tall, wide[column], tall))
        for card, (row, column) in zip(cards, _grid(cards, 2), strict=True)
    ]
    notes = [
        *_stack(head, _corner(EDGE, 1, width), -EDGE / 2, ink),
        *_stack(foot, _corner(EDGE, 0, width), _height(foot) + EDGE / 2, ink),
    ]
    drawn = RENDERER.draw(_composed(cells, notes, width, height, "light"), "png", width, height, 1200 / width)
    alts = alternative(board) if board.told else " ".join(card.alt for card in cards)
    return _described(drawn, "png", title, f"{alts} {' '.join(stamp.lines())}", stamp)


def _small(card: Card, sentence: str) -> Card:
    """A card as on a narrow page, without what is written along its lines, which wants more room than there is."""
    figure = card.figure | (card.small or {})
    notes = figure["layout"]["annotations"]
    notes = [note for note in notes if note.get("name") != ALONG and note.get("xanchor") != "center"]
    figure |= {"layout": figure["layout"] | {"annotations": notes}}
    return replace(card, figure=figure, title="", sentence=sentence)


def _legend(down: float) -> dict[str, Any]:
    """The names of the colours in a row that begins a share of the height below the top."""
    place = {"xref": "container", "x": EDGE / WIDTH, "yref": "container", "y": 1 - down, "yanchor": "top"}
    return {"showlegend": True, "legend": {"orientation": "h", **place}}


# ---- cards side by side


class _Cell(NamedTuple):
    """Where a card stands in a sheet, in pixels from the upper left corner; `below` stands under it."""

    left: float
    top: float
    width: float
    height: float
    below: Block = Block((), STAMP)

    def down(self, pixels: float) -> _Cell:
        """The same cell some pixels further down."""
        return self._replace(top=self.top + pixels)


def _composed(
    placed: Sequence[tuple[Card, _Cell]], notes: list[dict[str, Any]], width: int, height: int, theme: str
) -> Figure:
    """Cards and notes as one figure; the charts of cards that begin level are level."""
    ink = INKS[theme]
    first = placed[0][0].figure["layout"] if placed else plain_layout(ink, height)
    shared = {key: value for key, value in first.items() if not _is_axis(key)}
    shared |= {} if placed else {"xaxis": {"visible": False}, "yaxis": {"visible": False}}
    layout = _layout(shared, theme) | {
        "width": width,
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "annotations": list(notes),
        "shapes": [],
    }
    heads = [_card_head(card, cell) for card, cell in placed]
    data: list[dict[str, Any]] = []
    for number, ((card, cell), head) in enumerate(zip(placed, heads, strict=True)):
        level = [_height(other) for (_, at), other in zip(placed, heads, strict=True) if at.top == cell.top]
        moved = _Moved(number, *_area(card, cell, max(level), width, height))
        _add(data, layout, card, moved)
        indent = EDGE / 2 if card.scale else card.figure["layout"]["margin"]["l"]
        corner = _corner(cell.left + indent, 1, width)
        for place, block in enumerate(head):
            up, colour = -cell.top - _height(head[:place]), card.colour if block.bold else ""
            layout["annotations"] += _stack([block], corner, up, ink, colour)
        layout["annotations"] += _stack([cell.below], corner, -cell.top - cell.height, ink)
    return {"data": data, "layout": layout}


def _card_head(card: Card, cell: _Cell) -> list[Block]:
    """Title and sentence of a card."""
    room = round(cell.width - (0 if card.scale else card.figure["layout"]["margin"]["l"]))
    size, small = (17, SMALL) if card.scale else (17 if cell.width > 400 else 15, STAMP)
    title = [f"{card.glyph} {card.title}".strip()] if card.title else []
    told = [line for part in card.sentence.splitlines() for line in _wrapped(part, small, room)]
    blocks = [Block(tuple(title), size, bold=True), Block(tuple(told), small, quiet=bool(card.scale))]
    return [block for block in blocks if block.lines]


def _area(card: Card, cell: _Cell, head: float, width: int, height: int) -> tuple[float, float, float, float]:
    """What is left of a cell for axes, below its head and between its margins, in shares of the sheet."""
    margin = card.figure["layout"]["margin"]
    return (
        (cell.left + margin["l"]) / width,
        (cell.left + cell.width - margin["r"]) / width,
        1 - (cell.top + cell.height - margin["b"]) / height,
        1 - (cell.top + head + margin["t"]) / height,
    )


def _add(data: list[dict[str, Any]], layout: dict[str, Any], card: Card, moved: _Moved) -> None:
    """Move the chart of a card into its cell: axes, traces, notes and lines."""
    shown = card.figure["layout"]
    data += [{**trace, **moved.axes_of(trace), "showlegend": moved.number == 0} for trace in card.figure["data"]]
    layout |= {moved.axis_key(key): moved.axis(key, axis) for key, axis in shown.items() if _is_axis(key)}
    layout["annotations"] += [moved.note(note) for note in shown.get("annotations", ())]
    layout["shapes"] += [moved.shape(shape) for shape in shown.get("shapes", ())]


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
        over = {"overlaying": self.name(axis["overlaying"])} if "overlaying" in axis else {}
        return {**axis, **over, "domain": [place(first), place(last)], "anchor": self.name(anchor)}

    def note(self, note: dict[str, Any]) -> dict[str, Any]:
        """A note in its new place."""
        return {**note, **self._placed(note, {"xref": ("x",), "yref": ("y",)})}

    def shape(self, shape: dict[str, Any]) -> dict[str, Any]:
        """A line, box or path in its new place."""
        return {**shape, **self._placed(shape, {"xref": ("x0", "x1", "xanchor"), "yref": ("y0", "y1", "yanchor")})}

    def _placed(self, what: dict[str, Any], ends: dict[str, tuple[str, ...]]) -> dict[str, Any]:
        """The axes that something hangs on by their new names, and its ends where they are shares of the figure."""
        moved: dict[str, Any] = {ref: self.name(what.get(ref, ref[0])) for ref in ends}
        for ref, keys in ends.items():
            place = self.across if ref == "xref" else self.up
            moved |= {key: place(what[key]) for key in keys if moved[ref] == "paper" and key in what}
        return moved


# ---- words above and below


def _head(title: str, sentence: str, width: int) -> list[Block]:
    blocks = [Block(_wrapped(clean(title), TITLE, width), TITLE, bold=True)]
    return blocks + ([Block(_wrapped(clean(sentence, LONGEST), SENTENCE, width), SENTENCE)] if sentence else [])


def _foot(stamp: Stamp, width: int) -> list[Block]:
    lines = [line for text in stamp.lines() for line in _wrapped(text, STAMP, width)]
    return [Block(tuple(lines), STAMP, quiet=True)]


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
    blocks: Sequence[Block], place: dict[str, Any], up: float, ink: Ink, colour: str = ""
) -> list[dict[str, Any]]:
    """Blocks below one another as notes; the first begins `up` pixels above the place."""
    notes = []
    for block in filter(lambda block: block.lines, blocks):
        shade = colour or (ink.muted if block.quiet else ink.text)
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
    """The picture with title, sentence and stamp in the file."""
    return _described(drawn, kind, title, f"{sentence} {' '.join(stamp.lines())}", stamp)


def _described(drawn: bytes, kind: Format, title: str, described: str, stamp: Stamp) -> bytes:
    """The picture with words in the file: for screen readers and for whoever finds it."""
    title, described = clean(title), clean(described, 4000)
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

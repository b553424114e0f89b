"""What the page for class rooms says, where its steps lead, and figures large enough for the last row. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from model import analogues, catalog, presets
from model.assumptions.schema import Scenario
from ui.drawn import figures, palette
from ui.drawn.boards import Board, Card
from ui.drawn.figures import Figure
from ui.drawn.palette import INKS
from ui.links.asked import ALL, starting_points, worldviews_of
from ui.told import words

LETTERS = (("font", "size"), ("tickfont", "size"), ("textfont", "size"), ("line", "width"))


@dataclass(frozen=True)
class Stage:
    """What is on the screen: a scenario under one worldview, or under all of them (`shown` is `ALL`)."""

    scenario: Scenario
    shown: str

    @property
    def group(self) -> Mapping[str, Scenario]:
        """The scenarios among which the steps lead: the presets, or the historic analogues."""
        return analogues() if self.scenario.analogue else presets()

    @property
    def preset(self) -> Scenario:
        """The preset that is shown, or that the reader's own scenario was made from."""
        return starting_points()[self.scenario.name]

    @property
    def changed(self) -> bool:
        """Whether it is the reader's own scenario."""
        return self.scenario != self.preset

    @property
    def title(self) -> str:
        """The scenario by name."""
        return self.preset.title + (", changed" if self.changed else "")

    @property
    def about(self) -> str:
        """What the scenario is: its description, or what was changed."""
        if self.changed:
            return f"Your scenario: {words.what_moved(self.preset, self.scenario)}."
        return self.preset.description

    @property
    def warnings(self) -> tuple[str, ...]:
        """Why a historic analogue may not fit; nothing of other scenarios."""
        era = self.scenario.analogue
        return (f"Why this may not fit: {era.why_it_may_not_fit}",) if era else ()

    @property
    def previous(self) -> str | None:
        """The preset one step back; an own scenario stands between its preset and the next one."""
        names = list(self.group)
        at = names.index(self.scenario.name)
        return names[at] if self.changed else names[at - 1] if at else None

    @property
    def next(self) -> str | None:
        """The preset one step on."""
        names = list(self.group)
        return dict(pairwise(names)).get(self.scenario.name)

    def turned(self, step: int) -> str:
        """The worldview so many steps on, round and round; from all of them to the first or the last."""
        views = list(worldviews_of(self.scenario))
        if self.shown == ALL:
            return views[0 if step > 0 else -1]
        return views[(views.index(self.shown) + step) % len(views)]

    @property
    def number(self) -> str:
        """Scenario 3 of 10."""
        names = list(self.group)
        number = f"{names.index(self.scenario.name) + 1} of {len(names)}"
        if self.scenario.analogue:
            number = f"historic analogue {number}"
            return f"Your scenario, made from {number}" if self.changed else number.capitalize()
        return f"Your scenario, made from {number}" if self.changed else f"Scenario {number}"

    @property
    def where(self) -> str:
        """Scenario 3 of 10 · Worldview 2 of 4."""
        views = list(catalog().worldviews)
        if self.scenario.analogue:
            return f"{self.number} · {views_titled(self.shown)} only, as it is written"
        if self.shown == ALL:
            return f"{self.number} · All {len(views)} worldviews, none preferred"
        return f"{self.number} · Worldview {views.index(self.shown) + 1} of {len(views)}"


def views_titled(worldview: str) -> str:
    """A worldview in a sentence: Worldview “Midpoint”."""
    return f"Worldview “{catalog().worldviews[worldview].title}”"


def set_for(scenario: Scenario, wanted: str) -> Stage:
    """The stage of a scenario under the worldview that is wanted, the first where none is; an analogue has its own."""
    known = worldviews_of(scenario)
    return Stage(scenario, known[0] if scenario.analogue else wanted or known[0])


def on_stage(board: Board, shown: str, note: str, theme: str, ghost: bool, warnings: tuple[str, ...] = ()) -> Board:
    """The card of a worldview drawn large, or all cards side by side, with a sentence below.

    Of the footers, what the reader has set goes first: alone, a card says what it assumes only where there is neither
    a goal nor a prediction, and side by side nothing else has room. `ghost`: the scenario before is drawn too.
    `warnings` stand below a card that is alone.
    """
    if shown == ALL:
        cards = [
            replace(card, figure=enlarged(card.figure), footers=card.footers[1:], about="") for card in board.cards
        ]
        return Board(tuple(cards), note=note)
    card = next(card for card in board.cards if card.key == shown)
    figure = enlarged(with_key(card, theme, ghost), letters=1.6, dots=1.4)
    by_reader = [footer for footer in card.footers[1:] if footer != catalog().worldviews[shown].still]
    footers = card.footers if by_reader else (*card.footers, card.about)
    return Board(
        (replace(card, figure=figure, footers=(*footers, *warnings), about="", short=""),), columns=1, note=note
    )


def with_key(card: Card, theme: str, ghost: bool) -> Figure:
    """The figure of a card with a word on each kind of line above it."""
    ink = INKS[theme]
    lines = [(card.colour, "┈", "before")] * ghost + [(card.colour, "━", "with levers"), (ink.baseline, "╍", "without")]
    text = "\u2002".join(
        f'<span style="color:{colour}"><b>{2 * line}</b></span> {word}' for colour, line, word in lines
    )
    layout = card.figure["layout"]
    key = figures.note(text, 1, 1, ink, xanchor="right", yanchor="bottom")
    return card.figure | {"layout": layout | {"annotations": [*layout["annotations"], key]}}


def enlarged(figure: Figure, letters: float = 1, dots: float = 1) -> Figure:
    """A figure as high as the page lets it be; letters, lines and margins grow by one factor, dots by another."""
    layout = {key: value for key, value in figure["layout"].items() if key != "height"}
    layout["margin"] = {side: round(letters * pixels) for side, pixels in layout["margin"].items()}
    sizes = {("marker", "size"): dots} | dict.fromkeys(LETTERS, letters)
    return {"data": _grown(figure["data"], sizes), "layout": _grown(layout, sizes)}


def _grown(part: Any, sizes: dict[tuple[str, str], float], name: str = "") -> Any:
    """A part of a figure in which all that `sizes` names has grown; the numbers of the data stay."""
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return [_grown(item, sizes, name) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: round(value * sizes[name, key], 1) if (name, key) in sizes else _grown(value, sizes, key)
        for key, value in part.items()
    }


def worldview_labels(scenario: Scenario) -> Sequence[tuple[str, str]]:
    """What can be shown, with the words on its button: one worldview each, then all of them; nothing where one is."""
    views = catalog().worldviews
    if scenario.analogue:
        return []
    return [
        *((key, f"{palette.mark_of(key).glyph} {view.short}") for key, view in views.items()),
        (ALL, f"All {len(views)}"),
    ]

"""The column beside the levers: what would be lost without each, a marker a worldview on one axis. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from model import catalog
from model.analysis.dropped import Dropped
from model.assumptions.edits import identities
from ui.drawn.palette import mark_of
from ui.told import words

REACH = (-5.5, 1.5)  # the axis at first; it is widened where the numbers ask for it


def lever_marks(found: Sequence[Dropped], worldviews: Collection[str], theme: str) -> dict[str, Any]:
    """What the browser draws: the ends of the axis, and of each lever that is moved its marks and words.

    The number in figures is that of the worldview that answers most, named beside it.
    """
    shown = [one for one in found if one.worldview in worldviews] or list(found)
    points = [value for one in shown for value in one.p50.values()]
    levers: dict[str, Any] = {}
    for lever in shown[0].p50:
        most = max(shown, key=lambda one: abs(one.p50[lever]))
        marks = []
        for one in shown:
            style = mark_of(one.worldview, theme)
            marks.append({"at": round(one.p50[lever], 2), "glyph": style.glyph, "colour": style.colour})
        each = ", ".join(f"{_short(one)} {words.points_to_a_side(one.p50[lever])}" for one in shown)
        levers[lever] = {
            "marks": marks,
            "told": _told(_short(most), round(most.p50[lever])),
            "alt": f"Lost if {catalog().levers[lever].name} alone went back to neutral: {each}.",
        }
    return {"reach": [min([REACH[0], *points]), max([REACH[1], *points])], "levers": levers}


def _told(short: str, whole: int) -> str:
    """Whose number it is, how much, and which way: Op-ed 8 apart."""
    return f"{short} {abs(whole)} {'apart' if whole < 0 else 'closer'}" if whole else "all 0"


def _short(one: Dropped) -> str:
    return identities()[one.worldview].short

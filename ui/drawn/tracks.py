"""What stays of the tracks of a reader's own worldview while its numbers move: names, ends, marks of the four. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from model import catalog
from model.assumptions.edits import copied_values, editable
from ui.drawn.palette import mark_of
from ui.told import own


@dataclass(frozen=True)
class Tick:
    """What a worldview assumes, as a mark beside the track: as many values as the track has."""

    view: str
    name: str
    glyph: str
    colour: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Track:
    """One assumption: its low, central and high value (10th, 50th and 90th percentile), or one value, a weight.

    low, high: what is admissible. step: what an arrow key or a pointer moves by; typed values may be finer. copied: the
    values of the worldview that was copied. meaning, grounds: what it is and what its copied values rest on, in words.
    ground: the name under which its source card is found. group: tracks of one stand below a heading.
    """

    label: str
    low: float
    high: float
    step: float
    copied: tuple[float, ...]
    ticks: tuple[Tick, ...]
    unit: str
    meaning: str
    grounds: str
    ground: str
    group: str = ""


@cache
def tracks(copied: str, theme: str) -> Mapping[str, Track]:
    """The tracks of all numbers that can be changed in a copy of one of the four, by their names."""
    return {
        name: Track(
            label=own.titles()[name],
            low=one.low,
            high=one.high,
            step=own.step_of(name),
            copied=copied_values(copied, name),
            ticks=tuple(
                Tick(key, view.short, mark_of(key, theme).glyph, mark_of(key, theme).colour, copied_values(key, name))
                for key, view in catalog().worldviews.items()
            ),
            unit=own.unit_of(name),
            meaning=own.meaning_of(name),
            grounds=own.grounds_of(copied, name),
            ground=name.partition(".")[0],
        )
        for name, one in editable().items()
    }

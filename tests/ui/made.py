"""Numbers of worldviews made by hand, small enough to be worked out on paper."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ui.told.numbers import CardNumbers

YEARS = (2021, 2026, 2031)
ALONE = (58.0, 65.0, 72.0)  # the middle path without levers


def made(
    worldview: str = "op-ed",
    shift: tuple[float, float, float] | float = 0.0,
    *,
    levers: Sequence[float] | None = None,
    alone: Sequence[float] = ALONE,
    band: float = 2.0,
    dots: Sequence[float] | None = None,
    dropped: int = 0,
) -> CardNumbers:
    """A worldview with its middle paths, bands of `band` points to either side, and two worlds a point from the middle.

    A shift is low, middle and high, or the middle with a point to either side; the dots are these three, and the path
    with levers ends that much off the other, where nothing else is said. There are three years, or one a place.
    """
    low, middle, high = shift if isinstance(shift, tuple) else (shift - 1, shift, shift + 1)
    none = np.array(alone, float)
    path = np.array(levers, float) if levers is not None else none + middle * np.arange(len(none)) / (len(none) - 1)
    return CardNumbers(
        worldview=worldview,
        years=YEARS if len(none) == len(YEARS) else tuple(range(2021, 2021 + len(none))),
        scenario=np.stack([path - band, path, path + band]),
        no_lever=np.stack([none - band, none, none + band]),
        scenario_worlds=np.stack([path - 1, path + 1]),
        no_lever_worlds=np.stack([none - 1, none + 1]),
        shift=(low, middle, high),
        dots=np.array([low, middle, high] if dots is None else dots, float),
        reversed_of_100=dropped,
        unmoved_of_100=0,
    )


def four(lock_in: float, midpoint: float, op_ed: float, sceptic: float) -> list[CardNumbers]:
    """The four worldviews by their middle shifts."""
    return [made("lock-in", lock_in), made("midpoint", midpoint), made("op-ed", op_ed), made("sceptic", sceptic)]

"""What would be lost without each lever: the shift of the last year, less what it is with this lever alone at neutral.

It answers which lever the package leans on most: all others stay as they are set. It is worked out in each world by
itself. What is reported are percentiles over worlds, and neither they nor the worlds' own numbers add up to the shift:
what two levers do only together is lost with either of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.analysis.coalitions import coalition_shifts
from model.assumptions.scenario import moved
from model.engine.equations import Array
from model.engine.results import Result, percentiles


@dataclass(frozen=True)
class Dropped:
    """What would be lost without each lever under one worldview, in points of the composite.

    Below 0 the lever drives Russia and China further apart, above 0 closer. Each has one entry for each lever that is
    off neutral, in the order of the catalog.

    p10, p50, p90: percentiles over worlds; p50, the middle, is what is shown.
    """

    worldview: str
    p10: dict[str, float]
    p50: dict[str, float]
    p90: dict[str, float]


def dropped_of(result: Result) -> tuple[Dropped, ...]:
    """What would be lost without each lever off neutral under each worldview of a result, in its own worlds.

    k levers take k runs of the last year, in one batch.

    Returns:
        One Dropped a worldview, in the order of the result.
    """
    spread = {lever: percentiles(lost) for lever, lost in dropped_by_world(result).items()}
    return tuple(
        Dropped(
            worldview,
            *({lever: float(found[name][w]) for lever, found in spread.items()} for name in ("p10", "p50", "p90")),
        )
        for w, worldview in enumerate(result.worldviews)
    )


def dropped_by_world(result: Result) -> dict[str, Array]:
    """What would be lost without each lever off neutral in every world, in points; float64, (W, N)."""
    levers = moved(result.scenario, result.assumptions)
    package = frozenset(levers)
    shifts = coalition_shifts(result, [package, *(package - {lever} for lever in levers)])
    return {lever: shifts[package] - shifts[package - {lever}] for lever in levers}

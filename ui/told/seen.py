"""What a reader sees of a scenario today, as a link says it."""

from __future__ import annotations

from dataclasses import replace

from ui.links.asked import Asked
from ui.links.single import Seen, nothing_seen
from ui.told import cache


def seen(asked: Asked) -> Seen:
    """The middle shift by worldview under today's assumptions; no result while it waits for a prediction."""
    return nothing_seen() if asked.hidden else replace(nothing_seen(), result=cache.middle_shifts(asked))

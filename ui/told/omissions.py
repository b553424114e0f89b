"""The essay's argument step by step, its tensions, and what it leaves out: what is said of each, and where it is seen.

The words are those of argument.toml and omissions.toml; the numbers on both sides are run here. No streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache as once

from model import catalog
from model.analysis.argument import Dispute, Kind, Step, members_of, wiring
from model.analysis.omissions import Gap, Side, Sight, omissions
from model.assumptions.outcomes import outcomes
from model.engine.results import REVERSED
from ui.links import comparison, single
from ui.links.asked import Asked, Shown, clean_title, switched_by
from ui.links.paths import COMPARE
from ui.told import cache
from ui.told.words import minus, signed

REVERSED_TITLE = "Washington drops it"
MINUS = {"shift": "further apart", "two_front": "less"}  # what below 0 is, of differences to the run without levers
FAMILIES = {"tensions": "Tensions", "omissions": "Left out"}


@dataclass(frozen=True)
class Seen:
    """A sight with the middle value of its outcome on both sides, by worldview, in whole points."""

    sight: Sight
    without: Mapping[str, int]
    with_: Mapping[str, int]

    @property
    def apart(self) -> Mapping[str, int]:
        """How far the two sides are apart, by worldview."""
        return {view: abs(self.with_[view] - self.without[view]) for view in self.with_}

    @property
    def most(self) -> Sequence[str]:
        """The worldviews in which the two sides are farthest apart."""
        return [view for view, points in self.apart.items() if points == max(self.apart.values())]


def seen(sight: Sight) -> Seen:
    """Both sides of a sight, run."""
    without, with_ = (
        cache.middles(cache.run_key(asked_of(sight, side)), sight.outcome) for side in (sight.without, sight.with_)
    )
    return Seen(sight, without, with_)


def gaps(family: str) -> Mapping[str, Gap]:
    """The tensions, or the omissions, by their key."""
    found: Mapping[str, Gap] = getattr(omissions(catalog()), family)
    return found


def asked_of(sight: Sight, side: Side) -> Asked:
    """What one side of a sight asks."""
    return Asked(sight.scenario(side), switched=switched_by(side.switch))


def explore_address(sight: Sight, side: Side) -> str:
    """Where Explore shows one side of a sight, with the section that says why; from the site's root."""
    return f"/?{single.text(asked_of(sight, side), Shown(open=(sight.open,)))}"


def compare_address(sight: Sight) -> str:
    """Where Compare sets both sides of a sight one below the other; from the site's root."""
    sides = [replace(asked_of(sight, side), title=clean_title(side.label)) for side in (sight.without, sight.with_)]
    return f"/{COMPARE}?{comparison.text(sides)}"


def outcome_title(outcome: str) -> str:
    """What is looked at, with its unit."""
    if outcome == REVERSED:
        return f"{REVERSED_TITLE}, worlds of 100"
    record = outcomes()[outcome]
    below = f" (minus: {MINUS[outcome]})" if outcome in MINUS else ""
    return f"{record.title}, {record.unit}{below}"


def valued(outcome: str, value: int) -> str:
    """A value of an outcome, with its sign where it is a difference."""
    return signed(value) if outcome in MINUS else minus(str(value))


def from_to(found: Seen, view: str) -> str:
    """What one worldview gives on both sides: −19 → −10."""
    outcome = found.sight.outcome
    return f"{valued(outcome, found.without[view])} → {valued(outcome, found.with_[view])}"


def finding(found: Seen) -> str:
    """Where the two sides are farthest apart: Op-ed −19 → −10."""
    *others, last = (catalog().worldviews[view].short for view in found.most)
    if others:
        return f"{', '.join(others)} and {last} by {max(found.apart.values())}"
    return f"{last} {from_to(found, *found.most)}"


def in_words(found: Seen) -> str:
    """What the picture of a sight shows."""
    sight, views = found.sight, catalog().worldviews
    told = ", ".join(f"{views[view].short} {from_to(found, view).replace('→', 'to')}" for view in found.with_)
    return f"{outcome_title(sight.outcome)}. From “{sight.without.label}” to “{sight.with_.label}”: {told}."


@once
def scale_of(outcome: str) -> tuple[int, int]:
    """Lowest and highest value of the pictures of an outcome, in tens, so that all of them are drawn to one scale."""
    values = [
        value
        for family in FAMILIES
        for gap in gaps(family).values()
        for sight in gap.see
        if sight.outcome == outcome
        for side in (seen(sight).without, seen(sight).with_)
        for value in side.values()
    ]
    return min(0, min(values) // 10 * 10), max(0, -(-max(values) // 10) * 10)


# ---- the chain


def chain() -> Sequence[Step]:
    """The essay's chain."""
    return wiring(catalog()).chain


def kinds_of(step: Step) -> list[Kind]:
    """The kinds of edges that carry a step."""
    return [wiring(catalog()).edges[name] for name in step.edges]


def claims_of(step: Step) -> list[str]:
    """The claims of the essay that stand at a step, in the order of the file, each once."""
    named = {claim for kind in kinds_of(step) for claim in kind.claims} | {*step.claims}
    return [key for key in catalog().claims if key in named]


def levers_of(step: Step) -> list[str]:
    """The names of the levers at which a step begins, in the order of the catalog."""
    known = catalog()
    ends = {key for kind in kinds_of(step) for end in (kind.origin, kind.to) for key in members_of(end, known)}
    return [lever.name for key, lever in known.levers.items() if key in ends]


def numbers_of(step: Step) -> list[str]:
    """The numbers on which a step rests, the one that measures it first."""
    named = dict.fromkeys([step.measured_by, *(name for kind in kinds_of(step) for name in kind.rests_on)])
    return list(named)


def disputes_of(step: Step) -> list[Dispute]:
    """Who holds otherwise about a step, each once."""
    return list(dict.fromkeys(dispute for kind in kinds_of(step) for dispute in kind.disputed))

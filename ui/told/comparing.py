"""What a comparison finds, in one sentence made by a rule, and what each scenario sets otherwise than the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model import catalog
from model.assumptions.edits import identities
from model.assumptions.scenario import setting, settings
from model.assumptions.schema import Scenario
from ui.links.asked import Asked
from ui.told import words
from ui.told.numbers import setting_names

TELLS = 3  # whole points between middle shifts from which on a worldview tells scenarios apart
NAMED = 2  # differences that are named below a scenario's bars
COUNTS = {2: "two", 3: "three", 4: "four"}
RULE = f"A view tells scenarios apart where its middle shifts differ by {TELLS} points or more."


def telling(shifts: Sequence[Mapping[str, float]]) -> list[str]:
    """The worldviews that tell scenarios apart, those first whose middle shifts lie farthest from one another.

    `shifts` are the middle shifts of each scenario by worldview, for the worldviews under which it is run.
    """
    reach = {}
    for worldview in identities():
        found = [round(middles[worldview]) for middles in shifts if worldview in middles]
        if len(found) > 1:
            reach[worldview] = max(found) - min(found)
    return sorted((key for key, apart in reach.items() if apart >= TELLS), key=lambda key: -reach[key])


def headline(shifts: Sequence[Mapping[str, float]], same_worlds: bool = True) -> str:
    """Which worldviews tell the scenarios apart, by the rule of `telling`."""
    if len(shifts) < 2:
        return "One scenario so far: add another to see what tells them apart"
    if not same_worlds:
        return "Different eras, different assumed worlds: read each scenario by itself"
    views = [key for key in identities() if any(key in middles for middles in shifts)]
    tell, these = telling(shifts), f"these {COUNTS[len(shifts)]} scenarios"
    silent = [key for key in views if key not in tell]
    if len(views) == 1:
        return f"{_start(_view(views[0]))} {'tells' if tell else 'does not tell'} {these} apart"
    if not tell:
        return f"No view tells {these} apart"
    if not silent:
        return f"{'Both' if len(views) == 2 else f'All {COUNTS.get(len(views), len(views))}'} views tell {these} apart"
    if len(silent) == 1 and len(tell) > 2:
        return f"All views but {_view(silent[0])} tell {these} apart"
    *others, last = [_view(key) for key in tell]
    names = f"{', '.join(others)} and {last}" if others else last
    return f"Only {names} {'tell' if others else 'tells'} {these} apart"


def _view(worldview: str) -> str:
    """A worldview's title within a sentence."""
    title = identities()[worldview].title
    inside = title[0].lower() + title[1:]
    return inside if inside.startswith("the ") else f"the {inside}"


def _start(text: str) -> str:
    return text[0].upper() + text[1:]


def what_is_set(asked: Asked, first: Asked | None) -> str:
    """The line below a scenario's bars: what is farthest from the first one, by name; of the first, what it sets."""
    if first is None:
        found = [f"{name} {now}" for name, _, now in _farthest(None, asked.scenario)]
        return _listed(found) if found else "No lever is moved."
    parts = [f"{name} {was} → {now}" for name, was, now in _farthest(first.scenario, asked.scenario)]
    if first.switched != asked.switched:
        parts.insert(0, f"structure {words.structure_name(first.switched)} → {words.structure_name(asked.switched)}")
    return f"Against A: {_listed(parts)}" if parts else "Set as A is."


def _listed(parts: Sequence[str]) -> str:
    more = len(parts) - NAMED
    return ", ".join(parts[:NAMED]) + (f", and {more} more" if more > 0 else "")


def _farthest(first: Scenario | None, scenario: Scenario) -> list[tuple[str, int, int]]:
    """Name, value there and value here of what differs, from neutral without a first; the context before levers."""
    known, names = catalog().levers, setting_names()
    found = []
    for key in settings():
        lever = known.get(key)
        if first is None and lever is None:
            continue
        was = setting(first, key) if first else known[key].neutral
        now = setting(scenario, key)
        if was != now:
            far = abs(now - was) / lever.high if lever else 2.0
            found.append((far, (_start(names[key]), was, now)))
    return [one for _, one in sorted(found, key=lambda item: -item[0])]

"""A place as the query of a link, and back. The link says everything, and whatever it says wrongly is explained.

Stable names: v (model version), preset, the lever keys, start, horizon, onset, ramp, pressure; where there are any,
goal (may be repeated) and predict. No streamlit here, so that other readers of the same query can share it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from model import MODEL_VERSION, InputError, presets
from model.errors import nearest, shown
from model.goals import Goal, parse_goal
from model.scenario import allowed, check_setting, limits, set_values, setting, settings
from ui.place import FIRST, MOST_GOALS, Place, Prediction, parse_prediction

FIRST_PRESET = "status-quo"
MOST_NAMED = 5
DIGITS = re.compile(r"[+-]?[0-9]{1,300}", re.ASCII)


@dataclass(frozen=True)
class Opened:
    """What a link asked for, as far as it could be followed, and a sentence for each thing that could not."""

    place: Place
    notices: tuple[str, ...]


def write(place: Place) -> dict[str, list[str]]:
    """The query of a place, all values by name: every setting, even where it equals a default."""
    scenario = place.scenario
    one_each = {
        "v": str(MODEL_VERSION),
        "preset": scenario.name,
        **{key: str(setting(scenario, key)) for key in settings()},
        **({"predict": str(place.predict)} if place.predict else {}),
    }
    goals = {"goal": [str(goal) for goal in place.goals]} if place.goals else {}
    return {key: [value] for key, value in one_each.items()} | goals


def text(place: Place) -> str:
    """The query of a place as it stands in a link, without the question mark."""
    return urlencode(write(place), doseq=True)


def read(query: Mapping[str, Sequence[str]]) -> Opened:
    """The place of a query; `query` maps a name to all its values, in order."""
    known = ["v", "preset", *settings(), "goal", "predict"]
    single = {key: values[0] if values else "" for key, values in query.items() if key in known}
    notices = _version_notices(single.get("v"))
    start = presets()[FIRST_PRESET]
    name = single.get("preset", FIRST_PRESET)
    if name in presets():
        start = presets()[name]
    else:
        hint = nearest(name, presets())
        notices.append(f"There is no preset {shown(name)}, so it was ignored; {hint}")

    values_: dict[str, int] = {}
    for key in settings():
        if key in single:
            kept = setting(start, key)
            values_[key], notice = _number(key, single[key], kept)
            notices += [notice] if notice else []
    for key, values in query.items():
        if key in known and key != "goal" and len(values) > 1:
            notices.append(f"{key} is given {len(values)} times; the first, {shown(single[key])}, was used.")
    goals, goal_notices = _goals(query.get("goal", ()))
    notices += goal_notices
    predict: Prediction | Literal["first"] | None = None
    if "predict" in single:
        try:
            predict = FIRST if single["predict"] == FIRST else parse_prediction(single["predict"])
        except InputError as error:
            notices.append(f"{error} It was left out.")
    notices += _unknown_notices([key for key in query if key not in known], known)
    return Opened(Place(set_values(start, values_), goals, predict), tuple(notices))


def _goals(texts: Sequence[str]) -> tuple[tuple[Goal, ...], list[str]]:
    """The goals of a link, each once, and a sentence for each that could not be followed."""
    goals: list[Goal] = []
    notices = []
    for given in texts[: 2 * MOST_GOALS]:
        try:
            goal = parse_goal(given)
        except InputError as error:
            notices.append(f"{error} It was left out.")
        else:
            goals += [goal] if goal not in goals else []
    if len(goals) > MOST_GOALS or len(texts) > 2 * MOST_GOALS:
        notices.append(f"The link sets {len(texts)} goals; the first {MOST_GOALS} were kept.")
    return tuple(goals[:MOST_GOALS]), notices


def _unknown_notices(unknown: list[str], known: list[str]) -> list[str]:
    """One sentence for all parts of a link that are not known."""
    if not unknown:
        return []
    named = ", ".join(shown(key) for key in unknown[:MOST_NAMED])
    more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
    verb = "is not a part of a link and was" if len(unknown) == 1 else "are not parts of a link and were"
    hint = nearest(unknown[0], known) if len(unknown) == 1 else f"allowed: {', '.join(known)}."
    return [f"{named}{more} {verb} ignored; {hint}"]


def _version_notices(text: str | None) -> list[str]:
    if text is None or text == str(MODEL_VERSION):
        return []
    if DIGITS.fullmatch(text) and int(text) > MODEL_VERSION:
        return [
            f"This link was made with model version {shown(text)}; this page has version {MODEL_VERSION}. "
            "All that this version knows was kept, and its numbers may differ from the author's."
        ]
    return [f"v is {shown(text)}, which is no model version; version {MODEL_VERSION} was used."]


def _number(key: str, text: str, kept: int) -> tuple[int, str | None]:
    """The value to use for a setting, and a sentence if it is not the one in the link."""
    if not DIGITS.fullmatch(text):
        return kept, f"{key} is {shown(text)}, which is not a whole number; {kept} was kept. {_rule(key)}"
    value = int(text)
    try:
        return check_setting(key, value), None
    except InputError:
        if key == "start":
            return kept, f"start is {shown(text)}, which is not a start year; {kept} was kept. {_rule(key)}"
    low, high = limits(key)
    clamped = min(max(value, low), high)
    return clamped, f"{key} is {shown(text)}, which is out of range; {clamped} was used. {_rule(key)}"


def _rule(key: str) -> str:
    return f"Allowed: {allowed(key)}."

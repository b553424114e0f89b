"""What is asked and what of it is shown as the query of a link, and back: a small citable document.

The link says everything, and whatever it says wrongly is explained. Stable names: v (model version), set (assumption
set), seed, preset, the lever keys, start, horizon, onset, ramp, open (sections), result (what its author
saw); where there are any, structure (switched choices, as C1.C4, or ensemble), title, goal (may be repeated), predict,
show (worldviews), chart (one alone) and stage (the step of Present, and a worldview by itself); with a worldview of
the reader's own, own (the one of ours that was copied) and edit (may be repeated): `edit=binding_share~0.2~0.3~0.5`.
A historic analogue has a start and a worldview of its own, which its link does not say and cannot change. Old names
stand in model/data/renamed.toml. ui/links/comparison.py has those of a comparison. No streamlit here, so that other
readers can share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlencode

from model import MODEL_VERSION, InputError, catalog
from model.analysis.goals import Goal, parse_goal
from model.assumptions.catalog import EDITED
from model.assumptions.edits import Edits, Values, editable, edits, read_change
from model.assumptions.renamed import current_names
from model.assumptions.scenario import allowed, check_setting, limits, set_values, setting, settings
from model.assumptions.schema import Scenario
from model.engine.results import MAX_SEED
from model.errors import choose, nearest, shown
from model.versions import assumption_set
from ui.links.asked import (
    ALL,
    BASE,
    ENSEMBLE,
    FIRST,
    MOST_GOALS,
    OPENING_HAND,
    SEATED,
    SECTIONS,
    SEED,
    STEPS,
    Asked,
    Prediction,
    Shown,
    clean_title,
    fitting,
    fixed_settings,
    open_settings,
    parse_prediction,
    starting_points,
    switched_by,
    worldviews_of,
)

FIRST_PRESET = "status-quo"
MOST_NAMED = 5
LONGEST = 4000  # characters of a link that are read
ROOM = 900  # characters that no link of ours has; one of a single scenario has fewer than 730
SEPARATOR, NONE = ".", "none"
DEFAULT_SHOWN = Shown()
POINTS = re.compile(r"-?[0-9]{1,3}", re.ASCII)
REPEATED = ("goal", "edit")  # parts that a link may name more than once
EDIT_SEPARATOR = "~"
DIGITS = re.compile(r"[+-]?[0-9]{1,300}", re.ASCII)


@dataclass(frozen=True)
class Seen:
    """What a link says of the moment it was made: model version, assumption set and the middle shift by worldview."""

    version: str
    assumptions: str
    result: Mapping[str, int]


@dataclass(frozen=True)
class Opened:
    """What a link asked for, as far as it could be followed, and a sentence for each thing that could not.

    `seen` is None where the link does not say what its author saw.
    """

    asked: Asked
    notices: tuple[str, ...]
    shown: Shown = DEFAULT_SHOWN
    seen: Seen | None = None


def write(asked: Asked, shown: Shown = DEFAULT_SHOWN, seen: Seen | None = None) -> dict[str, list[str]]:
    """The query of what is asked, all values by name: every setting, even where it equals a default.

    `seen` is what its author saw and under which assumptions; without it the link tells no result.
    """
    scenario, shown = asked.scenario, fitting(shown, asked.scenario)
    seen = seen or nothing_seen()
    one_each = {
        "v": seen.version,
        "set": seen.assumptions,
        "seed": str(asked.seed),
        "preset": scenario.name,
        **{key: str(setting(scenario, key)) for key in open_settings(scenario)},
        "structure": SEPARATOR.join(asked.switched),
        "title": asked.title,
        "predict": str(asked.predict or ""),
        "show": SEPARATOR.join(shown.chosen),
        "chart": shown.chart,
        "stage": shown.stage,
        "open": SEPARATOR.join(shown.open) or NONE,
        "result": result_text(seen.result),
    }
    goals = {"goal": [str(goal) for goal in asked.goals]} if asked.goals else {}
    return {key: [value] for key, value in one_each.items() if value} | goals | write_own(asked.own)


def write_own(own: Edits | None) -> dict[str, list[str]]:
    """A reader's own worldview as it stands in a link: which of ours was copied, and each change."""
    if not own:
        return {}
    changes = [f"{name}{EDIT_SEPARATOR}{values_text(values)}" for name, values in own.changes]
    return {"own": [own.copied]} | ({"edit": changes} if changes else {})


def values_text(values: Values) -> str:
    """The values of a number as they stand in a link: as short as can be read back without a loss."""
    return EDIT_SEPARATOR.join(repr(value).removesuffix(".0") for value in values)


def nothing_seen() -> Seen:
    """That no result was seen, under today's assumptions."""
    return Seen(str(MODEL_VERSION), assumption_set(), {})


def result_text(result: Mapping[str, int]) -> str:
    """The middle shift by worldview as it stands in a link: lock-in_0.op-ed_-19."""
    return SEPARATOR.join(f"{worldview}_{shift}" for worldview, shift in result.items())


def text(asked: Asked, shown: Shown = DEFAULT_SHOWN, seen: Seen | None = None) -> str:
    """The query as it stands in a link, without the question mark."""
    return urlencode(write(asked, shown, seen), doseq=True)


def read(query: Mapping[str, Sequence[str]]) -> Opened:
    """What a query asks; `query` maps a name to all its values, in order.

    An empty one starts with the essay's opening hand; one that names no preset has the levers at neutral, as links had
    them from the first.
    """
    if not query:
        return Opened(Asked(starting_points()[OPENING_HAND]), ())
    query, notices = _today(query)
    single = {key: values[0] if values else "" for key, values in query.items() if key in known()}
    notices += version_notices(single.get("v"))
    start = starting_points()[FIRST_PRESET]
    name = single.get("preset", FIRST_PRESET)
    if name in starting_points():
        start = starting_points()[name]
    else:
        hint = nearest(name, starting_points())
        notices.append(f"There is no preset {shown(name)}, so it was ignored; {hint}")

    values_: dict[str, int] = {}
    for key in open_settings(start):
        if key in single:
            values_[key], notice = _number(key, single[key], setting(start, key))
            notices += notice
    notices += [of_the_era(start, key) for key in fixed_settings(start) if _asks_otherwise(start, key, single)]
    seed, notice = seed_of(single.get("seed"))
    notices += notice
    for key, values in query.items():
        if key in known() and key not in REPEATED and len(values) > 1:
            notices.append(f"{key} is given {len(values)} times; the first, {shown(single[key])}, was used.")
    goals, notice = _goals(query.get("goal", ()))
    notices += notice
    own, notice = own_of(single.get("own"), query.get("edit", ()))
    notices += notice
    predict, notice = _predict(single.get("predict"), worldviews_of(start, own))
    notices += notice
    switched, notice = structure_of(single.get("structure"))
    notices += notice
    title = clean_title(single.get("title", ""))
    if title != single.get("title", "").strip():
        notices.append(f"The title was shortened to what a link has room for: {shown(title)}.")
    sections, notice = _names("open", single.get("open"), SECTIONS, DEFAULT_SHOWN.open)
    notices += notice
    views = (*catalog().worldviews, *((EDITED,) if own else ()))
    worldviews, notice = _names("show", single.get("show"), views, ())
    notices += notice
    chart, notice = _names("chart", single.get("chart"), views, ())
    notices += notice
    stage, notice = stage_of(single.get("stage"), views)
    notices += notice
    named = {"show": worldviews, "chart": chart, "stage": tuple(filter(None, stage.split(SEATED)[1:]))}
    notices += [
        one_worldview(start, key) for key, names in named.items() if not set(names) <= {*worldviews_of(start, own)}
    ]
    seen, notice = seen_of(single, start, own)
    notices += notice
    notices += unknown_notices(query, known())
    asked = Asked(set_values(start, values_), goals, predict, title, seed, switched, own)
    asks_to_see = Shown(sections, worldviews, next(iter(chart), ""), stage)
    return Opened(asked, tuple(notices), fitting(asks_to_see, start), seen)


def of_the_era(scenario: Scenario, key: str) -> str:
    """A sentence for who asks for another value of what a historic analogue fixes."""
    return (
        f"{key} cannot be changed in the historic analogue “{scenario.title}”; {key} {setting(scenario, key)} was kept."
    )


def _asks_otherwise(scenario: Scenario, key: str, single: Mapping[str, str]) -> bool:
    return key in single and single[key] != str(setting(scenario, key))


def one_worldview(scenario: Scenario, key: str) -> str:
    """A sentence for who asks for another worldview in a historic analogue."""
    (own,) = worldviews_of(scenario)
    return (
        f"{key} names another worldview, but the historic analogue “{scenario.title}” is written for one only; "
        f"{own} is shown."
    )


def query_of(text: str) -> dict[str, list[str]]:
    """The query of a link's text behind the question mark, all values by name; cut at LONGEST characters."""
    return parse_qs(text[:LONGEST], keep_blank_values=True)


def known() -> tuple[str, ...]:
    """All names that a link may hold."""
    shown_ = ("show", "chart", "stage", "open")
    asked_ = ("v", "set", "seed", "preset", *settings(), "structure", "own", "edit", "title", "goal", "predict")
    return (*asked_, *shown_, "result")


def _today(query: Mapping[str, Sequence[str]]) -> tuple[dict[str, Sequence[str]], list[str]]:
    """The query with old names of settings and presets replaced by today's, and a sentence for each."""
    renewed: dict[str, Sequence[str]] = {}
    notices = []
    for key, values in query.items():
        names, sentence = current_names("setting", key)
        if sentence and not _says_nothing(names, values):
            notices.append(sentence)
        for new in names:
            if new == key or new not in query:
                renewed[new] = values
    if renewed.get("preset"):
        names, sentence = current_names("preset", renewed["preset"][0])
        if sentence and names:
            notices.append(sentence)
            renewed["preset"] = names
    return renewed, notices


def _says_nothing(names: Sequence[str], values: Sequence[str]) -> bool:
    """Whether an old name only says that today's levers stand at neutral, as they do anyway."""
    levers = catalog().levers
    return bool(names) and all(name in levers and [*values] == [str(levers[name].neutral)] for name in names)


def seed_of(text: str | None) -> tuple[int, list[str]]:
    """The seed of a link, and a sentence if it is none."""
    if text is None:
        return SEED, []
    if DIGITS.fullmatch(text) and 0 <= int(text) <= MAX_SEED:
        return int(text), []
    return SEED, [f"seed is {shown(text)}, but it must be a whole number, 0 to {MAX_SEED}; {SEED} was used."]


def structure_of(text: str | None) -> tuple[tuple[str, ...], list[str]]:
    """What a link switches in the structure, and a sentence for what could not be followed.

    Choices may also be separated by commas, as the command line and the API have them.
    """
    if not text or text == BASE:
        return (), []
    known = (ENSEMBLE, *catalog().structure.choices)
    names, notices = _names("structure", text.replace(",", SEPARATOR), known, ())
    if ENSEMBLE in names and len(names) > 1:
        notices.append(
            f"structure names {ENSEMBLE} beside single choices, but the ensemble draws its choices for each world; "
            f"{ENSEMBLE} was kept."
        )
    return switched_by(names), notices


def _predict(text: str | None, views: Sequence[str]) -> tuple[Prediction | Literal["first"] | None, list[str]]:
    if text is None:
        return None, []
    if text == FIRST:
        return FIRST, []
    try:
        found = parse_prediction(text)
        if found.of == EDITED:
            choose("The prediction is made for the worldview", EDITED, views)
        return found, []
    except InputError as error:
        return None, [f"{error} It was left out."]


def _names(
    key: str, text: str | None, allowed_: tuple[str, ...], default: tuple[str, ...]
) -> tuple[tuple[str, ...], list[str]]:
    """Some of the allowed names, in their own order, and a sentence for the first that is not one."""
    if text is None:
        return default, []
    named = [name for name in text.split(SEPARATOR) if name and name != NONE]
    wrong = next((name for name in named if name not in allowed_), None)
    notice = [] if wrong is None else [f"{key} names {shown(wrong)}, which was left out; {nearest(wrong, allowed_)}"]
    return tuple(name for name in allowed_ if name in named), notice


def own_of(copied: str | None, texts: Sequence[str]) -> tuple[Edits | None, list[str]]:
    """The reader's own worldview of a link, and a sentence for each part that could not be followed."""
    ours = catalog().worldviews
    if copied is None:
        told = "edit changes a worldview, but own does not say which one was copied; it was left out."
        return None, [told] if texts else []
    if copied not in ours:
        return None, [f"own names {shown(copied)}, which was left out; {nearest(copied, ours)}"]
    changes: dict[str, tuple[float, ...]] = {}
    notices = []
    for text in texts[: 2 * len(editable())]:
        try:
            name, found = read_edit(text)
        except InputError as error:
            notices.append(f"{error} It was left out.")
            continue
        if name in changes:
            notices.append(f"{name} is changed more than once; the first was used.")
        changes.setdefault(name, found)
    try:
        return edits(copied, changes), notices
    except InputError as error:
        return Edits(copied), [*notices, f"{error} No change was kept."]


def read_edit(text: str) -> tuple[str, Values]:
    """One change of a worldview as it stands in a link: the number's name, and its values.

    Raises:
        InputError: there is no such number, or it cannot have these values.
    """
    name, *values = text.split(EDIT_SEPARATOR)
    return name, read_change(name, values)


def stage_of(text: str | None, views: Sequence[str]) -> tuple[str, list[str]]:
    """What a link shows on Present, and a sentence for each part that could not be followed; of these worldviews.

    Links made before steps name a worldview, or `ALL` of them: that was the package, as it still is.
    """
    names, notices = _names("stage", text, (*STEPS, *views, ALL), ())
    steps, alone = ([name for name in names if name in known] for known in (STEPS, views))
    for what, found in (("steps", steps), ("worldviews", alone)):
        if len(found) > 1:
            notices.append(f"stage names {len(found)} {what}, but one is shown at a time; {found[0]} was kept.")
    step = [*steps, *(["package"] if names else [])][:1]
    return SEATED.join([*step, *alone[:1]]), notices


def seen_of(single: Mapping[str, str], scenario: Scenario, own: Edits | None = None) -> tuple[Seen | None, list[str]]:
    """What the link says of the moment it was made, when it showed a scenario."""
    if not single.get("result"):
        return None, []
    result: dict[str, int] = {}
    example = scenario.analogue.worldview if scenario.analogue else "op-ed"
    for part in single["result"].split(SEPARATOR):
        worldview, _, points = part.rpartition("_")
        if worldview not in worldviews_of(scenario, own) or not POINTS.fullmatch(points):
            return None, [
                f"The result {shown(single['result'])} is not one that this page writes, for example {example}_-19; "
                "it was left out."
            ]
        result[worldview] = int(points)
    return Seen(single.get("v", ""), single.get("set", ""), result), []


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


def unknown_notices(given: Iterable[str], known: Sequence[str]) -> list[str]:
    """One sentence for all parts of a link that are not known."""
    unknown = [key for key in given if key not in known]
    if not unknown:
        return []
    named = ", ".join(shown(key) for key in unknown[:MOST_NAMED])
    more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
    verb = "is not a part of a link and was" if len(unknown) == 1 else "are not parts of a link and were"
    hint = nearest(unknown[0], known) if len(unknown) == 1 else f"allowed: {', '.join(known)}."
    return [f"{named}{more} {verb} ignored; {hint}"]


def version_notices(text: str | None) -> list[str]:
    """A sentence where a link was made with a model version that this page does not have; earlier ones are kept."""
    if text is None or text in map(str, range(1, MODEL_VERSION + 1)):
        return []
    if DIGITS.fullmatch(text) and int(text) > MODEL_VERSION:
        return [
            f"This link was made with model version {shown(text)}; this page has version {MODEL_VERSION}. "
            "All that this version knows was kept, and its numbers may differ from the author's."
        ]
    return [f"v is {shown(text)}, which is no model version; version {MODEL_VERSION} was used."]


def _number(key: str, text: str, kept: int) -> tuple[int, list[str]]:
    """The value to use for a setting, and a sentence if it is not the one in the link."""
    if not DIGITS.fullmatch(text):
        return kept, [f"{key} is {shown(text)}, which is not a whole number; {kept} was kept. {_rule(key)}"]
    value = int(text)
    try:
        return check_setting(key, value), []
    except InputError:
        if key == "start":
            return kept, [f"start is {shown(text)}, which is not a start year; {kept} was kept. {_rule(key)}"]
    low, high = limits(key)
    clamped = min(max(value, low), high)
    return clamped, [f"{key} is {shown(text)}, which is out of range; {clamped} was used. {_rule(key)}"]


def _rule(key: str) -> str:
    return f"Allowed: {allowed(key)}."

"""What the API may be asked, how often and from where: every parameter of a run in words, as JSON schema, as a check.

Unlike the page, which follows a faulty link as far as it can, the API refuses it and names every fault. The rules are
those of the model; here they are only gathered.
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

from limits import RateLimitItemPerSecond

from model import MODEL_VERSION, InputError, catalog, presets, run
from model.analysis.goals import MEASURES, parse_goal
from model.assumptions.scenario import allowed, check_setting, limits, set_values, setting, settings
from model.assumptions.schema import Scenario
from model.assumptions.switches import switches
from model.engine.results import MAX_SEED
from model.errors import nearest, shown
from model.versions import assumption_set
from ui.links.asked import DIRECTIONS, FIRST, MOST_GOALS, parse_prediction
from ui.links.single import DIGITS, FIRST_PRESET, MOST_NAMED

DEFAULTS: Mapping[str, Any] = {name: one.default for name, one in inspect.signature(run).parameters.items()}
MOST_MEMBERS = 2_000
MOST_SHOWN = 20  # how often a part of a link may stand that only the page looks at
LIMIT = RateLimitItemPerSecond(
    40, 4
)  # requests from one address in so many seconds: bursts of 40, on average 10 a second
CORS = "STRATEGIC_TRIANGLE_CORS"
ORIGIN = re.compile(r"\*|https?://[^/\s]+")
PRESENTATION = ("title", "result", "show", "chart", "stage", "open")  # parts of a page's link that no number depends on
CONTEXT_WORDS = {
    "start": "Start year.",
    "horizon": "Years from the start to the year in which the shift is read.",
    "onset": "Years from the start until the levers begin to move.",
    "ramp": "Years until the levers stand where they are set.",
    "pressure": "US pressure on Moscow and Beijing, in per cent of that of 2021.",
}


class RefusedError(InputError):
    """A request that breaks rules; `faults` holds a sentence for each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("The request was refused: " + " ".join(faults))
        self.faults = tuple(faults)


class Asked(NamedTuple):
    """A run as it was asked for: all that its answer depends on, checked. No worldviews named means all of them."""

    preset: str
    values: tuple[tuple[str, int], ...]
    worldviews: tuple[str, ...]
    members: int
    seed: int
    structure: str

    @property
    def scenario(self) -> Scenario:
        """The preset with its settings set anew, as a link opens it."""
        return set_values(presets()[self.preset], dict(self.values))


@dataclass(frozen=True)
class Parameter:
    """A parameter of a run: words, a JSON schema of one value, a check of one value, how often it may stand.

    `check` gives the value of a text; it raises InputError with what is wrong and what is allowed.
    """

    words: str
    schema: Mapping[str, Any]
    check: Callable[[str], Any]
    most: int = 1
    unique: bool = True


@cache
def parameters() -> Mapping[str, Parameter]:
    """All parameters of a run by name: those of a page's link first."""
    start, views = presets()[FIRST_PRESET], tuple(catalog().worldviews)
    goal = rf"^({'|'.join(MEASURES)})_at_(most|least)_-?[0-9]{{1,3}}$"
    return {
        "v": Parameter("Model version; any but this server's is refused.", _whole(1, 1, MODEL_VERSION), _version),
        "set": Parameter(
            "The assumption set; any but this server's is refused, since its numbers would be others.",
            {"type": "string", "enum": [assumption_set()], "default": assumption_set()},
            partial(_one_of, "set", (assumption_set(),)),
        ),
        "preset": Parameter(
            "The scenario to start from. Levers and context that are not given keep its values.",
            {"type": "string", "enum": list(presets()), "default": FIRST_PRESET},
            partial(_one_of, "preset", tuple(presets())),
        ),
        **{
            key: Parameter(_setting_words(key), _setting_schema(key, setting(start, key)), partial(_setting, key))
            for key in settings()
        },
        "goal": Parameter(
            "A goal of the page, for example level_at_most_58. It is checked; no number of a run depends on it.",
            {"type": "string", "pattern": goal},
            parse_goal,
            MOST_GOALS,
        ),
        "predict": Parameter(
            f"A prediction of the page: {FIRST}, or for example apart_-20_-5_20261122T1402Z. It is checked; no number "
            "of a run depends on it.",
            {
                "type": "string",
                "pattern": f"^({FIRST}|({'|'.join(DIRECTIONS)})_-?[0-9]{{1,3}}_-?[0-9]{{1,3}}_[0-9]{{8}}T[0-9]{{4}}Z)$",
            },
            lambda text: text if text == FIRST else parse_prediction(text),
        ),
        "members": Parameter(
            "Assumed worlds of each worldview.",
            _whole(DEFAULTS["members"], 1, MOST_MEMBERS),
            partial(_number, "members", 1, MOST_MEMBERS),
        ),
        "seed": Parameter(
            "Same seed, same worlds.", _whole(DEFAULTS["seed"], 0, MAX_SEED), partial(_number, "seed", 0, MAX_SEED)
        ),
        "structure": Parameter(
            "base, ensemble, or the structural choices to switch, each once, separated by commas: "
            + "; ".join(f"{name} {choice.title}" for name, choice in catalog().structure.choices.items()),
            {
                "type": "string",
                "default": DEFAULTS["structure"],
                "pattern": f"^(base|ensemble|{_choices()}(,{_choices()})*)$",
            },
            lambda text: switches(text, catalog()).name,
        ),
        "worldview": Parameter(
            "A worldview to run under; left out, all of them.",
            {"type": "string", "enum": list(views)},
            partial(_one_of, "worldview", views),
            len(views),
        ),
        **{
            key: Parameter(
                "How the page shows a link; accepted and not looked at.",
                {"type": "string"},
                str,
                MOST_SHOWN,
                unique=False,
            )
            for key in PRESENTATION
        },
    }


def asked(query: Mapping[str, Sequence[str]]) -> Asked:
    """The run that a query asks for; `query` maps a name to all its values, in order.

    Raises:
        RefusedError: something is unknown, repeated, out of range or no number; all faults, not only the first.
    """
    known, faults = parameters(), []
    read: dict[str, list[Any]] = {name: [] for name in known}
    for name, texts in query.items():
        if name not in known:
            continue
        if len(texts) > known[name].most:
            often = "once" if known[name].most == 1 else f"{known[name].most} times"
            faults.append(f"{name} is given {len(texts)} times, but it may be given at most {often}.")
            continue
        for text in texts:
            try:
                read[name].append(known[name].check(text))
            except InputError as error:
                faults.append(str(error))
        if known[name].unique:
            faults += [f"{name} names {shown(text)} twice." for text in dict.fromkeys(texts) if texts.count(text) > 1]
    faults += _unknown([name for name in query if name not in known])
    if faults:
        raise RefusedError(faults)
    one = {name: values[0] for name, values in read.items() if values}
    return Asked(
        preset=one.get("preset", FIRST_PRESET),
        values=tuple((key, one[key]) for key in settings() if key in one),
        worldviews=tuple(sorted(read["worldview"])),
        members=one.get("members", DEFAULTS["members"]),
        seed=one.get("seed", DEFAULTS["seed"]),
        structure=one.get("structure", DEFAULTS["structure"]),
    )


def allowed_origins() -> list[str]:
    """The origins whose pages may read the answers: those of STRATEGIC_TRIANGLE_CORS, separated by commas, or none.

    Raises:
        InputError: one of them is no origin.
    """
    origins = [part.strip() for part in os.environ.get(CORS, "").split(",") if part.strip()]
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise InputError(
                f"{CORS} names {shown(origin)}, but it takes origins such as https://example.org, separated by commas, "
                "or * for every one."
            )
    return origins


def _unknown(names: Sequence[str]) -> list[str]:
    """One sentence for all names that are not known."""
    if not names:
        return []
    if len(names) == 1:
        return [f"There is no parameter {shown(names[0])}; {nearest(names[0], parameters())}"]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    named = ", ".join(shown(name) for name in names[:MOST_NAMED])
    return [f"There are no parameters {named}{more}; allowed: {', '.join(parameters())}."]


def _setting(key: str, text: str) -> int:
    """A lever or a part of the context."""
    return check_setting(key, int(text) if DIGITS.fullmatch(text) else text)


def _number(key: str, low: int, high: int, text: str) -> int:
    """A whole number of a run that is no part of its scenario."""
    if not DIGITS.fullmatch(text) or not low <= int(text) <= high:
        raise InputError(f"{key} is {shown(text)}, but it must be a whole number, {low} to {high:,}.")
    return int(text)


def _one_of(key: str, names: Sequence[str], text: str) -> str:
    if text not in names:
        raise InputError(f"There is no {key} {shown(text)}; {nearest(text, names)}")
    return text


def _version(text: str) -> int:
    if text != str(MODEL_VERSION):
        raise InputError(f"v is {shown(text)}, but the model version of this server is {MODEL_VERSION}.")
    return MODEL_VERSION


def _setting_words(key: str) -> str:
    lever = catalog().levers.get(key)
    words = CONTEXT_WORDS[key] if lever is None else f"{lever.name}. {lever.summary}"
    return f"{words} Allowed: {allowed(key)}. Left out, it is the preset's."


def _setting_schema(key: str, default: int) -> dict[str, Any]:
    if key == "start":
        return {"type": "integer", "enum": list(catalog().start_years), "default": default}
    return _whole(default, *limits(key))


def _whole(default: int, low: int, high: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": low, "maximum": high, "default": default}


def _choices() -> str:
    return f"({'|'.join(catalog().structure.choices)})"

"""What the API may be asked: one pydantic model of a run's question, from which checks and document follow.

Unlike the page, which follows a faulty link as far as it can, the API refuses it and names every fault. The rules are
those of the model; here they are only gathered.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import getitem
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import ErrorDetails

from model import MODEL_VERSION, InputError, catalog, run
from model.analysis.goals import parse_goal
from model.assumptions.catalog import EDITED
from model.assumptions.edits import NUMBER, editable
from model.assumptions.outcomes import measures
from model.assumptions.scenario import allowed, limits, setting, settings
from model.assumptions.switches import switches
from model.engine.results import MAX_SEED
from model.errors import nearest, shown
from model.versions import assumption_set
from ui.links.asked import (
    DIRECTIONS,
    FIRST,
    MOST_GOALS,
    SURE,
    fixed_settings,
    parse_prediction,
    starting_points,
    worldviews_of,
)
from ui.links.single import DIGITS, FIRST_PRESET, MOST_NAMED, SEPARATOR, own_of, read_edit

DEFAULTS: Mapping[str, Any] = {name: one.default for name, one in inspect.signature(run).parameters.items()}
MOST_MEMBERS = 2_000
MOST_SHOWN = 20  # how often a part of a link may stand that only the page looks at
PRESENTATION = ("title", "result", "show", "chart", "stage", "open")  # parts of a page's link that no number depends on


class RefusedError(InputError):
    """A request that breaks rules; `faults` holds a sentence for each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("The request was refused: " + " ".join(faults))
        self.faults = tuple(faults)


class Question(BaseModel):
    """What is common to all questions to a run; `question` gives the model with its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def of_run(self) -> dict[str, Any]:
        """All that the answer depends on, by name, hashable; no worldviews named means all of them."""
        said = self.model_dump(include={"own", "edit"})
        own, _ = own_of(said.get("own"), said.get("edit", ()))
        return {
            **self.model_dump(include={"preset", "members", "seed"}),
            "structure": _commas(self.model_dump(include={"structure"})["structure"]),
            "values": tuple(self.model_dump(include=set(settings()) & self.model_fields_set).items()),
            "worldviews": tuple(sorted(self.model_dump(include={"worldview"})["worldview"])),
            **({"own": own} if own else {}),
        }


def one_of(values: Iterable[str | int]) -> Any:
    """The type of what is one of some values."""
    return getitem(Literal, tuple(values))


def whole(low: int, high: int) -> Any:
    """The type of a whole number, which a query has as text."""
    return Annotated[int, Field(ge=low, le=high), BeforeValidator(_digits)]


def kind(key: str) -> Any:
    """The type of a lever or of a part of the context."""
    if key == "start":
        return Annotated[one_of(catalog().start_years), BeforeValidator(_digits)]
    return whole(*limits(key))


@cache
def question(own: bool = False) -> type[Question]:
    """The model of a run's question, or of one with which a reader's own worldview is sent: parts of a link first."""
    start, structure, views = starting_points()[FIRST_PRESET], catalog().structure, catalog().worldviews
    run_under = [*views, EDITED]

    def one(of: Any, default: Any, words: str) -> Any:
        return of, Field(default, description=words)

    def many(of: Any, most: int, words: str, *, unique: bool = True) -> Any:
        return tuple[of, ...], Field((), max_length=most, description=words, json_schema_extra={"uniqueItems": unique})

    def text(form: str, check: Callable[[str], object]) -> Any:
        return Annotated[str, AfterValidator(lambda given: check(given) and given), WithJsonSchema(
            {"type": "string", "pattern": f"^({form})$"}
        )]  # fmt: skip

    points, choice = "-?[0-9]{1,3}", f"({'|'.join(structure.choices)})"
    goal = text(rf"({'|'.join(measures())})_at_(most|least)_{points}", parse_goal)
    guess = text(
        rf"{FIRST}|({'|'.join(DIRECTIONS)})_{points}_{points}_[0-9]{{8}}T[0-9]{{4}}Z"
        rf"(_({'|'.join(map(str, SURE))})(_({'|'.join(views)}))?)?",
        lambda given: given == FIRST or parse_prediction(given),
    )
    said = {
        "own": one(
            one_of(views),
            None,
            "A worldview of ours that is copied and, as edit says, changed; it is run beside the others as edited.",
        ),
        "edit": many(
            text(rf"({'|'.join(map(re.escape, editable()))})(~{NUMBER.pattern}){{1,3}}", read_edit),
            len(editable()),
            "A change of the copied worldview: the name of a number, and its low, central and high or its one weight, "
            "for example binding_share~0.2~0.3~0.5 or salience.threat~0.4.",
        ),
    }
    checked = "It is checked; no number of a run depends on it."
    return create_model(
        "Question",
        __base__=Question,
        v=one(one_of([str(MODEL_VERSION)]), str(MODEL_VERSION), "Model version; any but this server's is refused."),
        set=one(
            one_of([assumption_set()]),
            assumption_set(),
            "The assumption set; any but this server's is refused, since its numbers would be others.",
        ),
        preset=one(
            one_of(starting_points()),
            FIRST_PRESET,
            "The preset or historic analogue to start from. Levers and context that are not given keep its values. An "
            "analogue's start and worldview cannot be changed.",
        ),
        **{key: one(kind(key), setting(start, key), _setting_words(key)) for key in settings()},
        goal=many(goal, MOST_GOALS, f"A goal of the page, for example level_at_most_58. {checked}"),
        predict=one(
            guess,
            None,
            f"A prediction of the page: {FIRST}, or for example apart_-20_-5_20261122T1402Z, with how sure (of 100 "
            f"assumed worlds) and a worldview where they are said: apart_-20_-5_20261122T1402Z_95_op-ed. {checked}",
        ),
        members=one(whole(1, MOST_MEMBERS), DEFAULTS["members"], "Assumed worlds of each worldview."),
        seed=one(whole(0, MAX_SEED), DEFAULTS["seed"], "Same seed, same worlds."),
        structure=one(
            text(f"base|ensemble|{choice}([,.]{choice})*", lambda given: switches(_commas(given), catalog())),
            DEFAULTS["structure"],
            "base, ensemble, or the structural choices to switch, each once, separated by commas or dots: "
            + "; ".join(f"{name} {switched.title}" for name, switched in structure.choices.items()),
        ),
        **({} if own else said),
        worldview=many(one_of(run_under), len(run_under), "A worldview to run under; left out, all of them."),
        **{
            key: many(str, MOST_SHOWN, "How the page shows a link; accepted and not looked at.", unique=False)
            for key in PRESENTATION
        },
    )


@cache
def parameters(own: bool = False) -> Mapping[str, Mapping[str, Any]]:
    """The JSON schema of every parameter of a run, or of one with a reader's own worldview, by name."""
    properties: dict[str, dict[str, Any]] = question(own).model_json_schema()["properties"]
    return {
        name: {key: value for key, value in one.items() if key != "title" and value is not None}
        for name, one in properties.items()
    }


def asked(query: Mapping[str, Sequence[str]], own: bool = False) -> Question:
    """The run that a query asks for; `query` maps a name to all its values, in order.

    `own` says whether a reader's own worldview comes with it; else the query can say one.

    Raises:
        RefusedError: something is unknown, repeated, out of range or no number; all faults, not only the first.
    """
    faults: list[tuple[str, str]] = []
    given: dict[str, object] = {}
    for name, texts in query.items():
        rule = parameters(own).get(name, {})
        most = rule.get("maxItems", 1)
        if rule and len(texts) > most:
            often = "once" if most == 1 else f"{most} times"
            faults.append((name, f"{name} is given {len(texts)} times, but it may be given at most {often}."))
            continue
        given[name] = tuple(texts) if "maxItems" in rule else texts[0]
        twice = [text for text in dict.fromkeys(texts) if texts.count(text) > 1] if rule.get("uniqueItems") else []
        faults += [(name, f"{name} names {shown(text)} twice.") for text in twice]
    try:
        found = question(own).model_validate(given)
    except ValidationError as error:
        wrong = [fault for fault in error.errors() if fault["type"] != "extra_forbidden"]
        faults = [(str(fault["loc"][0]), _sentence(fault, query, parameters(own))) for fault in wrong] + faults
    faults += _of_an_analogue(query)
    if not {"own", "edit"} & {at for at, _ in faults}:
        faults += _of_an_own_worldview(query, own)
    in_order = [sentence for name in query for at, sentence in faults if at == name]
    in_order += _unknown([name for name in query if name not in parameters()])
    if in_order:
        raise RefusedError(in_order)
    return found


def _of_an_own_worldview(query: Mapping[str, Sequence[str]], own: bool) -> list[tuple[str, str]]:
    """A sentence for each thing that does not go together with a reader's own worldview, or without one."""
    if own:
        told = "{name} says a worldview in the query and another comes in the body; send one of them."
        return [(name, told.format(name=name)) for name in ("own", "edit") if name in query]
    if EDITED in query.get("worldview", ()) and "own" not in query:
        return [("worldview", f"worldview names {EDITED}, but the query says no worldview of your own.")]
    copied = next(iter(query.get("own", ())), None)
    return [("edit", sentence) for sentence in own_of(copied, query.get("edit", ()))[1] if "edit" in query]


def _commas(structure: str) -> str:
    """Choices as the model has them, C1,C4, from those of a link, C1.C4."""
    return structure.replace(SEPARATOR, ",")


def _of_an_analogue(query: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """A sentence for each thing that is fixed in the historic analogue that a query asks for, with its name."""
    scenario = starting_points().get(next(iter(query.get("preset", ())), ""))
    if scenario is None or not scenario.analogue:
        return []
    (its_own,) = worldviews_of(scenario)
    called = f"the historic analogue “{scenario.title}”"
    faults = [
        (key, f"{key} cannot be changed in {called}; leave it out.") for key in fixed_settings(scenario) if key in query
    ]
    if not set(query.get("worldview", ())) <= {its_own}:
        faults.append(("worldview", f"worldview cannot be changed in {called}, which is written for {its_own}."))
    if "own" in query:
        faults.append(("own", f"own cannot stand beside {called}, which is written for {its_own}."))
    return faults


def _digits(text: str | int) -> str | int:
    return int(text) if isinstance(text, str) and DIGITS.fullmatch(text) else text


def _sentence(fault: ErrorDetails, query: Mapping[str, Sequence[str]], rules: Mapping[str, Mapping[str, Any]]) -> str:
    """What pydantic found wrong in a query, in a sentence with what is allowed."""
    name, *which = map(str, fault["loc"])
    given, rule = query[name][int(*which)], rules[name]
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    if name == "v":
        return f"v is {shown(given)}, but the model version of this server is {MODEL_VERSION}."
    if name in settings():
        return f"{name} is {shown(given)}, but it must be {allowed(name)}."
    if "minimum" in rule:
        low, high = rule["minimum"], rule["maximum"]
        return f"{name} is {shown(given)}, but it must be a whole number, {low} to {high:,}."
    one = rule.get("items", rule)
    return f"There is no {name} {shown(given)}; {nearest(given, one.get('enum', [one.get('const')]))}"


def _unknown(names: Sequence[str]) -> list[str]:
    """One sentence for all names that are not known."""
    if not names:
        return []
    if len(names) == 1:
        return [f"There is no parameter {shown(names[0])}; {nearest(names[0], parameters())}"]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    named = ", ".join(shown(name) for name in names[:MOST_NAMED])
    return [f"There are no parameters {named}{more}; allowed: {', '.join(parameters())}."]


def _setting_words(key: str) -> str:
    known = catalog()
    if key in known.levers:
        name, words = known.levers[key].name, known.levers[key].summary
    else:
        name, words = known.context[key].name, known.context[key].meaning
    return f"{name}. {words} Allowed: {allowed(key)}. Left out, it is the preset's."

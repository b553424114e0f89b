"""What the API has at which address, the shapes of its answers and refusals, and those that depend on no question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from model import MODEL_VERSION, analogues, catalog, presets
from model.assumptions.catalog import EDITED
from model.assumptions.outcomes import outcomes
from model.assumptions.schema import Definition, Grounded, Lever, Scenario, Source, Worldview
from model.engine.results import MAX_SEED, OUTCOMES, PERCENTILES
from ui.links import single
from ui.links.asked import Asked, starting_points
from ui.links.single import LONGEST
from ui.server.api.own import TOO_LARGE, TOO_SLOW
from ui.server.api.run import MOST_MEMBERS, kind, one_of, whole
from ui.server.limits import LONGEST_WAIT
from ui.told.seen import seen

PREFIX = "/api"
METHODS = ("GET", "HEAD", "OPTIONS")
RUN = "run"  # the one address that takes a body too
AT_THE_ROOT = ("healthz", "openapi.json")  # where probes and tools look first; the same answers as below /api/v1

# Every address below /api/v1: what it answers, and the name of the answer's schema.
OPERATIONS: Mapping[str, tuple[str, str | None]] = {
    RUN: ("A scenario run against its no-lever run in the same assumed worlds, in points of 100.", "Run"),
    "scenarios": ("The presets and the historic analogues, with sources and links.", "Scenarios"),
    "levers": ("The levers: what each is, who decides, five worded positions, claims and sources.", "Levers"),
    "worldviews": ("The worldviews: low, central and high of every parameter, with basis and sources.", "Worldviews"),
    "healthz": ("That the server answers and can open files and start threads, with its versions.", "Health"),
    "openapi.json": ("This document.", None),
}
BESIDE = "The same with a worldview of your own, which stands beside the others as edited and changes none of them."
REFUSALS: Mapping[int, str] = {
    400: "Something in the query is unknown, repeated, out of range or no number; every fault is named. Of a worldview "
    "in the body, the first fault.",
    404: "There is nothing at this address; the sentence lists the addresses.",
    405: f"Another method than {', '.join(METHODS)}; a run takes POST too.",
    408: TOO_SLOW,
    413: TOO_LARGE,
    414: f"The query is longer than {LONGEST:,} characters.",
    415: "The body is neither JSON nor TOML by its Content-Type; the sentence lists the media types.",
    429: "Too many requests from one address; Retry-After says how many seconds to wait.",
    503: "The server is busy: too much is waiting already, or the request was not answered within "
    f"{LONGEST_WAIT} seconds. Of healthz: the server has no file descriptor or no thread left.",
}
OF_A_BODY = (408, 413, 415)  # refusals of what only a body can be


def methods(name: str) -> tuple[str, ...]:
    """What an address answers to."""
    return (*METHODS, "POST") if name == RUN else METHODS


def _record(name: str, /, **fields: Any) -> Any:
    """The model of an object with exactly these fields."""
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


@cache
def run_answer() -> type[BaseModel]:
    """The shape of what `Result.to_dict` gives; it only describes, nothing is put into it."""
    known, spread = catalog(), _record("Percentiles", **dict.fromkeys(PERCENTILES, float))
    year = _record("Year", year=int, scenario=spread, baseline=spread)
    told = {key: Field(description=f"{one.meaning} {one.unit}") for key, one in outcomes().items()}
    ends = _record(
        "Outcomes",
        **{name: (spread, told[name]) for name in OUTCOMES},
        domains=_record("Domains", **dict.fromkeys(known.structure.domains, spread)),
        reversed_share=Annotated[float, Field(ge=0, le=1)],
        years=tuple[year, ...],  # type: ignore[valid-type]
    )
    scenario = _record(
        "ScenarioRun",
        name=one_of(starting_points()),
        levers=_record("LeverSettings", **{key: kind(key) for key in known.levers}),
        **{key: _stood_at(key) for key in known.context},
    )
    view = one_of([*known.worldviews, EDITED])
    return _record(
        "Run",
        model_version=int,
        scenario=scenario,
        members=whole(1, MOST_MEMBERS),
        seed=whole(0, MAX_SEED),
        structure=str,
        worldviews=dict[view, ends],  # type: ignore[valid-type]
    )


def _stood_at(key: str) -> Any:
    """The type of a part of the context as a run tells it: also the years in which historic analogues start."""
    if key == "start":
        return one_of(sorted({*catalog().start_years, *(one.start for one in analogues().values())}))
    return kind(key)


class Problem(BaseModel):
    """Why a request was refused: one text, and where parameters were at fault a sentence for each fault."""

    error: str
    faults: list[str]


class Health(BaseModel):
    """That the server answers, with its versions."""

    status: Literal["ok"]
    version: str
    model_version: int


class Levers(BaseModel):
    """Every lever by its key, and the sources that they name."""

    model_version: int
    levers: dict[str, Lever]
    sources: dict[str, Source]


class Worldviews(BaseModel):
    """Every worldview, what its parameters mean, and sources; low, central, high: 10th, 50th, 90th percentile."""

    model_version: int
    worldviews: dict[str, Worldview]
    parameters: dict[str, Definition]
    sources: dict[str, Source]


class Listed(Scenario):
    """A scenario and the page's address that opens it; its query is that of a run."""

    link: str


class Scenarios(BaseModel):
    """The presets, the historic analogues, and the sources that they name."""

    model_version: int
    presets: dict[str, Listed]
    analogues: dict[str, Listed]
    sources: dict[str, Source]


def _scenarios(base: str) -> Scenarios:
    def listed(scenario: Scenario) -> Listed:
        asked = Asked(scenario)
        return Listed(**scenario.model_dump(), link=f"{base}/?{single.text(asked, seen=seen(asked))}")

    return Scenarios(
        model_version=MODEL_VERSION,
        presets={name: listed(scenario) for name, scenario in presets().items()},
        analogues={name: listed(scenario) for name, scenario in analogues().items()},
        sources=_sources([*presets().values(), *analogues().values()]),
    )


def _levers() -> Levers:
    levers = catalog().levers
    return Levers(model_version=MODEL_VERSION, levers=dict(levers), sources=_sources(levers.values()))


def _worldviews() -> Worldviews:
    views = catalog().worldviews
    records = [
        record
        for view in views.values()
        for record in (view.salience, view.drift_profile, view.relative_deliverability, *view.parameters.values())
    ]
    return Worldviews(
        model_version=MODEL_VERSION,
        worldviews=dict(views),
        parameters=dict(catalog().parameters),
        sources=_sources(records),
    )


def _sources(records: Iterable[Scenario | Lever | Grounded]) -> dict[str, Source]:
    """The record of every source that some records name, by its key."""
    return {key: catalog().sources[key] for key in sorted({key for record in records for key in record.sources})}


def _health() -> Health:
    return Health(status="ok", version=_version(), model_version=MODEL_VERSION)


def _version() -> str:
    try:
        return version("strategic-triangle")
    except PackageNotFoundError:  # run from its folder without being installed
        return "not installed"


# What is answered at an address, by the path of the page's own address.
ANSWERS: Mapping[str, Callable[[str], BaseModel]] = {
    "scenarios": _scenarios,
    "levers": lambda _base: _levers(),
    "worldviews": lambda _base: _worldviews(),
    "healthz": lambda _base: _health(),
}


def path(name: str) -> str:
    """The path of an address below the page's own."""
    return f"{PREFIX}/v1/{name}"

"""The public API: the command line's runs and the model's data as JSON under /api/v1, in the page's own process.

What a run may be asked stands in ui/api_rules.py. Every refusal is `{"error": ..., "faults": [...]}`, in sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

from anyio import CapacityLimiter, fail_after, to_thread
from limits import RateLimitItem
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from model import MODEL_VERSION, analogues, catalog, presets, run
from model.errors import shown
from model.goals import MEASURES
from model.results import OUTCOMES, PERCENTILES
from model.scenario import CONTEXT
from model.schema import Definition, Grounded, Lever, Scenario, Source, Worldview
from ui import link
from ui.api_rules import LIMIT, Asked, Clients, Parameter, RefusedError, allowed_origins, asked, parameters
from ui.cache import one_at_a_time
from ui.link import LONGEST
from ui.place import Place

PREFIX = "/api"
METHODS = ("GET", "HEAD", "OPTIONS")
LONGEST_WAIT = 20  # seconds
THREADS = 4  # that answer or wait at once; the rest of the server's threads stay free for the page
KEPT = "public, max-age=300"  # the same question has the same answer until the server is renewed
SCHEMA = "#/components/schemas/"

# Every address below /api/v1: what it answers, and the name of the answer's schema.
OPERATIONS: Mapping[str, tuple[str, str | None]] = {
    "run": ("A scenario run against its no-lever run in the same assumed worlds, in points of 100.", "Run"),
    "scenarios": ("The presets and the historic analogues, with sources and links.", "Scenarios"),
    "levers": ("The levers: what each is, who decides, five worded positions, claims and sources.", "Levers"),
    "worldviews": ("The worldviews: low, central and high of every parameter, with basis and sources.", "Worldviews"),
    "healthz": ("That the server answers, with its versions.", "Health"),
    "openapi.json": ("This document.", None),
}
REFUSALS: Mapping[int, str] = {
    400: "Something in the query is unknown, repeated, out of range or no number; every fault is named.",
    404: "There is nothing at this address; the sentence lists the addresses.",
    405: f"Another method than {', '.join(METHODS)}.",
    414: f"The query is longer than {LONGEST:,} characters.",
    429: "Too many requests from one address; Retry-After says how many seconds to wait.",
    503: f"The request did not get its turn within {LONGEST_WAIT} seconds.",
}


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
    """A scenario and the page's address that opens it; its query is that of a run. Null for a historic analogue."""

    link: str | None


class Scenarios(BaseModel):
    """The presets, the historic analogues, which only the command line runs, and the sources that they name."""

    model_version: int
    presets: dict[str, Listed]
    analogues: dict[str, Listed]
    sources: dict[str, Source]


@lru_cache(maxsize=200)
def run_text(wanted: Asked) -> str:
    """A run as `python -m model run ... --json` prints it; one thread computes at a time."""
    with one_at_a_time:
        return _text(
            run(
                wanted.scenario,
                wanted.worldviews or "all",
                members=wanted.members,
                seed=wanted.seed,
                structure=wanted.structure,
            ).to_dict()
        )


def api_routes(limit: RateLimitItem = LIMIT) -> list[BaseRoute]:
    """The API's routes; `limit` is how often one client's address may ask.

    Pages of other origins may read the answers where `allowed_origins` names them.

    Raises:
        InputError: the environment names something that is no origin.
    """
    clients, threads = Clients(limit), CapacityLimiter(THREADS)

    async def text_of(name: str, request: Request) -> str:
        query = {key: request.query_params.getlist(key) for key in request.query_params}
        if name == "run":
            work = partial(run_text, asked(query))
        elif query:
            raise RefusedError([f"{_path(name)} takes no parameters."])
        else:
            work = partial(_data, name, request.scope["root_path"].removesuffix(PREFIX))
        if name == "healthz":  # answers also while every thread waits
            return work()
        try:
            with fail_after(LONGEST_WAIT):
                return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=threads)
        except TimeoutError:
            raise HTTPException(
                503,
                f"The server is busy: the request did not get its turn within {LONGEST_WAIT} seconds; ask again later.",
                {"Retry-After": str(LONGEST_WAIT)},
            ) from None

    def route(name: str) -> Route:
        async def answer(request: Request) -> Response:
            if name != "healthz":  # a probe that comes through a proxy may share its address with every reader
                clients.count(request.client.host if request.client else "")
            if len(request.scope["query_string"]) > LONGEST:
                raise HTTPException(414, f"The query is longer than {LONGEST:,} characters.")
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
            text = await text_of(name, request)
            return _json(text, request, "no-store" if name == "healthz" else KEPT)

        return Route(f"/v1/{name}", answer, methods=METHODS)

    origins = allowed_origins()
    cors = Middleware(
        CORSMiddleware, allow_origins=origins, allow_methods=["GET", "HEAD"], expose_headers=["ETag", "Retry-After"]
    )
    api = Starlette(
        routes=[route(name) for name in OPERATIONS],
        middleware=[cors] if origins else [],
        exception_handlers={HTTPException: _refused, RefusedError: _refused},
    )
    api.router.redirect_slashes = False
    below = Mount(PREFIX, api)
    below.path_regex = re.compile(below.path_regex.pattern, re.DOTALL)  # a path with a line break is the API's too
    return [below, Route(PREFIX, api)]


def _path(name: str) -> str:
    return f"{PREFIX}/v1/{name}"


def _text(data: object) -> str:
    """JSON as the command line prints it."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _json(text: str, request: Request, keep: str) -> Response:
    """An answer with its fingerprint, or only word that the reader already has it."""
    etag = f'W/"{sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"Cache-Control": keep, "ETag": etag, "X-Content-Type-Options": "nosniff"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/json", headers=headers)


def _refused(request: Request, error: Exception) -> Response:
    """A refusal as JSON; Starlette's own, for a path or a method, get a sentence."""
    problem, status, headers = Problem(error=str(error), faults=[]), 400, {}
    if isinstance(error, RefusedError):
        problem.faults = list(error.faults)
    elif isinstance(error, HTTPException):
        status, headers, problem.error = error.status_code, dict(error.headers or {}), error.detail
    if status == 404:
        problem.error = (
            f"There is nothing at {shown(request.scope['path'])}; the API has {', '.join(map(_path, OPERATIONS))}."
        )
    if status == 405:
        headers["Allow"] = ", ".join(METHODS)
        problem.error = f"The method {shown(request.method)} is not allowed; allowed: {headers['Allow']}."
    headers |= {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(_text(problem.model_dump()), status, headers, media_type="application/json")


def _scenarios(base: str) -> Scenarios:
    def listed(scenario: Scenario) -> Listed:
        address = None if scenario.analogue else f"{base}/?{link.text(Place(scenario))}"
        return Listed(**scenario.model_dump(), link=address)

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


@lru_cache
def _data(name: str, base: str) -> str:
    """An answer that depends on nothing but where the server stands: `base` is the path before the page's own."""
    answers: Mapping[str, Callable[[], BaseModel]] = {
        "scenarios": lambda: _scenarios(base),
        "levers": _levers,
        "worldviews": _worldviews,
        "healthz": _health,
    }
    return _text(answers[name]().model_dump(mode="json") if name in answers else document(base))


def document(base: str = "") -> dict[str, Any]:
    """The OpenAPI document of a server whose page stands at the path `base`."""
    answers = (Problem, Scenarios, Levers, Worldviews, Health)
    schemas = models_json_schema([(answer, "serialization") for answer in answers], ref_template=SCHEMA + "{model}")[1]
    refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}

    def operation(name: str, summary: str, schema: Mapping[str, object]) -> dict[str, Any]:
        found = {"description": summary, "content": {"application/json": {"schema": schema}}}
        unchanged = {"description": "Nothing has changed since the answer whose ETag If-None-Match names."}
        return {
            "operationId": name.removesuffix(".json"),
            "summary": summary,
            "parameters": _parameters() if name == "run" else [],
            "responses": {"200": found, "304": unchanged, **refusals},
        }

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Strategic Triangle",
            "version": str(MODEL_VERSION),
            "description": f"{OPERATIONS['run'][0]} Assumptions worked out, not a forecast.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base or "/"}],
        "paths": {
            _path(name): {"get": operation(name, summary, {"$ref": SCHEMA + kind} if kind else {"type": "object"})}
            for name, (summary, kind) in OPERATIONS.items()
        },
        "components": {
            "schemas": schemas["$defs"] | _run_schemas(),
            "responses": {str(status): _refusal(status, words) for status, words in REFUSALS.items()},
        },
    }


def _refusal(status: int, words: str) -> dict[str, Any]:
    wait = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "description": words,
        "content": {"application/json": {"schema": {"$ref": SCHEMA + "Problem"}}},
        "headers": {"Retry-After": wait} if status in (429, 503) else {},
    }


def _parameters() -> list[dict[str, Any]]:
    """The parameters of a run, as OpenAPI has them."""

    def schema(one: Parameter) -> dict[str, Any]:
        if one.most == 1:
            return dict(one.schema)
        return {"type": "array", "items": dict(one.schema), "maxItems": one.most, "uniqueItems": one.unique}

    return [
        {"name": name, "in": "query", "description": one.words, "schema": schema(one)}
        for name, one in parameters().items()
    ]


def _run_schemas() -> dict[str, Any]:
    """What `Result.to_dict` gives, as JSON schemas."""
    known, whole, number, spread = catalog(), {"type": "integer"}, {"type": "number"}, {"$ref": SCHEMA + "Percentiles"}
    rules = {
        name: {key: value for key, value in one.schema.items() if key != "default"}
        for name, one in parameters().items()
    }
    words = {name: {"description": f"{measure.meaning} {measure.unit}"} for name, measure in MEASURES.items()}
    year = _record({"year": whole, "scenario": spread, "baseline": spread})
    outcomes = {
        **{name: spread | words.get(name, {}) for name in OUTCOMES},
        "domains": _record(dict.fromkeys(known.structure.domains, spread)),
        "reversed_share": {"type": "number", "minimum": 0, "maximum": 1},
        "years": {"type": "array", "items": year},
    }
    scenario = {
        "name": rules["preset"],
        "levers": _record({key: rules[key] for key in known.levers}),
        **{key: rules[key] for key in CONTEXT},
    }
    views = _record({name: {"$ref": SCHEMA + "Outcomes"} for name in known.worldviews}) | {"required": []}
    answer = {
        "model_version": whole,
        "scenario": _record(scenario),
        **{name: rules[name] for name in ("members", "seed", "structure")},
        "worldviews": views,
    }
    return {
        "Percentiles": _record(dict.fromkeys(PERCENTILES, number)),
        "Outcomes": _record(outcomes),
        "Run": _record(answer),
    }


def _record(properties: Mapping[str, object]) -> dict[str, Any]:
    """The schema of an object with exactly these properties."""
    required = list(properties)
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}

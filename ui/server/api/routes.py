"""The public API: the command line's runs and the model's data as JSON under /api/v1, in the page's own process.

What a run may be asked stands in run.py, a worldview that comes with it in own.py. Every refusal is
`{"error": ..., "faults": [...]}`, in sentences.
"""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any

from limits import RateLimitItem
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from model import InputError, run
from model.assumptions.edits import Edits, worldview_of
from model.assumptions.scenario import set_values
from model.errors import shown
from ui.links.asked import starting_points
from ui.links.single import LONGEST
from ui.server import health
from ui.server.api.answers import ANSWERS, AT_THE_ROOT, OPERATIONS, PREFIX, RUN, Problem, methods, path
from ui.server.api.document import document
from ui.server.api.own import Body, body_of
from ui.server.api.run import RefusedError, asked
from ui.server.limits import API, Clients, Pool, client_of
from ui.told.cache import one_at_a_time, one_long_at_a_time

ANSWERING = Pool("api", threads=4, queue=40)
KEPT = "public, max-age=300"  # the same question has the same answer until the server is renewed
UNKEPT = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

CORS = "STRATEGIC_TRIANGLE_CORS"
ORIGIN = re.compile(r"\*|https?://[^/\s]+")


def worked_out(
    preset: str,
    values: tuple[tuple[str, int], ...],
    worldviews: tuple[str, ...],
    own: Edits | None = None,
    **options: Any,
) -> str:
    """A run as `python -m model run ... --json` prints it; one thread computes at a time.

    Raises:
        InputError: a worldview of one's own comes with a historic analogue.
    """
    if own:
        options["worldview"] = worldview_of(own)
    with one_at_a_time:
        return _text(run(set_values(starting_points()[preset], dict(values)), worldviews or "all", **options).to_dict())


run_text = lru_cache(maxsize=200)(worked_out)


def run_beside(body: Body, **question: Any) -> str:
    """A run with the worldview that was sent beside the others; the model keeps its worlds a while, nobody its words.

    Raises:
        RefusedError: the worldview is wrong, or the scenario has one of its own.
    """
    try:
        with one_long_at_a_time:  # what is wrong in a thousand places takes a second to read
            worldview = body.worldview()
        return worked_out(worldview=worldview, **question)
    except InputError as error:
        raise RefusedError([str(error)]) from None


def api_routes(limit: RateLimitItem = API, base: str = "") -> list[BaseRoute]:
    """The API's routes; `limit` is how often one client's address may ask, `base` the path of the page.

    Pages of other origins may read the answers where `allowed_origins` names them.

    Raises:
        InputError: the environment names something that is no origin.
    """
    clients = Clients(limit)

    async def text_of(name: str, request: Request) -> str:
        query = {key: request.query_params.getlist(key) for key in request.query_params}
        if request.method == "POST":
            question = asked(query, own=True).of_run()  # refused before the body is read
            work = partial(run_beside, await body_of(request), **question)
        elif name == RUN:
            work = partial(run_text, **asked(query).of_run())
        elif query:
            raise RefusedError([f"{path(name)} takes no parameters."])
        else:
            work = partial(_data, name, request.scope.get("root_path", "").removesuffix(base + PREFIX) + base)
        if name != "healthz":
            return await ANSWERING.run(client_of(request.scope), work)
        if found := health.fault():
            raise HTTPException(503, found, {"Retry-After": "5"})
        return work()  # answers also while every thread waits

    def route(where: str, name: str) -> Route:
        async def answer(request: Request) -> Response:
            if name != "healthz":  # a probe that comes through a proxy may share its address with every reader
                clients.count(client_of(request.scope))
            if len(request.scope["query_string"]) > LONGEST:
                raise HTTPException(414, f"The query is longer than {LONGEST:,} characters.")
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Allow": ", ".join(methods(name))})
            text = await text_of(name, request)
            return _json(text, request, "no-store" if name == "healthz" else KEPT)

        return Route(where + name, answer, methods=methods(name))

    origins = allowed_origins()
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "HEAD", "POST"],
        expose_headers=["ETag", "Retry-After"],
    )

    def answers(routes: list[Route]) -> Starlette:
        app = Starlette(
            routes=routes,
            middleware=[cors] if origins else [],
            exception_handlers={HTTPException: _refused, RefusedError: _refused},
        )
        app.router.redirect_slashes = False
        return app

    api = answers([route("/v1/", name) for name in OPERATIONS])
    root = answers([route(f"{base}/", name) for name in AT_THE_ROOT])
    below = Mount(base + PREFIX, api)
    below.path_regex = re.compile(below.path_regex.pattern, re.DOTALL)  # a path with a line break is the API's too
    return [below, Route(base + PREFIX, api), *(Route(f"{base}/{name}", root) for name in AT_THE_ROOT)]


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


def _text(data: object) -> str:
    """JSON as the command line prints it."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _json(text: str, request: Request, keep: str) -> Response:
    """An answer with its fingerprint, or only word that the reader already has it; to a POST nobody keeps it."""
    if request.method == "POST":
        return Response(text, media_type="application/json", headers=UNKEPT)
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
            f"There is nothing at {shown(request.scope['path'])}; the API has {', '.join(map(path, OPERATIONS))}."
        )
    if status == 405:
        headers["Allow"] = ", ".join(methods(request.scope["path"].rpartition("/")[2]))
        problem.error = f"The method {shown(request.method)} is not allowed; allowed: {headers['Allow']}."
    if request.method == "POST":
        headers["Connection"] = "close"  # the rest of the body is not waited for
    headers |= UNKEPT
    return Response(_text(problem.model_dump()), status, headers, media_type="application/json")


@lru_cache
def _data(name: str, base: str) -> str:
    """An answer that depends on nothing but where the server stands: `base` is the path before the page's own."""
    return _text(ANSWERS[name](base).model_dump(mode="json") if name in ANSWERS else document(base))

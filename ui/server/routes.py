"""What the server answers beside the page, such as boards for a moving thumb, and what every request passes first."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import cache
from pathlib import Path

import plotly
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from model import InputError
from model.assumptions.scenario import check_setting, set_values, whole_number
from ui.drawn.boards import FOLLOWING
from ui.drawn.palette import INKS
from ui.links import single
from ui.links.addresses import PLOTLY_PATH, base_path, public_address
from ui.links.asked import Look, Place
from ui.server.api.routes import api_routes
from ui.server.connections import Connections
from ui.server.downloads import download_routes
from ui.server.known_host import KnownHost
from ui.server.limits import BOARDS
from ui.server.previews import LinkPreviews
from ui.server.uploads import Uploads

BOARD_PATH = "/board"


def routes() -> list[BaseRoute]:
    """All routes beside Streamlit's own, below the path at which the page is served, which Streamlit does not add.

    Raises:
        InputError: the environment names an address or an origin that is none.
    """
    public_address()
    base = base_path()
    return [
        Route(base + PLOTLY_PATH, plotly_script),
        Route(f"{base}{BOARD_PATH}/{{name}}", BOARDS.answering(board)),
        *download_routes(base),
        *api_routes(base=base),
    ]


def middleware() -> list[Middleware]:
    """What every request passes, the page's own too, before it is answered."""
    return [Middleware(KnownHost), Middleware(Connections), Middleware(Uploads), Middleware(LinkPreviews)]


def board_address(name: str, place: Place, look: Look, theme: str) -> str:
    """Where a board finds itself for settings that are still moving: they are added as `move=key:value`."""
    return f"{base_path()}{BOARD_PATH}/{name}?{single.text(place, look)}&theme={theme}"


def board(request: Request) -> Response:
    """A board of the place that the query names, moved by each `move=key:value`, as JSON."""
    if len(request.scope["query_string"]) > single.LONGEST:
        return PlainTextResponse(f"The query is longer than {single.LONGEST} characters.", 400)
    query = {key: request.query_params.getlist(key) for key in request.query_params if key != "theme"}
    name, theme = request.path_params["name"], request.query_params.get("theme", "light")
    moved = [text.partition(":") for text in query.pop("move", ())]
    opened = single.read(query)
    before = opened.place
    if before.hidden:
        return PlainTextResponse("Results are hidden until a prediction is made.", 403)
    if name not in FOLLOWING or theme not in INKS:
        return PlainTextResponse(f"There is a board for each of {', '.join(FOLLOWING)}, light or dark.", 404)
    try:
        values = {key: check_setting(key, whole_number(key, value)) for key, _, value in moved}
    except InputError as error:
        return PlainTextResponse(str(error), 400)
    now = replace(before, scenario=set_values(before.scenario, values))
    return JSONResponse(
        FOLLOWING[name](now, before, theme, opened.look.shown).as_data(), headers={"Cache-Control": "no-store"}
    )


def plotly_script(request: Request) -> Response:
    """Plotly's script; its address holds the version, so a browser may keep it for ever."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    script = _packed()
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        script = gzip.decompress(script)
    return Response(script, media_type="text/javascript", headers=headers)


@cache
def _packed() -> bytes:
    path = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return gzip.compress(path.read_bytes(), 6)

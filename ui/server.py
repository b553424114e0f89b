"""What the server answers beside the page: Plotly's script, and the boards that follow a moving thumb."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import plotly
import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from model import InputError
from model.scenario import check_setting, set_values, whole_number
from ui import link
from ui.api import api_routes
from ui.boards import FOLLOWING
from ui.downloads import EXPORT_PATH, OF_BOARD, download_routes
from ui.palette import INKS
from ui.place import Look, Place

PLOTLY_PATH = f"/assets/plotly-{version('plotly')}.min.js"
BOARD_PATH = "/board"


def routes() -> list[BaseRoute]:
    """All routes beside Streamlit's own, below the path at which the page is served, which Streamlit does not add."""
    own = [Route(PLOTLY_PATH, plotly_script), Route(BOARD_PATH + "/{name}", board), *download_routes(), *api_routes()]
    return [Mount(_below_base(""), routes=own)] if _below_base("") else own


def plotly_address() -> str:
    """Where a page finds Plotly's script."""
    return _below_base(PLOTLY_PATH)


def board_address(name: str, place: Place, look: Look, theme: str) -> str:
    """Where a board finds itself for settings that are still moving: they are added as `move=key:value`."""
    return _below_base(f"{BOARD_PATH}/{name}?{link.text(place, look)}&theme={theme}")


def export_addresses(name: str, place: Place, look: Look, theme: str, lever: str | None = None) -> dict[str, str]:
    """Where a board can be taken along from, by the name of the kind of file; `lever` is that of a dose."""
    rest = f"&theme={theme}" + (f"&lever={lever}" if lever else "")
    return {
        ending.upper(): _below_base(f"{EXPORT_PATH}/{name}.{ending}?{link.text(place, look)}{rest}")
        for ending in OF_BOARD
    }


def _below_base(path: str) -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def board(request: Request) -> Response:
    """A board of the place that the query names, moved by each `move=key:value`, as JSON."""
    query = {key: request.query_params.getlist(key) for key in request.query_params if key != "theme"}
    name, theme = request.path_params["name"], request.query_params.get("theme", "light")
    moved = [text.partition(":") for text in query.pop("move", ())]
    opened = link.read(query)
    before = opened.place
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

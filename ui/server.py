"""What the server answers beside the page: so far, Plotly's script, from the installed package, packed once."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import version
from pathlib import Path

import plotly
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

PLOTLY_PATH = f"/assets/plotly-{version('plotly')}.min.js"


def plotly_address() -> str:
    """Where a page finds Plotly's script."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{PLOTLY_PATH}" if base else PLOTLY_PATH


def routes() -> list[BaseRoute]:
    """All routes beside Streamlit's own."""
    return [Route(PLOTLY_PATH, plotly_script)]


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

"""Streamlit's scripts travel packed, and everything else as it is."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.server.packed import Packed

SCRIPT = b"const x = 1\n" * 1000


def answer(request: Request) -> Response:
    kind, length = request.query_params["kind"], int(request.query_params.get("length", len(SCRIPT)))
    return Response(SCRIPT[:length], int(request.query_params.get("status", 200)), media_type=kind)


@pytest.fixture(scope="module")
def client() -> TestClient:
    routes = [Route(path, answer) for path in ("/static/js/{name}", "/other.js")]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Packed)]))


def test_a_script_comes_packed_and_whole(client: TestClient) -> None:
    got = client.get("/static/js/index.js?kind=text/javascript")
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["vary"] == "Accept-Encoding"
    assert int(got.headers["content-length"]) < 200
    assert got.content == SCRIPT


@pytest.mark.parametrize(
    ("address", "accepts"),
    [
        ("/static/js/index.js?kind=text/javascript", "identity"),
        ("/static/js/index.js?kind=text/javascript&length=999", "gzip"),
        ("/static/js/index.js?kind=text/javascript&status=404", "gzip"),
        ("/static/js/font.woff2?kind=font/woff2", "gzip"),
        ("/other.js?kind=text/javascript", "gzip"),
    ],
    ids=["a browser that cannot unpack", "too short", "not found", "a font", "not Streamlit's"],
)
def test_the_rest_comes_as_it_is(client: TestClient, address: str, accepts: str) -> None:
    got = client.get(address, headers={"Accept-Encoding": accepts})
    assert "content-encoding" not in got.headers
    assert SCRIPT.startswith(got.content)

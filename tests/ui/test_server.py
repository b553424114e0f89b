"""Plotly's script comes from the installed package, packed where the browser takes it packed."""

from __future__ import annotations

import gzip

import pytest
from starlette.requests import Request

from ui import server


def request(accepts: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [(b"accept-encoding", accepts.encode())]})


@pytest.mark.parametrize("accepts", ["gzip, br", "identity", ""])
def test_the_script_arrives_whole_and_may_be_kept(accepts: str) -> None:
    answer = server.plotly_script(request(accepts))
    body = bytes(answer.body)
    script = gzip.decompress(body) if answer.headers.get("content-encoding") == "gzip" else body
    assert b"plotly.js" in script[:300]
    assert len(script) > 4_000_000
    assert "immutable" in answer.headers["cache-control"]
    assert ("content-encoding" in answer.headers) == ("gzip" in accepts)


def test_the_address_names_the_version_and_is_routed() -> None:
    (route,) = server.routes()
    assert server.plotly_address() == server.PLOTLY_PATH
    assert getattr(route, "path", None) == server.PLOTLY_PATH

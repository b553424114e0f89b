"""Every route of ours against requests that no well-behaved reader sends: no 500, no traceback, none that costs much.

The test suite sends a hundred. `STRATEGIC_TRIANGLE_FUZZ=5000 pytest tests/ui/server/test_fuzz.py -n 0 -s` sends as
many as it says, each time others, and tells how many of each status came back and what the dearest cost.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from model import catalog, presets
from model.assumptions.scenario import settings as setting_names
from model.assumptions.worldview import worldview_file
from tests.browser.harness import chromium
from ui.drawn.boards import FOLLOWING
from ui.exports.offered import OF_BOARD, OFFERED
from ui.exports.renderer import RENDERER
from ui.links import short
from ui.links.addresses import PLOTLY_PATH
from ui.links.asked import SECTIONS, Asked
from ui.server import previews, routes
from ui.server.api.answers import OPERATIONS
from ui.server.api.run import parameters
from ui.server.downloads import VIEW, WHICH
from ui.told.pages import PAGES

ASKED = os.environ.get("STRATEGIC_TRIANGLE_FUZZ", "")
REQUESTS = int(ASKED or 100)
STARLETTES = (b"Not Found", b"Method Not Allowed")  # for what is none of our routes, where Streamlit's pages are
MOST_CPU = 5  # seconds of this process
HOSTILE = [
    *("", "\0", "\r\nSet-Cookie: a=b", "\ud800", "\u202e\u2066", "٥٠", "-0", "1e999", "NaN", "9" * 3000, "x" * 6000),
    *("<script>alert(1)</script>", "' OR 1=1 --", "../../../etc/passwd", "${jndi:ldap://x}", "{{7*7}}", "%s%n", "%00"),
    *("=cmd|' /C calc'!A0", "nato:101", "nato:50", "giveaway.nato-40", ".".join(SECTIONS), "level_at_most_58", "first"),
    *("apart_-20_-5_20261122T1402Z", "op-ed_-19.sceptic_1", "AQ" * 30),
]
texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=30), st.integers(-200, 3000).map(str), st.sampled_from(list(presets()))
)
known = st.sampled_from(
    [*parameters(), *setting_names(), *WHICH, "with", "move", "theme", "card", "embed", "predict", "result", "set"]
)
pairs = st.lists(st.tuples(st.one_of(known, known, texts), texts), max_size=8)
valid = st.dictionaries(st.sampled_from(list(catalog().levers)), st.integers(0, 100).map(str), max_size=8).map(
    lambda levers: {"preset": "giveaway", **levers}
)


def encoded(query: Any) -> bytes:
    return urlencode(query, errors="surrogatepass").encode()


queries = st.one_of(
    valid.map(encoded),
    pairs.map(encoded),
    st.one_of(
        st.binary(max_size=60), st.tuples(pairs, st.integers(1, 3000)).map(lambda drawn: encoded(drawn[0]) * drawn[1])
    ),
)
HARMLESS = [*(text for text in HOSTILE if "/" not in text), "view", "compared-domains"]  # as a part of a path
TRUE = [
    *(f"/export/{name}.{ending}" for name in OFFERED for ending in OF_BOARD),
    *(f"/export/view.{ending}" for ending in VIEW),
    *(f"/board/{name}" for name in [*FOLLOWING] * 5),
    *[f"/{page.path}" for page in PAGES] * 4,
    *[f"/api/v1/{name}" for name in OPERATIONS] * 2,
    *["/healthz", "/openapi.json", "/qr.svg", previews.PICTURE_PATH, f"/s/{short.code(Asked(presets()['giveaway']))}"]
    * 3,
    *[routes.LOST_PATH] * 5,
    *[PLOTLY_PATH, "/robots.txt"],
]
FALSE = [
    *(f"/{where}/{text}" for where in ("board", "s", "api", "api/v1") for text in HARMLESS),
    *(f"/export/{text}.{ending}" for text in HARMLESS for ending in ("csv", "png", "exe")),
    *("/api", "/api/", "/api/v2/run", "/api/v1/run/", "/export/view", "/healthz/"),
]
paths = st.sampled_from(TRUE * 3 + FALSE)
NO_HOSTS = [[], [b"a", b"b"], [b"x" * 60_000], [b"[1:2"], [b'"><script>'], [b"\xff\x00"], [b"a b"], [b"@"], [b""]]
hosts = st.sampled_from([[b"example.org"]] * 60 + [[b"[::1]:80"], [b"a" * 255]] * 5 + NO_HOSTS)
methods = st.sampled_from(["GET"] * 25 + ["HEAD", "POST", "PUT", "OPTIONS", "BREW"])
kinds = st.sampled_from(
    [b"application/toml", b"application/json", b"text/plain", b"text/plain;=\xff", b"image/png", b""]
)
OURS = worldview_file("op-ed").encode()
bodies = st.one_of(
    st.just(b""),
    st.just(OURS),
    st.binary(max_size=100),
    st.tuples(st.integers(0, len(OURS)), st.binary(max_size=9)).map(lambda cut: OURS[: cut[0]] + cut[1]),
    st.tuples(st.sampled_from([b"a.", b"[", b"{a=", b'"a":1,', b"#", b'"']), st.integers(1, 100_000)).map(
        lambda many: many[0] * many[1]
    ),
)
asking = st.one_of(
    st.tuples(paths, methods, st.just(b""), st.just(b"")),
    st.tuples(st.just("/api/v1/run") | paths, st.sampled_from(["POST", "POST", "POST", "GET"]), kinds, bodies),
)


@dataclass
class Told:
    """What came back over all requests."""

    statuses: Counter[int]
    dearest: float = 0
    slowest: float = 0


TOLD = Told(Counter())


async def page(_request: Request) -> HTMLResponse:
    return HTMLResponse("<html><head><title>Streamlit</title></head></html>")


ROUTES = [*routes.routes(), *(Route(f"/{one.path}", page) for one in PAGES)]
APP = Starlette(routes=ROUTES, middleware=routes.middleware())


@pytest.fixture(scope="module", autouse=True)
def browser() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", chromium())
        RENDERER.draw({"data": [], "layout": {}}, "svg", 100, 100)  # so that no request waits for its start
        yield
    if ASKED:
        print(f"\n{sum(TOLD.statuses.values())} requests: {dict(sorted(TOLD.statuses.items()))}; the dearest took "
              f"{TOLD.dearest:.1f} s of CPU, the slowest {TOLD.slowest:.1f} s")  # fmt: skip


def answered(scope: dict[str, Any], sends: bytes) -> tuple[int, bytes]:
    """The status and the body of an answer; what the server raises is raised."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": sends, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    return int(sent[0]["status"]), b"".join(message.get("body", b"") for message in sent[1:])


@given(asks=asking, query=queries, host=hosts, forwarded=texts)
@settings(max_examples=REQUESTS, derandomize=not ASKED, database=None, deadline=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
def test_no_request_breaks_the_server_or_costs_it_much(
    asks: tuple[str, str, bytes, bytes], query: bytes, host: list[bytes], forwarded: str
) -> None:
    path, method, kind, sends = asks
    number = sum(TOLD.statuses.values())
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 8501),
        "path": path.encode(errors="replace").decode(),
        "query_string": query[:60_000],
        "headers": [
            *((b"host", one) for one in host),
            (b"x-forwarded-for", forwarded.encode(errors="replace")),
            (b"if-none-match", forwarded.encode(errors="replace")),
            (b"content-type", kind),
        ],
        "client": (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 1),  # each may ask anew
    }
    cpu, clock = time.process_time(), time.monotonic()
    status, body = answered(scope, sends)
    cost = time.process_time() - cpu
    TOLD.statuses[status] += 1
    TOLD.dearest, TOLD.slowest = max(TOLD.dearest, cost), max(TOLD.slowest, time.monotonic() - clock)
    assert status in (200, 204, 304, 307, 400, 403, 404, 405, 413, 414, 415)
    assert b"Traceback" not in body[:100_000]
    assert cost < MOST_CPU, f"{path} took {cost:.1f} s"
    if status >= 400 and method != "HEAD" and body not in STARLETTES:
        assert 20 < len(body) < 1500, body
        if path.startswith("/api/"):
            assert body.startswith(b"{") or body.startswith(b"The ")

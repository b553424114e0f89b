"""What the server answers beside the page, worked by hand: status, headers, every word of a refusal, and boundaries."""

from __future__ import annotations

import asyncio
import csv
import re
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from limits import RateLimitItemPerMinute
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.exports.offered import export_addresses
from ui.exports.renderer import RENDERER, NoPicture
from ui.server import connections, downloads, health, limits, previews, routes, uploads
from ui.server.api.routes import ANSWERING
from ui.server.connections import Connections
from ui.server.known_host import KnownHost
from ui.server.limits import Clients, Pool
from ui.server.uploads import UPLOADS, Uploads
from ui.told.pages import PAGES

CAVEAT = "Assumptions worked out, not a forecast."
HAND = "Lock-in +1, Midpoint 0, Op-ed −19, Sceptic +2"
GIVEN = "Lock-in +1, Midpoint +1, Op-ed −11, Sceptic +2"
ALIGNMENT = "Shift of Russia-China alignment"
FOUND = (
    "Against no levers, this package leaves Russia and China 19 points less aligned by 2031 under one view, within 2 "
    "points under three"
)
WORDS = "<body>words &lt; </head> <title>Streamlit</title>"
PAGE = f"<html><head><title>Streamlit</title></head>{WORDS}</body></html>"
STYLE = '<link rel="stylesheet" href="/parts/page-[0-9a-f]{12}[.]css" />'


def page(_request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": "x", "last-modified": "y", "accept-ranges": "bytes", "x-kept": "z"})


@pytest.fixture(scope="module")
def client() -> TestClient:
    pages = [Route(f"/{name}", page) for name in (*(page.path for page in PAGES), "other")]
    every = [*routes.routes(), *pages, Route("/text", lambda _request: PlainTextResponse(PAGE))]
    return TestClient(Starlette(routes=every, middleware=[Middleware(previews.LinkPreviews)]), client=("192.0.2.77", 1))


def cards(answer: Any) -> list[str]:
    return [card["key"] for card in answer.json()["cards"]]


# -- boards -------------------------------------------------------------------------------------------------------


def test_a_board_takes_a_query_of_4000_characters_and_none_longer(client: TestClient) -> None:
    filled = "preset=opening-hand&title=" + "x" * (4000 - len("preset=opening-hand&title="))
    assert client.get(f"/board/domains?{filled}").status_code == 200
    answer = client.get(f"/board/domains?{filled}x")
    assert (answer.status_code, answer.text) == (400, "The query is longer than 4000 characters.")


def test_a_board_tells_nothing_while_results_are_hidden(client: TestClient) -> None:
    answer = client.get("/board/domains?preset=opening-hand&predict=first")
    assert (answer.status_code, answer.text) == (403, "Results are hidden until a prediction is made.")


@pytest.mark.parametrize("address", ["/board/nope", "/board/domains?theme=neon", "/board/dose"])
def test_a_board_that_is_none_is_told_which_there_are(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.text == "There is a board for each of worldviews, domains, outcomes, light or dark."


def test_a_board_is_moved_by_the_last_word_on_each_lever_and_is_kept_a_while(client: TestClient) -> None:
    moved = client.get("/board/worldviews?preset=opening-hand&show=op-ed&move=nato:5&move=nato:50&move=ramp:2")
    rested = client.get("/board/worldviews?preset=opening-hand&show=op-ed")
    assert moved.json() == rested.json()
    assert moved.headers["cache-control"] == "private, max-age=300"
    assert cards(rested) == ["drift", "strip"]
    assert [view["key"] for view in rested.json()["told"]["views"]] == ["op-ed"]
    assert client.get("/board/worldviews?preset=opening-hand&show=op-ed&move=nato:0").json() != rested.json()
    assert client.get("/board/worldviews?preset=opening-hand&show=op-ed&theme=dark").json() != rested.json()


def test_export_addresses_name_the_theme_and_what_is_taken() -> None:
    assert export_addresses("", "dose", "v=1", "dark", {"lever": "nato"}) == {
        "PNG": "/export/dose.png?v=1&theme=dark&lever=nato",
        "SVG": "/export/dose.svg?v=1&theme=dark&lever=nato",
        "CSV": "/export/dose.csv?v=1&theme=dark&lever=nato",
    }
    assert export_addresses("", "sources", "v=1", "light") == {"CSV": "/export/sources.csv?v=1&theme=light"}


# -- files --------------------------------------------------------------------------------------------------------


def test_a_file_may_be_kept_for_an_hour_and_has_its_name_and_type(client: TestClient) -> None:
    answer = client.get("/export/domains.csv?preset=opening-hand")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''strategic-triangle_opening")
    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "# Strategic Triangle: Shift by domain: The essay's opening hand"
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == 24  # six domains under four worldviews


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/export/view.exe", "There is no view.exe; allowed: pdf, xlsx, parquet, json, toml."),
        ("/export/view.tml", "There is no view.tml; did you mean toml?"),
        ("/export/domain.csv", "There is no “domain.csv”; did you mean domains?"),
        ("/export/domains.pdf", "There is no “domains.pdf”; did you mean domains?"),
        ("/export/sources.svg", "There is no “sources.svg”; did you mean sources?"),
        ("/export/domains.svg?theme=drak", "The theme is “drak”; did you mean dark?"),
        ("/export/worldviews.svg?card=opped", "There is no card “opped”; allowed: drift, strip."),
        ("/export/credit.svg?preset=status-quo", "No lever is moved, so there is nothing to draw."),
        ("/export/dose.csv?lever=natoo", "There is no lever “natoo”; did you mean nato?"),
        ("/export/argument.csv?worldview=opped", "There is no worldview “opped”; did you mean op-ed?"),
        (
            "/export/domains.csv?predict=first",
            "Results are hidden until a prediction is made, so there is nothing to download yet.",
        ),
        (
            "/export/comparison.csv?preset=giveaway",
            "The query names no scenarios to compare; for example with=opening-hand&with=status-quo.",
        ),
        (
            "/export/view.toml?nato=101&mil=-1&g8=x",
            "nato is “101”, which is out of range; 100 was used. Allowed: a whole number, 0 to 100. "
            "g8 is “x”, which is not a whole number; 0 was kept. Allowed: a whole number, 0 to 100.",
        ),
    ],
)
def test_every_word_of_a_refusal(client: TestClient, address: str, said: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.text) == (400, said)


@pytest.mark.parametrize("path", ["/export/view.toml", "/preview.png", "/qr.svg"])
def test_a_query_of_4001_characters_is_refused(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?title={'x' * (4001 - len('title='))}")
    assert (answer.status_code, answer.text) == (400, "The query is longer than 4000 characters.")


def test_a_table_of_assumptions_waits_for_no_prediction_and_a_scenario_file_does(client: TestClient) -> None:
    assert client.get("/export/sources.csv?predict=first").status_code == 200
    assert client.get("/export/view.toml?predict=first").status_code == 400


def test_what_looks_like_a_part_of_a_link_only_beside_a_file_is_not_refused(client: TestClient) -> None:
    assert client.get("/export/dose.csv?preset=opening-hand&lever=nato&theme=dark").status_code == 200
    assert client.get("/export/view.toml?preset=opening-hand&theme=dark").status_code == 400


def test_a_picture_that_cannot_be_drawn_now_may_be_asked_for_in_20_seconds(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_arguments: object) -> bytes:
        raise NoPicture("The browser is gone.")

    monkeypatch.setattr(RENDERER, "draw", dead)
    downloads._preview.cache_clear()
    for address in ("/export/domains.png?preset=opening-hand", "/preview.png?preset=opening-hand"):
        answer = client.get(address)
        assert (answer.status_code, answer.text) == (503, "The browser is gone.")
        assert answer.headers["retry-after"] == "20"


def test_a_short_link_leads_on_and_a_wrong_one_nowhere(client: TestClient) -> None:
    answer = client.get("/s/AQEjq80AAAAHqGoAAAAAAAAAABUKAAJkAH_tfxeQ", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == (
        "/?v=1&set=0123abcd&seed=7&preset=status-quo&nato=0&caatsa=0&g8=0&mil=0&ukraine=0&clarity=0&precond=0&allies=0"
        "&start=2021&horizon=10&onset=0&ramp=2&pressure=100&result=lock-in_0.op-ed_-19"
    )
    answer = client.get("/s/AgEjq80AAAAHqGoAAAAAAAAAAGRkeQoAAgB_7X_e6g", follow_redirects=False)
    assert answer.headers["location"] == (
        "/?v=2&set=0123abcd&seed=7&preset=status-quo&nato=0&caatsa=0&g8=0&mil=0&ukraine=0&clarity=0&precond=0&allies=0"
        "&pressure_russia=100&pressure_china=100&start=2021&horizon=10&onset=0&ramp=2&result=lock-in_0.op-ed_-19"
    )
    wrong = client.get("/s/AQEjq80", follow_redirects=False)
    assert (wrong.status_code, wrong.text) == (
        404,
        "“AQEjq80” is no short link of this page, or it was mistyped or cut.",
    )


# -- previews -----------------------------------------------------------------------------------------------------


def test_a_preview_says_title_and_sentence_of_one_scenario() -> None:
    query = {"preset": ["opening-hand"], "title": ['<b>"x']}
    assert previews.title(query) == '<b>"x'
    told = f"{FOUND}. {CAVEAT} {ALIGNMENT} by 2031, points of 100: {HAND}."
    assert previews.sentence(query) == told
    assert previews.tags(query, "http://a.org/t").splitlines()[2:5] == [
        '<meta property="og:title" content="&lt;b&gt;&quot;x" />',
        f'<meta property="og:description" content="{told}" />',
        '<meta property="og:image" content="http://a.org/t/preview.png?preset=opening-hand&amp;title=%3Cb%3E%22x" />',
    ]
    assert '<meta property="og:image:width" content="1200" />' in previews.tags(query, "")
    assert '<meta property="og:image:height" content="630" />' in previews.tags(query, "")


def test_a_preview_says_each_scenario_of_a_comparison_by_its_letter() -> None:
    query = {"with": ["opening-hand", "giveaway"]}
    assert previews.title(query) == "A · The essay's opening hand | B · Giveaway without asks"
    assert previews.sentence(query) == f"{ALIGNMENT}, points of 100. A by 2031: {HAND}; B by 2031: {GIVEN}. {CAVEAT}"
    assert previews.title({"with": ["giveaway"]}) == "Giveaway without asks"


def test_a_preview_names_what_is_switched_and_keeps_its_caveat() -> None:
    switched = previews.sentence({"preset": ["opening-hand"], "structure": ["C1.C2.C3.C4.C5.C6.C7"]})
    assert f". {CAVEAT} {ALIGNMENT} by 2031, points of 100: " in switched
    assert switched.endswith(". Structure switched: C1, C2, C3, C4, C5, C6 and C7.")
    compared = previews.sentence({"with": ["opening-hand", "giveaway"], "structure": ["base", "ensemble"]})
    assert compared.endswith(f". Structure of A: base; B: ensemble. {CAVEAT}")


def test_a_page_comes_with_its_tags_and_what_else_the_server_sent(client: TestClient) -> None:
    answer = client.get("/?preset=opening-hand")
    assert answer.text.count("og:title") == 1
    assert answer.text.count('rel="preload"') == 1
    assert answer.text.count("<title>Explore · Strategic Triangle</title>") == 1
    assert re.fullmatch(f".*\n</head>{WORDS}{STYLE}</body></html>", answer.text, re.DOTALL)
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["x-kept"] == "z"
    assert not {"etag", "last-modified", "accept-ranges"} & set(answer.headers)


@pytest.mark.parametrize(
    ("address", "told", "preloads"),
    [("/compare?with=giveaway", "Giveaway without asks", True), ("/present?preset=giveaway", "Giveaway without", True),
     ("/assumptions", "opening hand", False), ("/argument", "opening hand", False),
     ("/?with=giveaway&preset=opening-hand", "opening hand", True)],
)  # fmt: skip
def test_which_pages_are_previewed_as_what(client: TestClient, address: str, told: str, preloads: bool) -> None:
    text = client.get(address).text
    title = text.partition('og:title" content="')[2].partition('"')[0]
    assert told in title
    assert ("preload" in text) is preloads


def test_every_page_comes_with_its_own_title_and_a_sentence_that_says_what_it_is(client: TestClient) -> None:
    for one in PAGES:
        text = client.get(f"/{one.path}?preset=giveaway").text
        assert f"<title>{one.title} · Strategic Triangle</title>" in text
        assert text.count('name="description"') == 1
        assert f'<meta name="description" content="{one.sentence}" />' in text
    assert len({one.sentence for one in PAGES}) == len(PAGES)
    assert all(60 <= len(one.sentence) <= 160 for one in PAGES)  # more is cut where it is found


def test_a_browser_is_told_where_the_server_is(client: TestClient) -> None:
    told = '<script>window.__streamlit = { BACKEND_BASE_URL: location.origin + "" }</script>'
    assert all(told in client.get(f"/{one.path}").text for one in PAGES)


def test_a_page_that_would_come_packed_comes_with_its_tags_too() -> None:
    packing = [Middleware(previews.LinkPreviews), Middleware(GZipMiddleware, minimum_size=1)]
    answer = TestClient(Starlette(routes=[Route("/compare", page)], middleware=packing)).get("/compare")
    assert "gzip" in answer.request.headers["accept-encoding"]
    assert answer.text.count("og:title") == 1


def test_crawlers_may_ask_for_pages_and_previews_and_for_nothing_that_is_worked_out(client: TestClient) -> None:
    told = RobotFileParser()
    told.parse(client.get("/robots.txt").text.splitlines())
    allowed = [*(f"/{one.path}" for one in PAGES), "/?preset=giveaway", "/preview.png?preset=giveaway", "/s/abc"]
    refused = ["/board/worldviews", "/export/view.pdf", "/qr.svg?preset=giveaway", "/api/v1/run"]
    assert [path for path in (*allowed, *refused) if told.can_fetch("any", path)] == allowed


def test_what_is_no_page_passes_as_it_is(client: TestClient) -> None:
    assert client.get("/other").text == PAGE
    assert client.get("/text").text == PAGE
    assert "og:title" in client.get("/?title=" + "x" * (4000 - len("title="))).text


def test_a_page_of_too_long_a_query_is_previewed_as_nothing_and_has_all_else(client: TestClient) -> None:
    text = client.get("/?title=" + "x" * (4001 - len("title="))).text
    assert "og:" not in text
    assert "xxx" not in text
    assert text.count('name="description"') == text.count('rel="preload"') == 1
    assert text.count("<title>Explore · Strategic Triangle</title>") == 1
    assert re.fullmatch(f".*\n</head>{WORDS}{STYLE}</body></html>", text, re.DOTALL)


# -- limits -------------------------------------------------------------------------------------------------------


def test_a_client_may_ask_as_often_as_the_limit_says_and_is_told_when_to_come_back() -> None:
    clients = Clients(RateLimitItemPerMinute(3))
    for _ in range(3):
        clients.check("a")
        clients.count("a")
    with pytest.raises(HTTPException) as refused:
        clients.count("a")
    wait = int((refused.value.headers or {})["Retry-After"])
    assert 1 <= wait <= 60
    assert refused.value.status_code == 429
    assert refused.value.detail == f"More than 3 requests came from this address in 60 seconds; ask again in {wait} s."
    clients.count("b", 3)
    with pytest.raises(HTTPException):
        clients.count("b")
    with pytest.raises(HTTPException):
        Clients(RateLimitItemPerMinute(3)).count("c", 4)


def test_work_is_charged_five_milliseconds_at_least_and_its_own_time_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    charged: list[tuple[str, int]] = []
    pool = Pool("tests", threads=1, queue=0, share=RateLimitItemPerMinute(9000))
    monkeypatch.setattr(Clients, "charge", lambda _self, client, cost: charged.append((client, cost)))
    clock = iter([10.0, 10.001, 20.0, 20.25])
    monkeypatch.setattr("ui.server.limits.time.perf_counter", lambda: next(clock))
    assert [asyncio.run(pool.run(client, lambda: 7)) for client in ("a", "b")] == [7, 7]
    assert charged == [("a", 5), ("b", 250)]


def test_a_full_queue_and_a_long_wait_are_told_apart() -> None:
    gate = threading.Event()
    pool = Pool("tests", threads=1, queue=0, longest=0.2)

    async def refusals() -> list[HTTPException]:
        found = []
        first = asyncio.create_task(pool.run("a", gate.wait))
        await asyncio.sleep(0.02)
        for waited in (pool.run("b", int), first):
            try:
                await waited
            except HTTPException as error:
                found.append(error)
        gate.set()
        return found

    full, late = asyncio.run(refusals())
    assert full.detail == "The server is busy: too much is waiting already; ask again in 5 s."
    assert late.detail == "The server is busy: the request was not answered within 0.2 seconds; ask again in 20 s."
    assert [(one.status_code, (one.headers or {})["Retry-After"]) for one in (full, late)] == [(503, "5"), (503, "20")]


def test_the_limits_of_the_server_are_these() -> None:
    assert (limits.API.amount, limits.API.get_expiry()) == (40, 4)
    shares = [pool._clients._limit for pool in (limits.BOARDS, limits.EXPORTS) if isinstance(pool._clients, Clients)]
    assert [(share.amount, share.get_expiry()) for share in shares] == [(100_000, 60), (40_000, 60)]
    assert [pool._threads._max_workers for pool in (limits.BOARDS, limits.EXPORTS)] == [2, 2]
    assert [pool._places._initial_value for pool in (limits.BOARDS, limits.EXPORTS)] == [42, 22]  # type: ignore[attr-defined]
    assert (ANSWERING._threads._max_workers, ANSWERING._places._initial_value) == (4, 44)  # type: ignore[attr-defined]
    assert (connections.OPEN_AT_ONCE, connections.A_MINUTE.amount, connections.SPARE) == (200, 200, 80)
    assert (uploads.OF_SESSION.amount, uploads.OF_CLIENT.amount) == (2_000_000, 20_000_000)
    assert (uploads.OF_SESSION.get_expiry(), uploads.OF_CLIENT.get_expiry()) == (86_400, 600)


# -- guards -------------------------------------------------------------------------------------------------------


def guarded(middleware: Callable[..., Any], *methods: str) -> TestClient:
    kept = Route("/{path:path}", lambda _request: Response(status_code=204), methods=list(methods or ["GET"]))
    return TestClient(Starlette(routes=[kept], middleware=[Middleware(middleware)]))


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("a b", "The Host header is “a b”, but it must be a name or an IP address of at most 255 characters, with or "
                "without a port."),
        ("evil.org", "The Host header is “evil.org”, which is none of the hosts that this server is known by; they "
                     "stand in server.allowedHosts, or the one address of the page in STRATEGIC_TRIANGLE_URL."),
    ],
)  # fmt: skip
def test_every_word_about_a_host(host: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.server.known_host.is_allowed", lambda name: name != "evil.org")
    answer = guarded(KnownHost).get("/x", headers={"Host": host})
    assert (answer.status_code, answer.text) == (400, said)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert guarded(KnownHost).get("/x", headers={"Host": "good.org"}).status_code == 204
    two = guarded(KnownHost).get("/x", headers=[("Host", "a.org"), ("Host", "b.org")])
    assert two.text == "The request has 2 Host headers, but it must have one, since links are made of it."


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/healthz", "/_stcore/health"])
def test_a_probe_may_name_any_host(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guarded(KnownHost).get(path, headers={"Host": "a b"}).status_code == 204
    monkeypatch.setattr("ui.server.known_host.base_path", lambda: "/t")
    assert guarded(KnownHost).get(f"/t{path}", headers={"Host": "a b"}).status_code == 204


@pytest.mark.parametrize(
    ("length", "status", "said"),
    [("1050000", 204, ""), ("0", 204, ""),
     ("1050001", 413, "An upload may have at most 1 MB; a scenario file has about 1,000 bytes."),
     ("1000000000000", 413, "An upload may have at most 1 MB; a scenario file has about 1,000 bytes."),
     ("٥", 411, "An upload must say its length in the header Content-Length."),
     ("1.5", 411, "An upload must say its length in the header Content-Length.")],
)  # fmt: skip
def test_every_word_about_an_upload(length: str, status: int, said: str) -> None:
    client = guarded(Uploads, "PUT")
    headers = {b"Content-Length": length.encode("latin-1", errors="replace") if length.isascii() else b"\xb2"}
    answer = client.put(UPLOADS + "session/file", headers=headers)
    assert (answer.status_code, answer.text) == (status, said)
    assert answer.headers.get("connection") == (None if status == 204 else "close")


def test_uploads_are_counted_by_visit_and_small_ones_as_20_kilobytes() -> None:
    client = guarded(Uploads, "PUT", "DELETE", "OPTIONS")
    small = {"Content-Length": "5"}
    told = [client.put(f"{UPLOADS}one/{i}", headers=small).status_code for i in range(101)]
    assert told == [204] * 100 + [413]
    assert client.put(f"{UPLOADS}two/1", headers=small).status_code == 204
    assert client.delete(f"{UPLOADS}one/1").status_code == client.options(f"{UPLOADS}one/1").status_code == 204
    assert client.put("/elsewhere/one/1", headers={"Content-Length": "9999999"}).status_code == 204


def test_a_connection_that_closes_makes_room_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "OPEN_AT_ONCE", 1)
    heard: list[dict[str, Any]] = []

    async def fails(_scope: Any, _receive: Any, _send: Any) -> None:
        raise RuntimeError

    async def send(message: Any) -> None:
        heard.append(message)

    async def receive() -> Any:
        return {}

    guard = Connections(fails)
    scope = {"type": "websocket", "path": "/", "headers": [], "client": ("a", 1)}
    for _ in range(3):  # each lets the next one in, although it failed
        with pytest.raises(RuntimeError):
            asyncio.run(guard(scope, receive, send))
    assert not guard._open
    guard._open["a"] = 1
    asyncio.run(guard(scope, receive, send))
    assert heard == [{"type": "websocket.close", "code": 1013, "reason": "Too many connections."}]


@pytest.mark.parametrize(("left", "let_in"), [(80, True), (79, False)])
def test_80_descriptors_are_kept(left: int, let_in: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "descriptors_left", lambda: left)
    guard = Connections(lambda *_arguments: asyncio.sleep(0))
    guard._last = time.monotonic()
    assert guard._admits("a") is let_in
    guard._last -= connections.TRICKLE
    assert guard._admits("a") is True


def test_a_server_that_can_open_files_and_start_threads_is_well() -> None:
    before = connections.descriptors_left()
    assert health.fault() == ""
    assert connections.descriptors_left() == before
    assert not [thread for thread in threading.enumerate() if thread.name == "probe"]

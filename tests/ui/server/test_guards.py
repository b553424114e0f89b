"""What every request passes first: its Host, its connection, its upload. And the address that links are made of."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import RateLimitItemPerMinute
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from model import InputError
from ui.exports import pictures
from ui.exports.stamp import MOST_IN_CODE, qr_svg
from ui.links.addresses import URL, is_host, public_address
from ui.page.sharing import page_address
from ui.server import connections, routes, uploads
from ui.server.api.answers import path as api_path
from ui.server.connections import Connections
from ui.server.limits import Clients
from ui.server.previews import PICTURE_PATH
from ui.server.uploads import UPLOADS

OURS = ["/", "/compare?with=giveaway", "/board/domains", "/export/view.toml", "/export/domains.csv", "/qr.svg",
        PICTURE_PATH, "/s/x", api_path("run"), "/api/nope", "/openapi.json"]  # fmt: skip


@pytest.fixture(scope="module")
def client() -> TestClient:
    async def page(_request: Request) -> HTMLResponse:
        return HTMLResponse("<html><head></head></html>")

    async def kept(_request: Request) -> Response:
        return Response(status_code=204)

    every = [
        *routes.routes(),
        *(Route(path, page) for path in ("/", "/compare")),
        Route(UPLOADS + "{session}/{file}", kept, methods=["PUT", "DELETE"]),
    ]
    return TestClient(Starlette(routes=every, middleware=routes.middleware()))


NO_HOSTS = [
    "",
    "a b",
    "x" * 6000,
    "x" * 256,
    'evil"><script>',
    "a/b",
    "user@example.org",
    "example.org:port",
    "-x.org",
    "example.org:99999",
    "[::1",
    "[1:2]",
    "example.org:80:80",
    "a\\b",
    "%41.org",
    "exa%00mple",
    "ex_ample.org:",
]
ASCII = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=300).filter(lambda text: not is_host(text))


@given(st.sampled_from(OURS), st.one_of(st.sampled_from(NO_HOSTS), ASCII))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_host_that_is_none_is_refused_in_a_sentence(client: TestClient, path: str, host: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert answer.text.startswith("The Host header is “")
    assert len(answer.text) < 250
    assert "<script>" not in answer.text or answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", OURS)
def test_no_route_answers_a_host_that_is_none(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Host": 'evil"><script>'}).status_code == 400


@pytest.mark.parametrize(
    "host", ["example.org", "EXAMPLE.org:8501", "127.0.0.1:80", "[::1]:8501", "localhost", "a_b.internal", "x.org."]
)
def test_a_host_that_is_one_is_served(client: TestClient, host: str) -> None:
    assert is_host(host)
    assert f"http://{host.partition(':')[0]}" in client.get("/export/view.toml", headers={"Host": host}).text


def test_two_hosts_or_none_are_refused_but_a_probe_may_name_none(client: TestClient) -> None:
    assert "has 2 Host headers" in client.get("/qr.svg", headers=[("Host", "a.org"), ("Host", "b.org")]).text
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    for path, status in (("/qr.svg", 400), ("/healthz", 200), ("/api/v1/healthz", 200)):
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": [],
            "client": None,
        }
        sent.clear()
        asyncio.run(client.app(scope, receive, send))  # type: ignore[arg-type]
        assert sent[0]["status"] == status


def test_only_hosts_of_streamlits_setting_are_served_where_it_names_any(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = streamlit.get_option
    monkeypatch.setattr(
        streamlit, "get_option", lambda key: ["a.org", "*.b.org"] if key == "server.allowedHosts" else true(key)
    )
    for host, status in (("a.org:8501", 200), ("x.b.org", 200), ("A.ORG.", 200), ("b.org", 400), ("evil.org", 400)):
        answer = client.get("/export/view.toml", headers={"Host": host})
        assert answer.status_code == status, host
        assert ("server.allowedHosts" in answer.text) == (status == 400)


def test_links_come_from_the_public_address_where_it_is_set(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, "https://think.example/triangle/")
    evil = {"Host": "evil.example"}
    assert "https://think.example/triangle/?v=2" in client.get("/export/view.toml", headers=evil).text
    assert "https://think.example/triangle/?v=2" in client.get("/export/domains.csv", headers=evil).text
    page = client.get("/?preset=giveaway", headers=evil).text
    assert f'content="https://think.example/triangle{PICTURE_PATH}?preset=giveaway"' in page
    assert "evil" not in page
    assert page_address() == "https://think.example/triangle"
    assert client.get("/qr.svg?v=1", headers=evil).content == qr_svg("https://think.example/triangle/?v=1")


@pytest.mark.parametrize(
    "text",
    ["example.org", "ftp://example.org", "https://", "https://a b", "https://a.org?x=1", "https://a.org/#x",
     "https://u@a.org", "javascript:alert(1)", "https://" + "x" * 300, "https://a.org/<b>"],
)  # fmt: skip
def test_a_public_address_that_is_none_stops_the_start_with_a_sentence(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, text)
    with pytest.raises(InputError, match=f"^{URL} is .* such as https://example.org") as error:
        routes.routes()
    assert "\n" not in str(error.value)
    monkeypatch.setenv(URL, " ")
    assert public_address() == ""


@pytest.mark.parametrize("length", [2400, 3900])
def test_a_link_that_no_qr_code_holds_is_refused_in_a_sentence(client: TestClient, length: int) -> None:
    answer = client.get("/qr.svg?" + "x" * length)
    assert answer.status_code == 400
    assert answer.text.startswith("The link has 2,4" if length == 2400 else "The link has 3,9")
    assert answer.text.endswith("a QR code holds at most 2,331.")


def test_the_longest_link_that_a_qr_code_holds_is_drawn(client: TestClient) -> None:
    filling = MOST_IN_CODE - len("http://testserver/?")
    assert client.get("/qr.svg?" + "x" * filling).status_code == 200
    assert client.get("/qr.svg?" + "x" * (filling + 1)).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/qr.svg?%ff=%fe", "/export/view.toml?\xff", "/preview.png?" + "x" * 5000, "/board/domains?" + "x" * 5000],
)
def test_a_query_of_any_bytes_and_any_length_gets_an_answer(client: TestClient, address: str) -> None:
    path, _, query = address.partition("?")
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    raw = {"path": path, "query_string": query.encode("latin-1"), "headers": [(b"host", b"a.org")], "client": None}
    asyncio.run(client.app({"type": "http", "method": "GET", **raw}, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] in (200, 400)


def test_breaking_lines_takes_time_in_proportion_to_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    true = pictures._em

    def counted(character: str) -> float:
        nonlocal calls
        calls += 1
        return true(character)

    monkeypatch.setattr(pictures, "_em", counted)
    for text in ("x" * 6000, "word " * 1200, "a" * 100 + " " + "b" * 5900):
        calls = 0
        lines = pictures._wrapped(text, pictures.STAMP, pictures.WIDTH)
        assert calls <= 3 * len(text)
        assert "".join("".join(lines).split()) == "".join(text.split())


UPLOAD = f"{UPLOADS}some-session/file"


@pytest.mark.parametrize(
    ("length", "status", "said"),
    [("1000", 204, ""), ("1050000", 204, ""), ("1050001", 413, "at most 1 MB"), ("9" * 40, 413, "at most 1 MB"),
     ("", 411, "Content-Length"), ("-5", 411, "Content-Length"), ("+5", 411, "Content-Length")],
)  # fmt: skip
def test_an_upload_says_its_length_and_is_small(length: str, status: int, said: str) -> None:
    app = Starlette(
        routes=[Route(UPLOADS + "{s}/{f}", lambda _request: Response(status_code=204), methods=["PUT"])],
        middleware=routes.middleware(),
    )
    answer = TestClient(app).put(UPLOAD, headers={"Content-Length": length})
    assert answer.status_code == status
    assert said in answer.text


def test_what_one_visit_and_one_client_may_have_kept_is_bounded(client: TestClient) -> None:
    size = {"Content-Length": "900000"}
    answers = [client.put(f"{UPLOADS}greedy/{i}", headers=size) for i in range(4)]
    assert [answer.status_code for answer in answers] == [204, 204, 413, 413]
    assert answers[-1].text == "This visit has uploaded 2 MB, as much as one may; open the page anew."
    many = [client.put(f"{UPLOADS}many{i}/x", headers=size) for i in range(30)]
    assert many[0].status_code == 204
    assert many[-1].status_code == 429
    assert many[-1].text.startswith("More than 20 MB were uploaded from this address in 10 minutes; ask again in ")
    assert client.delete(f"{UPLOADS}greedy/0").status_code == 204
    assert uploads.OF_SESSION.amount == uploads.LEAST * 100  # many small files are as bounded as few large ones


async def _handshakes(guard: Connections, clients: list[str], *, stay: bool) -> list[str]:
    """What connections hear that are opened one after another, all before the first closes if they `stay`."""
    heard: list[str] = []
    leave = asyncio.Event()

    async def connect(client: str) -> None:
        async def receive() -> Any:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            heard.append(message["type"])

        await guard({"type": "websocket", "path": "/", "headers": [], "client": (client, 1)}, receive, send)

    async def session(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        if stay:
            await leave.wait()

    guard.app = session
    tasks = []
    for client in clients:
        tasks.append(asyncio.create_task(connect(client)))
        await asyncio.sleep(0)
    leave.set()
    await asyncio.gather(*tasks)
    return heard


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Connections:
    monkeypatch.setattr(connections, "OPEN_AT_ONCE", 3)
    return Connections(lambda *_arguments: asyncio.sleep(0))


def test_one_client_holds_only_so_many_connections(guard: Connections) -> None:
    heard = asyncio.run(_handshakes(guard, ["a"] * 4 + ["b"], stay=True))
    assert [word.removeprefix("websocket.") for word in heard] == ["accept"] * 3 + ["close", "accept"]
    assert asyncio.run(_handshakes(guard, ["a"], stay=True)) == ["websocket.accept"]  # the others have left


def test_one_client_shakes_hands_only_so_often(guard: Connections) -> None:
    guard._handshakes = Clients(RateLimitItemPerMinute(5))
    heard = asyncio.run(_handshakes(guard, ["a"] * 6 + ["b"], stay=False))
    assert [word.removeprefix("websocket.") for word in heard] == ["accept"] * 5 + ["close", "accept"]


def test_where_descriptors_run_short_only_a_trickle_of_connections_is_let_in(
    guard: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "descriptors_left", lambda: 10)
    heard = asyncio.run(_handshakes(guard, ["a", "b", "c"], stay=False))
    assert [word.removeprefix("websocket.") for word in heard] == ["accept", "close", "close"]
    monkeypatch.setattr(connections, "TRICKLE", 0)
    assert asyncio.run(_handshakes(guard, ["a"], stay=False)) == ["websocket.accept"]


def test_the_process_may_open_as_many_files_as_the_system_allows() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(600, before[1]), before[1]))
    try:
        few = connections.descriptors_left()
        connections.raise_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(before[1], connections.MOST_DESCRIPTORS)
        assert connections.descriptors_left() > few
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

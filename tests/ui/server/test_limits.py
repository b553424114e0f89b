"""What one client may take, and what work that a request starts may take of the server."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from limits import RateLimitItemPerMinute
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from model import load_scenario
from ui.links import single
from ui.links.asked import Asked
from ui.server import health, limits, routes
from ui.server.limits import BOARDS, EXPORTS, PROXY, THIS_MACHINE, Clients, Pool, client_of
from ui.told import cache


def scope(host: str, *forwarded: str) -> dict[str, Any]:
    return {
        "type": "http",
        "client": (host, 0),
        "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded],
    }


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::8", "2001:db8:1:2::"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_the_network_of_one_customer(host: str, client: str) -> None:
    assert client_of(scope(host)) == client
    assert client_of({"type": "http", "headers": [], "client": None}) == ""


def test_an_address_that_a_header_claims_is_believed_only_if_a_setting_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(PROXY, raising=False)
    assert client_of(scope("198.51.100.1", "198.51.100.1")) == THIS_MACHINE
    assert client_of(scope("198.51.100.1", "203.0.113.9, 198.51.100.1:443", "127.0.0.1")) == THIS_MACHINE
    assert client_of(scope("192.0.2.7", "198.51.100.1")) == "192.0.2.7"
    monkeypatch.setenv(PROXY, "127.0.0.1")
    assert client_of(scope("198.51.100.1", "198.51.100.1")) == "198.51.100.1"


def test_a_client_is_charged_for_what_it_took_even_if_that_is_more_than_it_had_left() -> None:
    clients = Clients(RateLimitItemPerMinute(1000))
    clients.charge("a", 600)
    clients.check("a")
    clients.charge("a", 5000)
    with pytest.raises(HTTPException) as refused:
        clients.check("a")
    assert refused.value.status_code == 429
    assert int((refused.value.headers or {})["Retry-After"]) >= 1
    clients.check("b")


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work waits for it; it opens at the end at the latest."""
    event = threading.Event()
    yield event
    event.set()


async def status(work: Callable[[], Any]) -> int:
    try:
        await work()
    except HTTPException as error:
        return error.status_code
    return 200


def test_what_finds_no_place_in_the_queue_is_sent_away_at_once(gate: threading.Event) -> None:
    pool = Pool("tests", threads=1, queue=2)

    async def asked() -> list[int]:
        running = [asyncio.create_task(status(lambda: pool.run("a", gate.wait))) for _ in range(3)]
        await asyncio.sleep(0.05)
        refused = await status(lambda: pool.run("b", gate.wait))
        gate.set()
        return [*await asyncio.gather(*running), refused, await status(lambda: pool.run("b", gate.wait))]

    assert asyncio.run(asked()) == [200, 200, 200, 503, 200]


def test_work_that_nobody_waits_for_keeps_its_thread_until_it_ends(gate: threading.Event) -> None:
    pool = Pool("tests", threads=1, queue=0, longest=0.05)

    async def asked() -> list[int]:
        late = await status(lambda: pool.run("a", gate.wait))
        meanwhile = await status(lambda: pool.run("a", gate.wait))
        gate.set()
        await asyncio.sleep(0.05)
        return [late, meanwhile, await status(lambda: pool.run("a", gate.wait))]

    assert asyncio.run(asked()) == [503, 503, 200]


def test_what_waits_in_vain_is_never_begun(gate: threading.Event) -> None:
    pool, begun = Pool("tests", threads=1, queue=1, longest=0.05), []

    async def asked() -> list[int]:
        first = asyncio.create_task(status(lambda: pool.run("a", gate.wait)))
        await asyncio.sleep(0.01)
        second = await status(lambda: pool.run("b", lambda: begun.append(1)))
        gate.set()
        return [await first, second]

    assert asyncio.run(asked()) == [503, 503]
    assert begun == []


def test_the_cost_of_work_counts_and_not_its_number() -> None:
    pool = Pool("tests", threads=1, queue=5, share=RateLimitItemPerMinute(400))

    async def asked() -> list[int]:
        cheap = [await status(lambda: pool.run("a", int)) for _ in range(40)]
        dear = [await status(lambda: pool.run("b", lambda: time.sleep(0.25))) for _ in range(3)]
        return [*set(cheap), *dear]

    assert asyncio.run(asked()) == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("pool", "path"),
    [(EXPORTS, "/export/view.toml"), (EXPORTS, "/export/domains.csv"), (EXPORTS, "/qr.svg"), (EXPORTS, "/preview.png"),
     (BOARDS, "/board/domains"), (BOARDS, "/s/x")],
)  # fmt: skip
def test_every_route_that_works_is_counted(pool: Pool, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spent = Clients(RateLimitItemPerMinute(1), "This address took more than 0 seconds of the server's work")
    spent.charge("testclient", 1)
    monkeypatch.setattr(pool, "_clients", spent)
    answer = TestClient(Starlette(routes=routes.routes())).get(path)
    assert (answer.status_code, answer.text.split(";")[0]) == (
        429,
        "This address took more than 0 seconds of the server's work",
    )


def test_the_page_comes_without_its_preview_where_the_server_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BOARDS, "_places", threading.BoundedSemaphore(1))
    page = Route("/", lambda _request: HTMLResponse("<head></head>"))
    client = TestClient(Starlette(routes=[page], middleware=routes.middleware()))
    assert "og:title" in client.get("/").text
    with BOARDS._places:
        answer = client.get("/")
    assert answer.status_code == 200
    assert "og:title" not in answer.text
    assert "og:site_name" not in answer.text
    assert 'name="description"' in answer.text


def test_the_pages_runs_go_on_while_the_credit_of_levers_is_worked_out() -> None:
    asked = single.read(single.query_of("preset=status-quo&pressure_russia=77&nato=31")).asked
    with cache.one_long_at_a_time:
        thread = threading.Thread(target=cache.credits_at, args=(cache.run_key(asked),))
        thread.start()
        time.sleep(0.05)
        other = cache.cards(cache.run_key(Asked(load_scenario("opening-hand"), seed=99)))
        assert thread.is_alive()
    thread.join()
    assert other


def test_a_server_without_a_file_descriptor_says_so() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        found = health.fault()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert found == "The server has no file descriptor left."
    assert health.fault() == ""


def test_a_server_without_a_thread_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(Starlette(routes=routes.routes()))
    assert client.get("/healthz").json()["status"] == "ok"

    def no_thread(_self: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    found = health.fault()
    monkeypatch.undo()
    assert found == "The server has no thread left."
    monkeypatch.setattr(health, "fault", lambda: found)
    for path in ("/healthz", "/api/v1/healthz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (503, {"error": found, "faults": []})


def test_the_limits_are_those_that_the_readme_names() -> None:
    assert (limits.BOARDS.longest, limits.EXPORTS.longest) == (20, 60)

"""Scripts travel packed, Streamlit's too, and everything else as it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.server import packing
from ui.server.packed import Packed

SCRIPT = b"const x = 1\n" * 1000


def answer(request: Request) -> Response:
    kind, length = request.query_params["kind"], int(request.query_params.get("length", len(SCRIPT)))
    return Response(SCRIPT[:length], int(request.query_params.get("status", 200)), media_type=kind)


@pytest.fixture(scope="module")
def client() -> TestClient:
    routes = [Route(path, answer) for path in ("/static/js/{name}", "/other.js")]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Packed)]))


@pytest.mark.parametrize(
    ("accepts", "packing"),
    [("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("Br;q=1.0, gzip;q=0.5", "br"), ("gzip, brotli", "gzip")],
)
def test_a_script_comes_packed_and_whole(client: TestClient, accepts: str, packing: str) -> None:
    got = client.get("/static/js/index.js?kind=text/javascript", headers={"Accept-Encoding": accepts})
    assert got.headers["content-encoding"] == packing
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


# -- Brotli at its best -------------------------------------------------------------------------------------------

WORDS = " ".join(f"word{i * i % 977}" for i in range(4000)).encode()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder, and a server that has packed nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(packing, "_smallest", {})
    yield tmp_path
    for _ in range(200):  # its thread may be at work still
        if packing._waiting.empty():
            return
        time.sleep(0.05)


def kept_in(cache: Path) -> Path:
    """What the thread keeps, as soon as it does."""
    for _ in range(200):
        if found := list(cache.rglob("*.br")):
            return found[0]
        time.sleep(0.05)
    raise AssertionError("nothing was kept within 10 s")


def test_a_script_comes_at_once_and_in_fewer_bytes_once_there_was_time(cache: Path) -> None:
    first = packing.packed(WORDS, "br")
    assert first == brotli.compress(WORDS, quality=packing.QUICK, lgwin=packing.WINDOW)
    kept = kept_in(cache)
    assert packing.packed(WORDS, "br") == kept.read_bytes()
    assert len(kept.read_bytes()) < len(first)
    assert brotli.decompress(kept.read_bytes()) == WORDS
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_the_next_start_of_the_server_sends_what_was_kept_at_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packing.packed(WORDS, "br")
    kept = kept_in(cache).read_bytes()
    monkeypatch.setattr(packing, "_smallest", {})
    assert packing.packed(WORDS, "br") == kept


@pytest.mark.parametrize("spoiled", [b"", b"not packed", brotli.compress(b"another script")])
def test_what_was_spoiled_in_the_folder_is_not_sent(
    cache: Path, spoiled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    packing.packed(WORDS, "br")
    kept_in(cache).write_bytes(spoiled)
    monkeypatch.setattr(packing, "_smallest", {})
    assert brotli.decompress(packing.packed(WORDS, "br")) == WORDS


def test_without_a_folder_that_can_be_written_scripts_come_all_the_same(cache: Path) -> None:
    (cache / packing.FOLDER).write_text("a file where the folder would be")
    first = packing.packed(WORDS, "br")
    for _ in range(200):
        if packing.packed(WORDS, "br") != first:
            break
        time.sleep(0.05)
    assert len(packing.packed(WORDS, "br")) < len(first)

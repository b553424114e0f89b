"""A real server against what one stranger can do: uploads, handshakes, forged addresses. And what its probes hear."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from model.assumptions.worldview import worldview_file
from tests.browser.harness import ROOT
from ui.links.addresses import URL
from ui.server.limits import PROXY

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="memory and descriptors are read from /proc")
TOLD = tuple[int, str]
FEW = 256  # descriptors of a small server


class Server:
    """A server on a port of this machine and its process."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port = process, port

    def connected(self) -> closing[http.client.HTTPConnection]:
        """A connection that is closed in the end."""
        return closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30))

    def ask(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> TOLD:
        """The status and the text of an answer."""
        with self.connected() as connection:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")

    def shakes_hands(self) -> bool:
        """Whether a connection is let in; it is closed at once."""
        try:
            with connect(f"ws://127.0.0.1:{self.port}/_stcore/stream", subprotocols=["streamlit"]):  # type: ignore[list-item]
                return True
        except (WebSocketException, OSError):
            return False

    def descriptors(self) -> int:
        """How many files the process has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))  # noqa: PTH208

    def memory(self) -> float:
        """MB that the process holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def running(*options: str, files: int | None = None, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server with more options, at most so many open files and other environment variables."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    command += ["--server.address=127.0.0.1", "--server.fileWatcherType=none", *options]
    if files:
        command = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=quiet, stderr=quiet, text=True
    )
    server = Server(process, port)
    try:
        for _ in range(300):
            try:
                server.ask("/")
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                time.sleep(0.2)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/healthz", "/openapi.json", "/api/v1/openapi.json"])
def test_probes_and_tools_hear_json_before_any_page_was_opened(server: Server, path: str) -> None:
    status, text = server.ask(path)
    assert status == 200
    assert json.loads(text).keys() >= ({"status", "version"} if "healthz" in path else {"openapi", "paths"})


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/run", "/api/v1/nope", "/api/v1/run/", "/healthz/x?y"])
def test_an_unknown_path_below_the_api_is_json(server: Server, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        status, text = server.ask(path, method)
        if path.startswith("/api"):
            assert status == 404
            assert json.loads(text)["error"].startswith("There is nothing at “")
        else:
            assert status in (200, 404, 405)  # a page's, as any other path


def test_other_methods_of_a_probe_are_refused_in_json(server: Server) -> None:
    status, text = server.ask("/healthz", "POST")
    assert (status, json.loads(text)["error"]) == (
        405,
        "The method “POST” is not allowed; allowed: GET, HEAD, OPTIONS.",
    )


def test_a_host_of_6000_characters_costs_nothing(server: Server) -> None:
    begun = time.process_time()
    status, text = server.ask("/preview.png", headers={"Host": "x" * 6000})
    assert status == 400
    assert text.startswith("The Host header is “xxx")
    assert time.process_time() - begun < 1


def test_a_forged_address_does_not_switch_the_limit_off(server: Server) -> None:
    asked = [server.ask("/api/v1/levers", headers={"X-Forwarded-For": f"203.0.113.{i}"})[0] for i in range(80)]
    assert 429 in asked


def session_of(connection: object) -> str:
    """The name of the session that a connection has, as its page hears it."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    connection.send(message.SerializeToString())  # type: ignore[attr-defined]
    while True:
        told = ForwardMsg()
        told.ParseFromString(connection.recv(timeout=60))  # type: ignore[attr-defined]
        if told.WhichOneof("type") == "new_session":
            return told.new_session.initialize.session_id


def test_uploads_beyond_the_limit_are_refused_and_not_kept(server: Server) -> None:
    with server.connected() as host:
        host.request("GET", "/_stcore/health")
        token = host.getresponse().headers["set-cookie"].partition("=")[2].partition(";")[0]
    head = {"Content-Type": "multipart/form-data; boundary=B", "X-Xsrftoken": token}
    head["Cookie"] = f"_streamlit_xsrf={token}"
    frame = b'--B\r\nContent-Disposition: form-data; name="f"; filename="a.toml"\r\n\r\n%b\r\n--B--\r\n'

    def upload(session: str, file: int, size: int, *, chunked: bool = False) -> int:
        body = frame % (b"x" * size)
        parts = (body[i : i + 65536] for i in range(0, len(body), 65536)) if chunked else body
        with server.connected() as connection:
            with suppress(OSError):  # it hung up before all was sent, with an answer
                path = f"/_stcore/upload_file/{session}/{file}"
                connection.request("PUT", path, parts, head, encode_chunked=chunked)
            return connection.getresponse().status

    with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as page:  # type: ignore[list-item]
        session = session_of(page)
        before = server.memory()
        assert [upload(session, i, 20_000_000) for i in range(5)] == [413] * 5
        assert upload(session, 6, 20_000_000, chunked=True) == 411
        assert [upload(session, 10 + i, 900_000) for i in range(5)] == [204, 204, 413, 413, 413]
        assert server.memory() - before < 60
    assert server.ask("/healthz")[0] == 200


def test_a_worldview_beyond_the_limit_is_refused_and_not_read(server: Server) -> None:
    def sent(size: int, *, chunked: bool) -> TOLD:
        body = worldview_file("op-ed").encode() + b"#" * size
        parts = (body[i : i + 65536] for i in range(0, len(body), 65536)) if chunked else body
        with server.connected() as connection:
            with suppress(OSError):  # it hung up before all was sent, with an answer
                path, head = "/api/v1/run?members=10&worldview=edited", {"Content-Type": "text/plain"}
                connection.request("POST", path, parts, head, encode_chunked=chunked)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    while server.ask("/api/v1/levers")[0] == 429:  # other tests ask from this address too
        time.sleep(0.5)
    time.sleep(2)
    for chunked in (False, True):
        assert sent(190_000, chunked=chunked) == sent(0, chunked=chunked)
        assert sent(0, chunked=chunked)[0] == 200
    before = server.memory()
    for chunked in (False, True):
        for _ in range(4):
            status, text = sent(40_000_000, chunked=chunked)
            assert (status, json.loads(text)["error"]) == (413, "A worldview may have at most 200,000 bytes.")
    assert server.memory() - before < 40


@pytest.fixture(scope="module")
def small() -> Iterator[Server]:
    """A server with few descriptors that forgets soon."""
    with running("--server.disconnectedSessionTTL=2", files=FEW) as started:
        yield started


def test_a_hundred_handshakes_leave_a_small_server_answering_and_it_recovers(small: Server) -> None:
    let_in = sum(small.shakes_hands() for _ in range(100))
    assert 20 < let_in < 100
    assert small.descriptors() < FEW - 40
    for path in ("/healthz", "/", "/api/v1/run?members=10", "/export/domains.csv?preset=giveaway"):
        assert small.ask(path)[0] == 200, path
    deadline = time.monotonic() + 40
    while small.descriptors() > 100 and time.monotonic() < deadline:
        small.shakes_hands()
        time.sleep(0.5)
    assert small.descriptors() < 100
    assert all(small.shakes_hands() for _ in range(10))


def test_a_server_that_has_run_out_of_descriptors_is_not_well(small: Server) -> None:
    with small.connected() as probe, ExitStack() as held:
        probe.request("GET", "/healthz")
        assert probe.getresponse().read().startswith(b"{")
        while small.descriptors() < FEW:
            held.enter_context(socket.create_connection(("127.0.0.1", small.port)))
            time.sleep(0.005)
        probe.request("GET", "/healthz")
        answer = probe.getresponse()
        assert answer.status == 503
        assert json.loads(answer.read())["error"] == "The server has no file descriptor left."
    time.sleep(0.5)
    assert small.ask("/healthz")[0] == 200


def test_below_a_path_and_behind_a_proxy_that_is_named() -> None:
    options, env = ["--server.baseUrlPath=triangle"], {PROXY: "127.0.0.1", URL: "https://think.example/t"}
    with running(*options, env=env) as proxied:
        assert json.loads(proxied.ask("/triangle/healthz")[1])["status"] == "ok"
        assert json.loads(proxied.ask("/triangle/openapi.json")[1])["servers"] == [{"url": "/triangle"}]
        assert proxied.ask("/healthz")[0] == 404
        assert proxied.ask("/triangle/api/v3")[0] == 404
        page = proxied.ask("/triangle/?preset=giveaway", headers={"Host": "evil.example"})[1]
        assert 'content="https://think.example/t/preview.png?preset=giveaway"' in page
        assert "evil.example" not in page
        forwarded = [{"X-Forwarded-For": f"203.0.113.{i}"} for i in range(60)]
        assert {proxied.ask("/triangle/api/v1/levers", headers=one)[0] for one in forwarded} == {200}


def test_an_address_that_is_none_ends_the_start_with_one_sentence() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port=0", "--server.headless=true"]
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, URL: "example"}, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    assert f"{URL} is “example”, but it must be the address of the page" in ended.stderr
    assert "Traceback" not in ended.stderr

"""A real Chromium and a real server for browser tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NO_BROWSER = (
    "No Chromium or Chrome was found for the browser tests. Install one (on Debian and Ubuntu: apt-get install "
    "chromium), or name it in the environment variable CHROMIUM."
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The path of the system's Chromium or Chrome.

    Raises:
        RuntimeError: there is none; the message says what to install.
    """
    named = os.environ.get("CHROMIUM")
    found = named if named and Path(named).exists() else next(filter(None, map(shutil.which, BROWSERS)), None)
    for place in ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",):
        found = found or (place if Path(place).exists() else None)
    if not found:
        raise RuntimeError(NO_BROWSER)
    return found


def launch(playwright: Playwright) -> Browser:
    """A headless browser."""
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def start(port: int, script: Path = ROOT / "app.py", cwd: Path = ROOT, *options: str) -> subprocess.Popen[bytes]:
    """A script served by Streamlit on a port of this machine, once it answers.

    Raises:
        RuntimeError: it stopped, or did not answer within a minute.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none", *options]
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(240):
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return process
        except (URLError, OSError):
            if process.poll() is not None:
                raise RuntimeError(f"Streamlit stopped with exit code {process.returncode}.") from None
            time.sleep(0.25)
    process.kill()
    raise RuntimeError("Streamlit did not answer within a minute.")


@contextmanager
def served(script: Path = ROOT / "app.py", cwd: Path = ROOT, *options: str) -> Iterator[str]:
    """The address of a script served by Streamlit on a free port of this machine."""
    port = free_port()
    process = start(port, script, cwd, *options)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


class Line:
    """A line to a port of this machine that can be cut, as a laptop's is when it sleeps."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._ends: set[socket.socket] = set()
        self._whole = True
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._ear.getsockname()[1]}"
        self._listening = Thread(target=self._listen, daemon=True)
        self._listening.start()

    def cut(self) -> None:
        """End every connection and refuse new ones."""
        self._whole = False
        for end in tuple(self._ends):
            _hang_up(end)

    def mend(self) -> None:
        """Take connections again."""
        self._whole = True

    def close(self) -> None:
        """End it for good."""
        self.cut()
        _hang_up(self._ear)
        self._listening.join(5)
        self._ear.close()

    def _listen(self) -> None:
        with suppress(OSError):  # the ear was closed
            while True:
                near, _ = self._ear.accept()
                Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        """Carry both ways until one end is gone, or the line is cut."""
        with near, suppress(OSError), socket.create_connection(self._to) as far:
            if not self._whole:
                return
            self._ends |= {near, far}
            back = Thread(target=_carry, args=(far, near), daemon=True)
            back.start()
            _carry(near, far)
            back.join()
            self._ends -= {near, far}


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        _hang_up(end)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)

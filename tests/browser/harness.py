"""A real Chromium and a real server for browser tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NO_BROWSER = (
    "No Chromium or Chrome was found for the browser tests. Install one (on Debian and Ubuntu: apt-get install "
    "chromium), or name it in the environment variable CHROMIUM."
)
NO_TOUR = "try { localStorage.setItem('strategic-triangle-tour', 'shown') } catch {}"  # this browser has been here
FIRST_VISIT = "/* nothing is stored */"
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


@contextmanager
def served(script: Path = ROOT / "app.py", cwd: Path = ROOT) -> Iterator[str]:
    """The address of a script served by Streamlit on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none"]
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                with urlopen(f"{address}/_stcore/health", timeout=1):
                    break
            except (URLError, OSError):
                if process.poll() is not None:
                    raise RuntimeError(f"Streamlit stopped with exit code {process.returncode}.") from None
                time.sleep(0.25)
        else:
            raise RuntimeError("Streamlit did not answer within a minute.")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)

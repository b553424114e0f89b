"""What one lever change costs the server: processor time of all threads, and bytes; beside a minimal Streamlit app.

Linux only: processor time is read from /proc.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, WebSocket, sync_playwright

from tests.browser.harness import ROOT, free_port, launch, start

FLOOR = Path(__file__).parent / "floor.py"
PAUSE = 700  # milliseconds between two presses: the page comes to rest
WARM = 4  # presses before counting
QUIET = "--runner.postScriptGC=false"  # as on our page: no collection after runs


@dataclass(frozen=True)
class Cost:
    """Of one lever change: milliseconds of the processor, bytes of the run at rest and of the board that moves."""

    milliseconds: float
    run: float
    board: float


def milliseconds_of(process: int) -> float:
    """Processor time that a process has used in all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def lever_change(presses: int, asked: str) -> tuple[Cost, Cost]:
    """The cost of a lever change on our page and of a slider's on the minimal app, in one run and in turn.

    `asked` is the query with which our page is opened.
    """
    with ExitStack() as stack, sync_playwright() as playwright:
        empty = stack.enter_context(tempfile.TemporaryDirectory())
        servers = []
        for script, folder, query in ((ROOT / "app.py", ROOT, f"?{asked}"), (FLOOR, Path(empty), "")):
            port = free_port()
            process = start(port, script, folder, QUIET)
            stack.callback(process.wait, timeout=20)
            stack.callback(process.terminate)
            servers.append((process, f"http://127.0.0.1:{port}/{query}"))
        browser = launch(playwright)
        ours, floor = (_Pressed(browser, process, address) for process, address in servers)
        for _ in range(2):
            ours.press(presses // 2)
            floor.press(presses // 2)
        browser.close()
        return ours.cost(), floor.cost()


class _Pressed:
    """A page whose first slider is pressed, with what it had its server do."""

    def __init__(self, browser: Browser, process: subprocess.Popen[bytes], address: str) -> None:
        self._process = process.pid
        self._spent: list[float] = []
        self._runs: list[int] = []
        self._boards: list[int] = []
        self._run = 0
        self._page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
        self._page.on("websocket", self._listen)
        self._page.on("response", self._read)
        self._page.goto(address)
        self._page.wait_for_selector(".js-plotly-plot .main-svg")
        self._page.wait_for_timeout(2500)
        self._page.get_by_role("slider").first.focus()
        for _ in range(WARM):
            self._page.keyboard.press("ArrowRight")
            self._page.wait_for_timeout(PAUSE)
        self._runs.clear()
        self._boards.clear()

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._hear)

    def _hear(self, frame: str | bytes) -> None:
        self._run += len(frame)

    def _read(self, response: Response) -> None:
        if "/board/" in response.url:
            self._boards.append(int(response.headers.get("content-length", 0)))

    def press(self, times: int) -> None:
        """Press the right arrow so many times, with rests; what the server does at rest is taken off."""
        self._page.bring_to_front()
        idle = self._spending(lambda: self._page.wait_for_timeout(4000))
        for _ in range(times):
            self._run = 0
            begun = time.perf_counter()
            spent = self._spending(self._press)
            self._spent.append(spent - idle / 4 * (time.perf_counter() - begun))
            self._runs.append(self._run)

    def _press(self) -> None:
        self._page.keyboard.press("ArrowRight")
        self._page.wait_for_timeout(PAUSE)

    def _spending(self, work: Callable[[], None]) -> float:
        before = milliseconds_of(self._process)
        work()
        return milliseconds_of(self._process) - before

    def cost(self) -> Cost:
        """The cost of a press; the clock of a process ticks every 10 ms, so time is the mean of all presses."""
        boards = statistics.median(self._boards) if self._boards else 0
        return Cost(statistics.mean(self._spent), statistics.median(self._runs), boards)

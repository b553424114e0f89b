"""Many sessions at once, over real WebSockets on this machine: each moves a lever about once a second.

    python -m tests.benchmarks.load --sessions 30 --seconds 30
    python -m tests.benchmarks.load --sessions 100 --processes 2

A change is what a page does: it asks for the board that follows the thumb, then for the run at rest. The clients share
the processors with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from urllib.error import URLError
from urllib.request import urlopen

import httpx2 as httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.harness import ROOT, free_port, start

LEVERS = ("nato", "caatsa", "g8", "mil", "ukraine")


@dataclass
class Seen:
    """Seconds that each board and each run at rest took, and what went wrong."""

    boards: list[float] = field(default_factory=list)
    runs: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


async def run_page(page: ClientConnection, query: str) -> None:
    """Ask for a run of the page and wait until it has ended."""
    message = BackMsg()
    message.rerun_script.query_string = query
    await page.send(message.SerializeToString())
    while True:
        told = ForwardMsg()
        told.ParseFromString(await page.recv(decode=False))
        if told.WhichOneof("type") == "script_finished":
            return


async def session(address: str, until: float, seen: Seen, seed: int, http: httpx.AsyncClient) -> None:
    """One reader, who moves a lever about once a second."""
    chance = random.Random(seed)
    try:
        await asyncio.sleep(chance.random())
        socket = address.replace("http", "ws") + "/_stcore/stream"
        async with connect(socket, subprotocols=["streamlit"], max_size=None) as page:  # type: ignore[list-item]
            await run_page(page, "preset=opening-hand")
            while time.monotonic() < until:
                begun = time.monotonic()
                lever, value = chance.choice(LEVERS), chance.randint(0, 100)
                board = await http.get(
                    f"{address}/board/worldviews?preset=opening-hand&theme=light&move={lever}:{value}"
                )
                if board.status_code != 200:
                    seen.lost.append(f"board {board.status_code}")
                drawn = time.monotonic()
                await run_page(page, f"preset=opening-hand&{lever}={value}")
                seen.boards.append(drawn - begun)
                seen.runs.append(time.monotonic() - drawn)
                await asyncio.sleep(max(0.0, chance.uniform(0.8, 1.2) - (time.monotonic() - begun)))
    except Exception as error:  # whatever it is, it is a reader who was lost
        seen.lost.append(repr(error))


async def load(address: str, sessions: int, seconds: float) -> Seen:
    """So many sessions for so many seconds."""
    seen, until = Seen(), time.monotonic() + seconds
    limits = httpx.Limits(max_connections=sessions)
    async with httpx.AsyncClient(timeout=60, limits=limits) as http:
        await asyncio.gather(*(session(address, until, seen, seed, http) for seed in range(sessions)))
    return seen


def several(port: int, processes: int) -> subprocess.Popen[bytes]:
    """The app in some processes behind one port."""
    command = [sys.executable, "-m", "uvicorn", "app:app", "--host=127.0.0.1", f"--port={port}"]
    process = subprocess.Popen(
        [*command, f"--workers={processes}", "--log-level=error"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(240):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return process
        except (URLError, OSError):
            time.sleep(0.25)
    process.kill()
    raise RuntimeError("The app did not answer within a minute.")


def main() -> None:
    """Print how long boards and runs took."""
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    options.add_argument("--sessions", type=int, default=30)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--processes", type=int, default=1)
    chosen = options.parse_args()
    port = free_port()
    process = several(port, chosen.processes) if chosen.processes > 1 else start(port)
    try:
        seen = asyncio.run(load(f"http://127.0.0.1:{port}", chosen.sessions, chosen.seconds))
    finally:
        process.terminate()
        process.wait(timeout=20)
    print(
        f"{chosen.sessions} sessions, {chosen.processes} process(es), {chosen.seconds:.0f} s: "
        f"{len(seen.runs) / chosen.seconds:.1f} changes a second, {len(seen.lost)} lost {sorted(set(seen.lost))[:5]}"
    )
    for what, times in (("moving board", seen.boards), ("run at rest", seen.runs)):
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=20)
            print(f"{what}: p50 {1000 * cuts[9]:.0f} ms, p95 {1000 * cuts[18]:.0f} ms")


if __name__ == "__main__":
    main()

"""What Lighthouse says of every page, at a desk and on a phone: `python -m tests.browser.lighthouse`.

Lighthouse comes from the npm registry with `npx`, which Node brings, and drives the system's browser. First content is
measured beside that of a minimal Streamlit app with one Plotly chart, in one run because machines differ. The phone
is a slow one on a slow line, which Lighthouse works out from what it saw.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.harness import chromium, served
from ui.told.pages import PAGES

LIGHTHOUSE = "lighthouse@12"
FLOOR = Path(__file__).parents[1] / "benchmarks" / "floor.py"
PROFILES = {"desk": ["--preset=desktop"], "phone": []}
SCORED = ("accessibility", "best-practices", "seo")
ASKED = {"compare": "?with=opening-hand&with=giveaway"}  # what a page is opened with; the others with nothing
NO_NODE = "Lighthouse needs Node with npx (on Debian and Ubuntu: apt-get install npm)."


@dataclass(frozen=True)
class Report:
    """What Lighthouse found on a page: scores of 100, layout shift, seconds to first content, and what costs points."""

    scores: tuple[int, ...]
    shift: float
    content: float
    faults: tuple[str, ...]


def report(address: str, profile: str) -> Report:
    """Open a page in a browser of its own and have Lighthouse look at it, once more where the machine was too busy.

    Raises:
        RuntimeError: Lighthouse or npx stopped twice; what it said stands in the terminal.
    """
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", *PROFILES[profile]]
    command += [f"--only-categories={','.join((*SCORED, 'performance'))}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    found = _looked(command) or _looked(command)
    if not found:
        raise RuntimeError(f"Lighthouse did not come to an end at {address}.")
    audits, categories = found["audits"], found["categories"]
    faults = [
        f"{ref['id']}: {json.dumps(audits[ref['id']].get('details', {}).get('items', []))[:400]}"
        for name in SCORED
        for ref in categories[name]["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] not in (1, None)
    ]
    return Report(
        tuple(round(100 * (categories[name]["score"] or 0)) for name in SCORED),
        audits["cumulative-layout-shift"]["numericValue"],
        audits["first-contentful-paint"]["numericValue"] / 1000,
        tuple(faults),
    )


def _looked(command: Sequence[str]) -> dict[str, Any]:
    """What Lighthouse says as JSON; empty where it stopped."""
    environment = os.environ | {"CHROME_PATH": chromium()}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False)
    found: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    return found


def middle(reports: Sequence[Report]) -> Report:
    """Several reports of one page as one: the lowest scores, the medians, and every fault once."""
    return Report(
        tuple(map(min, zip(*(one.scores for one in reports), strict=True))),
        statistics.median(one.shift for one in reports),
        statistics.median(one.content for one in reports),
        tuple(dict.fromkeys(fault for one in reports for fault in one.faults)),
    )


def main() -> None:
    """Print the table, and below it what keeps a page from 100."""
    options = argparse.ArgumentParser(prog="python -m tests.browser.lighthouse", description=__doc__)
    options.add_argument("--rounds", type=int, default=1, help="how often each page is opened; the medians are printed")
    rounds = options.parse_args().rounds
    if not shutil.which("npx"):
        sys.exit(NO_NODE)
    faults = []
    print("| page | profile | accessibility | best practices | SEO | layout shift | first content, s | minimal app's |")
    print("|---|---|---|---|---|---|---|---|")
    with ExitStack() as stack:
        empty = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours, floor = stack.enter_context(served()), stack.enter_context(served(FLOOR, empty))
        for profile in PROFILES:
            least = middle([report(floor, profile) for _ in range(rounds)]).content
            for page in PAGES:
                address = f"{ours}/{page.path}{ASKED.get(page.path, '')}"
                found = middle([report(address, profile) for _ in range(rounds)])
                scores = " | ".join(map(str, found.scores))
                timed = f"{found.shift:.2f} | {found.content:.1f} | {least:.1f}"
                print(f"| {page.title} | {profile} | {scores} | {timed} |", flush=True)
                faults += [f"{page.title}, {profile}: {fault}" for fault in found.faults]
    print("", *faults, sep="\n")


if __name__ == "__main__":
    main()

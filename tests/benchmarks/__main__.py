"""Three ratios, each taken inside one run because machines differ and drift: `python -m tests.benchmarks`."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import timeit
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from model import load_scenario
from model.policy import policy_of
from model.results import Ensemble, worlds_of
from model.scenario import set_values
from model.simulate import simulate
from model.structure import switches
from tests.browser.harness import launch, served
from ui import cache

FLOOR = Path(__file__).parent / "floor.py"
# The time from a key press to the last change of any chart, plus the frame that paints it.
WATCH = """
() => {
  window.painted = () => new Promise((resolve) => {
    const pressed = performance.now()
    let last = null
    const watch = new MutationObserver((changes) => {
      const chart = (node) => node.closest?.('.js-plotly-plot') || node.querySelector?.('.js-plotly-plot')
      if (changes.some((c) => chart(c.target) || [...c.addedNodes].some(chart))) last = performance.now()
    })
    watch.observe(document.body, { subtree: true, childList: true, attributes: true })
    const settle = () => {
      const now = performance.now()
      if ((last && now - last > 350) || now - pressed > 6000) {
        watch.disconnect()
        resolve(last && last - pressed)
      } else requestAnimationFrame(settle)
    }
    requestAnimationFrame(settle)
  })
}
"""


def fastest(task: Callable[[], object], number: int) -> float:
    """Seconds for one call, the best of several rounds."""
    return min(timeit.repeat(task, number=number, repeat=12)) / number


def lever_change() -> tuple[float, float]:
    """Milliseconds for a lever change (4 worldviews, 1,000 worlds, 10 years) and for np.exp over 240,000 numbers."""
    opening = load_scenario("opening-hand")
    worldviews = tuple(card.worldview for card in cache.cards(cache.position(opening)))
    worlds = worlds_of(Ensemble(worldviews, 1000, 7, switches("base"), 10, ()))
    policies = [policy_of(set_values(opening, {"nato": value})) for value in range(40, 60)]
    turn = iter(policies * 1000)
    numbers = np.random.default_rng(1).standard_normal(240_000)
    pairs = [(fastest(lambda: simulate(worlds, next(turn)), 5), fastest(lambda: np.exp(numbers), 20)) for _ in range(3)]
    return 1e3 * min(a for a, _ in pairs), 1e3 * min(b for _, b in pairs)


def open_page(page: Page, address: str) -> None:
    """Open a page, wait until it is still, and stand on its first slider."""
    page.goto(address)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_timeout(2500)
    page.evaluate(WATCH)
    page.get_by_role("slider").first.focus()


def press(page: Page, key: str) -> float:
    """Milliseconds from a key press to the last chart repainted."""
    page.bring_to_front()
    page.evaluate("() => { window.waiting = window.painted() }")
    page.keyboard.press(key)
    found: float = page.evaluate("() => window.waiting")
    return found


def latency(presses: int) -> tuple[float, float]:
    """Median milliseconds from key press to all charts repainted, page and floor, press by press in turn."""
    ours, floors = [], []
    with (
        tempfile.TemporaryDirectory() as empty,
        served() as page_address,
        served(FLOOR, Path(empty)) as floor_address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        page, floor = (browser.new_page(viewport={"width": 1440, "height": 900}) for _ in range(2))
        open_page(page, f"{page_address}/?preset=opening-hand")
        open_page(floor, floor_address)
        for i in range(presses):
            key = "ArrowRight" if (i // 20) % 2 == 0 else "ArrowLeft"
            ours.append(press(page, key))
            floors.append(press(floor, key))
        browser.close()
    return statistics.median(filter(None, ours)), statistics.median(filter(None, floors))


def cold_start() -> tuple[float, float]:
    """Seconds from starting the server to the first chart, on the page and on the floor."""
    seconds = []
    with tempfile.TemporaryDirectory() as empty, sync_playwright() as playwright:
        for script, cwd in ((None, None), (FLOOR, Path(empty))):
            browser = launch(playwright)
            page = browser.new_page()
            begun = time.perf_counter()
            with served(script, cwd) if script and cwd else served() as address:
                page.goto(address)
                page.wait_for_selector(".js-plotly-plot .main-svg")
                seconds.append(time.perf_counter() - begun)
            browser.close()
    return seconds[0], seconds[1]


def main() -> None:
    """Print the table of the README."""
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    options.add_argument("--presses", type=int, default=40)
    presses = options.parse_args().presses
    rows = [
        ("one lever change / `np.exp` over 240,000 float64, ms", *lever_change()),
        (
            f"key press to all charts repainted, median of {presses} / the minimal app on Streamlit's defaults, ms",
            *latency(presses),
        ),
        ("cold start to first chart / the minimal app, s", *cold_start()),
    ]
    print("| what / against what | ours | theirs | ratio |")
    print("|---|---|---|---|")
    for what, ours, theirs in rows:
        print(f"| {what} | {ours:.3g} | {theirs:.3g} | {ours / theirs:.1f} |")


if __name__ == "__main__":
    main()

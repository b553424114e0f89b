"""Ratios, each taken inside one run because machines differ and drift: `python -m tests.benchmarks`."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import timeit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from model import catalog, load_scenario
from model.assumptions.scenario import set_values
from model.assumptions.switches import switches
from model.engine.policy import policy_of
from model.engine.results import Ensemble, worlds_of
from model.engine.simulate import simulate
from tests.benchmarks import reaction
from tests.browser.harness import launch, served
from ui.exports import brief, tables
from ui.links.asked import Asked
from ui.told import cache

FLOOR = Path(__file__).parent / "floor.py"
# From a key press: the time until all charts were first drawn with the new setting (a board says so; for the floor the
# last change of its one chart), and until the last change of any chart, when the page is at rest.
WATCH = """
() => {
  window.painted = () => new Promise((resolve) => {
    const pressed = performance.now()
    let first = null, last = null
    const watch = new MutationObserver((changes) => {
      const chart = (node) => node.closest?.('.js-plotly-plot') || node.querySelector?.('.js-plotly-plot')
      if (changes.some((c) => c.attributeName === 'data-drawn')) first ??= performance.now()
      if (changes.some((c) => chart(c.target) || [...c.addedNodes].some(chart))) last = performance.now()
    })
    watch.observe(document.body, { subtree: true, childList: true, attributes: true })
    const settle = () => {
      const now = performance.now()
      if ((last && now - last > 350) || now - pressed > 6000) {
        watch.disconnect()
        resolve(last && { first: (first ?? last) - pressed, rest: last - pressed })
      } else requestAnimationFrame(settle)
    }
    requestAnimationFrame(settle)
  })
}
"""
DRAGGED = 4.0  # seconds of each drag
PACKED_AFTER = 30.0  # seconds in which the scripts of a visit are packed at their best


def fastest(task: Callable[[], object], number: int) -> float:
    """Seconds for one call, the best of several rounds."""
    return min(timeit.repeat(task, number=number, repeat=12)) / number


def lever_change() -> tuple[float, float]:
    """Milliseconds for a lever change (4 worldviews, 1,000 worlds, 10 years) and for np.exp over 240,000 numbers."""
    opening = load_scenario("opening-hand")
    worldviews = tuple(card.worldview for card in cache.cards(cache.run_key(Asked(opening))))
    worlds = worlds_of(Ensemble(catalog(), worldviews, 1000, 7, switches("base", catalog()), 10, ()))
    policies = [policy_of(set_values(opening, {"nato": value}), catalog()) for value in range(40, 60)]
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


def press(page: Page, key: str) -> dict[str, float] | None:
    """Milliseconds from a key press to all charts drawn anew, and to the page at rest."""
    page.bring_to_front()
    page.evaluate("() => { window.waiting = window.painted() }")
    page.keyboard.press(key)
    found: dict[str, float] | None = page.evaluate("() => window.waiting")
    return found


@contextmanager
def page_and_floor(asked: str) -> Iterator[tuple[Page, Page]]:
    """Our page with what a query asks, and the minimal app."""
    with (
        tempfile.TemporaryDirectory() as empty,
        served() as page_address,
        served(FLOOR, Path(empty)) as floor_address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        page, floor = (browser.new_page(viewport={"width": 1440, "height": 900}) for _ in range(2))
        open_page(page, f"{page_address}/?{asked}")
        open_page(floor, floor_address)
        yield page, floor
        browser.close()


def latency(page: Page, floor: Page, presses: int) -> tuple[float, float, float]:
    """Median milliseconds from key press to all charts, to our page at rest, and to the floor's; in turn."""
    ours, floors = [], []
    for i in range(presses):
        key = "ArrowRight" if (i // 20) % 2 == 0 else "ArrowLeft"
        ours.append(press(page, key))
        floors.append(press(floor, key))
    found = [one for one in ours if one]
    at_rest = statistics.median(one["rest"] for one in found)
    floor_rest = statistics.median(one["rest"] for one in floors if one)
    return statistics.median(one["first"] for one in found), at_rest, floor_rest


# A drag to and fro by a hundred moves a second, made in the page: a driver outside waits for the answer to each.
DRAG = """
async (range, milliseconds) => {
  const begun = performance.now()
  const send = (type) => range.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: "mouse" }))
  send("pointerdown")
  while (performance.now() - begun < milliseconds) {
    range.value = 50 + 45 * Math.sin((performance.now() - begun) / 500)
    range.dispatchEvent(new Event("input", { bubbles: true }))
    await new Promise((soon) => setTimeout(soon, 10))
  }
  send("pointerup")
}
"""


def drag_rate(page: Page) -> float:
    """Updates of all charts a second while the first lever is dragged to and fro; the median of three drags."""
    page.bring_to_front()
    rates = []
    drawn = "Number(document.querySelector('[data-drawn]').dataset.drawn)"
    for _ in range(3):
        before, begun = page.evaluate(drawn), time.perf_counter()
        page.get_by_role("slider").first.evaluate(DRAG, 1000 * DRAGGED)
        rates.append((page.evaluate(drawn) - before) / (time.perf_counter() - begun))
        page.wait_for_timeout(1500)
    return statistics.median(rates)


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


def first_visit() -> float:
    """Bytes over the wire until Explore is at rest in a browser that was never here, scripts packed at their best."""
    with served() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for rest in (PACKED_AFTER, 0.0):  # the first of them has the server pack what it was not asked for before
            page = browser.new_context().new_page()
            heard: list[float] = []
            network = page.context.new_cdp_session(page)
            network.on("Network.loadingFinished", lambda event, heard=heard: heard.append(event["encodedDataLength"]))
            network.send("Network.enable")
            page.goto(address)
            page.wait_for_selector(".js-plotly-plot .main-svg")
            page.wait_for_timeout(3000)
            page.context.close()
            time.sleep(rest)
        browser.close()
    return sum(heard)


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of one call in this process, all threads."""
    before = time.process_time()
    work()
    return time.process_time() - before


def files() -> dict[str, float]:
    """Processor seconds of what takes longest, all levers moved; no number is worked out before."""
    every = {key: 60 + i for i, key in enumerate(load_scenario("opening-hand").levers)}
    asked = [Asked(set_values(load_scenario("opening-hand"), every | {"nato": value})) for value in (11, 12, 13)]
    address = "https://example.org"
    return {
        "credit of all levers": processor_seconds(lambda: cache.credits_at(cache.run_key(asked[0]))),
        "workbook, its credit too": processor_seconds(lambda: tables.workbook(asked[1], address)),
        "Parquet after it": processor_seconds(lambda: tables.parquet(asked[1], address)),
        "brief, its credit too, pictures apart": processor_seconds(lambda: brief.brief(asked[2], address)),
    }


def main() -> None:
    """Print the tables of tests/README.md."""
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    options.add_argument("--presses", type=int, default=40)
    options.add_argument(
        "--query", default="preset=opening-hand", help="that of the page, for example with a fifth worldview: own=op-ed"
    )
    presses, asked = options.parse_args().presses, options.parse_args().query
    change = lever_change()
    ours, theirs = reaction.lever_change(presses, asked)
    with page_and_floor(asked) as (page, floor):
        charts, rest, floor_rest = latency(page, floor, presses)
        rate = drag_rate(page)
    rows = [
        ("`simulate`, 4 x 1,000 worlds x 10 years / `np.exp` over 240,000 float64, ms", *change),
        (
            "server, a lever change / the minimal app's run, ms of processor",
            ours.milliseconds,
            theirs.milliseconds,
        ),
        ("bytes of the run at rest / 25,000", ours.run, 25_000),
        ("bytes of the board that follows a thumb, packed / 12,000", ours.board, 12_000),
        (f"key press to all charts, median of {presses} / the minimal app on its defaults, ms", charts, floor_rest),
        ("the same, to the page at rest, ms", rest, floor_rest),
        ("chart updates a second while dragging / 12", rate, 12),
        ("cold start to first chart / the minimal app, s", *cold_start()),
        ("bytes of a first visit / 2,300,000", first_visit(), 2_300_000),
    ]
    print("| what / against what | ours | theirs | ratio |")
    print("|---|---|---|---|")
    for what, one, other in rows:
        print(f"| {what} | {one:,.4g} | {other:,.4g} | {one / other:.1f} |")
    print("\n| file | seconds of the processor |")
    print("|---|---|")
    for what, seconds in files().items():
        print(f"| {what} | {seconds:.2f} |")


if __name__ == "__main__":
    main()

"""Whether all that the charts' data hold stands on the screen: in the drawing, in its place, and in the pixels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageColor
from playwright.sync_api import Page

SCRIPT = Path(__file__).with_suffix(".js").read_text()
NOTE_ANSWERS = """(() => {
    const ask = window.fetch
    window.boards = { open: 0, answers: {} }
    window.fetch = async (address, ...rest) => {
        const [, board] = String(address).match(/\\/board\\/(\\w+)/) ?? []
        if (!board) return ask(address, ...rest)
        window.boards.open += 1
        try {
            const response = await ask(address, ...rest)
            if (response.ok) window.boards.answers[board] = await response.clone().json()
            return response
        } finally {
            window.boards.open -= 1
        }
    }
})();
"""  # a script that runs before the page's own: what the server answers, so that charts can be held against it
NEAR = 60  # of 3 x 255: how far a pixel may be from the colour of its dot


def asked(name: str) -> str:
    """One of the script's functions, to be called in a page."""
    return f"() => {{ {SCRIPT} return {name}() }}"


def wait_until_still(page: Page) -> None:
    """No run, no replay, no question to the server, and nothing drawn for a quarter of a second from now on."""
    page.evaluate("window.stillSince = performance.now()")
    page.wait_for_function(asked("still"), timeout=30_000, polling=50)


def expect_all_drawn(page: Page) -> None:
    """All points, lines, areas and labels of the charts are the server's, and stand where Plotly would draw them."""
    faults: list[str] = []
    for _ in range(3):  # the run that a click asks for may begin while the charts are being read
        wait_until_still(page)
        faults = page.evaluate(asked("faults"))
        if not faults:
            return
    raise AssertionError("\n".join(faults)[:3000])


def expect_dots_seen(page: Page, count: int) -> None:
    """The dots and markers of the strip, so many, are on a picture of the page at rest, in their colour."""
    page.mouse.move(0, 0)  # no label of a hovered dot before the others
    for tries_left in (3, 2, 1, 0):
        wait_until_still(page)
        dots: list[dict[str, Any]] = page.evaluate(asked("dots"))
        missing = _not_on_picture(page, dots)
        if not missing and len(dots) == count:
            return
        if tries_left:
            page.wait_for_timeout(1000)
    assert len(dots) == count
    assert not missing, f"{len(missing)} of {len(dots)} dots are not on the picture, such as {missing[0]}"


def _not_on_picture(page: Page, dots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    picture = np.asarray(Image.open(BytesIO(page.screenshot(scale="css"))).convert("RGB"), dtype=int)
    missing = []
    for dot in dots:
        x, y = int(dot["x"]), int(dot["y"])
        far = np.abs(picture[y : y + 2, x : x + 2] - ImageColor.getrgb(dot["colour"])[:3]).sum(axis=-1)
        if far.min() > NEAR:
            missing.append(dot)
    return missing

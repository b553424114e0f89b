"""Pictures of the main screens, and how far a page is from one of them: `python -m tests.browser.screens`.

They are written anew when a change of the look is meant; tests/browser/test_screens.py holds Explore against them. The
picture of the README is one of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.drawn import NOTE_ANSWERS, wait_until_still
from tests.browser.harness import ROOT, launch, served

FOLDER = ROOT / ".github" / "screens"
README_PICTURE = ROOT / ".github" / "explore.png"
HAND = "preset=opening-hand"
DESK, PHONE, PROJECTOR = (1440, 900), (390, 844), (1024, 768)
COLOURS = 220  # of a palette, so that a picture takes a third of its bytes
COARSE = 4  # pixels that are looked at as one, so that the edges of letters do not count
APART = 40  # of 255: how far two of them must be from each other to count
AT_REST = 1200  # milliseconds after which the column beside the levers has come


@dataclass(frozen=True)
class Screen:
    """A page as it is pictured: its address, its window, its theme, and the keys pressed first."""

    query: str = HAND
    path: str = "/"
    window: tuple[int, int] = DESK
    dark: bool = False
    keys: Sequence[str] = ()
    tab: str = ""

    def show(self, page: Page) -> None:
        """What is done on the page that is open before it is pictured."""
        wait_until_still(page)
        for key in self.keys:
            page.keyboard.press(key)
            wait_until_still(page)
        if self.tab:
            page.locator(f'.phone-tabs input[value="{self.tab}"]').check(force=True)
        page.evaluate("document.fonts.ready")
        page.mouse.move(0, 0)
        page.wait_for_timeout(AT_REST)
        wait_until_still(page)


SCREENS = {
    "explore": Screen(),
    "explore-dark": Screen(dark=True),
    "explore-neutral": Screen("preset=status-quo"),
    "explore-section": Screen(f"{HAND}&open=domains"),
    "phone-levers": Screen(window=PHONE),
    "phone-time": Screen(window=PHONE, tab="time"),
    "compare": Screen("with=opening-hand&with=squeeze-both&with=giveaway", "/compare"),
    "present-drift": Screen(path="/present", window=PROJECTOR, keys=["ArrowRight"]),
    "present-package": Screen(path="/present", window=PROJECTOR, keys=["ArrowRight"] * 2),
    "assumptions": Screen("", "/assumptions"),
}


def pictured(page: Page) -> Image.Image:
    """The window of a page."""
    return Image.open(BytesIO(page.screenshot(scale="css"))).convert("RGB")


def difference(now: Image.Image, then: Image.Image) -> float:
    """The part of two pictures, 0 to 1, in which they are not alike; 1 where they are not of one size."""
    if now.size != then.size:
        return 1.0
    small = (now.width // COARSE, now.height // COARSE)
    one, other = (
        np.asarray(
            each.convert("RGB").filter(ImageFilter.GaussianBlur(1)).resize(small, Image.Resampling.BOX), dtype=int
        )
        for each in (now, then)
    )
    return float((np.abs(one - other).max(axis=-1) > APART).mean())


def take(browser: Browser, address: str, screen: Screen) -> Image.Image:
    """Open a screen in a browser of its own and picture it."""
    phone = screen.window == PHONE
    context = browser.new_context(
        viewport=ViewportSize(width=screen.window[0], height=screen.window[1]),
        color_scheme="dark" if screen.dark else "light",
        reduced_motion="reduce",
        has_touch=phone,
        is_mobile=phone,
    )
    try:
        page = context.new_page()
        page.add_init_script(NOTE_ANSWERS)
        page.goto(f"{address}{screen.path}?{screen.query}")
        if screen.path != "/assumptions":
            page.wait_for_selector("[data-drawn]", state="attached", timeout=60_000)
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
        screen.show(page)
        return pictured(page)
    finally:
        context.close()


def write(picture: Image.Image, file: Path) -> None:
    """Save a picture with few colours."""
    file.parent.mkdir(exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def main(names: Sequence[str], say: Callable[[str], None] = print) -> None:
    """Picture screens, all where none is named, and the README's with Explore."""
    with served() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names or SCREENS:
            picture = take(browser, address, SCREENS[name])
            write(picture, FOLDER / f"{name}.png")
            if name == "explore":
                write(picture, README_PICTURE)
            say(f"{name}: {(FOLDER / f'{name}.png').stat().st_size / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screens", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(SCREENS)}; all where none is named")
    asked = parser.parse_args().names
    if unknown := [name for name in asked if name not in SCREENS]:
        parser.error(f"there is no screen “{unknown[0]}”; there are {', '.join(SCREENS)}")
    main(asked)

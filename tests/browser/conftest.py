"""One server and one browser for all browser tests; a fresh page, watched for errors, for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.harness import FLAGS, NO_TOUR, chromium, launch, served

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)
expect.set_options(timeout=20_000)  # a busy machine is no failure
Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    try:
        chromium()
    except RuntimeError as missing:
        pytest.fail(str(missing), pytrace=False)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def visited(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[bool], BrowserContext]]:
    """A browser for desks and one for phones that keep the page's scripts compiled: it opens in half the time."""
    kept: dict[bool, BrowserContext] = {}

    def context(phone: bool) -> BrowserContext:
        if phone not in kept:
            kept[phone] = playwright.chromium.launch_persistent_context(
                tmp_path_factory.mktemp("browser"),
                executable_path=chromium(),
                args=FLAGS,
                has_touch=phone,
                is_mobile=phone,
                permissions=["clipboard-read", "clipboard-write"],
            )
        return kept[phone]

    yield context
    for each in kept.values():
        each.close()


@pytest.fixture
def open_page(visited: Callable[[bool], BrowserContext], address: str) -> Iterator[Opener]:
    """Opens a page of the app and waits for its charts; at the end no page may have written an error.

    `before` is a script that runs before the page's own; FIRST_VISIT for a browser that was never here.

    Streamlit asks for two files of its own below the path of a page before it asks for them at the root.
    """
    pages: list[Page] = []
    errors: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type == "error" and "_stcore" not in message.location["url"]:
            errors.append(message.text)

    def opener(
        query: str = "",
        path: str = "/",
        *,
        phone: bool = False,
        dark: bool = False,
        calm: bool = False,
        screen: ViewportSize | None = None,
        before: str = NO_TOUR,
    ) -> Page:
        page = visited(phone).new_page()
        pages.append(page)
        page.set_viewport_size(screen or (PHONE if phone else DESKTOP))
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce" if calm else None)
        page.add_init_script(before)
        page.on("console", told)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}{path}?{query}")
        if "predict=first" not in query and path != "/assumptions":
            page.wait_for_selector(".board[data-drawn]", timeout=30_000)
        return page

    yield opener
    for page in pages:
        page.evaluate("try { localStorage.clear() } catch {}")
        page.close()
    assert errors == []

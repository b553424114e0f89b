"""One server and two browsers, of a desk and of a phone, for all browser tests, and pages that are watched for errors.

Opening a page is what takes the time: a test opens one where that is what it is about, or where it needs a browser
that has no past, and turns a page that is open to a link in a quarter of the time where it can begin anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.drawn import NOTE_ANSWERS, wait_until_still
from tests.browser.harness import FLAGS, chromium, served

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)
expect.set_options(timeout=20_000)  # a busy machine is no failure
Opener = Callable[..., Page]
Kept = dict[tuple[str, bool], tuple[Page, list[str]]]  # by path and whether on a phone: a page, its errors
FOLLOW = """link => {
    history.pushState(null, "", link)
    dispatchEvent(new PopStateEvent("popstate"))
}"""
FIRST_TAB = "tab => document.querySelector(`.phone-tabs input[value=${tab}]`)?.click()"
FOLLOWED = "new URLSearchParams(location.search).has('result')"  # which the server writes and our links have not


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
def visited(
    playwright: Playwright, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[bool], BrowserContext]]:
    """A browser for desks and one for phones that keep the page's scripts compiled: it opens in half the time.

    All pages of ours share one process, and a small one that stays keeps it, so that none has to begin a new one.
    """
    kept: dict[bool, BrowserContext] = {}

    def context(phone: bool) -> BrowserContext:
        if phone not in kept:
            kept[phone] = playwright.chromium.launch_persistent_context(
                tmp_path_factory.mktemp("browser"),
                executable_path=chromium(),
                args=[*FLAGS, "--process-per-site"],
                has_touch=phone,
                is_mobile=phone,
                permissions=["clipboard-read", "clipboard-write"],
            )
            kept[phone].pages[0].goto(f"{address}/_stcore/health")
        return kept[phone]

    yield context
    for each in kept.values():
        each.close()


def watch(page: Page, errors: list[str]) -> None:
    """Note all that a page calls an error.

    Streamlit asks for two files of its own below the path of a page before it asks for them at the root.
    """

    def told(message: ConsoleMessage) -> None:
        if message.type == "error" and "_stcore" not in message.location["url"]:
            errors.append(message.text)

    page.on("console", told)
    page.on("pageerror", lambda error: errors.append(str(error)))


@pytest.fixture
def open_page(visited: Callable[[bool], BrowserContext], address: str) -> Iterator[Opener]:
    """Opens a page of the app and waits for its charts; at the end no page may have written an error.

    `before` is a script that runs before the page's own.
    """
    pages: list[Page] = []
    errors: list[str] = []

    def opener(
        query: str = "",
        path: str = "/",
        *,
        phone: bool = False,
        dark: bool = False,
        calm: bool = False,
        screen: ViewportSize | None = None,
        before: str = "",
    ) -> Page:
        page = visited(phone).new_page()
        pages.append(page)
        page.set_viewport_size(screen or (PHONE if phone else DESKTOP))
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce" if calm else None)
        page.add_init_script(NOTE_ANSWERS + before)
        watch(page, errors)
        page.goto(f"{address}{path}?{query}")
        if "predict=first" not in query and path not in ("/assumptions", "/argument"):
            page.wait_for_selector("[data-drawn]", state="attached", timeout=30_000)
        return page

    yield opener
    for page in pages:
        page.evaluate("try { localStorage.clear() } catch {}")
        page.close()
    assert errors == []


@pytest.fixture(scope="session")
def kept() -> Iterator[Kept]:
    """The pages that stay open from test to test."""
    pages: Kept = {}
    yield pages
    for page, _ in pages.values():
        page.close()


@pytest.fixture
def turn_to(
    visited: Callable[[bool], BrowserContext], address: str, kept: Kept, request: pytest.FixtureRequest
) -> Iterator[Opener]:
    """Takes the page that stays open to a link, as the browser's own buttons do, and waits until it is at rest.

    It is for links with results. What was undone, what the panel has open and how wide the axes are is as the test
    before left it; a test that fails, or that leaves the path, leaves the next one a new page.
    """
    failed = request.session.testsfailed

    def turner(query: str, path: str = "/", *, phone: bool = False, screen: ViewportSize | None = None) -> Page:
        screen = screen or (PHONE if phone else DESKTOP)
        page, errors = kept.get((path, phone), (None, []))
        if page and urlsplit(page.url).path != path:
            page.close()
            page = None
        if not page:
            page = visited(phone).new_page()
            kept[path, phone] = page, errors
            page.add_init_script(NOTE_ANSWERS)
            watch(page, errors)
            page.set_viewport_size(screen)
            page.goto(f"{address}{path}?{query}")
        else:
            page.bring_to_front()  # another page was opened since, and what lies behind is refused the full screen
            page.set_viewport_size(screen)
            dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
            page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
            if dark:  # the run that a change of theme causes does not read the address
                wait_until_still(page)
            page.evaluate(FOLLOW, f"{path}?{query}")
        page.mouse.move(0, 0)
        page.wait_for_function(FOLLOWED, timeout=30_000)
        page.wait_for_selector("[data-drawn]", state="attached", timeout=30_000)
        if page.locator(".pictures .views [aria-pressed=true]").count():
            page.locator(".pictures .views [aria-pressed=true]").click()
        page.evaluate(FIRST_TAB, "why" if "open=" in query else "levers")
        page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
        wait_until_still(page)
        return page

    yield turner
    found = [error for _, errors in kept.values() for error in errors]
    for page, errors in kept.values():
        errors.clear()
        if request.session.testsfailed > failed:
            page.close()
    if request.session.testsfailed > failed:
        kept.clear()
    assert found == []

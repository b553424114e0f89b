"""A server that goes and comes back, a laptop that sleeps: the page is where it was, and its levers are alive."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.harness import ROOT, Line, free_port, start
from tests.browser.test_feel import choose, leave_fields, step
from tests.browser.test_page import expect_in_bar, slider

FORGOTTEN = 1  # seconds after which the server forgets a session that is away
CONNECTION = """state => document.querySelector('[data-testid="stApp"]').dataset.testConnectionState === state"""
# Counts the runs that begin, in window.runs: after a return the state is "notRunning" before the first run as after it.
RUNS = """() => {
    window.runs = 0
    const app = document.querySelector('[data-testid="stApp"]')
    const began = () => { if (app.dataset.testScriptState === "running") window.runs += 1 }
    new MutationObserver(began).observe(app, { attributeFilter: ["data-test-script-state"] })
}"""
Visit = Callable[..., Page]


class Server:
    """The app on one port, killed and started as a test likes, behind a line that can be cut."""

    def __init__(self) -> None:
        self.port = free_port()
        self.line = Line(self.port)
        self.process = self.begin()

    def begin(self) -> subprocess.Popen[bytes]:
        return start(self.port, ROOT / "app.py", ROOT, f"--server.disconnectedSessionTTL={FORGOTTEN}")

    def restart(self, how: signal.Signals, *pages: Page) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=20)
        for page in pages:
            lost(page)
        self.process = self.begin()
        for page in pages:
            back(page)

    def end(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.end()


@pytest.fixture
def visit(visited: Callable[[bool], BrowserContext], server: Server) -> Iterator[Visit]:
    pages: list[Page] = []

    def opener(path: str = "/", *, phone: bool = False, screen: ViewportSize | None = None) -> Page:
        page = visited(phone).new_page()
        pages.append(page)
        page.set_viewport_size(screen or (PHONE if phone else DESKTOP))
        page.goto(f"{server.line.address}{path}?preset=opening-hand")
        page.wait_for_selector("[data-drawn]", state="attached", timeout=30_000)
        return page

    yield opener
    for page in pages:
        page.close()


def lost(page: Page) -> None:
    page.wait_for_function(CONNECTION.replace("===", "!=="), arg="CONNECTED", timeout=30_000)
    page.evaluate(RUNS)


def back(page: Page) -> None:
    page.wait_for_function(CONNECTION, arg="CONNECTED", timeout=60_000)
    page.wait_for_function("window.runs > 0", timeout=30_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)


def press(page: Page, lever: str, value: int) -> None:
    """One press of the right arrow on a lever; charts, words and address follow."""
    slider(page, lever).focus()
    page.keyboard.press("ArrowRight")
    expect_followed(page, lever, value)


def expect_followed(page: Page, lever: str, value: int) -> None:
    expect_in_bar(page, lever, value)
    expect(slider(page, lever)).to_have_value(str(value))
    expect(page.locator(".note").first).to_contain_text(f"→ {value}.")


def expect_nothing_said(page: Page) -> None:
    """Nothing but what is noticed in the package itself."""
    for what in ("stAlert", "stException", "stDialog", "stToast"):
        found = page.get_by_test_id(what).filter(has_not_text="Worth noticing in this package")
        assert found.count() == 0, found.all_inner_texts()


def test_levers_are_alive_after_the_server_was_ended_and_started_again(visit: Visit, server: Server) -> None:
    page = visit()
    press(page, "nato", 51)
    server.restart(signal.SIGTERM, page)
    expect_in_bar(page, "nato", 51)
    expect_nothing_said(page)
    press(page, "nato", 52)
    press(page, "g8", 51)
    step(page, "undo").click()
    expect_in_bar(page, "g8", 50)


def test_levers_keys_the_first_click_on_a_menu_and_a_presentation_go_on_after_the_server_was_killed(
    visit: Visit, server: Server
) -> None:
    moved, menu, stage = visit(), visit(), visit("/present")
    press(moved, "nato", 51)
    leave_fields(moved)
    moved.keyboard.press("Control+z")
    expect_in_bar(moved, "nato", 50)
    press(menu, "nato", 51)
    stage.get_by_role("button", name="How sure").click()
    shown = stage.locator(".card").first
    expect(shown).to_have_attribute("data-key", "strip")

    server.restart(signal.SIGKILL, moved, menu, stage)
    expect_nothing_said(moved)
    press(moved, "nato", 51)
    press(moved, "g8", 51)
    step(moved, "undo").click()
    expect_in_bar(moved, "g8", 50)
    leave_fields(moved)
    moved.keyboard.press("Control+z")
    expect_in_bar(moved, "nato", 50)
    moved.keyboard.press("Control+Shift+z")
    expect_in_bar(moved, "nato", 51)

    expect_in_bar(menu, "nato", 51)
    choose(menu, "More", "All levers to neutral")
    expect_in_bar(menu, "nato", 0)

    expect(shown).to_have_attribute("data-key", "strip")
    stage.keyboard.press("ArrowRight")
    expect(shown).to_have_attribute("data-key", "why")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_levers_are_alive_after_a_sleep_longer_than_the_server_remembers(
    visit: Visit, server: Server, phone: bool
) -> None:
    page = visit(phone=phone)
    press(page, "nato", 51)
    server.line.cut()
    lost(page)
    page.wait_for_timeout(1000 * FORGOTTEN + 1500)
    server.line.mend()
    back(page)
    expect_in_bar(page, "nato", 51)
    expect_nothing_said(page)
    press(page, "nato", 52)
    press(page, "mil", 51)


def test_what_was_moved_while_the_server_was_away_arrives_when_it_is_back(visit: Visit, server: Server) -> None:
    page = visit()
    press(page, "nato", 51)
    server.line.cut()
    lost(page)
    slider(page, "nato").focus()
    page.keyboard.press("ArrowRight")
    server.line.mend()
    back(page)
    expect_followed(page, "nato", 52)

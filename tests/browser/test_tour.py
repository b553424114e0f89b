"""The tour in a real Chromium: it opens when it is asked for, leads through the page and covers little."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

from tests.browser.conftest import PHONE, Opener
from tests.browser.drawn import wait_until_still
from tests.browser.harness import served
from tests.browser.test_feel import choose
from ui.page.components.tour import tour_steps

STEPS = tour_steps()
BLOCKED = """
for (const kind of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, kind, { get() { throw new DOMException("denied", "SecurityError") } })
"""
SMALL_APP = """
import streamlit as st
from ui.server.routes import routes
app = st.App("{page}", routes=routes())
"""
SMALL_PAGE = """
import streamlit as st
from ui.page.components.tour import Step, tour

st.title("A page")
if st.button("Help"):
    st.session_state["again"] = st.session_state.get("again", 0) + 1
st.button("Other")
steps = [Step("First", "Points at the title.", "h1"), Step("Second", "Points at nothing.", ".absent")]
tour("tour", steps, st.session_state.get("again", 0))
"""
Visit = Callable[..., Page]


@pytest.fixture
def visit(open_page: Opener) -> Visit:
    """Opens Explore without a link and takes the tour that it offers in a line."""

    def opened(query: str = "", *, before: str = "", **look: bool) -> Page:
        page = open_page(query, before=before, **look)
        offer = page.get_by_role("button", name="Take the tour")
        if not offer.is_visible():  # on a phone it stands with the reasons
            page.locator('.phone-tabs input[value="why"]').check(force=True)
        offer.click()
        expect(card(page)).to_contain_text("1 of")
        return page

    return opened


def card(page: Page) -> Locator:
    return page.get_by_role("region", name="A short tour")


def button(page: Page, name: str) -> Locator:
    return card(page).get_by_role("button", name=name)


def place(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box
    return box


def focused(page: Page) -> str:
    """The words of the element that has the focus, in whatever shadow root it is."""
    words: str = page.evaluate(
        "() => { let e = document.activeElement; while (e.shadowRoot) e = e.shadowRoot.activeElement; "
        "return e === document.body ? '' : e.innerText }"
    )
    return words


def scrolled(page: Page) -> int:
    pixels: int = page.evaluate("""document.querySelector('[data-testid="stMain"]').scrollTop""")
    return pixels


def test_the_tour_is_at_most_five_steps_of_at_most_two_sentences() -> None:
    assert 1 <= len(STEPS) <= 5
    for step in STEPS:
        assert len(re.findall(r"[.?!](?= |$)", step.text)) <= 2, step.title


def test_it_opens_only_when_it_is_asked_for_stands_in_its_place_and_paper_has_none(open_page: Opener) -> None:
    page = open_page()
    expect(card(page)).to_be_hidden()
    page.get_by_role("button", name="Take the tour").click()
    expect(card(page)).to_contain_text(f"1 of {len(STEPS)}")
    expect(card(page)).to_contain_text(STEPS[0].text)
    expect(button(page, "Next")).to_be_focused()
    assert scrolled(page) == 0
    expect(page.locator(".st-key-tour .ring")).to_be_visible()
    page.emulate_media(media="print")
    expect(card(page)).to_be_hidden()
    expect(page.locator(".st-key-tour .ring")).to_be_hidden()
    page.emulate_media(media="screen")
    button(page, "Skip the tour").click()
    expect(card(page)).to_be_hidden()
    expect(page.get_by_text("New here?")).to_have_count(0)  # it has been answered
    choose(page, "More", "Take the tour")
    expect(card(page)).to_contain_text("1 of")


def test_every_step_points_at_something_in_sight_and_less_motion_shows_it_at_once(visit: Visit) -> None:
    page = visit(calm=True)
    expect(card(page)).to_have_css("transition-duration", "0s")
    for number, step in enumerate(STEPS, 1):
        expect(card(page)).to_contain_text(f"{number} of {len(STEPS)}")
        expect(card(page)).to_contain_text(step.title)
        expect(page.locator(".st-key-tour .ring")).to_be_in_viewport()
        button(page, "Done" if step is STEPS[-1] else "Next").click()
    expect(card(page)).to_be_hidden()
    expect(page.locator(".st-key-tour .ring")).to_be_hidden()


def test_the_keyboard_walks_through_and_back(visit: Visit) -> None:
    page = visit()
    button(page, "Next").focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("2 of")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Back"
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("1 of")
    assert focused(page) == "Next"
    for _ in STEPS:
        page.keyboard.press("Enter")
    expect(card(page)).to_be_hidden()


def test_moving_a_lever_leaves_the_tour_where_it_is_and_escape_closes_it_only_from_within(visit: Visit) -> None:
    page = visit()
    button(page, "Next").click()
    page.locator(".row input[type=range]").first.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("nato=100"))
    wait_until_still(page)
    expect(card(page)).to_have_count(1)
    expect(card(page)).to_contain_text("2 of")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_visible()
    page.get_by_role("link", name="Compare").focus()
    button(page, "Next").focus()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(page.get_by_role("link", name="Compare")).to_be_focused()


def test_on_a_phone_it_covers_little_and_hides_nothing_that_has_the_focus(visit: Visit) -> None:
    page = visit(phone=True, calm=True)
    for number in range(1, len(STEPS) + 1):
        expect(card(page)).to_contain_text(f"{number} of")
        assert place(card(page))["height"] <= 0.4 * PHONE["height"]
        if number < len(STEPS):
            button(page, "Next").click()
    last = page.locator(".st-key-sections button").last
    last.focus()
    assert place(last)["y"] + place(last)["height"] <= place(card(page))["y"]


def test_blocked_storage_does_no_harm(visit: Visit) -> None:
    page = visit(before=BLOCKED)
    button(page, "Skip the tour").click()
    page.get_by_role("link", name="Assumptions").click()
    expect(card(page)).to_have_count(0)
    page.get_by_role("link", name="Explore").click()
    page.wait_for_selector("[data-drawn]", state="attached", timeout=30_000)
    expect(card(page)).to_be_hidden()


def test_it_comes_back_when_it_is_asked_for(visited: Callable[[bool], BrowserContext], tmp_path: Path) -> None:
    (tmp_path / "small_page.py").write_text(SMALL_PAGE)
    app = tmp_path / "small_app.py"
    app.write_text(SMALL_APP.format(page=tmp_path / "small_page.py"))
    with served(app) as address:
        page = visited(False).new_page()
        page.goto(address)
        page.get_by_role("button", name="Help").click()
        button(page, "Next").click()
        expect(card(page)).to_contain_text("Points at nothing.")
        expect(page.locator(".st-key-tour .ring")).to_be_hidden()
        button(page, "Done").click()
        for _ in range(2):
            page.get_by_role("button", name="Help").click()
            expect(card(page)).to_contain_text("1 of 2")
            expect(page.locator(".st-key-tour .ring")).to_be_visible()
            expect(button(page, "Next")).to_be_focused()
            page.keyboard.press("Escape")
            expect(card(page)).to_be_hidden()
            assert focused(page) == "Help"
        page.get_by_role("button", name="Other").click()
        page.wait_for_timeout(500)
        expect(card(page)).to_be_hidden()
        page.close()

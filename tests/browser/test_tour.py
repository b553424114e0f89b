"""The guided first visit in a real Chromium: it opens once, leads through the page and never comes back by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.harness import served
from ui.components.tour import tour_steps

STEPS = tour_steps()
BLOCKED = """
for (const kind of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, kind, { get() { throw new DOMException("denied", "SecurityError") } })
"""
SMALL_PAGE = """
import streamlit as st
from ui.components.tour import Step, tour

st.title("A page")
if st.button("Help"):
    st.session_state["again"] = st.session_state.get("again", 0) + 1
st.button("Other")
steps = [Step("First", "Points at the title.", "h1"), Step("Second", "Points at nothing.", ".absent")]
tour("tour", steps, st.session_state.get("again", 0))
"""
Visitor = Callable[..., BrowserContext]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """A browser that was never here; at the end none of its pages may have written an error."""
    contexts, errors = [], []

    def new(phone: bool = False, **options: Any) -> BrowserContext:
        size = PHONE if phone else DESKTOP
        context = browser.new_context(viewport=size, has_touch=phone, is_mobile=phone, **options)
        context.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context

    yield new
    for context in contexts:
        context.close()
    assert errors == []


def opened(context: BrowserContext, address: str) -> Page:
    """A page whose charts are drawn, after the moment in which a tour would have opened."""
    page = context.new_page()
    page.goto(address)
    settle(page)
    return page


def settle(page: Page) -> None:
    page.wait_for_selector(".board[data-drawn]", timeout=30_000)
    page.locator('.card[aria-label="A short tour"]').wait_for(state="attached")
    page.wait_for_timeout(500)


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


def test_a_first_visit_shows_the_tour_and_leaves_focus_and_place_alone(visitor: Visitor, address: str) -> None:
    page = opened(visitor(), address)
    expect(card(page)).to_contain_text(f"1 of {len(STEPS)}")
    expect(card(page)).to_contain_text(STEPS[0].text)
    assert (focused(page), scrolled(page)) == ("", 0)


@pytest.mark.parametrize("end", ["skipped", "ignored"])
def test_it_never_comes_back_by_itself(visitor: Visitor, address: str, end: str) -> None:
    context = visitor()
    page = opened(context, address)
    if end == "skipped":
        button(page, "Skip the tour").click()
        expect(card(page)).to_be_hidden()
    page.reload()
    settle(page)
    expect(card(page)).to_be_hidden()
    expect(card(opened(context, address))).to_be_hidden()


def test_every_step_points_at_something_in_sight(visitor: Visitor, address: str) -> None:
    page = opened(visitor(reduced_motion="reduce"), address)
    for number, step in enumerate(STEPS, 1):
        expect(card(page)).to_contain_text(f"{number} of {len(STEPS)}")
        expect(card(page)).to_contain_text(step.title)
        expect(page.locator(".ring")).to_be_in_viewport()
        button(page, "Done" if step is STEPS[-1] else "Next").click()
    expect(card(page)).to_be_hidden()
    expect(page.locator(".ring")).to_be_hidden()


def test_the_keyboard_walks_through_and_back(visitor: Visitor, address: str) -> None:
    page = opened(visitor(), address)
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


def test_escape_closes_it_only_from_within(visitor: Visitor, address: str) -> None:
    page = opened(visitor(), address)
    page.keyboard.press("Escape")
    expect(card(page)).to_be_visible()
    page.get_by_role("button", name="Copy link").focus()
    button(page, "Next").focus()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    assert focused(page) == "Copy link"


def test_moving_a_lever_leaves_the_tour_where_it_is(visitor: Visitor, address: str) -> None:
    page = opened(visitor(), address)
    button(page, "Next").click()
    page.locator(".row input[type=range]").first.focus()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    page.wait_for_timeout(500)
    expect(card(page)).to_have_count(1)
    expect(card(page)).to_contain_text("2 of")


def test_less_motion_scrolls_and_shows_at_once(visitor: Visitor, address: str) -> None:
    page = opened(visitor(reduced_motion="reduce"), address)
    expect(card(page)).to_have_css("transition-duration", "0s")
    for _ in range(3):
        button(page, "Next").click()
    at_once = scrolled(page)
    page.wait_for_timeout(600)
    assert scrolled(page) == at_once > 0


def test_an_embedded_page_has_no_tour(visitor: Visitor, address: str) -> None:
    expect(card(opened(visitor(), f"{address}/?embed=true"))).to_be_hidden()


def test_paper_has_no_tour(visitor: Visitor, address: str) -> None:
    page = opened(visitor(), address)
    page.emulate_media(media="print")
    expect(card(page)).to_be_hidden()
    expect(page.locator(".ring")).to_be_hidden()


def test_on_a_phone_it_covers_little_and_hides_nothing_that_has_the_focus(visitor: Visitor, address: str) -> None:
    page = opened(visitor(phone=True, reduced_motion="reduce"), address)
    for number in range(1, len(STEPS) + 1):
        expect(card(page)).to_contain_text(f"{number} of")
        assert place(card(page))["height"] <= 0.4 * PHONE["height"]
        if number < len(STEPS):
            button(page, "Next").click()
    last = page.locator('[data-testid="stMain"] summary').last
    last.focus()
    assert place(last)["y"] + place(last)["height"] <= place(card(page))["y"]


def test_blocked_storage_does_no_harm(visitor: Visitor, address: str) -> None:
    context = visitor()
    context.add_init_script(BLOCKED)
    page = opened(context, address)
    button(page, "Skip the tour").click()
    page.get_by_role("link", name="Assumptions").click()
    expect(card(page)).to_have_count(0)
    page.get_by_role("link", name="Explore").click()
    settle(page)
    expect(card(page)).to_be_hidden()


def test_it_comes_back_when_it_is_asked_for(visitor: Visitor, tmp_path: Path) -> None:
    script = tmp_path / "small_page.py"
    script.write_text(SMALL_PAGE)
    with served(script) as address:
        page = visitor().new_page()
        page.goto(address)
        button(page, "Next").click()
        expect(card(page)).to_contain_text("Points at nothing.")
        expect(page.locator(".ring")).to_be_hidden()
        button(page, "Done").click()
        for _ in range(2):
            page.get_by_role("button", name="Help").click()
            expect(card(page)).to_contain_text("1 of 2")
            expect(page.locator(".ring")).to_be_visible()
            expect(button(page, "Next")).to_be_focused()
            page.keyboard.press("Escape")
            expect(card(page)).to_be_hidden()
            assert focused(page) == "Help"
        page.get_by_role("button", name="Other").click()
        page.wait_for_timeout(500)
        expect(card(page)).to_be_hidden()
        page.close()

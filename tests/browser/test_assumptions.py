"""The page Assumptions in Chromium: short and readable on a phone, walked by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_accessibility import expect_none_now

# The most that a tab may be high on a phone, in screens of 844 pixels; as tables they were 13 to 48 screens high.
SCREENS = {"Parameters": 6.5, "Levers": 1.5, "Structure": 2, "Claims": 2.5, "Sources": 1.5}
HEIGHT = "document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
SIDEWAYS = """() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stMain] *')]
    .filter(e => e.clientWidth > 40 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
    .map(e => `${e.tagName} ${e.className}: ${e.scrollWidth} in ${e.clientWidth}`)"""
SMALL = """() => [...document.querySelectorAll('[role=tabpanel] *')]
    .filter(e => !e.closest('.katex') && parseFloat(getComputedStyle(e).fontSize) < 13 && e.checkVisibility())
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .map(e => `${getComputedStyle(e).fontSize}: ${e.textContent}`)"""
OPEN_CARDS = "document.querySelectorAll('[role=tabpanel] .cards details').forEach(e => { e.open = true })"
CLOSED = "[role=tabpanel] [data-testid=stExpander] > details:not([open]) > summary"
OUTSIDE = """() => [...document.querySelectorAll('.range')].filter(picture => {
    const [around, track] = [picture, picture.querySelector('.track')].map(e => e.getBoundingClientRect())
    return track.width < 200 || around.right > innerWidth || [...picture.querySelectorAll('.bar')].some(bar => {
        const { left, right } = bar.getBoundingClientRect()
        return left < track.left - 1 || right > track.right + 1 || right <= left
    })
}).length"""


def open_tab(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab).click()
    expect(page.get_by_role("tabpanel").get_by_role("group").or_(page.locator("summary")).first).to_be_visible()


def test_every_tab_is_short_on_a_phone_and_nothing_scrolls_sideways_or_is_small_closed_or_open(
    open_page: Opener,
) -> None:
    page = open_page(path="/assumptions", phone=True)
    for tab, most in SCREENS.items():
        open_tab(page, tab)
        expect(page.get_by_role("tabpanel")).to_have_count(1)  # once the tab before has gone
        assert page.evaluate(HEIGHT) <= most * 844, tab
        assert page.evaluate(SIDEWAYS) == [], tab
        assert page.evaluate(SMALL) == [], tab
        closed = page.locator(CLOSED)
        for _ in range(closed.count()):
            closed.last.click()
        expect(closed).to_have_count(0)
        page.evaluate(OPEN_CARDS)
        assert page.evaluate(SIDEWAYS) == [], tab
        assert page.evaluate(SMALL) == [], tab


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_parameter_has_a_picture_wide_enough_whose_bars_keep_to_their_track(
    open_page: Opener, phone: bool
) -> None:
    page = open_page(path="/assumptions", phone=phone)
    expect(page.locator(".range")).to_have_count(26)
    assert page.evaluate(OUTSIDE) == 0
    expect(page.get_by_role("img", name="Central values −2.5 (Sceptic) to 4 (Op-ed)")).to_be_visible()


def test_a_card_is_found_opened_and_closed_by_keys_alone(open_page: Opener) -> None:
    page = open_page(path="/assumptions")
    search = page.get_by_role("textbox", name="Search the parameters")
    search.fill("symbolic potency kydd")
    search.press("Enter")
    expect(page.get_by_text("of 29 assumptions are shown")).to_be_visible()
    heads = page.locator(".group > .card > summary")
    for _ in range(20):
        page.keyboard.press("Tab")
        if heads.first.evaluate("head => head === document.activeElement"):
            break
    expect(heads.first).to_be_focused()
    note = page.get_by_text("The essay holds that small, symbolic steps work out of proportion")
    expect(note).to_be_hidden()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Space")
    expect(note).to_be_hidden()


def test_the_tab_that_was_open_is_open_after_a_filter_and_what_was_opened_stays_open(open_page: Opener) -> None:
    page = open_page(path="/assumptions")
    page.get_by_role("tab", name="Claims").click()
    page.get_by_text("outside the model (27)").click()
    expect(page.get_by_text("27 of 217 claims are shown.")).to_be_visible()
    expect(page.get_by_role("tab", name="Claims")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Structure").click()
    page.get_by_text("Fixed numbers: 43").click()
    expect(page.get_by_text("How soft the threshold is")).to_be_visible()
    page.get_by_text("Shared vectors: 8").click()
    expect(page.get_by_text("Weight of each domain in the composite")).to_be_visible()
    expect(page.get_by_text("How soft the threshold is")).to_be_visible()


def test_no_number_of_a_row_breaks_where_its_name_takes_two_lines(open_page: Opener) -> None:
    page = open_page(path="/assumptions")
    page.get_by_role("tab", name="Structure").click()
    page.get_by_text("What each inducement can supply").click()
    numbers = page.locator(".values dd")
    expect(numbers).to_have_count(20)
    page.evaluate("document.fonts.ready")
    heights = numbers.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert len(set(heights)) == 1


def test_on_a_phone_a_basis_is_chosen_by_a_tap_stays_with_a_reload_and_breaks_no_rule(open_page: Opener) -> None:
    page = open_page("preset=opening-hand", "/assumptions", phone=True)
    page.get_by_role("button", name="Judgement only (5)").tap()
    expect(page.get_by_text("5 of 29 assumptions are shown.")).to_be_visible()
    page.wait_for_url("**basis=judgement**")
    expect(page.locator(".range")).to_have_count(5)
    page.reload()
    expect(page.locator(".range")).to_have_count(5)
    expect_none_now(page, "light")
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="Data (8)").tap()
    page.wait_for_url("**basis=data.judgement**")
    page.go_back()
    expect(page.get_by_text("5 of 29 assumptions are shown.")).to_be_visible()


def test_a_link_brings_a_number_into_view_that_its_basis_would_hide(open_page: Opener) -> None:
    page = open_page("basis=judgement&source=backlash_hazard", "/assumptions", phone=True)
    card = page.locator("#source-backlash_hazard")
    expect(card).to_have_attribute("open", "")
    expect(card).to_be_in_viewport()
    expect(page.get_by_text("Backlash hazard stands among them because the link asked for it.")).to_be_attached()

"""Compare on a screen: four scenarios without scrolling, nothing too small, nothing beside the page, keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.drawn import wait_until_still
from tests.browser.test_accessibility import expect_no_violations

FOUR = "with=opening-hand&with=giveaway&with=grand-bargain&with=squeeze-both"
SMALL = """() => [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()))
    .filter(node => node.getClientRects().length && parseFloat(getComputedStyle(node).fontSize) < 13)
    .map(node => node.textContent.slice(0, 40))"""
WIDER = "() => document.querySelector('[data-testid=\"stMain\"]').scrollWidth - innerWidth"


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
def test_four_scenarios_are_in_sight_without_scrolling(open_page: Opener, width: int, height: int) -> None:
    page = open_page(FOUR, "/compare", screen={"width": width, "height": height})
    expect(page.get_by_role("heading", level=1)).to_contain_text("tell these four scenarios apart")
    assert bottom(page, '.card[data-key="rows"]') < height
    assert bottom(page, ".st-key-compared_chip") <= height
    assert page.evaluate(SMALL) == []
    # The wide picture, which names its levers; the narrow one stands otherwise on the page.
    expect(page.locator('.card[data-key="rows"] svg.main-svg').first).to_contain_text("NATO talks")
    for letter in "ABCD":
        name = page.locator(f".st-key-compared_row_{letter} button").first.bounding_box()
        assert name
        assert 0 <= bottom(page, f".st-key-compared_row_{letter}") - name["y"] < 140


def test_a_phone_shows_the_same_rows_and_never_scrolls_to_the_side(open_page: Opener) -> None:
    page = open_page(FOUR, "/compare", phone=True)
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(SMALL) == []
    page.get_by_text("By worldview").click()
    expect(page.locator('[class*="_by_worldview"] .board[data-drawn]')).to_be_visible()
    assert page.evaluate(WIDER) <= 0


def test_a_menu_and_a_chip_are_opened_by_keys_alone(open_page: Opener) -> None:
    page = open_page(FOUR, "/compare")
    page.locator(".st-key-compared_row_D button").first.focus()
    page.keyboard.press("Enter")
    remove = page.get_by_role("menuitem", name="Remove")
    expect(remove).to_be_visible()
    for _ in range(20):  # a menu takes keys a moment after it is seen
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(100)
        if remove.get_attribute("data-focused"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("these three scenarios apart")
    page.get_by_role("radio", name="What is set").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is set")).to_be_in_viewport()


def test_what_stands_behind_a_chip_breaks_no_rule(open_page: Opener) -> None:
    page = open_page(FOUR, "/compare")
    for chip in ("Paths over time", "Against A, world by world", "Tables and files"):
        page.get_by_role("radio", name=chip).click()
        expect(page.get_by_role("heading", name=chip)).to_be_visible()
        wait_until_still(page)  # what stood behind the chip before has gone
        expect_no_violations(page)

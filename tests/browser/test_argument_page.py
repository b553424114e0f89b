"""The page Argument in Chromium: short on a phone, walked by keys, in the line at the top beside the tools."""

from __future__ import annotations

import re

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Opener
from tests.browser.drawn import wait_until_still
from tests.browser.test_assumptions import HEIGHT, OPEN_CARDS, OUTSIDE, SIDEWAYS, SMALL

SCREENS = {"Eight steps": 2.8, "Tensions": 3.8, "Left out": 5, "Not modelled": 1.6}
PATIENCE = 30_000
WIDTHS = (900, 1024, 1260, 1440, 900)
# How far the pages in the line at the top, and the line for who is new, keep from what stands at their right.
ROOM = """() => {
    const end = (e) => e.getBoundingClientRect()
    const pages = [...document.querySelectorAll('[data-testid=stTopNav] a, [data-testid=stTopNav] button')]
        .filter(e => e.checkVisibility() && getComputedStyle(e).opacity !== '0' && end(e).width)
        .filter(e => !e.closest('[aria-hidden=true]'))
    const welcome = document.querySelector('.st-key-welcome'), tools = end(document.querySelector('.st-key-steps')).left
    const after = welcome && end(welcome).top < 20 ? end(welcome) : null
    const last = Math.max(...pages.map(e => end(e).right))
    return [(after ? after.left : tools) - last, after ? tools - after.right : 0]
}"""


def open_tab(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab).click()
    expect(page.get_by_role("tabpanel").locator(".card, .group").first).to_be_visible(timeout=PATIENCE)


def test_every_tab_is_short_on_a_phone_and_nothing_scrolls_sideways_or_is_small_closed_or_open(
    open_page: Opener,
) -> None:
    page = open_page(path="/argument", phone=True)
    for tab, most in SCREENS.items():
        open_tab(page, tab)
        page.wait_for_function(f"({OUTSIDE})() === 0", timeout=PATIENCE)  # once the tab before has gone
        expect(page.get_by_role("tabpanel")).to_have_count(1)
        assert page.evaluate(HEIGHT) <= most * 844, tab
        for state in ("closed", "open"):
            assert page.evaluate(SIDEWAYS) == [], (tab, state)
            assert page.evaluate(SMALL) == [], (tab, state)
            assert page.evaluate(OUTSIDE) == 0, (tab, state)
            page.evaluate(OPEN_CARDS)


def test_by_keys_alone_a_tension_is_opened_and_seen_to_happen_on_explore(open_page: Opener) -> None:
    page = open_page("preset=giveaway&nato=41", "/argument")
    open_tab(page, "Tensions")
    page.get_by_role("tabpanel").locator("summary").filter(has_text="What has to outweigh what").press("Enter")
    link = page.get_by_role("link", name="No threshold: Moscow answers in proportion")
    expect(link).to_be_visible()
    with page.context.expect_page() as seen:
        link.press("Enter")
    explore = seen.value
    explore.wait_for_selector(".pictures[data-drawn]", timeout=PATIENCE)
    expect(explore.locator(".st-key-section_weights")).to_be_visible(timeout=PATIENCE)
    assert "structure=C2" in explore.url
    assert "nato=41" in page.url


def test_the_pages_in_the_line_at_the_top_keep_clear_of_what_stands_beside_them(open_page: Opener) -> None:
    page = open_page(screen=ViewportSize(width=WIDTHS[0], height=800))
    page.wait_for_selector(".st-key-steps")
    for width in WIDTHS:
        page.set_viewport_size(ViewportSize(width=width, height=800))
        wait_until_still(page)
        page.wait_for_function(f"({ROOM})().every(room => room >= 0)", timeout=5000)
    page.get_by_text(re.compile(r"^\d more$")).click()
    page.get_by_role("menuitem", name="Argument").click()
    expect(page.get_by_role("heading", name="The argument, and what it leaves out")).to_be_visible(timeout=PATIENCE)

"""Source cards in the browser: they open where a number shows, over the page, and close to where a reader was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from model import catalog
from tests.browser.conftest import Opener
from tests.browser.drawn import wait_until_still
from tests.browser.test_accessibility import DIALOG, QUIET, expect_no_violations

BAR = '.st-key-section_weights [data-key="op-ed"] .trace.bars .point path'


def of_a_price(page: Page) -> Locator:
    return page.get_by_role("button", name="US cost in values")


def of_a_level(page: Page) -> Locator:
    return page.get_by_role("link", name="Military at the start")


def of_a_claim(page: Page) -> Locator:
    page.get_by_role("button", name="What NATO talks means").click()
    return page.get_by_role("dialog").get_by_role("link", name="E54").first


def of_what_pushes(page: Page) -> Locator:
    return page.get_by_role("link", name="Drift (δ)")


CARDS: list[tuple[str, Callable[[Page], Locator], str, str]] = [
    ("", of_a_price, "Values cost, worst year", "worked out by the model"),
    ("domains", of_a_level, "Military at the start", "Coded by one person on the rubric"),
    ("yearly", of_what_pushes, "Drift (δ)", "Last reviewed"),
    ("", of_a_claim, "The essay’s claim", "paragraph"),
]


@pytest.mark.parametrize(("section", "find", "title", "says"), CARDS, ids=[find.__name__ for _, find, _, _ in CARDS])
def test_a_card_opens_over_the_page_and_a_run_leaves_it_open(
    turn_to: Opener, section: str, find: Callable[[Page], Locator], title: str, says: str
) -> None:
    page = turn_to(f"preset=opening-hand&open={section}")
    at, pages = page.url, len(page.context.pages)
    find(page).click()
    card = page.get_by_role("dialog", name=title)
    expect(card).to_contain_text(says)
    page.emulate_media(color_scheme="dark")  # which runs the page
    page.wait_for_function(QUIET, arg="dark")
    expect(card).to_be_visible()
    assert (page.url, len(page.context.pages)) == (at, pages)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_until_still(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_bar_of_a_weight_opens_the_weights_of_its_lever_and_they_lead_on(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&open=weights")
    page.locator(BAR).first.scroll_into_view_if_needed()
    box = page.locator(BAR).first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2)
    card = page.get_by_role("dialog", name="NATO talks: its weights")
    expect(card).to_contain_text(catalog().levers["nato"].critics)
    expect_no_violations(page, DIALOG)
    card.get_by_role("link", name="Source card").first.click()
    supply = page.get_by_role("dialog", name="What each inducement can supply")
    expect(supply).to_contain_text("Which results rest on it")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_card_says_what_a_worldview_of_ones_own_assumes(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&own=op-ed&edit=binding_share~0.41~0.62~0.83&open=yearly")
    page.get_by_role("link", name="Binding share").click()
    card = page.get_by_role("dialog", name="Binding share")
    expect(card.locator(".view", has_text="Your worldview (edited)")).to_contain_text("0.62")
    page.keyboard.press("Escape")


def test_with_a_key_held_it_is_a_link_to_assumptions_where_the_same_card_stands(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&open=domains")
    with page.context.expect_page() as opened:
        of_a_level(page).click(modifiers=["Control"])
    other = opened.value
    expect(other.locator("#source-level-military")).to_have_attribute("open", "")
    expect(other.locator("#source-level-military")).to_contain_text("Coded by one person on the rubric")
    expect(page.get_by_role("dialog")).to_have_count(0)
    other.close()


def test_on_the_page_of_the_argument_a_card_opens_in_place_and_leads_to_assumptions(open_page: Opener) -> None:
    page = open_page("preset=opening-hand&nato=61", "/argument", phone=True)
    page.get_by_text("1. Pressing both").click()
    page.get_by_role("link", name="Drift (δ)").click()
    card = page.get_by_role("dialog", name="Drift (δ)")
    expect(card).to_contain_text("Last reviewed")
    assert "/argument" in page.url
    expect_no_violations(page, DIALOG)
    card.get_by_role("link", name="On the page Assumptions").press("Enter")
    page.wait_for_url("**/assumptions?**nato=61**")
    expect(page.locator("#source-drift_rate")).to_have_attribute("open", "")
    expect(page.get_by_role("dialog")).to_have_count(0)

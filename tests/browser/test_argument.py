"""The argument as a picture on the page: laid out by Python, walked by keys, as wide as there is room."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from model import presets
from tests.browser.conftest import Opener
from ui.drawn.argument import laid_out
from ui.links.asked import Asked
from ui.told import cache

HAND = "preset=opening-hand"
SPILLS = """() => [...document.querySelectorAll('.argument .node')].filter((node) => {
    const box = node.querySelector('.box').getBoundingClientRect()
    return [...node.querySelectorAll('text')].some((text) => {
        const words = text.getBoundingClientRect()
        return words.left < box.left + 6 || words.right > box.right - 4 || words.bottom > box.bottom
    })
}).map((node) => node.getAttribute('aria-label'))"""
ENDS = """() => ['.node', '.heading'].map((part) => [...document.querySelectorAll(`.argument ${part}`)])
    .flat().map((part) => part.getBoundingClientRect().right)"""


def with_picture(opener: Opener, **look: bool) -> Page:
    page = opener(f"{HAND}&open=argument", **look)
    page.wait_for_selector(".argument[data-drawn]")
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_words_stay_in_their_boxes_and_the_picture_takes_the_room_there_is(turn_to: Opener, phone: bool) -> None:
    page = with_picture(turn_to, phone=phone)
    assert page.evaluate(SPILLS) == []
    room, wide = page.locator(".argument .scroll").evaluate("box => [box.clientWidth, box.scrollWidth]")
    assert wide > room if phone else wide == room
    left = page.locator(".argument .map").evaluate("map => map.getBoundingClientRect().left")
    assert max(page.evaluate(ENDS)) == pytest.approx(left + (784 if phone else room - 6) - 2, abs=1.5)


def test_edges_are_walked_in_reading_order_and_along_the_argument(turn_to: Opener) -> None:
    page = with_picture(turn_to)
    argument = cache.argument(cache.run_key(Asked(presets()["opening-hand"])), "lock-in")
    order = list(laid_out(argument).paths)
    at = page.locator(".argument .edge[tabindex='0']")
    at.focus()
    for key, wanted in (("End", order[-1]), ("Home", order[0]), ("ArrowDown", order[1]), ("ArrowUp", order[0])):
        page.keyboard.press(key)
        expect(at).to_have_attribute("data-key", wanted)
        expect(at).to_be_focused()
    expect(page.locator(".argument .status")).to_contain_text(argument.edge(order[0]).says)
    page.keyboard.press("ArrowRight")
    onward = [edge for edge in argument.edges if edge.origin == argument.edge(order[0]).to]
    expect(at).to_have_attribute("data-key", max(onward, key=lambda edge: edge.strength).key)


def test_on_a_phone_the_far_end_of_the_edge_that_is_walked_to_comes_into_view(turn_to: Opener) -> None:
    page = with_picture(turn_to, phone=True)
    page.locator(".argument .edge[tabindex='0']").focus()
    left, right = page.locator(".argument .scroll").evaluate(
        "box => [box.getBoundingClientRect().left, box.getBoundingClientRect().right]"
    )
    steps = (("End", "Space"), ("Home", "Joint pressure"), ("ArrowDown", "Joint pressure"), ("ArrowDown", "Threat"))
    for key, end in steps:
        page.keyboard.press(key)
        box = page.locator(f".argument .node[aria-label^='{end}:'] .box").bounding_box()
        assert box
        assert left <= box["x"] < box["x"] + box["width"] <= right, key

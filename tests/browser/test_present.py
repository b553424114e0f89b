"""The page for class rooms in a real Chromium: keys, clicker, buttons, pointer, screens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from model import catalog, presets
from tests.browser.conftest import PHONE, Opener
from tests.browser.drawn import wait_until_still
from ui.told import words

NAMES = list(presets())
VIEWS = list(catalog().worldviews)
PROJECTOR, FULL_HD = ViewportSize(width=1024, height=768), ViewportSize(width=1920, height=1080)
Presenter = Callable[..., Page]


@pytest.fixture
def turned(turn_to: Opener) -> Presenter:
    """Turns the page that stays open to a link."""

    def turner(query: str = "preset=opening-hand") -> Page:
        return turn_to(query, "/present", screen=PROJECTOR)

    return turner


@pytest.fixture
def present(open_page: Opener) -> Presenter:
    """Opens the page by its link."""

    def opener(query: str = "preset=opening-hand", screen: ViewportSize = PROJECTOR, **look: bool) -> Page:
        page = open_page(query, "/present", screen=screen, **look)
        expect(button(page, "Next")).to_be_visible(timeout=30_000)
        return page

    return opener


def button(page: Page, name: str) -> Locator:
    return page.locator(".st-key-present_bar").get_by_role("button", name=name)


def expect_scenario(page: Page, name: str) -> None:
    expect(page).to_have_url(re.compile(rf"/present\?.*preset={name}&"), timeout=10_000)
    expect(page.get_by_role("heading", name=presets()[name].title)).to_be_visible()


def expect_worldviews(page: Page, *keys: str) -> None:
    expect(page.locator(".board .card")).to_have_count(len(keys))
    for key in keys:
        expect(page.locator(f'.card[data-key="{key}"]')).to_contain_text(catalog().worldviews[key].title)
        expect(page.locator(f'.card[data-key="{key}"] .main-svg').first).to_be_visible()


def ring(page: Page) -> Locator:
    return page.locator(".st-key-present_ring .ring")


def expect_ring_at(page: Page, x: float, y: float) -> None:
    expect(ring(page)).to_be_visible()
    box = ring(page).bounding_box()
    assert box
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx((x, y), abs=1)


@pytest.mark.parametrize(("onward", "back"), [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp")])
def test_keys_and_clicker_step_through_scenarios_and_the_address_follows(
    turned: Presenter, onward: str, back: str
) -> None:
    page = turned()
    for key, name in ((onward, NAMES[3]), (onward, NAMES[4]), (back, NAMES[3])):
        page.keyboard.press(key)
        expect_scenario(page, name)
    page.go_back()
    expect_scenario(page, NAMES[4])


def test_an_own_scenario_comes_back_by_undo(turned: Presenter) -> None:
    page = turned("preset=opening-hand&nato=3")
    expect(page.get_by_role("heading", name="opening hand, changed")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect_scenario(page, "grand-bargain")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("NATO talks 50 → 3")).to_be_visible()
    expect(page).to_have_url(re.compile("nato=3&"))


def test_keys_show_one_worldview_after_another_and_all(turned: Presenter) -> None:
    page = turned()
    expect_worldviews(page, VIEWS[0])
    for key, shown in (("ArrowDown", [VIEWS[1]]), ("4", [VIEWS[3]]), ("ArrowUp", [VIEWS[2]]), ("0", VIEWS)):
        page.keyboard.press(key)
        expect_worldviews(page, *shown)
    assert "opening-hand" in page.url
    page.keyboard.press("3")
    expect_worldviews(page, "op-ed")
    expect(page.locator(".headline")).to_have_text("−19 points")
    expect(page.locator(".note")).to_have_text("Scenario 3 of 12 · Worldview 3 of 4")


def test_the_same_by_buttons_that_keep_the_focus(turned: Presenter) -> None:
    page = turned()
    button(page, "Op-ed").focus()
    page.keyboard.press("Enter")
    expect_worldviews(page, "op-ed")
    expect(button(page, "Op-ed")).to_be_focused()
    button(page, "Next").focus()
    page.keyboard.press("Enter")
    expect_scenario(page, NAMES[3])
    expect(button(page, "Next")).to_be_focused()
    button(page, "Pointer").click()
    expect(ring(page)).to_be_visible()
    button(page, "Pointer").click()
    expect(ring(page)).to_be_hidden()


@pytest.mark.parametrize("key", ["Escape", "e"])
def test_a_key_goes_back_to_explore_with_the_same_scenario(turned: Presenter, key: str) -> None:
    page = turned("preset=giveaway&nato=41")
    page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Do the levers move")).to_be_visible()
    expect(page.locator('.row[data-key="nato"] input[type=range]')).to_have_value("41")
    assert "/present" not in page.url


def test_the_list_of_keys_opens_and_escape_closes_only_the_list(turned: Presenter) -> None:
    page = turned()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_contain_text("Page Down: Next scenario")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect_scenario(page, NAMES[3])
    expect(sheet).to_have_count(0)


def test_the_pointer_follows_the_mouse_stays_through_steps_and_takes_no_clicks(turned: Presenter) -> None:
    page = turned()
    page.mouse.move(300, 300)
    expect(ring(page)).to_be_hidden()
    page.keyboard.press("p")
    expect_ring_at(page, 300, 300)
    page.mouse.move(700, 400, steps=10)
    expect_ring_at(page, 700, 400)
    assert page.locator(".st-key-present_ring .dot").count() > 0
    page.keyboard.press("ArrowRight")
    expect_scenario(page, NAMES[3])
    expect_ring_at(page, 700, 400)
    expect(page.locator(".st-key-present_ring .dot")).to_have_count(0)
    button(page, "Next").click()
    expect_scenario(page, NAMES[4])
    page.mouse.move(-5, -5)
    expect(ring(page)).to_be_hidden()
    page.mouse.move(500, 500)
    expect_ring_at(page, 500, 500)
    page.keyboard.press("p")
    expect(ring(page)).to_be_hidden()


def test_readers_who_want_less_motion_get_no_trail(present: Presenter) -> None:
    page = present(calm=True)
    page.keyboard.press("p")
    expect(ring(page)).to_be_visible()
    page.mouse.move(200, 200)
    page.mouse.move(700, 400, steps=10)
    expect_ring_at(page, 700, 400)
    assert page.locator(".st-key-present_ring .dot").count() == 0


@pytest.mark.parametrize("screen", [PROJECTOR, FULL_HD, ViewportSize(width=1280, height=720)])
@pytest.mark.parametrize("structure", ["", "&structure=C1.C6", "&structure=ensemble"])
def test_all_of_it_fits_a_projector_without_side_bar(present: Presenter, screen: ViewportSize, structure: str) -> None:
    page = present(f"preset=status-quo{structure}", screen)  # the longest description
    expect(page.get_by_text("Structure switched: ")).to_have_count(1 if structure else 0)
    for key, shown, share in (("3", ["op-ed"], 11), ("0", VIEWS, 22)):
        page.keyboard.press(key)
        expect_worldviews(page, *shown)
        assert page.get_by_test_id("stSidebar").count() == 0
        expect(page.get_by_text(words.CAVEAT)).to_be_visible()
        wait_until_still(page)
        high, seen = page.get_by_test_id("stMain").evaluate("e => [e.scrollHeight, e.clientHeight]")
        assert high <= seen
        size = page.locator(".headline").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= screen["height"] / share
    boxes = [box for box in map(Locator.bounding_box, button(page, "").all()) if box]
    assert len(boxes) == 10
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)


@pytest.mark.parametrize("screen", [PROJECTOR, FULL_HD, ViewportSize(width=1280, height=720)])
def test_lock_in_with_what_it_assumes_and_what_alone_moves_it_fits_a_projector(
    present: Presenter, screen: ViewportSize
) -> None:
    page = present("preset=preconditions-first&pressure_russia=99&stage=lock-in", screen)
    view = catalog().worldviews["lock-in"]
    for said in (view.still or "", view.summary):
        expect(page.locator(".card").get_by_text(said)).to_be_visible()
    wait_until_still(page)
    high, seen = page.get_by_test_id("stMain").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert high <= seen


def test_a_chart_on_a_larger_screen_is_larger_in_every_way(present: Presenter, turned: Presenter) -> None:
    def letters_and_chart(page: Page) -> tuple[float, float]:
        wait_until_still(page)
        tick = page.locator(".chart .ytick text").first.bounding_box()
        chart = page.locator(".chart").bounding_box()
        assert tick
        assert chart
        return tick["height"], chart["height"]

    small, large = letters_and_chart(turned()), letters_and_chart(present(screen=FULL_HD))
    assert small[0] >= 20
    assert all(big > 1.3 * little for big, little in zip(large, small, strict=True))


def test_a_phone_shows_it_within_its_width_and_a_finger_leaves_the_ring_where_it_pointed(present: Presenter) -> None:
    page = present(screen=PHONE, phone=True)
    for name, shown in (("Op-ed", ["op-ed"]), ("All 4", VIEWS)):
        button(page, name).tap()
        expect_worldviews(page, *shown)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth") <= PHONE["width"]
        for box in map(Locator.bounding_box, page.locator(".card, .chart").all()):
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]
    button(page, "Pointer").tap()
    expect(ring(page)).to_be_visible()
    page.touchscreen.tap(200, 100)
    expect_ring_at(page, 200, 100)


def test_a_dark_page_draws_light_text(present: Presenter) -> None:
    page = present(dark=True)
    fill = page.locator(".card .xtick text").first.evaluate("e => getComputedStyle(e).fill")
    assert all(int(part) > 150 for part in re.findall(r"\d+", fill)[:3])

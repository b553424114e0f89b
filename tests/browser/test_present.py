"""The page for class rooms in a real Chromium: keys, clicker, buttons, pointer, black, letters, axes, screens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from model import presets
from tests.browser.conftest import PHONE, Opener
from tests.browser.drawn import expect_all_drawn, wait_until_still
from ui.drawn.stage import TITLES
from ui.links.asked import STEPS

NAMES = list(presets())
PROJECTOR, LAPTOP = ViewportSize(width=1024, height=768), ViewportSize(width=1280, height=720)
FULL_HD = ViewportSize(width=1920, height=1080)
Presenter = Callable[..., Page]
SMALLEST = """() => {
    const sizes = []
    const texts = document.createTreeWalker(document.querySelector(".st-key-present"), NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement
        const box = element.getBoundingClientRect()
        const hidden = element.closest("style, script, [hidden]") || box.width < 2 || box.height < 2
        if (!texts.currentNode.data.trim() || hidden || !element.checkVisibility()) continue
        const chart = element.closest(".chart")
        const scale = chart ? chart.getBoundingClientRect().width / chart.offsetWidth : 1
        sizes.push([scale * parseFloat(getComputedStyle(element).fontSize), texts.currentNode.data])
    }
    return sizes.sort((one, other) => one[0] - other[0])[0]
}"""
OUTSIDE = """() => {
  const all = [...document.querySelectorAll(".st-key-present :is(h1, h2, p, button, svg text)")]
  return all.filter((element) => {
    if (!element.checkVisibility() || !element.textContent.trim()) return false
    const { left, right, top, bottom, width } = element.getBoundingClientRect()
    return width > 2 && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
  }).map((element) => element.textContent)
}"""
AXIS = "[...document.querySelectorAll('.chart .{axis}tick text')].map((text) => text.textContent).join()"


@pytest.fixture
def turned(turn_to: Opener) -> Presenter:
    """Turns the page that stays open to a link."""

    def turner(query: str = "preset=opening-hand", screen: ViewportSize = PROJECTOR) -> Page:
        return turn_to(query, "/present", screen=screen)

    return turner


def button(page: Page, name: str) -> Locator:
    return page.locator(".st-key-present_bar").get_by_role("button", name=name, exact=True)


def expect_step(page: Page, step: str) -> None:
    expect(page).to_have_url(re.compile(rf"/present\?.*stage={step}[&.]"), timeout=10_000)
    expect(button(page, TITLES[step]).locator("strong")).to_be_visible()


def expect_scenario(page: Page, name: str) -> None:
    expect(page).to_have_url(re.compile(rf"/present\?.*preset={name}&"), timeout=10_000)
    expect(page.get_by_text(presets()[name].title).first).to_be_visible()


def ring(page: Page) -> Locator:
    return page.locator(".st-key-present_ring .ring")


@pytest.mark.parametrize(("onward", "back"), [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp")])
def test_keys_and_a_clicker_lead_through_all_steps_and_the_address_follows(
    turned: Presenter, onward: str, back: str
) -> None:
    page = turned()
    for step in STEPS[1:]:
        page.keyboard.press(onward)
        expect_step(page, step)
        expect_all_drawn(page)
    page.keyboard.press(onward)
    page.keyboard.press(back)
    expect_step(page, STEPS[-2])


def test_buttons_lead_through_all_steps_and_keep_the_focus(turned: Presenter) -> None:
    page = turned()
    for step in reversed(STEPS):
        button(page, TITLES[step]).click()
        expect_step(page, step)
    button(page, "Next step").focus()
    page.keyboard.press("Enter")
    expect_step(page, "drift")
    expect(button(page, "Next step")).to_be_focused()


@pytest.mark.parametrize("screen", [PROJECTOR, LAPTOP, FULL_HD])
def test_nothing_is_below_20_pixels_and_nothing_leaves_the_screen(turned: Presenter, screen: ViewportSize) -> None:
    page = turned("preset=opening-hand&structure=C6", screen)
    for step in STEPS:
        button(page, TITLES[step]).click()
        expect_step(page, step)
        wait_until_still(page)
        size, text = page.evaluate(SMALLEST)
        assert size >= 20, f"{step}: {text} has {size} pixels"
        assert page.evaluate(OUTSIDE) == []
        high, seen = page.get_by_test_id("stMain").evaluate("e => [e.scrollHeight, e.clientHeight]")
        assert high <= seen, step
    for box in map(Locator.bounding_box, page.locator(".st-key-present_bar button").all()):
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44


def test_axes_are_the_same_on_all_steps_and_in_all_scenarios(turned: Presenter) -> None:
    page = turned("preset=limited-dialogue")
    found: dict[str, set[str]] = {"y": set(), "x": set()}
    for step, axis in (("question", "y"), ("drift", "y"), ("package", "y"), ("sure", "x")):
        button(page, TITLES[step]).click()
        expect_step(page, step)
        wait_until_still(page)
        found[axis].add(page.evaluate(AXIS.format(axis=axis)))
    for name in NAMES[2:4]:
        page.keyboard.press("ArrowDown")
        expect_scenario(page, name)
        wait_until_still(page)
        found["x"].add(page.evaluate(AXIS.format(axis="x")))
    assert found == {"y": {"20,30,40,50,60,70,80,90"}, "x": {"−60,−50,−40,−30,−20,−10,0,+10"}}


def test_a_number_leaves_one_view_alone_on_every_step_until_0(turned: Presenter) -> None:
    page = turned("preset=opening-hand&stage=package")
    page.keyboard.press("3")
    expect(page.get_by_role("heading", level=1)).to_contain_text("19 points further apart than with no levers")
    expect(page).to_have_url(re.compile("stage=package.op-ed"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("stage=sure.op-ed"))
    page.keyboard.press("0")
    expect(page).to_have_url(re.compile("stage=sure&"))
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Wedge sceptic").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 points closer than with no levers")


def test_arrows_up_and_down_change_the_scenario_and_undo_brings_back_ones_own(turned: Presenter) -> None:
    page = turned("preset=opening-hand&nato=3&stage=package")
    page.keyboard.press("ArrowDown")
    expect_scenario(page, "grand-bargain")
    expect_step(page, "package")
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile("nato=3&"))
    page.keyboard.press("ArrowUp")
    expect_scenario(page, "opening-hand")


def test_a_black_screen_comes_and_goes_and_takes_no_step(turned: Presenter) -> None:
    page = turned("preset=opening-hand&stage=drift")
    black = page.locator(".black")
    for on, off in (("b", "b"), (".", "ArrowRight"), ("b", "Escape")):
        page.keyboard.press(on)
        expect(black).to_be_visible()
        page.keyboard.press(off)
        expect(black).to_be_hidden()
    expect_step(page, "drift")


def test_the_full_screen_comes_and_goes_by_a_key(turned: Presenter) -> None:
    page = turned()
    for wanted in ("true", "false"):
        page.keyboard.press("f")
        page.wait_for_function(f"Boolean(document.fullscreenElement) === {wanted}")


def test_the_navigation_goes_after_three_seconds_and_escape_brings_it_back_before_it_leaves(turned: Presenter) -> None:
    page = turned("preset=giveaway&nato=41")
    quiet = "document.querySelector('[data-testid=stHeader]').getBoundingClientRect().bottom <= 0"
    page.wait_for_function(quiet, timeout=6000)
    page.mouse.move(400, 400)
    page.wait_for_function(f"!({quiet})")
    page.wait_for_function(quiet, timeout=6000)
    page.keyboard.press("Escape")
    page.wait_for_function(f"!({quiet})")
    assert "/present" in page.url
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("/present"))
    expect(page).to_have_url(re.compile("nato=41&"))


def test_the_list_of_keys_opens_and_escape_closes_only_the_list(turned: Presenter) -> None:
    page = turned()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_contain_text("Page Down: Next step")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect_step(page, "drift")


def test_the_pointer_follows_the_mouse_and_stays_through_steps(turned: Presenter) -> None:
    page = turned()
    page.keyboard.press("p")
    page.mouse.move(700, 400, steps=10)
    page.keyboard.press("ArrowRight")
    expect_step(page, "drift")
    box = ring(page).bounding_box()
    assert box
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx((700, 400), abs=1)
    page.keyboard.press("p")
    expect(ring(page)).to_be_hidden()


def test_a_phone_shows_it_within_its_width(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&stage=package", "/present", phone=True)
    for step in STEPS:
        button(page, TITLES[step]).tap()
        expect_step(page, step)
        assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth") <= PHONE["width"]

"""A bank of ranges in a real Chromium: mouse, keys, typed, finger, and a page that runs again all the time.

Its page shows four tracks: Drift, 0 to 8 by 0.1, has 2.5 · 3 · 3.5; what was told to Python stands below them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, watch
from tests.browser.harness import ROOT, served
from tests.browser.test_feel import touch

CENTRE = """(range) => {
    const line = range.parentElement.querySelector(".line").getBoundingClientRect(), own = range.getBoundingClientRect()
    const at = (Number(range.value) - range.min) / (range.max - range.min)
    return [own.left + (own.width - line.width) / 2 + at * line.width, own.top + own.height / 2]
}"""  # of the handle as it is drawn
SMALLEST = """bank => Math.min(...[...bank.querySelectorAll("*")]
    .filter(part => [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .map(part => parseFloat(getComputedStyle(part).fontSize)))"""
FAILS_ONCE = """() => {
    const fetched = window.fetch
    window.asked = []
    window.fetch = async (address, ...rest) => {
        if (!String(address).startsWith("/bank/")) return fetched(address, ...rest)
        if (asked.push(address) === 1) throw new TypeError("Failed to fetch")
        return fetched(address, ...rest)
    }
}"""
MARKS = """row => {
    const line = row.querySelector(".line").getBoundingClientRect()
    const ends = [...row.querySelectorAll(".lane line")].map(stem => {
        const box = stem.ownerSVGElement.getBoundingClientRect()
        return (box.left + stem.x2.baseVal.value - line.left) / line.width
    })
    const marks = [...row.querySelectorAll(".glyph")].map(mark => mark.getBoundingClientRect())
    return [ends, marks.map(({ left, width }) => left + width / 2), Math.max(...marks.map(mark => mark.bottom)),
        row.querySelector("input[type=range]").getBoundingClientRect().top]
}"""


@pytest.fixture(scope="module")
def bank_address() -> Iterator[str]:
    with served(ROOT / "tests" / "browser" / "bank" / "app.py") as address:
        yield address


@pytest.fixture
def open_bank(visited: Callable[[bool], BrowserContext], bank_address: str) -> Iterator[Opener]:
    """Opens the page of the bank; at the end it may not have written an error."""
    pages: list[Page] = []
    errors: list[str] = []

    def opener(*, phone: bool = False, dark: bool = False) -> Page:
        page = visited(phone).new_page()
        pages.append(page)
        page.set_viewport_size(PHONE if phone else DESKTOP)
        page.emulate_media(color_scheme="dark" if dark else "light")
        watch(page, errors)
        page.goto(bank_address)
        expect(page.locator(".bank .row")).to_have_count(4)
        return page

    yield opener
    for page in pages:
        page.close()
    assert errors == []


def row(page: Page, key: str = "drift") -> Locator:
    return page.locator(f'.bank .row[data-key="{key}"]')


def handle(page: Page, end: str, key: str = "drift") -> Locator:
    return row(page, key).locator(f"input[type=range].{end}")


def typed(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def place(page: Page, value: float, key: str = "drift", *, ends: tuple[float, float] = (0, 8)) -> tuple[float, float]:
    """Where a value stands on the screen."""
    box = row(page, key).locator(".line").bounding_box()
    assert box
    return box["x"] + box["width"] * (value - ends[0]) / (ends[1] - ends[0]), box["y"] + box["height"] / 2


def take(page: Page, end: str, key: str = "drift", *, ends: tuple[float, float] = (0, 8)) -> Callable[[float], None]:
    """Presses the mouse on a handle; what comes back pulls it to a value."""
    now = float(handle(page, end, key).input_value())
    x, y = handle(page, end, key).evaluate(CENTRE)
    grip = x - place(page, now, key, ends=ends)[0]
    page.mouse.move(x, y)
    page.mouse.down()
    return lambda value: page.mouse.move(place(page, value, key, ends=ends)[0] + grip, y, steps=4)


def expect_shown(page: Page, *values: str, key: str = "drift") -> None:
    """The typed twins say so; the handles stand there, and nobody's crossed."""
    for field, value in zip(row(page, key).locator("input[type=text]").all(), values, strict=True):
        expect(field).to_have_value(value)
    for one, value in zip(row(page, key).locator("input[type=range]").all(), values, strict=True):
        expect(one).to_have_value(value.replace("−", "-"))


def expect_held(page: Page, told: str) -> None:
    """Python was told these values, and nothing else."""
    expect(page.get_by_text(f"held {told}", exact=True)).to_be_visible()


def wait_for_runs(page: Page, runs: int) -> None:
    """Waits until so many more runs of the page have reached the bank."""
    counted = row(page).locator(".about p", has_text="Shown")
    for _ in range(runs):
        expect(counted).not_to_have_text(str(counted.text_content()))


def test_a_handle_takes_along_those_it_passes_gives_them_back_and_no_run_of_the_page_takes_it_away(
    open_bank: Opener,
) -> None:
    page = open_bank()
    pull = take(page, "low")
    pull(3.4)
    expect_shown(page, "3.4", "3.4", "3.5")
    wait_for_runs(page, 2)
    expect_shown(page, "3.4", "3.4", "3.5")
    expect_held(page, "{}")
    pull(7)
    expect_shown(page, "7", "7", "7")
    pull(2)
    expect_shown(page, "2", "3", "3.5")
    expect(row(page).locator(".copied")).to_be_visible()
    page.mouse.up()
    expect_held(page, "{'drift': (2.0, 3.0, 3.5)}")
    wait_for_runs(page, 1)
    expect_shown(page, "2", "3", "3.5")


def test_a_press_on_a_handle_moves_nothing_and_one_beside_brings_the_nearest(open_bank: Opener) -> None:
    page = open_bank()
    take(page, "central")
    page.mouse.up()
    wait_for_runs(page, 1)
    expect_held(page, "{}")
    page.mouse.click(*place(page, 6))
    expect_held(page, "{'drift': (2.5, 3.0, 6.0)}")
    page.mouse.click(*place(page, 1))
    expect_held(page, "{'drift': (1.0, 3.0, 6.0)}")
    expect(handle(page, "low")).to_be_focused()


def test_where_all_three_are_equal_each_handle_can_be_taken(open_bank: Opener) -> None:
    page = open_bank()
    handle(page, "low").focus()
    page.keyboard.press("End")
    expect_held(page, "{'drift': (8.0, 8.0, 8.0)}")
    for end, at in (("low", 5), ("central", 6), ("high", 7)):
        take(page, end)(at)
        page.mouse.up()
    expect_held(page, "{'drift': (5.0, 6.0, 7.0)}")


def test_keys_move_by_steps_to_the_ends_and_without_what_binary_fractions_leave(open_bank: Opener) -> None:
    page = open_bank()
    central = page.get_by_role("slider", name="Symbolic potency, central", exact=True)
    central.focus()
    expect(central).to_have_attribute("aria-valuetext", "central, 50th percentile: −0.3")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect_held(page, "{'potency': (-2.0, -0.1, 1.1)}")
    page.keyboard.press("ArrowRight")
    expect_held(page, "{'potency': (-2.0, 0.0, 1.1)}")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect_held(page, "{'potency': (-2.0, 1.2, 1.2)}")
    page.keyboard.press("Home")
    expect_held(page, "{'potency': (-6.0, -6.0, 1.2)}")
    expect(central).to_have_attribute("aria-valuetext", "central, 50th percentile: −6")
    page.keyboard.press("Tab")
    expect(page.get_by_role("slider", name="Symbolic potency, high", exact=True)).to_be_focused()


def test_a_held_key_is_told_once_when_it_is_let_go(open_bank: Opener) -> None:
    page = open_bank()
    handle(page, "high").focus()
    for _ in range(5):
        page.keyboard.down("ArrowRight")
    expect_shown(page, "2.5", "3", "4")
    wait_for_runs(page, 1)
    expect_held(page, "{}")
    page.keyboard.up("ArrowRight")
    expect_held(page, "{'drift': (2.5, 3.0, 4.0)}")


def test_a_typed_value_may_be_finer_is_kept_admissible_and_said_to_be_and_runs_leave_it_alone(
    open_bank: Opener,
) -> None:
    page = open_bank()
    low = typed(page, "Drift, low (10th percentile)")
    low.fill("3,21257")
    wait_for_runs(page, 2)
    expect(low).to_have_value("3,21257")
    expect(low).to_be_focused()
    low.press("Enter")
    expect_held(page, "{'drift': (3.2126, 3.2126, 3.5)}")
    expect_shown(page, "3.2126", "3.2126", "3.5")
    handle(page, "low").press("ArrowLeft")  # to the grid
    expect_held(page, "{'drift': (3.2, 3.2126, 3.5)}")
    high, note = typed(page, "Drift, high (90th percentile)"), row(page).get_by_role("status")
    high.fill("9")
    high.press("Enter")
    expect(note).to_have_text("9 is not from 0 to 8. 8 is taken.")
    expect_held(page, "{'drift': (3.2, 3.2126, 8.0)}")
    high.fill("much")
    high.press("Enter")
    expect(note).to_have_text("“much” is no number from 0 to 8. 8 is kept.")
    expect(high).to_have_value("8")
    other = typed(page, "Symbolic potency, low (10th percentile)")
    other.fill("−2.5")
    other.press("Enter")
    expect_held(page, "{'drift': (3.2, 3.2126, 8.0), 'potency': (-2.5, -0.3, 1.1)}")


def test_what_is_changed_is_marked_and_set_back_and_the_focus_stays_in_its_row(open_bank: Opener) -> None:
    page = open_bank()
    reset = page.get_by_role("button", name="Reset Drift to 2.5 · 3 · 3.5")
    expect(reset).to_be_hidden()
    handle(page, "central").press("PageUp")
    expect_held(page, "{'drift': (2.5, 4.0, 4.0)}")
    expect(row(page)).to_have_class(re.compile(r"\bmoved\b"))
    reset.press("Enter")
    expect_held(page, "{}")
    expect_shown(page, "2.5", "3", "3.5")
    expect(reset).to_be_hidden()
    expect(handle(page, "central")).to_be_focused()


def test_a_worldviews_values_are_taken_from_about_which_stays_open(open_bank: Opener) -> None:
    page = open_bank()
    about = row(page).locator("details")
    about.locator("summary").click()
    expect(about).to_contain_text("From 0 to 8 is admissible (points a year).")
    expect(about).to_contain_text("9 of 100 worlds stand on a bound.")
    expect(about.get_by_role("link", name="Source card")).to_have_attribute("href", "/assumptions?source=drift")
    offer = about.get_by_role("button", name="As Lock-in has it 3 · 3.05 · 4")
    expect(about.locator("[aria-current]")).to_have_text(
        ["● As Op-ed has it 2.5 · 3 · 3.5", "▲ As Sceptic has it 2.5 · 3 · 3.5"]
    )
    offer.click()
    expect_held(page, "{'drift': (3.0, 3.05, 4.0)}")
    wait_for_runs(page, 1)
    expect(about).to_have_attribute("open", "")
    expect(offer).to_be_focused()
    expect(offer).to_have_attribute("aria-current", "true")
    expect_shown(page, "3", "3.05", "4")


def test_a_weight_has_one_handle_and_its_part_of_all_weights_beside_it(open_bank: Opener) -> None:
    page = open_bank()
    expect(row(page, "threat").locator("input[type=range]")).to_have_count(1)
    expect(row(page, "threat")).to_contain_text("counts as 50 of 100")
    field = typed(page, "Threat, typed")
    field.fill("0.3")
    field.press("Enter")
    expect_held(page, "{'threat': (0.3,)}")
    expect(row(page, "threat")).to_contain_text("counts as 38 of 100")
    expect(row(page, "status")).to_contain_text("counts as 62 of 100")
    take(page, "central", "threat", ends=(0, 1))(0.9)
    expect(row(page, "threat").locator(".share")).to_be_hidden()  # what it says is of another value
    page.mouse.up()
    expect(row(page, "threat")).to_contain_text("counts as 64 of 100")


def test_marks_of_the_worldviews_stand_apart_above_the_handles_and_lead_to_their_values(open_bank: Opener) -> None:
    page = open_bank()
    stems, marks, bottom, handles = row(page).evaluate(MARKS)
    assert stems == pytest.approx([3 / 8, 2 / 8, 3 / 8, 3.05 / 8], abs=0.005)
    apart = sorted(marks)
    assert all(b - a >= 13 for a, b in pairwise(apart))
    assert bottom <= handles
    expect(row(page).locator(".glyph").first).to_have_attribute("title", "Op-ed 2.5 · 3 · 3.5")
    page.set_viewport_size(PHONE)
    page.wait_for_function(
        f"bank => Math.abs(({MARKS})(bank)[0][3] - 3.05 / 8) < 0.005", arg=row(page).element_handle()
    )


def test_a_finger_that_scrolls_moves_nothing_one_that_goes_sideways_or_taps_does(open_bank: Opener) -> None:
    page = open_bank(phone=True)
    finger = page.context.new_cdp_session(page)
    x, y = place(page, 5)
    touch(finger, "touchStart", (x, y))
    for step in range(1, 11):
        touch(finger, "touchMove", (x, y - 12 * step))
    touch(finger, "touchEnd")
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 0")
    expect_shown(page, "2.5", "3", "3.5")
    expect_held(page, "{}")
    x, y = handle(page, "high").evaluate(CENTRE)
    touch(finger, "touchStart", (x, y))
    touch(finger, "touchMove", (x + 4, y))
    expect_shown(page, "2.5", "3", "3.5")
    for step in range(1, 11):
        touch(finger, "touchMove", (x + 4 + step * (place(page, 5.5)[0] - place(page, 3.5)[0] - 4) / 10, y))
    expect_shown(page, "2.5", "3", "5.5")
    expect_held(page, "{}")
    touch(finger, "touchEnd")
    expect_held(page, "{'drift': (2.5, 3.0, 5.5)}")
    touch(finger, "touchStart", place(page, 1))
    expect_shown(page, "2.5", "3", "5.5")
    touch(finger, "touchEnd")
    expect_held(page, "{'drift': (1.0, 3.0, 5.5)}")


def test_what_stays_of_the_tracks_is_fetched_once_and_again_where_it_did_not_come(open_bank: Opener) -> None:
    page = open_bank()
    page.evaluate(FAILS_ONCE)
    page.emulate_media(color_scheme="dark")
    first = row(page).locator(".glyph").first
    expect(first).to_have_css("color", "rgb(90, 169, 230)", timeout=10_000)
    handle(page, "high").press("ArrowRight")
    expect_held(page, "{'drift': (2.5, 3.0, 3.6)}")
    wait_for_runs(page, 2)
    assert page.evaluate("window.asked") == ["/bank/dark", "/bank/dark"]


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"phone": True}], ids=["light", "dark", "phone"])
def test_no_rule_of_axe_is_broken_no_word_is_small_and_nothing_leaves_the_bank(
    open_bank: Opener, look: dict[str, bool]
) -> None:
    page = open_bank(**look)
    handle(page, "low").press("Home")
    expect_held(page, "{'drift': (0.0, 3.0, 3.5)}")
    for about in page.locator(".bank summary").all():
        about.click()
    page.wait_for_timeout(300)  # colours fade
    found = Axe().run(page, ".st-key-bank", {"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
    bank = page.locator(".bank")
    assert bank.evaluate(SMALLEST) >= 13
    assert bank.evaluate("bank => bank.scrollWidth <= bank.clientWidth")
    if look.get("phone"):
        sizes = (
            row(page)
            .locator("input[type=range]")
            .evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).getPropertyValue('--thumb')) * 16)")
        )
        assert min(sizes) >= 26

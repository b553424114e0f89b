"""How Explore looks in a real Chromium: what is in sight without scrolling, that nothing covers it, small or jumps."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from model import catalog, presets
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.drawn import wait_until_still
from tests.browser.test_feel import drawings, expect_drawn_after, hold, leave_fields
from tests.browser.test_page import expect_in_bar, finding, open_section, shift, slider, typed

HAND = "preset=opening-hand"
SMALLEST, MOST_SHIFT = 13, 0.1
LAPTOP = ViewportSize(width=1024, height=768)
SHIFTED = """
window.shifted = 0
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value
}).observe({ type: "layout-shift", buffered: true })
"""
# Words that are seen, in whatever shadow root, and smaller than so many pixels; glyphs and icons are no words.
SMALL = """smallest => {
    const found = []
    const look = (root) => {
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
        while (walk.nextNode()) {
            const at = walk.currentNode.parentElement
            if (!at || !/[\\p{L}\\p{N}]/u.test(walk.currentNode.textContent)) continue
            if (at.closest("style, script, [data-testid=stIconMaterial]") || !at.checkVisibility()) continue
            const { fontSize } = getComputedStyle(at)
            const { width, height } = at.getBoundingClientRect()
            if (parseFloat(fontSize) < smallest && width > 1 && height > 1) found.push(`${fontSize}: ${at.textContent}`)
        }
        for (const box of root.querySelectorAll("*")) if (box.shadowRoot) look(box.shadowRoot)
    }
    look(document.body)
    return found
}"""
# Results in the window: how many, and those at whose middle something else lies.
COVERED = """() => {
    const parts = [
        ...document.querySelectorAll(".finding h1 span, .caveat, .pictures .below"),
        ...document.querySelectorAll(".pictures .annotation-text, .prices .mark, .prices .line"),
        ...document.querySelectorAll('.card[data-key="strip"] .trace:last-child .point'),
        ...document.querySelectorAll('.card[data-key="drift"] .trace:last-child .point'),
    ].filter((part) => part.checkVisibility())
    const seen = parts.map((part) => ({ part, box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.width && box.top >= 0)
    const within = ".card, .finding, .prices"
    const edge = (name, side, otherwise) => {
        const part = document.querySelector(name)
        return part?.checkVisibility() && innerWidth < 900 ? part.getBoundingClientRect()[side] : otherwise
    }
    const [head, foot] = [edge(".results", "bottom", 0), edge(".phone-tabs", "top", innerHeight)] // the rest scrolls
    const open = seen.filter(({ part, box }) => part.closest(".results") || box.top >= head && box.bottom <= foot)
    const covered = open.flatMap(({ part, box }) => {
        const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        const free = top?.closest(within) === part.closest(within)
        return free ? [] : [`${part.textContent} lies under ${top?.outerHTML.slice(0, 150)}`]
    })
    return { seen: open.length, covered }
}"""
RANGES = """() => [["drift", "yaxis"], ["strip", "xaxis"]].map(([key, axis]) =>
    document.querySelector(`.card[data-key=${key}] .chart`).layout[axis].range)"""
PASSED = """() => {
    const middles = () => document.querySelector('.card[data-key="strip"] .chart')?.data
        ?.find(({ name }) => name === "middle")?.x.join() ?? "" // the page may be turned meanwhile
    window.passed = new Set([middles()])
    const look = () => { window.passed.add(middles()); window.looking = requestAnimationFrame(look) }
    cancelAnimationFrame(window.looking)
    look()
}"""


def expect_no_small_words(page: Page) -> None:
    assert page.evaluate(SMALL, SMALLEST) == []


def expect_nothing_covered(page: Page, at_least: int) -> None:
    found: dict[str, Any] = page.evaluate(COVERED)
    assert found["covered"] == []
    assert found["seen"] >= at_least


def test_at_a_desk_ten_levers_both_pictures_and_the_price_stand_in_the_window_and_nothing_covers_them(
    turn_to: Opener,
) -> None:
    page = turn_to(HAND)
    assert len(catalog().levers) == 10
    for key in catalog().levers:
        for part in (slider(page, key), typed(page, key), page.locator(f'.row[data-key="{key}"] .words')):
            expect(part).to_be_in_viewport(ratio=1)
    for selector in ('.card[data-key="drift"]', '.card[data-key="strip"]', ".finding", ".prices"):
        expect(page.locator(selector)).to_be_in_viewport(ratio=1)
    expect_nothing_covered(page, 40)
    expect_no_small_words(page)
    page.set_viewport_size(LAPTOP)
    wait_until_still(page)
    expect_nothing_covered(page, 25)
    expect_no_small_words(page)


def test_on_a_phone_the_strip_is_in_sight_while_any_lever_moves(turn_to: Opener) -> None:
    page = turn_to(HAND, phone=True)
    strip = page.locator('.card[data-key="strip"] .chart')
    for key in catalog().levers:
        earlier = drawings(page)
        drag = hold(page, key)
        drag(0.3)
        drag(0.7)
        expect_drawn_after(page, earlier)
        expect(strip).to_be_in_viewport(ratio=1)
        expect_nothing_covered(page, 14)
        thumb, results = slider(page, key).bounding_box(), page.locator(".results").bounding_box()
        assert thumb
        assert results
        assert thumb["y"] >= results["y"] + results["height"], key
        page.mouse.up()
    wait_until_still(page)
    expect_no_small_words(page)
    page.locator('.phone-tabs input[value="time"]').check(force=True)
    expect(page.locator('.card[data-key="drift"]')).to_be_visible()
    wait_until_still(page)
    expect_nothing_covered(page, 14)
    expect_no_small_words(page)


def test_a_first_visit_comes_in_without_a_jump_offers_the_tour_in_a_line_and_axes_never_narrow(
    open_page: Opener,
) -> None:
    page = open_page(before=SHIFTED)
    wait_until_still(page)
    assert page.evaluate("window.shifted") <= MOST_SHIFT
    assert drawings(page) == 2  # the drift first, from which the opening hand comes in
    expect(page.get_by_text("New here?")).to_be_visible()
    expect(page.get_by_role("region", name="A short tour")).to_be_hidden()
    first = page.evaluate(RANGES)
    for key in ("caatsa", "clarity", "ukraine"):
        typed(page, key).fill("100")
        typed(page, key).press("Enter")
        expect_in_bar(page, key, 100)
    wait_until_still(page)
    wide = page.evaluate(RANGES)
    assert wide != first
    assert all(low <= was and high >= then for (low, high), (was, then) in zip(wide, first, strict=True))
    leave_fields(page)
    page.keyboard.press("0")
    expect_in_bar(page, "caatsa", 0)
    wait_until_still(page)
    assert page.evaluate(RANGES) == wide
    low, high = wide[0]
    expect(page.locator('.card[data-key="drift"] .sentence')).to_contain_text(f"({low} to {high} shown)")


def test_a_link_opens_on_a_phone_without_a_jump_and_says_what_the_desk_says(open_page: Opener, turn_to: Opener) -> None:
    page = turn_to("preset=grand-bargain&nato=37&start=2024")
    phone = open_page(page.url.partition("?")[2], phone=True, before=SHIFTED)
    wait_until_still(phone)
    assert phone.evaluate("window.shifted") <= MOST_SHIFT
    for worldview in catalog().worldviews:
        assert shift(phone, worldview).text_content() == shift(page, worldview).text_content()
    for box in ("html", "[data-testid=stMain]"):
        assert phone.locator(box).evaluate("box => box.scrollWidth <= box.clientWidth"), box


def test_what_changes_without_a_thumb_passes_over_and_with_less_motion_it_does_not(turn_to: Opener) -> None:
    page = turn_to(HAND)
    put = typed(page, "nato")
    put.fill("90")
    put.press("Enter")
    expect_in_bar(page, "nato", 90)
    leave_fields(page)

    def passed(times: int) -> int:
        """How many states the markers were in between two rests, at most of so many changes."""
        most = 0
        for turn in range(times):
            wait_until_still(page)
            page.evaluate(PASSED)
            page.keyboard.press("Control+Shift+z" if turn % 2 else "Control+z")
            expect_in_bar(page, "nato", 90 if turn % 2 else 50)
            wait_until_still(page)
            most = max(most, page.evaluate("window.passed.size") - 2)
        return most

    assert passed(4) >= 1
    page.emulate_media(reduced_motion="reduce")
    assert passed(2) == 0


def test_a_section_opened_by_its_chip_is_scrolled_to_and_the_bar_keeps_the_results_in_sight(turn_to: Opener) -> None:
    page = turn_to(HAND)
    bar = page.get_by_role("list", name="Results in short", include_hidden=True)
    expect(bar).to_be_hidden()
    wanted = [shift(page, worldview).text_content() or "" for worldview in catalog().worldviews]
    for title, board in (("Six domains", "domains"), ("Other outcomes", "outcomes"), ("How much is enough", "op-ed")):
        section = open_section(page, title)
        expect(section).to_have_count(1)
        chart = section.locator(f'.card[data-key="{board}"] .chart[role=img]')
        expect(chart.locator(".main-svg").first).to_be_visible()
        expect(chart).to_have_attribute("aria-label", re.compile("Op-ed|op-ed|dose"))
        expect(section.get_by_test_id("stDataFrame")).to_be_visible()
        expect(bar).to_be_visible()
        expect(bar.locator("b")).to_have_text(wanted)
        wait_until_still(page)
        page.wait_for_function(
            """() => {
                const [bar, head] = ["[aria-label='Results in short']", "[class*=st-key-section_] h2"].map((name) =>
                    document.querySelector(name).getBoundingClientRect())
                return head.top >= bar.bottom && head.top < bar.bottom + 80
            }"""
        )
    typed(page, "nato").fill("90")
    typed(page, "nato").press("Enter")
    expect_in_bar(page, "nato", 90)
    expect(bar.locator("b")).not_to_have_text(wanted)
    expect(bar).to_be_visible()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    expect(bar).to_be_hidden()
    assert [shift(page, key).text_content() for key in catalog().worldviews] == bar.locator("b").all_text_contents()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_one_view_is_looked_at_alone_by_button_and_key_and_its_row_is_where_its_button_is(
    turn_to: Opener, screen: ViewportSize
) -> None:
    page = turn_to(HAND, screen=screen)
    opacities = """div => div.data.filter(({ name }) => name.endsWith('with levers')).map(({ opacity }) => opacity)"""
    paths = page.locator('.card[data-key="drift"] .chart')
    buttons = page.locator(".views button")
    names = page.locator('.card[data-key="strip"] .annotation-text')
    for i, view in enumerate(catalog().worldviews.values()):
        row = buttons.nth(i).bounding_box()
        named = names.filter(has_text=re.compile(f"^({re.escape(view.title)}|{view.short})$")).bounding_box()
        assert row
        assert named
        assert row["y"] <= named["y"] + named["height"] / 2 <= row["y"] + row["height"], view.title
    buttons.nth(2).click()
    expect(buttons.nth(2)).to_have_attribute("aria-pressed", "true")
    wait_until_still(page)
    assert paths.evaluate(opacities) == [0, 0, 1, 0]
    leave_fields(page)
    page.keyboard.press("1")
    expect(buttons.nth(0)).to_have_attribute("aria-pressed", "true")
    wait_until_still(page)
    assert paths.evaluate(opacities) == [1, 0, 0, 0]
    page.keyboard.press("1")
    expect(page.locator(".views [aria-pressed=true]")).to_have_count(0)
    wait_until_still(page)
    assert paths.evaluate(opacities) == [1, 1, 1, 1]


def test_the_finding_goes_with_the_levers_and_never_calls_one_better(turn_to: Opener) -> None:
    for name in ("status-quo", "grand-bargain", "squeeze-both"):
        page = turn_to(f"preset={name}")
        said = finding(page).inner_text()
        assert "Russia and China" in said, presets()[name].title
        assert not re.search(r"\b(better|worse|best|success|fail)", said)


def test_the_line_for_who_comes_without_a_link_stands_between_the_pages_and_the_tools(open_page: Opener) -> None:
    page = open_page()
    names = (page.get_by_role("link", name="Present"), page.locator(".st-key-welcome"), page.locator(".st-key-topline"))
    expect(page.locator(".st-key-welcome")).to_be_visible()
    for width in (1440, 1340):
        page.set_viewport_size(ViewportSize(width=width, height=900))
        wait_until_still(page)
        pages, welcome, tools = (part.bounding_box() for part in names)
        assert pages
        assert welcome
        assert tools
        assert pages["x"] + pages["width"] < welcome["x"], width
        assert welcome["x"] + welcome["width"] < tools["x"], width

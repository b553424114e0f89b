"""All that the data hold is on the screen, after every kind of step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from model import catalog, presets
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.drawn import expect_all_drawn, expect_dots_seen, wait_until_still
from tests.browser.test_feel import choose, hold, leave_fields, step
from tests.browser.test_page import expect_in_bar, open_section, query, slider, typed

# A board whose component is taken away and comes back to the same place, as React does it with what has to wait.
TAKEN_AWAY = """async () => {
    const names = performance.getEntriesByType("resource").map(({ name }) => name)
    const loaded = (part) => names.findLast((name) => name.includes(part))
    const { default: component } = await import(loaded("/chart_board"))
    const place = document.body.appendChild(document.createElement("div"))
    place.innerHTML = '<div class="board-box"><div class="board"></div><p class="note"></p><p class="downloads"></p>'
    const address = loaded("/board/worldviews")
    const data = { address, plotly: loaded("plotly-"), theme: "light", downloads: {}, replay: null }
    const shown = async () => {
        for (let tries = 0; tries < 200; tries++) {
            await new Promise((soon) => setTimeout(soon, 50))
            const charts = [...place.querySelectorAll(".chart")]
            if (charts.length && charts.every(({ layout, childElementCount }) => layout && childElementCount)) {
                return charts.length
            }
        }
        return 0
    }
    const counts = []
    for (let time = 0; time < 3; time++) {
        const takeAway = component({ data, parentElement: place, setTriggerValue: () => {} })
        counts.push(await shown())
        takeAway()
        await new Promise((soon) => setTimeout(soon, 100))
    }
    place.remove()
    return counts
}"""
LEVERS = list(catalog().levers)
WORLDS, MIDDLES = 200, 4  # dots of four worldviews, and their markers


def value(page: Page, key: str) -> int:
    return int(slider(page, key).input_value())


def test_a_board_that_is_taken_away_and_comes_back_to_its_place_is_drawn_again(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    assert page.evaluate(TAKEN_AWAY) == [2, 2, 2]


@pytest.mark.long
def test_nothing_is_missing_however_the_levers_are_moved(open_page: Opener) -> None:
    page = open_page("preset=status-quo")
    expect_all_drawn(page)
    expect_dots_seen(page, MIDDLES)
    for key in LEVERS[::3]:
        was = value(page, key)
        slider(page, key).focus()
        page.keyboard.press("ArrowRight")
        expect_in_bar(page, key, was + 1)
        expect_all_drawn(page)
    for key in LEVERS[1::3]:
        drag = hold(page, key)
        for share in (0.2, 0.9, 0.6):
            drag(share)
        page.mouse.up()
        expect_all_drawn(page)
    for key in LEVERS[2::3]:
        typed(page, key).fill("15")
        typed(page, key).press("Enter")
        expect_in_bar(page, key, 15)
        expect_all_drawn(page)
    leave_fields(page)
    for name in ("undo", "undo", "redo"):
        step(page, name).click()
        expect_all_drawn(page)
    choose(page, "More", "Replay the last change")
    expect_all_drawn(page)
    choose(page, "More", "All levers to neutral")
    expect_all_drawn(page)
    page.get_by_role("combobox").click()
    page.keyboard.type(presets()["opening-hand"].title)
    page.keyboard.press("Enter")
    page.wait_for_url("**preset=opening-hand**")
    expect_all_drawn(page)
    expect_dots_seen(page, WORLDS + MIDDLES)
    page.go_back()
    page.wait_for_url("**preset=status-quo**")
    expect_all_drawn(page)


def test_nothing_is_missing_in_views_alone_sections_and_the_dark(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&goal=shift_at_most_-5")
    leave_fields(page)
    for key in "131":  # one view, another, and the second time all again
        page.keyboard.press(key)
        expect_all_drawn(page)
    page.keyboard.press("1")
    expect_all_drawn(page)
    for title in ("Why: each lever", "Why: year by year", "How much is enough", "Six domains", "Other outcomes"):
        open_section(page, title)
        expect_all_drawn(page)
    for key in ("nato", "precond"):  # the last holds the offers back
        slider(page, key).focus()
        page.keyboard.press("End")
        expect_in_bar(page, key, catalog().levers[key].high)
        expect_all_drawn(page)
    page.emulate_media(color_scheme="dark")
    tick = page.locator('.card[data-key="drift"] .xtick text').first
    expect(tick).to_have_css("fill", re.compile(r"rgb\((1[5-9]|2\d)\d, (1[5-9]|2\d)\d, (1[5-9]|2\d)\d\)"))
    expect_all_drawn(page)


# The observed line on the screen: its dots inside the drift and left of the start, whether and how far above it ends,
# which part of the picture it takes, words but the names at the ends that lie over others or leave the picture, and the
# words that say why it ends there: whether they are left of the start, in letters of which size, and on how many dots.
PAST = """() => {
    const chart = document.querySelector('.card[data-key="drift"] .chart')
    const box = chart.getBoundingClientRect()
    const middle = point => {
        const { left, right, top, bottom } = point.getBoundingClientRect()
        return { x: (left + right) / 2, y: (top + bottom) / 2 }
    }
    const traces = [...chart.querySelectorAll(".scatterlayer .trace")].filter(trace => trace.querySelector(".point"))
    const [[start], dots] = traces.slice(-2).map(trace => [...trace.querySelectorAll(".point")].map(middle))
    const last = dots.at(-1)
    const labels = [...chart.querySelectorAll(".annotation-text")].filter(label => !label.textContent.endsWith(")"))
    const words = labels.map(label => [label.textContent, label.getBoundingClientRect()])
    const apart = labels.find(label => label.textContent.includes("all six"))
    const { left, right, top, bottom } = apart.getBoundingClientRect()
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5
    return {
        dots: dots.filter(({ x, y }) => x > box.left && x < start.x + 1 && y > box.top && y < box.bottom).length,
        meets: Math.abs(last.x - start.x) < 1,
        gap: start.y - last.y,
        share: (start.x - dots[0].x) / box.width,
        over: words.flatMap(([one, a], i) =>
            words.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${one} / ${other}`)),
        apart: [apart.textContent, left > box.left + 30 && right < start.x,
            parseFloat(getComputedStyle(apart).fontSize),
            dots.filter(({ x, y }) => x > left && x < right && y > top && y < bottom).length],
        outside: words.filter(([, { top, right }]) => top < box.top - 1 || right > box.right + 1).map(([word]) => word),
    }
}"""


@pytest.mark.parametrize("start", [2021, 2024])
@pytest.mark.parametrize("wide", [1440, 1024, 390])
def test_the_past_stands_on_the_screen_left_of_the_start_and_apart_from_it(
    turn_to: Opener, wide: int, start: int
) -> None:
    screen = {1440: DESKTOP, 1024: ViewportSize(width=1024, height=768), 390: PHONE}[wide]
    page = turn_to(f"preset=opening-hand&start={start}", screen=screen)
    if wide == 390:
        page.locator('.phone-tabs input[value="time"]').check(force=True)
    wait_until_still(page)
    seen = page.evaluate(PAST)
    assert (seen["dots"], seen["meets"], seen["over"], seen["outside"]) == (6, True, [], [])
    assert seen["gap"] >= 20  # pixels: it reads as another line
    said, beside, size, on_dots = seen["apart"]
    assert (
        said.replace(" ", "")
        == {
            2021: "67:votesandtradeonly58:allsixdomains",
            2024: "89:votesandtradeonly72:allsixdomains",
        }[start]
    )
    assert (beside, on_dots, size >= 13) == (True, 0, True)
    assert 0.1 < seen["share"] < 0.34  # the run keeps most of the picture
    dot = page.locator('.card[data-key="drift"] .scatterlayer .trace').last.locator(".point").nth(2)
    expect_all_drawn(page)
    if wide != 390:
        dot.hover(force=True)
        expect(page.locator('.card[data-key="drift"] .hovertext')).to_contain_text("The model starts from six domains")


def test_other_pages_keep_all_that_they_drew(open_page: Opener) -> None:
    page = open_page("preset=opening-hand&open=none", "/present")
    for press in ("ArrowRight", "ArrowDown", "ArrowDown", "0", "g", "ArrowLeft"):
        page.keyboard.press(press)
        expect_all_drawn(page)
    assert query(page)["stage"] == "question"
    page.goto(page.url.split("/present")[0] + "/compare?with=opening-hand&with=giveaway&with=status-quo")
    page.wait_for_selector("[data-drawn]")
    expect_all_drawn(page)

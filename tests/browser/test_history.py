"""The page History in Chromium: at three widths all words are in sight and of size, and both controls work by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from model.history.observed import history
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.drawn import expect_all_drawn, wait_until_still
from tests.browser.test_assumptions import SIDEWAYS
from tests.browser.test_look import LAPTOP, MOST_SHIFT, SHIFTED, expect_no_small_words
from ui.told import observed

HAND = "preset=opening-hand"
OUTSIDE = """() => [...document.querySelectorAll(".st-key-history_page .card")].flatMap(card => {
    const box = card.getBoundingClientRect()
    return [...card.querySelectorAll("text")].filter(word => {
        const { left, right } = word.getBoundingClientRect()
        return left < box.left - 1 || right > box.right + 1
    }).map(word => word.textContent)
})"""
# Words of the pictures that lie over one another.
COLLIDING = """() => [...document.querySelectorAll(".st-key-history_page .js-plotly-plot")].flatMap(chart => {
    const words = [...chart.querySelectorAll("text")].filter(word => word.textContent.trim())
        .map(word => [word.textContent, word.getBoundingClientRect()])
    return words.flatMap(([one, a], i) => words.slice(i + 1)
        .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5)
        .map(([other]) => `${one} / ${other}`))
})"""
PLACES = """() => [".compared-finding", '[data-key="observed"]', ".events", '[data-key="views"]', ".apart"].map(
    name => document.querySelector(name).getBoundingClientRect().top)"""


def open_history(open_page: Opener, screen: ViewportSize = DESKTOP, *, dark: bool = False) -> Page:
    page = open_page("preset=opening-hand", "/history", screen=screen, phone=screen == PHONE, dark=dark, before=SHIFTED)
    expect(page.get_by_role("heading", name="What these data can and cannot tell apart")).to_be_visible()
    expect(page.locator(".board[data-drawn]")).to_have_count(2)
    wait_until_still(page)
    return page


# A page that opens in the dark is first sent for the light; where words stand is the same in both.
@pytest.mark.parametrize(
    ("screen", "dark"), [(DESKTOP, True), (LAPTOP, False), (PHONE, True)], ids=["desk", "laptop", "phone"]
)
def test_all_that_is_drawn_is_in_sight_of_size_and_free_of_other_words(
    open_page: Opener, screen: ViewportSize, dark: bool
) -> None:
    page = open_history(open_page, screen, dark=dark)
    expect_all_drawn(page)
    expect_no_small_words(page)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(COLLIDING) == []
    assert page.evaluate(SIDEWAYS) == []
    places = page.evaluate(PLACES)
    assert places == sorted(places)
    assert page.evaluate("window.shifted") <= MOST_SHIFT


@pytest.mark.long
def test_no_words_of_any_series_lie_over_one_another(turn_to: Opener) -> None:
    page = turn_to(HAND, "/history")
    screens = [DESKTOP, PHONE]
    for name in observed.series_shown():
        choice = page.get_by_role("combobox", name="What is shown")
        choice.click()
        page.get_by_role("option", name=history().series[name].title, exact=True).click()
        expect(page.locator('[data-key="observed"] .chart')).to_have_attribute("aria-label", observed.alt(name))
        for screen in screens:
            page.set_viewport_size(screen)
            wait_until_still(page)
            assert (name, screen, page.evaluate(COLLIDING), page.evaluate(OUTSIDE)) == (name, screen, [], [])
        screens.reverse()  # the next one is chosen where this one was left


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("years", ["1992-1997", "2000-2010", "2019-2024"])
def test_no_words_lie_over_one_another_in_a_part_of_the_record(
    turn_to: Opener, years: str, screen: ViewportSize
) -> None:
    page = turn_to(f"{HAND}&years={years}", "/history", screen=screen)
    first, last = (page.get_by_role("slider", name="Years shown").nth(end) for end in (0, 1))
    assert (first.input_value(), last.input_value()) == tuple(years.split("-"))
    assert (page.evaluate(COLLIDING), page.evaluate(OUTSIDE)) == ([], [])


def test_the_series_and_the_years_ahead_are_chosen_by_keys(turn_to: Opener) -> None:
    page = turn_to(HAND, "/history")
    choice = page.get_by_role("combobox", name="What is shown")
    choice.focus()
    page.keyboard.press("ArrowDown")
    choice.press_sequentially("identical")
    page.keyboard.press("Enter")
    picture = page.get_by_role("img", name="Identical votes in the UN General Assembly: from 43 %")
    expect(picture).to_be_visible()
    expect(page.get_by_text("2024 has too few roll calls")).to_be_attached()
    page.get_by_role("radio", name="5 years").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Forecast 3 years ahead, views and naive rules")).to_be_visible()
    expect(page.get_by_role("img", name="Typical miss 3 years ahead")).to_have_count(2)
    wait_until_still(page)
    expect_all_drawn(page)


def test_what_is_chosen_stands_in_the_link_through_reload_back_and_forward_and_all_of_it_is_drawn(
    open_page: Opener,
) -> None:
    page = open_page("preset=opening-hand&series=trade_value", "/history")
    trade = page.get_by_role("img", name="Russia-China trade in goods: from 5 bn USD in 1992")
    expect(trade).to_be_visible()
    first = page.get_by_role("slider", name="Years shown").first
    first.focus()
    for _ in range(13):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**years=2005-2024**")
    wait_until_still(page)
    expect_all_drawn(page)
    page.get_by_role("radio", name="5 years").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**ahead=3**")
    wait_until_still(page)
    expect_all_drawn(page)
    for turn in (page.reload, page.go_back, page.go_forward):
        turn()
        if turn == page.go_back:
            page.wait_for_url(lambda url: "ahead" not in url and "years=2005-2024" in url)
            expect(page.get_by_text("Forecast 5 years ahead, views and naive rules")).to_be_visible()
        else:
            page.wait_for_url("**years=2005-2024&ahead=3**")
            expect(page.get_by_text("Forecast 3 years ahead, views and naive rules")).to_be_visible()
        expect(trade).to_be_visible()
        expect(first).to_have_value("2005")
        wait_until_still(page)
        expect_all_drawn(page)
    assert page.evaluate(COLLIDING) == []
    with page.expect_download() as started:
        page.get_by_role("link", name="PNG").first.click()
    assert (
        started.value.suggested_filename == "strategic-triangle_observed-history_series-trade-value-years-2005-2024.png"
    )


def test_at_a_desk_the_finding_and_the_whole_picture_stand_in_the_window_and_what_it_rests_on_opens_below(
    open_page: Opener,
) -> None:
    page = open_history(open_page)
    expect(page.locator(".compared-finding")).to_be_in_viewport(ratio=1)
    expect(page.locator('[data-key="observed"] .chart')).to_be_in_viewport(ratio=1)
    page.get_by_text("Observed alignment (A): source, licence, breaks").click()
    expect(page.get_by_text("in yearly changes they hardly go together")).to_be_visible()
    expect(page.get_by_text("Voeten, E., Strezhnev, A., Bailey, M.")).to_be_visible()

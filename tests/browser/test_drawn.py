"""All that the data hold is on the screen, after every kind of step."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from model import catalog, presets
from tests.browser.conftest import Opener
from tests.browser.drawn import expect_all_drawn, expect_dots_seen
from tests.browser.test_feel import choose, hold, leave_fields
from tests.browser.test_page import expect_in_bar, query, slider, typed

LEVERS = list(catalog().levers)
START = ["preset=status-quo", "preset=opening-hand"]
DOTS = 200  # of four worldviews


def value(page: Page, key: str) -> int:
    return int(slider(page, key).input_value())


@pytest.mark.parametrize("start", START, ids=["neutral", "opening hand"])
def test_nothing_is_missing_however_the_levers_are_moved(open_page: Opener, start: str) -> None:
    page = open_page(start)
    expect_all_drawn(page)
    expect_dots_seen(page, DOTS)
    first = START.index(start)  # a lever is moved in one way from one start and in another from the other
    for key in LEVERS[first::3]:
        was = value(page, key)
        slider(page, key).focus()
        page.keyboard.press("ArrowRight")
        expect_in_bar(page, key, was + 1)
        expect_all_drawn(page)
    for key in LEVERS[(first + 1) % 3 :: 3]:
        drag = hold(page, key)
        for share in (0.2, 0.9, 0.6):
            drag(share)
        page.mouse.up()
        expect_all_drawn(page)
    for key in LEVERS[(first + 2) % 3 :: 3]:
        typed(page, key).fill("15")
        typed(page, key).press("Enter")
        expect_in_bar(page, key, 15)
        expect_all_drawn(page)
    leave_fields(page)
    for step in ("undo", "undo", "redo", "replay"):
        page.get_by_role("button", name=f"{step} icon").click()
        expect_all_drawn(page)
    choose(page, "Reset", "To the scenario as it was written")
    expect_all_drawn(page)
    choose(page, "Reset", "All levers to neutral")
    expect_all_drawn(page)
    page.get_by_role("button", name="Try the essay").click()
    expect_in_bar(page, "nato", 50)
    expect_all_drawn(page)
    page.get_by_role("combobox").click()
    page.keyboard.type(presets()["giveaway"].title)
    page.keyboard.press("Enter")
    page.wait_for_url("**preset=giveaway**")
    expect_all_drawn(page)
    page.go_back()
    page.wait_for_url("**preset=opening-hand**")
    expect_all_drawn(page)
    expect_dots_seen(page, DOTS)


def test_sections_and_other_pages_keep_all_that_they_drew(open_page: Opener) -> None:
    page = open_page("preset=opening-hand&open=credit.yearly.dose.domains.outcomes&goal=shift_at_most_-5")
    for key in ("nato", "clarity", "pressure_russia", "precond"):  # the last holds the offers back
        slider(page, key).focus()
        page.keyboard.press("End")
        expect_in_bar(page, key, catalog().levers[key].high)
        expect_all_drawn(page)
    page.goto(page.url.replace("nato=100", "nato=0").replace("/?", "/present?"))
    for press in ("ArrowRight", "ArrowDown", "ArrowDown", "0", "g", "ArrowLeft"):
        page.keyboard.press(press)
        expect_all_drawn(page)
    assert query(page)["stage"] == "question"
    page.goto(page.url.split("/present")[0] + "/compare?with=opening-hand&with=giveaway&with=status-quo")
    page.wait_for_selector(".board[data-drawn]")
    expect_all_drawn(page)

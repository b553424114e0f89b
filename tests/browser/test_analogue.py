"""A historic analogue in a real browser: chosen from the list, one card and a box, moved, reloaded and left again."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from model import analogues, presets
from tests.browser.conftest import Opener
from tests.browser.test_feel import choose as replay
from tests.browser.test_page import expect_in_bar, query, slider

RESET = analogues()["reset-2009"]
ROWS = ".views button"


def choose(page: Page, title: str) -> None:
    """Choose a scenario from the list of the lever panel."""
    page.get_by_role("combobox").click()
    page.keyboard.type(title)
    page.keyboard.press("Enter")


def expect_the_reset(page: Page, nato: int) -> None:
    """Its one worldview, its box, a lever as it was set, and nothing in the link that is fixed."""
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS)).to_contain_text("Literature midpoint")
    box = page.locator(".st-key-analogue")
    expect(box).to_contain_text("Russia was already in the G8")
    expect(box).to_contain_text("It starts in 2009")
    expect(slider(page, "nato")).to_have_value(str(nato))
    expect_in_bar(page, "nato", nato)
    assert query(page)["preset"] == "reset-2009"
    assert "start" not in query(page)


def test_an_analogue_is_chosen_moved_replayed_reloaded_and_left(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    expect(page.locator(ROWS)).to_have_count(4)
    choose(page, f"History: {RESET.title}")
    expect_the_reset(page, RESET.levers["nato"])

    slider(page, "nato").focus()
    page.keyboard.press("End")
    expect_the_reset(page, 100)
    note = page.locator(".board-box .note").first
    expect(note).to_contain_text("Last change: NATO talks 30 → 100")
    replay(page, "More", "Replay the last change")
    expect(page.locator("[data-replaying]")).to_have_count(1)
    expect(page.locator("[data-replaying]")).to_have_count(0)
    expect_the_reset(page, 100)

    page.reload()
    expect_the_reset(page, 100)

    choose(page, presets()["giveaway"].title)
    expect(page.locator(ROWS)).to_have_count(4)
    expect(page.locator(".st-key-analogue")).to_have_count(0)
    expect_in_bar(page, "start", 2021)

"""Switching the structure in a real Chromium: boxes, cards, link, note, and the way back; by mouse, key and thumb."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from model import catalog, presets
from tests.browser.conftest import Opener
from tests.browser.test_page import open_context, query, shift
from ui.links.asked import ENSEMBLE, Asked
from ui.told import cache, words

HAND = "preset=opening-hand"


def op_ed(*switched: str) -> str:
    return words.signed(cache.middle_shifts(Asked(presets()["opening-hand"], switched=switched))["op-ed"])


def expect_switched(page: Page, *switched: str) -> None:
    """Link, card, the line below the title and the note below the charts."""
    sentence = words.structure_sentence(switched)
    expect(page).to_have_url(re.compile(rf"[?&]structure={'.'.join(switched)}(&|$)"))
    expect(shift(page, "op-ed")).to_have_text(op_ed(*switched))
    expect(page.get_by_test_id("stMarkdownContainer").filter(has_text=sentence).first).to_be_visible()
    expect(page.locator("p.note").first).to_contain_text(sentence)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_choice_and_the_ensemble_change_cards_link_and_note_and_one_click_leads_back(
    open_page: Opener, turn_to: Opener, phone: bool
) -> None:
    page = open_page(HAND, phone=True) if phone else turn_to(HAND)
    open_context(page)
    page.get_by_text(f"C6: {catalog().structure.choices['C6'].alternative}", exact=True).click()
    expect_switched(page, "C6")
    assert op_ed("C6") != op_ed()
    page.get_by_text("Structural ensemble", exact=True).click()
    expect_switched(page, ENSEMBLE)
    expect(page.get_by_role("checkbox", name=re.compile("^C6: "))).not_to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile("^Structural ensemble"))).to_be_checked()
    page.locator(".st-key-to_base").get_by_role("button", name="Back to base").click()
    expect(page).not_to_have_url(re.compile("structure="))
    expect(shift(page, "op-ed")).to_have_text(op_ed())
    expect(page.get_by_text("The structure differs from the base")).to_have_count(0)
    assert "structure" not in query(page)


def test_a_choice_is_switched_replayed_undone_and_reset_by_keys(turn_to: Opener) -> None:
    page = turn_to(HAND)
    open_context(page)
    page.get_by_role("checkbox", name=re.compile("^C6: ")).focus()
    page.keyboard.press("Space")
    expect_switched(page, "C6")
    page.keyboard.press("r")
    page.wait_for_timeout(2500)
    expect_switched(page, "C6")
    page.keyboard.press("Control+z")
    expect(page).not_to_have_url(re.compile("structure="))
    expect(page.get_by_role("checkbox", name=re.compile("^C6: "))).not_to_be_checked()
    page.keyboard.press("Control+Shift+z")
    expect_switched(page, "C6")
    page.keyboard.press("s")
    expect(page).not_to_have_url(re.compile("structure="))
    expect(shift(page, "op-ed")).to_have_text(op_ed())

"""The weights on the page: they follow a lever that is moved, fit their cards, and lead to their sources."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from model import presets
from model.assumptions.scenario import set_values
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.drawn import expect_all_drawn, wait_until_still
from tests.browser.test_accessibility import expect_no_violations
from tests.browser.test_page import expect_in_bar, open_section, slider
from ui.links.asked import Asked
from ui.told import cache
from ui.told.weights import Heavy

SECTION = ".st-key-section_weights"
TITLE = "The weight of each lever"
BARS = """card => [...document.querySelectorAll(`.st-key-section_weights [data-key="${card}"] .trace.bars`)].map(
    trace => [...trace.querySelectorAll(".point path")].map(path => path.getBBox().width)
)"""  # by trace and offer
OUTSIDE = """() => [...document.querySelectorAll(".st-key-section_weights .card")].flatMap(card => {
    const [box, words] = [card.getBoundingClientRect(), [...card.querySelectorAll(".annotation-text")]]
    return words.filter(word => {
        const place = word.getBoundingClientRect()
        return place.left < box.left || place.right > box.right
    }).map(word => word.textContent)
})"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".st-key-section_weights *")]
    .filter(part => [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .map(part => parseFloat(getComputedStyle(part).fontSize)))"""


def weighed(**values: int) -> dict[str, Heavy]:
    """What the opening hand with some settings weighs, by worldview."""
    return cache.weighed(cache.run_key(Asked(set_values(presets()["opening-hand"], values))))


def expect_bars_of(page: Page, worldview: str, heavy: Heavy) -> None:
    """The bars of the offers are as long as their numbers, on one axis."""
    full, asked, delivered, felt, *_ = page.evaluate(BARS, worldview)
    unit = full[0] / heavy.weights.offers["nato"].full
    for lengths, part in ((full, "full"), (asked, "asked"), (delivered, "delivered"), (felt, "felt")):
        wanted = [unit * getattr(one, part) for one in heavy.weights.offers.values()]
        assert lengths == pytest.approx(wanted, abs=1), part


def test_the_bars_follow_a_lever_that_is_moved_and_no_word_leaves_its_card(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    section = open_section(page, TITLE)
    expect(section.locator(".card")).to_have_count(4)
    expect(section).to_contain_text("NATO talks under Op-ed (31 %)")
    expect_all_drawn(page)
    expect_bars_of(page, "op-ed", weighed()["op-ed"])
    slider(page, "nato").press("End")
    expect_in_bar(page, "nato", 100)
    moved = weighed(nato=100)["op-ed"]
    expect(section.locator('[data-key="op-ed"] .chart')).to_have_attribute(
        "aria-label", re.compile(re.escape(moved.told))
    )
    expect_all_drawn(page)
    expect_bars_of(page, "op-ed", moved)
    full, asked, *_ = page.evaluate(BARS, "op-ed")
    assert asked[0] == pytest.approx(full[0], abs=0.5)  # all of it is asked
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("screen", [DESKTOP, ViewportSize(width=1024, height=768), PHONE], ids=["1440", "1024", "390"])
def test_every_word_of_the_weights_is_large_enough_and_in_its_card_at_every_width(
    turn_to: Opener, screen: ViewportSize
) -> None:
    page = turn_to("preset=opening-hand&open=weights", screen=screen)
    expect(page.locator(f"{SECTION} .card")).to_have_count(4)
    wait_until_still(page)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(SMALLEST) >= 13
    names = page.locator(f'{SECTION} [data-key="op-ed"] .annotation-text').filter(has_text="Ukraine")
    expect(names.locator("tspan.line")).to_have_count(0 if screen == PHONE else 2)  # above its bar it has room


def test_a_source_opens_in_a_page_of_its_own_where_its_number_stands(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&nato=41&open=weights")
    page.get_by_text("Every weight by name, with basis and source").click()
    row = page.locator(f"{SECTION} .shares li").filter(has_text="How much each inducement counts as concrete action")
    expect(row).to_contain_text("Basis: the essay's text, judgement")
    expect_no_violations(page, SECTION)
    with page.context.expect_page() as opened:
        row.get_by_role("link").click(modifiers=["Control"])
    other = opened.value
    card = other.locator("#source-concreteness")
    expect(card).to_contain_text("The essay asks for concrete action")
    expect(card).to_have_attribute("open", "")
    expect(card).to_be_in_viewport()
    expect_in_bar(other, "nato", 41)
    expect(other).not_to_have_url(re.compile("source="))
    other.close()

"""A reader's own worldview in a real Chromium: copied, moved by keys, undone, reloaded, compared, taken as a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from model import catalog
from tests.browser.conftest import PHONE, Opener
from tests.browser.drawn import expect_all_drawn, wait_until_still
from tests.browser.test_accessibility import VIOLATIONS, expect_no_violations
from tests.browser.test_page import expect_in_bar, slider
from tests.browser.test_range_bank import CENTRE

LINK = "preset=opening-hand&own=op-ed&edit=salience.threat~0.2&edit=binding_share~0.4~0.6~0.8"
STRIP = '.card[data-key="strip"] .chart'
STAR = """({ data }) => ["middle", "before"].map((name) => data.find((trace) => trace.name === name).x.at(-1))"""
CLOSE_AT_ONCE = """(field) => {
    field.dispatchEvent(new Event("change"))
    document.querySelector(".st-key-close_own button").click()
}"""
OPEN_AT_ONCE = """() => {
    document.activeElement.shadowRoot.activeElement.dispatchEvent(new Event("change"))
    document.querySelector(".st-key-open_own button").click()
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".st-key-panel *")].filter(part => part.checkVisibility())
    .filter(part => [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .map(part => parseFloat(getComputedStyle(part).fontSize)))"""
WIDER = (
    "() => document.querySelector('.st-key-panel').scrollWidth - document.querySelector('.st-key-panel').clientWidth"
)


def open_drawer(page: Page) -> None:
    page.get_by_role("button", name="Your worldview", exact=True).click()
    expect(page.get_by_role("heading", name="Your worldview")).to_be_visible()


def handle(page: Page, key: str, end: str) -> Locator:
    return page.locator(f'.row[data-key="{key}"] input[type=range].{end}')


def test_a_copy_is_moved_by_keys_and_stands_beside_the_four_through_undo_reload_and_compare(
    open_page: Opener,
) -> None:
    page = open_page("preset=opening-hand")
    four = page.locator('.card[data-key="strip"] .annotation-text').all_text_contents()
    open_drawer(page)
    page.get_by_role("button", name="Copy “The op-ed's case”").click()
    page.wait_for_url("**own=op-ed**")
    expect(page.locator('.card[data-key="strip"]')).to_contain_text("Your worldview (edited)")
    wait_until_still(page)
    expect_all_drawn(page)
    handle(page, "binding_share", "central").focus()
    page.keyboard.press("End")
    page.wait_for_url("**edit=binding_share~0.05~1~1**")
    wait_until_still(page)
    expect_all_drawn(page)
    strip = page.locator('.card[data-key="strip"] .annotation-text')
    told = strip.all_text_contents()
    assert {text for text in four if re.fullmatch(r"[+−]?\d+", text)} <= set(told)  # the four stay as they are
    page.get_by_role("button", name="Back to the levers").click()
    slider(page, "nato").press("PageUp")
    expect_in_bar(page, "nato", 75)
    wait_until_still(page)
    expect_all_drawn(page)
    page.keyboard.press("Control+z")
    expect_in_bar(page, "nato", 50)
    wait_until_still(page)
    assert strip.all_text_contents() == told
    page.keyboard.press("Control+z")
    page.wait_for_url(lambda url: "own=op-ed" in url and "edit=" not in url)
    page.keyboard.press("Control+Shift+z")
    page.wait_for_url("**edit=binding_share~0.05~1~1**")
    page.reload()
    expect(page.locator('.card[data-key="strip"]')).to_contain_text("Your worldview (edited)", timeout=30_000)
    wait_until_still(page)
    assert strip.all_text_contents() == told
    expect_all_drawn(page)
    page.get_by_role("link", name="Compare").first.click()
    page.wait_for_url("**/compare?**edit=binding_share~0.05~1~1**")
    expect(page.get_by_text("Your worldview (edited)").first).to_be_visible()
    wait_until_still(page)
    expect_all_drawn(page)


def star(page: Page) -> list[float]:
    """Where the mark of the reader's own worldview is in the strip, and where the hollow one."""
    found: list[float] = page.locator(STRIP).evaluate(STAR)
    return found


def test_the_star_follows_a_handle_before_it_is_let_go_and_the_hollow_one_stays_where_it_was(
    open_page: Opener,
) -> None:
    page = open_page(LINK)
    open_drawer(page)
    central = handle(page, "binding_share", "central")
    expect(central).to_be_visible()
    wait_until_still(page)
    (began, _), link = star(page), page.url
    x, y = central.evaluate(CENTRE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=6)
    page.wait_for_function(f"began => ({STAR})(document.querySelector({STRIP!r}))[0] < began - 0.5", arg=began)
    wait_until_still(page)
    expect_all_drawn(page)
    held = star(page)
    assert held[1] == began
    assert page.url == link  # nothing was let go
    page.mouse.move(x - 90, y, steps=3)
    page.wait_for_function(f"held => ({STAR})(document.querySelector({STRIP!r}))[0] < held", arg=held[0])
    wait_until_still(page)
    last = star(page)
    page.mouse.up()
    page.wait_for_url(lambda url: url != link)
    wait_until_still(page)
    assert star(page) == last == [last[0], began]
    page.mouse.move(x - 90, y)
    page.mouse.down()
    page.mouse.move(x - 30, y, steps=4)
    page.mouse.move(x - 90, y, steps=4)  # back where it was taken
    page.mouse.up()
    wait_until_still(page)
    assert star(page) == last
    central.focus()
    page.keyboard.down("ArrowRight")
    page.wait_for_function(f"at => ({STAR})(document.querySelector({STRIP!r}))[1] === at", arg=last[0])
    assert star(page)[0] > last[0]
    page.keyboard.up("ArrowRight")
    wait_until_still(page)
    expect_all_drawn(page)


def test_what_was_typed_last_is_kept_when_the_drawer_is_closed_at_once_and_undo_takes_it_from_the_pictures(
    open_page: Opener,
) -> None:
    page = open_page(LINK)
    open_drawer(page)
    wait_until_still(page)
    began, link = star(page)[0], page.url
    field = page.get_by_role("textbox", name="Binding share, low (10th percentile)", exact=True)
    field.fill("0.02")
    field.evaluate(CLOSE_AT_ONCE)
    page.wait_for_url("**edit=binding_share~0.02~0.6~0.8**")
    expect(field).to_have_count(0)
    wait_until_still(page)
    assert star(page)[0] < began
    page.keyboard.press("Control+z")
    page.wait_for_url(link)
    wait_until_still(page)
    expect_all_drawn(page)
    assert star(page)[0] == began


def test_a_lever_that_is_typed_as_the_drawer_opens_is_taken_back_from_the_pictures_by_undo(open_page: Opener) -> None:
    page = open_page(LINK)
    began = star(page)[0]
    page.get_by_role("spinbutton", name="NATO talks, typed, 0 to 100").fill("90")
    page.evaluate(OPEN_AT_ONCE)
    page.wait_for_url("**nato=90**")
    wait_until_still(page)
    assert star(page)[0] != began
    page.keyboard.press("Control+z")
    page.wait_for_url("**nato=50**")
    wait_until_still(page)
    expect_all_drawn(page)
    assert star(page)[0] == began


def test_one_number_is_taken_back_by_its_row_and_mixed_by_hand_with_anothers(open_page: Opener) -> None:
    page = open_page(LINK)
    open_drawer(page)
    row = page.locator('.row[data-key="binding_share"]')
    row.get_by_role("button", name=re.compile("Reset")).click()
    page.wait_for_url(lambda url: "binding_share" not in url and "salience.threat~0.2" in url)
    row.locator("summary").click()
    expect(row).to_contain_text("of 100 assumed worlds stand on an end of the admissible range.")
    row.get_by_role("button", name="As Sceptic has it").click()
    low, central, high = (
        f"{getattr(catalog().worldviews['sceptic'].parameters['binding_share'], end):g}"
        for end in ("low", "central", "high")
    )
    page.wait_for_url(f"**edit=binding_share~{low}~{central}~{high}**")
    row.get_by_role("link", name="Source card").click()
    expect(page.get_by_role("dialog", name="Binding share").locator(".view").last).to_contain_text(f"Central{central}")


def test_the_file_that_is_downloaded_can_be_opened_and_leads_to_the_same_changes(
    open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(LINK)
    open_drawer(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="File").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url(lambda url: "own=" not in url)
    expect(page.locator('.card[data-key="strip"]')).not_to_contain_text("edited")
    page.locator(".st-key-own_file input[type=file]").set_input_files(path)
    page.wait_for_url("**own=op-ed**edit=binding_share~0.4~0.6~0.8**")
    wait_until_still(page)
    expect_all_drawn(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_drawer_is_accessible_fits_and_leaves_the_strip_in_sight(open_page: Opener, phone: bool) -> None:
    page = open_page(LINK, phone=phone)
    open_drawer(page)
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        wait_until_still(page)
        expect_no_violations(page, first=VIOLATIONS)  # three handles lie over one another, and keys move each
    assert page.evaluate(SMALLEST) >= 13
    assert page.evaluate(WIDER) <= 0
    last = page.locator(".st-key-own .row").last
    last.scroll_into_view_if_needed()
    expect(page.locator('.card[data-key="strip"]')).to_be_in_viewport(ratio=0.9 if phone else 0.3)
    if phone:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

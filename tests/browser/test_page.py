"""The page in a real Chromium: links, levers, history, sections, pages."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from model import catalog, presets
from model.assumptions.scenario import limits
from tests.browser.conftest import Opener
from tests.browser.drawn import wait_until_still
from ui.links import single
from ui.links.asked import Asked

LEVERS = list(catalog().levers)
CONTEXT = [key for key in catalog().context if key != "start"]
WHOLE = re.compile(r"^[+−]?\d+$")  # what the strip's large numbers are, and no other of its words


def slider(page: Page, key: str) -> Locator:
    return page.locator(f'.row[data-key="{key}"] input[type=range]')


def typed(page: Page, key: str) -> Locator:
    return page.locator(f'.row[data-key="{key}"] input[type=number]')


def shift(page: Page, worldview: str) -> Locator:
    """The large number of a worldview in the strip, where all are shown or this one is alone."""
    numbers = page.locator('.card[data-key="strip"] .annotation-text').filter(has_text=WHOLE)
    views = page.locator(".views button").all_inner_texts()
    return numbers.nth(views.index(f"{catalog().worldviews[worldview].title} by itself"))


def finding(page: Page) -> Locator:
    """The headline, long or short as the page has room."""
    return page.locator(".finding h1 span").filter(visible=True)


def query(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def expect_in_bar(page: Page, key: str, value: int) -> None:
    expect(page).to_have_url(re.compile(rf"[?&]{key}={value}(&|$)"), timeout=10_000)


def open_context(page: Page) -> None:
    """Opens the part of the lever panel below the levers; it stays open on a page that is turned."""
    if not page.get_by_text("Worldviews shown").or_(page.get_by_text("Both are fixed")).first.is_visible():
        page.get_by_text("Context and worldviews").click()


def open_section(page: Page, title: str) -> Locator:
    """Chooses the chip of a section, which stands below."""
    page.locator(".st-key-sections").get_by_role("button", name=title).click()
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
    return page.locator("[class*=st-key-section_]")


@pytest.mark.parametrize("end", [0, 1], ids=["at the lowest", "at the highest"])
def test_a_link_restores_every_control_at_both_ends(turn_to: Opener, end: int) -> None:
    values = {key: limits(key)[end] for key in (*LEVERS, *CONTEXT)}
    start = (2021, 2024)[end]
    page = turn_to(urlencode({"v": 1, "preset": "opening-hand", **values, "start": start}))
    for key in LEVERS:
        expect(slider(page, key)).to_have_value(str(values[key]))
        expect(typed(page, key)).to_have_value(str(values[key]))
    open_context(page)
    for key in CONTEXT:
        expect(slider(page, key)).to_have_value(str(values[key]))
    expect(page.get_by_role("radio", name=str(start))).to_be_checked()
    assert {key: int(query(page)[key]) for key in values} == values
    assert page.get_by_text("Not everything could be followed").count() == 0


def test_moving_a_lever_by_key_changes_address_words_and_charts(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    before, said = shift(page, "op-ed").text_content() or "", finding(page).inner_text()
    slider(page, "nato").focus()
    page.keyboard.press("End")
    expect_in_bar(page, "nato", 100)
    expect(shift(page, "op-ed")).not_to_have_text(before)
    expect(finding(page)).not_to_have_text(said)
    last = catalog().levers["nato"].positions[-1].label
    expect(page.locator('.row[data-key="nato"] .words')).to_have_text(last)
    expect(slider(page, "nato")).to_have_attribute("aria-valuetext", f"100: {last}")


def test_pressing_faster_than_the_server_answers_loses_no_step(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    slider(page, "caatsa").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect_in_bar(page, "caatsa", 43)
    expect(slider(page, "caatsa")).to_have_value("43")


def test_a_drag_is_one_step_and_can_be_undone_and_redone_by_key(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    box = slider(page, "g8").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    moved = shift(page, "op-ed").text_content() or ""
    for step in range(1, 17):
        page.mouse.move(box["x"] + box["width"] * (0.5 - step / 33), middle)
    expect(shift(page, "op-ed")).not_to_have_text(moved)
    assert query(page)["g8"] == "50"
    page.mouse.up()
    expect(page).not_to_have_url(re.compile("g8=50"))
    there = query(page)["g8"]
    finding(page).click()
    page.keyboard.press("Control+z")
    expect_in_bar(page, "g8", 50)
    expect(slider(page, "g8")).to_have_value("50")
    page.keyboard.press("Control+Shift+z")
    expect_in_bar(page, "g8", int(there))
    page.go_back()
    expect_in_bar(page, "g8", 50)


def test_a_value_can_be_typed_and_is_kept_within_its_limits(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    for text, value in (("33", 33), ("250", 100), ("-4", 0), ("12.6", 13)):
        typed(page, "mil").fill(text)
        typed(page, "mil").press("Enter")
        expect_in_bar(page, "mil", value)
        expect(typed(page, "mil")).to_have_value(str(value))
    typed(page, "mil").fill("")
    typed(page, "mil").press("Enter")
    expect(typed(page, "mil")).to_have_value("13")


def test_back_and_forward_walk_through_the_changes(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    for value in (60, 70):
        typed(page, "nato").fill(str(value))
        typed(page, "nato").press("Enter")
        expect_in_bar(page, "nato", value)
    for step, value in ((page.go_back, 60), (page.go_back, 50), (page.go_forward, 60), (page.go_forward, 70)):
        step()
        expect_in_bar(page, "nato", value)
        expect(slider(page, "nato")).to_have_value(str(value))


def test_a_wrong_link_opens_says_what_was_wrong_keeps_the_rest_and_its_text_is_never_markup(turn_to: Opener) -> None:
    markup = {"caatsa": "https://evil.example/a", "g8": ":material/home:", "ukraine": "me@evil.example"}
    wrong = {"nato": "999", "bogus": "<img src=x onerror=alert(1)>", **markup, "v": "3"}
    page = turn_to("preset=opening-hand&mil=8&mil=9&" + urlencode(wrong))
    expect(page.get_by_test_id("stAlert").filter(has_text="All the rest was kept")).to_be_visible()
    told = page.get_by_test_id("stText")
    for part in ("nato is “999”", "“bogus”", "mil is given 2 times", "model version “3”", *markup.values()):
        expect(told).to_contain_text(part)
    expect(slider(page, "nato")).to_have_value("100")
    expect(slider(page, "mil")).to_have_value("8")
    assert set(query(page)) == {*single.write(Asked(presets()["opening-hand"])), "result"}
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href*=evil]").count() == 0


def test_a_section_follows_levers_that_leave_its_scale(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&open=domains")
    chart = page.locator('.card[data-key="domains"] .chart')
    expect(chart.locator(".main-svg").first).to_be_visible()
    for key in ("nato", "caatsa", "g8", "ukraine"):
        typed(page, key).fill("100")
        typed(page, key).press("Enter")
        expect_in_bar(page, key, 100)
    wait_until_still(page)
    lowest, left = chart.evaluate(
        """div => [Math.min(...div.data.flatMap(t => t.x.map((x, i) => x - t.error_x.arrayminus[i]))),
                   div.layout.xaxis.range[0]]"""
    )
    assert left <= lowest


def test_where_nothing_is_moved_the_opening_hand_is_one_click_away_and_a_preset_moves_every_lever(
    open_page: Opener,
) -> None:
    page = open_page("preset=status-quo")
    expect(finding(page)).to_contain_text("all four views have Russia and China draw closer")
    page.get_by_role("button", name="Play it").click()
    expect_in_bar(page, "nato", 50)
    expect(shift(page, "op-ed")).to_have_text("−19")
    wait_until_still(page)  # a run that ends shuts the list
    page.get_by_role("combobox").click()
    page.keyboard.type("Grand bargain")
    page.keyboard.press("Enter")
    for key, value in presets()["grand-bargain"].levers.items():
        expect(slider(page, key)).to_have_value(str(value))
    expect(page.get_by_text("Last change:")).to_contain_text("NATO talks 50 → 100")


def test_cards_of_a_section_use_the_width_they_have_however_many_are_shown(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&open=yearly&show=op-ed")
    board = page.locator(".board")
    open_context(page)
    for shown, pill in enumerate((None, "Sceptic", "Midpoint", "Lock-in"), start=1):
        if pill:
            page.locator(".st-key-panel").get_by_role("button", name=pill).click()
        expect(board.locator(".card")).to_have_count(shown)
        expect(page.locator(".views button")).to_have_count(shown)
        for chart in board.locator(".card .chart").all():
            expect(chart.locator(".main-svg").first).to_be_visible()
        wait_until_still(page)
        whole = board.evaluate("element => element.clientWidth")
        for card in board.locator(".card").all():
            box, drawn = card.bounding_box(), card.locator(".chart .main-svg").first.bounding_box()
            assert box
            assert drawn
            assert box["width"] == pytest.approx((whole - 12 * (shown - 1)) / shown, abs=1)
            assert box["width"] - 30 < drawn["width"] < box["width"]


def test_what_is_shared_out_adds_up_on_the_page_and_every_view_keeps_the_axis(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&open=credit")
    card = page.locator('.board[data-columns="2"] .card[data-key="op-ed"]')
    axes, drawn = [], "div => [div.data[0].text, div.layout.xaxis.range]"
    for view, above in (
        ("Lost if dropped", "Most would be"),
        ("Shared out", "Mean shift: −"),
        ("Alone", "Mean shift −"),
    ):
        page.get_by_role("radio", name=view).click()
        expect(card.locator(".sentence")).to_contain_text(above)
        expect(card.locator(".chart")).to_have_attribute("aria-label", re.compile(rf"\. {view}\. "))
        expect(card.locator(".barlayer .bartext, .barlayer text")).to_have_count(7)
        texts, axis = card.locator(".chart").evaluate(drawn)
        axes.append(axis)
        if view == "Shared out":
            total = re.search("Mean shift: (−[0-9]+) points", card.locator(".sentence").inner_text())
            assert total
            assert sum(int(text.replace("−", "-")) for text in texts) == int(total[1].replace("−", "-"))
    assert axes[0] == axes[1] == axes[2]


def test_the_guide_of_a_lever_is_one_click_from_its_name(turn_to: Opener) -> None:
    page = turn_to("preset=status-quo")
    page.get_by_role("button", name="What NATO talks means").click()
    drawer = page.get_by_role("dialog", name="NATO talks")
    lever = catalog().levers["nato"]
    for text in (*(position.text for position in lever.positions), lever.who, lever.critics, lever.watch):
        expect(drawer).to_contain_text(text)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_turning_pages_keeps_the_scenario_in_the_address(turn_to: Opener) -> None:
    page = turn_to("preset=giveaway&nato=41")
    page.get_by_role("link", name="Assumptions").click()
    expect(page.get_by_role("heading", name="What is assumed")).to_be_visible()
    expect_in_bar(page, "nato", 41)
    page.get_by_role("link", name="Explore").click()
    expect(slider(page, "nato")).to_have_value("41")
    wait_until_still(page)
    page.go_back()
    expect(page.get_by_role("heading", name="What is assumed")).to_be_visible()
    expect_in_bar(page, "nato", 41)


def test_turning_to_history_and_back_keeps_the_scenario(turn_to: Opener) -> None:
    page = turn_to("preset=giveaway&nato=41")
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="From 1992 to 2024")).to_be_visible()
    expect_in_bar(page, "nato", 41)
    wait_until_still(page)
    page.get_by_role("link", name="Explore").click()
    expect(slider(page, "nato")).to_have_value("41")


def test_back_and_forward_pass_over_an_entry_without_a_query(turn_to: Opener) -> None:
    """Of an opened page the browser may keep two entries, as two messages of Streamlit's happen to meet."""
    page = turn_to("preset=giveaway&nato=41")
    page.get_by_role("link", name="Assumptions").click()
    expect(page.get_by_role("heading", name="What is assumed")).to_be_visible()
    expect_in_bar(page, "nato", 41)
    wait_until_still(page)
    page.evaluate("""() => {
        const full = location.href
        history.pushState({}, "", location.pathname)
        history.pushState({}, "", full)
    }""")
    last = page.evaluate("window.navigation.currentEntry.index")
    page.go_back()
    page.wait_for_function("end => window.navigation.currentEntry.index === end - 2", arg=last)
    expect_in_bar(page, "nato", 41)
    wait_until_still(page)
    page.go_back()
    expect(slider(page, "nato")).to_have_value("41")
    wait_until_still(page)
    page.evaluate("end => history.go(end - 1 - window.navigation.currentEntry.index)", last)
    page.wait_for_function("end => window.navigation.currentEntry.index === end", arg=last)
    expect(page.get_by_role("heading", name="What is assumed")).to_be_visible()
    expect_in_bar(page, "nato", 41)

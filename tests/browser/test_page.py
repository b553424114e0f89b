"""The page in a real Chromium: links, levers, history, phone, dark."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from model import catalog, presets
from model.assumptions.scenario import limits
from tests.browser.conftest import Opener
from tests.browser.drawn import wait_until_still
from ui.links import single
from ui.links.asked import Asked

LEVERS = list(catalog().levers)
CONTEXT = [key for key in catalog().context if key != "start"]


def slider(page: Page, key: str) -> Locator:
    return page.locator(f'.row[data-key="{key}"] input[type=range]')


def typed(page: Page, key: str) -> Locator:
    return page.locator(f'.row[data-key="{key}"] input[type=number]')


def headline(page: Page, worldview: str) -> Locator:
    return page.locator(f'.card[data-key="{worldview}"] .headline')


def query(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def expect_in_bar(page: Page, key: str, value: int) -> None:
    expect(page).to_have_url(re.compile(rf"[?&]{key}={value}(&|$)"), timeout=10_000)


def drawn(page: Page) -> str:
    """What the op-ed's chart looks like: the paths of its lines and dots."""
    paths: str = page.locator('.card[data-key="op-ed"] .main-svg').first.inner_html()
    return paths


@pytest.mark.parametrize("end", [0, 1], ids=["at the lowest", "at the highest"])
def test_a_link_restores_every_control_at_both_ends(open_page: Opener, end: int) -> None:
    values = {key: limits(key)[end] for key in (*LEVERS, *CONTEXT)}
    start = (2021, 2024)[end]
    page = open_page(urlencode({"v": 1, "preset": "opening-hand", **values, "start": start}))
    for key in LEVERS:
        expect(slider(page, key)).to_have_value(str(values[key]))
        expect(typed(page, key)).to_have_value(str(values[key]))
    page.get_by_text("Context and worldviews").click()
    for key in CONTEXT:
        expect(slider(page, key)).to_have_value(str(values[key]))
    expect(page.get_by_role("radio", name=str(start))).to_be_checked()
    assert {key: int(query(page)[key]) for key in values} == values
    assert page.get_by_text("Not everything could be followed").count() == 0


def test_moving_a_lever_by_key_changes_address_words_and_chart(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    before = drawn(page)
    slider(page, "nato").focus()
    page.keyboard.press("End")
    expect_in_bar(page, "nato", 100)
    expect(headline(page, "op-ed")).not_to_have_text("−19 points")
    assert drawn(page) != before
    last = catalog().levers["nato"].positions[-1].label
    expect(page.locator('.row[data-key="nato"] .words')).to_have_text(last)
    expect(slider(page, "nato")).to_have_attribute("aria-valuetext", f"100: {last}")


def test_a_chart_that_was_moved_looks_like_one_that_was_opened_there(open_page: Opener, turn_to: Opener) -> None:
    def shapes(page: Page) -> list[str]:
        wait_until_still(page)
        found: list[str] = page.evaluate(
            """() => [...document.querySelectorAll('.board .main-svg path, .board .main-svg text')]
                .filter(e => e.style.strokeDasharray.replace(' ', '') !== '3px,3px')  // no ghosts
                .map(e => (e.getAttribute('d') ?? e.textContent) + (e.getAttribute('transform') ?? ''))"""
        )
        return found

    page = turn_to("preset=opening-hand")
    for key, value in (("nato", 90), ("allies", 5), ("clarity", 20)):
        typed(page, key).fill(str(value))
        typed(page, key).press("Enter")
        expect_in_bar(page, key, value)
    fresh = open_page(urlsplit(page.url).query)
    expect(headline(page, "op-ed")).to_have_text(headline(fresh, "op-ed").inner_text())
    assert shapes(page) == shapes(fresh)


def test_pressing_faster_than_the_server_answers_loses_no_step(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    slider(page, "caatsa").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect_in_bar(page, "caatsa", 47)
    expect(slider(page, "caatsa")).to_have_value("47")


def test_dragging_with_the_mouse_changes_the_scenario(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    box = slider(page, "g8").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=8)
    page.mouse.up()
    expect_in_bar(page, "g8", 100)


def test_a_drag_is_one_step_and_can_be_undone_and_redone_by_key(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    box = slider(page, "g8").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    moved = headline(page, "op-ed").inner_text()
    for step in range(1, 25):
        page.mouse.move(box["x"] + box["width"] * (0.5 - step / 50), middle)
    expect(headline(page, "op-ed")).not_to_have_text(moved)
    assert query(page)["g8"] == "50"
    page.mouse.up()
    expect(page).not_to_have_url(re.compile("g8=50"))
    there = query(page)["g8"]
    page.get_by_role("heading", name="Do the levers").click()
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


def test_the_copied_link_opens_the_same_page_on_a_phone(open_page: Opener, turn_to: Opener) -> None:
    page = turn_to("preset=grand-bargain&nato=37&start=2024")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    phone = open_page(urlsplit(copied).query, phone=True)
    for worldview in catalog().worldviews:
        assert headline(phone, worldview).inner_text() == headline(page, worldview).inner_text()


def test_a_wrong_link_opens_says_what_was_wrong_keeps_the_rest_and_its_text_is_never_markup(open_page: Opener) -> None:
    markup = {"caatsa": "https://evil.example/a", "g8": ":material/home:", "ukraine": "me@evil.example"}
    wrong = {"nato": "999", "bogus": "<img src=x onerror=alert(1)>", **markup, "v": "3"}
    page = open_page("preset=opening-hand&mil=8&mil=9&" + urlencode(wrong))
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
    page = turn_to("preset=opening-hand")
    page.get_by_text("Six domains").click()
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


def test_the_opening_hand_is_one_click_away_and_choosing_a_preset_moves_every_lever(turn_to: Opener) -> None:
    page = turn_to("preset=status-quo")
    page.get_by_role("button", name="opening hand").click()
    expect_in_bar(page, "nato", 50)
    expect(headline(page, "op-ed")).to_have_text("−19 points")
    wait_until_still(page)  # a run that ends shuts the list
    page.get_by_role("combobox").click()
    page.keyboard.type("Grand bargain")
    page.keyboard.press("Enter")
    for key, value in presets()["grand-bargain"].levers.items():
        expect(slider(page, key)).to_have_value(str(value))
    expect(page.get_by_text("Last change:")).to_contain_text("NATO talks 50 → 100")


def test_four_worldviews_stand_side_by_side_and_on_a_phone_below_each_other_within_its_width(
    open_page: Opener, turn_to: Opener
) -> None:
    def places(page: Page) -> list[FloatRect]:
        boxes = [card.bounding_box() for card in page.locator('.board[data-columns="4"] .card').all()]
        return [box for box in boxes if box]

    phone = open_page("preset=opening-hand", phone=True)
    wide, narrow = places(turn_to("preset=opening-hand")), places(phone)
    assert len(wide) == len(narrow) == 4
    assert len({box["y"] for box in wide}) == 1
    assert len({box["x"] for box in narrow}) == 1
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in narrow)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_cards_use_the_width_they_have_however_many_are_shown(open_page: Opener) -> None:
    page = open_page("preset=opening-hand&show=op-ed")
    board = page.locator('.board[data-columns="4"]')
    page.get_by_text("Context and worldviews").click()
    wait_until_still(page)  # what the box holds comes with a run
    for shown, pill in enumerate((None, "Sceptic", "Midpoint", "Lock-in"), start=1):
        if pill:
            page.get_by_test_id("stSidebar").get_by_role("button", name=pill).click()
        expect(board.locator(".card")).to_have_count(shown)
        for chart in board.locator(".card .chart").all():
            expect(chart.locator(".main-svg").first).to_be_visible()
        whole = board.evaluate("element => element.clientWidth")
        for card in board.locator(".card").all():
            box, drawn = card.bounding_box(), card.locator(".chart .main-svg").first.bounding_box()
            assert box
            assert drawn
            assert box["width"] == pytest.approx((whole - 12 * (shown - 1)) / shown, abs=1)
            assert box["width"] - 30 < drawn["width"] < box["width"]


def test_a_dark_page_draws_light_text(open_page: Opener) -> None:
    page = open_page("preset=opening-hand", dark=True)
    fill = page.locator('.card[data-key="op-ed"] .xtick text').first.evaluate("e => getComputedStyle(e).fill")
    assert all(int(part) > 150 for part in re.findall(r"\d+", fill)[:3])


@pytest.mark.parametrize(("title", "board"), [("Six domains", "domains"), ("Other outcomes", "outcomes")])
def test_a_section_below_opens_with_chart_and_table(turn_to: Opener, title: str, board: str) -> None:
    page = turn_to("preset=opening-hand")
    page.get_by_text(title).click()
    chart = page.locator(f'.card[data-key="{board}"] .chart[role=img]')
    expect(chart.locator(".main-svg").first).to_be_visible()
    expect(chart).to_have_attribute("aria-label", re.compile("Op-ed"))
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def test_what_is_shared_out_adds_up_on_the_page_and_every_view_keeps_the_axis(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand")
    page.get_by_text("Why: each lever").click()
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


def test_turning_pages_keeps_the_scenario_in_the_address(open_page: Opener) -> None:
    page = open_page("preset=giveaway&nato=41")
    page.get_by_role("link", name="Assumptions").click()
    expect(page.get_by_role("heading", name="What is assumed")).to_be_visible()
    expect_in_bar(page, "nato", 41)
    page.get_by_role("link", name="Explore").click()
    expect(slider(page, "nato")).to_have_value("41")
    page.go_back()
    expect(page.get_by_role("heading", name="What is assumed")).to_be_visible()
    expect_in_bar(page, "nato", 41)

"""No page breaks a rule of axe-core: light, dark, and every page on a phone too, with everything open that can be."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Opener
from tests.browser.harness import FIRST_VISIT

GOALS = "goal=level_at_most_58&goal=nato_cohesion_at_least_60"
TABS = {  # each with words that stand at its end, or as near to it as can be
    "Parameters": "Basis and sources, by worldview",
    "Levers": "Assurances to allies",
    "Structure": "Fixed numbers",
    "The essay, claim by claim": "what it leaves out and why",
    "Sources": "a secondary account",
}
QUIET = """theme => getComputedStyle(document.querySelector(".stApp")).colorScheme === theme
    && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning"
    && !document.querySelector('[data-stale="true"]')
    && [...document.querySelectorAll(".board")].every(board => board.dataset.drawn && !board.dataset.asked)
    && document.getAnimations().every(a => a.playState !== "running" || a.effect.getTiming().iterations === Infinity)"""
SETTLED = 300  # milliseconds in which a board sees that the theme has changed
looks = pytest.mark.parametrize("look", [{}, {"phone": True}], ids=["desk", "phone"])


def expect_no_violations(page: Page) -> None:
    """Runs axe, on a desk light and dark, once the script has run, charts are drawn and nothing fades in any more."""
    found = []
    for theme in ("dark", "light") if page.viewport_size == DESKTOP else ("light",):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.wait_for_timeout(SETTLED)
        page.wait_for_function(QUIET, arg=theme)
        found += [
            f"{theme}: {rule['id']} ({rule['impact']}) at {node['html'][:300]}: {node['failureSummary']}"
            for rule in Axe().run(page).response["violations"]
            for node in rule["nodes"]
        ]
    assert not found, "\n".join(found)


def open_side_bar(page: Page) -> None:
    """Opens the side bar where it is closed: on a phone."""
    if page.get_by_test_id("stSidebar").get_attribute("data-collapsed") != "false":
        page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "false")


def turn_page(page: Page, name: str, look: dict[str, bool]) -> None:
    """Goes to another page by its link, which a phone has in the side bar."""
    if "phone" in look:
        open_side_bar(page)
    page.get_by_role("link", name=name).click()
    if "phone" in look:
        page.get_by_role("button", name="Collapse sidebar").click()  # Streamlit does it only where a phone names itself


@looks
def test_explore_with_every_section_open(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page(f"preset=opening-hand&{GOALS}", **look)
    closed = page.locator("[data-testid=stMain] details:not([open])")
    for _ in range(closed.count()):
        closed.last.locator("summary").click()
    expect(closed).to_have_count(0)
    page.wait_for_selector(".argument[data-drawn]")
    expect(page.locator(".board[data-drawn]")).to_have_count(6, timeout=30_000)
    expect_no_violations(page)


@looks
def test_a_historic_analogue_with_its_box_and_what_is_fixed(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("preset=opening-to-china-1969&start=2021", **look)
    expect(page.locator(".st-key-analogue")).to_contain_text("The split was already violent")
    open_side_bar(page)
    page.get_by_text("Context and worldviews").click()
    expect(page.get_by_text("Both are fixed in a historic analogue")).to_be_visible()
    expect_no_violations(page)


@looks
def test_the_side_bar_the_guide_of_a_lever_and_the_help_sheet(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("preset=opening-hand", **look)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys and help")).to_contain_text("Ctrl")
    expect_no_violations(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    open_side_bar(page)
    page.get_by_text("Context and worldviews").click()
    expect_no_violations(page)
    page.get_by_role("button", name="What NATO talks means").click()
    expect(page.get_by_role("dialog", name="NATO talks")).to_contain_text("Sources")
    expect_no_violations(page)


def test_the_source_card_of_an_edge(open_page: Opener) -> None:
    page = open_page("preset=opening-hand")
    page.get_by_text("Why: the argument as a picture").click()
    page.locator(".argument .edge[tabindex='0']").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Who disputes it")
    expect_no_violations(page)


def test_predict_first(open_page: Opener) -> None:
    page = open_page("preset=opening-hand&predict=first")
    expect(page.get_by_role("button", name="Commit and see the results")).to_be_visible()
    expect_no_violations(page)


def test_a_prediction_beside_the_results(open_page: Opener) -> None:
    page = open_page("preset=opening-hand&predict=apart_-20_-5_20261122T1402Z")
    expect(page.get_by_text("Predicted", exact=True)).to_be_visible()
    expect_no_violations(page)


def test_the_tour(open_page: Opener) -> None:
    page = open_page(before=FIRST_VISIT)
    expect(page.get_by_role("region", name="A short tour")).to_contain_text("1 of", timeout=20_000)
    expect_no_violations(page)


def test_a_link_with_mistakes(open_page: Opener) -> None:
    page = open_page("nato=999&bogus=1")
    expect(page.get_by_text("All the rest was kept")).to_be_visible()
    expect_no_violations(page)


@looks
def test_assumptions(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page(**look)
    turn_page(page, "Assumptions", look)
    for tab, words in TABS.items():
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tabpanel").get_by_text(words).last).to_be_visible()
        expect_no_violations(page)


@looks
def test_present(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("preset=opening-hand", **look)
    turn_page(page, "Present", look)
    expect(page.get_by_role("button", name="Next")).to_be_visible(timeout=20_000)
    page.wait_for_selector(".board[data-drawn]", timeout=20_000)
    expect_no_violations(page)
    page.keyboard.press("0")
    expect(page.locator(".board .card")).to_have_count(4, timeout=20_000)
    expect_no_violations(page)


@looks
def test_compare(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("with=opening-hand&with=squeeze-both.nato-7&with=giveaway", "/compare", **look)
    expect_no_violations(page)
    page.get_by_role("button", name="Add a link or a file").click()
    expect(page.get_by_label("Link of this page")).to_be_visible()
    expect_no_violations(page)


@looks
def test_share(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("preset=opening-hand&title=Ours", **look)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_alt_text("QR code of the link")).to_be_visible()
    expect_no_violations(page)


def test_one_chart_by_itself(open_page: Opener) -> None:
    expect_no_violations(open_page("preset=opening-hand&chart=op-ed&embed=true"))


def test_then_and_now(open_page: Opener) -> None:
    page = open_page("preset=opening-hand&set=0badcafe&result=op-ed_-40")
    expect(page.get_by_text("Then and now")).to_be_visible()
    expect_no_violations(page)

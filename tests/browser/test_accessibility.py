"""No page breaks a rule of axe-core: light, dark, and every page on a phone too, with everything open that can be.

What opens on a page that was looked at already, a dialog or the panel of a tab, is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Opener
from tests.browser.test_feel import choose
from tests.browser.test_page import open_context

GOALS = "goal=level_at_most_58&goal=nato_cohesion_at_least_60"
TABS = {  # each with words that stand at its end, or as near to it as can be
    "Parameters": "Numbers for each need, domain and offer",
    "Levers": "Assurances to allies",
    "Structure": "Fixed numbers",
    "Claims": "Paragraph 23",
    "Sources": "Judgement of the modeller",
}
OPENED = {  # in each of them: what is opened, from the outside in, with words that come to be seen
    "Parameters": (["Symbolic potency"], "Who disputes the step of the argument in which it stands"),
    "Levers": (["Assurances to allies"], "Name in code and links"),
    "Structure": (["Fixed numbers: 43", "How soft the threshold is"], "Equation"),
    "Claims": (["Paragraph 1", "Facing American rivalry"], "Shared interests are no quantity of their own"),
    "Sources": (["Read in abstract"], "Estimating Dynamic State Preferences"),
}
ARGUED = {  # the same on Argument
    "Eight steps": (["1. Pressing both"], "Who disputes it"),
    "Tensions": (["Symbols suffice"], "Both side by side"),
    "Left out": (["Allies in Asia"], "It is not modelled"),
    "Not modelled": (["Paragraph 2", "Talking seriously"], "The model never scores"),
}
QUIET = """theme => getComputedStyle(document.querySelector(".stApp")).colorScheme === theme
    && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning"
    && !document.querySelector('[data-stale="true"]')
    && [...document.querySelectorAll("[data-theme]")].every(box => box.dataset.theme === theme)
    && [...document.querySelectorAll(".board, .pictures")].every(board => board.dataset.drawn && !board.dataset.asked)
    && document.getAnimations().every(a => a.playState !== "running" || a.effect.getTiming().iterations === Infinity)"""
EVERYTHING = "&".join(  # goals, a prediction beside the results, a link with mistakes, then and now
    [
        "preset=opening-hand",
        GOALS,
        "predict=apart_-20_-5_20261122T1402Z_95_op-ed",
        "bogus=1",
        "set=0badcafe&result=op-ed_-40",
        "open=cautions.weights.credit.argument.yearly.dose.domains.outcomes.goals.summary.numbers",
    ]
)
DIALOG, PANEL, POPOVER = "[role=dialog]", "[role=tabpanel]", "[data-testid=stPopoverBody]"
Rules = dict[str, object]
VIOLATIONS: Rules = {"resultTypes": ["violations"]}  # to tell every node that passes takes five sixths of the time
ALL_RULES: Rules = {**VIOLATIONS, "rules": {"target-size": {"enabled": True}}}  # 24 pixels: only where axe is asked
OF_COLOURS: Rules = {**VIOLATIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
COMES_IN = 300  # milliseconds that the tour takes
POLLED = 50  # milliseconds
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
looks = pytest.mark.parametrize("look", [{}, {"phone": True}], ids=["desk", "phone"])


def in_each_theme(page: Page, first: Rules = ALL_RULES) -> Iterator[tuple[str, Rules]]:
    """On a desk light and dark, that which is shown first; each time the script has run and all charts are drawn.

    With it come the rules to look at: all of them once, and again those that a change of colours can break.
    """
    now = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    yield now, first
    if page.viewport_size == DESKTOP:
        page.emulate_media(color_scheme="light" if now == "dark" else "dark")
        other = "light" if now == "dark" else "dark"
        page.wait_for_function(QUIET, arg=other, polling=POLLED)
        yield other, OF_COLOURS


def expect_none_now(page: Page, theme: str, part: str | None = None, rules: Rules = VIOLATIONS) -> None:
    """Runs axe on what is shown, or on the part of it that a selector names, once nothing fades in any more."""
    page.wait_for_function(QUIET, arg=theme, polling=POLLED)
    page.evaluate(NEXT_FRAME)  # what comes in late is made reachable with the next frame
    found = [
        f"{theme}: {rule['id']} ({rule['impact']}) at {node['html'][:300]}: {node['failureSummary']}"
        for rule in Axe().run(page, part, rules).response["violations"]
        for node in rule["nodes"]
    ]
    assert not found, "\n".join(found)


def expect_no_violations(page: Page, part: str | None = None, first: Rules = ALL_RULES) -> None:
    """Runs axe in each theme. A dialog that a change of theme closes has to be opened in each."""
    for theme, rules in in_each_theme(page, first):
        expect_none_now(page, theme, part, rules)


@pytest.mark.long
@looks
def test_explore_with_every_section_open_and_all_that_a_link_can_bring(
    open_page: Opener, look: dict[str, bool]
) -> None:
    page = open_page(EVERYTHING, **look)
    for words in ("All the rest was kept", "Then and now"):
        expect(page.get_by_text(words)).to_be_visible()
    page.wait_for_selector(".argument[data-drawn]", state="attached")
    expect(page.locator("[data-drawn]:is(.board, .pictures)")).to_have_count(7, timeout=30_000)
    if look:  # a tab at a time stands below the results; that of the sections is open
        expect_no_violations(page)
        page.locator('.phone-tabs input[value="levers"]').check(force=True)
    open_context(page)
    expect_no_violations(page)


def test_a_historic_analogue_with_its_box_and_what_is_fixed(turn_to: Opener) -> None:
    page = turn_to("preset=opening-to-china-1969&start=2021")
    expect(page.locator(".st-key-analogue")).to_contain_text("The split was already violent")
    open_context(page)
    expect(page.get_by_text("Both are fixed in a historic analogue")).to_be_visible()
    expect_none_now(page, "light")


def test_the_dialogs_of_explore_and_its_tour(turn_to: Opener) -> None:
    page = turn_to("preset=opening-hand&open=argument")
    page.wait_for_selector(".argument[data-drawn]")
    for theme, rules in in_each_theme(page):
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys and help")).to_contain_text("Ctrl")
        expect_none_now(page, theme, DIALOG, rules)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="What NATO talks means").click()
        expect(page.get_by_role("dialog", name="NATO talks")).to_contain_text("Sources")
        expect_none_now(page, theme, DIALOG, rules)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.locator(".argument .edge[tabindex='0']").press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Who disputes it")
        expect_none_now(page, theme, DIALOG, rules)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    choose(page, "More", "Take the tour")
    expect(page.get_by_role("region", name="A short tour")).to_contain_text("1 of", timeout=20_000)
    page.wait_for_timeout(COMES_IN)
    expect_none_now(page, theme)
    page.get_by_role("button", name="Skip the tour").click()  # the page stays open for other tests


@looks
def test_predict_first(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("preset=opening-hand&predict=first", **look)
    expect(page.get_by_role("button", name="Commit and see the results")).to_be_visible()
    expect_no_violations(page)


@pytest.mark.long
@looks
def test_assumptions(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page(path="/assumptions", **look)
    for tab, words in TABS.items():
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tabpanel").get_by_text(words).filter(visible=True).last).to_be_visible()
        if tab == next(iter(TABS)):
            expect_no_violations(page)  # of the other panels it is enough to look when one card of many is open
        heads, told = OPENED[tab]
        for head in heads:
            page.get_by_role("tabpanel").locator("summary").filter(has_text=head).first.click()
        expect(page.get_by_role("tabpanel").get_by_text(told).filter(visible=True).first).to_be_visible()
        expect_no_violations(page, PANEL)


@looks
def test_history(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("preset=opening-hand", "/history", **look)
    expect(page.get_by_role("heading", name="What these data can and cannot tell apart")).to_be_visible()
    page.get_by_text("source, licence, breaks").click()
    page.get_by_text("Typical misses as a table").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect_no_violations(page)


@looks
def test_argument(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page(path="/argument", **look)
    panel = page.get_by_role("tabpanel")
    for tab, (heads, told) in ARGUED.items():
        page.get_by_role("tab", name=tab).click()
        for head in heads:
            panel.locator("summary").filter(has_text=head).first.click()
        expect(panel.get_by_text(told).filter(visible=True).first).to_be_visible()
        expect_no_violations(page, None if tab == next(iter(ARGUED)) else PANEL)


@looks
def test_present(turn_to: Opener, look: dict[str, bool]) -> None:
    page = turn_to("preset=opening-hand", "/present", **look)
    for step in ("Question", "Drift", "Package", "How sure", "Why", "Cost"):
        page.get_by_role("button", name=step, exact=True).click()
        expect(page.get_by_role("button", name=step, exact=True).locator("strong")).to_be_visible(timeout=20_000)
        page.wait_for_selector(".board[data-drawn]", timeout=20_000)
        expect_no_violations(page)


@looks
def test_compare(open_page: Opener, look: dict[str, bool]) -> None:
    page = open_page("with=opening-hand&with=squeeze-both.nato-7&with=giveaway", "/compare", **look)
    expect_no_violations(page)
    page.get_by_role("button", name="Link or file").click()
    expect(page.get_by_label("Link of this page")).to_be_visible()
    expect_no_violations(page, DIALOG)


@looks
def test_share(turn_to: Opener, look: dict[str, bool]) -> None:
    page = turn_to("preset=opening-hand&title=Ours", **look)
    share = page.locator(".st-key-tools").get_by_role("button", name="Share")
    if not share.is_visible():  # on a phone behind a tab
        page.locator('.phone-tabs input[value="share"]').check(force=True)
    share.click()
    expect(page.get_by_alt_text("QR code of the link")).to_be_visible()
    expect_no_violations(page, POPOVER)
    page.keyboard.press("Escape")  # the page stays open for other tests
    expect(page.locator(POPOVER)).to_have_count(0)


def test_one_chart_by_itself(open_page: Opener) -> None:
    expect_no_violations(open_page("preset=opening-hand&chart=op-ed&embed=true"))

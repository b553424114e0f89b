"""Comparing, sharing, files and embedding in a real Chromium, as a reader goes through them."""

from __future__ import annotations

import base64
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect
from pypdf import PdfReader

from model import presets
from model.versions import run_then
from model.versions.__main__ import archive
from model.versions.engine import ROOT
from model.versions.numbers import set_of
from tests.browser.conftest import Opener
from tests.browser.drawn import wait_until_still
from tests.browser.harness import served
from tests.browser.test_page import expect_in_bar, query, slider
from tests.model.versions.test_versions import OTHER_CONSTANT, OTHER_RANGE, TODAY, edited, listed, written
from ui.exports import scenario_file
from ui.exports.stamp import stamp
from ui.links import single
from ui.links.asked import Asked

HAND = "preset=opening-hand"
Theme = Literal["light", "dark"]
GIVEAWAY = Asked(presets()["giveaway"])
DROP = """([zone, name, content]) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name))
    for (const kind of ["dragenter", "dragover", "drop"])
        zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))
}"""


def share_panel(page: Page) -> Locator:
    page.get_by_role("button", name="Share").click()
    panel = page.get_by_test_id("stPopoverBody")
    expect(panel).to_contain_text("Short link")
    return panel


def written_links(panel: Locator) -> list[str]:
    """What the panel gives to copy: short link, and in the expander link, frame, Python, command."""
    panel.get_by_text("Full link, embedding, code, opening a file").click()
    expect(panel.locator("pre")).to_have_count(5)
    return [text.strip() for text in panel.locator("pre").all_inner_texts()]


def drop(page: Page, panel: Locator, name: str, content: bytes) -> None:
    """Drags a file from the desk into the panel."""
    zone = panel.get_by_test_id("stFileUploaderDropzone")
    page.evaluate(DROP, [zone.element_handle(), name, base64.b64encode(content).decode()])


def expect_compared(page: Page, *titles: str) -> None:
    for letter, title in zip("ABCD", titles, strict=False):
        expect(row(page, letter)).to_be_visible()
        expect(row(page, letter)).to_contain_text(f"{letter} {title}")
    expect(page.locator('[class*="st-key-compared_row_"]')).to_have_count(len(titles))


def row(page: Page, letter: str) -> Locator:
    """The button with the name of a scenario on Compare, which opens its menu."""
    return page.locator(f".st-key-compared_row_{letter}").get_by_role("button").first


def test_scenarios_are_pinned_added_pasted_removed_and_stand_in_the_link(open_page: Opener) -> None:
    page = open_page(HAND)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Pinned: scenario 1 of at most 4 on Compare.")).to_be_visible()
    page.get_by_role("link", name="Compare").click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("menuitem", name=presets()["squeeze-both"].title).click()
    expect(page).to_have_url(re.compile("with=opening-hand.*with=squeeze-both"))
    page.get_by_role("button", name="Link or file").click()
    page.get_by_label("Link of this page").fill("https://example.org/?preset=giveaway&nato=11")
    page.get_by_role("button", name="Add it").click()
    expect(page).to_have_url(re.compile("with=giveaway.nato-11"))
    hand, both, changed = (
        presets()["opening-hand"].title,
        presets()["squeeze-both"].title,
        "Giveaway without asks, changed",
    )
    expect_compared(page, hand, both, changed)
    expect(page.get_by_text("Against A: Clear expectations")).to_have_count(2)

    own = scenario_file.to_toml(GIVEAWAY.scenario, "Our own plan", stamp(GIVEAWAY, "")).encode()
    drop(page, page.get_by_role("dialog", name="Link or file"), "own.toml", own)
    expect(page).to_have_url(re.compile(r"with=status-quo.nato-80.*title=Our\+own\+plan"))
    expect_compared(page, hand, both, changed, "Our own plan")

    fresh = open_page(page.evaluate("location.search")[1:], "/compare")
    expect_compared(fresh, hand, both, changed, "Our own plan")
    here, there = (at.locator('.card[data-key="rows"] .chart') for at in (page, fresh))
    expect(there).to_have_attribute("aria-label", here.get_attribute("aria-label") or "")

    row(page, "B").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect_compared(page, hand, changed, "Our own plan")
    expect(page).not_to_have_url(re.compile("squeeze-both"))
    row(page, "B").click()
    page.get_by_role("menuitem", name="Open in Explore").click()
    expect(slider(page, "nato")).to_have_value("11")


def test_a_pasted_text_that_is_no_link_is_answered_with_a_sentence(open_page: Opener) -> None:
    page = open_page("with=opening-hand", "/compare")
    page.get_by_role("button", name="Link or file").click()
    page.get_by_label("Link of this page").fill("<b>hello</b> [x](javascript:alert(1))")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("is not a link of this page")).to_be_visible()
    expect_compared(page, presets()["opening-hand"].title)


def test_a_title_travels_in_the_link_and_the_short_link_opens_the_same(open_page: Opener) -> None:
    page = open_page(HAND)
    panel = share_panel(page)
    title = panel.get_by_label("Title of this scenario, carried by the link")
    title.fill("Ours <b>& yours</b> [x](y)")
    title.press("Enter")
    expect(page).to_have_url(re.compile("title=Ours"))
    expect(page.get_by_test_id("stMain").get_by_text("Ours <b>& yours</b> [x](y)").first).to_be_visible()
    short, full, frame, _, _ = written_links(panel)
    assert "title=Ours" in full
    assert single.query_of(full.partition("?")[2]) == single.query_of(page.evaluate("location.search")[1:])
    assert len(full.partition("?")[2]) < 700
    assert f"{full}&embed=true&chart=op-ed" in frame
    assert 'height="620"' in frame
    shown = panel.get_by_alt_text("QR code of the link")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    fresh = open_page()
    fresh.goto(short)
    fresh.wait_for_selector("[data-drawn]")
    assert query(fresh) == query(page)


def test_files_are_saved_under_names_that_say_what_is_inside(turn_to: Opener) -> None:
    page = turn_to(f"{HAND}&open=domains")
    panel = share_panel(page)
    written_links(panel)
    addresses = panel.get_by_role("link").evaluate_all("links => links.map(({ href }) => href)")
    kinds = [re.sub(r".*/export/view\.(\w+)\?.*", r"\1", address) for address in addresses if "/export/" in address]
    assert kinds == ["pdf", "xlsx", "parquet", "json", "toml"]
    with page.expect_download() as saved:
        panel.get_by_role("link", name="Scenario").click()
    assert saved.value.suggested_filename == "strategic-triangle_opening-hand_view_2021-2031.toml"
    read = scenario_file.from_bytes(Path(saved.value.path()).read_bytes(), "saved.toml")
    assert read.levers == presets()["opening-hand"].levers
    page.keyboard.press("Escape")
    offered = page.locator(".downloads:visible").first
    assert offered.inner_text() == "Download: PNG · SVG · CSV"
    with page.expect_download() as saved:
        offered.get_by_role("link", name="CSV").click()
    assert saved.value.suggested_filename == "strategic-triangle_opening-hand_shift-by-domain_2021-2031.csv"


def test_a_scenario_file_dragged_in_is_shown_and_a_bad_one_is_answered(open_page: Opener) -> None:
    page = open_page(HAND)
    panel = share_panel(page)
    drop(page, panel, "bad.toml", b"title = 'Mine'\n[levers]\nnato = 999\n")
    expect(page.get_by_text("The page was kept as it was.")).to_be_visible()
    assert query(page)["nato"] == "50"
    good = scenario_file.to_toml(GIVEAWAY.scenario, "Dragged in", stamp(GIVEAWAY, "")).encode()
    drop(page, panel, "good.toml", good)
    for key, value in GIVEAWAY.scenario.levers.items():
        expect_in_bar(page, key, value)
    expect(page).to_have_url(re.compile(r"title=Dragged\+in"))
    expect(page.get_by_text("The page was kept as it was.")).to_have_count(0)


@pytest.mark.parametrize(("query", "wide"), [(HAND, 390), (HAND, 700), ("preset=reset-2009", 390)])
def test_one_view_stands_alone_in_a_frame_of_620_pixels(open_page: Opener, query: str, wide: int) -> None:
    view = "op-ed" if query == HAND else "midpoint"
    page = open_page(f"{query}&chart={view}&embed=true", screen=ViewportSize(width=wide, height=620))
    for part in (".finding .short", '.card[data-key="strip"] .chart'):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".st-key-alone .finding")).to_contain_text("Assumptions worked out, not a forecast.")
    expect(page.locator(".finding .short")).to_contain_text("says “")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    main = page.get_by_test_id("stMain")
    expect(main).to_be_visible()
    assert main.evaluate("({ scrollHeight, scrollWidth }) => [scrollHeight, scrollWidth]") == [620, wide]
    back = page.get_by_role("link", name="Strategic Triangle").get_attribute("href")
    assert back
    assert "chart=" not in back
    assert query in back


def test_the_page_on_paper_is_one_page_with_what_it_rests_on(open_page: Opener) -> None:
    page = open_page(HAND)
    for theme in get_args(Theme):
        expect_on_paper(page, theme)
    page.emulate_media(media="print")
    code = page.get_by_alt_text("The link as a QR code")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100


def expect_on_paper(page: Page, theme: Theme) -> None:
    page.emulate_media(color_scheme=theme)
    page.wait_for_selector(f"[data-theme={theme}]")
    wait_until_still(page)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(printed.pages) == 1
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]  # A4, in points
    told = "".join(printed.pages[0].extract_text().split())
    for part in (
        *(
            "Against no levers, this package leaves Russia and China 19 points less aligned",
            "US cost in values",
        ),
        *("Assumptions worked out, not a forecast.", "NATO talks 50, CAATSA relief 35", "preset=opening-hand&nato=50"),
    ):
        assert "".join(part.split()) in told, part
    assert "Undo" not in told
    assert "Mutuallimits" not in told  # a position in words, which stands at a lever


@pytest.fixture
def library(tmp_path: Path) -> tuple[Path, str]:
    """Today's app in a folder in which an earlier engine is archived, and the name of that engine's set."""
    earlier = listed(edited(TODAY, OTHER_RANGE, OTHER_CONSTANT))
    shutil.copytree(ROOT / "ui", tmp_path / "ui")
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    shutil.copy(ROOT / "app.py", tmp_path)
    written({**TODAY, "model/data/versions.toml": earlier["model/data/versions.toml"]}, tmp_path)
    archive("Binding is weaker.", tmp_path, earlier)
    return tmp_path, set_of(earlier)


def test_an_old_link_shows_then_and_now_what_changed_and_the_numbers_of_then_again(
    visited: Callable[[bool], BrowserContext], library: tuple[Path, str]
) -> None:
    root, name = library
    told = run_then(name, presets()["opening-hand"].levers, preset="opening-hand", root=root)
    then = {key: round(worldview["shift"]["p50"]) for key, worldview in told["worldviews"].items()}
    result = ".".join(f"{key}_{shift}" for key, shift in then.items())
    with served(root / "app.py", root) as address:
        page = visited(False).new_page()
        page.goto(f"{address}/?v=1&set={name}&preset=opening-hand&result={result}")
        expect(page.get_by_text("Then and now")).to_be_visible()
        expect(page.get_by_text("binding share", exact=False).first).to_be_visible()
        page.get_by_role("button", name="Run it again with the assumptions of then").click()
        table = page.locator("table", has_text="Then, run again")
        expect(table).to_be_visible()
        for row in table.locator("tbody tr").all():
            _, author, _, again = row.locator("td").all_inner_texts()
            assert author == again
        expect(page).to_have_url(re.compile(f"set={name}.*result={re.escape(result)}"))
        page.close()

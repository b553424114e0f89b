"""Pictures: drawn by the system's browser, with title and stamp inside, alike for hostile titles, without a network."""

from __future__ import annotations

import io
import os
import signal
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from kaleido import PageGenerator  # type: ignore[import-untyped]
from PIL import Image

from model import load_scenario
from tests.browser.harness import chromium
from ui.drawn import boards, why
from ui.drawn.palette import INKS
from ui.exports import pictures
from ui.exports import renderer as renderer_module
from ui.exports.renderer import NO_BROWSER, NoPicture, Renderer
from ui.exports.stamp import clean, stamp
from ui.links import single
from ui.links.asked import Place
from ui.told import cache, words

PLACE = Place(load_scenario("opening-hand"))
STAMP = stamp(PLACE, "https://triangle.example.org")
FIGURE = {"data": [{"type": "scatter", "x": [1, 2], "y": [1, 2]}], "layout": {}}
HTML = '<b>bold</b> <a href="javascript:alert(1)">x</a> <script>alert(1)</script> &lt; $x^2$ %{x} {{y}}'
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", autouse=True)
def browser() -> Iterator[None]:
    """The browser of the tests is the one that draws."""
    try:
        found = chromium()
    except RuntimeError as missing:
        pytest.fail(str(missing), pytrace=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", found)
        yield


def words_of(svg: bytes) -> str:
    """All that is written in an SVG picture, on one line."""
    root = ElementTree.fromstring(svg)
    drawn = [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]
    return " ".join(drawn)


def unspaced(text: str) -> str:
    return "".join(text.split())


def test_a_chart_is_a_png_of_twice_the_size_with_its_stamp_in_the_file() -> None:
    card = boards.worldviews(PLACE, None, "light").cards[2]
    drawn = pictures.image(card.figure, "png", card.title, card.sentence, STAMP)
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.load()
        assert picture.format == "PNG"
        assert picture.width == 2 * pictures.WIDTH
        assert picture.height > 2 * card.figure["layout"]["height"]
        assert picture.convert("RGB").getpixel((3, 3)) == (255, 255, 255)
        assert len(picture.convert("RGB").getcolors(1_000_000) or []) > 100
        told = picture.info
    assert told["Source"] == STAMP.link
    assert words.CAVEAT in told["Description"]
    assert told["Title"] == card.title


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_svg_says_title_sentence_version_settings_caveat_and_link(theme: str) -> None:
    board = boards.domains(PLACE, None, theme)
    drawn = pictures.image(board.cards[0].figure, "svg", "Shift by domain", "Middle values.", STAMP, theme)
    told = words_of(drawn)
    for part in ("Shift by domain", "Middle values.", words.CAVEAT, "model version 1", "NATO talks 50", "Military"):
        assert part in told
    assert unspaced(STAMP.link) in unspaced(told)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Shift by domain"
    assert STAMP.link in (root.findtext(f"{SVG}desc") or "")
    assert {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 21, 28)"}[theme] in drawn.decode()


def test_all_kinds_of_charts_can_be_drawn() -> None:
    at = cache.position(PLACE)
    credits_, accounting, curve = cache.credits_at(at), cache.accounting(at), cache.dose(at, None)
    figures = [
        boards.outcomes(PLACE, None, "light").cards[0].figure,
        why.credit_bars(credits_[0], why.credit_reach(credits_), "light"),
        why.accounting_bars(accounting, "op-ed", why.accounting_reach(accounting), "light"),
        why.dose_line(curve, "op-ed", "light"),
    ]
    keyed = words_of(pictures.image(figures[2], "svg", "Title", "", STAMP, legend=True))
    assert all(term in keyed for term in why.TERM_COLOURS)
    for figure in figures:
        assert words.CAVEAT in words_of(pictures.image(figure, "svg", "Title", "", STAMP))


@pytest.mark.parametrize(
    "title", [HTML, "\N{RIGHT-TO-LEFT OVERRIDE}abc\0\x1b", "عنوان", "W" * 300, "长" * 300, "", "word " * 90]
)
def test_no_title_becomes_markup_or_leaves_the_picture(title: str) -> None:
    card = boards.worldviews(PLACE, None, "light").cards[0]
    drawn = pictures.image(card.figure, "svg", title, title, STAMP)
    root = ElementTree.fromstring(drawn)
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}a"))
    assert root.findtext(f"{SVG}title") == clean(title)
    shown = unspaced(words_of(drawn))
    assert unspaced(clean(title)) in shown
    for line in pictures._head(title, title, pictures.WIDTH)[0].lines:
        assert pictures._ems(line) * pictures.TITLE <= pictures.WIDTH - 2 * pictures.EDGE


def test_a_sheet_holds_all_cards_with_their_own_axes() -> None:
    board = boards.worldviews(PLACE, None, "light")
    drawn = pictures.sheet(board.cards, "svg", "All four", "None preferred.", STAMP)
    told = words_of(drawn)
    for card in board.cards:
        assert card.title in told
        assert card.headline in told
        assert card.sentence in (ElementTree.fromstring(drawn).findtext(f"{SVG}desc") or "")
    assert told.count("alignment, 0 to 100") == told.count("shift in 2031, points") == 4
    assert "All four" in told
    assert unspaced(STAMP.link) in unspaced(told)
    bare = words_of(pictures.sheet(board.cards, "svg", "All four", "None preferred.", STAMP, bare=True))
    assert "All four" not in bare
    assert words.CAVEAT not in bare


def test_the_preview_of_a_link_is_1200_by_630() -> None:
    board = boards.worldviews(PLACE, None, "light")
    drawn = pictures.preview(board.cards, "All four", "None preferred.", STAMP)
    assert struct.unpack(">II", drawn[16:24]) == (1200, 630)


def test_goals_and_a_prediction_stand_in_a_sheet_where_they_stand_on_the_page() -> None:
    place = single.read({"preset": ["opening-hand"], "goal": ["level_at_most_58", "shift_at_most_-5"]}).place
    board = boards.worldviews(place, None, "light")
    layout: dict[str, Any] = {"annotations": [], "shapes": []}
    data: list[dict[str, Any]] = []
    cell = pictures._Cell(2, 100, 50, 400, 300, 1000, 800)
    pictures._add(data, layout, board.cards[2], cell, INKS["light"])
    across, upright = layout["shapes"]
    assert (across["xref"], across["yref"]) == ("x31 domain", "y31")
    assert (upright["xref"], upright["yref"]) == ("x32", "y32 domain")
    assert {trace["xaxis"] for trace in data} == {"x31", "x32"}
    low, high = layout["xaxis31"]["domain"]
    assert 0.1 < low < high < 0.5


def test_threads_get_their_own_pictures() -> None:
    renderer, widths = Renderer(), {}

    def draw(width: int) -> None:
        drawn = renderer.draw(FIGURE, "png", width, 200)
        widths[width] = struct.unpack(">I", drawn[16:20])[0]

    threads = [threading.Thread(target=draw, args=(width,)) for width in (300, 310, 320, 330)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    renderer.close()
    assert widths == {width: width for width in (300, 310, 320, 330)}


def test_a_browser_that_died_is_started_anew() -> None:
    renderer = Renderer()
    renderer.draw(FIGURE, "svg", 300, 200)
    renderer._kaleido.subprocess.kill()
    assert renderer.draw(FIGURE, "svg", 300, 200).startswith(b"<svg")
    renderer.close()
    renderer.close()


def test_pictures_that_wait_on_a_browser_that_dies_are_drawn_by_the_next() -> None:
    renderer, drawn = Renderer(), []
    renderer.draw(FIGURE, "svg", 300, 200)
    threads = [
        threading.Thread(target=lambda: drawn.append(renderer.draw(FIGURE, "svg", 300, 200)[:4])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    renderer._kaleido.subprocess.kill()
    for thread in threads:
        thread.join()
    renderer.close()
    assert drawn == [b"<svg"] * 4


def family(process: int) -> list[int]:
    """A process and all that it started."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return [process, *(member for child in children for member in family(child))]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the browser's processes are found in /proc")
def test_a_browser_that_hangs_costs_no_more_than_the_time_for_one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = Renderer()
    renderer.draw(FIGURE, "svg", 300, 200)
    monkeypatch.setattr(renderer_module, "SECONDS", 3)
    monkeypatch.setattr(renderer_module, "ENDING", 1)
    hung = renderer._kaleido.subprocess
    for process in family(hung.pid):
        os.kill(process, signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises(NoPicture, match="did not draw this picture"):
        renderer.draw(FIGURE, "svg", 300, 200)
    assert time.monotonic() - begun < 4.5
    monkeypatch.setattr(renderer_module, "SECONDS", 30)
    assert renderer.draw(FIGURE, "svg", 300, 200).startswith(b"<svg")
    renderer.close()
    assert hung.poll() is not None


def test_too_many_pictures_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer_module, "MOST_WAITING", 0)
    with pytest.raises(NoPicture, match="try again in a moment"):
        Renderer().draw(FIGURE, "svg", 300, 200)


def test_without_a_browser_one_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    renderer = Renderer()
    renderer.warm()
    with pytest.raises(NoPicture) as missing:
        renderer.draw(FIGURE, "png", 300, 200)
    renderer.close()
    assert str(missing.value) == NO_BROWSER
    assert NO_BROWSER.count(". ") == 0


def test_the_page_in_which_charts_are_drawn_names_no_address_of_the_web() -> None:
    assert "http" not in PageGenerator(mathjax=False).generate_index()

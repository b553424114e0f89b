"""Pictures: drawn by the system's browser, with title and stamp inside, alike for hostile titles, without a network."""

from __future__ import annotations

import io
import os
import signal
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from kaleido import PageGenerator  # type: ignore[import-untyped]
from PIL import Image

from model import load_scenario
from tests.browser.harness import chromium
from ui.drawn import boards, why
from ui.exports import pictures
from ui.exports import renderer as renderer_module
from ui.exports.renderer import NO_BROWSER, NoPicture, Renderer
from ui.exports.stamp import clean, stamp
from ui.links import single
from ui.links.asked import Asked
from ui.told import cache, words

ASKED = Asked(load_scenario("opening-hand"))
STAMP = stamp(ASKED, "https://triangle.example.org")
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
    card = boards.domains(ASKED, None, "light").cards[0]
    drawn = pictures.image(card.figure, "png", "Shift by domain", card.sentence, STAMP)
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
    assert told["Title"] == "Shift by domain"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_svg_says_title_sentence_version_settings_caveat_and_link(theme: str) -> None:
    board = boards.domains(ASKED, None, theme)
    drawn = pictures.image(board.cards[0].figure, "svg", "Shift by domain", "Middle values.", STAMP, theme)
    told = words_of(drawn)
    for part in ("Shift by domain", "Middle values.", words.CAVEAT, "model version 2", "NATO talks 50", "Military"):
        assert part in told
    assert unspaced(STAMP.link) in unspaced(told)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Shift by domain"
    assert STAMP.link in (root.findtext(f"{SVG}desc") or "")
    assert {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 21, 28)"}[theme] in drawn.decode()


def test_all_kinds_of_charts_can_be_drawn() -> None:
    at = cache.run_key(ASKED)
    accounting, curve = cache.accounting(at), cache.dose(at, None)
    figures = [
        boards.outcomes(ASKED, None, "light").cards[0].figure,
        boards.credit(ASKED, None, "light").cards[0].figure,
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
def test_no_title_becomes_markup(title: str) -> None:
    card = boards.worldviews(ASKED, None, "light").cards[0]
    drawn = pictures.image(card.figure, "svg", title, title, STAMP)
    root = ElementTree.fromstring(drawn)
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}a"))
    assert root.findtext(f"{SVG}title") == clean(title)
    shown = unspaced(words_of(drawn))
    assert unspaced(clean(title)) in shown


@pytest.mark.parametrize(
    "title", ["W" * 300, "m" * 300, "o" * 300, "QO" * 90, "щш" * 90, "长" * 300, "word " * 90, "Case — 100 % " * 20]
)
def test_no_title_leaves_the_picture(title: str) -> None:
    figure = {"data": [], "layout": {"height": 60, "xaxis": {"visible": False}, "yaxis": {"visible": False}}}
    with Image.open(io.BytesIO(pictures.image(figure, "png", title, title, STAMP))) as picture:
        pixels = np.asarray(picture.convert("L"))
    left, right = pixels[:, :40], pixels[:, -40:]  # of the 48 that are kept free; a letter may lean over by some
    assert (left == 255).all()
    assert (right == 255).all()
    assert (pixels < 255).any()


def test_lines_are_broken_between_words_and_a_word_that_fits_on_none_anywhere() -> None:
    # Ten letters of size 10 stand between the edges: small ones count .62, a space .39, a W 1.05.
    assert pictures._wrapped("aaaa bbbb ccccc ddd", 10, 148) == ("aaaa bbbb ccccc", "ddd")  # 8.84, and 11.09
    assert pictures._wrapped("W" * 20, 10, 148) == ("W" * 9, "W" * 9, "WW")
    assert pictures._wrapped("aa " + "W" * 10, 10, 148) == ("aa", "W" * 9, "W")


def test_a_chart_in_a_sheet_fills_its_cell_but_for_head_and_margins() -> None:
    figure: dict[str, Any] = {
        "data": [{"type": "scatter"}, {"type": "bar", "xaxis": "x2", "yaxis": "y2"}],
        "layout": {
            "margin": {"l": 40, "r": 20, "t": 10, "b": 30},
            "xaxis": {"domain": [0, 1]},
            "yaxis": {"domain": [0.5, 1]},
            "xaxis2": {"anchor": "y2"},
            "yaxis2": {"anchor": "x2", "domain": [0, 0.25]},
            "annotations": [{"xref": "paper", "x": 0.5, "yref": "y2", "y": 3, "text": "here"}],
            "shapes": [{"xref": "x", "x0": 1, "x1": 2, "yref": "paper", "y0": 0, "y1": 0.5}],
        },
    }
    card = boards.Card("one", figure, "alt", title="One", glyph="◆", sentence="Said of it.")
    first = replace(card, figure={"data": [], "layout": {"margin": figure["layout"]["margin"]}})
    cells = [pictures._Cell(0, 0, 400, 300), pictures._Cell(0, 0, 400, 300), pictures._Cell(100, 50, 400, 300)]
    drawn = pictures._composed(list(zip((first, first, card), cells, strict=True)), [], 1000, 800, "light")
    data, layout = drawn["data"], drawn["layout"]
    # Across: 140 to 480 of 1000. Upright: a head of two lines, 15 and 11 high times 1.32, and 10 below the 50 at the
    # top; 30 above the 350 at the bottom.
    low, high = 1 - 320 / 800, 1 - (50 + 1.32 * 15 + 1.32 * 11 + 10) / 800
    assert layout["xaxis31"] == {"domain": pytest.approx([0.14, 0.48]), "anchor": "y31"}
    assert layout["yaxis31"] == {"domain": pytest.approx([(low + high) / 2, high]), "anchor": "x31"}
    assert layout["xaxis32"] == {"domain": pytest.approx([0.14, 0.48]), "anchor": "y32"}
    assert layout["yaxis32"] == {"domain": pytest.approx([low, low + (high - low) / 4]), "anchor": "x32"}
    assert [(trace["xaxis"], trace["yaxis"], trace["showlegend"]) for trace in data] == [
        ("x31", "y31", False),
        ("x32", "y32", False),
    ]
    note, head, below = layout["annotations"][-3:]
    assert (note["x"], note["yref"], note["y"]) == (pytest.approx(0.31), "y32", 3)
    assert layout["shapes"] == [
        {
            "xref": "x31",
            "x0": 1,
            "x1": 2,
            "yref": "paper",
            "y0": pytest.approx(low),
            "y1": pytest.approx((low + high) / 2),
        }
    ]
    assert (head["text"], head["x"], head["yshift"], head["font"]["size"]) == ("<b>◆ One</b>", 0.14, -50, 15)
    assert (below["text"], below["yshift"]) == ("Said of it.", pytest.approx(-50 - 1.32 * 15))


def test_a_sheet_without_cards_shows_a_question_mark() -> None:
    told = words_of(pictures.sheet((), "svg", "Predict first", "", STAMP))
    assert told.startswith("Predict first")
    assert " ? " in f" {told} "


def test_a_single_card_is_told_with_its_title_and_how_it_is_read() -> None:
    figure = {"data": [], "layout": {"height": 100, "annotations": [{"text": "A note", "showarrow": False}]}}
    card = boards.Card("one", figure, "alt", title="One", sentence="Said of it.")
    drawn = pictures.picture(boards.Board((card,), reading="How it is read."), "svg", "Title", STAMP)
    assert "A note" in words_of(drawn)
    described = ElementTree.fromstring(drawn).findtext(f"{SVG}desc") or ""
    assert described == f"One. Said of it. How it is read. {' '.join(STAMP.lines())}"


FINDING = (
    "Against no levers, this package leaves Russia and China 19 points less aligned by 2031 under one view, within 2 "
    "points under three"
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_of_a_view_has_the_finding_as_its_title_and_says_all_that_it_rests_on(theme: str) -> None:
    drawn = pictures.picture(boards.worldviews(ASKED, None, theme), "svg", "The essay's opening hand", STAMP, theme)
    told = words_of(drawn)
    assert "".join(FINDING.split()) in unspaced(told)
    for part in (
        *("The essay's opening hand", "The drift, and what the package does to it", "Wedge sceptic", "−19"),
        *("28 (Op-ed) to 96 (Sceptic) of 100 worlds", "17 (Lock-in) to 53 (Op-ed)", "0 to 100; dotted: without levers"),
        *("Dot: 2 of 100 assumed worlds (uncertain numbers drawn anew). Bar: 80 of 100.", "NATO talks 50"),
        *("Washington drops the offers", "What else these assumptions give by 2031", "model version 2"),
    ):
        assert unspaced(part) in unspaced(told), part
    assert told.count(words.CAVEAT) == 1
    assert unspaced(STAMP.link) in unspaced(told)
    root = ElementTree.fromstring(drawn)
    assert root.findtext(f"{SVG}title") == clean(FINDING)
    described = root.findtext(f"{SVG}desc") or ""
    assert described.startswith(f"The essay's opening hand. {FINDING}. Middle alignment of 100 from 58 in 2021")
    assert described.count(FINDING) == 1


def test_drift_and_strip_stand_level_side_by_side_and_the_prices_below() -> None:
    board = boards.worldviews(ASKED, None, "light")
    assert board.told is not None
    cells, high = pictures._body(board, board.told, "light", 1200)
    (drift, strip, prices) = (cell for _, cell in cells)
    # 1,200 less an edge of 24: 56 and 44 of 100 of 1,176, from 12 on.
    assert drift[:4] == pytest.approx((12, 0, 658.56, 440))
    assert strip[:4] == pytest.approx((670.56, 0, 517.44, 440))
    assert prices.top == pytest.approx(max(440 + cell.below.height for cell in (drift, strip)) + 12)
    assert high == pytest.approx(prices.top + prices.height)
    layout = pictures._composed(cells, [], 1200, round(high), "light")["layout"]
    # One title of 17 and one sentence of 13 above both; the margins are 12 and 28 of the drift, 26 and 24 of the strip.
    head = 1.32 * (17 + 13)
    assert layout["yaxis11"]["domain"] == pytest.approx([1 - 412 / round(high), 1 - (head + 12) / round(high)])
    assert layout["yaxis21"]["domain"] == pytest.approx([1 - 416 / round(high), 1 - (head + 26) / round(high)])
    assert [layout[f"xaxis3{n}"]["range"] for n in (1, 2, 3, 4)] == [[0, 100]] * 4


def test_a_path_that_hangs_on_the_edge_of_its_chart_goes_with_it() -> None:
    moved = pictures._Moved(0, 0.1, 0.5, 0.2, 0.9)
    path = {"type": "path", "xref": "paper", "xsizemode": "pixel", "xanchor": 1, "yref": "y", "path": "M 9 70 L 20 74"}
    assert moved.shape(path) == {**path, "xanchor": pytest.approx(0.5), "yref": "y11"}
    assert moved.note({"text": "58", "x": 2021, "y": 58}) == {
        **{"text": "58", "x": 2021, "y": 58},
        **{"xref": "x11", "yref": "y11"},
    }


@pytest.mark.parametrize("name", ["opening-hand", "status-quo"])
def test_the_preview_of_a_link_is_1200_by_630_and_tells_the_finding(name: str) -> None:
    asked = Asked(load_scenario(name))
    board = boards.worldviews(asked, None, "light")
    assert board.told is not None
    drawn = pictures.preview(board, "Title", "None preferred.", STAMP)
    assert struct.unpack(">II", drawn[16:24]) == (1200, 630)
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.load()
        assert picture.info["Description"].startswith(f"{board.told.finding}. ")


def test_goals_stand_in_the_picture_where_they_stand_on_the_page() -> None:
    asked = single.read({"preset": ["opening-hand"], "goal": ["level_at_most_58", "shift_at_most_-5"]}).asked
    board = boards.worldviews(asked, None, "light")
    assert board.told is not None
    cells, high = pictures._body(board, board.told, "light", 1200)
    lines = [
        shape
        for shape in pictures._composed(cells, [], 1200, round(high), "light")["layout"]["shapes"]
        if shape["line"].get("dash") == "longdashdot"
    ]
    across, upright = lines
    assert (across["yref"], across["y0"], across["x0"]) == ("y11", 58, pytest.approx((12 + 34) / 1200))
    assert (upright["xref"], upright["x0"], upright["yref"]) == ("x21", -5, "y21")


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
    monkeypatch.setattr(renderer_module, "SECONDS", 1)
    monkeypatch.setattr(renderer_module, "ENDING", 0.5)
    hung = renderer._kaleido.subprocess
    for process in family(hung.pid):
        os.kill(process, signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises(NoPicture, match="did not draw this picture"):
        renderer.draw(FIGURE, "svg", 300, 200)
    assert time.monotonic() - begun < 3
    monkeypatch.setattr(renderer_module, "SECONDS", 30)
    assert renderer.draw(FIGURE, "svg", 300, 200).startswith(b"<svg")
    renderer.close()
    assert hung.poll() is not None


def test_too_many_pictures_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer_module, "MOST_WAITING", 0)
    with pytest.raises(NoPicture, match="try again in a moment"):
        Renderer().draw(FIGURE, "svg", 300, 200)


def test_pictures_that_were_refused_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    renderer = Renderer()
    for _ in range(renderer_module.MOST_WAITING + 1):
        with pytest.raises(NoPicture, match="none was found"):
            renderer.draw(FIGURE, "png", 300, 200)
    renderer.close()


def test_a_png_has_the_pixels_of_its_scale_and_an_svg_those_of_the_page() -> None:
    renderer = Renderer()
    assert struct.unpack(">II", renderer.draw(FIGURE, "png", 300, 200, 3)[16:24]) == (900, 600)
    root = ElementTree.fromstring(renderer.draw(FIGURE, "svg", 300, 200, 3))
    assert (root.get("width"), root.get("height")) == ("300", "200")
    renderer.close()


def test_without_a_browser_one_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    renderer = Renderer()
    with pytest.raises(NoPicture) as missing:
        renderer.draw(FIGURE, "png", 300, 200)
    renderer.close()
    assert str(missing.value) == NO_BROWSER
    assert NO_BROWSER.count(". ") == 0


def test_the_page_in_which_charts_are_drawn_names_no_address_of_the_web() -> None:
    assert "http" not in PageGenerator(mathjax=False).generate_index()

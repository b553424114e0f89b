"""The brief read back: pages, words, tags, pictures, link; with and without a browser, with hostile titles."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from model import catalog, load_scenario, presets
from model.analysis.goals import parse_goal
from model.assumptions.scenario import set_values
from tests.browser.harness import chromium
from ui.exports import brief as briefs
from ui.exports.brief import brief, cited, differing
from ui.exports.fonts import STAND_IN, fonts
from ui.exports.renderer import NO_BROWSER, NoPicture
from ui.exports.stamp import stamp, title_of
from ui.links.asked import Place
from ui.told import cache, words

ADDRESS = "https://triangle.example.org"
DAY = date(2026, 11, 22)
FULL = Place(
    set_values(
        load_scenario("giveaway"),
        dict.fromkeys(catalog().levers, 63) | {"precond": 99, "pressure": 150, "ramp": 10, "onset": 3},
    ),
    tuple(parse_goal(f"nato_east_trough_at_least_{n}") for n in (60, 70, 80, 90)),
)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of the tests is the one that draws."""
    try:
        monkeypatch.setenv("BROWSER_PATH", chromium())
    except RuntimeError as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that cannot draw."""

    def refuse(*_: object, **__: object) -> bytes:
        raise NoPicture(NO_BROWSER)

    monkeypatch.setattr(briefs, "sheet", refuse)


def read(place: Place, address: str = ADDRESS) -> PdfReader:
    return PdfReader(io.BytesIO(brief(place, address, DAY)))


def text_of(reader: PdfReader) -> str:
    """All words in order, on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader: PdfReader) -> list[tuple[str, str]]:
    """The tags in reading order, each with its alternative text."""
    root: Any = reader.trailer["/Root"]
    document = root["/StructTreeRoot"]["/K"][0].get_object()
    kids = [kid.get_object() for kid in document["/K"]]
    return [(str(kid["/S"]), str(kid.get("/Alt", ""))) for kid in kids]


@pytest.mark.usefixtures("browser")
def test_the_brief_says_all_that_it_must_on_two_pages() -> None:
    place = Place(load_scenario("opening-hand"))
    reader, mark = read(place), stamp(place, ADDRESS, DAY)
    assert len(reader.pages) == 2
    told = text_of(reader)
    for card in cache.cards(cache.position(place)):
        assert catalog().worldviews[card.worldview].title in told
        assert words.reversal_sentence(card, place.scenario) in told
    for part in (words.CAVEAT, "model version 1", "22 November 2026", "1,000 assumed worlds", "Mutual limits"):
        assert part in told
    for one in differing():
        assert one.title in told
    assert "−19" in told
    assert "Clint Mallory" in told
    assert "".join(mark.link.split()) in "".join(told.split())
    links = [a.get_object()["/A"]["/URI"] for p in reader.pages for a in p.get("/Annots", ()) if "/A" in a.get_object()]
    assert mark.link in links
    assert sum(len(page.images) for page in reader.pages) == 2


@pytest.mark.usefixtures("browser")
def test_the_brief_is_tagged_for_screen_readers() -> None:
    reader = read(Place(load_scenario("opening-hand")))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "The essay's opening hand: a brief from Strategic Triangle"
    kinds = [kind for kind, _ in tags(reader)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") >= 4
    assert kinds.count("/Figure") == 2
    assert kinds.count("/P") >= 8
    assert all(bool(alt) == (kind == "/Figure") for kind, alt in tags(reader))
    assert "Wedge sceptic: alignment from 2021 to 2031" in next(alt for kind, alt in tags(reader) if alt)
    for page in reader.pages:  # whatever is begun is ended, and nothing is read twice
        content = page.get_contents()
        assert content is not None
        drawn = content.get_data()
        assert drawn.count(b" BDC") + drawn.count(b" BMC") == drawn.count(b"EMC")


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("name", list(presets()))
def test_without_a_browser_the_brief_says_so_and_has_all_else(name: str) -> None:
    place = Place(load_scenario(name))
    told = text_of(read(place))
    assert "The charts are left out." in told
    assert title_of(place) in told
    assert STAND_IN not in told


@pytest.mark.usefixtures("browser")
def test_the_fullest_brief_keeps_to_two_pages() -> None:
    reader = read(FULL)
    assert len(reader.pages) == briefs.MOST_PAGES
    told = text_of(reader)
    assert "US pressure" in told
    assert "of 100 assumed worlds" in told


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize(
    "title",
    [
        "<b>x</b> **y** __z__ --w-- [a](javascript:b)",
        "\0\x1b\N{RIGHT-TO-LEFT OVERRIDE}abc",
        "عنوان 情景 🙂",
        "W" * 300,
        "(((\\)",
        "",
    ],
)
def test_no_title_breaks_the_brief(title: str) -> None:
    scenario = load_scenario("opening-hand").model_copy(update={"title": title, "name": "mine"})
    reader = read(Place(scenario))
    assert len(reader.pages) <= briefs.MOST_PAGES
    shown = fonts().fitting(title_of(Place(scenario)))
    assert "".join(shown.split()) in "".join(text_of(reader).split())


@pytest.mark.usefixtures("no_browser")
def test_without_an_address_there_is_no_qr_code() -> None:
    reader = read(Place(load_scenario("opening-hand")), "")
    assert sum(len(page.images) for page in reader.pages) == 0
    assert "?v=1&set=" in "".join(text_of(reader).split())


@pytest.mark.usefixtures("no_browser")
def test_the_same_place_on_the_same_day_gives_the_same_words() -> None:
    place = Place(load_scenario("squeeze-both"))
    assert text_of(read(place)) == text_of(read(place))


def test_the_assumptions_are_those_on_which_the_worldviews_differ_most() -> None:
    def gap(key: str) -> float:
        middles = [view.parameters[key].central for view in catalog().worldviews.values()]
        low, high = catalog().parameters[key].admissible
        return (max(middles) - min(middles)) / (high - low)

    chosen = [one.key for one in differing()]
    assert len(chosen) == briefs.MOST_ASSUMPTIONS
    assert min(map(gap, chosen)) >= max(gap(key) for key in catalog().parameters if key not in chosen) - 1e-9


def test_sources_are_counted_and_judgement_is_named() -> None:
    told = cited(load_scenario("opening-hand"), [one.key for one in differing()])
    assert told.startswith("Clint Mallory")
    assert told.endswith("Sizes that no source gives are judgement of the modeller.")
    assert "more, named on the page Assumptions" in told


def test_the_font_has_every_character_that_our_own_words_use() -> None:
    known = catalog()
    ours = [*(lever.name for lever in known.levers.values()), "−–—→“”‘’…·◆■●▲%", "é ü Ж θ"]
    ours += [position.label for lever in known.levers.values() for position in lever.positions]
    ours += [f"{definition.title} {definition.meaning}" for definition in known.parameters.values()]
    ours += [f"{source.producer} {source.title}" for source in known.sources.values()]
    for text in ours:
        assert fonts().fitting(text) == text

"""The brief read back: pages, words, tags, pictures, link; with and without a browser, with hostile titles."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from model import analogues, catalog, load_scenario, presets
from model.analysis.credit import Credit
from model.analysis.goals import parse_goal
from model.assumptions.scenario import set_values
from tests.browser.harness import chromium
from ui.drawn import boards
from ui.exports import brief as briefs
from ui.exports.brief import brief, cited, differing
from ui.exports.renderer import NO_BROWSER, NoPicture
from ui.exports.stamp import stamp, title_of
from ui.links.asked import Asked, parse_prediction
from ui.told import cache, words
from ui.told.assumptions import MOST_DISPUTED

ADDRESS = "https://triangle.example.org"
DAY = date(2026, 11, 22)
HAND = Asked(load_scenario("opening-hand"))
FULL = Asked(
    set_values(
        load_scenario("giveaway"),
        dict.fromkeys(catalog().levers, 63)
        | {"precond": 99, "pressure_russia": 150, "pressure_china": 130, "ramp": 10, "onset": 3},
    ),
    tuple(parse_goal(f"nato_east_trough_at_least_{n}") for n in (60, 70, 80, 90)),
    parse_prediction("apart_-20_-10_20261122T1402Z_95_midpoint"),
)


@pytest.fixture(scope="module")
def hand_and_full() -> Iterator[tuple[PdfReader, PdfReader]]:
    """The briefs of the opening hand and of the fullest view, with pictures, each made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", chromium())
        yield read(HAND), read(FULL)


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that cannot draw."""

    def refuse(*_: object, **__: object) -> bytes:
        raise NoPicture(NO_BROWSER)

    monkeypatch.setattr(briefs, "body", refuse)


def read(asked: Asked, address: str = ADDRESS) -> PdfReader:
    return PdfReader(io.BytesIO(brief(asked, address, DAY)))


def text_of(reader: PdfReader) -> str:
    """All words in order, on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader: PdfReader) -> list[tuple[str, str]]:
    """All tags in reading order, each with its alternative text."""
    root: Any = reader.trailer["/Root"]
    found = []

    def walk(node: Any) -> None:
        node = node.get_object()
        for kid in node if isinstance(node, list) else ():
            walk(kid)
        if isinstance(node, dict) and "/S" in node:
            found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            walk(node.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    return found


def test_the_brief_says_all_that_it_must_on_two_pages(hand_and_full: tuple[PdfReader, PdfReader]) -> None:
    asked = HAND
    reader, mark = hand_and_full[0], stamp(asked, ADDRESS, DAY)
    assert len(reader.pages) == 2
    told = text_of(reader)
    for card in cache.cards(cache.run_key(asked)):
        assert catalog().worldviews[card.worldview].title in told
        assert words.reversal_sentence(card, asked.scenario) in told
    for part in (words.CAVEAT, "model version 2", "22 November 2026", "1,000 assumed worlds", "Mutual limits"):
        assert part in told
    for one in differing():
        assert one.title in told
    assert "−19" in told
    assert "Clint Mallory" in told
    assert "".join(mark.link.split()) in "".join(told.split())
    links = [a.get_object()["/A"]["/URI"] for p in reader.pages for a in p.get("/Annots", ()) if "/A" in a.get_object()]
    assert mark.link in links
    assert len(reader.pages[0].images) == 1
    first = " ".join(reader.pages[0].extract_text().split())
    assert "19 points less aligned by 2031 under one view, within 2 points under three" in first
    assert "Wedge sceptic. +2 points by 2031" in first


def test_the_brief_is_tagged_for_screen_readers(hand_and_full: tuple[PdfReader, PdfReader]) -> None:
    reader = hand_and_full[0]
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "The essay's opening hand: a brief from Strategic Triangle"
    assert reader.metadata.creation_date == datetime(2026, 11, 22, tzinfo=UTC)
    kinds = Counter(kind for kind, _ in tags(reader))
    assert (kinds["/H1"], kinds["/H2"], kinds["/Figure"], kinds["/Table"]) == (1, 6, 2, 2)
    assert kinds["/TH"] == 7 + 6
    assert kinds["/TD"] == 7 * 9 + 6 * 6  # seven levers, the interaction and the sum; six assumptions
    assert all(bool(alt) == (kind == "/Figure") for kind, alt in tags(reader))
    charts, code = (alt for _, alt in tags(reader) if alt)
    assert charts.startswith(
        "Against no levers, this package leaves Russia and China 19 points less aligned by 2031 under one view, within "
        "2 points under three. "
    )
    assert "Washington drops the offers: 28 (Op-ed) to 96 (Sceptic) of 100 worlds." in charts
    assert code == "QR code of the link to this view"


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("name", list(presets()))
def test_without_a_browser_the_brief_says_so_and_has_all_else(name: str) -> None:
    asked = Asked(load_scenario(name))
    told = text_of(read(asked))
    assert "The charts are left out." in told
    assert title_of(asked) in told
    assert briefs.STAND_IN not in told


def test_the_fullest_brief_keeps_to_two_pages(hand_and_full: tuple[PdfReader, PdfReader]) -> None:
    reader = hand_and_full[1]
    assert len(reader.pages) == briefs.MOST_PAGES
    told = text_of(reader)
    assert "Pressure on Russia" in told
    assert "Wider sanctions, more forces" in told
    assert "of 100 assumed worlds" in told


def titled(title: str) -> Asked:
    return Asked(load_scenario("opening-hand").model_copy(update={"title": title, "name": "mine"}))


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server with no fonts but those that are installed with the program."""
    own = typst.Fonts(include_system_fonts=False, font_paths=briefs.font_folders())
    monkeypatch.setattr(briefs, "_fonts", lambda: own)
    briefs._fonts_have.cache_clear()
    yield
    briefs._fonts_have.cache_clear()


@pytest.mark.usefixtures("no_browser", "no_system_fonts")
@pytest.mark.parametrize(
    "title",
    [
        "<b>x</b> **y** __z__ --w-- [a](javascript:b)",
        "#panic(1) *b* _i_ $x^2$ \\ @a <b> `c` = d // e #sys.inputs",
        "\0\x1b\N{RIGHT-TO-LEFT OVERRIDE}abc",
        "Разрядка, ύφεση, détente",
        "对俄缓和：首轮出牌",
        "ロシアとの緊張緩和",
        "러시아와의 긴장 완화",
        "W" * 300,
        "长" * 300,
        "(((\\)",
        "",
    ],
)
def test_a_title_is_shown_as_it_was_written_and_is_never_markup(title: str) -> None:
    reader = read(titled(title))
    assert len(reader.pages) <= briefs.MOST_PAGES
    told = text_of(reader)
    assert "".join(title_of(titled(title)).split()) in "".join(told.split()).replace("\u200b", "")
    assert "No font on this server" not in told
    assert reader.metadata is not None
    assert reader.metadata.title == f"{title_of(titled(title))}: a brief from Strategic Triangle"


@pytest.mark.usefixtures("no_browser", "no_system_fonts")
@pytest.mark.parametrize("title", ["الانفتاح على موسكو 2027", "שלום עם מוסקבה 2027"])
def test_a_title_from_right_to_left_has_all_its_letters_and_its_direction(title: str) -> None:
    reader, mark = read(titled(title)), stamp(titled(title), ADDRESS, DAY)
    assert Counter(title) <= Counter(text_of(reader))
    assert "No font on this server" not in text_of(reader)
    assert briefs.content(titled(title), mark, boards.worldviews(titled(title), None, "light"), "")["right-to-left"]


@pytest.mark.parametrize(
    ("title", "turned"),
    [("2027: שלום", True), ("(عنوان) opening", True), ("Opening عنوان", False), ("2027 —", False), ("", False)],
)
def test_the_first_letter_with_a_direction_gives_that_of_the_title(title: str, turned: bool) -> None:
    assert briefs._right_to_left(title) == turned


@pytest.mark.usefixtures("no_browser", "no_system_fonts")
def test_signs_that_no_font_has_are_named() -> None:
    assert briefs.shown("Détente") == ("Détente", "")
    assert briefs.shown("ab 🙂🙂 c") == (
        "ab □□ c",
        "No font on this server has all signs of the title; □ stands for SLIGHTLY SMILING FACE (U+1F642).",
    )
    many = briefs.shown("ab 🙂🚀🎉🌍")
    assert many[0] == "ab □□□□"
    assert many[1].endswith("SLIGHTLY SMILING FACE (U+1F642), ROCKET (U+1F680), PARTY POPPER (U+1F389) and 1 more.")
    told = text_of(read(titled("Détente 🙂")))
    assert "Détente □" in told
    assert "□ stands for SLIGHTLY SMILING FACE (U+1F642)." in told


@pytest.mark.usefixtures("no_browser")
def test_without_an_address_there_is_no_qr_code() -> None:
    reader = read(Asked(load_scenario("opening-hand")), "")
    assert "/Figure" not in dict(tags(reader))
    assert "?v=2&set=" in "".join(text_of(reader).split())


@pytest.mark.usefixtures("no_browser")
def test_the_same_place_on_the_same_day_gives_the_same_words() -> None:
    asked = Asked(load_scenario("squeeze-both"))
    assert text_of(read(asked)) == text_of(read(asked))


def test_credit_stands_in_whole_points_that_add_up_with_interaction_and_sum_last() -> None:
    scenario = set_values(load_scenario("status-quo"), {"nato": 50, "pressure_russia": 130})
    earned = Credit(
        worldview="op-ed",
        shift=-18.4,
        credit={"nato": -10.6, "pressure_russia": -7.8},
        alone={"nato": -6, "pressure_russia": -5},
        interaction=-7.4,
        shift_median=0,
        credit_median={},
    )
    nothing = Credit(
        "sceptic", 0.4, {"nato": 1.2, "pressure_russia": -0.8}, {"nato": 0.3, "pressure_russia": 0.1}, 0, 0, {}
    )
    assert briefs.credit_rows(scenario, [earned, nothing]) == [
        ["NATO talks", "50", "Mutual limits, informal pause", "−10", "+1"],
        ["Pressure on Russia", "130", "Between “As at the start” and “Wider sanctions, more forces”", "−8", "−1"],
        ["Of this only together", "", "", "−7", "0"],
        ["Mean shift, points", "", "", "−18", "0"],
    ]
    assert briefs.credit_rows(load_scenario("status-quo"), [Credit("op-ed", 0, {}, {}, 0, 0, {})]) == []


def test_a_brief_holds_a_prediction_against_every_view() -> None:
    asked = replace(HAND, predict=parse_prediction("apart_-20_-5_20261122T1402Z_95_op-ed"))
    board = boards.worldviews(asked, None, "light")
    said = briefs.content(asked, stamp(asked, ADDRESS, DAY), board, "")["follows"]["paragraphs"]
    assert [text.partition(" Your prediction ")[2] for _, text in said] == [
        "for “The op-ed's case”, −20 to −5, holds 0 of 100 assumed worlds here.",
        "for “The op-ed's case”, −20 to −5, holds 18 of 100 assumed worlds here.",
        "for this view, −20 to −5, holds 47 of 100 assumed worlds; you said 95.",
        "for “The op-ed's case”, −20 to −5, holds 0 of 100 assumed worlds here.",
    ]


def test_what_a_brief_says_besides_numbers_word_by_word() -> None:
    asked = Asked(load_scenario("opening-hand"))
    board = boards.worldviews(asked, None, "light")
    said = briefs.content(asked, stamp(asked, ADDRESS, DAY), board, "")
    assert said["kicker"] == "Do the levers move Russia and China apart, or closer? A brief from Strategic Triangle"
    assert (said["day"], said["title"], said["unshown"]) == ("22 November 2026", "The essay's opening hand", "")
    assert said["about"].endswith(
        "full delivery after 2 years. Middle and 80 of 100 worlds, 1,000 assumed worlds of each worldview, seed 7; "
        "model version 2."
    )
    assert said["foot"] == (
        "Assumptions worked out, not a forecast. Strategic Triangle, model version 2, 22 November 2026."
    )
    assert said["document"]["date"] == {"year": 2026, "month": 11, "day": 22}
    assert said["follows"]["title"] == "What follows by 2031, under four rival worldviews"
    leads = [lead for lead, _ in said["follows"]["paragraphs"]]
    assert leads == ["Structural lock-in.", "Literature midpoint.", "The op-ed's case.", "Wedge sceptic."]
    assert said["follows"]["paragraphs"][2][1].startswith(
        "−19 points by 2031; without levers alignment goes from 58 in"
    )
    assert said["picture"]["shown"]
    assert said["levers"]["head"] == ["Lever", "Setting", "In words", "Lock-in", "Midpoint", "Op-ed", "Sceptic"]
    assert [row[:2] for row in said["levers"]["rows"]][5:] == [
        *(["Clear expectations", "80"], ["Assurances to allies", "60"], ["Of this only together", ""]),
        ["Mean shift, points", ""],
    ]
    assert [row[0] for row in said["assumptions"]["rows"]] == [
        *("Addressable threat", "Binding share", "Share of drift due to pressure", "Beijing's doubt response"),
        *("Scale of the values cost", "Symbolic potency"),
    ]
    assert said["assumptions"]["rows"][0][2:] == [
        *(("32 %", "(15 to 50)"), ("55 %", "(35 to 75)"), ("90 %", "(75 to 100)"), ("25 %", "(10 to 42)"))
    ]
    assert said["assumptions"]["rows"][5][2:] == [
        *(("−0.8", "(−2.5 to 0.8)"), ("1", "(−1 to 3)"), ("4", "(2.5 to 5.5)"), ("−2.5", "(−4 to −1)"))
    ]
    assert said["assumptions"]["note"].startswith("Middle value (low to high). These 6 of 26 were chosen because")
    assert said["sources"]["paragraphs"][0][1].count("; ") == 12 - 1
    assert "And 22 more, named on the page Assumptions." in said["sources"]["paragraphs"][0][1]
    assert [lead for lead, _ in said["cautions"]["paragraphs"]] == [
        "Read with a start before the years that it describes: Lock-in."
    ]
    assert said["end"]["link"] == stamp(asked, ADDRESS, DAY).link


def test_no_more_than_five_cautions_are_told_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    raised = [SimpleNamespace(title=f"Title {n}", reason=f"Reason {n}.") for n in range(1, 8)]
    monkeypatch.setattr(briefs, "cautions", lambda _scenario: raised)
    told = briefs._cautions(load_scenario("opening-hand"))
    assert told[0] == ("Title 1.", "Reason 1.")
    assert told[4:] == [("Title 5.", "Reason 5."), ("And more:", "the page names 2 more.")]
    monkeypatch.setattr(briefs, "cautions", lambda _scenario: raised[:5])
    assert len(briefs._cautions(load_scenario("opening-hand"))) == 5


def letters(reader: PdfReader) -> float:
    """The size that most letters of the first page have, in points."""
    sizes: Counter[float] = Counter()
    reader.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, size: sizes.update({round(size * tm[0], 1): len(text)})
    )
    return sizes.most_common(1)[0][0]


def test_letters_are_as_large_as_two_pages_allow(hand_and_full: tuple[PdfReader, PdfReader]) -> None:
    hand, full = map(letters, hand_and_full)
    assert hand == 9.6
    assert full < 9.6


def test_the_assumptions_are_those_on_which_the_worldviews_differ_most() -> None:
    def gap(key: str) -> float:
        middles = [view.parameters[key].central for view in catalog().worldviews.values()]
        low, high = catalog().parameters[key].admissible
        return (max(middles) - min(middles)) / (high - low)

    chosen = [one.key for one in differing()]
    assert len(chosen) == MOST_DISPUTED
    assert min(map(gap, chosen)) >= max(gap(key) for key in catalog().parameters if key not in chosen) - 1e-9


def test_sources_of_a_pressure_are_cited_where_it_is_not_neutral() -> None:
    told = {
        at: cited(set_values(load_scenario("status-quo"), {"pressure_russia": at}), ["shock_size"])
        for at in (0, 100, 160)
    }
    title = catalog().sources["korolev-2022"].title
    assert title not in told[100]
    assert title in told[0]
    assert told[0] == told[160]


def test_sources_are_counted_and_judgement_is_named() -> None:
    told = cited(load_scenario("opening-hand"), [one.key for one in differing()])
    assert told.startswith("Clint Mallory")
    assert told.endswith("Sizes that no source gives are judgement of the modeller.")
    assert "more, named on the page Assumptions" in told


@pytest.mark.usefixtures("no_system_fonts")
def test_the_fonts_have_every_sign_that_our_own_words_use() -> None:
    known = catalog()
    ours = [*(lever.name for lever in known.levers.values()), "−–—→“”‘’…·%", "é ü Ж θ"]
    ours += [position.label for lever in known.levers.values() for position in lever.positions]
    ours += [f"{definition.title} {definition.meaning}" for definition in known.parameters.values()]
    ours += [f"{source.producer} {source.title}" for source in known.sources.values()]
    assert briefs.shown(" ".join(ours)) == (" ".join(ours), "")


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("name", list(analogues()))
def test_the_brief_of_a_historic_analogue_says_what_it_is(name: str) -> None:
    scenario = analogues()[name]
    era = scenario.analogue
    assert era is not None
    reader = read(Asked(scenario))
    told = text_of(reader)
    assert len(reader.pages) <= 2
    for part in ("A historic analogue", "Who was who.", "What was different then", era.why_it_may_not_fit):
        assert part in told
    assert f"under the worldview “{catalog().worldviews[era.worldview].title}” only" in told
    assert "four rival worldviews" not in told
    assert "rivals and are not averaged" not in told
    for key in era.overrides:
        assert catalog().parameters[key].title in told

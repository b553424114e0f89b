"""Cards of assumptions: where things stand in the pictures of ranges, and what the cards say."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from model import catalog
from model.assumptions.schema import Marker, Source
from ui.drawn import cards
from ui.told import assumptions as told

ALL = list(catalog().worldviews)
BLUE = "light-dark(#1f78b8,#5aa9e6)"  # op-ed's, in the theme in use
STYLE = Path(__file__).parents[3] / "ui/page/assumptions.css"


class Balanced(HTMLParser):
    """Raises where an element is not closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert dict(attrs).get("role", "img") == "img"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> str:
    """What a reader reads in well-formed HTML."""
    parser = Balanced()
    parser.feed(html)
    assert parser.open == []
    return unescape(re.sub("<[^>]*>", "|", html))


@pytest.mark.parametrize("marker", get_args(Marker))
def test_every_marker_that_a_worldview_may_have_has_a_shape_of_its_own(marker: str) -> None:
    shapes = dict(re.findall(r"\.mark\.([\w-]+) \{ (.*?) \}", STYLE.read_text(encoding="utf-8")))
    assert set(shapes) == set(get_args(Marker))
    assert list(shapes.values()).count(shapes[marker]) == 1


def test_the_key_names_the_worldviews_that_are_shown_and_opens_on_what_they_hold() -> None:
    text = read(cards.worldviews(["op-ed"]))
    assert "Op-ed" in text
    assert catalog().worldviews["op-ed"].summary in text
    assert "Sceptic" not in text


def test_a_row_of_a_table_shows_some_columns_and_opens_on_the_others_with_minus_signs() -> None:
    table = pd.DataFrame([{"Thing": "A <b>", "Value": "-0.5", "Why": "from -2 up", "Empty": ""}])
    html = cards.listed(table, "Thing", ["Value"])
    head, _, body = html.partition("</summary>")
    assert read(f"{head}</summary></details></div>").replace("|", "") == "A <b>Value−0.5"
    assert "from −2 up" in body
    assert "Empty" not in body


def test_rows_of_shares_are_all_in_sight_by_name() -> None:
    text = read(cards.shares({"Threat": {"nato": 0.5, "g8": 0.05}}))
    assert [part for part in text.split("|") if part] == ["Threat", "NATO talks", "0.5", "G8 readmission", "0.05"]


def test_a_claim_shows_its_words_and_status_and_opens_on_place_and_what_is_left_out() -> None:
    known = catalog().claims
    text = read(cards.claims({"E02": known["E02"]}, {"E02": "equation 7"}, is_open=True))
    assert "|Paragraph 1|" in text
    assert f"|{known['E02'].words}||E02, partly modelled|" in text
    assert f"|Place||paragraph 1, sentence 1||||Kind||edge||||What is left out||{known['E02'].why}|" in text


def test_groups_are_open_only_when_they_are_asked_to_be() -> None:
    known = {"E02": catalog().claims["E02"]}
    assert '<details class="group">' in cards.claims(known, {"E02": ""}, is_open=False)
    assert '<details class="group" open>' in cards.claims(known, {"E02": ""}, is_open=True)


def test_a_source_is_text_and_a_link_and_cannot_be_more() -> None:
    source = Source(
        producer="X", title="X", citation_full="<script>", url='https://a.example/?"><b>', license="free", seen="data"
    )
    html = cards.sources({"x": source}, is_open=True)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
    assert 'target="_blank" rel="noopener noreferrer"' in html


def test_every_card_of_everything_is_well_formed() -> None:
    known = catalog()
    for html in (
        cards.claims(known.claims, dict.fromkeys(known.claims, "x"), is_open=False),
        cards.sources(known.sources, is_open=False),
        cards.listed(told.choices(), "As built", ["Choice"]),
    ):
        assert "nan" not in read(html).split("|")

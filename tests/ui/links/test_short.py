"""A short link leads to exactly what the full link shows, and a broken one is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import InputError, catalog, presets
from model.assumptions.renamed import current_names
from model.assumptions.scenario import settings as all_settings
from tests.ui.links.test_single import some_asked, some_shown
from ui.links import short, single
from ui.links.asked import SECTIONS, Asked, Shown, fitting, starting_points

ASKED = Asked(presets()["opening-hand"])


@settings(max_examples=60, deadline=None)
@given(some_asked, some_shown)
def test_a_short_link_says_what_the_full_link_says(asked: Asked, shown: Shown) -> None:
    code = short.code(asked, shown)
    opened = single.read(single.query_of(short.query(code)))
    assert (opened.asked, opened.shown, opened.notices) == (asked, fitting(shown, asked.scenario), ())
    assert opened.seen == single.read(single.write(asked, shown)).seen


def test_a_plain_short_link_is_short() -> None:
    assert len(short.code(ASKED)) <= 42


@pytest.mark.parametrize("section", SECTIONS)
def test_a_short_link_to_a_section_opens_it(section: str) -> None:
    shown = Shown((section,))
    assert single.read(single.query_of(short.query(short.code(ASKED, shown)))).shown == shown


@given(st.text(max_size=60))
def test_what_is_no_code_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="is no short link of this page"):
        short.query(text)


@given(st.integers(0, 41), st.sampled_from("ABCxyz019_-"))
def test_a_mistyped_code_is_refused_or_the_same(place: int, letter: str) -> None:
    right = short.code(ASKED)
    place %= len(right)
    wrong = right[:place] + letter + right[place + 1 :]
    try:
        assert short.query(wrong) == short.query(right)
    except InputError:
        assert wrong != right


def test_codes_of_long_ago_open_for_ever() -> None:
    opened = single.read(single.query_of(short.query("ARdawowAAAAHhl0yIzIyMlAAPBUKAAJkAP_tAWvw")))
    assert opened.asked == ASKED
    assert opened.notices == ()  # its pressure was 100, which is neutral
    assert opened.seen == single.Seen("1", "175ac28c", {"lock-in": 0, "midpoint": -1, "op-ed": -19, "sceptic": 1})


def test_the_formats_fit_the_settings_and_worldviews_of_today() -> None:
    assert tuple(all_settings()) == short.SETTINGS[short.FORMAT]
    of_then = [now for old in short.SETTINGS[1] for now in current_names("setting", old)[0]]
    assert sorted(of_then) == sorted(all_settings())
    assert tuple(catalog().worldviews) == short.WORLDVIEWS
    assert len({short._checksum(name.encode()) for name in starting_points()}) == len(starting_points())


def test_a_short_link_of_a_historic_analogue_does_not_say_its_start() -> None:
    asked = Asked(starting_points()["opening-to-china-1969"])
    told = single.query_of(short.query(short.code(asked)))
    assert "start" not in told
    assert single.read(told) == single.Opened(asked, ())

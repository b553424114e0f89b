"""Source cards: where things stand in the pictures of ranges, and what a card says of each number, claim and result."""

from __future__ import annotations

import re

import pytest

from model import catalog, run
from model.analysis.reliance import RESULTS
from model.assumptions.catalog import EDITED
from model.assumptions.edits import edits, worldview_of
from model.engine.results import REVERSED, percentiles
from tests.ui.drawn.test_cards import ALL, BLUE, read
from ui.drawn import source_cards
from ui.drawn.source_cards import source_card
from ui.told import assumptions as told
from ui.told import source_cards as said

OURS = tuple(said.known())


def address(name: str) -> str:
    return f"/assumptions?a=1&source={name}"


def card(name: str) -> str:
    return read(source_card(name, address, catalog()))


def test_bars_and_markers_stand_where_their_values_are_between_the_admissible_ends() -> None:
    picture = source_cards.range_picture("symbolic_potency", ["op-ed"])  # 2.5, 4 and 5.5 between -6 and 8
    assert 'class="zero" style="left:42.86%"' in picture  # 6 of 14
    assert f'class="bar" style="left:60.71%;right:calc(100% - 82.14%);background:{BLUE}"' in picture  # 8.5, 11.5 of 14
    assert f'class="mark circle" style="left:71.43%;background:{BLUE}"' in picture  # 10 of 14
    assert re.findall('class="end">(.*?)<', picture) == ["−6", "8"]
    assert f'role="img" aria-label="{told.picture_in_words("symbolic_potency", ["op-ed"])}"' in picture


def test_a_picture_has_a_lane_a_worldview_in_their_order_and_a_zero_only_inside() -> None:
    picture = source_cards.range_picture("addressable_threat", ALL)
    marks = ["diamond", "square", "circle", "triangle-up"]
    assert re.findall('class="mark (.*?)"', picture) == marks
    assert "zero" not in picture


def test_no_bar_or_marker_leaves_its_track() -> None:
    for key in catalog().parameters:
        for place in re.findall(r"left:([-\d.]+)%", source_cards.range_picture(key, ALL)):
            assert 0 <= float(place) <= 100


def test_the_card_of_a_parameter_says_all_that_is_known_of_it() -> None:
    text = read(source_cards.assumptions(["symbolic_potency"], ALL))
    definition = catalog().parameters["symbolic_potency"]
    for part in (definition.title, definition.symbol, definition.meaning, definition.kind_why, "symbolic_potency"):
        assert part in text
    assert "|shape, no unit; higher is kinder to the wedge|" in text
    assert "|A higher value is||kinder to the wedge. The higher it is, the more the first steps buy.|" in text
    assert "|It may be||−6 to 8 (shape, no unit)|" in text
    for view in catalog().worldviews.values():
        parameter = view.parameters["symbolic_potency"]
        assert view.title in text
        assert parameter.note in text
        assert f"|Basis||{told.graded(parameter.basis)}|" in text
        assert f"|Sources||{told.cite(parameter.sources)}|" in text
    assert "|Low||2.5||||Central||4||||High||5.5|" in text
    assert "|Low||−4||||Central||−2.5||||High||−1|" in text
    assert "|Andrew Kydd (2000): Only costly signals reassure; symbols are cheap and change little.|" in text


def test_dissent_is_told_where_the_data_have_it_and_only_there() -> None:
    assert told.NO_DISSENT not in card("drift_rate")
    assert told.NO_DISSENT in card("cohesion_loss")


@pytest.mark.parametrize("name", OURS)
def test_every_card_is_well_formed_and_says_on_what_it_rests(name: str) -> None:
    text = card(name)
    assert "nan" not in text.split("|")
    if name.startswith(told.OUTCOME):
        assert "|worked out by the model from what is assumed|" in text
    else:
        assert any(source.citation_full in text for source in catalog().sources.values())
    if not name.startswith((told.OUTCOME, told.LEVER)):
        assert "|Last reviewed||24 November 2026|" in text


def test_every_number_says_which_results_rest_on_it() -> None:
    for name in OURS:
        if name not in catalog().claims and not name.startswith((told.OUTCOME, told.LEVER)):
            assert "|Which results rest on it|" in card(name)
    text = card("two_front_start")  # added to two-front pressure, and to nothing else
    assert "|Moves by a point or more if it is halved||Two-front pressure|" in text
    others = "; ".join(said.result_title(key) for key in RESULTS if key != "two_front")
    assert f"|Does not move||{others}|" in text
    assert "|Moves by less|" not in text


def test_a_claim_says_where_it_stands_and_leads_to_what_answers_it() -> None:
    html = source_card("E01", address, catalog())
    text = read(html)
    assert catalog().claims["E01"].words in text
    assert "|In the model||modelled||||Place||paragraph 1, sentence 1|" in text
    assert "|equation 7|" in text
    for name in ("drift_rate", "pressure_share"):
        assert f'href="/assumptions?a=1&amp;source={name}"' in html


def test_a_lever_shows_every_weight_that_is_assumed_of_it_with_the_way_to_its_card() -> None:
    html = source_card("lever-nato", address, catalog())
    known, text = catalog(), read(html)
    supply = known.structure.tables.mechanism_supply.values
    told_of = (f"|{known.structure.mechanisms[need].name}||{row['nato']:g}|" for need, row in supply.items())
    assert "||||".join(one.strip("|") for one in told_of) in text
    for view in known.worldviews.values():
        assert f"|{view.short}||{view.relative_deliverability.values['nato']:g}|" in text
    vectors = ("concreteness", "visibility", "slight", "values_cost")
    for name in vectors:
        assert f"|{told.plain(getattr(known.structure.vectors, name).values['nato'])}|" in text
    links = re.findall(r"source=([\w-]+)", html)
    assert links == ["mechanism_supply", "relative_deliverability", *vectors]
    assert catalog().levers["nato"].critics in text


def test_a_result_lists_the_numbers_that_move_it_and_counts_the_others() -> None:
    much, less = said.leaning_on("values_cost")
    html = source_card("outcome-values_cost", address, catalog())
    assert f"|Numbers that move it by a point or more ({len(much)})|" in read(html)
    assert re.findall(r"source=([\w-]+)", html) == list(much)
    assert f"|{len(less)} more move it by less." in read(html)


def test_a_result_says_what_each_worldview_gives_it_where_the_reader_stands() -> None:
    found = run("opening-hand", members=200)
    for key in RESULTS:
        values = said.values_at(key, found)
        assert list(values) == [view.short for view in catalog().worldviews.values()]
    lowest, middle, highest = (round(float(one[2])) for one in percentiles(found.outcome("shift")).values())
    shift = said.values_at("shift", found)["Op-ed"]
    assert shift == f"−{-middle} (−{-lowest} to −{-highest})"
    assert said.values_at(REVERSED, found)["Op-ed"] == f"{round(100 * found.reversed_share[2])}"
    text = read(source_card("outcome-shift", address, catalog(), {"Op-ed": shift}))
    assert f"|Here, points: middle, and 80 of 100 worlds|||||Op-ed||{shift}|" in text
    assert "|Here" not in card("outcome-shift")


def test_a_worldview_of_ones_own_stands_on_the_card_with_what_it_has() -> None:
    own = worldview_of(edits("op-ed", {"binding_share": (0.41, 0.62, 0.83)}))
    html = source_card("binding_share", address, catalog().beside(own))
    text = read(html)
    assert catalog().beside(own).worldviews[EDITED].title in text
    assert "|Low||0.41||||Central||0.62||||High||0.83|" in text
    assert "mark star" in html
    assert "Yours 0.62 (0.41 to 0.83)" in html
    assert "|Last reviewed||24 November 2026|" in text  # of the four: a reader's own number has no such day
    assert "0.41" not in card("binding_share")

"""The argument as a still picture and as a table: all steps, as thick as what they carry."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from model import catalog, presets
from model.analysis.argument import COLUMNS
from ui.drawn import argument as drawn
from ui.drawn import boards
from ui.links.asked import Asked
from ui.told import cache
from ui.told.edge import NOTHING

HAND = cache.run_key(Asked(presets()["opening-hand"]))


ARGUMENT = cache.argument(HAND, "op-ed")
LAID = drawn.laid_out(ARGUMENT)

# ---- where everything stands


def overlap(box: drawn.Box, other: drawn.Box) -> bool:
    across = box.corner.x < other.corner.x + other.width and other.corner.x < box.corner.x + box.width
    return across and box.corner.y < other.corner.y + other.height and other.corner.y < box.corner.y + box.height


def test_boxes_stand_in_five_columns_from_edge_to_edge_and_none_lies_over_another() -> None:
    places = {node.key: LAID.boxes[node.key].corner.x for node in ARGUMENT.nodes}
    assert len(set(places.values())) == len(COLUMNS)
    left = [places[next(node.key for node in ARGUMENT.nodes if node.column == column)] for column in COLUMNS]
    assert left == sorted(left)
    assert left[0] == 2
    assert max(box.corner.x + box.width for box in LAID.boxes.values()) == pytest.approx(drawn.NARROWEST - 2)
    assert not any(overlap(a, b) for a, b in combinations(LAID.boxes.values(), 2))
    assert all(drawn.TOP <= box.corner.y <= LAID.height - box.height - 4 for box in LAID.boxes.values())


def test_what_a_picture_is_wider_goes_to_the_gaps_more_to_those_with_more_edges() -> None:
    shares = [point.share for _, point in LAID.headings]
    # A gap takes 14 and one for each edge that lies between its two columns and nowhere else.
    gaps = [
        sum([ARGUMENT.node(edge.origin).column, ARGUMENT.node(edge.to).column] == list(pair) for edge in ARGUMENT.edges)
        for pair in pairwise(COLUMNS)
    ]
    total = sum(gaps) + 4 * 14
    assert shares == pytest.approx([0, *(sum(gaps[: i + 1]) / total + 14 * (i + 1) / total for i in range(4))])
    assert drawn.Point(100, 0.25, 7).across(200) == 150
    assert {point.share for box in LAID.boxes.values() for point in [box.corner]} == set(shares)


def test_an_edge_leaves_and_reaches_the_sides_of_its_boxes() -> None:
    for edge in ARGUMENT.edges:
        start, *_, end = LAID.paths[edge.key]
        origin, to = LAID.boxes[edge.origin], LAID.boxes[edge.to]
        assert (start.x, start.share) == (origin.corner.x + origin.width, origin.corner.share)
        before = 13 if edge.points is not None else 5 if edge.holds_back else 0
        assert (end.x, end.share) == (to.corner.x - before, to.corner.share)
        assert origin.corner.y < start.y < origin.corner.y + origin.height
        assert to.corner.y < end.y < to.corner.y + to.height


def test_edges_that_meet_at_a_side_come_in_the_order_of_their_other_ends() -> None:
    for key in LAID.boxes:
        leaving = sorted((e for e in ARGUMENT.edges if e.origin == key), key=lambda e: LAID.paths[e.key][0].y)
        reached = [LAID.boxes[edge.to].middle for edge in leaving]
        assert reached == sorted(reached)


@pytest.mark.parametrize("further", [0, 68, 600])
def test_an_edge_that_passes_a_column_goes_level_between_its_boxes(further: float) -> None:
    column_of = {node.key: COLUMNS.index(node.column) for node in ARGUMENT.nodes}
    passed = 0
    for edge in ARGUMENT.edges:
        for c in range(column_of[edge.origin] + 1, column_of[edge.to]):
            column = [LAID.boxes[key] for key, place in column_of.items() if place == c]
            left = column[0].corner.across(further) - 4
            path = LAID.paths[edge.key]
            inside = [p for p in path if left - 0.1 <= p.across(further) <= left + column[0].width + 8.1]
            assert len({point.y for point in inside}) == 1
            assert not any(box.corner.y <= inside[0].y <= box.corner.y + box.height for box in column)
            passed += 1
    assert passed > 0


def test_an_edge_passes_a_column_where_that_is_the_shortest_way() -> None:
    """From Clear expectations, near the bottom, to Moscow moves, in the upper half: over Belief and between the two."""
    level = [point.y for point in LAID.paths["clarity>reciprocity"]]
    contact, belief = LAID.boxes["contact"], LAID.boxes["belief"]
    offer, stake = LAID.boxes["offer"], LAID.boxes["stake"]
    assert contact.corner.y + contact.height < level[3] < belief.corner.y
    assert offer.corner.y + offer.height < level[9] < stake.corner.y


def test_edges_come_in_reading_order() -> None:
    keys = list(LAID.paths)
    assert sorted(keys) == sorted(edge.key for edge in ARGUMENT.edges)
    starts = [(path[0].x, path[0].y) for path in LAID.paths.values()]
    assert starts == sorted(starts)


def test_a_curve_leaves_and_arrives_level_and_bends_half_way() -> None:
    first, second, third = drawn.Point(0, 0.0, 10), drawn.Point(100, 0.5, 50), drawn.Point(200, 0.5, 50)
    assert drawn.curves([first, second, third]) == (
        first,
        (50, 0.25, 10),
        (50, 0.25, 50),
        second,
        (130, 0.5, 50),
        (170, 0.5, 50),
        third,
    )


def test_a_title_has_few_and_even_lines() -> None:
    assert LAID.boxes["stake"].lines == ("What Moscow", "would risk")
    assert LAID.boxes["nato"].lines == ("NATO talks",)
    assert LAID.boxes["stake"].height == LAID.boxes["nato"].height + drawn.LINE


# ---- the still picture


@pytest.mark.parametrize("worldview", list(catalog().worldviews))
def test_what_carries_something_is_drawn_as_thick_as_it_carries(worldview: str) -> None:
    argument = cache.argument(HAND, worldview)
    *lines, signs = drawn.figure(argument, "light")["data"]
    carrying = sorted((e for e in argument.edges if e.strength >= NOTHING), key=lambda edge: -edge.strength)
    assert len(lines) == len(carrying)
    for line, edge in zip(lines, carrying, strict=True):
        full = 24 if edge.points is None else 40
        assert line["line"]["width"] == pytest.approx(max(1.25, full * edge.strength), abs=0.006)
        assert line["name"] == drawn.MEANINGS[edge.sign]
        assert line["line"]["dash"] == ("dash" if edge.holds_back else "solid")
    named = [line["name"] for line in lines if line["showlegend"]]
    assert sorted(named) == sorted({line["name"] for line in lines})
    into = [edge for edge in carrying if edge.points is not None]
    assert signs["text"] == ["+" if (edge.points or 0) > 0 else "−" for edge in into]
    told = [drawn.MEANINGS[1] if (edge.points or 0) > 0 else drawn.MEANINGS[-1] for edge in into]
    assert signs["marker"]["line"]["color"] == [drawn.COLOURS[meaning] for meaning in told]


def test_what_carries_nothing_is_a_hairline() -> None:
    assert drawn.thickness(replace(ARGUMENT.edges[0], strength=NOTHING / 2)) == 1


def test_the_still_picture_stands_where_the_layout_says() -> None:
    shown = drawn.figure(ARGUMENT, "dark")
    boxes = shown["layout"]["annotations"][: len(ARGUMENT.nodes)]
    for node, box in zip(ARGUMENT.nodes, boxes, strict=True):
        laid = LAID.boxes[node.key]
        # 852 is 68 wider than the narrowest picture; rounded to a tenth
        assert box["x"] == pytest.approx(laid.corner.x + 68 * laid.corner.share + laid.width / 2, abs=0.06)
        assert box["y"] == pytest.approx(laid.corner.y + laid.height / 2, abs=0.06)
    assert shown["layout"]["xaxis"]["range"] == [0, 852]
    assert shown["layout"]["yaxis"]["range"] == [LAID.height, 0]  # down, as on a screen
    assert shown["layout"]["height"] == round(LAID.height) + 40  # and margins of 20, so that a unit is a pixel
    signs = shown["data"][-1]
    assert set(signs["x"]) == {round(LAID.boxes["military"].corner.x + 68 - 7, 1)}  # beside the domains
    assert "50 of 100" in next(box["text"] for box in boxes if "NATO talks" in box["text"])
    strongest = max(ARGUMENT.edges, key=lambda edge: edge.strength)
    start, *_, end = LAID.paths[strongest.key]
    line = shown["data"][0]
    assert (line["x"][0], line["x"][-1]) == pytest.approx((start.across(68), end.across(68)), abs=0.06)
    assert (line["y"][0], line["y"][-1]) == pytest.approx((start.y, end.y), abs=0.06)


def test_the_table_has_every_step_with_all_digits() -> None:
    argument = cache.argument(HAND, "op-ed")
    table = drawn.table(argument)
    assert len(table) == len(argument.edges)
    assert table["Points of alignment"].isna().sum() == sum(edge.points is None for edge in argument.edges)
    assert table["Of 100 that it could carry"].between(0, 100).all()
    assert table["Points of alignment"].tolist() == pytest.approx(
        [math.nan if edge.points is None else edge.points for edge in argument.edges], nan_ok=True
    )
    assert "CAATSA relief" in set(table["From"])


def test_the_strongest_steps_are_read_aloud() -> None:
    assert drawn.alt(cache.argument(HAND, "op-ed")).count(";") == drawn.MOST_TOLD - 1


def test_points_of_the_argument_and_the_shift_of_a_domain_each_say_that_the_other_is_something_else() -> None:
    assert "means of what is pushed and not the shift in “Six domains”" in drawn.READING
    reading = boards.domains(Asked(presets()["opening-hand"]), None, "light").reading
    assert "The argument as a picture tells something else: means" in reading

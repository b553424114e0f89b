"""The argument as a still picture and as a table: all steps, as thick as what they carry."""

from __future__ import annotations

import math

import pytest

from model import catalog, presets
from model.analysis.argument import COLUMNS
from ui.drawn import argument as drawn
from ui.drawn import boards
from ui.links.asked import Place
from ui.told import cache
from ui.told.edge import NOTHING

HAND = cache.position(Place(presets()["opening-hand"]))


@pytest.mark.parametrize("worldview", list(catalog().worldviews))
def test_what_carries_something_is_drawn_as_thick_as_it_carries(worldview: str) -> None:
    argument = cache.argument(HAND, worldview)
    lines = drawn.figure(argument, "light")["data"]
    carrying = sorted((e for e in argument.edges if e.strength >= NOTHING), key=lambda edge: -edge.strength)
    assert len(lines) == len(carrying)
    for line, edge in zip(lines, carrying, strict=True):
        full = drawn.INNER_FULL if edge.points is None else drawn.DOMAIN_FULL
        assert line["line"]["width"] == pytest.approx(max(1, full * edge.strength), abs=0.05)
        assert line["name"] == drawn.MEANINGS[edge.sign]
    named = [line["name"] for line in lines if line["showlegend"]]
    assert sorted(named) == sorted({line["name"] for line in lines})


def test_every_node_stands_in_its_column_with_its_amount() -> None:
    argument = cache.argument(HAND, "op-ed")
    boxes = drawn.figure(argument, "dark")["layout"]["annotations"][: len(argument.nodes)]
    assert [box["x"] for box in boxes] == [COLUMNS.index(node.column) for node in argument.nodes]
    assert "50 of 100" in next(box["text"] for box in boxes if "NATO talks" in box["text"])


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
    reading = boards.domains(Place(presets()["opening-hand"]), None, "light").reading
    assert "The argument as a picture tells something else: means" in reading

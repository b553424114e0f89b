"""Every board says in its note and to a screen reader what is switched in the structure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from model import presets
from ui.drawn import boards, compared
from ui.drawn.boards import Board
from ui.exports.offered import argument_of
from ui.links.asked import Asked
from ui.told import words

BASE = Asked(presets()["opening-hand"])
SWITCHED = ("C1", "C6")
BOARDS: dict[str, Callable[[Asked], Board]] = {
    "worldviews": lambda place: boards.worldviews(place, None, "light"),
    "domains": lambda place: boards.domains(place, None, "light"),
    "outcomes": lambda place: boards.outcomes(place, None, "light"),
    "weights": lambda place: boards.weights(place, None, "light"),
    "credit": lambda place: boards.credit(place, None, "light"),
    "yearly": lambda place: boards.yearly(place, None, "light"),
    "dose": lambda place: boards.dose(place, "light"),
    "argument": lambda place: argument_of("op-ed").build([place], "light", ()),  # type: ignore[misc]  # it has a board
}


@pytest.mark.parametrize("switched", [SWITCHED, ("ensemble",)], ids=".".join)
@pytest.mark.parametrize("name", list(BOARDS))
def test_every_board_names_what_is_switched_and_is_silent_at_the_base(name: str, switched: tuple[str, ...]) -> None:
    plain, board = BOARDS[name](BASE), BOARDS[name](replace(BASE, switched=switched))
    sentence = words.structure_sentence(switched)
    assert (plain.note, board.note) == ("", sentence)
    for card, same in zip(board.cards, plain.cards, strict=True):
        assert card.alt.endswith(f" {sentence}")
        assert "structure" not in same.alt
        assert card.figure != same.figure


def test_a_change_of_the_structure_leaves_a_ghost_and_a_sentence() -> None:
    now = replace(BASE, switched=SWITCHED)
    board = boards.worldviews(now, BASE, "light")
    assert board.note.startswith("Last change: structure base → C1 and C6. Shift in points: ")
    assert board.note.endswith(words.structure_sentence(SWITCHED))
    for card in board.cards:
        ghosts = [one for one in card.figure["data"] if one["name"].rpartition(", ")[2].startswith("before")]
        assert [one["opacity"] for one in ghosts] == [1.0] * {"drift": 4, "strip": 1}[card.key]


def test_a_board_of_scenarios_names_the_structure_of_each() -> None:
    places = [BASE, replace(BASE, switched=("C6",))]
    told = f"The structure differs from the base. A: base; B: {words.structure_words(('C6',))}."
    board = compared.rows_board(places, (), "light")
    assert board.note == told
    assert all(card.alt.endswith(told) for card in board.cards)
    assert compared.rows_board([BASE, BASE], (), "light").note == ""
    apart = compared.difference_sentence(places, "op-ed")
    assert apart != compared.difference_sentence([BASE, BASE], "op-ed")


def test_the_table_of_settings_has_a_row_for_the_structure_where_one_is_switched() -> None:
    places = [BASE, replace(BASE, switched=SWITCHED)]
    first = compared.settings_table(places).iloc[0]
    assert first.tolist() == ["≠", "Structure", "base", "C1 and C6"]
    assert "Structure" not in compared.settings_table([BASE, BASE])["Setting"].tolist()
    alike = compared.settings_table([places[1], places[1]])
    assert alike.iloc[-1].tolist() == ["", "Structure", "C1 and C6", "C1 and C6"]

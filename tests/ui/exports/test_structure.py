"""Every file says what is switched in the structure, and gives the numbers of it."""

from __future__ import annotations

import io
import json
import tomllib
from dataclasses import replace
from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from model import presets, run
from ui.drawn import boards
from ui.exports import brief, reproduce, scenario_file, tables
from ui.exports.offered import OFFERED
from ui.exports.stamp import comparison_file_name, comparison_stamp, file_name, stamp
from ui.links.asked import Asked
from ui.told import cache, words

BASE = Asked(presets()["opening-hand"])
ASKED = replace(BASE, switched=("C1", "C6"))
TOLD = words.structure_words(ASKED.switched)
DAY = date(2026, 12, 24)


def test_the_stamp_names_the_structure_and_is_silent_at_the_base() -> None:
    mark, plain = stamp(ASKED, "", DAY), stamp(BASE, "", DAY)
    assert mark.rows()[3] == ("Structure", TOLD)
    assert mark.lines()[1] == f"{plain.settings}. Structure: {TOLD}."
    assert "&structure=C1.C6&" in mark.link
    assert "structure" not in f"{plain.rows()}{plain.lines()}".lower()


def test_the_stamp_of_a_comparison_names_the_structure_of_each() -> None:
    assert comparison_stamp([BASE, ASKED], "", DAY).structure == f"A: base; B: {TOLD}"
    assert comparison_stamp([BASE, BASE], "", DAY).structure == ""


def test_the_name_of_a_file_names_the_structure() -> None:
    assert file_name("view", ASKED, "csv") == "strategic-triangle_opening-hand-c1-c6_view_2021-2031.csv"
    both = [BASE, replace(BASE, switched=("ensemble",))]
    assert comparison_file_name("x", both, "csv") == "strategic-triangle_opening-hand_or_opening-hand-ensemble_x.csv"


def test_a_table_as_csv_opens_with_the_structure() -> None:
    rows = tables.csv(OFFERED["worldviews"].table([ASKED]), stamp(ASKED, "")).decode("utf-8-sig").splitlines()
    assert any(row.startswith("# Structure: C1 “") for row in rows)


def test_json_and_parquet_have_the_structure_and_its_numbers() -> None:
    told = json.loads(tables.result_json(ASKED))
    assert told["about"]["Structure"] == TOLD
    result = run(ASKED.scenario, members=cache.MEMBERS, structure="C1,C6")
    assert told["structure"] == "C1,C6"
    assert told["worldviews"] == json.loads(json.dumps(result.to_dict()))["worldviews"]
    assert pq.read_schema(io.BytesIO(tables.parquet(ASKED))).metadata[b"Structure"].decode() == TOLD


def test_the_workbook_has_the_structure_among_the_settings_and_in_its_stamp() -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables.workbook(ASKED)))
    assert [cell.value for cell in [*book["Settings"].rows][-1]] == ["structure", "Structure", "C1,C6", TOLD]
    assert ("Structure", TOLD) in [tuple(cell.value for cell in row) for row in book["About"].rows]
    assert TOLD in book.properties.subject
    assert "structure" not in tables.settings_table(BASE)["Key"].tolist()


@pytest.mark.parametrize("switched", [("C1", "C6"), ("ensemble",), ()])
def test_python_and_command_line_give_the_structure(switched: tuple[str, ...]) -> None:
    place = replace(BASE, switched=switched)
    python, command = reproduce.python(place), reproduce.command(place)
    assert python.count(f', structure="{place.structure}")') == (2 if switched else 0)
    assert (f" --structure {place.structure} --json" in command) == bool(switched)
    assert ("structure" in python + command) == bool(switched)


def test_a_scenario_file_says_that_it_holds_no_structure() -> None:
    text = scenario_file.to_toml(ASKED.scenario, ASKED.name, stamp(ASKED, ""))
    assert f"# Structure: {TOLD}\n" in text
    assert f"{scenario_file.NO_STRUCTURE}\n" in text
    assert "structure" not in tomllib.loads(text)
    assert scenario_file.NO_STRUCTURE not in scenario_file.to_toml(BASE.scenario, BASE.name, stamp(BASE, ""))


def test_the_brief_tells_the_structure_at_its_head_and_of_its_charts() -> None:
    told = brief.content(ASKED, stamp(ASKED, ""), boards.worldviews(ASKED, None, "light"), "")
    assert f"Structure: {TOLD}." in told["about"]
    assert f"Structure: {TOLD}." in told["document"]["description"]
    assert words.structure_sentence(ASKED.switched) in told["picture"]["alt"]


def test_the_cautions_of_the_brief_say_that_they_speak_of_the_base() -> None:
    def paragraphs(place: Asked) -> list[tuple[str, str]]:
        drawn = boards.worldviews(place, None, "light")
        found: list[tuple[str, str]] = brief.content(place, stamp(place, ""), drawn, "")["cautions"]["paragraphs"]
        return found

    given = Asked(presets()["giveaway"])
    assert paragraphs(given)
    assert paragraphs(Asked(presets()["status-quo"], switched=("C6",))) == []  # nothing to speak of the base
    assert paragraphs(replace(given, switched=("C6",))) == [*paragraphs(given), ("", words.REASONS_OF_BASE)]

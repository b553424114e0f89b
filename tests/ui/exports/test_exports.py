"""Exports read back: stamps, file names, tables, scenario files, code that gives the same numbers, QR codes."""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model import InputError, analogues, catalog, load_scenario, presets
from model.analysis.goals import parse_goal
from model.assumptions.scenario import set_values
from model.assumptions.schema import Scenario
from ui.exports import reproduce, scenario_file, tables
from ui.exports.offered import OFFERED
from ui.exports.stamp import LONGEST, clean, file_name, full_link, qr_code, qr_svg, stamp, title_of
from ui.links import single
from ui.links.asked import Asked
from ui.told import cache, numbers, words
from ui.told.seen import seen

ROOT = Path(__file__).parents[3]
ADDRESS = "https://triangle.example.org/lab"
GOALS = (parse_goal("level_at_most_58"), parse_goal("nato_cohesion_at_least_60"))
HAND = Asked(load_scenario("opening-hand"), GOALS)
CHANGED = Asked(
    set_values(load_scenario("opening-hand"), {"nato": 77, "pressure_russia": 130, "start": 2024, "onset": 1})
)
SEEDED = replace(HAND, seed=2**32 - 1)
HOSTILE = [
    '=HYPERLINK("http://evil.example","click")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "＝1+1",
    '<img src=x onerror=alert(1)><script>alert("x")</script>&amp;',
    "two\r\nlines\n[levers]\nnato = 100",
    'quote " and \\ and """ and \'\'\' # hash',
    "null\0bell\x07escape\x1b[31m delete\x7f",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe \N{RIGHT-TO-LEFT MARK}",
    "عنوان السيناريو",
    "../../etc/passwd",
    "CON",
    "",
    "长" * 300,
    "\ud800 alone",
]


def named(title: str, name: str = "my-scenario") -> Asked:
    """A place whose scenario has any title, as an upload or a future link could bring it."""
    return Asked(load_scenario("opening-hand").model_copy(update={"title": title, "name": name}))


# ---- stamp and file names


def test_a_stamp_says_version_settings_range_caveat_and_link() -> None:
    mark = stamp(HAND, ADDRESS, date(2026, 11, 22))
    told = " ".join(f"{name}: {text}" for name, text in mark.rows())
    for part in ("Model version: 2", "NATO talks 50", "2021 to 2031", "middle and 80 of 100 worlds", words.CAVEAT):
        assert part in told
    for part in ("seed 7", "1,000 assumed worlds", "22 November 2026", "Alignment in the last year: at most 58"):
        assert part in told
    assert mark.link == f"{ADDRESS}/?{single.text(HAND, seen=seen(HAND))}"
    below = " ".join(mark.lines())
    assert all(part in below for part in (words.CAVEAT, "model version 2", "NATO talks 50", mark.link))


def test_the_link_of_a_stamp_opens_the_same_place() -> None:
    query = stamp(HAND, ADDRESS).link.partition("?")[2]
    read: dict[str, list[str]] = {}
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        read.setdefault(key, []).append(value)
    assert single.read(read).asked == HAND


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        'https://a/"><script>',
        "file:///etc/passwd",
        "https://a\r\nX: y",
        "//a",
    ],
)
def test_what_is_no_web_address_leaves_a_relative_link(address: str) -> None:
    assert full_link(single.text(HAND), address) == f"?{single.text(HAND)}"


def test_an_address_keeps_its_path_and_loses_query_and_fragment() -> None:
    assert full_link(single.text(HAND), "http://h:8501/a/?x=1#y") == f"http://h:8501/a/?{single.text(HAND)}"


def test_a_changed_preset_is_called_changed() -> None:
    assert title_of(HAND) == "The essay's opening hand"
    assert title_of(CHANGED) == "The essay's opening hand, changed"
    assert title_of(named("Mine", "opening-hand")) == "Mine"


def test_a_file_name_says_what_is_inside() -> None:
    assert (
        file_name("Shift by worldview", CHANGED, "csv")
        == "strategic-triangle_opening-hand-changed_shift-by-worldview_2024-2034.csv"
    )
    assert file_name("brief", HAND, ".PDF") == "strategic-triangle_opening-hand_brief_2021-2031.pdf"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_name_is_long_or_leaves_its_folder(name: str) -> None:
    made = file_name(name, named(name, name), name)
    assert made.isascii()
    assert len(made) < 200
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert made.startswith("strategic-triangle_")
    assert ".." not in made


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_one_short_line_without_marks_that_turn_it(title: str) -> None:
    made = clean(title)
    assert len(made) <= LONGEST
    assert made.isprintable()
    made.encode()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in made
    assert title_of(named(title))


def test_letters_of_every_script_stay() -> None:
    assert clean("عنوان السيناريو Сценарий 情景") == "عنوان السيناريو Сценарий 情景"


# ---- tables


def test_a_csv_reads_back_in_pandas_and_starts_with_the_stamp() -> None:
    frame = numbers.shift_table(cache.cards(cache.run_key(HAND)))
    mark = stamp(HAND, ADDRESS)
    written = tables.csv(frame, mark)
    assert written.startswith(b"\xef\xbb\xbf# Strategic Triangle: The essay's opening hand\r\n")
    pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(written), comment="#"), frame)
    head = [line for line in written.decode("utf-8-sig").splitlines() if line.startswith("#")]
    assert len(head) == len(mark.rows())
    assert f"# Link: {mark.link}" in head
    for line in head:  # each in one cell, in whatever way a spreadsheet separates them
        assert not set(line) & set(',;\t"')


def test_numbers_below_zero_stay_numbers_in_a_csv() -> None:
    written = tables.csv(pd.DataFrame({"What": ["-1"], "Shift": [-19], "Mean": [-0.5]}), stamp(HAND, ""))
    assert written.decode().splitlines()[-1] == '"\'-1",-19,-0.5'


def test_a_csv_of_results_has_the_numbers_of_the_parquet_with_all_their_digits() -> None:
    found = tables.series(HAND)
    for name, kinds in (
        ("worldviews", {"Levers": "alignment with levers", "No levers": "alignment without levers", "Shift": "shift"}),
        ("domains", {"": "domain, shift"}),
        ("outcomes", {"": "outcome"}),
    ):
        written = tables.csv(OFFERED[name].table((HAND,)), stamp(HAND, ADDRESS))
        back = pd.read_csv(io.BytesIO(written), comment="#")
        for run_, kind in kinds.items():
            rows = found[(found["series"] == kind) & ((found["year"] == 2031) | (name == "worldviews"))]
            for end in ("low", "middle", "high"):
                column = f"{run_} {end}" if run_ else end.capitalize()
                told, held = back[column].astype("float32"), rows[end].astype("float32")
                assert sorted(told) == sorted(held)
                assert (told % 1).any()


def test_a_number_in_a_csv_has_the_digits_of_the_model_and_zero_no_minus() -> None:
    frame = pd.DataFrame({"Shift": [float(np.float32(-19.1)), -0.0, math.nan], "Year": [2021, 2022, 2023]})
    assert tables.csv(frame, stamp(HAND, "")).decode().splitlines()[-3:] == ["-19.1,2021", "0.0,2022", '"",2023']


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_no_cell_of_a_csv_can_be_a_formula_or_break_the_table(text: str) -> None:
    frame = pd.DataFrame({text or "Name": [text, "a # b, c"], "Points": [1, -2]})
    written = tables.csv(frame, stamp(named(text), ADDRESS))
    back = pd.read_csv(io.BytesIO(written), comment="#", keep_default_na=False)
    assert back.shape == frame.shape
    assert back.iloc[1, 0] == "a # b, c"
    assert back["Points"].tolist() == [1, -2]
    for cell in [*back.columns, *back.iloc[:, 0]]:
        assert not str(cell).lstrip().startswith(("=", "+", "-", "@", "＝"))
    for line in written.decode("utf-8-sig").splitlines()[: len(stamp(HAND, "").rows()) - 2]:
        assert line.startswith("# ")


def test_the_series_are_the_numbers_of_the_page() -> None:
    found = tables.series(HAND)
    rows = {(row.series, row.item, row.worldview, row.year): row for row in found.itertuples()}
    assert len(rows) == len(found)
    at = cache.run_key(HAND)
    for card in cache.cards(at):
        shift = rows[("shift", "", card.worldview, 2031)]
        assert (shift.low, shift.middle, shift.high) == card.shift
        for y, year in enumerate(card.years):
            assert rows[("alignment with levers", "", card.worldview, year)].middle == card.scenario[1, y]
        assert round(float(str(rows[("reversed at home", "", card.worldview, 2031)].mean))) == card.reversed_of_100
    for table, name in ((cache.domains(at), "domain, shift"), (cache.outcomes(at), "outcome")):
        for row in table.itertuples():
            told = rows[(name, row.title, row.worldview, 2031)]
            assert (told.low, told.middle, told.high) == (row.low, row.middle, row.high)
    for worldview, count in cache.goal_counts(at, GOALS).items():
        for goal, held in zip(GOALS, count.each, strict=True):
            assert rows[("goal held", goal.in_words(), worldview, 2031)].mean == held


def test_a_parquet_holds_all_series_bit_for_bit_and_the_stamp() -> None:
    written = tables.parquet(HAND, ADDRESS)
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(written)), tables.series(HAND))
    about = pq.read_schema(io.BytesIO(written)).metadata
    assert about[b"Link"].decode() == stamp(HAND, ADDRESS).link
    assert about[b"Caveat"].decode() == words.CAVEAT


def test_a_workbook_holds_every_table_and_the_unrounded_numbers() -> None:
    book = pd.read_excel(io.BytesIO(tables.workbook(HAND, ADDRESS)), sheet_name=None, keep_default_na=False)
    assert list(book) == [
        *("About", "Settings", "Shift", "Composite", "Domains", "Outcomes", "Credit", "Accounting", "Goals"),
        *("Assumptions", "Grounds", "Sources"),
    ]
    rows = tables.series(HAND)
    shift = rows[rows["series"] == "shift"]
    assert book["Shift"]["Middle"].tolist() == pytest.approx(shift["middle"].tolist(), rel=1e-14)  # 16 digits in XLSX
    assert book["Settings"].set_index("Key").loc["nato", "Value"] == 50
    assert len(book["Accounting"]) == 4 * 10 * 9
    about = dict(zip(*book["About"].T.reset_index(drop=True).values.tolist(), strict=True))
    assert about["Link"] == stamp(HAND, ADDRESS).link


@pytest.mark.parametrize("title", HOSTILE[:-1])
def test_a_workbook_has_no_formula_and_no_link_that_a_click_would_follow(title: str) -> None:
    with zipfile.ZipFile(io.BytesIO(tables.workbook(named(title), ADDRESS))) as book:
        for name in book.namelist():
            content = book.read(name).decode()
            if "worksheets/sheet" in name:
                assert "<f>" not in content
                assert "<hyperlink" not in content
            assert "<script" not in content


def test_the_json_is_that_of_the_command_line_with_the_stamp() -> None:
    told = json.loads(tables.result_json(HAND, ADDRESS))
    assert told["about"]["Link"] == stamp(HAND, ADDRESS).link
    assert told["worldviews"] == cache.result(cache.run_key(HAND)).to_dict()["worldviews"]
    assert told["scenario"]["name"] == "opening-hand"


def test_tables_can_be_had_when_no_lever_is_moved_and_no_goal_set() -> None:
    nothing = Asked(load_scenario("status-quo"))
    book = pd.read_excel(io.BytesIO(tables.workbook(nothing)), sheet_name=None)
    assert book["Goals"].iloc[0, 0] == "No goal is set."
    assert len(pd.read_parquet(io.BytesIO(tables.parquet(nothing))))


# ---- scenario files


def same_but_for_the_name(one: Scenario, other: Scenario) -> bool:
    plain = {"name": "x", "title": "x"}
    return one.model_copy(update=plain) == other.model_copy(update=plain)


def test_a_scenario_file_word_by_word() -> None:
    scenario = load_scenario("opening-hand").model_copy(update={"description": "", "claims": (), "ramp": 3})
    mark = replace(stamp(HAND, "", date(2026, 3, 9)), settings="A 1", goals="", link="?v=1")
    assert (
        scenario_file.to_toml(scenario, 'Mine, "ours"', mark)
        == """\
# Strategic Triangle: The essay's opening hand
# Caveat: Assumptions worked out, not a forecast.
# Settings: A 1
# Range: middle and 80 of 100 worlds
# Worlds: 1,000 assumed worlds of each worldview, seed 7
# Worldviews: Structural lock-in, Literature midpoint, The op-ed's case, Wedge sceptic
# Model version: 2
# Made: 9 March 2026
# Link: ?v=1

title = "Mine, \\"ours\\""
sources = [
    "essay",
    "modeller",
]
start = 2021
horizon = 10
onset = 0
ramp = 3

[levers]
nato = 50
caatsa = 35
g8 = 50
mil = 50
ukraine = 50
clarity = 80
precond = 0
allies = 60
pressure_russia = 100
pressure_china = 100
"""
    )


@pytest.mark.parametrize("name", [*presets(), *analogues()])
def test_a_scenario_file_gives_an_equal_scenario(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    file = tmp_path / "mine.toml"
    file.write_text(scenario_file.to_toml(scenario, "My title", stamp(HAND, ADDRESS)), encoding="utf-8")
    back = load_scenario(file)
    assert same_but_for_the_name(scenario, back)
    assert (back.name, back.title) == ("mine", "My title")
    assert f"# Link: {stamp(HAND, ADDRESS).link}" in file.read_text(encoding="utf-8")


def test_a_changed_scenario_comes_back_from_its_file() -> None:
    written = scenario_file.to_toml(CHANGED.scenario, title_of(CHANGED), stamp(CHANGED, ADDRESS)).encode()
    back = scenario_file.from_bytes(written, "C:\\Users\\me\\My plan.toml")
    assert cache.run_key(Asked(back)) == cache.run_key(CHANGED)
    assert (back.name, back.title) == ("my-plan", "The essay's opening hand, changed")


OF_VERSION_1 = """\
title = "Squeezed"
start = 2021
horizon = 10
onset = 0
ramp = 2
pressure = 160

[levers]
nato = 50
ukr = 30
"""


def test_a_file_of_version_1_gives_its_one_pressure_to_both_rivals() -> None:
    scenario = scenario_file.from_bytes(OF_VERSION_1.encode(), "squeezed.toml")
    assert {key: value for key, value in scenario.levers.items() if value} == {
        "nato": 50, "ukraine": 30, "pressure_russia": 160, "pressure_china": 160,
    }  # fmt: skip
    of_both = f"{OF_VERSION_1}pressure_russia = 60\n".encode()
    assert scenario_file.from_bytes(of_both, "both.toml").levers["pressure_russia"] == 60  # today's name goes before
    assert scenario_file.from_bytes(b"title = 'x'\npressure = 40", "x.toml").levers["pressure_china"] == 40


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_a_scenario_file(title: str) -> None:
    asked = named(title)
    written = scenario_file.to_toml(asked.scenario, title, stamp(asked, ADDRESS))
    assert tomllib.loads(written)["levers"] == asked.scenario.levers
    if clean(title):
        assert same_but_for_the_name(scenario_file.from_bytes(written.encode(), title or "x"), asked.scenario)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_the_title_of_a_scenario_file(title: str) -> None:
    assert tomllib.loads(scenario_file.to_toml(HAND.scenario, title, stamp(HAND, "")))["levers"]["nato"] == 50


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x" * 64_001, "mine.toml has 64 kB, but a scenario file has at most 64 kB."),
        (b"title = '\xff'", "mine.toml is not UTF-8 text."),
        ("title = 'a'".encode("utf-16"), "mine.toml is not UTF-8 text."),
        (b"title = ", "mine.toml is not valid TOML"),
        (b"a = " + b"[" * 30_000, "mine.toml is not valid TOML"),
        (b"a = " + b"9" * 60_000, "mine.toml is not valid TOML"),
        (b"", "mine.toml: title is missing."),
        (b"title = 'x'\n[levers]\nnatoo = 5", "there is no lever “natoo”; did you mean nato?"),
        (b"title = 'x'\n[levers]\nnato = 500", "levers.nato is “500”, but it must be a whole number, 0 to 100."),
        (b"title = 'x'\n[levers]\nnato = true", "levers.nato is “True”"),
        (b"title = 'x'\nstart = 1066\n[levers]", "start is “1066”"),
        (b"title = 'x'\nstart = 2030\n[levers]", "start is “2030”"),
        (b"title = 'x'\nnato = 5\n[levers]", "the lever nato stands at the top"),
        (b"title = 'x'\nsources = ['nobody']\n[levers]", "unknown source “nobody”"),
        (b"title = 'x'\npressure = [50, 100]\n[levers]", "levers.pressure_russia is “[50, 100]”"),
        (
            b"title = 'x'\npressure = 201\n[levers]",
            "levers.pressure_russia is “201”, but it must be a whole number, 0 to ",
        ),
        (b"title = 'x'\npressure_china = 50\n[levers]", "the lever pressure_china stands at the top"),
        (b"title = 'x'\nlevers = 5", "levers"),
        (b"a." * 20_000 + b"a = 1", "mine.toml: line 1 has more than 200 dots, too many for a scenario file."),
        (
            (ROOT / "scenarios/history/reset-2009.toml").read_bytes().replace(b"[0.6, 0.78", b"[0.9, 0.78"),
            "analogue.overrides.deliverability must rise from low to high",
        ),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        scenario_file.from_bytes(data, "mine.toml")
    message = str(refusal.value)
    assert said in message
    assert message.isprintable()
    assert len(message) < 400
    assert message.endswith((".", "?", "…"))


def test_an_uploaded_name_and_title_are_made_safe() -> None:
    data = 'title = "<b>\\u202Ex</b>\\u0000"\nname = "../../x"\ndescription = "a\\nb"\n[levers]\nnato = 5'
    scenario = scenario_file.from_bytes(b"\xef\xbb\xbf" + data.encode(), "../\N{RIGHT-TO-LEFT OVERRIDE}é.toml")
    assert (scenario.name, scenario.title, scenario.description) == ("x", "<b>x</b>", "a b")
    assert scenario_file.from_bytes(b"title = ' '\n[levers]", "长.toml").name == "scenario"


# ---- reproduce


def run_in_root(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def digest(asked: Asked) -> str:
    result = cache.result(cache.run_key(asked))
    return hashlib.sha256(result.run.composite.tobytes() + result.no_lever.composite.tobytes()).hexdigest()


@pytest.mark.parametrize(
    "asked", [HAND, CHANGED, named("Mine"), SEEDED], ids=["preset", "changed", "uploaded", "seeded"]
)
def test_the_python_gives_the_same_numbers_bit_for_bit(asked: Asked) -> None:
    more = "\nimport hashlib\nworlds = result.run.composite.tobytes() + result.no_lever.composite.tobytes()"
    printed = run_in_root("-c", reproduce.python(asked) + more + "\nprint(hashlib.sha256(worlds).hexdigest())")
    table, _, found = printed.rstrip("\n").rpartition("\n")
    assert found == digest(asked)
    assert table.strip() == cache.result(cache.run_key(asked)).to_frame().to_csv(index=False).strip()


def test_the_python_gives_the_same_credit_and_goals(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec(reproduce.python(HAND), names)
    assert capsys.readouterr().out
    at = cache.run_key(HAND)
    assert names["credit"] == cache.credits_at(at)
    assert names["dropped"] == cache.dropped(at)
    assert names["counts"] == cache.goal_counts(at, GOALS)
    ours = np.stack([card.scenario for card in cache.cards(at)])
    theirs = np.stack([card.scenario for card in numbers.by_worldview(names["result"])])
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize(
    "asked", [HAND, CHANGED, named("Mine"), SEEDED], ids=["preset", "changed", "uploaded", "seeded"]
)
def test_the_command_gives_the_same_numbers(asked: Asked) -> None:
    (line,) = [line for line in reproduce.command(asked).splitlines() if not line.startswith("#")]
    python, *arguments = shlex.split(line)
    assert python == "python"
    told = json.loads(run_in_root(*arguments))
    ours = cache.result(cache.run_key(asked)).to_dict()
    assert told | {"scenario": None} == ours | {"scenario": None}
    assert told["scenario"]["levers"] == ours["scenario"]["levers"]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_text_from_outside_gets_into_code(title: str) -> None:
    assert reproduce.python(named(title, title)) == reproduce.python(named("Mine"))
    assert reproduce.command(named(title, title)) == reproduce.command(named("Mine"))


# ---- QR codes


def modules(svg: bytes) -> NDArray[np.bool_]:
    """The dark squares of a drawn QR code with its quiet zone: a path of strokes, each a row of squares."""
    root = ElementTree.fromstring(svg)
    path = next(one for one in root.iter() if one.tag.endswith("path") and one.get("stroke"))
    strokes = re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path.get("d", ""))
    dark = np.zeros((200, 200), dtype=bool)
    x, y = 0.0, 0.0
    for kind, first, second in strokes:
        if kind == "h":
            dark[int(y), int(x) : int(x + float(first))] = True
            x += float(first)
        else:
            x, y = (float(first), float(second)) if kind == "M" else (x + float(first), y + float(second))
    return dark


def test_a_qr_code_is_that_of_the_link_at_error_level_m_with_a_quiet_zone_of_four() -> None:
    address = stamp(HAND, ADDRESS).link
    expected = np.array([list(row) for row in segno.make_qr(address, error="M", boost_error=False).matrix], dtype=bool)
    size = len(expected)
    drawn = modules(qr_svg(address))
    assert (drawn[4 : 4 + size, 4 : 4 + size] == expected).all()
    assert drawn.sum() == expected.sum()
    told = qr_svg(address).decode()
    assert f'width="{4 * (size + 8)}" height="{4 * (size + 8)}"' in told
    assert 'fill="#fff"' in told
    assert "<title>QR code of the link to this view</title>" in told


def test_a_link_with_every_part_still_fits_a_qr_code() -> None:
    goals = tuple(parse_goal(f"nato_east_trough_at_least_{n}") for n in (60, 70, 80, 90))
    version = qr_code(stamp(Asked(CHANGED.scenario, goals), ADDRESS).link).version
    assert isinstance(version, int)
    assert version <= 20


def test_exports_need_no_streamlit() -> None:
    modules = ", ".join(f"ui.exports.{p.stem}" for p in (ROOT / "ui/exports").glob("*.py") if p.stem != "__init__")
    assert run_in_root("-c", f"import sys, {modules}; print('streamlit' in sys.modules)").strip() == "False"


def test_the_tables_of_a_historic_analogue_have_its_one_worldview_and_what_is_fixed() -> None:
    asked = Asked(analogues()["dual-competition-2014"])
    assert set(tables.series(asked)["worldview"]) == {"midpoint"}
    told = {row["Key"]: (row["Value"], row["In words"]) for row in tables.settings_table(asked).to_dict("records")}
    assert told["start"] == (2014, "fixed in this historic analogue")
    assert told["pressure_china"] == (100, words.position_words(catalog().levers["pressure_china"], 100))
    assert told["nato"] == (0, "Open door, no channel")
    book = pd.read_excel(io.BytesIO(tables.workbook(asked)), sheet_name=None)
    assert "Why this may not fit" in book["Historic analogue"]["Historic analogue"].tolist()
    today = Asked(presets()["giveaway"])
    assert "Historic analogue" not in pd.read_excel(io.BytesIO(tables.workbook(today)), sheet_name=None)


def test_what_reproduces_a_historic_analogue_leaves_out_what_is_fixed() -> None:
    asked = Asked(analogues()["reset-2009"])
    assert 'load_scenario("reset-2009")' in reproduce.python(asked)
    command = reproduce.command(asked)
    assert "python -m model run reset-2009 --set nato=30" in command
    assert "--start" not in command
    assert "--horizon 5" in command

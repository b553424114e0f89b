"""The command line: its JSON and CSV, its summary, and one sentence with exit code 2 for bad input."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from model import catalog, run
from model.__main__ import main
from model.analysis.hindcast import hindcast
from model.assumptions.catalog import MODEL_VERSION
from model.assumptions.scenario import load_scenario, set_values
from model.engine.results import MAX_SEED
from tests.model.engine import specification as spec
from tests.model.fresh_process import ROOT, python

OUTCOMES = (
    "shift",
    "baseline",
    "level",
    "doubt",
    "nato_cohesion",
    "nato_east_trough",
    "us_effort",
    "china_effort",
    "two_front",
    "values_cost",
)
PERCENTILES = ["p10", "p50", "p90"]
Capture = pytest.CaptureFixture[str]


class Ended(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def ended(capsys: Capture, *arguments: str) -> Ended:
    code: str | int | None
    try:
        code = main(list(arguments))
    except SystemExit as stop:
        code = stop.code
    assert isinstance(code, int)
    return Ended(code, *capsys.readouterr())


def printed(capsys: Capture, *arguments: str) -> str:
    """What a command that works prints."""
    done = ended(capsys, *arguments)
    assert done.err == ""
    assert done.code == 0
    return done.out


def as_json(capsys: Capture, *arguments: str) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    data: dict[str, Any] = json.loads(
        printed(capsys, "run", *arguments, "--members", "60", "--json"), parse_constant=refuse
    )
    return data


# ---- list


def test_list_names_every_preset_analogue_worldview_and_lever(capsys: Capture) -> None:
    shown = printed(capsys, "list")
    for name in (*spec.PRESETS, *spec.ANALOGUES, *spec.WORLDVIEWS, *spec.LEVERS.values()):
        assert re.search(rf"^  {name} +\S", shown, re.MULTILINE), name


def test_list_as_json_is_one_object_of_titles(capsys: Capture) -> None:
    data = json.loads(printed(capsys, "list", "--json"))
    assert list(data) == ["model_version", "presets", "analogues", "worldviews", "levers"]
    assert data["model_version"] == MODEL_VERSION
    assert list(data["presets"]) == list(spec.PRESETS)
    assert set(data["analogues"]) == set(spec.ANALOGUES)
    assert list(data["worldviews"]) == sorted(spec.WORLDVIEWS)
    assert data["levers"] == {key: lever.name for key, lever in catalog().levers.items()}
    assert data["worldviews"]["op-ed"] == catalog().worldviews["op-ed"].title


# ---- run --json


def test_the_json_has_the_keys_of_the_contract(capsys: Capture) -> None:
    data = as_json(capsys, "opening-hand")
    assert set(data) == {"model_version", "scenario", "members", "seed", "structure", "worldviews"}
    assert (data["model_version"], data["members"], data["seed"], data["structure"]) == (2, 60, 7, "base")
    scenario = data["scenario"]
    assert set(scenario) == {"name", "levers", "start", "horizon", "onset", "ramp"}
    assert scenario["name"] == "opening-hand"
    wanted = dict(zip(spec.LEVERS.values(), spec.PRESETS["opening-hand"], strict=True))
    assert scenario["levers"] == {key: round(100 * share) for key, share in wanted.items()}
    context = [scenario[key] for key in ("start", "horizon", "onset", "ramp")]
    assert context == [2021, 10, 0, 2]
    assert list(data["worldviews"]) == sorted(spec.WORLDVIEWS)


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
def test_each_worldview_has_its_outcomes_domains_share_and_years(capsys: Capture, worldview: str) -> None:
    values = as_json(capsys, "opening-hand")["worldviews"][worldview]
    assert set(values) == {*OUTCOMES, "domains", "reversed_share", "years"}
    assert list(values["domains"]) == list(spec.DOMAINS)
    for band in (*(values[name] for name in OUTCOMES), *values["domains"].values()):
        assert list(band) == PERCENTILES
        assert band["p10"] <= band["p50"] <= band["p90"]
    assert 0 <= values["reversed_share"] <= 1
    years = values["years"]
    assert [year["year"] for year in years] == list(range(2021, 2032))
    for year in years:
        assert set(year) == {"year", "scenario", "baseline"}
        assert list(year["scenario"]) == list(year["baseline"]) == PERCENTILES
    assert years[0]["scenario"] == years[0]["baseline"] == pytest.approx(dict.fromkeys(PERCENTILES, 58.4), abs=1e-4)
    assert years[-1]["scenario"] == values["level"]
    assert years[-1]["baseline"] == values["baseline"]


def test_the_bands_are_the_10th_50th_and_90th_percentile_over_the_worlds(capsys: Capture) -> None:
    result = run("opening-hand", members=60)
    for place, (worldview, values) in enumerate(as_json(capsys, "opening-hand")["worldviews"].items()):
        assert worldview == result.worldviews[place]
        spread = {name: (values[name], result.outcome(name)[place]) for name in OUTCOMES}
        spread |= {
            domain: (values["domains"][domain], result.domain_shift[number, place])
            for number, domain in enumerate(spec.DOMAINS)
        }
        for number, year in enumerate(values["years"]):
            spread[f"scenario {number}"] = (year["scenario"], result.run.composite[number, place])
            spread[f"baseline {number}"] = (year["baseline"], result.no_lever.composite[number, place])
        for name, (band, worlds) in spread.items():
            assert list(band.values()) == pytest.approx(np.percentile(worlds, [10, 50, 90]), abs=1e-4), name
        assert values["reversed_share"] == pytest.approx(result.run.reversed[-1, place].mean())


def test_the_json_says_what_the_library_says(capsys: Capture) -> None:
    data = as_json(capsys, "opening-hand", "--seed", "12", "--structure", "ensemble", "--worldview", "sceptic")
    assert data == run("opening-hand", "sceptic", members=60, seed=12, structure="ensemble").to_dict()
    assert list(data["worldviews"]) == ["sceptic"]
    assert (data["seed"], data["structure"]) == (12, "ensemble")


def test_every_option_reaches_the_model(capsys: Capture) -> None:
    data = as_json(
        capsys,
        *("opening-hand", "--start", "2024", "--horizon", "7", "--onset", "2", "--ramp", "3"),
        *("--set", "nato=15", "--set", "precond=+20", "--set", "pressure_russia=60", "--structure", "C4,C1"),
    )
    changes = {"start": 2024, "horizon": 7, "onset": 2, "ramp": 3, "pressure_russia": 60, "nato": 15, "precond": 20}
    scenario = set_values(load_scenario("opening-hand"), changes)
    assert data == run(scenario, members=60, structure="C1,C4").to_dict()
    assert data["structure"] == "C1,C4"
    assert {key: data["scenario"][key] for key in ("start", "horizon", "onset", "ramp")} == {
        key: value for key, value in changes.items() if key in ("start", "horizon", "onset", "ramp")
    }
    assert data["scenario"]["levers"]["nato"] == 15
    assert data["scenario"]["levers"]["g8"] == 50


@pytest.mark.parametrize(("key", "value"), [("horizon", 4), ("start", 2024), ("ramp", 4)])
def test_the_context_can_also_be_given_with_set(capsys: Capture, key: str, value: int) -> None:
    by_option = as_json(capsys, "opening-hand", f"--{key}", str(value))
    assert as_json(capsys, "opening-hand", "--set", f"{key}={value}") == by_option
    assert by_option["scenario"][key] == value


def test_the_defaults_are_1000_worlds_seed_7_base_and_all_worldviews(capsys: Capture) -> None:
    data = json.loads(printed(capsys, "run", "status-quo", "--json"))
    assert (data["members"], data["seed"], data["structure"], len(data["worldviews"])) == (1000, 7, "base", 4)


def test_the_largest_seed_is_taken(capsys: Capture) -> None:
    assert as_json(capsys, "status-quo", "--seed", str(MAX_SEED))["seed"] == MAX_SEED


def test_an_analogue_brings_its_own_worldview(capsys: Capture) -> None:
    data = as_json(capsys, "dual-competition-2014")
    assert list(data["worldviews"]) == ["midpoint"]
    assert data["scenario"]["start"] == 2014


def test_a_file_can_be_run(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\nhorizon = 3\n[levers]\ncaatsa = 80\n', encoding="utf-8")
    data = as_json(capsys, str(path))
    assert data["scenario"]["name"] == "mine"
    assert data["scenario"]["levers"]["caatsa"] == 80
    assert data["scenario"]["horizon"] == 3


# ---- run --csv


def test_the_csv_is_tidy_and_says_what_the_json_says(capsys: Capture) -> None:
    arguments = ("opening-hand", "--horizon", "4")
    table = list(csv.DictReader(io.StringIO(printed(capsys, "run", *arguments, "--members", "60", "--csv"))))
    data = as_json(capsys, *arguments)["worldviews"]
    assert list(table[0]) == ["worldview", "outcome", "domain", "year", *PERCENTILES]
    keys = [(row["worldview"], row["outcome"], row["domain"], int(row["year"])) for row in table]
    assert len(set(keys)) == len(keys) == 4 * (len(OUTCOMES) + len(spec.DOMAINS) + 1 + 2 * 5)

    wanted: dict[tuple[str, str, str, int], dict[str, float]] = {}
    for worldview, values in data.items():
        wanted |= {(worldview, name, "", 2025): values[name] for name in OUTCOMES}
        wanted |= {(worldview, "shift", domain, 2025): values["domains"][domain] for domain in spec.DOMAINS}
        wanted[worldview, "reversed_share", "", 2025] = {"p50": values["reversed_share"]}
        for year in values["years"]:
            for kind in ("scenario", "baseline"):
                wanted[worldview, f"{kind}_composite", "", year["year"]] = year[kind]
    got = {key: {p: float(row[p]) for p in PERCENTILES if row[p] != ""} for key, row in zip(keys, table, strict=True)}
    assert got.keys() == wanted.keys()
    for key, values in wanted.items():
        assert got[key] == pytest.approx(values, abs=1e-9), key


def test_the_csv_has_one_line_a_row_and_no_blank_ones(capsys: Capture) -> None:
    text = printed(capsys, "run", "status-quo", "--members", "20", "--csv")
    assert text.endswith("\n")
    assert "\n\n" not in text
    assert "\r" not in text
    assert {line.count(",") for line in text.splitlines()} == {6}


# ---- the summary for a reader


def test_the_summary_is_in_whole_points_and_whole_worlds_of_100(capsys: Capture) -> None:
    text = printed(capsys, "run", "opening-hand", "--members", "1000")
    for worldview in spec.WORLDVIEWS:
        line = next(line for line in text.splitlines() if line.startswith(worldview))
        points = r"[+-]?\d+ \([+-]?\d+ to [+-]?\d+\)"
        assert re.fullmatch(rf"{worldview} +{points} +{points} +\d+ of 100 worlds", line), line
    assert not re.search(r"\d\.\d", text)
    assert "not a forecast" in text
    assert "%" not in text
    assert "probability" not in text


def test_the_summary_rounds_what_the_library_says(capsys: Capture) -> None:
    values = run("opening-hand", "op-ed", members=1000).to_dict()["worldviews"]["op-ed"]
    shift, baseline = ([round(values[name][p]) for p in ("p50", "p10", "p90")] for name in ("shift", "baseline"))
    text = printed(capsys, "run", "opening-hand", "--worldview", "op-ed")
    assert f"{shift[0]} ({shift[1]} to {shift[2]})" in text
    assert f"{baseline[0]} ({baseline[1]} to {baseline[2]})" in text
    assert f"{round(100 * values['reversed_share'])} of 100 worlds" in text


def test_the_summary_writes_a_rise_with_a_plus_and_nothing_with_a_plain_0(capsys: Capture) -> None:
    text = printed(capsys, "run", "opening-hand")
    assert re.search(r"lock-in +\+1 \(0 to \+1\)", text)  # a let-down adds to what was 0 in version 1
    assert re.search(r"sceptic +\+2 \(\+1 to \+3\)", text)
    assert re.search(r"op-ed +0 \(0 to 0\)", printed(capsys, "run", "status-quo", "--members", "50"))


def test_the_summary_names_the_settings_it_is_for(capsys: Capture) -> None:
    arguments = (
        "--start",
        "2024",
        "--set",
        "pressure_china=130",
        "--onset",
        "2",
        "--members",
        "50",
        "--structure",
        "C4",
    )
    text = printed(capsys, "run", "allies-first", *arguments)
    for fragment in ("allies-first", "2024 to 2034", "allies 95", "pressure_china 130", "onset 2", "50 worlds", "C4"):
        assert fragment in text
    assert "g8" not in text  # levers that are not moved are not listed
    assert "pressure_russia" not in text


# ---- hindcast


def test_the_hindcast_prints_its_errors_by_last_target_forecaster_and_horizon(capsys: Capture) -> None:
    data = json.loads(printed(capsys, "hindcast", "--json"))
    assert list(data) == ["rmse"]
    assert list(data["rmse"]) == ["2021", "2024"]
    for errors in data["rmse"].values():
        assert set(errors) == {
            "persistence",
            "drift",
            "braked-drift",
            "trend",
            "op-ed",
            "sceptic",
            "lock-in",
            "midpoint",
        }
        for by_horizon in errors.values():
            assert list(by_horizon) == ["1", "3", "5"]
    assert data["rmse"] == hindcast().rmse()


def test_the_hindcast_prints_every_forecast_as_tidy_rows(capsys: Capture) -> None:
    text = printed(capsys, "hindcast", "--csv")
    table, wanted = pd.read_csv(io.StringIO(text), keep_default_na=False, na_values={"low": [""]}), hindcast().forecasts
    assert list(table) == list(wanted)
    assert len(table) == len(wanted) == len(text.splitlines()) - 1
    assert table["levers"].tolist() == wanted["levers"].tolist()
    assert table["forecast"].tolist() == wanted["forecast"].tolist()
    assert table["low"].isna().tolist() == wanted["low"].isna().tolist()


def test_the_hindcast_for_a_reader_ends_with_what_it_does_not_show(capsys: Capture) -> None:
    text = printed(capsys, "hindcast")
    assert text.startswith("Observed alignment (A), forecast from every year since 2001")
    assert "A smaller error is not skill" in text
    assert text.endswith("Assumptions worked out, not a forecast.\n")
    assert "validat" not in text.lower()


# ---- bad input

BAD = [
    ("", ["command"]),
    ("nonsense", ["nonsense", "list", "run"]),
    ("list extra", ["extra"]),
    ("hindcast extra", ["extra"]),
    ("hindcast --json --csv", ["--json", "--csv"]),
    ("run", ["scenario"]),
    ("run opening-hnad", ["“opening-hnad”", "did you mean opening-hand?"]),
    ("run nowhere.toml", ["nowhere.toml does not exist"]),
    ("run opening-hand extra", ["extra"]),
    ("run opening-hand --bogus", ["--bogus"]),
    ("run opening-hand --worldview oped", ["worldview “oped”", "did you mean op-ed?"]),
    ("run reset-2009 --worldview op-ed", ["reset-2009", "midpoint"]),
    ("run reset-2009 --start 2021", ["reset-2009", "2009"]),
    ("run opening-hand --start 2022", ["start is “2022”", "one of 2021, 2024"]),
    ("run opening-hand --start soon", ["start is “soon”", "whole number"]),
    ("run opening-hand --horizon 16", ["horizon is “16”", "1 to 15"]),
    ("run opening-hand --horizon 0", ["horizon is “0”", "1 to 15"]),
    ("run opening-hand --onset -1", ["onset is “-1”", "0 to 15"]),
    ("run opening-hand --ramp 11", ["ramp is “11”", "1 to 10"]),
    ("run opening-hand --set pressure_russia=201", ["pressure_russia is “201”", "0 to 200"]),
    ("run opening-hand --set pressure_china=1e2", ["pressure_china is “1e2”", "whole number"]),
    ("run opening-hand --set pressure=130", ["“pressure”", "did you mean pressure_"]),
    ("run opening-hand --pressure 130", ["--pressure"]),
    ("run opening-hand --set nato", ["--set", "nato=50", "“nato”"]),
    ("run opening-hand --set nato=x", ["nato is “x”", "whole number"]),
    ("run opening-hand --set nato=", ["nato is “”", "whole number"]),
    ("run opening-hand --set nato=50.5", ["nato is “50.5”", "whole number"]),
    ("run opening-hand --set nato=101", ["nato is “101”", "0 to 100"]),
    ("run opening-hand --set natto=50", ["“natto”", "did you mean nato?"]),
    ("run opening-hand --set =5", ["“”", "nato"]),
    ("run opening-hand --set nato=1 --set nato=2", ["nato is set twice"]),
    ("run opening-hand --set onset=1 --onset 1", ["onset is set twice"]),
    ("run opening-hand --members 0", ["members is 0", "1 to 20,000"]),
    ("run opening-hand --members 20001", ["members is 20001", "1 to 20,000"]),
    ("run opening-hand --members many", ["members is “many”", "whole number"]),
    ("run opening-hand --members", ["members"]),
    ("run opening-hand --seed -1", ["seed is -1", "0 to"]),
    ("run opening-hand --seed 0x1", ["seed is “0x1”", "whole number"]),
    ("run opening-hand --structure C9", ["structure", "“C9”", "C8"]),
    ("run opening-hand --structure C1,C1", ["structure", "C1 twice"]),
    ("run opening-hand --structure=", ["structure", "“”"]),
    ("run opening-hand --json --csv", ["--json", "--csv"]),
    ("run opening-hand --se 4", ["--se"]),
]


@pytest.mark.parametrize(("command", "fragments"), BAD, ids=[command for command, _ in BAD])
def test_bad_input_ends_with_code_2_and_one_line_that_names_key_and_rule(
    capsys: Capture, command: str, fragments: list[str]
) -> None:
    done = ended(capsys, *command.split())
    assert done.code == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert done.err.endswith((".\n", "?\n"))
    for fragment in fragments:
        assert fragment.lower() in done.err.lower()


def test_every_refusal_is_exactly_one_sentence(capsys: Capture) -> None:
    """The contract of the command line, read to the letter; a full stop inside .toml or 50.5 ends no sentence."""
    longer = {}
    for command, _ in BAD:
        message = ended(capsys, *command.split()).err
        if len(re.findall(r"[.?!](?=\s)", message)) != 1:
            longer[command] = message
    assert longer == {}


HOSTILE: list[tuple[str, ...]] = [
    ("run", "\0.toml"),
    ("run", "../../etc/passwd"),
    ("run", "$(reboot)"),
    ("run", "opening-hand\n--json"),
    ("run", "\x1b[31mred"),
    ("run", "x" * 5000),
    ("run", "opening-hand", "--set", f"nato={'9' * 5000}"),
    ("run", "opening-hand", "--set", "__class__=1"),
    ("run", "opening-hand", "--set", "nato=٥٠"),
    ("run", "opening-hand", "--worldview", "\ud800"),
    ("run", "opening-hand", "--structure", "," * 5000),
    ("run", "opening-hand", "--seed", "9" * 5000),
]


@pytest.mark.parametrize("arguments", HOSTILE, ids=lambda arguments: repr(arguments)[:40])
def test_a_hostile_command_line_ends_with_code_2_and_one_printable_line(
    capsys: Capture, arguments: tuple[str, ...]
) -> None:
    done = ended(capsys, *arguments)
    assert (done.code, done.out) == (2, "")
    line = done.err.removesuffix("\n")
    assert line.isprintable()
    assert line.endswith((".", "?"))
    assert len(line) < 500


def test_a_fault_in_a_file_ends_with_code_2_and_one_line(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "x"\n[levers]\nnatto = 5\n', encoding="utf-8")
    done = ended(capsys, "run", str(path))
    assert done.code == 2
    assert done.out == ""
    assert done.err == f"{path}: there is no lever “natto”; did you mean nato?\n"


# ---- in a process of its own


def test_python_m_model_prints_the_same_json_as_the_library() -> None:
    done = python("-m", "model", "run", "giveaway", "--members", "30", "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout) == run("giveaway", members=30).to_dict()


def test_python_m_model_refuses_without_a_traceback() -> None:
    done = python("-m", "model", "run", "giveaway", "--set", "natto=50")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "There is no setting “natto”; did you mean nato?\n"


def test_the_model_imports_neither_streamlit_nor_plotly() -> None:
    script = (
        "import contextlib, io, sys\n"
        "from model.__main__ import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    assert main(['list']) == 0\n"
        "    assert main(['run', 'opening-hand', '--members', '5', '--csv']) == 0\n"
        "import model.analysis.claims\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'streamlit', 'plotly', 'ui', 'app'}))"
    )
    done = python("-W", "error", "-c", script)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_reader_that_goes_away_causes_no_traceback() -> None:
    """As in `python -m model run ... --json | head -1`."""
    with subprocess.Popen(
        [sys.executable, "-m", "model", "list"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
    assert complaint == ""

"""Assumption sets: the name follows the numbers and nothing else; earlier engines go on answering."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from model import MODEL_VERSION, InputError, catalog, load_scenario, presets, run
from model.assumptions.catalog import DATA
from model.assumptions.renamed import current_names, living, load_old_names, name_among, old_names
from model.assumptions.scenario import set_values, settings
from model.versions import Ask, assumption_set, changes_between, changes_since, run_all_then, run_then, versions
from model.versions.__main__ import archive, committed_files, main
from model.versions.engine import ROOT, Files, folder_files, zip_files, zip_of
from model.versions.numbers import NUMBERED, numbers_of, set_of
from model.versions.running import answers, scenario_arguments
from model.versions.sets import archive_file, engine_files
from tests.model.fresh_process import python

WORDS_ONLY = {"argument", "cautions", "claims", "context", "equations", "outcomes", "renamed", "sources", "versions"}
WORDS_ONLY |= {"omissions", "edited"}
OBSERVED = {"history"}  # what was observed is no assumption of a run
TODAY = folder_files(ROOT)
SETTINGS = {
    "nato": 40,
    "ukraine": 70,
    "allies": 10,
    "start": 2024,
    "horizon": 7,
    "pressure_russia": 130,
    "pressure_china": 90,
}


def _path(name: str) -> str:
    """Where a file of the model lies: data among the data."""
    return f"model/data/{name}" if name.endswith(".toml") else f"model/{name}"


def edited(files: Files, *edits: tuple[str, str, str]) -> Files:
    """Files with some texts replaced where they first stand: (file in model/, old, new)."""
    changed = dict(files)
    for name, old, new in edits:
        text = changed[_path(name)].decode()
        assert old in text, f"{name} has no {old!r}"
        changed[_path(name)] = text.replace(old, new, 1).encode()
    return changed


def with_value(file: str, heading: str, key: str, value: str) -> tuple[str, str, str]:
    """The edit that gives a key of a record another value."""
    text = TODAY[_path(file)].decode()
    found = re.search(rf"(?ms)^{re.escape(heading)}\n.*?^{key} = [^\n]*", text)
    assert found, f"{file} has no {key} under {heading}"
    return file, found[0], found[0][: found[0].rindex(f"\n{key} = ")] + f"\n{key} = {value}"


def larger(file: str, pattern: str) -> tuple[tuple[str, str, str], float, float]:
    """The edit that makes a number larger by 1, with the number before and after; group 1 of the pattern is it."""
    found = re.search(f"(?ms){pattern}", TODAY[_path(file)].decode())
    assert found, f"{file} has no {pattern}"
    then = float(found[1])
    start, end = found.start(1) - found.start(), found.end(1) - found.start()
    return (file, found[0], f"{found[0][:start]}{then + 1:g}{found[0][end:]}"), then, then + 1


BINDING = "[parameters.binding_share]"
OTHER_RANGE = (
    *with_value("worldviews/op-ed.toml", BINDING, "high", "")[:2],
    f"{BINDING}\nlow = 0.211\ncentral = 0.322\nhigh = 0.433",
)
OTHER_CONSTANT = with_value("constants.toml", "[doubt_speed]", "value", "0.543")


def written(files: Files, root: Path) -> Path:
    """An engine written into a folder."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def listed(files: Files) -> Files:
    """An engine whose only set in versions.toml is its own."""
    entry = f'[[sets]]\nname = "{set_of(files)}"\nmodel_version = 1\ndate = 2026-01-01\nchange = "The first."\n'
    return {**files, "model/data/versions.toml": entry.encode()}


class Library(NamedTuple):
    """An engine as it was, a folder with today's engine in which that one is archived, and the name of its set."""

    then: Path
    now: Path
    name: str


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    earlier = listed(edited(TODAY, OTHER_RANGE, OTHER_CONSTANT))
    then = written(earlier, tmp_path_factory.mktemp("then"))
    now = written(
        {**TODAY, "model/data/versions.toml": earlier["model/data/versions.toml"]}, tmp_path_factory.mktemp("now")
    )
    assert "Kept the engine" in archive("Binding is weaker.", now, folder_files(then))
    return Library(then, now, set_of(earlier))


def refusal(*arguments: object, **options: object) -> str:
    """The sentence in which `run_then` refuses."""
    with pytest.raises(InputError) as refused:
        run_then(*arguments, **options)  # type: ignore[arg-type]
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    assert message.endswith((".", "?"))
    return message


# ---- what the repository holds


def test_the_data_files_are_those_of_the_last_set() -> None:
    last = versions()[-1]
    assert assumption_set() == last.name, (
        f"The numbers are no longer those of the last assumption set, {last.name}. If that is meant, run\n"
        '    python -m model.versions archive "What changed, in one sentence."\n'
        "which keeps the engine that links made until now need, and adds today's set to model/data/versions.toml."
    )
    assert last.model_version == MODEL_VERSION


def test_every_earlier_set_has_its_engine_and_every_engine_its_set() -> None:
    today, earlier = versions()[-1].name, {version.name for version in versions()[:-1]}
    kept = {path.stem for path in (DATA / "archive").glob("*")}
    assert earlier - {today} <= kept, (
        "an engine is missing from model/data/archive; take it from the history of the project"
    )
    assert kept <= earlier
    for name in sorted(kept):
        assert "model/__main__.py" in engine_files(name)
    assert [version.date for version in versions()] == sorted(version.date for version in versions())


def test_every_data_file_either_counts_or_holds_words_or_what_was_observed() -> None:
    """A new file with numbers has to be named in NUMBERED, or links would not notice that they changed."""
    assert {path.stem for path in DATA.glob("*.toml")} == {*NUMBERED, *WORDS_ONLY, *OBSERVED}
    assert {path.name for path in DATA.rglob("*.toml") if path.parent != DATA} == {
        f"{name}.toml" for name in catalog().worldviews
    }


def test_an_engine_takes_the_record_of_history_along_and_its_name_does_not_depend_on_it() -> None:
    table = "model/data/history.csv"
    assert table in TODAY
    assert set_of({**TODAY, table: b"another record"}) == set_of(TODAY)
    assert zip_files(zip_of(TODAY), "a zip")[table] == TODAY[table]


def test_the_numbers_are_those_of_the_catalog() -> None:
    known, numbers = catalog(), numbers_of(TODAY)
    for worldview, view in known.worldviews.items():
        for name, p in view.parameters.items():
            assert numbers["worldviews", worldview, "parameters", name] == (p.low, p.central, p.high)
        for vector in ("salience", "drift_profile", "relative_deliverability"):
            for name, value in getattr(view, vector).values.items():
                assert numbers["worldviews", worldview, vector, name] == value
    for name, definition in known.parameters.items():
        assert numbers["parameters", name, "admissible"] == definition.admissible
    for name, constant in known.constants.items():
        assert numbers["constants", name] == constant.value
    for part in ("tables", "vectors"):
        for name, grounded in getattr(known.structure, part):
            for key, value in grounded.values.items():
                cells = value.items() if isinstance(value, dict) else [(None, value)]
                for column, cell in cells:
                    assert numbers["structure", part, name, key, *([column] if column else [])] == cell
    for domain, levels in known.levels.items():
        for year, level in levels.values.items():
            assert numbers["levels", domain, year] == level
    assert numbers["levels", "start_years"] == known.start_years
    assert numbers["order", "levers"] == tuple(known.levers)
    assert numbers["model_version",] == MODEL_VERSION


# ---- the name of a set


def test_a_name_is_eight_hex_digits_and_the_same_in_every_process() -> None:
    assert len(assumption_set()) == 8
    assert int(assumption_set(), 16) >= 0
    done = python("-c", "from model.versions import assumption_set; print(assumption_set())")
    assert done.stdout.strip() == assumption_set() == set_of(TODAY)


@pytest.mark.parametrize(
    "edit",
    [
        with_value("constants.toml", "[doubt_speed]", "note", '"Another note."'),
        with_value("constants.toml", "[doubt_speed]", "sources", '["essay"]'),
        with_value("constants.toml", "[doubt_speed]", "basis", '["L"]'),
        with_value("constants.toml", "[doubt_speed]", "equation", "7"),
        with_value("constants.toml", "[doubt_speed]", "value", f"{catalog().constant.doubt_speed}e0"),
        with_value("worldviews/op-ed.toml", "[parameters.binding_share]", "note", '"Another."'),
        with_value("worldviews/op-ed.toml", "[parameters.binding_share]", "claims", '["E01"]'),
        ("worldviews/op-ed.toml", 'title = "', 'title = "Not '),
        ("levers.toml", 'name = "NATO talks"', 'name = "Talks on NATO"'),
        ("levers.toml", "summary = ", "# a comment\nsummary = "),
        ("parameters.toml", 'title = "Binding share"', 'title = "Bond"'),
        ("parameters.toml", "admissible = [", "admissible =   [ "),
        ("structure.toml", 'title = "Credibility multiplies the offer"', 'title = "Belief multiplies"'),
        with_value("levels.toml", "[military]", "error", "9"),
        ("sources.toml", 'producer = "', 'producer = "X'),
        ("history.toml", "zero = 3", "zero = 4"),
        ("history.toml", "[2022, 170]", "[2022, 180]"),
        ("claims.toml", 'words = "', 'words = "X'),
        ("engine/equations.py", '"""', '"""X'),
    ],
    ids=lambda edit: f"{edit[0]} {edit[2][-30:]}",
)
def test_words_do_not_change_the_name(edit: tuple[str, str, str]) -> None:
    assert set_of(edited(TODAY, edit)) == set_of(TODAY)


NUMBERS = [
    ("constants.toml", r"^\[doubt_speed\]\n.*?^value = (\S+)", "Fixed number: doubt speed {then}, now {now}. Share of"),
    ("worldviews/op-ed.toml", r"^\[parameters.binding_share\]\n.*?central = (\S+)", "The op-ed's case: binding share "),
    ("worldviews/sceptic.toml", r"^\[parameters.doubt_response\]\n.*?low = (\S+)", "Wedge sceptic: Beijing's doubt r"),
    (
        "worldviews/sceptic.toml",
        r"^values = \{ threat = ([\d.]+)",
        "Wedge sceptic: salience, threat {then}, now {now}.",
    ),
    (
        "worldviews/sceptic.toml",
        r"^values = \{ nato = ([\d.]+)",
        "Wedge sceptic: relative deliverability, NATO talks {then}",
    ),
    ("parameters.toml", r"^\[symbolic_potency\]\n.*?admissible = \[(-?[\d.]+)", "Symbolic potency: values are kept wi"),
    (
        "structure.toml",
        r"^military = \{ threat = ([\d.]+)",
        "How each domain responds to each mechanism: military, threat {then}, now {now}.",
    ),
    (
        "structure.toml",
        r"^\[vectors.visibility\]\n.*?values = \{ nato = ([\d.]+)",
        "How visible each inducement is to Beijing: NATO talks {then}, now {now}.",
    ),
    ("levels.toml", r"^\[military\]\n.*?2021 = (\d+)", "Level at the start of 2021: military {then}, now {now}."),
    ("assumptions/catalog.py", r"^MODEL_VERSION = (\d+)", "The equations: model version {then}, now {now}."),
]


@pytest.mark.parametrize(("file", "pattern", "said"), NUMBERS, ids=[said[:50] for _, _, said in NUMBERS])
def test_a_changed_number_changes_the_name_and_is_named(file: str, pattern: str, said: str) -> None:
    edit, then, now = larger(file, pattern)
    sentence = named(edit)
    assert sentence.startswith(said.format(then=f"{then:g}", now=f"{now:g}"))
    before, _, after = sentence.partition(", now ")
    assert f"{then:g}" in before
    assert f"{now:g}" in after


CHOICES = [
    (("levers.toml", 'group = "offers"', 'group = "terms"'), "NATO talks: group offers, now terms."),
    (
        ("structure.toml", "in_ensemble = false", "in_ensemble = true"),
        "Structural choice C5, latent friction gates the pull: in ensemble no, now yes.",
    ),
    (
        ("structure.toml", 'implies = ["C1", "C2", "C6"]', 'implies = ["C1", "C2"]'),
        "Structural choice C8, discounts multiply: implies C1 and C2 and C6, now C1 and C2.",
    ),
    (
        ("levels.toml", "start_years = [2021, 2024]", "start_years = [2014, 2021, 2024]"),
        "Years that a run can start from: 2021 and 2024, now 2014 and 2021 and 2024.",
    ),
    (
        ("levels.toml", "values = { 2009 = ", "values = { 2008 = 7, 2009 = "),
        "Level at the start of 2008: military new, 7.",
    ),
]


@pytest.mark.parametrize(("edit", "said"), CHOICES, ids=[said[:50] for _, said in CHOICES])
def test_a_changed_choice_changes_the_name_and_is_named(edit: tuple[str, str, str], said: str) -> None:
    assert named(edit) == said


def named(edit: tuple[str, str, str]) -> str:
    """The one sentence about an edit, which must change the name of the set."""
    changed = edited(TODAY, edit)
    assert set_of(changed) != set_of(TODAY)
    (change,) = changes_between(TODAY, changed)
    (back,) = changes_between(changed, TODAY)
    assert change.then != change.now
    assert (back.path, back.then, back.now) == (change.path, change.now, change.then)
    return change.sentence


def test_a_number_that_went_is_named() -> None:
    changed = edited(TODAY, ("levels.toml", "values = { 2009 = ", "values = { 2008 = 7, 2009 = "))
    (change,) = changes_between(changed, TODAY)
    assert change.sentence == "Level at the start of 2008: military 7, no longer there."


def test_the_order_of_the_levers_counts_because_draws_follow_it() -> None:
    text = TODAY["model/data/levers.toml"].decode()
    head, nato, rest = text.partition("[nato]\n")
    nato_record, caatsa, rest = rest.partition("[caatsa]\n")
    caatsa_record, g8, rest = rest.partition("[g8]\n")
    turned = head + caatsa + caatsa_record + nato + nato_record + g8 + rest
    changed = {**TODAY, "model/data/levers.toml": turned.encode()}
    assert set_of(changed) != set_of(TODAY)
    (change,) = changes_between(TODAY, changed)
    assert change.sentence.startswith("Order of the levers: nato and caatsa and g8")


def test_a_whole_worldview_that_came_or_went_is_one_sentence() -> None:
    without = {name: content for name, content in TODAY.items() if name != "model/data/worldviews/sceptic.toml"}
    assert [c.sentence for c in changes_between(without, TODAY)] == ["The worldview “Wedge sceptic” is new."]
    assert [c.sentence for c in changes_between(TODAY, without)] == [
        "The worldview “Wedge sceptic” is no longer there."
    ]


def test_a_whole_parameter_that_came_is_one_sentence() -> None:
    def renamed(content: bytes) -> bytes:
        return content.replace(b"binding_share]", b"bond]")

    other = {name: renamed(content) if name.endswith(".toml") else content for name, content in TODAY.items()}
    assert [change.sentence for change in changes_between(TODAY, other)] == [
        "The assumption “Binding share” is new.",
        "The assumption “Binding share” is no longer there.",
    ]


def test_missing_or_broken_files_are_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"model/data/levels\.toml does not exist"):
        set_of({name: content for name, content in TODAY.items() if name != "model/data/levels.toml"})
    with pytest.raises(InputError, match=r"model/data/levels\.toml is not valid TOML"):
        set_of({**TODAY, "model/data/levels.toml": b"x ="})
    with pytest.raises(InputError, match="MODEL_VERSION"):
        set_of({**TODAY, "model/assumptions/catalog.py": b""})


# ---- an earlier engine


@pytest.mark.parametrize("preset", ["status-quo", "opening-hand"])
def test_an_earlier_engine_prints_what_its_own_command_prints_bit_for_bit(library: Library, preset: str) -> None:
    sets = [f"--set={key}={value}" for key, value in SETTINGS.items()]
    own = subprocess.run(
        [sys.executable, "-m", "model", "run", preset, *sets, "--members=200", "--seed=3", "--json"],
        cwd=library.then,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    then = run_then(library.name, SETTINGS, preset=preset, members=200, seed=3, root=library.now)
    assert json.dumps(then, indent=2) + "\n" == own
    today = run(set_values(load_scenario(preset), SETTINGS), members=200, seed=3)
    assert json.loads(own)["worldviews"] != json.loads(json.dumps(today.to_dict()))["worldviews"]


def test_a_historic_analogue_can_be_asked_of_an_earlier_engine(library: Library) -> None:
    then = run_then(library.name, {"nato": 90, "horizon": 6}, preset="reset-2009", members=20, root=library.now)
    assert list(then["worldviews"]) == ["midpoint"]
    assert (then["scenario"]["start"], then["scenario"]["levers"]["nato"]) == (2009, 90)


def test_one_worldview_and_another_structure_can_be_asked_for(library: Library) -> None:
    then = run_then(library.name, {}, worldview="op-ed", structure="C1,C4", members=20, root=library.now)
    assert list(then["worldviews"]) == ["op-ed"]
    assert then["structure"] == "C1,C4"


def test_several_asks_are_answered_in_order(library: Library) -> None:
    asks = [Ask({"nato": value}, "opening-hand") for value in (0, 30, 60)]
    found = run_all_then(library.name, asks, members=20, root=library.now)
    assert [answer["scenario"]["levers"]["nato"] for answer in found] == [0, 30, 60]
    assert {answer["scenario"]["levers"]["mil"] for answer in found} == {50}


def test_an_answer_can_be_changed_without_harm_to_the_next_reader(library: Library) -> None:
    first = run_then(library.name, {}, members=20, root=library.now)
    first["worldviews"].clear()
    assert run_then(library.name, {}, members=20, root=library.now)["worldviews"]


def test_exactly_the_changed_assumptions_are_named(library: Library) -> None:
    speed, share = catalog().constant.doubt_speed, catalog().worldviews["op-ed"].parameters["binding_share"]
    constant, binding = changes_since(library.name, library.now)
    assert constant.sentence.startswith(f"Fixed number: doubt speed 0.543, now {speed:g}. Share of the gap")
    assert (constant.path, constant.then, constant.now) == (("constants", "doubt_speed"), 0.543, speed)
    assert binding.sentence == (
        "The op-ed's case: binding share 0.211 to 0.433 (middle 0.322), "
        f"now {share.low:g} to {share.high:g} (middle {share.central:g})."
    )
    assert (binding.then, binding.now) == ((0.211, 0.322, 0.433), (share.low, share.central, share.high))
    assert changes_since(assumption_set(), library.now) == ()


def test_two_processes_at_once_get_the_same(library: Library) -> None:
    script = (
        "import json, pathlib, sys; from model.versions import run_then; "
        "print(json.dumps(run_then(sys.argv[1], {'nato': 50}, members=50, root=pathlib.Path(sys.argv[2]))))"
    )
    command = [sys.executable, "-c", script, library.name, str(library.now)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    first, second = (process.communicate(timeout=120)[0] for process in running)
    assert first == second
    assert json.loads(first) == run_then(library.name, {"nato": 50}, members=50, root=library.now)


def test_a_lever_that_had_another_name_then_is_asked_for_by_that_name() -> None:
    """An engine that still says ukr, as the notes did, takes ukraine and gives the same numbers."""

    def as_then(content: bytes) -> bytes:
        return content.replace(b'"ukraine"', b'"ukr"').replace(b"[ukraine]", b"[ukr]").replace(b"ukraine =", b"ukr =")

    earlier = {
        name: as_then(content).replace(b"[[ukraine.", b"[[ukr.")
        for name, content in TODAY.items()
        if name != "model/data/renamed.toml"
    } | {"model/data/renamed.toml": b""}
    assert set_of(earlier) != set_of(TODAY)
    assert changes_between(earlier, TODAY) == ()
    request = scenario_arguments(Ask({"ukraine": 70, "nato": 10}), earlier)
    assert request == ["status-quo", "--set=ukr=70", "--set=nato=10"]
    (then,) = answers(earlier, [["run", *request, "--members=20", "--json"]])
    (now,) = answers(TODAY, [["run", "status-quo", "--set=ukraine=70", "--set=nato=10", "--members=20", "--json"]])
    assert json.loads(then)["worldviews"] == json.loads(now)["worldviews"]


def test_a_lever_that_came_later_is_left_out_unless_it_is_pulled() -> None:
    earlier = {
        "model/data/levers.toml": b"[mil]\n",
        "model/data/context.toml": b"[ramp]\n",
        "scenarios/status-quo.toml": b"",
        "scenarios/history/x.toml": b"",
    }
    asked = {"nato": 0, "mil": 5, "ramp": 3, "pressure_russia": 100, "pressure_china": 100}  # 100 is neutral
    assert scenario_arguments(Ask(asked), earlier) == [
        "status-quo",
        "--set=mil=5",
        "--set=ramp=3",
    ]
    with pytest.raises(InputError, match="The earlier model has no setting “nato”"):
        scenario_arguments(Ask({"nato": 1}), earlier)
    with pytest.raises(InputError, match="The earlier model has no setting “pressure_china”"):
        scenario_arguments(Ask({"pressure_china": 0}), earlier)


ONE_PRESSURE = {
    "model/data/levers.toml": b"[nato]\n",
    "model/data/context.toml": b"[ramp]\n[pressure]\n",
    "scenarios/squeeze-both.toml": b"",
}


def test_two_settings_that_were_one_are_asked_for_once_where_they_are_alike() -> None:
    alike = Ask({"pressure_russia": 160, "nato": 5, "pressure_china": 160}, "squeeze-both")
    assert scenario_arguments(alike, ONE_PRESSURE) == ["squeeze-both", "--set=pressure=160", "--set=nato=5"]


@pytest.mark.parametrize("asked", [{"pressure_russia": 160, "pressure_china": 100}, {"pressure_russia": 160}])
def test_two_settings_that_were_one_cannot_be_asked_for_unless_both_are_given_and_alike(asked: dict[str, int]) -> None:
    """One of them alone says nothing about the other, which may differ from it."""
    with pytest.raises(InputError, match="one setting pressure where today's has pressure_russia and pressure_china"):
        scenario_arguments(Ask(asked, "squeeze-both"), ONE_PRESSURE)


# ---- the engine of version 1, whole

VERSION_1 = "175ac28c"


def test_the_first_set_is_kept_as_a_whole_engine_of_version_1() -> None:
    first = versions()[0]
    assert (first.name, first.model_version) == (VERSION_1, 1)
    assert set_of(engine_files(VERSION_1)) == VERSION_1


def test_version_1_gives_the_numbers_of_the_link_that_was_made_with_it() -> None:
    """The corpus has `preset=squeeze-both` of that set: lock-in 1, midpoint 3, op-ed 4, sceptic 1, never reversed."""
    then = run_then(VERSION_1, {}, preset="squeeze-both", members=1000)
    assert {key: round(view["shift"]["p50"]) for key, view in then["worldviews"].items()} == {
        "lock-in": 1,
        "midpoint": 3,
        "op-ed": 4,
        "sceptic": 1,
    }
    assert {view["reversed_share"] for view in then["worldviews"].values()} == {0}


@pytest.mark.parametrize("pressure", [0, 60, 100, 160])
def test_both_pressures_alike_are_version_1s_pressure_with_the_same_alignment(pressure: int) -> None:
    """With all else neutral, and draws that do not lean (C11), which they did not then."""
    both = {"pressure_russia": pressure, "pressure_china": pressure}
    then = run_then(VERSION_1, both, members=200)
    assert then["scenario"]["pressure"] == pressure
    today = run(set_values(load_scenario("status-quo"), both), members=200, structure="C11").to_dict()
    for worldview, values in then["worldviews"].items():
        now = today["worldviews"][worldview]
        for kind in ("shift", "level", "doubt"):
            assert now[kind] == pytest.approx(values[kind], abs=1e-3), (worldview, kind)
        for domain, band in values["domains"].items():
            assert now["domains"][domain] == pytest.approx(band, abs=1e-3), (worldview, domain)


@pytest.mark.parametrize("preset", ["opening-hand", "giveaway"])
def test_without_lean_and_grudge_a_package_at_neutral_pressures_is_version_1s(preset: str) -> None:
    """Every quantity keeps its own stream of draws, so the bands are those of the same worlds."""
    forgiving = catalog()
    for worldview in catalog().worldviews:
        forgiving = forgiving.edited(worldview, broken_promise=(0, 0, 0))
    then = run_then(VERSION_1, {}, preset=preset, members=200)
    today = run(preset, members=200, structure="C11", assumptions=forgiving).to_dict()
    for worldview, values in then["worldviews"].items():
        now = today["worldviews"][worldview]
        assert now["reversed_share"] == values["reversed_share"]
        for kind in ("shift", "level", "doubt", "nato_cohesion", "nato_east_trough", "us_effort", "two_front"):
            assert now[kind] == pytest.approx(values[kind], abs=1e-3), (worldview, kind)
        for percentile, dearest in now["values_cost"].items():  # of its dearest year, then of its last
            assert dearest >= values["values_cost"][percentile] - 1e-3


def test_pressures_that_differ_cannot_be_asked_of_version_1() -> None:
    said = refusal(VERSION_1, {"pressure_russia": 60, "pressure_china": 140}, preset="opening-hand")
    assert said == (
        "The earlier model has one setting pressure where today's has pressure_russia and pressure_china, so both must "
        "be given and alike."
    )
    assert "no setting “pressure_russia”" not in said


def test_a_preset_that_came_later_cannot_be_asked_of_version_1() -> None:
    assert "The earlier model has no preset “pivot-to-china”" in refusal(VERSION_1, {}, preset="pivot-to-china")


def test_what_changed_since_version_1_is_said_in_words() -> None:
    """All of model version 2 that is data or a choice; what the equations do with it is the version's own sentence."""
    said = [change.sentence for change in changes_since(VERSION_1)]
    new_constants = {
        "lean": "0.5. How far an assumed world leans one way",
        "let down memory": "0.85. Share of the let-down",
        "easing slight": "0.25. ",
        "easing effort": "0.5. ",
        "china easing effort": "0.15. ",
        "easing values cost": "0.1. ",
        "two front pressure russia": "0.3. ",
        "two front pressure china": "0.3. ",
    }
    starts = [
        "The setting “pressure” became “Pressure on Russia” and “Pressure on China”: ",
        "The lever “Pressure on China” is new.",
        "The lever “Pressure on Russia” is new.",
        "The assumption “Broken promise” is new.",
        "Every assumption says whether a higher value is kinder to the wedge or harder on it, and worlds lean one way.",
        "The equations: model version 1, now 2.",
        *(f"Fixed number: {name} new, {rest}" for name, rest in new_constants.items()),
        "The structural choice C11, worlds lean one way, is new.",
        "The structural choice C13, the geometric mean of two pressures, is new.",
    ]
    assert len(said) == len(starts)
    for sentence, start in zip(said, starts, strict=True):
        assert sentence.startswith(start)
        assert sentence.endswith(".")


# ---- refusals


def test_an_unknown_set_is_refused(library: Library) -> None:
    assert "There is no assumption set “00000000”" in refusal("00000000", {}, root=library.now)
    assert "There is no assumption set “../../x”" in refusal("../../x", {}, root=library.now)
    with pytest.raises(InputError, match="There is no assumption set"):
        changes_since("00000000", library.now)


def test_todays_set_has_no_engine_of_its_own(library: Library) -> None:
    assert "is today's" in refusal(assumption_set(), {}, root=library.now)


@pytest.mark.parametrize(
    ("asked", "options", "said"),
    [
        ({"natoo": 3}, {}, "The earlier model has no setting “natoo”; did you mean nato?"),
        ({"nato": 101}, {}, "The earlier model refuses: nato is “101”, but it must be a whole number, 0 to 100."),
        ({"nato": True}, {}, "nato is “True”, but it must be a whole number."),
        ({"nato": "5 --csv"}, {}, "must be a whole number."),
        ({}, {"preset": "opening-hnd"}, "The earlier model has no preset “opening-hnd”; did you mean opening-hand?"),
        ({}, {"preset": "--help"}, "The earlier model has no preset “--help”"),
        ({}, {"preset": "x.toml"}, "The earlier model has no preset “x.toml”"),
        ({}, {"worldview": "optimist"}, "The earlier model has no worldview “optimist”"),
        ({}, {"members": 0}, "The earlier model refuses: members is 0"),
        ({}, {"structure": "C99"}, "The earlier model refuses: structure names “C99”"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    library: Library, asked: dict[str, int], options: dict[str, object], said: str
) -> None:
    assert said in refusal(library.name, asked, root=library.now, **options)


def zip_with(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


WHOLE = zip_of(TODAY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is damaged"),
        (b"no zip at all", "is damaged"),
        (WHOLE[: len(WHOLE) // 2], "is damaged"),
        (WHOLE[:3000] + b"\0" * 40 + WHOLE[3040:], "is damaged"),
        (zip_with(**{"../evil.py": b""}), "“../evil.py”, which is no part of an engine"),
        (zip_with(**{"/model/evil.py": b""}), "which is no part of an engine"),
        (zip_with(**{"model/../../evil.py": b""}), "which is no part of an engine"),
        (zip_with(**{"model/evil.so": b""}), "which is no part of an engine"),
        (zip_with(**{f"model/x{i}.py": b"" for i in range(600)}), "larger than an engine may be"),
        (zip_with(**{"model/x.py": b" " * 10_000_001}), "larger than an engine may be"),
    ],
    ids=["empty", "text", "half", "overwritten", "above", "absolute", "winding", "binary", "many", "large"],
)
def test_a_damaged_or_strange_archive_is_refused(library: Library, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "model" / "data" / "archive").mkdir(parents=True)
    shutil.copy(library.now / "model" / "data" / "versions.toml", tmp_path / "model" / "data")
    assert "is missing from model/data/archive" in refusal(library.name, {}, root=tmp_path)
    archive_file(library.name, tmp_path).write_bytes(content)
    assert said in refusal(library.name, {}, root=tmp_path)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (b"import time\ntime.sleep(30)\n", "did not answer within 1 seconds"),
        (b"raise RuntimeError('broken')\n", "could not be run: RuntimeError: broken."),
        (b"def main(arguments):\n    print('no')\n    return 1\n", "refuses: it gave no reason."),
    ],
    ids=["slow", "broken", "silent"],
)
def test_an_engine_that_fails_is_told_in_a_sentence(code: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        answers({"model/__init__.py": b"", "model/__main__.py": code}, [["run"]], seconds=1)
    assert said in str(refused.value)


def test_an_engine_is_never_mistaken_for_todays() -> None:
    with pytest.raises(InputError, match="could not be run"):
        answers({"scenarios/x.toml": b""}, [["list"]])


# ---- the command


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


def change_constant(root: Path, value: str) -> None:
    """Give a constant another value in a folder."""
    files = folder_files(root)
    old = files["model/data/constants.toml"].decode()
    before, heading, rest = old.partition("[doubt_speed]\n")
    _, newline, rest = rest.partition("\n")
    (root / "model" / "data" / "constants.toml").write_text(
        f"{before}{heading}value = {value}{newline}{rest}", encoding="utf-8"
    )


def test_a_maintainer_changes_a_number_and_archives_what_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = written(listed(TODAY), tmp_path)
    git(root, "init", "--quiet")
    git(root, "add", "."), git(root, "commit", "--quiet", "-m", "first")
    first = set_of(TODAY)
    assert main(["archive", "Nothing."], root) == 2
    assert "Nothing has changed" in capsys.readouterr().err

    change_constant(root, "0.511")
    assert main([], root) == 0
    assert "the data files as they are" in capsys.readouterr().out
    assert main(["archive", "no sentence"], root) == 2
    assert "change is “no sentence”" in capsys.readouterr().err
    assert main(["archive", 'Doubt is "slower".'], root) == 0
    said = capsys.readouterr().out
    assert "Fixed number: doubt speed" in said
    assert "now 0.511." in said
    second = set_of(folder_files(root))
    assert [(v.name, v.change) for v in versions(root)] == [(first, "The first."), (second, 'Doubt is "slower".')]
    assert dict(engine_files(first, root)) == dict(listed(TODAY))

    change_constant(root, "0.411")  # changed once more before it was committed: no link can hold the set between
    assert main(["archive", "Doubt is slower still."], root) == 0
    assert "was never committed" in capsys.readouterr().out
    third = set_of(folder_files(root))
    assert [v.name for v in versions(root)] == [first, third]

    git(root, "add", "."), git(root, "commit", "--quiet", "-m", "second")
    change_constant(root, "0.311")
    git(root, "add", "."), git(root, "commit", "--quiet", "-m", "changed without an archive")
    assert main(["archive", "Doubt is slowest."], root) == 0  # found further back in the history
    fourth = set_of(folder_files(root))
    assert [v.name for v in versions(root)] == [first, third, fourth]
    assert set_of(engine_files(third, root)) == third
    capsys.readouterr()
    assert main([], root) == 0
    assert capsys.readouterr().out.count("archived") == 2


def test_a_commit_or_a_folder_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = written(listed(TODAY), tmp_path / "repository")
    git(root, "init", "--quiet")
    git(root, "add", "."), git(root, "commit", "--quiet", "-m", "first")
    assert dict(committed_files(root, "HEAD")) == dict(listed(TODAY))
    other = written(edited(TODAY, OTHER_CONSTANT), tmp_path / "other")
    change_constant(root, "0.411")
    assert main(["archive", "A change.", "--from", str(other)], root) == 2
    assert "is not there; name a folder with --from" in capsys.readouterr().err
    assert main(["archive", "A change.", "--commit", "nowhere"], root) == 2
    assert "git refuses" in capsys.readouterr().err
    assert main(["archive", "A change.", "--commit", "HEAD"], root) == 0


def test_without_git_a_folder_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = written(listed(TODAY), tmp_path / "now")
    then = written(TODAY, tmp_path / "then")
    change_constant(root, "0.411")
    assert main(["archive", "A change."], root) == 2
    assert "--from" in capsys.readouterr().err
    assert main(["archive", "A change.", "--from", str(then)], root) == 0


def test_another_engine_under_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    root = written(listed(TODAY), tmp_path)
    change_constant(root, "0.411")
    target = archive_file(set_of(TODAY), root)
    target.parent.mkdir()
    target.write_bytes(zip_of({"model/x.py": b""}))
    with pytest.raises(InputError, match="exists and holds another engine"):
        archive("A change.", root, TODAY)


def test_the_same_engine_makes_the_same_zip_and_comes_back_whole() -> None:
    backwards = {name: TODAY[name] for name in reversed(list(TODAY))}
    assert zip_of(backwards) == WHOLE
    assert dict(zip_files(WHOLE, "x")) == dict(TODAY)
    assert len(WHOLE) < 400_000


# ---- old names


def test_every_old_name_leads_straight_to_a_living_one_or_nowhere() -> None:
    for kind, table in old_names().items():
        for old, became in table.items():
            assert old not in living(kind)
            assert set(became.now) <= set(living(kind))
            assert set(became.now).isdisjoint(table)  # no chains
            assert len(set(became.now)) == len(became.now)
            assert became.why.endswith(".")


def test_old_names_are_explained_and_others_come_back_as_they_are() -> None:
    assert current_names("setting", "ukr")[0] == ("ukraine",)
    assert current_names("setting", "assur")[0] == ("allies",)
    names, sentence = current_names("setting", "pressure")
    assert names == ("pressure_russia", "pressure_china")
    assert sentence.startswith("The setting “pressure” became pressure_russia and pressure_china and was read as both:")
    assert current_names("setting", "ukr")[1].startswith("The setting “ukr” is called ukraine today")
    for key in settings():
        assert current_names("setting", key) == ((key,), "")
    for name in presets():
        assert current_names("preset", name) == ((name,), "")
    assert current_names("preset", "ukr") == (("ukr",), "")
    assert name_among("setting", "ukraine", ["nato", "ukr"]) == "ukr"
    assert name_among("setting", "ukraine", ["ukraine", "ukr"]) == "ukraine"
    assert name_among("setting", "ukraine", ["nato"]) == "ukraine"
    assert name_among("setting", "pressure_china", ["nato", "pressure"]) == "pressure"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[setting.nato]\nwhy = "X."', "setting “nato” is in use"),
        (
            '[setting.x]\nnow = "natoo"\nwhy = "X."',
            "setting.x leads to the unknown setting “natoo”; did you mean nato?",
        ),
        ('[setting.x]\nnow = ["nato", "milt"]\nwhy = "X."', "unknown setting “milt”; did you mean mil?"),
        (
            '[setting.x]\nnow = "y"\nwhy = "X."\n[setting.y]\nnow = "nato"\nwhy = "Y."',
            "setting.x leads to the unknown setting “y”",
        ),
        ('[preset.x]\nnow = "nato"\nwhy = "X."', "preset.x leads to the unknown preset “nato”"),
        ('[lever.x]\nnow = "nato"\nwhy = "X."', "the key “lever” is not known"),
        ('[setting.x]\nnow = "nato"', "why is missing"),
    ],
)
def test_a_faulty_table_of_old_names_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "renamed.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_old_names(tmp_path / "renamed.toml")
    assert said in str(refused.value)


def test_a_retired_name_is_told_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "renamed.toml").write_text('[preset.old]\nwhy = "nobody used it."', encoding="utf-8")
    table = load_old_names(tmp_path / "renamed.toml")
    monkeypatch.setattr("model.assumptions.renamed.old_names", lambda: table)
    assert current_names("preset", "old") == ((), "The preset “old” was retired: nobody used it.")

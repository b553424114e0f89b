"""Scenarios: the shipped ones load, a file's own are read, and faults are refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from model import InputError, analogues, catalog, load_scenario, presets, run
from model.assumptions.catalog import SCENARIOS
from model.assumptions.scenario import allowed, make_scenario, moved, set_values, settings
from model.engine.policy import no_lever_policy, policy_of
from tests.model.engine import specification as spec

EVERY_LEVER = list(spec.LEVERS.values())
ANALOGUE = """
title = "Any"
start = 1999

[analogue]
worldview = "midpoint"
sender = "A"
swing = "B"
rival = "C"
why_it_may_not_fit = "It is made up."
levels_of = 2009
"""


def written(tmp_path: Path, text: str | bytes, name: str = "mine.toml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path: Path | str) -> str:
    """The sentence with which a scenario is refused."""
    with pytest.raises(InputError) as refused:
        load_scenario(path)
    return str(refused.value)


# ---- what is shipped


@pytest.mark.parametrize("name", [*spec.PRESETS, *spec.ANALOGUES])
def test_every_shipped_scenario_loads_by_name_and_runs(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title
    assert scenario.description.endswith(".")
    assert set(scenario.levers) == set(EVERY_LEVER)
    assert len(run(scenario, members=5).years) == scenario.horizon + 1


def test_presets_are_in_the_order_of_the_specification_and_analogues_oldest_first() -> None:
    assert list(presets()) == list(spec.PRESETS)
    starts = [scenario.start for scenario in analogues().values()]
    assert starts == sorted(starts)


def test_no_shipped_file_is_left_out() -> None:
    assert {path.stem for path in SCENARIOS.glob("*.toml")} == set(presets())
    assert {path.stem for path in (SCENARIOS / "history").glob("*.toml")} == set(analogues())


def test_every_analogue_names_its_roles_and_says_why_it_may_not_fit() -> None:
    roles = {}
    for name, scenario in analogues().items():
        analogue = scenario.analogue
        assert analogue is not None
        assert analogue.why_it_may_not_fit.endswith("."), name
        roles[name] = (analogue.sender, analogue.swing, analogue.rival)
    usual = dict.fromkeys(spec.ANALOGUES, ("United States", "Russia", "China"))
    assert roles == usual | {
        "opening-to-china-1969": ("United States", "People's Republic of China", "Soviet Union"),
        "abe-courtship-2013": ("Japan", "Russia", "China"),
    }


def test_an_analogue_runs_in_its_own_worldview_only() -> None:
    assert run("reset-2009", members=5).worldviews == ("midpoint",)
    assert run("reset-2009", "midpoint", members=5).worldviews == ("midpoint",)
    with pytest.raises(InputError, match=r"reset-2009 is written for the worldview midpoint"):
        run("reset-2009", "op-ed", members=5)


def test_an_analogue_keeps_its_start() -> None:
    with pytest.raises(InputError, match=r"reset-2009 starts in 2009\."):
        set_values(load_scenario("reset-2009"), {"start": 2021})


# ---- files of the user's own


def test_levers_that_a_file_leaves_out_are_neutral_and_the_rest_is_default(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, 'title = "Mine"\n[levers]\nnato = 40\nallies = 7\n'))
    neutral = dict.fromkeys(EVERY_LEVER, 0) | {"pressure_russia": 100, "pressure_china": 100}
    assert scenario.levers == neutral | {"nato": 40, "allies": 7}
    context = (scenario.name, scenario.start, scenario.horizon, scenario.onset, scenario.ramp)
    assert context == ("mine", 2021, 10, 0, 2)
    assert moved(scenario, catalog()) == ("nato", "allies")


def test_a_file_without_levers_is_the_status_quo(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, 'title = "Mine"\n'))
    assert scenario.levers == load_scenario("status-quo").levers
    assert not run(scenario, members=20).shift.any()


def test_a_file_may_set_all_of_the_context(tmp_path: Path) -> None:
    text = 'title = "Mine"\nauthor = "Me"\nstart = 2024\nhorizon = 15\nonset = 3\nramp = 4\n'
    scenario = load_scenario(written(tmp_path, text))
    assert (scenario.author, scenario.start, scenario.horizon) == ("Me", 2024, 15)
    assert (scenario.onset, scenario.ramp) == (3, 4)
    assert run(scenario, members=5).years[-1] == 2039


def test_a_file_that_says_what_a_preset_says_gives_the_same_numbers(tmp_path: Path) -> None:
    preset = load_scenario("opening-hand")
    levers = "\n".join(f"{key} = {value}" for key, value in preset.levers.items())
    scenario = load_scenario(written(tmp_path, f'title = "Mine"\n[levers]\n{levers}\n'))
    mine, theirs = run(scenario, members=50), run(preset, members=50)
    assert (mine.shift == theirs.shift).all()


def test_an_analogue_of_ones_own_loads(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, ANALOGUE + "[analogue.overrides]\ndrift_rate = [0, 1, 2]\n"))
    assert scenario.analogue is not None
    assert scenario.analogue.overrides == {"drift_rate": (0, 1, 2)}
    assert run(scenario, members=5).years[0] == 1999


def test_the_eras_pressure_of_an_analogue_is_what_its_levers_work_on(tmp_path: Path) -> None:
    """60 percent of an era that rises from 50 to 150 of end-2021."""
    text = ANALOGUE.replace("levels_of", "pressure = [50, 150]\nlevels_of") + "[levers]\npressure_russia = 60\n"
    scenario = load_scenario(written(tmp_path, text.replace("start = 1999", "start = 1999\nhorizon = 3")))
    policy = policy_of(scenario, catalog())
    assert policy.era == (0.5, 1, 1.5)
    assert policy.pressure(0) == (0.6, 1)
    neutral = no_lever_policy(scenario, catalog())
    assert (neutral.era, neutral.pressure(0)) == (policy.era, (1, 1))


# ---- faults


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ('title = "x"\n[levers]\nnatto = 50\n', ["no lever “natto”", "did you mean nato?"]),
        ('title = "x"\n[levers]\nassurances = 50\n', ["no lever “assurances”"]),
        ('title = "x"\n[levers]\nnato = 101\n', ["levers.nato is “101”", "a whole number, 0 to 100"]),
        ('title = "x"\n[levers]\nnato = -1\n', ["levers.nato is “-1”", "0 to 100"]),
        ('title = "x"\n[levers]\nnato = true\n', ["levers.nato is “True”", "a whole number"]),
        ('title = "x"\n[levers]\nnato = "50"\n', ["levers.nato is “50”", "a whole number"]),
        ('title = "x"\n[levers]\nnato = 50.0\n', ["levers.nato is “50.0”", "a whole number"]),
        ('title = "x"\n[levers]\nnato = nan\n', ["levers.nato is “nan”", "a whole number"]),
        ('title = "x"\n[levers]\nnato = [50]\n', ["levers.nato", "a whole number"]),
        ('title = "x"\n[levers]\nnato = 2021-01-01\n', ["levers.nato", "a whole number"]),
        ('title = "x"\nlevers = 3\n', ["levers is “3”", "table"]),
        ('title = "x"\nonsett = 3\n', ["“onsett”", "not known", "did you mean onset?"]),
        ('title = "x"\ncolour = "red"\n', ["“colour”", "not known", "levers"]),
        ('title = "x"\nstart = 2022\n', ["start is “2022”", "one of 2021, 2024"]),
        ('title = "x"\nstart = true\n', ["start"]),
        ('title = "x"\nhorizon = 16\n', ["horizon is “16”", "15"]),
        ('title = "x"\nhorizon = 0\n', ["horizon is “0”", "1"]),
        ('title = "x"\nonset = -1\n', ["onset is “-1”", "0"]),
        ('title = "x"\nramp = 0\n', ["ramp is “0”", "1"]),
        ('title = "x"\nramp = "2"\n', ["ramp is “2”", "integer"]),
        ('title = "x"\n[levers]\npressure_russia = 201\n', ["levers.pressure_russia is “201”", "0 to 200"]),
        ('title = "x"\n[levers]\npressure_china = [60, 100]\n', ["levers.pressure_china", "0 to 200"]),
        ('title = "x"\npressure_russia = 60\n', ["pressure_russia", "belong under [levers]"]),
        (ANALOGUE + "pressure = 201\n", ["analogue.pressure", "200"]),
        (ANALOGUE + "pressure = [60]\n", ["analogue.pressure"]),
        ('title = ""\n', ["title is “”"]),
        ("[levers]\nnato = 50\n", ["title is missing"]),
        ("", ["title is missing"]),
        ('title = "x"\nsources = ["modeler"]\n', ["source “modeler”", "did you mean modeller?"]),
        ('title = "x"\nclaims = ["E99"]\n', ["claim “E99”"]),
        ('title = "x"\ntitle = "y"\n', ["not valid TOML", "line 2"]),
        ("title = \n", ["not valid TOML", "line 1"]),
        ("{}", ["not valid TOML"]),
        pytest.param(f'title = "x"\na = {"[" * 3000}{"]" * 3000}\n', ["not valid TOML"], id="nested 3,000 deep"),
        pytest.param(f'title = "x"\nhorizon = {"1" * 5000}\n', [], id="a number of 5,000 digits"),
        (b'title = "\xff"\n', ["not UTF-8 text"]),
        (b"\x00\x01\x02", ["not valid TOML"]),
        pytest.param(b'title = "x"\n# ' + b"x" * 250_000, ["larger than 200 kB"], id="too large"),
        (ANALOGUE.replace("midpoint", "middle"), ["worldview “middle”"]),
        (ANALOGUE.replace("midpoint", "mid-point"), ["worldview “mid-point”", "did you mean midpoint?"]),
        (ANALOGUE.replace("= 2009", "= 2010"), ["levels_of is 2010", "2009"]),
        (ANALOGUE.replace("levels_of = 2009\n", ""), ["levels_of", "levels"]),
        (ANALOGUE.replace('sender = "A"\n', ""), ["analogue.sender is missing"]),
        (ANALOGUE.replace("levels_of = 2009", "levels = { military = 3 }"), ["levels", "military, diplomatic"]),
        (ANALOGUE + "[analogue.overrides]\ndrift = [0, 1, 2]\n", ["parameter “drift”"]),
        (ANALOGUE + "[analogue.overrides]\ndrift_rat = [0, 1, 2]\n", ["did you mean drift_rate?"]),
        (ANALOGUE + "[analogue.overrides]\ndrift_rate = [2, 1, 0]\n", ["drift_rate", "low to high", "0 to 8"]),
        (ANALOGUE + "[analogue.overrides]\ndrift_rate = [0, 1, 9]\n", ["drift_rate", "0 to 8"]),
        (ANALOGUE + "[analogue.overrides]\ndrift_rate = [0, 1]\n", ["drift_rate"]),
        pytest.param(
            ANALOGUE + '[analogue.overrides]\n"a\\nb" = "x"\n', ["analogue.overrides"], id="a line break in a key"
        ),
    ],
)
def test_a_faulty_file_is_refused_in_a_line_that_names_file_key_and_rule(
    tmp_path: Path, text: str | bytes, fragments: list[str]
) -> None:
    message = refusal(written(tmp_path, text))
    for fragment in ["mine.toml", *fragments]:
        assert fragment in message
    assert len(message.splitlines()) == 1
    assert message.endswith((".", "?"))
    assert "String should" not in message  # raw validation text is for developers


@pytest.mark.parametrize("name", ["levers", "start", "horizon"])
def test_a_refusal_is_about_the_users_file_not_about_the_program(tmp_path: Path, name: str) -> None:
    message = refusal(written(tmp_path, f'title = "x"\n{name} = "?"\n'))
    for jargon in ("pydantic", "Traceback", "validation error", "dict", "Input"):
        assert jargon not in message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.toml").endswith("nowhere.toml does not exist.")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert "folder.toml cannot be read: Is a directory." in refusal(tmp_path / "folder.toml")


def test_a_file_below_a_file_is_refused(tmp_path: Path) -> None:
    below = written(tmp_path, 'title = "x"\n') / "mine.toml"
    assert "cannot be read" in refusal(below)


@pytest.mark.parametrize("name", ["two\nlines.toml", "a\x00b.toml"])
def test_a_file_name_with_control_characters_is_refused_on_one_line(name: str) -> None:
    message = refusal(name)
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "fragments"),
    [
        ("opening-hnad", ["“opening-hnad”", "did you mean opening-hand?"]),
        ("reset", ["“reset”"]),
        ("", ["“”", "status-quo"]),
        ("scenario.json", ["“scenario.json”", ".toml"]),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_or_all_names(name: str, fragments: list[str]) -> None:
    message = refusal(name)
    for fragment in ["There is no scenario named", *fragments]:
        assert fragment in message


# ---- settings


def test_the_settings_are_the_levers_and_the_context() -> None:
    assert set(settings()) == {*EVERY_LEVER, "start", "horizon", "onset", "ramp"}
    assert set(catalog().levers) == set(EVERY_LEVER)


def test_what_is_allowed_is_said_in_words() -> None:
    assert allowed("nato") == "a whole number, 0 to 100"
    assert allowed("start") == "one of 2021, 2024"
    assert allowed("horizon") == "a whole number, 1 to 15"
    assert allowed("pressure_russia") == allowed("pressure_china") == "a whole number, 0 to 200"


def test_several_values_are_set_at_once_or_not_at_all() -> None:
    opening = load_scenario("opening-hand")
    changed = set_values(opening, {"nato": 5, "horizon": 3})
    assert (changed.levers["nato"], changed.horizon) == (5, 3)
    assert changed.levers["g8"] == opening.levers["g8"]
    with pytest.raises(InputError, match="horizon"):
        set_values(opening, {"nato": 5, "horizon": 30})
    assert opening.levers["nato"] == 50


def test_a_scenario_from_plain_data_needs_a_name_and_a_title() -> None:
    with pytest.raises(InputError, match="name is missing"):
        make_scenario({"title": "x"})
    with pytest.raises(InputError, match="title is missing"):
        make_scenario({"name": "x"})


@pytest.mark.parametrize("members", [0, -1, 20_001])
def test_too_few_or_too_many_worlds_are_refused(members: int) -> None:
    with pytest.raises(InputError, match=r"members is .* but it must be a whole number, 1 to 20,000\."):
        run("status-quo", members=members)


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(InputError, match=r"seed is .* but it must be a whole number"):
        run("status-quo", seed=seed)


@pytest.mark.parametrize("structure", ["", "C9", "c1", "C1,", "C1,C1", "base,C1", "ensemble,C2"])
def test_an_unknown_or_repeated_structure_is_refused(structure: str) -> None:
    with pytest.raises(InputError, match="structure names"):
        run("status-quo", members=5, structure=structure)


@pytest.mark.parametrize("worldview", ["oped", "", "op-ed,sceptic"])
def test_an_unknown_worldview_is_refused(worldview: str) -> None:
    with pytest.raises(InputError, match="There is no worldview"):
        run("status-quo", worldview, members=5)


def test_asking_for_no_worldview_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="worldview"):
        run("status-quo", (), members=5)


def test_a_file_of_version_1_is_read_with_todays_names(tmp_path: Path) -> None:
    file = tmp_path / "old.toml"
    file.write_text('title = "Old"\npressure = 160\n[levers]\nukr = 20\n', encoding="utf-8")
    levers = load_scenario(file).levers
    assert (levers["pressure_russia"], levers["pressure_china"], levers["ukraine"]) == (160, 160, 20)


@pytest.mark.parametrize("name", [*presets(), *analogues()])
def test_settings_set_anew_give_what_a_scenario_made_of_them_would_be(name: str) -> None:
    scenario = load_scenario(name)
    again = set_values(scenario, {"nato": 77, "pressure_china": 160, "onset": 1})
    data = scenario.model_dump(exclude_unset=True)
    levers = {**scenario.levers, "nato": 77, "pressure_china": 160}
    made = make_scenario({**data, "levers": levers, "onset": 1})
    assert again == made
    assert list(again.levers.items()) == list(made.levers.items())
    assert again.model_fields_set == made.model_fields_set
    assert (scenario.onset, scenario.levers) == (load_scenario(name).onset, load_scenario(name).levers)

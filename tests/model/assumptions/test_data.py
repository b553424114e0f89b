"""The health of the data files: the specification's numbers, grounds for each, links that lead somewhere, clean prose,
and a refusal in a sentence for every fault."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from model import InputError, analogues, catalog, load_scenario, presets, run
from model.analysis.argument import groundings
from model.analysis.claims import reference_titles, unresolved_references
from model.assumptions.catalog import DATA, SCENARIOS, load_catalog
from model.assumptions.scenario import limits, set_values
from model.assumptions.schema import Grade, dated
from model.assumptions.switches import switches
from model.engine.policy import policy_of
from model.engine.results import OUTCOMES
from model.engine.simulate import simulate
from model.engine.worlds import make_worlds
from tests.model.engine import specification as spec
from tests.model.engine.by_hand import exactly, lever_values

# ---- the specification's numbers


def rows(
    table: Mapping[str, Sequence[float]], names: Mapping[str, str], columns: Sequence[str]
) -> dict[str, dict[str, float]]:
    """A table of the specification in the package's names."""
    return {names[row]: dict(zip(columns, values, strict=True)) for row, values in table.items()}


LEVER_COLUMNS = [spec.LEVERS[lever] for lever in spec.INDUCEMENTS]
MECHANISM_COLUMNS = list(spec.MECHANISMS.values())
SAME = {name: name for name in (*spec.DOMAINS, *spec.WORLDVIEWS)}


def test_the_levers_are_the_specifications() -> None:
    assert set(catalog().levers) == set(spec.LEVERS.values())
    assert list(catalog().inducements) == LEVER_COLUMNS
    assert len(catalog().levers) == 10


def test_a_lever_has_the_specifications_neutral_value_and_ends() -> None:
    """Nothing is done at 0, and at 100 of the two pressures, which run to twice that of the start."""
    for name, key in spec.LEVERS.items():
        lever = catalog().levers[key]
        assert (lever.low, lever.neutral, lever.high) == (0, 100 * spec.NEUTRAL[name], 100 * spec.HIGHEST[name]), key
        assert [position.at for position in lever.positions] == [lever.high * k // 4 for k in range(5)], key


def test_the_pressures_are_a_group_of_their_own_and_come_last() -> None:
    assert [key for key, lever in catalog().levers.items() if lever.group == "competition"] == [
        "pressure_russia",
        "pressure_china",
    ]
    assert list(catalog().levers)[-2:] == ["pressure_russia", "pressure_china"]


def test_the_supply_table_is_the_specifications() -> None:
    assert catalog().structure.tables.mechanism_supply.values == rows(spec.SUPPLY, spec.MECHANISMS, LEVER_COLUMNS)


def test_the_response_table_is_the_specifications() -> None:
    assert catalog().structure.tables.domain_response.values == rows(spec.RESPONSE, SAME, MECHANISM_COLUMNS)


@pytest.mark.parametrize(
    ("vector", "names", "values"),
    [
        ("domain_weight", spec.DOMAINS, spec.DOMAIN_WEIGHT),
        ("binding_speed", spec.DOMAINS, spec.BINDING_SPEED),
        ("concreteness", LEVER_COLUMNS, spec.CONCRETENESS),
        ("visibility", LEVER_COLUMNS, spec.VISIBILITY),
        ("slight", LEVER_COLUMNS, spec.SLIGHT),
        ("values_cost", LEVER_COLUMNS, spec.VALUES_COST),
        ("ally_exposure", list(spec.ALLY_EXPOSURE), spec.ALLY_EXPOSURE.values()),
        ("ally_weight", list(spec.ALLY_WEIGHT), spec.ALLY_WEIGHT.values()),
    ],
)
def test_a_fixed_vector_is_the_specifications(vector: str, names: list[str], values: tuple[float, ...]) -> None:
    assert getattr(catalog().structure.vectors, vector).values == dict(zip(names, values, strict=True))


@pytest.mark.parametrize("vector", ["domain_weight", "concreteness", "slight", "values_cost", "ally_weight"])
def test_weights_and_shares_sum_to_1(vector: str) -> None:
    assert sum(getattr(catalog().structure.vectors, vector).values.values()) == pytest.approx(1)


def test_the_levels_are_the_specifications_in_every_year() -> None:
    for place, (domain, levels) in enumerate(catalog().levels.items()):
        assert levels.values == {str(year): table[place] for year, table in spec.LEVELS.items()}, domain
    assert tuple(catalog().levels) == tuple(catalog().structure.domains) == spec.DOMAINS
    assert catalog().start_years == (2021, 2024)


def test_two_domains_are_measured_and_four_are_coded_with_an_error_of_8_points() -> None:
    for domain, levels in catalog().levels.items():
        measured = domain in spec.MEASURED_DOMAINS
        assert levels.basis == ((Grade.DATA,) if measured else (Grade.JUDGEMENT,)), domain
        assert levels.error == 8 or measured, domain


@pytest.mark.parametrize("worldview", spec.WORLDVIEWS)
def test_a_worldviews_vectors_are_the_specifications(worldview: str) -> None:
    view = catalog().worldviews[worldview]
    for vector, columns, table in (
        (view.salience, MECHANISM_COLUMNS, spec.SALIENCE),
        (view.drift_profile, list(spec.DOMAINS), spec.DRIFT_PROFILE),
        (view.relative_deliverability, LEVER_COLUMNS, spec.RELATIVE_DELIVERABILITY),
    ):
        assert vector.values == dict(zip(columns, table[worldview], strict=True))
    assert sum(view.salience.values.values()) == pytest.approx(1)


def test_there_are_26_parameters_and_four_worldviews() -> None:
    assert list(catalog().parameters) == [row.name for row in spec.PARAMETERS.values()]
    assert len(catalog().parameters) == 26
    assert set(catalog().worldviews) == set(spec.WORLDVIEWS)


@pytest.mark.parametrize("symbol", list(spec.PARAMETERS))
def test_a_parameters_ranges_are_the_specifications(symbol: str) -> None:
    row = spec.PARAMETERS[symbol]
    assert catalog().parameters[row.name].admissible == row.admissible
    assert catalog().parameters[row.name].kind == spec.KIND[symbol]
    assert catalog().parameters[row.name].kind_why
    for worldview in spec.WORLDVIEWS:
        parameter = catalog().worldviews[worldview].parameters[row.name]
        assert (parameter.low, parameter.central, parameter.high) == row.band(worldview), worldview


def test_the_fixed_numbers_are_the_specifications() -> None:
    assert {key: constant.value for key, constant in catalog().constants.items()} == spec.CONSTANTS


def test_the_presets_are_the_specifications() -> None:
    assert list(presets()) == list(spec.PRESETS)
    assert len(presets()) == 12
    for name, scenario in presets().items():
        assert list(lever_values(scenario).values()) == pytest.approx(list(spec.PRESETS[name])), name
        context = (scenario.start, scenario.horizon, scenario.onset, scenario.ramp)
        assert context == (2021, 10, 0, 2), name


@pytest.mark.parametrize("name", list(spec.ANALOGUES))
def test_an_analogue_is_the_specifications(name: str) -> None:
    scenario, wanted = analogues()[name], spec.ANALOGUES[name]
    assert scenario.analogue is not None
    assert scenario.analogue.worldview == wanted.worldview
    assert scenario.horizon == wanted.years
    assert policy_of(scenario, catalog()).levels == wanted.levels
    era = policy_of(scenario, catalog()).era
    assert (era[0], era[-1]) == pytest.approx(wanted.pressure)
    assert np.diff(era) == pytest.approx([(era[-1] - era[0]) / (wanted.years - 1)] * (wanted.years - 1))
    assert lever_values(scenario) == pytest.approx(spec.NEUTRAL | wanted.levers)
    overrides = {spec.PARAMETERS[symbol].name: band for symbol, band in wanted.overrides.items()}
    assert scenario.analogue.overrides == overrides


def test_the_analogues_are_the_specifications() -> None:
    assert set(analogues()) == set(spec.ANALOGUES)


# ---- grounds: every number says what it rests on


def test_every_parameter_of_every_worldview_has_basis_sources_and_a_note() -> None:
    for worldview, view in catalog().worldviews.items():
        for name, parameter in view.parameters.items():
            where = f"{worldview}: {name}"
            assert parameter.basis, where
            assert parameter.sources, where
            assert parameter.note, where
            if parameter.basis == (Grade.JUDGEMENT,):
                assert "modeller" in parameter.sources, where
            if Grade.TEXT in parameter.basis:
                assert "essay" in parameter.sources, where


def test_what_rests_on_the_essay_names_the_claim_unless_the_essay_is_silent() -> None:
    bare = [
        f"{worldview}: {name}"
        for worldview, view in catalog().worldviews.items()
        for name, parameter in view.parameters.items()
        if Grade.TEXT in parameter.basis and not parameter.claims and not re.search("silent|Absent", parameter.note)
    ]
    assert bare == []


# ---- every lever and every parameter matters


@pytest.mark.parametrize("lever", list(spec.LEVERS.values()))
def test_every_lever_changes_at_least_one_outcome(lever: str) -> None:
    opening = load_scenario("opening-hand")
    low, high = (run(set_values(opening, {lever: value}), "midpoint", members=200) for value in limits(lever))
    moved = [name for name in OUTCOMES if not np.allclose(low.outcome(name), high.outcome(name), atol=0.01)]
    assert "baseline" not in moved
    assert moved


@pytest.mark.parametrize("name", [row.name for row in spec.PARAMETERS.values()])
def test_every_parameter_changes_what_the_model_says(name: str) -> None:
    row = next(row for row in spec.PARAMETERS.values() if row.name == name)
    asked = policy_of(set_values(load_scenario("opening-hand"), {"clarity": 50}), catalog())
    said = []
    for value in row.admissible:
        worlds = make_worlds(catalog(), ("midpoint",), 100, 7, switches("base", catalog()), 10, exactly({name: value}))
        said.append(simulate(worlds, asked))
    series = ("composite", "doubt", "nato_cohesion", "us_effort", "china_effort", "values_cost", "two_front")
    moved = [kind for kind in series if not np.allclose(getattr(said[0], kind), getattr(said[1], kind), atol=0.01)]
    assert moved


# ---- claims, sources and references


def test_all_217_claims_are_there_each_of_its_kind() -> None:
    wanted = {f"{letter}{n:02d}": kind for letter, (count, kind) in spec.CLAIMS.items() for n in range(1, count + 1)}
    assert len(wanted) == 217
    assert {key: claim.kind for key, claim in catalog().claims.items()} == wanted


def test_every_reference_of_a_claim_resolves() -> None:
    assert unresolved_references() == []
    titles = reference_titles()
    assert all(titles.values())
    answered = [reference for claim in catalog().claims.values() for reference in claim.answered_by]
    assert len(answered) > 300
    assert set(answered) <= set(titles)


def test_a_reference_that_leads_nowhere_is_reported(tmp_path: Path) -> None:
    data = copied(tmp_path)
    edit(data / "claims.toml", '"parameter:drift_rate"', '"parameter:drift_speed"')
    assert "E01: parameter:drift_speed" in unresolved_references(load_catalog(data))


def test_the_claims_set_aside_by_the_specification_are_outside_and_say_why() -> None:
    for key in spec.CLAIMS_OUTSIDE:
        claim = catalog().claims[key]
        assert claim.status == "outside", key
        assert claim.why, key


def test_every_lever_is_answered_for_by_claims_and_sources_that_exist() -> None:
    for key, lever in catalog().levers.items():
        assert set(lever.claims) <= set(catalog().claims), key
        assert set(lever.sources) <= set(catalog().sources), key


def test_every_scenario_names_sources_and_claims_that_exist() -> None:
    for name, scenario in {**presets(), **analogues()}.items():
        assert scenario.sources, name
        assert set(scenario.sources) <= set(catalog().sources), name
        assert set(scenario.claims) <= set(catalog().claims), name


def test_every_claim_and_source_named_anywhere_in_the_files_exists() -> None:
    """Read from the files themselves, so that no kind of record is forgotten."""
    for file, path, value in strings():
        if "sources" in path and file.name != "sources.toml":
            assert value in catalog().sources, (file.name, path)
        if "claims" in path:
            assert value in catalog().claims, (file.name, path)


def test_addresses_of_sources_are_complete() -> None:
    for key, source in catalog().sources.items():
        if source.url is not None:
            assert re.fullmatch(r"https?://[^\s/]+\.[^\s/]+\S*", source.url), key
        if source.seen == "memory":
            assert source.date_accessed is None, key


# ---- prose

SENTENCES = {
    "citation_full",
    "critics",
    "description",
    "does",
    "essay",
    "how_fast",
    "how_undone",
    "kind_why",
    "leans",
    "meaning",
    "note",
    "summary",
    "text",
    "watch",
    "who",
    "why",
    "why_it_may_not_fit",
    "words",
}


def strings() -> Iterator[tuple[Path, tuple[str, ...], str]]:
    """Every string in every data file and scenario: file, keys, text."""

    def inside(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        if isinstance(value, dict):
            for key, part in value.items():
                yield from inside(part, (*path, key))
        elif isinstance(value, list):
            for part in value:
                yield from inside(part, path)
        elif isinstance(value, str):
            yield path, value

    for file in [*sorted(DATA.rglob("*.toml")), *sorted(SCENARIOS.rglob("*.toml"))]:
        for path, text in inside(tomllib.loads(file.read_text(encoding="utf-8")), ()):
            yield file, path, text


def faulty(pattern: str, keys: set[str] | None = None) -> list[str]:
    """Where a pattern is found in the texts of the data files, or in those of some keys."""
    return [
        f"{file.name} {'.'.join(path)}: {text[:60]}"
        for file, path, text in strings()
        if (keys is None or path[-1] in keys) and re.search(pattern, text)
    ]


def test_all_texts_are_read() -> None:
    """Guards the prose checks: they see every file and every key that holds sentences."""
    seen = list(strings())
    assert {file.name for file, _, _ in seen} >= {"levers.toml", "op-ed.toml", "opening-hand.toml", "reset-2009.toml"}
    assert {path[-1] for _, path, _ in seen} >= SENTENCES
    assert len(seen) > 2000


def test_no_text_is_empty() -> None:
    assert faulty(r"^\s*$") == []


def test_no_text_has_double_spaces_line_breaks_or_loose_ends() -> None:
    assert faulty(r"  |[\n\t]|^\s|\s$") == []


def test_no_text_has_an_em_dash() -> None:
    assert faulty("\N{EM DASH}") == []


def test_no_text_has_a_space_before_a_comma_or_full_stop() -> None:
    assert faulty(r"\w [,;:](\s|$)|\w \.(\s|$)") == []


def test_every_sentence_ends_with_a_full_stop() -> None:
    assert faulty(r"[^.]$", SENTENCES) == []


def test_every_sentence_starts_with_a_capital_a_digit_or_a_bracket() -> None:
    assert faulty(r"^[a-z]", SENTENCES - {"note", "why", "meaning", "citation_full"}) == []


# ---- broken data


def copied(tmp_path: Path) -> Path:
    """A copy of the data files that a test may break."""
    target = tmp_path / "data"
    shutil.copytree(DATA, target, ignore=lambda _, names: [n for n in names if n.endswith((".py", "__pycache__"))])
    return target


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first place where a text stands."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} no longer has {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_parameter(file: Path, parameter: str, pattern: str, new: str) -> None:
    """Replace a line of one parameter's record."""
    text = file.read_text(encoding="utf-8")
    head, table, tail = text.partition(f"[parameters.{parameter}]\n")
    assert table
    record, end, rest = tail.partition("\n\n")
    changed = re.sub(rf"(?m)^{pattern}\n?", new, record, count=1)
    assert changed != record
    file.write_text(head + table + changed + end + rest, encoding="utf-8")


def refusal(data: Path) -> str:
    with pytest.raises(InputError) as refused:
        load_catalog(data)
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    return message


def test_an_untouched_copy_loads(tmp_path: Path) -> None:
    """Guards the tests below: it is the fault that is refused, not the copy."""
    assert load_catalog(copied(tmp_path)).parameters == catalog().parameters


@pytest.mark.parametrize(
    ("parameter", "pattern", "new", "fragments"),
    [
        ("drift_rate", "low = .*", 'low = 2.4\ncolour = "red"\n', ["parameters.drift_rate.colour", "not known"]),
        ("drift_rate", "basis = .*", 'bassis = ["J"]\n', ["basis"]),
        ("drift_rate", "basis = .*", "", ["parameters.drift_rate.basis is missing"]),
        ("drift_rate", "sources = .*", "", ["parameters.drift_rate.sources is missing"]),
        ("drift_rate", "note = .*", "", ["parameters.drift_rate.note is missing"]),
        ("drift_rate", "basis = .*", 'basis = ["X"]\n', ["parameters.drift_rate.basis", "“X”", "'T'", "'J'"]),
        ("drift_rate", "basis = .*", "basis = []\n", ["parameters.drift_rate.basis", "at least 1"]),
        ("drift_rate", "sources = .*", "sources = []\n", ["parameters.drift_rate.sources", "at least 1"]),
        (
            "drift_rate",
            "sources = .*",
            'sources = ["modeler"]\n',
            ["parameters.drift_rate", "“modeler”", "did you mean modeller?"],
        ),
        ("drift_rate", "claims = .*", 'claims = ["E99"]\n', ["parameters.drift_rate", "claim “E99”"]),
        ("drift_rate", "high = .*", "high = 8.5\n", ["parameters.drift_rate.high", "8.5", "0 to 8"]),
        ("reversal_hazard", "low = .*", "low = -0.1\n", ["parameters.reversal_hazard.low", "-0.1", "0 to 0.6"]),
        ("drift_rate", "low = .*", "low = 4\n", ["parameters.drift_rate", "low, central and high", "order"]),
        ("drift_rate", "low = .*", "low = true\n", ["parameters.drift_rate.low", "True", "number"]),
        ("drift_rate", "low = .*", 'low = "2.4"\n', ["parameters.drift_rate.low", "2.4", "number"]),
        ("drift_rate", "high = .*", "high = inf\n", ["parameters.drift_rate.high", "inf", "finite"]),
        ("drift_rate", "low = .*", "low = nan\n", ["parameters.drift_rate.low", "nan", "finite"]),
    ],
)
def test_a_faulty_parameter_is_refused_by_file_key_and_rule(
    tmp_path: Path, parameter: str, pattern: str, new: str, fragments: list[str]
) -> None:
    data = copied(tmp_path)
    edit_parameter(data / "worldviews" / "op-ed.toml", parameter, pattern, new)
    message = refusal(data)
    for fragment in ["op-ed.toml", *fragments]:
        assert fragment in message


@pytest.mark.parametrize(
    ("file", "old", "new", "fragments"),
    [
        (
            "worldviews/sceptic.toml",
            "[parameters.latent_friction]",
            "[parameters.latent_frictoin]",
            ["“latent_frictoin”", "did you mean latent_friction?"],
        ),
        ("worldviews/sceptic.toml", "threat = 0.25", "thread = 0.25", ["“thread”", "did you mean threat?"]),
        ("worldviews/sceptic.toml", "military = 1,", "", ["drift_profile", "lacks military"]),
        ("worldviews/sceptic.toml", 'short = "', 'shrt = "', ["short"]),
        ("worldviews/sceptic.toml", '"#cf5c00"', '"orange"', ["colour", "“orange”", "#"]),
        ("worldviews/sceptic.toml", '"triangle-up"', '"triangle"', ["marker", "“triangle”", "'triangle-up'"]),
        ("worldviews/sceptic.toml", '"triangle-up"', '"circle"', ["marker", "“circle”", "op-ed.toml"]),
        ("worldviews/sceptic.toml", '"#cf5c00"', '"#1f78b8"', ["colour", "“#1f78b8”", "op-ed.toml"]),
        ("parameters.toml", "[drift_rate]\n", '[drift_rate]\ncolour = "red"\n', ["drift_rate", "“colour”"]),
        ("parameters.toml", "equation = 7", "equation = 11", ["equation", "11", "less than or equal to 10"]),
        ("parameters.toml", "[drift_rate]\n", "[drift_rate\n", ["not valid TOML", "line"]),
        ("constants.toml", "[doubt_start]", "[doubt_strat]", ["“doubt_strat”", "did you mean doubt_start?"]),
        ("constants.toml", "value = 15", 'value = "15"', ["doubt_start", "value", "number"]),
        ("constants.toml", 'symbol = "U₀"\n', "", ["doubt_start", "symbol is missing"]),
        ("levels.toml", "2021 = 58", "2021 = 580", ["military", "values.2021", "580", "100"]),
        ("levels.toml", "2021 = 58, ", "", ["military", "no level for 2021"]),
        ("levels.toml", "[military]", "[militray]", ["“militray”", "did you mean military?"]),
        ("levels.toml", "start_years = [2021, 2024]", 'start_years = ["soon"]', ["start_years", "soon"]),
        ("levels.toml", "start_years = [2021, 2024]", "", ["start_years"]),
        ("structure.toml", "nato = 0.5, caatsa", "nato = 0.6, caatsa", ["mechanism_supply", "threat", "sum to 1"]),
        ("structure.toml", "east = 1.6", "eats = 1.6", ["ally_exposure", "“eats”", "did you mean east?"]),
        ("levers.toml", "at = 25\n", "at = 30\n", ["nato", "five positions", "75"]),
        ("levers.toml", 'group = "offers"', 'group = "gifts"', ["nato", "group", "gifts", "'offers'"]),
        ("levers.toml", "high = 100\n", "high = 99\n", ["nato", "high", "99", "multiple of 4"]),
        ("levers.toml", "high = 100\n", "high = 200\n", ["nato", "five positions", "0, 50, 100, 150, 200"]),
        ("levers.toml", "neutral = 0\n", "neutral = 101\n", ["nato", "neutral lies from 0 to 100"]),
        ("levers.toml", "neutral = 0\n", "", ["nato", "neutral is missing"]),
        ("parameters.toml", "kind = 1\n", "kind = 2\n", ["symbolic_potency", "kind", "“2”", "-1, 0 or 1"]),
        ("parameters.toml", "kind_why = ", "kind_wy = ", ["symbolic_potency", "kind_why is missing"]),
        ("worldviews/lock-in.toml", "describes_from = 2022", "describes_from = true", ["describes_from", "True"]),
        ("levers.toml", '"graham-doris-2022"', '"graham-doris-2023"', ["nato", "did you mean graham-doris-2022?"]),
        ("claims.toml", 'status = "partly"', 'status = "mostly"', ["E02", "status", "mostly", "'partly'"]),
        ("claims.toml", 'place = "P1.S1"', 'place = "somewhere"', ["E01", "place", "somewhere"]),
        ("sources.toml", 'seen = "abstract"', 'seen = "twice"', ["seen", "twice", "'abstract'"]),
    ],
)
def test_a_faulty_file_is_refused_by_file_key_and_rule(
    tmp_path: Path, file: str, old: str, new: str, fragments: list[str]
) -> None:
    data = copied(tmp_path)
    edit(data / file, old, new)
    message = refusal(data)
    for fragment in [Path(file).name, *fragments]:
        assert fragment in message


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    data = copied(tmp_path)
    (data / "claims.toml").unlink()
    assert refusal(data) == "model/data/claims.toml does not exist."


def test_a_file_that_is_not_utf_8_is_refused_by_name(tmp_path: Path) -> None:
    data = copied(tmp_path)
    (data / "levels.toml").write_bytes("# 40 £\n".encode("latin-1"))
    assert refusal(data) == "model/data/levels.toml is not UTF-8 text."


def test_the_catalog_cannot_be_changed_by_accident() -> None:
    with pytest.raises((AttributeError, ValueError)):
        catalog().worldviews["op-ed"].parameters["drift_rate"].low = 0  # type: ignore[misc]
    with pytest.raises(AttributeError):
        catalog().parameters = {}  # type: ignore[misc]


def test_every_number_and_claim_says_when_it_was_last_held_against_its_sources() -> None:
    known = catalog()
    numbers = [record.reviewed for view in known.worldviews for record in groundings(view, known).values()]
    numbers += [record.reviewed for record in known.levels.values()]
    for reviewed in (*numbers, *(claim.reviewed for claim in known.claims.values())):
        assert reviewed is not None
        assert date(2026, 11, 1) <= reviewed <= datetime.now(UTC).date()


def test_a_record_with_a_date_of_its_own_keeps_it_and_the_others_have_that_of_the_file() -> None:
    own, of_file = date(2026, 12, 24), date(2026, 11, 24)
    data = {
        "reviewed": of_file,
        "parameters": {"drift_rate": {"basis": ["J"], "reviewed": own}, "lean": {"basis": ["J"]}},
        "salience": {"basis": ["T"], "values": {"status": 0.2}},
        "E01": {"words": "…"},
        "title": "A title",
    }
    assert dated(data) == {
        "reviewed": of_file,
        "parameters": {
            "drift_rate": {"basis": ["J"], "reviewed": own},
            "lean": {"basis": ["J"], "reviewed": of_file},
        },
        "salience": {"basis": ["T"], "values": {"status": 0.2}, "reviewed": of_file},
        "E01": {"words": "…", "reviewed": of_file},
        "title": "A title",
    }


def test_data_without_a_date_stay_as_they_are() -> None:
    assert dated({"parameters": {"lean": {"basis": ["J"]}}}) == {"parameters": {"lean": {"basis": ["J"]}}}
    assert dated("text") == "text"

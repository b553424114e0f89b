"""Assumptions are a value: handed on, copied with changes, and told apart by every cache."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import model
from model import InputError, Result, catalog, load_scenario, run
from model.analysis.argument import picture
from model.analysis.cautions import cautions
from model.analysis.credit import credits_of
from model.analysis.dose import dose_curve
from model.assumptions.catalog import DATA, Assumptions, load_catalog
from model.engine.simulate import Trajectory
from model.engine.worlds import jittered, surprises
from model.versions import assumption_set

FOLDER = Path(model.__file__).parent
BINDING = (0.2, 0.3, 0.5)
MEMBERS = 60


def binding_edited() -> Assumptions:
    return catalog().edited("op-ed", binding_share=BINDING)


def constant_edited(**values: float) -> Assumptions:
    known = catalog()
    changed = {key: known.constants[key].model_copy(update={"value": value}) for key, value in values.items()}
    return replace(known, constants={**known.constants, **changed})


def supply_edited() -> Assumptions:
    """What NATO talks and military contacts give of relief from threat changes places."""
    known = catalog()
    table = known.structure.tables.mechanism_supply
    row = table.values["threat"]
    swapped = row | {"nato": row["mil"], "mil": row["nato"]}
    edited = table.model_copy(update={"values": table.values | {"threat": swapped}})
    tables = known.structure.tables.model_copy(update={"mechanism_supply": edited})
    return replace(known, structure=known.structure.model_copy(update={"tables": tables}))


EDITS: dict[str, Callable[[], Assumptions]] = {
    "a range": binding_edited,
    "a constant of the draws": lambda: constant_edited(jitter_concentration=12),
    "a constant of the shocks": lambda: constant_edited(shock_common=0.1),
    "a constant of the equations": lambda: constant_edited(doubt_speed=0.9),
    "a shared table": supply_edited,
}


def bits(trajectory: Trajectory) -> bytes:
    return np.ascontiguousarray(trajectory.composite).tobytes() + trajectory.doubt.tobytes()


def both(result: Result) -> tuple[bytes, bytes]:
    return bits(result.run), bits(result.no_lever)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_two_sets_of_assumptions_in_one_process_give_independent_results_in_any_order(
    edit: Callable[[], Assumptions],
) -> None:
    def asked(assumptions: Assumptions) -> tuple[bytes, bytes]:
        return both(run("grand-bargain", members=MEMBERS, seed=31, assumptions=assumptions))

    own, other = asked(catalog()), asked(edit())
    assert own != other
    assert (asked(edit()), asked(catalog())) == (other, own)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_is_remembered_is_told_apart_by_the_assumptions(edit: Callable[[], Assumptions]) -> None:
    first = both(run("grand-bargain", members=MEMBERS, seed=32, assumptions=edit()))
    jittered.cache_clear()
    surprises.cache_clear()
    model.engine.results.worlds_of.cache_clear()
    model.engine.results.no_lever_run.cache_clear()
    run("grand-bargain", members=MEMBERS, seed=32)  # fills every cache with the project's own
    assert both(run("grand-bargain", members=MEMBERS, seed=32, assumptions=edit())) == first


def test_an_edited_worldview_equals_the_same_edit_in_a_data_file(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "worldviews" / "op-ed.toml"
    table, rest = file.read_text(encoding="utf-8").split("[parameters.binding_share]\n", 1)
    numbers, rest = rest.split("\nbasis", 1)
    assert sorted(line.split(" = ")[0] for line in numbers.splitlines()) == ["central", "high", "low"]
    edited = "low = 0.2\ncentral = 0.3\nhigh = 0.5"
    file.write_text(f"{table}[parameters.binding_share]\n{edited}\nbasis{rest}", encoding="utf-8")
    from_file = load_catalog(tmp_path / "data")
    assert from_file == binding_edited() != catalog()
    results = [run("opening-hand", members=MEMBERS, assumptions=known) for known in (from_file, binding_edited())]
    assert results[0].to_dict() == results[1].to_dict()
    assert results[0].to_dict() != run("opening-hand", members=MEMBERS).to_dict()


def test_an_edit_changes_its_own_worldview_only() -> None:
    own, other = (run("opening-hand", members=MEMBERS, assumptions=known) for known in (catalog(), binding_edited()))
    moved = {
        view
        for w, view in enumerate(own.worldviews)
        if own.run.composite[:, w].tobytes() != other.run.composite[:, w].tobytes()
    }
    assert moved == {"op-ed"}


def test_an_edit_leaves_the_value_that_it_starts_from_as_it_was() -> None:
    before = catalog().digest
    binding_edited()
    assert catalog().digest == before
    assert catalog().worldviews["op-ed"].parameters["binding_share"].central != BINDING[1]


@pytest.mark.parametrize(
    ("worldview", "ranges", "said"),
    [
        ("oped", {"binding_share": BINDING}, "There is no worldview “oped”; did you mean op-ed?"),
        ("op-ed", {"binding_shar": BINDING}, "There is no parameter “binding_shar”; did you mean binding_share?"),
        ("op-ed", {"binding_share": (0.5, 0.3, 0.2)}, "must be in this order"),
        ("op-ed", {"binding_share": (0.2, 0.3, 1.5)}, "binding_share.high is 1.5"),
        ("op-ed", {"binding_share": (0.2, float("nan"), 0.5)}, "finite"),
    ],
)
def test_an_edit_that_breaks_a_rule_is_refused_in_a_sentence(
    worldview: str, ranges: dict[str, tuple[float, float, float]], said: str
) -> None:
    with pytest.raises(InputError, match="(?i)" + said.replace("?", r"\?")):
        catalog().edited(worldview, **ranges)


def test_the_digest_begins_with_the_name_of_the_assumption_set() -> None:
    assert catalog().digest[:8] == assumption_set()
    assert len({edit().digest for edit in EDITS.values()} | {catalog().digest}) == len(EDITS) + 1


def test_words_are_no_part_of_the_digest_and_are_those_of_the_set_that_was_asked() -> None:
    known = catalog()
    renamed = known.worldviews["op-ed"].model_copy(update={"title": "Another title"})
    levers = {key: lever.model_copy(update={"name": f"{lever.name}!"}) for key, lever in known.levers.items()}
    worded = replace(known, worldviews={**known.worldviews, "op-ed": renamed}, levers=levers)
    assert worded == known
    results = [run("opening-hand", "op-ed", members=MEMBERS, assumptions=each) for each in (known, worded)]
    titles = [{node.title for node in picture(result, "op-ed").nodes} for result in results]
    assert known.levers["nato"].name in titles[0] - titles[1]
    assert f"{known.levers['nato'].name}!" in titles[1] - titles[0]


def test_credit_dose_argument_and_cautions_follow_the_assumptions_that_are_given() -> None:
    scenario, edited = load_scenario("opening-hand"), binding_edited()
    own, other = (credits_of(scenario, "op-ed", members=20, assumptions=each)[0].shift for each in (catalog(), edited))
    assert (
        own
        != other
        == pytest.approx(float(run(scenario, "op-ed", members=20, assumptions=edited).shift[-1].mean()), abs=1e-4)
    )
    curves = [dose_curve(scenario, None, "op-ed", steps=2, members=20, assumptions=each) for each in (None, edited)]
    assert not np.array_equal(curves[0].shift, curves[1].shift)
    drawn = [picture(run(scenario, "op-ed", members=20, assumptions=each), "op-ed") for each in (None, edited)]
    assert drawn[0].edge("binding>military").points != drawn[1].edge("binding>military").points
    strict = load_scenario("preconditions-first")
    raised = [
        {caution.key for caution in cautions(strict, assumptions=known)}
        for known in (None, constant_edited(precondition_acceptance=1))
    ]
    assert "offers_held_back" in raised[0] - raised[1]


@pytest.mark.parametrize("path", sorted((FOLDER / "engine").glob("*.py")) + sorted((FOLDER / "analysis").glob("*.py")))
def test_nothing_that_computes_reads_the_projects_own_assumptions(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    assert {"catalog", "load_catalog"}.isdisjoint(named | attributes | imported)

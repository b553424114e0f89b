"""A reader's own worldview as changes of one of ours: what can be changed, what it makes, and what is refused."""

from __future__ import annotations

import json
import tomllib
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import InputError, Result, catalog, load_worldview, run
from model.__main__ import main
from model.assumptions.catalog import EDITED, check_worldview
from model.assumptions.edits import (
    SALIENCE,
    TABLES,
    Editable,
    Edits,
    copied_values,
    editable,
    edits,
    edits_of,
    identities,
    read_change,
    shares_of,
    values_of,
    worldview_of,
    worldview_toml,
)
from model.assumptions.schema import Worldview
from model.engine.results import BY_YEAR

OURS = tuple(catalog().worldviews)
MEMBERS = 60
CHANGED = edits("op-ed", {"binding_share": (0.4, 0.6, 0.8), "salience.threat": (0.2,), "drift_profile.space": (2,)})


def bits(result: Result, worldview: str) -> bytes:
    w = result.worldviews.index(worldview)
    return b"".join(np.ascontiguousarray(result.outcome_by_year(name)[:, w]).tobytes() for name in BY_YEAR)


def inside(one: Editable, value: float) -> float:
    return min(max(round(value, 4), one.low), one.high)


@st.composite
def changes(draw: st.DrawFn) -> Edits:
    found: dict[str, tuple[float, ...]] = {}
    for name in draw(st.sets(st.sampled_from(list(editable())), max_size=8)):
        one = editable()[name]
        value = st.floats(one.low, one.high, allow_nan=False).map(partial(inside, one))
        found[name] = tuple(sorted(draw(st.lists(value, min_size=one.count, max_size=one.count))))
    copied = draw(st.sampled_from(OURS))
    weights = {key: found.get(f"{SALIENCE}.{key}", (1.0,))[0] for key in catalog().structure.mechanisms}
    if not any(weights.values()):
        del found[f"{SALIENCE}.threat"]
    return edits(copied, found)


def test_everything_that_tells_one_worldview_from_another_can_be_changed() -> None:
    view = next(iter(catalog().worldviews.values()))
    weights = {f"{table}.{key}" for table in TABLES for key in getattr(view, table).values}
    assert set(editable()) == weights | set(catalog().parameters)
    assert {*Worldview.model_fields} - {*type(identities()[EDITED]).model_fields} == {*TABLES, "parameters", "reviewed"}


@pytest.mark.parametrize("name", OURS)
def test_a_copy_without_changes_gives_the_results_of_what_was_copied(name: str) -> None:
    plain, beside = (
        run("opening-hand", members=MEMBERS),
        run("opening-hand", members=MEMBERS, worldview=worldview_of(Edits(name))),
    )
    assert bits(beside, EDITED) == bits(plain, name)
    assert {ours: bits(beside, ours) == bits(plain, ours) for ours in OURS} == dict.fromkeys(OURS, True)


@given(changes())
def test_what_changes_make_is_a_worldview_that_is_admissible_and_says_what_a_reader_set(own: Edits) -> None:
    view = worldview_of(own)
    check_worldview(view, "it", catalog())
    for name, values in own.changes:
        table, _, key = name.partition(".")
        if table != SALIENCE:
            assert values_of(view, name) == values
        record = getattr(view, table) if key else view.parameters[name]
        assert record.note.startswith("Set by a reader;")
        assert record.basis == ("J",)
    changed = {name for name, _ in own.changes}
    for name, parameter in catalog().worldviews[own.copied].parameters.items():
        assert (view.parameters[name] == parameter) == (name not in changed)


@given(changes())
def test_a_file_gives_the_same_worldview_again_to_the_last_bit(own: Edits) -> None:
    view = worldview_of(own)
    read = Worldview.model_validate(tomllib.loads(worldview_toml(own)))
    assert read == view
    again = worldview_of(edits_of(read))
    assert {name: values_of(again, name) for name in editable()} == {name: values_of(view, name) for name in editable()}


@given(changes())
def test_weights_of_needs_are_scaled_to_one_and_keep_their_order(own: Edits) -> None:
    shares = shares_of(own)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)
    set_ = {key: own.values(f"{SALIENCE}.{key}")[0] for key in shares}
    for one in shares:
        for other in shares:
            if set_[one] > set_[other]:
                assert shares[one] >= shares[other]


def test_weights_that_sum_to_one_stand_as_they_are_set() -> None:
    own = edits("op-ed", {"salience.threat": (0.3,), "salience.economy": (0.4,)})
    assert shares_of(own) == {"threat": 0.3, "economy": 0.4, "status": 0.2, "contact": 0.1}


def test_a_change_that_changes_nothing_is_none_and_one_can_be_taken_back() -> None:
    assert edits("op-ed", {"binding_share": copied_values("op-ed", "binding_share")}) == Edits("op-ed")
    assert CHANGED.without("salience.threat").without("binding_share").without("drift_profile.space") == Edits("op-ed")
    assert CHANGED.changed("binding_share", copied_values("op-ed", "binding_share")) == CHANGED.without("binding_share")
    assert [name for name, _ in CHANGED.changes] == ["salience.threat", "drift_profile.space", "binding_share"]


def test_a_file_is_a_copy_of_that_of_ours_from_which_least_differs() -> None:
    assert edits_of(catalog().worldviews["sceptic"]) == Edits("sceptic")
    own = edits("lock-in", {"drift_rate": (0, 1, 2)})
    assert edits_of(worldview_of(own)) == own


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("bindingshare", (0.1, 0.2, 0.3), "A worldview has no number “bindingshare”; did you mean binding_share?"),
        ("binding_share", (0.1, 0.2), "binding_share is given 2 values, but it takes low, central and high."),
        ("salience.threat", (0.1, 0.2, 0.3), "salience.threat is given 3 values, but it takes one value."),
        ("binding_share", (0.1, 0.2, 1.3), "binding_share is 1.3, but the admissible range is 0 to 1."),
        ("binding_share", (0.1, float("nan"), 0.3), "binding_share is nan, but the admissible range is 0 to 1."),
        ("binding_share", (0.3, 0.2, 0.4), "binding_share is 0.3, 0.2, 0.4, but low, central and high must be in this"),
        ("drift_profile.space", (3.5,), "drift_profile.space is 3.5, but the admissible range is 0 to 3."),
    ],
)
def test_a_change_that_cannot_be_gets_a_sentence(name: str, values: tuple[float, ...], said: str) -> None:
    with pytest.raises(InputError) as error:
        edits("op-ed", {name: values})
    assert str(error.value).startswith(said)
    with pytest.raises(InputError):
        Edits("op-ed", ((name, values),))


def test_weights_of_needs_cannot_all_be_0_and_what_is_copied_must_be_ours() -> None:
    nothing = {f"salience.{key}": (0.0,) for key in catalog().structure.mechanisms}
    with pytest.raises(InputError, match="at least one must be above"):
        edits("op-ed", nothing)
    with pytest.raises(InputError, match="There is no worldview “edited”"):
        edits("edited", {})


@pytest.mark.parametrize("text", ["", "x", "1e999", "nan", "inf", "0x1", "1_0", "٣", "--1", " 1"])
def test_what_is_no_number_is_named(text: str) -> None:
    with pytest.raises(InputError, match="where a number is wanted"):
        read_change("salience.threat", [text])


def test_python_a_file_and_the_command_line_give_the_same_to_the_last_bit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worldview", "op-ed", *(f"--edit={n}={','.join(map(str, v))}" for n, v in CHANGED.changes)]) == 0
    path = tmp_path / "mine.toml"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    by_python = run("opening-hand", members=MEMBERS, assumptions=catalog().beside(worldview_of(CHANGED)))
    by_file = run("opening-hand", members=MEMBERS, worldview=load_worldview(path))
    assert bits(by_python, EDITED) == bits(by_file, EDITED)
    assert main(["run", "opening-hand", "--members", str(MEMBERS), "--worldview-file", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == by_python.to_dict() == by_file.to_dict()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--edit", "binding_share=0.2,0.3"], "it takes low, central and high"),
        (["--edit", "binding_share"], "where a number is wanted"),
        (["--edit", "drift_profile.space=1", "--edit", "drift_profile.space=2"], "is changed twice"),
    ],
)
def test_a_wrong_edit_on_the_command_line_gets_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worldview", "op-ed", *arguments]) == 2
    assert said in capsys.readouterr().err

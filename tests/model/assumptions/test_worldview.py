"""A reader's own worldview: read as ours are, it stands beside them and touches none; a wrong file gets a sentence."""

from __future__ import annotations

import json
import shutil
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from model import InputError, Result, catalog, load_worldview, run
from model.__main__ import main
from model.assumptions.catalog import DATA, EDITED, load_catalog
from model.assumptions.worldview import worldview_file
from model.engine.results import BY_YEAR

OURS = tuple(catalog().worldviews)
MEMBERS = 40


def plain(name: str = "op-ed") -> dict[str, Any]:
    return tomllib.loads(worldview_file(name))


def put(data: dict[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    """The same data with one value changed or, where it is None, left out."""
    *before, last = path
    place = data
    for key in before:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return data


def kept_in(folder: Path, data: dict[str, Any], name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
    return path


def bits(result: Result, worldview: str) -> bytes:
    w = result.worldviews.index(worldview)
    return b"".join(np.ascontiguousarray(result.outcome_by_year(name)[:, w]).tobytes() for name in BY_YEAR)


@pytest.mark.parametrize("name", OURS)
def test_a_copy_of_a_worldview_gives_its_results_bit_for_bit_and_leaves_all_four_as_they_were(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(worldview_file(name), encoding="utf-8")
    alone, beside = (
        run("grand-bargain", members=MEMBERS),
        run("grand-bargain", members=MEMBERS, worldview=load_worldview(path)),
    )
    assert beside.worldviews == (*OURS, EDITED)
    assert bits(beside, EDITED) == bits(alone, name)
    assert {ours: bits(beside, ours) == bits(alone, ours) for ours in OURS} == dict.fromkeys(OURS, True)


def test_an_edited_file_gives_what_edited_assumptions_give_and_the_command_line_prints_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = plain()
    data["parameters"]["binding_share"] |= {"low": 0.2, "central": 0.3, "high": 0.5}
    path = kept_in(tmp_path, data)
    asked = run("opening-hand", members=MEMBERS, worldview=load_worldview(path))
    edited = run("opening-hand", members=MEMBERS, assumptions=catalog().edited("op-ed", binding_share=(0.2, 0.3, 0.5)))
    assert bits(asked, EDITED) == bits(edited, "op-ed") != bits(asked, "op-ed")
    assert main(["run", "opening-hand", "--members", str(MEMBERS), "--worldview-file", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == asked.to_dict()
    assert main(["run", "opening-hand", "--worldview", EDITED, "--worldview-file", str(path)]) == 0
    said = capsys.readouterr().out
    assert "edited: The op-ed's case\n" in said
    assert [line.split()[0] for line in said.splitlines() if line.endswith("of 100 worlds")] == [EDITED]


def test_weights_profiles_and_deliverability_of_a_file_move_its_results(tmp_path: Path) -> None:
    changes = {
        "salience": {"threat": 0.2, "economy": 0.5, "status": 0.2, "contact": 0.1},
        "drift_profile": dict.fromkeys(plain()["drift_profile"]["values"], 0.4),
        "relative_deliverability": dict.fromkeys(plain()["relative_deliverability"]["values"], 0.5),
    }
    own = bits(run("opening-hand", members=MEMBERS), "op-ed")
    for table, values in changes.items():
        path = kept_in(tmp_path, put(plain(), (table, "values"), values))
        assert bits(run("opening-hand", members=MEMBERS, worldview=load_worldview(path)), EDITED) != own


def test_two_worldviews_one_after_the_other_do_not_answer_for_one_another(tmp_path: Path) -> None:
    views = [load_worldview(kept_in(tmp_path, plain(name), f"{name}.toml")) for name in ("op-ed", "sceptic")]
    first, second, again = (
        bits(run("opening-hand", members=MEMBERS, worldview=view), EDITED) for view in (*views, views[0])
    )
    assert first == again != second


WRONG: list[tuple[tuple[str, ...], object, str]] = [
    (("parameters", "binding_share", "high"), 7.0, "parameters.binding_share.high is 7, but the admissible range is"),
    (("parameters", "binding_share", "low"), -5.0, "parameters.binding_share.low is -5, but the admissible range is"),
    (("parameters", "binding_share", "central"), 0.0, "low, central and high must be in this order"),
    (("parameters", "binding_share", "central"), "half", "parameters.binding_share.central is “half”, but it must be"),
    (
        ("parameters", "binding_share", "central"),
        float("nan"),
        "parameters.binding_share.central is “nan”, but it must",
    ),
    (("parameters", "binding_share", "note"), None, "parameters.binding_share.note is missing"),
    (("parameters", "binding_share"), None, "[parameters] lacks binding_share"),
    (("parameters", "bindng_share"), {}, "parameters.bindng_share.low is missing"),
    (("parameters", "binding_share", "sources"), ["nobody"], "names the unknown source “nobody”"),
    (("parameters", "binding_share", "claims"), ["E999"], "names the unknown claim “E999”"),
    (("salience", "values", "threat"), 0.6, "the weights of salience sum to 1.1, but they must sum to 1"),
    (("salience", "values", "threat"), -0.5, "salience.threat is -0.5, but the admissible range is 0 to 1"),
    (("salience", "values", "fear"), 0.1, "[salience] has the unknown name “fear”"),
    (("drift_profile", "values", "space"), 3.5, "drift_profile.space is 3.5, but the admissible range is 0 to 3"),
    (("relative_deliverability", "values", "g8"), -0.1, "relative_deliverability.g8 is -0.1, but the admissible range"),
    (("salience", "basis"), ["Z"], "salience.basis.0 is “Z”, but it must be"),
    (("colour",), "blue", "colour is “blue”"),
    (("title",), None, "title is missing"),
    (("titel",), "Mine", "the key “titel” is not known; did you mean title?"),
]


@pytest.mark.parametrize(("path", "value", "told"), WRONG, ids=[told[:50] for _, _, told in WRONG])
def test_a_wrong_file_is_refused_in_a_sentence_that_names_file_key_and_rule(
    path: tuple[str, ...], value: object, told: str, tmp_path: Path
) -> None:
    file = kept_in(tmp_path, put(plain(), path, value))
    with pytest.raises(InputError) as refused:
        load_worldview(file)
    assert str(refused.value).startswith(f"{file}: ")
    assert told in str(refused.value)


def test_a_file_that_is_none_is_refused_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.toml").write_text("title = ", encoding="utf-8")
    (tmp_path / "large.toml").write_text("#" * 300_000, encoding="utf-8")
    for name, told in (
        ("broken.toml", "is not valid TOML"),
        ("large.toml", "is larger than 200 kB"),
        ("none.toml", "does not exist"),
        ("", "cannot be read"),
    ):
        assert main(["run", "opening-hand", "--worldview-file", str(tmp_path / name)]) == 2
        heard = capsys.readouterr()
        assert (heard.out, told in heard.err, heard.err.count("\n")) == ("", True, 1)
    assert main(["worldview", "op-edd"]) == 2
    assert capsys.readouterr().err == "There is no worldview “op-edd”; did you mean op-ed?\n"


TITLE, FIRST = 'title = "The op-ed\'s case"', "[parameters.symbolic_potency]\nlow = 2.5"


@pytest.mark.parametrize(
    ("ours", "instead", "told"),
    [
        (TITLE, "a." * 90_000 + "a = 1", " has lines with hundreds of dots; no key of ours has more than two."),
        (TITLE, "\n".join("a." * 99 + f"a{i} = 1" for i in range(900)), " has lines with hundreds of dots"),
        (TITLE, "title." + "a." * 990 + "a = 1", ": title is “"),
        (TITLE, "title = 0x" + "f" * 100_000, ": title is “…”, but it must be a valid string."),
        (
            FIRST,
            f"[parameters.{'k' * 90_000}]\nlow = 'x'",
            f": parameters.{'k' * 69}… is “x”, but it must be a valid n",
        ),
    ],
    ids=["one long key", "many keys", "deep", "huge number", "long name"],
)
def test_a_file_made_to_cost_much_is_refused_at_once_in_a_short_sentence(
    tmp_path: Path, ours: str, instead: str, told: str
) -> None:
    file = tmp_path / "mine.toml"
    assert ours in worldview_file("op-ed")
    file.write_text(worldview_file("op-ed").replace(ours, instead), encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(InputError) as refused:
        load_worldview(file)
    assert str(refused.value).startswith(f"{file}{told}")
    assert len(str(refused.value)) < 250 + len(str(file))
    assert time.process_time() - begun < 2


def test_an_analogue_keeps_to_the_worldview_that_it_is_written_for(tmp_path: Path) -> None:
    mine = load_worldview(kept_in(tmp_path, plain()))
    with pytest.raises(InputError, match="a worldview of your own can be run with other scenarios"):
        run("reset-2009", worldview=mine)


def test_a_name_that_is_kept_for_a_readers_own_is_refused_among_the_project_s_files(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    shutil.copy(data / "worldviews" / "op-ed.toml", data / "worldviews" / f"{EDITED}.toml")
    with pytest.raises(InputError, match="this name is kept for a reader's own worldview"):
        load_catalog(data)


def places(value: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every place in the file where something stands."""
    inner = value.items() if isinstance(value, dict) else ()
    return [*([path] if path else []), *(place for key, part in inner for place in places(part, (*path, key)))]


anything = st.recursive(
    st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(max_size=20), st.datetimes()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=3),
    max_leaves=4,
)


@given(st.sampled_from(places(plain())), anything)
def test_whatever_stands_in_a_file_it_is_read_or_refused_in_one_printable_line(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[str, ...], value: object
) -> None:
    file = kept_in(tmp_path_factory.getbasetemp(), put(plain(), path, value))
    said = ""
    try:
        mine = load_worldview(file)
    except InputError as refused:
        said = str(refused)
    if said:
        assert (said.startswith(str(file)), said.isprintable(), len(said) < 1000) == (True, True, True)
    else:
        assert np.isfinite(run("opening-hand", EDITED, members=5, worldview=mine).shift).all()

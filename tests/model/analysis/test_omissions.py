"""What the essay leaves open and out: every entry is there, and what it names exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from model import InputError, catalog
from model.analysis.omissions import FILE, Gap, load_omissions, omissions
from model.assumptions.catalog import DATA

FOUND = omissions(catalog())
GAPS = {**FOUND.tensions, **FOUND.omissions}


def test_all_tensions_and_omissions_are_there() -> None:
    assert list(FOUND.tensions) == [f"Z{number}" for number in range(1, 12)]
    assert list(FOUND.omissions) == [f"X{number:02}" for number in range(1, 17)]


@pytest.mark.parametrize("gap", FOUND.tensions.values(), ids=list(FOUND.tensions))
def test_a_tension_is_one_of_the_essay_and_of_two_claims_at_least(gap: Gap) -> None:
    assert "essay" in gap.sources
    assert len(gap.claims) > 1


@pytest.mark.parametrize("gap", FOUND.omissions.values(), ids=list(FOUND.omissions))
def test_an_omission_is_brought_up_by_somebody_else(gap: Gap) -> None:
    assert "essay" not in gap.sources


def test_what_is_not_modelled_says_so_plainly() -> None:
    outside = {key: gap for key, gap in GAPS.items() if gap.status == "outside"}
    assert list(outside) == ["X14", "X15"]
    assert all(gap.does.startswith("It is not modelled") for gap in outside.values())


def test_the_numbers_in_the_words_are_those_of_the_data() -> None:
    known = catalog()
    levels = known.levels["economic"].values
    assert f"{levels['2021']} of 100 in 2021, {levels['2024']} in 2024" in GAPS["X05"].does
    threat, friction, potency = (
        {view: record.parameters[name].central for view, record in known.worldviews.items()}
        for name in ("addressable_threat", "latent_friction", "symbolic_potency")
    )
    assert "nearly all of it in the op-ed’s case, a quarter for the sceptic" in GAPS["X04"].does
    assert (threat["op-ed"], threat["sceptic"]) == (0.9, 0.25)
    assert "from a seventh under lock-in to three fifths in the op-ed’s case" in GAPS["X06"].does
    assert (round(1 / friction["lock-in"]), friction["op-ed"]) == (7, 0.6)
    assert "under sceptic and lock-in a half step does less than half" in GAPS["X07"].does
    assert {view for view, curve in potency.items() if curve < 0} == {"sceptic", "lock-in"}
    alarmed = {view for view, one in known.worldviews.items() if one.parameters["ukraine_mitigation"].central < 0}
    assert "under the critics it is" in GAPS["Z8"].does
    assert alarmed == {"sceptic", "lock-in"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('sources = ["kydd-2000"]', 'sources = ["kydd-2001"]', "did you mean kydd-2000?"),
        ('"E58"]', '"E99"]', "unknown claim"),
        ('rests_on = ["emboldening"', 'rests_on = ["embolding"', "did you mean emboldening?"),
        ('preset = "opening-hand"', 'preset = "opening-hint"', "did you mean opening-hand?"),
        ('outcome = "doubt"', 'outcome = "doubts"', "did you mean doubt?"),
        ('switch = ["C2"]', 'switch = ["C9"]', "unknown choice"),
        ("precond = 100", "precondition = 100", "did you mean precond?"),
        ("precond = 100", "precond = 101", "precond is “101”"),
        ("start = 2024", "start = 2023", "start is “2023”"),
        ('status = "outside"', 'status = "left"', "status is"),
        ('status = "outside"', 'status = "partly"', "`see` is empty exactly when it is outside the model"),
        ('status = "partly"', 'status = "modelled"', "`leans` is given exactly when it is not fully modelled"),
        (', switch = ["C2"]', "", "`with` has to differ from `without`"),
        ("does =", "do =", "tensions.Z1.does is missing"),
    ],
)
def test_a_wrong_entry_is_refused_in_a_sentence_that_says_where(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (DATA / "omissions.toml").read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "omissions.toml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_omissions(catalog(), wrong)
    message = str(refusal.value)
    assert message.startswith(FILE)
    assert said in message

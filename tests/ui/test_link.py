"""A link says everything, and whatever it says wrongly is explained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import presets
from model.scenario import check_setting, limits, set_values, settings
from model.schema import Scenario
from ui import link


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    base = presets()[draw(st.sampled_from(list(presets())))]
    values = {key: draw(st.integers(*limits(key))) for key in settings() if key != "start"}
    return set_values(base, values | {"start": draw(st.sampled_from([2021, 2024]))})


def query(**values: str) -> dict[str, list[str]]:
    return {key: [value] for key, value in values.items()}


@given(scenarios())
def test_any_scenario_comes_back_from_its_link_without_a_notice(scenario: Scenario) -> None:
    opened = link.read(query(**link.write(scenario)))
    assert opened.notices == ()
    assert opened.scenario == scenario


def test_a_link_holds_every_setting_even_at_its_default() -> None:
    written = link.write(presets()["status-quo"])
    assert list(written) == ["v", "preset", *settings()]
    assert written["nato"] == "0"
    assert written["pressure"] == "100"
    assert len("&".join(f"{key}={value}" for key, value in written.items())) < 300


def test_an_empty_link_is_the_status_quo() -> None:
    assert link.read({}) == link.Opened(presets()["status-quo"], ())


def test_a_preset_alone_opens_the_preset() -> None:
    assert link.read(query(preset="grand-bargain")).scenario == presets()["grand-bargain"]


def test_a_setting_beside_a_preset_wins() -> None:
    opened = link.read(query(preset="grand-bargain", nato="5"))
    assert opened.scenario.levers["nato"] == 5
    assert opened.scenario.levers["caatsa"] == 100


@pytest.mark.parametrize(
    ("key", "text", "used", "said"),
    [
        ("nato", "101", 100, "Allowed: a whole number, 0 to 100."),
        ("nato", "-1", 0, "out of range"),
        ("nato", "9" * 200, 100, "out of range"),
        ("nato", "50.5", 50, "not a whole number; 50 was kept"),
        ("nato", "", 50, "not a whole number"),
        ("nato", "5_0", 50, "not a whole number"),
        ("nato", "٥٠", 50, "not a whole number"),
        ("nato", "1e2", 50, "not a whole number"),
        ("nato", "<script>", 50, "not a whole number"),
        ("start", "2022", 2021, "Allowed: one of 2021, 2024."),
        ("pressure", "201", 200, "Allowed: a whole number, 0 to 200."),
        ("horizon", "0", 1, "Allowed: a whole number, 1 to 15."),
        ("onset", "99", 15, "Allowed: a whole number, 0 to 15."),
        ("ramp", "0", 1, "Allowed: a whole number, 1 to 10."),
    ],
)
def test_a_bad_value_is_clamped_or_ignored_and_the_rest_is_kept(key: str, text: str, used: int, said: str) -> None:
    opened = link.read(query(preset="opening-hand", mil="7") | {key: [text]})
    value = opened.scenario.levers.get(key, getattr(opened.scenario, key, None))
    assert value == used
    assert check_setting(key, value) == used
    assert opened.scenario.levers["mil"] == 7
    assert len(opened.notices) == 1
    assert said in opened.notices[0]
    assert opened.notices[0].startswith(key)


def test_an_unknown_key_is_named_with_the_nearest_right_one() -> None:
    (notice,) = link.read(query(natoo="3")).notices
    assert "natoo" in notice
    assert "did you mean nato?" in notice


def test_faults_of_settings_come_before_unknown_keys_which_share_one_sentence() -> None:
    unknown = {f"x{i}": "1" for i in range(40)}
    opened = link.read(query(**unknown, nato="500", preset="nope"))
    preset, nato, others = opened.notices
    assert "nope" in preset
    assert nato.startswith("nato is “500”")
    assert "“x4” and 35 more are not parts of a link" in others


def test_a_repeated_key_uses_the_first_value_and_says_so() -> None:
    opened = link.read({"nato": ["10", "90"]})
    assert opened.scenario.levers["nato"] == 10
    assert "2 times" in opened.notices[0]


def test_an_unknown_preset_is_ignored_and_named() -> None:
    opened = link.read(query(preset="opening-hnd", nato="30"))
    assert opened.scenario.name == "status-quo"
    assert opened.scenario.levers["nato"] == 30
    assert "did you mean opening-hand?" in opened.notices[0]


@pytest.mark.parametrize(
    ("version", "said"), [("2", "model version “2”"), ("x", "no model version"), ("0", "no model")]
)
def test_another_model_version_opens_and_says_so(version: str, said: str) -> None:
    opened = link.read(query(v=version, nato="30"))
    assert opened.scenario.levers["nato"] == 30
    assert said in opened.notices[0]


@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=60), max_size=3), max_size=40))
def test_no_query_whatever_breaks_the_reading(any_query: dict[str, list[str]]) -> None:
    opened = link.read(any_query)
    assert all(len(notice) < 500 and notice.isprintable() for notice in opened.notices)


@given(st.sampled_from(settings()), st.text(max_size=30))
def test_any_text_in_any_setting_leaves_an_allowed_value(key: str, text: str) -> None:
    opened = link.read({key: [text]})
    value = opened.scenario.levers.get(key, getattr(opened.scenario, key, None))
    assert check_setting(key, value) == value

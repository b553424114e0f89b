"""A link says everything, and whatever it says wrongly is explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import settings as settings_
from hypothesis import strategies as st

from model import InputError, analogues, catalog, presets
from model.analysis.goals import Goal
from model.assumptions.outcomes import measures
from model.assumptions.scenario import check_setting, limits, set_values, settings
from model.assumptions.schema import Scenario
from model.engine.results import MAX_SEED
from model.versions import assumption_set
from ui.links import comparison, short, single
from ui.links.asked import (
    ENSEMBLE,
    FIRST,
    MOST_GOALS,
    REACH,
    SECTIONS,
    SURE,
    Asked,
    Direction,
    Prediction,
    Shown,
    clean_title,
    direction_of,
    fitting,
    open_settings,
    parse_prediction,
    starting_points,
    switchable,
    switched_by,
    worldviews_of,
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    base = starting_points()[draw(st.sampled_from(list(starting_points())))]
    values = {key: draw(st.integers(*limits(key))) for key in open_settings(base) if key != "start"}
    start = {} if base.analogue else {"start": draw(st.sampled_from([2021, 2024]))}
    return set_values(base, values | start)


def query(**values: str) -> dict[str, list[str]]:
    return {key: [value] for key, value in values.items()}


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    outcome = draw(st.sampled_from(list(measures())))
    value = draw(st.integers(measures()[outcome].low, measures()[outcome].high))
    return Goal(outcome, draw(st.sampled_from(["at most", "at least"])), value)


@st.composite
def predictions(draw: st.DrawFn) -> Prediction:
    low, high = sorted(draw(st.lists(st.integers(*REACH), min_size=2, max_size=2)))
    direction: Direction = "same" if low <= 0 <= high else "apart" if high < 0 else "closer"
    made = draw(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))).replace(second=0, microsecond=0, tzinfo=UTC)
    return Prediction(
        direction, low, high, made, draw(st.sampled_from(SURE)), draw(st.sampled_from(["", *catalog().worldviews]))
    )


structures = st.one_of(st.lists(st.sampled_from(switchable())), st.just([ENSEMBLE])).map(switched_by)
some_asked = st.builds(
    Asked,
    scenarios(),
    st.lists(goals(), max_size=MOST_GOALS, unique=True).map(tuple),
    st.one_of(st.none(), st.just(FIRST), predictions()),
    st.text(max_size=200).map(clean_title),
    st.integers(0, MAX_SEED),
    structures,
)
some_shown = st.builds(
    Shown,
    st.lists(st.sampled_from(SECTIONS), unique=True).map(lambda found: tuple(s for s in SECTIONS if s in found)),
    st.lists(st.sampled_from(list(catalog().worldviews)), unique=True, max_size=3).map(
        lambda found: tuple(key for key in catalog().worldviews if key in found)
    ),
)


RESULT = {"lock-in": 0, "op-ed": -19, "sceptic": 100}


@settings_(max_examples=60, deadline=None)
@given(some_asked, some_shown)
def test_any_place_comes_back_from_its_link_without_a_notice(asked: Asked, shown: Shown) -> None:
    result = {key: points for key, points in RESULT.items() if key in worldviews_of(asked.scenario)}
    author = single.Seen("2", assumption_set(), result) if result and not asked.hidden else None
    opened = single.read(parse_qs(single.text(asked, shown, author)))
    assert opened.notices == ()
    assert (opened.asked, opened.shown, opened.seen) == (asked, fitting(shown, asked.scenario), author)


@settings_(max_examples=60, deadline=None)
@given(predictions())
def test_any_prediction_comes_back_from_its_link_and_from_a_short_one(prediction: Prediction) -> None:
    asked = Asked(presets()["opening-hand"], predict=prediction)
    assert parse_prediction(str(prediction)) == prediction
    assert single.read(single.query_of(short.query(short.code(asked)))) == single.read(single.write(asked))
    assert single.read(single.write(asked)).asked == asked


def test_the_longest_comparison_still_fits_into_a_link() -> None:
    most = {key: limits(key)[1] for key in settings() if key != "start"} | {"start": 2024}
    asked = Asked(set_values(presets()["preconditions-first"], most), seed=MAX_SEED)
    written = comparison.text([asked] * comparison.MOST, Shown(chosen=("lock-in", "midpoint", "sceptic")))
    assert len(written) < single.ROOM
    assert comparison.read(single.query_of(written)).all_asked == (asked,) * comparison.MOST


def test_the_longest_link_has_fewer_than_730_characters() -> None:
    scenario = set_values(
        presets()["preconditions-first"], {key: limits(key)[1] for key in settings() if key != "start"}
    )
    goals = tuple(Goal("nato_east_trough", "at least", 100 - i) for i in range(MOST_GOALS))
    predict = Prediction("apart", -60, -59, datetime(2026, 11, 22, 14, 2, tzinfo=UTC), 95, "midpoint")
    asked = Asked(scenario, goals, predict, clean_title("Разворот " * 40), MAX_SEED, switchable())
    shown = Shown(SECTIONS, tuple(catalog().worldviews)[1:])
    seen = single.Seen("2", assumption_set(), dict.fromkeys(catalog().worldviews, -100))
    assert len(single.text(asked, shown, seen)) < 730 - len("https://strategic-triangle.example.org/?")


def test_a_link_of_old_names_is_read_and_says_so() -> None:
    opened = single.read(query(preset="opening-hand", ukr="7"))
    assert opened.asked.scenario.levers["ukraine"] == 7
    (notice,) = opened.notices
    assert "ukraine" in notice


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("seed", "-1", "seed is “-1”"),
        ("open", "goals.nope", "open names “nope”"),
        ("show", "op-ed.x", "show names “x”"),
        ("result", "op-ed_hello", "is not one that this page writes"),
        ("title", "x" * 5000, "The title was shortened"),
    ],
)
def test_a_bad_part_of_a_look_is_left_out_and_explained(key: str, text: str, said: str) -> None:
    opened = single.read(query(preset="opening-hand") | {key: [text]})
    assert opened.asked.scenario == presets()["opening-hand"]
    (notice,) = opened.notices
    assert said in notice
    assert len(notice) < 500


@settings_(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(scenarios(), st.text(max_size=80).map(clean_title)), min_size=1, max_size=comparison.MOST),
    some_shown,
)
def test_a_comparison_comes_back_from_its_link_with_titles_and_results_as_far_as_there_is_room(
    given_: list[tuple[Scenario, str]], shown: Shown
) -> None:
    compared = tuple(Asked(scenario, title=title) for scenario, title in given_)
    seen = [
        single.Seen("2", assumption_set(), dict.fromkeys(worldviews_of(asked.scenario)[-2:], -i))
        for i, asked in enumerate(compared)
    ]
    text = comparison.text(compared, shown, seen)
    assert len(text) < single.ROOM
    back = comparison.read(parse_qs(text, keep_blank_values=True))
    assert back.notices == ()
    assert back.shown.chosen == shown.chosen
    assert [asked.scenario for asked in back.all_asked] == [asked.scenario for asked in compared]
    assert [asked.title for asked in back.all_asked] == (
        [t for _, t in given_] if "title=" in text else [""] * len(given_)
    )
    assert bool(back.all_seen) == ("result=" in text)
    if back.all_seen:
        assert list(back.all_seen) == seen
    if len(compared) < 3:
        assert back.all_seen
        assert "title=" in text or not any(title for _, title in given_)


def test_what_is_no_part_of_a_comparison_is_named() -> None:
    found = comparison.read({"with": ["giveaway"], "show": ["nobody"], "nato": ["5"], "v": ["9"], "seed": ["-1"]})
    assert found.all_asked == (Asked(presets()["giveaway"]),)
    told = " ".join(found.notices)
    for part in ("nobody", "“nato” is not a part of a link", "model version “9”", "seed is “-1”"):
        assert part in told


@pytest.mark.parametrize("pasted", ["", "hello", "https://example.org/?a=b", "?title=Mine&seed=7", "x" * 99999])
def test_what_is_pasted_and_is_no_link_is_refused(pasted: str) -> None:
    with pytest.raises(InputError, match="is not a link of this page"):
        comparison.read_pasted(pasted)


def test_a_pasted_link_is_read_whole_or_from_the_question_mark_on() -> None:
    text = single.text(Asked(presets()["giveaway"]))
    code = short.code(Asked(presets()["giveaway"]))
    for pasted in (f"https://example.org/x/?{text}", f"?{text}", f" {text}\n", f"https://example.org/x/s/{code}"):
        assert comparison.read_pasted(pasted).all_asked == (Asked(presets()["giveaway"]),)


def test_a_link_holds_every_setting_even_at_its_default() -> None:
    seen = single.Seen("2", assumption_set(), dict.fromkeys(catalog().worldviews, 0))
    written = single.write(Asked(presets()["status-quo"]), seen=seen)
    assert list(written) == ["v", "set", "seed", "preset", *settings(), "open", "result"]
    assert written["nato"] == ["0"]
    assert written["pressure_russia"] == written["pressure_china"] == ["100"]
    assert "pressure" not in written
    assert written["result"] == ["lock-in_0.midpoint_0.op-ed_0.sceptic_0"]
    assert len(single.text(Asked(presets()["status-quo"]), seen=seen)) < 350
    assert "result" not in single.write(Asked(presets()["status-quo"]))


@pytest.mark.parametrize(
    ("text", "switched"),
    [
        ("C6", ("C6",)),
        ("C4.C1", ("C1", "C4")),
        ("C1,C4", ("C1", "C4")),
        ("C8", ("C1", "C2", "C6")),
        ("ensemble", (ENSEMBLE,)),
        ("base", ()),
        ("", ()),
    ],
)
def test_a_structure_is_read_in_its_own_order_and_a_choice_that_stands_for_others_is_these(
    text: str, switched: tuple[str, ...]
) -> None:
    opened = single.read(query(preset="giveaway", structure=text))
    assert opened == single.Opened(Asked(presets()["giveaway"], switched=switched), ())
    assert single.write(opened.asked).get("structure", [""]) == [".".join(switched)]


@pytest.mark.parametrize(
    ("text", "kept", "said"),
    [
        ("C99.C6", ("C6",), "structure names “C99”, which was left out;"),
        ("ensembel", (), "structure names “ensembel”, which was left out; did you mean ensemble?"),
        ("C4.ensemble", (ENSEMBLE,), "structure names ensemble beside single choices"),
    ],
)
def test_what_is_wrong_in_a_structure_is_left_out_and_the_rest_is_kept(
    text: str, kept: tuple[str, ...], said: str
) -> None:
    opened = single.read(query(structure=text))
    assert opened.asked.switched == kept
    (notice,) = opened.notices
    assert notice.startswith(said)


def test_scenarios_compared_have_a_structure_each_and_no_link_speaks_of_the_base_alone() -> None:
    hand, other = Asked(presets()["opening-hand"]), Asked(presets()["giveaway"], switched=("C1", "C6"))
    written = comparison.write([hand, other, replace(hand, switched=(ENSEMBLE,))])
    assert written["structure"] == ["base", "C1.C6", "ensemble"]
    back = comparison.read(written)
    assert back.notices == ()
    assert [asked.switched for asked in back.all_asked] == [(), ("C1", "C6"), (ENSEMBLE,)]
    assert "structure" not in comparison.write([hand, hand])
    wrong = comparison.read({"with": ["giveaway", "opening-hand"], "structure": ["C99.C6"]})
    assert [asked.switched for asked in wrong.all_asked] == [("C6",), ()]
    assert wrong.notices[0].startswith("structure names “C99”")
    assert comparison.read_pasted(f"?{single.text(other)}").all_asked == (other,)


def test_an_empty_link_is_the_opening_hand_and_one_without_a_preset_has_the_levers_at_neutral() -> None:
    assert single.read({}) == single.Opened(Asked(presets()["opening-hand"]), ())
    assert single.read(query(nato="0")) == single.Opened(Asked(presets()["status-quo"]), ())
    moved = set_values(presets()["status-quo"], {"nato": 30, "start": 2024})
    assert single.read(query(nato="30", start="2024")) == single.Opened(Asked(moved), ())


def test_a_preset_alone_opens_the_preset() -> None:
    assert single.read(query(preset="grand-bargain")).asked.scenario == presets()["grand-bargain"]


def test_a_setting_beside_a_preset_wins() -> None:
    opened = single.read(query(preset="grand-bargain", nato="5"))
    assert opened.asked.scenario.levers["nato"] == 5
    assert opened.asked.scenario.levers["caatsa"] == 100


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
        ("pressure_russia", "201", 200, "Allowed: a whole number, 0 to 200."),
        ("pressure_china", "x", 100, "not a whole number; 100 was kept"),
        ("horizon", "0", 1, "Allowed: a whole number, 1 to 15."),
        ("onset", "99", 15, "Allowed: a whole number, 0 to 15."),
        ("ramp", "0", 1, "Allowed: a whole number, 1 to 10."),
    ],
)
def test_a_bad_value_is_clamped_or_ignored_and_the_rest_is_kept(key: str, text: str, used: int, said: str) -> None:
    opened = single.read(query(preset="opening-hand", mil="7") | {key: [text]})
    value = opened.asked.scenario.levers.get(key, getattr(opened.asked.scenario, key, None))
    assert value == used
    assert check_setting(key, value) == used
    assert opened.asked.scenario.levers["mil"] == 7
    assert len(opened.notices) == 1
    assert said in opened.notices[0]
    assert opened.notices[0].startswith(key)


def test_an_unknown_key_is_named_with_the_nearest_right_one() -> None:
    (notice,) = single.read(query(natoo="3")).notices
    assert "natoo" in notice
    assert "did you mean nato?" in notice


def test_faults_of_settings_come_before_unknown_keys_which_share_one_sentence() -> None:
    unknown = {f"x{i}": "1" for i in range(40)}
    opened = single.read(query(**unknown, nato="500", preset="nope"))
    preset, nato, others = opened.notices
    assert "nope" in preset
    assert nato.startswith("nato is “500”")
    assert "“x4” and 35 more are not parts of a link" in others


def test_a_repeated_key_uses_the_first_value_and_says_so() -> None:
    opened = single.read({"nato": ["10", "90"]})
    assert opened.asked.scenario.levers["nato"] == 10
    assert "2 times" in opened.notices[0]


def test_an_unknown_preset_is_ignored_and_named() -> None:
    opened = single.read(query(preset="opening-hnd", nato="30"))
    assert opened.asked.scenario.name == "status-quo"
    assert opened.asked.scenario.levers["nato"] == 30
    assert "did you mean opening-hand?" in opened.notices[0]


@pytest.mark.parametrize(
    ("version", "said"), [("3", "model version “3”"), ("x", "no model version"), ("0", "no model")]
)
def test_another_model_version_opens_and_says_so(version: str, said: str) -> None:
    opened = single.read(query(v=version, nato="30"))
    assert opened.asked.scenario.levers["nato"] == 30
    assert said in opened.notices[0]


@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=60), max_size=3), max_size=40))
def test_no_query_whatever_breaks_the_reading(any_query: dict[str, list[str]]) -> None:
    opened = single.read(any_query)
    assert all(len(notice) < 500 and notice.isprintable() for notice in opened.notices)


@given(st.sampled_from(settings()), st.text(max_size=30))
def test_any_text_in_any_setting_leaves_an_allowed_value(key: str, text: str) -> None:
    opened = single.read({key: [text]})
    value = opened.asked.scenario.levers.get(key, getattr(opened.asked.scenario, key, None))
    assert check_setting(key, value) == value


@pytest.mark.parametrize(
    ("goals", "kept", "said"),
    [
        (["level_at_most_58", "level_at_most_58"], 1, None),
        (["level<=58", "nope"], 1, "The goal “nope” must be"),
        (["level_at_most_580"], 0, "0 to 100. It was left out."),
        (["levl_at_most_58"], 0, "did you mean level?"),
        ([f"level_at_most_{i}" for i in range(90)], MOST_GOALS, "The link sets 90 goals; the first 4 were kept."),
    ],
)
def test_goals_in_a_link_are_followed_or_explained(goals: list[str], kept: int, said: str | None) -> None:
    opened = single.read({"preset": ["opening-hand"], "goal": goals})
    assert len(opened.asked.goals) == kept
    assert opened.asked.scenario == presets()["opening-hand"]
    assert (said is None) == (opened.notices == ())
    assert said is None or said in opened.notices[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 5000, "must be first, or direction"),
        ("apart_-5_-20_20261122T1402Z", "must rise"),
        ("apart_5_20_20261122T1402Z", "does not fit the direction “apart”"),
        ("same_5_20_20261122T1402Z", "it must hold 0 for same"),
        ("nowhere_5_20_20261122T1402Z", "direction of a prediction"),
        ("apart_-20_-5_20261322T1402Z", "must be first"),
    ],
)
def test_a_bad_prediction_in_a_link_is_left_out_and_explained(text: str, said: str) -> None:
    opened = single.read(query(preset="opening-hand", predict=text))
    assert opened.asked.predict is None
    (notice,) = opened.notices
    assert said in notice
    assert len(notice) < 400


@pytest.mark.parametrize(
    ("low", "high", "direction"),
    [(-20, -5, "apart"), (-20, 0, "apart"), (-20, 1, "same"), (0, 0, "same"), (-1, 20, "same"), (0, 20, "closer")],
)
def test_an_interval_says_its_direction_by_itself(low: int, high: int, direction: str) -> None:
    assert direction_of(low, high) == direction


@given(st.tuples(st.integers(*REACH), st.integers(*REACH)).map(sorted))
def test_no_interval_contradicts_the_direction_that_follows_from_it(ends: list[int]) -> None:
    low, high = ends
    prediction = Prediction(direction_of(low, high), low, high, datetime(2026, 11, 22, 14, 2, tzinfo=UTC))
    assert parse_prediction(str(prediction)) == prediction


@pytest.mark.parametrize("name", list(analogues()))
def test_a_historic_analogue_opens_by_its_name_and_its_link_says_what_can_be_changed(name: str) -> None:
    asked = Asked(analogues()[name])
    assert single.read(query(preset=name)) == single.Opened(asked, ())
    written = single.write(asked)
    assert not {"start", "show"} & set(written)
    assert written["preset"] == [name]
    assert comparison.read({"with": [name]}).all_asked == (asked,)
    assert comparison.read(comparison.write([asked])).all_asked == (asked,)


def test_what_is_fixed_in_a_historic_analogue_is_refused_with_a_sentence_and_the_rest_is_kept() -> None:
    asked = query(
        preset="reset-2009", start="2021", pressure_china="90", show="sceptic", stage="op-ed", nato="70", horizon="9"
    )
    opened = single.read(asked)
    assert opened.asked.scenario == set_values(
        analogues()["reset-2009"], {"nato": 70, "horizon": 9, "pressure_china": 90}
    )
    assert opened.shown == Shown(stage="package")
    called = "the historic analogue “The reset, 2009-12”"
    assert opened.notices == (
        f"start cannot be changed in {called}; start 2009 was kept.",
        f"show names another worldview, but {called} is written for one only; midpoint is shown.",
        f"stage names another worldview, but {called} is written for one only; midpoint is shown.",
    )
    (notice,) = comparison.read({"with": ["reset-2009.start-2021"]}).notices
    assert notice.startswith("start cannot be changed")


def test_who_asks_a_historic_analogue_for_what_it_has_is_told_nothing() -> None:
    opened = single.read(query(preset="reset-2009", start="2009", show="midpoint", chart="midpoint"))
    assert opened.notices == ()
    assert opened.shown == Shown(chart="midpoint")


def test_one_chart_of_a_historic_analogue_is_that_of_its_worldview() -> None:
    opened = single.read(query(preset="overture-2025", chart="sceptic"))
    assert opened.shown.chart == "lock-in"
    assert len(opened.notices) == 1


def test_a_result_under_a_worldview_that_an_analogue_has_not_is_left_out_and_explained() -> None:
    opened = single.read(query(preset="reset-2009", result="midpoint_-1.op-ed_-19"))
    assert opened.seen is None
    assert "for example midpoint_-19" in opened.notices[0]
    assert single.read(query(preset="reset-2009", result="midpoint_-1")).notices == ()


@pytest.mark.parametrize(
    ("stage", "shown", "notice"),
    [
        ("drift", "drift", ""),
        ("sure.op-ed", "sure.op-ed", ""),
        ("op-ed", "package.op-ed", ""),
        ("all", "package", ""),
        ("drift.sure", "drift", "stage names 2 steps, but one is shown at a time; drift was kept."),
        ("op-ed.sceptic", "package.op-ed", "stage names 2 worldviews, but one is shown at a time; op-ed was kept."),
        ("drfit", "", "stage names “drfit”, which was left out; did you mean drift?"),
    ],
)
def test_a_link_shows_a_step_of_present_and_those_made_before_steps_the_package(
    stage: str, shown: str, notice: str
) -> None:
    opened = single.read(query(preset="opening-hand", stage=stage))
    assert opened.shown.stage == shown
    assert opened.notices == ((notice,) if notice else ())
    assert single.write(opened.asked, opened.shown).get("stage", [""]) == [shown]

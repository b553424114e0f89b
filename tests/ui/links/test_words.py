"""The exact words of links, worked by hand: what is written where, what is read from it, what is said of a fault."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from model import InputError, presets
from model.analysis.goals import Goal
from model.assumptions.scenario import set_values
from ui.links import comparison, short, single
from ui.links.asked import (
    FIRST,
    Asked,
    Prediction,
    Shown,
    clean_title,
    parse_prediction,
)
from ui.links.single import Seen

HAND, QUO = presets()["opening-hand"], presets()["status-quo"]
ASKED = Asked(
    set_values(HAND, {"nato": 60, "pressure_russia": 60, "pressure_china": 140, "start": 2024}),
    (Goal("level", "at most", 58), Goal("nato_cohesion", "at least", 60)),
    Prediction("apart", -20, -5, datetime(2026, 11, 22, 14, 2, tzinfo=UTC)),
    "Ours & theirs",
    11,
)
SHOWN = Shown(("credit", "goals"), ("op-ed", "sceptic"), "op-ed", "sure.op-ed")
SEEN = Seen("2", "0123abcd", {"lock-in": 0, "op-ed": -19})
SETTINGS = {
    "nato": "60", "caatsa": "35", "g8": "50", "mil": "50", "ukraine": "50", "clarity": "80", "precond": "0",
    "allies": "60", "pressure_russia": "60", "pressure_china": "140", "start": "2024", "horizon": "10", "onset": "0",
    "ramp": "2",
}  # fmt: skip
LINK = {
    "v": "2", "set": "0123abcd", "seed": "11", "preset": "opening-hand", **SETTINGS, "title": "Ours & theirs",
    "predict": "apart_-20_-5_20261122T1402Z", "show": "op-ed.sceptic", "chart": "op-ed", "stage": "sure.op-ed",
    "open": "credit.goals", "result": "lock-in_0.op-ed_-19",
}  # fmt: skip
GOALS = ["level_at_most_58", "nato_cohesion_at_least_60"]
WORDS = (
    "opening-hand.nato-60.caatsa-35.g8-50.mil-50.ukraine-50.clarity-80.allies-60.pressure_russia-60.pressure_china-140"
    ".start-2024"
)


def said(**query: str) -> tuple[str, ...]:
    """What is said of a link with one value each."""
    return single.read({key: [value] for key, value in query.items()}).notices


def test_a_link_has_every_part_in_its_order() -> None:
    written = single.write(ASKED, SHOWN, SEEN)
    assert list(written.items()) == [*((key, [value]) for key, value in LINK.items()), ("goal", GOALS)]


def test_every_part_of_a_link_is_read() -> None:
    opened = single.read({key: [value] for key, value in LINK.items()} | {"goal": GOALS})
    assert opened == single.Opened(ASKED, (), SHOWN, SEEN)


def test_nothing_open_is_written_as_none_and_read_as_nothing() -> None:
    assert single.write(ASKED, Shown(()), SEEN)["open"] == ["none"]
    assert single.read({"open": ["none"]}).shown == Shown(())
    assert single.read({}).shown == Shown(())


def test_the_sections_that_links_name_keep_their_names_for_ever() -> None:
    names = "cautions.credit.argument.yearly.dose.domains.outcomes.goals.summary.numbers"
    assert single.read({"open": [names]}).notices == ()
    assert single.write(ASKED, Shown(tuple(names.split("."))), SEEN)["open"] == [names]


def test_names_of_a_look_come_in_their_own_order_and_the_first_wrong_one_is_named() -> None:
    opened = single.read({"show": ["sceptic.lock-in.opped.nobody"], "open": ["summary.credit"]})
    assert opened.shown == Shown(("credit", "summary"), ("lock-in", "sceptic"))
    assert opened.notices == ("show names “opped”, which was left out; did you mean op-ed?",)


def test_while_results_are_hidden_a_link_tells_none() -> None:
    written = single.write(Asked(HAND, predict=FIRST))
    assert written["predict"] == ["first"]
    assert "result" not in written


@pytest.mark.parametrize(
    ("text", "seed"), [("0", 0), ("4294967295", 4_294_967_295), ("+7", 7), ("4294967296", None), ("-1", None),
                       ("", None), ("7.0", None), ("٧", None)],
)  # fmt: skip
def test_a_seed_is_a_whole_number_up_to_the_largest(text: str, seed: int | None) -> None:
    refused = f"seed is “{text}”, but it must be a whole number, 0 to 4294967295; 7 was used."
    opened = single.read({"seed": [text]})
    assert (opened.asked.seed, opened.notices) == ((7, (refused,)) if seed is None else (seed, ()))
    compared = comparison.read({"seed": [text], "with": ["giveaway"]})
    assert compared.all_asked[0].seed == (7 if seed is None else seed)
    assert compared.notices == opened.notices


OLD = (
    "The setting “ukr” is called ukraine today and was read as such: the specification and the first notes used the "
    "short form."
)


@pytest.mark.parametrize("query", [{"ukraine": ["5"], "ukr": ["7"]}, {"ukr": ["7"], "ukraine": ["5"]}])
def test_an_old_name_does_not_override_todays(query: dict[str, list[str]]) -> None:
    opened = single.read(query)
    assert opened.asked.scenario.levers["ukraine"] == 5
    assert opened.notices == (OLD,)


def test_an_old_name_alone_is_read_as_todays() -> None:
    opened = single.read({"ukr": ["7"]})
    assert (opened.asked.scenario.levers["ukraine"], opened.notices) == (7, (OLD,))


TWO = (
    "The setting “pressure” became pressure_russia and pressure_china and was read as both: pressure was one number "
    "for both rivals and became two levers, one for each; its value is set for both."
)


def test_one_pressure_of_a_link_of_version_1_is_read_as_that_on_both() -> None:
    opened = single.read({"v": ["1"], "preset": ["opening-hand"], "pressure": ["160"]})
    assert opened.asked.scenario == set_values(HAND, {"pressure_russia": 160, "pressure_china": 160})
    assert opened.notices == (TWO,)


@pytest.mark.parametrize("query", [
    {"pressure": ["160"], "pressure_russia": ["60"]}, {"pressure_russia": ["60"], "pressure": ["160"]},
])  # fmt: skip
def test_one_pressure_does_not_override_either_of_todays(query: dict[str, list[str]]) -> None:
    levers = single.read(query).asked.scenario.levers
    assert (levers["pressure_russia"], levers["pressure_china"]) == (60, 160)


def test_one_pressure_that_is_neutral_needs_no_word() -> None:
    opened = single.read({"v": ["1"], "preset": ["opening-hand"], "pressure": ["100"]})
    assert (opened.asked.scenario, opened.notices) == (HAND, ())
    squeezed = single.read({"preset": ["squeeze-both"], "pressure": ["100"]}).asked.scenario
    assert {squeezed.levers[key] for key in ("pressure_russia", "pressure_china")} == {100}


def test_one_pressure_that_is_out_of_range_is_so_for_both() -> None:
    opened = single.read({"pressure": ["201"]})
    used = "which is out of range; 200 was used. Allowed: a whole number, 0 to 200."
    assert opened.notices == (TWO, f"pressure_russia is “201”, {used}", f"pressure_china is “201”, {used}")
    assert {opened.asked.scenario.levers[key] for key in ("pressure_russia", "pressure_china")} == {200}


@pytest.mark.parametrize(("more", "nato"), [("", 77), ("x", 7), ("xx", 0)])
def test_a_query_is_cut_at_4000_characters(more: str, nato: int) -> None:
    text = f"title={'x' * (4000 - len('title=&nato=77'))}{more}&nato=77"
    assert len(text) == 4000 + len(more)
    kept = single.query_of(text)
    assert kept["nato"] == [{77: "77", 7: "7", 0: ""}[nato]]
    assert single.query_of("nato=&a=%20&a=b") == {"nato": [""], "a": [" ", "b"]}


@pytest.mark.parametrize(
    ("query", "used", "notice"),
    [
        ({"nato": "100"}, 100, None),
        ({"nato": "0"}, 0, None),
        ({"nato": "101"}, 100,
         "nato is “101”, which is out of range; 100 was used. Allowed: a whole number, 0 to 100."),
        ({"nato": "-1"}, 0, "nato is “-1”, which is out of range; 0 was used. Allowed: a whole number, 0 to 100."),
        ({"nato": "x"}, 50,
         "nato is “x”, which is not a whole number; 50 was kept. Allowed: a whole number, 0 to 100."),
        ({"horizon": "16"}, 15,
         "horizon is “16”, which is out of range; 15 was used. Allowed: a whole number, 1 to 15."),
        ({"ramp": "0"}, 1, "ramp is “0”, which is out of range; 1 was used. Allowed: a whole number, 1 to 10."),
        ({"start": "2025"}, 2021, "start is “2025”, which is not a start year; 2021 was kept. "
                                  "Allowed: one of 2021, 2024."),
    ],
)  # fmt: skip
def test_what_is_said_of_a_setting(query: dict[str, str], used: int, notice: str | None) -> None:
    ((key, _),) = query.items()
    opened = single.read({"preset": ["opening-hand"], **{name: [text] for name, text in query.items()}})
    scenario = opened.asked.scenario
    assert scenario.levers.get(key, getattr(scenario, key, None)) == used
    assert opened.notices == (() if notice is None else (notice,))


@pytest.mark.parametrize(
    ("version", "notice"),
    [
        ("1", None),
        ("2", None),
        ("3", "This link was made with model version “3”; this page has version 2. All that this version knows was "
              "kept, and its numbers may differ from the author's."),
        ("0", "v is “0”, which is no model version; version 2 was used."),
        ("01", "v is “01”, which is no model version; version 2 was used."),
        ("+2", "v is “+2”, which is no model version; version 2 was used."),
        ("", "v is “”, which is no model version; version 2 was used."),
    ],
)  # fmt: skip
def test_what_is_said_of_a_model_version(version: str, notice: str | None) -> None:
    assert said(v=version) == (() if notice is None else (notice,))


def test_what_is_said_of_names_that_are_no_parts_of_a_link() -> None:
    assert said(natoo="1") == ("“natoo” is not a part of a link and was ignored; did you mean nato?",)
    allowed = (
        "v, set, seed, preset, nato, caatsa, g8, mil, ukraine, clarity, precond, allies, pressure_russia, "
        "pressure_china, start, horizon, onset, ramp, structure, own, edit, title, goal, predict, show, chart, stage, "
        "open, result"
    )
    for count, more in ((5, ""), (6, " and 1 more")):
        names = {f"x{i}": "" for i in range(count)}
        assert said(**names) == (
            f"“x0”, “x1”, “x2”, “x3”, “x4”{more} are not parts of a link and were ignored; allowed: {allowed}.",
        )


def test_a_name_that_stands_twice_is_named_with_what_was_used() -> None:
    assert single.read({"nato": ["7", "9", "8"], "goal": GOALS}).notices == (
        "nato is given 3 times; the first, “7”, was used.",
    )
    assert single.read({"nato": ["7", "9"], "nope": ["1", "2"]}).notices[0].startswith("nato is given 2 times")


@pytest.mark.parametrize(
    ("given", "kept", "notice"),
    [
        (4, 4, ()),
        (5, 4, ("The link sets 5 goals; the first 4 were kept.",)),
        (9, 4, ("The link sets 9 goals; the first 4 were kept.",)),
    ],
)
def test_so_many_goals_are_kept(given: int, kept: int, notice: tuple[str, ...]) -> None:
    opened = single.read({"goal": [f"level_at_most_{50 + i}" for i in range(given)]})
    assert opened.asked.goals == tuple(Goal("level", "at most", 50 + i) for i in range(kept))
    assert opened.notices == notice


def test_a_goal_that_is_set_nine_times_is_one_goal_and_more_are_not_looked_at() -> None:
    assert single.read({"goal": ["level_at_most_50"] * 8}).notices == ()
    opened = single.read({"goal": ["level_at_most_50"] * 9})
    assert opened.asked.goals == (Goal("level", "at most", 50),)
    assert opened.notices == ("The link sets 9 goals; the first 4 were kept.",)
    assert single.read({"goal": ["level_at_most_50"] * 8 + ["nonsense"]}).notices == opened.notices


@pytest.mark.parametrize("text", ["op-ed_hello", "op-ed_1000", "op-ed_-", "opped_1", "op-ed", "op-ed_1..sceptic_2"])
def test_a_result_that_this_page_does_not_write_is_left_out(text: str) -> None:
    opened = single.read({"result": [text]})
    assert opened.seen is None
    assert opened.notices == (
        f"The result “{text}” is not one that this page writes, for example op-ed_-19; it was left out.",
    )


def test_a_result_is_read_with_the_version_and_the_set_that_stand_beside_it() -> None:
    query = {"result": ["op-ed_-19.sceptic_100"], "set": ["0123abcd"], "v": ["2"]}
    assert single.read(query).seen == Seen("2", "0123abcd", {"op-ed": -19, "sceptic": 100})
    assert single.read({"result": ["op-ed_1"]}).seen == Seen("", "", {"op-ed": 1})
    assert single.read({"result": [""]}).seen is None


def test_a_title_that_is_too_long_is_cut_and_said_to_be() -> None:
    opened = single.read({"title": ["x" * 61]})
    assert opened.asked.title == "x" * 60
    assert opened.notices == (
        "The title was shortened to what a link has room for: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”.",
    )
    assert single.read({"title": [" " + "x" * 60 + " "]}).notices == ()
    assert clean_title("a\n\tb\x00c  d") == "a b c d"
    assert clean_title("ж" * 60) == "ж" * 10  # six characters each in a link
    assert clean_title("x" * 59 + " yy") == "x" * 59


# -- predictions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("apart_-60_-1", "must be first, or direction"),
        ("apart_-61_-1_20261122T1402Z", "goes from -61 to -1, but it must rise within -60 to 60."),
        ("closer_1_61_20261122T1402Z", "goes from 1 to 61, but it must rise within -60 to 60."),
        ("apart_5_4_20261122T1402Z", "goes from 5 to 4, but it must rise within -60 to 60."),
        ("apart_-5_5_20261122T1402Z", "does not fit the direction “apart”"),
        ("closer_-5_5_20261122T1402Z", "does not fit the direction “closer”"),
        ("same_1_5_20261122T1402Z", "does not fit the direction “same”"),
        ("same_-5_-1_20261122T1402Z", "does not fit the direction “same”"),
        ("aparts_-5_-1_20261122T1402Z", "The direction of a prediction is “aparts”; did you mean apart?"),
        ("apart_-5_-1_20261122T2402Z", "must be first, or direction"),
        (
            "apart_-5_-1_20261122T1402Z_70",
            "The prediction is 70 of 100 assumed worlds sure, but it must be one of 50, 80, 95.",
        ),
        (
            "apart_-5_-1_20261122T1402Z_80_opped",
            "The prediction is made for the worldview “opped”; did you mean op-ed?",
        ),
        (
            "apart_-5_-1_20261122T1402Z_op-ed",
            "The prediction “apart_-5_-1_20261122T1402Z_op-ed” must be first, or direction, lowest, highest and "
            "minute, for example apart_-20_-5_20261122T1402Z; how sure, and then a worldview, may follow, as in "
            "apart_-20_-5_20261122T1402Z_95_op-ed.",
        ),
        ("apart_-5_-1_20261122T1402Z_080", "must be first, or direction"),
        ("apart_-5_-1_20261122T1402Z_80_", "must be first, or direction"),
    ],
)
def test_a_prediction_that_contradicts_itself_is_refused(text: str, refused: str) -> None:
    with pytest.raises(InputError) as error:
        parse_prediction(text)
    assert refused in str(error.value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("apart_-60_-60_20261122T1402Z", -60, -60), ("closer_60_60_20261122T1402Z", 60, 60),
     ("same_0_5_20261122T1402Z", 0, 5), ("same_-5_0_20261122T1402Z", -5, 0), ("apart_-6_5_20261122T1402Z", -6, 5),
     ("closer_-5_6_20261122T1402Z", -5, 6)],
)  # fmt: skip
def test_a_prediction_is_read_to_the_minute(text: str, low: int, high: int) -> None:
    found = parse_prediction(text)
    assert (found.low, found.high, found.made) == (low, high, datetime(2026, 11, 22, 14, 2, tzinfo=UTC))
    assert (found.sure, found.of) == (80, "")  # as links meant before they could say it
    assert str(found) == text


@pytest.mark.parametrize(
    ("added", "sure", "of", "written"),
    [("_95", 95, "", "_95"), ("_80", 80, "", ""), ("_80_sceptic", 80, "sceptic", "_80_sceptic")],
)
def test_a_prediction_may_say_how_sure_and_then_the_worldview(added: str, sure: int, of: str, written: str) -> None:
    found = parse_prediction(f"same_-5_5_20261122T1402Z{added}")
    assert (found.sure, found.of, str(found)) == (sure, of, f"same_-5_5_20261122T1402Z{written}")


def test_a_bad_part_of_a_prediction_is_told_and_all_else_of_the_link_kept() -> None:
    opened = single.read({"preset": ["opening-hand"], "predict": ["apart_-20_-5_20261122T1402Z_70"]})
    assert (opened.asked.scenario, opened.asked.predict) == (HAND, None)
    assert opened.notices == (
        "The prediction is 70 of 100 assumed worlds sure, but it must be one of 50, 80, 95. It was left out.",
    )


def test_what_a_scenario_is_called() -> None:
    assert Asked(HAND).name == "The essay's opening hand"
    assert Asked(set_values(HAND, {"nato": 51})).name == "The essay's opening hand, changed"
    assert Asked(set_values(HAND, {"nato": 51}), title="Ours").name == "Ours"
    assert Asked(HAND.model_copy(update={"name": "mine"})).changed is False
    assert Asked(HAND.model_copy(update={"title": "Mine"})).name == "Mine"


def test_who_is_shown() -> None:
    assert Shown(chosen=("sceptic", "lock-in")).worldviews == ("lock-in", "sceptic")
    assert Shown().worldviews == ("lock-in", "midpoint", "op-ed", "sceptic", "edited")


# -- comparisons --------------------------------------------------------------------------------------------------


def test_a_comparison_has_every_part_in_its_order() -> None:
    all_asked = [ASKED, Asked(QUO), Asked(presets()["giveaway"], title="T")]
    all_seen = [Seen("2", "0123abcd", {"op-ed": points}) for points in (-19, 0, 7)]
    assert list(comparison.write(all_asked, SHOWN, all_seen).items()) == [
        ("v", ["2"]),
        ("set", ["0123abcd"]),
        ("seed", ["11"]),
        ("with", [WORDS, "status-quo",
                  "giveaway.nato-80.caatsa-70.g8-80.mil-60.ukraine-80.clarity-5.allies-5"]),
        ("show", ["op-ed.sceptic"]),
        ("result", ["op-ed_-19", "op-ed_0", "op-ed_7"]),
        ("title", ["Ours & theirs", "", "T"]),
    ]  # fmt: skip


def test_a_comparison_is_read_scenario_by_scenario() -> None:
    found = comparison.read(
        {"v": ["2"], "set": ["0123abcd"], "seed": ["11"], "with": [WORDS, "giveaway", "status-quo.nato-5"],
         "title": ["Mine"], "show": ["sceptic"], "result": ["op-ed_-19", "op-ed_0", "op-ed_7"]}
    )  # fmt: skip
    assert found.notices == ()
    assert found.all_asked == (
        Asked(ASKED.scenario, title="Mine", seed=11),
        Asked(presets()["giveaway"], seed=11),
        Asked(set_values(QUO, {"nato": 5}), seed=11),
    )
    assert found.shown.chosen == ("sceptic",)
    assert found.all_seen == tuple(Seen("2", "0123abcd", {"op-ed": points}) for points in (-19, 0, 7))


def test_a_fifth_scenario_is_left_out_and_said_to_be() -> None:
    names = ["giveaway", "status-quo", "opening-hand", "grand-bargain", "squeeze-both"]
    found = comparison.read({"with": names, "title": list("ABCDE"), "result": ["op-ed_1"] * 5})
    assert [asked.scenario.name for asked in found.all_asked] == names[:4]
    assert [asked.title for asked in found.all_asked] == list("ABCD")
    assert len(found.all_seen) == 4
    assert found.notices == ("The link compares 5 scenarios; the first 4 were kept.",)
    assert comparison.read({"with": names[:4]}).notices == ()


def test_results_count_only_where_every_scenario_has_one() -> None:
    assert comparison.read({"with": ["giveaway", "status-quo"], "result": ["op-ed_1"]}).all_seen == ()
    assert comparison.read({"with": ["giveaway"], "result": ["op-ed_1", "op-ed_2"]}).all_seen == ()
    assert len(comparison.read({"with": ["giveaway"], "result": ["op-ed_1"]}).all_seen) == 1


def test_a_preset_with_a_setting_has_no_others_and_alone_is_the_preset() -> None:
    (plain,) = comparison.read({"with": ["opening-hand"]}).all_asked
    (bare,) = comparison.read({"with": ["opening-hand.nato-60"]}).all_asked
    assert plain.scenario == HAND
    neutral = dict.fromkeys(HAND.levers, 0) | {"pressure_russia": 100, "pressure_china": 100}
    assert bare.scenario.levers == neutral | {"nato": 60}
    emptied = set_values(HAND, {key: QUO.levers[key] for key in QUO.levers})
    assert comparison.write([Asked(emptied)], all_seen=[SEEN])["with"] == ["opening-hand.nato-0"]
    assert comparison.read({"with": ["opening-hand.nato-0"]}).all_asked == (Asked(emptied),)


def test_a_comparison_of_version_1_gives_its_one_pressure_to_both_rivals() -> None:
    found = comparison.read({"v": ["1"], "with": ["squeeze-both.pressure-160", "opening-hand.nato-60.pressure-30"]})
    squeezed, hand = found.all_asked
    assert squeezed.scenario == presets()["squeeze-both"]
    assert {key: value for key, value in hand.scenario.levers.items() if value} == {
        "nato": 60, "pressure_russia": 30, "pressure_china": 30,
    }  # fmt: skip
    assert found.notices == (TWO,)  # once, not for each scenario


def test_a_changed_scenario_with_both_pressures_at_neutral_names_neither() -> None:
    eased = set_values(presets()["pivot-to-china"], {"pressure_russia": 100, "pressure_china": 100})
    assert comparison.write([Asked(eased)], all_seen=[SEEN])["with"] == [
        "pivot-to-china.nato-50.caatsa-35.g8-50.mil-50.ukraine-50.clarity-80.allies-60"
    ]
    everything = set_values(QUO, {"pressure_russia": 0, "pressure_china": 200})
    assert comparison.write([Asked(everything)], all_seen=[SEEN])["with"] == [
        "status-quo.pressure_russia-0.pressure_china-200"
    ]


def test_results_are_left_out_where_a_link_has_no_room_for_them_and_titles_take_it() -> None:
    changed = {"precond": 100, "pressure_russia": 99, "pressure_china": 99, "start": 2024, "horizon": 15, "onset": 1}
    four = [Asked(set_values(HAND, changed | {"nato": n, "ramp": 3})) for n in range(4)]
    crowded = [Seen("2", "0123abcd", dict.fromkeys(("lock-in", "midpoint", "op-ed", "sceptic"), -100))] * 4
    assert "result" not in comparison.write(four, SHOWN, crowded)
    titled = [Asked(one.scenario, title="T") for one in four]
    written = comparison.write(titled, SHOWN, crowded)
    assert written["title"] == ["T"] * 4
    assert len(urlencode(written, doseq=True)) < 900


@pytest.mark.parametrize("pasted", ["?ukr=7", "?preset=giveaway", "https://a.org/?nato=7", "nato=7"])
def test_a_link_of_one_preset_or_one_setting_can_be_pasted(pasted: str) -> None:
    (asked,) = comparison.read_pasted(pasted).all_asked
    assert asked == single.read(single.query_of(pasted.rpartition("?")[2])).asked


def test_a_comparison_can_be_pasted_and_a_link_that_asks_for_a_prediction_cannot() -> None:
    names = [
        asked.scenario.name for asked in comparison.read_pasted("/compare?with=giveaway&with=status-quo").all_asked
    ]
    assert names == ["giveaway", "status-quo"]
    with pytest.raises(InputError, match="asks for a prediction before it shows results; open it on Explore"):
        comparison.read_pasted("?preset=giveaway&predict=first")
    with pytest.raises(InputError, match=r"“.seed=3” is not a link of this page; for example ….preset=opening-hand\."):
        comparison.read_pasted("?seed=3")


# -- short links --------------------------------------------------------------------------------------------------


def test_a_plain_code_is_these_31_bytes() -> None:
    head = bytes.fromhex("02 0123abcd 00000007 a86a")  # format, set, seed, checksum of "status-quo"
    settings = bytes([0, 0, 0, 0, 0, 0, 0, 0, 100, 100, 121, 10, 0, 2])  # the start is counted from 1900
    results = bytes([0, 127, 256 - 19, 127])  # 127: none
    told = urlsafe_b64encode(head + settings + results + bytes.fromhex("deea")).decode().rstrip("=")
    assert short.code(Asked(QUO), Shown(), SEEN) == told == "AgEjq80AAAAHqGoAAAAAAAAAAGRkeQoAAgB_7X_e6g"


def test_a_code_of_format_1_has_13_settings_and_counts_its_start_from_2000() -> None:
    told = short.query("AQEjq80AAAAHqGoAAAAAAAAAABUKAAJkAH_tfxeQ")
    assert told == (
        "v=1&set=0123abcd&seed=7&preset=status-quo&nato=0&caatsa=0&g8=0&mil=0&ukraine=0&clarity=0&precond=0&allies=0"
        "&start=2021&horizon=10&onset=0&ramp=2&pressure=100&result=lock-in_0.op-ed_-19"
    )
    opened = single.read(single.query_of(told))
    assert (opened.asked, opened.seen, opened.notices) == (Asked(QUO), Seen("1", "0123abcd", SEEN.result), ())


@pytest.mark.parametrize("code", [
    "AQEjq80AAAALhl08IzIyMlAAPBgKAAJkAH_tf1KtJYwxDoMwDEVP0ywIFKKCuuQMXTp1saxgkUgujmLTXr8gxv_e07diTPG5N-1uYe4sU2nq"
    "aqOlJItYsRn0wUM_QfBhHscQXuPdh7fTLL8otadl0ETVSnIpH_nFnBquFJHZSaUtroKsQzp_zZ0jMn2JAQ0-ogbT46IbmkCSTFpkOy0THnr2fw"
])  # fmt: skip
def test_a_code_of_a_whole_link_gives_all_its_parts(code: str) -> None:
    query = single.query_of(short.query(code))
    of_then = LINK | {"stage": "all", "v": "1", "pressure": "100", "open": "goals.credit"}  # sections had another order
    del of_then["pressure_russia"], of_then["pressure_china"]
    assert query == {key: [value] for key, value in of_then.items()} | {"goal": GOALS}
    today = {key: [value] for key, value in LINK.items()} | {"goal": GOALS}
    assert single.query_of(short.query(short.code(ASKED, SHOWN, SEEN))) == today


def test_a_code_keeps_the_version_of_an_author_who_saw_the_earlier_model() -> None:
    author = Seen("1", "175ac28c", {"op-ed": -20})
    opened = single.read(single.query_of(short.query(short.code(ASKED, SHOWN, author))))
    assert opened == single.Opened(ASKED, (), SHOWN, author)


def test_a_code_of_another_set_than_eight_digits_holds_todays() -> None:
    odd = short.code(Asked(HAND, predict=FIRST), Shown(), Seen("1", "not a set", {}))
    assert odd == short.code(Asked(HAND, predict=FIRST))


def test_a_code_of_another_version_says_so() -> None:
    code = short.code(Asked(QUO), Shown(), Seen("3", "0123abcd", {}))
    assert short.query(code).startswith("set=0123abcd&seed=7&preset=status-quo&nato=0&")
    assert single.query_of(short.query(code))["v"] == ["3"]


@pytest.mark.parametrize(
    "code",
    [
        "",
        "A",
        "AQEjq80",
        "x" * 2001,
        "ж",
        "AgEjq80AAAAHqGoAAAAAAAAAABUKAAJkAH_tfxeQ",
        "AwEjq80AAAAHqGoAAAAAAAAAAGRkeQoAAgB_7X_e6g",
    ],
)
def test_a_code_that_is_cut_or_of_another_format_is_refused(code: str) -> None:
    with pytest.raises(InputError, match="is no short link of this page, or it was mistyped or cut"):
        short.query(code)

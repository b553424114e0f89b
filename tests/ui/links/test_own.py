"""A reader's own worldview in links: single, short and compared; what cannot be followed gets a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import presets
from model.assumptions.edits import Edits, editable, edits, worldview_of
from tests.model.assumptions.test_edits import changes
from ui.exports.stamp import qr_code
from ui.links import comparison, short, single
from ui.links.asked import Asked, Shown, starting_points
from ui.told.cache import assumed

HAND = presets()["opening-hand"]
OWN = edits("op-ed", {"binding_share": (0.4, 0.6, 0.8), "symbolic_potency": (-1, 0, 1.25), "salience.threat": (0.2,)})
RESULT = {"lock-in": 1, "midpoint": 0, "op-ed": -19, "sceptic": 2, "edited": -16}


@given(changes())
def test_a_link_keeps_every_change_to_the_last_bit(own: Edits) -> None:
    asked = Asked(HAND, own=own)
    opened = single.read(single.write(asked))
    assert (opened.asked, opened.notices) == (asked, ())
    assert assumed(opened.asked.own).digest == assumed(own).digest
    assert single.query_of(short.query(short.code(asked))).get("edit", []) == single.write(asked).get("edit", [])


def test_a_change_can_be_read_in_the_link() -> None:
    assert single.write(Asked(HAND, own=OWN))["edit"] == [
        "salience.threat~0.2",
        "symbolic_potency~-1~0~1.25",
        "binding_share~0.4~0.6~0.8",
    ]
    assert single.write(Asked(HAND, own=Edits("sceptic")))["own"] == ["sceptic"]
    assert not {"own", "edit"} & set(single.write(Asked(HAND)))


def test_what_was_seen_of_it_stands_in_whole_and_short_links_and_in_comparisons() -> None:
    asked = Asked(HAND, own=OWN)
    seen = replace(single.nothing_seen(), result=RESULT)
    whole = single.read(single.write(asked, seen=seen))
    assert whole.seen == seen
    of_short = single.read(single.query_of(short.query(short.code(asked, seen=seen))))
    assert (of_short.asked, of_short.seen) == (asked, seen)
    both = [asked, Asked(presets()["giveaway"], own=OWN)]
    compared = comparison.read(comparison.write(both, all_seen=[seen, seen]))
    assert (list(compared.all_asked), list(compared.all_seen), compared.notices) == (both, [seen, seen], ())


def test_without_one_no_link_differs_from_those_of_before() -> None:
    code = short.code(
        Asked(HAND), seen=replace(single.nothing_seen(), result={k: v for k, v in RESULT.items() if k != "edited"})
    )
    assert len(code) < 50
    assert "edited" not in short.query(code)


def test_it_can_be_shown_and_left_alone_where_it_stands_and_only_there() -> None:
    link = {"preset": ["opening-hand"], "show": ["op-ed.edited"], "chart": ["edited"], "stage": ["sure.edited"]}
    opened = single.read(link | {"own": ["op-ed"]})
    assert opened.shown == Shown(chosen=("op-ed", "edited"), chart="edited", stage="sure.edited")
    assert opened.notices == ()
    without = single.read(link)
    assert without.shown == Shown(chosen=("op-ed",), stage="sure")
    assert [notice.partition(" ")[0] for notice in without.notices] == ["show", "chart", "stage"]


def test_a_prediction_for_it_needs_it() -> None:
    link = {"predict": ["apart_-20_-5_20261122T1402Z_95_edited"]}
    prediction = single.read(link | {"own": ["op-ed"]}).asked.prediction
    assert prediction is not None
    assert prediction.of == "edited"
    assert single.read(link).notices == (
        "The prediction is made for the worldview “edited”; allowed: lock-in, midpoint, op-ed, sceptic. It was left "
        "out.",
    )


def test_a_historic_analogue_keeps_it_for_later_and_is_run_under_its_own() -> None:
    era = Asked(starting_points()["reset-2009"], own=OWN)
    assert single.read(single.write(era)).asked == era
    assert era.worldviews == (era.scenario.analogue.worldview,)  # type: ignore[union-attr]
    assert replace(era, scenario=HAND).worldviews[-1] == "edited"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"edit": ["binding_share~0.2~0.3~0.5"]}, "edit changes a worldview, but own does not say which one was"),
        ({"own": ["oped"]}, "own names “oped”, which was left out; did you mean op-ed?"),
        ({"own": ["edited"]}, "own names “edited”, which was left out; allowed: lock-in, midpoint, op-ed, sceptic."),
        ({"own": ["op-ed"], "edit": ["bindingshare~1"]}, "A worldview has no number “bindingshare”; did you mean b"),
        ({"own": ["op-ed"], "edit": ["binding_share~0.2~x~0.5"]}, "“binding_share” has “x” where a number is wanted"),
        ({"own": ["op-ed"], "edit": ["binding_share~0.2~0.3~5"]}, "binding_share is 5, but the admissible range is"),
        ({"own": ["op-ed"], "edit": ["binding_share"]}, "binding_share is given 0 values, but it takes low,"),
        ({"own": ["op-ed"], "edit": ["drift_rate~1~2~3", "drift_rate~1~1~1"]}, "drift_rate is changed more than once;"),
        ({"own": ["op-ed"], "edit": [f"salience.{key}~0" for key in ("threat", "economy", "status", "contact")]},
         "The weights of salience are all 0; at least one must be above. No change was kept."),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_named_and_all_else_is_kept(query: dict[str, list[str]], said: str) -> None:
    opened = single.read({"preset": ["opening-hand"], "nato": ["10"], **query})
    assert opened.notices[0].startswith(said)
    assert len(opened.notices) == 1
    assert opened.asked.scenario.levers["nato"] == 10
    assert (opened.asked.own is not None) == (query.get("own") == ["op-ed"])


@given(st.lists(st.text(max_size=40), max_size=100), st.text(max_size=12))
def test_nothing_in_a_link_breaks_the_reading(texts: list[str], copied: str) -> None:
    own, notices = single.own_of(copied, texts)
    assert own is None or worldview_of(own)
    assert all(notice.isprintable() and len(notice) < 700 for notice in notices)
    assert len(notices) <= 2 * len(editable()) + 1


def test_a_change_that_can_be_followed_is_kept_beside_one_that_cannot() -> None:
    own, notices = single.own_of("op-ed", ["nonsense", "binding_share~0.4~0.6~0.8"])
    assert own == edits("op-ed", {"binding_share": (0.4, 0.6, 0.8)})
    assert len(notices) == 1


def test_the_longest_numbers_that_a_short_link_may_hold_come_back_from_it_and_fit_a_qr_code() -> None:
    ends = {name: (one.low + 1e-13, one.high) for name, one in editable().items()}
    long = {
        name: ((low + 2 * high) / 3, high - 1e-9, high)[: editable()[name].count] for name, (low, high) in ends.items()
    }
    longest = sorted(long, key=lambda name: -len(name) - 100 * editable()[name].count)[: short.MOST_CHANGES]
    asked = Asked(HAND, own=edits("sceptic", {name: long[name] for name in longest}), title="x" * 60)
    assert asked.own is not None
    assert len(asked.own.changes) == short.MOST_CHANGES
    code = short.code(asked, seen=replace(single.nothing_seen(), result=RESULT))
    assert single.read(single.query_of(short.query(code))).asked == asked
    assert qr_code(f"https://example.org/{'path/' * 8}?{single.text(asked)}")


def test_every_number_changed_fits_a_full_link() -> None:
    every = edits(
        "op-ed", {name: (one.low + (one.high - one.low) / 3,) * one.count for name, one in editable().items()}
    )
    asked = Asked(HAND, own=every, title="x" * 60)
    assert len(single.text(asked)) < single.LONGEST
    assert single.read(single.query_of(single.text(asked))).asked == asked


@pytest.mark.parametrize("value", [5e-324, 1e-300, 1.2345678901234567e-05, 0.00010000000000000002, 0.1 + 0.2])
def test_numbers_of_any_size_come_back_from_a_link_as_they_were(value: float) -> None:
    asked = Asked(HAND, own=edits("op-ed", {"binding_share": (value, 0.5, 0.6)}))
    opened = single.read(single.write(asked))
    assert (opened.asked, opened.notices) == (asked, ())

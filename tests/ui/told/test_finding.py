"""The finding and the prices: each sentence that the rule can say, from numbers made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import analogues, presets
from model.assumptions.scenario import set_values
from model.assumptions.schema import Scenario
from tests.ui.made import four, made
from ui.told import finding
from ui.told.numbers import CardNumbers, OutcomeNumbers

HAND, NOTHING, SQUEEZE = (presets()[name] for name in ("opening-hand", "status-quo", "squeeze-both"))
NIXON = analogues()["opening-to-china-1969"]
AGAINST = "Against no levers, this package leaves Russia and China "


@pytest.mark.parametrize(
    ("shifts", "said", "short"),
    [
        ((0.4, -1.4, -18.6, 2.4), "19 points less aligned by 2031 under one view, within 2 points under three",
         "19 points less to 2 points more aligned, by view"),
        ((0.4, -1.4, -18.6, -3), "3 to 19 points less aligned by 2031 under two views, within 1 point under two",
         "up to 19 points less aligned, by view"),
        ((-2, -3, -19, -7), "3 to 19 points less aligned by 2031 under three views, within 2 points under one",
         "2 to 19 points less aligned, by view"),
        ((0.4, -0.4, -3.4, -2.6), "3 points less aligned by 2031 under two views, just as aligned under two",
         "up to 3 points less aligned, by view"),
        ((2.4, 5, 4, 0), "4 to 5 points more aligned by 2031 under two views, within 2 points under two",
         "up to 5 points more aligned, by view"),
        ((-3, -7, -19, -7), "3 to 19 points less aligned by 2031: how far depends on whose view you take",
         "3 to 19 points less aligned, by view"),
        ((-3.4, -2.6, -3, -3), "3 points less aligned by 2031: all four views agree", "3 points less aligned"),
        ((4, 4.4, 3.6, 4), "4 points more aligned by 2031: all four views agree", "4 points more aligned"),
        ((0, -4, -19, 3), "19 points less aligned by 2031, or 3 points more: it depends whose view you take",
         "19 points less to 3 points more aligned, by view"),
        ((2.4, 0, -0.6, 0), "just as aligned, give or take 2 points, by 2031: all four views agree",
         "1 point less to 2 points more aligned, by view"),
        ((0, 0, 0, 1.0), "just as aligned, give or take 1 point, by 2031: all four views agree",
         "up to 1 point more aligned, by view"),
        ((1, 1, 1, 1), "just as aligned, give or take 1 point, by 2031: all four views agree", "1 point more aligned"),
        ((0.4, -0.4, 0.2, 0), "just as aligned by 2031: all four views agree", "just as aligned"),
    ],
)  # fmt: skip
def test_views_that_move_by_three_points_or_more_are_told_apart_from_those_that_hardly_move(
    shifts: tuple[float, float, float, float], said: str, short: str
) -> None:
    cards = four(*shifts)
    assert finding.finding(cards, HAND) == f"{AGAINST}{said}"
    assert finding.in_short(cards, HAND) == f"Russia and China by 2031, against no levers: {short}"


def test_levers_without_an_offer_are_a_course_and_the_year_is_the_last_one_shown() -> None:
    sooner = set_values(SQUEEZE, {"horizon": 6})
    assert finding.finding(four(3, 2, 5, 2), sooner) == (
        "Against no levers, this course leaves Russia and China 3 to 5 points more aligned by 2027 under two views, "
        "within 2 points under two"
    )
    assert finding.in_short(four(3, 2, 5, 2), sooner) == (
        "Russia and China by 2027, against no levers: 2 to 5 points more aligned, by view"
    )


@pytest.mark.parametrize(
    ("count", "who"), [(2, "both views"), (3, "all three views"), (5, "all five views"), (6, "all 6 views")]
)
def test_however_many_worldviews_agree_are_counted(count: int, who: str) -> None:
    for shift, said in (
        (-2.0, "just as aligned, give or take 2 points,"),
        (-3.0, "3 points less aligned"),
        (0.0, "just as aligned"),
    ):
        assert finding.finding([made("op-ed", shift)] * count, HAND) == f"{AGAINST}{said} by 2031: {who} agree"
    drift = finding.finding([made("op-ed")] * count, NOTHING)
    assert drift == f"With no lever moved, {who} have Russia and China draw closer: 58 in 2021, 72 in 2031"


def test_however_many_worldviews_differ_are_counted() -> None:
    six, one = [made("op-ed", -5.0)] * 6, [made("sceptic", 1.0)]
    assert finding.finding(six + one, HAND).endswith(
        " 5 points less aligned by 2031 under 6 views, within 1 point under one"
    )
    assert finding.finding(one * 6 + six[:1], HAND).endswith(" by 2031 under one view, within 1 point under 6")


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        (-18.6, "19 points less aligned"),
        (1.2, "1 point more aligned"),
        (0.4, "just as aligned"),
    ],
)
def test_one_worldview_alone_says_whose_view_it_is(shift: float, said: str) -> None:
    cards = [made("op-ed", shift)]
    assert finding.finding(cards, HAND) == f"{AGAINST}{said} by 2031, says “The op-ed's case”"
    assert finding.in_short(cards, HAND) == (
        f"Russia and China by 2031, against no levers: {said}, says “The op-ed's case”"
    )


def test_the_finding_of_an_analogue_names_the_two_of_its_time_and_its_view() -> None:
    countries = "the People's Republic of China and the Soviet Union"
    card = made("midpoint", -4.0)
    assert NIXON.last_year > NIXON.start > 1960
    assert finding.finding([card], NIXON) == (
        f"Against no levers, this package leaves {countries} 4 points less aligned by {NIXON.last_year}, says "
        "“Literature midpoint”"
    )
    assert finding.in_short([card], NIXON) == (
        f"{countries} by {NIXON.last_year}, against no levers: 4 points less aligned, says “Literature midpoint”"
    )


def paths(*ends: tuple[float, float]) -> list[CardNumbers]:
    """A worldview for each start and end of the path without levers."""
    return [made("op-ed", 0.0, alone=(start, (start + end) / 2, end)) for start, end in ends]


@pytest.mark.parametrize(
    ("ends", "said", "short"),
    [
        ([(57.6, 71.4), (57.6, 72.6)], "both views have Russia and China draw closer: 58 in 2021, 71 to 73 in 2031",
         "71 to 73"),
        ([(58, 72.6), (58, 73.4)], "both views have Russia and China draw closer: 58 in 2021, 73 in 2031", "73"),
        ([(58, 51.2), (58, 44)], "both views have Russia and China drift apart: 58 in 2021, 44 to 51 in 2031",
         "44 to 51"),
        ([(58, 57), (58, 59)], "both views have Russia and China stay about as close: 58 in 2021, 57 to 59 in 2031",
         "57 to 59"),
        ([(58, 58.4), (58, 66)], "both views have Russia and China stay about as close: 58 in 2021, 58 to 66 in 2031",
         "58 to 66"),
        ([(58, 57.6), (58, 50)], "both views have Russia and China stay about as close: 58 in 2021, 50 to 58 in 2031",
         "50 to 58"),
        ([(58, 71)] * 3 + [(58, 73)], "all four views have Russia and China draw closer: 58 in 2021, 71 to 73 in 2031",
         "71 to 73"),
        ([(58, 71)], "“The op-ed's case” has Russia and China draw closer: 58 in 2021, 71 in 2031", "71"),
    ],
)  # fmt: skip
def test_where_nothing_is_moved_the_finding_is_what_happens_alone(
    ends: list[tuple[float, float]], said: str, short: str
) -> None:
    assert finding.finding(paths(*ends), NOTHING) == f"With no lever moved, {said}"
    assert finding.in_short(paths(*ends), NOTHING) == (
        f"Russia and China, no lever moved: alignment 58 in 2021, {short} by 2031"
    )


@pytest.mark.parametrize(
    ("scenario", "count", "said"),
    [
        (HAND, 4, " It starts at the end of 2021, before the 2022 invasion. Rival views, none "
         "preferred, never averaged."),
        (HAND, 2, " It starts at the end of 2021, before the 2022 invasion. Rival views, none "
         "preferred, never averaged."),
        (set_values(HAND, {"start": 2024}), 1, " One view of several rivals."),
        (NIXON, 1, " A historic analogue, under one worldview."),
    ],
)  # fmt: skip
def test_beside_the_finding_stands_what_it_is_not(scenario: Scenario, count: int, said: str) -> None:
    assert finding.caveat(scenario, count) == f"Assumptions worked out, not a forecast.{said}"


def outcome(key: str, worldview: str, middle: float, reference: float) -> OutcomeNumbers:
    return OutcomeNumbers(worldview, key, key, middle - 9, middle, middle + 9, reference)


TWO = [made("op-ed", -19, dropped=27), made("sceptic", 1, dropped=96)]
FOUND = [
    outcome("nato_cohesion", "op-ed", 58.4, 63.6),
    outcome("nato_cohesion", "lock-in", 1, 63.6),  # not shown
    outcome("nato_cohesion", "sceptic", 49.6, 63.6),
    outcome("us_effort", "op-ed", 11, 12),  # no price
    outcome("us_effort", "sceptic", 13, 14),
    outcome("doubt", "op-ed", 30.2, 20.4),
    outcome("doubt", "sceptic", 29.8, 20.4),
    outcome("values_cost", "op-ed", 41, 0),
    outcome("values_cost", "sceptic", 8, 0),
]


def test_a_price_names_both_ends_and_whose_they_are() -> None:
    assert list(finding.prices(TWO, FOUND, HAND)) == [
        finding.Price("reversed_share", "Washington drops the offers", "27 (Op-ed) to 96 (Sceptic) of 100 worlds",
                      {"op-ed": 27, "sceptic": 96}, None),
        finding.Price("doubt", "Beijing’s doubt of Moscow", "30", {"op-ed": 30, "sceptic": 30}, 20),
        finding.Price("nato_cohesion", "NATO cohesion", "50 (Sceptic) to 58 (Op-ed)",
                      {"op-ed": 58, "sceptic": 50}, 64),
        finding.Price("values_cost", "US cost in values", "8 (Sceptic) to 41 (Op-ed)", {"op-ed": 41, "sceptic": 8}, 0),
    ]  # fmt: skip


def test_of_views_that_tie_at_an_end_the_first_is_named_and_all_alike_have_one_number() -> None:
    cards = [made("lock-in", dropped=40), made("midpoint", dropped=40), made("op-ed", dropped=12)]
    rows = [outcome(key, card.worldview, 5, 5) for key in finding.PRICES for card in cards]
    dropped, doubt, *_ = finding.prices(cards, rows, HAND)
    assert dropped.told == "12 (Op-ed) to 40 (Lock-in) of 100 worlds"
    assert doubt.told == "5"
    alike = [replace(card, reversed_of_100=40) for card in cards]
    assert finding.prices(alike, rows, HAND)[0].told == "40 of 100 worlds"


def test_without_an_offer_there_is_nothing_to_drop() -> None:
    for scenario in (SQUEEZE, NOTHING):
        first, *others = finding.prices(TWO, FOUND, scenario)
        assert first == finding.Price("reversed_share", "Washington drops the offers", "nothing to drop", {}, None)
        assert others == list(finding.prices(TWO, FOUND, HAND))[1:]


def test_the_doubt_of_an_analogue_is_its_rivals() -> None:
    assert finding.prices(TWO, FOUND, NIXON)[1].title == "Doubt in the Soviet Union"


def test_a_shift_that_is_not_the_difference_of_two_numbers_on_screen_is_explained() -> None:
    """Without levers all end at 72.4, which is told as 72."""
    alone = (58, 65, 72.4)
    fits = made("lock-in", (-3, -1.4, 0), levers=(58, 64, 71.0), alone=alone)  # 71 - 72 is -1
    off = made("op-ed", (-25, -19.6, -12), levers=(58, 60, 53.2), alone=alone)  # 53 - 72 is -19, told is -20
    more = made("sceptic", (0, 1.6, 2), levers=(58, 66, 73.4), alone=alone)  # 73 - 72 is 1, told is 2
    assert finding.unlike_ends([fits]) == ""
    told = "Op-ed: middle end 53 instead of 72, middle of its worlds’ own shifts −20"
    assert finding.unlike_ends([fits, off]) == f"{told}."
    assert finding.unlike_ends([fits, off, more]) == f"{told} (one more likewise)."
    assert finding.unlike_ends([more, off, off]) == (
        "Sceptic: middle end 73 instead of 72, middle of its worlds’ own shifts +2 (two more likewise)."
    )
    still = made("sceptic", (0, 1.6, 2), levers=(58, 66, 72.2), alone=alone)
    assert finding.unlike_ends([still]) == "Sceptic: middle end 72 either way, middle of its worlds’ own shifts +2."


def test_a_readers_own_worldview_is_no_further_witness_and_its_number_stands_behind() -> None:
    ours, hand = four(1, 0, -19, 2), presets()["opening-hand"]
    with_own = [*ours, made("edited", -16)]
    assert finding.finding(with_own, hand) == f"{finding.finding(ours, hand)}; yours −16"
    assert finding.in_short(with_own, hand) == finding.in_short(ours, hand)
    still = presets()["status-quo"]
    assert finding.finding([*four(0, 0, 0, 0), made("edited", 0)], still) == finding.finding(four(0, 0, 0, 0), still)
    assert finding.finding([made("edited", -16)], hand).endswith("says “Your worldview (edited)”")

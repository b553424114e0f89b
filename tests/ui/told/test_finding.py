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
DEPENDS = ": it depends whose view you take"


@pytest.mark.parametrize(
    ("shifts", "said", "short"),
    [
        ((0.4, -1.4, -18.6, 1.4), f"19 points less aligned than no levers would, or 1 point more{DEPENDS}",
         "19 points further apart to 1 point closer than with no levers"),
        ((2.4, 0, -0.6, 0), f"1 point less aligned than no levers would, or 2 points more{DEPENDS}",
         "1 point further apart to 2 points closer than with no levers"),
        ((0.4, -1.4, -18.6, 0.4), f"19 points less aligned than no levers would, or just as aligned{DEPENDS}",
         "19 points further apart to no shift against no levers"),
        ((0, 0, 0, 1.0), f"1 point more aligned than no levers would, or just as aligned{DEPENDS}",
         "no shift to 1 point closer than with no levers"),
        ((-2, -3, -19, -7), "2 to 19 points less aligned than no levers would",
         "19 points further apart to 2 points further apart than with no levers"),
        ((2, 5, 4, 1), "1 to 5 points more aligned than no levers would",
         "1 point closer to 5 points closer than with no levers"),
        ((-3.4, -2.6, -3, -3), "3 points less aligned than no levers would: all four views agree",
         "3 points further apart than with no levers"),
        ((1, 1, 1, 1), "1 point more aligned than no levers would: all four views agree",
         "1 point closer than with no levers"),
        ((0.4, -0.4, 0.2, 0), "as aligned as no levers would: all four views agree", "no shift against no levers"),
    ],
)  # fmt: skip
def test_the_smallest_and_the_largest_middle_shift_make_the_finding(
    shifts: tuple[float, float, float, float], said: str, short: str
) -> None:
    cards = four(*shifts)
    assert finding.finding(cards, HAND) == f"By 2031 this package leaves Russia and China {said}"
    assert finding.in_short(cards, HAND) == f"Russia and China by 2031: {short}"


def test_levers_without_an_offer_are_a_course_and_the_year_is_the_last_one_shown() -> None:
    sooner = set_values(SQUEEZE, {"horizon": 6})
    assert finding.finding(four(3, 2, 5, 2), sooner) == (
        "By 2027 this course leaves Russia and China 2 to 5 points more aligned than no levers would"
    )
    assert finding.in_short(four(3, 2, 5, 2), sooner).startswith("Russia and China by 2027: 2 points closer to 5 ")


@pytest.mark.parametrize(
    ("count", "who"), [(2, "both views"), (3, "all three views"), (5, "all five views"), (6, "all 6 views")]
)
def test_however_many_worldviews_agree_are_counted(count: int, who: str) -> None:
    cards = [made("op-ed", -2.0)] * count
    assert finding.finding(cards, HAND).endswith(f"2 points less aligned than no levers would: {who} agree")


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        (-18.6, "19 points less aligned than no levers would"),
        (1.2, "1 point more aligned than no levers would"),
        (0.4, "as aligned as no levers would"),
    ],
)
def test_one_worldview_alone_says_whose_view_it_is(shift: float, said: str) -> None:
    told = finding.finding([made("op-ed", shift)], HAND)
    assert told == f"By 2031 this package leaves Russia and China {said}, says “The op-ed's case”"


def test_the_finding_of_an_analogue_names_the_two_of_its_time_and_its_view() -> None:
    countries = "the People's Republic of China and the Soviet Union"
    card = made("midpoint", -4.0)
    assert NIXON.last_year > NIXON.start > 1960
    assert finding.finding([card], NIXON) == (
        f"By {NIXON.last_year} this package leaves {countries} 4 points less aligned than no levers would, says "
        "“Literature midpoint”"
    )
    assert finding.in_short([card], NIXON) == (
        f"{countries} by {NIXON.last_year}: 4 points further apart than with no levers"
    )


def paths(*ends: tuple[float, float]) -> list[CardNumbers]:
    """A worldview for each start and end of the path without levers."""
    return [made("op-ed", 0.0, alone=(start, (start + end) / 2, end)) for start, end in ends]


@pytest.mark.parametrize(
    ("ends", "said", "short"),
    [
        ([(57.6, 71.4), (57.6, 72.6)], "draw closer: alignment 58 in 2021, 71 to 73 in 2031", "71 to 73"),
        ([(58, 72.6), (58, 73.4)], "draw closer: alignment 58 in 2021, 73 in 2031", "73"),
        ([(58, 51.2), (58, 44)], "drift apart: alignment 58 in 2021, 44 to 51 in 2031", "44 to 51"),
        ([(58, 59), (58, 60)], "draw closer: alignment 58 in 2021, 59 to 60 in 2031", "59 to 60"),
        ([(58, 57), (58, 56)], "drift apart: alignment 58 in 2021, 56 to 57 in 2031", "56 to 57"),
        ([(58, 57), (58, 59)], "stay about as close: alignment 58 in 2021, 57 to 59 in 2031", "57 to 59"),
        ([(58, 58.4), (58, 66)], "stay about as close: alignment 58 in 2021, 58 to 66 in 2031", "58 to 66"),
        ([(58, 57.6), (58, 50)], "stay about as close: alignment 58 in 2021, 50 to 58 in 2031", "50 to 58"),
    ],
)
def test_where_nothing_is_moved_the_finding_is_what_happens_alone(
    ends: list[tuple[float, float]], said: str, short: str
) -> None:
    assert finding.finding(paths(*ends), NOTHING) == f"Left alone, Russia and China {said}"
    assert finding.in_short(paths(*ends), NOTHING) == f"Left alone, Russia and China: 58 in 2021, {short} by 2031"


@pytest.mark.parametrize(
    ("scenario", "count", "said"),
    [
        (HAND, 4, " It starts at the end of 2021 and knows nothing of 2022. Rival views side by side, none preferred, "
         "never averaged."),
        (HAND, 2, " It starts at the end of 2021 and knows nothing of 2022. Rival views side by side, none preferred, "
         "never averaged."),
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
        finding.Price("reversed", "Washington drops it", "27 (Op-ed) to 96 (Sceptic) worlds of 100",
                      {"op-ed": 27, "sceptic": 96}, None),
        finding.Price("doubt", "Beijing's doubt", "30", {"op-ed": 30, "sceptic": 30}, 20),
        finding.Price("nato_cohesion", "NATO cohesion", "50 (Sceptic) to 58 (Op-ed)",
                      {"op-ed": 58, "sceptic": 50}, 64),
        finding.Price("values_cost", "Cost in values", "8 (Sceptic) to 41 (Op-ed)", {"op-ed": 41, "sceptic": 8}, 0),
    ]  # fmt: skip


def test_of_views_that_tie_at_an_end_the_first_is_named_and_all_alike_have_one_number() -> None:
    cards = [made("lock-in", dropped=40), made("midpoint", dropped=40), made("op-ed", dropped=12)]
    rows = [outcome(key, card.worldview, 5, 5) for key in finding.PRICES for card in cards]
    dropped, doubt, *_ = finding.prices(cards, rows, HAND)
    assert dropped.told == "12 (Op-ed) to 40 (Lock-in) worlds of 100"
    assert doubt.told == "5"
    alike = [replace(card, reversed_of_100=40) for card in cards]
    assert finding.prices(alike, rows, HAND)[0].told == "40 worlds of 100"


def test_without_an_offer_there_is_nothing_to_drop() -> None:
    for scenario in (SQUEEZE, NOTHING):
        first, *others = finding.prices(TWO, FOUND, scenario)
        assert first == finding.Price("reversed", "Washington drops it", "nothing to drop", {}, None)
        assert others == list(finding.prices(TWO, FOUND, HAND))[1:]


def test_the_doubt_of_an_analogue_is_its_rivals() -> None:
    assert finding.prices(TWO, FOUND, NIXON)[1].title == "Doubt in the Soviet Union"


def test_a_shift_that_is_not_the_difference_of_two_numbers_on_screen_is_explained() -> None:
    """Without levers all end at 72.4, which is told as 72."""
    alone = (58, 65, 72.4)
    fits = made("lock-in", (-3, -1.4, 0), levers=(58, 64, 71.0), alone=alone)  # 71 - 72 is -1
    off = made("op-ed", (-25, -19.6, -12), levers=(58, 60, 53.2), alone=alone)  # 53 - 72 is -19, told is -20
    more = made("sceptic", (0, 1.6, 2), levers=(58, 66, 73.4), alone=alone)  # 73 - 72 is 1, told is 2
    why = ": the shift is the middle of 1,000 differences, not the difference of two middles."
    assert finding.unlike_ends([fits]) == ""
    assert finding.unlike_ends([fits, off]) == f"Op-ed{why}"
    assert finding.unlike_ends([fits, off, more]) == f"Op-ed, Sceptic{why}"

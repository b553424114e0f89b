"""What is said of a historic analogue: why it may not fit, who was who, what is fixed, what was different. Pure."""

from __future__ import annotations

import pandas as pd

from model import catalog
from model.assumptions.schema import Analogue, Range, Scenario

USUAL = {"United States": "Washington or the US", "Russia": "Moscow or Russia", "China": "Beijing or China"}
WITH_ARTICLE = ("United ", "Soviet ", "People's ")
PREFIX = "History: "


def listed(scenario: Scenario) -> str:
    """A scenario in a list of those that one can start from: historic analogues stand in a group of their own."""
    return f"{PREFIX * bool(scenario.analogue)}{scenario.title}"


def the(name: str) -> str:
    """A country in a sentence: Russia, the Soviet Union."""
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name


def pair(scenario: Scenario) -> str:
    """The two whose alignment it is: Russia and China."""
    era = scenario.analogue
    return f"{the(era.swing)} and {the(era.rival)}" if era else "Russia and China"


def alignment_of(scenario: Scenario) -> str:
    """Whose alignment it is: Russia-China alignment."""
    told = pair(scenario)
    return "Russia-China alignment" if told == "Russia and China" else f"the alignment of {told}"


def doubt_of(scenario: Scenario) -> str:
    """Whose doubt it is that the model works out."""
    era = scenario.analogue
    return "Beijing's doubt" if era is None or era.rival == "China" else f"doubt in {the(era.rival)}"


def about(scenario: Scenario, *, in_sentences: bool = True) -> list[tuple[str, str]]:
    """All that a reader has to know of a historic analogue, in sentences with a lead; nothing of other scenarios.

    `in_sentences`: the numbers that were different then, too; without it they are left to the table `overrides`.
    """
    era = scenario.analogue
    if era is None:
        return []
    view = catalog().worldviews[era.worldview]
    sender, swing, rival = map(the, (era.sender, era.swing, era.rival))
    told = [
        ("Why this may not fit", era.why_it_may_not_fit),
        ("Who was who", f"{sender[0].upper()}{sender[1:]} is the sender, {swing} the swing state, {rival} the rival."),
        ("Read the words of today so", other_words(era)),
        (
            "What is fixed",
            f"It starts in {scenario.start} and is written for one worldview, {view.title}; neither can be changed. "
            "Levers, years shown and when the policy begins can.",
        ),
        ("The pressure of its time", f"{_pressure(era)} The levers on pressure are in per cent of it."),
        ("Where it starts", _levels(scenario, era)),
        ("What was different then", different(era, in_sentences=in_sentences)),
    ]
    return [(lead, text) for lead, text in told if text]


def other_words(era: Analogue) -> str:
    """Which words of levers, charts and tables, written for today, mean somebody else here; empty where none does."""
    roles = zip(USUAL, (era.sender, era.swing, era.rival), strict=True)
    other = [f"{USUAL[usual]} is {the(then)} here" for usual, then in roles if then != usual]
    return f"In levers, charts and tables {', '.join(other)}." if other else ""


def _pressure(era: Analogue) -> str:
    if isinstance(era.pressure, tuple):
        first, last = era.pressure
        return f"It rises evenly from {first} to {last}, where 100 is that of the end of 2021."
    return f"It is {era.pressure}, where 100 is that of the end of 2021."


def _levels(scenario: Scenario, era: Analogue) -> str:
    if era.levels is not None:
        return f"Alignment in {scenario.start} is coded domain by domain by one person, for this analogue."
    if era.levels_of == scenario.start:
        return ""
    return f"The levels of alignment of {era.levels_of} stand in for those of {scenario.start}."


def different(era: Analogue, *, in_sentences: bool = True) -> str:
    """The parameters that have other ranges than the worldview's own, with both; low, central and high each."""
    if not era.overrides:
        return "No parameter: the worldview's own ranges hold."
    if not in_sentences:
        count = len(era.overrides)
        return f"Low, central and high of {count} parameter{'s' * (count > 1)}, in the table below."
    own = catalog().worldviews[era.worldview].parameters
    told = [
        f"{catalog().parameters[key].title} {_range(*then)} in place of {_range_of(own[key])}"
        for key, then in era.overrides.items()
    ]
    return f"Low, central and high of {'; '.join(told)}."


def overrides(scenario: Scenario) -> pd.DataFrame:
    """One row a parameter that has another range in a historic analogue than in its worldview; no row in others."""
    era = scenario.analogue
    if era is None:
        return pd.DataFrame()
    known, view = catalog().parameters, catalog().worldviews[era.worldview]
    rows = [
        (
            f"{known[key].title} ({known[key].symbol})",
            known[key].meaning,
            _range(*then),
            _range_of(view.parameters[key]),
        )
        for key, then in era.overrides.items()
    ]
    return pd.DataFrame(rows, columns=["Parameter", "What it is", "Then", f"{view.short}'s own"])


def _range(low: float, central: float, high: float) -> str:
    return f"{low:g} / {central:g} / {high:g}"


def _range_of(one: Range) -> str:
    return _range(one.low, one.central, one.high)


def in_short(scenario: Scenario) -> str:
    """A historic analogue in two sentences, for what is passed on; empty for other scenarios."""
    era = scenario.analogue
    if era is None:
        return ""
    view = catalog().worldviews[era.worldview].title
    return (
        f"{era.sender} as sender, {the(era.swing)} as swing state, {the(era.rival)} as rival; {scenario.start} to "
        f"{scenario.last_year}, under one worldview, {view}. Why this may not fit: {era.why_it_may_not_fit}"
    )

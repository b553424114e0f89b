"""Up to four scenarios side by side: what differs in what is set, and what follows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from model.analysis.goals import Goal
from model.assumptions.edits import identities
from model.assumptions.scenario import setting, settings
from model.engine.results import percentiles
from ui.drawn import boards, paths, rows, strip
from ui.drawn.boards import Board, Card
from ui.drawn.palette import mark_of
from ui.drawn.rows import Compared, Group
from ui.links.asked import BASE, Asked, same_ground
from ui.told import cache, comparing, history, words
from ui.told.finding import DROPS
from ui.told.numbers import CardNumbers, goal_table, setting_names

LETTERS = "ABCD"


def names(all_asked: Sequence[Asked]) -> list[str]:
    """A letter and a name for each scenario."""
    return [f"{letter} · {asked.name}" for letter, asked in zip(LETTERS, all_asked, strict=False)]


def settings_table(all_asked: Sequence[Asked]) -> pd.DataFrame:
    """What is set in each scenario: what differs comes first and is marked.

    Where a structure is not the base, it has a row too, and all values are texts.
    """
    labels = setting_names()
    told: list[dict[str, object]] = []
    for key in settings():
        values = [setting(asked.scenario, key) for asked in all_asked]
        differs = len(set(values)) > 1
        name = labels[key][0].upper() + labels[key][1:]
        told.append({"Differs": "≠" if differs else "", "Setting": name} | dict(zip(LETTERS, values, strict=False)))
    if any(asked.switched for asked in all_asked):
        named = [words.structure_name(asked.switched) for asked in all_asked]
        differs = len(set(named)) > 1
        told = [{name: str(cell) for name, cell in row.items()} for row in told]
        told.append(
            {"Differs": "≠" if differs else "", "Setting": "Structure", **dict(zip(LETTERS, named, strict=False))}
        )
    return pd.DataFrame(told).sort_values("Differs", ascending=False, kind="stable", ignore_index=True)


def grounds_apart(all_asked: Sequence[Asked]) -> str:
    """A sentence that says under which worldview each historic analogue stands, and what it cannot be held against.

    Empty where all scenarios are run in the same assumed worlds.
    """
    if all(same_ground(all_asked[0].scenario, asked.scenario) for asked in all_asked):
        return ""
    views = identities()
    told = [
        f"{letter} from {asked.scenario.start} under {views[asked.scenario.analogue.worldview].title} only"
        if asked.scenario.analogue
        else f"{letter} from {asked.scenario.start} under all {len(asked.worldviews)} worldviews"
        for letter, asked in zip(LETTERS, all_asked, strict=False)
    ]
    return (
        "A historic analogue starts in its own year, under one worldview, and may replace some of its assumptions: "
        f"{', '.join(told)}. Years are counted from each one's start, and no difference is taken between worlds that "
        "are not the same."
    )


@lru_cache(maxsize=100)
def difference(first: cache.RunKey, other: cache.RunKey) -> dict[str, tuple[float, float, float]]:
    """The shift of a scenario minus that of the first in the same worlds: 10th, 50th and 90th percentile."""
    a, b = cache.result(first), cache.result(other)
    if a.seed != b.seed:
        raise ValueError(f"worlds of seed {a.seed} and {b.seed} cannot be paired")
    low, middle, high = percentiles(b.shift[-1] - a.shift[-1]).values()
    return {key: (float(low[i]), float(middle[i]), float(high[i])) for i, key in enumerate(a.worldviews)}


def years_apart(all_asked: Sequence[Asked]) -> str:
    """A sentence with the last year of each scenario, in which its shift is read; empty where all end in one year."""
    ends = [asked.scenario.last_year for asked in all_asked]
    if len(set(ends)) < 2:
        return ""
    told = ", ".join(f"{letter} in {year}" for letter, year in zip(LETTERS, ends, strict=False))
    return f"The scenarios end in different years: {told}. Each shift is that of the scenario's own last year."


def structures(all_asked: Sequence[Asked]) -> str:
    """What each scenario switches in the structure, by letter; empty where all have the base."""
    if not any(asked.switched for asked in all_asked):
        return ""
    told = [words.structure_words(asked.switched) or BASE for asked in all_asked]
    return "; ".join(f"{letter}: {one}" for letter, one in zip(LETTERS, told, strict=False))


def difference_sentence(all_asked: Sequence[Asked], worldview: str) -> str:
    """One line for each scenario after the first: how its shift differs from the first one's, in whole points."""
    first, *others = all_asked
    measured, apart = [], []
    for letter, asked in zip(LETTERS[1:], others, strict=False):
        found = against(first, asked).get(worldview)
        if found:
            low, middle, high = map(words.signed, found)
            measured.append(f"{letter} {middle} ({low} to {high})")
        elif worldview in asked.worldviews:
            apart.append(letter)
    told = ["Points against A, world by world:", *measured] if measured else []
    if worldview not in first.worldviews:
        told.append("A is not run under this worldview.")
    elif apart:
        told.append(f"{' and '.join(apart)}: other worlds than A's, no difference.")
    return "\n".join(told)


def against(first: Asked, other: Asked) -> Mapping[str, tuple[float, float, float]]:
    """`difference` by worldview; empty where one is a historic analogue in whose worlds the other is not run."""
    if not same_ground(first.scenario, other.scenario):
        return {}
    return difference(cache.run_key(first), cache.run_key(other))


def table(all_asked: Sequence[Asked], worldviews: Sequence[str]) -> pd.DataFrame:
    """Middle shift with its 80-of-100 range, and worlds of 100 with a reversal at home, by worldview and scenario."""
    told = []
    for worldview in views_compared(all_asked, worldviews):
        row: dict[str, object] = {"Worldview": identities()[worldview].short}
        cards = cards_by_letter(all_asked, worldview)
        for letter, _ in zip(LETTERS, all_asked, strict=False):
            card = cards.get(letter)
            low, middle, high = (words.signed(value) for value in card.shift) if card else ("", "", "")
            row[f"{letter}: shift"] = f"{middle} ({low} to {high})" if card else "not run"
            row[f"{letter}: reversed of 100"] = card.reversed_of_100 if card else np.nan
        told.append(row)
    return pd.DataFrame(told)


def views_compared(all_asked: Sequence[Asked], worldviews: Sequence[str]) -> list[str]:
    """The worldviews that are shown and under which at least one of the scenarios is run."""
    found = {worldview for asked in all_asked for worldview in asked.worldviews}
    return [key for key in identities() if key in found and (not worldviews or key in worldviews)]


def cards_by_letter(all_asked: Sequence[Asked], worldview: str) -> dict[str, CardNumbers]:
    """The numbers of each scenario that is run under a worldview, by its letter."""
    return {
        letter: card
        for letter, asked in zip(LETTERS, all_asked, strict=False)
        for card in cache.cards(cache.run_key(asked))
        if card.worldview == worldview
    }


def shift_rows(all_asked: Sequence[Asked]) -> pd.DataFrame:
    """The shift of each scenario under each worldview, and how far it differs from the first one's, world by world."""
    found = []
    for name, asked in zip(names(all_asked), all_asked, strict=True):
        for card in cache.cards(cache.run_key(asked)):
            apart = against(all_asked[0], asked).get(card.worldview, (None, None, None))
            low, middle, high = card.shift
            row = {"Scenario": name, "Worldview": identities()[card.worldview].short, "Year": card.years[-1]}
            row |= {"Low": low, "Middle": middle, "High": high, "Reversed of 100": card.reversed_of_100}
            found.append(row | {f"Against A, {p}": v for p, v in zip(("low", "middle", "high"), apart, strict=True)})
    return pd.DataFrame(found)


def outcome_table(all_asked: Sequence[Asked], worldviews: Sequence[str] = (), domains: bool = False) -> pd.DataFrame:
    """The middle value of each other outcome, or of each domain's shift, by worldview and scenario."""
    frames = []
    for letter, asked in zip(LETTERS, all_asked, strict=False):
        at = cache.run_key(asked)
        frame = boards.of_worldviews(cache.domains(at) if domains else cache.outcomes(at), worldviews)
        frames.append(frame.assign(scenario=f"{letter}, {asked.scenario.last_year}"))
    wide = pd.concat(frames).pivot_table(
        index=["title", "worldview"], columns="scenario", values="middle", sort=False, observed=True
    )
    tidy = wide.reset_index().rename(columns={"title": "What", "worldview": "Worldview"})
    tidy["Worldview"] = tidy["Worldview"].map({key: view.short for key, view in identities().items()})
    return tidy.rename_axis(columns=None)


def compared(all_asked: Sequence[Asked]) -> list[Compared]:
    """The scenarios with their letters, names and numbers."""
    return [
        Compared(letter, asked.name, asked.scenario, {c.worldview: c for c in cache.cards(cache.run_key(asked))})
        for letter, asked in zip(LETTERS, all_asked, strict=False)
    ]


def finding(all_asked: Sequence[Asked], worldviews: Sequence[str]) -> str:
    """Which of the worldviews that are shown tell the scenarios apart."""
    shown = views_compared(all_asked, worldviews)
    shifts = [{key: one.cards[key].shift[1] for key in shown if key in one.cards} for one in compared(all_asked)]
    return comparing.headline(shifts, same_worlds=not grounds_apart(all_asked))


def rows_board(
    all_asked: Sequence[Asked],
    worldviews: Sequence[str],
    theme: str,
    group: Group = "scenario",
    named: bool = False,
) -> Board:
    """What is set and what follows, a row a scenario or a row a worldview; `named` for a picture without buttons."""
    all_compared, shown = compared(all_asked), views_compared(all_asked, worldviews)
    cards = [card for one in all_compared for card in one.cards.values()]
    reach, head = strip.shift_range(cards), measured(all_asked)
    found = finding(all_asked, worldviews)
    drawn, small = (
        rows.rows(all_compared, shown, reach, theme, head=head, group=group, small=narrow, named=named)
        for narrow in (False, True)
    )
    alt = " ".join([f"{found}.", *(_row_alt(one, shown) for one in all_compared)])
    card = Card("rows", drawn, alt=alt, small=small, scale="shift")
    told = structures(all_asked)
    key = ", ".join(f"{mark_of(view).glyph} {identities()[view].title}" for view in shown)
    return boards.noted(
        Board((card,), columns=1, reading=f"{found}. {key}. {reading(all_asked, worldviews, group)}"),
        told and f"The structure differs from the base. {told}.",
    )


def reading(all_asked: Sequence[Asked], worldviews: Sequence[str], group: Group = "scenario") -> str:
    """How the rows are read: the marks that are in sight, and no others."""
    shown, (first, *others) = views_compared(all_asked, worldviews), compared(all_asked)
    cards = [one.cards[key] for one in (first, *others) for key in shown if key in one.cards]
    hollow = any(key in first.cards and key in one.cards for one in others for key in shown)
    levers = "Bars of levers: what is set, from 0 to 100, pressure from 0 to 200 around the 100 of the end of 2021"
    as_in_a = "; grey as in A, gold line where A stands" * bool(others)
    marks = ["Marker: the middle of 1,000 assumed worlds"]
    marks += ["bar: 80 of 100"] * any(card.shift[0] < card.shift[2] for card in cards)
    marks += ["hollow: where A is"] * hollow
    return f"{f'{levers}{as_in_a}. ' * (group == 'scenario')}{'; '.join(marks)}."


def measured(all_asked: Sequence[Asked]) -> str:
    """What the axis of shifts measures, as far as all scenarios share it."""
    pairs, ends = ({pick(asked.scenario) for asked in all_asked} for pick in (history.pair, lambda one: one.last_year))
    whose = pairs.pop() if len(pairs) == 1 else "The two powers"
    when = f"by {ends.pop()}" if len(ends) == 1 else "by the last year"
    return f"{whose} {when}, points of alignment against no levers"


def _row_alt(one: Compared, worldviews: Sequence[str]) -> str:
    """A row in words: the middle shift under each worldview, and what Washington does."""
    views = identities()
    mine = [key for key in worldviews if key in one.cards]
    shifts = ", ".join(f"{views[key].short} {words.signed(one.cards[key].shift[1])}" for key in mine)
    dropped = ", ".join(f"{views[key].short} {one.cards[key].reversed_of_100}" for key in mine)
    offers = words.offers_something(one.scenario)
    told = f"{DROPS} in so many of 100 worlds: {dropped}" if offers else "nothing to drop"
    return f"{one.letter}, {one.name}: {shifts}; {told}."


def paths_board(all_asked: Sequence[Asked], worldviews: Sequence[str], theme: str) -> Board:
    """A card a worldview: every scenario's path on the same axes."""
    all_compared, years = compared(all_asked), years_shown(all_asked)
    shown = views_compared(all_asked, worldviews)
    reach = paths.level_range([one.cards[key] for one in all_compared for key in shown if key in one.cards])
    apart = grounds_apart(all_asked)
    same = "1,000 assumed worlds, not the same ones," if apart else "the same 1,000 assumed worlds"
    return boards.by_worldview(
        worldviews,
        theme,
        lambda key: paths.figure(all_compared, key, reach, years, theme),
        lambda key: paths.ends_sentence(all_compared, key),
        "Path of each scenario.",
        columns=2,
        reading=f"The middle of {same} under each scenario, with the 80 of 100 worlds around it."
        + f" {apart}" * bool(apart),
        found=shown,
    )


def against_board(all_asked: Sequence[Asked], worldviews: Sequence[str], theme: str) -> Board:
    """How far each scenario is from A in the same worlds, a row a scenario; no card where nothing can be subtracted."""
    shown = views_compared(all_asked, worldviews)
    found = {
        letter: {key: ends for key, ends in against(all_asked[0], asked).items() if key in shown}
        for letter, asked in list(zip(LETTERS, all_asked, strict=False))[1:]
    }
    found = {letter: ends for letter, ends in found.items() if ends}
    told = "\n".join(f"{identities()[key].short}: {difference_sentence(all_asked, key)}" for key in shown)
    if not found:
        return Board((), columns=1, note=told)
    titles = {letter: name for letter, name in zip(LETTERS, names(all_asked), strict=False) if letter in found}
    drawn, small = (rows.differences(found, titles, shown, theme, small=narrow) for narrow in (False, True))
    return Board(
        (Card("against", drawn, alt=told.replace("\n", " "), small=small),),
        columns=1,
        reading="A scenario’s shift minus A’s in the same world: the middle of 1,000 differences, and 80 of 100.",
    )


def years_shown(all_asked: Sequence[Asked]) -> tuple[int, int]:
    """First and last year of the axis: calendar years, or years from the start where other eras meet."""
    if grounds_apart(all_asked):
        return 0, max(asked.scenario.horizon for asked in all_asked)
    return min(p.scenario.start for p in all_asked), max(p.scenario.last_year for p in all_asked)


def path_rows(all_asked: Sequence[Asked]) -> pd.DataFrame:
    """The composite of each scenario by worldview and year: middle and 80-of-100 range."""
    return pd.DataFrame(
        [
            (f"{one.letter} · {one.name}", identities()[key].short, year, *ends)
            for one in compared(all_asked)
            for key, card in one.cards.items()
            for year, ends in zip(card.years, card.scenario.T.tolist(), strict=True)
        ],
        columns=["Scenario", "Worldview", "Year", "Low", "Middle", "High"],
    )


def goals_table(all_asked: Sequence[Asked], goals: Sequence[Goal], worldviews: Sequence[str]) -> pd.DataFrame:
    """Worlds of 100 in which each goal holds, by scenario and worldview: with the levers, and without in brackets."""
    frames = []
    for name, asked in zip(names(all_asked), all_asked, strict=True):
        counts = cache.goal_counts(cache.run_key(asked), tuple(goals))
        shown = {key: counts[key] for key in views_compared([asked], worldviews)}
        frames.append(goal_table(goals, shown).assign(Scenario=name))
    told = pd.concat(frames).sort_values("Goal", kind="stable", ignore_index=True)
    told = told[["Goal", "Scenario", *(name for name in told if name not in ("Goal", "Scenario"))]]
    return told.fillna("not run")

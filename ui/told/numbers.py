"""The numbers behind the page: small arrays and tables out of a result. No streamlit, no plotly."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from model import catalog
from model.analysis.credit import Credit
from model.analysis.dose import DoseCurve
from model.analysis.goals import Goal, GoalCount
from model.assumptions.edits import identities
from model.assumptions.outcomes import outcomes
from model.assumptions.schema import Outcome
from model.engine.equations import Array
from model.engine.results import Result, percentiles

DOTS = 50
SHOWN_WORLDS = 14
GAP = "–"  # where a scenario has no number


def setting_names() -> dict[str, str]:
    """What levers and the parts of the context are called in sentences, tables and charts."""
    known = catalog()
    return {key: lever.name for key, lever in known.levers.items()} | {
        key: setting.short for key, setting in known.context.items()
    }


def outcomes_beside() -> dict[str, Outcome]:
    """The outcomes beside alignment, in the order of the page; each on its own scale, never added up."""
    return {key: outcome for key, outcome in outcomes().items() if outcome.beside}


@dataclass(frozen=True)
class CardNumbers:
    """What one card of the page shows.

    years: calendar years, (Y,). scenario, no_lever: p10, p50 and p90 of the composite by year, (3, Y).
    scenario_worlds, no_lever_worlds: the same few worlds in both runs, (worlds, Y).
    shift: p10, p50 and p90 in the last year. dots: its quantiles, (50,). reversed_of_100, unmoved_of_100: worlds of
    100 in which the policy is reversed at home, and in which the shift is less than half a point.
    """

    worldview: str
    years: tuple[int, ...]
    scenario: Array
    no_lever: Array
    scenario_worlds: Array
    no_lever_worlds: Array
    shift: tuple[float, float, float]
    dots: Array
    reversed_of_100: int
    unmoved_of_100: int


def by_worldview(result: Result) -> tuple[CardNumbers, ...]:
    """The numbers of each card, in the order of the worldviews."""
    scenario = np.stack(list(percentiles(result.run.composite).values()))
    no_lever = np.stack(list(percentiles(result.no_lever.composite).values()))
    shift = result.shift[-1]
    low_mid_high = np.stack(list(percentiles(shift).values()))
    dots = np.quantile(shift, (np.arange(DOTS) + 0.5) / DOTS, axis=-1).T
    return tuple(
        CardNumbers(
            worldview=worldview,
            years=result.years,
            scenario=scenario[:, :, i],
            no_lever=no_lever[:, :, i],
            scenario_worlds=result.run.composite[:, i, :SHOWN_WORLDS].T.copy(),  # a view would keep all worlds alive
            no_lever_worlds=result.no_lever.composite[:, i, :SHOWN_WORLDS].T.copy(),
            shift=(float(low_mid_high[0, i]), float(low_mid_high[1, i]), float(low_mid_high[2, i])),
            dots=dots[i],
            reversed_of_100=round(100 * float(result.reversed_share[i])),
            unmoved_of_100=round(100 * float((np.abs(shift[i]) < 0.5).mean())),
        )
        for i, worldview in enumerate(result.worldviews)
    )


def moves_most(cards: Sequence[CardNumbers]) -> CardNumbers | None:
    """The worldview whose middle shift is largest in whole points; None where none moves by a point."""
    most = max(cards, key=lambda card: abs(card.shift[1]))
    return most if round(most.shift[1]) else None


def composite_table(numbers: tuple[CardNumbers, ...], result: Result) -> pd.DataFrame:
    """The composite with and without the levers and the shift, by worldview and year."""
    shift = np.stack(list(percentiles(result.shift).values()), axis=-1)
    rows = [
        (identities()[card.worldview].short, year, *scenario, *no_lever, *apart)
        for i, card in enumerate(numbers)
        for year, scenario, no_lever, apart in zip(
            card.years, card.scenario.T.tolist(), card.no_lever.T.tolist(), shift[:, i].tolist(), strict=True
        )
    ]
    columns = ["Worldview", "Year"]
    columns += [f"{run} {p}" for run in ("Levers", "No levers", "Shift") for p in ("low", "middle", "high")]
    return pd.DataFrame(rows, columns=columns)


def shift_table(numbers: tuple[CardNumbers, ...]) -> pd.DataFrame:
    """The shift in the last year by worldview, and worlds of 100 with a reversal at home."""
    return pd.DataFrame(
        [(identities()[card.worldview].short, *card.shift, card.reversed_of_100) for card in numbers],
        columns=["Worldview", "Shift low", "Shift middle", "Shift high", "Reversed, of 100 worlds"],
    )


def domain_table(result: Result) -> pd.DataFrame:
    """Shift of each domain in the last year: worldview, key, title, low, middle, high, reference."""
    values = percentiles(result.domain_shift)
    return pd.DataFrame(
        [
            (worldview, key, domain.name, *(float(values[p][d, w]) for p in values), 0.0)
            for d, (key, domain) in enumerate(catalog().structure.domains.items())
            for w, worldview in enumerate(result.worldviews)
        ],
        columns=["worldview", "key", "title", "low", "middle", "high", "reference"],
    )


class OutcomeNumbers(NamedTuple):
    """One of the other outcomes in the last year under one worldview; `reference` is where it stands without levers."""

    worldview: str
    key: str
    title: str
    low: float
    middle: float
    high: float
    reference: float


def outcome_numbers(result: Result, keys: Collection[str] = ()) -> tuple[OutcomeNumbers, ...]:
    """The other outcomes in the last year, or some: 10th, 50th and 90th percentile by outcome and worldview."""
    constants, found = result.assumptions.constants, []
    for key, outcome in outcomes_beside().items():
        if keys and key not in keys:
            continue
        low, middle, high = (values.tolist() for values in percentiles(result.outcome(key)).values())
        start = constants[outcome.start].value if outcome.start else 0
        found += [
            OutcomeNumbers(worldview, key, outcome.title, low[w], middle[w], high[w], start)
            for w, worldview in enumerate(result.worldviews)
        ]
    return tuple(found)


def outcome_table(result: Result) -> pd.DataFrame:
    """The other outcomes in the last year, in the columns of `domain_table`."""
    return pd.DataFrame(outcome_numbers(result))


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """A domain or outcome table with the titles that a reader knows."""
    shorts = {key: worldview.short for key, worldview in identities().items()}
    return pd.DataFrame(
        {
            "What": table["title"],
            "Worldview": table["worldview"].map(shorts),
            "Low": table["low"],
            "Middle": table["middle"],
            "High": table["high"],
            "No levers": table["reference"],
        }
    )


def whole_points(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every number rounded to a whole point; a column with gaps is told in words."""

    def whole(column: pd.Series) -> pd.Series:
        if not pd.api.types.is_float_dtype(column):
            return column
        if column.isna().any():
            return column.map(lambda value: GAP if pd.isna(value) else f"{round(value)}".replace("-", "−"))
        return column.round().astype(int)

    return table.apply(whole)


def whole_parts(parts: Collection[float], total: float) -> list[int]:
    """Parts in whole points that add up to their total in whole points, by largest remainders.

    Every part is taken down to a whole number, and those that lost most go one up until the sum is right; so none ends
    a point or more from what it was. The parts must add up to the total, to rounding.
    """
    whole = [math.floor(part) for part in parts]
    lost = [part - down for part, down in zip(parts, whole, strict=True)]
    missing = round(total) - sum(whole)
    for i in sorted(range(len(whole)), key=lambda i: -lost[i])[:missing]:
        whole[i] += 1
    return whole


def whole_credit(credit: Credit) -> Credit:
    """Means in whole points that add up: the credits to the shift, and so do the levers alone and the interaction."""
    *alone, interaction = whole_parts([*credit.alone.values(), credit.interaction], credit.shift)
    return replace(
        credit,
        shift=round(credit.shift),
        credit=dict(zip(credit.credit, whole_parts(credit.credit.values(), credit.shift), strict=True)),
        alone=dict(zip(credit.alone, alone, strict=True)),
        interaction=interaction,
    )


def whole_terms(accounting: pd.DataFrame) -> pd.DataFrame:
    """The accounting summed over the years: terms by worldview (its key), whole points that add up."""
    summed = accounting.pivot_table(index="term", columns="worldview", values="points", aggfunc="sum", sort=False)
    return summed.apply(lambda terms: pd.Series(whole_parts(terms.tolist(), float(terms.sum())), terms.index))


def accounting_table(accounting: pd.DataFrame) -> pd.DataFrame:
    """The accounting by worldview and term, summed over the years, whole points."""
    shorts = {key: worldview.short for key, worldview in identities().items()}
    summed = whole_terms(accounting).rename(columns=shorts)
    if not summed.loc["limit"].any():
        summed = summed.drop(index="limit")
    return summed.rename_axis(index=None, columns=None).reset_index(names="Term")


def yearly_table(accounting: pd.DataFrame) -> pd.DataFrame:
    """The accounting by worldview, year and term, and the sum."""
    shorts = {key: worldview.short for key, worldview in identities().items()}
    wide = accounting.assign(worldview=accounting["worldview"].map(shorts)).pivot_table(
        index=["worldview", "year"], columns="term", values="points", sort=False
    )
    wide["sum"] = wide.sum(axis=1)
    told = wide.rename_axis(columns=None).reset_index()
    return told.rename(columns=lambda name: str(name).capitalize())


def goal_table(goals: Sequence[Goal], counts: Mapping[str, GoalCount]) -> pd.DataFrame:
    """Worlds of 100 in which each goal, and all of them together, hold: with the levers, and without in brackets."""
    titles = [goal.in_words() for goal in goals] + (["All together"] if len(goals) > 1 else [])
    table = pd.DataFrame({"Goal": titles})
    for worldview, count in counts.items():
        pairs = zip((*count.each, count.together), (*count.no_lever_each, count.no_lever_together), strict=True)
        cells = [f"{held} ({'–' if without is None else without})" for held, without in pairs]
        table[identities()[worldview].short] = cells[: len(titles)]
    return table


def dose_table(curve: DoseCurve) -> pd.DataFrame:
    """The shift by dose and worldview, low, middle and high."""
    table = pd.DataFrame({"Dose": curve.dose.astype(int)})
    for w, worldview in enumerate(curve.worldviews):
        for p, name in enumerate(("low", "middle", "high")):
            table[f"{identities()[worldview].short} {name}"] = curve.shift[p, w].astype(float)
    return table

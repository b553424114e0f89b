"""What each lever weighs, in words and tables: the offers by worldview, and every weight by its plain name.

Numbers are of 100, where 100 is an offer that meets every need of Moscow's, as in the picture of the argument; a weight
is also told in per cent of all that Moscow could be offered.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from model import catalog
from model.analysis.argument import groundings, members_of, title_of, wiring
from model.analysis.credit import Credit
from model.analysis.weights import Weights, unweighted
from model.assumptions.edits import identities
from model.assumptions.schema import Grounded, Scenario, SharedTable, SharedVector, Vector
from ui.told import words
from ui.told.assumptions import grounds_of, named
from ui.told.edge import VECTOR_TITLES
from ui.told.numbers import GAP, CardNumbers, setting_names, whole_credit

STEPS = {  # from the weight to what is left of it, in the order in which bars lie inside one another
    "full": "weight: all of it given",
    "asked": "asked",
    "delivered": "delivered",
    "felt": "felt in Moscow",
}
READING = (
    "Of each offer four bars lie inside one another. The palest is its weight: what it would be worth to Moscow if all "
    "of it were given, in % of all that Moscow could be offered. Then, each thinner and stronger: the dose that is "
    "asked, what of it is delivered, and what Moscow feels of that; where symbols count for much, more than is "
    "delivered. At the right stands the lever’s credit, as in “Why: each lever”; terms, allies and pressure have "
    "credits too, so these need not sum to the shift, and what is lost if one alone is dropped is another question."
)
AT_THE_FOOT = (
    "At the foot: all offers together, of 100 that would meet every need of Moscow’s. Inside their value lies what is "
    "believed of it, and a line stands where it must pass: at what Moscow would risk."
)
MIDDLES = (
    "Middle values of 1,000 assumed worlds, which need not add up, of a package in full force that nobody has dropped; "
    "credits are means."
)
NO_WEIGHT = "These levers carry no weight. They offer Moscow nothing and multiply what is offered, or what pushes:"
NAMED = {  # the weights that are assumed, by what they are weights of; each is a name of `groundings`
    "Levers": ("mechanism_supply", "relative_deliverability", "concreteness", "visibility", "slight", "values_cost"),
    "Moscow’s needs": ("salience",),
    "Domains": ("domain_weight", "domain_response", "drift_profile", "binding_speed"),
}


class Heavy(NamedTuple):
    """What one worldview makes of the weights.

    credit: a lever at neutral has none. dropped: worlds of 100 in which the policy is reversed at home.
    """

    weights: Weights
    credit: Credit
    dropped: int

    @property
    def whole(self) -> Mapping[str, float]:
        """The credit of each lever in whole points that add up to the mean shift."""
        return whole_credit(self.credit).credit

    @property
    def offers_something(self) -> bool:
        """Whether any offer is made."""
        return any(one.asked for one in self.weights.offers.values())

    @property
    def heaviest(self) -> str:
        """The lever that weighs most."""
        return max(self.weights.offers, key=lambda lever: self.weights.offers[lever].share)

    @property
    def sentence(self) -> str:
        """Whether the package gets through, for a line above the bars."""
        must_pass = self.weights.must_pass
        if not self.offers_something:
            return f"Nothing is offered; it would have to pass {hundredth(must_pass)} of 100." if must_pass else ""
        dropped = f"Washington drops it in {self.dropped}"
        if not must_pass:
            return f"Nothing has to be passed. {dropped} of 100 assumed worlds."
        return f"Passes in {self.weights.passing} of 100 assumed worlds; {dropped}."

    @property
    def told(self) -> str:
        """All that the bars show, offer by offer, for who cannot see them."""
        known = self.weights
        together = (
            f"Value {hundredth(known.value)} of 100, believed {hundredth(known.believed)}, must pass "
            f"{hundredth(known.must_pass)}."
        )
        return " ".join([together, *(self.told_of(lever) for lever in known.offers)])

    def told_of(self, lever: str) -> str:
        """One offer: NATO talks: weight 31 %; of 29 at full dose 15 asked, 14 delivered, 25 felt; credit −6."""
        one = self.weights.offers[lever]
        return (
            f"{setting_names()[lever]}: weight {percent(one.share)}; of {hundredth(one.full)} at full dose "
            f"{hundredth(one.asked)} asked, {hundredth(one.delivered)} delivered, {hundredth(one.felt)} felt; credit "
            f"{self.credit_of(lever)}."
        )

    def credit_of(self, lever: str) -> str:
        """The credit of a lever in whole points; a dash where it is not moved."""
        return words.signed(self.whole[lever]) if lever in self.whole else GAP


def by_worldview(
    found: Sequence[Weights], credits_: Sequence[Credit], cards: Sequence[CardNumbers]
) -> dict[str, Heavy]:
    """The weights of one run with credits and reversals, by worldview."""
    return {
        one.worldview: Heavy(one, credit, card.reversed_of_100)
        for one, credit, card in zip(found, credits_, cards, strict=True)
    }


def hundredth(share: float) -> str:
    """A share as so many of 100."""
    return str(round(100 * share))


def percent(share: float) -> str:
    """A share in per cent."""
    return f"{hundredth(share)} %"


def finding(found: Collection[Heavy]) -> tuple[str, str]:
    """A sentence on which offer weighs most under which view, and one on where the package gets through."""
    return _weighs_most(found), _gets_through(found)


def _weighs_most(found: Collection[Heavy]) -> str:
    under: dict[str, list[str]] = {}
    for one in found:
        share = one.weights.offers[one.heaviest].share
        under.setdefault(one.heaviest, []).append(f"{_short(one.weights)} ({percent(share)})")
    names = setting_names()
    return f"Most weight: {'; '.join(f'{names[lever]} under {_listed(views)}' for lever, views in under.items())}."


def _gets_through(found: Collection[Heavy]) -> str:
    if not any(one.offers_something for one in found):
        return "Nothing is offered, so nothing of it reaches Moscow."
    if not any(one.weights.must_pass for one in found):
        return "There is nothing to outweigh: Moscow answers in proportion."
    first, *rest = sorted(found, key=lambda one: -one.weights.passing)
    more = [f"{one.weights.passing} under {_short(one.weights)}" for one in rest]
    start = f"{first.weights.passing} of 100 assumed worlds under {_short(first.weights)}"
    return f"As far as it is believed, the package outweighs what Moscow would risk in {_listed([start, *more])}."


def _short(known: Weights) -> str:
    return identities()[known.worldview].short


def _listed(parts: Sequence[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def multipliers(scenario: Scenario) -> str:
    """The levers that carry no weight, as Markdown: where each stands, and what it multiplies instead."""
    doing: dict[str, list[str]] = {}
    for lever in unweighted(catalog()):
        at = f"**{words.escaped(catalog().levers[lever].name)}** ({scenario.levers[lever]})"
        doing.setdefault(" ".join(_multiplies(lever)), []).append(at)
    told = [f"- {_listed(levers)}: {words.escaped(does)}" for does, levers in doing.items()]
    return "\n".join([NO_WEIGHT, "", *told])


def _multiplies(lever: str) -> Iterator[str]:
    """What the equations do with a lever on its way to Moscow; what Beijing sees of it bears on no weight."""
    for kind in wiring(catalog()).edges.values():
        if kind.to != "seen" and lever in members_of(kind.origin, catalog()):
            yield kind.in_words


def offers_table(found: Mapping[str, Heavy], *, whole: bool = False) -> pd.DataFrame:
    """One row an offer and worldview: weight in per cent, what is left of it of 100, credit in points.

    `whole` gives credits as they are drawn, in whole points that add up; else all numbers are data.
    """
    names = setting_names()
    return pd.DataFrame(
        [
            {
                "Worldview": _short(one.weights),
                "Offer": names[lever],
                "Weight, %": 100 * offer.share,
                "At full dose": 100 * offer.full,
                "Asked": 100 * offer.asked,
                "Delivered": 100 * offer.delivered,
                "Felt": 100 * offer.felt,
                "Credit, points": float((one.whole if whole else one.credit.credit).get(lever, math.nan)),
            }
            for one in found.values()
            for lever, offer in one.weights.offers.items()
        ]
    )


def together_table(found: Mapping[str, Heavy]) -> pd.DataFrame:
    """One row a worldview, unrounded: what all offers are worth together, and whether it gets through."""
    return pd.DataFrame(
        [
            {
                "Worldview": _short(one.weights),
                "Value": 100 * one.weights.value,
                "Belief, %": 100 * one.weights.belief,
                "Believed": 100 * one.weights.believed,
                "Must pass": 100 * one.weights.must_pass,
                "Passes in": one.weights.passing,
                "Dropped in": one.dropped,
            }
            for one in found.values()
        ]
    )


def weights_table(found: Mapping[str, Heavy]) -> pd.DataFrame:
    """Both tables in one, for a file: a worldview's offers, then what they come to."""
    together = together_table(found).assign(Offer="All together")
    both = pd.concat([offers_table(found), together])
    return both.sort_values("Worldview", kind="stable", ignore_index=True)


# ---- the weights that are assumed


class Assumed(NamedTuple):
    """A row of weights that is assumed: what it says, under which worldview (none: all), its values by plain name.

    ground: its name in `groundings`, under which the page Assumptions shows it.
    """

    title: str
    view: str
    values: Mapping[str, str]
    ground: str
    record: Grounded


def assumed(grounds: Sequence[str]) -> Iterator[Assumed]:
    """The rows of some names of `groundings`: one a worldview, one a row of a table, or one."""
    views = catalog().worldviews
    for ground in grounds:
        shared = groundings(next(iter(views)), catalog())[ground]
        if isinstance(shared, SharedTable):
            for row, shares in shared.values.items():
                yield Assumed(f"{shared.title}: {title_of(row, catalog())}", "", named(shares), ground, shared)
        elif isinstance(shared, SharedVector):
            yield Assumed(shared.title, "", named(shared.values), ground, shared)
        else:
            for view in views.values():
                record: Vector = getattr(view, ground)
                yield Assumed(VECTOR_TITLES[ground], view.short, named(record.values), ground, record)


def named_table() -> pd.DataFrame:
    """Every weight that is assumed, one a row, with basis and sources."""
    return pd.DataFrame(
        [
            {"Weights of": of, "What": one.title, "Worldview": one.view or "all", "Name": name, "Weight": value}
            | grounds_of(one.record)
            for of, grounds in NAMED.items()
            for one in assumed(grounds)
            for name, value in one.values.items()
        ]
    )

"""What each offer weighs under each worldview, and what of that weight reaches Moscow.

The worth of an offer to Moscow is a sum over the offers (equations 2 and 3), so that it can be followed offer by offer.
A weight is what an offer would be worth by itself at full dose: all delivered, nothing taken off by assurances to
allies. Of it there is left, one factor after another: the dose that is asked (the lever), what of that dose can be
delivered (equation 1), and what of the delivered dose is felt (the curve of equation 2, and assurances that take from
the relief of threat). What is felt is not always less than what is delivered: where symbols count for much, half a dose
can be felt as most of it. It is never more than the weight.

All is told of a package in full force that nobody has dropped at home: the ramp is over, belief is where it heads for
(equation 4), and the threshold stands where the start puts it (equation 5). That is the best case of a package; a run
has less while offers and belief are on their way up, after a reversal, and once dependence on Beijing has grown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.analysis.goals import of_100
from model.assumptions.catalog import Assumptions
from model.engine import equations as eq
from model.engine.equations import Array
from model.engine.policy import Policy
from model.engine.results import Result, percentiles
from model.engine.simulate import offer, start
from model.engine.worlds import Worlds


@dataclass(frozen=True)
class Weight:
    """One offer under one worldview: middle values over the assumed worlds, which need not add up or multiply.

    share: its weight as a share of all that Moscow could be offered, which is the sum of the weights.
    full, asked, delivered, felt: what it is worth at full dose; of that the dose asked; of that what is delivered; and
        what it is worth as it is felt. Shares of the worth of an offer that meets every need (V).
    deliverable: share of the dose asked that is delivered, whatever is asked.
    """

    share: float
    full: float
    asked: float
    delivered: float
    felt: float
    deliverable: float


@dataclass(frozen=True)
class Weights:
    """All offers under one worldview, and whether they outweigh what Moscow would risk; middle values over the worlds.

    offers: by lever, in the order of the catalog.
    value: what all of them are worth together, as they are felt (V). belief: how far Moscow comes to believe them (K*).
    believed: their worth as far as it is believed. must_pass: what it has to pass (Theta), 0 in a world where Moscow
        answers in proportion (choice C2).
    passing: worlds of 100 in which it does.
    """

    worldview: str
    offers: dict[str, Weight]
    value: float
    belief: float
    believed: float
    must_pass: float
    passing: int


@dataclass(frozen=True)
class WorldWeights:
    """The same world by world: J offers, W worldviews, N worlds. Shares of an offer that meets every need.

    full, asked, delivered, felt, deliverable: as in `Weight`, (J, W, N). value, belief, believed, must_pass: as in
    `Weights`, (W, N).
    """

    full: Array
    asked: Array
    delivered: Array
    felt: Array
    deliverable: Array
    value: Array
    belief: Array
    believed: Array
    must_pass: Array

    @property
    def share(self) -> Array:
        """Each weight as a share of all of them, (J, W, N); in each world they add up to 1."""
        share: Array = self.full / self.full.sum(axis=0)
        return share


def weights_of(result: Result) -> tuple[Weights, ...]:
    """The weights of all offers under each worldview of a result, in its own worlds and in its order."""
    by_world = weights_by_world(result.run.worlds, result.run.policy)
    offers = {name: _middle(getattr(by_world, name)) for name in Weight.__dataclass_fields__}
    together = {name: _middle(getattr(by_world, name)) for name in ("value", "belief", "believed", "must_pass")}
    return tuple(
        Weights(
            worldview=worldview,
            offers={
                lever: Weight(**{name: float(values[j, w]) for name, values in offers.items()})
                for j, lever in enumerate(result.assumptions.inducements)
            },
            **{name: float(values[w]) for name, values in together.items()},
            passing=of_100(by_world.believed[w] > by_world.must_pass[w]),
        )
        for w, worldview in enumerate(result.worldviews)
    )


def weights_by_world(worlds: Worlds, policy: Policy) -> WorldWeights:
    """What each offer of a policy weighs and what is left of it, in every world."""
    known, p = worlds.assumptions, worlds.parameters
    c = known.constant
    asked, everything = policy.shares, np.ones_like(policy.shares)
    whole = replace(worlds, deliverability=np.ones_like(worlds.deliverability))
    full = _each_alone(whole, replace(policy, precondition=0.0, allies=0.0), everything)
    deliverable = eq.delivered(
        everything, worlds.deliverability, policy.precondition, p.reversal_loss, 0.0, c.precondition_acceptance
    )
    together = offer(worlds, policy, 1.0, False)
    belief = eq.credibility_target(
        p.initial_credibility, 0.0, policy.clarity, together.concreteness, c.credibility_after_reversal
    )
    threshold = start(worlds, policy, p.base_threshold.shape).threshold
    return WorldWeights(
        full=full,
        asked=full * asked,
        delivered=full * asked * deliverable,
        felt=_each_alone(worlds, policy, asked),
        deliverable=deliverable,
        value=together.value,
        belief=belief,
        believed=eq.believed_offer(together.value, belief, worlds.unbelieved),
        must_pass=np.where(worlds.proportional, 0, threshold),
    )


def unweighted(known: Assumptions) -> tuple[str, ...]:
    """The levers that carry no weight: they offer nothing, and multiply what is offered or what pushes."""
    return tuple(lever for lever in known.levers if lever not in known.inducements)


def _each_alone(worlds: Worlds, policy: Policy, shares: Array) -> Array:
    """What each inducement is worth to Moscow by itself at these shares, (J, 1, 1), in full force: (J, W, N)."""
    one_each = np.eye(len(shares))[:, :, None, None] * shares[:, None]
    value: Array = offer(worlds.side_by_side, policy, 1.0, False, one_each).value
    return value


def _middle(values: Array) -> Array:
    """Middle value over the worlds, the last axis."""
    return percentiles(values)["p50"]

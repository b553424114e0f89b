"""The specification once more, slowly: one world of one worldview, plain floats and loops, written from model.md and
model-2.md alone.

Nothing here is taken from the package; test_reference.py feeds both the same draws and compares what comes out.
The names are those of the specification (section 3.2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.model.engine import specification as spec


@dataclass(frozen=True)
class World:
    """What was drawn for one world: parameters by the specification's name, W, M, shocks in points, luck."""

    worldview: str
    parameters: Mapping[str, float]
    supply: Sequence[Sequence[float]]  # W[mechanism][inducement]
    response: Sequence[Sequence[float]]  # M[domain][mechanism]
    shocks: Sequence[Sequence[float]]  # [year][domain], in points at the middle of the scale
    luck: Sequence[float]  # [year]


@dataclass(frozen=True)
class Case:
    """What is done: levers by the specification's name, the era's pressure by year, starting levels, switched choices.

    A lever left out is neutral: 1 for the two pressures, which are shares of the era's, and 0 for every other.
    """

    levers: Mapping[str, float]
    era: Sequence[float]
    levels: Sequence[float]
    onset: int = 0
    ramp: int = 2
    switched: frozenset[str] = frozenset()


@dataclass
class Year:
    """Where the world stands at the end of a year."""

    alignment: list[float]
    composite: float = 0
    doubt: float = 15
    attention: float = 0
    credibility: float = 0
    offer_value: float = 0
    threshold: float = 0
    reciprocity: float = 0
    east: float = 70
    rest: float = 70
    nato_cohesion: float = 70
    us_effort: float = 0
    china_effort: float = 0
    values_cost: float = 0
    two_front: float = 35
    reversed: bool = False
    let_down: float = 0
    terms: list[dict[str, float]] = field(default_factory=list)


def g(x: float, kappa: float) -> float:
    """Dose function."""
    if abs(kappa) < 1e-9:
        return x
    return (1 - math.exp(-kappa * x)) / (1 - math.exp(-kappa))


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


def weighted(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * v for w, v in zip(weights, values, strict=True))


def deviate(kind: int, world: float, own: float) -> float:
    """The standard normal deviate of a parameter, from the world's and its own: worlds lean one way."""
    return kind * 0.5 * world + math.sqrt(1 - 0.5**2) * own if kind else own


def draw(band: spec.Band, admissible: tuple[float, float], z: float) -> float:
    """A parameter's value: a split normal through P10, P50 and P90, clipped."""
    low, central, high = band
    return clip(central + z * (central - low if z < 0 else high - central) / 1.2816, *admissible)


def dearest(years: Sequence[Year]) -> float:
    """The reported values cost: the largest yearly value so far."""
    return max(year.values_cost for year in years)


def simulate(world: World, case: Case) -> list[Year]:
    """The start and every year after it."""
    p = dict(world.parameters)
    kappa = [p["kappa_s"], spec.SANCTIONS_CURVATURE, *[p["kappa_s"]] * 3]
    if "C3" in case.switched:
        kappa = [0.0] * 5
    if "C5" in case.switched:
        p["F"] = 0.6
    f = [min(p["fj"] * relative, 1) for relative in spec.RELATIVE_DELIVERABILITY[world.worldview]]
    salience = spec.SALIENCE[world.worldview]
    profile = spec.DRIFT_PROFILE[world.worldview]

    now = Year(alignment=list(case.levels), credibility=p["K0"])
    now.composite = weighted(spec.DOMAIN_WEIGHT, now.alignment)
    years = [now]
    for t, era in enumerate(case.era):
        before, now = now, Year(alignment=[])
        started = t >= case.onset
        r = clip((t - case.onset + 1) / case.ramp, 0, 1) if started else 0.0
        assur = case.levers.get("assur", 0) if started else 0.0
        clarity = case.levers.get("clarity", 0) if started else 0.0
        precond = case.levers.get("precond", 0)
        rev = 1 if before.reversed else 0
        x = [case.levers.get(lever, 0) for lever in spec.INDUCEMENTS]
        on_russia, on_china = (case.levers.get(lever, 1) if started else 1.0 for lever in ("P_R", "P_C"))
        both = (on_russia + on_china) / 2 if "C13" in case.switched else math.sqrt(on_russia * on_china)
        pi = era * both
        cut_russia, cut_china = max(1 - on_russia, 0), max(1 - on_china, 0)

        # 1 delivered inducement
        xh = [x[j] * f[j] * r * (1 - precond * (1 - 0.02)) * (1 - p["phi"] * rev) for j in range(len(spec.INDUCEMENTS))]
        # 2 mechanisms
        m = [sum(row[j] * g(xh[j], kappa[j]) for j in range(5)) for row in world.supply]
        m[0] *= p["a"] * (1 - p["xi"] * assur * (1 - clarity))
        # 3 offer value
        v = now.offer_value = weighted(salience, m)
        # 4 credibility
        k0 = p["K0"] / 2 if rev else p["K0"]
        target = k0 + (1 - k0) * clarity * weighted(spec.CONCRETENESS, xh)
        speed = 0.35 if target > before.credibility else 0.70
        k = now.credibility = before.credibility + speed * (target - before.credibility)
        believed = v * (0.5 + 0.5 * k) if "C1" in case.switched else v * k
        # 5 threshold and reciprocity
        theta = now.threshold = p["theta0"] + p["theta1"] * before.alignment[2] / 100
        asked = p["q0"] + (1 - p["q0"]) * clarity
        if v == 0:
            now.reciprocity = 0.0
        elif "C2" in case.switched:
            now.reciprocity = clip(believed, 0, 1) * asked
        else:
            floor = logistic(-theta / 0.08)
            now.reciprocity = (logistic((believed - theta) / 0.08) - floor) / (1 - floor) * asked
        big_g = now.reciprocity
        # 6 Beijing's doubt and attention
        dlg = 1 - math.prod(1 - vj * xj for vj, xj in zip(spec.VISIBILITY, xh, strict=True))
        now.doubt = before.doubt + 0.6 * (15 + (100 - 15) * p["u"] * dlg * (1 + k) / 2 - before.doubt)
        hd = (now.doubt - 15) / (100 - 15)
        now.attention = before.attention + 0.5 * (dlg - before.attention)
        # 7 alignment
        relief = 0.0 if "C7" in case.switched else believed
        binding = 0.0 if "C4" in case.switched else p["chi"] * p["b"] * now.attention
        for d, level in enumerate(before.alignment):
            near = level / 100
            drift = p["delta"] * profile[d]
            exposure = weighted(world.response[d], m)
            terms = {
                "own drift": (1 - near) * drift * (1 - p["sigma_P"]),
                "pressure drift": (1 - near) * drift * p["sigma_P"] * pi,
                "relief": -(1 - near) * drift * p["sigma_P"] * pi * relief,
                "let-down": (1 - near) * drift * p["sigma_P"] * p["lambda"] * before.let_down,
                "binding": (1 - near) * spec.BINDING_SPEED[d] * binding,
                "pull": -near * p["eta"] * p["F"] * exposure * big_g,
                "hedging": -near * p["chi"] * (1 - p["b"]) * hd,
                "shock": world.shocks[t][d] * 4 * near * (1 - near),
            }
            reached = clip(level + sum(terms.values()), 0, 100)
            terms["limit"] = reached - level - sum(terms.values())
            now.alignment.append(reached)
            now.terms.append(terms)
        now.composite = weighted(spec.DOMAIN_WEIGHT, now.alignment)
        # 8 NATO cohesion
        slight = sum(n * g(xj, 2) for n, xj in zip(spec.SLIGHT, xh, strict=True)) + 0.25 * cut_russia
        spared = clip(p["alpha_u"] * r * x[4] + p["alpha_a"] * assur, -0.5, 0.85)
        pocketed = 1 + 0.5 * p["mh"] * (1 - big_g)
        for group, e in spec.ALLY_EXPOSURE.items():
            old = getattr(before, group)
            aim = clip(70 - p["nu"] * e * slight * (1 - spared) * pocketed, 0, 100)
            setattr(now, group, old + (0.6 if aim < old else 0.2) * (aim - old))
        now.nato_cohesion = spec.ALLY_WEIGHT["east"] * now.east + spec.ALLY_WEIGHT["rest"] * now.rest
        lost = max(70 - now.nato_cohesion, 0)
        # 9 reversal
        hazard = p["h0"] * (1 - 0.7 * big_g) + p["h1"] * lost / 100
        falls = dlg > 0.05 and world.luck[t] < hazard and "C6" not in case.switched
        now.reversed = before.reversed or falls
        dropped = dlg if now.reversed and not before.reversed else 0.0
        now.let_down = 0.85 * before.let_down + dropped
        # 10 other outcomes
        freed = p["r1"] * (0.6 * big_g + 0.4 * hd + 0.5 * (1 - on_russia))
        now.us_effort = 100 * (freed - 0.04 * assur - 0.4 * lost / 100 - 0.15 * cut_china)
        now.china_effort = 40 * (1 - p["b"]) * hd
        given = weighted(spec.VALUES_COST, xh) + 0.10 * cut_russia
        now.values_cost = 100 * p["v0"] * given * (1 - 0.4 * clarity)
        log_odds = (
            math.log(0.35 / 0.65)
            + 0.03 * (now.alignment[0] - case.levels[0])
            - 0.7 * big_g
            + 0.03 * (70 - now.nato_cohesion)
            - 0.01 * now.us_effort
            + p["mh"] * v * (1 - big_g)
            + 0.3 * (on_russia - 1)
            + 0.3 * (on_china - 1)
        )
        now.two_front = 100 * logistic(log_odds)
        years.append(now)
    return years

"""The argument as a picture: levers, what they give and show, what Moscow and Beijing make of it, six domains.

The inner nodes and the kinds of edges, with their words, are in argument.toml; levers, mechanisms and domains come from
the catalog. What an edge carries is a mean over the assumed worlds of one worldview and over the years shown, so that
an offer that comes late or is reversed at home carries less. Inside the picture it is a share of a fixed whole (a need
met in full, complete belief, full attention), and into a domain a share of the most that any worldview lets one edge
carry; so thickness can be compared between positions of the levers and between worldviews. Edges into domains also
carry points: the terms of equation 7 summed over the years shown, as in `Result.accounting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import ConfigDict, Field

from model.assumptions.catalog import DATA, Assumptions, check_sources, parse, read_toml
from model.assumptions.schema import Grounded, Record, Text
from model.engine import equations as eq
from model.engine.equations import FLOAT, TERMS, Array, Mask
from model.engine.policy import Policy
from model.engine.results import Result
from model.engine.simulate import Offer, Trajectory, offer, weights
from model.engine.worlds import Worlds
from model.errors import InputError, choose, require_keys

FILE = "model/data/argument.toml"
LEVER_GROUPS = ("competition", "allies", "offers", "terms")  # from top to bottom, so that few edges cross

Column = Literal["levers", "signals", "weighing", "answers", "domains"]
COLUMNS: tuple[Column, ...] = ("levers", "signals", "weighing", "answers", "domains")
VECTORS = ("salience", "drift_profile", "relative_deliverability")  # of a worldview


class InnerNode(Record):
    """A node between levers and domains; `place` runs from 0, the top of its column, to 1."""

    column: Column
    place: Annotated[float, Field(ge=0, le=1)]
    title: Text
    meaning: Text
    unit: Text = "of 100"


class Dispute(Record):
    """Who holds otherwise, in our words; `about` names the lever, mechanism or domain where it concerns only one."""

    source: Text
    words: Text
    about: Text | None = None


class Kind(Record):
    """What edges of one kind say and rest on; argument.toml explains each key."""

    model_config = ConfigDict(populate_by_name=True)

    origin: Text = Field(alias="from")
    to: Text
    says: Text
    equation: Annotated[int, Field(ge=1, le=10)]
    in_words: Text
    full: Text | None = None
    holds_back: bool = False
    rests_on: Annotated[tuple[Text, ...], Field(min_length=1)]
    also: Mapping[str, tuple[Text, ...]] = {}
    choices: tuple[Text, ...] = ()
    claims: tuple[Text, ...] = ()
    disputed: tuple[Dispute, ...] = ()


class Step(Record):
    """A step of the essay's chain: the kinds of edges that carry it, and the parameter that says how strong it is."""

    title: Text
    says: Text
    edges: Annotated[tuple[Text, ...], Field(min_length=1)]
    measured_by: Text
    claims: tuple[Text, ...] = ()


class Wiring(Record):
    """The whole file: headings of the columns, inner nodes, kinds of edges, and the essay's chain through them."""

    columns: Mapping[str, Text]
    nodes: Mapping[str, InnerNode]
    edges: Mapping[str, Kind]
    chain: tuple[Step, ...]


@dataclass(frozen=True)
class Node:
    """A node of the picture.

    `value` is a share (1 is 100 of 100, or the pressure at the start), a mean over worlds and years shown; for a lever
    its setting, for a domain the points of the edges into it. `place` runs from 0, the top of the column, to 1.
    """

    key: str
    column: Column
    place: float
    title: str
    meaning: str
    value: float
    unit: str


@dataclass(frozen=True)
class Edge:
    """An edge of the picture.

    key: "origin>to". kind: its table in argument.toml. says: one sentence.
    strength: what it carries, 0 to 1 of the largest possible. sign: +1 drives Russia and China together, -1 apart,
    0 inside the picture. points: points of alignment over the years shown, where it leads into a domain.
    holds_back: it takes away from what it leads to. rests_on, claims, disputed: what concerns this edge of its kind.
    """

    key: str
    kind: str
    origin: str
    to: str
    title: str
    says: str
    strength: float
    sign: int
    points: float | None
    holds_back: bool
    rests_on: tuple[str, ...]
    claims: tuple[str, ...]
    disputed: tuple[Dispute, ...]


@dataclass(frozen=True)
class Argument:
    """The picture of a scenario under one worldview; `years` are the first and the last year shown."""

    worldview: str
    years: tuple[int, int]
    members: int
    columns: Mapping[str, str]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def node(self, key: str) -> Node:
        """A node by its key; KeyError where there is none."""
        return {node.key: node for node in self.nodes}[key]

    def edge(self, key: str) -> Edge:
        """An edge by its key; KeyError where there is none."""
        return {edge.key: edge for edge in self.edges}[key]


def picture(result: Result, worldview: str) -> Argument:
    """The argument as it stands for a result under one of its worldviews.

    Raises:
        InputError: the result does not hold the worldview.
    """
    choose("The result does not hold", worldview, result.worldviews)
    w, known = result.worldviews.index(worldview), result.assumptions
    means = {name: values[..., w] for name, values in _means(result).items()}
    edges = tuple(
        _edge(name, kind, origin, to, means[name], len(result.years) - 1, known)
        for name, kind in wiring(known).edges.items()
        for origin in members_of(kind.origin, known)
        for to in members_of(kind.to, known)
        if _drawn(name, origin, to, known)
    )
    return Argument(
        worldview=worldview,
        years=(result.years[0], result.years[-1]),
        members=result.members,
        columns=wiring(known).columns,
        nodes=_nodes(result, means, edges),
        edges=edges,
    )


# ---- the file


@lru_cache(maxsize=4)
def wiring(known: Assumptions) -> Wiring:
    """The shipped file, read and checked once for a set of assumptions."""
    return load_wiring(known)


def load_wiring(known: Assumptions, path: Path = DATA / "argument.toml") -> Wiring:
    """Read the nodes and kinds of edges and check every name in them.

    Raises:
        InputError: the file is missing or malformed, a kind of edge has no computation, or a node, parameter, table,
            choice, claim or source is unknown.
    """
    found = parse(Wiring, read_toml(path, FILE), FILE)
    require_keys(FILE, "[columns]", found.columns, COLUMNS)
    require_keys(FILE, "[edges]", found.edges, KINDS)
    families = _families(known)
    members = {key: set(keys) for key, keys in families.items()}
    ends = [*found.nodes, *known.levers, *known.structure.mechanisms, *known.structure.domains]
    if len(set(ends)) < len(ends):
        raise InputError(f"{FILE}: [nodes] has the name of a lever, mechanism or domain.")
    for name, kind in found.edges.items():
        where = f"{FILE}: [edges.{name}]"
        for end in (kind.origin, kind.to):
            _require(where, "end", end, [*families, *ends])
        own = members.get(kind.origin, {kind.origin}) | members.get(kind.to, {kind.to})
        for member in (*kind.also, *(d.about for d in kind.disputed if d.about)):
            _require(where, "end", member, own)
        for ground in (*kind.rests_on, *(g for extra in kind.also.values() for g in extra)):
            _require(where, "parameter or table", ground, groundings(next(iter(known.worldviews)), known))
        for choice in kind.choices:
            _require(where, "choice", choice, known.structure.choices)
        check_sources(where, (d.source for d in kind.disputed), kind.claims, known)
        if (kind.full is None) != (kind.to == "domains"):
            raise InputError(f"{where}: `full` is given exactly when the edge does not lead into the domains.")
    for i, step in enumerate(found.chain, start=1):
        where = f"{FILE}: step {i} of [[chain]]"
        for name in step.edges:
            _require(where, "kind of edge", name, found.edges)
        _require(where, "parameter", step.measured_by, known.parameters)
        check_sources(where, (), step.claims, known)
    return found


def _require(where: str, what: str, name: str, allowed: Iterable[str]) -> None:
    choose(f"{where} names the unknown {what}", name, allowed)


def groundings(worldview: str, known: Assumptions) -> Mapping[str, Grounded]:
    """All that an edge can rest on, by name: parameters and vectors of a worldview, constants, shared tables."""
    view, structure = known.worldviews[worldview], known.structure
    return {
        **view.parameters,
        **{name: getattr(view, name) for name in VECTORS},
        **known.constants,
        **{name: getattr(structure.tables, name) for name in type(structure.tables).model_fields},
        **{name: getattr(structure.vectors, name) for name in type(structure.vectors).model_fields},
    }


def _families(known: Assumptions) -> dict[str, tuple[str, ...]]:
    """The nodes that come from the catalog and share their edges."""
    structure = known.structure
    return {
        "competition": tuple(key for key, lever in known.levers.items() if lever.group == "competition"),
        "offers": known.inducements,
        "mechanisms": tuple(structure.mechanisms),
        "domains": tuple(structure.domains),
    }


def members_of(end: str, known: Assumptions) -> tuple[str, ...]:
    """The nodes that one end of a kind of edge stands for."""
    return _families(known).get(end, (end,))


# ---- nodes and edges


def _nodes(result: Result, values: Mapping[str, Array], edges: tuple[Edge, ...]) -> tuple[Node, ...]:
    """All nodes, column by column from the top."""
    known = result.assumptions
    inner = wiring(known).nodes
    levers = [key for group in LEVER_GROUPS for key, lever in known.levers.items() if lever.group == group]
    mechanisms, domains = known.structure.mechanisms, known.structure.domains
    below = min(node.place for node in inner.values() if node.column == "signals") / len(mechanisms)
    found = [Node(key, n.column, n.place, n.title, n.meaning, float(values[key]), n.unit) for key, n in inner.items()]
    for i, key in enumerate(levers):
        lever, value = known.levers[key], result.scenario.levers[key] / 100
        place = i / (len(levers) - 1)
        unit = "%" if lever.group == "competition" else "of 100"
        found.append(Node(key, "levers", place, lever.name, lever.summary, value, unit))
    for i, (key, mechanism) in enumerate(mechanisms.items()):
        value = float(values["mechanisms"][i])
        found.append(Node(key, "signals", i * below, mechanism.name, mechanism.meaning, value, "of 100"))
    for i, (key, domain) in enumerate(domains.items()):
        points = sum(edge.points or 0 for edge in edges if edge.to == key)
        place = i / (len(domains) - 1)
        found.append(Node(key, "domains", place, domain.name, domain.meaning, points, "points"))
    return tuple(sorted(found, key=lambda node: (COLUMNS.index(node.column), node.place)))


def _drawn(name: str, origin: str, to: str, known: Assumptions) -> bool:
    """Whether there is such an edge: an offer supplies a mechanism only where the table says so."""
    return name != "supply" or known.structure.tables.mechanism_supply.values[to][origin] > 0


def _edge(name: str, kind: Kind, origin: str, to: str, carried: Array, years: int, known: Assumptions) -> Edge:
    """One edge; `carried` has an axis for each end that is a family, the end first and then the origin."""
    place = [members_of(end, known).index(key) for end, key in ((kind.to, to), (kind.origin, origin)) if end != key]
    amount = float(carried[tuple(place)])
    points = amount if kind.to == "domains" else None
    return Edge(
        key=f"{origin}>{to}",
        kind=name,
        origin=origin,
        to=to,
        title=f"{title_of(origin, known)} → {title_of(to, known)}",
        says=kind.says.replace("{from}", title_of(origin, known)).replace("{to}", title_of(to, known)),
        strength=min(abs(amount) / (1 if points is None else years * strongest_rate(known)), 1.0),
        sign=0 if points is None else int(np.sign(points)),
        points=None if points is None else amount,
        holds_back=kind.holds_back or (points is None and amount < 0),
        rests_on=(*kind.rests_on, *kind.also.get(origin, ()), *kind.also.get(to, ())),
        claims=tuple(claim for claim in kind.claims if _concerns(claim, kind, origin, to, known)),
        disputed=tuple(d for d in kind.disputed if d.about in (None, origin, to)),
    )


def title_of(key: str, known: Assumptions) -> str:
    """The name of a node."""
    inner = wiring(known).nodes
    if key in inner:
        return inner[key].title
    names = {
        key: record.name
        for table in (known.levers, known.structure.mechanisms, known.structure.domains)
        for key, record in table.items()
    }
    return names[key]


def _concerns(claim: str, kind: Kind, origin: str, to: str, known: Assumptions) -> bool:
    """Whether a claim of a kind stands at this edge: it speaks of none of the family, or of this member."""
    spoken_of = {reference.partition(":")[2] for reference in known.claims[claim].answered_by}
    return all(
        key in spoken_of or spoken_of.isdisjoint(members_of(end, known))
        for end, key in ((kind.origin, origin), (kind.to, to))
        if end != key
    )


# ---- what the edges carry


# What a year's numbers are called: each kind of edge inside the picture, and the nodes that are not the sum of edges.
INSIDE = (
    "squeeze",
    "supply",
    "show",
    "clarify",
    "ask",
    "one_sided",
    "withhold",
    "hide",
    "press",
    "value",
    "believe",
    "ease",
    "outweigh",
    "risk",
    "unsettle",
    "alarm",
    "notice",
    "drop",
)
TERM_OF = {"drift": "relief", "let_down": "let-down", "pull": "pull", "hedge": "hedging", "bind": "binding"}
KINDS = (*INSIDE, *TERM_OF)


@lru_cache(maxsize=4)
def strongest_rate(known: Assumptions) -> float:
    """The most points a year that an edge can carry into a domain: the strongest of equation 7 in any worldview.

    Central values, full pressure, reciprocity, doubt and attention, a field with exposure 1 and binding speed 1.
    """
    found = []
    for view in known.worldviews.values():
        at = {name: parameter.central for name, parameter in view.parameters.items()}
        found += [
            at["pull_strength"] * at["latent_friction"],
            at["drift_rate"] * at["pressure_share"] * max(view.drift_profile.values.values()),
            at["response_strength"] * max(at["binding_share"], 1 - at["binding_share"]),
        ]
    return max(found)


def _means(result: Result) -> dict[str, Array]:
    """What each kind of edge and each inner node carries: means over worlds and years, (..., W).

    Kinds that lead into the domains carry points, summed over the years.
    """
    by_year = [
        {name: values.mean(axis=-1, dtype=float) for name, values in _year(result.run, year).items()}
        for year in range(len(result.years) - 1)
    ]
    means = {name: np.mean([year[name] for year in by_year], axis=0) for name in by_year[0]}
    terms = result.accounting.sum(axis=0, dtype=float).mean(axis=-1)
    points = {kind: terms[TERMS.index(term)] for kind, term in TERM_OF.items()}
    return means | points | {"drift": points["drift"] + _further_pressure(result)}


def _further_pressure(result: Result) -> Array:
    """Points that pressure beyond that of the no-lever run adds to the drift, summed over the years, (domains, W)."""
    run, worlds, p = result.run, result.run.worlds, result.run.worlds.parameters
    none = np.zeros_like(p.drift_rate)
    total: Array = np.zeros(result.accounting.shape[2:4])
    for state, year, era in zip(run.states, count(), run.policy.era, strict=False):
        further = eq.joint_pressure(era, *run.policy.pressure(year), worlds.added) - era
        if np.any(further):
            rate = eq.Rates(none, p.drift_rate * p.pressure_share * further, none, none, none, none, none)
            nothing = np.zeros_like(state.alignment)
            by_term = eq.accounting(state.alignment, rate, worlds.drift_profile, none, nothing, nothing)
            total = total + by_term[TERMS.index("pressure drift")].mean(axis=-1, dtype=float)
    return total


def _year(run: Trajectory, year: int) -> dict[str, Array]:
    """What edges inside the picture and inner nodes carry in one year and every world, each (..., W, N).

    `year` is 0 for the first.
    """
    worlds, policy, known = run.worlds, run.policy, run.worlds.assumptions
    c = known.constant
    p, before, now = worlds.parameters, run.states[year], run.states[year + 1]
    gone, era, (russia, china) = before.reversed, policy.era[year], policy.pressure(year)
    pressure, without_russia, without_china = (
        eq.joint_pressure(era, *pair, worlds.added) for pair in ((russia, china), (1.0, china), (russia, 1.0))
    )
    clarity = policy.clarity if policy.in_force(year) else 0.0
    offered = _offered(worlds, policy, policy.ramped(year), gone)
    at_once = _offered(worlds, replace(policy, precondition=0.0), policy.ramped(year), gone)

    dose = _dose(worlds, policy, policy.ramped(year), gone)
    supply = worlds.supply[:, :, None, :] * eq.dose_response(dose, worlds.curvature)
    threat = list(known.structure.mechanisms).index("threat")
    without_allies, with_allies = (
        eq.threat_relief(p.addressable_threat, p.unbalanced_assurance, allies, policy.clarity)
        for allies in (0.0, policy.allies)
    )
    one_sided = supply[threat].sum(axis=0) * (without_allies - with_allies)
    supply[threat] *= with_allies
    mechanisms = supply.sum(axis=1)

    heading_for, without_clarity = (
        eq.credibility_target(
            p.initial_credibility, gone.astype(FLOAT), said, offered.concreteness, c.credibility_after_reversal
        )
        for said in (clarity, 0.0)
    )
    believed = eq.believed_offer(now.offer_value, now.credibility, worlds.unbelieved)
    eased = pressure * believed * ~worlds.unrelieved

    def moved(threshold: Array, asked: Array) -> Array:
        return eq.reciprocity(believed, threshold, asked, worlds.proportional, c.threshold_softness)

    asked = p.unasked_reciprocity + (1 - p.unasked_reciprocity) * clarity
    unasked = moved(now.threshold, p.unasked_reciprocity)
    hedging = eq.hedging(now.doubt, c.doubt_start)
    return {
        "supply": supply,
        "show": weights(known.structure.vectors.visibility.values) * dose,
        "clarify": heading_for - without_clarity,
        "ask": now.reciprocity - unasked,
        "one_sided": one_sided,
        "withhold": at_once.value - offered.value,
        "hide": at_once.dialogue - offered.dialogue,
        "squeeze": np.stack([believed * 0 + (pressure - other) for other in (without_russia, without_china)]),
        "press": believed * 0 + (pressure - era),
        "value": worlds.salience * mechanisms,
        "believe": believed,
        "ease": eased,
        "outweigh": unasked,
        "risk": moved(0 * now.threshold, asked) - now.reciprocity,
        "unsettle": hedging / (1 + now.credibility),
        "alarm": hedging * now.credibility / (1 + now.credibility),
        "notice": now.attention,
        "drop": now.let_down,
        # nodes
        "mechanisms": mechanisms,
        "pressure": believed * 0 + pressure,
        "belief": now.credibility,
        "seen": offered.dialogue,
        "offer": believed,
        "stake": now.threshold,
        "shared": pressure - eased,
        "reciprocity": now.reciprocity,
        "hedging": hedging,
        "binding": now.attention,
        "broken": now.let_down,
    }


def _dose(worlds: Worlds, policy: Policy, ramp: float, gone: Mask) -> Array:
    """Equation 1 in the worlds as they stand: what is left of each promise, (inducements, W, N)."""
    promised = ramp * np.array(policy.inducements, FLOAT)[:, None, None]
    kept, after = (
        eq.delivered(
            promised,
            worlds.deliverability,
            policy.precondition,
            worlds.parameters.reversal_loss,
            reversed_,
            worlds.assumptions.constant.precondition_acceptance,
        )
        for reversed_ in (False, True)
    )
    return np.where(gone, after, kept)


def _offered(worlds: Worlds, policy: Policy, ramp: float, gone: Mask) -> Offer:
    """What is on the table in the worlds as they stand."""
    kept = offer(worlds, policy, ramp, False)
    return kept.plus(offer(worlds, policy, ramp, True).minus(kept), gone.astype(FLOAT)) if gone.any() else kept

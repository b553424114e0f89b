"""What an edge of the argument says and rests on, in words: for a label, for a screen reader, for its source card."""

from __future__ import annotations

from collections.abc import Collection

from model import catalog
from model.analysis.argument import Argument, Edge, Kind, Node, groundings, title_of, wiring
from model.assumptions.catalog import Assumptions, given
from model.assumptions.edits import identities
from model.assumptions.schema import Analogue, Constant, Grounded, Parameter, SharedTable, SharedVector, Vector
from ui.told.assumptions import NO_DISSENT, cite, graded, where_in_essay
from ui.told.words import escaped, minus, points, signed

NOTHING = 0.0005  # an edge with less strength is drawn and told as carrying nothing
JUDGEMENT = "judgement of the modeller"
VECTOR_TITLES = {
    "salience": "How much each need matters to Moscow (s)",
    "drift_profile": "How fast each domain drifts (prof)",
    "relative_deliverability": "What of each offer can be delivered, against the others",
}


def node_amount(node: Node) -> str:
    """What stands in a node: 67 of 100, 70 %, −24 points."""
    if node.unit == "points":
        return points(node.value) if round(node.value) else "0 points"
    return f"{round(100 * node.value)} {node.unit}"


def carried(edge: Edge) -> str:
    """What an edge carries now, in a few words: carries 31 of 100; drives the two apart, −17 points."""
    if edge.strength < NOTHING:
        return "holds back nothing now" if edge.holds_back else "carries nothing now"
    if edge.points is not None:
        way = "drives the two together" if edge.sign > 0 else "drives the two apart"
        return f"{way}, {_or_less(edge.points, 'point', signed(edge.points))}"
    verb = "holds back" if edge.holds_back else "carries"
    return f"{verb} {_or_less(100 * edge.strength, '', f'{round(100 * edge.strength)} of 100')}"


def _or_less(amount: float, unit: str, told: str) -> str:
    if not round(amount):
        return "less than 1 point" if unit else "less than 1 of 100"
    return f"{told} {unit}{'' if abs(round(amount)) == 1 else 's'}" if unit else told


def edge_label(edge: Edge) -> str:
    """An edge for a screen reader: NATO talks to Threat: carries 31 of 100."""
    return f"{title_of(edge.origin, catalog())} to {title_of(edge.to, catalog())}: {carried(edge)}"


def edge_card(
    argument: Argument,
    key: str,
    switched: Collection[str] = (),
    era: Analogue | None = None,
    assumptions: Assumptions | None = None,
) -> str:
    """The source card of an edge, as Markdown, under the assumptions of its picture (by default the project’s own).

    `switched` are the structural choices that take their alternative; `era` is the historic analogue of the picture, if
    it is of one.

    Raises:
        KeyError: there is no such edge.
    """
    edge = argument.edge(key)
    kind = wiring(catalog()).edges[edge.kind]
    parts = [
        f"**{escaped(edge.says)}**",
        *(f"*{escaped(node.title)}*: {escaped(node.meaning)}" for node in map(argument.node, (edge.origin, edge.to))),
        f"**What it carries now.** {escaped(_now(argument, edge, kind))}",
        f"**In the model (equation {kind.equation}).** {escaped(kind.in_words)}",
        f"**What sets it**\n\n{_grounds(argument.worldview, given(assumptions), edge, era)}",
        f"**The essay’s claims, in our words**\n\n{_claims(edge)}",
        f"**Who disputes it**\n\n{_disputes(edge, kind, switched)}",
    ]
    return "\n\n".join(parts)


def _now(argument: Argument, edge: Edge, kind: Kind) -> str:
    """What the edge carries, with what 100 is and what the number is a mean of."""
    first, last = argument.years
    view = f"the worldview “{identities()[argument.worldview].title}”"
    if edge.strength < NOTHING:
        return f"It {carried(edge)} under {view}."
    whole = f", where 100 is {kind.full}" if kind.full else ""
    over = "the sum" if edge.points is not None else "the mean"
    return (
        f"It {carried(edge)}{whole}. This is {over} over the years {first} to {last}, on average over "
        f"{argument.members:,} assumed worlds of {view}."
    )


def _grounds(worldview: str, assumptions: Assumptions, edge: Edge, era: Analogue | None) -> str:
    known, then = groundings(worldview, assumptions), era.overrides if era else {}
    told = [_then(name, then[name]) if name in then else _ground(name, known[name], edge) for name in edge.rests_on]
    return "\n".join(f"- {one}" for one in told)


def _then(name: str, ends: tuple[float, float, float]) -> str:
    """A parameter that a historic analogue gives another range than its worldview."""
    definition, (low, central, high) = catalog().parameters[name], ends
    value = f"{low:g} low, {central:g} central, {high:g} high ({definition.unit})"
    return (
        f"**{escaped(f'{definition.title} ({definition.symbol})')}**: {escaped(minus(value))}, in this historic "
        f"analogue, in place of the worldview's own range. Basis: {JUDGEMENT}."
    )


def _ground(name: str, record: Grounded, edge: Edge) -> str:
    """One number, or row of numbers, with basis, reason and sources."""
    title, value = titled(name, record), minus(_valued(name, record, edge))
    return (
        f"**{escaped(title)}**: {escaped(value)}. Basis: {_basis(record)}. {escaped(record.note)} "
        f"Sources: {escaped(cite(record.sources))}."
    )


def titled(name: str, record: Grounded) -> str:
    """What a number, or a row of numbers, is called."""
    if isinstance(record, Parameter):
        definition = catalog().parameters[name]
        return f"{definition.title} ({definition.symbol})"
    if isinstance(record, Constant):
        return f"{record.meaning.rstrip('.')} ({record.symbol})"
    if isinstance(record, (SharedTable, SharedVector)):
        return f"{record.title} ({record.symbol})"
    return VECTOR_TITLES[name]


def _valued(name: str, record: Grounded, edge: Edge) -> str:
    """The numbers that concern an edge: a range, a constant, a cell, a row, an entry, or all entries."""
    if isinstance(record, Parameter):
        unit = catalog().parameters[name].unit
        return f"{record.low:g} low, {record.central:g} central, {record.high:g} high ({unit})"
    if isinstance(record, Constant):
        return f"{record.value:g} ({record.unit}), the same in every world"
    if isinstance(record, SharedTable):
        row = record.values[edge.to]
        return f"{row[edge.origin]:g}" if edge.origin in row else _listed(row)
    assert isinstance(record, Vector)
    ends = [end for end in (edge.origin, edge.to) if end in record.values]
    return f"{record.values[ends[0]]:g}" if ends else _listed(record.values)


def _listed(row: dict[str, float]) -> str:
    return ", ".join(f"{title_of(key, catalog())} {value:g}" for key, value in row.items())


def _basis(record: Grounded) -> str:
    return graded(record.basis).replace("judgement", JUDGEMENT)


def _claims(edge: Edge) -> str:
    known = catalog().claims
    told = [f"- {escaped(known[key].words)} ({key}, {where_in_essay(known[key].place)})" for key in edge.claims]
    return "\n".join(told) or f"The essay does not claim this; it is the {JUDGEMENT}."


def _disputes(edge: Edge, kind: Kind, switched: Collection[str]) -> str:
    told = [f"- {escaped(cite([dispute.source]))}: {escaped(dispute.words)}" for dispute in edge.disputed]
    for key in kind.choices:
        choice = catalog().structure.choices[key]
        is_ = "is switched here to" if key in switched else "could be"
        told.append(f"- Choice {key} of the model, {escaped(choice.title)}, {is_}: {escaped(choice.alternative)}.")
    return "\n".join(told) or NO_DISSENT

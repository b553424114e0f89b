"""The essay's chain, its tensions and what it leaves out as cards, in HTML; their look is in `ui/page/assumptions.css`.

All text is escaped here. A picture of a sight has a lane for each worldview: a tick where it stands without what is
looked at, a marker where it stands with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from model import catalog
from model.analysis.argument import Dispute, Step, groundings
from model.analysis.omissions import Gap
from ui.drawn import cards, source_cards
from ui.told import assumptions, omissions
from ui.told.edge import titled
from ui.told.omissions import Seen

Address = Callable[[str], str]

ESSAY = "essay"
NOT_MODELLED = "Not in the model"
WEAKER = "; higher is weaker"  # of a step that a higher number makes harder


def steps(chain: Sequence[Step], source_address: Address, argument_address: str) -> str:
    """The steps of the chain with how strong each worldview takes them to be."""
    return cards.together(
        _step(number, step, source_address, argument_address) for number, step in enumerate(chain, start=1)
    )


def _step(number: int, step: Step, source_address: Address, argument_address: str) -> str:
    views, definition = tuple(catalog().worldviews), catalog().parameters[step.measured_by]
    head = (
        cards.heading(f"{number}. {step.title}")
        + f'<span class="quiet">{escape(step.says)}</span>'
        + source_cards.range_picture(step.measured_by, views)
        + f'<span class="finding" aria-hidden="true"><b>{escape(definition.title)}</b><br>'
        f"{escape(assumptions.finding(step.measured_by, views))}{WEAKER if definition.kind < 0 else ''}</span>"
    )
    kinds = omissions.kinds_of(step)
    held = [f"<p>{escape(definition.meaning)}</p>"]
    held += [f"<p>{escape(kind.in_words)} <span class='quiet'>Equation {kind.equation}</span></p>" for kind in kinds]
    levers = ", ".join(omissions.levers_of(step))
    held += [f'<p class="quiet">Levers: {escape(levers)}</p>'] if levers else []
    body = [
        cards.part("How the model holds it", "".join(held)),
        cards.part("The numbers it rests on", _grounds(omissions.numbers_of(step), source_address)),
        cards.part("The essay’s claims, in our words", _claims(omissions.claims_of(step), source_address)),
        cards.part("Who disputes it", _disputes(omissions.disputes_of(step))),
        f"<p>{cards.link(argument_address, 'See it in the picture of the argument')}</p>",
    ]
    return cards.card(head, "".join(body))


def gaps(found: Mapping[str, Gap], source_address: Address, base: str) -> str:
    """Tensions or omissions, each with the picture of where it is first seen."""
    return cards.together(_gap(key, gap, source_address, base) for key, gap in found.items())


def _gap(key: str, gap: Gap, source_address: Address, base: str) -> str:
    sights = [omissions.seen(sight) for sight in gap.see]
    head = cards.heading(gap.title, key) + f'<span class="quiet">{escape(gap.says)}</span>'
    head += _in_head(sights[0]) if sights else f'<span class="finding">{NOT_MODELLED}</span>'
    status = f'<p class="quiet">{assumptions.STATUS[gap.status].capitalize()}</p>'
    body = [cards.part("What the model does about it", f"<p>{escape(gap.does)}</p>{status}")]
    body += [cards.part("Which way that leans", f"<p>{escape(gap.leans)}</p>")] if gap.leans else []
    body += [cards.part("See it happen", "".join(_sight(one, base) for one in sights))] if sights else []
    body += (
        [cards.part("The numbers that stand for it", _grounds(gap.rests_on, source_address))] if gap.rests_on else []
    )
    body += (
        [cards.part("The essay’s claims that it touches", _claims(gap.claims, source_address))] if gap.claims else []
    )
    raised = "Read in" if ESSAY in gap.sources else "Who raises it"
    body += [cards.part(raised, f"<p>{escape(assumptions.cite(gap.sources))}</p>")]
    return cards.card(head, "".join(body), f"gap-{key}")


def _in_head(found: Seen) -> str:
    """The picture and what it shows: both sides, then where they are farthest apart."""
    sight = found.sight
    told = "".join(
        f'<span class="quiet">{mark}</span> {escape(side.label)}<br>'
        for mark, side in (("Tick:", sight.without), ("Mark:", sight.with_))
    )
    told += f"{escape(omissions.outcome_title(sight.outcome))}<br><b>{escape(omissions.finding(found))}</b>"
    return f'{_picture(found)}<span class="finding" aria-hidden="true">{told}</span>'


def _picture(found: Seen) -> str:
    """A tick and a marker for each worldview, on the scale of all pictures of this outcome."""
    low, high = omissions.scale_of(found.sight.outcome)
    along = {value: f"{100 * (value - low) / (high - low):.4g}%" for value in range(low, high + 1)}
    zero = f'<span class="zero" style="left:{along[0]}"></span>' if low < 0 < high else ""
    lanes = "".join(
        f'<span class="lane">{_between(view, along[found.without[view]], along[found.with_[view]])}</span>'
        for view in found.with_
    )
    ends = [f'<span class="end">{omissions.valued(found.sight.outcome, end)}</span>' for end in (low, high)]
    return (
        f'<span class="range" role="img" aria-label="{escape(omissions.in_words(found))}">{ends[0]}'
        f'<span class="track">{zero}{lanes}</span>{ends[1]}</span>'
    )


def _between(view: str, start: str, end: str) -> str:
    colour = cards.colour(view)
    return (
        f'<span class="bar" style="left:min({start},{end});right:calc(100% - max({start},{end}));{colour}"></span>'
        f'<span class="tick" style="left:{start};{colour}"></span>{cards.mark(view, end)}'
    )


def _sight(found: Seen, base: str) -> str:
    """Both sides as links, what each worldview gives on them, and both side by side."""
    sight, views = found.sight, catalog().worldviews
    values = {views[view].short: omissions.from_to(found, view) for view in found.with_}
    sides = " → ".join(
        cards.link(base + omissions.explore_address(sight, side), side.label) for side in (sight.without, sight.with_)
    )
    compare = cards.link(base + omissions.compare_address(sight), "Both side by side")
    return (
        f'<div class="sight"><p>On Explore: {sides}</p><p>On Compare: {compare}</p>'
        f'<p class="quiet">{escape(omissions.outcome_title(sight.outcome))}</p>'
        f"{_picture(found)}{cards.list_of(values)}</div>"
    )


def _grounds(names: Iterable[str], source_address: Address) -> str:
    known = groundings(next(iter(catalog().worldviews)), catalog())
    return cards.items(cards.link(source_address(name), titled(name, known[name])) for name in names)


def _claims(keys: Iterable[str], source_address: Address) -> str:
    known = catalog().claims
    return cards.items(f"{escape(known[key].words)} {cards.link(source_address(key), key)}" for key in keys)


def _disputes(disputes: Sequence[Dispute]) -> str:
    if not disputes:
        return f"<p>{assumptions.NO_DISSENT}</p>"
    return cards.items(f"{escape(assumptions.cite([one.source]))}: {escape(one.words)}" for one in disputes)

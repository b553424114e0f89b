"""What is said of a reader's own worldview: what can be changed, what was, and what each number rests on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from model import catalog
from model.analysis.argument import title_of
from model.assumptions.catalog import EDITED
from model.assumptions.edits import SALIENCE, Edits, Values, copied_values, editable, identities, shares_of
from model.assumptions.equations import equations
from model.assumptions.schema import Grounded
from ui.told.assumptions import cite, disputed, graded, plain

DISPUTED: Final = "Where the four differ most"
WEIGHTS: Final = {
    "salience": "Weights of Moscow’s needs",
    "drift_profile": "Weights of domains",
    "relative_deliverability": "Weights of levers",
}
MEANINGS: Final = {
    "salience": "How much this need matters to Moscow; the weights of all needs are scaled to 100 together.",
    "drift_profile": "How fast this domain drifts by itself, against the others: 1 is as fast as the drift says.",
    "relative_deliverability": "What of this offer can be delivered, against the others: 1 is as assumed of all.",
}
MOST_TOLD = 3  # changes that a sentence names


@cache
def titles() -> Mapping[str, str]:
    """What each number that can be changed is called, by its name."""
    known = catalog()
    called = {name: name.partition(".")[2] for name in editable()}
    return {name: title_of(key, known) if key else known.parameters[name].title for name, key in called.items()}


def told_values(values: Values) -> str:
    """Percentiles, or a weight: 0.2 · 0.3 · 0.5."""
    return " · ".join(map(plain, values))


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """The numbers by subject: where the four differ most, weights, then parameters by the equation that uses them."""
    found = {DISPUTED: disputed()}
    for table, title in WEIGHTS.items():
        found[title] = tuple(name for name in editable() if name.startswith(f"{table}."))
    for key, definition in catalog().parameters.items():
        title = equations()[str(definition.equation)].title
        found[title] = (*found.get(title, ()), key)
    return found


def step_of(name: str) -> float:
    """By how much a handle moves: about a hundredth of the admissible range, and fine enough for what the four have."""
    one = editable()[name]
    values = [value for view in catalog().worldviews for value in copied_values(view, name)]
    decimals = max(len(f"{value:g}".partition(".")[2]) for value in values)
    span = one.high - one.low
    usual = 0 if span > 30 else 1 if span > 3 else 2
    return 10.0 ** -max(usual, decimals)


def meaning_of(name: str) -> str:
    """What a number means, in a sentence."""
    table, _, key = name.partition(".")
    return MEANINGS[table] if key else catalog().parameters[name].meaning


def unit_of(name: str) -> str:
    """The unit of a number."""
    return "weight" if "." in name else catalog().parameters[name].unit


def record_of(worldview: str, name: str) -> Grounded:
    """What one of the four says that a number rests on."""
    view, (table, _, key) = catalog().worldviews[worldview], name.partition(".")
    record: Grounded = getattr(view, table) if key else view.parameters[name]
    return record


def grounds_of(worldview: str, name: str) -> str:
    """The basis, the reason and the sources of a number in one of the four."""
    record, view = record_of(worldview, name), catalog().worldviews[worldview]
    return f"{view.title}: {graded(record.basis)}. {record.note} Sources: {cite(record.sources)}."


def share_of(own: Edits, name: str) -> str:
    """What a need's weight counts for once all are scaled to 100; empty for other numbers."""
    table, _, key = name.partition(".")
    if table != SALIENCE:
        return ""
    return f"counts as {round(100 * shares_of(own)[key])} of 100"


def change_words(own: Edits, name: str) -> str:
    """One change in words: Binding share 0.2 · 0.3 · 0.5 instead of 0.3 · 0.5 · 0.7."""
    kind = "weight of " if "." in name else ""
    return (
        f"{kind}{titles()[name]} {told_values(own.values(name))} instead of "
        f"{told_values(copied_values(own.copied, name))}"
    )


def changed_count(own: Edits) -> str:
    """How many numbers were changed: 3 numbers changed."""
    count = len(own.changes)
    return f"{count} number{'s' * (count != 1)} changed"


def own_words(own: Edits | None, most: int | None = None) -> str:
    """What a reader's own worldview is: a copy of which, with what changed; empty without one.

    `most` is how many changes are named; all where it is left out.
    """
    if not own:
        return ""
    told = [change_words(own, name) for name, _ in own.changes[:most]]
    more = len(own.changes) - len(told)
    changes = "; ".join(told) + (f"; and {more} more" if more > 0 else "") if told else "nothing changed yet"
    return f"a copy of “{catalog().worldviews[own.copied].title}”, {changes}"


def own_sentence(own: Edits | None) -> str:
    """That a reader's own worldview stands beside the four, in one sentence; empty without one."""
    told = own_words(own, MOST_TOLD)
    return f"“{identities()[EDITED].title}” is {told}." if told else ""


def brought_words(title: str, grounds: int) -> str:
    """What of a file that was opened stays in it: its title, and notes of some of its numbers; empty for nothing."""
    parts = ["its title"] * (title != identities()[EDITED].title)
    parts += [f"the notes and sources of {grounds} {'entries' if grounds > 1 else 'entry'}"] * bool(grounds)
    if not parts:
        return ""
    what = " and ".join(parts)
    stays = "stays" if parts == ["its title"] else "stay"
    return f"“{title}” is opened. {what[0].upper()}{what[1:]} {stays} in the file; only its numbers are shown here."


def what_changed(before: Edits | None, now: Edits | None) -> str:
    """What a step changed in a reader's own worldview, in a few words; empty where nothing."""
    if before == now:
        return ""
    if now is None:
        return "your worldview is removed"
    if before is None or before.copied != now.copied:
        return f"your worldview is a copy of “{catalog().worldviews[now.copied].title}”"
    names = [name for name in editable() if before.values(name) != now.values(name)]
    if len(names) > 1:
        return f"your worldview, {len(names)} numbers"
    (name,) = names
    return f"{titles()[name]} {told_values(before.values(name))} → {told_values(now.values(name))}"


def bound_words(bounds: Mapping[str, int], name: str) -> str:
    """In how many worlds a number stands on an end of what is admissible; empty for a weight, which is no draw."""
    if name not in bounds:
        return ""
    return f"{bounds[name]} of 100 assumed worlds stand on an end of the admissible range."

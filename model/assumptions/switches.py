"""The switchboard: which structural choices take their alternative, in all worlds or drawn for each."""

from __future__ import annotations

from dataclasses import dataclass

from model.assumptions.catalog import Assumptions
from model.errors import InputError, nearest, shown


@dataclass(frozen=True)
class Switches:
    """`name` is base, ensemble or the switched choices in order; `fixed` the choices that are switched in every world.

    Where `drawn` is true, each world also draws its own alternatives.
    """

    name: str
    fixed: frozenset[str]
    drawn: bool


def switches(text: str, known: Assumptions) -> Switches:
    """Read base, ensemble, or choices separated by commas (C1,C4); `known` holds the choices.

    Raises:
        InputError: an unknown or repeated choice.
    """
    if text == "base":
        return Switches("base", frozenset(), drawn=False)
    if text == "ensemble":
        return Switches("ensemble", frozenset(), drawn=True)
    choices = known.structure.choices
    named = [part.strip() for part in text.split(",")]
    for name in named:
        if name not in choices:
            raise InputError(
                f"structure names {shown(name)}, and several choices are separated by commas; "
                f"{nearest(name, ['base', 'ensemble', *choices])}"
            )
        if named.count(name) > 1:
            raise InputError(f"structure names {name} twice.")
    implied = {inner for name in named for inner in choices[name].implies or (name,)}
    return Switches(",".join(sorted(named)), frozenset(implied), drawn=False)

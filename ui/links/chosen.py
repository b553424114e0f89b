"""What the links of some pages hold beside the scenario: what is chosen on them, as text by its name. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from model import InputError
from model.analysis.hindcast import HORIZONS
from model.assumptions.schema import Grade
from model.errors import nearest, shown
from model.history.observed import FIRST, LAST, history
from ui.links.paths import ASSUMPTIONS, HISTORY

BASIS, SERIES, YEARS, AHEAD = "basis", "series", "years", "ahead"
FEWEST = 5  # years from the first that is shown of the record to the last
SPAN = re.compile(r"([0-9]{4})-([0-9]{4})", re.ASCII)
SEVERAL = "."  # between names where several may be chosen


def names(name: str, text: str, allowed: Collection[str]) -> str:
    """Some names, each once, in their own order.

    Raises:
        InputError: one of them is not known.
    """
    asked = text.split(SEVERAL)
    for one in asked:
        if one not in allowed:
            raise InputError(f"{name} names {shown(one)}, which is not known; {nearest(one, allowed)}")
    return SEVERAL.join(one for one in allowed if one in asked)


def one_of(name: str, text: str, allowed: Collection[str]) -> str:
    """One name.

    Raises:
        InputError: it is not known.
    """
    return names(name, text.replace(SEVERAL, " "), allowed)


def span(text: str) -> tuple[int, int]:
    """The first and the last year of the record that are shown, from 1992-2024.

    Raises:
        InputError: they are no two years of the record, or too near to one another.
    """
    form = SPAN.fullmatch(text)
    first, last = (int(form[1]), int(form[2])) if form else (LAST, FIRST)
    if not FIRST <= first <= last - FEWEST <= LAST - FEWEST:
        raise InputError(
            f"{YEARS} is {shown(text)}, but it must be two years from {FIRST} to {LAST} that are at least {FEWEST} "
            f"apart, such as {FIRST}-{LAST}."
        )
    return first, last


def span_text(first: int, last: int) -> str:
    """Two years as a link says them: widened where they are too near to one another, empty for the whole record."""
    last = max(last, min(first + FEWEST, LAST))
    first = min(first, last - FEWEST)
    return "" if (first, last) == (FIRST, LAST) else f"{first}-{last}"


def bases() -> list[str]:
    """What a number can rest on, as links name it: text, literature, data, judgement."""
    return [grade.name.lower() for grade in Grade]


def series() -> list[str]:
    """The series of the record that can be looked at: all that are no policy."""
    return [name for name, one in history().series.items() if one.kind != "policy"]


def horizons() -> list[str]:
    """The years ahead for which there are forecasts from the past."""
    return [str(years) for years in HORIZONS]


Read = Callable[[str], str]
OF_PAGES: Mapping[str, Mapping[str, Read]] = {  # by the path of the page: what its link may say, and how that is read
    ASSUMPTIONS: {BASIS: lambda text: names(BASIS, text, bases())},
    HISTORY: {
        SERIES: lambda text: one_of(SERIES, text, series()),
        YEARS: lambda text: span_text(*span(text)),
        AHEAD: lambda text: one_of(AHEAD, text, horizons()),
    },
}


def read(page: str, query: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What a query says of a page's own choices, and a sentence for each that cannot be followed."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for name, take in OF_PAGES.get(page, {}).items():
        if name not in query:
            continue
        try:
            found |= {name: text} if (text := take(query[name][0])) else {}
        except InputError as fault:
            faults.append(str(fault))
    return found, tuple(faults)


def rest(page: str, query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A query without what only this page knows."""
    return {name: list(values) for name, values in query.items() if name not in OF_PAGES.get(page, {})}

"""Links that must open for ever: each line of links.csv is a link, the assumption set it was made with, its results.

A link that compares scenarios has the results of each, in its order.

Lines are added, never rewritten (`python -m tests.corpus add`). What a link gave then it gives for ever: today's set
runs here, an earlier one in the engine that is kept of it.

The address without a query is no link, since it asks for nothing: it leads to the page's own start, which may become
another one, as it did from no levers to the opening hand. Nor is it said here what is open where a link does not say.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from model import InputError, run
from model.assumptions.catalog import EDITED
from model.assumptions.renamed import current_names
from model.assumptions.scenario import setting
from model.errors import shown
from model.versions import Ask, assumption_set, run_all_then
from model.versions.engine import ROOT
from ui.links import comparison, single
from ui.links.asked import Asked, open_settings, starting_points
from ui.told.cache import MEMBERS, assumed

FILE = Path(__file__).parent / "links.csv"
COLUMNS = ("set", "query", "results")
QUERY = re.compile(r"[!-~]{1,2000}", re.ASCII)
POINTS, WORLDS = 2e-3, 0.2  # how far another processor's rounding may move a shift, and a count of 100 worlds

Results = Mapping[str, tuple[float, float]]  # by worldview: median shift in points, worlds of 100 reversed at home


class Line(NamedTuple):
    """A link without its question mark, the name of the set that made the results, and these in whole numbers."""

    set: str
    query: str
    results: str


def lines(file: Path = FILE) -> tuple[Line, ...]:
    """The corpus, in the order in which its lines were added."""
    with file.open(encoding="utf-8", newline="") as rows:
        return tuple(Line(**row) for row in csv.DictReader(rows))


def parts(query: str) -> dict[str, list[str]]:
    """The parts of a link as the page gets them."""
    return parse_qs(query, keep_blank_values=True)


def all_asked(query: str) -> tuple[Asked, ...]:
    """Where a link leads today: one scenario, or those that it compares."""
    said = parts(query)
    return comparison.read(said).all_asked if "with" in said else (single.read(said).asked,)


def asks(query: str) -> list[Ask]:
    """What a link asks an earlier engine: presets as they were then, and the settings that the link itself gives."""
    said = parts(query)
    given = {name for key in said for name in current_names("setting", key)[0]}
    full = ["." in word for word in said.get("with", ())]  # a preset with settings gives all of them
    return [
        Ask(
            {key: setting(asked.scenario, key) for key in open_settings(asked.scenario) if key in given or every},
            asked.scenario.name,
        )
        for asked, every in zip(all_asked(query), full or [False], strict=True)
    ]


def results(queries: Sequence[str], name: str, root: Path = ROOT) -> list[list[Results]]:
    """The results of the scenarios of links under a set.

    Raises:
        InputError: the set is unknown, or its engine is missing, fails or refuses a link.
    """
    if name == assumption_set(root):
        return [
            [
                headline(
                    run(
                        asked.scenario,
                        members=MEMBERS,
                        seed=asked.seed,
                        structure=asked.structure,
                        assumptions=assumed(asked.own),
                    ).to_dict()
                )
                for asked in all_asked(query)
            ]
            for query in queries
        ]
    found: dict[tuple[str, int], Results] = {}
    every = [
        ((asked.seed, asked.structure), (query, i), ask)
        for query in queries
        for i, (asked, ask) in enumerate(zip(all_asked(query), asks(query), strict=True))
    ]
    for (seed, structure), alike in groupby(sorted(every, key=itemgetter(0)), itemgetter(0)):
        _, at, one_each = zip(*alike, strict=True)
        told = run_all_then(name, one_each, members=MEMBERS, seed=seed, structure=structure, root=root)
        found |= zip(at, map(headline, told), strict=True)
    return [[found[query, i] for i, _ in enumerate(all_asked(query))] for query in queries]


def headline(result: Mapping[str, Any]) -> Results:
    """The headline of a result as the command line prints it with --json."""
    return {
        worldview: (values["shift"]["p50"], 100 * values["reversed_share"])
        for worldview, values in result["worldviews"].items()
    }


def written(found: Sequence[Results]) -> str:
    """Results in whole numbers, for example `op-ed -19 27; sceptic 1 96`, scenarios apart by ` | `."""
    return " | ".join(
        "; ".join(f"{worldview} {round(shift)} {round(worlds)}" for worldview, (shift, worlds) in one.items())
        for one in found
    )


def agree(kept: str, found: Sequence[Results]) -> bool:
    """Whether results are those that a line keeps, but for the rounding of another processor."""
    each = kept.split(" | ")
    return len(each) == len(found) and all(map(_agree, each, found))


def _agree(kept: str, found: Results) -> bool:
    whole = {name: (int(shift), int(worlds)) for name, shift, worlds in (each.split(" ") for each in kept.split("; "))}
    if EDITED not in found:  # an earlier engine knows no worldview of a reader's own
        whole.pop(EDITED, None)
    return list(whole) == list(found) and all(
        abs(found[name][0] - shift) <= 0.5 + POINTS and abs(found[name][1] - worlds) <= 0.5 + WORLDS
        for name, (shift, worlds) in whole.items()
    )


def add(queries: Iterable[str], file: Path = FILE) -> list[Line]:
    """Add links with today's set and results at the end of the corpus; without any, all that are in it already.

    Raises:
        InputError: a link is not plain text, sets nothing at all or is in the corpus with today's set.
    """
    known, name = lines(file), assumption_set()
    asked = list(dict.fromkeys(query.removeprefix("?") for query in queries))
    if not asked:
        there = {line.query for line in known if line.set == name}
        asked = [query for query in dict.fromkeys(line.query for line in known) if query not in there]
    for query in asked:
        if not query:
            raise InputError("The address without a query is no link: it leads wherever the page starts.")
        if not QUERY.fullmatch(query):
            raise InputError(f"The link {shown(query)} must be at most 2,000 letters, digits and signs without spaces.")
        if (name, query) in {line[:2] for line in known}:
            raise InputError(f"The link {shown(query)} is in the corpus with the set {name}.")
        said = parts(query)
        for preset in [*said.get("preset", ()), *(word.partition(".")[0] for word in said.get("with", ()))]:
            if starting_points().keys().isdisjoint(current_names("preset", preset)[0]):
                raise InputError(f"The link {shown(query)} names the unknown preset {shown(preset)}.")
    added = [Line(name, q, written(found)) for q, found in zip(asked, results(asked, name), strict=True)]
    with file.open("a", encoding="utf-8", newline="") as rows:
        csv.writer(rows, lineterminator="\n").writerows(added)
    return added

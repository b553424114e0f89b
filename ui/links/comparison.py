"""Scenarios side by side as the query of a link, and back. No streamlit.

Stable names: v, set, seed and show as in links/single.py; with, once a scenario, as `with=opening-hand.nato-60`; and,
in the same order and as far as the link has room for them, result (what its author saw of a scenario) and title. As in
scenario files, levers left out are 0 and the context is that of a scenario that does not name it; the name of a preset
or historic analogue alone is that scenario.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from model import InputError
from model.assumptions.renamed import current_name
from model.assumptions.scenario import setting, settings
from model.assumptions.schema import Scenario
from model.errors import shown
from ui.links import short, single
from ui.links.asked import SEED, Asked, Shown, clean_title, open_settings, starting_points
from ui.links.single import DEFAULT_LOOK, FIRST_PRESET, ROOM, SEPARATOR, Seen

MOST = 4
SHORT = re.compile(r"/s/([\w-]+)/?$", re.ASCII)
KNOWN = ("v", "set", "seed", "with", "show", "result", "title")


@dataclass(frozen=True)
class Compared:
    """What a link compares, how it is looked at, and a sentence for each part that could not be followed.

    `then` is what its author saw of each scenario, in their order; empty where the link does not say it of all.
    """

    places: tuple[Asked, ...]
    notices: tuple[str, ...]
    look: Shown = DEFAULT_LOOK
    then: tuple[Seen, ...] = ()


def write(places: Sequence[Asked], look: Shown = DEFAULT_LOOK, seen: Sequence[Seen] = ()) -> dict[str, list[str]]:
    """The query of a comparison; `seen` is what its author saw of each, without it the link tells no results."""
    seen = seen or [single.nothing_seen() for _ in places] or [single.nothing_seen()]
    query = {"v": [seen[0].version], "set": [seen[0].assumptions], "seed": [str(places[0].seed if places else SEED)]}
    query["with"] = [_word(place.scenario) for place in places]
    if look.worldviews:
        query["show"] = [SEPARATOR.join(look.worldviews)]
    for name, values in (
        ("result", [single.result_text(one.result) for one in seen]),
        ("title", [place.title for place in places]),
    ):
        wider = query | {name: values}
        if any(values) and len(urlencode(wider, doseq=True)) < ROOM:
            query = wider
    return query


def text(places: Sequence[Asked], look: Shown = DEFAULT_LOOK, seen: Sequence[Seen] = ()) -> str:
    """The query of a comparison as it stands in a link, without the question mark."""
    return urlencode(write(places, look, seen), doseq=True)


def read(query: Mapping[str, Sequence[str]]) -> Compared:
    """The comparison of a query; `query` maps a name to all its values, in order."""
    first = {key: values[0] for key, values in query.items() if values}
    seed, notices = single.seed_of(first.get("seed"))
    notices += single.version_notices(first.get("v"))
    looked = single.read({key: query[key] for key in ("show",) if key in query})
    notices += looked.notices
    words = query.get("with", ())
    if len(words) > MOST:
        notices.append(f"The link compares {len(words)} scenarios; the first {MOST} were kept.")
    titles = [*query.get("title", ()), *MOST * [""]]
    places = []
    for word, title in zip(words[:MOST], titles, strict=False):
        opened = _read_word(word)
        notices += opened.notices
        places.append(replace(opened.place, seed=seed, title=clean_title(title)))
    then = []
    results = query.get("result", ())
    for place, result in zip(places, results, strict=False):
        made, notice = single.then_of({**first, "result": result}, place.scenario)
        notices += notice
        then += [made] if made else []
    notices += single.unknown_notices(query, KNOWN)
    return Compared(
        tuple(places),
        tuple(notices),
        looked.look,
        tuple(then) if len(then) == len(places) == len(results[:MOST]) else (),
    )


def read_pasted(text: str) -> Compared:
    """The scenarios of a link of any page that a reader pasted: whole, short, or from the question mark on.

    Raises:
        InputError: it is no link of this page, or one that asks for a prediction before it shows results.
    """
    address = text.strip()
    code = SHORT.search(address)
    query = single.query_of(short.query(code[1]) if code else address.rpartition("?")[2])
    if "with" in query:
        return read(query)
    if "preset" not in query and not {current_name("setting", key)[0] for key in query} & set(settings()):
        raise InputError(f"{shown(text)} is not a link of this page; for example …?v=1&preset=opening-hand.")
    opened = single.read(query)
    if opened.place.hidden:
        raise InputError("That link asks for a prediction before it shows results; open it on Explore.")
    return Compared((opened.place,), opened.notices)


def _word(scenario: Scenario) -> str:
    plain = starting_points()[FIRST_PRESET]
    values = {key: setting(scenario, key) for key in open_settings(scenario)}
    parts = [f"{key}-{value}" for key, value in values.items() if value != setting(plain, key)]
    if not parts and scenario.name != plain.name:  # the name alone would be the preset
        parts = [f"{key}-{value}" for key, value in plain.levers.items()][:1]
    return SEPARATOR.join([scenario.name, *parts])


def _read_word(word: str) -> single.Opened:
    name, *parts = word.split(SEPARATOR)
    plain = starting_points()[FIRST_PRESET]
    left_out = open_settings(starting_points().get(name, plain)) if parts else ()
    values = {key: str(setting(plain, key)) for key in left_out}
    values |= {key: value for key, _, value in (part.partition("-") for part in parts)}
    return single.read({"preset": [name], **{key: [value] for key, value in values.items()}})

"""Scenarios side by side as the query of a link, and back. No streamlit.

Stable names: v, set, seed, show, own and edit as in links/single.py (a reader's own worldview stands beside all
scenarios); with, once a scenario, as `with=opening-hand.nato-60`; in the
same order, where any of them is not the base, structure, as `structure=base&structure=C1.C4`; and, in the same order
and as far as the link has room for them, result (what its author saw of a scenario) and title. As in scenario files,
levers left out are neutral and the context is that of a scenario that does not name it; the name of a preset or
historic analogue alone is that scenario.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from model import InputError
from model.assumptions.renamed import current_names
from model.assumptions.scenario import setting, settings
from model.assumptions.schema import Scenario
from model.errors import shown
from ui.links import short, single
from ui.links.asked import BASE, SEED, Asked, Shown, clean_title, open_settings, starting_points
from ui.links.single import DEFAULT_SHOWN, FIRST_PRESET, ROOM, SEPARATOR, Seen

MOST = 4
SHORT = re.compile(r"/s/([\w-]+)/?$", re.ASCII)
KNOWN = ("v", "set", "seed", "with", "structure", "show", "own", "edit", "result", "title")


@dataclass(frozen=True)
class Compared:
    """What a link compares, what of it is shown, and a sentence for each part that could not be followed.

    `all_seen` is what its author saw of each scenario, in their order; empty where the link does not say it of all.
    """

    all_asked: tuple[Asked, ...]
    notices: tuple[str, ...]
    shown: Shown = DEFAULT_SHOWN
    all_seen: tuple[Seen, ...] = ()


def write(
    all_asked: Sequence[Asked], shown: Shown = DEFAULT_SHOWN, all_seen: Sequence[Seen] = ()
) -> dict[str, list[str]]:
    """The query of a comparison; `all_seen` is what its author saw of each, without it the link tells no results."""
    all_seen = all_seen or [single.nothing_seen() for _ in all_asked] or [single.nothing_seen()]
    query = {
        "v": [all_seen[0].version],
        "set": [all_seen[0].assumptions],
        "seed": [str(all_asked[0].seed if all_asked else SEED)],
    }
    query["with"] = [_word(asked.scenario) for asked in all_asked]
    if any(asked.switched for asked in all_asked):
        query["structure"] = [SEPARATOR.join(asked.switched) or BASE for asked in all_asked]
    if shown.chosen:
        query["show"] = [SEPARATOR.join(shown.chosen)]
    for name, values in (
        ("result", [single.result_text(one.result) for one in all_seen]),
        ("title", [asked.title for asked in all_asked]),
    ):
        wider = query | {name: values}
        if any(values) and len(urlencode(wider, doseq=True)) < ROOM:
            query = wider
    return query | single.write_own(all_asked[0].own if all_asked else None)


def text(all_asked: Sequence[Asked], shown: Shown = DEFAULT_SHOWN, all_seen: Sequence[Seen] = ()) -> str:
    """The query of a comparison as it stands in a link, without the question mark."""
    return urlencode(write(all_asked, shown, all_seen), doseq=True)


def read(query: Mapping[str, Sequence[str]]) -> Compared:
    """The comparison of a query; `query` maps a name to all its values, in order."""
    first = {key: values[0] for key, values in query.items() if values}
    seed, notices = single.seed_of(first.get("seed"))
    notices += single.version_notices(first.get("v"))
    looked = single.read({key: query[key] for key in ("show", "own", "edit") if key in query})
    notices += looked.notices
    words = query.get("with", ())
    if len(words) > MOST:
        notices.append(f"The link compares {len(words)} scenarios; the first {MOST} were kept.")
    titles = [*query.get("title", ()), *MOST * [""]]
    structures = [*query.get("structure", ()), *MOST * [BASE]]
    all_asked = []
    for word, title, structure in zip(words[:MOST], titles, structures, strict=False):
        opened = _read_word(word)
        switched, notice = single.structure_of(structure)
        notices += [*opened.notices, *notice]
        all_asked.append(
            replace(opened.asked, seed=seed, title=clean_title(title), switched=switched, own=looked.asked.own)
        )
    all_seen = []
    results = query.get("result", ())
    for asked, result in zip(all_asked, results, strict=False):
        made, notice = single.seen_of({**first, "result": result}, asked.scenario, asked.own)
        notices += notice
        all_seen += [made] if made else []
    notices += single.unknown_notices(query, KNOWN)
    return Compared(
        tuple(all_asked),
        tuple(dict.fromkeys(notices)),  # what is said of several scenarios is said once
        looked.shown,
        tuple(all_seen) if len(all_seen) == len(all_asked) == len(results[:MOST]) else (),
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
    if "preset" not in query and not _todays(query) & set(settings()):
        raise InputError(f"{shown(text)} is not a link of this page; for example …?preset=opening-hand.")
    opened = single.read(query)
    if opened.asked.hidden:
        raise InputError("That link asks for a prediction before it shows results; open it on Explore.")
    return Compared((opened.asked,), opened.notices)


def _todays(names: Iterable[str]) -> set[str]:
    """What settings are called today."""
    return {now for name in names for now in current_names("setting", name)[0]}


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
    values = {key: value for key, _, value in (part.partition("-") for part in parts)}
    if parts:
        left_out = set(open_settings(starting_points().get(name, plain))) - _todays(values)
        values |= {key: str(setting(plain, key)) for key in settings() if key in left_out}
    return single.read({"preset": [name], **{key: [value] for key, value in values.items()}})

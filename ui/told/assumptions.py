"""The data files as tables for a reader: parameters, levers, structure, claims, sources. No streamlit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain

import pandas as pd

from model import catalog
from model.analysis.argument import VECTORS, title_of, wiring
from model.analysis.claims import reference_titles
from model.analysis.reliance import LEVEL, RESULTS
from model.assumptions.catalog import Assumptions, given
from model.assumptions.schema import (
    Grade,
    Grounded,
    Parameter,
    Range,
    SharedTable,
    SharedVector,
    Source,
    Vector,
    Worldview,
)

GRADES = {
    Grade.TEXT: "the essay's text",
    Grade.LITERATURE: "literature",
    Grade.DATA: "data",
    Grade.JUDGEMENT: "judgement",
}
JUDGED = "judgement only"
NO_DISSENT = "No dissent on this step is noted in the sources that were read."
BASES = {grade.name.lower(): grade for grade in Grade}  # as links name them
KINDS = {1: "kinder to the wedge", -1: "harder on it", 0: "neither"}
SENSES = {1: "kinder to the wedge", -1: "harder on the wedge", 0: "neither kinder nor harder"}
OUTCOME, LEVER = "outcome-", "lever-"  # before the name of an outcome or a lever: the name of its source card
SEEN = {
    "text": "Read in full",
    "excerpt": "Read in excerpts",
    "abstract": "Read in abstract",
    "secondary": "Known from a secondary account",
    "data": "Data",
    "memory": "From memory",
    "judgement": "Judgement of the modeller",
}
MOST_DISPUTED = 6
STATUS = {"modelled": "modelled", "partly": "partly modelled", "outside": "outside the model"}


def search(table: pd.DataFrame, text: str) -> pd.DataFrame:
    """The rows in which every word of a search stands somewhere, in any case; a minus sign finds a hyphen."""
    joined = table.astype(str).agg(" ".join, axis=1)
    return table[joined.map(lambda row: has_words(row, text))]


def has_words(text: str, wanted: str) -> bool:
    """Whether every word that is wanted stands somewhere in a text, in any case."""
    where = text.casefold().replace("−", "-")
    return all(word in where for word in wanted.casefold().replace("−", "-").split())


def plain(value: float) -> str:
    """An assumed number as it stands in the data, with a minus sign: −0.8."""
    return f"{value:g}".replace("-", "−")


def day(one: date | None) -> str:
    """A day in words: 24 November 2026; nothing for none."""
    return f"{one.day} {one:%B %Y}" if one else ""


def cite(slugs: Iterable[str]) -> str:
    """Sources in short form: Kydd (2000)."""
    return "; ".join(_short(catalog().sources[slug]) for slug in slugs)


def _short(source: Source) -> str:
    return f"{source.producer} ({source.date_published[:4]})" if source.date_published else source.producer


def graded(grades: Iterable[Grade]) -> str:
    """A basis in words: literature, judgement."""
    return ", ".join(GRADES[grade] for grade in grades)


def grounds_of(record: Grounded) -> dict[str, str]:
    """What a number rests on, by the names that a reader sees."""
    return {
        "Basis": graded(record.basis),
        "Why": record.note,
        "Sources": cite(record.sources),
        "Claims": ", ".join(record.claims),
    }


@cache
def disputed() -> tuple[str, ...]:
    """The parameters on which the four worldviews differ most, at most six.

    Measured by the distance between the lowest and the highest middle value of a worldview, as a share of the range
    that the parameter may have at all.
    """
    known = catalog()

    def gap(key: str) -> float:
        middles = [view.parameters[key].central for view in known.worldviews.values()]
        low, high = known.parameters[key].admissible
        return round((max(middles) - min(middles)) / (high - low), 9)

    return tuple(sorted(known.parameters, key=lambda key: -gap(key))[:MOST_DISPUTED])


def parameters() -> pd.DataFrame:
    """One row a parameter: what it means and its range in each worldview."""
    known = catalog()
    rows = []
    for key, definition in known.parameters.items():
        low, high = definition.admissible
        ranges = {
            view.short: _range(view.parameters[key].low, view.parameters[key].central, view.parameters[key].high)
            for view in known.worldviews.values()
        }
        rows.append(
            {
                "Parameter": f"{definition.title} ({definition.symbol})",
                "Meaning": definition.meaning,
                "Unit": definition.unit,
                "Equation": definition.equation,
                "Admissible": f"{low:g} to {high:g}",
                **ranges,
                "A higher value is": KINDS[definition.kind],
                "Why": definition.kind_why,
                "Name in code": key,
            }
        )
    return pd.DataFrame(rows)


def _range(low: float, central: float, high: float) -> str:
    return f"{low:g} / {central:g} / {high:g}"


def grounds(worldview: str) -> pd.DataFrame:
    """One row an assumption of a worldview: its range or values, basis, reason and sources."""
    known = catalog()
    view = known.worldviews[worldview]
    rows = [
        {
            "Assumption": known.parameters[key].title,
            "Low / central / high": _range(parameter.low, parameter.central, parameter.high),
            **grounds_of(parameter),
        }
        for key, parameter in view.parameters.items()
    ]
    for title, vector in vectors_of(view).items():
        values = ", ".join(f"{key} {value:g}" for key, value in vector.values.items())
        rows.append({"Assumption": title, "Low / central / high": values, **grounds_of(vector)})
    return pd.DataFrame(rows)


def vectors_of(view: Worldview) -> Mapping[str, Vector]:
    """The rows of numbers of a worldview, by title."""
    return {
        "Salience of each mechanism to Moscow (s)": view.salience,
        "Drift profile by domain (prof)": view.drift_profile,
        "Relative deliverability by lever": view.relative_deliverability,
    }


def places() -> Mapping[str, tuple[str, str, str]]:
    """Where the page shows the source card of each name (ui/told/source_cards.py).

    The tab, the part of it that has to be opened, and what is brought into view, as a CSS selector.
    """
    known = catalog()
    tables = {name: part_of(record) for name, record in known.structure.tables}
    parts = (
        ("Parameters", "", (*known.parameters, *VECTORS)),
        ("Structure", "vectors", type(known.structure.vectors).model_fields),
        ("Structure", "constants", known.constants),
        ("Structure", "levels", [f"{LEVEL}{key}" for key in known.levels]),
        ("Structure", "results", [f"{OUTCOME}{key}" for key in RESULTS]),
        ("Claims", "", known.claims),
    )
    opened = {name: ("Structure", part) for name, part in tables.items()}
    opened |= {f"{LEVER}{key}": ("Levers", f"{LEVER}{key}") for key in known.inducements}
    return {name: (tab, part, f"#{anchor(name)}") for tab, part, names in parts for name in names} | {
        name: (tab, part, f".st-key-part_{part}") for name, (tab, part) in opened.items()
    }


def part_of(table: SharedTable) -> str:
    """The name of the part of the page in which a shared table stands."""
    return f"table-{table.symbol.lower()}"


def anchor(name: str) -> str:
    """The name of a card's place on the page, for the number's name in `groundings`; it stays the same."""
    return f"source-{name}"


def assumed() -> Mapping[str, Mapping[str, Grounded]]:
    """What each worldview assumes of each parameter, by its key, and of each row of numbers, by its title."""
    views = catalog().worldviews
    return {key: {name: view.parameters[key] for name, view in views.items()} for key in catalog().parameters} | {
        title: {name: vectors_of(view)[title] for name, view in views.items()}
        for title in vectors_of(next(iter(views.values())))
    }


def assumptions_found(wanted: str, bases: Collection[str], worldviews: Collection[str], besides: str = "") -> list[str]:
    """The assumptions that have all words of a search, and one of some bases under one of some worldviews.

    `besides` is one that stands among them in any case.
    """
    return [
        key
        for key, records in assumed().items()
        if key == besides
        or (
            any(not bases or rests_on(records[view], bases) for view in worldviews)
            and has_words(" ".join(_texts(key, {view: records[view] for view in worldviews})), wanted)
        )
    ]


def rests_on(record: Grounded, bases: Collection[str]) -> bool:
    """Whether a number has one of some bases; of judgement, whether it has no other."""
    return any(
        set(record.basis) == {grade} if grade is Grade.JUDGEMENT else grade in record.basis
        for grade in (BASES[basis] for basis in bases)
    )


def basis_counted(basis: str) -> str:
    """A basis as a choice: how many assumptions have it under any worldview, "judgement only" those without another."""
    grade = BASES[basis]
    title = JUDGED if grade is Grade.JUDGEMENT else GRADES[grade]
    return f"{title[0].upper()}{title[1:]} ({len(assumptions_found('', [basis], list(catalog().worldviews)))})"


def judged() -> str:
    """How many of the numbers rest on judgement, and how many on nothing else."""
    records = [record for of_views in assumed().values() for record in of_views.values()]
    some = sum(Grade.JUDGEMENT in record.basis for record in records)
    alone = sum(rests_on(record, ["judgement"]) for record in records)
    share = "All" if some == len(records) else f"{some} of"
    return (
        f"{share} {len(records)} entries, one a worldview, rest on judgement at least for their size; {alone} on "
        "nothing else."
    )


def key_of(ground: str) -> str:
    """The key in `assumed` of a number by its name in `groundings`: its own, or the title of a row of numbers."""
    titles = dict(zip(VECTORS, vectors_of(next(iter(catalog().worldviews.values()))), strict=True))
    return titles.get(ground, ground)


def _texts(key: str, records: Mapping[str, Grounded]) -> Iterator[str]:
    """All that the card of an assumption says."""
    definition = catalog().parameters.get(key)
    yield key
    if definition:
        yield from (definition.title, definition.symbol, definition.meaning, definition.unit, definition.kind_why)
        yield from (SENSES[definition.kind], scale(key))
        yield from chain.from_iterable((cite([dispute]), words) for dispute, words in disputes(key))
    for record in records.values():
        yield from grounds_of(record).values()
        if isinstance(record, Parameter):
            yield range_of(record)
        elif isinstance(record, Vector):
            yield from chain.from_iterable(named(record.values).items())


def scale(key: str) -> str:
    """The values that a parameter may have: −6 to 8."""
    low, high = catalog().parameters[key].admissible
    return f"{plain(low)} to {plain(high)}"


def range_of(one: Range) -> str:
    """A middle value with its low and high: 4 (2.5 to 5.5)."""
    return f"{plain(one.central)} ({plain(one.low)} to {plain(one.high)})"


def finding(key: str, worldviews: Collection[str], assumptions: Assumptions | None = None) -> str:
    """How far apart some worldviews are in a parameter, in a few words: −2.5 (Sceptic) to 4 (Op-ed)."""
    known = given(assumptions)
    central = {known.worldviews[view].short: known.worldviews[view].parameters[key].central for view in worldviews}
    ends = [
        f"{plain(end)} ({_together([view for view, value in central.items() if value == end])})"
        for end in sorted({min(central.values()), max(central.values())})
    ]
    if len(ends) == 1 and len(central) > 1:
        return f"{plain(min(central.values()))} (all that are shown)"
    return " to ".join(ends)


def _together(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def picture_in_words(key: str, worldviews: Collection[str], assumptions: Assumptions | None = None) -> str:
    """What the picture of a parameter's ranges shows, the finding first."""
    views = given(assumptions).worldviews
    told = ", ".join(f"{views[view].short} {range_of(views[view].parameters[key])}" for view in worldviews)
    return f"Central values {finding(key, worldviews, assumptions)}, on a scale from {scale(key)}. {told}."


def disputes(key: str) -> list[tuple[str, str]]:
    """Who holds otherwise about a step of the argument that a number of `groundings` sets: source and words, once."""
    found: dict[tuple[str, str], None] = {}
    for kind in wiring(catalog()).edges.values():
        members = {member for member, names in kind.also.items() if key in names}
        for dispute in kind.disputed:
            if key in kind.rests_on or (members and dispute.about in (None, *members)):
                about = f"On {title_of(dispute.about, catalog())}: " if dispute.about else ""
                found[dispute.source, f"{about}{dispute.words}"] = None
    return list(found)


def named(values: Mapping[str, float]) -> dict[str, str]:
    """A row of numbers by the names of levers, mechanisms and domains; a part of NATO has none but its key."""
    allies = catalog().structure.vectors.ally_weight.values
    return {key.capitalize() if key in allies else title_of(key, catalog()): plain(values[key]) for key in values}


def all_grounds() -> pd.DataFrame:
    """What each assumption of each worldview rests on."""
    tables = [(view, grounds(key)) for key, view in catalog().worldviews.items()]
    for view, table in tables:
        table.insert(0, "Worldview", view.short)
    return pd.concat([table for _, table in tables], ignore_index=True)


def pressure_prices() -> Sequence[str]:
    """The names of the fixed numbers that say what changed pressure costs or saves beside alignment."""
    return [key for key in catalog().constants if "easing" in key or "pressure" in key]


def prices_of_pressure() -> pd.DataFrame:
    """The fixed numbers that say what changed pressure costs or saves beside alignment."""
    return constants(pressure_prices())


def constants(keys: Iterable[str] | None = None) -> pd.DataFrame:
    """The fixed numbers, or some of them."""
    return pd.DataFrame(
        [
            {
                "Constant": record.meaning,
                "In the equations as": record.symbol,
                "Value": f"{record.value:g}",
                "Unit": record.unit,
                "Equation": record.equation,
                **grounds_of(record),
            }
            for record in (catalog().constants[key] for key in keys or catalog().constants)
        ]
    )


def shared_tables() -> list[tuple[str, SharedTable, pd.DataFrame]]:
    """The two tables that all worldviews share: title, record, numbers."""
    tables = catalog().structure.tables
    return [
        (
            record.title,
            record,
            pd.DataFrame(record.values).T.map(lambda share: f"{share:g}").reset_index(names=rows),
        )
        for rows, record in (("Mechanism", tables.mechanism_supply), ("Domain", tables.domain_response))
    ]


def shared_vectors() -> Mapping[str, SharedVector]:
    """The vectors that all worldviews share, by name."""
    holder = catalog().structure.vectors
    return {name: getattr(holder, name) for name in type(holder).model_fields}


def vectors() -> pd.DataFrame:
    """The vectors that all worldviews share, one row each."""
    rows = []
    for record in shared_vectors().values():
        values = ", ".join(f"{key} {value:g}" for key, value in record.values.items())
        rows.append(
            {"Vector": f"{record.title} ({record.symbol})", "Values": values, "Equation": record.equation}
            | grounds_of(record)
        )
    return pd.DataFrame(rows)


def choices() -> pd.DataFrame:
    """The structural choices and their alternatives."""
    return pd.DataFrame(
        [
            {
                "Choice": key,
                "As built": choice.title,
                "Alternative": choice.alternative,
                "Equation": choice.equation,
                "Why it is open": choice.note,
            }
            for key, choice in catalog().structure.choices.items()
        ]
    )


def levels() -> pd.DataFrame:
    """Where alignment stands at the start, by domain and year."""
    return pd.DataFrame(
        [
            {
                "Domain": catalog().structure.domains[key].name,
                "What it is": catalog().structure.domains[key].meaning,
                **{year: str(value) for year, value in record.values.items()},
                "Error, points": f"about {record.error:g}",
                "Basis": graded(record.basis),
                "Why": record.note,
                "Sources": cite(record.sources),
            }
            for key, record in catalog().levels.items()
        ]
    )


def claims() -> pd.DataFrame:
    """The essay's claims in our words, and what became of each."""
    titles = reference_titles()
    return pd.DataFrame(
        [
            {
                "Claim": key,
                "Kind": claim.kind,
                "Place": where_in_essay(claim.place),
                "In our words": claim.words,
                "Status": STATUS[claim.status],
                "What is left out": claim.why,
                "Answered by": ", ".join(titles[reference] for reference in claim.answered_by),
            }
            for key, claim in catalog().claims.items()
        ]
    )


def paragraph_of(code: str) -> int:
    """The paragraph of a place in the essay."""
    return int(code.split(".")[0][1:])


def where_in_essay(code: str) -> str:
    """A place in the essay in words: paragraph 9, sentence 4."""
    paragraph, sentence = code.split(".")
    word = "sentences" if "-" in sentence else "sentence"
    return f"paragraph {paragraph[1:]}, {word} {sentence[1:].replace('-', ' to ')}"


def sources() -> pd.DataFrame:
    """Where things were read, and how much of each was seen."""
    return pd.DataFrame(
        [
            {
                "Source": source.citation_full,
                "Seen": source.seen,
                "Licence": source.license,
                "Accessed": source.date_accessed or "",
                "Address": source.url or "",
            }
            for source in catalog().sources.values()
        ]
    )

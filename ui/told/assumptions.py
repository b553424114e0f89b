"""The data files as tables for a reader: parameters, levers, structure, claims, sources. No streamlit."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from model import catalog
from model.analysis.claims import reference_titles
from model.assumptions.schema import Grade, Grounded, SharedTable, Source

GRADES = {
    Grade.TEXT: "the essay's text",
    Grade.LITERATURE: "literature",
    Grade.DATA: "data",
    Grade.JUDGEMENT: "judgement",
}
KINDS = {1: "kinder to the wedge", -1: "harder on it", 0: "neither"}
STATUS = {"modelled": "modelled", "partly": "partly modelled", "outside": "outside the model"}


def search(table: pd.DataFrame, text: str) -> pd.DataFrame:
    """The rows in which every word of a search stands somewhere, in any case; a minus sign finds a hyphen."""
    found = pd.Series(True, index=table.index)
    joined = table.astype(str).agg(" ".join, axis=1).str.casefold()
    for word in text.casefold().replace("−", "-").split():
        found &= joined.str.contains(word, regex=False)
    return table[found]


def cite(slugs: Iterable[str]) -> str:
    """Sources in short form: Kydd (2000)."""
    return "; ".join(_short(catalog().sources[slug]) for slug in slugs)


def _short(source: Source) -> str:
    return f"{source.producer} ({source.date_published[:4]})" if source.date_published else source.producer


def graded(grades: Iterable[Grade]) -> str:
    """A basis in words: literature, judgement."""
    return ", ".join(GRADES[grade] for grade in grades)


def _grounds(record: Grounded) -> dict[str, str]:
    return {
        "Basis": graded(record.basis),
        "Why": record.note,
        "Sources": cite(record.sources),
        "Claims": ", ".join(record.claims),
    }


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
            **_grounds(parameter),
        }
        for key, parameter in view.parameters.items()
    ]
    for title, vector in (
        ("Salience of each mechanism to Moscow (s)", view.salience),
        ("Drift profile by domain (prof)", view.drift_profile),
        ("Relative deliverability by lever", view.relative_deliverability),
    ):
        values = ", ".join(f"{key} {value:g}" for key, value in vector.values.items())
        rows.append({"Assumption": title, "Low / central / high": values, **_grounds(vector)})
    return pd.DataFrame(rows)


def all_grounds() -> pd.DataFrame:
    """What each assumption of each worldview rests on."""
    tables = [(view, grounds(key)) for key, view in catalog().worldviews.items()]
    for view, table in tables:
        table.insert(0, "Worldview", view.short)
    return pd.concat([table for _, table in tables], ignore_index=True)


def prices_of_pressure() -> pd.DataFrame:
    """The fixed numbers that say what changed pressure costs or saves beside alignment."""
    return constants(key for key in catalog().constants if "easing" in key or "pressure" in key)


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
                **_grounds(record),
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


def vectors() -> pd.DataFrame:
    """The vectors that all worldviews share."""
    holder = catalog().structure.vectors
    rows = []
    for name in type(holder).model_fields:
        record = getattr(holder, name)
        values = ", ".join(f"{key} {value:g}" for key, value in record.values.items())
        rows.append(
            {"Vector": f"{record.title} ({record.symbol})", "Values": values, "Equation": record.equation}
            | _grounds(record)
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
                "Place": place(claim.place),
                "In our words": claim.words,
                "Status": STATUS[claim.status],
                "What is left out": claim.why,
                "Answered by": ", ".join(titles[reference] for reference in claim.answered_by),
            }
            for key, claim in catalog().claims.items()
        ]
    )


def place(code: str) -> str:
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

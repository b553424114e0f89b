"""Everything that is assumed, as one frozen value; the data files give the project's own, read once a process."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError

from model.assumptions.numbers import digest_of, numbers_among
from model.assumptions.schema import (
    Claim,
    Constant,
    Definition,
    Grounded,
    Levels,
    Lever,
    Parameter,
    Setting,
    Source,
    Structure,
    Vector,
    Worldview,
    Year,
    dated,
)
from model.errors import InputError, choose, explain, require_keys, shown

MODEL_VERSION = 2
DATA = Path(__file__).parents[1] / "data"
SCENARIOS = Path(__file__).parents[2] / "scenarios"
MAX_FILE_BYTES = 200_000
EDITED = "edited"  # the key of a reader's own worldview beside those of the files
MOST_DOTS = 1_000  # in one line: the time that a dotted key takes to read grows with the square of its parts
ROUNDING = 1e-9
MOST_RELATIVE = 3.0  # of drift_profile and relative_deliverability: twice the largest that a file of ours has
R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Constants:
    """The fixed numbers of constants.toml as plain floats; the field names are the file's keys."""

    precondition_acceptance: float
    sanctions_curvature: float
    jitter_concentration: float
    lean: float
    credibility_gain: float
    credibility_loss: float
    credibility_after_reversal: float
    threshold_softness: float
    doubt_start: float
    doubt_speed: float
    attention_speed: float
    let_down_memory: float
    shock_common: float
    shock_own: float
    friction_alternative: float
    unbelieved_share: float
    structure_alternative_share: float
    cohesion_start: float
    cohesion_fall: float
    cohesion_recovery: float
    slight_curvature: float
    easing_slight: float
    mitigation_floor: float
    mitigation_ceiling: float
    emboldening_slight: float
    reciprocity_protection: float
    visible_dialogue: float
    effort_from_reciprocity: float
    effort_from_hedging: float
    assurance_effort: float
    backlash_effort: float
    easing_effort: float
    china_easing_effort: float
    china_effort_scale: float
    clarity_values_relief: float
    easing_values_cost: float
    two_front_start: float
    two_front_military: float
    two_front_reciprocity: float
    two_front_cohesion: float
    two_front_effort: float
    two_front_pressure_russia: float
    two_front_pressure_china: float


@dataclass(frozen=True, eq=False)
class Assumptions:
    """All that is assumed, checked: a value to be handed on and copied with changes, never changed in place.

    `levers`, `context`, `parameters`, `constants`, `claims`, `sources`, `levels` and `worldviews` map a key to its
    record, in the order of the files (worldviews in alphabetical order); `structure` holds the shared tables. Two of
    them are equal when all numbers that a result depends on are (`digest`); words do not count.

    Raises:
        InputError: a name is unknown, a reference does not resolve or a range leaves its admissible limits.
    """

    levers: Mapping[str, Lever]
    context: Mapping[str, Setting]
    parameters: Mapping[str, Definition]
    constants: Mapping[str, Constant]
    structure: Structure
    levels: Mapping[str, Levels]
    start_years: tuple[int, ...]
    worldviews: Mapping[str, Worldview]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]

    def __post_init__(self) -> None:
        _check_names(self)
        _check_references(self)
        for key, worldview in self.worldviews.items():
            check_worldview(worldview, f"model/data/worldviews/{key}.toml", self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assumptions) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """64 hex digits of all numbers that a result depends on; the first 8 name the assumption set."""
        numbered: dict[str, Mapping[str, BaseModel]] = {
            "levers": self.levers,
            "parameters": self.parameters,
            "constants": self.constants,
            "levels": self.levels,
            "worldviews": self.worldviews,
        }
        tables: dict[str, dict[str, Any]] = {
            name: {key: record.model_dump(mode="json") for key, record in records.items()}
            for name, records in numbered.items()
        }
        tables["structure"] = self.structure.model_dump(mode="json")
        tables["levels"]["start_years"] = list(self.start_years)
        return digest_of(numbers_among(tables, MODEL_VERSION))

    def edited(self, worldview: str, **ranges: tuple[float, float, float]) -> Assumptions:
        """A copy in which some parameters of a worldview have another range: low, central and high.

        For example `catalog().edited("op-ed", binding_share=(0.2, 0.3, 0.5))`.

        Raises:
            InputError: an unknown worldview or parameter, or a range that does not rise within its admissible limits.
        """
        view = self.worldviews[choose("There is no worldview", worldview, self.worldviews)]
        parameters = dict(view.parameters)
        for name, range_ in ranges.items():
            changed = parameters[choose("There is no parameter", name, parameters)].model_dump() | dict(
                zip(("low", "central", "high"), range_, strict=True)
            )
            parameters[name] = parse(Parameter, changed, f"{worldview}.{name}")
        return replace(
            self, worldviews={**self.worldviews, worldview: view.model_copy(update={"parameters": parameters})}
        )

    def beside(self, worldview: Worldview) -> Assumptions:
        """A copy in which a reader's own worldview stands last, as `edited`; the others are as they were."""
        return replace(self, worldviews={**self.worldviews, EDITED: worldview})

    @cached_property
    def inducements(self) -> tuple[str, ...]:
        """The keys of the levers that offer Moscow something."""
        return tuple(key for key, lever in self.levers.items() if lever.group == "offers")

    @cached_property
    def constant(self) -> Constants:
        """The fixed numbers as plain floats."""
        return Constants(**{key: record.value for key, record in self.constants.items()})


def read_toml(path: Path, shown_as: str) -> dict[str, Any]:
    """Parse a TOML file.

    Raises:
        InputError: the file cannot be read, is too large or is not TOML.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError(f"{shown_as} is larger than {MAX_FILE_BYTES // 1000} kB.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{shown_as} does not exist.") from None
    except OSError as error:
        raise InputError(f"{shown_as} cannot be read: {error.strerror}.") from None
    except ValueError as error:  # a zero byte in the path
        raise InputError(f"{shown_as} cannot be read: {error}.") from None
    return toml_of(data, shown_as)


def toml_of(data: bytes, shown_as: str) -> dict[str, Any]:
    """Parse the bytes of a TOML file.

    Raises:
        InputError: they are not UTF-8 text or not TOML, or have keys that would take minutes to read.
    """
    if sum(line.count(b".") ** 2 for line in data.splitlines()) > MOST_DOTS**2:
        raise InputError(f"{shown_as} has lines with hundreds of dots; no key of ours has more than two.")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError:
        raise InputError(f"{shown_as} is not UTF-8 text.") from None
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, and so is a huge number
        raise InputError(f"{shown_as} is not valid TOML: {error}.") from None


def parse(kind: type[R], data: object, file: str) -> R:
    """Validate data as a record.

    Raises:
        InputError: with the file, the key, the value and the rule.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise InputError(explain(error, file, kind)) from None


def parse_all(kind: type[R], data: Mapping[str, object], file: str) -> dict[str, R]:
    """Validate a table of records by key, one at a time so that a refusal names the record.

    Raises:
        InputError: with the file, the key, the value and the rule.
    """
    return {key: parse(kind, record, f"{file}: [{key}]") for key, record in data.items()}


def load_catalog(data: Path = DATA) -> Assumptions:
    """Read and cross-check every data file under a folder.

    Raises:
        InputError: a file is missing or malformed, a name is unknown, a reference does not resolve, a range leaves its
            admissible limits.
    """

    def table(name: str) -> dict[str, Any]:
        content: dict[str, Any] = dated(read_toml(data / name, f"model/data/{name}"))
        content.pop("reviewed", None)
        return content

    levels = table("levels.toml")
    start_years = parse(
        RootModel[tuple[Year, ...]], levels.pop("start_years", None), "model/data/levels.toml: start_years"
    )
    worldviews = {
        path.stem: parse(Worldview, read_toml(path, f"model/data/worldviews/{path.name}"), path.name)
        for path in sorted((data / "worldviews").glob("*.toml"))
    }
    _check_marks(worldviews)
    return Assumptions(
        levers=parse_all(Lever, table("levers.toml"), "model/data/levers.toml"),
        context=parse_all(Setting, table("context.toml"), "model/data/context.toml"),
        parameters=parse_all(Definition, table("parameters.toml"), "model/data/parameters.toml"),
        constants=parse_all(Constant, table("constants.toml"), "model/data/constants.toml"),
        structure=parse(Structure, table("structure.toml"), "model/data/structure.toml"),
        levels=parse_all(Levels, levels, "model/data/levels.toml"),
        start_years=start_years.root,
        worldviews=worldviews,
        sources=parse_all(Source, table("sources.toml"), "model/data/sources.toml"),
        claims=parse_all(Claim, table("claims.toml"), "model/data/claims.toml"),
    )


@cache
def catalog() -> Assumptions:
    """The project's own assumptions: what the shipped data files say, read once a process."""
    return load_catalog()


def given(assumptions: Assumptions | None) -> Assumptions:
    """The assumptions that a caller gives, or the project's own."""
    return catalog() if assumptions is None else assumptions


def _check_names(known: Assumptions) -> None:
    """Every table speaks of the same levers, mechanisms, domains and parameters, in the same order."""
    structure, file = known.structure, "model/data/structure.toml"
    mechanisms, domains, inducements = (
        list(structure.mechanisms),
        list(structure.domains),
        list(known.inducements),
    )
    tables = structure.tables
    expected: list[tuple[str, Iterable[str], list[str]]] = [
        ("mechanism_supply", tables.mechanism_supply.values, mechanisms),
        ("domain_response", tables.domain_response.values, domains),
        *((f"mechanism_supply.{k}", row, inducements) for k, row in tables.mechanism_supply.values.items()),
        *((f"domain_response.{k}", row, mechanisms) for k, row in tables.domain_response.values.items()),
        ("domain_weight", structure.vectors.domain_weight.values, domains),
        ("binding_speed", structure.vectors.binding_speed.values, domains),
        ("concreteness", structure.vectors.concreteness.values, inducements),
        ("visibility", structure.vectors.visibility.values, inducements),
        ("slight", structure.vectors.slight.values, inducements),
        ("values_cost", structure.vectors.values_cost.values, inducements),
        ("ally_exposure", structure.vectors.ally_exposure.values, ["east", "rest"]),
        ("ally_weight", structure.vectors.ally_weight.values, ["east", "rest"]),
    ]
    for section, got, wanted in expected:
        require_keys(file, section, got, wanted)
    require_keys("model/data/levels.toml", "the file", known.levels, domains)
    for domain, levels in known.levels.items():
        for year in known.start_years:
            if str(year) not in levels.values:
                raise InputError(f"model/data/levels.toml: [{domain}] has no level for {year}.")
    require_keys("model/data/constants.toml", "the file", known.constants, [f.name for f in fields(Constants)])


def _check_marks(worldviews: Mapping[str, Worldview]) -> None:
    """Every worldview has a marker and, on each theme, a colour of its own; none takes the key of a reader's own."""
    if EDITED in worldviews:
        raise InputError(f"model/data/worldviews/{EDITED}.toml: this name is kept for a reader's own worldview.")
    taken: dict[str, str] = {}
    for key, worldview in worldviews.items():
        for name in ("colour", "colour_dark", "marker"):
            mark = getattr(worldview, name)
            if mark in taken:
                raise InputError(
                    f"model/data/worldviews/{key}.toml: {name} is {shown(mark)}, which {taken[mark]}.toml has already; "
                    "each worldview needs its own."
                )
            taken[mark] = key


def check_worldview(worldview: Worldview, file: str, known: Assumptions) -> None:
    """Raise InputError unless a worldview speaks of what is known, within what is admissible, and says on what grounds.

    Args:
        worldview: one of those of `known`, or a further one.
        file: what the sentence calls it.
    """
    structure = known.structure
    tables: dict[str, tuple[Vector, Iterable[str], float]] = {
        "salience": (worldview.salience, structure.mechanisms, 1.0),
        "drift_profile": (worldview.drift_profile, structure.domains, MOST_RELATIVE),
        "relative_deliverability": (worldview.relative_deliverability, known.inducements, MOST_RELATIVE),
    }
    require_keys(file, "[parameters]", worldview.parameters, known.parameters)
    for table, (record, names, most) in tables.items():
        require_keys(file, f"[{table}]", record.values, names)
        for name, value in record.values.items():
            _require_within(f"{file}: {table}.{name}", value, 0.0, most)
    total = sum(worldview.salience.values.values())
    if abs(total - 1) > ROUNDING:
        raise InputError(f"{file}: the weights of salience sum to {total:g}, but they must sum to 1.")
    for name, parameter in worldview.parameters.items():
        for end in ("low", "high"):
            _require_within(
                f"{file}: parameters.{name}.{end}", getattr(parameter, end), *known.parameters[name].admissible
            )
    grounded: dict[str, Grounded] = {table: record for table, (record, _, _) in tables.items()}
    grounded |= {f"parameters.{name}": parameter for name, parameter in worldview.parameters.items()}
    for name, grounds in grounded.items():
        check_sources(f"{file}: {name}", grounds.sources, grounds.claims, known)


def _require_within(what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InputError(f"{what} is {value:g}, but the admissible range is {low:g} to {high:g}.")


def _check_references(known: Assumptions) -> None:
    """Every source and claim that a record names exists."""
    grounded: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
        *((f"levers.toml: [{k}]", r.sources, r.claims) for k, r in known.levers.items()),
        *((f"constants.toml: [{k}]", r.sources, r.claims) for k, r in known.constants.items()),
        *((f"levels.toml: [{k}]", r.sources, ()) for k, r in known.levels.items()),
    ]
    structure = known.structure
    for part in (structure.tables, structure.vectors):
        for name in type(part).model_fields:
            record: Grounded = getattr(part, name)
            grounded.append((f"structure.toml: {name}", record.sources, record.claims))
    for where, sources, claims in grounded:
        check_sources(f"model/data/{where}", sources, claims, known)


def check_sources(where: str, sources: Iterable[str], claims: Iterable[str], known: Assumptions) -> None:
    """Raise InputError unless every source and claim named in a record exists."""
    for slug in sources:
        choose(f"{where} names the unknown source", slug, known.sources)
    for claim in claims:
        choose(f"{where} names the unknown claim", claim, known.claims)

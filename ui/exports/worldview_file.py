"""A reader's own worldview as a TOML file of the shape of model/data/worldviews, and a file that a reader brings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from model import InputError, catalog
from model.assumptions.catalog import MAX_FILE_BYTES, toml_of
from model.assumptions.edits import TABLES, Edits, edits_of, worldview_of, worldview_toml
from model.assumptions.schema import Grounded, Worldview
from model.assumptions.worldview import make_worldview
from ui.exports.stamp import Stamp, clean

LONGEST_NAME = 40
LONGEST_TITLE = 80
LONGEST_REFUSAL = 300  # characters: some lists of what is allowed are longer


def to_toml(own: Edits, stamp: Stamp) -> str:
    """A file that `model.load_worldview` and the page read; the stamp stands in comments at the top."""
    comments = [f"# {name}: {clean(text, 2000)}" for name, text in stamp.rows()]
    return "\n".join([*comments, "", worldview_toml(own)])


class Brought(NamedTuple):
    """What a file brings: its worldview as a copy of one of ours; what stays in it is its title and some grounds.

    grounds: how many entries (parameters, tables of weights) rest on something else than is said of them here.
    """

    own: Edits
    title: str
    grounds: int


def from_bytes(data: bytes, name: str) -> Brought:
    """The worldview of a file, as a copy of that of ours to which it is nearest, with what differs.

    Only its numbers are taken over: names, colours, notes and sources of the file stay where they are.

    Raises:
        InputError: the file is too large, not UTF-8, not TOML, or breaks a rule; one sentence says which.
    """
    file = clean(PurePosixPath(name.replace("\\", "/")).name, LONGEST_NAME) or "the file"
    if len(data) > MAX_FILE_BYTES:
        raise InputError(f"{file} is larger than {MAX_FILE_BYTES // 1000} kB.")
    try:
        found = make_worldview(toml_of(data, file), file)
    except InputError as error:
        raise InputError(clean(str(error), LONGEST_REFUSAL)) from None
    own = edits_of(found)
    return Brought(own, clean(found.title, LONGEST_TITLE), _grounds_apart(found, own))


def _grounds_apart(found: Worldview, own: Edits) -> int:
    """How many grounds of a worldview are neither those of the copy that is made of it nor of what was copied."""
    here = [_grounds(view) for view in (worldview_of(own), catalog().worldviews[own.copied])]
    return sum(grounds not in [ours[name] for ours in here] for name, grounds in _grounds(found).items())


def _grounds(view: Worldview) -> Mapping[str, tuple[object, ...]]:
    """What each table and each number of a worldview rests on, by name."""
    records: dict[str, Grounded] = {table: getattr(view, table) for table in TABLES}
    return {name: (one.basis, one.sources, one.claims, one.note) for name, one in (records | view.parameters).items()}

"""A reader's own worldview as a TOML file of the shape of model/data/worldviews, and a file that a reader brings."""

from __future__ import annotations

from pathlib import PurePosixPath

from model import InputError
from model.assumptions.catalog import MAX_FILE_BYTES, toml_of
from model.assumptions.edits import Edits, edits_of, worldview_toml
from model.assumptions.worldview import make_worldview
from ui.exports.stamp import Stamp, clean

LONGEST_NAME = 40
LONGEST_REFUSAL = 300  # characters: some lists of what is allowed are longer


def to_toml(own: Edits, stamp: Stamp) -> str:
    """A file that `model.load_worldview` and the page read; the stamp stands in comments at the top."""
    comments = [f"# {name}: {clean(text, 2000)}" for name, text in stamp.rows()]
    return "\n".join([*comments, "", worldview_toml(own)])


def from_bytes(data: bytes, name: str) -> Edits:
    """The worldview of a file, as a copy of that of ours to which it is nearest, with what differs.

    Only its numbers are taken over: names, colours, notes and sources of the file stay where they are.

    Raises:
        InputError: the file is too large, not UTF-8, not TOML, or breaks a rule; one sentence says which.
    """
    file = clean(PurePosixPath(name.replace("\\", "/")).name, LONGEST_NAME) or "the file"
    if len(data) > MAX_FILE_BYTES:
        raise InputError(f"{file} is larger than {MAX_FILE_BYTES // 1000} kB.")
    try:
        return edits_of(make_worldview(toml_of(data, file), file))
    except InputError as error:
        raise InputError(clean(str(error), LONGEST_REFUSAL)) from None

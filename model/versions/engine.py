"""An engine as files: a package `model` and its scenarios, in a folder or in a zip file."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from model.assumptions.catalog import DATA
from model.errors import InputError, shown

ROOT = DATA.parent.parent  # the folder that holds model/ and scenarios/
MOST_FILES, MOST_BYTES = 500, 10_000_000  # of an engine, unpacked
PART = re.compile(r"(model/([\w-]+/)*[\w-]+\.(py|toml|csv))|(scenarios/([\w-]+/)*[\w-]+\.toml)", re.ASCII)
FIXED_DATE = (1980, 1, 1, 0, 0, 0)

Files = Mapping[str, bytes]  # an engine: path from the folder that holds model/ and scenarios/ -> content


def folder_files(root: Path) -> Files:
    """The engine in a folder that holds model/ and scenarios/: Python and data files, sorted by path."""
    paths = [path for part in ("model", "scenarios") for path in (root / part).rglob("*.*")]
    named = {path.relative_to(root).as_posix(): path for path in paths if path.is_file()}
    return {name: named[name].read_bytes() for name in sorted(named) if PART.fullmatch(name)}


def zip_files(content: bytes, shown_as: str, strict: bool = True) -> Files:
    """The engine in a zip file, sorted by path; unless `strict`, files that are no part of an engine are left out.

    Raises:
        InputError: the zip is damaged or too large, or (strict) holds something that is no part of an engine.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            parts = [part for part in zipped.infolist() if strict or PART.fullmatch(part.filename)]
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_BYTES:
                raise InputError(f"{shown_as} is larger than an engine may be.")
            for part in parts:
                if not PART.fullmatch(part.filename):
                    raise InputError(f"{shown_as} holds {shown(part.filename)}, which is no part of an engine.")
            return {part.filename: zipped.read(part) for part in sorted(parts, key=lambda part: part.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{shown_as} is damaged: {error}.") from None


def zip_of(files: Files) -> bytes:
    """A zip file of an engine; the same files give the same bytes, whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name in sorted(files):
            part = zipfile.ZipInfo(name, FIXED_DATE)
            part.create_system, part.external_attr = 3, 0o644 << 16
            zipped.writestr(part, files[name], zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()

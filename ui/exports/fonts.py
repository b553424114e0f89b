"""The page's own typeface for PDF: Source Sans (SIL Open Font License), as Streamlit brings it.

Streamlit ships one variable font, packed for browsers. Two weights are cut out of it in memory, with the letters of
Latin, Greek and Cyrillic and the signs that sentences use.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]

PATTERN = "SourceSansVF-Upright*.woff2"
REGULAR, BOLD = 400, 600
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin
    *range(0x370, 0x460),  # Greek, Cyrillic
    *range(0x2010, 0x2040),  # dashes, quotes, dots
    0x20AC,
    *range(0x2190, 0x2194),  # arrows
    0x2212,
    0x2260,
    0x2264,
    0x2265,
    *range(0x25A0, 0x25D0),  # the glyphs of the worldviews
)
UNNEEDED = ["STAT", "MVAR", "GSUB", "GPOS", "GDEF", "BASE"]
STAND_IN = "\N{WHITE SQUARE}"


class Fonts(NamedTuple):
    """Two weights as TrueType files, and the characters that both hold."""

    regular: bytes
    bold: bytes
    characters: frozenset[str]

    def fitting(self, text: str) -> str:
        """Text with a square for each character that the font lacks."""
        return "".join(c if c in self.characters else STAND_IN for c in text)


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """The fonts, made once a process; that takes about a second.

    Raises:
        FileNotFoundError: the installed Streamlit has no such font.
    """
    font = TTFont(_path())
    options = subset.Options(layout_features=[], hinting=False, glyph_names=False)
    options.drop_tables += UNNEEDED
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font.flavor = None
    few = _saved(font)
    return Fonts(_weight(few, REGULAR), _weight(few, BOLD), frozenset(map(chr, font.getBestCmap())))


def _path() -> Path:
    spec = find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    found = sorted(Path(spec.origin).parent.glob(f"static/static/media/{PATTERN}"))
    if not found:
        raise FileNotFoundError(f"The installed Streamlit has no font {PATTERN}.")
    return found[0]


def _weight(font: bytes, weight: int) -> bytes:
    return _saved(instancer.instantiateVariableFont(TTFont(BytesIO(font)), {"wght": weight}))


def _saved(font: TTFont) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()

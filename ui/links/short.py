"""Short links, made and followed without a service: `/s/` and about 40 characters that hold the whole link. Pure.

A code is a byte for the format, 4 for the assumption set, 4 for the seed, 2 for the preset (a checksum of its name),
one for each setting, one for each worldview's result, 2 to tell a mistyped code, then whatever else the link says,
packed. The order of a format is kept for ever; other settings or worldviews need a format of their own. A format goes
with the model version of its number.
"""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error, crc_hqx
from urllib.parse import parse_qs, urlencode

from model import InputError
from model.assumptions.catalog import EDITED
from model.errors import shown
from ui.links import single
from ui.links.asked import Asked, Shown, starting_points

LEVERS = ("nato", "caatsa", "g8", "mil", "ukraine", "clarity", "precond", "allies")
CONTEXT = ("start", "horizon", "onset", "ramp")
SETTINGS = {1: (*LEVERS, *CONTEXT, "pressure"), 2: (*LEVERS, "pressure_russia", "pressure_china", *CONTEXT)}
BEFORE_THE_FIRST = {1: 2000, 2: 1900}  # the year that a start of 0 stands for
FORMAT = 2  # in which codes are written; all are read
WORLDVIEWS = ("lock-in", "midpoint", "op-ed", "sceptic")
NO_RESULT = 127
BEFORE_SETTINGS, CHECK = 1 + 4 + 4 + 2, 2
NOT_SAID = 255  # of a setting that the link does not name, as the start in a historic analogue
SET = re.compile(r"[0-9a-f]{8}", re.ASCII)
MOST_CHANGES = 12  # of a worldview of the reader's own, however many digits they have; more need a file
LONGEST = 2000  # characters of a code, and bytes of what is packed in it


def code(asked: Asked, shown: Shown = single.DEFAULT_SHOWN, seen: single.Seen | None = None) -> str:
    """The code of what is asked: what stands behind `/s/`; `seen` as in `single.write`.

    It can be read back where a worldview of the reader's own has at most `MOST_CHANGES` changes.
    """
    told = single.write(asked, shown, seen if seen and SET.fullmatch(seen.assumptions) else None)
    query = {key: values[0] for key, values in told.items()}
    result = dict(part.rsplit("_", 1) for part in query.get("result", "").split(".") if part)
    head = bytes([FORMAT]) + bytes.fromhex(query["set"]) + int(query["seed"]).to_bytes(4)
    head += _checksum(query["preset"].encode())
    head += bytes(int(query[key]) - _offset(FORMAT, key) if key in query else NOT_SAID for key in SETTINGS[FORMAT])
    head += b"".join(int(result.get(key, NO_RESULT)).to_bytes(1, signed=True) for key in WORLDVIEWS)
    known = {"set", "seed", "preset", "result", *SETTINGS[FORMAT]}
    rest = {key: values for key, values in told.items() if key not in known}
    if EDITED in result:  # for which a code has no byte
        rest["result"] = [f"{EDITED}_{result[EDITED]}"]
    if rest["v"] == [str(FORMAT)]:
        del rest["v"]
    if rest == {"open": [single.NONE]}:  # as a link is read that names no section
        rest = {}
    packed = _packed(urlencode(rest, doseq=True)) if rest else b""
    return urlsafe_b64encode(head + _checksum(head + packed) + packed).decode().rstrip("=")


def query(text: str) -> str:
    """The query of a full link that a code stands for.

    Raises:
        InputError: it is no code, or one that was mistyped or cut.
    """
    refused = InputError(f"{shown(text)} is no short link of this page, or it was mistyped or cut.")
    try:
        if len(text) > LONGEST:
            raise refused
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        if not data or data[0] not in SETTINGS:
            raise refused
        keys = SETTINGS[data[0]]
        end = BEFORE_SETTINGS + len(keys) + len(WORLDVIEWS)
        head, check, packed = data[:end], data[end : end + CHECK], data[end + CHECK :]
        if len(check) < CHECK or check != _checksum(head + packed):
            raise refused
        rest = _unpacked(packed) if packed else ""
    except (Error, ValueError, zlib.error):
        raise refused from None
    preset = next(
        (name for name in starting_points() if _checksum(name.encode()) == head[9:11]), "a-preset-that-is-gone"
    )
    values, shifts = head[BEFORE_SETTINGS : BEFORE_SETTINGS + len(keys)], head[BEFORE_SETTINGS + len(keys) :]
    settings = {
        key: value + _offset(head[0], key) for key, value in zip(keys, values, strict=True) if value != NOT_SAID
    }
    signed = {key: int.from_bytes(shifts[i : i + 1], signed=True) for i, key in enumerate(WORLDVIEWS)}
    more = parse_qs(rest)
    shifts_told = [f"{key}_{shift}" for key, shift in signed.items() if shift != NO_RESULT]
    result = ".".join(shifts_told + more.pop("result", []))
    single: dict[str, object] = {} if rest.startswith("v=") else {"v": str(head[0])}
    single |= {"set": head[1:5].hex(), "seed": int.from_bytes(head[5:9]), "preset": preset, **settings}
    told = urlencode(single | ({"result": result} if result else {}))
    return f"{told}&{urlencode(more, doseq=True)}" if more else told


def _offset(format_: int, key: str) -> int:
    """What is taken off a setting so that it fits a byte."""
    return BEFORE_THE_FIRST[format_] if key == "start" else 0


def _checksum(data: bytes) -> bytes:
    return crc_hqx(data, 0).to_bytes(2)


def _packed(text: str) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(text.encode()) + packer.flush()


def _unpacked(data: bytes) -> str:
    unpacker = zlib.decompressobj(-15)
    text = unpacker.decompress(data, LONGEST)
    if unpacker.unconsumed_tail:
        raise ValueError
    return text.decode()

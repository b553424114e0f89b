"""Short links, made and followed without a service: `/s/` and about 40 characters that hold the whole link. Pure.

Format 1: a byte for the format, 4 for the assumption set, 4 for the seed, 2 for the preset (a checksum of its name),
one for each of 13 settings, one for each worldview's result, 2 to tell a mistyped code, then whatever else the link
says, packed. The order of format 1 is kept for ever; other settings or worldviews need a format of their own.
"""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error, crc_hqx
from urllib.parse import parse_qs, urlencode

from model import InputError
from model.errors import shown
from ui.links import single
from ui.links.asked import Asked, Shown, starting_points

FORMAT = 1
SETTINGS = (
    "nato", "caatsa", "g8", "mil", "ukraine", "clarity", "precond", "allies",
    "start", "horizon", "onset", "ramp", "pressure",
)  # fmt: skip
WORLDVIEWS = ("lock-in", "midpoint", "op-ed", "sceptic")
CENTURY = 2000
NO_RESULT = 127
NOT_SAID = 255  # of a setting that the link does not name, as those of its era in a historic analogue
HEAD = 1 + 4 + 4 + 2 + len(SETTINGS) + len(WORLDVIEWS) + 2
SET = re.compile(r"[0-9a-f]{8}", re.ASCII)
LONGEST = 2000  # characters of a code, and bytes of what is packed in it


def code(place: Asked, look: Shown = single.DEFAULT_LOOK, seen: single.Seen | None = None) -> str:
    """The code of a place: what stands behind `/s/`; `seen` as in `single.write`."""
    told = single.write(place, look, seen if seen and SET.fullmatch(seen.assumptions) else None)
    query = {key: values[0] for key, values in told.items()}
    result = dict(part.rsplit("_", 1) for part in query.get("result", "").split(".") if part)
    head = bytes([FORMAT]) + bytes.fromhex(query["set"]) + int(query["seed"]).to_bytes(4)
    head += _checksum(query["preset"].encode())
    head += bytes(
        int(query[key]) - (CENTURY if key == "start" else 0) if key in query else NOT_SAID for key in SETTINGS
    )
    head += b"".join(int(result.get(key, NO_RESULT)).to_bytes(1, signed=True) for key in WORLDVIEWS)
    known = {"set", "seed", "preset", "result", *SETTINGS}
    rest = {key: values for key, values in told.items() if key not in known}
    if rest["v"] == [str(FORMAT)]:
        del rest["v"]
    if rest == {"open": ["summary"]}:
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
        head, check, packed = data[: HEAD - 2], data[HEAD - 2 : HEAD], data[HEAD:]
        if len(data) < HEAD or head[0] != FORMAT or check != _checksum(head + packed):
            raise refused
        rest = _unpacked(packed) if packed else ""
    except (Error, ValueError, zlib.error):
        raise refused from None
    preset = next(
        (name for name in starting_points() if _checksum(name.encode()) == head[9:11]), "a-preset-that-is-gone"
    )
    values, shifts = head[11 : 11 + len(SETTINGS)], head[11 + len(SETTINGS) :]
    settings = {
        key: value + (CENTURY if key == "start" else 0)
        for key, value in zip(SETTINGS, values, strict=True)
        if value != NOT_SAID
    }
    signed = {key: int.from_bytes(shifts[i : i + 1], signed=True) for i, key in enumerate(WORLDVIEWS)}
    result = ".".join(f"{key}_{shift}" for key, shift in signed.items() if shift != NO_RESULT)
    single: dict[str, object] = {} if rest.startswith("v=") else {"v": str(FORMAT)}
    single |= {"set": head[1:5].hex(), "seed": int.from_bytes(head[5:9]), "preset": preset, **settings}
    told = urlencode(single | ({"result": result} if result else {}))
    return f"{told}&{urlencode(parse_qs(rest), doseq=True)}" if rest else told


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

"""Scripts and styles in fewer bytes, for browsers that can unpack them.

Brotli at its best makes the scripts of a first visit a fifth smaller than gzip does, but takes 11 seconds of the
processor. So a script is packed quickly when it is first asked for, and at its best by a thread that lets everything
else go first; what that made is kept in the user's cache folder, where the next start of the server finds it. Browsers
accept Brotli from this machine and over https; the others get gzip.
"""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, get_native_id

import brotli
from starlette.datastructures import Headers

QUICK, BEST = 5, 11  # of Brotli's qualities; quick takes as long as gzip does
WINDOW = 24  # bits of the distance over which Brotli finds repetitions: 16 MB, all of Plotly's script
FOLDER = "strategic-triangle"


def packing_for(headers: Headers) -> str:
    """How a client wants what it asks for to be packed: br, gzip or, empty, not at all."""
    accepted = {part.partition(";")[0].strip() for part in headers.get("accept-encoding", "").lower().split(",")}
    return next((packing for packing in ("br", "gzip") if packing in accepted), "")


def packed(content: bytes, packing: str) -> bytes:
    """A script or style as `packing_for` has it; it is kept, so this is for what does not change."""
    if packing == "br":
        return _brotli(content)
    return _gzip(content) if packing else content


@lru_cache(maxsize=200)
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


_smallest: dict[bytes, bytes] = {}  # what each script is sent as
_waiting: SimpleQueue[bytes] = SimpleQueue()


def _brotli(content: bytes) -> bytes:
    if content not in _smallest:
        kept = _kept(content)
        _smallest[content] = kept or brotli.compress(content, quality=QUICK, lgwin=WINDOW)
        if not kept:
            _packer()
            _waiting.put(content)
    return _smallest[content]


@lru_cache(maxsize=1)
def _packer() -> Thread:
    """The thread that packs at its best; the server does not wait for it when it stops."""
    thread = Thread(target=_pack_what_waits, name="packer", daemon=True)
    thread.start()
    return thread


def _pack_what_waits() -> None:
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, get_native_id(), 19)
    while True:
        content = _waiting.get()
        _smallest[content] = brotli.compress(content, quality=BEST, lgwin=WINDOW)
        _keep(content, _smallest[content])


def _place(content: bytes) -> Path:
    """Where the cache folder keeps what was made of a script."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111, a user may have no home
    return Path(caches, FOLDER, f"{sha256(content).hexdigest()}.br")


def _kept(content: bytes) -> bytes | None:
    """What an earlier start of the server made of a script; None where there is nothing, or nothing that is sound."""
    with suppress(OSError, brotli.error):
        found = _place(content).read_bytes()
        if brotli.decompress(found) == content:
            return found
    return None


def _keep(content: bytes, made: bytes) -> None:
    """Keep what was made, whole or not at all; without a folder that can be written it is made anew at each start."""
    place = _place(content)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(made)
        Path(file.name).replace(place)

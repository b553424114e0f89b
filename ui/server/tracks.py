"""The tracks of a reader's own worldview, as far as they stay as they are, at an address that a browser keeps.

With the page's run they would travel each time that one number is moved.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from model import InputError, catalog
from model.errors import choose
from ui.drawn.palette import INKS
from ui.drawn.tracks import tracks
from ui.links.addresses import base_path
from ui.server.parts import KEPT
from ui.server.rewriting import packed_response

TRACKS_PATH = "/tracks"


def tracks_address(copied: str, theme: str) -> str:
    """Where the tracks of a copy of one of the four are; the address holds a digest of what they say."""
    return f"{base_path()}{TRACKS_PATH}/{copied}/{theme}-{_digest(copied, theme)}.json"


def tracks_as_data(request: Request) -> Response:
    """The tracks of an address by name, as JSON; those of another day are today's, which no browser keeps."""
    copied, (theme, _, digest) = request.path_params["copied"], request.path_params["name"].partition("-")
    try:
        choose("There is no worldview", copied, catalog().worldviews)
        choose("There is no theme", theme, INKS)
    except InputError as error:
        return PlainTextResponse(str(error), 404)
    keep = KEPT if digest == _digest(copied, theme) else "no-store"
    return packed_response(request, gzip.compress(_text(copied, theme).encode(), 9), "application/json", keep)


@cache
def _text(copied: str, theme: str) -> str:
    every = {name: asdict(track) for name, track in tracks(copied, theme).items()}
    return json.dumps(every, ensure_ascii=False, separators=(",", ":"))


@cache
def _digest(copied: str, theme: str) -> str:
    return sha256(_text(copied, theme).encode()).hexdigest()[:12]

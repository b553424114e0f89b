"""A reader's own worldview as the body of a run: read no further than a worldview may go, then checked as a file is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyio import fail_after
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from model import InputError
from model.assumptions.catalog import MAX_FILE_BYTES, toml_of
from model.assumptions.schema import Worldview
from model.assumptions.worldview import make_worldview
from model.errors import shown
from ui.server.limits import LONGEST_WAIT
from ui.server.uploads import said_length

BODY = "The body"  # what a sentence calls it
TOO_LARGE = f"A worldview may have at most {MAX_FILE_BYTES:,} bytes."
TOO_SLOW = f"The body did not arrive within {LONGEST_WAIT} seconds."


def _json_of(data: bytes, shown_as: str) -> dict[str, Any]:
    """Parse the bytes of a JSON object; like TOML it has each key once.

    Raises:
        InputError: they are not UTF-8 text, not JSON or no object, or name a key twice.
    """

    def once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            ((key, _),) = Counter(key for key, _ in pairs).most_common(1)
            raise InputError(f"{shown_as} names {shown(key)} twice.")
        return found

    try:
        found = json.loads(data.decode(), object_pairs_hook=once)
    except InputError:
        raise
    except UnicodeDecodeError:
        raise InputError(f"{shown_as} is not UTF-8 text.") from None
    except (ValueError, RecursionError) as error:  # JSONDecodeError is a ValueError, and so is a huge number
        raise InputError(f"{shown_as} is not valid JSON: {error}.") from None
    if not isinstance(found, dict):
        raise InputError(f"{shown_as} is JSON, but no object.")
    return found


READERS: Mapping[str, Callable[[bytes, str], dict[str, Any]]] = {
    "application/json": _json_of,
    "application/toml": toml_of,
    "text/plain": toml_of,
}


@dataclass(frozen=True)
class Body:
    """What was sent, and as which media type."""

    kind: str
    data: bytes

    def worldview(self) -> Worldview:
        """The worldview that it holds.

        Raises:
            InputError: with the key, the value and the rule.
        """
        return make_worldview(READERS[self.kind](self.data, BODY), BODY)


async def body_of(request: Request) -> Body:
    """The body of a request, of which no more is read than a worldview may have.

    Raises:
        HTTPException: 400, it broke off; 408, it takes too long; 413, it is too large; 415, it is of another kind.
    """
    named = request.headers.get("content-type", "")
    kind = named.partition(";")[0].strip().lower()
    if kind not in READERS:
        raise HTTPException(
            415,
            f"The Content-Type is {shown(named)}, but a worldview is sent as application/json, or as TOML with "
            "application/toml or text/plain.",
        )
    if said_length(request.headers) > MAX_FILE_BYTES:
        raise HTTPException(413, TOO_LARGE)
    data = bytearray()
    try:
        with fail_after(LONGEST_WAIT):
            async for part in request.stream():
                data += part
                if len(data) > MAX_FILE_BYTES:
                    raise HTTPException(413, TOO_LARGE)
    except TimeoutError:
        raise HTTPException(408, TOO_SLOW) from None
    except ClientDisconnect:
        raise HTTPException(400, "The body broke off.") from None
    return Body(kind, bytes(data))

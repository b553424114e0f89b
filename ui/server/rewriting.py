"""Answers of Streamlit's that are changed before they are sent, and answers of ours that travel packed."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.packing import packed, packing_for


async def rewritten(
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    wanted: Callable[[Headers], bool],
    change: Callable[[MutableHeaders, bytes], Awaitable[bytes]],
) -> None:
    """Let `app` answer; `change` gives the new body of an answer whose headers are `wanted`, and may change these.

    Only whole answers are changed, those of status 200; the rest passes as it is.
    """
    start: Message | None = None
    body = b""

    async def sending(message: Message) -> None:
        nonlocal start, body
        begins = message["type"] == "http.response.start" and message["status"] == 200
        if begins and wanted(Headers(raw=message["headers"])):
            start = message
            return
        if start is None or message["type"] != "http.response.body":
            await send(message)
            return
        body += message.get("body", b"")
        if not message.get("more_body"):
            headers = MutableHeaders(raw=start["headers"])
            whole = await change(headers, body)
            headers["content-length"] = str(len(whole))
            await send(start)
            await send({"type": "http.response.body", "body": whole})

    await app(scope, receive, sending)


def script_response(request: Request, script: bytes, keep: str) -> Response:
    """A script that does not change, as the client wants it packed. `keep` is its Cache-Control."""
    packing = packing_for(request.headers)
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"} | ({"Content-Encoding": packing} if packing else {})
    return Response(packed(script, packing), media_type="text/javascript", headers=headers)


def packed_response(request: Request, packed: bytes, media_type: str, keep: str) -> Response:
    """An answer that is kept packed with gzip; unpacked for a client that cannot do so. `keep` is its Cache-Control."""
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(packed), media_type=media_type, headers=headers)
    return Response(packed, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})

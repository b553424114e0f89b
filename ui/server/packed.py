"""Streamlit's own scripts and styles, packed once and kept: it sends them as they are, 3 MB on a first visit."""

from __future__ import annotations

import gzip
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.links.addresses import base_path

STATIC = "/static/"  # Streamlit's address for files that do not change while it runs
KINDS = ("text/javascript", "application/javascript", "text/css")
LEAST = 1_000  # bytes that are worth the trouble


class Packed:
    """Middleware that packs what Streamlit sends from its static files, for browsers that can unpack it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_static = scope["type"] == "http" and scope["path"].startswith(base_path() + STATIC)
        if not is_static or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def sending(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                whole = message["status"] == 200 and "content-encoding" not in headers
                if whole and headers.get("content-type", "").startswith(KINDS):
                    start = message
                    return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                if len(body) >= LEAST:
                    body = _packed(body)
                    headers = MutableHeaders(raw=start["headers"])
                    headers["content-encoding"], headers["content-length"] = "gzip", str(len(body))
                    headers.add_vary_header("Accept-Encoding")
                await send(start)
                await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, sending)


@lru_cache(maxsize=200)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)

"""Streamlit's own scripts and styles, packed once and kept: it sends them as they are, 3 MB on a first visit."""

from __future__ import annotations

from functools import partial

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.links.addresses import base_path
from ui.server.packing import packed, packing_for
from ui.server.rewriting import rewritten

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
        packing = packing_for(Headers(scope=scope)) if is_static else ""
        if packing:
            await rewritten(self.app, scope, receive, send, _wanted, partial(_pack, packing))
        else:
            await self.app(scope, receive, send)


def _wanted(headers: Headers) -> bool:
    return "content-encoding" not in headers and headers.get("content-type", "").startswith(KINDS)


async def _pack(packing: str, headers: MutableHeaders, body: bytes) -> bytes:
    if len(body) < LEAST:
        return body
    headers["content-encoding"] = packing
    headers.add_vary_header("Accept-Encoding")
    return packed(body, packing)

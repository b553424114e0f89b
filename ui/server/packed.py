"""Streamlit's own scripts and styles, packed once and kept: it sends them as they are, 3 MB on a first visit."""

from __future__ import annotations

import gzip
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.links.addresses import base_path
from ui.server.rewriting import accepts_gzip, rewritten

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
        if is_static and accepts_gzip(Headers(scope=scope)):
            await rewritten(self.app, scope, receive, send, _wanted, _pack)
        else:
            await self.app(scope, receive, send)


def _wanted(headers: Headers) -> bool:
    return "content-encoding" not in headers and headers.get("content-type", "").startswith(KINDS)


async def _pack(headers: MutableHeaders, body: bytes) -> bytes:
    if len(body) < LEAST:
        return body
    headers["content-encoding"] = "gzip"
    headers.add_vary_header("Accept-Encoding")
    return _packed(body)


@lru_cache(maxsize=200)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)

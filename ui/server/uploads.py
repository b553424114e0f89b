"""How much readers may upload: Streamlit bounds one file, but not how many files a session may have it keep."""

from __future__ import annotations

import sys

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.links.addresses import base_path
from ui.server.limits import Clients, client_of

UPLOADS = "/_stcore/upload_file/"  # Streamlit's address; a session and a file follow
LARGEST = 1_050_000  # bytes of a request: a file of one MB and its frame; a scenario file has about 1,000
LEAST = 20_000  # bytes that every upload counts for, so that small ones are not without number
OF_SESSION: RateLimitItem = RateLimitItemPerDay(2_000_000)
OF_CLIENT: RateLimitItem = RateLimitItemPerMinute(20_000_000, 10)


def said_length(headers: Headers) -> int:
    """How many bytes a request says that its body has; -1 where it says nothing, or no number."""
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return -1
    return int(length) if len(length) <= 12 else sys.maxsize


class Uploads:
    """Middleware that refuses an upload which is too large, or more than one session or one client may have kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._clients = Clients(OF_CLIENT, "More than 20 MB were uploaded from this address in 10 minutes")
        self._sessions = Clients(OF_SESSION)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        below = base_path() + UPLOADS
        if scope["type"] == "http" and scope["path"].startswith(below) and scope["method"] not in ("DELETE", "OPTIONS"):
            try:
                self._count(scope, scope["path"].removeprefix(below).partition("/")[0])
            except HTTPException as error:
                headers = {"Connection": "close", **(error.headers or {})}  # the rest of the body is not waited for
                await PlainTextResponse(error.detail, error.status_code, headers)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _count(self, scope: Scope, session: str) -> None:
        length = said_length(Headers(scope=scope))
        if length < 0:
            raise HTTPException(411, "An upload must say its length in the header Content-Length.")
        if length > LARGEST:
            raise HTTPException(413, "An upload may have at most 1 MB; a scenario file has about 1,000 bytes.")
        size = max(LEAST, length)
        self._clients.count(client_of(scope), size)
        try:
            self._sessions.count(session, size)
        except HTTPException:
            raise HTTPException(413, "This visit has uploaded 2 MB, as much as one may; open the page anew.") from None

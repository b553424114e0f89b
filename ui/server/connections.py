"""How many connections the page's sessions may hold: each costs file descriptors, of which a process has only so many.

Streamlit gives every session an event loop of its own, three descriptors. It keeps the session for
`server.disconnectedSessionTTL` seconds after its connection closed, so that a browser may come back to it, at most 128
of them, and drops what is too old only when another connection closes.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter

from limits import RateLimitItemPerMinute
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.limits import Clients, client_of

OPEN_AT_ONCE = 200  # connections of one client: a class room of 30 with several tabs each
A_MINUTE = RateLimitItemPerMinute(200)  # handshakes of one client
SPARE = 80  # file descriptors kept for everything but sessions: requests, files, the browser that draws
TRICKLE = 10  # seconds after which one connection is let in even so: only when it closes, old sessions are dropped
DESCRIPTORS = "/dev/fd"
TRY_AGAIN_LATER = 1013  # close code of a WebSocket
MOST_DESCRIPTORS = 65_536


class Connections:
    """Middleware that refuses a WebSocket where its client holds too many or the process has too few descriptors."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open: Counter[str] = Counter()
        self._handshakes = Clients(A_MINUTE)
        self._last = -float(TRICKLE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or hold one connection."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        client = client_of(scope)
        if not self._admits(client):
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER, "reason": "Too many connections."})
            return
        self._last = time.monotonic()
        self._open[client] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]

    def _admits(self, client: str) -> bool:
        if self._open[client] >= OPEN_AT_ONCE:
            return False
        if descriptors_left() < SPARE and time.monotonic() - self._last < TRICKLE:
            return False
        try:
            self._handshakes.count(client)
        except HTTPException:
            return False
        return True


def descriptors_left() -> int:
    """How many more file descriptors the process may open; many where the system does not say."""
    if sys.platform == "win32" or not os.path.isdir(DESCRIPTORS):  # noqa: PTH112
        return MOST_DESCRIPTORS
    import resource

    try:
        return resource.getrlimit(resource.RLIMIT_NOFILE)[0] - len(os.listdir(DESCRIPTORS))  # noqa: PTH208
    except OSError:  # not even one to look with
        return 0


def raise_limit() -> None:
    """Let the process open as many files as the system allows it, which is often more than it starts with."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

"""Requests whose Host header names no host, or one that is not allowed, are refused: links are made of it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from model.errors import shown
from ui.links.addresses import LONGEST_HOST, URL, base_path, is_allowed, is_host, public_address

PROBES = (
    "/healthz",
    "/api/v1/healthz",
    "/_stcore/health",
)  # a probe names any host or none, and its answer holds no link


class KnownHost:
    """Middleware that lets through what names a host that is well formed and allowed.

    Where STRATEGIC_TRIANGLE_URL gives the address for links, the header is used for nothing and not looked at.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        fault = _fault(scope) if scope["type"] == "http" else ""
        if fault:
            headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
            await PlainTextResponse(fault, 400, headers)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _fault(scope: Scope) -> str:
    """What is wrong with the Host of a request, in a sentence; empty where nothing is."""
    if public_address() or scope["path"].removeprefix(base_path()) in PROBES:
        return ""
    hosts = Headers(scope=scope).getlist("host")
    if len(hosts) != 1:
        return f"The request has {len(hosts)} Host headers, but it must have one, since links are made of it."
    if not is_host(hosts[0]):
        return (
            f"The Host header is {shown(hosts[0])}, but it must be a name or an IP address of at most {LONGEST_HOST} "
            "characters, with or without a port."
        )
    if not is_allowed(hosts[0]):
        return (
            f"The Host header is {shown(hosts[0])}, which is none of the hosts that this server is known by; they "
            f"stand in server.allowedHosts, or the one address of the page in {URL}."
        )
    return ""

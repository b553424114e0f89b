"""What one client, and all of them together, may ask of the server: counts by address, and threads with short queues.

Work that a request starts (exports, pictures, boards, QR codes, previews, runs of the API) has threads of its own, so
that the page's runs never stand in a queue behind it.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from ipaddress import IPv6Address, ip_address
from threading import BoundedSemaphore
from typing import TypeVar

from anyio import fail_after
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

PROXY = "FORWARDED_ALLOW_IPS"  # uvicorn's own setting: the addresses of proxies whose X-Forwarded-For is believed
THIS_MACHINE = "127.0.0.1"
LONGEST_WAIT = 20  # seconds from a request to the end of the work that it started; a brief may take longer
LEAST_COST = 5  # milliseconds, also of what was kept from an earlier request
T = TypeVar("T")


def client_of(scope: Scope) -> str:
    """Whom a request is counted to: the address it comes from, of IPv6 the network that one customer has.

    uvicorn believes X-Forwarded-For from this machine unless FORWARDED_ALLOW_IPS names a proxy. Here nothing is
    believed unless it does: a client whose address stands in that header is this machine's.
    """
    host: str = (scope.get("client") or ("",))[0]
    if PROXY not in os.environ and any(host in named for named in Headers(scope=scope).getlist("x-forwarded-for")):
        return THIS_MACHINE
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return host


class Clients:
    """Counts what each client took; nothing of it outlives the limit's time twice.

    `limit` is how much one client may take in how long, `told` the sentence for who took more.
    """

    def __init__(self, limit: RateLimitItem, told: str = "") -> None:
        self._limit = limit
        self._told = told or f"More than {limit.amount} requests came from this address in {limit.get_expiry()} seconds"
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())

    def check(self, client: str) -> None:
        """Refuse who has taken all: HTTPException 429, with the seconds to wait."""
        if not self._counts.test(self._limit, client):
            raise self._refusal(client)

    def count(self, client: str, cost: int = 1) -> None:
        """Count what a client is about to take: HTTPException 429 where that is too much."""
        if not self._counts.hit(self._limit, client, cost=cost):
            raise self._refusal(client)

    def charge(self, client: str, cost: int) -> None:
        """Count what a client took, which may be more than it had left."""
        left = self._counts.get_window_stats(self._limit, client).remaining
        self._counts.hit(self._limit, client, cost=min(cost, left))

    def _refusal(self, client: str) -> HTTPException:
        reset = self._counts.get_window_stats(self._limit, client).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        return HTTPException(429, f"{self._told}; ask again in {wait} s.", {"Retry-After": str(wait)})


class Pool:
    """Threads for one kind of work, with a short queue; what finds no place in it is sent away.

    Args:
        threads: that work at once.
        queue: requests that may wait for a thread.
        share: milliseconds of these threads that one client may take; none where requests are counted elsewhere.
        longest: seconds that a request waits for its answer.
    """

    def __init__(
        self, name: str, threads: int, queue: int, share: RateLimitItem | None = None, longest: float = LONGEST_WAIT
    ) -> None:
        self.longest = longest
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._places = BoundedSemaphore(threads + queue)
        self._clients = share and Clients(
            share,
            f"This address took more than {share.amount // 1000} seconds of the server's work in {share.get_expiry()} "
            "seconds",
        )

    async def run(self, client: str, work: Callable[[], T]) -> T:
        """Do some work in one of the threads.

        Raises:
            HTTPException: 429, the client has taken its share; 503, the queue is full or the work takes too long.
        """
        if self._clients:
            self._clients.check(client)
        if not self._places.acquire(blocking=False):
            raise _busy("too much is waiting already", 5)
        future = self._threads.submit(self._counted, client, work)
        future.add_done_callback(self._left)
        try:
            with fail_after(self.longest):  # a thread that is at work keeps its place until it has finished
                return await asyncio.wrap_future(future)
        except TimeoutError:
            raise _busy(f"the request was not answered within {self.longest} seconds", 20) from None

    def answering(self, answer: Callable[[Request], Response]) -> Callable[[Request], object]:
        """An endpoint whose answer is worked out in one of the threads."""

        async def endpoint(request: Request) -> Response:
            return await self.run(client_of(request.scope), partial(answer, request))

        return endpoint

    def _counted(self, client: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        try:
            return work()
        finally:
            if self._clients:
                self._clients.charge(client, max(LEAST_COST, round(1000 * (time.perf_counter() - started))))

    def _left(self, _future: Future[T]) -> None:
        self._places.release()


def _busy(why: str, wait: int) -> HTTPException:
    return HTTPException(503, f"The server is busy: {why}; ask again in {wait} s.", {"Retry-After": str(wait)})


API = RateLimitItemPerSecond(40, 4)  # requests of one client: bursts of 40, on average 10 a second
# A drag asks for a board up to 25 times a second, a class of 30 behind one address asks at once.
BOARDS = Pool("boards", threads=2, queue=40, share=RateLimitItemPerMinute(100_000))
EXPORTS = Pool("exports", threads=2, queue=20, share=RateLimitItemPerMinute(40_000), longest=60)

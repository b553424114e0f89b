"""Plotly figures to PNG and SVG through one Chromium that is kept alive. No streamlit.

Kaleido is Plotly's own library for this: it opens the system's Chromium or Chrome and has Plotly's own script draw the
figure, so that an exported chart is the chart of the page. It takes the script from the installed plotly package, and
the browser is given a proxy that does not exist, so nothing is asked of a network. Kaleido's own server for many
images mixes up the answers of two threads and waits for ever when no browser is found; here its asynchronous side runs
behind a portal, which is AnyIO's event loop in a thread of its own.
"""

from __future__ import annotations

import asyncio
import atexit
from contextlib import ExitStack, suppress
from threading import Lock
from typing import Any, Literal

from anyio.from_thread import BlockingPortal, start_blocking_portal

from ui.drawn.figures import Figure

Format = Literal["png", "svg"]

NOWHERE = "127.0.0.1:9"  # the discard port of this machine: no figure of ours asks for anything outside
SECONDS = 30  # for one picture, with all that it waits for: the start of the browser, other pictures, a second try
ENDING = 15  # seconds for a browser to end by itself; only the end of the server waits for it
NO_BROWSER = (
    "Pictures need Chromium or Chrome on the server, and none was found: install one (on Debian and Ubuntu: apt-get "
    "install chromium), or name it in the environment variable BROWSER_PATH; tables and code can be had without."
)
MOST_WAITING = 20
BUSY = "Too many pictures are being drawn at once; try again in a moment."
STUCK = "The server's browser did not draw this picture; try again, or take the table."


class NoPicture(RuntimeError):  # noqa: N818  # it is what a reader is told, and names what is missing
    """A picture cannot be drawn; the message is one sentence for a reader."""


class Renderer:
    """Draws figures in a browser that starts with the first of them and is kept until `close`.

    Any number of threads may draw at once; they wait for one another. A browser that died is started anew, once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting = 0
        self._portal: BlockingPortal | None = None
        self._open = ExitStack()  # holds the portal
        self._kaleido: Any = None
        self._opening: asyncio.Lock | None = None
        self._ending: set[asyncio.Future[Any]] = set()

    def draw(self, figure: Figure, kind: Format, width: int, height: int, scale: float = 1) -> bytes:
        """A figure as a picture.

        Args:
            figure: a plain-dict Plotly figure.
            kind: png or svg.
            width, height: in pixels of the page.
            scale: pixels of a PNG a pixel of the page.

        Raises:
            NoPicture: there is no browser, it fails twice, or too many pictures wait.
        """
        options = {"format": kind, "width": width, "height": height, "scale": scale if kind == "png" else 1}
        self._wait(1)
        try:
            return self._through().start_task_soon(self._draw, figure, options).result()
        except NoPicture:
            raise
        except Exception as error:  # the browser's own
            raise NoPicture(STUCK) from error
        finally:
            self._wait(-1)

    def close(self) -> None:
        """End the browser and the portal; the next picture starts them anew.

        Raises:
            TimeoutError: the browser does not end in time; the portal is left to end with the process.
        """
        with self._lock:
            portal, self._portal = self._portal, None
            portal_open, self._open = self._open, ExitStack()
        if portal is not None:
            portal.start_task_soon(self._closed).result(SECONDS)
            portal_open.close()

    def _wait(self, more: int) -> None:
        """One picture more or less is waited for."""
        with self._lock:
            if more > 0 and self._waiting >= MOST_WAITING:
                raise NoPicture(BUSY)
            self._waiting += more

    def _through(self) -> BlockingPortal:
        """The portal, opened if it is not."""
        with self._lock:
            if self._portal is None:
                self._opening = asyncio.Lock()
                self._portal = self._open.enter_context(start_blocking_portal())
            return self._portal

    async def _draw(self, figure: Figure, options: dict[str, Any]) -> bytes:
        """A picture in time; once more with a new browser if this one died, or was dropped for another picture."""
        async with asyncio.timeout(SECONDS) as limit:
            for may_fail in (True, False):
                kaleido = await self._ready()
                drawing = asyncio.ensure_future(kaleido.calc_fig(figure, opts=options))
                try:
                    return bytes(await asyncio.shield(drawing))  # Kaleido does not listen where it is told to stop
                except (Exception, asyncio.CancelledError) as error:
                    self._ends(drawing)
                    self._drop(kaleido)
                    if limit.expired():
                        raise
                    if not may_fail or self._portal is None:
                        raise NoPicture(STUCK) from error
        raise AssertionError("the second try returns or raises")

    async def _ready(self) -> Any:
        """The Kaleido in use, opened if there is none."""
        assert self._opening is not None
        async with self._opening:
            if self._kaleido is None:
                self._kaleido = _kaleido()
                try:
                    await self._kaleido.open()
                except BaseException:
                    self._drop(self._kaleido)
                    raise
                atexit.unregister(self.close)
                atexit.register(self.close)  # now, so that it runs before Python drops the browser's folders
            return self._kaleido

    def _drop(self, kaleido: Any) -> None:
        """End a browser, unless another picture did; nobody waits for its end, which takes long where it hangs."""
        if kaleido is not None and kaleido is self._kaleido:
            self._kaleido = None
            self._ends(asyncio.create_task(_ended(kaleido)))

    def _ends(self, task: asyncio.Future[Any]) -> None:
        """Keep hold of what is ending until it has ended, and do not mind how."""
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())

    async def _closed(self) -> None:
        """End the browser in use and wait for all that are ending."""
        self._drop(self._kaleido)
        await asyncio.gather(*self._ending, return_exceptions=True)


def _kaleido() -> Any:
    """A Kaleido that is not open yet.

    Raises:
        NoPicture: there is no browser.
    """
    from choreographer.errors import ChromeNotFoundError
    from kaleido import Kaleido  # type: ignore[import-untyped]

    try:
        return Kaleido(n=1, timeout=SECONDS, mathjax=False, proxy_server=NOWHERE)
    except ChromeNotFoundError:
        raise NoPicture(NO_BROWSER) from None


async def _ended(kaleido: Any) -> None:
    """End a browser; one that does not listen is killed by Choreographer once it is not waited for any longer."""
    with suppress(Exception):  # it may be dead already
        await asyncio.wait_for(kaleido.close(), ENDING)


RENDERER = Renderer()

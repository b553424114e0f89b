"""What is written into a page's HTML before it is sent: what the page is, link previews, what a browser will need.

Crawlers run no script, so title, sentence and picture of a pasted link must stand in the HTML as it comes from the
server, and so must the page's own title and description. A browser that knows of Plotly's script from the start loads
it beside Streamlit's instead of after it; and one that is told where the server is does not look for it below the page
first, which would be two requests in vain.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.drawn import compared, strip
from ui.drawn.boards import Board, Card
from ui.links import comparison, single
from ui.links.addresses import base_path, page_address, plotly_address
from ui.links.asked import Asked
from ui.links.paths import COMPARE
from ui.server.limits import BOARDS, client_of
from ui.server.parts import style_link
from ui.server.rewriting import rewritten
from ui.told import cache, finding, history, words
from ui.told.pages import SITE, Page, page_at

PICTURE_PATH = "/preview.png"
PICTURE_SIZE = (1200, 630)
COMPARED = "Scenarios side by side: shift against no levers, points"
QUESTION = "What do you expect? Make your prediction before you see the results."

Query = Mapping[str, Sequence[str]]


def all_asked_of(query: Query) -> tuple[Asked, ...]:
    """The scenarios that a link shows: those of a comparison, or the one of the other pages."""
    return comparison.read(query).all_asked if "with" in query else (single.read(query).asked,)


def title(query: Query) -> str:
    """What a link shows, in a few words."""
    all_asked = all_asked_of(query)
    return all_asked[0].name if len(all_asked) == 1 else " | ".join(compared.names(all_asked))


def sentence(query: Query) -> str:
    """The finding, that it is no forecast, and the middle shift of each worldview or scenario."""
    all_asked = all_asked_of(query)
    if any(asked.hidden for asked in all_asked):
        return QUESTION
    if len(all_asked) == 1:
        (asked,) = all_asked
        cards = cache.cards(cache.run_key(asked))
        found = f"{finding.finding(cards, asked.scenario)}. {words.CAVEAT}"
        told = words.middle_shifts_sentence(asked.scenario, cache.middle_shifts(asked))
        structure = f"Structure switched: {words.structure_name(asked.switched)}." if asked.switched else ""
        return " ".join(part for part in (found, told, structure, _history(asked)) if part)
    each = "; ".join(
        f"{letter} by {asked.scenario.last_year}: {words.middle_shifts_words(cache.middle_shifts(asked))}"
        for letter, asked in zip(compared.LETTERS, all_asked, strict=False)
    )
    named = zip(compared.LETTERS, (words.structure_name(asked.switched) for asked in all_asked), strict=False)
    structure = f"Structure of {'; '.join(f'{letter}: {name}' for letter, name in named)}. "
    structure *= any(asked.switched for asked in all_asked)
    of = "alignment" if compared.grounds_apart(all_asked) else history.alignment_of(all_asked[0].scenario)
    return f"Shift of {of}, points of 100. {each}. {structure}{words.CAVEAT}"


def strips(all_asked: Sequence[Asked]) -> Board:
    """A strip a scenario, all on one axis."""
    found = {
        letter: cache.cards(cache.run_key(asked)) for letter, asked in zip(compared.LETTERS, all_asked, strict=False)
    }
    low, high = strip.shift_range([card for cards in found.values() for card in cards])
    drawn = []
    for (letter, cards), asked in zip(found.items(), all_asked, strict=True):
        figure = strip.strip(cards, "light", moved=words.moves_something(asked.scenario), small=True)
        figure["layout"]["xaxis"]["range"] = [low, high]
        told = words.strip_alt(cards, asked.scenario)
        drawn.append(Card(letter, figure, f"{asked.name}. {told}", title=f"{letter} · {asked.name}", scale="shift"))
    return Board(tuple(drawn))


def _history(asked: Asked) -> str:
    """That it is a historic analogue, and why it may not fit; empty for other scenarios."""
    told = history.in_short(asked.scenario)
    return told and f"A historic analogue: {told}"


def tags(query: Query, base: str) -> str:
    """The HTML that a crawler looks for; `base` is the address below which the pages are, everything is escaped."""
    width, height = PICTURE_SIZE
    picture = f"{base}{PICTURE_PATH}?{urlencode(query, doseq=True)}"
    properties = {
        "og:type": "website",
        "og:site_name": SITE,
        "og:title": title(query),
        "og:description": sentence(query),
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": sentence(query),
    }
    lines = [f'<meta property="{key}" content="{escape(value)}" />' for key, value in properties.items()]
    return "\n".join([*lines, '<meta name="twitter:card" content="summary_large_image" />'])


def head(page: Page) -> str:
    """The HTML that a page has whatever is asked: its description, where the server is, and Plotly's script."""
    lines = [f'<meta name="description" content="{escape(page.sentence)}" />']
    if page.has_charts:
        lines.append(f'<link rel="preload" href="{escape(plotly_address())}" as="script" />')
    lines.append(  # what Streamlit's scripts let a host say
        f"<script>window.__streamlit = {{ BACKEND_BASE_URL: location.origin + {json.dumps(base_path())} }}</script>"
    )
    return "\n".join(lines)


def _page(scope: Scope) -> Page | None:
    """The page that is asked for; None where it is none of this app's."""
    path: str = scope.get("path", "")
    if scope["type"] != "http" or scope["method"] != "GET" or not path.startswith(base_path()):
        return None
    return page_at(path.removeprefix(base_path()).strip("/"))


async def _tags(scope: Scope, query: Query) -> str:
    """The tags of a link; none where the server is busy, since the page itself must come."""
    try:
        return await BOARDS.run(client_of(scope), partial(tags, query, page_address(scope)))
    except HTTPException:
        return ""


class LinkPreviews:
    """Middleware that writes what a page is and shows into its HTML; everything else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        page = _page(scope)
        if page is None:
            await self.app(scope, receive, send)
            return
        told_of = len(scope["query_string"]) <= single.LONGEST  # a preview of more would not be what the page shows
        query = single.query_of(scope["query_string"].decode("latin-1")) if told_of else {}
        if page.path != COMPARE:
            query.pop("with", None)

        async def written(headers: MutableHeaders, body: bytes) -> bytes:
            told = f"{head(page)}\n{await _tags(scope, query) if told_of else ''}\n</head>"
            for name in ("etag", "last-modified", "accept-ranges"):
                del headers[name]
            whole = body.replace(b"</head>", told.encode(), 1).replace(b"</body>", f"{style_link()}</body>".encode(), 1)
            return whole.replace(b"<title>Streamlit</title>", f"<title>{escape(page.tab)}</title>".encode(), 1)

        await rewritten(self.app, _unpacked(scope), receive, send, _is_html, written)


def _unpacked(scope: Scope) -> Scope:
    """The request of a client that unpacks nothing: what comes packed cannot be written into."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}


def _is_html(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html")

"""What the server answers beside the page, such as boards for a moving thumb, and what every request passes first."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import plotly
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from model import InputError
from model.assumptions.edits import identities
from model.assumptions.scenario import check_setting, set_values, setting, whole_number
from model.errors import choose
from ui.drawn.boards import FOLLOWING, Board
from ui.drawn.lost import lever_marks
from ui.drawn.palette import INKS
from ui.exports.offered import EXPORT_PATH
from ui.links import single
from ui.links.addresses import PLOTLY_PATH, base_path, public_address
from ui.links.asked import BASE, Asked, Shown, fixed_settings, open_settings
from ui.server.api.answers import PREFIX
from ui.server.api.routes import api_routes
from ui.server.connections import Connections
from ui.server.downloads import QR_PATH, download_routes
from ui.server.known_host import KnownHost
from ui.server.limits import BOARDS
from ui.server.packed import Packed
from ui.server.parts import KEPT, PARTS_PATH, part, style
from ui.server.previews import LinkPreviews
from ui.server.rewriting import packed_response, script_response
from ui.server.uploads import Uploads
from ui.told import cache, words

BOARD_PATH, LOST_PATH = "/board", "/lost"
WORKED_OUT = (
    BOARD_PATH,
    LOST_PATH,
    EXPORT_PATH,
    QR_PATH,
    PREFIX,
)  # for readers and programs, no pages that a search can find


def routes() -> list[BaseRoute]:
    """All routes beside Streamlit's own, below the path at which the page is served, which Streamlit does not add.

    Raises:
        InputError: the environment names an address or an origin that is none.
    """
    public_address()
    base = base_path()
    return [
        *(Route(f"{where}/robots.txt", robots) for where in sorted({"", base})),  # a crawler asks at the root only
        Route(base + PLOTLY_PATH, plotly_script),
        Route(f"{base}{PARTS_PATH}/{{name}}.js", part),
        Route(f"{base}{PARTS_PATH}/{{name}}.css", style),
        Route(f"{base}{BOARD_PATH}/{{name}}", BOARDS.answering(board_as_data)),
        Route(f"{base}{LOST_PATH}", BOARDS.answering(lost_as_data)),
        *download_routes(base),
        *api_routes(base=base),
    ]


def middleware() -> list[Middleware]:
    """What every request passes, the page's own too, before it is answered."""
    return [Middleware(one) for one in (KnownHost, Connections, Uploads, LinkPreviews, Packed)]


def robots(_request: Request) -> Response:
    """What crawlers may ask for: pages and their previews, but nothing that is worked out for who asks."""
    kept_from = "".join(f"Disallow: {base_path()}{path}\n" for path in WORKED_OUT)
    return PlainTextResponse(f"User-agent: *\n{kept_from}", headers={"Cache-Control": "public, max-age=3600"})


def board_address(name: str, now: Asked, before: Asked | None, shown: Shown, theme: str, alone: str = "") -> str:
    """Where a board stands: what is asked, and the settings and structure before its last change, `was=key:value` each.

    Without `was`, settings that are still moving can be added, `move=key:value` each; `alone=` a worldview to look at
    by itself comes last.
    """
    was = {key: setting(before.scenario, key) for key in open_settings(now.scenario)} if before else {}
    changed = [f"&was={key}:{value}" for key, value in was.items() if value != setting(now.scenario, key)]
    if before and before.switched != now.switched:
        changed.append(f"&was=structure:{single.SEPARATOR.join(before.switched) or BASE}")
    changed += [f"&alone={alone}"] * bool(alone)
    return f"{base_path()}{BOARD_PATH}/{name}?{single.text(now, shown)}&theme={theme}{''.join(changed)}"


def board_as_data(request: Request) -> Response:
    """A board of what the query asks as JSON, with its address.

    With `was=key:value` it tells of the change from those settings to what is asked, with `move=key:value` of one from
    what is asked to those settings.
    """
    if len(request.scope["query_string"]) > single.LONGEST:
        return PlainTextResponse(f"The query is longer than {single.LONGEST} characters.", 400)
    query = {key: request.query_params.getlist(key) for key in request.query_params if key != "theme"}
    name, theme = request.path_params["name"], request.query_params.get("theme", "light")
    try:
        was, structure = _earlier(query.pop("was", ()))
        moved = _settings(query.pop("move", ()))
        alone = next(iter(query.pop("alone", ())), "")
        if alone:
            choose("There is no worldview", alone, identities())
    except InputError as error:
        return PlainTextResponse(str(error), 400)
    opened = single.read(query)
    fixed = [key for key in fixed_settings(opened.asked.scenario) if key in was or key in moved]
    if fixed:
        return PlainTextResponse(single.of_the_era(opened.asked.scenario, fixed[0]), 400)
    if opened.asked.hidden:
        return PlainTextResponse("Results are hidden until a prediction is made.", 403)
    if name not in FOLLOWING or theme not in INKS:
        return PlainTextResponse(f"There is a board for each of {', '.join(FOLLOWING)}, light or dark.", 404)
    now, earlier = _moved(opened.asked, moved), opened.asked if moved else _moved(opened.asked, was)
    if structure is not None and not moved:
        earlier = replace(earlier, switched=structure)
    before = earlier if earlier != now else None
    address = board_address(name, now, before, opened.shown, theme, alone)
    packed = _packed_board(_Drawn(address, lambda: FOLLOWING[name](now, before, theme, opened.shown.worldviews, alone)))
    return packed_response(request, packed, "application/json", "private, max-age=300")


def lost_address(now: Asked, shown: Shown, theme: str) -> str:
    """Where it stands what would be lost without each lever; empty where no lever is moved."""
    if not words.moves_something(now.scenario):
        return ""
    return f"{base_path()}{LOST_PATH}?{single.text(replace(now, title=''), Shown(chosen=shown.chosen))}&theme={theme}"


def lost_as_data(request: Request) -> Response:
    """What would be lost without each lever that is moved, for the column beside the sliders, as JSON."""
    if len(request.scope["query_string"]) > single.LONGEST:
        return PlainTextResponse(f"The query is longer than {single.LONGEST} characters.", 400)
    query = {key: request.query_params.getlist(key) for key in request.query_params if key != "theme"}
    opened, theme = single.read(query), request.query_params.get("theme", "light")
    if opened.asked.hidden:
        return PlainTextResponse("Results are hidden until a prediction is made.", 403)
    if theme not in INKS:
        return PlainTextResponse("The theme is light or dark.", 404)
    packed = _packed_lost(cache.run_key(opened.asked), opened.shown.worldviews, theme)
    return packed_response(request, packed, "application/json", "private, max-age=300")


@lru_cache(maxsize=500)
def _packed_lost(at: cache.RunKey, worldviews: tuple[str, ...], theme: str) -> bytes:
    data = lever_marks(cache.dropped(at), worldviews, theme)
    return gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 4)


@dataclass(frozen=True)
class _Drawn:
    """The address of a board, by which it is known, and how it is drawn."""

    address: str
    draw: Callable[[], Board] = field(compare=False)


@lru_cache(maxsize=500)
def _packed_board(drawn: _Drawn) -> bytes:
    data = drawn.draw().as_data() | {"address": drawn.address}
    return gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 4)


def _earlier(changes: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...] | None]:
    """Settings by name, and what was switched in the structure where a change names it.

    Raises:
        InputError: one is unknown, no whole number or out of range, or names no structure.
    """
    told = [text.partition(":")[2] for text in changes if text.startswith("structure:")]
    found, notices = single.structure_of(told[0] if told else None)
    if notices:
        raise InputError(" ".join(notices))
    return _settings([text for text in changes if not text.startswith("structure:")]), found if told else None


def _settings(changes: Sequence[str]) -> dict[str, int]:
    """Settings by name.

    Raises:
        InputError: one is unknown, no whole number or out of range.
    """
    parts = [text.partition(":") for text in changes]
    return {key: check_setting(key, whole_number(key, value)) for key, _, value in parts}


def _moved(asked: Asked, values: Mapping[str, int]) -> Asked:
    return replace(asked, scenario=set_values(asked.scenario, values))


def plotly_script(request: Request) -> Response:
    """Plotly's script; its address holds the version, so a browser may keep it for ever."""
    return script_response(request, _plotly(), KEPT)


@lru_cache(maxsize=1)
def _plotly() -> bytes:
    return (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()

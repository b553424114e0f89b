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
from model.assumptions.edits import Edits, Values, copied_values, editable, edits, identities, read_change
from model.assumptions.scenario import check_setting, set_values, setting, settings, whole_number
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
from ui.server.tracks import TRACKS_PATH, tracks_as_data
from ui.server.uploads import Uploads
from ui.told import cache, words

BOARD_PATH, LOST_PATH = "/board", "/lost"
MOST_NUMBERS = 3  # of a reader's own worldview whose earlier values an address tells; a hand moves one
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
        Route(f"{base}{TRACKS_PATH}/{{copied}}/{{name}}.json", tracks_as_data),
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
    """Where a board stands: what is asked, and what its last change changed as it was before, `was=key:value` each.

    A key is a setting, `structure`, or a number of the reader's own worldview, with its values as a link has them.
    Without `was`, what is still moving can be added, `move=key:value` each; `alone=` a worldview to look at by itself
    comes last.
    """
    was = {key: setting(before.scenario, key) for key in open_settings(now.scenario)} if before else {}
    changed = [f"&was={key}:{value}" for key, value in was.items() if value != setting(now.scenario, key)]
    changed += [f"&was={key}:{single.values_text(values)}" for key, values in _numbers_before(now, before).items()]
    if before and before.switched != now.switched:
        changed.append(f"&was=structure:{single.SEPARATOR.join(before.switched) or BASE}")
    changed += [f"&alone={alone}"] * bool(alone)
    return f"{base_path()}{BOARD_PATH}/{name}?{single.text(now, shown)}&theme={theme}{''.join(changed)}"


def board_as_data(request: Request) -> Response:
    """A board of what the query asks as JSON, with its address.

    With `was=key:value` it tells of the change from there to what is asked, with `move=key:value` of one from what is
    asked to there; see `board_address`.
    """
    if len(request.scope["query_string"]) > single.LONGEST:
        return PlainTextResponse(f"The query is longer than {single.LONGEST} characters.", 400)
    query = {key: request.query_params.getlist(key) for key in request.query_params if key != "theme"}
    name, theme = request.path_params["name"], request.query_params.get("theme", "light")
    was, moves = query.pop("was", ()), query.pop("move", ())
    alone = next(iter(query.pop("alone", ())), "")
    opened = single.read(query)
    try:
        if alone:
            choose("There is no worldview", alone, identities())
        now = _with(opened.asked, moves)
        earlier = opened.asked if moves else _with(opened.asked, was)
    except InputError as error:
        return PlainTextResponse(str(error), 400)
    if opened.asked.hidden:
        return PlainTextResponse("Results are hidden until a prediction is made.", 403)
    if name not in FOLLOWING or theme not in INKS:
        return PlainTextResponse(f"There is a board for each of {', '.join(FOLLOWING)}, light or dark.", 404)
    if not _numbers_before(now, earlier):
        earlier = replace(earlier, own=now.own)  # the address does not tell of it
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


def _numbers_before(now: Asked, before: Asked | None) -> Mapping[str, Values]:
    """The numbers of a reader's own worldview that were others before, as they were; none where it is another copy."""
    own, earlier = now.own, before.own if before else None
    if own is None or earlier is None or own.copied != earlier.copied or now.scenario.analogue:
        return {}
    found = {name: earlier.values(name) for name in editable() if earlier.values(name) != own.values(name)}
    return found if len(found) <= MOST_NUMBERS else {}


def _with(asked: Asked, changes: Sequence[str]) -> Asked:
    """What is asked, changed as an address tells it: `key:value` each.

    Raises:
        InputError: a key is unknown or cannot be changed here, or a value is none that it can have.
    """
    told = {key: value for key, _, value in (text.partition(":") for text in changes)}
    if "structure" in told:
        switched, notices = single.structure_of(told.pop("structure"))
        if notices:
            raise InputError(" ".join(notices))
        asked = replace(asked, switched=switched)
    for key in told:
        choose("There is no setting", key, (*settings(), *editable()))
    numbers = {key: told.pop(key) for key in list(told) if key in editable()}
    if numbers:
        asked = replace(asked, own=_edited(asked, numbers))
    values = {key: check_setting(key, whole_number(key, value)) for key, value in told.items()}
    fixed = [key for key in fixed_settings(asked.scenario) if key in values]
    if fixed:
        raise InputError(single.of_the_era(asked.scenario, fixed[0]))
    return replace(asked, scenario=set_values(asked.scenario, values))


def _edited(asked: Asked, numbers: Mapping[str, str]) -> Edits:
    """The reader's own worldview with other numbers, as text: `0.2~0.3~0.5`, or nothing for those that were copied.

    Raises:
        InputError: there is no worldview of the reader's own here, or it cannot have these numbers.
    """
    own = asked.own
    if own is None or asked.scenario.analogue:
        where = "a historic analogue has" if own else "this link holds"
        raise InputError(f"{next(iter(numbers))} is a number of a worldview of your own, but {where} none.")
    values = {
        name: read_change(name, text.split(single.EDIT_SEPARATOR)) if text else copied_values(own.copied, name)
        for name, text in numbers.items()
    }
    return edits(own.copied, {**dict(own.changes), **values})


def plotly_script(request: Request) -> Response:
    """Plotly's script; its address holds the version, so a browser may keep it for ever."""
    return script_response(request, _plotly(), KEPT)


@lru_cache(maxsize=1)
def _plotly() -> bytes:
    return (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()

"""What can be taken along, as routes beside the page: pictures and tables of every board, files of the whole view.

Plain links, so that they work in any number of processes, can be shared and need no click of a script. The query is
that of the page's link.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from model import InputError, catalog
from model.errors import nearest, shown
from ui import boards, link, preview, short
from ui.api_rules import LIMIT, Clients
from ui.exports import brief, images, qr, scenario_file, tables
from ui.exports.stamp import file_name, stamp
from ui.palette import INKS
from ui.place import Place

EXPORT_PATH, SHORT_PATH = "/export", "/s"
TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "toml": "application/toml",
    "pdf": "application/pdf",
}
VIEW: dict[str, Callable[[Place, str], bytes]] = {
    "pdf": lambda place, base: brief.brief(place, base),
    "xlsx": lambda place, base: tables.workbook(place, base),
    "parquet": lambda place, base: tables.parquet(place, base),
    "json": lambda place, base: tables.result_json(place, base),
    "toml": lambda place, base: scenario_file.to_toml(place.scenario, place.name, stamp(place, base)).encode(),
}
OF_BOARD = ("png", "svg", "csv")
KEPT = {"Cache-Control": "public, max-age=3600"}


def download_routes() -> list[BaseRoute]:
    """The routes."""
    return [
        Route(f"{EXPORT_PATH}/view.{{ending}}", view),
        Route(f"{EXPORT_PATH}/{{name}}.{{ending}}", board),
        Route("/qr.svg", code),
        Route(preview.PICTURE_PATH, picture),
        Route(f"{SHORT_PATH}/{{code}}", follow),
    ]


_clients = Clients(LIMIT)


def _count(request: Request) -> None:
    """Refuse who asks too often: HTTPException 429."""
    _clients.count(request.client.host if request.client else "")


def _asked(request: Request) -> link.Opened:
    """What the query asks for.

    Raises:
        InputError: it is too long or asks for results that are hidden.
    """
    if len(request.url.query) > link.LONGEST:
        raise InputError(f"The query is longer than {link.LONGEST} characters.")
    opened = link.read(link.query_of(request.url.query))
    if opened.place.hidden:
        raise InputError("Results are hidden until a prediction is made, so there is nothing to take along yet.")
    return opened


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def view(request: Request) -> Response:
    """A file of the whole view: brief, workbook, series, result or scenario."""
    _count(request)
    ending = request.path_params["ending"]
    try:
        if ending not in VIEW:
            raise InputError(f"There is no view.{ending}; {nearest(ending, VIEW)}")
        place = _asked(request).place
        return _file(VIEW[ending](place, _base(request)), file_name("view", place, ending), ending)
    except InputError as error:
        return PlainTextResponse(str(error), 400)


def board(request: Request) -> Response:
    """A board, or one card of it, as a picture, or its numbers as a table."""
    name, ending = request.path_params["name"], request.path_params["ending"]
    query = request.query_params
    _count(request)
    try:
        if name not in boards.EXPORTED or ending not in OF_BOARD:
            raise InputError(f"There is no {shown(f'{name}.{ending}')}; {nearest(name, boards.EXPORTED)}")
        opened, exported = _asked(_without(request, "theme", "card", "lever")), boards.EXPORTED[name]
        if name == "dose":
            exported = boards.dose_of(_lever(query.get("lever")))
        place, mark = opened.place, stamp(opened.place, _base(request))
        called = file_name(exported.title, place, ending)
        if ending == "csv":
            return _file(tables.csv(exported.table(place), mark), called, ending)
        theme = query.get("theme", "light")
        if theme not in INKS:
            raise InputError(f"The theme is {shown(theme)}; {nearest(theme, INKS)}")
        cards = exported.build(place, None, theme, opened.look.shown).cards
        cards = tuple(card for card in cards if query.get("card") in (None, card.key))
        if not cards:
            raise InputError(f"The board {name} has no card {shown(query['card'])}.")
        title = f"{exported.title}: {place.name}"
        drawn = images.sheet(cards, "png" if ending == "png" else "svg", title, "", mark, theme)
        return _file(drawn, called, ending)
    except InputError as error:
        return PlainTextResponse(str(error), 400)


def _lever(key: str | None) -> str | None:
    if key is not None and key not in catalog().levers:
        raise InputError(f"There is no lever {shown(key)}; {nearest(key, catalog().levers)}")
    return key


def _without(request: Request, *names: str) -> Request:
    """The request without parts of its query that are no parts of a link."""
    rest = [(key, value) for key, value in request.query_params.multi_items() if key not in names]
    return Request({**request.scope, "query_string": urlencode(rest).encode()})


def _file(content: bytes, name: str, ending: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", **KEPT}
    return Response(content, media_type=TYPES[ending], headers=headers)


def picture(request: Request) -> Response:
    """The picture that goes with a link: the four worldviews of its scenario."""
    try:
        _count(request)
        return Response(
            _picture(request.url.query[: link.LONGEST], _base(request)), media_type="image/png", headers=KEPT
        )
    except InputError as error:
        return PlainTextResponse(str(error), 503)


@lru_cache(maxsize=200)
def _picture(query: str, base: str) -> bytes:
    asked = link.query_of(query)
    place = preview.places_of(asked)[0]
    cards = () if place.hidden else boards.worldviews(place, None, "light").cards
    return images.preview(cards, preview.title(asked), preview.sentence(asked), stamp(place, base))


def code(request: Request) -> Response:
    """The full link of the page as a QR code."""
    try:
        _count(request)
        address = f"{_base(request)}/?{request.url.query[: link.LONGEST]}"
        return Response(qr.qr_svg(address), media_type=TYPES["svg"], headers=KEPT)
    except InputError as error:
        return PlainTextResponse(str(error), 400)


def follow(request: Request) -> Response:
    """Go where a short link leads."""
    try:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/?{short.query(request.path_params['code'])}")
    except InputError as error:
        return PlainTextResponse(str(error), 404)

"""What can be downloaded, as routes beside the page: pictures and tables of every board, files of the whole view.

Plain links, so that they work in any number of processes, can be shared and need no click of a script. The query is
that of the page's link.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from model import InputError, catalog
from model.assumptions.edits import identities
from model.assumptions.renamed import renaming_sentences
from model.errors import choose, nearest, shown
from ui.drawn import boards
from ui.drawn.boards import Board
from ui.drawn.palette import INKS
from ui.exports import brief, pictures, scenario_file, tables, worldview_file
from ui.exports.offered import (
    EXPORT_PATH,
    OF_BOARD,
    OFFERED,
    AllAsked,
    Offered,
    argument_of,
    credit_of,
    dose_of,
    forecasts_of,
    observed_of,
    worldview_of,
)
from ui.exports.renderer import NO_BROWSER, NoPicture
from ui.exports.stamp import (
    Stamp,
    comparison_file_name,
    comparison_stamp,
    file_name,
    of_the_record,
    qr_svg,
    record_file_name,
    stamp,
)
from ui.links import chosen, comparison, short, single
from ui.links.addresses import base_path, page_address
from ui.links.asked import Asked, Shown, starting_points, worldviews_of
from ui.server import previews
from ui.server.limits import BOARDS, EXPORTS
from ui.told import levers, observed, words
from ui.told.seen import seen

SHORT_PATH = "/s"
QR_PATH = "/qr.svg"
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
VIEW: dict[str, Callable[[Asked, str], bytes]] = {
    "pdf": lambda asked, base: brief.brief(asked, base),
    "xlsx": lambda asked, base: tables.workbook(asked, base),
    "parquet": lambda asked, base: tables.parquet(asked, base),
    "json": lambda asked, base: tables.result_json(asked, base),
    "toml": lambda asked, base: scenario_file.to_toml(asked.scenario, asked.name, stamp(asked, base)).encode(),
}
MOST_TOLD = 2  # faults of a query in one refusal
# What says more exactly what is downloaded, and is no part of the link of a scenario.
WHICH = ("lever", "view", "worldview", chosen.SERIES, chosen.YEARS, chosen.AHEAD)
KEPT = {"Cache-Control": "public, max-age=3600"}


def download_routes(base: str = "") -> list[BaseRoute]:
    """The routes; `base` is the path below which the page is served."""
    return [
        Route(f"{base}{EXPORT_PATH}/view.{{ending}}", EXPORTS.answering(view)),
        Route(f"{base}{EXPORT_PATH}/worldview.toml", EXPORTS.answering(own_worldview)),
        Route(f"{base}{EXPORT_PATH}/{{name}}.{{ending}}", EXPORTS.answering(board_or_table)),
        Route(base + QR_PATH, EXPORTS.answering(code)),
        Route(base + previews.PICTURE_PATH, EXPORTS.answering(preview)),
        Route(f"{base}{SHORT_PATH}/{{code}}", BOARDS.answering(follow)),
    ]


def _opened(request: Request, tells: bool = True) -> single.Opened:
    """What the query asks for; what is downloaded is passed on, so it is what was asked for or nothing.

    Raises:
        InputError: it is too long, cannot be followed in full, or asks for results that are hidden.
    """
    opened = single.read(_query(request))
    _followed(opened.notices)
    if tells and opened.asked.hidden:
        raise InputError("Results are hidden until a prediction is made, so there is nothing to download yet.")
    return opened


def _query(request: Request) -> dict[str, list[str]]:
    return single.query_of(_text(request))


def _text(request: Request) -> str:
    """The query as it was sent.

    Raises:
        InputError: it is too long.
    """
    text: str = request.scope["query_string"].decode("latin-1")
    if len(text) > single.LONGEST:
        raise InputError(f"The query is longer than {single.LONGEST} characters.")
    return text


def _followed(notices: tuple[str, ...]) -> None:
    if faults := [notice for notice in notices if notice not in renaming_sentences()]:
        raise InputError(" ".join(faults[:MOST_TOLD]))


def view(request: Request) -> Response:
    """A file of the whole view: brief, workbook, series, result or scenario."""
    ending = request.path_params["ending"]
    try:
        if ending not in VIEW:
            raise InputError(f"There is no view.{ending}; {nearest(ending, VIEW)}")
        asked = _opened(request).asked
        return _file(VIEW[ending](asked, page_address(request.scope)), file_name("view", asked, ending), ending)
    except InputError as error:
        return PlainTextResponse(str(error), 400)


def own_worldview(request: Request) -> Response:
    """The reader's own worldview as a file that the page, the command line and Python read."""
    try:
        asked = _opened(request, tells=False).asked
        if not asked.own:
            raise InputError("The link holds no worldview of your own; own and edit say one.")
        told = worldview_file.to_toml(asked.own, stamp(asked, page_address(request.scope)))
        return _file(told.encode(), "your-worldview.toml", "toml")
    except InputError as error:
        return PlainTextResponse(str(error), 400)


def board_or_table(request: Request) -> Response:
    """A board, or one card of it, as a picture, or its numbers as a table; or a table that has no board."""
    name, ending = request.path_params["name"], request.path_params["ending"]
    try:
        offered = _offered(name, ending, request.query_params)
        query = _without(request, "theme", "card", *WHICH)
        all_asked, shown = _all_asked(query) if offered.compares else _one_asked(query, offered.tells)
        mark, called = _marked(offered, all_asked, page_address(request.scope), ending)
        if ending == "csv" or offered.build is None:
            if not offered.recorded:
                mark = replace(mark, title=f"{offered.title}: {mark.title}")
            return _file(tables.csv(offered.table(all_asked), mark), called, ending)
        theme = request.query_params.get("theme", "light")
        choose("The theme is", theme, INKS)
        board = offered.build(all_asked, theme, shown.worldviews)
        mark = replace(mark, observed=offered.observed(all_asked))
        drawn = _cards(board, None if offered.by_view else request.query_params.get("card"))
        if offered.compares:
            title, drawn = offered.title, replace(drawn, reading=f"{mark.title}. {drawn.reading}")
        else:
            title = mark.title if drawn.told or offered.recorded else f"{offered.title}: {mark.title}"
        return _file(pictures.picture(drawn, "png" if ending == "png" else "svg", title, mark, theme), called, ending)
    except InputError as error:
        return PlainTextResponse(str(error), 400)
    except NoPicture as error:
        return _no_picture(error)


def _no_picture(error: NoPicture) -> Response:
    """Why there is no picture; asking again helps unless there is no browser."""
    headers = {} if str(error) == NO_BROWSER else {"Retry-After": "20"}
    return PlainTextResponse(str(error), 503, headers)


def _offered(name: str, ending: str, params: Mapping[str, str]) -> Offered:
    """What is offered under a name, as such a file; some names ask which lever, view or worldview it is.

    One worldview was a card of its own in addresses of earlier versions, and is what is looked at by itself.
    """
    found = OFFERED.get(name)
    if found is None or ending not in OF_BOARD or (ending != "csv" and found.build is None):
        raise InputError(f"There is no {shown(f'{name}.{ending}')}; {nearest(name, OFFERED)}")
    if name == "dose" and "lever" in params:
        return dose_of(_known("lever", params["lever"], catalog().levers))
    if name == "worldviews" and params.get("card") in identities():
        return worldview_of(params["card"])
    if name == "observed" and ending != "csv":  # the table holds all series and years
        series = chosen.one_of(chosen.SERIES, params.get(chosen.SERIES, observed.series_shown()[0]), chosen.series())
        return observed_of(series, chosen.span(params[chosen.YEARS])) if chosen.YEARS in params else observed_of(series)
    if name == "forecasts" and chosen.AHEAD in params and ending != "csv":
        return forecasts_of(int(chosen.one_of(chosen.AHEAD, params[chosen.AHEAD], chosen.horizons())))
    if name == "credit":
        view = _known("view", params.get("view", levers.SHARED), levers.VIEWS)
        return found if ending == "csv" else credit_of(view)  # the table holds all views
    if name == "argument":
        start = starting_points().get(params.get("preset", ""), starting_points()[single.FIRST_PRESET])
        first = worldviews_of(start)[0]
        return argument_of(_known("worldview", params.get("worldview", first), identities()))
    return found


def _one_asked(request: Request, tells: bool) -> tuple[AllAsked, Shown]:
    """The scenario of a query and what of it is shown."""
    opened = _opened(request, tells)
    return (opened.asked,), opened.shown


def _all_asked(request: Request) -> tuple[AllAsked, Shown]:
    """The scenarios that a query compares and what of them is shown."""
    opened = comparison.read(_query(request))
    if not opened.all_asked:
        raise InputError("The query names no scenarios to compare; for example with=opening-hand&with=status-quo.")
    _followed(opened.notices)
    return opened.all_asked, opened.shown


def _marked(offered: Offered, all_asked: AllAsked, base: str, ending: str) -> tuple[Stamp, str]:
    """The stamp of what is downloaded and the name of its file."""
    mark = comparison_stamp(all_asked, base) if offered.compares else stamp(all_asked[0], base)
    called = (
        comparison_file_name(offered.title, all_asked, ending)
        if offered.compares
        else file_name(offered.title, all_asked[0], ending)
    )
    if offered.recorded:
        query = "&".join(filter(None, (single.text(all_asked[0], seen=seen(all_asked[0])), offered.own)))
        caveat = "" if offered.members else words.OBSERVED
        mark = of_the_record(mark, query, base, caveat)
        mark, called = replace(mark, title=offered.title), record_file_name(offered.title, offered.own, ending)
    return replace(mark, range=offered.range, members=offered.members), called


def _cards(board: Board, card: str | None) -> Board:
    """The board with one card only, if one is asked for."""
    kept = tuple(one for one in board.cards if card in (None, one.key))
    if not board.cards:
        raise InputError("No lever is moved, so there is nothing to draw.")
    if not kept:
        raise InputError(f"There is no card {shown(str(card))}; {nearest(str(card), [one.key for one in board.cards])}")
    return replace(board, cards=kept)


def _known(kind: str, key: str, known: Collection[str]) -> str:
    return choose(f"There is no {kind}", key, known)


def _without(request: Request, *names: str) -> Request:
    """The request without parts of its query that are no parts of a link."""
    rest = [(key, value) for key, value in request.query_params.multi_items() if key not in names]
    return Request({**request.scope, "query_string": urlencode(rest).encode()})


def _file(content: bytes, name: str, ending: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", **KEPT}
    return Response(content, media_type=TYPES[ending], headers=headers)


def preview(request: Request) -> Response:
    """The picture that goes with a link: the worldviews of its scenario."""
    try:
        drawn = _preview(_text(request), page_address(request.scope))
        return Response(drawn, media_type="image/png", headers=KEPT)
    except InputError as error:
        return PlainTextResponse(str(error), 400)
    except NoPicture as error:
        return _no_picture(error)


@lru_cache(maxsize=200)
def _preview(query: str, base: str) -> bytes:
    parsed = single.query_of(query)
    all_asked = previews.all_asked_of(parsed)
    compares = "with" in parsed and len(all_asked) > 1
    mark = comparison_stamp(all_asked, base) if compares else stamp(all_asked[0], base)
    title = previews.title(parsed)
    if any(asked.hidden for asked in all_asked):
        board = Board(())
    elif compares:
        board, title = previews.strips(all_asked), previews.COMPARED
    else:
        board = boards.worldviews(all_asked[0], None, "light")
        mark = replace(mark, observed=observed.before_credits(all_asked[0].scenario))
    return pictures.preview(board, title, previews.sentence(parsed), mark)


def code(request: Request) -> Response:
    """The full link of the page as a QR code."""
    try:
        address = f"{page_address(request.scope)}/?{_text(request)}"
        return Response(qr_svg(address), media_type=TYPES["svg"], headers=KEPT)
    except InputError as error:
        return PlainTextResponse(str(error), 400)


def follow(request: Request) -> Response:
    """Go where a short link leads."""
    try:
        query = short.query(request.path_params["code"])
        return RedirectResponse(f"{request.scope.get('root_path', '')}{base_path()}/?{query}")
    except InputError as error:
        return PlainTextResponse(str(error), 404)

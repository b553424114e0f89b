"""Beside the page: Plotly's script, packed where the browser takes it packed, and boards for a moving thumb."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from model import presets, run
from model.analysis.goals import parse_goal
from model.assumptions.catalog import EDITED
from model.assumptions.edits import copied_values, editable, edits
from model.assumptions.scenario import set_values, settings
from model.engine.results import Result
from ui.drawn.boards import FOLLOWING, Board, Card
from ui.links import short, single
from ui.links.addresses import PLOTLY_PATH, plotly_address
from ui.links.asked import Asked, Shown
from ui.server import routes
from ui.server.previews import LinkPreviews
from ui.told import cache

ASKED = Asked(presets()["opening-hand"], (parse_goal("level<=58"),))
SETTINGS = {
    "nato": "50", "caatsa": "35", "g8": "50", "mil": "50", "ukraine": "50", "clarity": "80", "precond": "0",
    "allies": "60", "pressure_russia": "100", "pressure_china": "100", "start": "2021", "horizon": "10", "onset": "0",
    "ramp": "2",
}  # fmt: skip


def request(accepts: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [(b"accept-encoding", accepts.encode())]})


@pytest.mark.parametrize("accepts", ["gzip, br", "gzip", "identity", ""])
def test_the_script_arrives_whole_and_may_be_kept(accepts: str) -> None:
    answer = routes.plotly_script(request(accepts))
    body = bytes(answer.body)
    packing = answer.headers.get("content-encoding", "")
    script = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[packing](body)
    assert b"plotly.js" in script[:300]
    assert len(script) > 4_000_000
    assert "immutable" in answer.headers["cache-control"]
    assert packing == {"gzip, br": "br", "gzip": "gzip"}.get(accepts, "")


def test_the_address_names_the_version_and_is_routed() -> None:
    assert plotly_address() == PLOTLY_PATH
    assert PLOTLY_PATH in {getattr(route, "path", None) for route in routes.routes()}


def test_below_a_path_our_routes_answer_and_streamlits_pages_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.links.addresses.base_path", lambda: "/triangle")
    for module in ("routes", "downloads", "previews"):
        monkeypatch.setattr(f"ui.server.{module}.base_path", lambda: "/triangle")

    async def streamlit(_request: Request) -> HTMLResponse:
        return HTMLResponse("<head></head>")

    every = [*routes.routes(), Route("/triangle/{page:path}", streamlit)]
    client = TestClient(Starlette(routes=every, middleware=[Middleware(LinkPreviews)]), follow_redirects=False)
    page = client.get("/triangle/compare?with=opening-hand")
    assert 'content="http://testserver/triangle/preview.png?with=opening-hand"' in page.text
    assert f'href="/triangle{PLOTLY_PATH}"' in page.text
    assert 'BACKEND_BASE_URL: location.origin + "/triangle" }' in page.text
    for path in ("/robots.txt", "/triangle/robots.txt"):
        assert "\nDisallow: /triangle/export\n" in client.get(path).text
    for path in (PLOTLY_PATH, "/board/domains", "/export/view.toml", "/api/v1/healthz", "/qr.svg"):
        assert client.get(f"/triangle{path}").status_code == 200, path
        assert client.get(path).status_code == 404, path
    assert client.get(f"/triangle/s/{short.code(ASKED)}").headers["location"].startswith("/triangle/?v=2")
    assert client.get("/triangle/api/v1/openapi.json").json()["servers"] == [{"url": "/triangle"}]
    assert "http://testserver/triangle/?v=2" in client.get("/triangle/export/view.toml").text


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes.routes()))


MOVED = {"nato": "77", "pressure_russia": "80"}
MOVING = {
    "v": "2", "seed": "7", "preset": "opening-hand", **SETTINGS, **MOVED, "goal": "level_at_most_58",
    "open": "none", "show": "op-ed", "theme": "dark",
}  # fmt: skip


def test_a_moving_thumb_is_drawn_from_where_it_was_to_where_it_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """50 is where NATO talks stood and 100 the pressure on Russia; the address is that of where the thumb will rest."""
    drawn: list[tuple[object, ...]] = []

    def board(now: Asked, before: Asked | None, theme: str, shown: Sequence[str], _alone: str) -> Board:
        assert before is not None
        levers = (before.scenario.levers, now.scenario.levers)
        states = [(at["nato"], at["pressure_russia"], one.goals) for at, one in zip(levers, (before, now), strict=True)]
        drawn.append((*states, theme, tuple(shown)))
        return Board((Card("op-ed", {"data": []}, "In words."),), 2, "A note.")

    monkeypatch.setitem(FOLLOWING, "domains", board)
    where = routes.board_address("domains", ASKED, None, Shown(chosen=("op-ed",)), "dark")
    told = client.get(f"{where}&move=nato:77&move=pressure_russia:80").json()
    assert drawn == [((50, 100, ASKED.goals), (77, 80, ASKED.goals), "dark", ("op-ed",))]
    path, _, query = told.pop("address").partition("?")
    asked = parse_qs(query)
    assert path == "/board/domains"
    assert asked.pop("was") == ["nato:50", "pressure_russia:100"]
    assert len(asked.pop("set")[0]) == 8
    assert asked == {key: [value] for key, value in MOVING.items()}
    words = dict.fromkeys(("title", "glyph", "colour", "sentence", "ranged", "scale"), "")
    sizes = {"small": None, "below": 900}
    card: dict[str, object] = {"key": "op-ed", "figure": {"data": []}, "alt": "In words.", **words, **sizes}
    assert told == {"cards": [card], "columns": 2, "note": "A note."}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "columns", "keys", "said"),
    [
        ("worldviews", 2, ["drift", "strip"], "−21 points"),
        ("domains", 1, ["domains"], "Military"),
        ("outcomes", 1, ["outcomes"], "NATO cohesion"),
    ],
)
def test_a_board_for_a_moving_thumb_is_the_one_for_a_thumb_that_rests(
    client: TestClient, theme: str, name: str, columns: int, keys: list[str], said: str
) -> None:
    moving = client.get(routes.board_address(name, ASKED, None, Shown(), theme) + "&move=nato:77").json()
    assert (moving["columns"], [card["key"] for card in moving["cards"]]) == (columns, keys)
    assert said in json.dumps(moving["cards"], ensure_ascii=False)
    assert client.get(moving["address"]).json() == moving


def test_the_address_of_a_board_tells_the_structure_now_and_before_its_last_change(client: TestClient) -> None:
    switched = replace(ASKED, switched=("C1", "C6"))
    to, back = (
        routes.board_address("worldviews", *ends, Shown(), "light") for ends in ((switched, ASKED), (ASKED, switched))
    )
    assert "&structure=C1.C6&" in to
    assert to.endswith("&was=structure:base")
    assert back.endswith("&was=structure:C1.C6")
    for address, now, before in ((to, switched, ASKED), (back, ASKED, switched)):
        expected = FOLLOWING["worldviews"](now, before, "light", (), "").as_data() | {"address": address}
        assert client.get(address).json() == json.loads(json.dumps(expected))
    moving = client.get(f"{to}&move=nato:77").json()
    now = replace(switched, scenario=set_values(ASKED.scenario, {"nato": 77}))
    assert moving["address"] == routes.board_address("worldviews", now, switched, Shown(), "light")


def test_a_thumb_that_is_back_where_it_was_leaves_no_line_of_a_state_before(client: TestClient) -> None:
    address = "/board/worldviews?preset=giveaway&nato=17"
    for asked in (f"{address}&move=nato:17", f"{address}&was=nato:17", address):
        drift, strip = client.get(asked).json()["cards"]
        for card, ending, count in ((drift, "before the last change", 4), (strip, "before", 1)):
            ghosts = [one for one in card["figure"]["data"] if one["name"].endswith(ending)]
            assert [one["opacity"] for one in ghosts] == [0.0] * count


OWN = edits("op-ed", {"binding_share": (0.4, 0.6, 0.8), "salience.threat": (0.2,)})
MINE = replace(ASKED, own=OWN)


@pytest.mark.parametrize("name", [*FOLLOWING])
@pytest.mark.parametrize(
    ("moves", "changes"),
    [
        (["binding_share:0.1~0.2~0.85"], {"binding_share": (0.1, 0.2, 0.85)}),
        (["salience.threat:0.05", "drift_rate:1~2~3.25"], {"salience.threat": (0.05,), "drift_rate": (1, 2, 3.25)}),
        (["binding_share:"], {"binding_share": copied_values("op-ed", "binding_share")}),
    ],
)
def test_a_moving_number_of_ones_own_worldview_gives_what_stands_there_at_rest(
    client: TestClient, name: str, moves: list[str], changes: dict[str, tuple[float, ...]]
) -> None:
    now = replace(MINE, own=edits("op-ed", {**dict(OWN.changes), **changes}))
    where = routes.board_address(name, MINE, None, Shown(), "light")
    moving = client.get(where, params=[*parse_qsl(where.partition("?")[2]), *(("move", move) for move in moves)]).json()
    assert moving["address"] == routes.board_address(name, now, MINE, Shown(), "light")
    assert client.get(moving["address"]).json() == moving
    cache.cards.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "apart", lambda at: (at,))  # all five worldviews in one run
        cache.price_outcomes.cache_clear()
        cache.goal_counts.cache_clear()
        whole = FOLLOWING[name](now, MINE, "light", Shown().worldviews, "").as_data()
    assert moving == json.loads(json.dumps(whole | {"address": moving["address"]}))


def test_while_a_number_of_ones_own_worldview_moves_the_four_are_not_run_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = routes.board_address("worldviews", MINE, None, Shown(), "light")
    client.get(where)
    made: list[object] = []

    def counted(**asked: Any) -> Result:
        made.append(asked["worldviews"])
        return run(**asked)

    monkeypatch.setattr(cache, "run", counted)
    for share in ("0.311", "0.312"):
        assert client.get(f"{where}&move=binding_share:{share}~0.6~0.8").status_code == 200
    assert made == [(EDITED,), (EDITED,)]


def test_from_two_places_to_one_the_hollow_mark_is_where_each_came_from(client: TestClient) -> None:
    """The address of a board holds all that is drawn: what is kept for one is never given for the other."""
    told = []
    for share in (0.1, 0.3):
        asked = replace(MINE, own=OWN.changed("binding_share", (share, share, 0.8)))
        where = routes.board_address("worldviews", asked, None, Shown(), "light")
        told.append(client.get(f"{where}&move=binding_share:0.5~0.5~0.8").json())
    assert [one["address"].partition("&was=")[2] for one in told] == [
        "binding_share:0.1~0.1~0.8",
        "binding_share:0.3~0.3~0.8",
    ]
    filled, hollow = (
        [next(one["x"][-1] for one in board["cards"][1]["figure"]["data"] if one["name"] == name) for board in told]
        for name in ("middle", "before")
    )
    assert filled[0] == filled[1]
    assert hollow[0] < hollow[1] < filled[0]


def test_an_address_stays_short_and_can_be_asked_for_however_many_numbers_are_changed(client: TestClient) -> None:
    every = edits(
        "op-ed", {name: (one.low + 0.123456 * (one.high - one.low),) * one.count for name, one in editable().items()}
    )
    none = edits("op-ed", {})
    for now, before in ((every, none), (none, every), (every, every.changed("binding_share", (0.2, 0.3, 0.45)))):
        one, earlier = replace(MINE, own=now), replace(MINE, own=before)
        where = routes.board_address("worldviews", one, earlier, Shown(), "light")
        moved = f"{where}&move=binding_share%3A0.1234~0.2345~0.3456"
        assert len(moved) < single.LONGEST
        told = client.get(where).json()
        assert told["address"] == where
    assert "&was=binding_share:0.2~0.3~0.45" in where
    assert "&was=" not in routes.board_address("worldviews", replace(MINE, own=every), MINE, Shown(), "light")


def test_no_number_of_a_worldview_has_the_name_of_a_setting() -> None:
    """A board's address tells both in one way."""
    assert not {*editable()} & {*settings(), "structure"}


@pytest.mark.parametrize(
    ("query", "move", "said"),
    [
        (
            "own=op-ed",
            "binding_share:0.1~nan~0.8",
            "“binding_share” has “nan” where a number is wanted, for example 0.25.",
        ),
        ("own=op-ed", "binding_share:0.1~inf~0.8", "“binding_share” has “inf” where a number is wanted"),
        ("own=op-ed", "binding_share:0.1~0.2~1.1", "binding_share is 1.1, but the admissible range is 0 to 1."),
        ("own=op-ed", "binding_share:0.3~0.2~0.8", "low, central and high must be in this order."),
        ("own=op-ed", "binding_share:0.3", "binding_share is given 1 values, but it takes low, central and high."),
        ("own=op-ed", "salience.threat:~~", "“salience.threat” has “” where a number is wanted"),
        ("own=op-ed", "salience.treat:0.3", "There is no setting “salience.treat”; did you mean salience.threat?"),
        (
            "own=op-ed&edit=salience.status~0&edit=salience.economy~0&edit=salience.contact~0",
            "salience.threat:0",
            "The weights of salience are all 0; at least one must be above.",
        ),
        ("", "binding_share:0.1~0.2~0.8", "is a number of a worldview of your own, but this link holds none."),
        (
            "own=op-ed&preset=reset-2009",
            "binding_share:0.1~0.2~0.8",
            "binding_share is a number of a worldview of your own, but a historic analogue has none.",
        ),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_a_sentence(client: TestClient, query: str, move: str, said: str) -> None:
    answer = client.get(f"/board/worldviews?{query}&move={move}")
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/board/worldviews?move=nato:101", 400, "nato is “101”, but it must be a whole number, 0 to 100."),
        (
            "/board/worldviews?move=pressure_china:201",
            400,
            "pressure_china is “201”, but it must be a whole number, 0 to",
        ),
        ("/board/worldviews?move=nato", 400, "must be a whole number"),
        ("/board/worldviews?was=structure:C99", 400, "structure names “C99”, which was left out;"),
        ("/board/worldviews?move=bogus:1", 400, "There is no setting “bogus”"),
        ("/board/worldviews?theme=neon", 404, "light or dark"),
        ("/board/nope", 404, "worldviews, domains, outcomes"),
    ],
)
def test_a_board_that_cannot_be_given_is_explained(client: TestClient, address: str, status: int, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text


def test_a_worldview_can_be_looked_at_alone_and_an_unknown_one_is_refused_in_a_sentence(client: TestClient) -> None:
    address = routes.board_address("worldviews", ASKED, None, Shown(), "light", "sceptic")
    assert address.endswith("&theme=light&alone=sceptic")
    alone = client.get(address).json()
    assert alone["address"] == address
    opacity = {one["name"]: one.get("opacity", 1) for one in alone["cards"][0]["figure"]["data"]}
    assert (opacity["Sceptic, with levers"], opacity["Op-ed, with levers"]) == (1.0, 0.0)
    assert "alone=" not in routes.board_address("worldviews", ASKED, None, Shown(), "light")
    refused = client.get("/board/worldviews?preset=opening-hand&alone=septic")
    assert (refused.status_code, refused.text) == (400, "There is no worldview “septic”; did you mean sceptic?")


def lost(client: TestClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["cache-control"] == "private, max-age=300"
    told: dict[str, Any] = answer.json()
    return told


def test_what_each_lever_adds_is_told_for_the_views_and_the_theme_that_are_shown(client: TestClient) -> None:
    told = lost(client, routes.lost_address(ASKED, Shown(), "light"))
    assert list(told["levers"]) == ["nato", "caatsa", "g8", "mil", "ukraine", "clarity", "allies"]
    assert told["levers"]["clarity"]["told"] == "Op-ed 10 apart"
    assert [mark["colour"] for mark in told["levers"]["nato"]["marks"]] == ["#c4568f", "#0f8a66", "#1f78b8", "#cf5c00"]
    dark = lost(client, routes.lost_address(ASKED, Shown(chosen=("op-ed",)), "dark"))
    assert [mark["colour"] for mark in dark["levers"]["nato"]["marks"]] == ["#5aa9e6"]


def test_the_column_beside_the_levers_is_worked_out_once_whatever_else_a_link_says(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []

    def marks(_found: object, _worldviews: object, theme: str) -> dict[str, Any]:
        drawn.append(theme)
        return {"reach": [0, 1], "levers": {}}

    monkeypatch.setattr(routes, "lever_marks", marks)
    routes._packed_lost.cache_clear()
    titled = replace(ASKED, title="Ours")
    addresses = [routes.lost_address(one, Shown(open=("goals",)), "light") for one in (ASKED, titled)]
    assert addresses[0] == addresses[1] == routes.lost_address(ASKED, Shown(), "light")
    for address in (*addresses, f"{addresses[0]}&title=Theirs&open=dose"):
        assert lost(client, address) == {"reach": [0, 1], "levers": {}}
    assert drawn == ["light"]
    lost(client, routes.lost_address(ASKED, Shown(), "dark"))
    lost(client, routes.lost_address(replace(ASKED, seed=8), Shown(), "light"))
    assert drawn == ["light", "dark", "light"]
    routes._packed_lost.cache_clear()


def test_without_a_moved_lever_there_is_no_column_to_ask_for_and_none_is_given(client: TestClient) -> None:
    still = Asked(presets()["status-quo"])
    assert routes.lost_address(still, Shown(), "light") == ""
    assert lost(client, "/lost?preset=status-quo") == {"reach": [-5.5, 1.5], "levers": {}}


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("preset=opening-hand&predict=first", 403, "Results are hidden until a prediction is made."),
        ("preset=opening-hand&theme=neon", 404, "The theme is light or dark."),
        (f"title={'x' * 4000}", 400, "The query is longer than 4000 characters."),
    ],
)
def test_a_column_that_cannot_be_given_is_explained(client: TestClient, query: str, status: int, said: str) -> None:
    answer = client.get(f"/lost?{query}")
    assert (answer.status_code, answer.text) == (status, said)

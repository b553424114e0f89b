"""Beside the page: Plotly's script, packed where the browser takes it packed, and boards for a moving thumb."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from model import presets
from model.analysis.goals import parse_goal
from model.assumptions.scenario import set_values
from ui.drawn.boards import FOLLOWING, Board, Card
from ui.links import short
from ui.links.addresses import PLOTLY_PATH, plotly_address
from ui.links.asked import Asked, Shown
from ui.server import routes
from ui.server.previews import LinkPreviews

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
    "open": "summary", "show": "op-ed", "theme": "dark",
}  # fmt: skip


def test_a_moving_thumb_is_drawn_from_where_it_was_to_where_it_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """50 is where NATO talks stood and 100 the pressure on Russia; the address is that of where the thumb will rest."""
    drawn: list[tuple[object, ...]] = []

    def board(now: Asked, before: Asked | None, theme: str, shown: Sequence[str]) -> Board:
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
    words = dict.fromkeys(("title", "short", "glyph", "colour", "about", "headline", "sentence"), "")
    card = {"key": "op-ed", "figure": {"data": []}, "alt": "In words.", **words, "footers": []}
    assert told == {"cards": [card], "columns": 2, "note": "A note."}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "columns", "keys", "said"),
    [
        ("worldviews", 4, ["lock-in", "midpoint", "op-ed", "sceptic"], "−21 points"),
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
        expected = FOLLOWING["worldviews"](now, before, "light", ()).as_data() | {"address": address}
        assert client.get(address).json() == json.loads(json.dumps(expected))
    moving = client.get(f"{to}&move=nato:77").json()
    now = replace(switched, scenario=set_values(ASKED.scenario, {"nato": 77}))
    assert moving["address"] == routes.board_address("worldviews", now, switched, Shown(), "light")


def test_a_thumb_that_is_back_where_it_was_leaves_no_line_of_a_state_before(client: TestClient) -> None:
    address = "/board/worldviews?preset=giveaway&nato=17"
    for asked in (f"{address}&move=nato:17", f"{address}&was=nato:17", address):
        for card in client.get(asked).json()["cards"]:
            (ghost,) = [one for one in card["figure"]["data"] if one.get("name") == "before the last change"]
            assert ghost["x"] == []


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

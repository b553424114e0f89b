"""Beside the page: Plotly's script, packed where the browser takes it packed, and boards for a moving thumb."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

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
from ui.drawn.boards import FOLLOWING
from ui.links import short
from ui.links.addresses import PLOTLY_PATH, plotly_address
from ui.links.asked import Asked, Shown
from ui.server import routes
from ui.server.previews import LinkPreviews

PLACE = Asked(presets()["opening-hand"], (parse_goal("level<=58"),))


def request(accepts: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [(b"accept-encoding", accepts.encode())]})


@pytest.mark.parametrize("accepts", ["gzip, br", "identity", ""])
def test_the_script_arrives_whole_and_may_be_kept(accepts: str) -> None:
    answer = routes.plotly_script(request(accepts))
    body = bytes(answer.body)
    script = gzip.decompress(body) if answer.headers.get("content-encoding") == "gzip" else body
    assert b"plotly.js" in script[:300]
    assert len(script) > 4_000_000
    assert "immutable" in answer.headers["cache-control"]
    assert ("content-encoding" in answer.headers) == ("gzip" in accepts)


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
    for path in (PLOTLY_PATH, "/board/domains", "/export/view.toml", "/api/v1/healthz", "/qr.svg"):
        assert client.get(f"/triangle{path}").status_code == 200, path
        assert client.get(path).status_code == 404, path
    assert client.get(f"/triangle/s/{short.code(PLACE)}").headers["location"].startswith("/triangle/?v=1")
    assert client.get("/triangle/api/v1/openapi.json").json()["servers"] == [{"url": "/triangle"}]
    assert "http://testserver/triangle/?v=1" in client.get("/triangle/export/view.toml").text


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes.routes()))


@pytest.mark.parametrize("name", list(FOLLOWING))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_board_answers_for_a_moving_thumb_as_the_page_does_once_it_rests(
    client: TestClient, name: str, theme: str
) -> None:
    answer = client.get(routes.board_address(name, PLACE, None, Shown(), theme) + "&move=nato:77&move=pressure:80")
    now = Asked(set_values(PLACE.scenario, {"nato": 77, "pressure": 80}), PLACE.goals)
    at_rest = routes.board_address(name, now, PLACE, Shown(), theme)
    expected = FOLLOWING[name](now, PLACE, theme, ()).as_data() | {"address": at_rest}
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(expected))
    assert at_rest.endswith("&was=nato:50&was=pressure:100")
    assert client.get(at_rest).json() == answer.json()


def test_the_address_of_a_board_tells_the_structure_now_and_before_its_last_change(client: TestClient) -> None:
    switched = replace(PLACE, switched=("C1", "C6"))
    to, back = (
        routes.board_address("worldviews", *ends, Shown(), "light") for ends in ((switched, PLACE), (PLACE, switched))
    )
    assert "&structure=C1.C6&" in to
    assert to.endswith("&was=structure:base")
    assert back.endswith("&was=structure:C1.C6")
    for address, now, before in ((to, switched, PLACE), (back, PLACE, switched)):
        expected = FOLLOWING["worldviews"](now, before, "light", ()).as_data() | {"address": address}
        assert client.get(address).json() == json.loads(json.dumps(expected))
    moving = client.get(f"{to}&move=nato:77").json()
    now = replace(switched, scenario=set_values(PLACE.scenario, {"nato": 77}))
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

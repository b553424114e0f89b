"""Components' scripts stand at addresses that a browser keeps for as long as they say the same."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.server.parts import FOLDER, loader, style_link
from ui.server.routes import routes


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes()))


def address(*names: str) -> str:
    (found,) = re.findall(r'new URL\("([^"]+)"', loader(*names))
    return str(found)


def test_a_component_is_its_scripts_in_order_with_the_first_ones_style(client: TestClient) -> None:
    got = client.get(address("slider_bank", "post"))
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["content-type"].startswith("text/javascript")
    bank, post = ((FOLDER / f"{name}.js").read_text() for name in ("slider_bank", "post"))
    assert got.text.startswith(f"{bank}\n{post}\nexport function dress(element)")
    assert ".row" in got.text.partition("export function dress")[2]


def test_the_address_of_another_day_gives_todays_script_and_is_not_kept(client: TestClient) -> None:
    today = address("keys", "post")
    got = client.get(re.sub(r"-[0-9a-f]{12}\.js", "-0123456789ab.js", today))
    assert got.text == client.get(today).text
    assert got.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["nope-0123456789ab", "keys+nope-0123456789ab", "..%2f..%2fapp-0123456789ab", "keys"])
def test_nothing_else_is_given(client: TestClient, name: str) -> None:
    got = client.get(f"/parts/{name}.js")
    assert (got.status_code, got.text) in [(404, "There is no such part of the page."), (404, "Not Found")]


def test_a_loader_is_a_few_lines() -> None:
    assert len(loader("chart_board", "chart_drawing", "told")) < 300
    assert loader("keys").count("\n") > 1  # a single line is taken for the name of a file


def test_the_style_of_the_pages_is_all_their_style_sheets_at_one_address(client: TestClient) -> None:
    (today,) = re.findall(r'<link rel="stylesheet" href="(/parts/page-[0-9a-f]{12}[.]css)" />', style_link())
    got = client.get(today)
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["content-type"].startswith("text/css")
    sheets = sorted(FOLDER.parent.glob("*.css"))
    assert [sheet.stem for sheet in sheets] == ["assumptions", "compare", "history", "page", "present"]
    assert got.text == "\n".join(sheet.read_text() for sheet in sheets)
    other = client.get("/parts/page-0123456789ab.css")
    assert (other.text, other.headers["cache-control"]) == (got.text, "no-store")

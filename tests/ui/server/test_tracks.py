"""What stays of the tracks of a reader's own worldview stands at an address that a browser keeps."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from model import catalog
from model.assumptions.edits import copied_values, editable
from ui.drawn.palette import mark_of
from ui.server.routes import routes
from ui.server.tracks import tracks_address


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes()))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("copied", [*catalog().worldviews])
def test_every_number_has_its_ends_its_copied_values_and_the_marks_of_the_four(
    client: TestClient, copied: str, theme: str
) -> None:
    got = client.get(tracks_address(copied, theme))
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    told = got.json()
    assert list(told) == list(editable())
    for name, one in editable().items():
        track = told[name]
        assert (track["low"], track["high"], track["copied"]) == (one.low, one.high, [*copied_values(copied, name)])
        for tick, key in zip(track["ticks"], catalog().worldviews, strict=True):
            assert tick["colour"] == mark_of(key, theme).colour
            assert tick["values"] == [*copied_values(key, name)]
    title = catalog().worldviews[copied].title
    assert all(track["grounds"].startswith(f"{title}: ") for track in told.values())


def test_the_address_of_another_day_gives_todays_tracks_and_is_not_kept(client: TestClient) -> None:
    today = client.get(tracks_address("op-ed", "dark"))
    got = client.get("/tracks/op-ed/dark-0123456789ab.json")
    assert (got.text, got.headers["cache-control"]) == (today.text, "no-store")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/tracks/op-ad/light-0123456789ab.json", "There is no worldview “op-ad”; did you mean op-ed?"),
        ("/tracks/edited/light-0123456789ab.json", "There is no worldview “edited”"),
        ("/tracks/op-ed/neon-0123456789ab.json", "There is no theme “neon”"),
    ],
)
def test_what_is_not_there_is_explained(client: TestClient, address: str, said: str) -> None:
    got = client.get(address)
    assert got.status_code == 404
    assert said in got.text

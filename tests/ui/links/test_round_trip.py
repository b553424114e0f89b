"""One state, every way out of the page and back in: the same scenario, and identical numbers everywhere."""

from __future__ import annotations

import io
import json
import shlex
from contextlib import redirect_stdout
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from hypothesis import example, given, settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from model import run
from model.__main__ import main as command_line
from model.assumptions.scenario import set_values
from tests.ui.links.test_single import places
from tests.ui.page.test_app import board, opened
from tests.ui.server.test_api import NO_LIMIT
from ui.exports import reproduce, scenario_file
from ui.exports.stamp import stamp
from ui.links import comparison, short, single
from ui.links.asked import Asked, starting_points, worldviews_of
from ui.server import downloads
from ui.server.api.routes import api_routes
from ui.told import cache, words
from ui.told.seen import seen

CLIENT = TestClient(Starlette(routes=[*api_routes(NO_LIMIT), *downloads.download_routes()]))


def printed(*arguments: str) -> dict[str, Any]:
    """What the command line prints with --json."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert command_line(list(arguments)) == 0
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def of_python(place: Asked) -> dict[str, Any]:
    """What the Python that the page gives computes."""
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        exec(reproduce.python(place), names)
    answer: dict[str, Any] = json.loads(json.dumps(names["result"].to_dict()))
    return answer


def of_file(place: Asked) -> dict[str, Any]:
    """What a scenario file gives that was saved on the page."""
    told = scenario_file.to_toml(place.scenario, place.name, stamp(place, "")).encode()
    scenario = scenario_file.from_bytes(told, "saved.toml")
    asked, parts = (
        scenario_file.as_asked(scenario).scenario,
        ("levers", "start", "horizon", "onset", "ramp", "analogue"),
    )
    assert [getattr(asked, key) for key in parts] == [getattr(place.scenario, key) for key in parts]
    return json.loads(json.dumps(run(scenario, members=cache.MEMBERS, seed=place.seed).to_dict()))


def headlines(numbers: dict[str, Any]) -> dict[str, str]:
    return {key: words.points(worldview["shift"]["p50"]) for key, worldview in numbers["worldviews"].items()}


@settings(max_examples=2, deadline=None)
@example(Asked(starting_points()["dual-competition-2014"]))
@example(Asked(set_values(starting_points()["opening-to-china-1969"], {"nato": 90, "horizon": 9, "onset": 1})))
@given(places)
def test_a_state_has_the_same_numbers_by_link_api_file_python_command_and_page(place: Asked) -> None:
    shown = replace(place, predict=None)
    query = single.text(shown, seen=seen(shown))
    ours = json.loads(json.dumps(cache.result(cache.position(shown)).to_dict()))["worldviews"]

    by_link = single.read(parse_qs(query))
    by_short_link = single.read(parse_qs(short.query(short.code(shown))))
    assert (by_link.place, by_link.notices) == (by_short_link.place, by_short_link.notices) == (shown, ())
    assert CLIENT.get(f"/api/v1/run?{query}").json()["worldviews"] == ours
    assert CLIENT.get(f"/export/view.json?{query}").json()["worldviews"] == ours
    assert of_file(shown)["worldviews"] == ours
    assert of_python(shown)["worldviews"] == ours
    (line,) = [line for line in reproduce.command(shown).splitlines() if not line.startswith("#")]
    _, _, _, *arguments = shlex.split(line)
    assert printed(*arguments)["worldviews"] == ours

    page = board(opened(**single.write(shown)), worldviews_of(shown.scenario)[0])
    assert {key: card["headline"] for key, card in page.items()} == headlines({"worldviews": ours})
    compared = comparison.read(parse_qs(comparison.text([shown], seen=[seen(shown)])))
    assert (compared.places, compared.notices) == ((replace(shown, goals=()),), ())
    assert [one.result for one in compared.then] == [cache.headlines(shown)]

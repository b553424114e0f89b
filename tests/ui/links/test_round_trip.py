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

from model import presets, run
from model.__main__ import main as command_line
from model.assumptions.scenario import set_values
from tests.ui.links.test_single import some_asked
from tests.ui.page.test_app import opened, shifts
from tests.ui.server.test_api import NO_LIMIT
from ui.exports import reproduce, scenario_file
from ui.exports.stamp import stamp
from ui.links import comparison, short, single
from ui.links.asked import ENSEMBLE, Asked, starting_points
from ui.server import downloads
from ui.server.api.routes import api_routes
from ui.told import cache, words
from ui.told.seen import seen

SWITCHED = Asked(presets()["opening-hand"], switched=("C1", "C6"))
CLIENT = TestClient(Starlette(routes=[*api_routes(NO_LIMIT), *downloads.download_routes()]))


def printed(*arguments: str) -> dict[str, Any]:
    """What the command line prints with --json."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert command_line(list(arguments)) == 0
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def of_python(asked: Asked) -> dict[str, Any]:
    """What the Python that the page gives computes."""
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        exec(reproduce.python(asked), names)
    answer: dict[str, Any] = json.loads(json.dumps(names["result"].to_dict()))
    return answer


def of_file(asked: Asked) -> dict[str, Any]:
    """What a scenario file gives that was saved on the page."""
    told = scenario_file.to_toml(asked.scenario, asked.name, stamp(asked, "")).encode()
    scenario = scenario_file.from_bytes(told, "saved.toml")
    fixed, parts = (
        scenario_file.as_asked(scenario).scenario,
        ("levers", "start", "horizon", "onset", "ramp", "analogue"),
    )
    assert [getattr(fixed, key) for key in parts] == [getattr(asked.scenario, key) for key in parts]
    result = run(scenario, members=cache.MEMBERS, seed=asked.seed, structure=asked.structure)
    return json.loads(json.dumps(result.to_dict()))


def middles(numbers: dict[str, Any]) -> dict[str, str]:
    return {key: words.signed(worldview["shift"]["p50"]) for key, worldview in numbers["worldviews"].items()}


@settings(max_examples=2, deadline=None)
@example(SWITCHED)
@example(replace(SWITCHED, switched=(ENSEMBLE,)))
@example(Asked(starting_points()["dual-competition-2014"], switched=("C1",)))
@example(
    Asked(set_values(starting_points()["opening-to-china-1969"], {"nato": 90, "horizon": 9, "pressure_china": 40}))
)
@given(some_asked)
def test_a_state_has_the_same_numbers_by_link_api_file_python_command_and_page(asked: Asked) -> None:
    unhidden = replace(asked, predict=None)
    query = single.text(unhidden, seen=seen(unhidden))
    ours = json.loads(json.dumps(cache.result(cache.run_key(unhidden)).to_dict()))["worldviews"]

    by_link = single.read(parse_qs(query))
    by_short_link = single.read(parse_qs(short.query(short.code(unhidden))))
    assert (by_link.asked, by_link.notices) == (by_short_link.asked, by_short_link.notices) == (unhidden, ())
    assert CLIENT.get(f"/api/v1/run?{query}").json()["worldviews"] == ours
    assert CLIENT.get(f"/export/view.json?{query}").json()["worldviews"] == ours
    assert of_file(unhidden)["worldviews"] == ours
    assert of_python(unhidden)["worldviews"] == ours
    (line,) = [line for line in reproduce.command(unhidden).splitlines() if not line.startswith("#")]
    _, _, _, *arguments = shlex.split(line)
    assert printed(*arguments)["worldviews"] == ours

    assert shifts(opened(**single.write(unhidden))) == middles({"worldviews": ours})
    compared = comparison.read(parse_qs(comparison.text([unhidden], all_seen=[seen(unhidden)])))
    assert (compared.all_asked, compared.notices) == ((replace(unhidden, goals=()),), ())
    assert [one.result for one in compared.all_seen] == [cache.middle_shifts(unhidden)]

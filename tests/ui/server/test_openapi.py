"""The OpenAPI document says of the API what is so: a client that is written from it alone gets what it expects."""

from __future__ import annotations

import json
import re
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from limits import RateLimitItemPerSecond
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from model import catalog, presets
from model.__main__ import parser
from model.assumptions import scenario as model_scenario
from ui.server.api.answers import OPERATIONS, REFUSALS
from ui.server.api.document import document
from ui.server.api.routes import api_routes
from ui.server.api.run import asked, parameters

APP = Starlette(routes=api_routes(RateLimitItemPerSecond(10**9)))
REFUSED = [str(status) for status in REFUSALS]
CONFIG = schemathesis.Config.from_dict(
    {
        "generation": {"deterministic": True, "database": "none"},
        "phases": {"coverage": {"generate-duplicate-query-parameters": True}},
        "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
    }
)
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP, config=CONFIG)


# Rules between the parts of one text, which a JSON schema cannot say.
BEYOND_A_SCHEMA = re.compile(r"structure names C\d twice|a goal for it must be|^The (prediction|interval) ")


@schema.parametrize()
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_the_document_says(case: schemathesis.Case[Any]) -> None:
    response = case.call()
    faults = response.json()["faults"] if response.status_code == 400 else []
    beyond = bool(faults) and all(BEYOND_A_SCHEMA.search(fault) for fault in faults)
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if beyond else [])


DOCUMENT = document()
PATHS: dict[str, Any] = DOCUMENT["paths"]


def test_the_document_names_every_path_and_every_refusal() -> None:
    assert list(PATHS) == [f"/api/v1/{name}" for name in OPERATIONS]
    for path in PATHS.values():
        assert list(path["get"]["responses"]) == ["200", "304", "400", "404", "405", "414", "429", "503"]
    assert schema.raw_schema == json.loads(json.dumps(document()))


def test_every_parameter_has_words_and_a_rule_of_the_model() -> None:
    listed = {one["name"]: one for one in PATHS["/api/v1/run"]["get"]["parameters"]}
    assert list(listed) == list(parameters())
    assert all(len(one["description"]) > 15 and "type" in one["schema"] for one in listed.values())
    for key in model_scenario.settings():
        rule = listed[key]["schema"]
        assert rule["default"] == model_scenario.setting(presets()["status-quo"], key)
        if key == "start":
            assert rule["enum"] == list(catalog().start_years)
        else:
            assert (rule["minimum"], rule["maximum"]) == model_scenario.limits(key)


def test_the_defaults_are_those_of_the_command_line() -> None:
    listed = {name: one.get("default") for name, one in parameters().items()}
    options = parser().parse_args(["run", "status-quo"])
    assert (listed["members"], listed["seed"], listed["structure"]) == (
        options.members,
        options.seed,
        options.structure,
    )
    assert asked({}).of_run() == {
        "preset": "status-quo", "values": (), "worldviews": (),
        "members": options.members, "seed": options.seed, "structure": options.structure,
    }  # fmt: skip


def test_a_server_below_a_path_says_so() -> None:
    client = TestClient(Starlette(routes=[Mount("/tools/triangle", routes=api_routes())]))
    document = client.get("/tools/triangle/api/v1/openapi.json").json()
    assert document["servers"] == [{"url": "/tools/triangle"}]
    links = client.get("/tools/triangle/api/v1/scenarios").json()["presets"]
    assert links["giveaway"]["link"].startswith("/tools/triangle/?v=1&")

"""The OpenAPI document says of the API what is so: a client that is written from it alone gets what it expects.

The test suite tries a few requests of each kind; `STRATEGIC_TRIANGLE_FUZZ=300 pytest tests/ui/server/test_openapi.py`
tries as many as it says.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from typing import Any

import pytest
import schemathesis
import tomli_w
from hypothesis import HealthCheck, settings
from limits import RateLimitItemPerSecond
from pydantic import ValidationError
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from model import catalog, presets, run
from model.__main__ import parser
from model.assumptions import scenario as model_scenario
from model.assumptions.schema import Worldview
from model.assumptions.worldview import make_worldview, worldview_file
from ui.server.api.answers import OPERATIONS, REFUSALS, run_answer
from ui.server.api.document import SCHEMA, document
from ui.server.api.routes import api_routes
from ui.server.api.run import asked, parameters

EXAMPLES = int(os.environ.get("STRATEGIC_TRIANGLE_FUZZ") or 15)
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


@schemathesis.serializer("application/toml")
def as_toml(_context: object, value: object) -> bytes:
    """A worldview, or what stands in its place, as TOML, which knows no null."""
    try:
        return tomli_w.dumps(without_null(value)).encode()
    except (TypeError, AttributeError, ValueError):
        return json.dumps(value).encode()  # no table, and so no TOML either


def without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_null(part) for key, part in value.items() if part is not None}
    return [without_null(part) for part in value if part is not None] if isinstance(value, list) else value


# Rules between the parts of one text, query or worldview, which a JSON schema cannot say.
BEYOND_A_SCHEMA = re.compile(
    r"structure names C\d+ twice|^edit changes a worldview|admissible range|values, but it takes|in this order|"
    r"^own cannot stand beside|all 0; at least one|says no worldview of your own|is changed more than once|"
    r"a goal for it must be|^The (prediction|interval) |cannot be changed in the historic|"
    r"written for the worldview|^The body: \[?(parameters|salience|drift_profile|relative_deliverability)\b|"
    r"^The body is not valid TOML|^The body: title is missing"
)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
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
    posted = PATHS["/api/v1/run"]["post"]["responses"]
    assert list(posted) == ["200", "400", "404", "405", "408", "413", "414", "415", "429", "503"]
    assert [name for name, path in PATHS.items() if "post" in path] == ["/api/v1/run"]
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


def test_a_worldview_may_be_sent_as_json_or_toml_in_the_shape_that_the_model_reads() -> None:
    body = PATHS["/api/v1/run"]["post"]["requestBody"]
    assert body["required"] is True
    assert {kind: one["schema"] for kind, one in body["content"].items()} == {
        "application/json": {"$ref": "#/components/schemas/Worldview"},
        "application/toml": {"$ref": "#/components/schemas/Worldview"},
        "text/plain": {"type": "string"},
    }
    told, shape = DOCUMENT["components"]["schemas"], Worldview.model_json_schema(ref_template=SCHEMA + "{model}")
    assert set(told["Worldview"]["required"]) == set(shape["required"]) == set(worldview_data()) - {"still", "reviewed"}
    assert told["Parameter"] == shape["$defs"]["Parameter"]
    example = body["content"]["application/json"]["example"]
    assert make_worldview(example, "the example") == catalog().worldviews["op-ed"]


def worldview_data() -> dict[str, Any]:
    return tomllib.loads(worldview_file("op-ed"))


def test_a_worldview_of_ones_own_comes_in_the_query_of_a_get_and_in_the_body_of_a_post() -> None:
    asking, sending = (
        {one["name"]: one for one in PATHS["/api/v1/run"][method]["parameters"]} for method in ("get", "post")
    )
    assert sending["worldview"]["schema"]["items"]["enum"] == [*catalog().worldviews, "edited"]
    assert sending["worldview"]["schema"]["maxItems"] == 5
    assert {name: one for name, one in asking.items() if name not in ("own", "edit")} == sending
    assert re.fullmatch(asking["edit"]["schema"]["items"]["pattern"], "binding_share~0.2~0.3~0.5")


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


def test_every_reference_of_the_document_leads_somewhere() -> None:
    references = set(re.findall(r'"\$ref": "#/components/(\w+)/(\w+)"', json.dumps(DOCUMENT)))
    assert {name for kind, name in references if kind == "responses"} == set(REFUSED)
    assert {"Problem", "Run", "Scenarios", "Levers", "Worldviews", "Health"} < {name for _, name in references}
    assert [(kind, name) for kind, name in references if name not in DOCUMENT["components"][kind]] == []


def test_what_the_document_says_by_hand() -> None:
    told = "A scenario run against its no-lever run in the same assumed worlds, in points of 100."
    assert DOCUMENT["info"]["description"] == f"{told} Assumptions worked out, not a forecast."
    assert PATHS["/api/v1/run"]["get"]["summary"] == told
    assert [path["get"]["operationId"] for path in PATHS.values()] == [
        "run", "scenarios", "levers", "worldviews", "healthz", "openapi",
    ]  # fmt: skip
    wait = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
    headers = {status: told["headers"] for status, told in DOCUMENT["components"]["responses"].items()}
    assert headers == {status: {"Retry-After": wait} if status in ("429", "503") else {} for status in REFUSED}
    listed = {one["name"]: one["schema"] for one in PATHS["/api/v1/run"]["get"]["parameters"]}
    assert listed["nato"] == {"type": "integer", "minimum": 0, "maximum": 100, "default": 0}
    assert listed["pressure_china"] == {"type": "integer", "minimum": 0, "maximum": 200, "default": 100}
    assert listed["start"] == {"type": "integer", "enum": [2021, 2024], "default": 2021}
    assert listed["members"] == {"type": "integer", "minimum": 1, "maximum": 2000, "default": 1000}
    assert listed["seed"] == {"type": "integer", "minimum": 0, "maximum": 4294967295, "default": 7}
    views = {"type": "string", "enum": ["lock-in", "midpoint", "op-ed", "sceptic", "edited"]}
    assert listed["worldview"] == {
        "type": "array", "items": views, "maxItems": 5, "uniqueItems": True, "default": []
    }  # fmt: skip
    assert (listed["goal"]["maxItems"], listed["title"]["maxItems"], listed["title"]["uniqueItems"]) == (4, 20, False)
    schemas = DOCUMENT["components"]["schemas"]
    share = schemas["Outcomes"]["properties"]["reversed_share"]
    assert (share["type"], share["minimum"], share["maximum"]) == ("number", 0, 1)
    assert schemas["Percentiles"]["required"] == ["p10", "p50", "p90"]
    assert schemas["Run"]["additionalProperties"] is False


def test_a_run_has_the_form_that_its_model_says() -> None:
    for name in ("opening-to-china-1969", "dual-competition-2014", "opening-hand"):
        answer = run(name, members=10).to_dict()
        told = run_answer().model_validate(answer).model_dump(exclude_unset=True)
        assert json.dumps(told, sort_keys=True) == json.dumps(answer, sort_keys=True)
    for wrong in ({"members": 0}, {"more": 1}, {"scenario": {**answer["scenario"], "horizon": 16}}):
        with pytest.raises(ValidationError):
            run_answer().model_validate(answer | wrong)


def test_a_question_is_read_into_what_a_run_takes() -> None:
    query = {"preset": ["giveaway"], "nato": ["5"], "start": ["2024"], "worldview": ["sceptic", "op-ed"],
             "structure": ["C4,C1"], "title": ["x", "y"], "seed": ["4294967295"], "v": ["2"]}  # fmt: skip
    assert asked(query).of_run() == {
        "preset": "giveaway", "values": (("nato", 5), ("start", 2024)), "worldviews": ("op-ed", "sceptic"),
        "members": 1000, "seed": 4294967295, "structure": "C4,C1",
    }  # fmt: skip


def test_a_server_below_a_path_says_so() -> None:
    client = TestClient(Starlette(routes=[Mount("/tools/triangle", routes=api_routes())]))
    document = client.get("/tools/triangle/api/v1/openapi.json").json()
    assert document["servers"] == [{"url": "/tools/triangle"}]
    links = client.get("/tools/triangle/api/v1/scenarios").json()["presets"]
    assert links["giveaway"]["link"].startswith("/tools/triangle/?v=2&")

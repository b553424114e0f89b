"""The OpenAPI document, from the models of what is asked and answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from model import MODEL_VERSION, catalog
from model.assumptions.catalog import MAX_FILE_BYTES
from model.assumptions.schema import Worldview
from ui.server.api.answers import (
    BESIDE,
    OF_A_BODY,
    OPERATIONS,
    REFUSALS,
    RUN,
    Health,
    Levers,
    Problem,
    Scenarios,
    Worldviews,
    path,
    run_answer,
)
from ui.server.api.run import parameters
from ui.told.words import CAVEAT

SCHEMA = "#/components/schemas/"


def document(base: str = "") -> dict[str, Any]:
    """The OpenAPI document of a server whose page stands at the path `base`."""
    answers = (Problem, run_answer(), Scenarios, Levers, Worldviews, Health)
    modes: list[tuple[type[BaseModel], JsonSchemaMode]] = [(answer, "serialization") for answer in answers]
    schemas = models_json_schema([*modes, (Worldview, "validation")], ref_template=SCHEMA + "{model}")[1]
    refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}
    unchanged = {"304": {"description": "Nothing has changed since the answer whose ETag If-None-Match names."}}
    asking = {status: refusal for status, refusal in refusals.items() if int(status) not in OF_A_BODY}

    def operation(name: str, summary: str, kind: str | None, responses: Mapping[str, object]) -> dict[str, Any]:
        schema = {"$ref": SCHEMA + kind} if kind else {"type": "object"}
        found = {"description": summary, "content": {"application/json": {"schema": schema}}}
        return {"operationId": name, "summary": summary, "parameters": [], "responses": {"200": found, **responses}}

    paths: dict[str, dict[str, Any]] = {
        path(name): {"get": operation(name.removesuffix(".json"), summary, kind, unchanged | asking)}
        for name, (summary, kind) in OPERATIONS.items()
    }
    running = paths[path(RUN)]
    running["post"] = operation("run_beside", BESIDE, OPERATIONS[RUN][1], refusals) | {"requestBody": _worldview()}
    for method, own in (("get", False), ("post", True)):
        running[method]["parameters"] = [_parameter(*one) for one in parameters(own).items()]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Strategic Triangle",
            "version": str(MODEL_VERSION),
            "description": f"{OPERATIONS[RUN][0]} {CAVEAT}",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base or "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "responses": {str(status): _refusal(status, words) for status, words in REFUSALS.items()},
        },
    }


def _parameter(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in schema.items() if key != "description"}
    return {"name": name, "in": "query", "description": schema["description"], "schema": rest}


def _worldview() -> dict[str, Any]:
    """What the body of a run may be."""
    as_data, as_text = {"schema": {"$ref": SCHEMA + "Worldview"}}, {"schema": {"type": "string"}}
    example = {"example": catalog().worldviews["op-ed"].model_dump(mode="json", exclude_none=True)}
    return {
        "description": f"A worldview in the shape of those of {path('worldviews')}: the same names in the same order. "
        "Every range rises within what its parameter admits, weights of salience sum to 1, sources and claims are "
        f"known ones. At most {MAX_FILE_BYTES:,} bytes; as text/plain it is TOML.",
        "required": True,
        "content": {"application/json": as_data | example, "application/toml": as_data, "text/plain": as_text},
    }


def _refusal(status: int, words: str) -> dict[str, Any]:
    wait = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "description": words,
        "content": {"application/json": {"schema": {"$ref": SCHEMA + "Problem"}}},
        "headers": {"Retry-After": wait} if status in (429, 503) else {},
    }

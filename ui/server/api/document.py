"""The OpenAPI document, from the models of what is asked and answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from model import MODEL_VERSION
from ui.server.api.answers import OPERATIONS, REFUSALS, Health, Levers, Problem, Scenarios, Worldviews, path, run_answer
from ui.server.api.run import parameters
from ui.told.words import CAVEAT

SCHEMA = "#/components/schemas/"


def document(base: str = "") -> dict[str, Any]:
    """The OpenAPI document of a server whose page stands at the path `base`."""
    answers = (Problem, run_answer(), Scenarios, Levers, Worldviews, Health)
    schemas = models_json_schema([(answer, "serialization") for answer in answers], ref_template=SCHEMA + "{model}")[1]
    refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}

    def operation(name: str, summary: str, schema: Mapping[str, object]) -> dict[str, Any]:
        found = {"description": summary, "content": {"application/json": {"schema": schema}}}
        unchanged = {"description": "Nothing has changed since the answer whose ETag If-None-Match names."}
        return {
            "operationId": name.removesuffix(".json"),
            "summary": summary,
            "parameters": [_parameter(*one) for one in parameters().items()] if name == "run" else [],
            "responses": {"200": found, "304": unchanged, **refusals},
        }

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Strategic Triangle",
            "version": str(MODEL_VERSION),
            "description": f"{OPERATIONS['run'][0]} {CAVEAT}",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base or "/"}],
        "paths": {
            path(name): {"get": operation(name, summary, {"$ref": SCHEMA + kind} if kind else {"type": "object"})}
            for name, (summary, kind) in OPERATIONS.items()
        },
        "components": {
            "schemas": schemas["$defs"],
            "responses": {str(status): _refusal(status, words) for status, words in REFUSALS.items()},
        },
    }


def _parameter(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in schema.items() if key != "description"}
    return {"name": name, "in": "query", "description": schema["description"], "schema": rest}


def _refusal(status: int, words: str) -> dict[str, Any]:
    wait = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "description": words,
        "content": {"application/json": {"schema": {"$ref": SCHEMA + "Problem"}}},
        "headers": {"Retry-After": wait} if status in (429, 503) else {},
    }

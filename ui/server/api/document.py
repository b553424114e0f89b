"""The OpenAPI document, made from the model's own schemas and the rules of a run. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from model import MODEL_VERSION, catalog
from model.analysis.goals import MEASURES
from model.assumptions.scenario import CONTEXT
from model.engine.results import OUTCOMES, PERCENTILES
from ui.server.api.answers import OPERATIONS, REFUSALS, Health, Levers, Problem, Scenarios, Worldviews, path
from ui.server.api.rules import Parameter, parameters
from ui.told.words import CAVEAT

SCHEMA = "#/components/schemas/"


def document(base: str = "") -> dict[str, Any]:
    """The OpenAPI document of a server whose page stands at the path `base`."""
    answers = (Problem, Scenarios, Levers, Worldviews, Health)
    schemas = models_json_schema([(answer, "serialization") for answer in answers], ref_template=SCHEMA + "{model}")[1]
    refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}

    def operation(name: str, summary: str, schema: Mapping[str, object]) -> dict[str, Any]:
        found = {"description": summary, "content": {"application/json": {"schema": schema}}}
        unchanged = {"description": "Nothing has changed since the answer whose ETag If-None-Match names."}
        return {
            "operationId": name.removesuffix(".json"),
            "summary": summary,
            "parameters": _parameters() if name == "run" else [],
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
            "schemas": schemas["$defs"] | _run_schemas(),
            "responses": {str(status): _refusal(status, words) for status, words in REFUSALS.items()},
        },
    }


def _refusal(status: int, words: str) -> dict[str, Any]:
    wait = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "description": words,
        "content": {"application/json": {"schema": {"$ref": SCHEMA + "Problem"}}},
        "headers": {"Retry-After": wait} if status in (429, 503) else {},
    }


def _parameters() -> list[dict[str, Any]]:
    """The parameters of a run, as OpenAPI has them."""

    def schema(one: Parameter) -> dict[str, Any]:
        if one.most == 1:
            return dict(one.schema)
        return {"type": "array", "items": dict(one.schema), "maxItems": one.most, "uniqueItems": one.unique}

    return [
        {"name": name, "in": "query", "description": one.words, "schema": schema(one)}
        for name, one in parameters().items()
    ]


def _run_schemas() -> dict[str, Any]:
    """What `Result.to_dict` gives, as JSON schemas."""
    known, whole, number, spread = catalog(), {"type": "integer"}, {"type": "number"}, {"$ref": SCHEMA + "Percentiles"}
    rules = {
        name: {key: value for key, value in one.schema.items() if key != "default"}
        for name, one in parameters().items()
    }
    words = {name: {"description": f"{measure.meaning} {measure.unit}"} for name, measure in MEASURES.items()}
    year = _record({"year": whole, "scenario": spread, "baseline": spread})
    outcomes = {
        **{name: spread | words.get(name, {}) for name in OUTCOMES},
        "domains": _record(dict.fromkeys(known.structure.domains, spread)),
        "reversed_share": {"type": "number", "minimum": 0, "maximum": 1},
        "years": {"type": "array", "items": year},
    }
    scenario = {
        "name": rules["preset"],
        "levers": _record({key: rules[key] for key in known.levers}),
        **{key: rules[key] for key in CONTEXT},
    }
    views = _record({name: {"$ref": SCHEMA + "Outcomes"} for name in known.worldviews}) | {"required": []}
    answer = {
        "model_version": whole,
        "scenario": _record(scenario),
        **{name: rules[name] for name in ("members", "seed", "structure")},
        "worldviews": views,
    }
    return {
        "Percentiles": _record(dict.fromkeys(PERCENTILES, number)),
        "Outcomes": _record(outcomes),
        "Run": _record(answer),
    }


def _record(properties: Mapping[str, object]) -> dict[str, Any]:
    """The schema of an object with exactly these properties."""
    required = list(properties)
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}

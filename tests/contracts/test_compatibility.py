"""Changes of events and of the HTTP APIs: which of them break somebody."""

from copy import deepcopy
from typing import TypeAlias

import pytest

from tests.contracts.api_compatibility import api_breaks
from tests.contracts.compatibility import event_breaks

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

EVENT: dict[str, Json] = {
    "title": "PlanApproved",
    "type": "object",
    "properties": {
        "plan_id": {"type": "string", "format": "uuid"},
        "note": {"type": "string"},
        "closed_on": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "kind": {"$ref": "#/$defs/Kind"},
        "indicators": {"type": "array", "items": {"$ref": "#/$defs/Indicator"}},
    },
    "required": ["plan_id", "kind", "indicators"],
    "$defs": {
        "Kind": {"type": "string", "enum": ["PSZ", "TAP"], "title": "Kind"},
        "Indicator": {
            "type": "object",
            "title": "Indicator",
            "properties": {"name": {"type": "string"}, "target": {"type": "string"}},
            "required": ["name"],
        },
    },
}

API: dict[str, Json] = {
    "paths": {
        "/plans": {
            "get": {
                "parameters": [
                    {"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 200}},
                    {"in": "query", "name": "kind", "schema": {"type": "string", "enum": ["PSZ", "TAP"]}},
                ],
                "responses": {
                    "200": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}
                    },
                    "4XX": {"description": "Problem"},
                },
            },
            "post": {
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}
                },
                "responses": {"201": {"description": "Created"}},
            },
        }
    },
    "components": {
        "schemas": {
            "In": {
                "type": "object",
                "title": "In",
                "properties": {
                    "title": {"type": "string", "maxLength": 200},
                    "kind": {"type": "string", "enum": ["PSZ", "TAP"]},
                    "unit_ids": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["title"],
            },
            "List": {
                "type": "object",
                "title": "List",
                "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Out"}}},
                "required": ["items"],
            },
            "Out": {
                "type": "object",
                "title": "Out",
                "properties": {
                    "id": {"type": "string"},
                    "version": {"type": "integer"},
                    "above": {"anyOf": [{"$ref": "#/components/schemas/Out"}, {"type": "null"}]},
                },
                "required": ["id", "version"],
            },
        }
    },
}


def changed(content: dict[str, Json], path: str, value: Json = None) -> dict[str, Json]:
    """Return the document with one member set; None removes it."""
    copy = deepcopy(content)
    *steps, last = path.split("|")
    node: Json = copy
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]  # type: ignore[index]
    assert isinstance(node, dict)
    if value is None:
        del node[last]
    else:
        node[last] = value
    return copy


EVENT_CHANGES: list[tuple[str, Json, str]] = [
    ("properties|note", None, "/note: removed"),
    ("properties|plan_id", {"type": "integer"}, "/plan_id: string uuid became integer"),
    ("properties|plan_id", {"type": "string"}, "/plan_id: string uuid became string"),
    ("properties|closed_on", {"type": "string", "format": "date"}, "/closed_on: null or string date became"),
    ("properties|note", {"anyOf": [{"type": "string"}, {"type": "null"}]}, "/note: string became"),
    ("required", ["plan_id", "kind", "indicators", "note"], "/note: required"),
    ("required", ["kind", "indicators"], "/plan_id: no longer always there"),
    ("$defs|Kind|enum", ["PSZ"], "/kind: the value TAP was removed"),
    ("$defs|Indicator|properties|target", None, "/indicators/*/target: removed"),
    ("$defs|Indicator|properties|name", {"type": "integer"}, "/indicators/*/name: string became integer"),
    ("$defs|Indicator|required", ["name", "target"], "/indicators/*/target: required"),
    ("properties|indicators", {"type": "array", "items": {"type": "string"}}, "/indicators: array of"),
]
EVENT_ADDITIONS: list[tuple[str, Json]] = [
    ("properties|reason", {"type": "string"}),
    ("$defs|Kind|enum", ["PSZ", "TAP", "KPSS"]),
    ("$defs|Indicator|properties|number", {"type": "string"}),
    ("title", "Renamed"),
]
IN = "components|schemas|In"
OUT = "components|schemas|Out"
GET = "paths|/plans|get"
API_CHANGES: list[tuple[str, Json, str]] = [
    ("paths|/plans", None, "/plans: removed"),
    ("paths|/plans|post", None, "POST /plans: removed"),
    (f"{GET}|parameters", [], "GET /plans query limit: the parameter was removed"),
    (f"{GET}|parameters|0|required", True, "GET /plans query limit: the parameter is required now"),
    (f"{GET}|parameters|0|schema|maximum", 100, "maximum is 100 now, it was 200"),
    (f"{GET}|parameters|1|schema|enum", ["PSZ"], "TAP is no longer taken"),
    (f"{GET}|responses|200", None, "no longer answers 200"),
    (f"{GET}|responses|200|content", {"text/csv": {}}, "application/json is no longer given"),
    ("paths|/plans|post|requestBody|content", {"text/csv": {}}, "application/json is no longer taken"),
    (f"{IN}|required", ["title", "kind"], "POST /plans body/kind: required now"),
    (f"{IN}|properties|kind", None, "body/kind: removed, and unknown fields are refused"),
    (f"{IN}|properties|title", {"type": "integer"}, "body/title: string became integer"),
    (f"{IN}|properties|title|maxLength", 100, "body/title: maxLength is 100 now"),
    (f"{IN}|properties|title|minLength", 1, "body/title: minLength is 1 now"),
    (f"{IN}|properties|kind|enum", ["PSZ"], "body/kind: TAP is no longer taken"),
    (f"{IN}|properties|unit_ids|items", {"type": "string", "minLength": 1}, "body/unit_ids/*: minLength"),
    (f"{OUT}|properties|version", None, "GET /plans 200/items/*/version: removed"),
    (f"{OUT}|properties|version", {"type": "string"}, "items/*/version: integer became string"),
    (f"{OUT}|required", ["id"], "items/*/version: no longer always there"),
    (
        f"{OUT}|properties|version",
        {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "items/*/version: integer became integer or null",
    ),
]
API_ADDITIONS: list[tuple[str, Json]] = [
    ("paths|/units", {"get": {"responses": {}}}),
    (f"{OUT}|properties|title", {"type": "string"}),
    (f"{OUT}|required", ["id", "version", "above"]),
    (f"{IN}|properties|vision", {"type": "string"}),
    (f"{IN}|required", []),
    (f"{IN}|properties|title|maxLength", 500),
    (f"{IN}|properties|kind|enum", ["PSZ", "TAP", "KPSS"]),
    (f"{IN}|properties|title", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    (f"{GET}|parameters|0|schema|maximum", 500),
    (f"{GET}|responses|206", {"description": "Part"}),
    ("paths|/plans|post|requestBody|content|text/csv", {"schema": {}}),
]


def api_with_body_needed() -> dict[str, Json]:
    return changed(API, f"{GET}|requestBody", {"content": {}})


def test_a_schema_that_did_not_change_breaks_nobody() -> None:
    assert list(event_breaks(EVENT, EVENT)) == []
    assert list(api_breaks(API, API)) == []


@pytest.mark.parametrize(("path", "value", "sentence"), EVENT_CHANGES)
def test_a_change_of_an_event_that_breaks_a_reader_is_found(path: str, value: Json, sentence: str) -> None:
    found = list(event_breaks(EVENT, changed(EVENT, path, value)))
    assert any(each.startswith(sentence) for each in found), found


@pytest.mark.parametrize(("path", "value"), EVENT_ADDITIONS)
def test_an_addition_to_an_event_breaks_nobody(path: str, value: Json) -> None:
    assert list(event_breaks(EVENT, changed(EVENT, path, value))) == []


@pytest.mark.parametrize(("path", "value", "sentence"), API_CHANGES)
def test_a_change_of_an_api_that_breaks_a_caller_is_found(path: str, value: Json, sentence: str) -> None:
    found = list(api_breaks(API, changed(API, path, value)))
    assert any(sentence in each for each in found), found


@pytest.mark.parametrize(("path", "value"), API_ADDITIONS)
def test_an_addition_to_an_api_breaks_nobody(path: str, value: Json) -> None:
    assert list(api_breaks(API, changed(API, path, value))) == []


def test_a_body_that_is_needed_from_now_on_is_found() -> None:
    found = list(api_breaks(API, api_with_body_needed()))
    assert found == ["GET /plans: a body is needed now"]

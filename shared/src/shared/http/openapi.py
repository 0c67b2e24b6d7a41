"""What generators of clients need beyond the framework's OpenAPI: names, roles, headers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from shared.http.conditional import expected_version
from shared.http.identity import Gate

_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key within 24 hours: the request is done once and answered the same again",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
_MODELS: Final = "#/components/schemas/"
_LOCATION: Final = {"description": "Address of what was created", "schema": {"type": "string"}}
_ETAG: Final = {"description": "Version, to be sent as If-Match with a change", "schema": {"type": "string"}}


def name_of(route: APIRoute) -> str:
    """Return the operation id: the name of the route's function, unique in its service."""
    return route.name


def complete_openapi(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Make `app.openapi()` tell roles, If-Match, Idempotency-Key, Location and ETag of these routes."""
    made = app.openapi
    routes = [route for router in routers for route in router.routes]

    def complete() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = made()
            for route in routes:
                if isinstance(route, APIRoute) and route.include_in_schema:
                    for method in route.methods or ():
                        _complete(schema["paths"][route.path_format][method.lower()], route, method)
            _name_models(schema)
        return made()

    app.openapi = complete  # type: ignore[method-assign]


def _name_models(schema: dict[str, Any]) -> None:
    """Name models that share a class name by their slices, their titles too: generators make classes of both.

    The framework calls them `registry__calls__domain__Status` and titles each of them `Status`.
    """
    models = schema["components"]["schemas"]
    names = {key: _own_name(key) for key in models if "__" in key}
    if len({*models, *names.values()}) != len(models) + len(names):
        raise ValueError(f"Models without a name of their own: {sorted(names)}")
    for key, name in names.items():
        models[name] = {**models.pop(key), "title": name}
    _point_anew(schema, {_MODELS + key: _MODELS + name for key, name in names.items()})


def _own_name(key: str) -> str:
    _, slice_, *_, name = key.split("__")
    return slice_.title().replace("_", "") + name


def _point_anew(node: object, moved: Mapping[str, str]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and value in moved:
                node[key] = moved[value]
            _point_anew(value, moved)
    elif isinstance(node, list):
        for each in node:
            _point_anew(each, moved)


def _complete(operation: dict[str, Any], route: APIRoute, method: str) -> None:
    gate = next((call for call in _calls(route.dependant) if isinstance(call, Gate)), None)
    if gate is not None and gate.allowed_roles is None:
        operation["security"] = [{}, *operation.get("security", ())]
    elif gate is not None:
        operation["x-roles"] = sorted(gate.allowed_roles or ())
    conditional = expected_version in _calls(route.dependant)
    for parameter in operation.get("parameters", ()):
        if conditional and parameter["name"].lower() == "if-match":
            parameter.update(required=True, schema={"type": "string", "pattern": '^"[0-9]{1,18}"$'})
    if method == "POST":
        operation.setdefault("parameters", []).append(dict(_IDEMPOTENCY_KEY))
    for status, answer in operation["responses"].items():
        headers = dict(_headers(status, conditional=conditional))
        if headers:
            answer["headers"] = {**headers, **answer.get("headers", {})}


def _headers(status: str, *, conditional: bool) -> Iterator[tuple[str, Mapping[str, object]]]:
    if status == "201":
        yield "Location", _LOCATION
    if status == "201" or (conditional and status == "200"):
        yield "ETag", _ETAG


def _calls(dependant: Dependant) -> Iterator[object]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from _calls(dependency)

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
        return made()

    app.openapi = complete  # type: ignore[method-assign]


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

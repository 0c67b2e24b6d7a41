"""Every route says who may call it; the others stay shut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.routing import APIRoute

from shared.contracts.base import Role
from shared.http.routes import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One method of a route and its callers: `roles` is None where everybody may."""

    method: str
    path: str
    name: str
    roles: frozenset[Role] | None

    @property
    def place(self) -> str:
        return f"{self.method} {self.path}"


def routes_of(routers: Iterable[APIRouter]) -> Iterator[APIRoute]:
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield route


def declarations(routers: Iterable[APIRouter]) -> list[Declared]:
    """Return who may call what; a route without a declaration is missing here."""
    return [
        Declared(method=method, path=route.path, name=route.name, roles=roles[0])
        for route in routes_of(routers)
        for method in sorted(route.methods or ())
        if (roles := _roles_of(route))
    ]


def undeclared(routers: Iterable[APIRouter]) -> Iterator[str]:
    """A route has exactly one declaration, made by `allow`, `logged_in` or `public`."""
    for route in routes_of(routers):
        found = len(_roles_of(route))
        if found != 1:
            yield f"{sorted(route.methods or ())} {route.path}: {found} declarations of who may call"


def without_edge(routers: Iterable[APIRouter]) -> Iterator[str]:
    """Routes are made by `shared.http.router`: no other commits before its answer leaves."""
    for route in routes_of(routers):
        if not isinstance(route, Route):
            yield f"{route.path}: not made by shared.http.router"


def unconventional(routers: Iterable[APIRouter]) -> Iterator[str]:
    """What creates answers 201 (202 when it takes long); five methods are all we use.

    `OPTIONS` belongs to the framework, but for uploads, where the protocol (tus) asks for it.
    """
    for route in routes_of(routers):
        on_collection = route.path.count("/") == 1
        if "POST" in (route.methods or ()) and on_collection and route.status_code not in {201, 202}:
            yield f"POST {route.path}: creates and does not answer 201"
        known = {"GET", "POST", "PUT", "PATCH", "DELETE", *(["OPTIONS"] if "/uploads" in route.path else [])}
        if (route.methods or set()) - known:
            yield f"{sorted(route.methods or ())} {route.path}: a method that we do not use"


def _roles_of(route: APIRoute) -> list[frozenset[Role] | None]:
    return [
        dependency.call.__dict__["allowed_roles"]
        for dependency in route.dependant.dependencies
        if "allowed_roles" in getattr(dependency.call, "__dict__", {})
    ]

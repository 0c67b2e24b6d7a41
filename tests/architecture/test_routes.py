"""Every route says who may call it, and ends its transaction at the edge."""

from collections.abc import Callable, Iterable
from importlib import import_module

import pytest
from fastapi import APIRouter

from shared.contracts.base import Role
from shared.http import allow, public, router
from shared.http.health import router as health
from tests.architecture.guards import routes
from tests.architecture.guards.sources import SERVICES

Guard = Callable[[Iterable[APIRouter]], Iterable[str]]


async def _endpoint() -> None: ...


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "guard", [routes.undeclared, routes.without_edge, routes.unconventional], ids=lambda g: g.__name__
)
def test_the_routes_of_a_service_keep_the_rule(service: str, guard: Guard) -> None:
    routers = import_module(f"{service}.app").SERVICE.routers
    assert routes.declarations(routers)
    assert list(guard(routers)) == []


def test_the_routes_of_operations_are_declared_too() -> None:
    assert list(routes.undeclared([health])) == []
    assert {declared.roles for declared in routes.declarations([health])} == {None}


def test_a_route_without_a_declaration_is_found() -> None:
    planted = router("/plans", tag="plans")
    planted.get("")(_endpoint)
    assert list(routes.undeclared([planted])) == ["['GET'] /plans: 0 declarations of who may call"]


def test_a_route_with_two_declarations_is_found() -> None:
    planted = router("/plans", tag="plans")
    planted.get("", dependencies=[public(), allow(Role.MAYOR)])(_endpoint)
    assert list(routes.undeclared([planted])) == ["['GET'] /plans: 2 declarations of who may call"]


def test_a_declaration_is_read_as_it_was_made() -> None:
    planted = router("/plans", tag="plans")
    planted.post("/{plan_id}/approval", dependencies=[allow(Role.MAYOR, Role.COORDINATOR)])(_endpoint)
    (found,) = routes.declarations([planted])
    assert found.place == "POST /plans/{plan_id}/approval"
    assert found.roles == frozenset({Role.MAYOR, Role.COORDINATOR})


def test_a_route_that_does_not_commit_at_the_edge_is_found() -> None:
    planted = APIRouter(prefix="/plans")
    planted.post("", dependencies=[public()])(_endpoint)
    assert len(list(routes.without_edge([planted]))) == 1


def test_a_post_that_creates_and_does_not_answer_201_is_found() -> None:
    planted = router("/plans", tag="plans")
    planted.post("", dependencies=[public()])(_endpoint)
    assert list(routes.unconventional([planted])) == ["POST /plans: creates and does not answer 201"]


def test_a_method_of_our_own_making_is_found() -> None:
    planted = router("/plans", tag="plans")
    planted.api_route("", methods=["TRACE"], dependencies=[public()])(_endpoint)
    (found,) = routes.unconventional([planted])
    assert "a method that we do not use" in found

"""Every route as every role: who is let in is exactly who was declared."""

from dataclasses import replace

import pytest
from starlette.routing import Route

from shared.contracts.base import Role
from tests.architecture.guards.routes import Declared
from tests.architecture.guards.sources import SERVICES
from tests.contracts.walk import Answer, broken_promises, routes_of, walk
from tests.support.service import ServiceUnderTest
from tests.support.tokens import BY_ROLE

DOCUMENTATION = {"/openapi.json", "/docs"}
FOR_EVERYBODY = {
    "POST /consultations/{consultation_id}/comments",
    "POST /consultations/{consultation_id}/comments/{number}/withdrawal",  # with a receipt
    "POST /frozen-pages",  # keeps what the caller reads anyway
    "POST /renditions",  # puts it on paper
    "POST /newsletter/subscriptions",
    "POST /newsletter/confirmation",  # with a token of the letter, as the three below
    "POST /newsletter/unsubscription",
    "PUT /newsletter/subscription",
    "DELETE /newsletter/subscription",
}
DECLARED = Declared(method="POST", path="/plans", name="draft_plan", roles=frozenset({Role.COORDINATOR}))
LET_IN = Answer(declared=DECLARED, role=Role.COORDINATOR, status=422, media_type="application/problem+json")


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    found: ServiceUnderTest = request.getfixturevalue(request.param)
    return found


async def test_every_route_lets_in_whom_it_declares_and_nobody_else(service: ServiceUnderTest) -> None:
    answers = await walk(service, routes_of(service))
    assert list(broken_promises(answers)) == []


def test_the_walk_covers_every_route_and_every_role(service: ServiceUnderTest) -> None:
    walked = {declared.place for declared in routes_of(service)}
    documented = {
        f"{method.upper()} {path}"
        for path, methods in service.app.openapi()["paths"].items()
        for method in methods
    }
    assert walked == documented
    assert BY_ROLE.keys() == set(Role)


def test_beside_the_declared_routes_there_is_only_the_documentation(service: ServiceUnderTest) -> None:
    beside = {route.path for route in service.app.routes if isinstance(route, Route)}
    assert beside == DOCUMENTATION


def test_nobody_but_the_declared_roles_writes(service: ServiceUnderTest) -> None:
    """What changes data is open to somebody, and never to everybody but where that is meant."""
    writing = [
        declared
        for declared in routes_of(service)
        if declared.method not in {"GET", "OPTIONS"} and declared.place not in FOR_EVERYBODY
    ]
    assert [declared.place for declared in writing if not declared.roles or declared.roles == set(Role)] == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": None}, "declared: 401"),
        ({"role": Role.MAYOR}, "declared: 403"),
        ({"role": None, "status": 403}, "declared: 401"),
        ({"status": 403}, "declared: let in"),
        ({"status": 500}, "a fault of ours"),
        ({"media_type": "application/json"}, "no problem detail"),
    ],
)
def test_an_answer_other_than_declared_is_found(changes: dict[str, object], sentence: str) -> None:
    assert list(broken_promises([LET_IN])) == []
    found = list(broken_promises([replace(LET_IN, **changes)]))  # type: ignore[arg-type]
    assert any(sentence in each for each in found)

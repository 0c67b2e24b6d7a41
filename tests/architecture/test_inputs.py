"""No schema and no address takes one thing for another."""

from datetime import date, datetime
from importlib import import_module
from typing import Annotated

import pytest
from fastapi import APIRouter

import shared.http
from shared.http import ApiModel, Count, Day, DecimalText, InDigits
from shared.service import Service
from tests.architecture.guards import inputs
from tests.architecture.guards.routes import routes_of
from tests.architecture.guards.sources import SERVICES


def service_named(name: str) -> Service:
    service: Service = import_module(f"{name}.app").SERVICE
    return service


def all_inputs(base: type[ApiModel] = ApiModel) -> set[type[ApiModel]]:
    below = {model for kind in base.__subclasses__() for model in all_inputs(kind)}
    return below | ({base} if base.__name__.endswith(("In", "Patch")) else set())


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_route_is_sent_is_taken_for_nothing_else(name: str) -> None:
    routes = list(routes_of(service_named(name).routers))
    assert routes
    loose = {found for model in inputs.bodies_of(routes) for found in inputs.loose_fields(model)}
    loose |= {found for route in routes for found in inputs.loose_parameters(route)}
    assert sorted(loose) == []


def test_what_is_named_an_input_takes_nothing_for_something_else() -> None:
    for name in SERVICES:
        service_named(name)
    models = {model for model in all_inputs() if not model.__module__.startswith("tests")}
    assert len(models) > 15
    assert sorted(found for model in models for found in inputs.loose_fields(model)) == []


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (date, "0"),
        (date | None, "0"),
        (datetime, "0"),
        (int, "True"),
        (tuple[int, ...], "'7'"),
        (frozenset[date], "0"),
        (float, "False"),
        (bool, "'yes'"),
    ],
    ids=str,
)
def test_a_field_that_takes_one_thing_for_another_is_found(kind: object, sent: str) -> None:
    class LooseIn(ApiModel):
        field: kind  # type: ignore[valid-type]

    (model,) = inputs.models_in(LooseIn)
    assert any(f"takes {sent} for" in found for found in inputs.loose_fields(model))


def test_the_types_of_ours_take_only_what_they_are() -> None:
    class StrictIn(ApiModel):
        day: Day
        days: tuple[Day | None, ...]
        count: Count
        decimal: DecimalText | None

    assert list(inputs.loose_fields(StrictIn)) == []


def test_a_loose_field_deep_inside_a_body_is_found() -> None:
    class NodeIn(ApiModel):
        due_on: date | None

    class TreeIn(ApiModel):
        nodes: tuple[NodeIn, ...]

    router = shared.http.router("/trees", tag="trees")

    @router.put("", dependencies=[shared.http.public()])
    async def plant(body: TreeIn) -> None: ...

    found = [each for model in inputs.bodies_of(routes_of([router])) for each in inputs.loose_fields(model)]
    assert any(each.startswith("NodeIn.due_on takes 0 for") for each in found)


def test_a_loose_parameter_is_found() -> None:
    router = APIRouter()

    @router.get("/loose/{number}")
    async def loose(number: int, as_of: date | None = None) -> None: ...

    @router.get("/strict/{number}")
    async def strict(number: Annotated[int, InDigits], as_of: Day | None = None, q: str = "") -> None: ...

    found = [each for route in routes_of([router]) for each in inputs.loose_parameters(route)]
    assert any("number takes '1_0' for 10" in each for each in found)
    assert any("as_of takes '0' for" in each for each in found)
    assert not [each for each in found if "/strict" in each]

"""Builders for the catalogue of indicators, and how people fill it."""

from dataclasses import replace
from datetime import date

import httpx

from evaluation.definitions.domain import Content, Level
from evaluation.definitions.kinds import Accumulation, Kind
from shared.auth import Actor
from shared.contracts.planning import Direction
from tests.support.evaluation import CONSULTANT, PLAN, indicator_id
from tests.support.service import ServiceUnderTest
from tests.support.tokens import EVALUATOR

VALID_FROM = date(2020, 1, 1)
SCALE = (
    Level(value=0, cs="chybí", en="missing"),
    Level(value=1, cs="nahodilé", en="by chance"),
    Level(value=2, cs="nastaveno", en="set up"),
)


def a_content(**changes: object) -> Content:
    content = Content(
        name_cs="domácnosti zabydlené v dostupném bytě",
        name_en="households housed",
        area="BYD",
        kind=Kind.COUNT,
        accumulation=Accumulation.STATE,
        unit="domácnosti",
        direction=Direction.INCREASE,
        level="obec",
        periodicity=None,
        source="bytový odbor",
    )
    return replace(content, **changes)  # type: ignore[arg-type]


def a_definition_in(code: str | None = "X_BYTY", **changes: object) -> dict[str, object]:
    told: dict[str, object] = {
        "name_cs": "domácnosti zabydlené v dostupném bytě",
        "name_en": "households housed",
        "area": "BYD",
        "kind": "count",
        "unit": "domácnosti",
        "direction": "increase",
        "source": "bytový odbor",
        "valid_from": str(VALID_FROM),
    }
    return ({"code": code} if code else {}) | told | changes


async def define(service: ServiceUnderTest, code: str, **changes: object) -> httpx.Response:
    async with service.client(EVALUATOR) as client:
        return await client.post("/definitions", json=a_definition_in(code, **changes))


async def redefine(
    service: ServiceUnderTest, code: str, *, version: int = 1, **changes: object
) -> httpx.Response:
    told = {"valid_from": "2027-01-01", "reason": "Nová metodika", "bridge": {"kind": "same"}, **changes}
    async with service.client(EVALUATOR) as client:
        return await client.post(
            f"/definitions/{code}/editions",
            json=a_definition_in(None, **told),
            headers={"If-Match": f'"{version}"'},
        )


async def post(
    service: ServiceUnderTest, actor: Actor, path: str, body: object, *, version: int | None = None
) -> httpx.Response:
    """Post a decision, on the version given or without one."""
    headers = {"If-Match": f'"{version}"'} if version else {}
    async with service.client(actor, **headers) as client:
        return await client.post(path, json=body)


async def link(
    service: ServiceUnderTest, which: int, code: str | None, *, version: int = 1, **said: object
) -> httpx.Response:
    """Say what an indicator of the plan measures."""
    async with service.client(CONSULTANT, **{"If-Match": f'"{version}"'}) as client:
        path = f"/monitoring/{PLAN}/indicators/{indicator_id(which)}/definition"
        return await client.put(path, json={"code": code, **said})

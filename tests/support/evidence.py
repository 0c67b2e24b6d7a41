"""Builders of evidence: citations, links, and a registry that planning can really ask."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx
import uvicorn

from registry.exclusion.use_cases import recompute_all
from registry.units.codes import unit_id
from shared.auth import Actor
from shared.contracts.base import Event
from shared.contracts.registry import FiguresPublished, IndexPublished, UnitKind
from tests.support.eventually import eventually
from tests.support.planning import Json, PlanUnderWay, a_problem, a_registered_unit, a_tree
from tests.support.service import ServiceUnderTest
from tests.support.statistics import Town, a_sheet, workbook_imported
from tests.support.tokens import COORDINATOR

OBRNICE = unit_id(UnitKind.MUNICIPALITY, "567337")
MOST = unit_id(UnitKind.MUNICIPALITY, "567027")
HAVRAN = unit_id(UnitKind.MUNICIPALITY, "567141")
NAMES = {OBRNICE: "Obrnice", MOST: "Most", HAVRAN: "Havraň"}


def a_citation(**changes: object) -> Json:
    return {
        "measure": "figure",
        "title": "Osoby v exekuci",
        "unit_id": str(OBRNICE),
        "series": "EXE",
        "period": "2022-01-01",
        "value": "750",
        "claim": "V exekuci jsou stovky lidí.",
        "at_least": "500",
        **changes,
    }


def an_analysis(**changes: object) -> Json:
    return {
        "measure": "analysis",
        "title": "Situační analýza Obrnice",
        "url": "https://example.org/analyza.pdf",
        **changes,
    }


@asynccontextmanager
async def asked(planning: ServiceUnderTest, registry: ServiceUnderTest) -> AsyncIterator[None]:
    """Serve the registry over HTTP, and tell planning where it is, while the block runs."""
    server = uvicorn.Server(uvicorn.Config(registry.app, port=0, lifespan="off", log_level="warning"))
    task = asyncio.create_task(server.serve())
    await eventually("the registry listens", lambda: _started(server))
    port = server.servers[0].sockets[0].getsockname()[1]
    known = planning.resources.settings
    _point(planning, f"http://127.0.0.1:{port}")
    try:
        yield
    finally:
        _point(planning, known.registry_url)
        server.should_exit = True
        await task


async def _started(server: uvicorn.Server) -> bool:
    return server.started


def _point(planning: ServiceUnderTest, url: str) -> None:
    settings = planning.resources.settings.model_copy(update={"registry_url": url})
    planning.resources.settings = settings
    for consumer in planning.consumers.values():
        consumer._settings = settings


async def published(registry: ServiceUnderTest, *towns: Town, year: int) -> list[Event]:
    """Import a workbook and compute the Index; return what the registry told of it."""
    before = await _told(registry)
    await workbook_imported(registry, a_sheet(*towns, year=year), year=year)
    async with registry.transaction() as tx:
        await recompute_all(tx)
    return [event for event in await _told(registry) if event not in before]


async def _told(registry: ServiceUnderTest) -> list[Event]:
    return [*await registry.told(FiguresPublished), *await registry.told(IndexPublished)]


class Linked:
    """Drives the links of one plan."""

    def __init__(self, plan: PlanUnderWay, problems: Sequence[str]) -> None:
        self.plan = plan
        self.problems = problems

    async def link(
        self, citation: Json | None = None, *, actor: Actor = COORDINATOR, problem: int = 0
    ) -> httpx.Response:
        path = f"/plans/{self.plan.id}/problems/{self.problems[problem]}/evidence"
        async with self.plan.planning.client(actor) as client:
            return await client.post(path, json=citation or a_citation())

    async def send(
        self, method: str, path: str, version: object, *, actor: Actor = COORDINATOR, **body: object
    ) -> httpx.Response:
        async with self.plan.planning.client(actor) as client:
            headers = {"If-Match": f'"{version}"'}
            return await client.request(method, f"/evidence/{path}", json=body or None, headers=headers)

    async def get(self, path: str = "", actor: Actor | None = COORDINATOR) -> httpx.Response:
        async with self.plan.planning.client(actor) as client:
            return await client.get(f"/evidence{path}")

    async def states(self) -> dict[str, str]:
        """Return the state of each link by its title."""
        items = (await self.get("?limit=200")).json()["items"]
        return {item["title"]: item["state"] for item in items}


async def linked_plan(plan: PlanUnderWay, *problems: Json) -> Linked:
    """Write a tree into a draft and get ready to link its problems; the towns of the workbook are known."""
    units = [a_registered_unit(id_, name=name) for id_, name in NAMES.items() if id_ != OBRNICE]
    await plan.planning.hear(*units)
    answer = await plan.write_tree(a_tree(*(problems or (a_problem(),))))
    assert answer.status_code == 200, answer.text
    found = (await plan.get(COORDINATOR)).json()["problems"]
    return Linked(plan, [each["id"] for each in found])

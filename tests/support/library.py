"""Builders of entries of the library, of offers and of needs, and one entry on its way to publication."""

from datetime import timedelta

import httpx

from shared.auth import Actor
from shared.http import today
from tests.support.planning import Json, PlanUnderWay
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, CONSULTANT, COORDINATOR

NEXT_YEAR = str(today() + timedelta(days=365))


def a_measure_pattern(**changes: object) -> Json:
    return {
        "kind": "measure",
        "title": "Zabydlování rodin s podporou",
        "description": "Byt, smlouva a rok sociální práce.",
        "activities": ["Výběr bytů", "Podpora v prvním roce"],
        "indicators": [
            {"name": "Domácnosti zabydlené v dostupném bytě", "code": "P01", "unit": "domácnosti"},
        ],
        "budget": ["staff"],
        **changes,
    }


def a_template(**changes: object) -> Json:
    return {
        "pattern": a_measure_pattern(),
        "areas": ["BYD"],
        "plan_kinds": ["PSZ"],
        "target_groups": ["rodiny s dětmi"],
        "sources": ["Metodika sociálního bydlení"],
        **changes,
    }


def a_practice_record(**changes: object) -> Json:
    return {
        "worked_from": "2026-03-01",
        "results": [{"name": "Zabydlené domácnosti", "unit": "domácnosti", "before": "0", "after": "14"}],
        "cost_czk": "1250000.00",
        "conditions": "Město má vlastní byty.",
        "contact_office": "Odbor sociálních věcí",
        "evidence": ["Evaluace 2026"],
        **changes,
    }


class EntryUnderWay:
    """Drives one entry over HTTP; keeps the version that the last answer gave."""

    def __init__(self, planning: ServiceUnderTest, answer: httpx.Response) -> None:
        assert answer.status_code == 201, answer.text
        self.planning = planning
        self.id = answer.json()["id"]
        self.etag = answer.headers["etag"]

    async def send(
        self, method: str, step: str, actor: Actor | None = CONSULTANT, /, **body: object
    ) -> httpx.Response:
        async with self.planning.client(actor, **{"If-Match": self.etag}) as client:
            answer = await client.request(method, f"/library/{self.id}{step}", json=body or None)
        self.etag = answer.headers.get("etag", self.etag)
        return answer

    async def propose(self, actor: Actor = CONSULTANT) -> httpx.Response:
        return await self.send("POST", "/proposal", actor)

    async def verify(self, actor: Actor = ANALYST, review_on: str = NEXT_YEAR) -> httpx.Response:
        return await self.send("POST", "/verification", actor, review_on=review_on)

    async def get(self, actor: Actor | None = None) -> httpx.Response:
        async with self.planning.client(actor) as client:
            return await client.get(f"/library/{self.id}")


async def a_drafted_template(
    planning: ServiceUnderTest, actor: Actor = CONSULTANT, /, **changes: object
) -> EntryUnderWay:
    async with planning.client(actor) as client:
        return EntryUnderWay(planning, await client.post("/library", json=a_template(**changes)))


async def a_published_template(planning: ServiceUnderTest, **changes: object) -> EntryUnderWay:
    entry = await a_drafted_template(planning, CONSULTANT, **changes)
    assert (await entry.propose()).status_code == 200
    verified = await entry.verify()
    assert verified.status_code == 200, verified.text
    return entry


async def a_drafted_practice(
    planning: ServiceUnderTest, plan: PlanUnderWay, node_id: str, **changes: object
) -> EntryUnderWay:
    async with planning.client(COORDINATOR) as client:
        answer = await client.post(
            f"/plans/{plan.id}/practices", json={"node_id": node_id, **a_practice_record(**changes)}
        )
    return EntryUnderWay(planning, answer)


async def the_measure_of(plan: PlanUnderWay) -> str:
    problem = (await plan.get()).json()["problems"][0]
    node_id: str = problem["goals"][0]["measures"][0]["id"]
    return node_id


async def insert(
    plan: PlanUnderWay, entry_id: str, parent_id: str | None, actor: Actor = COORDINATOR, **changes: object
) -> httpx.Response:
    return await plan.post("insertions", actor, entry_id=entry_id, parent_id=parent_id, **changes)

"""Builders of plans: a small complete tree, and units that may plan."""

from datetime import date
from uuid import UUID

import httpx

from shared.auth import Actor
from shared.contracts.registry import CooperationRegime, CooperationStarted, UnitKind, UnitRegistered
from shared.ids import uuid7
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, MAYOR, OBRNICE

Json = dict[str, object]


def a_registered_unit(unit_id: UUID = OBRNICE, *, name: str = "Obrnice", version: int = 1) -> UnitRegistered:
    return UnitRegistered(
        version=version,
        unit_id=unit_id,
        kind=UnitKind.MUNICIPALITY,
        code="567337",
        name=name,
        parent_id=None,
        valid_from=date(2000, 1, 1),
        valid_until=None,
    )


def a_started_cooperation(
    unit_id: UUID = OBRNICE, *, starts_on: date = date(2026, 1, 1)
) -> CooperationStarted:
    return CooperationStarted(
        version=1,
        cooperation_id=uuid7(),
        unit_id=unit_id,
        regime=CooperationRegime.KPSV21,
        starts_on=starts_on,
        ends_on=None,
    )


def an_indicator(**changes: object) -> Json:
    return {
        "name": "Domácnosti, které si bydlení udržely 12 měsíců",
        "unit": "%",
        "direction": "increase",
        "periodicity": "yearly",
        "owner": "Odbor sociálních věcí",
        "source": "evidence sociálních pracovníků",
        "baseline": "41.5",
        "baseline_on": "2025-12-31",
        "target": "75",
        "target_on": "2029-12-31",
        **changes,
    }


def a_measure(**changes: object) -> Json:
    return {
        "title": "Zabydlování s podporou",
        "owner": "Město Obrnice",
        "partners": ["Společně, z. s."],
        "starts_on": "2026-03-01",
        "ends_on": "2029-12-31",
        "cost_czk": "1250000",
        "funding_source": "OPZ+",
        "indicators": [an_indicator(name="Zabydlené domácnosti", unit="domácnosti")],
        "activities": [{"title": "Výběr bytů", "owner": "Bytový odbor", "due_on": "2026-06-30"}],
        **changes,
    }


def a_goal(**changes: object) -> Json:
    return {
        "title": "Méně domácností bez stálého bydlení",
        "due_on": "2029-12-31",
        "indicators": [an_indicator()],
        "measures": [a_measure()],
        **changes,
    }


def a_problem(**changes: object) -> Json:
    return {
        "area": "BYD",
        "title": "Rodiny žijí na ubytovnách",
        "description": "Na třech ubytovnách žije 120 osob, z toho 45 dětí.",
        "estimated_people": 120,
        "goals": [a_goal()],
        **changes,
    }


def a_tree(*problems: Json) -> Json:
    return {"problems": list(problems) or [a_problem()]}


def a_head(**changes: object) -> Json:
    return {
        "kind": "PSZ",
        "title": "Plán sociálního začleňování Obrnice 2026–2030",
        "vision": "Obec, kde má každý kde bydlet.",
        "unit_ids": [str(OBRNICE)],
        "valid_from": "2026-01-01",
        "valid_until": "2030-12-31",
        **changes,
    }


class PlanUnderWay:
    """Drives one plan over HTTP; keeps the version that the last answer gave."""

    def __init__(self, planning: ServiceUnderTest, plan_id: str, etag: str) -> None:
        self.planning = planning
        self.id = plan_id
        self.etag = etag

    async def post(self, step: str, actor: Actor, **body: object) -> httpx.Response:
        async with self.planning.client(actor) as client:
            answer = await client.post(
                f"/plans/{self.id}/{step}", json=body or None, headers={"If-Match": self.etag}
            )
        self.etag = answer.headers.get("etag", self.etag)
        return answer

    async def write_tree(self, tree: Json, actor: Actor = COORDINATOR) -> httpx.Response:
        async with self.planning.client(actor) as client:
            answer = await client.put(f"/plans/{self.id}/tree", json=tree, headers={"If-Match": self.etag})
        self.etag = answer.headers.get("etag", self.etag)
        return answer

    async def get(self, actor: Actor | None = CONSULTANT, path: str = "") -> httpx.Response:
        async with self.planning.client(actor) as client:
            return await client.get(f"/plans/{self.id}{path}")

    async def submit(self, actor: Actor = COORDINATOR) -> httpx.Response:
        return await self.post("submission", actor)

    async def approve(self, actor: Actor = MAYOR, **changes: object) -> httpx.Response:
        body = {
            "body": "Zastupitelstvo obce Obrnice",
            "approved_on": "2026-02-11",
            "resolution_number": "12/2026",
            **changes,
        }
        return await self.post("approval", actor, **body)


async def a_draft(
    planning: ServiceUnderTest, *, actor: Actor = COORDINATOR, **changes: object
) -> PlanUnderWay:
    """Draft a plan for Obrnice, which cooperates."""
    await planning.hear(a_registered_unit(), a_started_cooperation())
    async with planning.client(actor) as client:
        answer = await client.post("/plans", json=a_head(**changes))
    assert answer.status_code == 201, answer.text
    return PlanUnderWay(planning, answer.json()["id"], answer.headers["etag"])


async def a_submitted_plan(planning: ServiceUnderTest, *, tree: Json | None = None) -> PlanUnderWay:
    plan = await a_draft(planning)
    assert (await plan.write_tree(tree or a_tree())).status_code == 200
    assert (await plan.submit()).status_code == 200
    return plan


async def an_approved_plan(planning: ServiceUnderTest, *, tree: Json | None = None) -> PlanUnderWay:
    plan = await a_submitted_plan(planning, tree=tree)
    answer = await plan.approve()
    assert answer.status_code == 200, answer.text
    return plan

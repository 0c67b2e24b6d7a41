"""Builders of recommendations that evaluation issues, and what a town answers."""

from datetime import date
from uuid import UUID

import httpx

from shared.auth import Actor
from shared.contracts.evaluation import RecommendationIssued, RecommendationPriority
from shared.ids import uuid7
from tests.support.planning import Json
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, OBRNICE


def a_recommendation(plan_id: str | UUID, **changes: object) -> RecommendationIssued:
    values: dict[str, object] = {
        "version": 1,
        "recommendation_id": uuid7(),
        "evaluation_id": uuid7(),
        "plan_id": UUID(str(plan_id)),
        "revision": 1,
        "unit_ids": (OBRNICE,),
        "number": "D1",
        "text": "Doplnit zabydlování o dluhové poradenství.",
        "addressee": "Obec Obrnice",
        "priority": RecommendationPriority.HIGH,
        "issued_on": date(2026, 3, 1),
        "response_due_on": date(2026, 6, 30),
        "node_ids": (),
        **changes,
    }
    return RecommendationIssued(**values)  # type: ignore[arg-type]


def an_acceptance(**changes: object) -> Json:
    return {
        "answer": "accepted",
        "responsible": "Odbor sociálních věcí",
        "due_on": "2099-12-31",
        **changes,
    }


def a_rejection(**changes: object) -> Json:
    return {"answer": "rejected", "reasons": "Poradnu už provozuje charita.", **changes}


async def reply(
    planning: ServiceUnderTest,
    told: RecommendationIssued,
    body: Json,
    actor: Actor = COORDINATOR,
    *,
    step: str = "answer",
    version: int = 1,
) -> httpx.Response:
    async with planning.client(actor) as client:
        return await client.post(
            f"/recommendations/{told.recommendation_id}/{step}",
            json=body,
            headers={"If-Match": f'"{version}"'},
        )


def without_numbers(tree: Json) -> Json:
    """Return a tree as it is sent, from a tree as it is read."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key != "number"}
        return [bare(each) for each in value] if isinstance(value, list) else value

    found = bare(tree)
    assert isinstance(found, dict)
    return found

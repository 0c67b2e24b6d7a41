"""Builders for pages of units: reading them, plans that planning has told of."""

from datetime import date
from typing import Any
from uuid import UUID

from shared.auth import Actor
from shared.contracts.planning import PlanApproved, PlanKind
from tests.support.registry import OBRNICE
from tests.support.service import ServiceUnderTest

Json = dict[str, Any]
PLAN = UUID("01900000-0000-7000-8000-000000000001")


async def page_of(
    service: ServiceUnderTest, unit_id: UUID = OBRNICE, actor: Actor | None = None, **parameters: str | int
) -> Json:
    async with service.client(actor) as client:
        answer = await client.get(f"/profiles/{unit_id}", params=parameters)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


def an_approved_plan(**changes: object) -> PlanApproved:
    facts: dict[str, object] = {
        "plan_id": PLAN,
        "version": 3,
        "revision": 1,
        "kind": PlanKind.PSZ,
        "title": "Plán sociálního začleňování",
        "unit_ids": (OBRNICE,),
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2028, 12, 31),
        "body": "Zastupitelstvo",
        "approved_on": date(2025, 12, 10),
        "resolution_number": "12/2025",
        "digest": "0" * 64,
        "indicators": (),
        **changes,
    }
    return PlanApproved(**facts)  # type: ignore[arg-type]

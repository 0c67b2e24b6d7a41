"""Builders of consultations and comments of Obrnice, and one consultation driven over HTTP."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
from sqlalchemy import text

from planning.comments.domain import Comment, LateReason, SubmitterKind
from planning.consultations.domain import Channel, Consultation, ConsultationStatus, DeadlineRule, Hearing
from shared.auth import Actor
from shared.ids import uuid7
from tests.support.planning import Json, PlanUnderWay, a_draft, a_tree
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, OBRNICE

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
"""The window of `a_consultation` opens then and lasts three weeks."""


def a_consultation(**changes: object) -> Consultation:
    values: dict[str, object] = {
        "id": UUID(int=1),
        "version": 1,
        "plan_id": UUID(int=2),
        "revision": 1,
        "unit_ids": (OBRNICE,),
        "title": "Připomínky k návrhu plánu",
        "status": ConsultationStatus.OPEN,
        "opens_at": NOON,
        "closes_at": NOON + timedelta(days=21),
        "deadline_rule": DeadlineRule.DELIVERED,
        "channels": frozenset({Channel.WEB, Channel.POST}),
        "form_required": False,
        "settle_by_on": (NOON + timedelta(days=60)).date(),
        "contact": "Odbor sociálních věcí",
        "paper_place": "Podatelna městského úřadu",
        "instructions": "",
        "hearing": None,
        "opened_at": NOON,
        "digest": "0" * 64,
        **changes,
    }
    return Consultation(**values)  # type: ignore[arg-type]


def a_hearing(days: int) -> Hearing:
    """Return a hearing so many days after the window opened."""
    return Hearing(held_at=NOON + timedelta(days=days), place="Kulturní dům")


def a_numbered_comment(number: int = 1, **changes: object) -> Comment:
    values: dict[str, object] = {
        "id": UUID(int=100 + number),
        "version": 1,
        "consultation_id": UUID(int=1),
        "number": number,
        "channel": Channel.POST,
        "submitter_kind": SubmitterKind.CITIZEN,
        "submitter_name": "Šárka Nováková",
        "submitter_contact": "sarka@example.cz",
        "node_id": None,
        "node_number": "",
        "node_title": "",
        "text": "Chybí dětské hřiště.",
        "proposed_wording": "",
        "reasons": "",
        "sent_on": None,
        "delivered_at": NOON + timedelta(days=1),
        "late_reason": None,
        "receipt": None,
        "recorded_by": "coordinator-obrnice",
        "recorded_at": NOON + timedelta(days=1),
        **changes,
    }
    return Comment(**values)  # type: ignore[arg-type]


def a_late_comment(number: int = 1, **changes: object) -> Comment:
    return a_numbered_comment(number, late_reason=LateReason.DELIVERED_LATE, **changes)


def an_announcement(**changes: object) -> Json:
    now = datetime.now(UTC)
    return {
        "title": "Připomínky k návrhu plánu sociálního začleňování",
        "opens_at": (now - timedelta(hours=1)).isoformat(),
        "closes_at": (now + timedelta(days=21)).isoformat(),
        "contact": "Odbor sociálních věcí, Jana Malinová",
        "paper_place": "Podatelna obecního úřadu",
        **changes,
    }


def a_comment(**changes: object) -> Json:
    return {"text": "U zabydlování chybí, kdo bude byty spravovat.", **changes}


def an_entry(**changes: object) -> Json:
    return {
        "text": "Na ubytovně není bezbariérový vstup.",
        "channel": "post",
        "submitter_name": "Karel Novák",
        "submitter_contact": "Obrnice 12",
        "delivered_at": datetime.now(UTC).isoformat(),
        **changes,
    }


class ConsultationUnderWay:
    """Drives one consultation over HTTP; keeps the version that the last decision gave."""

    def __init__(self, planning: ServiceUnderTest, plan: PlanUnderWay, made: httpx.Response) -> None:
        self.planning = planning
        self.plan = plan
        self.id: str = made.json()["id"]
        self.etag: str = made.headers["etag"]

    async def send(
        self,
        method: str,
        path: str = "",
        body: Mapping[str, object] | None = None,
        actor: Actor | None = COORDINATOR,
        **headers: str,
    ) -> httpx.Response:
        async with self.planning.client(actor) as client:
            return await client.request(method, f"/consultations/{self.id}{path}", json=body, headers=headers)

    async def decide(
        self, step: str, body: Mapping[str, object] | None = None, *, method: str = "POST"
    ) -> httpx.Response:
        answer = await self.send(method, f"/{step}", body, COORDINATOR, **{"If-Match": self.etag})
        self.etag = answer.headers.get("etag", self.etag)
        return answer

    async def get(self, path: str = "", actor: Actor | None = CONSULTANT, **headers: str) -> httpx.Response:
        return await self.send("GET", path, None, actor, **headers)

    async def comment(self, *, address: str = "192.0.2.1", **changes: object) -> httpx.Response:
        """Comment without a login, from an address."""
        key = {"Idempotency-Key": str(uuid7())}
        async with from_address(self.planning, address) as client:
            return await client.post(
                f"/consultations/{self.id}/comments", json=a_comment(**changes), headers=key
            )

    async def enter(self, **changes: object) -> httpx.Response:
        return await self.send("POST", "/entries", an_entry(**changes))

    async def close(self) -> None:
        """Let the window end: moved into the past behind the back of the service."""
        now = datetime.now(UTC)
        async with self.planning.resources.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE consultation DISABLE TRIGGER keep_consulted_text"))
            await connection.execute(
                text("UPDATE consultation SET opens_at = :opens, closes_at = :closes WHERE id = :id"),
                {"opens": now - timedelta(days=21), "closes": now - timedelta(hours=1), "id": self.id},
            )
            await connection.execute(text("ALTER TABLE consultation ENABLE TRIGGER keep_consulted_text"))


def from_address(planning: ServiceUnderTest, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(planning.app, raise_app_exceptions=False, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def a_prepared_consultation(planning: ServiceUnderTest, **changes: object) -> ConsultationUnderWay:
    plan = await a_draft(planning)
    assert (await plan.write_tree(a_tree())).status_code == 200
    async with planning.client(COORDINATOR) as client:
        made = await client.post("/consultations", json={**an_announcement(**changes), "plan_id": plan.id})
    assert made.status_code == 201, made.text
    return ConsultationUnderWay(planning, plan, made)


async def an_open_consultation(planning: ServiceUnderTest, **changes: object) -> ConsultationUnderWay:
    consultation = await a_prepared_consultation(planning, **changes)
    opened = await consultation.decide("opening")
    assert opened.status_code == 200, opened.text
    return consultation

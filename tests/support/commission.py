"""Builders for the commission: nine members of seven bodies, checked applications, a bench to score on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

import httpx

from registry.calls.domain import Call, Criterion
from registry.commission.assessing import Assessment, Assessor, Status
from registry.commission.domain import BODIES, NominatingBody
from shared.auth import Actor
from shared.contracts.base import Role
from tests.support.applications import (
    a_call,
    a_municipality,
    announced,
    checklist_json,
    draft_json,
    version_of,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, ANALYST, an_actor

ESTABLISHED_BY: Final = "rozhodnutí ministra č. 25/2021 ze dne 19. 10. 2021"
FIRST_RECEIPT: Final = datetime(2023, 3, 20, 8, 0, tzinfo=UTC)
_BODY_OF: Final = (*NominatingBody, NominatingBody.SMO_CR, NominatingBody.AK_CR)
CRITERIA: Final = (
    Criterion(
        code="K1", name_cs="Potřebnost", name_en="Need", weight=Decimal("1.5"), max_points=10, min_points=4
    ),
    Criterion(code="K2", name_cs="Připravenost", name_en="Readiness", weight=Decimal(1), max_points=10),
    Criterion(code="K3", name_cs="Partnerství", name_en="Partnership", weight=Decimal("0.5"), max_points=10),
)
SECRETARY: Final = an_actor(
    Role.CONSULTANT, affiliation="Agentura pro sociální začleňování", sub="secretary", name="Tereza Zapsaná"
)
Points = Mapping[str, int]


def a_member(number: int) -> Actor:
    """Return a member by number from 1; the first one is the chair."""
    affiliation = BODIES[_BODY_OF[number - 1]][0]
    return an_actor(Role.COMMISSIONER, affiliation=affiliation, sub=f"member-{number}", name=f"Člen {number}")


def seat_json(
    actor: Actor, body: NominatingBody, duty: str = "member", **changes: object
) -> dict[str, object]:
    return {
        "person": actor.id,
        "person_name": actor.name,
        "body": body.value,
        "duty": duty,
        "starts_on": "2021-10-19",
        **changes,
    }


async def a_commission(service: ServiceUnderTest, members: int = 9, *, starts_on: str = "2021-10-19") -> UUID:
    """Establish a commission with a secretary and members, of whom the first is the chair."""
    async with service.client(ADMINISTRATOR) as client:
        body = {"established_by": ESTABLISHED_BY, "starts_on": starts_on}
        answer = await client.post("/commissions", json=body)
        address = answer.headers["Location"]
        seats = [seat_json(SECRETARY, NominatingBody.MMR, "secretary")]
        for number in range(1, members + 1):
            duty = "chair" if number == 1 else "member"
            seats.append(seat_json(a_member(number), _BODY_OF[number - 1], duty))
        for seat in seats:
            seated = {**seat, "starts_on": starts_on}
            answer = await client.post(f"{address}/seats", json=seated, headers=version_of(answer))
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


def the_call(**changes: object) -> Call:
    """Return the second call of 2023 with three criteria: 30 points at most."""
    call = a_call(opens_on=date(2023, 3, 20), closes_on=date(2023, 4, 6))
    return replace(call, criteria=CRITERIA, minimum_points=Decimal(12), **changes)  # type: ignore[arg-type]


def an_assessment() -> Assessment:
    people = [("vera", True), ("ivo", False)]
    return Assessment(
        id=UUID(int=1),
        version=1,
        call_id=UUID(int=2),
        commission_id=UUID(int=3),
        status=Status.OPEN,
        opened_on=date(2023, 4, 20),
        quorum=2,
        spread_alarm=CRITERIA[0].weight,
        criteria=CRITERIA,
        minimum_points=CRITERIA[0].weight,
        capacity=None,
        secretary="tereza",
        secretary_name="Tereza",
        assessors=tuple(
            Assessor(person=person, person_name=person.title(), body=NominatingBody.MPSV, is_chair=is_chair)
            for person, is_chair in people
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A checked application: `code` is the municipality's."""

    id: UUID
    number: str
    unit_id: UUID
    code: str
    received_at: datetime


async def checked_applications(service: ServiceUnderTest, receipts: Sequence[datetime]) -> list[Filed]:
    """File an application of a town for each receipt, in this order, and pass its formal check."""
    filed = []
    for number, received_at in enumerate(receipts, start=1):
        unit, json = a_municipality(number)
        async with service.client(ADMINISTRATOR) as client:
            assert (await client.post("/units", json=json)).status_code == 201
        filed.append(await checked_application(service, unit, received_at, code=json["code"]))
    return filed


async def checked_application(
    service: ServiceUnderTest, unit: UUID, received_at: datetime, *, code: str = ""
) -> Filed:
    async with service.client(ADMINISTRATOR) as client, service.client(ANALYST) as analyst:
        answer = await client.post("/applications", json=draft_json(unit))
        assert answer.status_code == 201, answer.text
        address = f"/applications/{answer.json()['id']}"
        receipt = {"received_at": received_at.isoformat()}
        answer = await client.post(f"{address}/submission", json=receipt, headers=version_of(answer))
        body = {"checklist": checklist_json()}
        answer = await analyst.post(f"{address}/formal-check", json=body, headers=version_of(answer))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return Filed(
        id=UUID(found["id"]), number=found["number"], unit_id=unit, code=code, received_at=received_at
    )


@dataclass(slots=True, kw_only=True)
class Bench:
    """An assessment under test: members work on it by tables, officers decide on its last version."""

    service: ServiceUnderTest
    id: UUID
    filed: list[Filed]
    opened_in: int
    """So many statements the opening took."""

    @property
    def address(self) -> str:
        return f"/assessments/{self.id}"

    async def get(self, actor: Actor, path: str = "", **headers: str) -> httpx.Response:
        async with self.service.client(actor, **headers) as client:
            return await client.get(f"{self.address}{path}")

    async def versions(self, actor: Actor) -> dict[UUID, int]:
        items = (await self.get(actor, "/worklist?limit=200")).json()["items"]
        return {UUID(item["application_id"]): item["version"] for item in items}

    async def declare(
        self, actor: Actor, conflicts: Mapping[UUID, str] | None = None, only: Sequence[UUID] | None = None
    ) -> httpx.Response:
        """Declare on all applications, or on some: no conflict but those given with their grounds."""
        grounds = conflicts or {}
        lines = [
            {
                "application_id": str(id_),
                "version": version,
                "declaration": "conflict" if id_ in grounds else "none",
                "ground": grounds.get(id_, ""),
            }
            for id_, version in (await self.versions(actor)).items()
            if only is None or id_ in only
        ]
        async with self.service.client(actor) as client:
            return await client.post(f"{self.address}/declarations", json={"declarations": lines})

    async def score(self, actor: Actor, points: Mapping[UUID, Points]) -> httpx.Response:
        """Save drafts with a reason for each mark."""
        versions = await self.versions(actor)
        lines = [
            {"application_id": str(id_), "version": versions[id_], "marks": marks_json(marks, actor)}
            for id_, marks in points.items()
        ]
        async with self.service.client(actor) as client:
            return await client.put(f"{self.address}/scores", json={"scores": lines})

    async def seal(self, actor: Actor, only: Sequence[UUID] | None = None) -> httpx.Response:
        lines = [
            {"application_id": str(id_), "version": version}
            for id_, version in (await self.versions(actor)).items()
            if only is None or id_ in only
        ]
        async with self.service.client(actor) as client:
            return await client.post(f"{self.address}/scores/sealing", json={"scores": lines})

    async def sealed(self, actor: Actor, points: Mapping[UUID, Points]) -> None:
        """Declare, score and seal; every line must succeed."""
        only = list(points)
        answers = [await self.declare(actor, only=only), await self.score(actor, points)]
        answers.append(await self.seal(actor, only))
        for answer in answers:
            assert outcomes(answer) == ["done"] * len(points), answer.text

    async def decide(self, actor: Actor, path: str, json: object = None) -> httpx.Response:
        """Decide on the version that stands now."""
        current = await self.get(SECRETARY)
        async with self.service.client(actor) as client:
            return await client.post(
                f"{self.address}{path}", json=json, headers={"If-Match": current.headers["ETag"]}
            )

    async def decided(self, actor: Actor, path: str, json: object = None) -> httpx.Response:
        answer = await self.decide(actor, path, json)
        assert answer.status_code == 200, answer.text
        return answer


def marks_json(points: Points, actor: Actor) -> list[dict[str, object]]:
    return [
        {"criterion": code, "points": given, "reason": f"Důvod {code}: {given} ({actor.id})"}
        for code, given in points.items()
    ]


def outcomes(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["outcome"] for row in answer.json()["rows"]]


def problems(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["problem"]["type"].rpartition(":")[2] for row in answer.json()["rows"] if row["problem"]]


async def a_bench(
    service: ServiceUnderTest,
    *,
    members: int = 3,
    receipts: Sequence[datetime] | None = None,
    call: Call | None = None,
    **changes: object,
) -> Bench:
    """Open an assessment of some applications by a commission; two applications if nothing is said."""
    stored = await announced(service, call or the_call())
    commission_id = await a_commission(service, members)
    filed = await checked_applications(
        service, receipts or [FIRST_RECEIPT, FIRST_RECEIPT + timedelta(hours=1)]
    )
    async with service.client(SECRETARY) as client:
        body = {"call_id": str(stored.id), "commission_id": str(commission_id), **changes}
        with service.counted_statements() as statements:
            answer = await client.post("/assessments", json=body)
        opened_in = len(statements)
    assert answer.status_code == 201, answer.text
    return Bench(service=service, id=UUID(answer.json()["id"]), filed=filed, opened_in=opened_in)


def points_of(first: int, second: int, third: int) -> Points:
    return {"K1": first, "K2": second, "K3": third}

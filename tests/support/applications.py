"""Builders for applications: an open call, a whole application as JSON, and the way to each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import httpx

from registry.applications import use_cases
from registry.applications.content import (
    Attachment,
    Body,
    Contact,
    Covers,
    Resolution,
    Written,
)
from registry.applications.domain import Application, draft
from registry.applications.steps import Move
from registry.calls import methodology_repository
from registry.calls import repository as calls
from registry.calls.domain import AttachmentKind, Call, Criterion, Status
from registry.calls.methodology import Methodology
from registry.calls.window import Window
from registry.units.codes import unit_id
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.registry import ThematicArea, UnitKind
from shared.days import day_of
from tests.support.exclusion import a_code
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, COORDINATOR, DIRECTOR, OBRNICE, TRMICE, an_actor

NOW = datetime.now(UTC)
TODAY = day_of(NOW)
CALL = UUID("019a1c2e-7b1a-7c3d-8e4f-0000000000b0")
APPLICATION = UUID("019a1c2e-7b1a-7c3d-8e4f-0000000000b1")
DOCUMENT = UUID("019a1c2e-7b1a-7c3d-8e4f-0000000000b2")
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
ADMINISTRATOR = an_actor(Role.ADMINISTRATOR, affiliation="Agentura", sub="eva.spravcova")
FORM: dict[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["reason", "localities"],
    "properties": {
        "reason": {"type": "string", "title": "Důvod žádosti", "minLength": 10, "maxLength": 2000},
        "localities": {"type": "integer", "title": "Počet lokalit", "minimum": 1},
        "had_cooperation": {"type": "boolean"},
        "earlier_cooperation": {"type": "string", "title": "Dřívější spolupráce"},
        "email": {"type": "string", "format": "email"},
    },
    "if": {"properties": {"had_cooperation": {"const": True}}, "required": ["had_cooperation"]},
    "then": {"required": ["earlier_cooperation"]},
}


def a_call(
    *,
    id_: UUID = CALL,
    code: str = "KPSV21-2",
    opens_on: date = TODAY - timedelta(days=7),
    closes_on: date = TODAY + timedelta(days=7),
    status: Status = Status.ANNOUNCED,
    form: Mapping[str, object] = FORM,
    capacity: int | None = None,
    kinds: frozenset[UnitKind] = frozenset({UnitKind.MUNICIPALITY}),
) -> Call:
    window = Window.of_days(opens_on, closes_on)
    return Call(
        id=id_,
        version=2,
        code=code,
        title="2. výzva ke spolupráci v rámci KPSV 2021+",
        text="Text výzvy",
        contact="vyzva@example.cz",
        methodology="KPSV21/1.0",
        status=status,
        announced_on=opens_on,
        opens_on=opens_on,
        closes_on=closes_on,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        eligible_kinds=kinds,
        areas=frozenset({ThematicArea.BYD, ThematicArea.DLU}),
        form=dict(form),
        attachments=(
            AttachmentKind(code="RESOLUTION", name_cs="Usnesení", name_en="Resolution", required=True),
            AttachmentKind(code="MAP", name_cs="Mapa lokalit", name_en="Map", required=False),
        ),
        criteria=(
            Criterion(code="K1", name_cs="Potřebnost", name_en="Need", weight=Decimal(1), max_points=10),
        ),
        minimum_points=Decimal(5),
        capacity=capacity,
        formal_check_days=10,
        completion_days=5,
    )


async def announced(service: ServiceUnderTest, call: Call | None = None) -> Call:
    """Store an announced call with its methodology."""
    stored = call or a_call()
    methodology = Methodology(
        name="KPSV21",
        edition="1.0",
        title_cs="Metodika KPSV 2021+",
        title_en="Methodology of KPSV 2021+",
        valid_from=date(2021, 3, 29),
        valid_until=None,
        decided_by="usnesení vlády č. 322",
        source="seed: 003",
        rules=(),
    )
    async with service.transaction() as tx:
        await methodology_repository.add(tx.session, [methodology])
        await calls.add(tx.session, stored, on=stored.announced_on or TODAY)
    return stored


def some_writing(**changes: object) -> Written:
    values: dict[str, object] = {
        "form": {"reason": "Chudoba v několika lokalitách", "localities": 3},
        "areas": (ThematicArea.BYD,),
        "contact": Contact(name="Jana Malinová", function="koordinátorka", email="j@example.cz", phone=""),
        "attachments": (
            Attachment(kind="RESOLUTION", document_id=DOCUMENT, file_name="usneseni.pdf", digest=DIGEST),
        ),
        "resolution": Resolution(
            number="97/18-ZM",
            adopted_on=date(2018, 12, 10),
            body=Body.ASSEMBLY,
            covers=frozenset({Covers.FILING, Covers.MEMORANDUM}),
            document_id=None,
        ),
        **changes,
    }
    return Written(**values)  # type: ignore[arg-type]


def an_application(**changes: object) -> Application:
    return draft(
        some_writing(**changes),
        id_=APPLICATION,
        call_id=CALL,
        unit_id=OBRNICE,
        methodology="KPSV21/1.0",
        by="coordinator-obrnice",
        at=NOW,
    )


def content_json(**changes: object) -> dict[str, object]:
    return {
        "form": {"reason": "Chudoba v několika lokalitách", "localities": 3},
        "areas": ["BYD"],
        "contact": {"name": "Jana Malinová", "email": "jana@example.cz", "function": "", "phone": ""},
        "attachments": [
            {
                "kind": "RESOLUTION",
                "document_id": str(DOCUMENT),
                "file_name": "usneseni.pdf",
                "digest": DIGEST,
            }
        ],
        "resolution": {
            "number": "97/18-ZM",
            "adopted_on": "2018-12-10",
            "body": "assembly",
            "covers": ["filing", "memorandum"],
        },
        **changes,
    }


def draft_json(unit: UUID = OBRNICE, call: UUID = CALL, **changes: object) -> dict[str, object]:
    return {"call_id": str(call), "unit_id": str(unit), "content": content_json(), **changes}


def checklist_json(**changes: bool) -> dict[str, object]:
    items = dict.fromkeys(("complete", "eligible", "in_time", "resolution_valid", "signed"), True) | changes
    return {name: {"is_met": is_met} for name, is_met in items.items()}


def version_of(answer: httpx.Response) -> dict[str, str]:
    """Return the condition for a decision on what was answered."""
    assert answer.is_success, answer.text
    return {"If-Match": answer.headers["ETag"]}


BODIES: dict[str, dict[str, object]] = {
    "submission": {},
    "resubmission": {},
    "return": {"items": [{"what": "Chybí podpis"}]},
    "formal-check": {"checklist": checklist_json()},
    "formal-rejection": {"reasons": "Žadatel není oprávněný."},
    "approval": {"reasons": "Potřebnost je doložená."},
    "rejection": {"reasons": "Kapacita je vyčerpána."},
    "withdrawal": {"reason": "Zastupitelstvo rozhodlo jinak."},
}
"""For each decision a body that is right."""


@dataclass(slots=True, kw_only=True)
class Filed:
    """One application under test: its address and the last answer."""

    service: ServiceUnderTest
    answer: httpx.Response

    @property
    def id(self) -> UUID:
        return UUID(self.answer.json()["id"])

    @property
    def status(self) -> str:
        status: str = self.answer.json()["status"]
        return status

    async def post(self, what: str, actor: Actor = COORDINATOR, **changes: object) -> httpx.Response:
        """Decide on the version answered last; the answer is kept where it was no refusal."""
        async with self.service.client(actor) as client:
            answer = await client.post(
                f"/applications/{self.id}/{what}",
                json={**BODIES[what], **changes},
                headers={"If-Match": f'"{self.answer.json()["version"]}"'},
            )
        if answer.is_success:
            self.answer = answer
        return answer

    async def moved(self, what: str, actor: Actor = COORDINATOR, **changes: object) -> "Filed":
        answer = await self.post(what, actor, **changes)
        assert answer.status_code == 200, answer.text
        return self

    async def reread(self) -> "Filed":
        async with self.service.client(DIRECTOR) as client:
            self.answer = await client.get(f"/applications/{self.id}")
        assert self.answer.status_code == 200, self.answer.text
        return self

    async def evaluated(self, move: Move = Move.RECOMMEND) -> "Filed":
        """Let a commission conclude so."""
        async with self.service.transaction() as tx:
            await use_cases.open_evaluation(tx, [self.id], tx.today)
        async with self.service.transaction() as tx:
            await use_cases.conclude_evaluation(tx, {self.id: move}, tx.today, {self.id: "Pořadí 3."})
        return await self.reread()

    async def checked(self) -> "Filed":
        await self.moved("submission")
        return await self.moved("formal-check", ANALYST)


async def drafted(
    service: ServiceUnderTest,
    actor: Actor = COORDINATOR,
    *,
    unit: UUID = OBRNICE,
    call: UUID = CALL,
    **changes: object,
) -> Filed:
    async with service.client(actor) as client:
        answer = await client.post("/applications", json=draft_json(unit, call, **changes))
    assert answer.status_code == 201, answer.text
    return Filed(service=service, answer=answer)


def a_municipality(number: int) -> tuple[UUID, dict[str, str]]:
    """Return the id of a municipality made for a test, and how it is registered."""
    code = a_code(50_000 + number)
    json = {"kind": "municipality", "code": code, "name": f"Obec {number:03}", "valid_from": "2000-01-01"}
    return unit_id(UnitKind.MUNICIPALITY, code), json


async def a_town(service: ServiceUnderTest, number: int) -> Actor:
    """Register a municipality made for a test; return its coordinator."""
    unit, json = a_municipality(number)
    async with service.client(ADMINISTRATOR) as client:
        answer = await client.post("/units", json=json)
    assert answer.status_code == 201, answer.text
    return an_actor(Role.COORDINATOR, units=[unit], affiliation=json["name"], sub=f"coordinator-{number}")


async def with_municipalities(service: ServiceUnderTest) -> None:
    """Register Obrnice and Trmice."""
    async with service.client(ADMINISTRATOR) as client:
        for code, name in (("567337", "Obrnice"), ("553697", "Trmice")):
            answer = await client.post(
                "/units",
                json={"kind": "municipality", "code": code, "name": name, "valid_from": "2000-01-01"},
            )
            assert answer.status_code == 201, answer.text
    assert unit_id(UnitKind.MUNICIPALITY, "553697") == TRMICE

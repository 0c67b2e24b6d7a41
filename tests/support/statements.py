"""Builders for statements: requests as JSON, and all that a favourable one stands on."""

from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

import httpx
from sqlalchemy import insert

from registry.cooperation.phases import Status
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.memoranda.content import AgencyParty
from registry.memoranda.tables import MemorandumRow
from registry.plans.tables import PlanRow
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.registry import CooperationRegime
from tests.support.comparisons import OBRNICE, TRMICE, id_of
from tests.support.registry import decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

DRAFTER: Final = an_actor(
    Role.CONSULTANT, affiliation="Agentura", sub="petr.konzultant", name="Petr Konzultant"
)
OTHER_CONSULTANT: Final = an_actor(
    Role.CONSULTANT, affiliation="Agentura", sub="iva.konzultantka", name="Iva Konzultantka"
)
DIRECTOR: Final = an_actor(Role.DIRECTOR, affiliation="Agentura", sub="director", name="Daniel Rozhodný")
DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FORM: Final = {"document_id": str(UUID(int=7)), "file_name": "zadost.pdf", "digest": DIGEST}
_NAMES: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-0000000000ff")
_NOON: Final = datetime(2026, 1, 2, 11, tzinfo=UTC)
Json = dict[str, Any]


def a_request(**changes: object) -> Json:
    return {
        "kind": "map-confirmation",
        "applicant": {"name": "Město Obrnice", "ico": "00266086", "data_box": "b9qb5xm"},
        "unit_ids": [str(id_of(OBRNICE))],
        "project_title": "Místní akční plán vzdělávání ORP Most IV",
        "call_code": "02_23_017",
        "form": FORM,
        **changes,
    }


def a_recommendation(**changes: object) -> Json:
    return a_request(
        **{
            "kind": "recommending-statement",
            "project_title": "Sociální bydlení v Obrnicích",
            "call_code": "03_16_052",
            "requested_amount_czk": "12345678.50",
            **changes,
        }
    )


async def filed(client: httpx.AsyncClient, **changes: object) -> Json:
    """File a request and return it."""
    answer = await client.post("/statements", json=a_request(**changes))
    assert answer.status_code == 201, answer.text
    told: Json = answer.json()
    return told


async def decide(client: httpx.AsyncClient, statement: Json, decision: str, **body: object) -> httpx.Response:
    """Send a decision on the version that the caller has."""
    address = f"/statements/{statement['id']}/{decision}"
    return await client.post(address, json=body, headers=decided_on(int(str(statement["version"]))))


async def decided(client: httpx.AsyncClient, statement: Json, decision: str, **body: object) -> Json:
    answer = await decide(client, statement, decision, **body)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


async def drafted(client: httpx.AsyncClient, statement: Json, **changes: object) -> Json:
    proposal = {"outcome": "favourable", "has_capacity": True, **changes}
    return await decided(client, statement, "draft", **proposal)


async def an_issued(service: ServiceUnderTest, **changes: object) -> Json:
    """File, draft and sign a favourable confirmation."""
    async with service.client(DRAFTER) as client, service.client(DIRECTOR) as director:
        proposed = await drafted(client, await filed(client, **changes))
        return await decided(director, proposed, "issue")


async def a_memorandum(
    service: ServiceUnderTest,
    unit_id: UUID,
    concluded_on: date = date(2014, 1, 28),
    until: date | None = None,
) -> None:
    values = {
        "id": uuid5(_NAMES, f"memorandum {unit_id} {concluded_on}"),
        "unit_id": unit_id,
        "edition": 1,
        "version": 5,
        "status": "concluded" if until is None else "terminated",
        "reason": "first",
        "agency_party": AgencyParty.MINISTRY.value,
        "signatures": [],
        "concluded_on": concluded_on,
        "in_force_until": until,
        "digest": DIGEST,
        "drafted_at": _NOON,
    }
    async with service.transaction() as tx:
        await tx.session.execute(insert(MemorandumRow).values(values))


async def a_running_cooperation(
    service: ServiceUnderTest,
    unit_id: UUID,
    regime: CooperationRegime = CooperationRegime.KPSV21,
    starts_on: date = date(2022, 1, 1),
    ends_on: date | None = None,
    **changes: object,
) -> None:
    """Store a cooperation that is active from its first day to its last."""
    id_ = uuid5(_NAMES, f"cooperation {unit_id} {regime}")
    values = {
        "id": id_,
        "unit_id": unit_id,
        "regime": regime.value,
        "grounds_note": "",
        "exit_note": "",
        "status": Status.ACTIVE.value,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "version": 1,
        "started_at": _NOON,
        **changes,
    }
    phase = {
        "cooperation_id": id_,
        "from_on": starts_on,
        "until_on": ends_on,
        "status": Status.ACTIVE.value,
    }
    async with service.transaction() as tx:
        await tx.session.execute(insert(CooperationRow).values(values))
        await tx.session.execute(insert(PhaseRow).values(phase))


async def an_approved_plan(
    service: ServiceUnderTest, *unit_ids: UUID, kind: str = "SPSZ", **changes: object
) -> None:
    values = {
        "id": uuid5(_NAMES, f"plan {kind} {unit_ids}"),
        "told_version": 3,
        "state": "in-implementation",
        "approved_version": 2,
        "unit_ids": list(unit_ids),
        "revision": 1,
        "kind": kind,
        "title": "SPSZ Obrnice 2016–2030",
        "valid_from": date(2016, 1, 1),
        "valid_until": date(2030, 12, 31),
        "body": "zastupitelstvo",
        "approved_on": date(2015, 12, 9),
        "resolution_number": "97/18-ZM",
        **changes,
    }
    async with service.transaction() as tx:
        await tx.session.execute(insert(PlanRow).values(values))


async def all_that_it_takes(service: ServiceUnderTest, *codes: str) -> None:
    """Give the municipalities memoranda and active cooperations under KPSV 2021+."""
    for code in codes or (OBRNICE, TRMICE):
        await a_memorandum(service, id_of(code))
        await a_running_cooperation(service, id_of(code))


def signed_by(number: int) -> Actor:
    """Give one of many directors, for decisions at once."""
    return an_actor(Role.DIRECTOR, affiliation="Agentura", sub=f"director-{number}", name="Daniel Rozhodný")

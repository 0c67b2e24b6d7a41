"""Builders for the registry: units and cooperations, as dataclasses and as JSON."""

from datetime import UTC, date, datetime
from uuid import UUID

import httpx

from registry.cooperation.domain import Cooperation
from registry.cooperation.phases import Status, turned
from registry.units.codes import unit_id
from registry.units.domain import Details, Unit
from registry.units.places import Place
from shared.contracts.base import Role
from shared.contracts.registry import CooperationRegime, UnitKind
from tests.support.tokens import an_actor

OBRNICE = unit_id(UnitKind.MUNICIPALITY, "567337")
MOST_DISTRICT = unit_id(UnitKind.DISTRICT, "CZ0425")
USTI_REGION = unit_id(UnitKind.REGION, "CZ042")
PARTIAL_SUPPORT = {
    "form": "standard",
    "grounds": "new-hostel",
    "approval": {
        "body": "Monitorovací výbor Agentury",
        "approved_on": "1999-01-01",
        "reference": "4/2019",
    },
}
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
ADMINISTRATOR = an_actor(Role.ADMINISTRATOR, affiliation="Agentura", sub="eva.spravcova")
CONSULTANT = an_actor(Role.CONSULTANT, affiliation="Agentura", sub="petr.konzultant")
COORDINATOR = an_actor(Role.COORDINATOR, units=[OBRNICE])


def some_details(**changes: str | UUID | None) -> Details:
    values: dict[str, str | UUID | None] = {"name": "Obrnice", "code": "567337", **changes}
    return Details(**values)  # type: ignore[arg-type]


def a_place(
    kind: UnitKind = UnitKind.DISTRICT,
    code: str | None = "CZ0425",
    first_day: date = date(2000, 1, 1),
    last_day: date | None = None,
) -> Place:
    return Place(kind=kind, code=code, first_day=first_day, last_day=last_day)


def a_unit(
    kind: UnitKind = UnitKind.MUNICIPALITY,
    details: Details | None = None,
    valid_from: date = date(2000, 1, 1),
    valid_until: date | None = None,
    state_from: date | None = None,
    version: int = 1,
) -> Unit:
    return Unit(
        id=OBRNICE,
        kind=kind,
        version=version,
        valid_from=valid_from,
        valid_until=valid_until,
        state_from=state_from or valid_from,
        details=details or some_details(csu_code="567337", ruian_code="567337"),
    )


def a_cooperation(
    regime: CooperationRegime = CooperationRegime.VEX,
    starts_on: date = date(2026, 1, 1),
    ends_on: date | None = None,
    number: int = 1,
    version: int = 1,
    status: Status = Status.ACTIVE,
    ended_at: datetime | None = None,
) -> Cooperation:
    """Build a cooperation that runs; VEX needs nothing but its days, and has no usual duration."""
    return Cooperation(
        id=UUID(int=number),
        unit_id=OBRNICE,
        regime=regime,
        status=status,
        starts_on=starts_on,
        ends_on=ends_on,
        phases=turned((), Status.ACTIVE, starts_on, ends_on=ends_on),
        version=version,
        started_at=NOON,
        ended_at=ended_at,
    )


def a_preparation(
    regime: CooperationRegime = CooperationRegime.KPSV21, on: date = date(2026, 1, 1), number: int = 1
) -> Cooperation:
    return Cooperation(
        id=UUID(int=number),
        unit_id=OBRNICE,
        regime=regime,
        status=Status.PREPARATION,
        starts_on=None,
        ends_on=None,
        phases=turned((), Status.PREPARATION, on, ends_on=None),
        version=1,
    )


def unit_json(**changes: str | None) -> dict[str, str | None]:
    return {
        "kind": "municipality",
        "code": "567337",
        "name": "Obrnice",
        "valid_from": "2000-01-01",
        **changes,
    }


def cooperation_json(**changes: str | None) -> dict[str, object]:
    """Build a request that is complete under its regime; under KPSV21 the description brings the days."""
    regime = changes.get("regime", "VEX")
    days = {} if regime == "KPSV21" else {"starts_on": "2026-01-01"}
    partial = PARTIAL_SUPPORT if regime == "VDP" else {}
    return {"unit_id": str(OBRNICE), "regime": regime, **days, **partial, **changes}


def decided_on(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


def code_of(answer: httpx.Response) -> str:
    """Return the stable name of the problem that the answer tells of."""
    kind: str = answer.json()["type"]
    return kind.removeprefix("urn:pospolu:problem:")


async def registered(client: httpx.AsyncClient, **changes: str | None) -> httpx.Response:
    answer = await client.post("/units", json=unit_json(**changes))
    assert answer.status_code == 201, answer.text
    return answer


async def started(client: httpx.AsyncClient, **changes: str | None) -> str:
    answer = await client.post("/cooperations", json=cooperation_json(**changes))
    assert answer.status_code == 201, answer.text
    address: str = answer.headers["Location"]
    return address

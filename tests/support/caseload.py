"""Builders for caseload and handovers: units that cooperate, people who look after them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import httpx
from sqlalchemy import insert, select

from registry.caseload.domain import Assignment, Duty
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.handovers.tables import HandoverRow
from registry.handovers.use_cases import open_handovers
from registry.units.codes import check_digit, unit_id
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from tests.support.registry import NOON, OBRNICE, unit_json
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, an_actor

TRMICE = unit_id(UnitKind.MUNICIPALITY, "553697")
BILINA = unit_id(UnitKind.MUNICIPALITY, "567451")
PETR = "petr.konzultant"
JANA = "jana.nova"
_AGENCY = "Agentura pro sociální začleňování"
CONSULTANT_PETR = an_actor(Role.CONSULTANT, affiliation=_AGENCY, sub=PETR, name="Petr Konzultant")
CONSULTANT_JANA = an_actor(Role.CONSULTANT, affiliation=_AGENCY, sub=JANA, name="Jana Nová")
MAYOR_OF_TRMICE = an_actor(
    Role.MAYOR, units=[TRMICE], affiliation="Město Trmice", sub="mayor-trmice", name="Marie Cizí"
)
FIRST_DAY = date(2026, 1, 1)
AFTER_ELECTIONS = date(2026, 11, 22)


def town_id(number: int) -> UUID:
    return unit_id(UnitKind.MUNICIPALITY, town_code(number))


def town_code(number: int) -> str:
    digits = f"{53000 + number}"
    return f"{digits}{check_digit(digits)}"


def an_assignment(
    *,
    number: int = 1,
    unit: UUID = OBRNICE,
    person: str = PETR,
    duty: Duty = Duty.LOCAL_CONSULTANT,
    starts_on: date = FIRST_DAY,
    ends_on: date | None = None,
    version: int = 1,
) -> Assignment:
    return Assignment(
        id=UUID(int=number),
        unit_id=unit,
        person=person,
        person_name=person.replace(".", " ").title(),
        duty=duty,
        starts_on=starts_on,
        ends_on=ends_on,
        version=version,
    )


def assignment_json(**changes: object) -> dict[str, object]:
    return {
        "unit_id": str(OBRNICE),
        "person": PETR,
        "person_name": "Petr Konzultant",
        "duty": "local-consultant",
        "starts_on": "2026-01-01",
        **changes,
    }


async def assigned(client: httpx.AsyncClient, **changes: object) -> httpx.Response:
    answer = await client.post("/assignments", json=assignment_json(**changes))
    assert answer.status_code == 201, answer.text
    return answer


async def some_towns(registry: ServiceUnderTest, count: int) -> list[UUID]:
    """Register so many municipalities."""
    async with registry.client(ADMINISTRATOR) as client:
        for number in range(count):
            code = town_code(number)
            body = unit_json(code=code, name=f"Město {number:02d}", csu_code=code)
            assert (await client.post("/units", json=body)).status_code == 201
    return [town_id(number) for number in range(count)]


async def cooperating(
    registry: ServiceUnderTest,
    units: Sequence[UUID],
    *,
    status: str = "active",
    from_on: date = FIRST_DAY,
    ended_on: date | None = None,
) -> list[UUID]:
    """Let units cooperate from a day on; the slice `cooperation` has tests of its own."""
    ids = []
    async with registry.transaction() as tx:
        for unit in units:
            ids.append(tx.new_id())
            preparation = status in {"preparation", "cancelled"}
            await tx.session.execute(
                insert(CooperationRow).values(
                    id=ids[-1],
                    unit_id=unit,
                    regime="KPSV21",
                    status="ended" if ended_on else status,
                    grounds_note="",
                    exit_note="",
                    starts_on=None if preparation else from_on,
                    ends_on=ended_on,
                    end_kind="as-agreed" if ended_on else None,
                    started_at=None if preparation else NOON,
                    ended_at=NOON if ended_on else None,
                    version=1,
                )
            )
            phase = {"cooperation_id": ids[-1], "from_on": from_on, "until_on": ended_on, "status": status}
            await tx.session.execute(insert(PhaseRow).values(**phase))
    return ids


async def handovers_opened(registry: ServiceUnderTest, on: date = AFTER_ELECTIONS) -> list[UUID]:
    """Let the clock run as on a day; return the handovers that are there, in order of units."""
    async with registry.transaction() as tx:
        tx.now = datetime(on.year, on.month, on.day, 11, 0, tzinfo=UTC)
        await open_handovers(tx)
    async with registry.transaction() as tx:
        found = await tx.session.scalars(select(HandoverRow.id).order_by(HandoverRow.unit_id, HandoverRow.id))
        return list(found)

"""Lists of handovers and of what waits for one person: what is overdue goes first."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from registry.correspondence.tables import CorrespondenceRow, CorrespondenceUnitRow, PromiseRow
from shared.contracts.base import Role
from shared.http import today
from tests.support.caseload import (
    CONSULTANT_JANA,
    CONSULTANT_PETR,
    PETR,
    assigned,
    cooperating,
    handovers_opened,
    some_towns,
)
from tests.support.registry import NOON, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, DIRECTOR, an_actor

LONG_AGO = date(2022, 10, 1)
FAR = "municipal-far"


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> list[UUID]:
    """Open handovers of 2022, overdue for ever, and of elections that are near on the day of the test.

    Petr has the first of three towns.
    """
    found = await some_towns(registry, 3)
    await cooperating(registry, found, from_on=date(2020, 1, 1))
    await handovers_opened(registry, LONG_AGO)
    first_on = today() + timedelta(days=100)
    election = {
        "code": FAR,
        "kind": "municipal",
        "first_on": first_on.isoformat(),
        "last_on": first_on.isoformat(),
        "source": "Sbírka zákonů",
    }
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post("/elections", json=election)).status_code == 201
        await assigned(client, unit_id=str(found[0]))
    await handovers_opened(registry, today())
    return found


async def listed(registry: ServiceUnderTest, **filters: str) -> list[dict[str, str]]:
    asked = {f"filter[{name}]": value for name, value in filters.items()}
    async with registry.client(CONSULTANT_PETR) as client:
        with registry.counted_statements() as statements:
            answer = await client.get("/handovers", params=asked)
    assert answer.status_code == 200, answer.text
    assert len(statements) <= 2
    items: list[dict[str, str]] = answer.json()["items"]
    return items


async def test_what_is_overdue_goes_first_and_what_is_closed_last(
    registry: ServiceUnderTest, towns: list[UUID]
) -> None:
    (closed,) = await listed(registry, election="municipal-2022", unit=str(towns[1]))
    async with registry.client(DIRECTOR) as client:
        body = {"reason": "Dávno předáno."}
        address = f"/handovers/{closed['id']}/dispensation"
        assert (await client.post(address, json=body, headers=decided_on(1))).status_code == 200
    everything = await listed(registry)
    urgencies = [each["alarm"] == "overdue" for each in everything]
    assert urgencies == sorted(urgencies, reverse=True)
    assert (urgencies.count(True), everything[-1]["id"]) == (2, closed["id"])


async def test_handovers_are_found_by_election_unit_status_alarm_and_consultant(
    registry: ServiceUnderTest, towns: list[UUID]
) -> None:
    assert len(await listed(registry, election=FAR)) == 3
    assert {each["alarm"] for each in await listed(registry, election=FAR)} == {None}
    assert {each["election"] for each in await listed(registry, alarm="overdue")} == {"municipal-2022"}
    assert await listed(registry, status="handed-over") == []
    mine = await listed(registry, consultant="me", election=FAR)
    assert [each["unit_id"] for each in mine] == [str(towns[0])]
    assert [each["unit_name"] for each in mine] == ["Město 00"]
    assert len(await listed(registry, unit=str(towns[2]), election=FAR)) == 1


async def test_pages_give_each_handover_once(registry: ServiceUnderTest, towns: list[UUID]) -> None:
    everything = await listed(registry)
    async with registry.client(CONSULTANT_PETR) as client:
        found: list[dict[str, str]] = []
        address = "/handovers?limit=2"
        while address:
            answer = await client.get(address)
            found += answer.json()["items"]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == everything
    assert len(found) >= 2 * len(towns)


async def test_a_unit_sees_its_own_handovers_alone(registry: ServiceUnderTest, towns: list[UUID]) -> None:
    mayor = an_actor(Role.MAYOR, units=[towns[1]], sub="starosta")
    async with registry.client(mayor) as client:
        seen = (await client.get("/handovers")).json()["items"]
    assert {each["unit_id"] for each in seen} == {str(towns[1])}


async def test_my_desk_shows_my_units_and_what_waits_in_them(
    registry: ServiceUnderTest, towns: list[UUID]
) -> None:
    await _promise(registry, towns[0])
    async with registry.client(CONSULTANT_PETR) as petr, registry.client(CONSULTANT_JANA) as jana:
        with registry.counted_statements() as statements:
            answer = await petr.get("/caseloads/mine")
        nothing = await jana.get("/caseloads/mine")
    assert answer.status_code == 200, answer.text
    assert len(statements) <= 2
    (mine,) = answer.json()["items"]
    assert (mine["name"], mine["duties"]) == ("Město 00", ["local-consultant"])
    assert [each["status"] for each in mine["cooperations"]] == ["active"]
    longest_ago = mine["waiting"][0]
    assert (longest_ago["kind"], longest_ago["overdue"]) == ("promise", True)
    assert longest_ago["title"] == "Pošleme analýzu."
    assert FAR in {each["title"] for each in mine["waiting"] if each["kind"] == "handover"}
    kinds = [each["kind"] for each in mine["waiting"]]
    assert (kinds.count("handover"), kinds.count("promise")) >= (2, 1)
    dues = [each["due_on"] for each in mine["waiting"]]
    assert dues == sorted(dues)
    assert nothing.json()["items"] == []


async def _promise(registry: ServiceUnderTest, unit: UUID) -> None:
    async with registry.transaction() as tx:
        entry = {
            "id": UUID(int=1),
            "version": 1,
            "occurred_on": date(2021, 10, 1),
            "direction": "out",
            "channel": "letter",
            "subject": "Dopis",
            "recorded_by": PETR,
            "recorded_at": NOON,
        }
        texts = dict.fromkeys(("summary", "others", "reference_number", "message_id", "search_text"), "")
        lists: dict[str, list[object]] = {"contact_ids": [], "documents": []}
        await tx.session.execute(insert(CorrespondenceRow).values(**entry, **texts, **lists))
        link = {"correspondence_id": UUID(int=1), "unit_id": unit, "position": 0}
        await tx.session.execute(insert(CorrespondenceUnitRow).values(**link))
        await tx.session.execute(
            insert(PromiseRow).values(
                id=UUID(int=2),
                version=1,
                correspondence_id=UUID(int=1),
                promised_on=date(2021, 10, 1),
                what="Pošleme analýzu.",
                side="agency",
                person=PETR,
                due_on=date(2021, 11, 1),
                status="open",
                settlement_note="",
            )
        )

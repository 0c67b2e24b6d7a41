"""Contacts over HTTP: who reads them, who changes them, what is left when they are erased."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.auth import Actor
from shared.http import today
from tests.support.activities import TRMICE, contact_json, two_towns, written
from tests.support.registry import ADMINISTRATOR, CONSULTANT, COORDINATOR, OBRNICE, code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, COORDINATOR_OF_TRMICE, MAYOR, PARTNER, SYSTEM

PERSONAL = ("Novotný", "starosta@obrnice.test", "777 123 456")


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        await two_towns(client)
    return registry


async def began(towns: ServiceUnderTest, actor: Actor = COORDINATOR, **changes: object) -> str:
    async with towns.client(actor) as client:
        return (await written(client, "/contacts", contact_json(**changes))).headers["Location"]


async def test_a_contact_is_read_by_the_agency_and_by_its_own_unit(towns: ServiceUnderTest) -> None:
    place = await began(towns)
    seen = {}
    for actor in (CONSULTANT, COORDINATOR, MAYOR, COORDINATOR_OF_TRMICE, PARTNER, SYSTEM):
        async with towns.client(actor) as client:
            listed = await client.get("/contacts")
            seen[actor.id] = (
                (await client.get(place)).status_code,
                len(listed.json().get("items", [])),
            )
    assert seen == {
        CONSULTANT.id: (200, 1),
        COORDINATOR.id: (200, 1),
        MAYOR.id: (200, 1),
        COORDINATOR_OF_TRMICE.id: (404, 0),
        PARTNER.id: (403, 0),
        SYSTEM.id: (403, 0),
    }


async def test_what_the_agency_reads_of_people_is_noted_and_what_a_unit_reads_of_its_own_is_not(
    towns: ServiceUnderTest,
) -> None:
    place = await began(towns)
    async with towns.client(COORDINATOR) as coordinator, towns.client(CONSULTANT) as consultant:
        await coordinator.get("/contacts")
        await coordinator.get(place)
        await consultant.get("/contacts", params={"filter[unit]": str(OBRNICE), "as_of": "2026-01-01"})
        await consultant.get(place)
        refused = await consultant.get("/contacts/readings")
    async with towns.client(ADMINISTRATOR) as administrator:
        noted = (await administrator.get("/contacts/readings")).json()["items"]
        of_others = await administrator.get("/contacts/readings", params={"filter[unit]": str(TRMICE)})
    assert refused.status_code == 403
    assert [(each["actor"], each["unit_id"], each["contact_id"], each["as_of"]) for each in noted] == [
        (CONSULTANT.id, str(OBRNICE), place.rpartition("/")[2], None),
        (CONSULTANT.id, str(OBRNICE), None, "2026-01-01"),
    ]
    assert of_others.json()["items"] == []


async def test_the_note_of_a_reading_is_never_changed(towns: ServiceUnderTest) -> None:
    async with towns.client(CONSULTANT) as client:
        await client.get("/contacts")
    with pytest.raises(DBAPIError, match="never changed"):
        async with towns.transaction() as tx:
            await tx.session.execute(text("DELETE FROM contact_read"))


async def test_the_journal_never_holds_the_name_the_address_or_the_phone(towns: ServiceUnderTest) -> None:
    place = await began(towns)
    correction = contact_json(name="Karel Nový", phone="") | {"reason": "Oprava jména"}
    del correction["unit_id"]
    async with towns.client(COORDINATOR) as client:
        corrected = await client.post(f"{place}/correction", json=correction, headers=decided_on(1))
        heads = (await client.get("/journal", params={"filter[subject]": "contact"})).json()["items"]
        entries = [(await client.get(f"/journal/{head['id']}")).text for head in heads]
    assert (corrected.status_code, corrected.json()["name"]) == (200, "Karel Nový")
    assert [head["action"] for head in heads] == ["correct", "begin"]
    assert not [word for word in (*PERSONAL, "Nový") for entry in entries if word in entry]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"email": "starosta"}, 422, "email-malformed"),
        ({"phone": "v kanceláři"}, 422, "phone-malformed"),
        ({"valid_until": "2022-10-19"}, 422, "contact-ends-before-it-begins"),
        ({"unit_id": "00000000-0000-0000-0000-000000000000"}, 422, "contact-unit-unknown"),
        ({"unit_id": str(TRMICE)}, 403, "not-your-unit"),
        ({"name": " "}, 422, "malformed"),
        ({"role": "king"}, 422, "malformed"),
        ({"name": "a\x00b"}, 422, "malformed"),
    ],
)
async def test_a_contact_against_the_rules_is_refused(
    towns: ServiceUnderTest, changes: dict[str, object], status: int, code: str
) -> None:
    async with towns.client(COORDINATOR) as client:
        refused = await client.post("/contacts", json=contact_json(**changes))
        listed = (await client.get("/contacts")).json()["items"]
    assert (refused.status_code, code_of(refused), listed) == (status, code, [])


async def test_a_colleague_of_another_town_cannot_even_know_of_a_contact(towns: ServiceUnderTest) -> None:
    place = await began(towns)
    async with towns.client(COORDINATOR_OF_TRMICE) as client:
        end = {"valid_until": "2026-01-01", "reason": "Odchod"}
        refused = await client.post(f"{place}/end", json=end, headers=decided_on(1))
    assert (refused.status_code, code_of(refused)) == (404, "contact-unknown")


async def test_who_spoke_for_the_unit_on_a_day_is_listed_in_czech_order(towns: ServiceUnderTest) -> None:
    await began(towns, valid_until="2025-12-31")
    await began(towns, name="Chalupa Jan", role="deputy-mayor")
    await began(towns, name="Hrdá Eva", role="coordinator")
    await began(towns, name="Čapek Ivo", role="office", valid_from="2026-02-01")
    async with towns.client(CONSULTANT) as client:
        with towns.counted_statements() as statements:
            now = await client.get("/contacts", params={"as_of": "2026-03-01"})
            sent = len(statements)
        before = await client.get("/contacts", params={"as_of": "2025-12-31", "filter[role]": "mayor"})
        everybody = await client.get("/contacts")
    assert [each["name"] for each in now.json()["items"]] == ["Čapek Ivo", "Hrdá Eva", "Chalupa Jan"]
    assert [each["name"] for each in before.json()["items"]] == ["Karel Novotný"]
    assert len(everybody.json()["items"]) == 4
    assert sent <= 2


async def test_of_two_ends_at_once_one_wins(towns: ServiceUnderTest) -> None:
    place = await began(towns)
    async with towns.client(COORDINATOR) as client:
        answers = await asyncio.gather(
            *(
                client.post(
                    f"{place}/end", json={"valid_until": day, "reason": "Volby"}, headers=decided_on(1)
                )
                for day in ("2026-10-01", "2026-10-02")
            )
        )
        second = await client.post(
            f"{place}/end", json={"valid_until": "2026-10-03", "reason": "Znovu"}, headers=decided_on(2)
        )
    assert sorted(each.status_code for each in answers) == [200, 412]
    assert (second.status_code, code_of(second)) == (409, "contact-not-in-that-state")
    assert second.json()["allowed_moves"] == ["correct", "erase"]


async def test_the_person_is_erased_after_the_retention_and_the_contact_stays(
    towns: ServiceUnderTest,
) -> None:
    old = await began(towns, valid_until="2023-01-01")
    fresh = await began(towns, valid_until=today().isoformat())
    going = await began(towns)
    over = {"ground": "retention-over"}
    async with towns.client(ADMINISTRATOR) as client, towns.client(COORDINATOR) as coordinator:
        by_unit = await coordinator.post(f"{old}/erasure", json=over, headers=decided_on(1))
        erased = await client.post(f"{old}/erasure", json=over, headers=decided_on(1))
        early = await client.post(f"{fresh}/erasure", json=over, headers=decided_on(1))
        asked = await client.post(f"{fresh}/erasure", json={"ground": "request"}, headers=decided_on(1))
        running = await client.post(f"{going}/erasure", json=over, headers=decided_on(1))
        read = await client.get(old)
    assert by_unit.status_code == 403
    assert (erased.status_code, asked.status_code) == (200, 200)
    assert (early.status_code, code_of(early)) == (409, "retention-runs-yet")
    assert (running.status_code, code_of(running)) == (409, "contact-not-in-that-state")
    assert not [word for word in PERSONAL if word in read.text]
    assert (read.json()["role"], read.json()["status"]) == ("mayor", "erased")
    async with towns.transaction() as tx:
        rows = (await tx.session.execute(text("SELECT * FROM contact WHERE status = 'erased'"))).all()
        entries = (await tx.session.execute(text("SELECT before, after FROM journal"))).all()
    assert not [word for word in PERSONAL if word in repr(rows) + repr(entries)]


async def test_a_contact_is_begun_once_though_it_was_sent_twice(towns: ServiceUnderTest) -> None:
    async with towns.client(ANALYST, **{"Idempotency-Key": "same-contact"}) as client:
        answers = await asyncio.gather(*(client.post("/contacts", json=contact_json()) for _ in range(2)))
        again = await client.post("/contacts", json=contact_json())
        listed = (await client.get("/contacts")).json()["items"]
    assert again.status_code == 201
    assert {each.status_code for each in answers} <= {201, 409}
    assert len(listed) == 1

"""Caseloads over HTTP: capacity, lists, and a whole caseload that goes over to somebody else."""

import asyncio
from datetime import date

import httpx
import pytest

from registry.journal.domain import Subject
from tests.support.caseload import (
    CONSULTANT_PETR,
    JANA,
    PETR,
    assigned,
    assignment_json,
    cooperating,
    some_towns,
)
from tests.support.registry import code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, COORDINATOR, DIRECTOR


def transfer_json(**changes: object) -> dict[str, object]:
    return {"to": JANA, "to_name": "Jana Nová", "from_on": "2026-12-01", "reason": "Odchází.", **changes}


async def caseload(client: httpx.AsyncClient, person: str, **asked: str) -> dict[str, object]:
    answer = await client.get(f"/caseloads/{person}", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    assert answer.headers["ETag"] == f'"{found["version"]}"'
    return found


async def test_the_sixth_cooperating_town_is_refused_unless_somebody_says_why(
    registry: ServiceUnderTest,
) -> None:
    towns = await some_towns(registry, 7)
    await cooperating(registry, towns[:6])
    async with registry.client(DIRECTOR) as client:
        for town in (*towns[:5], towns[6]):  # the last one does not cooperate and makes no load
            await assigned(client, unit_id=str(town))
        sixth = assignment_json(unit_id=str(towns[5]))
        refused = await client.post("/assignments", json=sixth)
        allowed = await client.post(
            "/assignments", json={**sixth, "over_capacity_reason": "Zástup do června."}
        )
        found = await caseload(client, PETR)
        over = (await client.get("/caseloads", params={"filter[over]": "true"})).json()["items"]
    assert (refused.status_code, code_of(refused)) == (409, "capacity-exceeded")
    assert (refused.json()["load"], refused.json()["capacity"]) == (6, 5)
    assert allowed.status_code == 201
    assert (found["load"], found["capacity"], found["free"]) == (6, 5, -1)
    assert [each["person"] for each in over] == [PETR]


async def test_of_two_assignments_at_once_only_one_takes_the_last_free_place(
    registry: ServiceUnderTest,
) -> None:
    towns = await some_towns(registry, 6)
    await cooperating(registry, towns)
    async with registry.client(ADMINISTRATOR) as client:
        for town in towns[:4]:
            await assigned(client, unit_id=str(town))
        answers = await asyncio.gather(
            *(client.post("/assignments", json=assignment_json(unit_id=str(town))) for town in towns[4:])
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_capacity_is_a_matter_of_days_and_of_the_person(registry: ServiceUnderTest) -> None:
    towns = await some_towns(registry, 2)
    await cooperating(registry, towns)
    half = {
        "person_name": "Petr Konzultant",
        "units": 1,
        "from_on": "2026-07-01",
        "reason": "Poloviční úvazek.",
    }
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post(f"/caseloads/{PETR}/capacity", json=half)).status_code == 201
        await assigned(client, unit_id=str(towns[0]))
        refused = await client.post("/assignments", json=assignment_json(unit_id=str(towns[1])))
        until_june = {"unit_id": str(towns[1]), "ends_on": "2026-06-30"}
        await assigned(client, **until_june)
        june, july = [await caseload(client, PETR, as_of=f"2026-0{month}-01") for month in (6, 7)]
    assert (code_of(refused), refused.json()["day"]) == ("capacity-exceeded", "2026-07-01")
    assert [(each["load"], each["capacity"]) for each in (june, july)] == [(2, 5), (1, 1)]


async def test_who_carries_too_much_is_relieved_without_a_reason_and_given_nothing_more(
    registry: ServiceUnderTest,
) -> None:
    towns = await some_towns(registry, 2)
    await cooperating(registry, towns)
    less = {
        "person_name": "Petr Konzultant",
        "units": 1,
        "from_on": "2026-07-01",
        "reason": "Poloviční úvazek.",
    }
    ends = {"ends_on": "2026-12-31", "reason": "Předává."}
    async with registry.client(ADMINISTRATOR) as client:
        for town in towns:
            held = (await assigned(client, unit_id=str(town), ends_on="2027-06-30")).headers["Location"]
        assert (await client.post(f"/caseloads/{PETR}/capacity", json=less)).status_code == 201
        ended = await client.post(f"{held}/end", json=ends, headers=decided_on(1))
        longer = {"starts_on": "2026-01-01", "ends_on": "2027-01-31", "reason": "Přece jen."}
        refused = await client.put(held, json=longer, headers=decided_on(2))
    assert (ended.status_code, ended.json()["ends_on"]) == (200, "2026-12-31")
    assert (code_of(refused), refused.json()["day"]) == ("capacity-exceeded", "2027-01-01")


async def test_a_caseload_is_read_anew_when_a_cooperation_began_meanwhile(registry: ServiceUnderTest) -> None:
    (town,) = await some_towns(registry, 1)
    async with registry.client(ADMINISTRATOR) as client:
        await assigned(client, unit_id=str(town))
        known = await client.get(f"/caseloads/{PETR}")
        await cooperating(registry, [town])
        again = await client.get(f"/caseloads/{PETR}", headers={"If-None-Match": known.headers["ETag"]})
    assert (known.json()["load"], again.status_code) == (0, 200)
    assert again.json()["load"] == 1


async def test_a_caseload_that_changed_has_another_version_also_where_nothing_had_begun(
    registry: ServiceUnderTest,
) -> None:
    towns = await some_towns(registry, 2)
    async with registry.client(ADMINISTRATOR) as client:
        await assigned(client, unit_id=str(towns[0]))
        await assigned(client, unit_id=str(towns[1]), starts_on="2027-01-01")
        seen = (await caseload(client, PETR))["version"]
        assert isinstance(seen, int)
        address = f"/caseloads/{PETR}/transfer"
        done = await client.post(address, json=transfer_json(), headers=decided_on(seen))
        cached = await client.get(f"/caseloads/{PETR}", headers={"If-None-Match": f'"{seen}"'})
        stale = await client.post(address, json=transfer_json(), headers=decided_on(seen))
        back = transfer_json(to=PETR, to_name="Petr", from_on="2026-12-15")
        taken = (await caseload(client, JANA, as_of="2026-12-01"))["version"]
        assert isinstance(taken, int)
        await client.post(f"/caseloads/{JANA}/transfer", json=back, headers=decided_on(taken))
        found = (await caseload(client, PETR, as_of="2027-01-01"))["version"]
    assert (done.status_code, cached.status_code, stale.status_code) == (200, 200, 412)
    assert isinstance(found, int)
    assert found > cached.json()["version"] > seen


async def test_a_whole_caseload_goes_over_in_one_request(registry: ServiceUnderTest) -> None:
    towns = await some_towns(registry, 3)
    await cooperating(registry, towns)
    async with registry.client(ADMINISTRATOR) as client:
        for town in towns:
            await assigned(client, unit_id=str(town))
        version = (await caseload(client, PETR))["version"]
        assert isinstance(version, int)
        done = await client.post(
            f"/caseloads/{PETR}/transfer", json=transfer_json(), headers=decided_on(version)
        )
        stale = await client.post(
            f"/caseloads/{PETR}/transfer", json=transfer_json(), headers=decided_on(version)
        )
        left = await client.get(f"/caseloads/{PETR}", params={"as_of": "2026-12-01"})
        theirs = await caseload(client, JANA, as_of="2026-12-01")
        noted = await client.get("/journal", params={"filter[subject]": Subject.ASSIGNMENT.value})
    assert (done.status_code, len(done.json()["taken"])) == (200, 3)
    assert stale.status_code == 412
    assert left.status_code == 404
    assert theirs["load"] == 3
    actions = [entry["action"] for entry in noted.json()["items"]]
    assert (actions.count("transfer"), actions.count("take-over"), actions.count("assign")) == (3, 3, 3)


async def test_a_transfer_that_exceeds_the_capacity_moves_nothing_at_all(registry: ServiceUnderTest) -> None:
    towns = await some_towns(registry, 6)
    await cooperating(registry, towns)
    async with registry.client(DIRECTOR) as client:
        for town in towns[:4]:
            await assigned(client, unit_id=str(town))
        for town in towns[4:]:
            await assigned(client, unit_id=str(town), person=JANA, person_name="Jana Nová")
        before = (await client.get("/assignments")).json()
        refused = await client.post(
            f"/caseloads/{PETR}/transfer", json=transfer_json(), headers=decided_on(4)
        )
        after = (await client.get("/assignments")).json()
    assert (refused.status_code, code_of(refused)) == (409, "capacity-exceeded")
    assert (refused.json()["load"], refused.json()["day"]) == (6, "2026-12-01")
    assert after == before


async def test_two_transfers_at_once_hand_over_once(registry: ServiceUnderTest) -> None:
    towns = await some_towns(registry, 2)
    async with registry.client(DIRECTOR) as client:
        for town in towns:
            await assigned(client, unit_id=str(town))
        answers = await asyncio.gather(
            *(
                client.post(
                    f"/caseloads/{PETR}/transfer",
                    json=transfer_json(to=to),
                    headers=decided_on(2),
                )
                for to in (JANA, "ivo.dalsi")
            )
        )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_a_substitution_ends_by_itself_and_the_consultant_stays(registry: ServiceUnderTest) -> None:
    (town,) = await some_towns(registry, 1)
    await cooperating(registry, [town])
    async with registry.client(DIRECTOR) as client:
        await assigned(client, unit_id=str(town))
        for_a_time = transfer_json(from_on="2026-11-01", until_on="2026-11-30")
        done = await client.post(f"/caseloads/{PETR}/transfer", json=for_a_time, headers=decided_on(1))
        both = [await caseload(client, person, as_of="2026-11-30") for person in (PETR, JANA)]
        later = await client.get(f"/caseloads/{JANA}", params={"as_of": "2026-12-01"})
    assert [each["duty"] for each in done.json()["taken"]] == ["substitute"]
    assert [each["load"] for each in both] == [1, 1]
    assert later.status_code == 404


async def test_cooperating_towns_without_a_consultant_are_listed_those_that_cooperate_now_first(
    registry: ServiceUnderTest,
) -> None:
    towns = await some_towns(registry, 5)
    await cooperating(registry, [towns[0]], status="preparation")
    await cooperating(registry, towns[1:4])
    await cooperating(registry, [towns[4]], ended_on=date(2026, 3, 31))
    async with registry.client(ADMINISTRATOR) as client, registry.client(CONSULTANT_PETR) as consultant:
        await assigned(client, unit_id=str(towns[2]))
        await assigned(client, unit_id=str(towns[3]), duty="researcher")
        with registry.counted_statements() as statements:
            found = await consultant.get("/caseloads/unassigned")
        in_march = await consultant.get("/caseloads/unassigned", params={"as_of": "2026-03-31"})
    assert len(statements) <= 2
    assert [(each["name"], each["cooperates"]) for each in found.json()["items"]] == [
        ("Město 01", True),
        ("Město 03", True),
        ("Město 00", False),
    ]
    assert "Město 04" in [each["name"] for each in in_march.json()["items"]]


async def test_pages_of_caseloads_give_each_person_once_with_at_most_two_statements(
    registry: ServiceUnderTest,
) -> None:
    towns = await some_towns(registry, 5)
    async with registry.client(ADMINISTRATOR) as client:
        for number, town in enumerate(towns):
            await assigned(client, unit_id=str(town), person=f"osoba.{number}", person_name=f"Osoba {number}")
        found: list[str] = []
        address = "/caseloads?limit=2"
        while address:
            with registry.counted_statements() as statements:
                answer = await client.get(address)
            assert 1 <= len(statements) <= 2
            found += [each["person"] for each in answer.json()["items"]]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == [f"osoba.{number}" for number in range(5)]


@pytest.mark.parametrize("address", ["/caseloads", "/caseloads/unassigned", f"/caseloads/{PETR}"])
async def test_caseloads_are_for_the_agency_alone(registry: ServiceUnderTest, address: str) -> None:
    async with registry.client(COORDINATOR) as client:
        assert (await client.get(address)).status_code == 403


async def test_who_is_nobody_has_no_caseload(registry: ServiceUnderTest) -> None:
    async with registry.client(DIRECTOR) as client:
        unknown = await client.get("/caseloads/nikdo")
        moved = await client.post("/caseloads/nikdo/transfer", json=transfer_json(), headers=decided_on(0))
    assert (unknown.status_code, code_of(unknown)) == (404, "person-unknown")
    assert (moved.status_code, code_of(moved)) == (409, "nothing-to-transfer")

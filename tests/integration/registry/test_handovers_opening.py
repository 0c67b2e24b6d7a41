"""The clock opens handovers: for whom, once, and whatever else happens at the same time."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from registry.handovers.use_cases import open_handovers
from registry.units.codes import unit_id
from shared.contracts.intake import HandoverOpened
from shared.contracts.registry import UnitKind
from tests.support.caseload import AFTER_ELECTIONS, cooperating, handovers_opened, some_towns
from tests.support.registry import code_of, decided_on, registered, unit_json
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT

SINCE = date(2020, 1, 1)


def election_json(**changes: object) -> dict[str, object]:
    return {
        "code": "municipal-2034",
        "kind": "municipal",
        "first_on": "2034-10-06",
        "last_on": "2034-10-07",
        "source": "Sbírka zákonů",
        **changes,
    }


async def opened_for(registry: ServiceUnderTest) -> set[UUID]:
    return {event.unit_id for event in await registry.told(HandoverOpened)}


async def test_after_the_elections_of_2026_each_cooperating_town_gets_one(registry: ServiceUnderTest) -> None:
    towns = await some_towns(registry, 3)
    await cooperating(registry, towns)
    ids = await handovers_opened(registry)
    assert len(ids) == 3
    async with registry.client(CONSULTANT) as client:
        one = (await client.get(f"/handovers/{ids[0]}")).json()
        noted = (await client.get("/journal", params={"filter[subject]": "handover"})).json()["items"]
    assert (one["status"], one["opened_on"], one["prepare_until"], one["due_on"]) == (
        "open",
        "2026-11-22",
        "2026-09-09",
        "2027-01-08",
    )
    assert one["allowed_moves"] == ["prepare", "dispense"]
    assert [entry["action"] for entry in noted] == ["open"] * 3
    assert {event.election_on for event in await registry.told(HandoverOpened)} == {date(2026, 10, 9)}


async def test_many_open_in_as_many_statements_as_one(registry: ServiceUnderTest) -> None:
    counts = []
    for towns in (1, 5):
        await registry.empty()
        await cooperating(registry, await some_towns(registry, towns))
        with registry.counted_statements() as statements:
            assert len(await handovers_opened(registry)) == towns
            counts.append(len(statements))
    assert counts[0] == counts[1]


async def test_a_clock_that_runs_again_opens_and_tells_nothing_new(registry: ServiceUnderTest) -> None:
    await cooperating(registry, await some_towns(registry, 2))
    before = await handovers_opened(registry)
    assert await handovers_opened(registry, AFTER_ELECTIONS + timedelta(days=1)) == before
    assert len(await registry.told(HandoverOpened)) == 2


async def test_two_workers_at_once_open_one_for_each(registry: ServiceUnderTest) -> None:
    await cooperating(registry, await some_towns(registry, 4))

    async def work() -> None:
        async with registry.transaction() as tx:
            tx.now = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
            await open_handovers(tx)

    await asyncio.gather(*(work() for _ in range(4)))
    assert len(await handovers_opened(registry)) == 4
    assert len(await registry.told(HandoverOpened)) == 4


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 4, 11), False),
        (date(2026, 4, 12), True),
        (date(2027, 1, 8), True),
        (date(2027, 1, 9), False),
    ],
)
async def test_they_open_from_180_days_before_until_90_days_after(
    registry: ServiceUnderTest, day: date, *, opens: bool
) -> None:
    await cooperating(registry, await some_towns(registry, 1), from_on=SINCE)
    assert bool(await handovers_opened(registry, day)) is opens


@pytest.mark.parametrize(
    ("status", "opens"),
    [
        ("active", True),
        ("suspended", True),
        ("exit", True),
        ("ex-post", False),
        ("preparation", False),
        ("cancelled", False),
    ],
)
async def test_they_open_for_what_has_something_to_hand_over(
    registry: ServiceUnderTest, status: str, *, opens: bool
) -> None:
    await cooperating(registry, await some_towns(registry, 1), status=status)
    assert bool(await handovers_opened(registry)) is opens


async def test_none_opens_where_the_cooperation_is_over_or_begins_later(registry: ServiceUnderTest) -> None:
    over, later = await some_towns(registry, 2)
    await cooperating(registry, [over], ended_on=date(2026, 11, 21))
    await cooperating(registry, [later], from_on=date(2026, 11, 23))
    assert await handovers_opened(registry) == []


async def test_regions_wait_for_their_own_elections_and_prague_goes_with_the_towns(
    registry: ServiceUnderTest,
) -> None:
    names = {"CZ042": "Ústecký kraj", "CZ010": "Hlavní město Praha"}
    async with registry.client(ADMINISTRATOR) as client:
        for code, name in names.items():
            body = unit_json(kind="region", code=code, name=name)
            assert (await client.post("/units", json=body)).status_code == 201
        group = await client.post(
            "/units", json=unit_json(kind="local-action-group", code="27033015", name="MAS")
        )
    usti, prague = (unit_id(UnitKind.REGION, code) for code in names)
    mas = UUID(group.json()["id"])
    await cooperating(registry, [usti, prague, mas], from_on=SINCE)
    await handovers_opened(registry)
    assert await opened_for(registry) == {prague, mas}
    await handovers_opened(registry, date(2024, 9, 21))
    assert await opened_for(registry) == {usti, prague, mas}


async def test_an_administrator_adds_elections_and_the_clock_minds_them(registry: ServiceUnderTest) -> None:
    (town,) = await some_towns(registry, 1)
    await cooperating(registry, [town])
    async with registry.client(ADMINISTRATOR) as client, registry.client() as anybody:
        added = await client.post("/elections", json=election_json())
        taken = await client.post("/elections", json=election_json(first_on="2034-10-07"))
        known = await client.post("/elections", json=election_json(code="municipal-2026"))
        moved = await client.put(
            added.headers["Location"],
            json={"first_on": "2034-11-03", "last_on": "2034-11-04", "source": "Oprava"},
            headers=decided_on(1),
        )
        await handovers_opened(registry, date(2034, 6, 1))
        again = {"first_on": "2034-10-06", "last_on": "2034-10-07", "source": "Zpět"}
        late = await client.put(added.headers["Location"], json=again, headers=decided_on(2))
        listed = await anybody.get("/elections")
        one = await anybody.get(added.headers["Location"])
    assert (added.status_code, added.headers["ETag"]) == (201, '"1"')
    assert [code_of(each) for each in (taken, known)] == ["election-code-taken"] * 2
    assert (moved.status_code, moved.json()["first_on"]) == (200, "2034-11-03")
    assert (late.status_code, code_of(late)) == (409, "handovers-have-opened")
    assert await opened_for(registry) == {town}
    assert listed.json()["items"][0] == one.json() == moved.json()
    assert len(listed.json()["items"]) == 10


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last_on": "2034-10-05"}, "election-days-reversed"),
        ({"last_on": "2034-10-08"}, "election-days-reversed"),
        ({"code": "Volby 2034"}, "malformed"),
        ({"unit_kinds": []}, "malformed"),
        ({"first_on": "0001-01-01", "last_on": "0001-01-01"}, "malformed"),
        ({"first_on": "9999-12-31", "last_on": "9999-12-31"}, "malformed"),
        ({"kind": "presidential"}, "malformed"),
    ],
)
async def test_an_election_that_makes_no_sense_is_refused(
    registry: ServiceUnderTest, changes: dict[str, object], code: str
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        refused = await client.post("/elections", json=election_json(**changes))
        assert (refused.status_code, code_of(refused)) == (422, code)
        assert (await client.get("/elections")).json()["items"] == []


async def test_only_administrators_keep_the_list_of_elections(registry: ServiceUnderTest) -> None:
    async with registry.client(CONSULTANT) as client:
        assert (await client.post("/elections", json=election_json())).status_code == 403
        unknown = await client.get(f"/elections/{UUID(int=7)}")
    assert (unknown.status_code, code_of(unknown)) == (404, "election-unknown")


async def test_a_town_that_began_before_the_election_gets_its_own_soon_one_that_began_after_it_none(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
    assert await handovers_opened(registry) == []
    before, after = await some_towns(registry, 2)
    await cooperating(registry, [after], from_on=date(2026, 10, 11))
    assert await handovers_opened(registry) == []
    await cooperating(registry, [before], from_on=date(2026, 10, 10))
    assert len(await handovers_opened(registry)) == 1

"""The clock of statements: it alarms once when it runs out soon and once when it has run out."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from registry.statements.use_cases import warn_of_deadlines
from shared.contracts.intake import StatementDueSoon
from tests.support.comparisons import OBRNICE, id_of, some_municipalities
from tests.support.registry import COORDINATOR
from tests.support.service import ServiceUnderTest
from tests.support.statements import DIRECTOR, DRAFTER, Json, decided, drafted, filed

TOLD_ON = "2026-10-20"
"""The alarm is on 30 October, the last day 4 November: 28 October is a holiday."""


@pytest.fixture
async def ready(registry: ServiceUnderTest) -> ServiceUnderTest:
    await some_municipalities(registry)
    return registry


async def tick(service: ServiceUnderTest, day: date) -> list[tuple[date, bool]]:
    """Let the clock look at noon of the day; return all that was ever told."""
    async with service.transaction() as tx:
        tx.now = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        await warn_of_deadlines(tx)
    return [(event.due_on, event.overdue) for event in await service.told(StatementDueSoon)]


async def test_each_alarm_is_told_once(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client:
        request = await filed(client, received_on=TOLD_ON)
        assert await tick(ready, date(2026, 10, 29)) == []
        soon = [(date(2026, 11, 4), False)]
        assert await tick(ready, date(2026, 10, 30)) == soon
        assert await tick(ready, date(2026, 11, 4)) == soon
        both = [*soon, (date(2026, 11, 4), True)]
        assert await tick(ready, date(2026, 11, 5)) == both
        assert await tick(ready, date(2026, 11, 6)) == both
        read = await client.get(f"/statements/{request['id']}")
    first, second = await ready.told(StatementDueSoon)
    assert (first.unit_ids, str(first.statement_id)) == ((id_of(OBRNICE),), request["id"])
    assert [first.version, second.version, read.json()["version"]] == [2, 3, 3]


async def test_a_clock_that_slept_tells_only_that_it_is_too_late(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client:
        await filed(client, received_on=TOLD_ON)
    assert await tick(ready, date(2026, 11, 20)) == [(date(2026, 11, 4), True)]
    assert await tick(ready, date(2026, 11, 21)) == [(date(2026, 11, 4), True)]


async def test_two_workers_tell_each_alarm_once(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client:
        statements = [await filed(client, received_on=TOLD_ON) for _ in range(10)]
    await asyncio.gather(*(tick(ready, date(2026, 11, 2)) for _ in range(4)))
    told = await ready.told(StatementDueSoon)
    assert sorted(str(event.statement_id) for event in told) == sorted(each["id"] for each in statements)


async def test_a_request_that_is_returned_rings_no_alarm_and_rings_anew_later(
    ready: ServiceUnderTest,
) -> None:
    async with ready.client(DRAFTER) as client, ready.client(COORDINATOR) as town:
        request = await filed(client, received_on=TOLD_ON)
        await tick(ready, date(2026, 10, 30))
        alarmed = {**request, "version": 2}
        returned = await decided(client, alarmed, "return", reason="Chybí podpis.", on="2026-10-30")
        assert (returned["due_on"], returned["days_left"], returned["alarm"]) == (None, 3, "none")
        assert len(await tick(ready, date(2026, 11, 20))) == 1
        completed = await decided(client, returned, "completion", on="2026-11-12")
        seen = (await town.get(f"/statements/{request['id']}")).json()
    assert (completed["due_on"], seen["due_on"]) == ("2026-11-18", "2026-11-18")
    assert seen["clock"]["pauses"] == [{"since": "2026-10-30", "until": "2026-11-12"}]
    assert await tick(ready, date(2026, 11, 18)) == [
        (date(2026, 11, 4), False),
        (date(2026, 11, 18), False),
    ]


async def test_what_is_closed_rings_no_alarm(ready: ServiceUnderTest) -> None:
    async with ready.client(DRAFTER) as client, ready.client(DIRECTOR) as director:
        withdrawn = await filed(client, received_on=TOLD_ON)
        await decided(client, withdrawn, "withdrawal")
        refused = await filed(client, received_on=TOLD_ON)
        await decided(director, refused, "refusal", reason="Výzva není pro tento program.")
        issued = await filed(client, received_on=TOLD_ON)
        proposed = await drafted(client, issued, outcome="unfavourable", reasons="x", has_capacity=None)
        await decided(director, proposed, "issue")
    assert await tick(ready, date(2026, 11, 20)) == []


async def alarms(service: ServiceUnderTest, *requests: Json) -> list[tuple[str, int]]:
    async with service.client(DRAFTER) as client:
        for request in requests:
            await filed(client, **request)
        items = (await client.get("/statements")).json()["items"]
        for name in ("none", "soon", "overdue"):
            filtered = (await client.get("/statements", params={"filter[alarm]": name})).json()["items"]
            assert filtered == [each for each in items if each["alarm"] == name]
            one = [(await client.get(f"/statements/{each['id']}")).json() for each in filtered]
            assert one == filtered
    return [(each["alarm"], each["days_left"]) for each in items]


async def test_alarms_are_told_in_answers_and_are_a_filter(ready: ServiceUnderTest) -> None:
    async with ready.transaction() as tx:
        today = tx.today
    found = await alarms(
        ready,
        {"received_on": today.isoformat()},
        {"received_on": today.replace(year=today.year - 1).isoformat()},
        {"received_on": "2014-01-28"},
    )
    assert [alarm for alarm, _ in found] == ["overdue", "overdue", "none"]
    assert found[0][1] < found[1][1] < 0 < found[2][1] <= 10

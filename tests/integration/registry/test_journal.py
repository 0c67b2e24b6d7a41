"""The journal of decisions: who reads what, the state of a day, and that nothing in it changes."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.journal import use_cases
from registry.journal.domain import (
    Audience,
    DecidedBeforeTheLast,
    DecidedInTheFuture,
    OnlyTheAgencyBackdates,
    Subject,
)
from shared.auth import ANONYMOUS, Actor
from shared.days import day_of
from shared.reads import Reader
from tests.support.journal import MATTER, Matter, a_decision
from tests.support.registry import ADMINISTRATOR, CONSULTANT, COORDINATOR, OBRNICE, unit_json
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COMMISSIONER, COORDINATOR_OF_TRMICE, MAYOR, PARTNER


@pytest.fixture
async def obrnice(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post("/units", json=unit_json())).status_code == 201
    return registry


async def test_a_decision_is_kept_with_the_states_before_and_after_and_who_made_it(
    obrnice: ServiceUnderTest,
) -> None:
    before, after = Matter(status="draft"), Matter(status="submitted")
    async with obrnice.transaction(CONSULTANT) as tx:
        await use_cases.record(tx, a_decision(unit_id=OBRNICE, before=before, after=after))
    async with obrnice.client(COORDINATOR) as client:
        (head,) = (await client.get("/journal")).json()["items"]
        entry = (await client.get(f"/journal/{head['id']}")).json()
    assert (head["action"], head["decided_on"]) == ("submit", "2023-04-06")
    assert (head["actor"], head["affiliation"]) == (CONSULTANT.id, CONSULTANT.affiliation)
    assert "after" not in head
    assert entry["before"] == {"status": "draft", "agreed_on": "2023-04-06"}
    assert entry["after"] == {"status": "submitted", "agreed_on": "2023-04-06"}


async def test_many_decisions_are_written_down_in_two_statements(obrnice: ServiceUnderTest) -> None:
    many = [replace(a_decision(), subject_id=UUID(int=number)) for number in range(40)]
    async with obrnice.transaction(CONSULTANT) as tx:
        with obrnice.counted_statements() as statements:
            await use_cases.record(tx)
            assert statements == []
            await use_cases.record(tx, *many)
        assert len(statements) == 2
    async with obrnice.client(CONSULTANT) as client:
        assert len((await client.get("/journal", params={"limit": "50"})).json()["items"]) == 40


async def test_of_many_decisions_one_before_the_last_refuses_all(obrnice: ServiceUnderTest) -> None:
    async with obrnice.transaction(CONSULTANT) as tx:
        await use_cases.record(tx, a_decision(1, date(2023, 4, 6)))
        early = a_decision(2, date(2023, 4, 5))
        with pytest.raises(DecidedBeforeTheLast):
            await use_cases.record(tx, replace(early, subject_id=UUID(int=1)), early)
    async with obrnice.client(CONSULTANT) as client:
        assert len((await client.get("/journal")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("audience", "reader", "seen"),
    [
        (Audience.AGENCY, CONSULTANT, 1),
        (Audience.AGENCY, COORDINATOR, 0),
        (Audience.AGENCY, COMMISSIONER, 0),
        (Audience.PARTIES, MAYOR, 1),
        (Audience.PARTIES, PARTNER, 0),
        (Audience.PARTIES, COORDINATOR_OF_TRMICE, 0),
        (Audience.PARTIES, ANONYMOUS, 0),
        (Audience.PUBLIC, ANONYMOUS, 1),
    ],
)
async def test_an_entry_is_read_by_its_audience_alone(
    obrnice: ServiceUnderTest, audience: Audience, reader: Actor, seen: int
) -> None:
    async with obrnice.transaction(ADMINISTRATOR) as tx:
        await use_cases.record(tx, a_decision(unit_id=OBRNICE, audience=audience))
    async with obrnice.client(None if reader is ANONYMOUS else reader) as client:
        listed = (await client.get("/journal")).json()["items"]
        async with obrnice.client(ADMINISTRATOR) as administrator:
            (entry,) = (await administrator.get("/journal")).json()["items"]
        one = await client.get(f"/journal/{entry['id']}")
    assert (len(listed), one.status_code) == (seen, 200 if seen else 404)


async def test_the_state_on_a_day_is_what_the_last_decision_until_then_left(
    obrnice: ServiceUnderTest,
) -> None:
    days = [date(2018, 12, 10), date(2019, 2, 21), date(2019, 2, 21), date(2021, 12, 14)]
    for version, day in enumerate(days, start=1):
        async with obrnice.transaction(ADMINISTRATOR) as tx:
            await use_cases.record(tx, a_decision(version, day, unit_id=OBRNICE))
    asked = [date(2018, 12, 9), date(2018, 12, 10), date(2019, 2, 21), date(2020, 1, 1), date(2026, 1, 1)]
    reads = Reader(obrnice.resources.pool, None)  # type: ignore[arg-type]
    found = [await use_cases.state_on(reads, Subject.APPLICATION, MATTER, day, CONSULTANT) for day in asked]
    states = [None if state is None else json.loads(state)["status"] for state in found]
    assert states == [None, "state 1", "state 3", "state 3", "state 4"]


async def test_days_of_decisions_follow_each_other_and_never_lie_ahead(obrnice: ServiceUnderTest) -> None:
    async with obrnice.transaction(ADMINISTRATOR) as tx:
        await use_cases.record(tx, a_decision(1, date(2023, 4, 6)))
    async with obrnice.transaction(ADMINISTRATOR) as tx:
        with pytest.raises(DecidedBeforeTheLast):
            await use_cases.record(tx, a_decision(2, date(2023, 4, 5)))
        with pytest.raises(DecidedInTheFuture):
            await use_cases.record(tx, a_decision(2, tx.today + timedelta(days=1)))


async def test_only_the_agency_writes_down_past_days(obrnice: ServiceUnderTest) -> None:
    async with obrnice.transaction(COORDINATOR) as tx:
        assert use_cases.decision_day(tx, None) == use_cases.decision_day(tx, tx.today) == day_of(tx.now)
        with pytest.raises(OnlyTheAgencyBackdates):
            use_cases.decision_day(tx, date(2023, 4, 6))
    async with obrnice.transaction(CONSULTANT) as tx:
        assert use_cases.decision_day(tx, date(2023, 4, 6)) == date(2023, 4, 6)


@pytest.mark.parametrize(("reader", "named"), [(CONSULTANT, True), (COORDINATOR, True), (ANONYMOUS, False)])
async def test_who_decided_is_told_by_name_to_the_parties_alone(
    obrnice: ServiceUnderTest, reader: Actor, *, named: bool
) -> None:
    async with obrnice.transaction(ADMINISTRATOR) as tx:
        await use_cases.record(tx, a_decision(unit_id=OBRNICE, audience=Audience.PUBLIC))
    async with obrnice.client(None if reader is ANONYMOUS else reader) as client:
        (entry,) = (await client.get("/journal")).json()["items"]
    assert entry["actor"] == (ADMINISTRATOR.id if named else None)
    assert entry["affiliation"] == ADMINISTRATOR.affiliation


@pytest.mark.parametrize("statement", ["UPDATE journal SET reason = ''", "DELETE FROM journal"])
async def test_the_database_itself_refuses_to_change_an_entry(
    obrnice: ServiceUnderTest, statement: str
) -> None:
    async with obrnice.transaction(ADMINISTRATOR) as tx:
        await use_cases.record(tx, a_decision())
    with pytest.raises(DBAPIError, match="never changed"):
        async with obrnice.transaction(ADMINISTRATOR) as tx:
            await tx.session.execute(text(statement))


async def test_pages_of_the_journal_take_one_statement_and_give_each_entry_once(
    obrnice: ServiceUnderTest,
) -> None:
    for version in range(1, 8):
        async with obrnice.transaction(ADMINISTRATOR) as tx:
            await use_cases.record(tx, a_decision(version, unit_id=OBRNICE))
    address, found = f"/journal?limit=3&filter[subject]=application&filter[subject_id]={MATTER}", []
    async with obrnice.client(CONSULTANT) as client:
        while address:
            with obrnice.counted_statements() as statements:
                page = await client.get(address)
            assert len(statements) == 1
            found += [entry["version"] for entry in page.json()["items"]]
            address = page.links.get("next", {}).get("url", "")
    assert found == [7, 6, 5, 4, 3, 2, 1]

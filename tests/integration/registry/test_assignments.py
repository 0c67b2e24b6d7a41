"""Assignments over HTTP, and who may act for a unit because of them."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from registry.caseload import repository
from registry.caseload.domain import Duty, NotYourUnit
from registry.caseload.use_cases import expect_acting_for
from shared.auth import Actor
from tests.support.caseload import (
    CONSULTANT_JANA,
    CONSULTANT_PETR,
    JANA,
    MAYOR_OF_TRMICE,
    PETR,
    an_assignment,
    assigned,
    assignment_json,
)
from tests.support.registry import OBRNICE, code_of, decided_on, registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    ANALYST,
    COMMISSIONER,
    COORDINATOR,
    DIRECTOR,
    MAYOR,
    PARTNER,
    SYSTEM,
)


@pytest.fixture
async def obrnice(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
    return registry


async def acts(registry: ServiceUnderTest, actor: Actor) -> bool:
    async with registry.transaction(actor) as tx:
        try:
            await expect_acting_for(tx, OBRNICE)
        except NotYourUnit:
            return False
    return True


@pytest.mark.parametrize(
    ("actor", "to_nobody", "to_petr"),
    [
        (ADMINISTRATOR, True, True),
        (DIRECTOR, True, True),
        (CONSULTANT_PETR, True, True),
        (CONSULTANT_JANA, True, False),
        (ANALYST, True, False),
        (COORDINATOR, True, True),
        (MAYOR, True, True),
        (MAYOR_OF_TRMICE, False, False),
        (PARTNER, False, False),
        (COMMISSIONER, False, False),
        (SYSTEM, False, False),
    ],
    ids=lambda value: value.id if isinstance(value, Actor) else None,
)
async def test_for_a_unit_its_own_people_act_and_those_of_the_agency_whose_it_is(
    obrnice: ServiceUnderTest, actor: Actor, *, to_nobody: bool, to_petr: bool
) -> None:
    assert await acts(obrnice, actor) is to_nobody
    async with obrnice.client(DIRECTOR) as client:
        await assigned(client)
    assert await acts(obrnice, actor) is to_petr


async def test_a_substitute_acts_beside_the_consultant_and_who_ended_yesterday_does_not(
    obrnice: ServiceUnderTest,
) -> None:
    async with obrnice.transaction() as tx:
        today = tx.today
        substitute = an_assignment(person=JANA, duty=Duty.SUBSTITUTE, starts_on=today, ends_on=today)
        ended = an_assignment(
            number=3, person="eva.byla", duty=Duty.RESEARCHER, ends_on=today - timedelta(days=1)
        )
        to_come = an_assignment(
            number=4, person="ivo.bude", duty=Duty.RESEARCHER, starts_on=today + timedelta(days=1)
        )
        await repository.add(tx.session, [an_assignment(number=2), substitute, ended, to_come])
    assert await acts(obrnice, CONSULTANT_PETR)
    assert await acts(obrnice, CONSULTANT_JANA)
    for person in ("eva.byla", "ivo.bude"):
        other = Actor(
            id=person, affiliation="Agentura", roles=CONSULTANT_PETR.roles, units=frozenset(), name=person
        )
        assert not await acts(obrnice, other)


async def test_an_assignment_is_made_changed_ended_and_every_step_is_noted(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(DIRECTOR) as client:
        made = await assigned(client, reason="Nová v týmu.")
        address = made.headers["Location"]
        days = {"starts_on": "2026-02-01", "ends_on": None, "reason": "Překlep."}
        changed = await client.put(address, json=days, headers=decided_on(1))
        ended = await client.post(
            f"{address}/end", json={"ends_on": "2026-10-31", "reason": "Odchod."}, headers=decided_on(2)
        )
        read = await client.get(address)
        noted = await client.get("/journal", params={"filter[subject_id]": made.json()["id"]})
    assert (made.headers["ETag"], changed.headers["ETag"], ended.headers["ETag"]) == ('"1"', '"2"', '"3"')
    assert read.json() == ended.json()
    assert (ended.json()["starts_on"], ended.json()["ends_on"]) == ("2026-02-01", "2026-10-31")
    entries = [(each["action"], each["reason"]) for each in noted.json()["items"]]
    assert entries == [("end", "Odchod."), ("change", "Překlep."), ("assign", "Nová v týmu.")]


async def test_the_journal_of_assignments_is_for_the_agency_alone(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(DIRECTOR) as client, obrnice.client(MAYOR) as mayor:
        await assigned(client)
        assert len((await client.get("/journal")).json()["items"]) == 1
        assert (await mayor.get("/journal")).json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"unit_id": "00000000-0000-0000-0000-000000000000"}, 422, "assigned-unit-unknown"),
        ({"ends_on": "2025-12-31"}, 422, "assignment-ends-before-it-starts"),
        ({"starts_on": "1999-12-31"}, 409, "unit-does-not-last"),
        ({"duty": "substitute"}, 422, "substitute-needs-an-end"),
        ({"starts_on": "2026-05-01"}, 409, "assigned-already"),
        ({"person": JANA, "person_name": "Jana"}, 409, "unit-has-its-consultant"),
        ({"on": "2999-01-01", "duty": "researcher"}, 422, "decided-in-the-future"),
        ({"person": ""}, 422, "malformed"),
        ({"person": "a\u0000b"}, 422, "malformed"),
        ({"starts_on": 0}, 422, "malformed"),
        ({"duty": "boss"}, 422, "malformed"),
    ],
)
async def test_an_assignment_against_the_rules_is_refused_and_leaves_nothing(
    obrnice: ServiceUnderTest, changes: dict[str, object], status: int, code: str
) -> None:
    async with obrnice.client(DIRECTOR) as client:
        await assigned(client)
        refused = await client.post("/assignments", json=assignment_json(**changes))
        listed = await client.get("/assignments")
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert len(listed.json()["items"]) == 1


async def test_of_two_consultants_at_once_the_unit_gets_one(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(DIRECTOR) as client:
        answers = await asyncio.gather(
            *(
                client.post("/assignments", json=assignment_json(person=person, person_name=person))
                for person in (PETR, JANA, "ivo.dalsi")
            )
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def test_the_database_itself_refuses_a_second_consultant(obrnice: ServiceUnderTest) -> None:
    async with obrnice.transaction() as tx:
        await repository.add(tx.session, [an_assignment()])
    with pytest.raises(Exception, match="ex_assignment_one_consultant") as refused:
        async with obrnice.transaction() as tx:
            await repository.add(tx.session, [an_assignment(number=2, person=JANA)])
    causes = [refused.value, refused.value.__cause__, getattr(refused.value.__cause__, "__cause__", None)]
    assert any(isinstance(cause, asyncpg.ExclusionViolationError) for cause in causes)


async def test_a_decision_on_an_old_version_or_none_is_refused(obrnice: ServiceUnderTest) -> None:
    end = {"ends_on": "2026-10-31", "reason": "Odchod."}
    async with obrnice.client(DIRECTOR) as client:
        address = (await assigned(client)).headers["Location"]
        assert (await client.post(f"{address}/end", json=end)).status_code == 428
        assert (await client.post(f"{address}/end", json=end, headers=decided_on(7))).status_code == 412
        unknown = await client.post(f"/assignments/{OBRNICE}/end", json=end, headers=decided_on(1))
        assert (unknown.status_code, code_of(unknown)) == (404, "assignment-unknown")


async def test_consultants_do_not_assign_units_to_themselves(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT_PETR) as client:
        assert (await client.post("/assignments", json=assignment_json())).status_code == 403


async def test_assignments_are_found_by_unit_person_duty_and_day(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(DIRECTOR) as client:
        await assigned(client, starts_on="2024-01-01", ends_on="2025-12-31")
        await assigned(client, person=JANA, person_name="Jana Nová")
        await assigned(
            client, person=JANA, person_name="Jana Nová", duty="researcher", starts_on="2026-03-01"
        )

        async def found(**filters: str) -> list[tuple[str, str]]:
            with obrnice.counted_statements() as statements:
                answer = await client.get("/assignments", params=filters)
            assert answer.status_code == 200, answer.text
            assert len(statements) <= 2
            return [(each["person"], each["duty"]) for each in answer.json()["items"]]

        both = [(JANA, "researcher"), (JANA, "local-consultant")]
        assert await found() == [*both, (PETR, "local-consultant")]
        assert await found(**{"filter[person]": JANA}) == both
        assert await found(**{"filter[duty]": "local-consultant", "as_of": "2025-12-31"}) == [
            (PETR, "local-consultant")
        ]
        assert await found(**{"filter[unit]": str(OBRNICE), "as_of": "2026-02-28"}) == [both[1]]

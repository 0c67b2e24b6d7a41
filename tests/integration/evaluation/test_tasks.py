"""What waits for a person is one list, the overdue first, and a calendar that needs no login."""

import asyncio
from datetime import date, timedelta

from icalendar import Calendar
from sqlalchemy import text

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.planning import Periodicity
from shared.http import today
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    EVALUATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    an_indicator,
    indicator_id,
    report_value,
    return_value,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import MAYOR, OBRNICE, TRMICE

LONG_AGO = today().year - 2
QUARTERLY = an_indicator(
    1,
    periodicity=Periodicity.QUARTERLY,
    baseline_on=date(LONG_AGO - 1, 12, 31),
    target_on=date(LONG_AGO + 3, 12, 31),
)


def of_quarter(quarter: int) -> str:
    return f"{LONG_AGO}-Q{quarter}"


async def a_year_of_quarters(evaluation: ServiceUnderTest) -> None:
    """Q1 was returned, Q2 is submitted, Q3 and Q4 are open and late; the entry evaluation too."""
    begin, end = date(LONG_AGO, 1, 1), date(LONG_AGO + 3, 12, 31)
    await evaluation.hear(a_plan_approved(indicators=[QUARTERLY], valid_from=begin, valid_until=end))
    for quarter in (1, 2):
        identifier = obligation_id(indicator_id(1), of_quarter(quarter))
        await report_value(evaluation, identifier, value="20")
    await return_value(evaluation, obligation_id(indicator_id(1), of_quarter(1)))


async def test_each_sees_what_their_roles_decide_the_overdue_first_in_one_statement(
    evaluation: ServiceUnderTest,
) -> None:
    await a_year_of_quarters(evaluation)
    async with evaluation.client(COORDINATOR) as client:
        await client.get("/tasks")
        with evaluation.counted_statements() as statements:
            mine = (await client.get("/tasks")).json()["items"]
            assert len(statements) == 1
            sums = (await client.get("/tasks/sums")).json()["items"]
            assert len(statements) == 2
        returned = (await client.get("/tasks?filter[kind]=returned&filter[owner]=Nikdo")).json()["items"]
    assert [(task["kind"], task["period"], task["is_overdue"]) for task in mine[:3]] == [
        ("returned", of_quarter(1), True),
        ("to-report", of_quarter(3), True),
        ("to-report", of_quarter(4), True),
    ]
    assert [task["due_on"] for task in mine] == sorted(task["due_on"] for task in mine)
    assert {each["kind"]: each["count"] for each in sums} == {
        "to-report": sum(task["kind"] == "to-report" for task in mine),
        "returned": 1,
    }
    assert returned == []
    async with evaluation.client(EVALUATOR) as client:
        theirs = (await client.get("/tasks?limit=1")).json()
        rest = (await client.get(f"/tasks?limit=50&cursor={theirs['next']}")).json()
        with evaluation.counted_statements() as statements:
            await client.get("/tasks")
            await client.get("/tasks/sums")
        assert len(statements) == 2
    kinds = [task["kind"] for task in [*theirs["items"], *rest["items"]]]
    assert kinds.count("to-approve") == 1
    assert set(kinds) == {"to-approve", "evaluation-due"}


async def test_nobody_sees_the_tasks_of_another_town_or_of_another_role(evaluation: ServiceUnderTest) -> None:
    await a_year_of_quarters(evaluation)
    for actor in (NEIGHBOUR, MAYOR):
        async with evaluation.client(actor) as client:
            assert (await client.get("/tasks")).json() == {"items": [], "next": None}
            assert (await client.get("/tasks/sums")).json() == {"items": []}


async def test_a_private_calendar_needs_its_address_alone_until_it_is_revoked_or_expires(
    evaluation: ServiceUnderTest,
) -> None:
    await a_year_of_quarters(evaluation)
    async with evaluation.client(COORDINATOR) as client:
        made = await client.post("/feeds", json={"owner": "Odbor sociálních věcí"})
        assert made.status_code == 201, made.text
        other = (await client.post("/feeds", json={"unit_id": str(OBRNICE)})).json()
        assert len((await client.get("/feeds")).json()["items"]) == 2
    path, feed = made.json()["path"], made.json()["feed"]
    async with evaluation.client() as anybody:
        answer = await anybody.get(path)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        events = Calendar.from_ical(answer.content).events
        assert obligation_id(indicator_id(1), of_quarter(1)) in [
            type(PLAN)(str(event["UID"]).partition("@")[0]) for event in events
        ]
        assert (await anybody.get(f"/feeds/{'A' * 43}/calendar.ics")).status_code == 404
    address = f"/feeds/{feed['id']}/revocation"
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.post(address, headers={"If-Match": '"1"'})).status_code == 404
    async with evaluation.client(COORDINATOR) as client:
        twice = [client.post(address, headers={"If-Match": '"1"'}) for _ in range(2)]
        assert sorted(each.status_code for each in await asyncio.gather(*twice)) == [200, 412]
        again = await client.post(address, headers={"If-Match": '"2"'})
        assert (again.status_code, again.json()["type"].endswith("feed-revoked")) == (409, True)
    async with evaluation.transaction() as tx:
        yesterday = today() - timedelta(days=1)
        await tx.session.execute(
            text("UPDATE private_feed SET valid_until = :day WHERE revoked_at IS NULL"), {"day": yesterday}
        )
    async with evaluation.client() as anybody:
        assert [(await anybody.get(each)).status_code for each in (path, other["path"])] == [404, 404]


async def test_a_calendar_shows_what_its_person_sees_and_not_the_plans_of_the_whole_country(
    evaluation: ServiceUnderTest,
) -> None:
    await a_year_of_quarters(evaluation)
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.post("/feeds", json={"plan_id": str(PLAN)})).status_code == 404
        assert (await client.post("/feeds", json={"unit_id": str(OBRNICE)})).status_code == 404
        nothing = (await client.post("/feeds", json={"owner": "Odbor sociálních věcí"})).json()
        both = {"plan_id": str(PLAN), "unit_id": str(TRMICE)}
        assert (await client.post("/feeds", json=both)).status_code == 422
    async with evaluation.client() as anybody:
        assert Calendar.from_ical((await anybody.get(nothing["path"])).content).events == []
    async with evaluation.client(CONSULTANT) as client:
        assert (await client.post("/feeds", json={})).status_code == 422
        asked = [client.post("/feeds", json={"plan_id": str(PLAN)}) for _ in range(24)]
        answers = [each.status_code for each in await asyncio.gather(*asked)]
    assert (answers.count(201), answers.count(409)) == (20, 4)

"""What is awaited can be read by a calendar program."""

from datetime import date

from icalendar import Calendar

from evaluation.monitoring.calendar import obligation_id
from tests.support.evaluation import (
    COORDINATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    an_indicator,
    indicator_id,
    report_value,
)
from tests.support.service import ServiceUnderTest

ADDRESS = f"/monitoring/{PLAN}/calendar.ics"


async def test_each_awaited_value_is_a_day_in_the_calendar(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(name="Žáci; děti, mládež\nv obci")]))
    await report_value(evaluation, obligation_id(indicator_id(1), "2026"), value="1")
    async with evaluation.client(COORDINATOR) as client:
        answer = await client.get(ADDRESS)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).events
    assert [event.start for event in events] == [
        date(2028, 3, 31),
        date(2029, 4, 3),  # after Easter
        date(2030, 4, 1),
        date(2031, 3, 31),
    ]
    assert events[0]["SUMMARY"] == "1.1 Žáci; děti, mládež\nv obci: 2027"
    assert events[0]["UID"] == f"{obligation_id(indicator_id(1), '2027')}@pospolu"


async def test_an_empty_calendar_is_a_calendar(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[]))
    async with evaluation.client(COORDINATOR) as client:
        answer = await client.get(ADDRESS)
    assert Calendar.from_ical(answer.content).events == []


async def test_a_neighbour_gets_no_calendar(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.get(ADDRESS)).status_code == 404

"""What is awaited can be read by a calendar program."""

from datetime import date

from icalendar import Calendar

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.planning import Periodicity
from tests.support.evaluation import (
    COORDINATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    a_plan_closed,
    an_indicator,
    indicator_id,
    report_value,
    return_value,
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


async def test_returned_values_of_periods_after_the_closing_or_of_removed_indicators_are_not_in_the_calendar(
    evaluation: ServiceUnderTest,
) -> None:
    quarterly, removed = an_indicator(1, periodicity=Periodicity.QUARTERLY), an_indicator(2)
    await evaluation.hear(a_plan_approved(indicators=[quarterly, removed]))
    for which, period in ((1, "2026-Q1"), (1, "2026-Q2"), (2, "2026")):
        await report_value(evaluation, obligation_id(indicator_id(which), period), value="1")
        await return_value(evaluation, obligation_id(indicator_id(which), period))
    await evaluation.hear(a_plan_approved(revision=2, indicators=[quarterly]))
    async with evaluation.client(COORDINATOR) as client:
        running = Calendar.from_ical((await client.get(ADDRESS)).content).events
        await evaluation.hear(a_plan_closed(closed_on=date(2026, 3, 31)))
        closed = Calendar.from_ical((await client.get(ADDRESS)).content).events
    assert {str(event["SUMMARY"]).partition(" ")[0] for event in running} == {"1.1"}
    assert [event["UID"] for event in closed] == [f"{obligation_id(indicator_id(1), '2026-Q1')}@pospolu"]


async def test_an_empty_calendar_is_a_calendar(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[]))
    async with evaluation.client(COORDINATOR) as client:
        answer = await client.get(ADDRESS)
    assert Calendar.from_ical(answer.content).events == []


async def test_a_neighbour_gets_no_calendar(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.get(ADDRESS)).status_code == 404

"""What is awaited is announced in time, and once."""

import asyncio
from datetime import UTC, date, datetime

from sqlalchemy import text

from evaluation.evaluations.use_cases import announce_evaluations
from evaluation.monitoring.calendar import obligation_id
from evaluation.reminders.use_cases import announce_obligations
from shared.contracts.evaluation import EvaluationDue, EvaluationKind, ObligationDue, ObligationOverdue
from shared.contracts.planning import Periodicity
from tests.support.evaluation import (
    COORDINATOR,
    a_plan_approved,
    a_plan_closed,
    a_report_in,
    an_indicator,
    decide,
    indicator_id,
    report_value,
    return_value,
)
from tests.support.service import ServiceUnderTest

THE_FIRST = obligation_id(indicator_id(1), "2026")


async def tick(evaluation: ServiceUnderTest, day: date) -> None:
    async with evaluation.transaction() as tx:
        tx.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        await announce_obligations(tx)
        await announce_evaluations(tx)


async def due(evaluation: ServiceUnderTest) -> list[str]:
    return [event.period for event in await evaluation.told(ObligationDue)]


async def overdue(evaluation: ServiceUnderTest) -> list[str]:
    return [event.period for event in await evaluation.told(ObligationOverdue)]


async def test_a_value_is_announced_two_weeks_before_and_the_day_after_each_once(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())  # 2026 is due on 31 March 2027
    await tick(evaluation, date(2027, 3, 16))
    assert await due(evaluation) == []
    for day in (date(2027, 3, 17), date(2027, 3, 18), date(2027, 3, 31)):
        await tick(evaluation, day)
        assert (await due(evaluation), await overdue(evaluation)) == (["2026"], [])
    for day in (date(2027, 4, 1), date(2027, 4, 2)):
        await tick(evaluation, day)
        assert (await due(evaluation), await overdue(evaluation)) == (["2026"], ["2026"])
    (told,) = await evaluation.told(ObligationOverdue)
    assert (told.owner, told.due_on, told.version) == ("Odbor sociálních věcí", date(2027, 3, 31), 3)


async def test_what_is_overdue_already_is_not_announced_as_due(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await tick(evaluation, date(2029, 1, 1))
    assert await overdue(evaluation) == ["2026", "2027"]
    assert await due(evaluation) == []


async def test_a_reported_value_is_not_announced(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await report_value(evaluation, obligation_id(indicator_id(1), "2026"), value="20")
    await tick(evaluation, date(2027, 4, 5))
    assert (await due(evaluation), await overdue(evaluation)) == ([], [])


async def test_a_cancelled_obligation_is_not_announced(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(), a_plan_closed(closed_on=date(2025, 12, 31)))
    await tick(evaluation, date(2032, 1, 1))
    assert (await due(evaluation), await overdue(evaluation)) == ([], [])


async def test_a_value_returned_after_the_closing_is_announced_only_if_its_period_began_before(
    evaluation: ServiceUnderTest,
) -> None:
    quarterly = an_indicator(periodicity=Periodicity.QUARTERLY)
    await evaluation.hear(a_plan_approved(indicators=[quarterly]))
    first, second = (obligation_id(indicator_id(1), period) for period in ("2026-Q1", "2026-Q3"))
    await report_value(evaluation, first, value="20")
    body = a_report_in(value="30", measured_on="2026-09-30")
    assert (await decide(evaluation, second, "report", actor=COORDINATOR, body=body)).status_code == 200
    await evaluation.hear(a_plan_closed(closed_on=date(2026, 6, 30)))
    await return_value(evaluation, first)
    await return_value(evaluation, second)
    await tick(evaluation, date(2026, 7, 21))
    assert (await due(evaluation), await overdue(evaluation)) == (["2026-Q2"], ["2026-Q1"])
    await tick(evaluation, date(2026, 12, 31))
    assert (await due(evaluation), await overdue(evaluation)) == (["2026-Q2"], ["2026-Q1", "2026-Q2"])


async def test_a_returned_value_whose_period_left_the_calendar_is_announced_no_more(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await report_value(evaluation, THE_FIRST, value="20")
    await return_value(evaluation, THE_FIRST)
    await evaluation.hear(a_plan_approved(revision=2, valid_from=date(2027, 1, 1)))
    await tick(evaluation, date(2027, 3, 31))
    await tick(evaluation, date(2027, 4, 1))
    assert (await due(evaluation), await overdue(evaluation)) == ([], [])
    await evaluation.hear(a_plan_approved(revision=3))
    await tick(evaluation, date(2027, 4, 2))
    assert await overdue(evaluation) == ["2026"]


async def test_a_value_due_on_the_day_of_the_closing_is_announced(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(), a_plan_closed(closed_on=date(2027, 3, 31)))
    await tick(evaluation, date(2027, 3, 31))
    await tick(evaluation, date(2027, 4, 1))
    assert (await due(evaluation), await overdue(evaluation)) == (["2026"], ["2026"])


async def test_a_returned_value_of_a_removed_indicator_is_announced_only_if_the_indicator_comes_back(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await report_value(evaluation, THE_FIRST, value="20")
    await return_value(evaluation, THE_FIRST)
    await evaluation.hear(a_plan_approved(revision=2, indicators=[]))
    await tick(evaluation, date(2027, 3, 31))
    await tick(evaluation, date(2027, 4, 1))
    assert (await due(evaluation), await overdue(evaluation)) == ([], [])
    await evaluation.hear(a_plan_approved(revision=3))
    await tick(evaluation, date(2027, 4, 2))
    assert await overdue(evaluation) == ["2026"]


async def test_a_moved_date_is_announced_again(evaluation: ServiceUnderTest) -> None:
    quarterly = an_indicator(periodicity=Periodicity.QUARTERLY, target_on=date(2026, 3, 31))
    await evaluation.hear(a_plan_approved(indicators=[quarterly]))
    await tick(evaluation, date(2026, 4, 20))
    assert await due(evaluation) == ["2026-Q1"]
    shorter = an_indicator(periodicity=Periodicity.QUARTERLY, target_on=date(2026, 3, 15))
    await evaluation.hear(a_plan_approved(revision=2, indicators=[shorter]))
    await tick(evaluation, date(2026, 4, 2))
    assert await due(evaluation) == ["2026-Q1", "2026-Q1"]


async def test_two_workers_at_once_announce_once(evaluation: ServiceUnderTest) -> None:
    many = [an_indicator(n, periodicity=Periodicity.MONTHLY) for n in range(20)]
    await evaluation.hear(a_plan_approved(indicators=many))
    await asyncio.gather(*(tick(evaluation, date(2031, 6, 1)) for _ in range(4)))
    told = await evaluation.told(ObligationOverdue)
    assert len(told) == len({event.obligation_id for event in told}) == 20 * 60


async def test_each_round_is_planned_for_its_days_and_nothing_else_is(evaluation: ServiceUnderTest) -> None:
    async with evaluation.transaction() as tx:
        await announce_obligations(tx)
        assert await tx.session.scalar(text("SHOW plan_cache_mode")) == "force_custom_plan"
    async with evaluation.transaction() as tx:
        assert await tx.session.scalar(text("SHOW plan_cache_mode")) == "auto"


async def test_an_evaluation_is_announced_a_month_before_once(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())  # the entry evaluation is due on 1 April 2026
    await tick(evaluation, date(2026, 3, 1))
    assert await evaluation.told(EvaluationDue) == []
    for day in (date(2026, 3, 2), date(2026, 3, 3), date(2026, 4, 5)):
        await tick(evaluation, day)
        (told,) = await evaluation.told(EvaluationDue)
        assert (told.kind, told.due_on, told.version) == (EvaluationKind.ENTRY, date(2026, 4, 1), 2)

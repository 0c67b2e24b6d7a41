"""An approved plan gets its collection calendar, once, whatever the order of events."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations
from uuid import uuid5

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from evaluation.monitoring.calendar import obligation_id
from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import MonitoredIndicatorRow, ObligationRow
from shared.contracts.base import Event
from shared.contracts.evaluation import MonitoringSetUp
from shared.contracts.planning import Periodicity, PlannedIndicator
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    PLAN,
    a_plan_approved,
    a_plan_closed,
    an_indicator,
    indicator_id,
    report_and_approve,
    report_value,
)
from tests.support.service import ServiceUnderTest

CONSUMER = "evaluation-monitoring-from-planning"
SIXTY = [an_indicator(n, periodicity=list(Periodicity)[n % 4]) for n in range(60)]


async def obligations(evaluation: ServiceUnderTest) -> dict[tuple[str, str], tuple[str, str | None, int]]:
    """Return (indicator, period) -> (status, reason, version)."""
    numbers = {indicator_id(n): f"1.{n}" for n in range(100)}
    async with evaluation.resources.engine.connect() as connection:
        rows = await connection.execute(
            select(
                ObligationRow.indicator_id,
                ObligationRow.period,
                ObligationRow.status,
                ObligationRow.cancelled_reason,
                ObligationRow.version,
            )
        )
        return {(numbers[row[0]], row[1]): (row[2], row[3], row[4]) for row in rows}


async def test_every_indicator_and_period_has_one_obligation(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=SIXTY), consumer=CONSUMER)
    found = await obligations(evaluation)
    assert len(found) == 15 * (60 + 20 + 10 + 5)
    assert set(found.values()) == {("open", None, 1)}
    (told,) = await evaluation.told(MonitoringSetUp)
    assert (told.plan_id, told.revision, told.indicators, told.obligations, told.version) == (
        PLAN,
        1,
        60,
        1425,
        1,
    )
    assert told.first_due_on == date(2026, 2, 20)


async def test_a_plan_of_sixty_indicators_takes_the_same_statements_as_a_plan_of_one(
    evaluation: ServiceUnderTest,
) -> None:
    with evaluation.counted_statements() as statements:
        await evaluation.hear(a_plan_approved(indicators=SIXTY), consumer=CONSUMER)
        of_sixty = len(statements)
    await evaluation.empty()
    with evaluation.counted_statements() as statements:
        await evaluation.hear(a_plan_approved(), consumer=CONSUMER)
        assert len(statements) == of_sixty == 6  # inbox, plan, definitions, indicators, obligations, outbox


async def test_a_plan_without_indicators_is_set_up_with_nothing_due(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[]))
    assert await obligations(evaluation) == {}
    (told,) = await evaluation.told(MonitoringSetUp)
    assert (told.indicators, told.obligations, told.first_due_on) == (0, 0, None)


async def test_the_same_revision_heard_again_changes_nothing(evaluation: ServiceUnderTest) -> None:
    event = a_plan_approved(indicators=SIXTY)
    envelopes = await evaluation.hear(event)
    before = await obligations(evaluation)
    await evaluation.hear_again(envelopes)
    await evaluation.hear(event, event)
    assert await obligations(evaluation) == before
    assert len(await evaluation.told(MonitoringSetUp)) == 1


async def test_a_later_revision_touches_only_what_changed(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1), an_indicator(2), an_indicator(3)]))
    changed = an_indicator(2, owner="Dům na půli cesty")
    await evaluation.hear(a_plan_approved(revision=2, indicators=[an_indicator(1), changed, an_indicator(4)]))
    found = await obligations(evaluation)
    assert {status for (number, _), status in found.items() if number == "1.1"} == {("open", None, 1)}
    assert {status for (number, _), status in found.items() if number == "1.2"} == {("open", None, 2)}
    assert {status for (number, _), status in found.items() if number == "1.3"} == {
        ("cancelled", "indicator-removed", 2)
    }
    assert {status for (number, _), status in found.items() if number == "1.4"} == {("open", None, 1)}
    assert [told.version for told in await evaluation.told(MonitoringSetUp)] == [1, 2]


async def test_a_changed_periodicity_cancels_the_old_periods_and_opens_the_new_ones(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    half_yearly = an_indicator(periodicity=Periodicity.HALF_YEARLY)
    await evaluation.hear(a_plan_approved(revision=2, indicators=[half_yearly]))
    found = await obligations(evaluation)
    assert found["1.1", "2027"] == ("cancelled", "calendar-changed", 2)
    assert found["1.1", "2027-H1"] == ("open", None, 1)
    await evaluation.hear(a_plan_approved(revision=3))
    found = await obligations(evaluation)
    assert found["1.1", "2027"] == ("open", None, 3)
    assert found["1.1", "2027-H1"] == ("cancelled", "calendar-changed", 2)


async def test_a_changed_periodicity_opens_no_past_periods_and_lets_the_old_ones_be_reported(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    quarterly = an_indicator(periodicity=Periodicity.QUARTERLY, owner="Škola")
    later = replace(a_plan_approved(revision=2, indicators=[quarterly]), approved_on=date(2027, 2, 10))
    await evaluation.hear(later)
    found = await obligations(evaluation)
    is_open = {period for (_, period), status in found.items() if status[0] == "open"}
    assert min(is_open) == "2026"
    assert {period for period in is_open if period < "2027-Q3"} == {"2026", "2027-Q1", "2027-Q2"}
    assert found["1.1", "2027"] == ("cancelled", "calendar-changed", 2)
    await evaluation.hear(replace(later, revision=3, indicators=(replace(quarterly, owner="Odbor"),)))
    assert {
        period for (_, period), status in (await obligations(evaluation)).items() if status[0] == "open"
    } == (is_open)


async def test_closing_cuts_the_running_period_and_leaves_it_to_be_reported(
    evaluation: ServiceUnderTest,
) -> None:
    half_yearly = an_indicator(2, periodicity=Periodicity.HALF_YEARLY)
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1), half_yearly]))
    await evaluation.hear(a_plan_closed(closed_on=date(2027, 2, 26)))
    async with evaluation.client(CONSULTANT) as client:
        items = (await client.get("/obligations?filter[status]=open&limit=50")).json()["items"]
    told = {(each["indicator_number"], each["period"]): (each["ends_on"], each["due_on"]) for each in items}
    assert told == {
        ("1.1", "2026"): ("2026-12-31", "2027-03-31"),
        ("1.1", "2027"): ("2027-02-26", "2028-03-31"),
        ("1.2", "2026-H1"): ("2026-06-30", "2026-08-12"),
        ("1.2", "2026-H2"): ("2026-12-31", "2027-02-12"),
        ("1.2", "2027-H1"): ("2027-02-26", "2027-04-13"),
    }


async def test_a_removed_indicator_keeps_what_was_reported(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1), an_indicator(2)]))
    await report_and_approve(evaluation, obligation_id(indicator_id(1), "2026"), value="20")
    await report_value(evaluation, obligation_id(indicator_id(2), "2026"), value="30")
    await evaluation.hear(a_plan_approved(revision=2, indicators=[]))
    found = await obligations(evaluation)
    assert found["1.1", "2026"][0] == ObligationStatus.APPROVED
    assert found["1.2", "2026"][0] == ObligationStatus.SUBMITTED
    assert found["1.1", "2027"][:2] == ("cancelled", "indicator-removed")
    async with evaluation.client(CONSULTANT) as client:
        kept = (await client.get(f"/obligations/{obligation_id(indicator_id(1), '2026')}")).json()
    assert (kept["value"], [act["act"] for act in kept["acts"]]) == ("20", ["reported", "approved"])


async def test_closing_cancels_the_periods_that_begin_later_and_keeps_the_others(
    evaluation: ServiceUnderTest,
) -> None:
    half_yearly = an_indicator(2, periodicity=Periodicity.HALF_YEARLY, target_on=date(2027, 12, 31))
    yearly = an_indicator(1, target_on=date(2027, 12, 31))
    await evaluation.hear(a_plan_approved(indicators=[yearly, half_yearly]))
    await report_value(evaluation, obligation_id(indicator_id(1), "2026"), value="30")
    await evaluation.hear(a_plan_closed(closed_on=date(2026, 12, 31)))
    found = await obligations(evaluation)
    assert {key: status[:2] for key, status in found.items()} == {
        ("1.1", "2026"): ("submitted", None),
        ("1.1", "2027"): ("cancelled", "plan-closed"),
        ("1.2", "2026-H1"): ("open", None),
        ("1.2", "2026-H2"): ("open", None),
        ("1.2", "2027-H1"): ("cancelled", "plan-closed"),
        ("1.2", "2027-H2"): ("cancelled", "plan-closed"),
    }


def _revisions(*indicators: list[PlannedIndicator]) -> list[Event]:
    approved: list[Event] = [
        a_plan_approved(revision=number, indicators=chosen) for number, chosen in enumerate(indicators, 1)
    ]
    return [*approved, a_plan_closed(closed_on=date(2028, 4, 30))]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
async def test_the_open_calendar_is_the_same_in_whatever_order_the_events_come(
    evaluation: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    events = _revisions(
        [an_indicator(1), an_indicator(2)],
        [an_indicator(1, periodicity=Periodicity.QUARTERLY)],
        [an_indicator(1), an_indicator(3, owner="Škola")],
    )
    for index in order:
        await evaluation.hear(events[index], consumer=CONSUMER)
    found = await obligations(evaluation)
    still_open = {key for key, status in found.items() if status[0] == "open"}
    assert still_open == {(number, year) for number in ("1.1", "1.3") for year in ("2026", "2027", "2028")}


async def test_one_batch_may_hold_the_whole_life_of_a_plan(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(*_revisions([an_indicator(1)], [an_indicator(1), an_indicator(2)]))
    assert [told.version for told in await evaluation.told(MonitoringSetUp)] == [1, 2]
    found = await obligations(evaluation)
    assert sum(status[0] == "open" for status in found.values()) == 6


async def test_quantities_and_names_are_kept_exactly(evaluation: ServiceUnderTest) -> None:
    planned = an_indicator(
        baseline=Decimal("0.000001"), target=Decimal("12345678901234.5"), name="Žluťoučký kůň"
    )
    await evaluation.hear(a_plan_approved(indicators=[planned]))
    async with evaluation.resources.engine.connect() as connection:
        query = select(
            MonitoredIndicatorRow.baseline, MonitoredIndicatorRow.target, MonitoredIndicatorRow.name
        )
        row = (await connection.execute(query)).one()
    assert tuple(row) == (Decimal("0.000001"), Decimal("12345678901234.5"), "Žluťoučký kůň")


async def test_the_trail_of_values_is_append_only(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await report_value(evaluation, obligation_id(indicator_id(1), "2026"), value="20")
    for statement in ("UPDATE value_act SET value = 99", "DELETE FROM value_act"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with evaluation.resources.engine.begin() as connection:
                await connection.exec_driver_sql(statement)


async def test_two_plans_do_not_touch_each_other(evaluation: ServiceUnderTest) -> None:
    other = uuid5(PLAN, "other")
    await evaluation.hear(
        a_plan_approved(), a_plan_approved(plan_id=other, indicators=[an_indicator(1, other)])
    )
    await evaluation.hear(a_plan_closed(closed_on=date(2025, 12, 31), plan_id=other))
    async with evaluation.resources.engine.connect() as connection:
        counted = await connection.execute(
            select(ObligationRow.plan_id, ObligationRow.status, func.count()).group_by(
                ObligationRow.plan_id, ObligationRow.status
            )
        )
        assert {tuple(row) for row in counted} == {(PLAN, "open", 5), (other, "cancelled", 5)}


async def test_a_colleague_sees_the_new_calendar_at_once(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    async with evaluation.client(COORDINATOR) as client:
        items = (await client.get("/obligations")).json()["items"]
    assert [item["period"] for item in items] == ["2026", "2027", "2028", "2029", "2030"]

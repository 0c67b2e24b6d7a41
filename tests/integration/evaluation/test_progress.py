"""The monitoring of a plan at a glance."""

from datetime import date

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.planning import Direction, Periodicity
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    a_plan_closed,
    a_unit_registered,
    an_indicator,
    indicator_id,
    report_and_approve,
    report_value,
    return_value,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE


async def test_progress_is_that_of_the_last_approved_value(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_unit_registered())
    quarterly = an_indicator(1, periodicity=Periodicity.QUARTERLY)
    context = an_indicator(2, number="1.10", direction=Direction.NONE)
    await evaluation.hear(a_plan_approved(indicators=[context, quarterly, an_indicator(3, number="1.9")]))
    await report_and_approve(evaluation, obligation_id(indicator_id(1), "2026-Q1"), value="20")
    await report_and_approve(evaluation, obligation_id(indicator_id(2), "2026"), value="7")
    await report_value(evaluation, obligation_id(indicator_id(1), "2026-Q2"), value="60")
    async with evaluation.client(COORDINATOR) as client:
        found = (await client.get(f"/monitoring/{PLAN}")).json()
    assert found["units"] == [{"id": str(OBRNICE), "name": "Obrnice"}]
    assert found["obligations"] == {"open": 27, "submitted": 1, "approved": 2, "returned": 0, "cancelled": 0}
    assert found["next_due_on"] == "2026-10-21"
    first, second, third = found["indicators"]
    assert [each["number"] for each in found["indicators"]] == ["1.1", "1.9", "1.10"]
    assert (first["value"], first["progress"], first["baseline"], first["target"]) == (
        "20",
        "0.2000",
        "10",
        "60",
    )
    assert (second["value"], second["progress"], second["light"], second["reason"]) == (
        None,
        None,
        "grey",
        "no-value",
    )
    assert (third["value"], third["progress"], third["reason"]) == ("7", None, "context-only")
    assert sum(found["lights"].values()) == 3


async def test_a_removed_indicator_is_shown_no_longer(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1), an_indicator(2)]))
    await evaluation.hear(a_plan_approved(revision=2, indicators=[an_indicator(2)]))
    async with evaluation.client(CONSULTANT) as client:
        found = (await client.get(f"/monitoring/{PLAN}")).json()
    assert [each["number"] for each in found["indicators"]] == ["1.2"]
    assert (found["revision"], found["obligations"]["cancelled"]) == (2, 5)


async def next_due_on(evaluation: ServiceUnderTest) -> str | None:
    async with evaluation.client(CONSULTANT) as client:
        found: str | None = (await client.get(f"/monitoring/{PLAN}")).json()["next_due_on"]
    return found


async def test_nothing_of_a_period_after_the_closing_is_due_next(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(periodicity=Periodicity.QUARTERLY)]))
    first, second = (obligation_id(indicator_id(1), period) for period in ("2026-Q1", "2026-Q2"))
    await report_value(evaluation, first, value="20")
    await report_value(evaluation, second, value="30")
    await evaluation.hear(a_plan_closed(closed_on=date(2026, 3, 31)))
    await return_value(evaluation, second)
    assert await next_due_on(evaluation) is None
    await return_value(evaluation, first)
    assert await next_due_on(evaluation) == "2026-04-23"


async def test_nothing_of_a_removed_indicator_is_due_next(evaluation: ServiceUnderTest) -> None:
    returned = obligation_id(indicator_id(1), "2026")
    later = an_indicator(2, baseline_on=date(2027, 1, 1))
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1), later]))
    await report_value(evaluation, returned, value="20")
    await return_value(evaluation, returned)
    assert await next_due_on(evaluation) == "2027-03-31"
    await evaluation.hear(a_plan_approved(revision=2, indicators=[later]))
    assert await next_due_on(evaluation) == "2028-03-31"


async def test_a_plan_without_indicators_and_known_units_is_shown(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved(indicators=[]))
    async with evaluation.client(CONSULTANT) as client:
        found = (await client.get(f"/monitoring/{PLAN}")).json()
    assert (found["indicators"], found["units"], found["next_due_on"]) == ([], [], None)
    assert set(found["obligations"].values()) == set(found["lights"].values()) == {0}


async def test_a_neighbour_does_not_know_of_the_plan(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    async with evaluation.client(NEIGHBOUR) as client:
        assert (await client.get(f"/monitoring/{PLAN}")).status_code == 404


async def test_a_plan_of_which_only_the_closing_was_heard_is_not_shown(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_closed(closed_on=date(2026, 6, 30)))
    async with evaluation.client(CONSULTANT) as client:
        assert (await client.get(f"/monitoring/{PLAN}")).status_code == 404

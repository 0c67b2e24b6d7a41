"""A project at a glance."""

from dataclasses import replace
from datetime import date

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.planning import Periodicity
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    PLAN,
    a_plan_approved,
    a_plan_closed,
    an_indicator,
    indicator_id,
    report_and_approve,
)
from tests.support.programmes import FORTY, entered, publications, rssz
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE

FIRST, SECOND = FORTY[:2]


async def test_the_dashboard_has_the_lights_of_each_plan_and_the_sums_of_the_project(
    evaluation: ServiceUnderTest,
) -> None:
    project_id = await entered(evaluation, rssz())
    quarterly = an_indicator(1, periodicity=Periodicity.QUARTERLY)
    indicators = [quarterly, an_indicator(2), an_indicator(3)]
    mine = a_plan_approved(indicators=indicators, unit_ids=(FIRST, SECOND, OBRNICE))
    await evaluation.hear(mine, *publications(project_id, rssz())[:5])
    await report_and_approve(evaluation, obligation_id(indicator_id(1), "2026-Q1"), value="20")
    await report_and_approve(evaluation, obligation_id(indicator_id(1), "2026-Q2"), value="60")
    await report_and_approve(evaluation, obligation_id(indicator_id(2), "2026"), value="7")
    async with evaluation.client(CONSULTANT) as client:
        address = f"/projects/{project_id}/dashboard"
        with evaluation.counted_statements() as statements:
            found = (await client.get(address)).json()
            assert len(statements) <= 3
        plan = (await client.get(f"/monitoring/{PLAN}")).json()
        progress = (await client.get(f"/projects/{project_id}/progress")).json()
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.get(address)).status_code == 403
    assert found["whole"]["lights"] == plan["lights"]
    assert (found["whole"]["plans"], found["whole"]["indicators"]) == (1, 3)
    assert found["project"] == progress
    assert len(found["units"]) == len(FORTY)
    of_units = {unit["id"]: unit for unit in found["units"]}
    for unit in (FIRST, SECOND):
        assert of_units[str(unit)]["lights"] == plan["lights"]
    assert of_units[str(FORTY[2])]["indicators"] == 0


async def test_the_dashboard_counts_what_is_late_and_leaves_out_closed_plans(
    evaluation: ServiceUnderTest,
) -> None:
    project_id = await entered(evaluation, rssz())
    early = replace(an_indicator(1), baseline_on=date(2019, 1, 1), target_on=date(2021, 12, 31))
    await evaluation.hear(
        a_plan_approved(
            indicators=[early],
            unit_ids=(FIRST,),
            valid_from=date(2020, 1, 1),
            valid_until=date(2021, 12, 31),
        )
    )
    async with evaluation.client(CONSULTANT) as client:
        address = f"/projects/{project_id}/dashboard"
        before = (await client.get(address)).json()["whole"]
        assert before["overdue"] == 2
        await evaluation.hear(a_plan_closed(closed_on=date(2022, 1, 1)))
        after = (await client.get(address)).json()["whole"]
        then = [(await client.get(f"{address}?as_of={day}")).json() for day in ("2021-12-31", "2019-12-31")]
        tomorrow = await client.get(f"{address}?as_of=2999-01-01")
        unknown = await client.get(f"/projects/{PLAN}/dashboard")
    assert (after["plans"], after["overdue"]) == (0, 0)
    assert (unknown.status_code, tomorrow.status_code) == (404, 422)
    assert [(each["whole"]["plans"], each["whole"]["overdue"]) for each in then] == [(1, 1), (0, 0)]
    assert then[0]["project"]["as_of"] == "2021-12-31"

"""What reading and deciding do to each other, and what a plan needs to know of its units."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.auth import Actor
from shared.contracts.evaluation import MonitoringSetUp
from shared.ids import uuid7
from tests.support.eventually import eventually
from tests.support.planning import (
    a_draft,
    a_head,
    a_registered_unit,
    a_started_cooperation,
    a_submitted_plan,
    an_approved_plan,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, COORDINATOR_OF_TRMICE


async def test_the_completeness_check_waits_for_no_decision_and_leaves_no_trace(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    async with planning.resources.engine.connect() as deciding:
        await deciding.execute(text("SELECT 1 FROM plan FOR UPDATE"))
        before = await deciding.scalar(text("SELECT count(*) FROM audit"))
        answer = await asyncio.wait_for(plan.get(COORDINATOR, "/completeness"), timeout=5)
        assert answer.status_code == 200
        assert await deciding.scalar(text("SELECT count(*) FROM audit")) == before


async def test_a_unit_that_planning_has_not_heard_of_cannot_plan_yet(planning: ServiceUnderTest) -> None:
    await planning.hear(a_started_cooperation())
    async with planning.client(COORDINATOR) as client:
        refused = await client.post("/plans", json=a_head())
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:pospolu:problem:unit-not-heard-of"


async def test_a_connection_lost_during_a_decision_is_a_503_that_may_be_tried_again(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_submitted_plan(planning)
    async with planning.resources.engine.connect() as holder:
        await holder.execute(text("SELECT 1 FROM plan FOR UPDATE"))
        waiting = asyncio.create_task(plan.approve())
        killed = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database()"
        )

        async def cut() -> bool:
            return bool((await holder.execute(killed)).all())

        await eventually("the waiting decision's connection was cut", cut)
        answer = await waiting
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert (await plan.approve()).status_code == 200


async def test_who_has_the_plan_is_not_sent_it_again_until_something_of_it_is_new(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)

    async def again(actor: Actor | None = None) -> int:
        async with planning.client(actor) as client:
            first = await client.get(f"/plans/{plan.id}")
            assert "is_still" not in first.json()
            headers = {"If-None-Match": first.headers["etag"]}
            second = await client.get(f"/plans/{plan.id}", headers=headers)
            assert second.headers["etag"] == first.headers["etag"]
        return second.status_code

    assert (await again(), await again(COORDINATOR)) == (304, 304)
    await planning.hear(a_set_up_monitoring(plan.id))
    assert await again() == 304
    await planning.hear(a_registered_unit(name="Obrnice u Mostu", version=2))
    assert await again() == 200, "the unit is called otherwise under the same version"
    begun = await plan.post("revisions", COORDINATOR, reason="Evaluace")
    assert begun.status_code == 201
    assert await again() == 200, "a draft is shown to its own people alone, under one version"
    assert (await plan.post("discarding", COORDINATOR, reason="Omyl")).status_code == 200
    assert await again(COORDINATOR) == 304


def a_set_up_monitoring(plan_id: str) -> MonitoringSetUp:
    return MonitoringSetUp(
        version=3, plan_id=UUID(plan_id), revision=1, indicators=1, obligations=1, first_due_on=None
    )


@pytest.mark.parametrize("place", ["", "/steps", "/revisions", "/revisions/1", "/completeness"])
async def test_nothing_of_an_unknown_plan_or_of_another_towns_draft_is_there(
    planning: ServiceUnderTest, place: str
) -> None:
    plan = await a_draft(planning)
    assert (await plan.get(COORDINATOR_OF_TRMICE, place)).status_code == 404
    plan.id = str(uuid7())
    assert (await plan.get(COORDINATOR, place)).status_code == 404


async def test_a_common_mistake_is_explained_in_the_language_asked_for(planning: ServiceUnderTest) -> None:
    body = {name: value for name, value in a_head().items() if name != "title"}
    async with planning.client(COORDINATOR) as client:
        czech = await client.post("/plans", json=body)
        english = await client.post("/plans", json=body, headers={"Accept-Language": "en"})
    [cs], [en] = czech.json()["errors"], english.json()["errors"]
    assert (cs["pointer"], cs["detail"], en["detail"]) == ("/title", "Povinný údaj chybí.", "Field required")


async def test_a_missing_token_and_a_wrong_one_are_challenged_as_the_standard_says(
    planning: ServiceUnderTest,
) -> None:
    async with planning.client() as client:
        missing = await client.post("/plans", json=a_head())
        wrong = await client.get("/plans", headers={"Authorization": "Bearer x.y.z"})
    assert (missing.status_code, missing.headers["www-authenticate"]) == (401, "Bearer")
    assert (wrong.status_code, wrong.headers["www-authenticate"]) == (401, 'Bearer error="invalid_token"')

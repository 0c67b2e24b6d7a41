"""A unit that the next revision adds reads the draft and votes on it; the plan in force is not its own."""

from shared.contracts.base import Role
from tests.support.clock import on
from tests.support.consultations import an_announcement
from tests.support.ostrava import call
from tests.support.planning import Json, PlanUnderWay
from tests.support.rumburk import (
    COORDINATOR_OF_KRECANY,
    COORDINATOR_OF_RUMBURK,
    KRECANY,
    MAYOR_OF_KRECANY,
    MAYOR_OF_RUMBURK,
    RUMBURK,
    VILLAGE_COUNCIL,
    a_joint_tree,
    both_cooperate,
    the_head,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR_OF_TRMICE, an_actor

MAYOR_OF_TRMICE = an_actor(Role.MAYOR, units=sorted(COORDINATOR_OF_TRMICE.units), sub="mayor-trmice")
PATHS = (
    "/draft",
    "/difference?to=draft",
    "/budget?edition=draft",
    "/workbook?of=draft",
    "/hierarchy?of=draft",
)


async def a_plan_that_takes_in_the_village(planning: ServiceUnderTest) -> PlanUnderWay:
    await both_cooperate(planning)
    head = the_head(unit_ids=[str(RUMBURK)])
    made = await call(planning, "POST", "/plans", head, actor=COORDINATOR_OF_RUMBURK)
    assert made.status_code == 201, made.text
    plan = PlanUnderWay(planning, made.json()["id"], made.headers["etag"])
    await plan.write_tree(a_joint_tree(), COORDINATOR_OF_RUMBURK)
    assert (await plan.submit(COORDINATOR_OF_RUMBURK)).status_code == 200
    assert (await plan.approve(MAYOR_OF_RUMBURK, approved_on="2021-12-16")).status_code == 200
    assert (await plan.post("revisions", CONSULTANT, reason="Přidává se obec")).status_code == 201
    both: Json = {"unit_ids": [str(RUMBURK), str(KRECANY)]}
    changed = await call(planning, "PATCH", f"/plans/{plan.id}", both, actor=CONSULTANT, version=plan.etag)
    assert changed.status_code == 200, changed.text
    plan.etag = changed.headers["etag"]
    return plan


async def test_the_mayor_of_a_unit_that_the_amendment_adds_reads_the_draft_and_votes(
    planning: ServiceUnderTest,
) -> None:
    with on("2022-02-01"):
        plan = await a_plan_that_takes_in_the_village(planning)
        for path in PATHS:
            seen = {
                actor.id: (await plan.get(actor, path)).status_code
                for actor in (MAYOR_OF_KRECANY, MAYOR_OF_RUMBURK, COORDINATOR_OF_TRMICE)
            }
            assert list(seen.values()) == [200, 200, 404], path
        closing = {"closed_on": "2022-02-01", "reason": "Nechceme."}
        assert (await plan.post("closure", MAYOR_OF_KRECANY, **closing)).status_code == 403
        assert (await plan.submit(COORDINATOR_OF_RUMBURK)).status_code == 200
        stranger = await plan.approve(MAYOR_OF_TRMICE, approved_on="2022-01-31")
        assert stranger.status_code == 403
        first = await plan.approve(MAYOR_OF_KRECANY, body=VILLAGE_COUNCIL, approved_on="2022-01-30")
        assert (first.status_code, first.json()["status"]) == (200, "approved"), first.text
        last = await plan.approve(MAYOR_OF_RUMBURK, approved_on="2022-01-31")
        assert last.json()["revision"] == 2, last.text


async def test_the_mayor_of_an_added_unit_returns_the_draft(planning: ServiceUnderTest) -> None:
    with on("2022-02-01"):
        plan = await a_plan_that_takes_in_the_village(planning)
        assert (await plan.submit(COORDINATOR_OF_RUMBURK)).status_code == 200
        returned = await plan.post("return", MAYOR_OF_KRECANY, reason="Chybí naše část.")
        assert returned.status_code == 200, returned.text


async def test_the_coordinator_of_an_added_unit_puts_the_draft_to_consultation_and_a_stranger_does_not(
    planning: ServiceUnderTest,
) -> None:
    with on("2022-02-01"):
        plan = await a_plan_that_takes_in_the_village(planning)
        body = {
            **an_announcement(),
            "plan_id": plan.id,
            "opens_at": "2022-02-02T08:00:00+01:00",
            "closes_at": "2022-03-02T08:00:00+01:00",
        }
        refused = await call(planning, "POST", "/consultations", body, actor=COORDINATOR_OF_TRMICE)
        assert refused.status_code == 403
        made = await call(planning, "POST", "/consultations", body, actor=COORDINATOR_OF_KRECANY)
        assert made.status_code == 201, made.text
        path = f"/consultations/{made.json()['id']}/opening"
        for actor, status in ((COORDINATOR_OF_TRMICE, 404), (COORDINATOR_OF_KRECANY, 200)):
            opened = await call(planning, "POST", path, actor=actor, version=made.headers["etag"])
            assert opened.status_code == status, opened.text

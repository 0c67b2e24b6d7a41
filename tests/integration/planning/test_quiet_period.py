"""The clock of planning: what fails of one plan holds up no other."""

from sqlalchemy import text

from planning.app import SERVICE
from shared.clock import run_once
from shared.contracts.planning import PlanApproved
from tests.support.approvals import RoundUnderWay, chain_json, let_days_pass, set_chain
from tests.support.planning import a_submitted_plan
from tests.support.service import ServiceUnderTest


async def test_a_plan_that_cannot_be_published_for_our_own_fault_holds_up_no_other(
    planning: ServiceUnderTest,
) -> None:
    assert (await set_chain(planning, chain_json(quiet_days=3))).status_code == 201
    broken, sound = [await a_submitted_plan(planning) for _ in range(2)]
    for plan in (broken, sound):
        assert (await plan.approve()).status_code == 200
    await let_days_pass(planning, 20)
    async with planning.resources.engine.begin() as connection:
        forget = (
            "UPDATE approval_party SET decided_by = NULL, decided_on = NULL WHERE round_id IN "
            "(SELECT id FROM approval_round WHERE plan_id = :plan)"
        )
        await connection.execute(text(forget), {"plan": broken.id})
    for every in SERVICE.clock:
        await run_once(planning.resources.engine, SERVICE.name, every)
    assert [str(event.plan_id) for event in await planning.told(PlanApproved)] == [sound.id]
    assert (await RoundUnderWay(planning, sound.id).head())["status"] == "approved"
    assert (await broken.get()).json()["status"] == "submitted"

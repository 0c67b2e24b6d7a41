"""What waits for whom: the list of one's own steps and the rules of deciding say the same."""

from uuid import UUID

from planning.approvals import repository
from planning.approvals.domain import expect_decider
from planning.approvals.rounds import Decider
from shared.auth import Actor
from shared.errors import Forbidden
from tests.support.approvals import CHAIR, SECOND, RoundUnderWay, chain_json, set_chain
from tests.support.ostrava import call
from tests.support.partnerships import a_body_at_work, a_chair
from tests.support.planning import PlanUnderWay, a_submitted_plan
from tests.support.rumburk import (
    COORDINATOR_OF_KRECANY,
    KRECANY,
    MAYOR_OF_KRECANY,
    RUMBURK,
    a_joint_tree,
    both_cooperate,
    the_head,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    DIRECTOR,
    MAYOR,
    OBRNICE,
    PARTNER,
)


async def test_what_waits_for_me_is_what_the_rules_let_me_decide(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_chair(person="chair-obrnice"))
    steps = [
        {"level": "working-group", "body_id": body.id, "roles": ["coordinator"]},
        {"level": "council"},
        {"level": "agency"},
    ]
    assert (
        await set_chain(planning, chain_json(unit_id=str(OBRNICE), steps=steps), COORDINATOR)
    ).status_code == 201
    plan = await a_submitted_plan(planning)
    course = RoundUnderWay(planning, plan.id)
    people = (
        CHAIR,
        SECOND,
        COORDINATOR,
        MAYOR,
        PARTNER,
        CONSULTANT,
        DIRECTOR,
        COORDINATOR_OF_TRMICE,
    )
    waiting: list[set[str]] = []
    for deciding in (SECOND, MAYOR, DIRECTOR):
        listed, allowed = set(), set()
        for actor in people:
            async with planning.client(actor) as client:
                found = (await client.get("/approvals", params={"filter[mine]": "true"})).json()["items"]
            listed |= {actor.id} if found else set()
            allowed |= {actor.id} if await may_decide_now(planning, plan, actor) else set()
        assert listed == allowed
        waiting.append(listed)
        assert (await course.decide(deciding)).status_code == 200
    assert waiting == [
        {"chair-obrnice", "second-obrnice"},
        {"mayor-obrnice"},
        {"consultant", "director"},
    ]


async def test_the_second_council_of_a_joint_plan_waits_for_another_person(
    planning: ServiceUnderTest,
) -> None:
    await both_cooperate(planning)
    made = await call(planning, "POST", "/plans", the_head(), actor=CONSULTANT)
    plan = PlanUnderWay(planning, made.json()["id"], made.headers["etag"])
    await plan.write_tree(a_joint_tree(), COORDINATOR_OF_KRECANY)
    assert (await plan.submit(COORDINATOR_OF_KRECANY)).status_code == 200
    assert (await plan.approve(CONSULTANT, unit_id=str(RUMBURK))).status_code == 200
    again = await plan.approve(CONSULTANT, unit_id=str(KRECANY))
    assert again.json()["type"].rpartition(":")[2] == "decided-another-step"
    for actor, waiting in ((CONSULTANT, 0), (MAYOR_OF_KRECANY, 1)):
        async with planning.client(actor) as client:
            listed = (await client.get("/approvals", params={"filter[mine]": "true"})).json()["items"]
        assert len(listed) == waiting
    assert (await plan.approve(MAYOR_OF_KRECANY)).json()["status"] == "approved"


async def may_decide_now(planning: ServiceUnderTest, plan: PlanUnderWay, actor: Actor) -> bool:
    async with planning.transaction(actor) as tx:
        current = await repository.live(tx.session, UUID(plan.id))
        leads = await repository.leads(tx.session, actor.id, tx.today)
    assert current is not None
    by = Decider(id=actor.id, roles=actor.roles, units=actor.units, is_agency=actor.is_agency, leads=leads)
    try:
        expect_decider(current, current.current.open_parties[0], by)
    except Forbidden:
        return False
    return True

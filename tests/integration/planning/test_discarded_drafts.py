"""A consultation of a draft that is discarded: it holds up no other draft, and loses no comment."""

import asyncio

from shared.contracts.consultation import ConsultationSettled
from tests.support.planning import PlanUnderWay, a_tree, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.settlement import measure_of, put_to_consultation
from tests.support.tokens import COORDINATOR, MAYOR


async def an_amendment(planning: ServiceUnderTest) -> PlanUnderWay:
    plan = await an_approved_plan(planning)
    return await amended(plan)


async def amended(plan: PlanUnderWay) -> PlanUnderWay:
    plan.etag = (await plan.get(COORDINATOR)).headers["etag"]
    begun = await plan.post("revisions", COORDINATOR, reason="Nové byty")
    assert begun.status_code == 201, begun.text
    return plan


async def discard(plan: PlanUnderWay) -> None:
    plan.etag = (await plan.get(COORDINATOR)).headers["etag"]
    answer = await plan.post("discarding", COORDINATOR, reason="Dotace nepřišla.")
    assert answer.status_code == 200, answer.text


async def test_a_consultation_without_comments_is_cancelled_with_its_draft(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_amendment(planning)
    of = await put_to_consultation(plan)
    await discard(plan)
    shown = (await of.get(actor=None)).json()
    assert (shown["status"], shown["cancel_reason"]) == ("cancelled", "Dotace nepřišla.")
    again = await put_to_consultation(await amended(plan))
    assert (await again.get()).json()["status"] == "open"


async def test_a_consultation_with_comments_is_settled_for_itself_and_holds_up_no_other_draft(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_amendment(planning)
    of = await put_to_consultation(plan)
    measure = await measure_of(of)
    number = await of.comment(node_id=measure)
    await discard(plan)
    again = await put_to_consultation(await amended(plan))
    assert (await of.get()).json()["status"] == "open"
    await of.close()
    version = int((await plan.get(COORDINATOR)).headers["etag"].strip('"'))
    change = {"values": {"title": "Deset bytů"}, "plan_version": version}
    refused = await of.settle(number, result="accepted", change=change)
    assert refused.json()["type"].rpartition(":")[2] == "draft-consulted-discarded"
    assert (await again.approve()).status_code == 200, "nobody commented on the second draft"
    plan.etag = (await plan.get(COORDINATOR)).headers["etag"]
    assert (await plan.write_tree(a_tree())).status_code == 200
    assert (await plan.submit()).status_code == 200
    approved = await plan.approve(approved_on="2026-06-01")
    assert approved.status_code == 200, approved.text
    assert (await of.settle(number)).status_code == 200
    assert (await of.approve()).status_code == 200
    told = await planning.told(ConsultationSettled)
    assert [str(event.consultation_id) for event in told] == [again.id, of.id]


async def test_what_was_settled_of_a_discarded_draft_is_not_annexed_to_another_one(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_amendment(planning)
    of = await put_to_consultation(plan)
    number = await of.comment()
    await of.close()
    assert (await of.settle(number)).status_code == 200
    assert (await of.approve()).status_code == 200
    assert (await of.release(number)).status_code == 200
    assert (await of.publish()).status_code == 200
    await discard(plan)
    await amended(plan)
    await plan.write_tree(a_tree())
    assert (await plan.submit()).status_code == 200
    assert (await plan.approve(approved_on="2026-06-01")).status_code == 200
    frozen = (await plan.get(None, "/revisions/2")).json()
    assert not frozen.get("consultations")


async def test_a_comment_on_its_way_to_a_draft_that_is_discarded_is_taken_or_refused_as_a_whole(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_amendment(planning)
    of = await put_to_consultation(plan)

    async def comment() -> int:
        sent = {"text": "Kdo bude byty spravovat?"}
        return (await of.send("POST", "/comments", sent, actor=None)).status_code

    _, *sent = await asyncio.gather(discard(plan), *(comment() for _ in range(8)))
    shown = (await of.get(actor=MAYOR)).json()
    taken = sent.count(201)
    assert set(sent) <= {201, 409}
    assert (shown["status"], shown["comments"]) == (("open", taken) if taken else ("cancelled", 0))


async def test_a_closed_plan_takes_the_consultation_of_its_draft_with_it(planning: ServiceUnderTest) -> None:
    plan = await an_amendment(planning)
    of = await put_to_consultation(plan)
    plan.etag = (await plan.get(COORDINATOR)).headers["etag"]
    closed = await plan.post("closure", COORDINATOR, closed_on="2026-06-30", reason="Spolupráce skončila.")
    assert closed.status_code == 200, closed.text
    assert (await of.get(actor=None)).json()["status"] == "cancelled"

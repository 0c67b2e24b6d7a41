"""From comments to an approved settlement, over HTTP, on a real database."""

import asyncio

from shared.contracts.consultation import ConsultationSettled
from tests.support.planning import an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.settlement import TODAY, a_consulted_draft, measure_of, put_to_consultation, rejected
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR, PARTNER


async def test_an_accepted_comment_changes_its_node_in_one_step_and_the_chain_can_be_read(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    measure = await measure_of(of)
    number = await of.comment(node_id=measure)
    await of.close()
    version = int((await of.plan.get()).headers["etag"].strip('"'))
    change = {"values": {"title": "Deset bytů"}, "plan_version": version}
    accepted = await of.settle(number, result="accepted", change=change)
    assert accepted.status_code == 200, accepted.text
    tree = (await of.plan.get()).json()["problems"]
    assert tree[0]["goals"][0]["measures"][0]["title"] == "Deset bytů"
    read = await of.get(f"/comments/{number}/disposition")
    assert read.headers["etag"] == accepted.headers["etag"] == '"1"'
    assert read.json()["change"] == {
        "node_id": measure,
        "kind": "measure",
        "number": "1.1.1",
        "title": "Deset bytů",
        "how": "changed",
        "fields": [{"field": "title", "before": "Zabydlování s podporou", "after": "Deset bytů"}],
    }
    stale = await of.settle(number, version='"1"', result="accepted", change=change)
    assert (stale.status_code, stale.json()["errors"][0]["pointer"]) == (412, "/change/plan_version")
    assert (stale.json()["expected"], stale.json()["current"]) == (version, version + 1)
    reopened = await of.send(
        "POST", f"/comments/{number}/reopening", {"reason": "Omyl"}, actor=CONSULTANT, version='"1"'
    )
    assert reopened.json()["result"] is None
    steps = (await of.get(f"/comments/{number}/disposition/steps")).json()["items"]
    assert [(s["version"], s["result"], s["reason"]) for s in steps] == [
        (1, "accepted", ""),
        (2, None, "Omyl"),
    ]


async def test_what_was_changed_before_is_pointed_to_and_must_really_differ(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    measure = await measure_of(of)
    number = await of.comment()
    await of.close()
    made = {"node_id": measure}
    unchanged = await of.settle(number, result="partly", justification="Zčásti.", change_made=made)
    assert unchanged.json()["type"] == "urn:pospolu:problem:change-not-made"
    none = await of.settle(number, result="accepted")
    assert (none.status_code, none.json()["errors"][0]["pointer"]) == (422, "/change")
    superfluous = await of.settle(number, result="noted", change_made=made)
    assert superfluous.status_code == 422
    both = await of.settle(
        number, result="accepted", change={"values": {"title": "X"}, "plan_version": 1}, change_made=made
    )
    assert both.status_code == 422
    async with planning.client(COORDINATOR) as client:
        head = {"vision": "Obec bez ubytoven."}
        changed = await client.patch(
            f"/plans/{of.plan.id}", json=head, headers={"If-Match": (await of.plan.get()).headers["etag"]}
        )
    assert changed.status_code == 200
    accepted = await of.settle(number, result="accepted", change_made={"node_id": None})
    assert accepted.status_code == 200, accepted.text
    assert (await of.get(f"/comments/{number}/disposition")).json()["change"]["how"] == "head"


async def test_who_may_not_settle_and_what_makes_no_sense_is_refused(planning: ServiceUnderTest) -> None:
    of = await a_consulted_draft(planning)
    number = await of.comment()
    assert (await of.settle(number, justification="")).json()["errors"][0]["pointer"] == "/justification"
    assert (await of.settle(number, settled_on="2999-01-01")).status_code == 422
    assert (await of.settle(number, settled_on="2020-01-01")).status_code == 422
    assert (await of.settle(number, body_id=of.id)).json()["errors"][0]["pointer"] == "/body_id"
    assert (await of.settle(99)).status_code == 404
    assert (await of.settle(number, actor=PARTNER)).status_code == 403
    assert (await of.settle(number, actor=COORDINATOR_OF_TRMICE)).status_code == 403
    assert (await of.get("/settlement", COORDINATOR_OF_TRMICE)).status_code == 404
    assert (await of.get("/dispositions", COORDINATOR_OF_TRMICE)).json()["items"] == []
    assert (await of.approve()).json()["type"] == "urn:pospolu:problem:consultation-does-not-allow"


async def test_many_are_settled_at_once_with_a_result_for_each(planning: ServiceUnderTest) -> None:
    of = await a_consulted_draft(planning)
    for _ in range(3):
        await of.comment()
    assert (await of.settle(1)).status_code == 200
    bulk = {**rejected(result="noted", justification=""), "numbers": [1, 2, 3, 9, 2]}
    done = await of.send("POST", "/dispositions", bulk, actor=COORDINATOR, version=await of.version())
    assert done.status_code == 200, done.text
    told = [
        (row["number"], row["settled"], (row["problem"] or {}).get("code")) for row in done.json()["rows"]
    ]
    assert told == [
        (1, False, "settled-already"),
        (2, True, None),
        (3, True, None),
        (9, False, "comment-unknown"),
    ]
    accepting = await of.send(
        "POST", "/dispositions", {**bulk, "result": "accepted"}, actor=COORDINATOR, version='"2"'
    )
    assert accepting.status_code == 422
    noted = (await of.get("/dispositions?filter[result]=noted&limit=1")).json()
    assert [item["number"] for item in noted["items"]] == [2]
    assert noted["next"]


async def test_a_settlement_is_approved_by_another_one_when_nothing_timely_waits(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    for _ in range(3):
        await of.comment()
    await of.close()
    late = await of.comment()
    await of.run(
        "UPDATE comment SET duplicate_of = (SELECT id FROM comment WHERE number = 1) WHERE number = 2"
    )
    assert (await of.settle(2)).json()["type"] == "urn:pospolu:problem:settled-with-its-main"
    assert (await of.settle(1)).status_code == 200
    waiting = await of.approve()
    assert waiting.json()["type"] == "urn:pospolu:problem:timely-comments-open"
    assert (waiting.json()["open"], waiting.json()["numbers"]) == (1, "3")
    progress = (await of.get("/settlement")).json()
    assert [progress[name] for name in ("comments", "waiting", "late_waiting", "rejected", "duplicates")] == [
        4,
        1,
        1,
        2,
        1,
    ]
    assert (await of.settle(3, result="noted")).status_code == 200
    assert (await of.approve(COORDINATOR)).json()["type"] == "urn:pospolu:problem:settler-cannot-approve"
    assert (await of.approve(approved_on="2999-01-01")).status_code == 422
    approved = await of.approve()
    assert approved.json()["status"] == "settled", approved.text
    [event] = await planning.told(ConsultationSettled)
    assert (event.rejected, event.noted, event.unsettled) == (2, 1, 1)
    assert (await of.settle(late)).json()["type"] == "urn:pospolu:problem:consultation-does-not-allow"
    assert (await of.get("/settlement")).json()["approval"]["body"] == "Manažerský tým"


async def test_a_change_taken_back_stops_the_settlement(planning: ServiceUnderTest) -> None:
    of = await a_consulted_draft(planning)
    measure = await measure_of(of)
    number = await of.comment(node_id=measure)
    await of.close()
    version = int((await of.plan.get()).headers["etag"].strip('"'))
    change = {"values": {"title": "Deset bytů"}, "plan_version": version}
    assert (await of.settle(number, result="accepted", change=change)).status_code == 200
    async with planning.client(COORDINATOR) as client:
        back = await client.patch(
            f"/plans/{of.plan.id}/nodes/{measure}",
            json={"values": {"title": "Zabydlování s podporou"}},
            headers={"If-Match": f'"{version + 1}"'},
        )
    assert back.status_code == 200
    refused = await of.approve()
    assert refused.json()["type"] == "urn:pospolu:problem:changes-taken-back"
    assert refused.json()["numbers"] == "1"


async def test_a_plan_is_approved_only_after_its_consultation_is_settled(planning: ServiceUnderTest) -> None:
    of = await a_consulted_draft(planning)
    await of.comment()
    of.plan.etag = (await of.plan.get()).headers["etag"]
    assert (await of.plan.submit()).status_code == 200
    running = await of.plan.approve()
    assert running.json()["type"] == "urn:pospolu:problem:consultation-not-over"
    assert running.json()["state"] == "open"
    await of.close()
    assert (await of.plan.approve()).json()["type"] == "urn:pospolu:problem:timely-comments-open"
    assert (await of.settle(1)).status_code == 200
    assert (await of.plan.approve()).json()["state"] == "closed"
    assert (await of.approve()).status_code == 200
    assert (await of.plan.approve()).status_code == 200


async def test_a_comment_that_comes_while_the_plan_is_approved_is_never_passed_over(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    await of.close()
    of.plan.etag = (await of.plan.get()).headers["etag"]
    assert (await of.plan.submit()).status_code == 200
    entry = {
        "channel": "in-person",
        "text": "Přišlo včas.",
        "delivered_at": f"{TODAY}T00:00:00+01:00",
    }
    version = await of.version()
    settled, entered, approved = await asyncio.gather(
        of.send(
            "POST",
            "/settlement",
            {"body": "Manažerský tým", "approved_on": TODAY},
            actor=MAYOR,
            version=version,
        ),
        of.send("POST", "/entries", entry, actor=COORDINATOR),
        of.plan.approve(),
    )
    assert approved.status_code in {200, 409}
    if entered.status_code == 201:
        assert settled.status_code == 409
        assert approved.status_code == 409
    else:
        assert entered.status_code == 409
        assert settled.status_code == 200


async def test_a_disposition_reopened_while_the_settlement_is_approved_stops_it_or_comes_late(
    planning: ServiceUnderTest,
) -> None:
    of = await a_consulted_draft(planning)
    await of.comment()
    await of.close()
    assert (await of.settle(1)).status_code == 200
    version = await of.version()
    reopened, approved = await asyncio.gather(
        of.send("POST", "/comments/1/reopening", {"reason": "Ještě jednou"}, actor=CONSULTANT, version='"1"'),
        of.send(
            "POST",
            "/settlement",
            {"body": "Manažerský tým", "approved_on": TODAY},
            actor=MAYOR,
            version=version,
        ),
    )
    assert sorted([reopened.status_code, approved.status_code]) == [200, 409]


async def test_a_comment_on_an_amendment_changes_the_draft_and_not_the_plan_in_force(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    plan.etag = (await plan.get()).headers["etag"]
    assert (await plan.post("revisions", COORDINATOR, reason="Nové byty")).status_code == 201
    of = await put_to_consultation(plan)
    measure = await measure_of(of)
    number = await of.comment(node_id=measure)
    await of.close()
    version = int((await plan.get(COORDINATOR)).headers["etag"].strip('"'))
    change = {"values": {"title": "Deset bytů"}, "plan_version": version}
    accepted = await of.settle(number, result="accepted", change=change)
    assert accepted.status_code == 200, accepted.text
    drafted = (await plan.get(COORDINATOR, "/draft")).json()["content"]["problems"]
    assert drafted[0]["goals"][0]["measures"][0]["title"] == "Deset bytů"
    in_force = (await plan.get()).json()["problems"]
    assert in_force[0]["goals"][0]["measures"][0]["title"] == "Zabydlování s podporou"
    assert (await of.approve()).status_code == 200

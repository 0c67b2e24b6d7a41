"""Webhooks: events of all services come signed, in order, once by id, whatever breaks in between."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook

from documents.webhooks.attempt_repository import take_due
from documents.webhooks.sending_use_cases import forget_events, gather
from shared.contracts.base import Role
from shared.contracts.documents import DocumentPublished
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.contracts.registry import UnitChanged
from tests.contracts.examples import EXAMPLES
from tests.support.eventually import eventually
from tests.support.service import ServiceUnderTest
from tests.support.subscriptions import (
    call,
    decide,
    done,
    feeds,
    journal,
    loopback_allowed,
    pass_time,
    shown,
    subscribe,
    tell,
    tick,
)
from tests.support.tokens import ADMINISTRATOR, ANALYST, OBRNICE, TRMICE, an_actor
from tests.support.webhooks import a_neighbour, a_receiver

PUBLISHED = EXAMPLES[DocumentPublished]
LONG_AGO = "UPDATE webhook_event SET noted_at = noted_at - interval '91 days'"
OTHER = an_actor(Role.SYSTEM, sub="another-system")


@pytest.fixture(autouse=True)
def _loopback(documents: ServiceUnderTest) -> Iterator[None]:
    with loopback_allowed(documents):
        yield


async def test_a_receiver_down_for_ten_tries_gets_everything_in_order_once_by_id(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver(*[500] * 10, 200) as receiver:
        address, secret = await subscribe(documents, receiver)
        told = await tell(documents, *[PUBLISHED] * 5)
        waited = timedelta()
        for attempt in range(1, 11):
            await tick(documents)
            await tick(documents)  # nothing is sent before its time
            now = await shown(documents, address)
            assert (now["attempts"], now["waiting"]) == (attempt, 5)
            due = datetime.fromisoformat(str(now["next_attempt_at"])) - datetime.now(UTC)
            waited += due
            await pass_time(documents, due + timedelta(seconds=1))
        assert timedelta(days=3) < waited < timedelta(days=5)
        assert receiver.ids == [told[0]] * 10
        await tick(documents)
        assert receiver.ids[10:] == told
        for each in receiver.received[-5:]:
            Webhook(secret).verify(each.body, each.headers)
            assert json.loads(each.body)["id"] == each.id
        now = await shown(documents, address)
        assert (now["attempts"], now["waiting"], now["first_failed_at"]) == (0, 0, None)
        attempts = await journal(documents, address, "?limit=200")
        assert [each["outcome"] for each in attempts] == ["failed"] * 10 + ["delivered"] * 5
        assert [each["attempt"] for each in attempts[:11]] == list(range(1, 12))
        assert (attempts[0]["status"], attempts[0]["fault"], attempts[0]["excerpt"]) == (
            500,
            "status",
            "thank you",
        )


async def test_events_of_all_services_come_each_once_and_one_neighbour_that_is_down_holds_up_nobody(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver() as receiver, a_neighbour() as planning, a_neighbour() as registry:
        known = feeds(planning=planning, registry=registry)
        await subscribe(documents, receiver)
        plans = [planning.tell(EXAMPLES[PlanApproved]) for _ in range(5)]
        registry.tell(EXAMPLES[UnitChanged])
        registry.down = True
        (own,) = await tell(documents, PUBLISHED)
        await tick(documents, known)
        assert sorted(receiver.ids) == sorted([*plans, own])
        assert [each for each in receiver.ids if each in plans] == plans
        registry.down, planning.gone = False, True  # planning forgot our cursor: all comes again
        await tick(documents, known)
        assert len(receiver.ids) == len(set(receiver.ids)) == 7
        sent = json.loads(next(each.body for each in receiver.received if each.id == plans[0]))
        assert sent == json.loads(planning.bodies[0])


async def test_two_workers_send_each_event_once_and_a_slow_receiver_holds_up_no_other(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver() as quick, a_receiver() as slow:
        slow.held.clear()
        await subscribe(documents, slow)
        await subscribe(documents, quick)
        told = await tell(documents, *[PUBLISHED] * 20)

        async def release() -> None:
            await eventually("the quick one has everything", lambda: done(quick, 20))
            assert len(slow.ids) == 1
            slow.held.set()

        await asyncio.gather(tick(documents), tick(documents), release())
        await tick(documents)
        assert quick.ids == told
        assert slow.ids == told


async def test_who_dies_between_sending_and_noting_sends_again_under_the_same_id(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver() as receiver:
        address, _ = await subscribe(documents, receiver)
        told = await tell(documents, PUBLISHED, PUBLISHED)
        receiver.held.clear()
        dying = asyncio.create_task(tick(documents))
        await eventually("the event has left", lambda: done(receiver, 1))
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        receiver.held.set()
        await tick(documents)
        assert receiver.ids == told[:1], "another worker waits until the lease of the dead one has passed"
        await pass_time(documents, timedelta(minutes=3))
        await tick(documents)
        assert receiver.ids == [told[0], *told]
        assert (await shown(documents, address))["waiting"] == 0


async def test_types_units_and_owners_decide_who_is_told_of_what(documents: ServiceUnderTest) -> None:
    here, there = (replace(PUBLISHED, unit_ids=(unit,)) for unit in (OBRNICE, TRMICE))  # type: ignore[call-arg]
    town = an_actor(Role.SYSTEM, units=[TRMICE], sub="records-of-trmice")
    with a_receiver() as every, a_receiver() as plans, a_receiver() as one, a_neighbour() as planning:
        await subscribe(documents, every, types=["documents.document.published.v1", "planning.plan"])
        await subscribe(documents, plans, types=["planning"])
        await subscribe(documents, one, actor=town, unit_ids=[str(TRMICE)])
        for units in ([], [str(OBRNICE)], [str(TRMICE), str(OBRNICE)]):
            body = {"url": one.url, "description": "x", "unit_ids": units}
            refused = await call(documents, "POST", "/webhooks", body, actor=town)
            assert (refused.status_code, refused.json()["type"]) == (
                403,
                "urn:pospolu:problem:units-not-yours",
            )
        closed = planning.tell(EXAMPLES[PlanClosed])
        own = await tell(documents, here, there)
        await tick(documents, feeds(planning=planning))
        assert sorted(every.ids) == sorted([closed, *own])
        assert plans.ids == [closed]
        assert one.ids == [own[1]]
    mine = (await call(documents, "GET", "/webhooks")).json()["items"]
    assert len(mine) == 2
    assert "secret" not in json.dumps(mine).replace("previous_secret", "")
    assert len((await call(documents, "GET", "/webhooks", actor=ADMINISTRATOR)).json()["items"]) == 3
    address = f"/webhooks/{mine[0]['id']}"
    for method, where in (("GET", ""), ("DELETE", ""), ("POST", "/pause"), ("GET", "/deliveries")):
        assert (await call(documents, method, address + where, actor=OTHER, version=1)).status_code == 404
    assert (await call(documents, "GET", "/webhooks", actor=ANALYST)).status_code == 403


async def test_who_is_gone_is_disabled_and_who_waits_is_asked_when_he_said(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver(410) as gone, a_receiver(503) as busy, a_receiver(302) as elsewhere:
        busy.headers["Retry-After"] = "7200"
        elsewhere.headers["Location"] = gone.url
        left, waiting, moved = [(await subscribe(documents, each))[0] for each in (gone, busy, elsewhere)]
        told = await tell(documents, PUBLISHED, PUBLISHED)
        await tick(documents)
        now = await shown(documents, left)
        assert (now["state"], now["reason"], now["waiting"]) == ("disabled", "gone", 2)
        due = datetime.fromisoformat(str((await shown(documents, waiting))["next_attempt_at"]))
        assert due > datetime.now(UTC) + timedelta(minutes=119)
        (attempt,) = await journal(documents, moved)
        assert (attempt["fault"], attempt["status"]) == ("redirected", 302)
        assert len(gone.ids) == 1
        gone.statuses = [200]
        assert (await decide(documents, left, "activation")).status_code == 204
        await tick(documents)
        assert gone.ids == [told[0], *told]
        await pass_time(documents, timedelta(days=5, hours=1))
        await tick(documents)
        now = await shown(documents, waiting)
        assert (now["state"], now["reason"]) == ("disabled", "failing")


async def test_what_was_sent_is_replayed_retried_skipped_and_paused(documents: ServiceUnderTest) -> None:
    with a_receiver() as receiver:
        address, _ = await subscribe(documents, receiver)
        told = await tell(documents, *[PUBLISHED] * 3)
        await tick(documents)
        assert (await decide(documents, address, "replay", {"event_id": told[1]})).status_code == 204
        await tick(documents)
        assert receiver.ids == [*told, *told[1:]]
        unknown = await decide(documents, address, "replay", {"event_id": str(uuid4())})
        assert unknown.json()["type"] == "urn:pospolu:problem:event-not-kept"
        later = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="seconds")
        await decide(documents, address, "replay", {"since_at": later})
        await tick(documents)
        assert len(receiver.ids) == 5
        (first, *_) = await journal(documents, address)
        again = await decide(documents, address, f"deliveries/{first['id']}/retry")
        assert again.status_code == 202
        await tick(documents)
        assert receiver.ids[5:] == told[:1]
        assert (await decide(documents, address, "skip")).status_code == 409
        receiver.statuses = [422]
        bad, good = await tell(documents, PUBLISHED, PUBLISHED)
        await tick(documents)
        receiver.statuses = [200]
        assert (await decide(documents, address, "skip")).status_code == 204
        await decide(documents, address, "pause")
        await tick(documents)
        refused = await decide(documents, address, f"deliveries/{first['id']}/retry")
        assert (refused.status_code, refused.json()["state"]) == (409, "paused")
        assert receiver.ids[6:] == [bad]
        await decide(documents, address, "activation")
        await tick(documents)
        assert receiver.ids[6:] == [bad, good]
        (skipped,) = await journal(documents, address, "?filter[outcome]=skipped")
        assert skipped["event_id"] == bad


async def test_a_new_secret_signs_beside_the_old_one_for_a_day_and_a_ping_shows_it(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver() as receiver:
        address, old = await subscribe(documents, receiver)
        new = (await decide(documents, address, "secret")).json()["secret"]
        assert new != old
        again = await decide(documents, address, "secret")
        assert (again.status_code, again.json()["type"]) == (409, "urn:pospolu:problem:rotation-still-runs")
        for accepted in ((old, new), (new,)):
            asked = await decide(documents, address, "ping")
            await tick(documents)
            await tick(documents)
            sent = receiver.received[-1]
            assert len(sent.headers["webhook-signature"].split()) == len(accepted)
            for secret in accepted:
                assert Webhook(secret).verify(sent.body, sent.headers)["type"] == "documents.webhook.ping.v1"
            attempts = await journal(documents, address)
            assert (attempts[-1]["id"], attempts[-1]["outcome"]) == (asked.json()["id"], "delivered")
            await pass_time(documents, timedelta(days=1, minutes=1))
        assert len(receiver.ids) == 2
        idle = await call(documents, "DELETE", address, version=1)
        assert idle.status_code == 412
        now = await shown(documents, address)
        gone = await call(documents, "DELETE", address, version=int(str(now["version"])))
        assert gone.status_code == 204
        assert (await call(documents, "GET", address)).status_code == 404


async def test_bad_addresses_types_and_too_many_are_refused(documents: ServiceUnderTest) -> None:
    settings = documents.resources.settings
    documents.resources.settings = settings.model_copy(update={"webhooks_loopback": False})
    body: dict[str, object] = {"url": "https://example.org/hook", "description": "Spisová služba"}
    cases: list[tuple[dict[str, object], str]] = [
        ({"url": "http://127.0.0.1/"}, "address-not-allowed"),
        ({"url": "https://169.254.169.254/"}, "address-not-allowed"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "address-not-allowed"),
        ({"types": ["planning.pla"]}, "event-type-unknown"),
        ({"types": ["%"]}, "malformed"),
        ({"contact": "nobody"}, "malformed"),
        ({"contact": "řehoř@obec.cz"}, "malformed"),
        ({"description": " "}, "malformed"),
        ({"url": "https://example.org/\0"}, "malformed"),
    ]
    for changes, code in cases:
        refused = await call(documents, "POST", "/webhooks", body | changes)
        assert refused.status_code == 422, changes
        assert refused.json()["type"] == f"urn:pospolu:problem:{code}", changes
    made = await asyncio.gather(*(call(documents, "POST", "/webhooks", body) for _ in range(22)))
    assert sorted(each.status_code for each in made) == [201] * 20 + [409] * 2


async def test_a_lease_is_given_once_and_old_events_are_forgotten(documents: ServiceUnderTest) -> None:
    with a_receiver() as receiver:
        address, _ = await subscribe(documents, receiver)
        await tell(documents, PUBLISHED)
        async with documents.transaction() as tx:
            await gather(tx, feeds())
        async with documents.transaction() as one, documents.transaction() as two:
            taken = await take_due(one.session, lease=uuid4(), now=one.now, most=5)
            assert await take_due(two.session, lease=uuid4(), now=two.now, most=5) == []
        assert [each.id for each in taken] == [UUID(address.rpartition("/")[2])]
        assert taken[0].sealed_secrets[0] not in repr(taken)
        async with documents.resources.engine.begin() as connection:
            await connection.execute(text(LONG_AGO))
        async with documents.transaction() as tx:
            await forget_events(tx)
        assert (await shown(documents, address))["waiting"] == 0

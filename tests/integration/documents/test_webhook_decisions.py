"""Webhooks while people decide on them, whom they concern, and their secrets."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select, text

from documents.neighbours.posting import Poster
from documents.outside import sealer_of
from documents.proving.sealing import SecretNotReadable, sealer_from
from documents.webhooks.notice_use_cases import hand_over_notices, seal_again
from documents.webhooks.sending_use_cases import deliver, gather
from documents.webhooks.tables import WebhookRow
from shared.contracts.documents import DocumentPublished
from tests.contracts.examples import EXAMPLES
from tests.support.eventually import eventually
from tests.support.mail import PUBLIC_URL, Mailbox, a_closed_port, a_mail_server, a_post
from tests.support.service import ServiceUnderTest
from tests.support.subscriptions import (
    call,
    decide,
    done,
    feeds,
    journal,
    loopback_allowed,
    shown,
    subscribe,
    tell,
    tick,
)
from tests.support.webhooks import a_receiver

PUBLISHED = EXAMPLES[DocumentPublished]


@pytest.fixture(autouse=True)
def _loopback(documents: ServiceUnderTest) -> Iterator[None]:
    with loopback_allowed(documents):
        yield


async def stored(documents: ServiceUnderTest) -> WebhookRow:
    async with documents.transaction() as tx:
        return (await tx.session.scalars(select(WebhookRow))).one()


async def handed_over(documents: ServiceUnderTest, port: int) -> int:
    async with documents.transaction() as tx:
        return await hand_over_notices(tx, a_post(port), public_url=PUBLIC_URL)


@pytest.mark.parametrize("move", ["activation", "pause", "change"])
async def test_what_failed_on_its_way_while_a_person_decided_counts_for_nothing(
    documents: ServiceUnderTest, move: str
) -> None:
    with a_receiver(410) as receiver:
        receiver.held.clear()
        address, _ = await subscribe(documents, receiver)
        await tell(documents, PUBLISHED)
        sending = asyncio.create_task(tick(documents))
        await eventually("the event has left", lambda: done(receiver, 1))
        if move == "change":
            body = {"url": receiver.url, "description": "jiná", "types": ["documents"]}
            answer = await call(documents, "PUT", address, body, version=1)
        else:
            answer = await decide(documents, address, move)
        assert answer.status_code == 204
        receiver.statuses = [200]
        receiver.held.set()
        await sending
        now = await shown(documents, address)
        assert (now["state"], now["attempts"]) == ("paused" if move == "pause" else "active", 0)
        (first, *_) = await journal(documents, address)
        assert (first["outcome"], first["status"]) == ("failed", 410)
        await tick(documents)
        assert len(receiver.ids) == (1 if move == "pause" else 2)


async def test_a_failure_of_long_ago_that_nobody_wants_any_more_disables_nothing_later(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver(500) as receiver:
        address, _ = await subscribe(documents, receiver)
        await tell(documents, PUBLISHED)
        await tick(documents)
        assert (await shown(documents, address))["attempts"] == 1
        async with documents.transaction() as tx:  # the event that failed is kept no more
            await tx.session.execute(text("DELETE FROM webhook_event"))
            await tx.session.execute(text("UPDATE webhook SET due_at = due_at - interval '1 hour'"))
        receiver.statuses = [200]
        await tell(documents, PUBLISHED)
        async with documents.transaction() as tx:
            await gather(tx, feeds())
            await tx.session.execute(text("UPDATE webhook_event SET type = 'planning.plan.closed.v1'"))
        body = {"url": receiver.url, "description": "x", "types": ["documents"]}
        version = (await shown(documents, address))["version"]
        await call(documents, "PUT", address, body, version=version)
        await tick(documents)
        now = await shown(documents, address)
        assert (now["attempts"], now["first_failed_at"], now["state"]) == (0, None, "active")


async def test_who_removes_a_webhook_while_it_is_served_removes_its_journal_too(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver() as receiver:
        receiver.held.clear()
        address, _ = await subscribe(documents, receiver)
        await tell(documents, PUBLISHED, PUBLISHED)
        sending = asyncio.create_task(tick(documents))
        await eventually("the event has left", lambda: done(receiver, 1))
        assert (await call(documents, "DELETE", address, version=1)).status_code == 204
        receiver.held.set()
        await sending
        assert len(receiver.ids) == 1
        async with documents.resources.engine.connect() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM webhook_delivery")) == 0


async def test_replay_while_a_retry_runs_sends_everything_again_in_order(documents: ServiceUnderTest) -> None:
    with a_receiver() as receiver:
        address, _ = await subscribe(documents, receiver)
        told = await tell(documents, *[PUBLISHED] * 3)
        await tick(documents)
        receiver.held.clear()
        receiver.statuses = [500, 200]
        late = (await tell(documents, PUBLISHED))[0]
        sending = asyncio.create_task(tick(documents))
        await eventually("the fourth has left", lambda: done(receiver, 4))
        assert (await decide(documents, address, "replay", {"event_id": told[1]})).status_code == 204
        receiver.held.set()
        await sending
        await tick(documents)
        assert receiver.ids == [*told, late, *told[1:], late]
        assert (await shown(documents, address))["attempts"] == 0


async def test_a_private_address_is_refused_when_it_is_called_and_nothing_reaches_it(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver() as receiver:
        address, _ = await subscribe(documents, receiver)
        (told,) = await tell(documents, PUBLISHED)
        async with documents.transaction() as tx:
            await gather(tx, feeds())
        for url in (receiver.url, receiver.url.replace("http://127.0.0.1", "https://localhost.")):
            async with documents.transaction() as tx:
                await tx.session.execute(text("UPDATE webhook SET url = :url, due_at = now()"), {"url": url})
            async with documents.transaction() as tx:
                await deliver(tx, Poster(), sealer_of(documents.resources.settings))
        assert receiver.ids == []
        attempts = await journal(documents, address)
        assert [(each["event_id"], each["fault"]) for each in attempts] == [(told, "address-refused")] * 2


async def test_whom_it_concerns_is_written_to_once_when_a_webhook_is_disabled(
    documents: ServiceUnderTest,
) -> None:
    mailbox = Mailbox()
    with a_receiver(410) as receiver, a_receiver(410) as silent:
        address, _ = await subscribe(documents, receiver, contact="spisovna@obrnice.test")
        await subscribe(documents, silent)
        await tell(documents, PUBLISHED)
        await tick(documents)
        assert await handed_over(documents, a_closed_port()) == 0
        async with a_mail_server(mailbox) as port:
            both = await asyncio.gather(handed_over(documents, port), handed_over(documents, port))
            assert sorted(both) == [0, 1]
            assert await handed_over(documents, port) == 0
        (sent,) = mailbox.letters
        assert sent["To"] == "spisovna@obrnice.test"
        assert "„Spisová služba“ byl vypnut" in mailbox.subjects()[0]
        assert f"{PUBLIC_URL}/api/documents{address}" in mailbox.plain()
        assert "410 Gone" in mailbox.plain()
        receiver.statuses = [200]
        await decide(documents, address, "activation")
        assert (await stored_notice(documents, address)) is None


async def test_who_activates_a_webhook_waits_for_no_mail_server_that_hesitates_over_the_notice(
    documents: ServiceUnderTest,
) -> None:
    during: list[datetime | None] = []

    class Hesitant(Mailbox):
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            assert await handed_over(documents, port) == 0, "another worker finds it leased"
            receiver.statuses = [200]
            await decide(documents, address, "activation")
            during.append(await stored_notice(documents, address))
            return await Mailbox.handle_DATA(self, server, session, envelope)

    mailbox = Hesitant(data=lambda _: "450 4.2.1 try later")
    with a_receiver(410) as receiver:
        address, _ = await subscribe(documents, receiver, contact="spisovna@obrnice.test")
        await tell(documents, PUBLISHED)
        await tick(documents)
        async with a_mail_server(mailbox) as port:
            assert await handed_over(documents, port) == 1
        assert during == [None]
        assert (await stored_notice(documents, address)) is None, "put off, but no longer wanted"


async def test_whose_key_was_lost_rotates_and_is_served_at_once(documents: ServiceUnderTest) -> None:
    async def lose(column: str) -> None:
        async with documents.transaction() as tx:
            row = (await tx.session.scalars(select(WebhookRow))).one()
            setattr(row, column, sealer_from(["lost"]).seal("whsec_lost", of=row.id))

    with a_receiver() as receiver:
        address, _ = await subscribe(documents, receiver)
        await decide(documents, address, "secret")
        await lose("secret")
        await decide(documents, address, "secret")
        await tell(documents, PUBLISHED)
        await tick(documents)
        await decide(documents, address, "secret")
        await lose("previous_secret")
        await tell(documents, PUBLISHED)
        await tick(documents)
        signatures = [each.headers["webhook-signature"].split() for each in receiver.received]
        assert [len(each) for each in signatures] == [1, 1]
        present = sealer_from(["a-new-key"])
        async with documents.transaction() as tx:
            past = "UPDATE webhook SET secret = 'whsec_clear', previous_ends_at = now()"
            await tx.session.execute(text(past))
        for count in (1, 0):
            async with documents.transaction() as tx:
                assert await seal_again(tx, present) == count, "what signs no more keeps nothing in clear"
        row = await stored(documents)
        assert present.open(row.secret, of=row.id) == "whsec_clear"
        assert row.previous_secret is None


async def stored_notice(documents: ServiceUnderTest, address: str) -> datetime | None:
    async with documents.transaction() as tx:
        asked = select(WebhookRow.notice_at).where(WebhookRow.id == UUID(address.rpartition("/")[2]))
        return await tx.session.scalar(asked)


async def test_secrets_stand_sealed_and_another_key_takes_over(documents: ServiceUnderTest) -> None:
    with a_receiver() as receiver:
        address, secret = await subscribe(documents, receiver)
        row = await stored(documents)
        assert secret not in row.secret
        assert secret.removeprefix("whsec_") not in json.dumps(await shown(documents, address))
        settings = documents.resources.settings
        assert sealer_of(settings).open(row.secret, of=row.id) == secret
        with pytest.raises(SecretNotReadable):
            sealer_of(settings).open(row.secret, of=UUID(int=1))
        with pytest.raises(SecretNotReadable):
            sealer_from(["another"]).open(row.secret, of=row.id)
        await decide(documents, address, "secret")
        async with documents.transaction() as tx:  # as it stood before there was a key
            await tx.session.execute(text("UPDATE webhook SET previous_secret = :clear"), {"clear": secret})
        async with documents.transaction() as tx:
            assert await seal_again(tx, sealer_from(["a key that opens nothing of this"])) == 0
        later = settings.model_copy(update={"webhooks_key": "a-new-key the-old-key"})
        for count in (1, 0):
            async with documents.transaction() as tx:
                assert await seal_again(tx, sealer_of(later)) == count
        row = await stored(documents)
        assert row.secret.startswith(sealer_of(later).prefix)
        assert sealer_of(later).open(row.previous_secret or "", of=row.id) == secret
        documents.resources.settings = later
        await tell(documents, PUBLISHED)
        await tick(documents)
        assert len(receiver.received[0].headers["webhook-signature"].split()) == 2


async def test_a_person_who_replays_from_an_instant_misses_nothing_noted_since(
    documents: ServiceUnderTest,
) -> None:
    with a_receiver() as receiver:
        address, _ = await subscribe(documents, receiver)
        told = await tell(documents, *[PUBLISHED] * 3)
        await tick(documents)
        at = datetime.now(UTC) - timedelta(minutes=5)
        async with documents.transaction() as tx:  # two who noted at once: the later one began earlier
            aged = text("UPDATE webhook_event SET noted_at = :at WHERE event_id = :id")
            for place, ago in ((0, 60), (2, 60)):
                parameters = {"at": at - timedelta(seconds=ago), "id": told[place]}
                await tx.session.execute(aged, parameters)
        await decide(documents, address, "replay", {"since_at": at.isoformat(timespec="seconds")})
        await tick(documents)
        assert receiver.ids == [*told, *told[1:]]

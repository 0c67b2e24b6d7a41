"""Who wants the newsletter says so twice, leaves with one click, and nobody learns who is there."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text
from structlog.testing import capture_logs

from documents.subscribers.domain import WORDINGS, NewsLanguage
from documents.subscribers.repository import claim_letter
from documents.subscribers.use_cases import LIMITS, forget_subscribers
from tests.support.mail import Mailbox
from tests.support.newsletter import (
    ADDRESS,
    confirmations_sent,
    key_in,
    signed_up,
    subscribed,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, DIRECTOR


async def statuses(documents: ServiceUnderTest) -> list[str]:
    async with documents.client(ADMINISTRATOR) as client:
        return [each["status"] for each in (await client.get("/newsletter-subscribers")).json()["items"]]


async def consents(documents: ServiceUnderTest) -> list[str]:
    connection = await asyncpg.connect(documents.resources.settings.database_url)
    rows = await connection.fetch("SELECT fact FROM newsletter_consent ORDER BY position")
    await connection.close()
    return [row[0] for row in rows]


async def test_an_address_gets_nothing_before_its_reader_pressed_the_button_behind_the_link(
    documents: ServiceUnderTest,
) -> None:
    mailbox = Mailbox()
    assert (await signed_up(documents, themes=["plans"])).status_code == 202
    assert await confirmations_sent(documents, mailbox) == 1
    assert await confirmations_sent(documents, mailbox) == 0, "one letter for one form"
    assert "List-Unsubscribe" not in mailbox.letters[0]
    asked = {"key": key_in(mailbox.plain())}
    async with documents.client() as client:
        page = await client.get("/newsletter/confirmation", params=asked)
        assert page.status_code == 200
        assert '<form method="post">' in page.text
        assert page.headers["referrer-policy"] == "no-referrer"
        assert await statuses(documents) == ["pending"], "programs that look links up confirm nothing"
        answers = await asyncio.gather(
            *(client.post("/newsletter/confirmation", params=asked) for _ in range(2))
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        assert (await client.post("/newsletter/confirmation", params={"key": "x" * 32})).status_code == 404
    assert await statuses(documents) == ["active"]
    assert await consents(documents) == ["asked", "confirmed"]


async def test_the_form_answers_alike_whether_the_address_is_known_or_not(
    documents: ServiceUnderTest,
) -> None:
    await subscribed(documents)
    known, unknown = await asyncio.gather(
        signed_up(documents), signed_up(documents, address="nikdo@obrnice.test")
    )
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    twice = await asyncio.gather(*(signed_up(documents, address="NIKDO@obrnice.test") for _ in range(3)))
    assert {each.status_code for each in twice} == {202}
    mailbox = Mailbox()
    await confirmations_sent(documents, mailbox)
    assert [letter["To"] for letter in mailbox.letters] == ["nikdo@obrnice.test"], (
        "who signed up minutes ago is not pestered"
    )
    assert sorted(await statuses(documents)) == ["active", "pending"]


async def test_a_form_without_consent_or_with_an_odd_address_is_refused_where_it_is_wrong(
    documents: ServiceUnderTest,
) -> None:
    for changes, pointer in (
        ({"consent": False}, "/consent"),
        ({"consent": "yes"}, "/consent"),
        ({"address": "jana@\nobrnice.cz"}, "/address"),
        ({"address": "jana@localhost"}, "/address"),
        ({"address": "jana@.obrnice.cz"}, "/address"),
        ({"unit_ids": ["0199a000-0000-7000-8000-00000000ffff"]}, "/unit_ids/0"),
        ({"form": "\0"}, "/form"),
    ):
        answer = await signed_up(documents, **changes)
        assert answer.status_code == 422, changes
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert await statuses(documents) == []


async def test_one_client_fills_in_so_many_forms_in_an_hour_and_no_address_of_it_is_kept(
    documents: ServiceUnderTest,
) -> None:
    answers = [
        await signed_up(documents, address=f"{number}@obrnice.test") for number in range(LIMITS.of_client + 1)
    ]
    assert [answer.status_code for answer in answers] == [202] * LIMITS.of_client + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    connection = await asyncpg.connect(documents.resources.settings.database_url)
    assert not await connection.fetchval("SELECT bool_or(client LIKE '%127.0.0.1%') FROM newsletter_arrival")
    await connection.close()


async def test_who_leaves_is_gone_with_one_click_and_forgotten_by_all_but_the_record(
    documents: ServiceUnderTest,
) -> None:
    await subscribed(documents)
    connection = await asyncpg.connect(documents.resources.settings.database_url)
    secret = await connection.fetchval("SELECT secret FROM newsletter_subscriber")
    async with documents.client() as client:
        mine = await client.get("/newsletter/subscription", params={"key": secret})
        assert ADDRESS not in mine.text
        changed = await client.put(
            "/newsletter/subscription",
            params={"key": secret},
            json={"language": "en", "themes": ["events"]},
            headers={"If-Match": mine.headers["etag"]},
        )
        assert changed.json()["themes"] == ["events"]
        with capture_logs() as logs:
            left = await client.post(
                "/newsletter/unsubscription",
                params={"key": secret},
                content="List-Unsubscribe=One-Click",
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )
        assert left.status_code == 200
        assert "You have left" in left.text
        assert secret not in str(logs)
        unknown = await client.post("/newsletter/unsubscription", params={"key": "a" * 32})
        assert unknown.status_code == 200, "it tells nobody whether the link is known"
    assert await statuses(documents) == ["unsubscribed"]
    assert (
        await connection.fetchval("SELECT count(*) FROM audit WHERE path LIKE '%' || $1 || '%'", secret) == 0
    )
    async with documents.transaction() as tx:
        tx.now = datetime.now(UTC) + timedelta(days=31)
        await forget_subscribers(tx)
    await connection.close()
    assert await statuses(documents) == []
    assert await consents(documents) == ["asked", "confirmed", "changed", "withdrawn", "erased"]


async def test_addresses_are_read_by_administrators_alone_and_erased_on_request(
    documents: ServiceUnderTest,
) -> None:
    await subscribed(documents)
    await signed_up(documents, address="druha@obrnice.test")
    for actor in (CONSULTANT, DIRECTOR):
        async with documents.client(actor) as client:
            assert (await client.get("/newsletter-subscribers")).status_code == 403
            counts = (await client.get("/newsletter-subscribers/counts")).json()["counts"]
            assert {each["status"]: each["count"] for each in counts} == {"active": 1, "pending": 1}
    async with documents.client(ADMINISTRATOR) as client:
        asked = {"filter[address]": ADDRESS.upper()}
        (found,) = (await client.get("/newsletter-subscribers", params=asked)).json()["items"]
        place = f"/newsletter-subscribers/{found['id']}"
        assert (await client.delete(place)).status_code == 428
        erased = await client.delete(place, headers={"If-Match": f'"{found["version"]}"'})
        assert erased.status_code == 204
        assert (await client.get("/newsletter-subscribers", params=asked)).json()["items"] == []


async def test_an_address_that_its_server_refuses_is_suspended_and_one_never_confirmed_is_deleted(
    documents: ServiceUnderTest,
) -> None:
    await signed_up(documents)
    await signed_up(documents, address="druha@obrnice.test")
    refusing = Mailbox(recipient=lambda address: "550 no such" if address == ADDRESS else "250 OK")
    await confirmations_sent(documents, refusing)
    assert sorted(await statuses(documents)) == ["pending", "suspended"]
    async with documents.transaction() as tx:
        tx.now = datetime.now(UTC) + timedelta(days=8)
        await forget_subscribers(tx)
    assert await statuses(documents) == ["suspended"]


async def test_forms_of_one_client_that_come_at_once_count_as_those_that_come_in_turn(
    documents: ServiceUnderTest,
) -> None:
    answers = await asyncio.gather(
        *(signed_up(documents, address=f"{number}@obrnice.test") for number in range(LIMITS.of_client + 10))
    )
    assert Counter(answer.status_code for answer in answers) == {202: LIMITS.of_client, 429: 10}


async def test_the_record_keeps_the_words_of_the_form_that_was_confirmed_and_an_administrator_shows_it(
    documents: ServiceUnderTest,
) -> None:
    mailbox = Mailbox()
    await signed_up(documents, form="web, patička")
    await confirmations_sent(documents, mailbox)
    await signed_up(documents, language="en", form="cizí stránka")
    async with documents.client() as client:
        asked = {"key": key_in(mailbox.plain())}
        assert (await client.post("/newsletter/confirmation", params=asked)).status_code == 200
    await signed_up(documents, language="en", form="cizí stránka")
    async with documents.client(ADMINISTRATOR) as client:
        (found,) = (await client.get("/newsletter-subscribers")).json()["items"]
        record = await client.get(f"/newsletter-subscribers/{found['id']}/consents")
        assert record.headers["cache-control"] == "no-store"
        facts = record.json()["facts"]
        assert [(each["fact"], each["form"]) for each in facts] == [
            ("asked", "web, patička"),
            ("confirmed", ""),
        ], "a form that changed nothing is no consent"
        assert facts[0]["wording"] == WORDINGS[NewsLanguage.CS]
        unknown = await client.get(f"/newsletter-subscribers/{UUID(int=7)}/consents")
        assert unknown.status_code == 404
    async with documents.client(DIRECTOR) as client:
        assert (await client.get(f"/newsletter-subscribers/{found['id']}/consents")).status_code == 403


async def test_a_person_whose_link_is_too_old_reads_a_page_and_not_a_record_for_programs(
    documents: ServiceUnderTest,
) -> None:
    async with documents.client() as client:
        page = await client.post(
            "/newsletter/confirmation", params={"key": "x" * 32}, headers={"Accept-Language": "cs"}
        )
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>Odkaz už neplatí</h1>" in page.text


async def test_leaving_while_the_mail_server_hesitates_over_a_letter_waits_for_nothing(
    documents: ServiceUnderTest,
) -> None:
    await subscribed(documents)
    connection = await asyncpg.connect(documents.resources.settings.database_url)
    secret = await connection.fetchval(
        "UPDATE newsletter_subscriber SET last_letter_at = now() - interval '1 hour' RETURNING secret"
    )
    await connection.close()
    await signed_up(documents)

    left: list[int] = []

    class Hesitant(Mailbox):
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            async with documents.client() as client:
                answer = await client.post("/newsletter/unsubscription", params={"key": secret})
            left.append(answer.status_code)
            return await Mailbox.handle_DATA(self, server, session, envelope)

    mailbox = Hesitant()
    await confirmations_sent(documents, mailbox)
    assert left == [200]
    assert "bez potvrzení" not in mailbox.plain(), "who is subscribed has confirmed"
    assert await statuses(documents) == ["unsubscribed"]
    assert await confirmations_sent(documents, mailbox) == 0


async def test_whose_lease_is_over_puts_off_no_letter_that_another_worker_has(
    documents: ServiceUnderTest,
) -> None:
    leases: list[datetime] = []

    class Slow(Mailbox):
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            async with documents.transaction() as tx:
                later, ends_at = tx.now + timedelta(minutes=6), tx.now + timedelta(minutes=11)
                assert await claim_letter(tx.session, now=later, lease_ends_at=ends_at)
            leases.append(ends_at)
            return await Mailbox.handle_DATA(self, server, session, envelope)

    await signed_up(documents)
    await confirmations_sent(documents, Slow(data=lambda _: "450 4.2.1 try later"))
    async with documents.transaction() as tx:
        found = await tx.session.execute(text("SELECT letter_next_at FROM newsletter_subscriber"))
        assert [row.letter_next_at for row in found] == leases

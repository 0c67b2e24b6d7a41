"""What a worker that dies, a second one, a stop and a distrustful server do to letters on their way."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from documents.newsletter.sending_use_cases import forget_deliveries
from tests.support.mail import Mailbox, a_mail_server
from tests.support.newsletter import (
    an_approved_issue,
    counts_of,
    handed_over,
    many_subscribers,
    no_more_pauses,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, DIRECTOR

LETTERS = 60
UNNOTED = 21
"""So many letters may travel or wait to be noted when a worker dies."""


@dataclass(slots=True)
class Meanwhile(Mailbox):
    """Takes the `at`-th letter and lets something happen before it says so."""

    at: int = 30
    happens: Callable[[], Awaitable[object]] = field(kw_only=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await Mailbox.handle_DATA(self, server, session, envelope)
        if len(self.letters) == self.at:
            await self.happens()
        return answer

    def readers(self) -> Counter[str]:
        return Counter(str(letter["To"]) for letter in self.letters)


async def _execute(documents: ServiceUnderTest, statement: str) -> None:
    connection = await asyncpg.connect(documents.resources.settings.database_url)
    await connection.execute(statement)
    await connection.close()


async def test_a_worker_that_dies_before_it_notes_repeats_a_few_letters_as_the_same_bytes_and_loses_none(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, LETTERS)
    place = await an_approved_issue(documents)

    async def lose_the_database() -> None:
        await _execute(documents, "ALTER TABLE newsletter_delivery RENAME TO gone")

    mailbox = Meanwhile(happens=lose_the_database)
    async with a_mail_server(mailbox) as port:
        with pytest.raises(ProgrammingError):
            await handed_over(documents, port)
        await _execute(documents, "ALTER TABLE gone RENAME TO newsletter_delivery")
        known, taken = (await counts_of(documents, place))["sent"], len(mailbox.letters)
        assert isinstance(known, int)
        assert 0 < taken - known <= UNNOTED
        assert await handed_over(documents, port) == 0, "what was claimed is nobody else's yet"
        await no_more_pauses(documents)
        await handed_over(documents, port)
    twice = [reader for reader, count in mailbox.readers().items() if count > 1]
    assert (len(mailbox.readers()), len(twice)) == (LETTERS, taken - known)
    for reader in twice:
        first, second = (letter.as_bytes() for letter in mailbox.letters if letter["To"] == reader)
        assert first == second
    assert (await counts_of(documents, place))["sent"] == LETTERS


async def test_a_worker_that_is_asked_to_end_notes_what_it_sent_and_gives_the_rest_back_at_once(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, LETTERS)
    place = await an_approved_issue(documents)
    reached, goes_on = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        reached.set()
        await goes_on.wait()

    mailbox = Meanwhile(happens=wait)
    async with a_mail_server(mailbox) as port:
        worker = asyncio.create_task(handed_over(documents, port))
        await reached.wait()
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
        goes_on.set()
        assert (await counts_of(documents, place))["sent"] == 29, "all but the one that travelled"
        assert await handed_over(documents, port) == LETTERS - 30
        await no_more_pauses(documents)
        assert await handed_over(documents, port) == 1
    assert Counter(mailbox.readers().values()) == {1: LETTERS - 1, 2: 1}
    assert (await counts_of(documents, place))["state"] == "sent"


async def test_who_stops_an_issue_stops_letters_that_were_claimed_and_counts_those_that_went(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, LETTERS)
    place = await an_approved_issue(documents)

    async def stop() -> None:
        async with documents.client(DIRECTOR, **{"If-Match": '"4"'}) as client:
            answer = await client.post(f"{place}/stop", json={"reason": "Chyba v odkazu."})
        assert answer.status_code == 200, answer.text

    mailbox = Meanwhile(happens=stop)
    async with a_mail_server(mailbox) as port:
        await handed_over(documents, port)
        assert await handed_over(documents, port) == 0
    counts = await counts_of(documents, place)
    assert counts["state"] == "stopped"
    assert counts["sent"] == len(mailbox.letters) < 30 + UNNOTED
    assert (counts["waiting"], counts["dropped"]) == (0, LETTERS - len(mailbox.letters))


async def test_all_workers_and_issues_together_send_so_many_in_a_minute(documents: ServiceUnderTest) -> None:
    await many_subscribers(documents, LETTERS)
    for _ in range(2):
        await an_approved_issue(documents)
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        await asyncio.gather(*(handed_over(documents, port, per_minute=25) for _ in range(3)))
        await handed_over(documents, port, per_minute=25)
    assert len(mailbox.letters) == 25


async def test_a_server_that_does_not_let_us_relay_suspends_nobody_and_the_letters_wait(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, 3)
    place = await an_approved_issue(documents)
    mailbox = Mailbox(recipient=lambda to: f"554 5.7.1 <{to}>: Relay access denied")
    async with a_mail_server(mailbox) as port:
        await handed_over(documents, port)
        assert (await counts_of(documents, place))["waiting"] == 3
        async with documents.client(ADMINISTRATOR) as client:
            counts = (await client.get("/newsletter-subscribers/counts")).json()["counts"]
        assert [each["status"] for each in counts] == ["active"]
        mailbox.recipient = lambda _: "250 OK"
        await no_more_pauses(documents)
        await handed_over(documents, port)
    assert len(mailbox.letters) == 3


async def test_a_server_that_puts_strangers_off_once_gets_the_letter_though_ours_were_days_on_the_way(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, 2)
    place = await an_approved_issue(documents)
    mailbox = Mailbox(recipient=lambda _: "451 4.7.1 Greylisted, come again")
    async with a_mail_server(mailbox) as port:
        await handed_over(documents, port, per_minute=1)
        await _execute(documents, "UPDATE newsletter_issue SET started_at = now() - interval '4 days'")
        await handed_over(documents, port)
        assert (await counts_of(documents, place))["waiting"] == 2
        for _ in range(5):
            await no_more_pauses(documents)
            await handed_over(documents, port)
    assert (await counts_of(documents, place))["refused"] == 2, "for days and often is enough"


async def test_after_90_days_nothing_tells_who_got_an_issue_not_even_of_who_was_erased(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, 3)
    place = await an_approved_issue(documents)
    async with a_mail_server(Mailbox()) as port:
        await handed_over(documents, port)
    await _execute(documents, "DELETE FROM newsletter_subscriber WHERE address = '1@obec.test'")
    async with documents.transaction() as tx:
        tx.now = datetime.now(UTC) + timedelta(days=91)
        await forget_deliveries(tx)
        known = "SELECT count(*) FROM newsletter_delivery WHERE subscriber_id <> message_id OR reply <> ''"
        assert await tx.session.scalar(text(known)) == 0
    assert (await counts_of(documents, place))["sent"] == 3


async def test_a_server_that_puts_one_letter_after_the_other_off_is_left_alone_for_a_while(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, LETTERS)
    place = await an_approved_issue(documents)
    asked: list[str] = []

    def is_full(address: str) -> str:
        asked.append(address)
        return "250 OK" if address == "7@obec.test" else "452 4.3.1 too many"

    async with a_mail_server(Mailbox(recipient=is_full)) as port:
        await handed_over(documents, port)
        assert len(asked) < LETTERS
        while (await counts_of(documents, place))["sent"] == 0:
            await handed_over(documents, port)
        assert len(asked) <= LETTERS, "the next rounds begin with those that were not tried"


async def test_a_letter_on_which_every_connection_breaks_does_not_keep_its_issue_on_the_way_for_ever(
    documents: ServiceUnderTest,
) -> None:
    await many_subscribers(documents, 1)
    place = await an_approved_issue(documents)
    async with a_mail_server(Mailbox(dies_after=0)) as port:
        await handed_over(documents, port)
        await _execute(documents, "UPDATE newsletter_issue SET started_at = now() - interval '4 days'")
        await no_more_pauses(documents)
        await handed_over(documents, port)
        assert (await counts_of(documents, place))["waiting"] == 1
        await _execute(documents, "UPDATE newsletter_delivery SET attempts = 60")
        await no_more_pauses(documents)
        await handed_over(documents, port)
    counts = await counts_of(documents, place)
    assert (counts["refused"], counts["state"]) == (1, "sent")

"""Letters reach a real mail server once, whatever it does meanwhile."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text
from structlog.testing import capture_logs

from shared.auth import Actor
from shared.contracts.base import Role
from shared.mail import PostDown, note_down
from tests.support.evaluation import COORDINATOR, PLAN, a_plan_approved, an_indicator
from tests.support.mail import (
    Mailbox,
    a_closed_port,
    a_mail_account,
    a_mail_server,
    no_more_waiting,
    open_account,
    post_letters,
    subscribe,
    tick,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, OBRNICE, an_actor

OVERDUE = date(2027, 4, 1)  # 2026 is due on 31 March 2027


async def a_reminded_person(evaluation: ServiceUnderTest, actor: Actor = COORDINATOR, **how: str) -> None:
    await open_account(evaluation, actor, changes=how)
    await subscribe(evaluation, actor, plan_id=PLAN)


def a_colleague(number: int) -> Actor:
    return an_actor(Role.COORDINATOR, units=[OBRNICE], sub=f"colleague-{number}")


async def prove_address(evaluation: ServiceUnderTest, actor: Actor, mailbox: Mailbox) -> None:
    code = re.search(r"\d{8}", mailbox.plain())
    assert code
    async with evaluation.client(actor) as client:
        answer = await client.post("/mail-accounts/mine/verification", json={"code": code[0]})
    assert answer.json()["verified"], answer.text


async def states(evaluation: ServiceUnderTest) -> dict[str, tuple[str, int]]:
    async with evaluation.transaction() as tx:
        found = await tx.session.execute(
            text("SELECT address, status, attempts FROM mail_message ORDER BY address")
        )
        return {row.address: (row.status, row.attempts) for row in found}


async def test_a_letter_reaches_the_server_with_what_is_overdue_in_both_forms(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(name="Žáci <b>& děti</b>")]))
    await a_reminded_person(evaluation)
    await tick(evaluation, OVERDUE)
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        assert await post_letters(evaluation, port) == 1
        assert await post_letters(evaluation, port) == 0
    (letter,) = mailbox.letters
    assert letter["To"] == "jana.malinova@obrnice.test"
    assert letter["Subject"] == "Pospolu: čeká 1 položka, z toho po termínu 1"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "1.1 Žáci <b>& děti</b>, 2026, termín 31.\N{NO-BREAK SPACE}3." in mailbox.plain()
    assert "Žáci &lt;b&gt;&amp; děti&lt;/b&gt;" in mailbox.html()
    async with evaluation.client(COORDINATOR) as client:
        (mine,) = (await client.get("/letters/mine")).json()["items"]
    assert (mine["status"], mine["attempts"]) == ("sent", 1)


async def test_a_server_that_is_down_for_an_hour_blocks_nothing_and_gets_every_letter_once_afterwards(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    for number in range(3):
        await a_reminded_person(evaluation, a_colleague(number), address=f"{number}@obrnice.test")
    down = a_closed_port()
    await tick(evaluation, OVERDUE)
    for _ in range(60):
        assert await post_letters(evaluation, down) == 0
    assert set((await states(evaluation)).values()) == {("waiting", 0)}
    await a_reminded_person(evaluation, address="3@obrnice.test")  # a decision while nobody answers there
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        await asyncio.gather(*(post_letters(evaluation, port) for _ in range(4)))
        assert await post_letters(evaluation, port) == 0
    assert sorted(letter["To"] for letter in mailbox.letters) == [f"{n}@obrnice.test" for n in range(3)]
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 3


async def test_a_server_that_dies_while_it_takes_a_letter_gets_it_again_under_the_same_id(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    for number in range(3):
        await a_reminded_person(evaluation, a_colleague(number), address=f"{number}@obrnice.test")
    await tick(evaluation, OVERDUE)
    mailbox = Mailbox(dies_after=1)
    async with a_mail_server(mailbox) as port:
        assert await post_letters(evaluation, port) == 1
        assert sorted((await states(evaluation)).values()) == [("sent", 1), ("waiting", 0), ("waiting", 1)]
        mailbox.dies_after = None
        assert await post_letters(evaluation, port) == 1  # the one that it died on stands behind the others
        await no_more_waiting(evaluation)
        assert await post_letters(evaluation, port) == 1
    assert sorted(letter["To"] for letter in mailbox.letters) == [f"{n}@obrnice.test" for n in range(3)]
    assert {status for status, _ in (await states(evaluation)).values()} == {"sent"}


async def test_a_refused_letter_is_shown_and_can_be_tried_again_one_put_off_comes_later(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await a_reminded_person(evaluation, a_colleague(1), address="nobody@obrnice.test")
    await a_reminded_person(evaluation, a_colleague(2), address="later@obrnice.test")
    await a_reminded_person(evaluation, a_colleague(3), address="reader@obrnice.test")
    await tick(evaluation, OVERDUE)
    answers = {"nobody@obrnice.test": "550 5.1.1 no such user", "later@obrnice.test": "450 4.2.1 try later"}
    mailbox = Mailbox(recipient=lambda address: answers.get(address, "250 OK"))
    async with a_mail_server(mailbox) as port:
        assert await post_letters(evaluation, port) == 3
        assert await states(evaluation) == {
            "later@obrnice.test": ("waiting", 1),
            "nobody@obrnice.test": ("refused", 1),
            "reader@obrnice.test": ("sent", 1),
        }
        async with evaluation.client(ADMINISTRATOR) as client:
            (refused,) = (await client.get("/letters?filter[status]=refused")).json()["items"]
            assert refused["last_reply"] == "550 5.1.1 no such user"
            address = f"/letters/{refused['id']}/repetition"
            assert (await client.post(address)).status_code == 428
            assert (await client.post(address, headers={"If-Match": '"9"'})).status_code == 412
            again = await client.post(address, headers={"If-Match": f'"{refused["version"]}"'})
            assert again.json()["status"] == "waiting"
            sent_twice = await client.post(address, headers={"If-Match": again.headers["etag"]})
            assert sent_twice.json()["type"].endswith("letter-not-refused")
        answers.clear()
        await no_more_waiting(evaluation)
        assert await post_letters(evaluation, port) == 2
    assert len(mailbox.letters) == 3


async def test_letters_that_were_put_off_for_three_days_are_given_up(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await a_reminded_person(evaluation)
    await tick(evaluation, date(2026, 11, 1))  # nothing is due
    assert await states(evaluation) == {}
    await tick(evaluation, OVERDUE)
    async with evaluation.transaction() as tx:
        await tx.session.execute(
            text("UPDATE mail_message SET created_at = now() - interval '3 days', next_attempt_at = now()")
        )
    async with a_mail_server(Mailbox(data=lambda _: "452 4.3.1 no space")) as port:
        assert await post_letters(evaluation, port) == 1
    assert set((await states(evaluation)).values()) == {("refused", 1)}


class Hesitant(Mailbox):
    """Reads a letter, lets the test go on meanwhile, and then says what it is told to; of others 250."""

    def __init__(self, says: str = "250 OK") -> None:
        super().__init__(data=lambda _: says)
        self.reached, self.goes_on = asyncio.Event(), asyncio.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.reached.set()
        await self.goes_on.wait()
        try:
            return await Mailbox.handle_DATA(self, server, session, envelope)
        finally:
            self.data = lambda _: "250 OK"


@asynccontextmanager
async def a_travelling_letter(evaluation: ServiceUnderTest, mailbox: Hesitant) -> AsyncIterator[int]:
    """Give the port of a server that hesitates over a letter while the block runs, and answers at its end."""
    async with a_mail_server(mailbox) as port:
        posting = asyncio.create_task(post_letters(evaluation, port))
        await mailbox.reached.wait()
        try:
            yield port
        finally:
            mailbox.goes_on.set()
            assert await posting >= 1


async def open_transactions(evaluation: ServiceUnderTest) -> int:
    async with evaluation.transaction() as tx:
        found = await tx.session.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND state LIKE 'idle in transaction%'"
            )
        )
        return int(found or 0)


async def test_a_server_that_hesitates_holds_up_neither_decisions_nor_another_worker(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    for number in range(3):
        await a_reminded_person(evaluation, a_colleague(number), address=f"{number}@obrnice.test")
    await tick(evaluation, OVERDUE)
    slow, quick = Hesitant(), Mailbox()
    async with a_travelling_letter(evaluation, slow):
        assert await open_transactions(evaluation) == 0
        async with a_mail_server(quick) as port:
            assert await post_letters(evaluation, port) == 2, "the other two, by the second worker"
        async with evaluation.client(ADMINISTRATOR) as client:
            (waits,) = (await client.get("/letters?filter[status]=waiting")).json()["items"]
            again = await client.post(
                f"/letters/{waits['id']}/repetition", headers={"If-Match": f'"{waits["version"]}"'}
            )
            assert again.json()["type"].endswith("letter-not-refused")
        travelling = next(each for each in range(3) if waits["address"].startswith(str(each)))
        async with evaluation.client(a_colleague(travelling)) as client:
            match = {"If-Match": (await client.get("/mail-accounts/mine")).headers["etag"]}
            same = a_mail_account(address=waits["address"], delivery="weekly")
            assert (await client.put("/mail-accounts/mine", json=same, headers=match)).status_code == 200
    went = sorted(str(letter["To"]) for letter in [*slow.letters, *quick.letters])
    assert went == [f"{number}@obrnice.test" for number in range(3)]
    assert set((await states(evaluation)).values()) == {("sent", 1)}


async def test_who_dies_over_a_letter_leaves_it_to_the_next_as_the_same_bytes_once_the_lease_is_over(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await a_reminded_person(evaluation)
    await tick(evaluation, OVERDUE)
    mailbox = Hesitant()
    async with a_mail_server(mailbox) as port:
        dying = asyncio.create_task(post_letters(evaluation, port))
        await mailbox.reached.wait()
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        mailbox.goes_on.set()
        assert await post_letters(evaluation, port) == 0, "it is leased"
        assert await states(evaluation) == {"jana.malinova@obrnice.test": ("waiting", 1)}
        await no_more_waiting(evaluation)
        sent = await asyncio.gather(*(post_letters(evaluation, port) for _ in range(3)))
        assert sorted(sent) == [0, 0, 1]
    assert await states(evaluation) == {"jana.malinova@obrnice.test": ("sent", 2)}
    assert len({letter.as_bytes() for letter in mailbox.letters}) == 1


async def test_whose_lease_was_over_puts_no_letter_off_that_another_worker_delivered(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await a_reminded_person(evaluation)
    await tick(evaluation, OVERDUE)
    async with a_travelling_letter(evaluation, Hesitant(says="450 4.2.1 try later")):
        await no_more_waiting(evaluation)
        mailbox = Mailbox()
        async with a_mail_server(mailbox) as port:
            assert await post_letters(evaluation, port) == 1
    assert await states(evaluation) == {"jana.malinova@obrnice.test": ("sent", 2)}


@pytest.mark.parametrize("leaves", [True, False])
@pytest.mark.parametrize("says", ["250 OK", "450 4.2.1 try later", "550 5.1.1 no such user"])
async def test_of_an_address_that_its_person_took_back_while_a_letter_travelled_nothing_is_kept(
    evaluation: ServiceUnderTest, *, leaves: bool, says: str
) -> None:
    await evaluation.hear(a_plan_approved())
    await a_reminded_person(evaluation)
    await tick(evaluation, OVERDUE)
    mailbox = Hesitant(says)
    async with a_travelling_letter(evaluation, mailbox), evaluation.client(COORDINATOR) as client:
        match = {"If-Match": (await client.get("/mail-accounts/mine")).headers["etag"]}
        if leaves:
            answer = await client.delete("/mail-accounts/mine", headers=match)
        else:
            moved = a_mail_account(address="jana@jinde.test")
            answer = await client.put("/mail-accounts/mine", json=moved, headers=match)
        assert answer.is_success, answer.text
    if not leaves:
        await prove_address(evaluation, COORDINATOR, mailbox)
    async with a_mail_server(mailbox) as port:
        for _ in range(2):  # what came back is dropped, what it told is written anew
            await no_more_waiting(evaluation)
            await post_letters(evaluation, port)
            await tick(evaluation, OVERDUE)
        await post_letters(evaluation, port)
    to = [str(letter["To"]) for letter in mailbox.letters]
    assert to.count("jana.malinova@obrnice.test") == (1 if says == "250 OK" else 0)
    told_again = 0 if says == "250 OK" else 1
    assert to.count("jana@jinde.test") == (0 if leaves else 1 + told_again), "a code, and what came back"
    assert "jana.malinova@obrnice.test" not in await states(evaluation)


def test_the_log_tells_no_address_that_the_server_repeats() -> None:
    with capture_logs() as logged:
        note_down(PostDown("421 4.7.0 <jana.malinova@obrnice.test>: later"), handed_over=0)
    assert [line["reason"] for line in logged] == ["421 4.7.0 <<address>>: later"]

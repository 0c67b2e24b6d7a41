"""Letters reach a real mail server once, whatever it does meanwhile."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from evaluation.mail import letter_repository
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


@pytest.mark.parametrize("leaves", [True, False])
async def test_a_letter_that_came_back_goes_to_no_address_that_its_person_took_back_meanwhile(
    evaluation: ServiceUnderTest, *, leaves: bool
) -> None:
    await evaluation.hear(a_plan_approved())
    await a_reminded_person(evaluation)
    await tick(evaluation, OVERDUE)
    async with evaluation.transaction() as travelling, evaluation.client(COORDINATOR) as client:
        assert await letter_repository.take_letter(travelling.session, now=travelling.now)
        match = {"If-Match": (await client.get("/mail-accounts/mine")).headers["etag"]}
        if leaves:
            answer = await client.delete("/mail-accounts/mine", headers=match)
        else:
            moved = a_mail_account(address="jana@jinde.test")
            answer = await client.put("/mail-accounts/mine", json=moved, headers=match)
        assert answer.is_success, answer.text
    assert "jana.malinova@obrnice.test" in await states(evaluation)
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        await post_letters(evaluation, port)
    assert [letter["To"] for letter in mailbox.letters] == ([] if leaves else ["jana@jinde.test"])
    assert "jana.malinova@obrnice.test" not in await states(evaluation)


def test_the_log_tells_no_address_that_the_server_repeats() -> None:
    with capture_logs() as logged:
        note_down(PostDown("421 4.7.0 <jana.malinova@obrnice.test>: later"), handed_over=0)
    assert [line["reason"] for line in logged] == ["421 4.7.0 <<address>>: later"]

"""An hour without a mail server, minute by minute: nothing waits for it, each reminder goes out once."""

from collections import Counter
from datetime import date

from evaluation.monitoring.calendar import obligation_id
from evaluation.reminders.digest_use_cases import write_digests_of
from evaluation.reminders.use_cases import announce_obligations
from shared.auth import Actor
from shared.contracts.base import Role
from tests.support.clock import on
from tests.support.evaluation import (
    COORDINATOR,
    PLAN,
    a_plan_approved,
    an_indicator,
    indicator_id,
    report_value,
)
from tests.support.mail import (
    PUBLIC_URL,
    Mailbox,
    a_closed_port,
    a_mail_server,
    open_account,
    post_letters,
    subscribe,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, an_actor

DAY = "2027-04-01"  # 2026 was due on 31 March
OTHER_PLAN = indicator_id(99)


def a_colleague(number: int) -> Actor:
    return an_actor(Role.COORDINATOR, units=[OBRNICE], sub=f"colleague-{number}")


async def come_by(evaluation: ServiceUnderTest) -> None:
    """Do what the clock does every ten minutes."""
    async with evaluation.transaction() as tx:
        await announce_obligations(tx)
        await write_digests_of(tx, public_url=PUBLIC_URL)


async def readers_of_a_late_plan(evaluation: ServiceUnderTest, count: int) -> None:
    """Let colleagues open accounts and follow a plan with two values that are late."""
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1), an_indicator(2)]))
    for number in range(count):
        await open_account(evaluation, a_colleague(number), {"address": f"{number}@obrnice.test"})
        await subscribe(evaluation, a_colleague(number), plan_id=PLAN)


async def test_an_hour_without_a_mail_server_blocks_no_decision_and_loses_and_doubles_nothing(
    evaluation: ServiceUnderTest,
) -> None:
    with on(DAY, "09:00"):
        await readers_of_a_late_plan(evaluation, 3)
    nobody = a_closed_port()
    for minute in range(60):
        with on(DAY, f"10:{minute:02}"):
            if minute % 10 == 0:
                await come_by(evaluation)
            assert await post_letters(evaluation, nobody) == 0
            if minute == 15:  # reported while the letters that ask for it wait
                await report_value(evaluation, obligation_id(indicator_id(2), "2026"), value="20")
            if minute == 25:  # a person comes, and a plan that falls late within the hour
                await open_account(evaluation, COORDINATOR, {"address": "3@obrnice.test"})
                await subscribe(evaluation, COORDINATOR, unit_id=OBRNICE)
                late = an_indicator(1, OTHER_PLAN, name="Dluhová poradna")
                await evaluation.hear(a_plan_approved(plan_id=OTHER_PLAN, indicators=[late]))
    mailbox = Mailbox(dies_after=2)
    async with a_mail_server(mailbox) as port:
        for minute in range(20):
            with on(DAY, f"11:{minute:02}"):
                await post_letters(evaluation, port)
                if minute == 0:
                    assert len(mailbox.letters) == 2, "the server died over the third"
                    mailbox.dies_after = None
                if minute % 10 == 0:
                    await come_by(evaluation)
    ids = Counter(str(letter["Message-ID"]) for letter in mailbox.letters)
    assert set(ids.values()) == {1}
    to = Counter(str(letter["To"]) for letter in mailbox.letters)
    assert to == {**{f"{number}@obrnice.test": 1 for number in range(3)}, "3@obrnice.test": 1}
    first = [mailbox.plain(index) for index, letter in enumerate(mailbox.letters) if letter["To"][0] != "3"]
    assert all("1.1" in text and "1.2" in text for text in first), "written before the value came"
    (newcomer,) = (
        mailbox.plain(index) for index, letter in enumerate(mailbox.letters) if letter["To"][0] == "3"
    )
    assert "Dluhová poradna" in newcomer


async def test_a_letter_goes_twice_under_one_id_only_where_the_server_took_it_and_never_said_so(
    evaluation: ServiceUnderTest,
) -> None:
    with on(DAY, "09:00"):
        await readers_of_a_late_plan(evaluation, 2)
    with on(DAY, "10:00"):
        await come_by(evaluation)
    mailbox = Mailbox(mute_after=0)
    async with a_mail_server(mailbox) as port:
        for minute in range(10):
            with on(DAY, f"10:{minute + 1:02}"):
                await post_letters(evaluation, port)
            mailbox.mute_after = None
    ids = Counter(str(letter["Message-ID"]) for letter in mailbox.letters)
    assert sorted(ids.values()) == [1, 2]
    twice = [letter for letter in mailbox.letters if ids[str(letter["Message-ID"])] == 2]
    assert twice[0].as_bytes() == twice[1].as_bytes(), "programs of mail show one of them"
    assert {letter["Date"].datetime.date() for letter in mailbox.letters} == {date(2027, 4, 1)}

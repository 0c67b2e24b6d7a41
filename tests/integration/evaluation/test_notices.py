"""Letters about more than values: approvals, owners, recommendations, readings; and rights that grow old."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest
from sqlalchemy import text

from evaluation.reminders.digest_repository import LOGIN_ASKED_EVERY
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel, ApprovalOverdue, OwnerLapsed, OwnerTrouble
from tests.support.clock import on
from tests.support.evaluation import COORDINATOR, PLAN, a_plan_approved, a_plan_closed, a_unit_registered
from tests.support.evaluations import (
    DIRECTOR,
    REVIEWER,
    a_begun_evaluation,
    a_description_agreed,
    a_proposal,
    a_written_report,
    an_answer,
    taken,
)
from tests.support.mail import (
    Mailbox,
    a_mail_account,
    a_mail_server,
    open_account,
    post_letters,
    subscribe,
    tick,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, TRMICE, an_actor

MEASURE = uuid5(PLAN, "measure 1")
OFFICER = an_actor(Role.PARTNER, units=[OBRNICE], sub="subscriber")
NEIGHBOUR = an_actor(Role.COORDINATOR, units=[TRMICE], sub="karel.soused")
LATE_ON = date(2027, 3, 1)


def an_overdue_approval(**changes: object) -> ApprovalOverdue:
    overdue = ApprovalOverdue(
        version=3,
        round_id=uuid5(PLAN, "round"),
        plan_id=PLAN,
        revision=2,
        unit_ids=(OBRNICE,),
        level=ApprovalLevel.COUNCIL,
        label="Zastupitelstvo obce",
        due_on=LATE_ON,
        escalated_to=Role.MAYOR,
    )
    return replace(overdue, **changes)  # type: ignore[arg-type]


def a_lapsed_owner(**changes: object) -> OwnerLapsed:
    lapsed = OwnerLapsed(
        version=2,
        measure_id=MEASURE,
        plan_id=PLAN,
        revision=1,
        unit_ids=(OBRNICE,),
        number="1.1.1",
        owner="Charita Most",
        trouble=OwnerTrouble.LAPSED,
        said_on=date(2026, 1, 1),
    )
    return replace(lapsed, **changes)  # type: ignore[arg-type]


async def letters(evaluation: ServiceUnderTest) -> dict[str, str]:
    async with evaluation.transaction() as tx:
        found = await tx.session.execute(
            text("SELECT person_id, plain FROM mail_message WHERE kind = 'digest'")
        )
        told = {row.person_id: row.plain.replace("\N{NO-BREAK SPACE}", " ") for row in found}
        await tx.session.execute(text("DELETE FROM mail_message"))
    return told


async def readers(evaluation: ServiceUnderTest, *people: Actor) -> None:
    for number, person in enumerate(people):
        await open_account(evaluation, person, {"address": f"{number}@obec.test"})


async def test_overdue_approvals_and_lost_owners_reach_who_answers_and_who_follows_once(
    evaluation: ServiceUnderTest,
) -> None:
    await readers(evaluation, COORDINATOR, OFFICER, NEIGHBOUR)
    await subscribe(evaluation, OFFICER, unit_id=OBRNICE)
    await evaluation.hear(a_plan_approved(), a_unit_registered())
    with on("2027-03-02"):
        await evaluation.hear(an_overdue_approval(), a_lapsed_owner())
        await evaluation.hear(an_overdue_approval(), a_lapsed_owner())
    await tick(evaluation, date(2027, 3, 3))
    told = await letters(evaluation)
    assert told.keys() == {COORDINATOR.id, OFFICER.id}, "subscribed, or answering for the unit; no neighbour"
    assert "krok schvalování „Zastupitelstvo obce“ nebyl rozhodnut do 1. 3. 2027" in told[COORDINATOR.id]
    assert "za opatřením 1.1.1 nikdo nestojí (v plánu je Charita Most)" in told[OFFICER.id]
    assert f"https://pospolu.test/plans/{PLAN}/approval" in told[COORDINATOR.id]
    await tick(evaluation, date(2027, 3, 4))
    assert await letters(evaluation) == {}


@pytest.mark.parametrize("event", [a_plan_approved(revision=2), a_plan_closed(closed_on=LATE_ON)])
async def test_what_was_settled_meanwhile_is_in_no_letter(
    evaluation: ServiceUnderTest, event: object
) -> None:
    await readers(evaluation, COORDINATOR)
    await evaluation.hear(a_plan_approved(indicators=[]))
    with on("2027-03-02"):
        await evaluation.hear(an_overdue_approval())
    await evaluation.hear(event)  # type: ignore[arg-type]
    await tick(evaluation, date(2027, 3, 3))
    assert await letters(evaluation) == {}


async def test_history_that_is_heard_anew_is_not_told_again(evaluation: ServiceUnderTest) -> None:
    await readers(evaluation, COORDINATOR)
    with on("2027-06-02"):
        await evaluation.hear(an_overdue_approval())
    await tick(evaluation, date(2027, 6, 3))
    assert await letters(evaluation) == {}


async def issued(evaluation: ServiceUnderTest) -> UUID:
    """Let an evaluation of the plan recommend something on 1 March 2027, to be answered by 31 March."""
    with on("2027-03-01"):
        await a_begun_evaluation(evaluation)
        await a_written_report(evaluation, a_proposal(response_due_on="2027-03-31"))
        await taken(evaluation, "draft")
        await taken(evaluation, "review", {"note": ""}, actor=REVIEWER)
        await taken(evaluation, "completion", actor=DIRECTOR)
    async with evaluation.transaction() as tx:
        found = await tx.session.scalar(text("SELECT recommendation_id FROM recommendation"))
    assert isinstance(found, UUID)
    return found


async def test_a_recommendation_is_told_when_it_is_out_and_when_nobody_answered(
    evaluation: ServiceUnderTest,
) -> None:
    await readers(evaluation, OFFICER)
    recommendation_id = await issued(evaluation)
    await subscribe(evaluation, OFFICER, owner="Obec Obrnice")  # the addressee
    await tick(evaluation, date(2027, 3, 2))
    (told,) = (await letters(evaluation)).values()
    assert "doporučení D1 „Doplnit zabydlování o dluhové poradenství.“ čeká na odpověď do 31. 3. 2027" in told
    assert f"https://pospolu.test/recommendations/{recommendation_id}" in told
    await tick(evaluation, date(2027, 3, 30))
    assert await letters(evaluation) == {}
    await tick(evaluation, date(2027, 4, 1))
    (told,) = (await letters(evaluation)).values()
    assert "zůstalo bez odpovědi, termín byl 31. 3. 2027" in told


async def test_an_answered_recommendation_is_told_no_more(evaluation: ServiceUnderTest) -> None:
    await readers(evaluation, OFFICER)
    recommendation_id = await issued(evaluation)
    await subscribe(evaluation, OFFICER, owner="Obec Obrnice")
    await evaluation.hear(an_answer(recommendation_id))
    await tick(evaluation, date(2027, 3, 2))
    await tick(evaluation, date(2027, 4, 1))
    assert await letters(evaluation) == {}


async def test_a_reading_of_quality_is_due_a_year_after_the_last(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_unit_registered(), a_description_agreed())  # from 1 January 2026
    await readers(evaluation, OFFICER)
    await subscribe(evaluation, OFFICER, unit_id=OBRNICE)
    await tick(evaluation, date(2026, 11, 30))
    assert await letters(evaluation) == {}
    await tick(evaluation, date(2026, 12, 3))
    (told,) = (await letters(evaluation)).values()
    assert "Obrnice: hodnocení kritérií kvality, termín 1. 1. 2027" in told


async def test_without_a_login_for_ninety_days_a_letter_says_that_something_waits_and_not_what(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await readers(evaluation, COORDINATOR)
    await subscribe(evaluation, COORDINATOR, plan_id=PLAN)
    login = date(2027, 1, 1)
    await tick(evaluation, date(2027, 3, 18), logged_in=login)  # 2026 is due on 31 March
    (told,) = (await letters(evaluation)).values()
    assert "přihlášení 1. 1. 2027" in told
    assert "po 1. 4. 2027" in told
    overdue = date(2027, 4, 6)
    await tick(evaluation, overdue, logged_in=login)
    assert await letters(evaluation) == {}, "asked at the earliest a month after the last letter"
    later = date(2027, 3, 18) + LOGIN_ASKED_EVERY
    await tick(evaluation, later, logged_in=login)
    (told,) = (await letters(evaluation)).values()
    assert "Přihlaste se, prosím" in told
    assert "domácností" not in told
    await tick(evaluation, later, hour=13, logged_in=login)
    assert await letters(evaluation) == {}
    await tick(evaluation, later, hour=14, logged_in=later)
    (told,) = (await letters(evaluation)).values()
    assert "Počet domácností" in told, "nothing was lost"


async def test_a_login_renews_what_letters_and_calendars_may_show_and_takes_away_what_is_gone(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    await open_account(evaluation, COORDINATOR)
    async with evaluation.client(COORDINATOR) as client:
        path = (await client.post("/feeds", json={})).json()["path"]
        assert (await client.post("/reading-rights/renewal")).json()["calendars"] == 1
    async with evaluation.transaction() as tx:
        for table in ("mail_account", "private_feed"):
            await tx.session.execute(text(f"UPDATE {table} SET rights_at = now() - interval '91 days'"))  # noqa: S608
    async with evaluation.client() as client:
        shown = (await client.get(path)).text
    assert ("přihlaste se" in shown, "domácností" in shown) == (True, False)
    async with evaluation.client(COORDINATOR) as client:
        renewed = (await client.post("/reading-rights/renewal")).json()
    assert (renewed["has_account"], renewed["calendars"]) == (True, 1)
    async with evaluation.client() as client:
        shown = (await client.get(path)).text
    assert ("přihlaste se" in shown, "domácností" in shown) == (False, True)
    async with evaluation.client(replace(COORDINATOR, units=frozenset({TRMICE}))) as client:
        assert (await client.post("/reading-rights/renewal")).status_code == 200
    async with evaluation.client() as client:
        assert "domácností" not in (await client.get(path)).text, "the unit is hers no more"
    async with evaluation.client(OFFICER) as client:
        nothing = (await client.post("/reading-rights/renewal")).json()
    assert (nothing["has_account"], nothing["calendars"]) == (False, 0)


@pytest.mark.parametrize("change", ["address", "unit"])
async def test_a_changed_account_loses_no_reminder_and_tells_nothing_that_was_taken_away(
    evaluation: ServiceUnderTest, change: str
) -> None:
    await evaluation.hear(a_plan_approved())
    await readers(evaluation, COORDINATOR)
    await subscribe(evaluation, COORDINATOR, plan_id=PLAN)
    await tick(evaluation, LATE_ON.replace(month=4))
    whose = replace(COORDINATOR, units=frozenset({TRMICE})) if change == "unit" else COORDINATOR
    moved = a_mail_account(address="jana@jinde.test" if change == "address" else "0@obec.test")
    async with evaluation.client(whose) as client:
        match = {"If-Match": (await client.get("/mail-accounts/mine")).headers["etag"]}
        assert (await client.put("/mail-accounts/mine", json=moved, headers=match)).status_code == 200
    assert await letters(evaluation) == {}
    async with evaluation.transaction() as tx:
        await tx.session.execute(text("UPDATE mail_account SET verified_at = now(), code_digest = NULL"))
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.post("/reading-rights/renewal")).status_code == 200
    await tick(evaluation, LATE_ON.replace(month=4))
    (told,) = (await letters(evaluation)).values()
    assert "Počet domácností" in told


@pytest.mark.parametrize("loses", ["unit", "login"])
async def test_a_letter_that_waits_for_the_server_tells_nothing_that_was_taken_away_meanwhile(
    evaluation: ServiceUnderTest, loses: str
) -> None:
    await evaluation.hear(a_plan_approved())
    await readers(evaluation, COORDINATOR)
    await subscribe(evaluation, COORDINATOR, plan_id=PLAN)
    await tick(evaluation, LATE_ON.replace(month=4))
    async with evaluation.client(replace(COORDINATOR, units=frozenset({TRMICE}))) as client:
        if loses == "unit":
            assert (await client.post("/reading-rights/renewal")).status_code == 200
    async with evaluation.transaction() as tx:
        age = "91 days" if loses == "login" else "0 days"
        await tx.session.execute(text(f"UPDATE mail_account SET rights_at = now() - interval '{age}'"))  # noqa: S608
    mailbox = Mailbox()
    async with a_mail_server(mailbox) as port:
        assert await post_letters(evaluation, port) == 0
    assert mailbox.letters == []
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.post("/reading-rights/renewal")).status_code == 200
    await tick(evaluation, LATE_ON.replace(month=4))
    (told,) = (await letters(evaluation)).values()
    assert "Počet domácností" in told, "told once the right is there again"

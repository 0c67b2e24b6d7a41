"""Who is told what, when, and in one letter."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import text

from evaluation.monitoring.calendar import obligation_id
from shared.contracts.base import Role
from shared.contracts.evaluation import ObligationEscalated, ObligationOverdue
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    an_indicator,
    indicator_id,
    report_value,
)
from tests.support.mail import open_account, subscribe, tick
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, PARTNER, TRMICE, an_actor

DUE = date(2027, 3, 31)
"""A Wednesday, when the value of 2026 is due."""
OVERDUE = date(2027, 4, 1)
ESCALATED = date(2027, 4, 15)
"""Ten working days after 1 April 2027."""


async def letters(evaluation: ServiceUnderTest) -> list[tuple[str, str]]:
    async with evaluation.transaction() as tx:
        found = await tx.session.execute(
            text(
                "SELECT person_id, plain FROM mail_message WHERE kind = 'digest' "
                "ORDER BY message_id, person_id"
            )
        )
        return [(row.person_id, row.plain) for row in found]


async def readers(evaluation: ServiceUnderTest) -> list[str]:
    return sorted(person for person, _ in await letters(evaluation))


async def test_whoever_subscribes_to_the_unit_the_plan_or_the_office_is_told_at_each_stage_once(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_plan_approved())
    subjects: dict[str, object] = {"plan_id": PLAN, "unit_id": OBRNICE, "owner": "Odbor sociálních věcí"}
    for number, (name, value) in enumerate(subjects.items()):
        person = an_actor(Role.PARTNER, units=[OBRNICE], sub=f"person-{number}")
        await open_account(evaluation, person, {"address": f"{number}@obrnice.test"})
        await subscribe(evaluation, person, **{name: value})
    for day, times in ((date(2027, 3, 16), 0), (date(2027, 3, 17), 1), (date(2027, 3, 30), 1), (DUE, 2)):
        await tick(evaluation, day)
        await tick(evaluation, day)
        assert await readers(evaluation) == sorted([f"person-{n}" for n in range(3)] * times)
    await asyncio.gather(*(tick(evaluation, OVERDUE) for _ in range(3)))
    assert await readers(evaluation) == sorted([f"person-{n}" for n in range(3)] * 3)
    assert "Termín je dnes" in (await letters(evaluation))[3][1]
    assert "Po termínu" in (await letters(evaluation))[-1][1]


async def test_a_late_value_is_escalated_once_to_those_who_answer_for_the_plan(
    evaluation: ServiceUnderTest,
) -> None:
    consultant = an_actor(Role.CONSULTANT, units=[OBRNICE], sub="consultant-of-obrnice")
    for actor in (COORDINATOR, PARTNER, NEIGHBOUR, CONSULTANT, consultant):
        await open_account(evaluation, actor)
    await evaluation.hear(a_plan_approved())
    await subscribe(evaluation, PARTNER, plan_id=PLAN)
    await tick(evaluation, OVERDUE)
    assert await readers(evaluation) == [PARTNER.id]
    await tick(evaluation, date(2027, 4, 14))
    assert await evaluation.told(ObligationEscalated) == []
    await asyncio.gather(*(tick(evaluation, ESCALATED) for _ in range(3)))
    (told,) = await evaluation.told(ObligationEscalated)
    (late,) = await evaluation.told(ObligationOverdue)
    assert (told.obligation_id, told.due_on, told.version) == (late.obligation_id, DUE, late.version + 1)
    assert await readers(evaluation) == sorted([PARTNER.id, COORDINATOR.id, consultant.id])
    await tick(evaluation, date(2027, 5, 3))
    assert len(await evaluation.told(ObligationEscalated)) == 1


async def test_what_was_reported_or_stopped_meanwhile_is_not_escalated_nor_written(
    evaluation: ServiceUnderTest,
) -> None:
    await open_account(evaluation, COORDINATOR, {"delivery": "weekly"})
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(1), an_indicator(2)]))
    await subscribe(evaluation, COORDINATOR, unit_id=OBRNICE)
    await tick(evaluation, OVERDUE, hour=1)  # at night it is noted, not written
    assert await letters(evaluation) == []
    await report_value(evaluation, obligation_id(indicator_id(1), "2026"), value="20")
    await tick(evaluation, OVERDUE)
    ((_, written),) = await letters(evaluation)
    assert ("1.2 " in written, "1.1 " in written) == (True, False)
    await evaluation.hear(a_plan_approved(revision=2, indicators=[]))
    await tick(evaluation, ESCALATED)
    assert await evaluation.told(ObligationEscalated) == []
    async with evaluation.transaction() as tx:
        assert (await tx.session.execute(text("SELECT count(*) FROM planned_escalation"))).scalar_one() == 0


@pytest.mark.parametrize(
    ("delivery", "quiet", "days"),
    [
        ("at-once", "no", [24, 25, 26, 27, 29, 30]),
        ("at-once", "yes", [24, 25, 30]),
        ("daily", "yes", [24, 25, 30]),
        ("weekly", "yes", [24, 30]),
        ("weekly", "no", [24, 29]),
        ("none", "no", []),
    ],
)
async def test_letters_come_as_often_as_the_person_wants_and_never_on_quiet_days(
    evaluation: ServiceUnderTest, delivery: str, quiet: str, days: list[int]
) -> None:
    """In March 2027 the 26th is Good Friday, the 29th Easter Monday; a value is due on each day."""
    week = [24, 25, 26, 27, 29, 30]
    await evaluation.hear(a_plan_approved(indicators=[an_indicator(day) for day in week]))
    await open_account(evaluation, COORDINATOR, {"delivery": delivery, "quiet_days": quiet == "yes"})
    await subscribe(evaluation, COORDINATOR, unit_id=OBRNICE)
    async with evaluation.transaction() as tx:
        for day in week:
            await tx.session.execute(
                text("UPDATE obligation SET due_on = :due WHERE period = '2026' AND indicator_id = :id"),
                {"due": date(2027, 3, day), "id": indicator_id(day)},
            )
    came = []
    for day in week:
        before = len(await letters(evaluation))
        await tick(evaluation, date(2027, 3, day))
        await tick(evaluation, date(2027, 3, day))
        came += [day] * (len(await letters(evaluation)) - before)
    assert came == days


async def test_rights_that_a_person_lost_stop_the_letters(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())
    await open_account(evaluation, COORDINATOR)
    await subscribe(evaluation, COORDINATOR, plan_id=PLAN)
    moved = an_actor(Role.COORDINATOR, units=[TRMICE], sub=COORDINATOR.id)
    async with evaluation.client(moved) as client:
        known = await client.get("/mail-accounts/mine")
        body = {name: known.json()[name] for name in ("address", "language", "delivery", "quiet_days")}
        kept = await client.put("/mail-accounts/mine", json=body, headers={"If-Match": known.headers["etag"]})
        assert kept.status_code == 200
    await tick(evaluation, OVERDUE)
    assert await letters(evaluation) == []


async def test_an_english_letter_tells_of_evaluations_too(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_plan_approved())  # the entry evaluation is due on 1 April 2026
    await open_account(evaluation, COORDINATOR, {"language": "en"})
    await subscribe(evaluation, COORDINATOR, plan_id=PLAN)
    await tick(evaluation, date(2026, 3, 1))
    assert await letters(evaluation) == []
    await tick(evaluation, date(2026, 3, 2))
    await tick(evaluation, date(2026, 3, 3))
    ((_, written),) = await letters(evaluation)
    assert "Evaluations that should begin" in written
    assert "entry evaluation of a plan, due 1 April 2026" in written
    assert "https://pospolu.test/evaluations/" in written

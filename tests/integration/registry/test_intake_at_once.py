"""Submissions beside decisions on their call: cancelled, prolonged, handed over to the commission."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from registry.applications.tables import ApplicationRow
from registry.calls import decisions
from registry.calls import repository as calls
from registry.calls.outage_use_cases import give_sign_of_life
from tests.support.applications import CALL, TODAY, a_call, announced, drafted, with_municipalities
from tests.support.commission import (
    FIRST_RECEIPT,
    SECRETARY,
    a_bench,
    a_commission,
    checked_application,
    the_call,
)
from tests.support.interleaving import somebody_waits
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, ANALYST, OBRNICE, TRMICE


@pytest.fixture
async def filing(registry: ServiceUnderTest) -> ServiceUnderTest:
    await with_municipalities(registry)
    return registry


async def test_a_submission_beside_the_cancellation_of_its_call_waits_and_is_refused(
    filing: ServiceUnderTest,
) -> None:
    call = await announced(filing)
    filed = await drafted(filing)
    async with filing.transaction() as tx:
        held = await calls.load(tx.session, call.id, lock=True)
        assert held is not None
        cancelled = decisions.cancel(held, on=TODAY, reason_cs="Nejsou peníze", reason_en="No money")
        await calls.save(tx.session, cancelled)
        submission = asyncio.create_task(filed.post("submission"))
        await somebody_waits(filing)
    answer = await submission
    assert (answer.status_code, code_of(answer)) == (409, "received-outside-the-intake")


async def test_nothing_is_written_down_once_the_applications_of_the_call_are_assessed(
    filing: ServiceUnderTest,
) -> None:
    bench = await a_bench(filing)
    late = await drafted(filing, ADMINISTRATOR)
    receipt = {"received_at": (FIRST_RECEIPT + timedelta(hours=2)).isoformat()}
    answer = await late.post("submission", ADMINISTRATOR, **receipt)
    assert (answer.status_code, code_of(answer)) == (409, "call-is-assessed")
    assert answer.json()["assessment_id"] == str(bench.id)


async def test_an_application_completed_while_the_assessment_is_being_opened_is_not_left_behind(
    filing: ServiceUnderTest,
) -> None:
    await announced(filing, the_call())
    commission_id = await a_commission(filing, 3)
    await checked_application(filing, OBRNICE, FIRST_RECEIPT)
    other = await drafted(filing, ADMINISTRATOR, unit=TRMICE)
    await other.moved("submission", ADMINISTRATOR, received_at=FIRST_RECEIPT.isoformat())
    await other.moved("return", ANALYST)
    async with filing.transaction() as tx, filing.client(SECRETARY) as client:
        back = update(ApplicationRow).where(ApplicationRow.id == other.id).values(status="submitted")
        await tx.session.execute(back)
        body = {"call_id": str(CALL), "commission_id": str(commission_id)}
        opening = asyncio.create_task(client.post("/assessments", json=body))
        await somebody_waits(filing)
        await tx.session.commit()
        answer = await opening
    assert (answer.status_code, code_of(answer)) == (409, "applications-await-formal-check")


async def test_who_comes_first_after_an_outage_finds_the_intake_prolonged(filing: ServiceUnderTest) -> None:
    await announced(filing)
    filed = await drafted(filing)
    now = datetime.now(UTC)
    async with filing.transaction() as tx:
        tx.now = now - timedelta(hours=2)
        await give_sign_of_life(tx)
        ended = text("UPDATE call SET closes_at = :at WHERE id = :id")
        await tx.session.execute(ended, {"at": now - timedelta(hours=1), "id": CALL})
    answer = await filed.post("submission")
    assert answer.status_code == 200, answer.text


async def test_an_instant_that_no_calendar_holds_is_refused(filing: ServiceUnderTest) -> None:
    await announced(filing, a_call())
    filed = await drafted(filing, ADMINISTRATOR)
    answer = await filed.post("submission", ADMINISTRATOR, received_at="9999-12-31T23:59:59-14:00")
    assert answer.status_code == 422, answer.text

"""The clock over a million obligations: what falls due today, beside the bare writes of the same rows."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg
from sqlalchemy import text

from evaluation.app import SERVICE
from evaluation.reminders.use_cases import ANNOUNCED_BEFORE, announce_obligations
from shared.transaction import Transaction
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service
from tests.support.tokens import OBRNICE

PLANS, INDICATORS, MONTHS = 200, 60, 84
FIRST = date(2020, 1, 1)
DUE = date(2026, 7, 20)
"""When all values of one month are due: 12,000 in one day."""
ROUNDS = 5
PLAN = (
    *("plan_id", "revision", "kind", "title", "unit_ids", "valid_from", "valid_until", "digest"),
    *("set_up_at", "version"),
)
INDICATOR = (
    *("plan_id", "indicator_id", "measures", "number", "name", "unit", "direction", "periodicity", "owner"),
    *("baseline", "baseline_on", "target", "target_on"),
)
OBLIGATION = (
    *("obligation_id", "plan_id", "indicator_id", "period", "starts_on", "ends_on", "due_on", "owner"),
    *("status", "value", "measured_on", "reported_by", "overdue_announced_at", "version"),
)


def bench() -> None:
    heading(f"The clock over {PLANS * INDICATORS * MONTHS:,} obligations, {PLANS} people told (ms)")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats = start_nats(folder / "nats")
        stack.callback(nats.stop)
        asyncio.run(_bench(postgres, nats))


async def _bench(postgres: PostgresServer, nats: NatsServer) -> None:
    async with a_service(SERVICE, postgres, nats) as service:
        await fill(service)
        table("", "median", "slowest", "obligations")
        today = DUE - ANNOUNCED_BEFORE
        await _measure("falls due within two weeks", service, today, announce_obligations)
        await _measure("floor: the bare writes of these rows", service, today, bare_writes)
        async with service.transaction() as tx:
            await _on(tx, today, announce_obligations)
        await _measure("nothing is new (due already told)", service, today, announce_obligations)
        await _measure("due today, for each person", service, DUE, announce_obligations)
        await _measure("overdue since yesterday", service, DUE + timedelta(days=1), announce_obligations)


async def _measure(
    name: str, service: ServiceUnderTest, day: date, work: Callable[[Transaction], Awaitable[None]]
) -> None:
    """Time the work with its events, rolled back each time, so that each round finds the same rows.

    What a rollback leaves behind is cleared first, as autovacuum does between ticks ten minutes apart.
    """
    taken, told = [], 0
    cleaner = await asyncpg.connect(service.resources.settings.database_url)
    for _ in range(ROUNDS):
        await cleaner.execute("VACUUM obligation, outbox, planned_escalation, reminder_item")
        async with service.transaction() as tx:
            began = time.perf_counter()
            await _on(tx, day, work)
            taken.append(time.perf_counter() - began)
            told = await tx.session.scalar(text("SELECT count(*) FROM outbox")) or 0
            await tx.session.rollback()
    await cleaner.close()
    ordered = sorted(taken)
    row(name, f"{ordered[ROUNDS // 2] * 1000:.0f}", f"{ordered[-1] * 1000:.0f}", f"{told:,}")


async def _on(tx: Transaction, day: date, work: Callable[[Transaction], Awaitable[None]]) -> None:
    tx.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    await work(tx)


async def bare_writes(tx: Transaction) -> None:
    """Update the same rows by their ids and copy as many rows into the outbox, with nothing decided."""
    await tx.session.execute(
        text(
            "UPDATE obligation SET due_announced_at = :now, version = version + 1 WHERE obligation_id = "
            "ANY(ARRAY(SELECT obligation_id FROM obligation WHERE due_on = :due AND status = 'open'))"
        ),
        {"now": tx.now, "due": DUE},
    )
    await tx.session.execute(
        text(
            "INSERT INTO outbox (event_id, aggregate_id, subject, body, recorded_at) SELECT "
            "gen_random_uuid(), obligation_id, 'evaluation.obligation.due.v1', repeat('x', 700), :now "
            "FROM obligation WHERE due_on = :due AND status = 'open'"
        ),
        {"now": tx.now, "due": DUE},
    )


async def fill(service: ServiceUnderTest) -> None:
    """Copy plans, indicators and obligations in; one in twenty of the past was never reported."""
    connection = await asyncpg.connect(service.resources.settings.database_url)
    plans = [uuid5(OBRNICE, f"plan {number}") for number in range(PLANS)]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    await connection.copy_records_to_table(
        "monitored_plan",
        records=(
            (plan, 1, "PSZ", f"Plán {n}", [unit(n)], FIRST, date(2026, 12, 31), "0" * 64, now, 1)
            for n, plan in enumerate(plans)
        ),
        columns=PLAN,
    )
    await connection.copy_records_to_table(
        "monitored_indicator",
        records=(_indicator(plan, number) for plan in plans for number in range(INDICATORS)),
        columns=INDICATOR,
    )
    await connection.copy_records_to_table(
        "obligation",
        records=(each for plan in plans for each in _obligations(plan, now)),
        columns=OBLIGATION,
    )
    for number in range(PLANS):
        await connection.execute(
            "INSERT INTO mail_account VALUES ($1, $2, 'cs', 'daily', true, '{coordinator}', $3, false, $4, "
            "NULL, $4, 0, NULL, 1, $4)",
            *(f"person-{number}", f"{number}@obec.test", [unit(number)], now),
        )
        await connection.execute(
            "INSERT INTO reminder_subscription VALUES (gen_random_uuid(), $1, $2, NULL, NULL, $3)",
            *(f"person-{number}", unit(number), now),
        )
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def unit(number: int) -> UUID:
    return uuid5(OBRNICE, f"unit {number}")


def _indicator(plan: UUID, number: int) -> tuple[object, ...]:
    indicator = uuid5(plan, str(number))
    first, last = Decimal(0), Decimal(100)
    names = (f"1.{number}", "Počet domácností v nájmu", "domácnost", "increase", "monthly", "Odbor")
    return (plan, indicator, plan, *names, first, FIRST, last, date(2026, 12, 31))


def _obligations(plan: UUID, now: datetime) -> Iterator[tuple[object, ...]]:
    for number in range(INDICATORS):
        indicator = uuid5(plan, str(number))
        for month in range(MONTHS):
            starts_on = date(FIRST.year + month // 12, month % 12 + 1, 1)
            ends_on = (starts_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            due_on = ends_on + timedelta(days=20)
            is_late = (number + month) % 20 == 0
            reported = ("approved", Decimal(7), ends_on, "person", None)
            awaited = ("open", None, None, None, now if due_on < DUE else None)
            state = awaited if is_late or due_on >= DUE else reported
            yield (
                *(uuid5(indicator, str(month)), plan, indicator, f"{starts_on:%Y-%m}", starts_on, ends_on),
                *(due_on, f"Odbor {number}", *state, 1),
            )

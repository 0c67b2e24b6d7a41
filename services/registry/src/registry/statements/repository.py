"""SQL of statements: a request under lock, its number, whom the clock alarms."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.statements.domain import (
    RULES,
    Issue,
    Rule,
    Statement,
    Status,
    number_of,
)
from registry.statements.tables import StatementRow, StatementRuleRow
from registry.units.tables import UnitRow
from shared.auth import Actor
from shared.canonical import plain
from shared.contracts.intake import StatementDueSoon, StatementKind
from shared.stored import from_json, from_row
from shared.transaction import Transaction

MOST_AT_ONCE = 1_000
"""The rest waits for the next tick of the clock."""
_LATE = date.max
"""What stands comes after what runs, in lists by the last day."""


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.is_agency else StatementRow.unit_ids.overlap(list(actor.units))


async def load(tx: Transaction, statement_id: UUID, *, lock: bool = False) -> Statement | None:
    """Return a statement that the actor may know of; `lock` lets whoever decides next wait."""
    found = select(StatementRow).where(StatementRow.id == statement_id, _visible_to(tx.actor))
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    row = await tx.session.scalar(found)
    return _statement(row) if row else None


def from_journal(state: str) -> Statement:
    return from_json(Statement, state)


async def known_units(session: AsyncSession, unit_ids: Collection[UUID]) -> frozenset[UUID]:
    return frozenset(await session.scalars(select(UnitRow.id).where(UnitRow.id.in_(unit_ids))))


async def rule_of(session: AsyncSession, kind: StatementKind) -> Rule:
    """Return what holds for the kind: as it was set, else as it is written in the code."""
    row = await session.get(StatementRuleRow, kind.value)
    if row is None:
        return RULES[kind]
    return Rule(
        working_days=row.working_days,
        alarm_days=row.alarm_days,
        index_years=tuple(row.index_years),
        index_threshold=row.index_threshold,
        version=row.version,
    )


async def save_rule(session: AsyncSession, kind: StatementKind, rule: Rule) -> bool:
    """Set what holds for the kind; return whether nobody set it meanwhile."""
    values = {
        "kind": kind.value,
        "working_days": rule.working_days,
        "alarm_days": rule.alarm_days,
        "index_years": list(rule.index_years),
        "index_threshold": rule.index_threshold,
        "version": rule.version,
    }
    statement = insert(StatementRuleRow).values(values)
    newer = statement.on_conflict_do_update(
        index_elements=["kind"], set_=values, where=StatementRuleRow.version == rule.version - 1
    )
    return await session.scalar(newer.returning(StatementRuleRow.version)) is not None


async def add(tx: Transaction, statement: Statement) -> bool:
    """Insert a request; return whether no other came with the same message."""
    values = {
        "id": statement.id,
        "kind": statement.kind.value,
        "applicant_name": statement.applicant.name,
        "applicant_ico": statement.applicant.ico,
        "applicant_data_box": statement.applicant.data_box,
        "unit_ids": list(statement.unit_ids),
        "project_title": statement.project_title,
        "call_code": statement.call_code,
        "requested_amount_czk": statement.requested_amount_czk,
        "selected_on": statement.selected_on,
        "received_on": statement.received_on,
        "message_id": statement.message_id,
        "replaces": statement.replaces,
        "working_days": statement.clock.working_days,
        "alarm_days": statement.alarm_days,
        "soon_told": False,
        "overdue_told": False,
        "registered_by": tx.actor.id,
        "registered_at": tx.now,
        **_state(statement),
    }
    inserted = insert(StatementRow).values(values).on_conflict_do_nothing(index_elements=["message_id"])
    return await tx.session.scalar(inserted.returning(StatementRow.id)) is not None


async def with_message(session: AsyncSession, message_id: str) -> tuple[UUID, date]:
    """Return the request that came with the message, and when; raises where there is none."""
    found = select(StatementRow.id, StatementRow.received_on).where(StatementRow.message_id == message_id)
    row = (await session.execute(found)).one()
    return row.id, row.received_on


async def successor_of(session: AsyncSession, statement_id: UUID) -> UUID | None:
    """Return the statement that replaces this one or is to do so."""
    gone = [Status.WITHDRAWN.value, Status.REFUSED.value]
    return await session.scalar(
        select(StatementRow.id).where(StatementRow.replaces == statement_id, StatementRow.status.not_in(gone))
    )


async def save(session: AsyncSession, statement: Statement, **more: object) -> None:
    """Write the new state; `more` are columns that the state does not have."""
    await session.execute(
        update(StatementRow).where(StatementRow.id == statement.id).values(**_state(statement), **more)
    )


async def quieten(session: AsyncSession, statement_id: UUID) -> None:
    """Let the alarms ring anew: the clock has another last day."""
    await session.execute(
        update(StatementRow)
        .where(StatementRow.id == statement_id)
        .values(soon_told=False, overdue_told=False)
    )


async def next_ordinal(session: AsyncSession, kind: StatementKind, year: int) -> int:
    """Return the next number of the kind in the year; others wait until this transaction has ended.

    Two statements: the second sees what those wrote for whose end the first had to wait.
    """
    lock = f"registry.statements.{kind.value}.{year}"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(lock, 0))))
    last = await session.scalar(
        select(func.max(StatementRow.ordinal)).where(
            StatementRow.kind == kind.value, StatementRow.year == year
        )
    )
    return (last or 0) + 1


async def take_alarms(session: AsyncSession, today: date, *, overdue: bool) -> Sequence[StatementDueSoon]:
    """Mark those whose clock runs out; two workers share the rows, none takes one twice."""
    told = StatementRow.overdue_told if overdue else StatementRow.soon_told
    reached = StatementRow.due_on < today if overdue else StatementRow.alarm_on <= today
    in_time = true() if overdue else StatementRow.due_on >= today
    picked = (
        select(StatementRow.id)
        .where(StatementRow.closed.is_(False), told.is_(False), reached, in_time)
        .order_by(StatementRow.ordered_on, StatementRow.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    marked = await session.execute(
        update(StatementRow)
        .where(StatementRow.id == picked.c.id)
        .values({told.key: True, "version": StatementRow.version + 1})
        .returning(StatementRow.id, StatementRow.version, StatementRow.unit_ids, StatementRow.due_on)
    )
    rows = sorted(marked, key=lambda row: (row.due_on, row.id))
    return [
        StatementDueSoon(
            version=row.version,
            statement_id=row.id,
            unit_ids=tuple(row.unit_ids),
            due_on=row.due_on,
            overdue=overdue,
        )
        for row in rows
    ]


def _state(statement: Statement) -> dict[str, object]:
    """Return the columns that decisions change."""
    draft, issue, due_on = statement.draft, statement.issue, statement.due_on
    return {
        "version": statement.version,
        "status": statement.status.value,
        "form": plain(statement.form),
        "pauses": plain(statement.clock.pauses),
        "due_on": due_on,
        "alarm_on": statement.alarm_on,
        "clock_on": statement.clock_on,
        "clock_left": statement.clock.days_left(statement.clock_on),
        "closed": not statement.is_open,
        "ordered_on": due_on or _LATE,
        "draft": plain(draft) if draft else None,
        "drafted_by": draft.drafted_by if draft else None,
        "issued_on": issue.issued_on if issue else None,
        "signed_by": issue.signed_by if issue else None,
        "signatory_function": issue.signatory_function if issue else None,
        "digest": issue.digest if issue else None,
    }


def _statement(row: StatementRow) -> Statement:
    kept = {column.key: getattr(row, column.key) for column in StatementRow.__table__.c}
    applicant = {"name": row.applicant_name, "ico": row.applicant_ico, "data_box": row.applicant_data_box}
    clock = {"started_on": row.received_on, "working_days": row.working_days, "pauses": row.pauses}
    return from_row(Statement, {**kept, "applicant": applicant, "clock": clock, "issue": _issue(row)})


def _issue(row: StatementRow) -> Issue | None:
    if row.issued_on is None or row.year is None or row.ordinal is None:
        return None
    return Issue(
        number=number_of(row.ordinal, row.year),
        issued_on=row.issued_on,
        signed_by=row.signed_by or "",
        signatory_function=row.signatory_function or "",
        digest=row.digest or "",
    )

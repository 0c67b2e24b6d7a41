"""SQL of assignments and capacity: who looks after a unit, one decision at a time."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from registry.caseload.capacity import Capacity
from registry.caseload.domain import Assignment
from registry.caseload.tables import AssignmentRow, CapacityRow
from registry.cooperation.phases import Status
from registry.cooperation.repository import holds_on
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.journal.domain import Subject
from registry.journal.tables import JournalRow
from registry.units.tables import UnitRow
from shared.reads import Query
from shared.stored import from_row
from shared.transaction import Transaction

_LOCK: Final = "registry.caseload"
_ASSIGNMENT: Final = AssignmentRow.__table__.c
_KEYS: Final = (_ASSIGNMENT.starts_on, _ASSIGNMENT.id)
_DAY: Final = bindparam("day", type_=Date)
LIVE: Final = (Status.ACTIVE.value, Status.SUSPENDED.value, Status.EXIT.value)
"""Phases in which a cooperation asks for work of a consultant and has something to hand over."""
TRANSFER: Final = "transfer"
"""What the journal calls the end of an assignment, or its change of hands, when a caseload is handed over."""

ONE: Final = Query(
    select(*_ASSIGNMENT).where(AssignmentRow.id == bindparam("id", type_=Uuid)), version="version"
)


def lasts_on(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether an assignment holds on the day."""
    ends = or_(AssignmentRow.ends_on.is_(None), AssignmentRow.ends_on >= day)
    return (AssignmentRow.starts_on <= day) & ends


def cooperates(unit_id: ColumnElement[UUID], day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether the unit has a live cooperation on the day."""
    return exists(
        select(PhaseRow.status)
        .join(CooperationRow, CooperationRow.id == PhaseRow.cooperation_id)
        .where(CooperationRow.unit_id == unit_id, PhaseRow.status.in_(LIVE), holds_on(day))
    )


@cache
def assignments(*, of_unit: bool, of_person: bool, of_duty: bool, as_of: bool) -> Query:
    """Return the list, the latest first, by the filters that were given."""
    found = select(*_ASSIGNMENT)
    if of_unit:
        found = found.where(AssignmentRow.unit_id == bindparam("unit_id"))
    if of_person:
        found = found.where(AssignmentRow.person == bindparam("person"))
    if of_duty:
        found = found.where(AssignmentRow.duty == bindparam("duty", type_=Text))
    if as_of:
        found = found.where(lasts_on(_DAY))
    return Query(found, keys=_KEYS, descending=True)


async def assigned(
    session: AsyncSession, unit_ids: Collection[UUID], day: date
) -> dict[UUID, frozenset[str]]:
    """Return the persons assigned on the day, for each unit asked for."""
    rows = await session.execute(
        select(AssignmentRow.unit_id, AssignmentRow.person).where(
            AssignmentRow.unit_id.in_(unit_ids), lasts_on(bindparam("day", day, type_=Date))
        )
    )
    found: dict[UUID, set[str]] = {unit_id: set() for unit_id in unit_ids}
    for unit_id, person in rows:
        found[unit_id].add(person)
    return {unit_id: frozenset(persons) for unit_id, persons in found.items()}


async def write_alone(session: AsyncSession) -> None:
    """Let nobody else change the caseload meanwhile: a decision on one person reads those of another."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def load(session: AsyncSession, assignment_id: UUID) -> Assignment | None:
    found = await _loaded(session, select(*_ASSIGNMENT).where(AssignmentRow.id == assignment_id))
    return found[0] if found else None


async def of_unit(session: AsyncSession, unit_id: UUID) -> list[Assignment]:
    return await _loaded(session, select(*_ASSIGNMENT).where(AssignmentRow.unit_id == unit_id))


async def of_person(session: AsyncSession, person: str) -> list[Assignment]:
    """Return all that a person ever had, in order."""
    found = select(*_ASSIGNMENT).where(AssignmentRow.person == person).order_by(*_KEYS)
    return await _loaded(session, found)


async def cooperating(session: AsyncSession, unit_ids: Collection[UUID], day: date) -> set[UUID]:
    """Return those of the units that have a live cooperation on the day."""
    on = bindparam("day", day, type_=Date)
    found = select(UnitRow.id).where(UnitRow.id.in_(unit_ids), cooperates(UnitRow.__table__.c.id, on))
    return set(await session.scalars(found))


async def capacities(session: AsyncSession, person: str) -> list[Capacity]:
    """Return what was decided on a person's capacity, in the order of deciding."""
    found = select(CapacityRow.starts_on, CapacityRow.units).where(CapacityRow.person == person)
    rows = await session.execute(found.order_by(CapacityRow.id))
    return [Capacity(starts_on=row.starts_on, units=row.units) for row in rows]


async def caseload_version(session: AsyncSession, person: str) -> int:
    """Return a number that grows with every change of a person's assignments or capacity; 0: no person."""
    return await session.scalar(select(version_of(bindparam("person", person, type_=Text)))) or 0


def version_of(person: ColumnElement[str]) -> ColumnElement[int]:
    """Return the number; what went to others before it began counts on, so that it never comes back."""
    changes = select(func.coalesce(func.sum(AssignmentRow.version), 0)).where(AssignmentRow.person == person)
    decided = select(func.count()).select_from(CapacityRow).where(CapacityRow.person == person)
    given = select(func.coalesce(func.sum(JournalRow.version), 0)).where(
        JournalRow.subject == Subject.ASSIGNMENT.value,
        JournalRow.action == TRANSFER,
        JournalRow.before["person"].astext == person,
        JournalRow.after["person"].astext != person,
    )
    return changes.scalar_subquery() + decided.scalar_subquery() + given.scalar_subquery()


async def add(session: AsyncSession, begun: Iterable[Assignment]) -> None:
    rows = [{**asdict(each), "duty": each.duty.value} for each in begun]
    if rows:
        await session.execute(insert(AssignmentRow), rows)


async def save(session: AsyncSession, changed: Iterable[Assignment]) -> None:
    """Store days, person and version, as many as there are."""
    table = AssignmentRow.__table__
    rows = [
        {
            "changed_id": each.id,
            "new_person": each.person,
            "new_name": each.person_name,
            "new_start": each.starts_on,
            "new_end": each.ends_on,
            "new_version": each.version,
        }
        for each in changed
    ]
    if rows:
        await session.execute(
            update(table)  # type: ignore[arg-type]
            .where(_ASSIGNMENT.id == bindparam("changed_id"))
            .values(
                person=bindparam("new_person"),
                person_name=bindparam("new_name"),
                starts_on=bindparam("new_start"),
                ends_on=bindparam("new_end"),
                version=bindparam("new_version"),
            ),
            rows,
        )


async def add_capacity(
    tx: Transaction, *, id_: UUID, person: str, person_name: str, capacity: Capacity, reason: str
) -> None:
    await tx.session.execute(
        insert(CapacityRow).values(
            id=id_,
            person=person,
            person_name=person_name,
            starts_on=capacity.starts_on,
            units=capacity.units,
            reason=reason,
            decided_by=tx.actor.id,
            decided_at=tx.now,
        )
    )


async def _loaded(session: AsyncSession, found: Select[*tuple[object, ...]]) -> list[Assignment]:
    return [from_row(Assignment, row._asdict()) for row in await session.execute(found)]

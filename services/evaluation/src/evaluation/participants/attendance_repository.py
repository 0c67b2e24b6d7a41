"""Every statement on attendance as the registry told it, and on the support that came of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Integer, and_, cast, delete, exists, func, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.participants.attending import Attended, Collecting, HeldActivities, Place
from evaluation.participants.domain import Participant
from evaluation.participants.repository import participant_of
from evaluation.participants.tables import (
    AttendanceRow,
    AttendedActivityRow,
    ParticipantRow,
    SupportEntryRow,
)
from evaluation.projects.conversion import SupportUnit
from evaluation.projects.tables import KeyActivityRow, ProjectRow
from shared.contracts.intake import ActivityRecorded, ExpertActivityKind
from shared.stored import from_row


async def save_newer(session: AsyncSession, events: Collection[ActivityRecorded]) -> list[UUID]:
    """Keep activities with their attendance, each told once; return those that are newer than was known."""
    rows = [
        {
            "activity_id": event.activity_id,
            "version": event.version,
            "kind": event.kind.value,
            "unit_ids": list(event.unit_ids),
            "held_on": event.held_on,
            "minutes": max(0, event.minutes),
            "struck_out": event.struck_out,
        }
        for event in sorted(events, key=lambda event: event.activity_id)
    ]
    if not rows:
        return []
    statement = insert_or_not(AttendedActivityRow).values(rows)
    newer = statement.on_conflict_do_update(
        index_elements=["activity_id"],
        set_={name: statement.excluded[name] for name in rows[0] if name != "activity_id"},
        where=AttendedActivityRow.version < statement.excluded.version,
    )
    fresh = sorted(await session.scalars(newer.returning(AttendedActivityRow.activity_id)))
    await session.execute(delete(AttendanceRow).where(AttendanceRow.activity_id.in_(fresh)))
    present = {
        (event.activity_id, each.person): {
            "activity_id": event.activity_id,
            "person": each.person,
            "role": each.role,
            "minutes": max(0, each.minutes),
        }
        for event in events
        if event.activity_id in fresh
        for each in event.attendance
    }
    if present:
        await session.execute(insert(AttendanceRow), list(present.values()))
    return fresh


async def concerned_projects(session: AsyncSession, activity_ids: Collection[UUID]) -> list[UUID]:
    """Return the projects that may take the activities as support, or did so; in the order of locking."""
    activity = AttendedActivityRow
    may_take = exists().where(
        activity.activity_id.in_(activity_ids),
        activity.held_on.between(ProjectRow.starts_on, ProjectRow.ends_on),
    )
    took = exists().where(
        SupportEntryRow.project_id == ProjectRow.id, SupportEntryRow.activity_id.in_(activity_ids)
    )
    found = await session.scalars(
        select(ProjectRow.id)
        .where(or_(and_(ProjectRow.attendance_unit.is_not(None), may_take), took))
        .order_by(ProjectRow.id)
    )
    return list(found)


async def activities_of(session: AsyncSession, project_id: UUID) -> list[UUID]:
    """Return the activities that were held in the time of the project, and those that it took as support."""
    row = AttendedActivityRow
    took = exists().where(
        SupportEntryRow.project_id == project_id, SupportEntryRow.activity_id == row.activity_id
    )
    found = await session.scalars(
        select(row.activity_id)
        .join(ProjectRow, ProjectRow.id == project_id)
        .where(or_(row.held_on.between(ProjectRow.starts_on, ProjectRow.ends_on), took))
        .order_by(row.activity_id)
    )
    return list(found)


async def collecting(session: AsyncSession, project_id: UUID) -> list[Collecting]:
    row = KeyActivityRow
    found = await session.scalars(
        select(row)
        .where(row.project_id == project_id, func.cardinality(row.activity_kinds) > 0)
        .order_by(row.position)
    )
    return [
        Collecting(
            id=each.id,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            activity_kinds=frozenset(map(ExpertActivityKind, each.activity_kinds)),
        )
        for each in found
    ]


async def lock_attended(session: AsyncSession, activity_ids: Collection[UUID]) -> list[Attended]:
    """Load activities with their attendance; nobody else counts them until we commit."""
    rows = await session.scalars(
        select(AttendedActivityRow)
        .where(AttendedActivityRow.activity_id.in_(activity_ids))
        .order_by(AttendedActivityRow.activity_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    activities = list(rows)
    present: dict[UUID, list[tuple[str, str, int]]] = {}
    for activity_id, person, role, minutes in await session.execute(
        select(
            AttendanceRow.activity_id, AttendanceRow.person, AttendanceRow.role, AttendanceRow.minutes
        ).where(AttendanceRow.activity_id.in_(activity_ids))
    ):
        present.setdefault(activity_id, []).append((person, role, minutes))
    return [
        Attended(
            activity_id=row.activity_id,
            version=row.version,
            kind=ExpertActivityKind(row.kind),
            unit_ids=frozenset(row.unit_ids),
            held_on=row.held_on,
            struck_out=row.struck_out,
            minutes={person: minutes for person, _, minutes in present.get(row.activity_id, ())},
            roles={person: role for person, role, _ in present.get(row.activity_id, ())},
        )
        for row in activities
    ]


async def lock_participants(
    session: AsyncSession,
    project_id: UUID,
    wanted: Sequence[Participant],
    *,
    digests: Mapping[str, str],
    now: datetime,
) -> dict[str, Participant]:
    """Register who is not a participant yet, and return all of them by the digest of their key."""
    if not wanted:
        return {}
    rows = [
        {
            "id": each.id,
            "version": 1,
            "project_id": project_id,
            "key": each.key,
            "key_digest": digests[each.key or ""],
            "role": each.role,
            "registered_at": now,
        }
        for each in wanted
    ]
    await session.execute(insert_or_not(ParticipantRow).on_conflict_do_nothing(), rows)
    found = await session.scalars(
        select(ParticipantRow)
        .where(ParticipantRow.project_id == project_id, ParticipantRow.key_digest.in_(digests.values()))
        .order_by(ParticipantRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.key_digest: participant_of(row) for row in found}


async def recorded(
    session: AsyncSession, project_id: UUID, activity_ids: Collection[UUID]
) -> dict[Place, int]:
    """Return what is recorded of the activities already, with its corrections."""
    row = SupportEntryRow
    place = (row.activity_id, row.participant_id, row.supported_on, row.unit, row.key_activity_id)
    found = await session.execute(
        select(*place, func.sum(row.amount))
        .where(row.project_id == project_id, row.activity_id.in_(activity_ids))
        .group_by(*place)
    )
    return {
        (activity, participant, on, SupportUnit(unit), key_activity): int(amount)
        for activity, participant, on, unit, key_activity, amount in found
        if activity is not None
    }


async def activities_held(
    session: AsyncSession, unit_ids: Collection[UUID], *, until: date
) -> tuple[HeldActivities, ...]:
    """Return what was held with any of the units until the day, by year and kind."""
    activity = AttendedActivityRow
    year = cast(func.extract("year", activity.held_on), Integer)
    people = (
        select(func.count())
        .where(AttendanceRow.activity_id == activity.activity_id)
        .correlate(activity)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(
            year.label("year"),
            activity.kind,
            func.count().label("count"),
            func.sum(activity.minutes).label("minutes"),
            func.sum(people).label("people"),
        )
        .where(activity.unit_ids.overlap(list(unit_ids)), ~activity.struck_out, activity.held_on <= until)
        .group_by(year, activity.kind)
        .order_by(year, activity.kind)
    )
    return tuple(from_row(HeldActivities, row._asdict()) for row in rows)

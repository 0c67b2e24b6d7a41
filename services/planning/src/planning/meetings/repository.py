"""Every statement with which meetings, attendance and minutes are written."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.meetings.domain import AgendaItem, Guest, Invitation, Meeting, MeetingStatus, Record
from planning.meetings.presence import Attendance, Presence, Tally
from planning.meetings.refusals import MeetingUnknown
from planning.meetings.tables import AttendanceRow, MeetingRow, ProtocolRow
from shared.transaction import Transaction


async def load(session: AsyncSession, meeting_id: UUID) -> Meeting:
    """Load a meeting to decide on it: nobody else does until we commit. Raises MeetingUnknown."""
    row = await session.scalar(select(MeetingRow).where(MeetingRow.id == meeting_id).with_for_update())
    if row is None:
        raise MeetingUnknown
    return _meeting(row)


async def add(session: AsyncSession, meeting: Meeting, *, now: datetime) -> None:
    await session.execute(
        insert(MeetingRow).values(id=meeting.id, body_id=meeting.body_id, **_values(meeting, now))
    )


async def save(session: AsyncSession, meeting: Meeting, *, now: datetime) -> None:
    await session.execute(
        update(MeetingRow).where(MeetingRow.id == meeting.id).values(**_values(meeting, now))
    )


async def attendance(session: AsyncSession, meeting_id: UUID) -> list[Attendance]:
    rows = await session.scalars(select(AttendanceRow).where(AttendanceRow.meeting_id == meeting_id))
    return [
        Attendance(mandate_id=row.mandate_id, presence=Presence(row.presence), minutes=row.minutes)
        for row in rows
    ]


async def save_attendance(session: AsyncSession, meeting_id: UUID, attendance: Sequence[Attendance]) -> None:
    await session.execute(delete(AttendanceRow).where(AttendanceRow.meeting_id == meeting_id))
    rows = [
        {
            "meeting_id": meeting_id,
            "mandate_id": each.mandate_id,
            "presence": each.presence.value,
            "minutes": each.minutes or 0,
        }
        for each in attendance
    ]
    if rows:
        await session.execute(insert(AttendanceRow), rows)


async def add_minutes(
    tx: Transaction,
    meeting_id: UUID,
    *,
    content: bytes,
    digest: str,
    texts: tuple[str, str],
    approved_by: str,
) -> None:
    await tx.session.execute(
        insert(ProtocolRow).values(
            meeting_id=meeting_id,
            content=content.decode(),
            digest=digest,
            text_cs=texts[0],
            text_en=texts[1],
            approved_by=approved_by,
            recorded_by=tx.actor.id,
            approved_at=tx.now,
        )
    )


def _values(meeting: Meeting, now: datetime) -> dict[str, object]:
    invitation, record, tally = meeting.invitation, meeting.record, meeting.tally
    return {
        "version": meeting.version,
        "sequence": meeting.sequence,
        "title": invitation.title,
        "planned_at": invitation.planned_at,
        "minutes_planned": invitation.minutes_planned,
        "place": invitation.place,
        "online_url": invitation.online_url,
        "is_training": invitation.is_training,
        "agenda": [asdict(item) for item in invitation.agenda],
        "status": meeting.status.value,
        "cancelled_because": meeting.cancelled_because,
        "summary": record.summary,
        "notes": list(record.notes),
        "guests": [asdict(guest) for guest in record.guests],
        "members": tally.members if tally else None,
        "present": tally.present if tally else None,
        "quorate": tally.quorate if tally else None,
        "changed_at": now,
    }


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(
        id=row.id,
        version=row.version,
        sequence=row.sequence,
        body_id=row.body_id,
        invitation=Invitation(
            title=row.title,
            planned_at=row.planned_at,
            minutes_planned=row.minutes_planned,
            place=row.place,
            online_url=row.online_url,
            is_training=row.is_training,
            agenda=tuple(map(_item, row.agenda)),
        ),
        status=MeetingStatus(row.status),
        cancelled_because=row.cancelled_because,
        record=Record(
            summary=row.summary, notes=tuple(map(str, row.notes)), guests=tuple(map(_guest, row.guests))
        ),
        tally=_tally(row),
    )


def _tally(row: MeetingRow) -> Tally | None:
    if row.members is None or row.present is None or row.quorate is None:
        return None
    return Tally(members=row.members, present=row.present, quorate=row.quorate)


def _item(stored: object) -> AgendaItem:
    match stored:
        case {"title": str(title), "presenter": str(presenter), "documents": list(documents)}:
            return AgendaItem(title=title, presenter=presenter, documents=tuple(map(str, documents)))
    raise TypeError("an item of an agenda has a title, a presenter and documents")


def _guest(stored: object) -> Guest:
    match stored:
        case {"name": str(name), "organisation": str(organisation), "minutes": int(minutes)}:
            return Guest(name=name, organisation=organisation, minutes=minutes)
    raise TypeError("a guest has a name, an organisation and minutes")

"""Rows of meetings, of attendance and of approved minutes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.meetings.domain import MeetingStatus
from planning.meetings.presence import Presence
from planning.tables import Base

_STATUSES = ", ".join(f"'{each.value}'" for each in MeetingStatus)
_PRESENCES = ", ".join(f"'{each.value}'" for each in Presence)


class MeetingRow(Base):
    """`sequence` grows when calendars must move; `members`, `present` and `quorate` are of the record."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("minutes_planned BETWEEN 1 AND 1440", name="length"),
        CheckConstraint("version > 0 AND sequence >= 0", name="counted"),
        CheckConstraint("(status = 'cancelled') = (cancelled_because <> '')", name="cancelled"),
        CheckConstraint("(status IN ('held', 'approved')) = (quorate IS NOT NULL)", name="recorded"),
        Index("ix_meeting_body_id", "body_id", "planned_at"),
        Index("ix_meeting_planned_at", "planned_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    sequence: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    title: Mapped[str]
    planned_at: Mapped[datetime]
    minutes_planned: Mapped[int] = mapped_column(SmallInteger)
    place: Mapped[str]
    online_url: Mapped[str]
    is_training: Mapped[bool]
    agenda: Mapped[list[object]] = mapped_column(JSONB)
    status: Mapped[str]
    cancelled_because: Mapped[str]
    summary: Mapped[str]
    notes: Mapped[list[object]] = mapped_column(JSONB)
    guests: Mapped[list[object]] = mapped_column(JSONB)
    members: Mapped[int | None]
    present: Mapped[int | None]
    quorate: Mapped[bool | None]
    changed_at: Mapped[datetime]


class AttendanceRow(Base):
    """Who of the members of the day came; `minutes` are those that the person was there."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint(f"presence IN ({_PRESENCES})", name="presence"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
        CheckConstraint("presence IN ('present', 'online') OR minutes = 0", name="there"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"), primary_key=True, index=True)
    presence: Mapped[str]
    minutes: Mapped[int] = mapped_column(SmallInteger)


class ProtocolRow(Base):
    """Minutes as the chair approved them: `digest` is the SHA-256 of `content`; a trigger refuses changes."""

    __tablename__ = "protocol"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    content: Mapped[str]
    digest: Mapped[str]
    text_cs: Mapped[str]
    text_en: Mapped[str]
    approved_by: Mapped[str]
    recorded_by: Mapped[str]
    approved_at: Mapped[datetime]

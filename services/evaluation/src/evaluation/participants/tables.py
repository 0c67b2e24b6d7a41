"""Rows of participants, of their support, and of the attendance that the registry told."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class ParticipantRow(Base):
    """A person under a key; `key` is null once it was erased, `key_digest` stays so that it stays erased.

    `same_as` names the registration of the same person with which the hours are summed.
    """

    __tablename__ = "participant"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("same_as <> id", name="same_as"),
        CheckConstraint("(key IS NULL) = (erased_at IS NOT NULL)", name="erased"),
        CheckConstraint("legal_basis IN ('consent', 'public-task', 'contract')", name="legal_basis"),
        UniqueConstraint("project_id", "key_digest"),
        Index("ix_participant_key", "key"),
        Index("ix_participant_same_as", "same_as"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str | None]
    key_digest: Mapped[str]
    role: Mapped[str]
    legal_basis: Mapped[str | None]
    same_as: Mapped[UUID | None] = mapped_column(ForeignKey("participant.id"))
    registered_at: Mapped[datetime]
    withdrawn_on: Mapped[date | None]
    erased_at: Mapped[datetime | None]


class SupportEntryRow(Base):
    """Support of one person on one day, which a trigger lets nobody change.

    What was wrong is corrected by another entry of the same day. `credit` is in thirds of a minute.
    """

    __tablename__ = "support_entry"
    __table_args__ = (
        CheckConstraint("unit IN ('hour-60', 'hour-45', 'housing-month')", name="unit"),
        CheckConstraint("origin IN ('entered', 'attendance', 'correction', 'erasure')", name="origin"),
        CheckConstraint("(origin = 'attendance') <= (activity_id IS NOT NULL)", name="activity"),
        CheckConstraint("(origin = 'correction') <= (reason <> '')", name="reason"),
        Index("ix_support_entry_participant_id_supported_on", "participant_id", "supported_on"),
        Index("ix_support_entry_project_id", "project_id"),
        Index("ix_support_entry_activity_id", "activity_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participant.id"))
    key_activity_id: Mapped[UUID | None] = mapped_column(ForeignKey("key_activity.id"))
    supported_on: Mapped[date]
    kind: Mapped[str]
    unit: Mapped[str]
    amount: Mapped[int]
    credit: Mapped[int]
    origin: Mapped[str]
    activity_id: Mapped[UUID | None]
    corrects_id: Mapped[UUID | None]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    affiliation: Mapped[str]


class AttendedActivityRow(Base):
    """An expert activity as the registry told it last."""

    __tablename__ = "attended_activity"
    __table_args__ = (Index("ix_attended_activity_held_on", "held_on"),)

    activity_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    held_on: Mapped[date]
    minutes: Mapped[int] = mapped_column(server_default="0")
    struck_out: Mapped[bool]


class AttendanceRow(Base):
    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes"),
        Index("ix_attendance_person", "person"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("attended_activity.activity_id"), primary_key=True)
    person: Mapped[str] = mapped_column(Text, primary_key=True)
    role: Mapped[str]
    minutes: Mapped[int]

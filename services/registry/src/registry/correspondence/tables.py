"""Rows of correspondence and of promises."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, SmallInteger, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.correspondence.domain import Channel, Direction
from registry.correspondence.promises import PromiseSide, PromiseStatus
from registry.tables import Base

_DIRECTIONS = ", ".join(f"'{each.value}'" for each in Direction)
_CHANNELS = ", ".join(f"'{each.value}'" for each in Channel)
_SIDES = ", ".join(f"'{each.value}'" for each in PromiseSide)
_STATUSES = ", ".join(f"'{each.value}'" for each in PromiseStatus)


class CorrespondenceRow(Base):
    """`search_text` is what is searched: lower case, without diacritics."""

    __tablename__ = "correspondence"
    __table_args__ = (
        CheckConstraint(f"direction IN ({_DIRECTIONS})", name="direction"),
        CheckConstraint(f"channel IN ({_CHANNELS})", name="channel"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_correspondence_occurred_on", "occurred_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    occurred_on: Mapped[date]
    direction: Mapped[str]
    channel: Mapped[str]
    subject: Mapped[str]
    summary: Mapped[str]
    contact_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid, dimensions=1))
    others: Mapped[str]
    reference_number: Mapped[str]
    message_id: Mapped[str]
    documents: Mapped[list[object]] = mapped_column(JSONB)
    search_text: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class CorrespondenceUnitRow(Base):
    __tablename__ = "correspondence_unit"
    __table_args__ = (Index("ix_correspondence_unit_unit_id", "unit_id", "correspondence_id"),)

    correspondence_id: Mapped[UUID] = mapped_column(ForeignKey("correspondence.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)


class PromiseRow(Base):
    __tablename__ = "promise"
    __table_args__ = (
        CheckConstraint(f"side IN ({_SIDES})", name="side"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("(status = 'open') = (settled_on IS NULL)", name="settled"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_promise_correspondence_id", "correspondence_id"),
        Index("ix_promise_status_due_on", "status", "due_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    correspondence_id: Mapped[UUID] = mapped_column(ForeignKey("correspondence.id"))
    promised_on: Mapped[date]
    what: Mapped[str]
    side: Mapped[str]
    person: Mapped[str | None]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    due_on: Mapped[date | None]
    status: Mapped[str]
    settled_on: Mapped[date | None]
    settlement_note: Mapped[str]

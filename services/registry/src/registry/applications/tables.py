"""Rows of applications, and the counter that numbers them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.applications.steps import DEAD, Status
from registry.tables import Base

_STATUSES = ", ".join(f"'{status.value}'" for status in Status)
_DEAD = ", ".join(f"'{status.value}'" for status in sorted(DEAD))
LIVING = text(f"status NOT IN ({_DEAD})")
"""In plain text: with parameters PostgreSQL would no longer find the index by it."""
_JSON_OR_NULL = JSONB(none_as_null=True)


class ApplicationRow(Base):
    """`due_on` is the end of the deadline that runs; `ordinal` is the number within the call."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("(ordinal IS NULL) = (number IS NULL)", name="number"),
        CheckConstraint("(ordinal IS NULL) = (received_at IS NULL)", name="receipt"),
        UniqueConstraint("call_id", "ordinal"),
        Index(
            "uq_application_living",
            "call_id",
            "unit_id",
            unique=True,
            postgresql_where=LIVING,
        ),
        Index("ix_application_unit_id", "unit_id"),
        Index("ix_application_due_on", "due_on", postgresql_where=text("due_on IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    methodology: Mapped[str]
    status: Mapped[str]
    ordinal: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(Text, unique=True)
    form: Mapped[dict[str, object]] = mapped_column(JSONB)
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    contact: Mapped[dict[str, object] | None] = mapped_column(_JSON_OR_NULL)
    attachments: Mapped[list[object]] = mapped_column(JSONB)
    resolution: Mapped[dict[str, object] | None] = mapped_column(_JSON_OR_NULL)
    received_at: Mapped[datetime | None]
    message_id: Mapped[str]
    submitters: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    clock: Mapped[dict[str, object] | None] = mapped_column(_JSON_OR_NULL)
    completion: Mapped[dict[str, object] | None] = mapped_column(_JSON_OR_NULL)
    due_on: Mapped[date | None]
    checklist: Mapped[list[object]] = mapped_column(JSONB)
    checkers: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    evaluation_note: Mapped[str] = mapped_column(Text)
    verdict: Mapped[dict[str, object] | None] = mapped_column(_JSON_OR_NULL)
    withdrawal_reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ApplicationCounterRow(Base):
    """The last number given in a call; whoever numbers or accepts in it holds the row."""

    __tablename__ = "application_counter"

    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"), primary_key=True)
    last: Mapped[int]

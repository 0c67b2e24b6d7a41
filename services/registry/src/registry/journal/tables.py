"""Rows of the journal: one for each decision, with the state before and after it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class JournalRow(Base):
    """`decided_on` is the day when it took effect, `at` the instant when it was written down."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "version"),
        CheckConstraint("audience IN ('agency', 'parties', 'public')", name="audience"),
        Index("ix_journal_as_of", "subject", "subject_id", "decided_on", "version"),
        Index("ix_journal_unit_id", "unit_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str]
    subject_id: Mapped[UUID]
    version: Mapped[int]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    audience: Mapped[str]
    action: Mapped[str]
    decided_on: Mapped[date]
    at: Mapped[datetime]
    actor: Mapped[str]
    affiliation: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, object]] = mapped_column(JSONB)
    correlation_id: Mapped[str]

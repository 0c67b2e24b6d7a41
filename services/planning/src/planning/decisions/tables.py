"""Rows of decisions, and the counter of their numbers."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planning.decisions.domain import DecisionStatus
from planning.tables import Base

_STATUSES = ", ".join(f"'{each.value}'" for each in DecisionStatus)


class DecisionRow(Base):
    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("body_id", "year", "ordinal"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("(status = 'open') = (settled_on IS NULL)", name="settled"),
        CheckConstraint(
            "(votes_for IS NULL) = (votes_against IS NULL) AND (votes_for IS NULL) = (abstained IS NULL)",
            name="votes",
        ),
        CheckConstraint("version > 0 AND ordinal > 0", name="counted"),
        Index("ix_decision_meeting_id", "meeting_id", "ordinal"),
        Index("ix_decision_status", "status", "due_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    ordinal: Mapped[int]
    text: Mapped[str]
    votes_for: Mapped[int | None] = mapped_column(SmallInteger)
    votes_against: Mapped[int | None] = mapped_column(SmallInteger)
    abstained: Mapped[int | None] = mapped_column(SmallInteger)
    responsible: Mapped[str]
    due_on: Mapped[date | None]
    status: Mapped[str]
    settled_on: Mapped[date | None]
    settlement_note: Mapped[str]


class DecisionCounterRow(Base):
    """The last number of a body and year; its row lock makes numbers unbroken."""

    __tablename__ = "decision_counter"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int]

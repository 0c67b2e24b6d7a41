"""Rows of what owners and partners said of measures."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base


class CommitmentRow(Base):
    """One word of a party; append-only. The measure may have left the plan since."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("side IN ('owner', 'partner')", name="side"),
        CheckConstraint("word IN ('accepted', 'declined', 'withdrawn')", name="word"),
        CheckConstraint("version > 0", name="counted"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    measure_id: Mapped[UUID] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    affiliation: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]

"""Rows of successions of units."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class SuccessionRow(Base):
    """On `happened_on` the successor took over the predecessor or a part of it; both keep their history."""

    __tablename__ = "succession"
    __table_args__ = (
        CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
        CheckConstraint("manner IN ('merge', 'split', 'transfer')", name="manner"),
        Index("ix_succession_successor_id", "successor_id", "happened_on"),
    )

    predecessor_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    successor_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    happened_on: Mapped[date] = mapped_column(primary_key=True)
    manner: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]

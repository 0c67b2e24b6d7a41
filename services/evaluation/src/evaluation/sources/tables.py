"""Values whose sources say something else by now, and how far the registry was heard to be."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class DoubtedValueRow(Base):
    """Somebody should look at a value; of no weight once another value was put there.

    `made_version` is the version in which the value was put there.
    """

    __tablename__ = "doubted_value"
    __table_args__ = (
        CheckConstraint("because IN ('newer-figures','not-recomputed')", name="because"),
        Index("ix_doubted_value_due_on", "due_on", postgresql_where=text("upheld_at IS NULL")),
    )

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligation.obligation_id"), primary_key=True)
    made_version: Mapped[int]
    because: Mapped[str]
    told: Mapped[dict[str, object]] = mapped_column(JSONB)
    noted_at: Mapped[datetime]
    due_on: Mapped[date]
    upheld_at: Mapped[datetime | None]


class SeriesEditionRow(Base):
    """The newest edition of a series that was heard of: who answers from an older one is asked again."""

    __tablename__ = "series_edition"

    series: Mapped[str] = mapped_column(primary_key=True)
    vintage_id: Mapped[int] = mapped_column(BigInteger)

"""Rows of readings. Triggers refuse changes of sealed sheets, agreements and agreed levels."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class ReadingRow(Base):
    """`entries` counts what was agreed: the first agreement and its corrections; the last one counts."""

    __tablename__ = "quality_reading"
    __table_args__ = (
        CheckConstraint("phase IN ('entry', 'mid-term', 'final')", name="phase"),
        CheckConstraint("status IN ('open', 'closed', 'agreed', 'cancelled')", name="status"),
        CheckConstraint("version > 0 AND raters > 0 AND entries >= 0", name="counted"),
        CheckConstraint("(status = 'agreed') = (entries > 0)", name="agreed"),
        CheckConstraint("(status = 'cancelled') = (cancel_reason <> '')", name="cancelled"),
        Index(
            "ix_quality_reading_under_way",
            "set_id",
            unique=True,
            postgresql_where=text("status IN ('open', 'closed')"),
        ),
        Index("ix_quality_reading_assessed_on", "assessed_on", "id"),
        Index("ix_quality_reading_set_id", "set_id", "assessed_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    set_id: Mapped[UUID] = mapped_column(ForeignKey("criteria_set.id"))
    phase: Mapped[str]
    assessed_on: Mapped[date]
    status: Mapped[str]
    raters: Mapped[int]
    entries: Mapped[int]
    cancel_reason: Mapped[str]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class RatingSheetRow(Base):
    """What one rater says of all criteria; nobody else reads it before his own is sealed."""

    __tablename__ = "rating_sheet"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)

    reading_id: Mapped[UUID] = mapped_column(ForeignKey("quality_reading.id"), primary_key=True)
    rater: Mapped[str] = mapped_column(primary_key=True)
    affiliation: Mapped[str]
    version: Mapped[int]
    ratings: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    saved_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]


class AgreementRow(Base):
    """Who agreed on the levels of an entry; a correction is the next entry, with its reason."""

    __tablename__ = "reading_agreement"
    __table_args__ = (
        CheckConstraint("entry > 0", name="entry"),
        CheckConstraint("(entry > 1) = (reason <> '')", name="corrected_for_reason"),
    )

    reading_id: Mapped[UUID] = mapped_column(ForeignKey("quality_reading.id"), primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    agreed_by: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reason: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class AgreedLevelRow(Base):
    """The level that was agreed on; none: not assessed, for the reason told."""

    __tablename__ = "agreed_level"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reading_id", "entry"], ["reading_agreement.reading_id", "reading_agreement.entry"]
        ),
        CheckConstraint("(level IS NULL) = (not_assessed_reason <> '')", name="assessed_or_told_why"),
    )

    reading_id: Mapped[UUID] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    level: Mapped[int | None]
    not_assessed_reason: Mapped[str]
    justification: Mapped[str]
    minority_note: Mapped[str]
    evidence: Mapped[list[dict[str, object]]] = mapped_column(JSONB)

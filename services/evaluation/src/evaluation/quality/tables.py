"""Rows of sets of criteria and their baseline. A trigger refuses any change of a baseline."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class CriteriaSetRow(Base):
    """What one description of a cooperation is measured by; the days are those of its newest edition."""

    __tablename__ = "criteria_set"
    __table_args__ = (
        UniqueConstraint("cooperation_id", "domain"),
        CheckConstraint("version > 0 AND described_edition > 0 AND described_version > 0", name="counted"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    cooperation_id: Mapped[UUID]
    domain: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(index=True)
    description_id: Mapped[UUID]
    described_edition: Mapped[int]
    described_version: Mapped[int]
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    digest: Mapped[str]


class BaselineRow(Base):
    """A criterion of a set with the edition that it is rated by for ever; no level: not assessed."""

    __tablename__ = "quality_baseline"
    __table_args__ = (
        ForeignKeyConstraint(
            ["criterion_id", "edition"], ["criterion_edition.criterion_id", "criterion_edition.edition"]
        ),
    )

    set_id: Mapped[UUID] = mapped_column(ForeignKey("criteria_set.id"), primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    edition: Mapped[int]
    level: Mapped[int | None]

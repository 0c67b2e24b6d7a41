"""Rows of statistics: what is counted, who publishes it, each edition of it, and its figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Numeric, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class SourceRow(Base):
    """A publisher's data: counts from 1 to `suppress_below` − 1 of it are not shown (NULL: as published)."""

    __tablename__ = "source"
    __table_args__ = (CheckConstraint("suppress_below BETWEEN 2 AND 100", name="suppress_below"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name_cs: Mapped[str]
    name_en: Mapped[str]
    publisher: Mapped[str]
    licence: Mapped[str]
    url: Mapped[str | None]
    suppress_below: Mapped[int | None] = mapped_column(SmallInteger)


class SeriesRow(Base):
    """What is counted: its unit, and of what length its periods are."""

    __tablename__ = "series"
    __table_args__ = (CheckConstraint("periodicity IN ('year', 'month', 'school-year')", name="periodicity"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name_cs: Mapped[str]
    name_en: Mapped[str]
    definition_cs: Mapped[str]
    definition_en: Mapped[str]
    unit_of_measure: Mapped[str]
    periodicity: Mapped[str]
    source: Mapped[str] = mapped_column(ForeignKey("source.code"))


class VintageRow(Base):
    """An edition of a source as it came: the same content again is the same vintage."""

    __tablename__ = "vintage"
    __table_args__ = (
        UniqueConstraint("source", "content_digest"),
        Index("ix_vintage_imported_at", "imported_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.code"))
    label: Mapped[str]
    published_on: Mapped[date | None]
    licence: Mapped[str]
    note: Mapped[str]
    content_digest: Mapped[str]
    file_name: Mapped[str | None]
    file_digest: Mapped[str]
    figure_count: Mapped[int]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime]


class FigureRow(Base):
    """One figure. `period` is its first day; `value` is NULL where it is confidential or not applicable.

    No foreign key to units: an import brings some 50,000 figures, has looked every unit up in the same
    transaction, and units are never deleted.
    """

    __tablename__ = "figure"
    __table_args__ = (
        CheckConstraint("status IN ('given', 'confidential', 'not-applicable')", name="status"),
        CheckConstraint("(value IS NOT NULL) = (status = 'given')", name="value"),
        Index("ix_figure_unit_id", "unit_id", "series", "period"),
    )

    series: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[date] = mapped_column(primary_key=True)
    vintage_id: Mapped[int] = mapped_column(ForeignKey("vintage.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric)
    status: Mapped[str]
    note: Mapped[str | None]


class FindingRow(Base):
    """What a check on arrival noticed: nothing is refused for it, somebody should look."""

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint("kind IN ('own-history', 'peers', 'published-total', 'implausible')", name="kind"),
        Index("ix_finding_vintage_id", "vintage_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    vintage_id: Mapped[int] = mapped_column(ForeignKey("vintage.id"))
    kind: Mapped[str]
    series: Mapped[str]
    period: Mapped[date]
    unit_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)

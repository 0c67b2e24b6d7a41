"""Rows of statistics: what is counted, who publishes it, each edition of it, and its figures."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class SourceRow(Base):
    """A publisher's data: counts from 1 to `suppress_below` − 1 of it are not shown (NULL: as published).

    `in_parts`: an edition brings some units only and takes the place of older figures of these alone.
    """

    __tablename__ = "source"
    __table_args__ = (CheckConstraint("suppress_below BETWEEN 2 AND 100", name="suppress_below"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name_cs: Mapped[str]
    name_en: Mapped[str]
    publisher: Mapped[str]
    licence: Mapped[str]
    url: Mapped[str | None]
    suppress_below: Mapped[int | None] = mapped_column(SmallInteger)
    in_parts: Mapped[bool]


class SeriesRow(Base):
    """What is counted: its unit, of what length its periods are, and of what it is a share."""

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
    denominator: Mapped[str | None] = mapped_column(ForeignKey("series.code"))


class VintageRow(Base):
    """An edition of a source as it came; content that comes back after a correction is another one."""

    __tablename__ = "vintage"
    __table_args__ = (Index("ix_vintage_imported_at", "imported_at"),)

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


class VintagePartRow(Base):
    """A series and period that a vintage holds: from these few rows is found which vintage is in force.

    `of_own_source`: the vintage is of the source that the series belongs to. `in_parts` as in `source`.
    """

    __tablename__ = "vintage_part"
    __table_args__ = (Index("ix_vintage_part_series", "series", "period"),)

    vintage_id: Mapped[int] = mapped_column(ForeignKey("vintage.id"), primary_key=True)
    series: Mapped[str] = mapped_column(ForeignKey("series.code"), primary_key=True)
    period: Mapped[date] = mapped_column(primary_key=True)
    figure_count: Mapped[int]
    of_own_source: Mapped[bool]
    in_parts: Mapped[bool]


class FigureRow(Base):
    """One figure. `period` is its first day; `value` is NULL where it is confidential or not applicable.

    No foreign keys: an import brings some 50,000 figures and has made their vintage, and looked every unit
    up, in the same transaction; neither is ever deleted.
    """

    __tablename__ = "figure"
    __table_args__ = (
        CheckConstraint("status IN ('given', 'confidential', 'not-applicable')", name="status"),
        CheckConstraint("(value IS NOT NULL) = (status = 'given')", name="value"),
        Index("ix_figure_unit_id", "unit_id", "series", "period"),
    )

    series: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[date] = mapped_column(primary_key=True)
    vintage_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric)
    status: Mapped[str]
    note: Mapped[str | None]


class FindingRow(Base):
    """What a check on arrival noticed: nothing is refused for it, somebody should look."""

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('own-history', 'peers', 'published-total', 'implausible', 'contradiction')", name="kind"
        ),
    )

    vintage_id: Mapped[int] = mapped_column(ForeignKey("vintage.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    series: Mapped[str]
    period: Mapped[date]
    unit_id: Mapped[UUID | None]
    facts: Mapped[dict[str, str]] = mapped_column(JSONB)

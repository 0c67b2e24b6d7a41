"""Rows of disclosure: what was released of a series and period, and what of it is hidden; never a value."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, Numeric, SmallInteger, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class ReleaseRow(Base):
    """A series and period of a vintage as it was released under `suppress_below`: append-only.

    `summed`: the figures are whole counts, so that their sums were protected too. `exposed` small cells
    are given away by what was released before.
    """

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("suppress_below BETWEEN 2 AND 100", name="suppress_below"),
        Index("ix_release_series", "series", "period", "id"),
        Index("ix_release_vintage_id", "vintage_id", "series", "period"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    vintage_id: Mapped[int] = mapped_column(ForeignKey("vintage.id"))
    series: Mapped[str] = mapped_column(ForeignKey("series.code"))
    period: Mapped[date]
    suppress_below: Mapped[int] = mapped_column(SmallInteger)
    summed: Mapped[bool]
    cells: Mapped[int]
    small: Mapped[int]
    complementary: Mapped[int]
    exposed: Mapped[int]
    loss_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    released_by: Mapped[str]
    released_at: Mapped[datetime]


class CompositionRow(Base):
    """Of which units a sum was made: kept once, however many releases have it."""

    __tablename__ = "composition"

    digest: Mapped[str] = mapped_column(primary_key=True)
    members: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid, dimensions=1))


class ReleasedSumRow(Base):
    """A sum that a release decided on: it is shown unless it is among the suppressed cells."""

    __tablename__ = "released_sum"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    composition: Mapped[str] = mapped_column(ForeignKey("composition.digest"))


class SuppressedCellRow(Base):
    """A figure or a sum that is not shown: `below` as "< k", `hidden` without a word about its size."""

    __tablename__ = "suppressed_cell"
    __table_args__ = (
        CheckConstraint("mark IN ('below', 'hidden')", name="mark"),
        CheckConstraint("reason IN ('primary', 'complementary')", name="reason"),
        Index("ix_suppressed_cell_release_id", "release_id"),
    )

    vintage_id: Mapped[int] = mapped_column(ForeignKey("vintage.id"), primary_key=True)
    series: Mapped[str] = mapped_column(ForeignKey("series.code"), primary_key=True)
    period: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    mark: Mapped[str]
    reason: Mapped[str]
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))

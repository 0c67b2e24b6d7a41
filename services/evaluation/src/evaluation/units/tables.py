"""Rows of the copied units."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class UnitRow(Base):
    """A unit as registry last told; `valid_until` is the last day on which it exists."""

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    code: Mapped[str | None]
    name: Mapped[str]
    valid_until: Mapped[date | None]


class PlacedUnitRow(Base):
    """Of which version of its places we heard last; the unit itself may be heard of later."""

    __tablename__ = "placed_unit"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]


class UnitPlaceRow(Base):
    """A unit lies in another one, or is a member of a group, from one day to another."""

    __tablename__ = "unit_place"
    __table_args__ = (Index("ix_unit_place_group_id", "group_id"),)

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_until: Mapped[date | None]

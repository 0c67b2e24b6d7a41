"""Rows of the copied units and of their cooperation."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base


class UnitRow(Base):
    """A unit as registry last told, since `heard_at`; `valid_until` is the last day on which it exists."""

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    code: Mapped[str | None]
    name: Mapped[str]
    valid_until: Mapped[date | None]
    heard_at: Mapped[datetime | None]


class CooperationRow(Base):
    """One cooperation of a unit; it is in force from `starts_on` to `ends_on`, both included."""

    __tablename__ = "cooperation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    unit_id: Mapped[UUID] = mapped_column(index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

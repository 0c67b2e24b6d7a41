"""Rows of the copied units."""

from datetime import date
from uuid import UUID

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

"""The copy of registry's units."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class UnitRow(Base):
    """A closing may be heard before the registration: kind and name are unknown until then.

    `version` is the one that described the unit, `closing_version` the one that told `valid_until`.
    """

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("(version > 0) = (name IS NOT NULL)", name="described"),
        CheckConstraint("(version > 0) = (kind IS NOT NULL)", name="has_kind"),
    )

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str | None]
    code: Mapped[str | None]
    name: Mapped[str | None]
    version: Mapped[int]
    valid_until: Mapped[date | None]
    closing_version: Mapped[int]

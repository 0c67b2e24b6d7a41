"""What others were told of the places of units."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class ToldPlaceRow(Base):
    """`digest` is that of the places that were told last; an empty one: none."""

    __tablename__ = "told_place"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    version: Mapped[int]
    digest: Mapped[str]

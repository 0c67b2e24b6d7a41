"""Rows of what was put into plans."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base


class InsertionRow(Base):
    """The entry is one edition for good; `node_id` is the node that came of it, as long as it stands."""

    __tablename__ = "insertion"
    __table_args__ = (
        Index("ix_insertion_plan_id", "plan_id", "id"),
        Index("ix_insertion_entry_id", "entry_id", "plan_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    revision: Mapped[int]
    node_id: Mapped[UUID]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("library_entry.id"))
    inserted_at: Mapped[datetime]
    inserted_by: Mapped[str]
    affiliation: Mapped[str]

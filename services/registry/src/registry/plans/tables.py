"""Rows of copied plans."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from registry.tables import Base


class PlanRow(Base):
    """A plan as planning last told: the approval and the state come by events of their own, in any order.

    `told_version` is the version of the state, `approved_version` that of the approval (0: not told yet).
    """

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("state IN ('approved', 'in-implementation', 'closed')", name="state"),
        CheckConstraint("(approved_version = 0) = (title IS NULL)", name="approval"),
        Index("ix_plan_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    told_version: Mapped[int]
    state: Mapped[str]
    closed_on: Mapped[date | None]
    approved_version: Mapped[int]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid, dimensions=1))
    revision: Mapped[int]
    kind: Mapped[str | None]
    title: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    body: Mapped[str | None]
    approved_on: Mapped[date | None]
    resolution_number: Mapped[str | None]

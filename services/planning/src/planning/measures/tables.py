"""Rows of what was said of the state of measures."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base
from shared.contracts.measures import MeasureState

_STATES = ", ".join(f"'{each.value}'" for each in MeasureState)


class MeasureStateRow(Base):
    """One word on a measure; append-only. The measure may have left the plan since."""

    __tablename__ = "measure_state"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("version > 0", name="counted"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    measure_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    state_on: Mapped[date]
    note: Mapped[str]
    decided_by: Mapped[str]
    affiliation: Mapped[str]
    recorded_at: Mapped[datetime]

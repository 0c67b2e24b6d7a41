"""Rows of measures as plans have them, and of the last word on each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base
from shared.contracts.measures import MeasureState

_STATES = ", ".join(f"'{each.value}'" for each in MeasureState)


class PlannedMeasureRow(Base):
    """A measure; it is in force where its revision is the newest that the plan's measures have."""

    __tablename__ = "planned_measure"
    __table_args__ = (CheckConstraint("revision > 0 AND position >= 0", name="counted"),)

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    measure_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]
    position: Mapped[int]
    number: Mapped[str]
    name: Mapped[str]
    owner: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    funded_until: Mapped[int | None]
    funders: Mapped[list[str]] = mapped_column(ARRAY(Text()))


class MeasureWordRow(Base):
    """The last word on a measure; it may come before the plan that holds the measure does."""

    __tablename__ = "measure_word"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("version > 0", name="counted"),
    )

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    measure_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[str]
    state_on: Mapped[date]
    heard_at: Mapped[datetime]

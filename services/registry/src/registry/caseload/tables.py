"""Rows of the caseload: who looks after which unit, and how many units a person can carry."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, column, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.caseload.domain import Duty
from registry.tables import Base

_DUTIES = ", ".join(f"'{duty.value}'" for duty in Duty)
_DAYS = func.daterange(column("starts_on"), column("ends_on"), text("'[]'"))


class AssignmentRow(Base):
    """`person` is the subject of the person's tokens; `ends_on` is the last day."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint(f"duty IN ({_DUTIES})", name="duty"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (column("person"), "="),
            (column("duty"), "="),
            (_DAYS, "&&"),
            name="ex_assignment_once",
        ),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (_DAYS, "&&"),
            name="ex_assignment_one_consultant",
            where=text("duty = 'local-consultant'"),
        ),
        CheckConstraint("duty <> 'substitute' OR ends_on IS NOT NULL", name="substitute"),
        Index("ix_assignment_person", "person", "starts_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    person: Mapped[str]
    person_name: Mapped[str]
    duty: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    version: Mapped[int]


class CapacityRow(Base):
    """How many units a person can carry from a day on; the latest row of a day counts, none is changed."""

    __tablename__ = "capacity"
    __table_args__ = (
        CheckConstraint("units >= 0", name="units"),
        Index("ix_capacity_person", "person", "starts_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person: Mapped[str]
    person_name: Mapped[str]
    starts_on: Mapped[date]
    units: Mapped[int]
    reason: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]

"""Rows of what owners and partners said of measures."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, column, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base


class CommitmentRow(Base):
    """One word of a party; append-only. The measure may have left the plan since."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("side IN ('owner', 'partner')", name="side"),
        CheckConstraint("word IN ('accepted', 'declined', 'withdrawn', 'ended')", name="word"),
        CheckConstraint("version > 0", name="counted"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    measure_id: Mapped[UUID] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    affiliation: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]


class AbsenceRow(Base):
    """An owner or a partner is away for some days, and another organisation answers for it."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("party <> deputy", name="deputy"),
        CheckConstraint("version > 0", name="counted"),
        ExcludeConstraint(
            (column("plan_id"), "="),
            (column("party"), "="),
            (func.daterange(column("starts_on"), column("ends_on"), text("'[]'")), "&&"),
            name="ex_absence_once",
            where=text("NOT is_called_off"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    party: Mapped[str]
    deputy: Mapped[str]
    reason: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    is_called_off: Mapped[bool]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class OwnerAlarmRow(Base):
    """An alarm that was raised, once for each word of an owner; version 0 is silence."""

    __tablename__ = "owner_alarm"
    __table_args__ = (
        CheckConstraint("reason IN ('silent', 'declined', 'lapsed')", name="reason"),
        CheckConstraint("word_version >= 0", name="counted"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    measure_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(primary_key=True)
    word_version: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]
    raised_at: Mapped[datetime]

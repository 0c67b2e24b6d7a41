"""Rows of memberships in time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, column, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base

_DAYS = func.daterange(column("valid_from"), column("valid_until"), text("'[]'"))


class MembershipRow(Base):
    """A unit belongs to a group from one day to another: to one POÚ at a time, to any number of others."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="validity"),
        CheckConstraint("unit_id <> group_id", name="not_itself"),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (column("group_id"), "="),
            (_DAYS, "&&"),
            name="ex_membership_once",
            where=text("group_kind <> 'pou'"),
        ),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (_DAYS, "&&"),
            name="ex_membership_one_pou",
            where=text("group_kind = 'pou'"),
        ),
        Index("ix_membership_group_id", "group_id", "unit_id"),
    )

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_until: Mapped[date | None]
    group_kind: Mapped[str]
    source: Mapped[str]
    recorded_at: Mapped[datetime]

"""Rows of the log of activities: never deleted, struck out."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.activities.domain import ActivityStatus
from registry.tables import Base
from shared.contracts.intake import ExpertActivityKind

_KINDS = ", ".join(f"'{kind.value}'" for kind in ExpertActivityKind)
_STATUSES = ", ".join(f"'{status.value}'" for status in ActivityStatus)


class ActivityRow(Base):
    """`staff`, `people` and `attendance` are lists of objects with a role and minutes."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_activity_held_on", "held_on", "id"),
        Index(
            "ix_activity_staff", "staff", postgresql_using="gin", postgresql_ops={"staff": "jsonb_path_ops"}
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    status: Mapped[str]
    kind: Mapped[str]
    held_on: Mapped[date]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    place: Mapped[str]
    online: Mapped[bool]
    title: Mapped[str]
    note: Mapped[str]
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    documents: Mapped[list[object]] = mapped_column(JSONB)
    staff: Mapped[list[object]] = mapped_column(JSONB)
    people: Mapped[list[object]] = mapped_column(JSONB)
    attendance: Mapped[list[object]] = mapped_column(JSONB)
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class ActivityUnitRow(Base):
    """For which units an activity was, in the order given."""

    __tablename__ = "activity_unit"
    __table_args__ = (Index("ix_activity_unit_unit_id", "unit_id", "activity_id"),)

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)

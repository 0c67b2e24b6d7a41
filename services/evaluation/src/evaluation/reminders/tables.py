"""Who is told of what, what is to be escalated, and what waits for the next letter."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class ReminderSubscriptionRow(Base):
    """A person wants to be told of a unit, a plan or an office: exactly one of the three."""

    __tablename__ = "reminder_subscription"
    __table_args__ = (
        CheckConstraint("num_nonnulls(unit_id, plan_id, owner) = 1", name="of_one_thing"),
        UniqueConstraint("person_id", "unit_id", "plan_id", "owner", postgresql_nulls_not_distinct=True),
        Index("ix_reminder_subscription_unit_id", "unit_id"),
        Index("ix_reminder_subscription_plan_id", "plan_id"),
        Index("ix_reminder_subscription_owner", "owner"),
    )

    subscription_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("mail_account.person_id"))
    unit_id: Mapped[UUID | None]
    plan_id: Mapped[UUID | None]
    owner: Mapped[str | None]
    created_at: Mapped[datetime]


class PlannedEscalationRow(Base):
    """A value that is late is escalated on that day unless it comes; the row goes either way.

    No foreign key: obligations are never deleted, and 12,000 checks take a tenth of a second.
    """

    __tablename__ = "planned_escalation"
    __table_args__ = (Index("ix_planned_escalation_escalates_on", "escalates_on"),)

    obligation_id: Mapped[UUID] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    escalates_on: Mapped[date]


class PlanNoticeRow(Base):
    """What planning told of a plan that somebody should act on; a letter asks whether it still is so."""

    __tablename__ = "plan_notice"
    __table_args__ = (
        CheckConstraint("stage IN ('approval-overdue', 'owner-lapsed')", name="stage"),
        Index("ix_plan_notice_heard_at", "heard_at"),
    )

    notice_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage: Mapped[str]
    plan_id: Mapped[UUID]
    revision: Mapped[int]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    due_on: Mapped[date]
    number: Mapped[str]
    label: Mapped[str]
    owner: Mapped[str]
    heard_at: Mapped[datetime]


class ReminderItemRow(Base):
    """A line of a letter to come: one for each person, stage, thing and due date."""

    __tablename__ = "reminder_item"
    __table_args__ = (
        CheckConstraint(
            "stage IN ('due-soon','due-today','overdue','escalated','evaluation-due',"
            "'recommendation-issued','answer-overdue','reading-due','approval-overdue','owner-lapsed')",
            name="stage",
        ),
        Index("ix_reminder_item_waiting", "person_id", postgresql_where=text("message_id IS NULL")),
        Index("ix_reminder_item_message_id", "message_id"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("mail_account.person_id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    message_id: Mapped[UUID | None]
    created_at: Mapped[datetime]

"""Evaluated plans and the evaluations in their calendar."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class EvaluatedPlanRow(Base):
    """The newest approved revision of a plan; a closing may be heard first, `revision` is null until then."""

    __tablename__ = "evaluated_plan"
    __table_args__ = (
        CheckConstraint(
            "revision IS NULL OR num_nulls(kind, title, valid_from, valid_until) = 0", name="revision_whole"
        ),
        CheckConstraint("revision IS NOT NULL OR closed_on IS NOT NULL", name="known_by_something"),
        Index("ix_evaluated_plan_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int | None]
    kind: Mapped[str | None]
    title: Mapped[str | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int]


class EvaluationRow(Base):
    __tablename__ = "evaluation"
    __table_args__ = (
        CheckConstraint("kind IN ('entry','mid-term','final')", name="kind"),
        CheckConstraint("status IN ('planned','begun','completed','cancelled')", name="status"),
        CheckConstraint(
            "(status = 'cancelled') = (cancelled_reason IS NOT NULL)", name="cancelled_for_reason"
        ),
        Index("ix_evaluation_due_on_evaluation_id", "due_on", "evaluation_id"),
        Index("ix_evaluation_plan_id_due_on_evaluation_id", "plan_id", "due_on", "evaluation_id"),
        Index(
            "ix_evaluation_to_announce",
            "due_on",
            postgresql_where=text("due_announced_at IS NULL AND status = 'planned'"),
        ),
    )

    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("evaluated_plan.plan_id"))
    kind: Mapped[str]
    due_on: Mapped[date]
    status: Mapped[str]
    cancelled_reason: Mapped[str | None]
    due_announced_at: Mapped[datetime | None]
    version: Mapped[int]

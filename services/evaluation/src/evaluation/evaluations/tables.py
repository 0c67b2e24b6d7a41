"""Evaluated plans and cooperations, the evaluations in their calendar, their trail, the questions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.evaluations.domain import EvaluationStatus, Origin
from evaluation.evaluations.questions import Criterion
from evaluation.tables import Base
from shared.contracts.reports import EvaluationType

_TYPES = ",".join(f"'{each.value}'" for each in EvaluationType)
_STATUSES = ",".join(f"'{each.value}'" for each in EvaluationStatus)
_ORIGINS = ",".join(f"'{each.value}'" for each in Origin)
_CRITERIA = ",".join(f"'{each.value}'" for each in Criterion)


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
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid(), dimensions=1))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int]


class EvaluatedCooperationRow(Base):
    """A cooperation as registry told it; its end may be heard first, `starts_on` is null until then."""

    __tablename__ = "evaluated_cooperation"

    cooperation_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    unit_id: Mapped[UUID] = mapped_column(index=True)
    regime: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class DescribedCooperationRow(Base):
    """The themes that both parties agreed on, by domain of the description."""

    __tablename__ = "described_cooperation"

    description_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    cooperation_id: Mapped[UUID]
    unit_id: Mapped[UUID] = mapped_column(index=True)
    domain: Mapped[str]
    edition: Mapped[int]
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class EvaluationRow(Base):
    """`unit_ids` of an evaluation of a plan are empty: those of the plan count, as they are now."""

    __tablename__ = "evaluation"
    __table_args__ = (
        CheckConstraint("kind IN ('entry','mid-term','final')", name="kind"),
        CheckConstraint(f"type IN ({_TYPES})", name="type"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint(f"origin IN ({_ORIGINS})", name="origin"),
        CheckConstraint(
            "(status = 'cancelled') = (cancelled_reason IS NOT NULL)", name="cancelled_for_reason"
        ),
        CheckConstraint("kind IS NULL OR plan_id IS NOT NULL", name="kind_of_plan"),
        CheckConstraint("mode IN ('internal','external')", name="mode"),
        CheckConstraint(
            "num_nulls(digest, completed_on) = CASE WHEN edition = 0 THEN 2 ELSE 0 END",
            name="completed_whole",
        ),
        Index("ix_evaluation_due_on_evaluation_id", "due_on", "evaluation_id"),
        Index("ix_evaluation_plan_id_due_on_evaluation_id", "plan_id", "due_on", "evaluation_id"),
        Index("ix_evaluation_unit_ids", "unit_ids", postgresql_using="gin"),
        Index(
            "ix_evaluation_to_announce",
            "due_on",
            postgresql_where=text("due_announced_at IS NULL AND status = 'planned'"),
        ),
    )

    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("evaluated_plan.plan_id"))
    kind: Mapped[str | None]
    type: Mapped[str]
    origin: Mapped[str]
    title: Mapped[str]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid(), dimensions=1))
    themes: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    region: Mapped[str]
    project: Mapped[str]
    cooperation_id: Mapped[UUID | None] = mapped_column(index=True)
    due_on: Mapped[date]
    status: Mapped[str]
    cancelled_reason: Mapped[str | None]
    due_announced_at: Mapped[datetime | None]
    mode: Mapped[str | None]
    organisation: Mapped[str | None]
    contract: Mapped[str | None]
    authors: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    revision: Mapped[int | None]
    drafted_by: Mapped[str | None]
    correction_reason: Mapped[str]
    edition: Mapped[int]
    completed_on: Mapped[date | None]
    digest: Mapped[str | None]
    version: Mapped[int]


class EvaluationActRow(Base):
    """What somebody decided on an evaluation, append-only: a trigger refuses any change."""

    __tablename__ = "evaluation_act"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.evaluation_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    move: Mapped[str]
    reason: Mapped[str]
    actor_id: Mapped[str]
    actor_affiliation: Mapped[str]
    at: Mapped[datetime]


class EvaluationQuestionRow(Base):
    """A later edition of an evaluation question, or one beside the standard set; append-only."""

    __tablename__ = "evaluation_question"
    __table_args__ = (
        CheckConstraint(f"criterion IN ({_CRITERIA})", name="criterion"),
        CheckConstraint("edition > 0", name="counted"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[str]
    cs: Mapped[str]
    en: Mapped[str]
    valid_from: Mapped[date]
    reason: Mapped[str]
    set_by: Mapped[str]
    affiliation: Mapped[str]
    at: Mapped[datetime]

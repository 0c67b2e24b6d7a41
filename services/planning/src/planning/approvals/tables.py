"""Rows of chains of approval, and of the rounds in which plans are decided on."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.approvals.rounds import RoundStatus, StepState
from planning.tables import Base
from shared.contracts.planning import ApprovalLevel, PlanKind


def _one_of(column: str, values: type[ApprovalLevel | RoundStatus | StepState | PlanKind]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class ChainRow(Base):
    """A chain for a kind of plan, or for a kind and a unit; of each, one on a day (a constraint)."""

    __tablename__ = "approval_chain"
    __table_args__ = (
        CheckConstraint(_one_of("kind", PlanKind), name="kind"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("version > 0 AND quiet_days >= 0", name="counted"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    unit_id: Mapped[UUID | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    quiet_days: Mapped[int] = mapped_column(SmallInteger)
    steps: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    reason: Mapped[str]
    set_by: Mapped[str]
    affiliation: Mapped[str]
    set_at: Mapped[datetime]


class RoundRow(Base):
    """`position` and `due_on` are those of the step that is being decided; one round of a plan runs."""

    __tablename__ = "approval_round"
    __table_args__ = (
        UniqueConstraint("plan_id", "revision", "number"),
        CheckConstraint(_one_of("status", RoundStatus), name="status"),
        CheckConstraint("version > 0 AND number > 0 AND position >= 0 AND quiet_days >= 0", name="counted"),
        CheckConstraint("(status IN ('running', 'quiet')) = (ended_on IS NULL)", name="ended"),
        CheckConstraint("status <> 'quiet' OR quiet_until IS NOT NULL", name="quiet"),
        Index(
            "ix_approval_round_live",
            "plan_id",
            unique=True,
            postgresql_where=text("status IN ('running', 'quiet')"),
        ),
        Index("ix_approval_round_status", "status", "due_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    revision: Mapped[int]
    number: Mapped[int] = mapped_column(SmallInteger)
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    submitted_by: Mapped[str]
    opened_on: Mapped[date]
    status: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    due_on: Mapped[date | None]
    quiet_days: Mapped[int] = mapped_column(SmallInteger)
    quiet_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None]
    reason: Mapped[str]
    hindered_by: Mapped[str]
    changed_at: Mapped[datetime]


class ApprovalStepRow(Base):
    """A step of a round, copied from the chain that held when the plan was submitted."""

    __tablename__ = "approval_step"
    __table_args__ = (
        CheckConstraint(_one_of("level", ApprovalLevel), name="level"),
        CheckConstraint(_one_of("state", StepState), name="state"),
        CheckConstraint("position >= 0 AND working_days > 0", name="counted"),
    )

    round_id: Mapped[UUID] = mapped_column(
        ForeignKey("approval_round.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    level: Mapped[str]
    label_cs: Mapped[str]
    label_en: Mapped[str]
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    working_days: Mapped[int | None] = mapped_column(SmallInteger)
    escalates_to: Mapped[str]
    state: Mapped[str]
    opened_on: Mapped[date | None]
    due_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]


class ApprovalPartyRow(Base):
    """Who has to agree in a step: the council of each unit, or the plan's people as one (`unit_id` NULL)."""

    __tablename__ = "approval_party"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "position"],
            ["approval_step.round_id", "approval_step.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("(decided_by IS NULL) = (decided_on IS NULL)", name="decided"),
        Index("ix_approval_party_decided_by", "decided_by"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[UUID | None]
    decided_by: Mapped[str | None]
    affiliation: Mapped[str]
    decided_on: Mapped[date | None]
    body: Mapped[str]
    reference: Mapped[str]
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"))
    note: Mapped[str]
    recorded_at: Mapped[datetime | None]

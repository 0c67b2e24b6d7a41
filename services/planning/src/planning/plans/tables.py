"""Rows of plans, of their trees and of their approved revisions."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.plans.domain import PlanStatus
from planning.plans.tree import NodeKind
from planning.tables import Base
from shared.contracts.planning import Direction, Periodicity, PlanKind
from shared.database import MONEY


def _one_of(column: str, values: type[PlanStatus | NodeKind | PlanKind | Direction | Periodicity]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


ROOTS = "('problem', 'risk', 'area', 'chapter')"


class PlanRow(Base):
    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint(_one_of("kind", PlanKind), name="kind"),
        CheckConstraint(_one_of("status", PlanStatus), name="status"),
        CheckConstraint("valid_from < valid_until", name="validity"),
        CheckConstraint("revision > 0 AND version > 0", name="counted"),
        Index("ix_plan_status", "status", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    vision: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    status: Mapped[str]
    revision: Mapped[int]
    submitted_by: Mapped[str | None]
    monitored_revision: Mapped[int]
    evaluated_revision: Mapped[int]
    closed_on: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class PlanUnitRow(Base):
    """A plan may belong to several units (Rumburk and Staré Křečany plan together)."""

    __tablename__ = "plan_unit"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class NodeRow(Base):
    """A node of the tree that is being drafted; its kind decides which columns are used.

    Ids are stable: a node keeps its id from draft to draft and over the revisions.
    """

    __tablename__ = "node"
    __table_args__ = (
        CheckConstraint(_one_of("kind", NodeKind), name="kind"),
        CheckConstraint(f"(kind IN {ROOTS}) = (parent_id IS NULL)", name="root"),
        Index("ix_node_parent_id", "plan_id", "parent_id", "position"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[UUID | None]
    kind: Mapped[str]
    position: Mapped[int]
    number: Mapped[str]
    title: Mapped[str]
    description: Mapped[str | None]
    area: Mapped[str | None]
    causes: Mapped[str | None]
    consequences: Mapped[str | None]
    affected_group: Mapped[str | None]
    estimated_people: Mapped[int | None]
    target_state: Mapped[str | None]
    owner: Mapped[str | None]
    partners: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    due_on: Mapped[date | None]
    cost_czk: Mapped[Decimal | None] = mapped_column(MONEY)
    funding_source: Mapped[str | None]
    source: Mapped[str | None]
    unit: Mapped[str | None]
    direction: Mapped[str | None]
    periodicity: Mapped[str | None]
    baseline: Mapped[Decimal | None] = mapped_column(Numeric)
    baseline_on: Mapped[date | None]
    target: Mapped[Decimal | None] = mapped_column(Numeric)
    target_on: Mapped[date | None]
    year: Mapped[int | None]
    funder: Mapped[str | None]
    category: Mapped[str | None]
    amount_czk: Mapped[Decimal | None] = mapped_column(MONEY)
    note: Mapped[str | None]
    programme: Mapped[str | None]
    registration_number: Mapped[str | None]
    call: Mapped[str | None]
    applicant: Mapped[str | None]
    budget_czk: Mapped[Decimal | None] = mapped_column(MONEY)
    state: Mapped[str | None]
    strategy_code: Mapped[str | None]
    goal_code: Mapped[str | None]
    probability: Mapped[int | None]
    impact: Mapped[int | None]
    response: Mapped[str | None]
    code: Mapped[str | None]
    managers: Mapped[list[str] | None] = mapped_column(ARRAY(Text))


class RevisionRow(Base):
    """An approved revision. A trigger refuses every change: what a council approved stays as it was."""

    __tablename__ = "revision"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    snapshot: Mapped[str]
    digest: Mapped[str]
    body: Mapped[str]
    approved_on: Mapped[date]
    resolution_number: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class AmendmentRow(Base):
    """The draft of the next revision of a plan in force; its tree is JSON, that in force stays in `node`."""

    __tablename__ = "amendment"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'submitted', 'returned')", name="status"),
        CheckConstraint("valid_from < valid_until", name="validity"),
        CheckConstraint("revision > 1", name="counted"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    revision: Mapped[int]
    status: Mapped[str]
    reason: Mapped[str]
    title: Mapped[str]
    vision: Mapped[str]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    submitted_by: Mapped[str | None]
    content: Mapped[str]
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class StepRow(Base):
    """One step in the life of a plan, with who took it and why; append-only."""

    __tablename__ = "step"
    __table_args__ = (Index("ix_step_plan_id", "plan_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    status: Mapped[str]
    revision: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    affiliation: Mapped[str]
    note: Mapped[str]
    changes: Mapped[dict[str, object] | None] = mapped_column(JSONB)

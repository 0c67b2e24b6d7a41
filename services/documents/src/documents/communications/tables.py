"""Rows of communication plans, their targets and outputs, and of the rules by which acts ask for them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.communications.kinds import ActKind, CommunicationKind
from documents.tables import Base

_KINDS = ", ".join(f"'{kind}'" for kind in CommunicationKind)
_ACTS = ", ".join(f"'{act}'" for act in ActKind)


class CommunicationPlanRow(Base):
    """Of a cooperation, of a plan or of a whole project."""

    __tablename__ = "communication_plan"
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="valid_until"),
        CheckConstraint("num_nonnulls(cooperation_id, plan_id, project_id) > 0", name="of_something"),
        Index("ix_communication_plan_valid_from_id", "valid_from", "id"),
        Index("ix_communication_plan_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    cooperation_id: Mapped[UUID | None]
    plan_id: Mapped[UUID | None]
    project_id: Mapped[UUID | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    responsible: Mapped[str]
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    target_groups: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    closed_on: Mapped[date | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    version: Mapped[int]


class CommunicationTargetRow(Base):
    """How many outputs of a kind a plan promises."""

    __tablename__ = "communication_target"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("promised > 0", name="promised"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("communication_plan.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    promised: Mapped[int]


class CommunicationRuleRow(Base):
    """An output of this kind is due so many working days after an act."""

    __tablename__ = "communication_rule"
    __table_args__ = (
        CheckConstraint(f"act IN ({_ACTS})", name="act"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("working_days > 0", name="working_days"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    act: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    channel: Mapped[str]
    target_group: Mapped[str]
    working_days: Mapped[int]
    is_active: Mapped[bool]
    version: Mapped[int]


class CommunicationOutputRow(Base):
    """`act_key` names the act that asked for it: each rule asks once for each act."""

    __tablename__ = "communication_output"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("state IN ('planned', 'done', 'cancelled')", name="state"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done"),
        CheckConstraint("(rule_id IS NULL) = (act_key IS NULL)", name="arisen"),
        UniqueConstraint("rule_id", "act_key"),
        Index("ix_communication_output_due_on_id", "due_on", "id"),
        Index("ix_communication_output_plan_id", "communication_plan_id"),
        Index("ix_communication_output_unit_ids", "unit_ids", postgresql_using="gin"),
        Index("ix_communication_output_waiting", "due_on", postgresql_where=text("state = 'planned'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    communication_plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("communication_plan.id"))
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    kind: Mapped[str]
    title: Mapped[str]
    channel: Mapped[str]
    target_group: Mapped[str]
    responsible: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[str]
    done_on: Mapped[date | None]
    proof_url: Mapped[str | None]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str | None]
    rule_id: Mapped[UUID | None] = mapped_column(ForeignKey("communication_rule.id"))
    act_key: Mapped[str | None]
    about_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    version: Mapped[int]

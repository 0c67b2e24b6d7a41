"""Rows of recommendations and of the replies to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.planning import RecommendationAnswer

_PRIORITIES = ", ".join(f"'{each.value}'" for each in RecommendationPriority)
_ANSWERS = ", ".join(f"'{each.value}'" for each in RecommendationAnswer)


class RecommendationRow(Base):
    """As evaluation last told it; `reply_version` names the reply that holds."""

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint(f"priority IN ({_PRIORITIES})", name="priority"),
        CheckConstraint("version > 0 AND issue_version > 0 AND revision > 0", name="counted"),
        CheckConstraint("reply_version <= version", name="replied"),
        Index("ix_recommendation_plan_id", "plan_id", "revision"),
        Index("ix_recommendation_response_due_on", "response_due_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    issue_version: Mapped[int]
    evaluation_id: Mapped[UUID]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    revision: Mapped[int]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    number: Mapped[str]
    text: Mapped[str]
    addressee: Mapped[str]
    priority: Mapped[str]
    issued_on: Mapped[date]
    response_due_on: Mapped[date]
    node_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    reply_version: Mapped[int | None]
    received_at: Mapped[datetime]


class ReplyRow(Base):
    """A reply as it was given; a trigger refuses every change, a later reply takes its place."""

    __tablename__ = "reply"
    __table_args__ = (
        CheckConstraint(f"answer IN ({_ANSWERS})", name="answer"),
        CheckConstraint("answer = 'rejected' OR (due_on IS NOT NULL AND responsible <> '')", name="promise"),
        CheckConstraint("answer <> 'rejected' OR fulfilled_on IS NULL", name="fulfilled"),
    )

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str]
    reasons: Mapped[str]
    responsible: Mapped[str]
    due_on: Mapped[date | None]
    node_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    fulfilled_on: Mapped[date | None]
    evidence: Mapped[str]
    replied_by: Mapped[str]
    affiliation: Mapped[str]
    replied_at: Mapped[datetime]

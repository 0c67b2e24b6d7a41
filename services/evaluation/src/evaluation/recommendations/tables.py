"""Issued recommendations, answers as they came, and what became of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.recommendations.domain import Fulfilment
from evaluation.tables import Base
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.planning import RecommendationAnswer

_PRIORITIES = ",".join(f"'{each.value}'" for each in RecommendationPriority)
_ANSWERS = ",".join(f"'{each.value}'" for each in RecommendationAnswer)
_FULFILMENTS = ",".join(f"'{each.value}'" for each in Fulfilment)


class RecommendationRow(Base):
    """The wording as last issued, with the version of the answer and of the follow-up that hold."""

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint(f"priority IN ({_PRIORITIES})", name="priority"),
        CheckConstraint("version > 0 AND issue_version > 0 AND edition > 0", name="counted"),
        Index("ix_recommendation_response_due_on", "response_due_on", "recommendation_id"),
        Index("ix_recommendation_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    recommendation_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    issue_version: Mapped[int]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.evaluation_id"), index=True)
    edition: Mapped[int]
    plan_id: Mapped[UUID | None] = mapped_column(index=True)
    revision: Mapped[int | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid(), dimensions=1))
    number: Mapped[str]
    text: Mapped[str]
    addressee: Mapped[str]
    addressee_text: Mapped[str]
    priority: Mapped[str]
    response_due_on: Mapped[date]
    node_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid(), dimensions=1))
    issued_on: Mapped[date]
    answer_version: Mapped[int | None]
    follow_up_version: Mapped[int | None]


class RecommendationAnswerRow(Base):
    """An answer as it came, append-only; `told_version` is planning's."""

    __tablename__ = "recommendation_answer"
    __table_args__ = (
        CheckConstraint(f"answer IN ({_ANSWERS})", name="answer"),
        CheckConstraint("told_version >= 0", name="counted"),
    )

    recommendation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recommendation.recommendation_id"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    told_version: Mapped[int]
    answer: Mapped[str]
    reasons: Mapped[str]
    responsible: Mapped[str]
    due_on: Mapped[date | None]
    node_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid(), dimensions=1))
    fulfilled_on: Mapped[date | None]
    at: Mapped[datetime]


class RecommendationFollowUpRow(Base):
    """What the evaluator found out, append-only."""

    __tablename__ = "recommendation_follow_up"
    __table_args__ = (CheckConstraint(f"fulfilment IN ({_FULFILMENTS})", name="fulfilment"),)

    recommendation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recommendation.recommendation_id"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    fulfilment: Mapped[str]
    evidence: Mapped[str]
    followed_up_on: Mapped[date]
    actor_id: Mapped[str]
    actor_affiliation: Mapped[str]
    at: Mapped[datetime]

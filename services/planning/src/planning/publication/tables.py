"""Rows of released texts and of published settlements."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base


class ReleaseRow(Base):
    """The texts of a comment as everybody may read them, and who checked them for personal data."""

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("version > 0", name="counted"),
        Index("ix_release_consultation_id", "consultation_id"),
    )

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    version: Mapped[int]
    text: Mapped[str]
    wording: Mapped[str]
    reasons: Mapped[str]
    justification: Mapped[str]
    despite: Mapped[str]
    released_by: Mapped[str]
    released_at: Mapped[datetime]


class PublishedSettlementRow(Base):
    """The settlement as it was published: canonical JSON and its SHA-256; a trigger refuses every change."""

    __tablename__ = "published_settlement"
    __table_args__ = (Index("ix_published_settlement_plan_id", "plan_id", "revision"),)

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    revision: Mapped[int]
    comments: Mapped[int]
    content: Mapped[str]
    digest: Mapped[str]
    published_by: Mapped[str]
    published_for: Mapped[str]
    published_at: Mapped[datetime]

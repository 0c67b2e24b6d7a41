"""Rows of dispositions, of their history, and of approvals of settlements."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.settlement.domain import Result
from planning.tables import Base

_RESULT = f"result IN ({', '.join(repr(each.value) for each in Result)})"


class DispositionRow(Base):
    """What was decided on a comment; without a result it was reopened."""

    __tablename__ = "disposition"
    __table_args__ = (
        CheckConstraint(_RESULT, name="result"),
        CheckConstraint("result NOT IN ('partly', 'rejected') OR justification <> ''", name="justified"),
        CheckConstraint(
            "coalesce(result IN ('accepted', 'partly'), false) = (change IS NOT NULL)", name="change"
        ),
        CheckConstraint("(result IS NULL) = (settled_on IS NULL)", name="settled"),
        CheckConstraint("version > 0", name="counted"),
        Index("ix_disposition_consultation_id", "consultation_id", "result"),
    )

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    version: Mapped[int]
    result: Mapped[str | None]
    justification: Mapped[str]
    change: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    settled_by: Mapped[str]
    settled_for: Mapped[str]
    settled_on: Mapped[date | None]
    recorded_at: Mapped[datetime]


class DispositionStepRow(Base):
    """Each state that a disposition had, with who decided; a trigger refuses every change."""

    __tablename__ = "disposition_step"

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    result: Mapped[str | None]
    justification: Mapped[str]
    change: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    body_id: Mapped[UUID | None]
    settled_on: Mapped[date | None]
    reason: Mapped[str]
    actor: Mapped[str]
    affiliation: Mapped[str]
    at: Mapped[datetime]


class SettlementRow(Base):
    """The approval of a whole settlement, most often by the management team; never changed."""

    __tablename__ = "settlement"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    body: Mapped[str]
    approved_on: Mapped[date]
    note: Mapped[str]
    counts: Mapped[dict[str, object]] = mapped_column(JSONB)
    approved_by: Mapped[str]
    approved_for: Mapped[str]
    recorded_at: Mapped[datetime]

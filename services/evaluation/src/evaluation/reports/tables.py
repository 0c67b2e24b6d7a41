"""Drafts of reports, what was frozen of them, and the judgements by question."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.reports.content import Strength, Verdict
from evaluation.tables import Base

_VERDICTS = ",".join(f"'{each.value}'" for each in Verdict)
_STRENGTHS = ",".join(f"'{each.value}'" for each in Strength)


class ReportDraftRow(Base):
    """What people write; `facts` is the canonical JSON of what was known when the draft was handed in."""

    __tablename__ = "report_draft"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.evaluation_id"), primary_key=True)
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    facts: Mapped[str | None]
    facts_on: Mapped[date | None]
    changed_at: Mapped[datetime]


class ReportRow(Base):
    """A frozen report: `body` is made of `inputs` alone, `digest` is its SHA-256; a trigger keeps it so."""

    __tablename__ = "report"
    __table_args__ = (CheckConstraint("edition > 0", name="counted"),)

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.evaluation_id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    body: Mapped[str]
    inputs: Mapped[str]
    reason: Mapped[str]
    gaps: Mapped[int]
    completed_on: Mapped[date]
    completed_by: Mapped[str]
    affiliation: Mapped[str]
    completed_at: Mapped[datetime]


class JudgementRow(Base):
    """An answer to a question in a frozen report: one question is compared over many reports."""

    __tablename__ = "judgement"
    __table_args__ = (
        ForeignKeyConstraint(["evaluation_id", "edition"], ["report.evaluation_id", "report.edition"]),
        CheckConstraint(f"verdict IN ({_VERDICTS})", name="verdict"),
        CheckConstraint(f"strength IN ({_STRENGTHS})", name="strength"),
        Index("ix_judgement_code", "code", "completed_on", "evaluation_id"),
    )

    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    question_edition: Mapped[int]
    answer: Mapped[str]
    verdict: Mapped[str]
    strength: Mapped[str]
    evidence: Mapped[int]
    completed_on: Mapped[date]

"""Rows of evidence: what problems cite, what became of it, and every step on the way."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.evidence.domain import Freshness, Measure, StepKind
from planning.tables import Base


def _one_of(column: str, values: type[Freshness | Measure | StepKind]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class EvidenceRow(Base):
    """A link. `current_*` is what the last check found; `position`, how far the registry was then.

    The problem may have left the plan since: `node_id` is no foreign key.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint(_one_of("measure", Measure), name="measure"),
        CheckConstraint(_one_of("state", Freshness), name="state"),
        CheckConstraint("version > 0", name="counted"),
        CheckConstraint(
            "(measure = 'analysis') = (unit_id IS NULL) AND (unit_id IS NULL) = (period IS NULL) "
            "AND (unit_id IS NULL) = (value IS NULL)",
            name="cited",
        ),
        Index("ix_evidence_plan_id", "plan_id", "node_id"),
        Index("ix_evidence_unit_id", "unit_id", "series", "period"),
        Index("ix_evidence_state", "state", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    node_id: Mapped[UUID]
    measure: Mapped[str]
    title: Mapped[str]
    unit_id: Mapped[UUID | None]
    series: Mapped[str | None]
    period: Mapped[date | None]
    vintage: Mapped[int | None]
    method: Mapped[str | None]
    value: Mapped[Decimal | None] = mapped_column(Numeric)
    url: Mapped[str | None]
    document_id: Mapped[UUID | None]
    claim: Mapped[str]
    at_least: Mapped[Decimal | None] = mapped_column(Numeric)
    at_most: Mapped[Decimal | None] = mapped_column(Numeric)
    tolerance_percent: Mapped[Decimal | None] = mapped_column(Numeric)
    state: Mapped[str]
    reason_cs: Mapped[str]
    reason_en: Mapped[str]
    current_value: Mapped[Decimal | None] = mapped_column(Numeric)
    current_from: Mapped[date | None]
    current_vintage: Mapped[int | None]
    position: Mapped[int] = mapped_column(BigInteger)
    checked_at: Mapped[datetime | None]
    upheld: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    removed_on: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class EvidenceStepRow(Base):
    """What was done with a link, by whom; append-only. What was cited before stays here."""

    __tablename__ = "evidence_step"
    __table_args__ = (CheckConstraint(_one_of("kind", StepKind), name="kind"),)

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    state: Mapped[str]
    reason_cs: Mapped[str]
    reason_en: Mapped[str]
    citation: Mapped[dict[str, object]] = mapped_column(JSONB)
    note: Mapped[str]
    actor: Mapped[str]
    affiliation: Mapped[str]
    at: Mapped[datetime]


class HeardEditionRow(Base):
    """How far the registry was in a series (`''`: the Index) when it was heard of last."""

    __tablename__ = "heard_edition"

    series: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)

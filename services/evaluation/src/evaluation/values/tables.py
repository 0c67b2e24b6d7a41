"""The trail of values, drafts that are not reported yet, and locks of periods."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class ValueActRow(Base):
    """What somebody did with a value, append-only: a trigger refuses any change."""

    __tablename__ = "value_act"
    __table_args__ = (
        CheckConstraint(
            "act IN ('reported','approved','returned','corrected','recomputed','upheld')", name="act"
        ),
        CheckConstraint("num_nonnulls(value, wording) = 1", name="says_one_thing"),
        CheckConstraint(
            "(act IN ('reported','corrected','recomputed')) = (num_nulls(measured_on, source) = 0)",
            name="reported_whole",
        ),
        CheckConstraint(
            "reason IS NOT NULL OR (act IN ('reported','approved') AND NOT late)", name="reasoned"
        ),
        Index(
            "ix_value_act_series",
            text("(derivation ->> 'series')"),
            postgresql_where=text("(derivation ->> 'kind') = 'table'"),
        ),
    )

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligation.obligation_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str]
    value: Mapped[Decimal | None]
    wording: Mapped[str | None]
    measured_on: Mapped[date | None]
    source: Mapped[str | None]
    note: Mapped[str | None]
    reason: Mapped[str | None]
    late: Mapped[bool] = mapped_column(server_default=text("false"))
    definition_code: Mapped[str | None]
    definition_edition: Mapped[int | None]
    breakdown: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    evidence: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))
    derivation: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    actor_id: Mapped[str]
    actor_affiliation: Mapped[str]
    at: Mapped[datetime]


class ValueDraftRow(Base):
    """What a town prepares to report; the obligation is awaited until it is submitted."""

    __tablename__ = "value_draft"

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligation.obligation_id"), primary_key=True)
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    actor_id: Mapped[str]
    actor_affiliation: Mapped[str]
    at: Mapped[datetime]


class PeriodLockRow(Base):
    """A lock moved, append-only: values of periods that end until `locked_until` need a reason to move."""

    __tablename__ = "period_lock"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("monitored_plan.plan_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    locked_until: Mapped[date | None]
    reason: Mapped[str]
    actor_id: Mapped[str]
    actor_affiliation: Mapped[str]
    at: Mapped[datetime]

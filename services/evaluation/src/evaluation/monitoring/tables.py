"""Monitored plans, their indicators and the obligations to report."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Uuid, and_, or_, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class MonitoredPlanRow(Base):
    """The newest approved revision of a plan; a closing may be heard first, `revision` is null until then."""

    __tablename__ = "monitored_plan"
    __table_args__ = (
        CheckConstraint(
            "revision IS NULL OR num_nulls(kind, title, valid_from, valid_until, digest, set_up_at) = 0",
            name="revision_whole",
        ),
        CheckConstraint("revision IS NOT NULL OR closed_on IS NOT NULL", name="known_by_something"),
        Index("ix_monitored_plan_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int | None]
    kind: Mapped[str | None]
    title: Mapped[str | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    digest: Mapped[str | None]
    set_up_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    locked_until: Mapped[date | None]
    version: Mapped[int]


class MonitoredIndicatorRow(Base):
    """An indicator as the newest revision has it; `removed_in` is the revision that left it out.

    `definition_edition` is the edition of the catalogue in which baseline and target were set. Periods of
    the present periodicity open from `periodicity_from` on, where it was another one before.
    """

    __tablename__ = "monitored_indicator"
    __table_args__ = (
        ForeignKeyConstraint(
            ["definition_code", "definition_edition"],
            ["definition_edition.code", "definition_edition.edition"],
        ),
        CheckConstraint(
            "num_nulls(definition_code, definition_edition, defined_by) IN (0, 3)", name="definition_whole"
        ),
        CheckConstraint("defined_by IN ('name','person')", name="defined_by"),
        CheckConstraint("accumulation IN ('state','cumulative','incremental')", name="accumulation"),
        Index("ix_monitored_indicator_definition_code", "definition_code"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("monitored_plan.plan_id"), primary_key=True)
    indicator_id: Mapped[UUID] = mapped_column(primary_key=True)
    measures: Mapped[UUID]
    number: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str]
    direction: Mapped[str]
    periodicity: Mapped[str]
    owner: Mapped[str]
    baseline: Mapped[Decimal]
    baseline_on: Mapped[date]
    target: Mapped[Decimal]
    target_on: Mapped[date]
    removed_in: Mapped[int | None]
    definition_code: Mapped[str | None]
    definition_edition: Mapped[int | None]
    defined_by: Mapped[str | None]
    accumulation: Mapped[str | None]
    part_targets: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))
    periodicity_from: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ObligationRow(Base):
    """One value to report. `value`, `measured_on`, `reported_by` are those of the last report.

    A qualitative indicator has a `wording` in place of a value. The definition is that of the report. What
    was reported of a period that is not collected any more stays, and is not `in_calendar`.
    No index may name a column that announcing sets: such updates would write every index anew.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_id", "indicator_id"], ["monitored_indicator.plan_id", "monitored_indicator.indicator_id"]
        ),
        CheckConstraint("status IN ('open','submitted','approved','returned','cancelled')", name="status"),
        CheckConstraint("starts_on <= ends_on AND ends_on < due_on", name="dates_in_order"),
        CheckConstraint(
            "(status = 'cancelled') = (cancelled_reason IS NOT NULL)", name="cancelled_for_reason"
        ),
        CheckConstraint(
            "CASE WHEN status IN ('open','cancelled')"
            " THEN num_nonnulls(value, wording, measured_on, reported_by) = 0"
            " ELSE num_nulls(measured_on, reported_by) = 0 AND num_nonnulls(value, wording) = 1 END",
            name="reported_whole",
        ),
        ForeignKeyConstraint(
            ["definition_code", "definition_edition"],
            ["definition_edition.code", "definition_edition.edition"],
        ),
        Index("ix_obligation_due_on_obligation_id", "due_on", "obligation_id"),
        Index("ix_obligation_plan_id_due_on_obligation_id", "plan_id", "due_on", "obligation_id"),
        Index("ix_obligation_indicator_id", "indicator_id"),
        Index("ix_obligation_owner_due_on_obligation_id", "owner", "due_on", "obligation_id"),
        Index(
            "ix_obligation_awaited",
            "due_on",
            postgresql_where=text("status IN ('open','returned')"),
        ),
        Index(
            "ix_obligation_approved",
            *("plan_id", "indicator_id", "measured_on", "due_on", "obligation_id"),
            postgresql_where=text("status = 'approved'"),
        ),
    )

    obligation_id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID]
    indicator_id: Mapped[UUID]
    period: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]
    owner: Mapped[str]
    status: Mapped[str]
    cancelled_reason: Mapped[str | None]
    value: Mapped[Decimal | None]
    wording: Mapped[str | None]
    measured_on: Mapped[date | None]
    reported_by: Mapped[str | None]
    definition_code: Mapped[str | None]
    definition_edition: Mapped[int | None]
    due_announced_at: Mapped[datetime | None]
    overdue_announced_at: Mapped[datetime | None]
    in_calendar: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int]


IS_AWAITED = text("obligation.status IN ('open','returned')")
"""Literal, so that the planner may use the partial index."""

OF_ITS_INDICATOR = and_(
    MonitoredIndicatorRow.plan_id == ObligationRow.plan_id,
    MonitoredIndicatorRow.indicator_id == ObligationRow.indicator_id,
)

COLLECTED = and_(
    ObligationRow.in_calendar,
    MonitoredIndicatorRow.removed_in.is_(None),
    or_(MonitoredPlanRow.closed_on.is_(None), ObligationRow.starts_on <= MonitoredPlanRow.closed_on),
)
FALLS_DUE = and_(IS_AWAITED, COLLECTED)
"""Nothing falls due of periods after the closing, nor without its indicator; it may yet be reported."""

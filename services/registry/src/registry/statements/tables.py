"""Rows of statements: a request with its clock, what was drafted, and what was issued for ever."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from registry.statements.domain import LARGEST_SET, Status
from registry.tables import Base
from shared.contracts.intake import StatementKind
from shared.database import MONEY

_KINDS = ", ".join(f"'{kind.value}'" for kind in StatementKind)
_STATUSES = ", ".join(f"'{status.value}'" for status in Status)


class StatementRow(Base):
    """`due_on` and `alarm_on` follow from the clock and are empty while it stands.

    `clock_left` working days were left on `clock_on`, the day when the clock began, stopped or ran on.
    `content` is the canonical JSON of what was issued; a row that is issued is never changed.
    """

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint(f"cardinality(unit_ids) BETWEEN 1 AND {LARGEST_SET}", name="unit_ids"),
        CheckConstraint("(status = 'issued') = (digest IS NOT NULL)", name="issued"),
        CheckConstraint("ordinal > 0", name="ordinal"),
        UniqueConstraint("kind", "year", "ordinal"),
        UniqueConstraint("message_id"),
        Index("ix_statement_unit_ids", "unit_ids", postgresql_using="gin"),
        Index("ix_statement_ordered_on", "closed", "ordered_on", "id"),
        Index(
            "uq_statement_replaces",
            "replaces",
            unique=True,
            postgresql_where=text("status NOT IN ('withdrawn', 'refused')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    status: Mapped[str]
    applicant_name: Mapped[str]
    applicant_ico: Mapped[str]
    applicant_data_box: Mapped[str | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid, dimensions=1))
    project_title: Mapped[str]
    call_code: Mapped[str]
    requested_amount_czk: Mapped[Decimal | None] = mapped_column(MONEY)
    selected_on: Mapped[date | None]
    received_on: Mapped[date]
    message_id: Mapped[str | None]
    form: Mapped[dict[str, object]] = mapped_column(JSONB)
    replaces: Mapped[UUID | None] = mapped_column(ForeignKey("statement.id"))
    working_days: Mapped[int] = mapped_column(SmallInteger)
    alarm_days: Mapped[int] = mapped_column(SmallInteger)
    pauses: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    due_on: Mapped[date | None]
    alarm_on: Mapped[date | None]
    clock_on: Mapped[date]
    clock_left: Mapped[int] = mapped_column(SmallInteger)
    closed: Mapped[bool]
    ordered_on: Mapped[date]
    soon_told: Mapped[bool]
    overdue_told: Mapped[bool]
    draft: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    drafted_by: Mapped[str | None]
    drafted_findings: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    year: Mapped[int | None] = mapped_column(SmallInteger)
    ordinal: Mapped[int | None]
    issued_on: Mapped[date | None]
    signed_by: Mapped[str | None]
    signatory_function: Mapped[str | None]
    digest: Mapped[str | None]
    content: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    text_cs: Mapped[str | None]
    text_en: Mapped[str | None]
    registered_by: Mapped[str]
    registered_at: Mapped[datetime]


class StatementRuleRow(Base):
    """What holds for a kind where it was set otherwise than in the code."""

    __tablename__ = "statement_rule"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("working_days BETWEEN 1 AND 60", name="working_days"),
        CheckConstraint("alarm_days BETWEEN 0 AND 60", name="alarm_days"),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    working_days: Mapped[int] = mapped_column(SmallInteger)
    alarm_days: Mapped[int] = mapped_column(SmallInteger)
    index_years: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger, dimensions=1))
    index_threshold: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    version: Mapped[int]

"""Rows of descriptions: one for each edition; what was agreed is never changed (a trigger sees to it)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, column, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.descriptions.steps import Status
from registry.tables import Base
from shared.contracts.intake import CooperationDomain

_STATUSES = ", ".join(f"'{status.value}'" for status in Status)
_DOMAINS = ", ".join(f"'{domain.value}'" for domain in CooperationDomain)
_DAYS = func.daterange(column("in_force_from"), column("in_force_until"), text("'[]'"))


class DescriptionRow(Base):
    """`methodology`, `areas` and the days stand in the content too; here they are for lists and neighbours.

    In force from `in_force_from` (agreed and begun) until `in_force_until`, both included; ended before
    it began where the latter is the day before the former.
    """

    __tablename__ = "description"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint(f"domain IN ({_DOMAINS})", name="domain"),
        CheckConstraint("in_force_until >= in_force_from - 1", name="order"),
        CheckConstraint("(agreed_on IS NULL) = (digest IS NULL)", name="digest"),
        CheckConstraint(
            "agreed_on IS NULL OR (memorandum_id IS NOT NULL AND in_force_from IS NOT NULL "
            "AND in_force_until IS NOT NULL)",
            name="agreed",
        ),
        ExcludeConstraint(
            (column("cooperation_id"), "="),
            (column("domain"), "="),
            (_DAYS, "&&"),
            name="ex_description_one_in_force",
            where=text("agreed_on IS NOT NULL AND in_force_until >= in_force_from"),
        ),
        Index(
            "ix_description_edition",
            "cooperation_id",
            "domain",
            "edition",
            unique=True,
            postgresql_where=text("status <> 'discarded'"),
        ),
        Index(
            "ix_description_in_the_making",
            "cooperation_id",
            "domain",
            unique=True,
            postgresql_where=text("status IN ('draft', 'proposed')"),
        ),
        Index("ix_description_unit_id", "unit_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cooperation_id: Mapped[UUID] = mapped_column(ForeignKey("cooperation.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    domain: Mapped[str]
    edition: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int]
    status: Mapped[str]
    memorandum_id: Mapped[UUID | None] = mapped_column(ForeignKey("memorandum.id"))
    methodology: Mapped[str | None] = mapped_column(ForeignKey("methodology.code"))
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    baseline: Mapped[list[object]] = mapped_column(JSONB)
    authors: Mapped[list[str]] = mapped_column(ARRAY(Text))
    agreements: Mapped[list[object]] = mapped_column(JSONB)
    agreed_on: Mapped[date | None]
    in_force_from: Mapped[date | None]
    in_force_until: Mapped[date | None]
    end_reason: Mapped[str | None]
    digest: Mapped[str | None]
    drafted_at: Mapped[datetime]

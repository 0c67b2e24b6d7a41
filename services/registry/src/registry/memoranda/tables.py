"""Rows of memoranda: one for each edition; what was signed is never changed (a trigger sees to it)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, column, func, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.memoranda.content import AgencyParty, Reason
from registry.memoranda.steps import Status
from registry.tables import Base

_STATUSES = ", ".join(f"'{status.value}'" for status in Status)
_REASONS = ", ".join(f"'{reason.value}'" for reason in Reason)
_PARTIES = ", ".join(f"'{party.value}'" for party in AgencyParty)
_DAYS = func.daterange(column("concluded_on"), column("in_force_until"), text("'[]'"))


class MemorandumRow(Base):
    """In force from `concluded_on` until `in_force_until` (its last day; without it there is no limit)."""

    __tablename__ = "memorandum"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint(f"reason IN ({_REASONS})", name="reason"),
        CheckConstraint(f"agency_party IN ({_PARTIES})", name="agency_party"),
        CheckConstraint("in_force_until >= concluded_on", name="order"),
        CheckConstraint("(concluded_on IS NULL) = (digest IS NULL)", name="digest"),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (_DAYS, "&&"),
            name="ex_memorandum_one_in_force",
            where=text("concluded_on IS NOT NULL"),
        ),
        Index(
            "ix_memorandum_edition",
            "unit_id",
            "edition",
            unique=True,
            postgresql_where=text("status <> 'discarded'"),
        ),
        Index(
            "ix_memorandum_in_the_making",
            "unit_id",
            unique=True,
            postgresql_where=text("status IN ('draft', 'approved', 'signed')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    edition: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int]
    status: Mapped[str]
    reason: Mapped[str]
    agency_party: Mapped[str]
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("application.id"))
    document: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    resolution: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    unit_party: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    signatures: Mapped[list[object]] = mapped_column(JSONB)
    concluded_on: Mapped[date | None]
    in_force_until: Mapped[date | None]
    termination: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    digest: Mapped[str | None]
    drafted_at: Mapped[datetime]

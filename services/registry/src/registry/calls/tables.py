"""Rows of calls, of the methodologies they follow, and of the outages that prolonged them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    column,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.calls.domain import Status
from registry.calls.window import ExtensionCause
from registry.tables import Base

_STATUSES = ", ".join(f"'{status.value}'" for status in Status)
_CAUSES = ", ".join(f"'{cause.value}'" for cause in ExtensionCause)
_DAYS = func.daterange(column("valid_from"), column("valid_until"), text("'[]'"))
_SPAN = func.tstzrange(column("from_at"), column("until_at"))


class MethodologyRow(Base):
    """An edition of a methodology; `code` is its name and its edition, `valid_until` the last day."""

    __tablename__ = "methodology"
    __table_args__ = (
        UniqueConstraint("name", "edition"),
        CheckConstraint("code = name || '/' || edition", name="code"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
        ExcludeConstraint((column("name"), "="), (_DAYS, "&&"), name="ex_methodology_one_edition"),
        Index("ix_methodology_valid_from", "valid_from", "code"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    edition: Mapped[str]
    title_cs: Mapped[str]
    title_en: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    decided_by: Mapped[str]
    source: Mapped[str]
    rules: Mapped[list[object]] = mapped_column(JSONB)


class CallRow(Base):
    """Announced calls are whole: what a draft may lack, they have."""

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("closes_on >= opens_on OR status = 'draft'", name="order"),
        CheckConstraint(
            "status = 'draft' OR announced_on IS NOT NULL AND opens_at IS NOT NULL AND closes_at IS NOT NULL",
            name="announced",
        ),
        CheckConstraint("(status = 'cancelled') = (cancelled_on IS NOT NULL)", name="cancelled"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_call_listed", "listed_on", "id"),
        Index("ix_call_intake", "closes_at", postgresql_where=text("status = 'announced'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str]
    methodology: Mapped[str] = mapped_column(ForeignKey("methodology.code"))
    status: Mapped[str]
    listed_on: Mapped[date]
    announced_on: Mapped[date | None]
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    eligible_kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text))
    form: Mapped[dict[str, object]] = mapped_column(JSONB)
    attachments: Mapped[list[object]] = mapped_column(JSONB)
    criteria: Mapped[list[object]] = mapped_column(JSONB)
    minimum_points: Mapped[Decimal | None] = mapped_column(Numeric)
    capacity: Mapped[int | None]
    formal_check_days: Mapped[int] = mapped_column(SmallInteger)
    completion_days: Mapped[int] = mapped_column(SmallInteger)
    cancelled_on: Mapped[date | None]
    cancellation_cs: Mapped[str | None]
    cancellation_en: Mapped[str | None]


class HeartbeatRow(Base):
    """The one row in which every process of the API says that it lives."""

    __tablename__ = "heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    first_at: Mapped[datetime]
    previous_at: Mapped[datetime | None]
    beat_at: Mapped[datetime]


class OutageRow(Base):
    """No two outages have an instant in common: nothing is given back twice."""

    __tablename__ = "outage"
    __table_args__ = (
        CheckConstraint("until_at > from_at", name="order"),
        ExcludeConstraint((_SPAN, "&&"), name="ex_outage_once"),
        Index("ix_outage_from_at", "from_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]


class CallExtensionRow(Base):
    """Why the intake of a call ends later than was announced; never changed."""

    __tablename__ = "call_extension"
    __table_args__ = (
        UniqueConstraint("call_id", "outage_id"),
        CheckConstraint(f"cause IN ({_CAUSES})", name="cause"),
        CheckConstraint("(cause = 'outage') = (outage_id IS NOT NULL)", name="outage"),
        CheckConstraint("new_closes_at > previous_closes_at", name="order"),
        Index("ix_call_extension_call_id", "call_id", "version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"))
    version: Mapped[int]
    cause: Mapped[str]
    outage_id: Mapped[UUID | None] = mapped_column(ForeignKey("outage.id"))
    decided_on: Mapped[date]
    previous_closes_at: Mapped[datetime]
    new_closes_at: Mapped[datetime]
    reason_cs: Mapped[str]
    reason_en: Mapped[str]

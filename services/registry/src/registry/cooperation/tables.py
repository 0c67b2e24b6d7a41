"""Rows of cooperation between units and the Agency, and of its phases in time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, column, func, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.cooperation.domain import EndKind
from registry.cooperation.phases import Status
from registry.cooperation.regimes import Form, Grounds
from registry.tables import Base
from shared.contracts.registry import CooperationRegime

_REGIMES = ", ".join(f"'{regime.value}'" for regime in CooperationRegime)
_STATUSES = ", ".join(f"'{status.value}'" for status in Status)
_FORMS = ", ".join(f"'{form.value}'" for form in Form)
_GROUNDS = ", ".join(f"'{grounds.value}'" for grounds in Grounds)
_END_KINDS = ", ".join(f"'{kind.value}'" for kind in EndKind)
_DAYS = func.daterange(column("starts_on"), column("ends_on"), text("'[]'"))
_PHASE_DAYS = func.daterange(column("from_on"), column("until_on"), text("'[]'"))
_IS_PARTIAL: ColumnElement[int] = literal_column("((regime = 'VDP')::int)")
UNSTARTED = "'preparation', 'cancelled'"


class CooperationRow(Base):
    """`starts_on` and `ends_on` are the days agreed, NULL while they are not.

    `started_at` and `ended_at` are the instants when the start and the end were told.
    """

    __tablename__ = "cooperation"
    __table_args__ = (
        CheckConstraint(f"regime IN ({_REGIMES})", name="regime"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint(f"form IN ({_FORMS})", name="form"),
        CheckConstraint(f"grounds IN ({_GROUNDS})", name="grounds"),
        CheckConstraint(f"end_kind IN ({_END_KINDS})", name="end_kind"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("ended_at IS NULL OR ends_on IS NOT NULL", name="end"),
        CheckConstraint(f"starts_on IS NOT NULL OR status IN ({UNSTARTED})", name="start"),
        CheckConstraint("(status = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("version > 0", name="version"),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (column("regime"), "="),
            (_DAYS, "&&"),
            name="ex_cooperation_once",
            where=text("starts_on IS NOT NULL"),
        ),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (_DAYS, "&&"),
            (_IS_PARTIAL, "<>"),
            name="ex_cooperation_partial_alone",
            where=text("regime IN ('IKP', 'VIP', 'VDP', 'VEX') AND starts_on IS NOT NULL"),
        ),
        Index("ix_cooperation_starts_on", "starts_on", "id"),
        Index("ix_cooperation_unit_id", "unit_id", "starts_on", "id"),
        Index(
            "ix_cooperation_in_preparation",
            "unit_id",
            "regime",
            unique=True,
            postgresql_where=text("status = 'preparation' AND starts_on IS NULL"),
        ),
        Index("ix_cooperation_running", "ends_on", postgresql_where=text("ended_at IS NULL")),
        Index("ix_cooperation_awaited", "starts_on", postgresql_where=text("status = 'preparation'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    regime: Mapped[str]
    form: Mapped[str | None]
    grounds: Mapped[str | None]
    grounds_note: Mapped[str]
    approval: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    status: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    end_kind: Mapped[str | None]
    exit_strategy: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    exit_note: Mapped[str]
    version: Mapped[int]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class PhaseRow(Base):
    """What a cooperation was or is to be from one day to another; its phases leave no day out."""

    __tablename__ = "cooperation_phase"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint("until_on >= from_on", name="order"),
        ExcludeConstraint(
            (column("cooperation_id"), "="), (_PHASE_DAYS, "&&"), name="ex_cooperation_phase_one_at_a_time"
        ),
    )

    cooperation_id: Mapped[UUID] = mapped_column(ForeignKey("cooperation.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    until_on: Mapped[date | None]
    status: Mapped[str]

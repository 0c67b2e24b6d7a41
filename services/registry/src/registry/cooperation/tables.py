"""Rows of cooperation between units and the Agency."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, column, func, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base
from shared.contracts.registry import CooperationRegime

_REGIMES = ", ".join(f"'{regime.value}'" for regime in CooperationRegime)
_DAYS = func.daterange(column("starts_on"), column("ends_on"), text("'[]'"))
_IS_PARTIAL: ColumnElement[int] = literal_column("((regime = 'VDP')::int)")


class CooperationRow(Base):
    """`ends_on` is the last day agreed; `ended_at` is the instant since when it counts as ended."""

    __tablename__ = "cooperation"
    __table_args__ = (
        CheckConstraint(f"regime IN ({_REGIMES})", name="regime"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("ended_at IS NULL OR ends_on IS NOT NULL", name="end"),
        CheckConstraint("version > 0", name="version"),
        ExcludeConstraint(
            (column("unit_id"), "="), (column("regime"), "="), (_DAYS, "&&"), name="ex_cooperation_once"
        ),
        ExcludeConstraint(
            (column("unit_id"), "="),
            (_DAYS, "&&"),
            (_IS_PARTIAL, "<>"),
            name="ex_cooperation_partial_alone",
            where=text("regime IN ('IKP', 'VIP', 'VDP', 'VEX')"),
        ),
        Index("ix_cooperation_starts_on", "starts_on", "id"),
        Index("ix_cooperation_unit_id", "unit_id", "starts_on", "id"),
        Index("ix_cooperation_running", "ends_on", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    regime: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    version: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

"""Rows of units: what a unit is for ever, and its states one after another."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, column, func, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.expression import ColumnClause

from registry.tables import Base
from registry.units.codes import MunicipalityStatus
from shared.contracts.registry import UnitKind

_KINDS = ", ".join(f"'{kind.value}'" for kind in UnitKind)
_STATUSES = ", ".join(f"'{status.value}'" for status in MunicipalityStatus)
_DAYS = func.daterange(column("valid_from"), column("valid_until"), text("'[]'"))
_CODE_OF_KIND: ColumnClause[object] = literal_column("(md5(kind || ':' || code)::uuid)")
"""Texts are slow in such an index: as 128 bits thousands of new units take half the time."""


class UnitRow(Base):
    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
        CheckConstraint("version > 0", name="version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    version: Mapped[int]
    registered_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class UnitStateRow(Base):
    """What a unit was like from one day to another; its states never overlap.

    `told_at` is empty until the state's first day has come and `UnitChanged` has told of it.
    """

    __tablename__ = "unit_state"
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="validity"),
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        ExcludeConstraint((column("unit_id"), "="), (_DAYS, "&&"), name="ex_unit_state_one_at_a_time"),
        ExcludeConstraint((_CODE_OF_KIND, "="), (_DAYS, "&&"), name="ex_unit_state_one_code"),
        ExcludeConstraint(
            (column("ico"), "="),
            (column("kind"), "="),
            (_DAYS, "&&"),
            name="ex_unit_state_one_ico",
            where=text("ico IS NOT NULL"),
        ),
        Index("ix_unit_state_sort_key", "sort_key", "unit_id"),
        Index("ix_unit_state_kind_sort_key", "kind", "sort_key", "unit_id"),
        Index("ix_unit_state_parent_id_sort_key", "parent_id", "sort_key", "unit_id"),
        Index("ix_unit_state_untold", "valid_from", postgresql_where=text("told_at IS NULL")),
    )

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_until: Mapped[date | None]
    kind: Mapped[str]
    code: Mapped[str | None]
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(Text(collation="C"))
    search_text: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    csu_code: Mapped[str | None]
    ruian_code: Mapped[str | None]
    ico: Mapped[str | None]
    data_box: Mapped[str | None]
    status: Mapped[str | None]
    told_at: Mapped[datetime | None]

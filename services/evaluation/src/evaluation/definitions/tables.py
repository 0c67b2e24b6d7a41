"""Rows of the catalogue of indicators."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class DefinitionRow(Base):
    """An indicator by its code; `edition` is the newest one."""

    __tablename__ = "definition"
    __table_args__ = (
        Index("ix_definition_sort_key", "sort_key", "code"),
        Index("ix_definition_name_text", "name_text"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    edition: Mapped[int]
    name_text: Mapped[str]
    search_text: Mapped[str]
    sort_key: Mapped[str]


class DefinitionEditionRow(Base):
    """What an indicator means from a day on, append-only. The bridge leads from the edition before."""

    __tablename__ = "definition_edition"
    __table_args__ = (
        CheckConstraint("kind IN ('count','share','ratio','money','ordinal','qualitative')", name="kind"),
        CheckConstraint("accumulation IN ('state','cumulative','incremental')", name="accumulation"),
        CheckConstraint("value_source IN ('direct','table','formula')", name="value_source"),
        CheckConstraint("(value_source = 'formula') = (formula IS NOT NULL)", name="formula"),
        CheckConstraint("(value_source = 'table') = (series IS NOT NULL)", name="series"),
        CheckConstraint("(kind = 'ordinal') = (levels IS NOT NULL)", name="levels"),
        CheckConstraint("bridge IN ('same','linear','not-comparable')", name="bridge"),
        CheckConstraint("(edition = 1) = (bridge IS NULL)", name="bridged"),
        CheckConstraint(
            "num_nonnulls(bridge_factor, bridge_offset) = CASE WHEN bridge = 'linear' THEN 2 ELSE 0 END",
            name="bridge_whole",
        ),
    )

    code: Mapped[str] = mapped_column(ForeignKey("definition.code"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    name_cs: Mapped[str]
    name_en: Mapped[str]
    area: Mapped[str]
    kind: Mapped[str]
    accumulation: Mapped[str]
    unit: Mapped[str]
    direction: Mapped[str]
    level: Mapped[str]
    periodicity: Mapped[str | None]
    source: Mapped[str]
    method: Mapped[str]
    value_source: Mapped[str]
    formula: Mapped[str | None]
    series: Mapped[str | None]
    levels: Mapped[list[dict[str, object]] | None] = mapped_column(JSONB(none_as_null=True))
    dimensions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    valid_from: Mapped[date]
    reason: Mapped[str]
    bridge: Mapped[str | None]
    bridge_factor: Mapped[Decimal | None]
    bridge_offset: Mapped[Decimal | None]
    actor_id: Mapped[str]
    actor_affiliation: Mapped[str]
    at: Mapped[datetime]

"""Rows of scales, criteria and their editions. A trigger keeps scales and the wording of editions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class ScaleRow(Base):
    __tablename__ = "quality_scale"
    __table_args__ = (CheckConstraint("jsonb_array_length(levels) > 1", name="levels"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    levels: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    added_at: Mapped[datetime]


class CriterionRow(Base):
    """`sort_key` and `search_text` are of the newest edition."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("area", "code"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_criterion_sort_key", "sort_key", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    area: Mapped[str]
    code: Mapped[str]
    sort_key: Mapped[str]
    search_text: Mapped[str]


class CriterionEditionRow(Base):
    __tablename__ = "criterion_edition"
    __table_args__ = (
        CheckConstraint("edition > 0", name="edition"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
    )

    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str]
    scale: Mapped[str] = mapped_column(ForeignKey("quality_scale.code"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    is_described: Mapped[bool]

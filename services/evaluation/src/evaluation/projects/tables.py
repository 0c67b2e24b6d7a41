"""Rows of projects, their key activities and the outputs that they promise."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base
from shared.database import MONEY


class ProjectRow(Base):
    """`salt` keys the digests of its participants; the threshold is the one that was said last."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("starts_on <= ends_on", name="dates"),
        CheckConstraint("programme IN ('OPZ', 'OPZ+')", name="programme"),
        CheckConstraint("operator IN ('at-least', 'more-than')", name="operator"),
        CheckConstraint("threshold_hours > 0 AND threshold_credit > 0", name="threshold"),
        CheckConstraint("document_target >= 0 AND participant_target >= 0", name="targets"),
        UniqueConstraint("registration_number"),
        Index("ix_project_sort_key_id", "sort_key", "id"),
        Index("ix_project_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    programme: Mapped[str]
    registration_number: Mapped[str]
    title: Mapped[str]
    sort_key: Mapped[str]
    search_text: Mapped[str]
    beneficiary: Mapped[str]
    beneficiary_ico: Mapped[str | None]
    owner_unit_id: Mapped[UUID | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    total_czk: Mapped[Decimal | None] = mapped_column(MONEY)
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    document_target: Mapped[int | None]
    participant_target: Mapped[int | None]
    threshold_hours: Mapped[int]
    operator: Mapped[str]
    threshold_credit: Mapped[int]
    support_units: Mapped[list[str]] = mapped_column(ARRAY(Text))
    attendance_unit: Mapped[str | None]
    salt: Mapped[str]
    changed_at: Mapped[datetime]


class ProjectThresholdRow(Base):
    """From how much support on a person counts, until the next row; the first holds since ever.

    `credit` is the least that counts.
    """

    __tablename__ = "project_threshold"
    __table_args__ = (
        CheckConstraint("hours > 0 AND credit > 0", name="sizes"),
        CheckConstraint("operator IN ('at-least', 'more-than')", name="operator"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    hours: Mapped[int]
    operator: Mapped[str]
    credit: Mapped[int]


class KeyActivityRow(Base):
    """`activity_kinds` are the expert activities whose attendance is support in this key activity."""

    __tablename__ = "key_activity"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="dates"),
        UniqueConstraint("project_id", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int]
    number: Mapped[str]
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    activity_kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))


class ProjectOutputRow(Base):
    """What a key activity promises; `target` is null where nobody said how many."""

    __tablename__ = "project_output"
    __table_args__ = (
        CheckConstraint("target >= 0", name="target"),
        UniqueConstraint("project_id", "code"),
        Index("ix_project_output_key_activity_id", "key_activity_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    key_activity_id: Mapped[UUID] = mapped_column(ForeignKey("key_activity.id"))
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    target: Mapped[int | None]
    per_unit: Mapped[bool]
    in_indicator: Mapped[bool]

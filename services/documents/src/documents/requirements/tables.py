"""Rows of what is required, by edition, and of the cooperations and plans it is required of."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.requirements.domain import Milestone, Need, SubjectKind
from documents.tables import Base
from shared.contracts.documents import DocumentKind


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


class RequirementEditionRow(Base):
    """Holds for what begins on its day or later, until the next edition."""

    __tablename__ = "requirement_edition"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    valid_from: Mapped[date] = mapped_column(unique=True)
    note: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class RequirementRow(Base):
    """`applies_to` are regimes of cooperation or kinds of plan; none means all."""

    __tablename__ = "requirement"
    __table_args__ = (
        _one_of("subject", SubjectKind),
        _one_of("kind", DocumentKind),
        _one_of("milestone", Milestone),
        _one_of("need", Need),
    )

    edition: Mapped[int] = mapped_column(ForeignKey("requirement_edition.number"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    milestone: Mapped[str] = mapped_column(primary_key=True)
    due_days: Mapped[int]
    need: Mapped[str]
    applies_to: Mapped[list[str]] = mapped_column(ARRAY(Text()))


class RequiringSubjectRow(Base):
    """A cooperation or a plan as its service told last; `variant` is its regime or its kind of plan."""

    __tablename__ = "requiring_subject"
    __table_args__ = (
        _one_of("kind", SubjectKind),
        Index("ix_requiring_subject_begins_on_id", "begins_on", "id"),
        Index("ix_requiring_subject_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version: Mapped[int]
    variant: Mapped[str]
    title: Mapped[str]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class MilestoneRow(Base):
    """The day on which something happened to a subject, or to the unit that it is about.

    `source_id` is what brought it: an edition of a memorandum, a description, or the subject that ended.
    """

    __tablename__ = "requirement_milestone"
    __table_args__ = (
        _one_of("milestone", Milestone),
        Index("ix_requirement_milestone_of_id_milestone", "of_id", "milestone"),
    )

    source_id: Mapped[UUID] = mapped_column(primary_key=True)
    milestone: Mapped[str] = mapped_column(primary_key=True)
    of_id: Mapped[UUID]
    version: Mapped[int]
    reached_on: Mapped[date]

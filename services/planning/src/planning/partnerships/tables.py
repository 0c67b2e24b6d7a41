"""Rows of bodies and of mandates in them."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, SmallInteger, Text, column, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planning.partnerships.domain import BodyKind, MemberRole
from planning.tables import Base

_KINDS = ", ".join(f"'{each.value}'" for each in BodyKind)
_ROLES = ", ".join(f"'{each.value}'" for each in MemberRole)
_DAYS = func.daterange(column("starts_on"), column("ends_on"), text("'[]'"))


class BodyRow(Base):
    __tablename__ = "body"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("quorum_percent BETWEEN 0 AND 100", name="quorum"),
        CheckConstraint("version > 0", name="counted"),
        Index("ix_body_sort_key", "sort_key", "id"),
        Index("ix_body_plan_id", "plan_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str]
    search_text: Mapped[str]
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    statutes: Mapped[str]
    is_public: Mapped[bool]
    quorum_percent: Mapped[int] = mapped_column(SmallInteger)
    quorum_more_than: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class BodyUnitRow(Base):
    """A body may belong to several units, as their plan does."""

    __tablename__ = "body_unit"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class MandateRow(Base):
    """`person_key` tells people apart; two mandates of one person and role never overlap."""

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint(f"role IN ({_ROLES})", name="role"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("version > 0", name="counted"),
        CheckConstraint(
            "NOT is_erased OR (name = '' AND email = '' AND phone = '' AND person IS NULL)", name="erased"
        ),
        ExcludeConstraint(
            (column("body_id"), "="),
            (column("person_key"), "="),
            (column("role"), "="),
            (_DAYS, "&&"),
            name="ex_mandate_once",
        ),
        ExcludeConstraint(
            (column("body_id"), "="),
            (_DAYS, "&&"),
            name="ex_mandate_one_chair",
            where=text("role = 'chair' AND alternate_for IS NULL"),
        ),
        Index("ix_mandate_body_id", "body_id", "sort_key", "id"),
        Index("ix_mandate_person", "person"),
        Index("ix_mandate_sort_key", "sort_key", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    person: Mapped[str | None]
    person_key: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str]
    search_text: Mapped[str]
    organisation: Mapped[str]
    role: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    alternate_for: Mapped[UUID | None] = mapped_column(ForeignKey("mandate.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    end_reason: Mapped[str]
    is_erased: Mapped[bool]

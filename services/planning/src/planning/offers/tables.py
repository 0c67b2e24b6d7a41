"""Rows of offers and of needs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base

_FORMS = "'{visit,online,document,mentoring}'::text[]"


class PeerOfferRow(Base):
    __tablename__ = "peer_offer"
    __table_args__ = (
        CheckConstraint(f"forms <@ {_FORMS} AND cardinality(forms) > 0", name="forms"),
        CheckConstraint("capacity_per_year BETWEEN 1 AND 1000", name="capacity"),
        CheckConstraint("status IN ('open', 'withdrawn')", name="status"),
        CheckConstraint("people_concerned > 0", name="people"),
        CheckConstraint("version > 0", name="counted"),
        Index("ix_peer_offer_area", "area", "sort_key", "id"),
        Index("ix_peer_offer_sort_key", "sort_key", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    unit_id: Mapped[UUID] = mapped_column(index=True)
    area: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    forms: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    capacity_per_year: Mapped[int]
    valid_until: Mapped[date]
    contact_office: Mapped[str]
    people_concerned: Mapped[int | None]
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("library_entry.id"))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    node_id: Mapped[UUID | None]
    status: Mapped[str]
    reason: Mapped[str]
    sort_key: Mapped[str]
    search_text: Mapped[str]
    changed_at: Mapped[datetime]


class PeerNeedRow(Base):
    """What a unit wants to learn; `node_id` is a problem of its plan."""

    __tablename__ = "peer_need"
    __table_args__ = (
        CheckConstraint(f"forms <@ {_FORMS}", name="forms"),
        CheckConstraint("status IN ('open', 'closed')", name="status"),
        CheckConstraint("people_concerned > 0", name="people"),
        CheckConstraint("version > 0", name="counted"),
        Index("ix_peer_need_sort_key", "sort_key", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    unit_id: Mapped[UUID] = mapped_column(index=True)
    area: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    forms: Mapped[list[str]] = mapped_column(ARRAY(Text, dimensions=1))
    people_concerned: Mapped[int | None]
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    node_id: Mapped[UUID | None]
    status: Mapped[str]
    reason: Mapped[str]
    sort_key: Mapped[str]
    changed_at: Mapped[datetime]

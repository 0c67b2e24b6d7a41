"""Rows of exchanges between units."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base


class PeerExchangeRow(Base):
    """`year` is the one of whose capacity the exchange takes; units are copied for lists by unit."""

    __tablename__ = "peer_exchange"
    __table_args__ = (
        CheckConstraint("form IN ('visit', 'online', 'document', 'mentoring')", name="form"),
        CheckConstraint("status IN ('proposed', 'agreed', 'dated', 'done', 'cancelled')", name="status"),
        CheckConstraint("from_unit_id <> to_unit_id", name="two"),
        CheckConstraint("usefulness BETWEEN 1 AND 5", name="usefulness"),
        CheckConstraint("(status = 'done') = (held_on IS NOT NULL)", name="held"),
        CheckConstraint("(status = 'done') = (usefulness IS NOT NULL)", name="judged"),
        CheckConstraint("(status = 'cancelled') = (reason <> '')", name="cancelled"),
        CheckConstraint("version > 0", name="counted"),
        Index(
            "uq_peer_exchange_running",
            "offer_id",
            "need_id",
            unique=True,
            postgresql_where=text("status IN ('proposed', 'agreed', 'dated')"),
        ),
        Index("ix_peer_exchange_offer_id", "offer_id", "year"),
        Index("ix_peer_exchange_need_id", "need_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    offer_id: Mapped[UUID] = mapped_column(ForeignKey("peer_offer.id"))
    need_id: Mapped[UUID] = mapped_column(ForeignKey("peer_need.id"))
    from_unit_id: Mapped[UUID] = mapped_column(index=True)
    to_unit_id: Mapped[UUID] = mapped_column(index=True)
    area: Mapped[str]
    form: Mapped[str]
    status: Mapped[str]
    year: Mapped[int | None] = mapped_column(SmallInteger)
    planned_on: Mapped[date | None]
    held_on: Mapped[date | None]
    note: Mapped[str]
    usefulness: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str]
    changed_at: Mapped[datetime]

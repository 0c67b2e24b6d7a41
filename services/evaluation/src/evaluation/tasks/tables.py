"""Private calendars: an address that nobody can guess, for a program that cannot log in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class PrivateFeedRow(Base):
    """Of a unit, a plan or an office, else of all that its person sees; the token is kept as a digest."""

    __tablename__ = "private_feed"
    __table_args__ = (
        CheckConstraint("num_nonnulls(unit_id, plan_id, owner) <= 1", name="of_one_thing"),
        Index("ix_private_feed_person_id_created_at_feed_id", "person_id", "created_at", "feed_id"),
    )

    feed_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[UUID | None]
    plan_id: Mapped[UUID | None]
    owner: Mapped[str | None]
    sees_all: Mapped[bool]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    rights_at: Mapped[datetime]
    created_at: Mapped[datetime]
    valid_until: Mapped[date]
    revoked_at: Mapped[datetime | None]
    version: Mapped[int]

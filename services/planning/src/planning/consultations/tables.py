"""Rows of consultations. A trigger refuses to delete them and to change the text once it is frozen."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from planning.tables import Base


class ConsultationRow(Base):
    """`open` stands for announced, open and closed: the window and the time tell which.

    With `draft_discarded_at` it is settled for itself: the draft that was consulted is no more, and another
    one may have its revision.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint(
            "status IN ('preparation', 'open', 'settled', 'published', 'cancelled')", name="status"
        ),
        CheckConstraint("deadline_rule IN ('delivered', 'sent')", name="deadline_rule"),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint("version > 0 AND revision > 0 AND last_number >= 0", name="counted"),
        CheckConstraint("(opened_at IS NULL) = (content IS NULL)", name="frozen"),
        CheckConstraint("(content IS NULL) = (digest IS NULL)", name="digest"),
        CheckConstraint("(content IS NULL) = (nodes IS NULL)", name="nodes"),
        CheckConstraint("opened_at IS NOT NULL OR status IN ('preparation', 'cancelled')", name="opened"),
        CheckConstraint("(status = 'cancelled') = (cancel_reason <> '')", name="cancelled"),
        CheckConstraint(
            "hearing_at IS NOT NULL OR (hearing_place = '' AND hearing_minutes = '')", name="hearing"
        ),
        Index(
            "ix_consultation_under_way",
            "plan_id",
            unique=True,
            postgresql_where=text("status IN ('preparation', 'open') AND draft_discarded_at IS NULL"),
        ),
        Index("ix_consultation_plan_id", "plan_id", "revision"),
        Index("ix_consultation_unit_ids", "unit_ids", postgresql_using="gin"),
        Index("ix_consultation_closes_at", "closes_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    revision: Mapped[int]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    title: Mapped[str]
    status: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    deadline_rule: Mapped[str]
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text))
    form_required: Mapped[bool]
    settle_by_on: Mapped[date]
    contact: Mapped[str]
    paper_place: Mapped[str]
    instructions: Mapped[str]
    hearing_at: Mapped[datetime | None]
    hearing_place: Mapped[str]
    hearing_minutes: Mapped[str]
    content: Mapped[str | None]
    digest: Mapped[str | None]
    nodes: Mapped[dict[str, list[str]] | None] = mapped_column(JSONB)
    last_number: Mapped[int]
    salt: Mapped[str]
    prolongations: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    cancel_reason: Mapped[str]
    opened_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    draft_discarded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

"""Rows of webhooks: events that were noted, who wants them, what became of each attempt."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class WebhookSourceRow(Base):
    """How far the events of a service are noted."""

    __tablename__ = "webhook_source"

    service: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[str]
    moved_at: Mapped[datetime]


class WebhookEventRow(Base):
    """An event of any service as it was told; positions follow the order of commits, one lock gives them."""

    __tablename__ = "webhook_event"
    __table_args__ = (
        Index("ix_webhook_event_event_id", "event_id", unique=True),
        Index("ix_webhook_event_noted_at", "noted_at"),
    )

    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    event_id: Mapped[UUID]
    type: Mapped[str]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    body: Mapped[str]
    noted_at: Mapped[datetime]


class WebhookRow(Base):
    """A subscription: everything up to `position` is delivered; `attempts` are those of the next event."""

    __tablename__ = "webhook"
    __table_args__ = (
        CheckConstraint("state IN ('active', 'paused', 'disabled')", name="state"),
        CheckConstraint("reason IN ('gone', 'failing')", name="reason"),
        CheckConstraint("(state = 'disabled') = (reason IS NOT NULL)", name="disabled"),
        CheckConstraint("(previous_secret IS NULL) = (previous_ends_at IS NULL)", name="previous_secret"),
        CheckConstraint("(attempts > 0) = (first_failed_at IS NOT NULL)", name="attempts"),
        Index("ix_webhook_created_by_id", "created_by", "id"),
        Index("ix_webhook_due", "due_at", postgresql_where=text("state = 'active'")),
        Index("ix_webhook_notice", "notice_at", postgresql_where=text("notice_at IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    url: Mapped[str]
    description: Mapped[str]
    contact: Mapped[str]
    types: Mapped[list[str]] = mapped_column(ARRAY(Text))
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    secret: Mapped[str]
    previous_secret: Mapped[str | None]
    previous_ends_at: Mapped[datetime | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    changed_at: Mapped[datetime]
    position: Mapped[int] = mapped_column(BigInteger)
    attempts: Mapped[int]
    first_failed_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    notice_at: Mapped[datetime | None]
    notice_attempts: Mapped[int]
    lease: Mapped[UUID | None]
    lease_ends_at: Mapped[datetime | None]


class WebhookDeliveryRow(Base):
    """One attempt, or one that a person asked for and that waits; a ping is of no event that was told."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint("cause IN ('event', 'retry', 'ping')", name="cause"),
        CheckConstraint("outcome IN ('waiting', 'delivered', 'failed', 'skipped')", name="outcome"),
        Index("ix_webhook_delivery_webhook_id_id", "webhook_id", "id"),
        Index("ix_webhook_delivery_asked_at", "asked_at"),
        Index("ix_webhook_delivery_waiting", "id", postgresql_where=text("outcome = 'waiting'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event_id: Mapped[UUID]
    type: Mapped[str]
    cause: Mapped[str]
    attempt: Mapped[int]
    outcome: Mapped[str]
    status: Mapped[int | None]
    fault: Mapped[str | None]
    excerpt: Mapped[str]
    duration_ms: Mapped[int | None]
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    lease_ends_at: Mapped[datetime | None]

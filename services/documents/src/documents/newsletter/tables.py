"""Rows of issues and of the letters that carry them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class IssueRow(Base):
    """`frozen` are the titles of the documents as they were when sending began."""

    __tablename__ = "newsletter_issue"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'sending', 'sent', 'stopped')", name="state"
        ),
        CheckConstraint("language IN ('cs', 'en')", name="language"),
        CheckConstraint("approved_by <> submitted_by", name="approved_by_another"),
        CheckConstraint("(started_at IS NULL) = (number IS NULL)", name="numbered"),
        Index("ix_newsletter_issue_created_at_id", "created_at", "id"),
        Index(
            "ix_newsletter_issue_due",
            "send_at",
            postgresql_where=text("state IN ('approved', 'sending')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[str]
    language: Mapped[str]
    title: Mapped[str]
    opening: Mapped[str]
    sections: Mapped[list[object]] = mapped_column(JSONB)
    frozen: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    themes: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    written_by: Mapped[str]
    writer: Mapped[str]
    created_at: Mapped[datetime]
    submitted_by: Mapped[str | None]
    approved_by: Mapped[str | None]
    approver: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    send_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    recipients: Mapped[int]
    version: Mapped[int]


class DeliveryRow(Base):
    """One letter of an issue; whereto is known by the subscriber's row alone."""

    __tablename__ = "newsletter_delivery"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'sent', 'refused', 'dropped')", name="status"),
        CheckConstraint("(status = 'waiting') = (settled_at IS NULL)", name="settled_whole"),
        Index(
            "ix_newsletter_delivery_waiting",
            "issue_id",
            "next_attempt_at",
            "subscriber_id",
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_newsletter_delivery_attempted_at", "attempted_at"),
        Index("ix_newsletter_delivery_subscriber_id", "subscriber_id"),
    )

    issue_id: Mapped[UUID] = mapped_column(ForeignKey("newsletter_issue.id"), primary_key=True)
    subscriber_id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(unique=True)
    status: Mapped[str]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime]
    attempted_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    reply: Mapped[str | None]

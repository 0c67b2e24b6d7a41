"""Accounts of mail and the letters that wait, went out or were refused."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from evaluation.tables import Base


class MailAccountRow(Base):
    """Where and how a person is written to; the rights are those of the login that saved it last."""

    __tablename__ = "mail_account"
    __table_args__ = (
        CheckConstraint("language IN ('cs','en')", name="language"),
        CheckConstraint("delivery IN ('at-once','daily','weekly','none')", name="delivery"),
        CheckConstraint("(verified_at IS NULL) = (code_digest IS NOT NULL)", name="verified_or_asked"),
        Index("ix_mail_account_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    person_id: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    language: Mapped[str]
    delivery: Mapped[str]
    quiet_days: Mapped[bool]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    sees_all: Mapped[bool]
    rights_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    code_digest: Mapped[str | None]
    code_sent_at: Mapped[datetime]
    code_tries: Mapped[int]
    last_digest_on: Mapped[date | None]
    version: Mapped[int]


class MailMessageRow(Base):
    """A letter; its texts are emptied once it is sent. `key` says what it holds: it is made once.

    `lease_ends_at` is set while it travels; one that `is_taken_back` meanwhile is not tried again.
    """

    __tablename__ = "mail_message"
    __table_args__ = (
        CheckConstraint("kind IN ('code','digest')", name="kind"),
        CheckConstraint("status IN ('waiting','sent','refused')", name="status"),
        CheckConstraint("(status = 'waiting') = (settled_at IS NULL)", name="settled_whole"),
        CheckConstraint("lease_ends_at IS NULL OR status = 'waiting'", name="leased_waiting"),
        Index(
            "ix_mail_message_waiting",
            "next_attempt_at",
            "message_id",
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_mail_message_person_id_created_at", "person_id", "created_at"),
        Index("ix_mail_message_status_created_at_message_id", "status", "created_at", "message_id"),
    )

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str]
    address: Mapped[str]
    language: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    plain: Mapped[str]
    html: Mapped[str]
    status: Mapped[str]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    last_reply: Mapped[str | None]
    version: Mapped[int]
    lease_ends_at: Mapped[datetime | None]
    is_taken_back: Mapped[bool] = mapped_column(server_default=text("false"))

"""Rows of subscribers, of what is known of their consent, and of how often forms were sent."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class SubscriberRow(Base):
    """Gone as a whole where it is erased; the record of consent knows the id alone."""

    __tablename__ = "newsletter_subscriber"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'active', 'unsubscribed', 'suspended')", name="status"),
        CheckConstraint("language IN ('cs', 'en')", name="language"),
        CheckConstraint("letter IN ('confirmation', 'reminder')", name="letter"),
        CheckConstraint("(letter IS NULL) = (letter_next_at IS NULL)", name="letter_whole"),
        CheckConstraint("status <> 'active' OR confirmed_at IS NOT NULL", name="confirmed"),
        Index(
            "ix_newsletter_subscriber_letter",
            "letter_next_at",
            "id",
            postgresql_where=text("letter IS NOT NULL"),
        ),
        Index("ix_newsletter_subscriber_status_id", "status", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    status: Mapped[str]
    address: Mapped[str]
    address_key: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    areas: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    themes: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    secret: Mapped[str] = mapped_column(unique=True)
    confirmation: Mapped[str | None] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    created_at: Mapped[datetime]
    letter: Mapped[str | None]
    letter_next_at: Mapped[datetime | None]
    letter_attempts: Mapped[int]
    letters_on: Mapped[date | None]
    letters_of_day: Mapped[int]
    last_letter_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int]


class ConsentRow(Base):
    """One fact of a consent, appended and never changed; no address is in it."""

    __tablename__ = "newsletter_consent"
    __table_args__ = (
        CheckConstraint(
            "fact IN ('asked', 'confirmed', 'changed', 'withdrawn', 'suspended', 'erased')", name="fact"
        ),
        Index("ix_newsletter_consent_subscriber_id", "subscriber_id", "position"),
    )

    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    subscriber_id: Mapped[UUID]
    fact: Mapped[str]
    at: Mapped[datetime]
    form: Mapped[str]
    wording: Mapped[str]


class SignUpArrivalRow(Base):
    """Who sent how many forms in the last hour; `client` is a salted hash."""

    __tablename__ = "newsletter_arrival"
    __table_args__ = (
        Index("ix_newsletter_arrival_client_at", "client", "at"),
        Index("ix_newsletter_arrival_at", "at"),
    )

    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    client: Mapped[str]
    at: Mapped[datetime]


class SaltRow(Base):
    """The salt of a day: when it is forgotten, no hash can be led back to an address."""

    __tablename__ = "newsletter_salt"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[str]

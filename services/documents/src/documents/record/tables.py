"""Rows of the public record: acts in their order, bundles of days, the keys that signed them."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Table, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base

TOLD: Final[Table] = Base.metadata.tables["outbox"]
"""What this service itself told: its own acts come from there, nobody sends them to it."""


class RecordStateRow(Base):
    """One row, locked by whoever enters an act or closes a day: positions and days never run back."""

    __tablename__ = "record_state"
    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_position: Mapped[int] = mapped_column(BigInteger)
    latest_on: Mapped[date]


class ActRow(Base):
    """An act as it was received; `body` is its canonical JSON, `digest` the SHA-256 of it.

    What a person withheld shows its digest alone from then on, as what is sealed from the beginning does.
    """

    __tablename__ = "record_act"
    __table_args__ = (
        CheckConstraint("position > 0", name="position"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint("(withheld_at IS NULL) = (withheld_reason IS NULL)", name="withheld_reason"),
        CheckConstraint("withheld_at IS NULL OR NOT disclosed", name="withheld"),
        Index("ix_record_act_event_id", "event_id", unique=True),
        Index("ix_record_act_received_on", "received_on", "position"),
        Index("ix_record_act_type", "type", "position"),
        Index("ix_record_act_subject_id", "subject_id", "position"),
        Index("ix_record_act_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[UUID]
    type: Mapped[str]
    subject_id: Mapped[UUID]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    disclosed: Mapped[bool]
    body: Mapped[str]
    digest: Mapped[str]
    version: Mapped[int]
    withheld_at: Mapped[datetime | None]
    withheld_by: Mapped[str | None]
    withheld_reason: Mapped[str | None]


class RecordKeyRow(Base):
    """A public key that signed bundles: it stays published when another one signs."""

    __tablename__ = "record_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[str]
    first_used_at: Mapped[datetime]


class BundleRow(Base):
    """The bundle of one day; `head` is what was signed, `stamp` the answer of the time-stamping authority."""

    __tablename__ = "record_bundle"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("count > 0", name="count"),
        Index("ix_record_bundle_day", "day", unique=True),
        Index("ix_record_bundle_first", "first", unique=True),
        Index("ix_record_bundle_not_stamped", "stamp_due_at", postgresql_where=text("stamp IS NULL")),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    first: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int]
    head: Mapped[str]
    head_digest: Mapped[str]
    key_id: Mapped[str] = mapped_column(ForeignKey("record_key.id"))
    signature: Mapped[str]
    digest: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    signed_at: Mapped[datetime]
    stamp: Mapped[bytes | None]
    stamped_at: Mapped[datetime | None]
    stamp_attempts: Mapped[int]
    stamp_due_at: Mapped[datetime]

"""Rows of files as bytes."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class BlobRow(Base):
    """One for each digest in the store, written before the bytes are: nothing lies there unknown.

    `touched_at` is when somebody last brought these bytes; what no version names is removed some time
    after. `scan_next_at` is set while the scan is waited for.
    """

    __tablename__ = "blob"
    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint("size_bytes >= 0", name="size_bytes"),
        CheckConstraint("scan IN ('not-scanned','waiting','clean','infected','not-scannable')", name="scan"),
        CheckConstraint("fixity IN ('not-verified','intact','damaged','lost')", name="fixity"),
        CheckConstraint("(scan = 'waiting') = (scan_next_at IS NOT NULL)", name="waiting_for_scan"),
        CheckConstraint("(scan = 'infected') = (signature IS NOT NULL)", name="signature"),
        Index("ix_blob_scan_next_at", "scan_next_at", postgresql_where=text("scan = 'waiting'")),
        Index("ix_blob_verified_at_digest", text("verified_at NULLS FIRST"), "digest"),
        Index("ix_blob_touched_at", "touched_at"),
        Index("ix_blob_received_at_digest", "received_at", "digest"),
    )

    digest: Mapped[str] = mapped_column(primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    traits: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    received_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    scan: Mapped[str]
    signature: Mapped[str | None]
    scan_attempts: Mapped[int]
    scan_next_at: Mapped[datetime | None]
    scanned_at: Mapped[datetime | None]
    fixity: Mapped[str]
    verified_at: Mapped[datetime | None]

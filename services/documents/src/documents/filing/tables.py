"""Rows of what was handed over to the records-management system."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from documents.tables import Base


class FilingRow(Base):
    """A package of documents; `digest` is that of its manifest, `size_bytes` of all its content.

    `office_id` is the unit whose records management it is for, null for the Agency's.
    """

    __tablename__ = "filing"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        Index("ix_filing_created_at_id", "created_at", "id"),
        Index("ix_filing_office_id", "office_id", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    published_from: Mapped[date | None]
    published_until: Mapped[date | None]
    digest: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    item_count: Mapped[int]
    acknowledged: Mapped[int]
    version: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class FilingItemRow(Base):
    """A version in a package; `records_identifier` is what the records-management system calls it.

    `facts` is what was known of it when it was packed, in canonical JSON: the package stays the same.
    """

    __tablename__ = "filing_item"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "number"], ["document_version.document_id", "document_version.number"]
        ),
        Index("ix_filing_item_document_id", "document_id", "number"),
        Index("ix_filing_item_records_identifier", "records_identifier"),
    )

    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int]
    facts: Mapped[str]
    records_identifier: Mapped[str | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None]

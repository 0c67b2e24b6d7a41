"""Rows of documents and their versions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.files.domain import DocumentState, Origin
from documents.tables import Base
from shared.contracts.documents import DocumentKind


def _one_of(column: str, values: type[DocumentKind | DocumentState | Origin]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


class DocumentRow(Base):
    """`title_folded` is what search compares: no diacritics, no case."""

    __tablename__ = "document"
    __table_args__ = (
        _one_of("kind", DocumentKind),
        _one_of("state", DocumentState),
        _one_of("origin", Origin),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("latest > 0", name="latest"),
        Index("ix_document_created_at_id", "created_at", "id"),
        Index("ix_document_kind_created_at_id", "kind", "created_at", "id"),
        Index("ix_document_plan_id_created_at_id", "plan_id", "created_at", "id"),
        Index("ix_document_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    title_folded: Mapped[str]
    plan_id: Mapped[UUID | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    state: Mapped[str]
    origin: Mapped[str]
    version: Mapped[int]
    latest: Mapped[int]
    created_at: Mapped[datetime]


class VersionRow(Base):
    """A published version is public, another one belongs to the units of its document."""

    __tablename__ = "document_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("size_bytes >= 0", name="size_bytes"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        Index("ix_document_version_digest", "digest"),
    )

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[str | None]
    digest: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    file_name: Mapped[str]
    source_digest: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    published_at: Mapped[datetime | None]

"""Rows of documents, of their versions with all formats, and of what was done with them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from documents.files.acts import Action
from documents.files.domain import Accessibility, Language, Origin
from documents.files.states import DocumentState
from documents.tables import Base
from shared.contracts.documents import DocumentKind, OutputKind


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


class DocumentRow(Base):
    """`title_folded` is what search compares: no diacritics, no case; `title_key` orders as Czech does."""

    __tablename__ = "document"
    __table_args__ = (
        _one_of("kind", DocumentKind),
        _one_of("state", DocumentState),
        _one_of("origin", Origin),
        _one_of("language", Language),
        _one_of("accessibility", Accessibility),
        _one_of("output_kind", OutputKind),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("latest > 0", name="latest"),
        CheckConstraint("public_number BETWEEN 1 AND latest", name="public_number"),
        Index("ix_document_created_at_id", "created_at", "id"),
        Index("ix_document_kind_created_at_id", "kind", "created_at", "id"),
        Index("ix_document_plan_id_created_at_id", "plan_id", "created_at", "id"),
        Index("ix_document_cooperation_id_created_at_id", "cooperation_id", "created_at", "id"),
        Index("ix_document_unit_ids", "unit_ids", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    title_folded: Mapped[str]
    title_key: Mapped[str]
    plan_id: Mapped[UUID | None]
    cooperation_id: Mapped[UUID | None]
    unit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    state: Mapped[str]
    origin: Mapped[str]
    version: Mapped[int]
    latest: Mapped[int]
    public_number: Mapped[int | None]
    reference_number: Mapped[str | None]
    file_mark: Mapped[str | None]
    author: Mapped[str | None]
    approved_by: Mapped[str | None]
    approved_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    dated_on: Mapped[date]
    language: Mapped[str]
    licence: Mapped[str | None]
    holds_personal_data: Mapped[bool | None]
    accessibility: Mapped[str]
    accessibility_note: Mapped[str | None]
    output_kind: Mapped[str | None]
    output_id: Mapped[UUID | None]
    created_at: Mapped[datetime]


class VersionRow(Base):
    """A published version that was not withdrawn is public, another one belongs to its document's units."""

    __tablename__ = "document_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("size_bytes >= 0", name="size_bytes"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint("withdrawn_at IS NULL OR published_at IS NOT NULL", name="withdrawn_at"),
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
    restored_from: Mapped[int | None]
    approved_by: Mapped[str | None]
    approved_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]


class OtherFormatRow(Base):
    """The same content as the main file of a version, in another format."""

    __tablename__ = "document_format"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "number"], ["document_version.document_id", "document_version.number"]
        ),
        CheckConstraint("size_bytes >= 0", name="size_bytes"),
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        Index("ix_document_format_digest", "digest"),
    )

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    media_type: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    file_name: Mapped[str]


class ActRow(Base):
    """Who did what with which version and why; append-only, one for each version of the document."""

    __tablename__ = "document_act"
    __table_args__ = (_one_of("action", Action),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    action: Mapped[str]
    number: Mapped[int | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    actor_id: Mapped[str]
    actor_name: Mapped[str]
    affiliation: Mapped[str]
    at: Mapped[datetime]

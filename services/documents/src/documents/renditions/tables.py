"""Rows of renditions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from documents.renditions.domain import Failure, RenditionState, Source
from documents.tables import Base


def _one_of(column: str, values: type[Source | RenditionState | Failure]) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


class SourceRow(Base):
    """A frozen source, byte by byte as its service gave it."""

    __tablename__ = "rendition_source"
    __table_args__ = (CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    taken_at: Mapped[datetime]


class RenditionRow(Base):
    """Who asks twice for the same is answered by the same row."""

    __tablename__ = "rendition"
    __table_args__ = (
        UniqueConstraint("source_digest", "template", "asked_by"),
        ForeignKeyConstraint(
            ["document_id", "number"], ["document_version.document_id", "document_version.number"]
        ),
        _one_of("source", Source),
        _one_of("state", RenditionState),
        _one_of("failure", Failure),
        CheckConstraint("(state = 'done') = (number IS NOT NULL)", name="done"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failed"),
        Index("ix_rendition_asked_by_id", "asked_by", "id"),
        Index("ix_rendition_open", "id", postgresql_where=text("state IN ('waiting', 'rendering')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source: Mapped[str]
    source_id: Mapped[UUID]
    source_digest: Mapped[str] = mapped_column(ForeignKey("rendition_source.digest"))
    template: Mapped[int]
    state: Mapped[str]
    attempts: Mapped[int]
    lease_ends_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    document_id: Mapped[UUID | None]
    number: Mapped[int | None]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

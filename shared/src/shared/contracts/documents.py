"""What `documents` tells: what was published."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """A file that documents keeps, as other services refer to it; `digest` is the SHA-256 of its bytes."""

    document_id: UUID
    file_name: str
    digest: str


class DocumentKind(StrEnum):
    """Kinds of document; the code is the one that the field uses."""

    PLAN = "PLAN"  # schválený plán
    OTHER = "OTHER"  # jiný dokument


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPublished(Event):
    """A version of a document became public; programmes count it among their deliverables.

    `digest` is the SHA-256 (hex) of the file.
    """

    type: ClassVar[str] = "documents.document.published.v1"
    identity: ClassVar[str] = "document_id"

    document_id: UUID
    kind: DocumentKind
    title: str
    plan_id: UUID | None
    revision: int | None
    unit_ids: tuple[UUID, ...]
    media_type: str
    size_bytes: int
    digest: str
    published_at: datetime

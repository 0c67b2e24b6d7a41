"""The JSON of documents."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from documents.files.domain import Document, DocumentState, Origin, Version
from shared.contracts.documents import DocumentKind
from shared.http import ApiModel, ShortText, Title

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 in hexadecimal")]


class DocumentIn(ApiModel):
    """The fields beside the file when a document is filed."""

    title: Title
    kind: DocumentKind = DocumentKind.OTHER
    plan_id: UUID | None = None
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    label: ShortText | None = None


class VersionIn(ApiModel):
    """The fields beside the file when a version is added."""

    label: ShortText | None = None


class UnitOut(ApiModel):
    id: UUID
    name: str


class VersionOut(ApiModel):
    """`source_digest` is that of the approved wording a file was rendered from."""

    number: int
    label: str | None
    file_name: str
    media_type: str
    size_bytes: int
    digest: Digest
    source_digest: Digest | None
    created_at: datetime
    published_at: datetime | None

    @classmethod
    def of(cls, version: Version) -> Self:
        file = version.file
        return cls(
            number=version.number,
            label=version.label,
            file_name=file.name,
            media_type=file.media_type,
            size_bytes=file.size_bytes,
            digest=file.digest,
            source_digest=version.source_digest,
            created_at=version.created_at,
            published_at=version.published_at,
        )


class DocumentFacts(ApiModel):
    id: UUID
    kind: DocumentKind
    title: str
    plan_id: UUID | None
    units: tuple[UnitOut, ...]
    state: DocumentState
    origin: Origin
    version: int
    created_at: datetime


class DocumentOut(DocumentFacts):
    """A document with the versions that the caller may see, the latest first."""

    versions: tuple[VersionOut, ...]


class DocumentListed(DocumentFacts):
    latest_version: VersionOut | None


class DocumentList(ApiModel):
    items: tuple[DocumentListed, ...]
    next: str | None


class Added(ApiModel):
    """What a successful upload made: the document at its new version and the version of the file."""

    document_id: UUID
    title: str
    state: DocumentState
    version: int
    added: VersionOut

    @classmethod
    def of(cls, document: Document, added: Version) -> Self:
        return cls(
            document_id=document.id,
            title=document.title,
            state=document.state,
            version=document.version,
            added=VersionOut.of(added),
        )

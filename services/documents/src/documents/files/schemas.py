"""The JSON of documents."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from documents.files.domain import Accessibility, Document, Language, Metadata, Origin, Version
from documents.files.kinds import KINDS
from documents.files.states import DocumentState
from shared.contracts.documents import DocumentKind, OutputKind
from shared.http import ApiModel, Day, ShortText, Title

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 in hexadecimal")]


class DocumentIn(ApiModel):
    """The fields beside the file when a document is filed."""

    title: Title
    kind: DocumentKind = DocumentKind.OTHER
    plan_id: UUID | None = None
    cooperation_id: UUID | None = None
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    label: ShortText | None = None
    author: ShortText | None = None
    dated_on: Day | None = None

    def draft(self, document_id: UUID) -> Document:
        """Return the draft that these fields describe, before it has a file."""
        return Document(
            id=document_id,
            kind=self.kind,
            title=self.title,
            unit_ids=tuple(dict.fromkeys(self.unit_ids)),
            state=DocumentState.DRAFT,
            origin=Origin.UPLOADED,
            about=Metadata(
                plan_id=self.plan_id,
                cooperation_id=self.cooperation_id,
                author=self.author,
                dated_on=self.dated_on,
                output_kind=KINDS[self.kind].output,
            ),
        )


class VersionIn(ApiModel):
    """The fields beside the file when a version is added."""

    label: ShortText | None = None


class DocumentFromUpload(DocumentIn):
    """The file is one that came in pieces (`/uploads`)."""

    upload_id: UUID


class VersionFromUpload(VersionIn):
    upload_id: UUID


class UnitOut(ApiModel):
    id: UUID
    name: str


class FormatOut(ApiModel):
    """The same content in another format."""

    media_type: str
    file_name: str
    size_bytes: int
    digest: Digest


class FormatListed(FormatOut):
    """`content` is where the file is; null where it was disposed of."""

    content: str | None


class VersionFacts(ApiModel):
    """`source_digest` is that of the frozen wording a file was rendered from.

    `approved_by` is the body that approved this very version.
    """

    number: int
    label: str | None
    file_name: str
    media_type: str
    size_bytes: int
    digest: Digest
    source_digest: Digest | None
    created_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    restored_from: int | None
    approved_by: str | None
    approved_on: date | None
    formats: tuple[FormatOut, ...]

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
            withdrawn_at=version.withdrawn_at,
            restored_from=version.restored_from,
            approved_by=version.approved_by,
            approved_on=version.approved_on,
            formats=tuple(
                FormatOut(
                    media_type=each.media_type,
                    file_name=each.name,
                    size_bytes=each.size_bytes,
                    digest=each.digest,
                )
                for each in version.others
            ),
        )


class VersionOut(VersionFacts):
    """`address` lasts from the first publication on, `content` is where the file is until its disposal."""

    address: str | None
    content: str | None
    formats: tuple[FormatListed, ...]


class DocumentFacts(ApiModel):
    """`state` is that of the newest version; `public_number` is the version that everybody reads.

    `kind_name` is in the caller's language (Accept-Language); `address` lasts while anything is public.
    """

    id: UUID
    kind: DocumentKind
    kind_name: str = Field(examples=["vypořádání připomínek"])
    address: str | None
    title: str
    plan_id: UUID | None
    cooperation_id: UUID | None
    units: tuple[UnitOut, ...]
    state: DocumentState
    origin: Origin
    version: int
    public_number: int | None
    created_at: datetime
    reference_number: str | None = Field(description="Číslo jednací")
    file_mark: str | None = Field(description="Spisová značka")
    author: str | None
    approved_by: str | None
    approved_on: date | None
    signed_on: date | None
    dated_on: date
    language: Language
    licence: str | None
    holds_personal_data: bool | None
    accessibility: Accessibility
    accessibility_note: str | None
    output_kind: OutputKind | None
    output_id: UUID | None


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
    added: VersionFacts

    @classmethod
    def of(cls, document: Document, added: Version) -> Self:
        return cls(
            document_id=document.id,
            title=document.title,
            state=document.state,
            version=document.version,
            added=VersionFacts.of(added),
        )

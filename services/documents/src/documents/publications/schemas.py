"""The JSON of requests for release and of what is public."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from documents.files.decision_schemas import VersionNumber
from documents.files.domain import Accessibility, Language
from documents.publications.domain import RequestState
from documents.publications.findings import FindingKind, Verdict
from shared.contracts.documents import DocumentKind
from shared.http import ApiModel, Count, Digest, Reason, ShortText


class ReleaseRequestIn(ApiModel):
    number: VersionNumber
    note: ShortText = ""


class SettlementIn(ApiModel):
    """One word to several findings, with the reason."""

    positions: Annotated[tuple[Annotated[Count, Field(ge=1)], ...], Field(min_length=1, max_length=2000)]
    verdict: Verdict
    reason: Reason


class RefusalIn(ApiModel):
    reason: Reason


class ReleaseRequestState(ApiModel):
    id: UUID
    document_id: UUID
    number: int
    version: int
    state: RequestState


class ReleaseOut(ReleaseRequestState):
    """`document_version` is the new version (ETag) of the document."""

    document_version: int
    address: str


class ReleaseRequestOut(ApiModel):
    """`unsettled` are the findings that still wait for a word."""

    id: UUID
    document_id: UUID
    title: str
    kind: DocumentKind
    number: int
    version: int
    state: RequestState
    note: str
    requester: str
    requester_affiliation: str
    requested_at: datetime
    checked_at: datetime | None
    decider: str | None
    decided_at: datetime | None
    reason: str | None
    findings: int
    unsettled: int


class FindingOut(ApiModel):
    """Where something was found; what was found stands in the excerpt as dots."""

    position: int
    kind: FindingKind
    page: int | None
    page_label: str | None
    excerpt: str
    verdict: Verdict | None
    reason: str | None
    settled_at: datetime | None


class ReleaseRequestDetail(ReleaseRequestOut):
    found: tuple[FindingOut, ...]


class ReleaseRequestList(ApiModel):
    items: tuple[ReleaseRequestOut, ...]
    next: str | None


class PublishedVersion(ApiModel):
    """A version that is or was public; a withdrawn one says why at its address."""

    number: int
    label: str | None
    address: str
    digest: Digest
    published_at: datetime
    withdrawn_at: datetime | None


class PublishedFormat(ApiModel):
    """The same content in another format."""

    media_type: str
    file_name: str
    size_bytes: int
    digest: Digest


class Publication(ApiModel):
    """A public version at the address that lasts; `content` is where its file is."""

    document_id: UUID
    address: str
    title: str
    kind: DocumentKind
    author: str | None
    reference_number: str | None
    language: Language
    licence: str | None
    accessibility: Accessibility
    accessibility_note: str | None
    number: int
    label: str | None
    is_newest: bool
    file_name: str
    media_type: str
    size_bytes: int
    digest: Digest
    content: str
    formats: tuple[PublishedFormat, ...]
    published_at: datetime
    approved_by: str | None
    approved_on: date | None
    citation: str
    versions: tuple[PublishedVersion, ...]


class Tombstone(ApiModel):
    """What is left of a withdrawn version, as a problem detail; `replaced_by` is read instead of it."""

    type: str
    title: str
    status: int
    document_id: UUID
    document_title: str
    number: int
    published_at: datetime
    withdrawn_at: datetime
    reason: str
    digest: Digest
    replaced_by: str | None

"""What a document is, who may file one, and how it grows by versions."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from shared.contracts.documents import DocumentKind, DocumentPublished
from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class DocumentState(StrEnum):
    DRAFT = "draft"  # koncept
    PUBLISHED = "published"  # zveřejněno


class Origin(StrEnum):
    """Where the versions of a document come from; the two never mix."""

    UPLOADED = "uploaded"
    RENDERED = "rendered"


class DocumentUnknown(NotFound):
    cs = "Dokument neexistuje."
    en = "There is no such document."


class VersionUnknown(NotFound):
    cs = "Dokument nemá tuto verzi."
    en = "The document has no such version."


class UnitUnknown(Invalid):
    cs = "Územní celek {unit_id} neznáme."
    en = "We know no unit {unit_id}."


class UnitNotYours(Forbidden):
    cs = "Dokument můžete založit jen k celku, ke kterému patříte."
    en = "You may file a document only with a unit that you belong to."


class DocumentIsRendered(RuleBroken):
    cs = "Verze tohoto dokumentu vznikají ze schváleného plánu, nelze je nahrát."
    en = "The versions of this document are made of the approved plan and cannot be uploaded."


class RevisionDiffers(RuleBroken):
    cs = "Revize {revision} už byla zveřejněna podle jiného znění."
    en = "Revision {revision} was already published from another wording."


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The bytes of a version, kept in the store under their SHA-256 (hex)."""

    digest: str
    size_bytes: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    id: UUID
    kind: DocumentKind
    title: str
    plan_id: UUID | None
    unit_ids: tuple[UUID, ...]
    state: DocumentState
    origin: Origin
    version: int = 0
    latest: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document; `source_digest` is that of the wording it was rendered from."""

    document_id: UUID
    number: int
    label: str | None
    file: File
    created_at: datetime
    created_by: str
    published_at: datetime | None = None
    source_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An approved revision of a plan that was rendered."""

    plan_id: UUID
    number: int
    title: str
    unit_ids: tuple[UUID, ...]
    digest: str


def plan_document_id(plan_id: UUID) -> UUID:
    """Every revision of a plan is a version of the same document, whichever is rendered first."""
    return uuid5(plan_id, "approved-plan")


def plan_document(revision: Revision) -> Document:
    return Document(
        id=plan_document_id(revision.plan_id),
        kind=DocumentKind.PLAN,
        title=revision.title,
        plan_id=revision.plan_id,
        unit_ids=revision.unit_ids,
        state=DocumentState.PUBLISHED,
        origin=Origin.RENDERED,
    )


def check_filing(unit_ids: tuple[UUID, ...], *, known: frozenset[UUID], own: frozenset[UUID] | None) -> None:
    """Raise `UnitUnknown`, or `UnitNotYours` unless each unit is one's own; `own` is None for the Agency."""
    if own is not None and not (unit_ids and own.issuperset(unit_ids)):
        raise UnitNotYours
    for place, unit_id in enumerate(unit_ids):
        if unit_id not in known:
            raise UnitUnknown(pointer=f"/unit_ids/{place}", unit_id=unit_id)


def add_upload(
    document: Document, file: File, *, label: str | None, by: str, now: datetime
) -> tuple[Document, Version]:
    if document.origin is Origin.RENDERED:
        raise DocumentIsRendered
    grown = replace(document, version=document.version + 1, latest=document.latest + 1)
    added = Version(
        document_id=document.id,
        number=grown.latest,
        label=label,
        file=file,
        created_at=now,
        created_by=by,
    )
    return grown, added


def publish_revision(
    document: Document, revision: Revision, file: File, *, by: str, now: datetime
) -> tuple[Document, Version, DocumentPublished]:
    """Add a revision; one that comes after a later one leaves title and units as they are."""
    grown = replace(document, version=document.version + 1)
    if revision.number >= document.latest:
        grown = replace(grown, latest=revision.number, title=revision.title, unit_ids=revision.unit_ids)
    added = Version(
        document_id=document.id,
        number=revision.number,
        label=f"Revize {revision.number}",
        file=file,
        created_at=now,
        created_by=by,
        published_at=now,
        source_digest=revision.digest,
    )
    return grown, added, _published(grown, revision, file, now)


def _published(document: Document, revision: Revision, file: File, now: datetime) -> DocumentPublished:
    return DocumentPublished(
        version=document.version,
        document_id=document.id,
        kind=document.kind,
        title=revision.title,
        plan_id=revision.plan_id,
        revision=revision.number,
        unit_ids=revision.unit_ids,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        digest=file.digest,
        published_at=now,
    )

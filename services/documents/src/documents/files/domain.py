"""What a document is, who may file one, and how it grows by versions."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from documents.files.kinds import KINDS
from documents.files.refusals import (
    DocumentDiscarded,
    DocumentIsRendered,
    UnitNotYours,
    UnitUnknown,
    VersionNotLatest,
)
from documents.files.states import DocumentState, procedure_of
from shared.contracts.documents import DocumentKind, DocumentPublished, OutputKind


class Origin(StrEnum):
    """Where the versions of a document come from; the two never mix."""

    UPLOADED = "uploaded"
    RENDERED = "rendered"


class Accessibility(StrEnum):
    """Whether people with disabilities can read it (act 99/2019 Sb.)."""

    VERIFIED = "verified"  # ověřeno
    UNVERIFIED = "unverified"  # neověřeno
    EXCEPTION = "exception"  # výjimka


class Language(StrEnum):
    CS = "cs"
    EN = "en"
    SK = "sk"
    ROM = "rom"  # romština
    UK = "uk"  # ukrajinština


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The bytes of a version, kept in the store under their SHA-256 (hex)."""

    digest: str
    size_bytes: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What records management and the public ask of a document.

    `approved_by` is a body or an office, never a person; `holds_personal_data` is None until it is said.
    """

    reference_number: str | None = None
    file_mark: str | None = None
    author: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    signed_on: date | None = None
    dated_on: date | None = None
    language: Language = Language.CS
    licence: str | None = None
    holds_personal_data: bool | None = None
    accessibility: Accessibility = Accessibility.UNVERIFIED
    accessibility_note: str | None = None
    output_kind: OutputKind | None = None
    output_id: UUID | None = None
    cooperation_id: UUID | None = None
    plan_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`version` counts all that happened, `latest` is the newest version of the file.

    `state` is that of the latest version, `public_number` the version that everybody reads now.
    """

    id: UUID
    kind: DocumentKind
    title: str
    unit_ids: tuple[UUID, ...]
    state: DocumentState
    origin: Origin
    about: Metadata = field(default_factory=Metadata)
    version: int = 0
    latest: int = 0
    public_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document; `source_digest` is that of the wording it was rendered from.

    `others` are the same content in other formats; `published_at` and `withdrawn_at` are the last time
    of each.
    """

    document_id: UUID
    number: int
    label: str | None
    file: File
    created_at: datetime
    created_by: str
    others: tuple[File, ...] = ()
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    source_digest: str | None = None
    restored_from: int | None = None
    approved_by: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What the platform made of its own data, to be filed as a version of a document.

    `files` are one content in several formats, the main one first. `number` is the version's own where
    the source counts (a revision of a plan); None takes the next. `source_digest` is that of the frozen
    JSON. `published` lets it out at once; otherwise it is a draft that goes the way of its kind.
    """

    document_id: UUID
    kind: DocumentKind
    title: str
    unit_ids: tuple[UUID, ...]
    files: tuple[File, ...]
    source_digest: str
    published: bool
    number: int | None = None
    label: str | None = None
    about: Metadata = field(default_factory=Metadata)


def rendered_id(source_id: UUID, what: str) -> UUID:
    """Every rendering of the same source is a version of the same document, whichever comes first."""
    return uuid5(source_id, what)


def plan_document_id(plan_id: UUID) -> UUID:
    return rendered_id(plan_id, "approved-plan")


def check_filing(unit_ids: tuple[UUID, ...], *, known: frozenset[UUID], own: frozenset[UUID] | None) -> None:
    """Raise `UnitUnknown`, or `UnitNotYours` unless each unit is one's own; `own` is None for the Agency."""
    if own is not None and not (unit_ids and own.issuperset(unit_ids)):
        raise UnitNotYours
    for place, unit_id in enumerate(unit_ids):
        if unit_id not in known:
            raise UnitUnknown(pointer=f"/unit_ids/{place}", unit_id=unit_id)


def expect_latest(document: Document, number: int) -> None:
    """Raise `VersionNotLatest` unless the decision is about the latest version."""
    if number != document.latest:
        standing = procedure_of(document.kind).facts(document.state)
        raise VersionNotLatest(standing, latest=document.latest, number=number)


def expect_alive(document: Document) -> None:
    if document.state is DocumentState.DISCARDED:
        raise DocumentDiscarded(procedure_of(document.kind).facts(document.state))


def add_upload(
    document: Document, file: File, *, label: str | None, by: str, now: datetime
) -> tuple[Document, Version]:
    """Add what was uploaded; what was approved or signed is a draft again, what is public stays public."""
    if document.origin is Origin.RENDERED:
        raise DocumentIsRendered
    return _grown(document, (file,), label=label, by=by, now=now)


def restore(document: Document, old: Version, *, by: str, now: datetime) -> tuple[Document, Version]:
    """Make an older version the latest one, as a version of its own; raises `DocumentDiscarded`."""
    if document.origin is Origin.RENDERED:
        raise DocumentIsRendered
    label = old.label or str(old.number)
    grown, added = _grown(document, (old.file, *old.others), label=label, by=by, now=now)
    return grown, replace(added, restored_from=old.number, source_digest=old.source_digest)


def _grown(
    document: Document, files: tuple[File, ...], *, label: str | None, by: str, now: datetime
) -> tuple[Document, Version]:
    expect_alive(document)
    keeps_state = document.state is DocumentState.FOR_COMMENT
    about = replace(document.about, approved_by=None, approved_on=None, signed_on=None)
    grown = replace(
        document,
        version=document.version + 1,
        latest=document.latest + 1,
        state=document.state if keeps_state else DocumentState.DRAFT,
        about=about if document.latest else document.about,
    )
    main, *others = files
    added = Version(
        document_id=document.id,
        number=grown.latest,
        label=label,
        file=main,
        others=tuple(others),
        created_at=now,
        created_by=by,
    )
    return grown, added


def new_rendered(rendering: Rendering) -> Document:
    return Document(
        id=rendering.document_id,
        kind=rendering.kind,
        title=rendering.title,
        unit_ids=rendering.unit_ids,
        state=DocumentState.DRAFT,
        origin=Origin.RENDERED,
        about=_about(rendering),
    )


def _about(rendering: Rendering) -> Metadata:
    about = rendering.about
    return replace(about, output_kind=about.output_kind or KINDS[rendering.kind].output)


def add_rendering(
    document: Document, rendering: Rendering, *, by: str, now: datetime
) -> tuple[Document, Version, DocumentPublished | None]:
    """Add a rendering; one that comes after a later one leaves the document's own facts as they are.

    A withdrawn or discarded document is public again only by something newer.
    """
    number = rendering.number or document.latest + 1
    is_newest = number >= document.latest
    shut = document.state in {DocumentState.WITHDRAWN, DocumentState.DISCARDED}
    published = rendering.published and (is_newest or not shut)
    grown = replace(document, version=document.version + 1)
    if is_newest:
        grown = replace(
            grown,
            latest=number,
            title=rendering.title,
            unit_ids=rendering.unit_ids,
            state=DocumentState.PUBLISHED if published else DocumentState.DRAFT,
            about=_about(rendering),
        )
    if published:
        grown = replace(grown, public_number=max(number, document.public_number or 0))
    main, *others = rendering.files
    added = Version(
        document_id=document.id,
        number=number,
        label=rendering.label,
        file=main,
        others=tuple(others),
        created_at=now,
        created_by=by,
        published_at=now if published else None,
        source_digest=rendering.source_digest,
        approved_by=rendering.about.approved_by,
        approved_on=rendering.about.approved_on,
    )
    title, units = rendering.title, rendering.unit_ids
    told = published_event(replace(grown, title=title, unit_ids=units), added) if published else None
    return grown, added, told


def published_event(document: Document, version: Version) -> DocumentPublished:
    """Return what others are told when a version became public at `version.published_at`."""
    about = document.about
    return DocumentPublished(
        version=document.version,
        document_id=document.id,
        kind=document.kind,
        title=document.title,
        plan_id=about.plan_id,
        revision=version.number if document.kind is DocumentKind.PLAN else None,
        unit_ids=document.unit_ids,
        media_type=version.file.media_type,
        size_bytes=version.file.size_bytes,
        digest=version.file.digest,
        published_at=version.published_at or version.created_at,
        approved_by=version.approved_by,
        approved_on=version.approved_on,
        output_kind=about.output_kind,
        output_id=about.output_id,
    )

"""What a document is, who may file one, and how it grows by versions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from documents.files.refusals import (
    DocumentDiscarded,
    UnitNotYours,
    UnitUnknown,
    VersionNotLatest,
)
from documents.files.states import DocumentState, procedure_of
from shared.contracts.documents import DocumentKind, OutputKind


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
    JSON. `published` lets it out at once; otherwise it is filed in `state`, a draft or what was signed
    elsewhere, and goes the way of its kind.
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
    state: DocumentState = DocumentState.DRAFT
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


def words_of(document: Document) -> dict[str, str]:
    """Return what people wrote of a document and everybody reads once it is public, by field."""
    about = document.about
    said = {
        "title": document.title,
        "author": about.author,
        "approved_by": about.approved_by,
        "accessibility_note": about.accessibility_note,
    }
    return {field: text for field, text in said.items() if text}


def expect_latest(document: Document, number: int) -> None:
    """Raise `VersionNotLatest` unless the decision is about the latest version."""
    if number != document.latest:
        standing = procedure_of(document.kind).facts(document.state)
        raise VersionNotLatest(standing, latest=document.latest, number=number)


def expect_alive(document: Document) -> None:
    if document.state is DocumentState.DISCARDED:
        raise DocumentDiscarded(procedure_of(document.kind).facts(document.state))

"""Decisions on a document: each is about its latest version and leads from state to state."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from documents.files.domain import (
    Accessibility,
    Document,
    Language,
    Metadata,
    Origin,
    Version,
    expect_alive,
    expect_latest,
    words_of,
)
from documents.files.refusals import (
    ApprovedByAuthor,
    DecidedInFuture,
    DocumentIsRendered,
    ExceptionUnexplained,
    KindIsDecidedOn,
    NothingPublic,
    PersonalDataSaid,
    SignedBeforeApproved,
)
from documents.files.states import DocumentMove, DocumentState, procedure_of
from shared.contracts.documents import DocumentKind, OutputKind
from shared.personal_data import PersonalData, find


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What people say of a document; None where they say nothing."""

    title: str
    kind: DocumentKind
    unit_ids: tuple[UUID, ...]
    plan_id: UUID | None = None
    cooperation_id: UUID | None = None
    reference_number: str | None = None
    file_mark: str | None = None
    author: str | None = None
    dated_on: date | None = None
    language: Language = Language.CS
    licence: str | None = None
    holds_personal_data: bool | None = None
    accessibility: Accessibility = Accessibility.UNVERIFIED
    accessibility_note: str | None = None
    output_kind: OutputKind | None = None
    output_id: UUID | None = None


def describe(document: Document, said: Description) -> Document:
    """Replace what is said of a document; the kind only while nobody has decided on it.

    Raises `DocumentDiscarded`, `DocumentIsRendered`, `KindIsDecidedOn`, `ExceptionUnexplained`, and
    `PersonalDataSaid` of a public one: nobody else looks before it is seen.
    """
    expect_alive(document)
    same = (said.title, said.kind) == (document.title, document.kind)
    same_units = set(said.unit_ids) == set(document.unit_ids)
    if document.origin is Origin.RENDERED and not (same and same_units):
        raise DocumentIsRendered
    if said.kind is not document.kind and not _is_undecided(document):
        raise KindIsDecidedOn(procedure_of(document.kind).facts(document.state))
    if said.accessibility is Accessibility.EXCEPTION and not said.accessibility_note:
        raise ExceptionUnexplained(pointer="/accessibility_note")
    names = set(Metadata.__dataclass_fields__) & set(Description.__dataclass_fields__)
    about = replace(document.about, **{name: getattr(said, name) for name in names})
    described = replace(
        document,
        version=document.version + 1,
        title=said.title,
        kind=said.kind,
        unit_ids=said.unit_ids,
        about=replace(about, dated_on=said.dated_on or document.about.dated_on),
    )
    if document.public_number is not None:
        _expect_no_more_personal_data(document, described)
    return described


def _expect_no_more_personal_data(before: Document, after: Document) -> None:
    known = set(_personal_data_in(before))
    for field, kind, text in _personal_data_in(after):
        if (field, kind, text) not in known:
            raise PersonalDataSaid(pointer=f"/{field}", kind=kind.value)


def _personal_data_in(document: Document) -> Iterator[tuple[str, PersonalData, str]]:
    for field, text in words_of(document).items():
        for each in find(text):
            yield field, each.kind, text[each.start : each.end]


def _is_undecided(document: Document) -> bool:
    undecided = document.state in {DocumentState.DRAFT, DocumentState.FOR_COMMENT}
    return undecided and document.public_number is None


def moved(document: Document, move: DocumentMove, *, number: int) -> Document:
    """Take one step of the procedure with the latest version; raises `DocumentMoveRefused`."""
    state = procedure_of(document.kind).after(document.state, move)
    expect_latest(document, number)
    return replace(document, version=document.version + 1, state=state)


def returned(document: Document, *, number: int) -> Document:
    """Make a draft of it again; what was approved or signed is so no more."""
    draft = moved(document, DocumentMove.RETURN, number=number)
    return replace(draft, about=replace(draft.about, approved_by=None, approved_on=None, signed_on=None))


def approved(
    document: Document, version: Version, *, body: str, on: date, by: str, today: date
) -> tuple[Document, Version]:
    """Note that a body approved the version; not by who filed it.

    Raises `DocumentMoveRefused`, `ApprovedByAuthor`, `DecidedInFuture`.
    """
    after = moved(document, DocumentMove.APPROVAL, number=version.number)
    if by == version.created_by:
        raise ApprovedByAuthor(procedure_of(document.kind).facts(document.state), number=version.number)
    if on > today:
        raise DecidedInFuture(pointer="/approved_on", day=on)
    about = replace(after.about, approved_by=body, approved_on=on)
    return replace(after, about=about), replace(version, approved_by=body, approved_on=on)


def signed(document: Document, *, number: int, on: date, today: date) -> Document:
    """Note that all sides signed it. Raises `DecidedInFuture`, `SignedBeforeApproved`."""
    after = moved(document, DocumentMove.SIGNATURE, number=number)
    if on > today:
        raise DecidedInFuture(pointer="/signed_on", day=on)
    approved_on = document.about.approved_on
    if approved_on is not None and on < approved_on:
        raise SignedBeforeApproved(pointer="/signed_on", approved_on=approved_on, signed_on=on)
    return replace(after, about=replace(after.about, signed_on=on))


def published(document: Document, version: Version, *, now: datetime) -> tuple[Document, Version]:
    """Let the latest version out."""
    after = moved(document, DocumentMove.RELEASE, number=version.number)
    out = replace(version, published_at=now, withdrawn_at=None)
    return replace(after, public_number=version.number), out


def withdrawn(
    document: Document, version: Version, *, remaining: int | None, now: datetime
) -> tuple[Document, Version]:
    """Take a version back; `remaining` is the newest one that stays public. Raises `NothingPublic`."""
    if version.published_at is None or version.withdrawn_at is not None:
        raise NothingPublic(procedure_of(document.kind).facts(document.state), number=version.number)
    is_state = document.state is DocumentState.PUBLISHED and version.number == document.latest
    after = replace(
        document,
        version=document.version + 1,
        state=DocumentState.WITHDRAWN if is_state else document.state,
        public_number=remaining,
    )
    return after, replace(version, withdrawn_at=now)


def discarded(document: Document, *, number: int) -> Document:
    """Put a document out of use; what is public is withdrawn first, so that its readers learn why."""
    if document.public_number is not None:
        procedure = procedure_of(document.kind)
        return replace(document, state=procedure.after(DocumentState.PUBLISHED, DocumentMove.DISCARDING))
    return moved(document, DocumentMove.DISCARDING, number=number)

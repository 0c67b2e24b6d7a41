"""The way of a version to the public: asked for by one, checked by rules, let out by another."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias
from uuid import UUID

from documents.extraction.domain import FileText, TextState
from documents.files.domain import Accessibility, Document
from documents.files.kinds import KINDS, Audience
from documents.files.states import DocumentMove, procedure_of
from documents.inspection.domain import Trait
from documents.publications.refusals import (
    AccessibilityUnknown,
    DescribedSinceCheck,
    FindingsNotSettled,
    FindingUnknown,
    KindIsInternal,
    PersonalDataInside,
    PersonalDataNotSaid,
    ReleasedByRequester,
    ReleaseMoveRefused,
    SettledByRequester,
    WholeFileUnread,
)
from shared.personal_data import PersonalData, find, masked
from shared.procedure import Labels, Procedure, Standing


class RequestState(StrEnum):
    """Where a request for release stands."""

    CHECKING = "checking"  # text se ještě čte
    OPEN = "open"  # čeká na rozhodnutí
    RELEASED = "released"  # zveřejněno
    REFUSED = "refused"  # vráceno
    SUPERSEDED = "superseded"  # nahrazeno žádostí o novější verzi


class RequestMove(StrEnum):
    CHECK = "check"
    SETTLEMENT = "settlement"
    RELEASE = "release"
    REFUSAL = "refusal"


class FindingKind(StrEnum):
    """What the check found: a form of personal data, or something that it could not read."""

    BIRTH_NUMBER = PersonalData.BIRTH_NUMBER.value
    BIRTH_DAY = PersonalData.BIRTH_DAY.value
    PHONE = PersonalData.PHONE.value
    EMAIL = PersonalData.EMAIL.value
    IBAN = PersonalData.IBAN.value
    ACCOUNT = PersonalData.ACCOUNT.value
    ADDRESS = PersonalData.ADDRESS.value
    DATA_BOX = PersonalData.DATA_BOX.value
    UNREADABLE = "unreadable"  # text se nepodařilo přečíst
    NOT_ALL_READ = "not-all-read"  # text je delší, než se čte


class Verdict(StrEnum):
    """What the releaser says to a finding; what must go is taken out in a new version."""

    FALSE_ALARM = "false-alarm"  # není to osobní údaj
    PUBLIC_CONTACT = "public-contact"  # kontakt úřadu nebo organizace
    CONSENTED = "consented"  # osoba souhlasila
    READ_BY_EYE = "read-by-eye"  # přečteno člověkem


_S = RequestState
_M = RequestMove
_MOVES: Final = {
    _M.CHECK: (frozenset({_S.CHECKING}), _S.OPEN),
    _M.SETTLEMENT: (frozenset({_S.OPEN}), None),
    _M.RELEASE: (frozenset({_S.OPEN}), _S.RELEASED),
    _M.REFUSAL: (frozenset({_S.CHECKING, _S.OPEN}), _S.REFUSED),
}
_LABELS: Final[Labels] = {
    _S.CHECKING: ("kontroluje se", "being checked"),
    _S.OPEN: ("čeká na rozhodnutí", "waits for a decision"),
    _S.RELEASED: ("zveřejněno", "released"),
    _S.REFUSED: ("vráceno", "refused"),
    _S.SUPERSEDED: ("nahrazeno novější žádostí", "superseded by a newer request"),
    _M.CHECK: ("dokončit kontrolu", "finish the check"),
    _M.SETTLEMENT: ("posoudit nálezy", "settle findings"),
    _M.RELEASE: ("zveřejnit", "release it"),
    _M.REFUSAL: ("vrátit", "refuse it"),
}
REQUESTS: Final[Procedure[RequestState, RequestMove]] = Procedure(_MOVES, _LABELS, ReleaseMoveRefused)
_AROUND: Final = 40
_LISTED: Final = 40
_NO_WORDS: Final[Mapping[str, str]] = {}
_Place: TypeAlias = tuple[FindingKind, int | None, str | None, str]
"""What was found, on which page, its label or the field, and the masked text around it."""
MOST_FINDINGS: Final = 2_000
"""A file with more is a list of persons; nobody settles it one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`position` counts from 1; `page` is None for the file as a whole; the excerpt is masked."""

    position: int
    kind: FindingKind
    page: int | None
    page_label: str | None
    excerpt: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    id: UUID
    document_id: UUID
    number: int
    version: int
    state: RequestState
    requested_by: str
    checked_at: datetime | None = None


def expect_publishable(document: Document) -> None:
    """Raise unless the kind is for the public and the procedure lets it out from here.

    Raises `KindIsInternal`, `DocumentMoveRefused`, `PersonalDataNotSaid`, `PersonalDataInside`,
    `AccessibilityUnknown`.
    """
    if KINDS[document.kind].audience is Audience.INTERNAL:
        raise KindIsInternal(kind=document.kind.value)
    procedure = procedure_of(document.kind)
    procedure.after(document.state, DocumentMove.RELEASE)
    standing = procedure.facts(document.state)
    if document.about.holds_personal_data is None:
        raise PersonalDataNotSaid(standing)
    if document.about.holds_personal_data:
        raise PersonalDataInside(standing)
    if document.about.accessibility is Accessibility.UNVERIFIED:
        raise AccessibilityUnknown(standing)


def findings_in(
    text: FileText, *, words: Mapping[str, str] = _NO_WORDS, has_attachments: bool = False
) -> tuple[Finding, ...]:
    """Return what looks personal, in `words` by field and in the text by place, and what was not read."""
    found = list(_in_words(words))
    for page in text.pages:
        finds = find(page.text)
        shown = masked(page.text, finds)
        place = page.number if text.has_pages else None
        found += [
            (FindingKind(each.kind.value), place, page.label, _excerpt(shown, each.start, each.end))
            for each in finds
        ]
    found += _unread(text, has_attachments=has_attachments)
    if text.is_cut or len(found) > MOST_FINDINGS:
        found = [*found[: MOST_FINDINGS - 1], (FindingKind.NOT_ALL_READ, None, None, "")]
    return tuple(
        Finding(position=place, kind=kind, page=page, page_label=label, excerpt=excerpt)
        for place, (kind, page, label, excerpt) in enumerate(found, start=1)
    )


def _in_words(words: Mapping[str, str]) -> Iterator[_Place]:
    for field, said in words.items():
        finds = find(said)
        shown = masked(said, finds)
        for each in finds:
            yield FindingKind(each.kind.value), None, field, _excerpt(shown, each.start, each.end)


def _unread(text: FileText, *, has_attachments: bool) -> Iterator[_Place]:
    if text.state is not TextState.EXTRACTED:
        yield FindingKind.UNREADABLE, None, None, text.state.value
    elif text.has_pages and text.page_count > len(text.pages):
        blank = sorted(set(range(1, text.page_count + 1)) - {page.number for page in text.pages})
        shown = ", ".join(map(str, blank[:_LISTED])) + (" …" if len(blank) > _LISTED else "")
        yield FindingKind.UNREADABLE, blank[0], None, shown
    if has_attachments:
        yield FindingKind.NOT_ALL_READ, None, None, Trait.EMBEDDED_FILES.value


def expect_as_checked(findings: Sequence[Finding], words: Mapping[str, str], standing: Standing) -> None:
    """Raise `DescribedSinceCheck` where the words have something that the check did not show."""
    seen = {(each.kind, each.page_label, each.excerpt) for each in findings}
    for kind, _, field, excerpt in _in_words(words):
        if (kind, field, excerpt) not in seen:
            raise DescribedSinceCheck(standing, field=field)


def _excerpt(shown: str, start: int, end: int) -> str:
    around = shown[max(0, start - _AROUND) : end + _AROUND]
    return " ".join(around.replace("\0", " ").split())


def checked(request: Request, *, now: datetime) -> Request:
    state = REQUESTS.after(request.state, RequestMove.CHECK)
    return replace(request, state=state, version=request.version + 1, checked_at=now)


def settled(
    request: Request,
    findings: Sequence[Finding],
    positions: Collection[int],
    verdict: Verdict,
    *,
    by: str,
    filed_by: str,
) -> tuple[Request, tuple[Finding, ...]]:
    """Say the same to several; raises `SettledByRequester`, `FindingUnknown`, `WholeFileUnread`."""
    REQUESTS.after(request.state, RequestMove.SETTLEMENT)
    if by in {request.requested_by, filed_by}:
        raise SettledByRequester(REQUESTS.facts(request.state))
    known = {each.position: each for each in findings}
    for position in positions:
        if position not in known:
            raise FindingUnknown(pointer="/positions", position=position)
        unread = known[position].kind in {FindingKind.UNREADABLE, FindingKind.NOT_ALL_READ}
        if unread is not (verdict is Verdict.READ_BY_EYE):
            raise WholeFileUnread(pointer="/verdict", position=position)
    said = tuple(replace(known[position], verdict=verdict) for position in positions)
    return replace(request, version=request.version + 1), said


def released(request: Request, findings: Sequence[Finding], *, by: str, filed_by: str) -> Request:
    """Let it out, when all findings are settled and by neither who asked nor who filed the version.

    Raises `ReleaseMoveRefused`, `ReleasedByRequester`, `FindingsNotSettled`.
    """
    state = REQUESTS.after(request.state, RequestMove.RELEASE)
    standing = REQUESTS.facts(request.state)
    if by in {request.requested_by, filed_by}:
        raise ReleasedByRequester(standing)
    waiting = [each.position for each in findings if each.verdict is None]
    if waiting:
        raise FindingsNotSettled(standing, waiting=len(waiting), positions=waiting[:20])
    return replace(request, state=state, version=request.version + 1)


def superseded(request: Request) -> Request:
    """Give way to a request about a newer version."""
    return replace(request, state=RequestState.SUPERSEDED, version=request.version + 1)


def refused(request: Request) -> Request:
    state = REQUESTS.after(request.state, RequestMove.REFUSAL)
    return replace(request, state=state, version=request.version + 1)

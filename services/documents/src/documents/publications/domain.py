"""The way of a version to the public: asked for by one, checked by rules, let out by another."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from documents.files.domain import Accessibility, Document
from documents.files.kinds import KINDS, Audience
from documents.files.states import DocumentMove, procedure_of
from documents.publications.findings import Finding, FindingKind, Verdict
from documents.publications.refusals import (
    AccessibilityUnknown,
    FileUnscanned,
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
from shared.procedure import Labels, Procedure


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
    """Say the same to several.

    Raises `SettledByRequester`, `FindingUnknown`, `FileUnscanned`, `WholeFileUnread`.
    """
    REQUESTS.after(request.state, RequestMove.SETTLEMENT)
    if by in {request.requested_by, filed_by}:
        raise SettledByRequester(REQUESTS.facts(request.state))
    known = {each.position: each for each in findings}
    for position in positions:
        if position not in known:
            raise FindingUnknown(pointer="/positions", position=position)
        kind = known[position].kind
        if (kind is FindingKind.NOT_SCANNED) is not (verdict is Verdict.TRUSTED_SOURCE):
            raise FileUnscanned(pointer="/verdict", position=position)
        unread = kind in {FindingKind.UNREADABLE, FindingKind.NOT_ALL_READ}
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

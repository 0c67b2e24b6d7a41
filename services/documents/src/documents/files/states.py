"""From a draft to the public and back: which move leads where, for each path."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from documents.files.kinds import KINDS, Path
from shared.contracts.documents import DocumentKind
from shared.procedure import Labels, MoveRefused, Procedure


class DocumentState(StrEnum):
    """Where the newest version of a document stands; what the public reads may be an older one."""

    DRAFT = "draft"  # koncept
    FOR_COMMENT = "for-comment"  # k připomínkám
    APPROVED = "approved"  # schváleno
    SIGNED = "signed"  # podepsáno
    PUBLISHED = "published"  # zveřejněno
    WITHDRAWN = "withdrawn"  # staženo
    DISCARDED = "discarded"  # vyřazeno


class DocumentMove(StrEnum):
    COMMENTS = "comments"
    RETURN = "return"
    APPROVAL = "approval"
    SIGNATURE = "signature"
    RELEASE = "release"
    WITHDRAWAL = "withdrawal"
    DISCARDING = "discarding"


class DocumentMoveRefused(MoveRefused):
    at_its_end = ("Dokument je vyřazen.", "The document is discarded.")


LABELS: Final[Labels] = {
    DocumentState.DRAFT: ("koncept", "draft"),
    DocumentState.FOR_COMMENT: ("k připomínkám", "open to comments"),
    DocumentState.APPROVED: ("schváleno", "approved"),
    DocumentState.SIGNED: ("podepsáno", "signed"),
    DocumentState.PUBLISHED: ("zveřejněno", "published"),
    DocumentState.WITHDRAWN: ("staženo", "withdrawn"),
    DocumentState.DISCARDED: ("vyřazeno", "discarded"),
    DocumentMove.COMMENTS: ("dát k připomínkám", "open it to comments"),
    DocumentMove.RETURN: ("vrátit mezi koncepty", "return it to the drafts"),
    DocumentMove.APPROVAL: ("zapsat schválení", "note the approval"),
    DocumentMove.SIGNATURE: ("zapsat podpis", "note the signature"),
    DocumentMove.RELEASE: ("zveřejnit", "publish it"),
    DocumentMove.WITHDRAWAL: ("stáhnout", "withdraw it"),
    DocumentMove.DISCARDING: ("vyřadit", "discard it"),
}

_S = DocumentState
_M = DocumentMove
_READY: Final = {
    Path.FREE: frozenset({_S.DRAFT, _S.FOR_COMMENT, _S.APPROVED, _S.SIGNED, _S.WITHDRAWN}),
    Path.APPROVED: frozenset({_S.APPROVED, _S.SIGNED, _S.WITHDRAWN}),
    Path.SIGNED: frozenset({_S.SIGNED, _S.WITHDRAWN}),
}
"""From where each path may go before the public."""


def _procedure(path: Path) -> Procedure[DocumentState, DocumentMove]:
    moves: dict[DocumentMove, tuple[frozenset[DocumentState], DocumentState | None]] = {
        _M.COMMENTS: (frozenset({_S.DRAFT}), _S.FOR_COMMENT),
        _M.RETURN: (frozenset({_S.FOR_COMMENT, _S.APPROVED, _S.SIGNED}), _S.DRAFT),
        _M.APPROVAL: (frozenset({_S.DRAFT, _S.FOR_COMMENT}), _S.APPROVED),
        _M.SIGNATURE: (frozenset({_S.APPROVED}), _S.SIGNED),
        _M.RELEASE: (_READY[path], _S.PUBLISHED),
        _M.WITHDRAWAL: (frozenset({_S.PUBLISHED}), _S.WITHDRAWN),
        _M.DISCARDING: (frozenset(_S) - {_S.PUBLISHED, _S.DISCARDED}, _S.DISCARDED),
    }
    procedure: Procedure[DocumentState, DocumentMove] = Procedure(moves, LABELS, DocumentMoveRefused)
    return procedure


PROCEDURES: Final[Mapping[Path, Procedure[DocumentState, DocumentMove]]] = {
    path: _procedure(path) for path in Path
}


def procedure_of(kind: DocumentKind) -> Procedure[DocumentState, DocumentMove]:
    return PROCEDURES[KINDS[kind].path]

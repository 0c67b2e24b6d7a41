"""When a document may be disposed of, what forbids it, and who decides."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Forbidden, NotFound, RuleBroken
from shared.procedure import Labels, MoveRefused, Procedure, StandsInTheWay


class Mark(StrEnum):
    """What becomes of a document in the end (skartační znak)."""

    ARCHIVE = "A"
    SHRED = "S"
    SELECT = "V"
    """The archive chooses."""


class Trigger(StrEnum):
    """What the time of keeping is counted from (spouštěcí událost)."""

    FILED = "filed"
    LAST_VERSION = "last-version"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Basis(StrEnum):
    """Why a document is disposed of."""

    RETENTION = "retention"
    ERASURE = "erasure"
    """A person asked for it (GDPR, article 17)."""
    MISTAKE = "mistake"


class DisposalState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    CARRIED_OUT = "carried-out"


class DisposalMove(StrEnum):
    APPROVAL = "approval"
    REJECTION = "rejection"
    CARRYING_OUT = "carrying-out"


class DisposalMoveRefused(MoveRefused):
    at_its_end = ("Skartační řízení je skončeno.", "The disposal is finished.")


LABELS: Final[Labels] = {
    DisposalState.PROPOSED: ("navrženo", "proposed"),
    DisposalState.APPROVED: ("schváleno", "approved"),
    DisposalState.REJECTED: ("zamítnuto", "rejected"),
    DisposalState.CARRIED_OUT: ("provedeno", "carried out"),
    DisposalMove.APPROVAL: ("schválit vyřazení", "approve the disposal"),
    DisposalMove.REJECTION: ("zamítnout vyřazení", "reject the disposal"),
    DisposalMove.CARRYING_OUT: ("provést vyřazení", "carry the disposal out"),
}
_S = DisposalState
_MOVES: Final[dict[DisposalMove, tuple[frozenset[DisposalState], DisposalState | None]]] = {
    DisposalMove.APPROVAL: (frozenset({_S.PROPOSED}), _S.APPROVED),
    DisposalMove.REJECTION: (frozenset({_S.PROPOSED, _S.APPROVED}), _S.REJECTED),
    DisposalMove.CARRYING_OUT: (frozenset({_S.APPROVED}), _S.CARRIED_OUT),
}
PROCEDURE: Final[Procedure[DisposalState, DisposalMove]] = Procedure(_MOVES, LABELS, DisposalMoveRefused)


class RetentionRuleExists(RuleBroken):
    cs = "Pro druh {kind} už platí jiné pravidlo od {valid_from}."
    en = "Another rule for the kind {kind} is in force from {valid_from}."


class RetentionRuleInThePast(RuleBroken):
    cs = "Pravidlo pro druh {kind} platí od {latest}; nové může platit až od pozdějšího dne."
    en = "A rule for the kind {kind} is in force from {latest}; a new one may begin on a later day only."


class LegalHoldUnknown(NotFound):
    cs = "Takové pozastavení skartace neexistuje."
    en = "There is no such legal hold."


class LegalHoldLifted(RuleBroken):
    cs = "Pozastavení skartace už bylo zrušeno."
    en = "The legal hold has been lifted already."


class DisposalUnknown(NotFound):
    cs = "Takový návrh na vyřazení neexistuje."
    en = "There is no such proposal of disposal."


class DisposalStandsAlready(RuleBroken):
    cs = "O vyřazení tohoto dokumentu se už jedná nebo bylo provedeno."
    en = "A disposal of this document has been proposed or carried out already."


class DocumentOnHold(RuleBroken):
    cs = "Dokument nelze vyřadit: skartace je pozastavena ({reason})."
    en = "The document cannot be disposed of: it is on legal hold ({reason})."


class DocumentDisposedOf(RuleBroken):
    cs = "Dokument už byl vyřazen, není co pozastavit."
    en = "The document has been disposed of, there is nothing left to hold."


class RetentionRunsYet(RuleBroken):
    cs = "Skartační lhůta dokumentu ještě běží, do vyřazení zbývá počkat do {due_on}."
    en = "The document is to be kept yet; it may be disposed of from {due_on}."


class RetentionNotCounted(RuleBroken):
    cs = "Skartační lhůta neběží: pro druh dokumentu není pravidlo, nebo nenastala spouštěcí událost."
    en = "No time of keeping runs for the document: no rule for its kind, or its trigger has not come."


class ArchiveComesFirst(RuleBroken):
    cs = "Dokument má skartační znak A: náleží archivu, po uplynutí lhůty jej nelze skartovat."
    en = "The document’s mark is A: it belongs to the archive and cannot be shredded when its time is over."


class DisposalIsYours(Forbidden):
    cs = "O návrhu rozhoduje někdo jiný než ten, kdo jej podal."
    en = "Somebody else than the proposer decides on the proposal."


class StillPublic(StandsInTheWay):
    cs = "Zveřejněný dokument nelze vyřadit, nejdříve jej stáhněte."
    en = "A published document cannot be disposed of; withdraw it first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An edition of how long documents of a kind are kept; `source` is the office's own filing plan."""

    id: UUID
    kind: str
    valid_from: date
    mark: Mark
    years: int
    trigger: Trigger
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a document is kept: `due_on` is None while nothing is counted; `hold` is why it is held."""

    document_id: UUID
    kind: str
    mark: Mark | None
    due_on: date | None
    hold: str | None
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    id: UUID
    document_id: UUID
    reason: str
    placed_at: datetime
    placed_by: str
    lifted_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    id: UUID
    document_id: UUID
    kind: str
    basis: Basis
    reason: str
    mark: Mark | None
    due_on: date | None
    state: DisposalState
    proposed_by: str
    version: int


def due_on(triggered_on: date, years: int) -> date:
    """Return the first day a document may be disposed of: years are counted from the next 1 January."""
    return date(triggered_on.year + 1 + years, 1, 1)


def expect_disposable(kept: Kept, basis: Basis, *, today: date) -> None:
    """Raise what forbids the disposal today, whoever decides on it."""
    if kept.hold is not None:
        raise DocumentOnHold(reason=kept.hold)
    if kept.is_public:
        raise StillPublic({"state": "published", "allowed_moves": ["withdrawal"]})
    if basis is not Basis.RETENTION:
        return
    if kept.due_on is None:
        raise RetentionNotCounted
    if today < kept.due_on:
        raise RetentionRunsYet(due_on=kept.due_on)
    if kept.mark is Mark.ARCHIVE:
        raise ArchiveComesFirst(mark=kept.mark.value)


def expect_other_person(disposal: Disposal, actor_id: str) -> None:
    if disposal.proposed_by == actor_id:
        raise DisposalIsYours

"""An edition of a unit's memorandum: drafted, approved by the assembly, signed by both parties, in force."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from registry.memoranda.content import (
    AGENCY_PARTIES,
    AgencyParty,
    Party,
    Reason,
    Resolution,
    Signature,
    Termination,
    is_one_name,
)
from registry.memoranda.refusals import (
    ConcludedNoLaterThanTheLast,
    MemorandumHasNoText,
    MemorandumInTheMaking,
    PartyDoesNotExistThen,
    PartyHasSigned,
    ReasonDoesNotFit,
    ResolutionAdoptedLater,
    SamePersonSigns,
)
from registry.memoranda.steps import IN_THE_MAKING, PROCEDURE, Move, Status
from shared.canonical import canonical_json, digest
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import MemorandumConcluded
from shared.procedure import Standing

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """In force from `concluded_on` until `in_force_until`, its last day; None: without time limit."""

    id: UUID
    unit_id: UUID
    edition: int
    version: int
    status: Status
    reason: Reason
    agency_party: AgencyParty
    application_id: UUID | None
    document: DocumentRef | None
    resolution: Resolution | None = None
    unit_party: Party | None = None
    signatures: tuple[Signature, ...] = ()
    concluded_on: date | None = None
    in_force_until: date | None = None
    termination: Termination | None = None
    digest: str | None = None

    def is_in_force(self, day: date) -> bool:
        return self.concluded_on is not None and self.concluded_on <= day <= (self.in_force_until or date.max)

    @property
    def published(self) -> "Edition":
        """Return it as the journal keeps it: without who wrote the signatures down."""
        return replace(self, signatures=tuple(each.published for each in self.signatures))

    @property
    def facts(self) -> Standing:
        """Return what every refusal tells of the edition."""
        return PROCEDURE.facts(self.status)


def next_edition(reason: Reason, others: Sequence[Edition]) -> int:
    """Return the number of a new edition; `others` are those of the same unit.

    Raises MemorandumInTheMaking, and ReasonDoesNotFit where the reason contradicts what there is.
    """
    kept = [each for each in others if each.status is not Status.DISCARDED]
    for each in kept:
        if each.status in IN_THE_MAKING:
            raise MemorandumInTheMaking(each.facts, edition=each.edition)
    lasting = any(each.status is Status.CONCLUDED for each in kept)
    changes = {Reason.PARTY_CHANGED, Reason.CONTENT_CHANGED}
    fitting = changes if lasting else {Reason.RENEWED} if kept else {Reason.FIRST}
    if reason not in fitting:
        raise ReasonDoesNotFit(pointer="/reason", reason=reason.value, fitting=", ".join(sorted(fitting)))
    return len(kept) + 1


def edit(edition: Edition, changed: Edition) -> Edition:
    """Put what is drafted anew in the place of what was; `changed` differs in drafted fields only."""
    return replace(changed, status=_after(edition, Move.EDIT), version=edition.version + 1)


def approve(edition: Edition, resolution: Resolution, on: date) -> Edition:
    """Record the assembly's approval; raises MemorandumHasNoText, ResolutionAdoptedLater."""
    status = _after(edition, Move.APPROVE)
    if edition.document is None:
        raise MemorandumHasNoText(edition.facts)
    if resolution.adopted_on > on:
        raise ResolutionAdoptedLater(edition.facts, adopted_on=resolution.adopted_on, on=on)
    return replace(edition, status=status, resolution=resolution, version=edition.version + 1)


def sign(edition: Edition, signature: Signature) -> Edition:
    """Add the signature of one side; the second one concludes only by `conclude`."""
    status = _after(edition, Move.COUNTERSIGN if edition.signatures else Move.SIGN)
    party = AGENCY_PARTIES[edition.agency_party]
    if not party.exists_on(signature.signed_on):
        raise PartyDoesNotExistThen(edition.facts, party=party.name, signed_on=signature.signed_on)
    for other in edition.signatures:
        if other.side is signature.side:
            raise PartyHasSigned(edition.facts, side=other.side.value, signed_on=other.signed_on)
        if _are_one_person(other, signature):
            raise SamePersonSigns(edition.facts, name=signature.name)
    signatures = (*edition.signatures, signature)
    return replace(edition, status=status, signatures=signatures, version=edition.version + 1)


def conclude(
    signed: Edition, *, unit_party: Party, last: Edition | None
) -> tuple[Edition, Edition | None, MemorandumConcluded]:
    """Let the edition signed by both hold from the day of the last signature.

    `last` is the one concluded before it: where it is still in force it is superseded, its last day is
    the day before. Raises ConcludedNoLaterThanTheLast.
    """
    on = max(signature.signed_on for signature in signed.signatures)
    held_until = None if last is None else last.in_force_until or last.concluded_on
    if held_until is not None and on <= held_until:
        raise ConcludedNoLaterThanTheLast(PROCEDURE.facts(Status.SIGNED), on=on, held_until=held_until)
    concluded = replace(signed, unit_party=unit_party, concluded_on=on)
    concluded = replace(concluded, digest=digest(canonical_json(_agreed(concluded))))
    superseded = None
    if last is not None and last.status is Status.CONCLUDED:
        superseded = replace(
            last, status=Status.SUPERSEDED, in_force_until=on - _ONE_DAY, version=last.version + 1
        )
    return concluded, superseded, _told(concluded, on)


def discard(edition: Edition) -> Edition:
    return replace(edition, status=_after(edition, Move.DISCARD), version=edition.version + 1)


def terminate(edition: Edition, termination: Termination) -> Edition:
    """End it; the day of termination is the last one on which it is in force."""
    return replace(
        edition,
        status=_after(edition, Move.TERMINATE),
        termination=termination,
        in_force_until=termination.terminated_on,
        version=edition.version + 1,
    )


def _after(edition: Edition, move: Move) -> Status:
    return PROCEDURE.after(edition.status, move)


def _are_one_person(one: Signature, other: Signature) -> bool:
    return one.recorded_by == other.recorded_by or is_one_name(one.name, other.name)


def _agreed(edition: Edition) -> dict[str, object]:
    """Return what the parties signed: the digest is over this, which is all published, and nothing else."""
    return {
        "unit_id": edition.unit_id,
        "edition": edition.edition,
        "parties": [edition.unit_party, AGENCY_PARTIES[edition.agency_party]],
        "resolution": edition.resolution,
        "document": edition.document,
        "signatures": [
            {"side": each.side, "name": each.name, "function": each.function, "signed_on": each.signed_on}
            for each in edition.signatures
        ],
        "concluded_on": edition.concluded_on,
    }


def _told(edition: Edition, on: date) -> MemorandumConcluded:
    return MemorandumConcluded(
        memorandum_id=edition.id,
        version=edition.version,
        unit_id=edition.unit_id,
        edition=edition.edition,
        concluded_on=on,
        digest=edition.digest or "",
    )

"""What is done with memoranda: draft, approve, sign, conclude, discard, terminate."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.applications import repository as application_repository
from registry.applications import use_cases as applications
from registry.applications.content import Covers
from registry.applications.steps import Status as ApplicationStatus
from registry.caseload.use_cases import expect_acting_for
from registry.journal.domain import Audience, Decision, Subject
from registry.journal.use_cases import decision_day, record
from registry.memoranda import domain, repository
from registry.memoranda.content import (
    AGENCY_PARTIES,
    AgencyParty,
    Reason,
    Resolution,
    Side,
    Signature,
    Termination,
)
from registry.memoranda.domain import Edition
from registry.memoranda.refusals import (
    ApplicationNotApproved,
    DescriptionAgreedLater,
    MemorandumApplicationUnknown,
    MemorandumUnitDoesNotExistThen,
    MemorandumUnitUnknown,
    MemorandumUnknown,
    OtherSideSigns,
    OtherSideTerminates,
    ResolutionMissing,
)
from registry.memoranda.steps import PROCEDURE, Move, Status
from registry.units import repository as units
from shared.contracts.base import Role
from shared.contracts.documents import DocumentRef
from shared.errors import expect_version
from shared.transaction import Transaction

_RECORDERS = frozenset({Role.CONSULTANT, Role.ADMINISTRATOR})
"""Of the Agency, who write down what the unit signed on paper."""
_APPROVED = frozenset({ApplicationStatus.APPROVED, ApplicationStatus.MEMORANDUM_SIGNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is written before the assembly approves; `agency_party` None: the one of today."""

    reason: Reason
    agency_party: AgencyParty | None
    application_id: UUID | None
    document: DocumentRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs for which side; `signed_on` None: today."""

    side: Side
    name: str
    function: str
    signed_on: date | None


async def draft(tx: Transaction, unit_id: UUID, draft: Draft) -> Edition:
    """Begin an edition. The unit is locked: of two drafts at once the second is refused."""
    await expect_acting_for(tx, unit_id)
    if await units.lock(tx.session, unit_id) is None:
        raise MemorandumUnitUnknown(pointer="/unit_id")
    others = await repository.of_unit(tx.session, unit_id)
    number = domain.next_edition(draft.reason, others)
    edition = await _drafted(tx, draft, id_=tx.new_id(), unit_id=unit_id, number=number)
    await repository.add(tx.session, edition, now=tx.now)
    return edition


async def edit(tx: Transaction, id_: UUID, draft: Draft, *, expected: int) -> Edition:
    edition, others = await _locked(tx, id_, expected)
    PROCEDURE.after(edition.status, Move.EDIT)
    domain.next_edition(draft.reason, [each for each in others if each.id != id_])
    changed = await _drafted(tx, draft, id_=id_, unit_id=edition.unit_id, number=edition.edition)
    edited = domain.edit(edition, changed)
    await repository.save(tx.session, edited)
    return edited


async def approve(
    tx: Transaction, id_: UUID, *, expected: int, resolution: Resolution | None, on: date | None
) -> Edition:
    """Record the assembly's approval: by the resolution given, else by that of the application."""
    edition, _ = await _locked(tx, id_, expected)
    PROCEDURE.after(edition.status, Move.APPROVE)
    found = resolution or await _resolution_of(tx, edition)
    day = decision_day(tx, on)
    return await _decided(tx, edition, domain.approve(edition, found, day), "approve", day)


async def sign(tx: Transaction, id_: UUID, asked: Signing, *, expected: int) -> Edition:
    """Sign for one side; the second signature concludes the edition and supersedes the one before."""
    edition, others = await _locked(tx, id_, expected)
    _expect_may_sign(tx, asked.side)
    day = decision_day(tx, asked.signed_on)
    signature = Signature(
        side=asked.side,
        name=asked.name,
        function=asked.function,
        signed_on=day,
        recorded_by=tx.actor.id,
    )
    signed = domain.sign(edition, signature)
    if signed.status is not Status.CONCLUDED:
        return await _decided(tx, edition, signed, "sign", day)
    return await _conclude(tx, edition, signed, others)


async def discard(tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None) -> Edition:
    edition, _ = await _locked(tx, id_, expected)
    day = decision_day(tx, on)
    return await _decided(tx, edition, domain.discard(edition), "discard", day, reason)


async def terminate(
    tx: Transaction, id_: UUID, *, expected: int, by: Side | None, reason: str, on: date | None
) -> Edition:
    """End a memorandum in force; `by` None: both parties agreed on it. Raises DescriptionAgreedLater."""
    edition, _ = await _locked(tx, id_, expected)
    if by is not Side.UNIT and not tx.actor.is_agency:
        raise OtherSideTerminates
    day = decision_day(tx, on)
    ended = domain.terminate(edition, Termination(by=by, terminated_on=day, reason=reason))
    agreed_on = await repository.last_leaned_on(tx.session, id_)
    if agreed_on is not None and day < agreed_on:
        raise DescriptionAgreedLater(edition.facts, on=day, agreed_on=agreed_on)
    return await _decided(tx, edition, ended, "terminate", day, reason)


async def _locked(tx: Transaction, id_: UUID, expected: int) -> tuple[Edition, list[Edition]]:
    """Lock the unit, then load its editions: what is decided on one concerns the others."""
    unit_id = await repository.unit_of(tx.session, id_, actor=tx.actor)
    if unit_id is None:
        raise MemorandumUnknown
    await expect_acting_for(tx, unit_id)
    await units.lock(tx.session, unit_id)
    editions = await repository.of_unit(tx.session, unit_id)
    edition = next(each for each in editions if each.id == id_)
    expect_version(expected, edition.version)
    return edition, editions


async def _drafted(tx: Transaction, draft: Draft, *, id_: UUID, unit_id: UUID, number: int) -> Edition:
    if draft.application_id is not None:
        await _expect_approved(tx, draft.application_id, unit_id)
    return Edition(
        id=id_,
        unit_id=unit_id,
        edition=number,
        version=1,
        status=Status.DRAFT,
        reason=draft.reason,
        agency_party=draft.agency_party or _party_on(tx.today),
        application_id=draft.application_id,
        document=draft.document,
    )


async def _expect_approved(tx: Transaction, application_id: UUID, unit_id: UUID) -> None:
    application = await application_repository.lock(tx.session, application_id)
    if application is None or application.unit_id != unit_id:
        raise MemorandumApplicationUnknown(pointer="/application_id")
    if application.status not in _APPROVED:
        raise ApplicationNotApproved(
            PROCEDURE.facts(Status.DRAFT), application_status=application.status.value
        )


async def _resolution_of(tx: Transaction, edition: Edition) -> Resolution:
    application = None
    if edition.application_id is not None:
        application = await application_repository.lock(tx.session, edition.application_id)
    adopted = application.resolution if application else None
    if adopted is None or Covers.MEMORANDUM not in adopted.covers:
        raise ResolutionMissing(pointer="/resolution")
    return Resolution(
        number=adopted.number,
        adopted_on=adopted.adopted_on,
        body=adopted.body,
        document_id=adopted.document_id,
    )


async def _conclude(tx: Transaction, before: Edition, signed: Edition, others: list[Edition]) -> Edition:
    on = max(signature.signed_on for signature in signed.signatures)
    unit_party = await repository.party_of(tx.session, signed.unit_id, on)
    if unit_party is None:
        raise MemorandumUnitDoesNotExistThen(before.facts, on=on)
    held = [each for each in others if each.concluded_on is not None]
    last = max(held, key=lambda each: each.edition, default=None)
    concluded, superseded, told = domain.conclude(signed, unit_party=unit_party, last=last)
    if superseded is not None and last is not None:
        await _decided(tx, last, superseded, "supersede", on)
    if concluded.application_id is not None:
        await _settle_application(tx, concluded.application_id, on)
    await _decided(tx, before, concluded, "countersign", on)
    tx.emit(told)
    return concluded


async def _settle_application(tx: Transaction, application_id: UUID, on: date) -> None:
    """Move it on, unless an earlier edition has; raises where it was withdrawn or rejected meanwhile."""
    application = await application_repository.lock(tx.session, application_id)
    if application is None or application.status is not ApplicationStatus.MEMORANDUM_SIGNED:
        await applications.sign_memorandum(tx, application_id, on)


async def _decided(
    tx: Transaction, before: Edition, after: Edition, action: str, on: date, reason: str = ""
) -> Edition:
    await repository.save(tx.session, after)
    await record(
        tx,
        Decision.on(
            Subject.MEMORANDUM,
            before.published,
            after.published,
            audience=Audience.PUBLIC if after.concluded_on else Audience.PARTIES,
            action=action,
            day=on,
            reason=reason,
        ),
    )
    return after


def _expect_may_sign(tx: Transaction, side: Side) -> None:
    """Let the mayor (or a consultant who writes it down) sign for the unit, the director for the Agency."""
    actor = tx.actor
    for_unit = actor.has_any({Role.MAYOR, *_RECORDERS})
    if not (for_unit if side is Side.UNIT else actor.has_any({Role.DIRECTOR})):
        raise OtherSideSigns(side=side.value)


def _party_on(day: date) -> AgencyParty:
    return next(party for party, facts in AGENCY_PARTIES.items() if facts.exists_on(day))

"""What is decided on an application: the formal check, the evaluation's end, the ministry's decision."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from registry.applications import domain, repository
from registry.applications.content import CheckedItem, MissingItem, Verdict
from registry.applications.domain import Application
from registry.applications.refusals import (
    ApplicationUnknown,
    CapacityIsExhausted,
    EvaluationEndsOtherwise,
)
from registry.applications.steps import CONCLUSIONS, Move
from registry.calls import repository as calls
from registry.calls.domain import Call, CallUnknown
from registry.commission import repository as commission
from registry.journal.domain import Audience, Decision, Subject, expect_in_order
from registry.journal.use_cases import decision_day, record
from shared.contracts.intake import ApplicationDecided, DecisionOutcome
from shared.errors import expect_version
from shared.transaction import Transaction


async def return_application(
    tx: Transaction, id_: UUID, *, expected: int, items: tuple[MissingItem, ...], on: date | None
) -> Application:
    """Ask the applicant to complete it; the clock of the formal check stands meanwhile."""
    application = await known(tx, id_, expected)
    call = await call_of(tx, application)
    day = decision_day(tx, on)
    expect_in_order(day, last_on=None, today=tx.today)
    returned = domain.return_for_completion(
        application, items, by=tx.actor.id, on=day, completion_days=call.completion_days
    )
    await keep(tx, application, returned, action=Move.RETURN, on=day)
    return returned


async def pass_formal_check(
    tx: Transaction, id_: UUID, *, expected: int, checklist: tuple[CheckedItem, ...], on: date | None
) -> Application:
    application = await known(tx, id_, expected)
    passed = domain.pass_formal_check(application, checklist, by=tx.actor.id)
    await keep(tx, application, passed, action=Move.PASS_FORMAL_CHECK, on=decision_day(tx, on))
    return passed


async def reject_formally(
    tx: Transaction,
    id_: UUID,
    *,
    expected: int,
    checklist: tuple[CheckedItem, ...],
    reasons: str,
    on: date | None,
) -> Application:
    application = await known(tx, id_, expected)
    verdict = _verdict(tx, DecisionOutcome.REJECTED, reasons, on=decision_day(tx, on))
    rejected = domain.reject_formally(application, checklist, verdict)
    await _keep_verdict(tx, application, rejected, Move.REJECT_FORMALLY, verdict)
    return rejected


async def approve_application(
    tx: Transaction, id_: UUID, *, expected: int, reasons: str, exceeding_reason: str, on: date | None
) -> Application:
    """Accept the unit; of two at once for the last place the second sees that it is taken."""
    application = await known(tx, id_, expected)
    verdict = replace(
        _verdict(tx, DecisionOutcome.ACCEPTED, reasons, on=decision_day(tx, on)),
        exceeding_reason=exceeding_reason,
    )
    involved = await commission.involved_in(tx.session, id_)
    approved = domain.decide(application, Move.APPROVE, verdict, scored_by=involved)
    call = await call_of(tx, application)
    accepted = await repository.count_accepted(tx.session, call.id)
    if call.capacity is not None and accepted >= call.capacity and not exceeding_reason:
        raise CapacityIsExhausted(
            application.status,
            rule="approve-only-within-capacity",
            capacity=call.capacity,
            accepted=accepted,
        )
    await _keep_verdict(tx, application, approved, Move.APPROVE, verdict)
    return approved


async def reject_application(
    tx: Transaction, id_: UUID, *, expected: int, reasons: str, on: date | None
) -> Application:
    application = await known(tx, id_, expected)
    verdict = _verdict(tx, DecisionOutcome.REJECTED, reasons, on=decision_day(tx, on))
    involved = await commission.involved_in(tx.session, id_)
    rejected = domain.decide(application, Move.REJECT, verdict, scored_by=involved)
    await _keep_verdict(tx, application, rejected, Move.REJECT, verdict)
    return rejected


async def open_evaluation(tx: Transaction, application_ids: Collection[UUID], on: date) -> None:
    """Hand formally correct applications over to the commission; all of them, or none."""
    found = await _all(tx, application_ids)
    moved = [application.moved(Move.OPEN_EVALUATION) for application in found]
    await repository.save(tx.session, *moved)
    await record(
        tx,
        *(
            _decision(before, after, action=Move.OPEN_EVALUATION, on=on)
            for before, after in zip(found, moved, strict=True)
        ),
    )


async def conclude_evaluation(
    tx: Transaction, outcomes: Mapping[UUID, Move], on: date, reasons: Mapping[UUID, str]
) -> None:
    """Write down how each evaluation ended; a place in reserve is a decision that is published."""
    moved, decisions, told = [], [], []
    for application in await _all(tx, outcomes):
        move, note = outcomes[application.id], reasons.get(application.id, "")
        if move not in CONCLUSIONS:
            raise EvaluationEndsOtherwise(move=move.value)
        after, audience = replace(application.moved(move), evaluation_note=note), Audience.AGENCY
        if move is Move.PLACE_IN_RESERVE:
            verdict = _verdict(tx, DecisionOutcome.RESERVE, note, on=on)
            after, audience = replace(after, verdict=verdict), Audience.PARTIES
            told.append(_told(after, verdict))
        moved.append(after)
        decisions.append(_decision(application, after, action=move, on=on, reason=note, audience=audience))
    await repository.save(tx.session, *moved)
    await record(tx, *decisions)
    for event in told:
        tx.emit(event)


async def sign_memorandum(tx: Transaction, application_id: UUID, on: date) -> Application:
    """Note that the memorandum that the application asked for was concluded."""
    (application,) = await _all(tx, [application_id])
    return await _move(tx, application, Move.SIGN_MEMORANDUM, on=on)


async def known(tx: Transaction, id_: UUID, expected: int) -> Application:
    """Lock an application that the actor may know of; raises ApplicationUnknown, VersionIsStale."""
    application = await repository.lock(tx.session, id_)
    if application is None or not tx.actor.may_see([application.unit_id]):
        raise ApplicationUnknown
    expect_version(expected, application.version)
    return application


async def call_of(tx: Transaction, application: Application) -> Call:
    call = await calls.load(tx.session, application.call_id)
    if call is None:
        raise CallUnknown
    return call


async def keep(
    tx: Transaction, before: Application, after: Application, *, action: str, on: date, reason: str = ""
) -> None:
    """Store the application and write the decision down."""
    await repository.save(tx.session, after)
    await record(tx, _decision(before, after, action=action, on=on, reason=reason))


def _decision(
    before: Application,
    after: Application,
    *,
    action: str,
    on: date,
    reason: str = "",
    audience: Audience = Audience.PARTIES,
) -> Decision:
    """Return a decision as the journal keeps it: without the person to contact."""
    if audience is Audience.PARTIES:
        before, after = before.before_decision, after.before_decision
    return Decision.on(
        Subject.APPLICATION,
        replace(before, contact=None),
        replace(after, contact=None),
        audience=audience,
        action=action,
        day=on,
        reason=reason,
    )


async def _keep_verdict(
    tx: Transaction, before: Application, after: Application, move: Move, verdict: Verdict
) -> None:
    await keep(tx, before, after, action=move, on=verdict.decided_on, reason=verdict.reasons)
    tx.emit(_told(after, verdict))


def _told(decided: Application, verdict: Verdict) -> ApplicationDecided:
    return ApplicationDecided(
        version=decided.version,
        application_id=decided.id,
        call_id=decided.call_id,
        unit_id=decided.unit_id,
        number=decided.number or "",
        outcome=verdict.outcome,
        decided_on=verdict.decided_on,
    )


def _verdict(tx: Transaction, outcome: DecisionOutcome, reasons: str, *, on: date) -> Verdict:
    return Verdict(
        outcome=outcome, decided_on=on, decided_by=tx.actor.id, reasons=reasons, exceeding_reason=""
    )


async def _move(tx: Transaction, application: Application, move: Move, *, on: date) -> Application:
    moved = application.moved(move)
    await keep(tx, application, moved, action=move, on=on)
    return moved


async def _all(tx: Transaction, ids: Collection[UUID]) -> list[Application]:
    found = await repository.lock_all(tx.session, ids)
    if len(found) < len(set(ids)):
        raise ApplicationUnknown
    return found

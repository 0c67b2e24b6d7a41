"""A settlement as a whole: approved, and asked for before its plan can be approved."""

from dataclasses import replace
from uuid import UUID

from planning.consultations import repository as consultations
from planning.consultations.domain import Consultation, ConsultationMove, ConsultationStatus, moved
from planning.consultations.use_cases import expect_own, load_own
from planning.plans import repository as plans
from planning.plans.comparison import compare
from planning.plans.domain import Plan
from planning.plans.revision_use_cases import edition_of_work
from planning.settlement import domain, repository
from planning.settlement.changes import standing_changes
from planning.settlement.domain import Approval, Disposition
from planning.settlement.refusals import ConsultationNotOver, TimelyCommentsOpen
from shared.contracts.consultation import ConsultationSettled
from shared.transaction import Transaction


async def approve_settlement(
    tx: Transaction, consultation_id: UUID, approval: Approval, *, expected: int
) -> Consultation:
    """Close the settlement: every timely comment is decided on, every accepted one changed the draft."""
    standing = expect_own(tx, await consultations.read(tx.session, consultation_id))
    plan = await plans.load(tx.session, standing.plan_id)
    consultation = await load_own(tx, consultation_id, expected)
    settled = replace(moved(consultation, ConsultationMove.SETTLEMENT, now=tx.now), settled_at=tx.now)
    comments = await repository.lock_comments(tx.session, consultation_id)
    dispositions = await repository.dispositions(tx.session, consultation_id)
    counts = domain.approve(
        comments,
        dispositions,
        approval,
        standing=await _standing(tx, consultation, plan, dispositions),
        by=tx.actor.id,
        today=tx.today,
    )
    await repository.add_approval(tx, consultation_id, approval, counts)
    await consultations.save(tx.session, settled, now=tx.now)
    tx.emit(_told(settled, approval, counts))
    return settled


async def expect_settled(tx: Transaction, plan_id: UUID, revision: int) -> None:
    """Let no revision be approved before its consultation is settled; the plan is locked already.

    Raises `TimelyCommentsOpen`, `ConsultationNotOver`.
    """
    for consultation_id in await repository.of_plan(tx.session, plan_id, revision):
        consultation = await consultations.lock(tx.session, consultation_id)
        if consultation is None:
            continue
        state = consultation.status_at(tx.now)
        if state in {ConsultationStatus.SETTLED, ConsultationStatus.PUBLISHED, ConsultationStatus.CANCELLED}:
            continue
        if state is ConsultationStatus.CLOSED:
            comments = await repository.lock_comments(tx.session, consultation_id)
            waiting = domain.open_numbers(
                comments, await repository.dispositions(tx.session, consultation_id)
            )
            if waiting:
                raise TimelyCommentsOpen(open=len(waiting), numbers=domain.first_of(waiting))
        raise ConsultationNotOver(state=state, consultation_id=consultation_id)


async def _standing(
    tx: Transaction, consultation: Consultation, plan: Plan, dispositions: dict[UUID, Disposition]
) -> frozenset[UUID]:
    """Return the comments whose changes are in the draft; all of them where that draft was given up."""
    discarded = await repository.is_draft_discarded(tx.session, consultation.id)
    if discarded or plan.working.revision != consultation.revision:
        return frozenset(dispositions)
    before = await repository.consulted(tx.session, consultation.id)
    return standing_changes(compare(before, await edition_of_work(tx, plan)), dispositions)


def _told(settled: Consultation, approval: Approval, counts: domain.Counts) -> ConsultationSettled:
    return ConsultationSettled(
        version=settled.version,
        consultation_id=settled.id,
        plan_id=settled.plan_id,
        revision=settled.revision,
        unit_ids=settled.unit_ids,
        settled_on=approval.approved_on,
        accepted=counts.accepted,
        partly=counts.partly,
        rejected=counts.rejected,
        noted=counts.noted,
        withdrawn=counts.withdrawn,
        unsettled=counts.unsettled,
    )

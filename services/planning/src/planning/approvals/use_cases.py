"""What is done with rounds of approval: submitted, decided step by step, returned, published on time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict
from uuid import UUID

from planning.approvals import chain_repository, deadline_repository, repository
from planning.approvals.chain import course_of
from planning.approvals.domain import approval_of, decide, open_round, publish, send_back
from planning.approvals.refusals import (
    DecidedBeforeTheStepBefore,
    DecisionOfAnotherBody,
    ReferenceMissing,
    RoundUnknown,
    StepNotCouncil,
)
from planning.approvals.rounds import Decider, Round, RoundStatus, Verdict
from planning.plans import repository as plan_repository
from planning.plans import use_cases as plans
from planning.plans.domain import Approval, Plan, PlanStatus
from planning.plans.refusals import ApprovedInFuture, PlanNotSubmitted, standing
from planning.plans.revision_use_cases import load_to_vote
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalDue, ApprovalLevel, ApprovalOverdue
from shared.errors import Refusal, expect_version
from shared.transaction import Transaction
from shared.working_days import working_days_after

REMINDED_BEFORE: Final = 2
"""Working days before a step falls due."""
PUBLISHED_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What who records a decision says of it; `unit_id` names the council where several decide."""

    decided_on: date
    body: str = ""
    reference: str = ""
    unit_id: UUID | None = None
    decision_id: UUID | None = None
    note: str = ""


class _Told(TypedDict):
    """What both announcements of a step tell."""

    version: int
    round_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    level: ApprovalLevel
    label: str
    due_on: date


async def submit_plan(tx: Transaction, plan_id: UUID, *, expected: int) -> Plan:
    """Hand a draft over: a round begins with a copy of the chain that holds today."""
    plan = await plans.submit_plan(tx, plan_id, expected=expected)
    await _begin(tx, plan)
    return plan


async def approve_plan(
    tx: Transaction, plan_id: UUID, approval: Approval, *, unit_id: UUID | None, expected: int
) -> Plan:
    """Record the approval of a council, by the version of the plan."""
    plan = await load_to_vote(tx, plan_id, expected)
    current = await _running(tx, plan)
    if current.current.step.level is not ApprovalLevel.COUNCIL:
        raise StepNotCouncil(**current.current.labels, allowed_moves=current.allowed_moves)
    said = Said(
        decided_on=approval.approved_on,
        body=approval.body,
        reference=approval.resolution_number,
        unit_id=unit_id,
    )
    try:
        return (await _decide(tx, plan, current, said))[0]
    except (ApprovedInFuture, DecidedBeforeTheStepBefore) as refusal:
        refusal.pointer = "/approved_on"
        raise


async def return_plan(tx: Transaction, plan_id: UUID, *, reason: str, expected: int) -> Plan:
    """Send a plan back to its authors by its version, as `return_round` does."""
    plan = await load_to_vote(tx, plan_id, expected)
    return (await _send_back(tx, plan, await _running(tx, plan), reason))[0]


async def decide_step(tx: Transaction, round_id: UUID, said: Said, *, expected: int) -> Round:
    """Agree in the present step; after the last one the quiet period begins, or the revision is frozen."""
    plan, current = await _load(tx, round_id, expected)
    return (await _decide(tx, plan, current, said))[1]


async def return_round(tx: Transaction, round_id: UUID, *, reason: str, expected: int) -> Round:
    """End the round: returned in a step, stopped in the quiet period, withdrawn by who submitted."""
    plan, current = await _load(tx, round_id, expected)
    return (await _send_back(tx, plan, current, reason))[1]


async def find_after_quiet(tx: Transaction) -> Sequence[UUID]:
    """Return the plans whose quiet period is over."""
    return await deadline_repository.plans_after_quiet(tx.session, tx.today, most=PUBLISHED_AT_ONCE)


async def publish_after_quiet(tx: Transaction, plan_id: UUID) -> None:
    """Freeze the revision of a plan whose quiet period is over; what hinders it is noted and tried again."""
    plan = await plan_repository.load(tx.session, plan_id)
    before = await repository.live(tx.session, plan_id)
    if before is None or (after := publish(before, tx.today)) is before:
        return
    try:
        await plans.approve_plan(tx, plan, approval_of(after))
    except Refusal as refusal:
        await deadline_repository.note_hindrance(tx.session, before.id, refusal.code, now=tx.now)
    else:
        await repository.save(tx.session, before, after, now=tx.now)


async def announce_approvals(tx: Transaction) -> None:
    """Tell once of each step that nobody decided in time, and once of each that falls due soon."""
    for row in await deadline_repository.take_overdue(tx.session, tx.today, now=tx.now):
        tx.emit(ApprovalOverdue(**_told(row), escalated_to=Role(row.escalates_to)))
    until = working_days_after(tx.today, REMINDED_BEFORE)
    for row in await deadline_repository.take_due(tx.session, tx.today, until, now=tx.now):
        tx.emit(ApprovalDue(**_told(row)))


def _told(row: deadline_repository.AnnouncedRow) -> _Told:
    return _Told(
        version=row.version,
        round_id=row.id,
        plan_id=row.plan_id,
        revision=row.revision,
        unit_ids=tuple(row.unit_ids),
        level=ApprovalLevel(row.level),
        label=row.label_cs,
        due_on=row.due_on,
    )


async def _begin(tx: Transaction, plan: Plan) -> Round:
    worked = plan.working
    chains = await chain_repository.chains_on(tx.session, plan.kind, worked.unit_ids, tx.today)
    begun = open_round(
        course_of(worked.unit_ids, chains),
        round_id=tx.new_id(),
        plan_id=plan.id,
        revision=worked.revision,
        number=await repository.next_number(tx.session, plan.id, worked.revision),
        unit_ids=worked.unit_ids,
        submitted_by=worked.submitted_by or "",
        today=tx.today,
    )
    await repository.add(tx.session, begun, now=tx.now)
    return begun


async def _running(tx: Transaction, plan: Plan) -> Round:
    """Return the round of a locked plan; one submitted before there were rounds gets its own now."""
    if plan.working.status is not PlanStatus.SUBMITTED:
        raise PlanNotSubmitted(**standing(plan.working.status))
    return await repository.live(tx.session, plan.id) or await _begin(tx, plan)


async def _load(tx: Transaction, round_id: UUID, expected: int) -> tuple[Plan, Round]:
    """Lock the plan, then the round; one of another town does not exist for the caller."""
    plan = await plan_repository.load(tx.session, await repository.plan_of(tx.session, round_id))
    current = await repository.load(tx.session, round_id)
    if not tx.actor.may_see(current.unit_ids):
        raise RoundUnknown
    expect_version(expected, current.version)
    return plan, current


async def _decide(tx: Transaction, plan: Plan, before: Round, said: Said) -> tuple[Plan, Round]:
    step = before.current
    verdict = await _verdict(tx, before, said)
    after = decide(before, verdict, unit_id=said.unit_id, by=await _decider(tx), today=tx.today)
    if after.status is RoundStatus.APPROVED:
        plan = await plans.approve_plan(tx, plan, approval_of(after))
    else:
        if step.step.level is ApprovalLevel.COUNCIL:
            await plans.expect_approvable(tx, plan, approval_of(after))
        spoken = ", ".join(part for part in (verdict.body, verdict.reference) if part)
        plan = await plans.note_decision(tx, plan, note=f"{step.step.label_cs}: {spoken}")
    await repository.save(tx.session, before, after, now=tx.now)
    return plan, after


async def _verdict(tx: Transaction, current: Round, said: Said) -> Verdict:
    """Raise ReferenceMissing, DecisionOfAnotherBody."""
    step = current.current
    if step.step.level is ApprovalLevel.COUNCIL and not (said.body and said.reference):
        raise ReferenceMissing(pointer="/reference" if said.body else "/body")
    body_id = step.step.body_id
    if said.decision_id is not None and not await repository.is_decision_of(
        tx.session, said.decision_id, body_id=body_id, unit_ids=current.unit_ids
    ):
        raise DecisionOfAnotherBody(pointer="/decision_id", **step.labels)
    named = said.body or (await repository.name_of_body(tx.session, body_id) if body_id else "")
    return Verdict(
        by=tx.actor.id,
        affiliation=tx.actor.affiliation,
        decided_on=said.decided_on,
        body=named or tx.actor.affiliation,
        reference=said.reference,
        decision_id=said.decision_id,
        note=said.note,
    )


async def _send_back(tx: Transaction, plan: Plan, before: Round, reason: str) -> tuple[Plan, Round]:
    after = send_back(before, reason, by=await _decider(tx), today=tx.today)
    plan = await plans.return_plan(tx, plan, reason=reason)
    await repository.save(tx.session, before, after, now=tx.now)
    return plan, after


async def _decider(tx: Transaction) -> Decider:
    return Decider(
        id=tx.actor.id,
        roles=tx.actor.roles,
        units=tx.actor.units,
        is_agency=tx.actor.is_agency,
        leads=await repository.leads(tx.session, tx.actor.id, tx.today),
    )

"""What is decided in a round of approval: agree, send back, stop, and what comes after the last step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from planning.approvals.chain import MAY_DECIDE, ChainStep, Course
from planning.approvals.refusals import (
    DecidedAnotherStep,
    DecidedBeforeTheStepBefore,
    NotYoursToStop,
    PartyDecidedAlready,
    PartyToBeNamed,
    StepNotYours,
    UnitNotDeciding,
)
from planning.approvals.rounds import (
    LIVE,
    Decider,
    Party,
    Round,
    RoundStatus,
    RoundStep,
    StepState,
    Verdict,
)
from planning.plans.domain import Approval
from planning.plans.refusals import ApprovedInFuture, SubmitterCannotApprove
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel
from shared.working_days import working_days_after


def open_round(  # noqa: PLR0913 – all that a round begins with
    course: Course,
    *,
    round_id: UUID,
    plan_id: UUID,
    revision: int,
    number: int,
    unit_ids: Sequence[UUID],
    submitted_by: str,
    today: date,
) -> Round:
    """Begin a round with a copy of the course: chains that change later do not touch it."""
    steps = tuple(
        RoundStep(
            step=planned.step,
            state=StepState.WAITING,
            parties=tuple(Party(unit_id=unit_id) for unit_id in planned.parties),
        )
        for planned in course.steps
    )
    begun = Round(
        id=round_id,
        version=1,
        plan_id=plan_id,
        revision=revision,
        number=number,
        unit_ids=tuple(unit_ids),
        submitted_by=submitted_by,
        opened_on=today,
        status=RoundStatus.RUNNING,
        position=0,
        steps=steps,
        quiet_days=course.quiet_days,
    )
    return _with_step(begun, _opened(steps[0], today))


def decide(current: Round, verdict: Verdict, *, unit_id: UUID | None, by: Decider, today: date) -> Round:
    """Let a party of the step agree; with its last one the next step opens, or the quiet period begins.

    Raises RoundOver, StepNotYours, DecidedAnotherStep, PartyToBeNamed, UnitNotDeciding and more.
    """
    step = current.current
    party = _party(step, unit_id, by)
    expect_decider(current, party, by)
    _expect_day(current, verdict.decided_on, today)
    parties = tuple(replace(each, verdict=verdict) if each is party else each for each in step.parties)
    decided = _with_step(replace(current, version=current.version + 1), replace(step, parties=parties))
    return decided if decided.current.open_parties else _advanced(decided, today)


def expect_decider(current: Round, party: Party, by: Decider) -> None:
    """Raise unless the person may decide for the party in the present step of the round."""
    step = current.current
    if by.id == current.submitted_by:
        raise SubmitterCannotApprove
    if not may_decide(step.step, party, by, of_plan=current.unit_ids):
        raise StepNotYours(roles=list(step.step.roles), led=step.step.body_id is not None, **step.labels)
    if any(verdict.by == by.id for _, verdict in current.verdicts):
        raise DecidedAnotherStep


def may_decide(step: ChainStep, party: Party, by: Decider, *, of_plan: Sequence[UUID]) -> bool:
    """Whether roles and units, or the lead of the step's body, let a person decide for the party."""
    if step.level is ApprovalLevel.AGENCY:
        return by.is_agency and Role.COORDINATOR not in by.roles and not by.roles.isdisjoint(step.roles)
    if step.body_id is not None and step.body_id in by.leads:
        return True
    concerned = set(of_plan) if party.unit_id is None else {party.unit_id}
    there = by.is_agency or not by.units.isdisjoint(concerned)
    return there and not by.roles.isdisjoint(step.roles)


def send_back(current: Round, reason: str, *, by: Decider, today: date) -> Round:
    """End the round: returned by who decides, stopped in the quiet period, withdrawn by who submitted."""
    if current.status not in LIVE:
        raise current.over()
    if by.id == current.submitted_by:
        return _ended(current, RoundStatus.WITHDRAWN, reason, by=by.id, today=today)
    if current.status is RoundStatus.QUIET:
        _expect_may_stop(current, by)
        return _ended(current, RoundStatus.STOPPED, reason, by=by.id, today=today)
    step = current.current
    party = next((each for each in step.open_parties if _may(current, each, by)), None)
    expect_decider(current, party or step.open_parties[0], by)
    returned = replace(step, state=StepState.RETURNED, closed_on=today)
    return _ended(_with_step(current, returned), RoundStatus.RETURNED, reason, by=by.id, today=today)


def publish(current: Round, today: date) -> Round:
    """End the quiet period; before its last day has passed nothing changes."""
    if current.status is not RoundStatus.QUIET or current.quiet_until is None:
        return current
    if today <= current.quiet_until:
        return current
    return replace(
        current, status=RoundStatus.APPROVED, version=current.version + 1, ended_on=today, hindered_by=""
    )


def approval_of(current: Round) -> Approval:
    """Join what the councils decided so far in their last step: bodies, resolutions, the last day."""
    last = next(step for step in reversed(current.steps) if step.step.level is ApprovalLevel.COUNCIL)
    verdicts = [party.verdict for party in last.parties if party.verdict is not None]
    return Approval(
        body="; ".join(dict.fromkeys(verdict.body for verdict in verdicts)),
        approved_on=max(verdict.decided_on for verdict in verdicts),
        resolution_number="; ".join(dict.fromkeys(verdict.reference for verdict in verdicts)),
    )


def _party(step: RoundStep, unit_id: UUID | None, by: Decider) -> Party:
    """Return the party that a person decides for: the one named, or the only one that it can be."""
    if unit_id is not None:
        named = next((each for each in step.parties if each.unit_id in {unit_id, None}), None)
        if named is None:
            raise UnitNotDeciding(pointer="/unit_id", **step.labels)
    else:
        own = [each for each in step.open_parties if each.unit_id in by.units]
        found = own or list(step.open_parties)
        if len(found) > 1:
            raise PartyToBeNamed(pointer="/unit_id", **step.labels)
        named = found[0]
    if named.verdict is not None:
        raise PartyDecidedAlready(**step.labels)
    return named


def _may(current: Round, party: Party, by: Decider) -> bool:
    return may_decide(current.current.step, party, by, of_plan=current.unit_ids)


def _expect_may_stop(current: Round, by: Decider) -> None:
    town = not by.roles.isdisjoint(MAY_DECIDE[ApprovalLevel.COUNCIL]) and not by.units.isdisjoint(
        current.unit_ids
    )
    if not (by.is_agency or town):
        raise NotYoursToStop


def _expect_day(current: Round, decided_on: date, today: date) -> None:
    if decided_on > today:
        raise ApprovedInFuture(approved_on=decided_on, pointer="/decided_on")
    before = max((v.decided_on for place, v in current.verdicts if place < current.position), default=None)
    if before is not None and decided_on < before:
        raise DecidedBeforeTheStepBefore(before=before, pointer="/decided_on")


def _opened(step: RoundStep, today: date) -> RoundStep:
    days = step.step.working_days
    due_on = None if days is None else working_days_after(today, days)
    return replace(step, state=StepState.PENDING, opened_on=today, due_on=due_on)


def _with_step(current: Round, step: RoundStep) -> Round:
    steps = (*current.steps[: current.position], step, *current.steps[current.position + 1 :])
    return replace(current, steps=steps)


def _advanced(current: Round, today: date) -> Round:
    closed = replace(current.current, state=StepState.APPROVED, closed_on=today)
    current = _with_step(current, closed)
    if current.position + 1 < len(current.steps):
        current = replace(current, position=current.position + 1)
        return _with_step(current, _opened(current.current, today))
    if current.quiet_days:
        last = working_days_after(today, current.quiet_days)
        return replace(current, status=RoundStatus.QUIET, quiet_until=last)
    return replace(current, status=RoundStatus.APPROVED, ended_on=today)


def _ended(current: Round, status: RoundStatus, reason: str, *, by: str, today: date) -> Round:
    return replace(
        current, status=status, version=current.version + 1, ended_on=today, ended_by=by, reason=reason
    )

"""The next revision of a plan in force: drafted beside it, and in its place once it is approved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from planning.plans.difference import Difference
from planning.plans.domain import Plan, PlanStatus
from planning.plans.refusals import (
    AmendmentUnderWay,
    ApprovedBeforeTheLast,
    NothingAmended,
    NothingToDiscard,
    PlanNotInForce,
    standing,
)

IN_FORCE = frozenset({PlanStatus.APPROVED, PlanStatus.IN_IMPLEMENTATION})


def begin(plan: Plan) -> Plan:
    """Return the plan with a draft of its next revision; raises `PlanNotInForce`, `AmendmentUnderWay`."""
    if plan.status not in IN_FORCE:
        raise PlanNotInForce(**standing(plan.status))
    if plan.draft is not None:
        raise AmendmentUnderWay(revision=plan.draft.revision)
    draft = replace(
        plan,
        version=plan.version + 1,
        status=PlanStatus.DRAFT,
        revision=plan.revision + 1,
        submitted_by=None,
    )
    return holding(plan, draft)


def discard(plan: Plan) -> Plan:
    """Return the plan without its draft, in whatever state that is; raises `NothingToDiscard`."""
    if plan.draft is None:
        raise NothingToDiscard
    return replace(plan, version=plan.version + 1, draft=None)


def holding(plan: Plan, worked: Plan) -> Plan:
    """Return the plan after a change of what is being worked on: of itself, or of its draft."""
    if worked.revision == plan.revision:
        return worked
    return replace(plan, version=worked.version, draft=worked)


def concerned(plan: Plan) -> frozenset[UUID]:
    """Return the units in force and those of the next revision: they know of its draft, and vote on it."""
    return frozenset((*plan.unit_ids, *plan.working.unit_ids))


def summary(change: Difference) -> Mapping[str, object]:
    """Count what the next revision changes, for who decides on it; raises `NothingAmended`."""
    if change.is_empty:
        raise NothingAmended
    return {
        "head": len(change.head),
        "added": len(change.added),
        "removed": len(change.removed),
        "moved": len(change.moved),
        "changed": len(change.changed),
        "cost_before": change.total.before,
        "cost_after": change.total.after,
        "targets": len(change.targets),
    }


def expect_later(approved_on: date, last: date) -> None:
    """Raise `ApprovedBeforeTheLast`: of two revisions the later one is in force on every day."""
    if approved_on < last:
        raise ApprovedBeforeTheLast(last=last, pointer="/approved_on")

"""The life of a plan: draft → submitted → returned or approved → in implementation → closed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from planning.plans.completeness import missing
from planning.plans.parts import NOTHING_ATTACHED, Attached
from planning.plans.refusals import (
    ApprovedInFuture,
    ClosedBeforeValid,
    PlanIncomplete,
    PlanNotApproved,
    PlanNotEditable,
    PlanNotSubmitted,
    SubmitterCannotApprove,
    ValidityMalformed,
    standing,
)
from planning.plans.snapshot import Snapshot, snapshot_of
from planning.plans.told_measures import planned_measures
from planning.plans.tree import Problem, planned_indicators
from shared.contracts.planning import (
    ImplementationStarted,
    PlanApproved,
    PlanClosed,
    PlanKind,
    PlanReturned,
    PlanSubmitted,
)


class PlanStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    IN_IMPLEMENTATION = "in-implementation"
    CLOSED = "closed"


class StepStatus(StrEnum):
    """What a step made of a plan or of the draft of its next revision."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DECIDED = "decided"  # one step of the approval, not the last thing
    RETURNED = "returned"
    APPROVED = "approved"
    IN_IMPLEMENTATION = "in-implementation"
    CLOSED = "closed"
    DISCARDED = "discarded"


EDITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.RETURNED})
PUBLIC = frozenset({PlanStatus.APPROVED, PlanStatus.IN_IMPLEMENTATION, PlanStatus.CLOSED})
LONGEST_YEARS = 10
_FROZEN = ("kind", "title", "vision", "valid_from", "valid_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Which self-government body approved, when, and under which resolution."""

    body: str
    approved_on: date
    resolution_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan without its tree. `revision` is the one being drafted or, from approval on, in force.

    `draft` is the plan as the next revision would have it, with a status of its own.
    """

    id: UUID
    version: int
    kind: PlanKind
    title: str
    vision: str
    unit_ids: tuple[UUID, ...]
    valid_from: date
    valid_until: date
    status: PlanStatus
    revision: int
    submitted_by: str | None = None
    monitored_revision: int = 0
    evaluated_revision: int = 0
    closed_on: date | None = None
    draft: "Plan | None" = None

    @property
    def working(self) -> "Plan":
        """What is being worked on: the draft of the next revision, or the plan itself."""
        return self.draft or self

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it: a council approved it."""
        return self.status in PUBLIC


def check_validity(valid_from: date, valid_until: date) -> None:
    """Raise `ValidityMalformed` unless the period is one that plans of the field have."""
    if valid_until <= valid_from or (valid_until - valid_from).days > LONGEST_YEARS * 366:
        raise ValidityMalformed(years=LONGEST_YEARS, pointer="/valid_until")


def edit(plan: Plan, **changes: object) -> Plan:
    """Return the changed draft; raises `PlanNotEditable`, `ValidityMalformed`."""
    if plan.status not in EDITABLE:
        raise PlanNotEditable(**standing(plan.status))
    changed = replace(plan, version=plan.version + 1, **changes)  # type: ignore[arg-type]
    check_validity(changed.valid_from, changed.valid_until)
    return changed


def submit(plan: Plan, *, by: str) -> tuple[Plan, PlanSubmitted]:
    if plan.status not in EDITABLE:
        raise PlanNotEditable(**standing(plan.status))
    submitted = replace(plan, status=PlanStatus.SUBMITTED, submitted_by=by, version=plan.version + 1)
    return submitted, PlanSubmitted(
        version=submitted.version, plan_id=plan.id, revision=plan.revision, unit_ids=plan.unit_ids
    )


def touch(plan: Plan) -> Plan:
    """Count a decision that leaves a submitted plan submitted; raises `PlanNotSubmitted`."""
    _expect_submitted(plan)
    return replace(plan, version=plan.version + 1)


def send_back(plan: Plan) -> tuple[Plan, PlanReturned]:
    _expect_submitted(plan)
    returned = replace(plan, status=PlanStatus.RETURNED, version=plan.version + 1)
    return returned, PlanReturned(
        version=returned.version, plan_id=plan.id, revision=plan.revision, unit_ids=plan.unit_ids
    )


def approve(  # noqa: PLR0913 – all that a council decides on
    plan: Plan,
    problems: tuple[Problem, ...],
    approval: Approval,
    *,
    units: list[dict[str, object]],
    by: str,
    today: date,
    attached: Attached = NOTHING_ATTACHED,
    evidence: Sequence[Mapping[str, object]] = (),
    settlements: Sequence[Mapping[str, object]] = (),
) -> tuple[Plan, PlanApproved, Snapshot]:
    """Freeze the revision.

    Raises `PlanNotSubmitted`, `SubmitterCannotApprove`, `ApprovedInFuture`, `PlanIncomplete`.
    """
    _expect_submitted(plan)
    if plan.submitted_by == by:
        raise SubmitterCannotApprove
    if approval.approved_on > today:
        raise ApprovedInFuture(approved_on=approval.approved_on, pointer="/approved_on")
    findings = missing(
        plan.kind,
        problems,
        valid_from=plan.valid_from,
        valid_until=plan.valid_until,
        attached=attached,
    )
    if findings:
        raise PlanIncomplete(missing=len(findings), findings=findings)
    approved = replace(plan, status=PlanStatus.APPROVED, version=plan.version + 1)
    frozen = snapshot_of(
        plan_id=plan.id,
        revision=plan.revision,
        head={name: getattr(plan, name) for name in _FROZEN},
        approval=asdict(approval),
        units=units,
        problems=problems,
        attached=attached,
        evidence=evidence,
        settlements=settlements,
    )
    event = PlanApproved(
        version=approved.version,
        plan_id=plan.id,
        revision=plan.revision,
        kind=plan.kind,
        title=plan.title,
        unit_ids=plan.unit_ids,
        valid_from=plan.valid_from,
        valid_until=plan.valid_until,
        body=approval.body,
        approved_on=approval.approved_on,
        resolution_number=approval.resolution_number,
        digest=frozen.digest,
        indicators=planned_indicators(problems),
        measures=planned_measures(problems),
    )
    return approved, event, frozen


def note_set_up(
    plan: Plan, *, monitored: int = 0, evaluated: int = 0
) -> tuple[Plan, ImplementationStarted | None]:
    """Note that monitoring or evaluations stand; when both do, the approved revision is being implemented.

    A word about an older revision, and the same word twice, change nothing.
    """
    noted = replace(
        plan,
        monitored_revision=max(plan.monitored_revision, monitored),
        evaluated_revision=max(plan.evaluated_revision, evaluated),
    )
    stands = min(noted.monitored_revision, noted.evaluated_revision) >= plan.revision
    if not stands or plan.status is not PlanStatus.APPROVED:
        return noted, None
    started = replace(noted, status=PlanStatus.IN_IMPLEMENTATION, version=plan.version + 1)
    return started, ImplementationStarted(
        version=started.version, plan_id=plan.id, revision=plan.revision, unit_ids=plan.unit_ids
    )


def close(plan: Plan, *, closed_on: date, reason: str) -> tuple[Plan, PlanClosed]:
    """End the plan and the draft of its next revision.

    Raises `PlanNotApproved` for a plan that was never in force, `ClosedBeforeValid`.
    """
    if plan.status not in {PlanStatus.APPROVED, PlanStatus.IN_IMPLEMENTATION}:
        raise PlanNotApproved(**standing(plan.status))
    if closed_on < plan.valid_from:
        raise ClosedBeforeValid(valid_from=plan.valid_from, pointer="/closed_on")
    closed = replace(
        plan, status=PlanStatus.CLOSED, version=plan.version + 1, closed_on=closed_on, draft=None
    )
    return closed, PlanClosed(
        version=closed.version,
        plan_id=plan.id,
        revision=plan.revision,
        unit_ids=plan.unit_ids,
        closed_on=closed_on,
        reason=reason,
    )


def _expect_submitted(plan: Plan) -> None:
    if plan.status is not PlanStatus.SUBMITTED:
        raise PlanNotSubmitted(**standing(plan.status))

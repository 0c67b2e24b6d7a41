"""HTTP of commissions and assessments: who sits, and what officers decide."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from registry.commission import (
    closing_use_cases,
    officer_use_cases,
    opening_use_cases,
    repository,
    use_cases,
)
from registry.commission.domain import CommissionUnknown, Seat
from registry.commission.schemas import (
    AbsenceIn,
    AssessmentIn,
    AssessmentList,
    AssessmentOut,
    BodyList,
    ClosureIn,
    CommissionIn,
    CommissionList,
    CommissionOut,
    DiscussionIn,
    LeaveIn,
    RecusalIn,
    ReinforcementIn,
    SeatIn,
)
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    public,
    router,
)

commissions = router("/commissions", tag="commission")
assessments = router("/assessments", tag="commission")

_KEEP = allow(Role.ADMINISTRATOR, Role.DIRECTOR)
_OPEN = allow(Role.ADMINISTRATOR, Role.CONSULTANT)
_OFFICERS = allow(
    *(Role.COMMISSIONER, Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST),
    *(Role.EVALUATOR, Role.DIRECTOR),
)
AsOf = Annotated[Day | None, Query(description="Only who sits on this day")]


@commissions.post("", status_code=201, response_model=CommissionOut, dependencies=[_KEEP])
async def establish_commission(
    tx: Tx, body: CommissionIn, request: Request, response: Response
) -> CommissionOut:
    commission = await use_cases.establish_commission(
        tx, established_by=body.established_by, starts_on=body.starts_on, ends_on=body.ends_on
    )
    response.headers["Location"] = f"{request.url.path}/{commission.id}"
    response.headers.update(etag(commission.version))
    return CommissionOut.model_validate(commission)


@commissions.get("", response_model=CommissionList, dependencies=[public()])
async def list_commissions(reads: Reads, caller: Caller, page: Page, as_of: AsOf = None) -> Response:
    """List the newest first; who sits is public by name and body."""
    query = repository.commissions(one=False, on_a_day=as_of is not None, with_persons=caller.is_agency)
    return await reads.page(query, page, day=as_of)


@commissions.get("/nominating-bodies", response_model=BodyList, dependencies=[public()])
async def list_nominating_bodies() -> BodyList:
    return BodyList.of_all()


@commissions.get("/{commission_id}", response_model=CommissionOut, dependencies=[public()])
async def get_commission(reads: Reads, caller: Caller, commission_id: UUID, as_of: AsOf = None) -> Response:
    query = repository.commissions(one=True, on_a_day=as_of is not None, with_persons=caller.is_agency)
    found = await reads.one(query, id=commission_id, day=as_of)
    if found is None:
        raise CommissionUnknown
    return found


@commissions.post(
    "/{commission_id}/seats", status_code=201, response_model=CommissionOut, dependencies=[_KEEP]
)
async def take_seat(
    tx: Tx,
    *,
    commission_id: UUID,
    body: SeatIn,
    expected: ExpectedVersion,
    request: Request,
    response: Response,
) -> CommissionOut:
    """Seat a member, the chair or the secretary; a replacement is seated after another has left.

    The person has to carry the role `commissioner` (a secretary a role of the Agency) in tokens: that is
    given by the sign-in, not here. `Location` is the commission, in which the seats stand.
    """
    seat = Seat(id=tx.new_id(), **dict(body))
    changed = await use_cases.take_seat(tx, commission_id, seat, expected=expected)
    response.headers["Location"] = request.url.path.removesuffix("/seats")
    response.headers.update(etag(changed.version))
    return CommissionOut.model_validate(changed)


@commissions.post("/{commission_id}/seats/{seat_id}/end", response_model=CommissionOut, dependencies=[_KEEP])
async def leave_seat(
    tx: Tx,
    *,
    commission_id: UUID,
    seat_id: UUID,
    body: LeaveIn,
    expected: ExpectedVersion,
    response: Response,
) -> CommissionOut:
    changed = await use_cases.leave_seat(tx, commission_id, seat_id, on=body.ends_on, expected=expected)
    response.headers.update(etag(changed.version))
    return CommissionOut.model_validate(changed)


@assessments.post("", status_code=201, response_model=AssessmentOut, dependencies=[_OPEN])
async def open_assessment(tx: Tx, body: AssessmentIn, request: Request, response: Response) -> AssessmentOut:
    """Give all formally correct applications of a closed call to the commission."""
    opened = await opening_use_cases.open_assessment(
        tx,
        call_id=body.call_id,
        commission_id=body.commission_id,
        quorum=body.quorum,
        spread_alarm=body.spread_alarm,
        on=body.on,
    )
    response.headers["Location"] = f"{request.url.path}/{opened.id}"
    response.headers.update(etag(opened.version))
    return AssessmentOut.of(opened)


@assessments.get("", response_model=AssessmentList, dependencies=[_OFFICERS])
async def list_assessments(reads: Reads, caller: Caller, page: Page) -> Response:
    """List the latest first: the Agency all, members those in which they take part."""
    return await reads.page(repository.ASSESSMENTS, page, agency=caller.is_agency, caller=caller.id)


@assessments.get("/{assessment_id}", response_model=AssessmentOut, dependencies=[_OFFICERS])
async def get_assessment(tx: Tx, assessment_id: UUID, response: Response) -> AssessmentOut:
    assessment = await use_cases.read(tx, assessment_id)
    response.headers.update(etag(assessment.version))
    return AssessmentOut.of(assessment)


@assessments.post("/{assessment_id}/reinforcements", response_model=AssessmentOut, dependencies=[_OFFICERS])
async def reinforce_assessment(
    tx: Tx, assessment_id: UUID, body: ReinforcementIn, expected: ExpectedVersion, response: Response
) -> AssessmentOut:
    """Let somebody seated meanwhile take part: a member, a new chair or a new secretary."""
    changed = await opening_use_cases.reinforce(
        tx, assessment_id, person=body.person, reason=body.reason, expected=expected
    )
    response.headers.update(etag(changed.version))
    return AssessmentOut.of(changed)


@assessments.post(
    "/{assessment_id}/applications/{application_id}/recusals",
    response_model=AssessmentOut,
    dependencies=[_OFFICERS],
)
async def recuse_member(
    tx: Tx,
    *,
    assessment_id: UUID,
    application_id: UUID,
    body: RecusalIn,
    expected: ExpectedVersion,
    response: Response,
) -> AssessmentOut:
    """Recuse a member for good, by the chair."""
    changed = await officer_use_cases.recuse_member(
        tx, assessment_id, application_id, person=body.person, ground=body.ground, expected=expected
    )
    response.headers.update(etag(changed.version))
    return AssessmentOut.of(changed)


@assessments.post("/{assessment_id}/absences", response_model=AssessmentOut, dependencies=[_OFFICERS])
async def excuse_member(
    tx: Tx, assessment_id: UUID, body: AbsenceIn, expected: ExpectedVersion, response: Response
) -> AssessmentOut:
    """Record that a member will not score, by the chair; an absent chair is recorded by the director."""
    changed = await officer_use_cases.excuse_member(
        tx,
        assessment_id,
        person=body.person,
        reason=body.reason,
        application_ids=body.application_ids,
        expected=expected,
    )
    response.headers.update(etag(changed.version))
    return AssessmentOut.of(changed)


@assessments.post(
    "/{assessment_id}/applications/{application_id}/discussion",
    response_model=AssessmentOut,
    dependencies=[_OFFICERS],
)
async def note_discussion(
    tx: Tx,
    *,
    assessment_id: UUID,
    application_id: UUID,
    body: DiscussionIn,
    expected: ExpectedVersion,
    response: Response,
) -> AssessmentOut:
    """Record what was said about scores that differ much."""
    changed = await officer_use_cases.note_discussion(
        tx, assessment_id, application_id, note=body.note, expected=expected
    )
    response.headers.update(etag(changed.version))
    return AssessmentOut.of(changed)


@assessments.post("/{assessment_id}/closure", response_model=AssessmentOut, dependencies=[_OFFICERS])
async def close_assessment(
    tx: Tx, assessment_id: UUID, body: ClosureIn, expected: ExpectedVersion, response: Response
) -> AssessmentOut:
    """Rank the applications and draw up the minutes, by the chair or the secretary."""
    closed = await closing_use_cases.close(tx, assessment_id, on=body.on, expected=expected)
    response.headers.update(etag(closed.version))
    return AssessmentOut.of(closed)

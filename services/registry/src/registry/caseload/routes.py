"""HTTP of the caseload: kept by administrators and the director, read by the Agency."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Query, Request, Response

from registry.caseload import desk_repository, load_repository, repository, use_cases
from registry.caseload.capacity import Capacity
from registry.caseload.domain import AssignmentUnknown, Duty, PersonUnknown
from registry.caseload.schemas import (
    AssignmentChangeIn,
    AssignmentEndIn,
    AssignmentIn,
    AssignmentList,
    AssignmentOut,
    CapacityIn,
    CapacityOut,
    CaseloadList,
    CaseloadOut,
    MyUnitList,
    Person,
    TransferIn,
    TransferOut,
    UnassignedList,
)
from registry.caseload.transfer import Takeover
from registry.caseload.use_cases import Grounds
from shared.contracts.base import Role
from shared.http import (
    AGENCY,
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    logged_in,
    router,
    today,
)

assignments = router("/assignments", tag="caseload")
caseloads = router("/caseloads", tag="caseload")

AsOf = Annotated[Day | None, Query(description="The state on this day; today where it is left out")]
OfPerson = Annotated[Person, Path(description="As in the tokens of the person (`sub`)")]
_DECIDE = allow(Role.ADMINISTRATOR, Role.DIRECTOR)
_AGENCY = allow(*AGENCY)


@assignments.get("", response_model=AssignmentList, dependencies=[logged_in()])
async def list_assignments(
    reads: Reads,
    page: Page,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    person: Annotated[Person | None, Query(alias="filter[person]")] = None,
    duty: Annotated[Duty | None, Query(alias="filter[duty]")] = None,
    as_of: Annotated[Day | None, Query(description="Only what holds on this day")] = None,
) -> Response:
    """List who looks after which unit, the latest first."""
    query = repository.assignments(
        of_unit=unit is not None,
        of_person=person is not None,
        of_duty=duty is not None,
        as_of=as_of is not None,
    )
    return await reads.page(query, page, unit_id=unit, person=person, duty=duty, day=as_of)


@assignments.post("", status_code=201, response_model=AssignmentOut, dependencies=[_DECIDE])
async def assign_unit(tx: Tx, body: AssignmentIn, request: Request, response: Response) -> AssignmentOut:
    """Give a unit to a person for a duty; a unit has one local consultant at a time."""
    begun = body.assignment(tx.new_id())
    grounds = Grounds(reason=body.reason, on=body.on, over_capacity=body.over_capacity_reason)
    await use_cases.assign(tx, begun, grounds)
    response.headers["Location"] = f"{request.url.path}/{begun.id}"
    response.headers.update(etag(begun.version))
    return AssignmentOut.model_validate(begun)


@assignments.get("/{assignment_id}", response_model=AssignmentOut, dependencies=[logged_in()])
async def get_assignment(reads: Reads, assignment_id: UUID) -> Response:
    found = await reads.one(repository.ONE, id=assignment_id)
    if found is None:
        raise AssignmentUnknown
    return found


@assignments.put("/{assignment_id}", response_model=AssignmentOut, dependencies=[_DECIDE])
async def change_assignment(
    tx: Tx, assignment_id: UUID, body: AssignmentChangeIn, expected: ExpectedVersion, response: Response
) -> AssignmentOut:
    """Set the days anew."""
    changed = await use_cases.change(
        tx,
        assignment_id,
        expected=expected,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        grounds=Grounds(reason=body.reason, on=body.on, over_capacity=body.over_capacity_reason),
    )
    response.headers.update(etag(changed.version))
    return AssignmentOut.model_validate(changed)


@assignments.post("/{assignment_id}/end", response_model=AssignmentOut, dependencies=[_DECIDE])
async def end_assignment(
    tx: Tx, assignment_id: UUID, body: AssignmentEndIn, expected: ExpectedVersion, response: Response
) -> AssignmentOut:
    ended = await use_cases.change(
        tx,
        assignment_id,
        expected=expected,
        starts_on=None,
        ends_on=body.ends_on,
        grounds=Grounds(reason=body.reason, on=body.on),
    )
    response.headers.update(etag(ended.version))
    return AssignmentOut.model_validate(ended)


@caseloads.get("", response_model=CaseloadList, dependencies=[_AGENCY])
async def list_caseloads(
    reads: Reads,
    page: Page,
    over: Annotated[
        Literal["true"] | None, Query(alias="filter[over]", description="Only those who carry too much")
    ] = None,
    as_of: AsOf = None,
) -> Response:
    """List what each person of the Agency carries and could carry."""
    return await reads.page(load_repository.caseloads(over=over is not None), page, day=as_of or today())


@caseloads.get("/unassigned", response_model=UnassignedList, dependencies=[_AGENCY])
async def list_unassigned_units(reads: Reads, page: Page, as_of: AsOf = None) -> Response:
    """List cooperating units without a local consultant, those that cooperate now first."""
    return await reads.page(load_repository.unassigned(), page, day=as_of or today())


@caseloads.get("/mine", response_model=MyUnitList, dependencies=[_AGENCY])
async def list_my_units(reads: Reads, page: Page, caller: Caller) -> Response:
    """List the units that I look after today, with what is open in each and by when."""
    return await reads.page(desk_repository.mine(), page, person=caller.id, day=today())


@caseloads.get("/{person}", response_model=CaseloadOut, dependencies=[_AGENCY])
async def get_caseload(reads: Reads, person: OfPerson, as_of: AsOf = None) -> Response:
    found = await reads.one(load_repository.caseload(), person=person, day=as_of or today())
    if found is None:
        raise PersonUnknown
    return found


@caseloads.post("/{person}/transfer", response_model=TransferOut, dependencies=[_DECIDE])
async def transfer_caseload(
    tx: Tx, person: OfPerson, body: TransferIn, expected: ExpectedVersion
) -> TransferOut:
    """Hand everything over to another person, for good or for a time: all of it or nothing."""
    takeover = Takeover(
        person=body.to, person_name=body.to_name, from_on=body.from_on, until_on=body.until_on
    )
    taken = await use_cases.transfer(
        tx,
        person,
        takeover,
        expected=expected,
        grounds=Grounds(reason=body.reason, on=body.on, over_capacity=body.over_capacity_reason),
    )
    return TransferOut(taken=[AssignmentOut.model_validate(each) for each in taken])


@caseloads.post("/{person}/capacity", status_code=201, response_model=CapacityOut, dependencies=[_DECIDE])
async def set_capacity(tx: Tx, person: OfPerson, body: CapacityIn) -> CapacityOut:
    """Say how many units a person can carry from a day on; the latest word for a day holds."""
    id_ = await use_cases.set_capacity(
        tx,
        person,
        person_name=body.person_name,
        capacity=Capacity(starts_on=body.from_on, units=body.units),
        reason=body.reason,
    )
    return CapacityOut(id=id_, person=person, units=body.units, from_on=body.from_on)

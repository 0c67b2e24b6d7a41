"""HTTP of elections and handovers: read by the Agency and the unit's own people, signed by both."""

import json
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from registry.handovers import election_repository, election_use_cases, list_repository, repository, use_cases
from registry.handovers.checklist import TASKS
from registry.handovers.domain import Alarm, Handover, Status
from registry.handovers.elections import ElectionUnknown
from registry.handovers.refusals import HandoverUnknown
from registry.handovers.schemas import (
    ChecklistOut,
    DecisionIn,
    ElectionCode,
    ElectionDaysIn,
    ElectionIn,
    ElectionList,
    ElectionOut,
    HandoverList,
    HandoverOut,
    MeetingIn,
    PackOut,
    ReasonIn,
    TaskOut,
    TickIn,
)
from registry.handovers.use_cases import Case
from registry.journal.domain import Subject
from registry.journal.use_cases import state_on
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
    public,
    router,
    today,
)

elections = router("/elections", tag="handovers")
handovers = router("/handovers", tag="handovers")

_CONSULTS = (Role.CONSULTANT, Role.ADMINISTRATOR, Role.DIRECTOR)
_KEEP = allow(Role.ADMINISTRATOR)
_READ = allow(*AGENCY, Role.COORDINATOR, Role.MAYOR)
_PREPARE = allow(*_CONSULTS)
_TAKE_PART = allow(*_CONSULTS, Role.COORDINATOR, Role.MAYOR)
TaskCode = Annotated[str, Path(pattern=r"^[a-z][a-z-]{0,59}$")]


async def _asked(
    status: Annotated[Status | None, Query(alias="filter[status]")] = None,
    election: Annotated[ElectionCode | None, Query(alias="filter[election]", description="Its code")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    alarm: Annotated[Alarm | None, Query(alias="filter[alarm]")] = None,
    consultant: Annotated[
        Literal["me"] | None, Query(alias="filter[consultant]", description="Only units I look after")
    ] = None,
) -> dict[str, object]:
    return {
        "status": status,
        "election": election,
        "unit": unit,
        "alarm": alarm,
        "consultant": consultant,
    }


Asked = Annotated[dict[str, object], Depends(_asked)]


@elections.get("", response_model=ElectionList, dependencies=[public()])
async def list_elections(reads: Reads, page: Page) -> Response:
    """List elections to councils, the latest first."""
    return await reads.page(election_repository.ELECTIONS, page)


@elections.get("/{election_id}", response_model=ElectionOut, dependencies=[public()])
async def get_election(reads: Reads, election_id: UUID) -> Response:
    found = await reads.one(election_repository.ONE, id=election_id)
    if found is None:
        raise ElectionUnknown
    return found


@elections.post("", status_code=201, response_model=ElectionOut, dependencies=[_KEEP])
async def add_election(tx: Tx, body: ElectionIn, request: Request, response: Response) -> ElectionOut:
    """Add an election that the code list does not know."""
    election = body.election()
    await election_use_cases.add_election(tx, election)
    response.headers["Location"] = f"{request.url.path}/{election.id}"
    response.headers.update(etag(election.version))
    return ElectionOut.of(election)


@elections.put("/{election_id}", response_model=ElectionOut, dependencies=[_KEEP])
async def move_election(
    tx: Tx, election_id: UUID, body: ElectionDaysIn, expected: ExpectedVersion, response: Response
) -> ElectionOut:
    """Give an election other days; refused once handovers were opened for it."""
    moved = await election_use_cases.move_election(
        tx, election_id, expected=expected, first_on=body.first_on, last_on=body.last_on, source=body.source
    )
    response.headers.update(etag(moved.version))
    return ElectionOut.of(moved)


@handovers.get("", response_model=HandoverList, dependencies=[_READ])
async def list_handovers(
    reads: Reads,
    caller: Caller,
    page: Page,
    asked: Asked,
) -> Response:
    """List what the caller may see, what is overdue first.

    Nobody opens a handover: the clock does, within an hour, for each unit that cooperates when its election
    is near.
    """
    given = frozenset(name for name, value in asked.items() if value is not None)
    return await reads.page(
        list_repository.handovers(filters=given),
        page,
        **asked,
        person=caller.id,
        day=today(),
        **caller.sees(),
    )


@handovers.get("/checklist", response_model=ChecklistOut, dependencies=[public()])
async def get_handover_checklist() -> ChecklistOut:
    """Give what is gone through at each handover, in both languages."""
    return ChecklistOut(items=[TaskOut.model_validate(task) for task in TASKS])


@handovers.get("/{handover_id}", response_model=HandoverOut, dependencies=[_READ])
async def get_handover(
    reads: Reads,
    caller: Caller,
    handover_id: UUID,
    as_of: Annotated[Day | None, Query(description="As the last decision until this day left it")] = None,
) -> Response | HandoverOut:
    if as_of is not None:
        state = await state_on(reads, Subject.HANDOVER, handover_id, as_of, caller)
        if state is None:
            raise HandoverUnknown
        return HandoverOut.as_it_was(json.loads(state))
    found = await reads.one(
        list_repository.ONE,
        id=handover_id,
        day=today(),
        **caller.sees(),
    )
    if found is None:
        raise HandoverUnknown
    return found


@handovers.get("/{handover_id}/pack", response_model=PackOut, dependencies=[_READ])
async def get_handover_pack(tx: Tx, handover_id: UUID) -> PackOut:
    """Give what the new leadership has to know: as of today, or what was handed over."""
    handover = await repository.load(tx.session, handover_id)
    if handover is None or not tx.actor.may_see([handover.unit_id]):
        raise HandoverUnknown
    frozen = await repository.frozen_pack(tx.session, handover_id) if handover.pack_digest else None
    if frozen is not None:
        return PackOut.handed_over(frozen, handover.pack_digest)
    return PackOut.of(await use_cases.pack_of(tx, handover, as_of=tx.today))


@handovers.put("/{handover_id}/items/{code}", response_model=HandoverOut, dependencies=[_TAKE_PART])
async def tick_handover_item(
    tx: Tx,
    handover_id: UUID,
    code: TaskCode,
    body: TickIn,
    expected: ExpectedVersion,
    response: Response,
) -> HandoverOut:
    """Write an item of the checklist down as done, or as not done after all."""
    case = Case(id=handover_id, expected=expected, on=body.on)
    return _shown(tx, await use_cases.tick(tx, case, code, is_done=body.done, note=body.note), response)


@handovers.post("/{handover_id}/preparation", response_model=HandoverOut, dependencies=[_PREPARE])
async def prepare_handover(
    tx: Tx, handover_id: UUID, body: DecisionIn, expected: ExpectedVersion, response: Response
) -> HandoverOut:
    """Say that the pack was checked and is ready."""
    case = Case(id=handover_id, expected=expected, on=body.on)
    return _shown(tx, await use_cases.prepare(tx, case), response)


@handovers.post("/{handover_id}/reopening", response_model=HandoverOut, dependencies=[_PREPARE])
async def reopen_handover(
    tx: Tx, handover_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> HandoverOut:
    """Return it to the preparation."""
    case = Case(id=handover_id, expected=expected, on=body.on)
    return _shown(tx, await use_cases.reopen(tx, case, reason=body.reason), response)


@handovers.post("/{handover_id}/meeting", response_model=HandoverOut, dependencies=[_TAKE_PART])
async def record_handover_meeting(
    tx: Tx, handover_id: UUID, body: MeetingIn, expected: ExpectedVersion, response: Response
) -> HandoverOut:
    """Write down that the new leadership was met: when, and who."""
    case = Case(id=handover_id, expected=expected, on=body.on)
    return _shown(tx, await use_cases.meet(tx, case, body.meeting()), response)


@handovers.post("/{handover_id}/signature", response_model=HandoverOut, dependencies=[_TAKE_PART])
async def sign_handover(
    tx: Tx, handover_id: UUID, body: DecisionIn, expected: ExpectedVersion, response: Response
) -> HandoverOut:
    """Sign for one's own side; with the second signature the pack is frozen and handed over."""
    case = Case(id=handover_id, expected=expected, on=body.on)
    return _shown(tx, await use_cases.sign(tx, case), response)


@handovers.post("/{handover_id}/dispensation", response_model=HandoverOut, dependencies=[_PREPARE])
async def dispense_with_handover(
    tx: Tx, handover_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> HandoverOut:
    """Say that nothing need be handed over: the same leadership goes on."""
    case = Case(id=handover_id, expected=expected, on=body.on)
    return _shown(tx, await use_cases.dispense(tx, case, reason=body.reason), response)


def _shown(tx: Tx, handover: Handover, response: Response) -> HandoverOut:
    response.headers.update(etag(handover.version))
    return HandoverOut.of(handover, today=tx.today)

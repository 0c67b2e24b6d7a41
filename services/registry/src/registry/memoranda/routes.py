"""HTTP of memoranda: what was concluded is public, drafts are for the unit and the Agency."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from registry.journal.domain import Subject
from registry.journal.use_cases import state_on
from registry.memoranda import repository, use_cases
from registry.memoranda.content import AGENCY_PARTIES
from registry.memoranda.refusals import MemorandumUnknown
from registry.memoranda.schemas import (
    AgencyPartyList,
    AgencyPartyOut,
    MemorandumApprovalIn,
    MemorandumDiscardIn,
    MemorandumDraftIn,
    MemorandumIn,
    MemorandumList,
    MemorandumOut,
    MemorandumSignatureIn,
    MemorandumTerminationIn,
)
from registry.memoranda.steps import Status
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
    today,
)

memoranda = router("/memoranda", tag="memoranda")

_WRITE = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR)
_SIGN = allow(Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR, Role.DIRECTOR)
_END = allow(Role.MAYOR, Role.ADMINISTRATOR, Role.DIRECTOR)


async def _asked(
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    region: Annotated[UUID | None, Query(alias="filter[region]", description="Id of the kraj")] = None,
    status: Annotated[Status | None, Query(alias="filter[status]")] = None,
    to_reconclude: Annotated[
        Literal["true", "false"] | None,
        Query(alias="filter[to_reconclude]", description="In force, and a party to it is no more"),
    ] = None,
    as_of: Annotated[Day | None, Query(description="Only the editions in force on this day")] = None,
) -> dict[str, object]:
    named = "to_reconclude" if to_reconclude == "true" else "not_to_reconclude"
    asked = {"unit": unit, "region": region, "status": status, named: to_reconclude, "as_of": as_of}
    given = {name: value for name, value in asked.items() if value is not None}
    return {**given, "day": as_of or today()}


Asked = Annotated[dict[str, object], Depends(_asked)]


@memoranda.post("", status_code=201, response_model=MemorandumOut, dependencies=[_WRITE])
async def draft_memorandum(tx: Tx, body: MemorandumIn, request: Request, response: Response) -> MemorandumOut:
    """Begin the first edition, or the next one where the unit has a memorandum (see `reason`)."""
    edition = await use_cases.draft(tx, body.unit_id, body.draft())
    response.headers["Location"] = f"{request.url.path}/{edition.id}"
    response.headers.update(etag(edition.version))
    return MemorandumOut.of(edition)


@memoranda.get("", response_model=MemorandumList, dependencies=[public()])
async def list_memoranda(reads: Reads, caller: Caller, page: Page, asked: Asked) -> Response:
    """List editions, the latest first."""
    query = repository.editions(frozenset(asked) - {"day"})
    return await reads.page(query, page, **asked, **caller.sees())


@memoranda.get("/parties", response_model=AgencyPartyList, dependencies=[public()])
async def list_agency_parties() -> AgencyPartyList:
    """List in whose name the Agency concludes, and when."""
    return AgencyPartyList(items=[AgencyPartyOut.named(*each) for each in AGENCY_PARTIES.items()])


@memoranda.get("/{memorandum_id}", response_model=MemorandumOut, dependencies=[public()])
async def get_memorandum(
    reads: Reads,
    caller: Caller,
    memorandum_id: UUID,
    response: Response,
    as_of: Annotated[Day | None, Query(description="As the last decision until this day left it")] = None,
) -> MemorandumOut:
    if as_of is not None:
        state = await state_on(reads, Subject.MEMORANDUM, memorandum_id, as_of, caller)
        if state is None:
            raise MemorandumUnknown
        return MemorandumOut.of(repository.edition_from_json(state))
    row = await reads.row(
        repository.ONE,
        id=memorandum_id,
        day=today(),
        **caller.sees(),
    )
    if row is None:
        raise MemorandumUnknown
    found = dict(row)
    reason = found.pop("needs_reconclusion")
    edition = repository.edition_of(found)
    response.headers.update(etag(edition.version))
    return MemorandumOut.of(edition, needs_reconclusion=reason)


@memoranda.put("/{memorandum_id}", response_model=MemorandumOut, dependencies=[_WRITE])
async def edit_memorandum(
    tx: Tx, memorandum_id: UUID, body: MemorandumDraftIn, expected: ExpectedVersion, response: Response
) -> MemorandumOut:
    """Write a draft anew, whole."""
    edition = await use_cases.edit(tx, memorandum_id, body.draft(), expected=expected)
    response.headers.update(etag(edition.version))
    return MemorandumOut.of(edition)


@memoranda.post("/{memorandum_id}/approval", response_model=MemorandumOut, dependencies=[_WRITE])
async def approve_memorandum(
    tx: Tx, memorandum_id: UUID, body: MemorandumApprovalIn, expected: ExpectedVersion, response: Response
) -> MemorandumOut:
    """Record that the unit's assembly approved it."""
    resolution = body.resolution.resolution() if body.resolution else None
    edition = await use_cases.approve(tx, memorandum_id, expected=expected, resolution=resolution, on=body.on)
    response.headers.update(etag(edition.version))
    return MemorandumOut.of(edition)


@memoranda.post("/{memorandum_id}/signatures", response_model=MemorandumOut, dependencies=[_SIGN])
async def sign_memorandum(
    tx: Tx, memorandum_id: UUID, body: MemorandumSignatureIn, expected: ExpectedVersion, response: Response
) -> MemorandumOut:
    """Sign for one side: the second signature concludes it.

    A cooperation is begun after it by `POST /cooperations`.
    """
    edition = await use_cases.sign(tx, memorandum_id, body.signing(), expected=expected)
    response.headers.update(etag(edition.version))
    return MemorandumOut.of(edition)


@memoranda.post("/{memorandum_id}/discarding", response_model=MemorandumOut, dependencies=[_WRITE])
async def discard_memorandum(
    tx: Tx, memorandum_id: UUID, body: MemorandumDiscardIn, expected: ExpectedVersion, response: Response
) -> MemorandumOut:
    """Give up an edition that was not concluded."""
    edition = await use_cases.discard(tx, memorandum_id, expected=expected, reason=body.reason, on=body.on)
    response.headers.update(etag(edition.version))
    return MemorandumOut.of(edition)


@memoranda.post("/{memorandum_id}/termination", response_model=MemorandumOut, dependencies=[_END])
async def terminate_memorandum(
    tx: Tx, memorandum_id: UUID, body: MemorandumTerminationIn, expected: ExpectedVersion, response: Response
) -> MemorandumOut:
    edition = await use_cases.terminate(
        tx, memorandum_id, expected=expected, by=body.by, reason=body.reason, on=body.on
    )
    response.headers.update(etag(edition.version))
    return MemorandumOut.of(edition)

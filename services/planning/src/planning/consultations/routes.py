"""HTTP of consultations: prepared, opened, prolonged, cancelled; the frozen draft for everybody."""

import base64
from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from planning.consultations import list_repository, use_cases
from planning.consultations.advice import warnings_of
from planning.consultations.domain import Consultation, ConsultationStatus
from planning.consultations.list_repository import Filters
from planning.consultations.refusals import ConsultationUnknown, FrozenDraftUnknown
from planning.consultations.schemas import (
    CancellationIn,
    ConsultationIn,
    ConsultationList,
    ConsultationOut,
    ConsultationState,
    HearingOfIn,
    NewConsultationIn,
    ProlongationIn,
    WarningOut,
)
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, language_of, public, router

consultations = router("/consultations", tag="consultations")

_WRITE: Final = allow(Role.COORDINATOR, Role.CONSULTANT)


@consultations.post("", status_code=201, dependencies=[_WRITE])
async def prepare_consultation(
    tx: Tx, body: NewConsultationIn, request: Request, response: Response
) -> ConsultationState:
    """Prepare a consultation of the draft that is being worked on."""
    made = await use_cases.prepare_consultation(tx, body.consultation(tx.new_id(), body.plan_id))
    response.headers["Location"] = f"{request.url.path}/{made.id}"
    return _state(made, request, response)


@consultations.get("", response_model=ConsultationList, dependencies=[public()])
async def list_consultations(
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    status: Annotated[ConsultationStatus | None, Query(alias="filter[status]")] = None,
) -> Response:
    """List consultations, the one that closes last first; one in preparation only for its own people."""
    filters = Filters(of_plan=plan is not None, of_unit=unit is not None, of_status=status is not None)
    return await reads.page(
        list_repository.consultations(filters),
        page,
        plan_id=plan,
        of_units=[unit],
        status=status.value if status else None,
        **_reader(caller),
    )


@consultations.get("/{consultation_id}", response_model=ConsultationOut, dependencies=[public()])
async def get_consultation(reads: Reads, caller: Caller, consultation_id: UUID) -> Response:
    found = await reads.one(list_repository.CONSULTATION, consultation_id=consultation_id, **_reader(caller))
    if found is None:
        raise ConsultationUnknown
    return found


@consultations.get(
    "/{consultation_id}/draft",
    dependencies=[public()],
    responses={200: {"content": {"application/json": {}}, "description": "Canonical JSON, never changed"}},
)
async def get_consulted_draft(reads: Reads, request: Request, consultation_id: UUID) -> Response:
    """Give the frozen text of the draft, byte for byte what its digest was made of."""
    row = await reads.row(list_repository.DRAFT, consultation_id=consultation_id)
    if row is None:
        raise FrozenDraftUnknown
    tag = f'"{row["digest"]}"'
    headers = {
        "ETag": tag,
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(row['digest'])).decode()}:",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(row["content"], media_type="application/json", headers=headers)


@consultations.put("/{consultation_id}", dependencies=[_WRITE])
async def change_consultation(
    tx: Tx,
    consultation_id: UUID,
    body: ConsultationIn,
    expected: ExpectedVersion,
    request: Request,
    response: Response,
) -> ConsultationState:
    """Say all of a consultation in preparation anew."""
    wanted = body.consultation(consultation_id, consultation_id)
    changed = await use_cases.change_consultation(tx, wanted, expected=expected)
    return _state(changed, request, response)


@consultations.post("/{consultation_id}/opening", dependencies=[_WRITE])
async def open_consultation(
    tx: Tx, consultation_id: UUID, expected: ExpectedVersion, request: Request, response: Response
) -> ConsultationState:
    """Freeze the draft and put it before the public; comments may come from `opens_at`."""
    opened = await use_cases.open_consultation(tx, consultation_id, expected=expected)
    return _state(opened, request, response)


@consultations.post("/{consultation_id}/prolongation", dependencies=[_WRITE])
async def prolong_consultation(
    tx: Tx,
    consultation_id: UUID,
    body: ProlongationIn,
    expected: ExpectedVersion,
    request: Request,
    response: Response,
) -> ConsultationState:
    """Give more time for comments, with the reason; the day of settlement moves with it."""
    longer = await use_cases.prolong_consultation(
        tx, consultation_id, closes_at=body.closes_at, reason=body.reason, expected=expected
    )
    return _state(longer, request, response)


@consultations.post("/{consultation_id}/cancellation", dependencies=[_WRITE])
async def cancel_consultation(
    tx: Tx,
    consultation_id: UUID,
    body: CancellationIn,
    expected: ExpectedVersion,
    request: Request,
    response: Response,
) -> ConsultationState:
    """Cancel, with the reason, a consultation to which no comment came."""
    cancelled = await use_cases.cancel_consultation(
        tx, consultation_id, reason=body.reason, expected=expected
    )
    return _state(cancelled, request, response)


@consultations.put("/{consultation_id}/hearing", dependencies=[_WRITE])
async def record_hearing(
    tx: Tx,
    consultation_id: UUID,
    body: HearingOfIn,
    expected: ExpectedVersion,
    request: Request,
    response: Response,
) -> ConsultationState:
    """Announce the public hearing, or say where its minutes are."""
    hearing = body.hearing.hearing() if body.hearing else None
    heard = await use_cases.record_hearing(tx, consultation_id, hearing, expected=expected)
    return _state(heard, request, response)


def _reader(caller: Caller) -> dict[str, object]:
    return {**caller.sees(), "now": datetime.now(UTC)}


def _state(consultation: Consultation, request: Request, response: Response) -> ConsultationState:
    response.headers.update(etag(consultation.version))
    language = language_of(request)
    return ConsultationState(
        id=consultation.id,
        version=consultation.version,
        status=consultation.status_at(datetime.now(UTC)),
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        settle_by_on=consultation.settle_by_on,
        digest=consultation.digest,
        warnings=tuple(WarningOut.of(each, language) for each in warnings_of(consultation)),
    )

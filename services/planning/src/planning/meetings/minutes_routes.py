"""HTTP of minutes: approved by the chair, read by everybody whom the body lets."""

import base64
from typing import Final
from uuid import UUID

from fastapi import Request, Response

from planning.meetings import list_repository, use_cases
from planning.meetings.refusals import MinutesNotApproved
from planning.meetings.schemas import MeetingState
from shared.contracts.base import Role
from shared.http import (
    Caller,
    ExpectedVersion,
    Reads,
    Row,
    Tx,
    allow,
    etag,
    language_of,
    public,
    router,
)

minutes = router("/meetings", tag="meetings")
_APPROVE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.PARTNER)


@minutes.post("/{meeting_id}/approval", dependencies=[_APPROVE])
async def approve_minutes(
    tx: Tx, meeting_id: UUID, expected: ExpectedVersion, response: Response
) -> MeetingState:
    """Freeze the minutes: the chair by the own account, or the office for a chair who has none."""
    approved = await use_cases.approve_minutes(tx, meeting_id, expected=expected)
    response.headers.update(etag(approved.version))
    return MeetingState.of(approved)


@minutes.get(
    "/{meeting_id}/minutes",
    dependencies=[public()],
    responses={200: {"content": {"application/json": {}}, "description": "Canonical JSON, never changed"}},
)
async def get_minutes(reads: Reads, caller: Caller, meeting_id: UUID) -> Response:
    """Give the approved minutes, byte for byte what their digest was made of."""
    row = await _minutes(reads, caller, meeting_id)
    proof = base64.b64encode(bytes.fromhex(row["digest"])).decode()
    headers = {"ETag": f'"{row["digest"]}"', "Repr-Digest": f"sha-256=:{proof}:"}
    return Response(row["content"], media_type="application/json", headers=headers)


@minutes.get(
    "/{meeting_id}/minutes.txt",
    response_class=Response,
    dependencies=[public()],
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def get_text_of_minutes(reads: Reads, caller: Caller, meeting_id: UUID, request: Request) -> Response:
    """Give the approved minutes as they are read, in the language asked for."""
    row = await _minutes(reads, caller, meeting_id)
    language = language_of(request)
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return Response(row[f"text_{language}"], media_type="text/plain; charset=utf-8", headers=headers)


async def _minutes(reads: Reads, caller: Caller, meeting_id: UUID) -> Row:
    row = await reads.row(list_repository.MINUTES, meeting_id=meeting_id, **caller.sees())
    if row is None:
        raise MinutesNotApproved
    return row

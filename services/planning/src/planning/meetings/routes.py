"""HTTP of meetings: invitations, attendance, minutes, calendars."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from planning.meetings import attendance_repository, list_repository, use_cases
from planning.meetings.domain import MeetingStatus
from planning.meetings.feed import calendar_of
from planning.meetings.list_repository import Filters
from planning.meetings.refusals import MeetingUnknown
from planning.meetings.schemas import (
    AttendanceList,
    AttendanceSumList,
    CancellationIn,
    MeetingIn,
    MeetingList,
    MeetingOut,
    MeetingState,
    NewMeetingIn,
    RecordIn,
    dated,
)
from planning.partnerships import list_repository as partnerships
from planning.partnerships.refusals import BodyUnknown
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Row,
    Tx,
    allow,
    etag,
    logged_in,
    public,
    router,
)

meetings = router("/meetings", tag="meetings")
of_bodies = router("/bodies", tag="meetings")

_WRITE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT)
_KEPT_IN_CALENDARS: Final = timedelta(days=400)


@meetings.post("", status_code=201, dependencies=[_WRITE])
async def plan_meeting(tx: Tx, body: NewMeetingIn, request: Request, response: Response) -> MeetingState:
    """Plan a meeting of a body; its members of that day are invited."""
    meeting = await use_cases.plan_meeting(tx, body.body_id, body.invitation())
    response.headers["Location"] = f"{request.url.path}/{meeting.id}"
    response.headers.update(etag(meeting.version))
    return MeetingState.of(meeting)


@meetings.get("", response_model=MeetingList, dependencies=[public()])
async def list_meetings(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    body: Annotated[UUID | None, Query(alias="filter[body]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    status: Annotated[MeetingStatus | None, Query(alias="filter[status]")] = None,
    since: Annotated[Day | None, Query(alias="filter[from]")] = None,
    until: Annotated[Day | None, Query(alias="filter[until]")] = None,
) -> Response:
    """List meetings, the latest first; the public sees those of public bodies with approved minutes."""
    filters = Filters(
        of_body=body is not None,
        of_unit=unit is not None,
        of_status=status is not None,
        since=since is not None,
        until=until is not None,
    )
    return await reads.page(
        list_repository.meetings(filters),
        page,
        body_id=body,
        unit_id=unit,
        status=status.value if status else None,
        since=since,
        until=until,
        **caller.sees(),
    )


@meetings.get(
    "/calendar.ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    dependencies=[logged_in()],
)
async def get_my_calendar(reads: Reads, caller: Caller) -> Response:
    """Give the meetings of all bodies in which I have a mandate on their day."""
    rows = await reads.rows(list_repository.FEED_OF_PERSON, person=caller.id, since=_since())
    return _calendar("Moje jednání", rows)


@of_bodies.get(
    "/{body_id}/calendar.ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    dependencies=[logged_in()],
)
async def get_calendar_of_body(reads: Reads, caller: Caller, body_id: UUID) -> Response:
    """Give the meetings of a body, to the people of its units and to the Agency."""
    await _expect_own_body(reads, caller, body_id)
    rows = await reads.rows(list_repository.FEED_OF_BODY, body_id=body_id, since=_since())
    return _calendar(rows[0]["body_name"] if rows else "Jednání", rows)


@of_bodies.get("/{body_id}/attendance", response_model=AttendanceSumList, dependencies=[logged_in()])
async def sum_attendance_of_body(
    reads: Reads,
    caller: Caller,
    page: Page,
    body_id: UUID,
    *,
    since: Annotated[Day | None, Query(alias="filter[from]")] = None,
    until: Annotated[Day | None, Query(alias="filter[until]")] = None,
) -> Response:
    """Say how often each member came, and how many minutes of training the person has."""
    await _expect_own_body(reads, caller, body_id)
    return await reads.page(
        attendance_repository.attendance_of_body(),
        page,
        body_id=body_id,
        since=since or date(1990, 1, 1),
        until=until or date(2199, 12, 31),
        **caller.sees(),
    )


@meetings.get("/{meeting_id}", response_model=MeetingOut, dependencies=[public()])
async def get_meeting(reads: Reads, caller: Caller, meeting_id: UUID) -> Response:
    """Give the meeting with its agenda, notes and decisions."""
    found = await reads.one(list_repository.ONE, meeting_id=meeting_id, **caller.sees())
    if found is None:
        raise MeetingUnknown
    return found


@meetings.put("/{meeting_id}", dependencies=[_WRITE])
async def change_meeting(
    tx: Tx, meeting_id: UUID, body: MeetingIn, expected: ExpectedVersion, response: Response
) -> MeetingState:
    """Invite anew: calendars move."""
    changed = await use_cases.change_meeting(tx, meeting_id, body.invitation(), expected=expected)
    response.headers.update(etag(changed.version))
    return MeetingState.of(changed)


@meetings.post("/{meeting_id}/cancellation", dependencies=[_WRITE])
async def cancel_meeting(
    tx: Tx, meeting_id: UUID, body: CancellationIn, expected: ExpectedVersion, response: Response
) -> MeetingState:
    """Cancel a planned meeting, with the reason; calendars show it as cancelled."""
    cancelled = await use_cases.cancel_meeting(tx, meeting_id, reason=body.reason, expected=expected)
    response.headers.update(etag(cancelled.version))
    return MeetingState.of(cancelled)


@meetings.put("/{meeting_id}/record", dependencies=[_WRITE])
async def write_down_meeting(
    tx: Tx, meeting_id: UUID, body: RecordIn, expected: ExpectedVersion, response: Response
) -> MeetingState:
    """Write down who came and what was said, again until the minutes are approved."""
    held = await use_cases.write_down(tx, meeting_id, body.record(), body.given(), expected=expected)
    response.headers.update(etag(held.version))
    return MeetingState.of(held)


@meetings.get("/{meeting_id}/attendance", response_model=AttendanceList, dependencies=[logged_in()])
async def list_attendance(reads: Reads, caller: Caller, page: Page, meeting_id: UUID) -> Response:
    """List who is invited, and afterwards who came, in Czech order."""
    if await reads.row(attendance_repository.KNOWN, meeting_id=meeting_id, **caller.sees()) is None:
        raise MeetingUnknown
    return await reads.page(attendance_repository.ATTENDANCE, page, meeting_id=meeting_id, **caller.sees())


async def _expect_own_body(reads: Reads, caller: Caller, body_id: UUID) -> None:
    row = await reads.row(partnerships.KNOWN, body_id=body_id, **caller.sees())
    if row is None or not row["own"]:
        raise BodyUnknown


def _calendar(title: str, rows: list[Row]) -> Response:
    content = calendar_of(title, dated(rows))
    headers = {"Content-Disposition": 'attachment; filename="meetings.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _since() -> datetime:
    return datetime.now(UTC) - _KEPT_IN_CALENDARS

"""A meeting from the plan to the approved minutes, or cancelled with a reason."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from planning.meetings.presence import Tally
from planning.meetings.refusals import (
    DecidedWithoutQuorum,
    MeetingNotHeld,
    MeetingNotPlanned,
    MeetingNotYetThere,
    MoreVotesThanPresent,
    NoteOutsideTheAgenda,
    OutsideTheBodysTime,
    RecordClosed,
)
from planning.partnerships.domain import Body
from shared.days import day_of


class MeetingStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    APPROVED = "approved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """`documents` are references that the reader can find: an address, a number in the file."""

    title: str
    presenter: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody without a mandate; minutes tell the organisation alone."""

    name: str
    organisation: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """When and where, and what about."""

    title: str
    planned_at: datetime
    minutes_planned: int
    place: str
    online_url: str
    is_training: bool
    agenda: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is written down of a meeting; `notes` belong to the items of the agenda in their order."""

    summary: str = ""
    notes: tuple[str, ...] = ()
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`sequence` grows when calendars must move; `tally` is None until attendance is written down."""

    id: UUID
    version: int
    sequence: int
    body_id: UUID
    invitation: Invitation
    status: MeetingStatus
    cancelled_because: str
    record: Record
    tally: Tally | None

    @property
    def day(self) -> date:
        return day_of(self.invitation.planned_at)


def plan(body: Body, invitation: Invitation, meeting_id: UUID) -> Meeting:
    """Raise OutsideTheBodysTime."""
    _expect_body_works(body, invitation)
    return Meeting(
        id=meeting_id,
        version=1,
        sequence=0,
        body_id=body.id,
        invitation=invitation,
        status=MeetingStatus.PLANNED,
        cancelled_because="",
        record=Record(),
        tally=None,
    )


def change(meeting: Meeting, body: Body, invitation: Invitation) -> Meeting:
    """Invite anew. Raises MeetingNotPlanned, OutsideTheBodysTime."""
    _expect_planned(meeting)
    _expect_body_works(body, invitation)
    return replace(meeting, invitation=invitation, sequence=meeting.sequence + 1, version=meeting.version + 1)


def cancel(meeting: Meeting, reason: str) -> Meeting:
    """Raise MeetingNotPlanned."""
    _expect_planned(meeting)
    return replace(
        meeting,
        status=MeetingStatus.CANCELLED,
        cancelled_because=reason,
        sequence=meeting.sequence + 1,
        version=meeting.version + 1,
    )


def write_down(
    meeting: Meeting, record: Record, tally: Tally, *, today: date, most_votes: int | None
) -> Meeting:
    """Write down what happened, again until the minutes are approved.

    `most_votes` are those of the largest vote, None while nothing is decided: attendance cannot take
    away the quorum under a decision.
    """
    if meeting.status in {MeetingStatus.APPROVED, MeetingStatus.CANCELLED}:
        raise RecordClosed(standing=meeting.status.value)
    if meeting.day > today:
        raise MeetingNotYetThere(planned_on=meeting.day)
    if len(record.notes) > len(meeting.invitation.agenda):
        raise NoteOutsideTheAgenda(pointer="/notes", items=len(meeting.invitation.agenda))
    if most_votes is not None:
        expect_able(tally, votes=most_votes)
    return replace(
        meeting, record=record, tally=tally, status=MeetingStatus.HELD, version=meeting.version + 1
    )


def expect_held(meeting: Meeting) -> Tally:
    """Raise RecordClosed once the minutes are approved, MeetingNotHeld before there is a record."""
    if meeting.status is MeetingStatus.APPROVED:
        raise RecordClosed(standing=meeting.status.value)
    if meeting.status is not MeetingStatus.HELD or meeting.tally is None:
        raise MeetingNotHeld(standing=meeting.status.value)
    return meeting.tally


def expect_able(tally: Tally, *, votes: int) -> None:
    """Raise DecidedWithoutQuorum, MoreVotesThanPresent."""
    if not tally.quorate:
        raise DecidedWithoutQuorum(present=tally.present, members=tally.members)
    if votes > tally.present:
        raise MoreVotesThanPresent(votes=votes, present=tally.present)


def touch(meeting: Meeting) -> Meeting:
    """Count what was decided at the meeting: the chair approves what the chair has read."""
    return replace(meeting, version=meeting.version + 1)


def approve(meeting: Meeting) -> Meeting:
    expect_held(meeting)
    return replace(meeting, status=MeetingStatus.APPROVED, version=meeting.version + 1)


def _expect_planned(meeting: Meeting) -> None:
    if meeting.status is not MeetingStatus.PLANNED:
        raise MeetingNotPlanned(standing=meeting.status.value)


def _expect_body_works(body: Body, invitation: Invitation) -> None:
    if not body.starts_on <= day_of(invitation.planned_at) <= body.last_day:
        raise OutsideTheBodysTime(
            pointer="/planned_at", body_from=body.starts_on, body_until=body.ends_on or "–"
        )

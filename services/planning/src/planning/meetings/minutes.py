"""Minutes of a meeting as they are frozen: members by name, guests by organisation alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from planning.decisions.domain import Decision
from planning.meetings.domain import Guest, Meeting
from planning.meetings.presence import Attendance, Presence
from planning.partnerships.domain import Body, Mandate, MemberRole
from shared.days import PRAGUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    name: str
    organisation: str
    role: MemberRole
    is_alternate: bool
    presence: Presence
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestsOf:
    organisation: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussed:
    position: int
    title: str
    presenter: str
    documents: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    number: str
    text: str
    votes: tuple[int, int, int] | None
    responsible: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """`chair` approved; `recorded_by` is another one where the chair has no account."""

    chair: str
    recorded_by: str
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    meeting_id: UUID
    body_id: UUID
    body_name: str
    title: str
    day: date
    begins: str
    minutes_planned: int
    place: str
    is_online: bool
    is_training: bool
    members: int
    present: int
    quorate: bool
    quorum_percent: int
    quorum_more_than: bool
    attendance: tuple[Attendant, ...]
    guests: tuple[GuestsOf, ...]
    agenda: tuple[Discussed, ...]
    summary: str
    decisions: tuple[Decided, ...]
    approval: Approval


def minutes_of(
    meeting: Meeting,
    body: Body,
    attendance: Iterable[tuple[Mandate, Attendance]],
    decisions: Sequence[Decision],
    approval: Approval,
) -> Minutes:
    """Return the minutes of a meeting that has its record."""
    invitation, tally = meeting.invitation, meeting.tally
    return Minutes(
        meeting_id=meeting.id,
        body_id=body.id,
        body_name=body.name,
        title=invitation.title,
        day=meeting.day,
        begins=f"{invitation.planned_at.astimezone(PRAGUE):%H:%M}",
        minutes_planned=invitation.minutes_planned,
        place=invitation.place,
        is_online=bool(invitation.online_url),
        is_training=invitation.is_training,
        members=tally.members if tally else 0,
        present=tally.present if tally else 0,
        quorate=bool(tally and tally.quorate),
        quorum_percent=body.quorum.percent,
        quorum_more_than=body.quorum.more_than,
        attendance=tuple(_attendant(mandate, each) for mandate, each in attendance),
        guests=_guests(meeting.record.guests),
        agenda=_discussed(meeting),
        summary=meeting.record.summary,
        decisions=tuple(_decided(each) for each in sorted(decisions, key=lambda each: each.ordinal)),
        approval=approval,
    )


def _attendant(mandate: Mandate, attendance: Attendance) -> Attendant:
    return Attendant(
        name=mandate.name,
        organisation=mandate.organisation,
        role=mandate.role,
        is_alternate=mandate.alternate_for is not None,
        presence=attendance.presence,
        minutes=attendance.minutes or 0,
    )


def _guests(guests: Iterable[Guest]) -> tuple[GuestsOf, ...]:
    counted = Counter(guest.organisation for guest in guests)
    return tuple(GuestsOf(organisation=name, people=people) for name, people in sorted(counted.items()))


def _discussed(meeting: Meeting) -> tuple[Discussed, ...]:
    notes = dict(enumerate(meeting.record.notes))
    return tuple(
        Discussed(
            position=position + 1,
            title=item.title,
            presenter=item.presenter,
            documents=item.documents,
            note=notes.get(position, ""),
        )
        for position, item in enumerate(meeting.invitation.agenda)
    )


def _decided(decision: Decision) -> Decided:
    wording = decision.wording
    votes = wording.votes
    return Decided(
        number=decision.number,
        text=wording.text,
        votes=(votes.votes_for, votes.votes_against, votes.abstained) if votes else None,
        responsible=wording.responsible,
        due_on=wording.due_on,
    )

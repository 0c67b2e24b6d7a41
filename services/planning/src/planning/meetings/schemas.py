"""The JSON of meetings, of attendance and of minutes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter

from planning.decisions.domain import DecisionStatus
from planning.meetings.domain import AgendaItem, Guest, Invitation, Meeting, MeetingStatus, Record
from planning.meetings.feed import Dated
from planning.meetings.presence import Attendance, Presence
from planning.partnerships.domain import MemberRole
from shared.http import ApiModel, Count, Flag, Instant, LongText, Reason, Row, ShortText, Storable, Title

Length = Annotated[Count, Field(ge=1, le=1_440)]
There = Annotated[Count, Field(le=1_440)]
Url = Annotated[str, StringConstraints(max_length=500, pattern=r"^(https://[^\s<>\"]{3,490})?$"), Storable]


class AgendaItemIn(ApiModel):
    title: Title
    presenter: ShortText = ""
    documents: Annotated[tuple[ShortText, ...], Field(max_length=20)] = Field(
        default=(), description="Where the documents are: addresses, numbers in the file"
    )

    def item(self) -> AgendaItem:
        return AgendaItem(title=self.title, presenter=self.presenter, documents=self.documents)


class MeetingIn(ApiModel):
    """An invitation; the members of the day are invited."""

    title: Title
    planned_at: Instant
    minutes_planned: Length = 120
    place: ShortText = ""
    online_url: Url = ""
    is_training: Flag = Field(default=False, description="Minutes of attendance count as hours of training")
    agenda: Annotated[tuple[AgendaItemIn, ...], Field(max_length=100)] = ()

    def invitation(self) -> Invitation:
        return Invitation(
            title=self.title,
            planned_at=self.planned_at.astimezone(UTC),
            minutes_planned=self.minutes_planned,
            place=self.place,
            online_url=self.online_url,
            is_training=self.is_training,
            agenda=tuple(each.item() for each in self.agenda),
        )


class NewMeetingIn(MeetingIn):
    body_id: UUID


class CancellationIn(ApiModel):
    reason: Reason


class AttendanceIn(ApiModel):
    mandate_id: UUID
    presence: Presence
    minutes: There | None = Field(default=None, description="The whole meeting where nothing is said")


class GuestIn(ApiModel):
    name: Title
    organisation: ShortText = ""
    minutes: There = 0


class RecordIn(ApiModel):
    """What happened; members of the day of whom nothing is said were absent."""

    attendance: Annotated[tuple[AttendanceIn, ...], Field(max_length=1_000)]
    guests: Annotated[tuple[GuestIn, ...], Field(max_length=200)] = ()
    summary: LongText = ""
    notes: Annotated[tuple[LongText, ...], Field(max_length=100)] = Field(
        default=(), description="To the items of the agenda, in their order"
    )

    def record(self) -> Record:
        guests = (
            Guest(name=each.name, organisation=each.organisation, minutes=each.minutes)
            for each in self.guests
        )
        return Record(summary=self.summary, notes=self.notes, guests=tuple(guests))

    def given(self) -> tuple[Attendance, ...]:
        return tuple(
            Attendance(mandate_id=each.mandate_id, presence=each.presence, minutes=each.minutes)
            for each in self.attendance
        )


class MeetingState(ApiModel):
    """What a change or a decision made of the meeting."""

    id: UUID
    version: int
    status: MeetingStatus
    members: int | None
    present: int | None
    quorate: bool | None

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingState":
        tally = meeting.tally
        return cls(
            id=meeting.id,
            version=meeting.version,
            status=meeting.status,
            members=tally.members if tally else None,
            present=tally.present if tally else None,
            quorate=tally.quorate if tally else None,
        )


class MeetingHead(ApiModel):
    id: UUID
    version: int
    body_id: UUID
    body_name: str
    title: str
    planned_at: datetime
    minutes_planned: int
    place: str
    online_url: str | None = Field(description="For the people of the unit and the Agency")
    is_training: bool
    status: MeetingStatus
    cancelled_because: str
    members: int | None
    present: int | None
    quorate: bool | None


class MeetingList(ApiModel):
    items: tuple[MeetingHead, ...]
    next: str | None


class AgendaItemOut(ApiModel):
    title: str
    presenter: str
    documents: tuple[str, ...]


class GuestOut(ApiModel):
    name: str
    organisation: str
    minutes: int


class DecisionOfMeeting(ApiModel):
    id: UUID
    version: int
    number: str
    text: str
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    responsible: str
    due_on: date | None
    status: DecisionStatus


class MeetingOut(MeetingHead):
    agenda: tuple[AgendaItemOut, ...]
    summary: str
    notes: tuple[str, ...]
    guests: tuple[GuestOut, ...] | None = Field(description="For the people of the unit and the Agency")
    decisions: tuple[DecisionOfMeeting, ...]
    digest: str | None = Field(description="SHA-256 of the approved minutes")


class AttendantOut(ApiModel):
    """`presence` is empty while the person is only invited."""

    mandate_id: UUID
    name: str
    organisation: str
    role: MemberRole
    alternate_for: UUID | None
    presence: Presence | None
    minutes: int | None
    training_minutes: int


class AttendanceList(ApiModel):
    items: tuple[AttendantOut, ...]
    next: str | None


class AttendanceSumOut(ApiModel):
    mandate_id: UUID
    name: str
    organisation: str
    role: MemberRole
    meetings: int
    there: int
    excused: int
    minutes: int
    training_minutes: int


class AttendanceSumList(ApiModel):
    items: tuple[AttendanceSumOut, ...]
    next: str | None


_AGENDA = TypeAdapter(tuple[AgendaItemOut, ...])


def dated(rows: Iterable[Row]) -> list[Dated]:
    """Return what the database gives for a calendar."""
    return [
        Dated(
            **{name: row[name] for name in row.keys() if name != "agenda"},  # noqa: SIM118 - a record's keys
            agenda=tuple(item.title for item in _AGENDA.validate_json(row["agenda"])),
        )
        for row in rows
    ]

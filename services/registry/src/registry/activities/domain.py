"""An expert activity: who did what for whom, for how long; it is corrected and struck out, never deleted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.activities.code_lists import PeopleRole, StaffRole
from registry.activities.keys import expect_pseudonymous
from registry.activities.refusals import (
    ActivityStruckOut,
    ActivityUnitTwice,
    AreaTwice,
    DocumentTwice,
    HeldInTheFuture,
    LongerThanTheActivity,
    MonthClosed,
    MoreAttendedThanCounted,
    NothingCorrected,
    ParticipantTwice,
    StaffTwice,
)
from shared.contracts.intake import ActivityRecorded, Attendance, ExpertActivityKind
from shared.contracts.registry import ThematicArea
from shared.errors import Invalid
from shared.procedure import Procedure

LONGEST: Final = 24 * 60
"""Minutes of the longest activity: what lasts several days is written down day by day."""


class ActivityStatus(StrEnum):
    RECORDED = "recorded"
    STRUCK_OUT = "struck-out"


class ActivityMove(StrEnum):
    CORRECT = "correct"
    STRIKE_OUT = "strike-out"


PROCEDURE: Final = Procedure(
    moves={
        ActivityMove.CORRECT: (frozenset({ActivityStatus.RECORDED}), ActivityStatus.RECORDED),
        ActivityMove.STRIKE_OUT: (frozenset({ActivityStatus.RECORDED}), ActivityStatus.STRUCK_OUT),
    },
    labels={
        ActivityStatus.RECORDED: ("zapsaná", "recorded"),
        ActivityStatus.STRUCK_OUT: ("škrtnutá", "struck out"),
        ActivityMove.CORRECT: ("opravit", "correct"),
        ActivityMove.STRIKE_OUT: ("škrtnout", "strike out"),
    },
    refusal=ActivityStruckOut,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An output, kept by the service of documents."""

    document_id: UUID
    file_name: str
    digest: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A person of the Agency who took part; `person` is the subject of the person's tokens."""

    person: str
    role: StaffRole
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many people of one role took part, and how long each of them."""

    role: PeopleRole
    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One of the people, whose hours will be counted; `person` is a pseudonymous key."""

    person: str
    role: PeopleRole
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is written down of an activity. Those with a key are counted among `people` too."""

    kind: ExpertActivityKind
    unit_ids: tuple[UUID, ...]
    areas: tuple[ThematicArea, ...]
    held_on: date
    minutes: int
    place: str
    online: bool
    title: str
    note: str
    documents: tuple[Document, ...]
    staff: tuple[Staff, ...]
    people: tuple[People, ...]
    attendance: tuple[Participant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Facts):
    id: UUID
    version: int
    status: ActivityStatus
    recorded_by: str
    recorded_at: datetime

    @property
    def journal_unit_id(self) -> UUID | None:
        """The unit whose people read the journal of it; None where there are several."""
        return self.unit_ids[0] if len(self.unit_ids) == 1 else None


def expect_sound(facts: Facts, *, today: date) -> None:
    """Raise what is wrong with the facts alone, with a pointer to where."""
    if facts.held_on > today:
        raise HeldInTheFuture(pointer="/held_on", held_on=facts.held_on)
    if (at := _second(facts.unit_ids)) is not None:
        raise ActivityUnitTwice(pointer=f"/unit_ids/{at}", unit_id=facts.unit_ids[at])
    if (at := _second(facts.areas)) is not None:
        raise AreaTwice(pointer=f"/areas/{at}", area=facts.areas[at].value)
    if (at := _second([each.document_id for each in facts.documents])) is not None:
        raise DocumentTwice(pointer=f"/documents/{at}")
    if (at := _second([each.person for each in facts.staff])) is not None:
        raise StaffTwice(pointer=f"/staff/{at}/person", person=facts.staff[at].person)
    if (at := _second([each.person for each in facts.attendance])) is not None:
        raise ParticipantTwice(pointer=f"/attendance/{at}/person")
    for at, each in enumerate(facts.attendance):
        expect_pseudonymous(each.person, pointer=f"/attendance/{at}/person")
    for refusal in _too_long(facts):
        raise refusal
    _expect_attended_among_counted(facts)


def closes_on(held_on: date, *, lock_days: int) -> date:
    """Return the last day on which everybody may change what belongs to the month of `held_on`."""
    in_next_month = held_on.replace(day=28) + timedelta(days=4)
    last_of_month = in_next_month - timedelta(days=in_next_month.day)
    return last_of_month + timedelta(days=lock_days)


def expect_open_month(
    held_on: date, *, today: date, lock_days: int, activity: Activity | None = None
) -> None:
    """Raise MonthClosed."""
    last_day = closes_on(held_on, lock_days=lock_days)
    if today > last_day:
        stands: dict[str, object] = {"held_on": held_on, "closed_on": last_day}
        if activity is not None:
            stands |= {"state": activity.status.value, "allowed_moves": []}
        raise MonthClosed(pointer="/held_on", findings=(), **stands)


def correct(activity: Activity, facts: Facts) -> tuple[Activity, ActivityRecorded]:
    """Raise ActivityStruckOut, NothingCorrected."""
    status = PROCEDURE.after(activity.status, ActivityMove.CORRECT)
    corrected = replace(
        activity,
        **{name: getattr(facts, name) for name in Facts.__dataclass_fields__},
        version=activity.version + 1,
        status=status,
    )
    if replace(corrected, version=activity.version) == activity:
        raise NothingCorrected(PROCEDURE.facts(activity.status))
    return corrected, told(corrected)


def strike_out(activity: Activity) -> tuple[Activity, ActivityRecorded]:
    """Raise ActivityStruckOut."""
    status = PROCEDURE.after(activity.status, ActivityMove.STRIKE_OUT)
    struck_out = replace(activity, version=activity.version + 1, status=status)
    return struck_out, told(struck_out)


def told(activity: Activity) -> ActivityRecorded:
    """Return what others learn of it: no names, no notes, no staff."""
    return ActivityRecorded(
        version=activity.version,
        activity_id=activity.id,
        unit_ids=activity.unit_ids,
        kind=activity.kind,
        areas=activity.areas,
        held_on=activity.held_on,
        minutes=activity.minutes,
        attendance=tuple(
            Attendance(person=each.person, role=each.role.value, minutes=each.minutes)
            for each in activity.attendance
        ),
        struck_out=activity.status is ActivityStatus.STRUCK_OUT,
    )


def _second(values: Sequence[object]) -> int | None:
    """Return the place of the first value that was there before."""
    seen: set[object] = set()
    for at, value in enumerate(values):
        if value in seen:
            return at
        seen.add(value)
    return None


def _too_long(facts: Facts) -> Iterator[Invalid]:
    parts: Iterable[tuple[str, Sequence[Staff | People | Participant]]] = (
        ("staff", facts.staff),
        ("people", facts.people),
        ("attendance", facts.attendance),
    )
    for name, lines in parts:
        for at, line in enumerate(lines):
            if line.minutes > facts.minutes:
                yield LongerThanTheActivity(
                    pointer=f"/{name}/{at}/minutes", minutes=line.minutes, activity_minutes=facts.minutes
                )


def _expect_attended_among_counted(facts: Facts) -> None:
    counted: Counter[PeopleRole] = Counter()
    for line in facts.people:
        counted[line.role] += line.count
    attended = Counter(each.role for each in facts.attendance)
    for role, present in attended.items():
        if present > counted[role]:
            raise MoreAttendedThanCounted(
                pointer="/people", role=role.value, attended=present, counted=counted[role]
            )

"""Attendance at expert activities as support: what of it belongs to a project, what is to be recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from evaluation.participants.domain import Entry, Origin, SupportKind
from evaluation.projects.conversion import SupportUnit
from shared.contracts.intake import ExpertActivityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """A key activity that takes attendance at some kinds of expert activity as support."""

    id: UUID
    starts_on: date
    ends_on: date
    activity_kinds: frozenset[ExpertActivityKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """An expert activity and who attended: minutes and role by pseudonymous key."""

    activity_id: UUID
    version: int
    kind: ExpertActivityKind
    unit_ids: frozenset[UUID]
    held_on: date
    struck_out: bool
    minutes: Mapping[str, int]
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldActivities:
    """Expert activities of one kind in one year; `people` counts attendances, not persons."""

    year: int
    kind: ExpertActivityKind
    count: int
    minutes: int
    people: int


Place = tuple[UUID, UUID, date, SupportUnit, UUID | None]
"""Where support stands: activity, participant, day, unit, key activity."""


def collected_by(
    attended: Attended, activities: Sequence[Collecting], *, unit_ids: frozenset[UUID]
) -> Collecting | None:
    """Return the first key activity that takes the attendance as its support; None where none does.

    A project without units takes it from everywhere.
    """
    if attended.struck_out or (unit_ids and unit_ids.isdisjoint(attended.unit_ids)):
        return None
    return next(
        (
            each
            for each in activities
            if attended.kind in each.activity_kinds and each.starts_on <= attended.held_on <= each.ends_on
        ),
        None,
    )


def wanted_of(
    attended: Attended, collecting: Collecting, unit: SupportUnit, participants: Mapping[str, UUID]
) -> Iterator[tuple[Place, int]]:
    """Give what should be recorded of an activity for those who are participants."""
    for key, minutes in attended.minutes.items():
        if key in participants and minutes:
            place = (attended.activity_id, participants[key], attended.held_on, unit, collecting.id)
            yield place, minutes


def differences(
    wanted: Mapping[Place, int],
    recorded: Mapping[Place, int],
    *,
    versions: Mapping[UUID, int],
    new_id: Callable[[], UUID],
) -> list[Entry]:
    """Return the entries after which exactly what is wanted is recorded; nothing is changed or removed."""
    places: Iterable[Place] = sorted({*wanted, *recorded}, key=str)
    return [
        _entry(
            place,
            wanted.get(place, 0) - recorded.get(place, 0),
            first=place not in recorded,
            version=versions[place[0]],
            entry_id=new_id(),
        )
        for place in places
        if wanted.get(place, 0) != recorded.get(place, 0)
    ]


def _entry(place: Place, amount: int, *, first: bool, version: int, entry_id: UUID) -> Entry:
    activity_id, participant_id, on, unit, key_activity_id = place
    return Entry(
        id=entry_id,
        participant_id=participant_id,
        supported_on=on,
        kind=SupportKind.ACTIVITY,
        unit=unit,
        amount=amount,
        key_activity_id=key_activity_id,
        reason="" if first else f"Verze {version} záznamu činnosti",
        origin=Origin.ATTENDANCE if first else Origin.CORRECTION,
        activity_id=activity_id,
    )

"""Who came to a meeting, and whether those who came may decide."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.meetings.refusals import AbsentForMinutes, MemberTwice, NotAMemberThatDay
from planning.partnerships.domain import VOTING, Mandate, Quorum


class Presence(StrEnum):
    PRESENT = "present"
    ONLINE = "online"
    EXCUSED = "excused"
    ABSENT = "absent"


THERE: Final = frozenset({Presence.PRESENT, Presence.ONLINE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """`minutes` None: the whole meeting."""

    mandate_id: UUID
    presence: Presence
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """People who vote, once each, whatever roles they have; a stand-in counts for the member."""

    members: int
    present: int
    quorate: bool


def attendance_of(
    members: Iterable[Mandate], given: Collection[Attendance], *, whole: int
) -> tuple[Attendance, ...]:
    """Return the attendance of every member of the day; of whom nothing is said, that one was absent."""
    told: dict[UUID, Attendance] = {}
    known = {each.id for each in members}
    for position, each in enumerate(given):
        if each.mandate_id not in known:
            raise NotAMemberThatDay(pointer=f"/attendance/{position}", mandate_id=each.mandate_id)
        if each.mandate_id in told:
            raise MemberTwice(pointer=f"/attendance/{position}", mandate_id=each.mandate_id)
        if each.presence not in THERE and each.minutes:
            raise AbsentForMinutes(pointer=f"/attendance/{position}/minutes")
        told[each.mandate_id] = each
    return tuple(_whole(told.get(mandate_id), mandate_id, whole) for mandate_id in sorted(known))


def tally(members: Collection[Mandate], attendance: Iterable[Attendance], quorum: Quorum) -> Tally:
    """Count voting people who are there themselves, or by a stand-in who holds no vote of the own."""
    came = {each.mandate_id for each in attendance if each.presence in THERE}
    voting = [each for each in members if each.role in VOTING and each.alternate_for is None]
    people = {each.person_key for each in voting}
    key_of = {each.id: each.person_key for each in voting}
    present = {each.person_key for each in members if each.id in came} & people
    present |= _stood_in_for(members, came, key_of, present)
    return Tally(
        members=len(people), present=len(present), quorate=quorum.is_reached(len(present), len(people))
    )


def _stood_in_for(
    members: Iterable[Mandate], came: Collection[UUID], key_of: Mapping[UUID, str], present: Collection[str]
) -> set[str]:
    """Return absent members for whom somebody came; one person stands in for one member."""
    voters = set(key_of.values())
    stood: dict[str, str] = {}
    for each in members:
        absent = key_of.get(each.alternate_for) if each.alternate_for else None
        free = each.person_key not in voters and each.person_key not in stood
        if each.id in came and absent and free and absent not in present and absent not in stood.values():
            stood[each.person_key] = absent
    return set(stood.values())


def _whole(told: Attendance | None, mandate_id: UUID, whole: int) -> Attendance:
    presence = told.presence if told else Presence.ABSENT
    minutes = told.minutes if told and told.minutes is not None else whole
    return Attendance(mandate_id=mandate_id, presence=presence, minutes=minutes if presence in THERE else 0)

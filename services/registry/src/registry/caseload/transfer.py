"""What happens to the assignments of a person who leaves, or whom somebody stands in for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from registry.caseload.domain import (
    AssignedAlready,
    Assignment,
    AssignmentEndsBeforeItStarts,
    Duty,
    NothingToTransfer,
    TransferToOneself,
)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """Who takes over, since when; until when, where it is only a substitution."""

    person: str
    person_name: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What of a caseload changes: `changed` are states before and after, `begun` are new assignments."""

    changed: list[tuple[Assignment, Assignment]] = field(default_factory=list)
    begun: list[Assignment] = field(default_factory=list)

    @property
    def taken(self) -> list[Assignment]:
        """What the other person has in addition."""
        return [*self.begun, *(after for before, after in self.changed if after.person != before.person)]


def hand_over(
    person: str,
    takeover: Takeover,
    *,
    given: Sequence[Assignment],
    kept: Sequence[Assignment],
    new_id: Callable[[], UUID],
) -> Transfer:
    """Hand over what `person` has (`given`) to one who has other things (`kept`): all of it or nothing.

    For good: what runs ends the day before, what is to begin goes over as it is. For a time: nothing
    ends, the other one is a substitute. What the other one has anyway is not given twice. Raises
    TransferToOneself, NothingToTransfer, AssignmentEndsBeforeItStarts, AssignedAlready.
    """
    if takeover.person == person:
        raise TransferToOneself(pointer="/to")
    if takeover.until_on is not None and takeover.until_on < takeover.from_on:
        raise AssignmentEndsBeforeItStarts(
            pointer="/until_on", starts_on=takeover.from_on, ends_on=takeover.until_on
        )
    window_end = takeover.until_on or date.max
    running = [each for each in given if takeover.from_on <= each.last_day and each.starts_on <= window_end]
    if not running:
        raise NothingToTransfer(from_on=takeover.from_on)
    if takeover.until_on is None:
        return _for_good(running, takeover, kept=kept, new_id=new_id)
    return _for_a_time(running, takeover, takeover.until_on, kept=kept, new_id=new_id)


def _for_good(
    running: Sequence[Assignment],
    takeover: Takeover,
    *,
    kept: Sequence[Assignment],
    new_id: Callable[[], UUID],
) -> Transfer:
    transfer = Transfer()
    for before in running:
        rest = replace(
            before,
            person=takeover.person,
            person_name=takeover.person_name,
            starts_on=max(before.starts_on, takeover.from_on),
        )
        if before.starts_on >= takeover.from_on:
            _expect_new(rest, kept)
            transfer.changed.append((before, replace(rest, version=before.version + 1)))
            continue
        ended = replace(before, ends_on=takeover.from_on - _DAY, version=before.version + 1)
        transfer.changed.append((before, ended))
        if not _has(kept, rest):
            _expect_new(rest, kept)
            transfer.begun.append(replace(rest, id=new_id(), version=1))
    return transfer


def _for_a_time(
    running: Sequence[Assignment],
    takeover: Takeover,
    until_on: date,
    *,
    kept: Sequence[Assignment],
    new_id: Callable[[], UUID],
) -> Transfer:
    transfer = Transfer()
    days: dict[UUID, tuple[date, date]] = {}
    for each in running:
        first, last = days.get(each.unit_id, (date.max, date.min))
        starts_on = min(first, max(each.starts_on, takeover.from_on))
        days[each.unit_id] = starts_on, max(last, min(each.last_day, until_on))
    for unit_id, (first, last) in sorted(days.items()):
        substitute = Assignment(
            id=new_id(),
            unit_id=unit_id,
            person=takeover.person,
            person_name=takeover.person_name,
            duty=Duty.SUBSTITUTE,
            starts_on=first,
            ends_on=last,
            version=1,
        )
        if not _has(kept, substitute):
            _expect_new(substitute, kept)
            transfer.begun.append(substitute)
    return transfer


def _has(kept: Sequence[Assignment], wanted: Assignment) -> bool:
    return any(
        each.unit_id == wanted.unit_id
        and each.duty is wanted.duty
        and each.starts_on <= wanted.starts_on
        and each.last_day >= wanted.last_day
        for each in kept
    )


def _expect_new(wanted: Assignment, kept: Sequence[Assignment]) -> None:
    """Raise AssignedAlready where a part of the time is taken by the same person."""
    for each in kept:
        if each.unit_id == wanted.unit_id and each.duty is wanted.duty and each.overlaps(wanted):
            raise AssignedAlready(
                person_name=each.person_name, other_from=each.starts_on, other_until=each.ends_on or "–"
            )

"""Hours of one person: what days give, the day on which they are enough, what an erasure leaves of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from uuid import UUID

from evaluation.participants.domain import Entry, Origin, SupportKind
from evaluation.projects.conversion import Limit


def by_day(entries: Iterable[Entry]) -> dict[date, int]:
    """Return the credit of each day, in order; corrections stand on the day of what they correct."""
    days: dict[date, int] = {}
    for entry in entries:
        days[entry.supported_on] = days.get(entry.supported_on, 0) + entry.credit
    return dict(sorted(days.items()))


def crossed_on(entries: Iterable[Entry], *, limits: Sequence[Limit]) -> date | None:
    """Return the first day on which the sum was enough as that day had it; None where it never was.

    No day gives less than nothing, so that the sum only grows and the order of recording does not matter.
    `limits` are in time: a lower one counts whom it finds on its first day, a higher one takes nobody back.
    """
    days = by_day(entries)
    sums = list(zip(days, accumulate(days.values()), strict=True))
    ends = (*(each.since for each in limits[1:]), date.max)
    found = (
        max(day, limit.since)
        for limit, until in zip(limits, ends, strict=True)
        for day, so_far in sums
        if so_far >= limit.credit and day < until
    )
    return min(found, default=None)


def summed_up(
    entries: Sequence[Entry], *, person_id: UUID, limits: Sequence[Limit], new_id: Callable[[], UUID]
) -> list[Entry]:
    """Return what stays of a person whose days are erased: sums by unit, and the same day of crossing.

    All until that day is put on it, all after it on the last day of support.
    """
    crossing = crossed_on(entries, limits=limits)
    found = [
        Entry(
            id=new_id(),
            participant_id=person_id,
            supported_on=max(entry.supported_on for entry in part),
            kind=SupportKind.OTHER,
            unit=unit,
            amount=sum(entry.amount for entry in part if entry.unit is unit),
            key_activity_id=None,
            reason="",
            origin=Origin.ERASURE,
        )
        for part in _parts(entries, crossing)
        for unit in sorted({entry.unit for entry in part})
    ]
    return [entry for entry in found if entry.amount]


def _parts(entries: Sequence[Entry], crossing: date | None) -> Iterator[list[Entry]]:
    until = [entry for entry in entries if crossing is not None and entry.supported_on <= crossing]
    rest = [entry for entry in entries if crossing is None or entry.supported_on > crossing]
    yield from (part for part in (until, rest) if part)

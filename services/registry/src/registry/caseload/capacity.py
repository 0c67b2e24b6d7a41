"""How many units a person carries and can carry, day by day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

_DAY = timedelta(days=1)
DEFAULT_CAPACITY = 5
"""Units of a local consultant where nothing else was decided: the typical caseload of the Agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A unit that counts in the load of a person; `ends_on` is the last day, None while it is open."""

    unit_id: UUID
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day <= (self.ends_on or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """So many units from a day on; where two begin on one day, the later decided one holds."""

    starts_on: date
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """The first day on which a person would carry more than can be carried."""

    day: date
    load: int
    capacity: int


def load_on(spans: Iterable[Span], day: date) -> int:
    """Count the units of the day; one that is held twice counts once."""
    return len({span.unit_id for span in spans if span.holds_on(day)})


def capacity_on(capacities: Iterable[Capacity], day: date) -> int:
    """Return what was decided last for the day; `capacities` are in the order of deciding."""
    begun = [each for each in capacities if each.starts_on <= day]
    latest = max((each.starts_on for each in begun), default=None)
    return next((each.units for each in reversed(begun) if each.starts_on == latest), DEFAULT_CAPACITY)


def first_excess(
    carried: Collection[Span], added: Collection[Span], capacities: Collection[Capacity]
) -> Excess | None:
    """Return the first day on which what is added exceeds the capacity, None where it fits.

    What is added weighs more only where a span or a capacity begins, or the day after something carried
    ends: no other day need be looked at. Days on which nothing is added are not judged again.
    """
    together = [*carried, *added]
    turns = {each.starts_on for each in together} | {each.starts_on for each in capacities}
    turns |= {each.ends_on + _DAY for each in carried if each.ends_on is not None and each.ends_on < date.max}
    for day in sorted(turns):
        load, capacity = load_on(together, day), capacity_on(capacities, day)
        if load > capacity and load > load_on(carried, day):
            return Excess(day=day, load=load, capacity=capacity)
    return None

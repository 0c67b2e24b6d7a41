"""The states of a unit one after another, and what a statement about some days makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from registry.units.codes import MunicipalityStatus
from registry.units.domain import Details, Unit
from shared.contracts.registry import UnitKind

DAY = timedelta(days=1)
Values = Mapping[str, str | UUID | MunicipalityStatus | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a unit is like from a first to a last day; None: no end is known. `told_at` is bookkeeping."""

    valid_from: date
    valid_until: date | None
    details: Details
    told_at: datetime | None = field(default=None, compare=False)

    @property
    def last_day(self) -> date:
        return self.valid_until or date.max

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A unit with all its states in order; between two of them it may not have existed."""

    id: UUID
    kind: UnitKind
    version: int
    states: tuple[State, ...]

    @classmethod
    def of(cls, unit: Unit, *, told_at: datetime | None) -> "History":
        """Return a new unit with its only state."""
        state = State(
            valid_from=unit.state_from, valid_until=unit.valid_until, details=unit.details, told_at=told_at
        )
        return cls(id=unit.id, kind=unit.kind, version=unit.version, states=(state,))

    @property
    def valid_from(self) -> date:
        return self.states[0].valid_from

    @property
    def valid_until(self) -> date | None:
        return self.states[-1].valid_until

    def seen_on(self, day: date) -> State:
        """Return the state on the day; after the end the last one, before the beginning the first."""
        begun = [state for state in self.states if state.valid_from <= day]
        return begun[-1] if begun else self.states[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a register says of a unit from a first to a last day; None: it says nothing of an end."""

    valid_from: date
    valid_until: date | None
    values: Values


def overlay(known: Sequence[State], told: Sequence[Statement]) -> tuple[State, ...]:
    """Return the states after the statements of one register, which come in order and do not overlap.

    On the days that a statement names its values hold; all else stays as it was known. An open end says
    nothing of what is known to come later: neither of another state, nor of the unit's end; only from a
    day after that end it brings the unit back. With a last day in the last statement the unit ends; in
    a gap between two statements it does not exist. The same statements again change nothing.
    """
    states = list(known)
    previous: Statement | None = None
    for statement in told:
        if previous is not None and previous.valid_until is not None:
            states = _without(states, previous.valid_until + DAY, statement.valid_from - DAY)
        states = _with(states, statement)
        previous = statement
    if previous is not None and previous.valid_until is not None:
        states = _without(states, previous.valid_until + DAY, date.max)
    joined = _joined(states)
    return tuple(known) if joined == _joined(known) else joined


def _with(states: Sequence[State], told: Statement) -> list[State]:
    last = told.valid_until or _end_of_open(states, told.valid_from)
    found: list[State] = []
    free = told.valid_from  # the first day of the statement that no state covers yet
    for state in states:
        if state.last_day < told.valid_from or state.valid_from > last:
            found.append(state)
            continue
        if state.valid_from > free:
            found.append(_fresh(states, told, free, state.valid_from - DAY))
        found += _cut(state, told.valid_from, last, told.values)
        free = min(state.last_day, date.max - DAY) + DAY if state.last_day < last else date.max
    if free <= last and free != date.max:
        found.append(_fresh(states, told, free, last))
    return sorted(found, key=lambda each: each.valid_from)


def _end_of_open(states: Sequence[State], first: date) -> date:
    holding = next((state for state in states if state.holds_on(first)), None)
    if holding is not None:
        return holding.last_day
    following = [state.valid_from for state in states if state.valid_from > first]
    return min(following) - DAY if following else date.max


def _cut(state: State, first: date, last: date, values: Values) -> list[State]:
    """Return the state in up to three pieces: before the days, on them with the new values, after them."""
    pieces = []
    if state.valid_from < first:
        pieces.append(replace(state, valid_until=first - DAY))
    begins = max(state.valid_from, first)
    ends = min(state.last_day, last)
    pieces.append(
        State(
            valid_from=begins,
            valid_until=None if ends == date.max else ends,
            details=replace(state.details, **values),  # type: ignore[arg-type]
            told_at=state.told_at,
        )
    )
    if state.last_day > last:
        pieces.append(replace(state, valid_from=last + DAY))
    return pieces


def _fresh(states: Sequence[State], told: Statement, first: date, last: date) -> State:
    """Return a state for days of which nothing was known: what was known next to them, and the values."""
    before = [state for state in states if state.valid_from < first]
    near = before[-1] if before else (states[0] if states else None)
    details = near.details if near else Details(name="", code=None)
    return State(
        valid_from=first,
        valid_until=None if last == date.max else last,
        details=replace(details, **told.values),  # type: ignore[arg-type]
    )


def _without(states: Sequence[State], first: date, last: date) -> list[State]:
    kept = []
    for state in states:
        if state.valid_from < first:
            shorter = min(state.last_day, first - DAY)
            kept.append(replace(state, valid_until=None if shorter == date.max else shorter))
        if state.last_day > last:
            kept.append(replace(state, valid_from=max(state.valid_from, last + DAY)))
    return kept


def _joined(states: Sequence[State]) -> tuple[State, ...]:
    """Return the states with equal ones in a row made one."""
    joined: list[State] = []
    for state in states:
        if joined and joined[-1].details == state.details and joined[-1].last_day + DAY == state.valid_from:
            joined[-1] = replace(joined[-1], valid_until=state.valid_until)
        else:
            joined.append(state)
    return tuple(joined)

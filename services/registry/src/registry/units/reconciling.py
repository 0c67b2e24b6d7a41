"""What registers say of many units, beside what is known of them: what is new, changed, closed, or wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from registry.units.codes import unit_id
from registry.units.domain import checked
from registry.units.places import Place, expect_place
from registry.units.registers import (
    KEPT_FROM,
    LONGEST_NAME,
    DaysBackwards,
    DaysOverlap,
    Fault,
    GoesOnUnderAnotherCode,
    Known,
    NameMissing,
    NameTooLong,
    Told,
    ToldTwice,
)
from registry.units.timeline import DAY, History, State, Statement, overlay
from shared.contracts.registry import UnitChanged, UnitClosed, UnitKind, UnitRegistered
from shared.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A unit before (None: it is new) and after, and the rows that say so."""

    rows: tuple[int, ...]
    before: History | None
    after: History

    @property
    def closes_on(self) -> date | None:
        """Return the last day where the unit ends now, or ends earlier than was known."""
        before, end = self.before, self.after.valid_until
        if before is None or end is None or (before.valid_until is not None and before.valid_until <= end):
            return None
        return end

    def event(self, today: date) -> UnitRegistered | UnitChanged | UnitClosed | None:
        """Return what others are to be told: what they know of it is the state of today."""
        seen = _as_seen(self.after, today)
        if self.before is None:
            return UnitRegistered(**asdict(seen))
        if self.closes_on is not None:
            return UnitClosed(**asdict(seen))
        before = replace(_as_seen(self.before, today), version=seen.version)
        return seen if seen != before else None


def _as_seen(history: History, today: date) -> UnitChanged:
    details = history.seen_on(today).details
    return UnitChanged(
        unit_id=history.id,
        version=history.version,
        kind=history.kind,
        code=details.code,
        name=details.name,
        parent_id=details.parent_id,
        valid_from=history.valid_from,
        valid_until=history.valid_until,
    )


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What becomes of the units that a file names. `not_kept` ended before `KEPT_FROM`."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0
    not_kept: int = 0

    @property
    def last_days(self) -> dict[UUID, date]:
        """Return the last days of the units that end now."""
        ends = ((change.after.id, change.closes_on) for change in self.changes)
        return {id_: day for id_, day in ends if day is not None}


def reconcile(
    told: Sequence[Told], known: Known, *, now: datetime, today: date, new_id: Callable[[], UUID]
) -> Outcome:
    """Say what the rows change; those of one code are successive states of one unit.

    One bad row refuses all that is said of its unit, and of no other.
    """
    found = Outcome()
    spoken_of: dict[UUID, int] = {}
    for rows in _by_unit(told):
        before = _bearer(rows, known)
        try:
            if before is not None and before.id in spoken_of:
                raise ToldTwice(other=spoken_of[before.id])
            statements = _statements(rows, before, known)
            after = _after(rows, before, statements, known, new_id) if statements or before else None
        except Refusal as refusal:
            found.faults += [each.fault(refusal) for each in rows]
            continue
        if before is not None:
            spoken_of[before.id] = rows[0].row
        if after is None:
            found.not_kept += 1
        elif before is not None and after.states == before.states:
            found.unchanged += 1
        else:
            states = tuple(_mark_told(after.states, now=now, today=today))
            numbers = tuple(each.row for each in rows)
            found.changes.append(Change(rows=numbers, before=before, after=replace(after, states=states)))
    return found


def _by_unit(told: Iterable[Told]) -> Iterable[list[Told]]:
    rows: dict[tuple[UnitKind, str], list[Told]] = defaultdict(list)
    for each in told:
        rows[each.kind, each.number or each.code].append(each)
    for of_one in rows.values():
        of_one.sort(key=lambda each: each.statement.valid_from)
    return rows.values()


def _bearer(rows: Sequence[Told], known: Known) -> History | None:
    """Return the unit that the rows speak of, the latest first."""
    for each in reversed(rows):
        day = each.statement.valid_from
        by_number = known.find(each.kind, "csu_code", each.number, day) if each.number else None
        if unit := by_number or known.find(each.kind, "code", each.code, day):
            return unit
    return None


def _statements(rows: list[Told], before: History | None, known: Known) -> list[Statement]:
    """Return what is said of one unit since `KEPT_FROM`; raises DaysBackwards, DaysOverlap."""
    if before is None and rows[0].born_on is not None:
        first = replace(rows[0].statement, valid_from=min(rows[0].born_on, rows[0].statement.valid_from))
        rows[0] = replace(rows[0], statement=first)
    for each in rows:
        begins, ends = each.statement.valid_from, each.statement.valid_until
        if ends is not None and ends < begins:
            raise DaysBackwards(first=begins, last=ends)
    for one, other in pairwise(rows):
        if one.statement.valid_until is None or one.statement.valid_until >= other.statement.valid_from:
            raise DaysOverlap(other=one.row)
    found: list[Statement] = []
    for each in rows:
        last = each.statement.valid_until
        if last is None or last >= KEPT_FROM:
            kept = replace(each.statement, valid_from=max(each.statement.valid_from, KEPT_FROM))
            found += _with_parent(kept, each.parent_id, known)
    return [*_filled_back(found[0], before, known), *found] if found and before else found


def _with_parent(statement: Statement, parent_id: UUID | None, known: Known) -> list[Statement]:
    """Say of the parent nothing before its own first day."""
    if parent_id is None:
        return [statement]
    begins = known.by_id[parent_id].valid_from
    with_it = replace(statement, values={**statement.values, "parent_id": parent_id})
    if begins <= statement.valid_from:
        return [with_it]
    if statement.valid_until is not None and statement.valid_until < begins:
        return [statement]
    return [replace(statement, valid_until=begins - DAY), replace(with_it, valid_from=begins)]


def _filled_back(first: Statement, before: History, known: Known) -> list[Statement]:
    """Say of earlier days what nobody has said anything about yet: registers tell the present alone."""
    values = {
        name: value
        for name, value in first.values.items()
        if value is not None and all(getattr(each.details, name) is None for each in before.states)
    }
    begins = before.valid_from
    parent_id = values.get("parent_id")
    if isinstance(parent_id, UUID):
        begins = max(begins, known.by_id[parent_id].valid_from)
    if not values or begins >= first.valid_from:
        return []
    lived = [each for each in before.states if each.last_day >= begins and each.valid_from < first.valid_from]
    return [
        Statement(
            valid_from=max(each.valid_from, begins),
            valid_until=min(each.last_day, first.valid_from - DAY),
            values=values,
        )
        for each in lived
    ]


def _after(
    rows: Sequence[Told],
    before: History | None,
    statements: Sequence[Statement],
    known: Known,
    new_id: Callable[[], UUID],
) -> History:
    told = rows[-1]
    if before is not None and statements and statements[-1].valid_until is not None:
        latest = before.states[-1].details.code
        if latest not in {each.code for each in rows}:
            raise GoesOnUnderAnotherCode(unit_code=latest)
    states = overlay(before.states if before else (), statements)
    fit = tuple(_fit(told.kind, state, before, known) for state in states)
    if before is not None:
        return replace(before, version=before.version + 1, states=fit)
    id_ = unit_id(told.kind, told.code)
    is_given_up = id_ in known.by_id
    return History(id=new_id() if is_given_up else id_, kind=told.kind, version=1, states=fit)


def _fit(kind: UnitKind, state: State, before: History | None, known: Known) -> State:
    """Return the state with its codes in their normal form; raises what is wrong with it."""
    if before is not None and state in before.states:
        return state
    if state.details.name == "":
        raise NameMissing
    if len(state.details.name) > LONGEST_NAME:
        raise NameTooLong(longest=LONGEST_NAME)
    details = checked(kind, state.details)
    if details.parent_id is not None:
        place = Place(kind=kind, code=details.code, first_day=state.valid_from, last_day=state.valid_until)
        expect_place(place, known.place_of(details.parent_id, state.valid_from))
    return replace(state, details=details)


def _mark_told(states: Sequence[State], *, now: datetime, today: date) -> Iterable[State]:
    """Note of states that have begun that they are told; one to come is told when its day comes."""
    for state in states:
        begun = state.valid_from <= today
        yield replace(state, told_at=state.told_at or now if begun else None)


def refuse_endings(found: Outcome, why: Mapping[UUID, Refusal]) -> None:
    """Make faults of the changes that would end a unit while something of it lasts."""
    stopped = [each for each in found.changes if each.after.id in why]
    found.changes = [each for each in found.changes if each.after.id not in why]
    found.faults += [
        Fault(row=row, column=None, value=each.after.states[-1].details.code, refusal=why[each.after.id])
        for each in stopped
        for row in each.rows
    ]

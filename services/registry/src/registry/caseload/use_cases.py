"""What is done with the caseload: assign, change, hand over; who may act for a unit is asked here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from registry.caseload import repository
from registry.caseload.capacity import Capacity, Span, first_excess
from registry.caseload.domain import (
    COUNTED,
    EVERYWHERE,
    OF_THE_UNIT,
    AssignedUnitUnknown,
    Assignment,
    AssignmentUnknown,
    CapacityExceeded,
    NotYourUnit,
    expect_fit,
)
from registry.caseload.transfer import Takeover, hand_over
from registry.journal import use_cases as journal
from registry.journal.domain import Audience, Decision, Subject
from registry.units import repository as units
from shared.auth import Actor
from shared.errors import expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why something is decided, since when it holds; `over_capacity` is why more than can be carried."""

    reason: str = ""
    on: date | None = None
    over_capacity: str = ""

    @property
    def whole(self) -> str:
        return " · ".join(text for text in (self.reason, self.over_capacity) if text)


async def expect_acting_for(tx: Transaction, *unit_ids: UUID) -> None:
    """Raise NotYourUnit (403) unless the actor acts for all of the units today."""
    assigned = await repository.assigned(tx.session, unit_ids, tx.today)
    if not all(_acts_for(tx.actor, unit_id, assigned=assigned[unit_id]) for unit_id in unit_ids):
        raise NotYourUnit


async def assign(tx: Transaction, begun: Assignment, grounds: Grounds) -> None:
    """Give a unit to a person. Raises UnitHasItsConsultant, AssignedAlready, CapacityExceeded."""
    await repository.write_alone(tx.session)
    await _expect_fit(tx, begun)
    await _expect_capacity(tx, [begun], grounds)
    await repository.add(tx.session, [begun])
    await journal.record(tx, _decision(tx, None, begun, action="assign", grounds=grounds))


async def change(
    tx: Transaction,
    assignment_id: UUID,
    *,
    expected: int,
    starts_on: date | None,
    ends_on: date | None,
    grounds: Grounds,
) -> Assignment:
    """Set the days anew; `starts_on` None leaves the first day as it is."""
    await repository.write_alone(tx.session)
    before = await repository.load(tx.session, assignment_id)
    if before is None:
        raise AssignmentUnknown
    expect_version(expected, before.version)
    after = replace(
        before, starts_on=starts_on or before.starts_on, ends_on=ends_on, version=before.version + 1
    )
    await _expect_fit(tx, after)
    await _expect_capacity(tx, [after], grounds)
    await repository.save(tx.session, [after])
    action = "change" if starts_on else "end"
    await journal.record(tx, _decision(tx, before, after, action=action, grounds=grounds))
    return after


async def transfer(
    tx: Transaction, person: str, takeover: Takeover, *, expected: int, grounds: Grounds
) -> list[Assignment]:
    """Hand a whole caseload over, all of it or nothing; return what the other person has in addition."""
    await repository.write_alone(tx.session)
    expect_version(expected, await repository.caseload_version(tx.session, person))
    changes = hand_over(
        person,
        takeover,
        given=await repository.of_person(tx.session, person),
        kept=await repository.of_person(tx.session, takeover.person),
        new_id=tx.new_id,
    )
    await _expect_capacity(tx, changes.taken, grounds)
    await repository.save(tx.session, [after for _, after in changes.changed])
    await repository.add(tx.session, changes.begun)
    handed = [
        _decision(tx, before, after, action=repository.TRANSFER, grounds=grounds)
        for before, after in changes.changed
    ]
    taken = [_decision(tx, None, begun, action="take-over", grounds=grounds) for begun in changes.begun]
    await journal.record(tx, *handed, *taken)
    return sorted(changes.taken, key=lambda each: (each.starts_on, each.unit_id))


async def set_capacity(
    tx: Transaction, person: str, *, person_name: str, capacity: Capacity, reason: str
) -> UUID:
    """Say how many units a person can carry from a day on; what is carried already stays."""
    await repository.write_alone(tx.session)
    id_ = tx.new_id()
    await repository.add_capacity(
        tx, id_=id_, person=person, person_name=person_name, capacity=capacity, reason=reason
    )
    return id_


def _acts_for(actor: Actor, unit_id: UUID, *, assigned: frozenset[str]) -> bool:
    """Say yes too where nobody was given the unit: it is everybody's of the Agency then."""
    if actor.has_any(EVERYWHERE):
        return True
    if actor.has_any(OF_THE_UNIT) and unit_id in actor.units:
        return True
    return actor.is_agency and (not assigned or actor.id in assigned)


async def _expect_fit(tx: Transaction, assignment: Assignment) -> None:
    unit = await units.lock(tx.session, assignment.unit_id, to_lean_on=True)
    if unit is None:
        raise AssignedUnitUnknown(pointer="/unit_id")
    expect_fit(assignment, unit.place, await repository.of_unit(tx.session, assignment.unit_id))


async def _expect_capacity(tx: Transaction, taken: Collection[Assignment], grounds: Grounds) -> None:
    """Raise CapacityExceeded unless all of it fits, or somebody says why it need not.

    What is carried is read as it is before: days that an assignment has already are not judged again.
    """
    if grounds.over_capacity or not taken:
        return
    person = next(iter(taken))
    carried = await repository.of_person(tx.session, person.person)
    everything = {each.unit_id for each in (*carried, *taken)}
    live = await repository.cooperating(tx.session, everything, tx.today)
    capacities = await repository.capacities(tx.session, person.person)
    excess = first_excess(_spans(carried, live), _spans(taken, live), capacities)
    if excess is not None:
        raise CapacityExceeded(
            person_name=person.person_name, day=excess.day, load=excess.load, capacity=excess.capacity
        )


def _spans(assignments: Iterable[Assignment], live: Collection[UUID]) -> list[Span]:
    return [
        Span(unit_id=each.unit_id, starts_on=each.starts_on, ends_on=each.ends_on)
        for each in assignments
        if each.duty in COUNTED and each.unit_id in live
    ]


def _decision(
    tx: Transaction, before: Assignment | None, after: Assignment, *, action: str, grounds: Grounds
) -> Decision:
    day = journal.decision_day(tx, grounds.on)
    return Decision.on(
        Subject.ASSIGNMENT,
        before,
        after,
        audience=Audience.AGENCY,
        action=action,
        day=day,
        reason=grounds.whole,
    )

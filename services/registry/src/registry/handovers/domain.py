"""A handover: what is gone through, whom the Agency met, who signed, and what may be done next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from registry.handovers.checklist import BY_CODE, TASKS, Step
from registry.handovers.elections import Election
from registry.handovers.refusals import (
    HandoverDoesNotMove,
    HandoverIsClosed,
    MeetingBeforeElections,
    MeetingMissing,
    MetInTheFuture,
    SideHasSigned,
    SignedBeforeTheMeeting,
    SignedForTheOtherSide,
    TasksNotDone,
    TaskUnknown,
)
from shared.contracts.intake import HandoverOpened
from shared.procedure import Labels, Procedure


class Status(StrEnum):
    OPEN = "open"  # otevřené
    PREPARED = "prepared"  # připravené
    HANDED_OVER = "handed-over"  # předané
    NOT_NEEDED = "not-needed"  # nepotřebné


class Move(StrEnum):
    PREPARE = "prepare"
    REOPEN = "reopen"
    MEET = "meet"
    SIGN = "sign"
    DISPENSE = "dispense"


class Side(StrEnum):
    AGENCY = "agency"
    UNIT = "unit"


class Alarm(StrEnum):
    """Why somebody must hurry: the elections are near and the pack is not, or the last day is over."""

    NOT_PREPARED = "not-prepared"
    OVERDUE = "overdue"


LABELS: Labels = {
    Status.OPEN: ("otevřené", "open"),
    Status.PREPARED: ("připravené", "prepared"),
    Status.HANDED_OVER: ("předané", "handed over"),
    Status.NOT_NEEDED: ("nepotřebné", "not needed"),
    Move.PREPARE: ("označit podklady za připravené", "to declare the pack prepared"),
    Move.REOPEN: ("vrátit k přípravě", "to return it to preparation"),
    Move.MEET: ("zapsat schůzku s novým vedením", "to write down the meeting with the new leadership"),
    Move.SIGN: ("podepsat předání", "to sign the handover"),
    Move.DISPENSE: ("upustit od předání", "to dispense with it"),
}


PROCEDURE: Procedure[Status, Move] = Procedure(
    moves={
        Move.PREPARE: (frozenset({Status.OPEN}), Status.PREPARED),
        Move.REOPEN: (frozenset({Status.PREPARED}), Status.OPEN),
        Move.MEET: (frozenset({Status.PREPARED}), Status.PREPARED),
        Move.SIGN: (frozenset({Status.PREPARED}), Status.HANDED_OVER),
        Move.DISPENSE: (frozenset({Status.OPEN, Status.PREPARED}), Status.NOT_NEEDED),
    },
    labels=LABELS,
    refusal=HandoverDoesNotMove,
)
"""The first of two signatures leaves it where it is, the second one leads on."""
UNFINISHED = frozenset({Status.OPEN, Status.PREPARED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of the checklist; `done_on` is None until it is done."""

    code: str
    done_by: str | None = None
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    name: str
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Whom of the new leadership the Agency met, and when."""

    met_on: date
    leadership: tuple[Leader, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    side: Side
    person: str
    person_name: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One unit and one election; `pack_digest` is that of the frozen pack, None until it is handed over.

    `prepare_until` is the day from which it rings when it is not prepared, `due_on` the last day of all.
    """

    id: UUID
    unit_id: UUID
    election_id: UUID
    status: Status
    opened_on: date
    prepare_until: date
    due_on: date
    items: tuple[Item, ...]
    meeting: Meeting | None = None
    signatures: tuple[Signature, ...] = ()
    reason: str = ""
    closed_on: date | None = None
    pack_digest: str | None = None
    version: int

    def alarm(self, today: date) -> Alarm | None:
        """Say why somebody must hurry, None where nobody must."""
        if self.status in UNFINISHED and self.due_on < today:
            return Alarm.OVERDUE
        is_late = self.status is Status.OPEN and self.prepare_until <= today
        return Alarm.NOT_PREPARED if is_late else None


def open_for(election: Election, unit_id: UUID, *, new_id: UUID, on: date) -> tuple[Handover, HandoverOpened]:
    opened = Handover(
        id=new_id,
        unit_id=unit_id,
        election_id=election.id,
        status=Status.OPEN,
        opened_on=on,
        prepare_until=election.prepare_until,
        due_on=election.due_on,
        items=tuple(Item(code=task.code) for task in TASKS),
        version=1,
    )
    told = HandoverOpened(
        handover_id=opened.id,
        version=opened.version,
        unit_id=unit_id,
        election_on=election.first_on,
        due_on=opened.due_on,
    )
    return opened, told


def tick(handover: Handover, item: Item) -> Handover:
    """Write an item down as done, or as not done after all. Raises TaskUnknown, HandoverIsClosed."""
    if item.code not in {each.code for each in handover.items}:
        raise TaskUnknown(task=item.code)
    if handover.status not in UNFINISHED:
        raise HandoverIsClosed(PROCEDURE.facts(handover.status))
    items = tuple(item if each.code == item.code else each for each in handover.items)
    return replace(handover, items=items, signatures=(), version=handover.version + 1)


def prepare(handover: Handover) -> Handover:
    """Say that the pack was checked. Raises TasksNotDone where an item of the preparation is missing."""
    status = PROCEDURE.after(handover.status, Move.PREPARE)
    _expect_done(handover, steps={Step.PREPARATION})
    return replace(handover, status=status, version=handover.version + 1)


def reopen(handover: Handover, *, reason: str) -> Handover:
    """Return to the preparation; signatures given so far fall."""
    status = PROCEDURE.after(handover.status, Move.REOPEN)
    return replace(handover, status=status, signatures=(), reason=reason, version=handover.version + 1)


def meet(handover: Handover, meeting: Meeting, *, election: Election, on: date) -> Handover:
    """Write the meeting down as on a day, or write it down anew: signatures given so far fall."""
    status = PROCEDURE.after(handover.status, Move.MEET)
    if meeting.met_on > on:
        raise MetInTheFuture(pointer="/met_on", met_on=meeting.met_on)
    if meeting.met_on < election.first_on:
        facts = PROCEDURE.facts(handover.status)
        raise MeetingBeforeElections(facts, met_on=meeting.met_on, first_on=election.first_on)
    return replace(handover, status=status, meeting=meeting, signatures=(), version=handover.version + 1)


def sign(handover: Handover, signature: Signature) -> Handover:
    """Sign for one side; with the second signature it is handed over, and its pack is to be frozen.

    Raises MeetingMissing, SignedBeforeTheMeeting, TasksNotDone, SideHasSigned, SignedForTheOtherSide.
    """
    target = PROCEDURE.after(handover.status, Move.SIGN)
    facts = PROCEDURE.facts(handover.status)
    if handover.meeting is None:
        raise MeetingMissing(facts)
    if signature.signed_on < handover.meeting.met_on:
        raise SignedBeforeTheMeeting(facts, signed_on=signature.signed_on, met_on=handover.meeting.met_on)
    _expect_done(handover, steps=set(Step))
    if any(each.side is signature.side for each in handover.signatures):
        raise SideHasSigned(facts)
    if any(each.person == signature.person for each in handover.signatures):
        raise SignedForTheOtherSide(facts)
    signed = replace(handover, signatures=(*handover.signatures, signature), version=handover.version + 1)
    if len(signed.signatures) < len(Side):
        return signed
    return replace(signed, status=target, closed_on=signature.signed_on)


def dispense(handover: Handover, *, reason: str, on: date) -> Handover:
    """Say that nothing is to be handed over: the same leadership goes on."""
    status = PROCEDURE.after(handover.status, Move.DISPENSE)
    return replace(
        handover, status=status, signatures=(), reason=reason, closed_on=on, version=handover.version + 1
    )


def _expect_done(handover: Handover, *, steps: Iterable[Step]) -> None:
    missing = [
        BY_CODE[item.code]
        for item in handover.items
        if item.done_on is None and BY_CODE[item.code].step in steps
    ]
    if missing:
        raise TasksNotDone(
            PROCEDURE.facts(handover.status),
            tasks=[task.code for task in missing],
            left=len(missing),
        )

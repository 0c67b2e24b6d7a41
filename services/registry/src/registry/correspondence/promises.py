"""A promise: who is to do what by when, and what became of it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Invalid, NotFound
from shared.procedure import MoveRefused, Procedure, StandsInTheWay


class PromiseUnknown(NotFound):
    cs = "Takový slib nemáme."
    en = "There is no such promise."


class PromiseSettled(MoveRefused):
    cs = "Slib je ve stavu „{state_name}“ a nelze: {move_name}. {possible}"
    en = "The promise is “{state_name}” and this cannot be done: {move_name}. {possible}"


class PromiseUnchanged(StandsInTheWay):
    cs = "Oprava nic nemění: slib už takový je."
    en = "The correction changes nothing: the promise is like that already."


class DueBeforePromised(Invalid):
    cs = "Termín slibu {due_on} předchází dni, kdy padl ({promised_on})."
    en = "The promise is due on {due_on}, before it was made ({promised_on})."


class SettledBeforePromised(Invalid):
    cs = "Den {settled_on} předchází dni, kdy slib padl ({promised_on})."
    en = "The day {settled_on} comes before the promise was made ({promised_on})."


class PromiserNotOfTheSide(Invalid):
    cs = "Za Agenturu slibuje její pracovník („person“), za celek jeho kontakt („contact_id“)."
    en = "For the Agency its staff promises (“person”), for the unit one of its contacts (“contact_id”)."


class PromiseSide(StrEnum):
    AGENCY = "agency"
    UNIT = "unit"


class PromiseStatus(StrEnum):
    OPEN = "open"
    FULFILLED = "fulfilled"
    ABANDONED = "abandoned"


class PromiseMove(StrEnum):
    CORRECT = "correct"
    FULFIL = "fulfil"
    ABANDON = "abandon"


PROCEDURE: Final = Procedure(
    moves={
        PromiseMove.CORRECT: (frozenset({PromiseStatus.OPEN}), PromiseStatus.OPEN),
        PromiseMove.FULFIL: (frozenset({PromiseStatus.OPEN}), PromiseStatus.FULFILLED),
        PromiseMove.ABANDON: (frozenset({PromiseStatus.OPEN}), PromiseStatus.ABANDONED),
    },
    labels={
        PromiseStatus.OPEN: ("otevřený", "open"),
        PromiseStatus.FULFILLED: ("splněný", "fulfilled"),
        PromiseStatus.ABANDONED: ("opuštěný", "abandoned"),
        PromiseMove.CORRECT: ("opravit", "correct"),
        PromiseMove.FULFIL: ("splnit", "fulfil"),
        PromiseMove.ABANDON: ("opustit", "abandon"),
    },
    refusal=PromiseSettled,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What was promised: by the Agency's `person` (subject of tokens) or the unit's `contact_id`."""

    what: str
    side: PromiseSide
    person: str | None
    contact_id: UUID | None
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Pledge):
    """`settled_on` is the day when it was fulfilled or abandoned."""

    id: UUID
    version: int
    correspondence_id: UUID
    promised_on: date
    status: PromiseStatus
    settled_on: date | None
    settlement_note: str


def give(pledge: Pledge, *, id_: UUID, correspondence_id: UUID, promised_on: date, pointer: str) -> Promise:
    """Raise PromiserNotOfTheSide, DueBeforePromised."""
    expect_sound(pledge, promised_on=promised_on, pointer=pointer)
    return Promise(
        what=pledge.what,
        side=pledge.side,
        person=pledge.person,
        contact_id=pledge.contact_id,
        due_on=pledge.due_on,
        id=id_,
        version=1,
        correspondence_id=correspondence_id,
        promised_on=promised_on,
        status=PromiseStatus.OPEN,
        settled_on=None,
        settlement_note="",
    )


def correct(promise: Promise, pledge: Pledge) -> Promise:
    """Raise PromiseSettled, PromiseUnchanged and what `give` raises."""
    status = PROCEDURE.after(promise.status, PromiseMove.CORRECT)
    expect_sound(pledge, promised_on=promise.promised_on, pointer="")
    corrected = replace(
        promise,
        what=pledge.what,
        side=pledge.side,
        person=pledge.person,
        contact_id=pledge.contact_id,
        due_on=pledge.due_on,
        status=status,
        version=promise.version + 1,
    )
    if replace(corrected, version=promise.version) == promise:
        raise PromiseUnchanged(PROCEDURE.facts(promise.status))
    return corrected


def settle(promise: Promise, move: PromiseMove, *, on: date, note: str) -> Promise:
    """Raise PromiseSettled, SettledBeforePromised."""
    status = PROCEDURE.after(promise.status, move)
    if on < promise.promised_on:
        raise SettledBeforePromised(pointer="/on", settled_on=on, promised_on=promise.promised_on)
    return replace(promise, status=status, settled_on=on, settlement_note=note, version=promise.version + 1)


def expect_sound(pledge: Pledge, *, promised_on: date, pointer: str) -> None:
    wrong = pledge.contact_id if pledge.side is PromiseSide.AGENCY else pledge.person
    if wrong is not None:
        field = "contact_id" if pledge.side is PromiseSide.AGENCY else "person"
        raise PromiserNotOfTheSide(pointer=f"{pointer}/{field}")
    if pledge.due_on is not None and pledge.due_on < promised_on:
        raise DueBeforePromised(pointer=f"{pointer}/due_on", due_on=pledge.due_on, promised_on=promised_on)

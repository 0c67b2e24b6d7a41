"""An assessment: its procedure, its members and officers, what it takes from the call."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.calls.domain import Criterion
from registry.commission.domain import Duty, NominatingBody, Seat
from registry.commission.refusals import AlreadyAssesses, NotTheCommissionsOfficer
from shared.procedure import MoveRefused, Procedure, Standing


class Status(StrEnum):
    OPEN = "open"  # otevřené
    CLOSED = "closed"  # uzavřené
    SIGNED = "signed"  # zápis podepsán


class Move(StrEnum):
    DECLARE = "declare"
    SCORE = "score"
    SEAL = "seal"
    RECUSE = "recuse"
    EXCUSE = "excuse"
    REINFORCE = "reinforce"
    DISCUSS = "discuss"
    REVISE = "revise"
    CLOSE = "close"
    SIGN = "sign"


class AssessmentDoesNotMove(MoveRefused):
    cs = "V hodnocení, které je „{state_name}“, nelze: {move_name}. {possible}"
    en = "An assessment that is “{state_name}” does not allow {move_name}. {possible}"


_WHILE_OPEN: Final = (frozenset({Status.OPEN}), Status.OPEN)
PROCEDURE: Procedure[Status, Move] = Procedure(
    moves={
        **dict.fromkeys(list(Move)[:8], _WHILE_OPEN),
        Move.CLOSE: (frozenset({Status.OPEN}), Status.CLOSED),
        Move.SIGN: (frozenset({Status.CLOSED}), Status.CLOSED),
    },
    labels={
        Status.OPEN: ("otevřené", "open"),
        Status.CLOSED: ("uzavřené", "closed"),
        Status.SIGNED: ("podepsané", "signed"),
        Move.DECLARE: ("prohlásit střet zájmů", "to declare on a conflict of interest"),
        Move.SCORE: ("hodnotit", "to score"),
        Move.SEAL: ("zapečetit hodnocení", "to seal a score"),
        Move.RECUSE: ("vyloučit člena", "to recuse a member"),
        Move.EXCUSE: ("zapsat nehodnotícího člena", "to record a member as not scoring"),
        Move.REINFORCE: ("doplnit člena", "to add a member"),
        Move.DISCUSS: ("zapsat projednání", "to record a discussion"),
        Move.REVISE: ("změnit hodnocení po odkrytí", "to change a score after the reveal"),
        Move.CLOSE: ("uzavřít", "to close"),
        Move.SIGN: ("podepsat zápis", "to sign the minutes"),
    },
    refusal=AssessmentDoesNotMove,
)


class Officer(StrEnum):
    CHAIR = "chair"
    SECRETARY = "secretary"
    DIRECTOR = "director"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    person: str
    person_name: str
    body: NominatingBody
    is_chair: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`quorum`: how many scores an application needs; `spread_alarm`: in points of the weighted total."""

    id: UUID
    version: int
    call_id: UUID
    commission_id: UUID
    status: Status
    opened_on: date
    closed_on: date | None = None
    quorum: int
    spread_alarm: Decimal
    criteria: tuple[Criterion, ...]
    minimum_points: Decimal
    capacity: int | None
    secretary: str
    secretary_name: str
    assessors: tuple[Assessor, ...] = field(default=())

    @property
    def chair(self) -> str:
        return next(each.person for each in self.assessors if each.is_chair)

    @property
    def facts(self) -> Standing:
        return PROCEDURE.facts(self.status)

    @property
    def allowed_moves(self) -> list[Move]:
        return PROCEDURE.allowed(self.status)

    def expect(self, move: Move) -> None:
        """Raise AssessmentDoesNotMove (409) where the move is not possible any more."""
        PROCEDURE.after(self.status, move)

    def moved(self) -> "Assessment":
        return replace(self, version=self.version + 1)


def expect_officer(assessment: Assessment, person: str, *allowed: Officer, is_director: bool = False) -> None:
    """Raise NotTheCommissionsOfficer (403) unless the person is one of those who may."""
    held = {Officer.CHAIR: assessment.chair, Officer.SECRETARY: assessment.secretary}
    if any(held.get(officer) == person for officer in allowed):
        return
    if not (is_director and Officer.DIRECTOR in allowed):
        raise NotTheCommissionsOfficer(duties=", ".join(allowed))


def assessor_on(seat: Seat) -> Assessor:
    return Assessor(
        person=seat.person, person_name=seat.person_name, body=seat.body, is_chair=seat.duty is Duty.CHAIR
    )


def take_part(assessment: Assessment, seat: Seat) -> Assessment:
    """Take in who sits on the seat: as one more member, as the chair or as the secretary from now on.

    Raises AlreadyAssesses; the secretary never scores, nor becomes one who does.
    """
    there = any(each.person == seat.person for each in assessment.assessors)
    takes_the_chair = seat.duty is Duty.CHAIR and assessment.chair != seat.person
    if seat.person == assessment.secretary or (there and not takes_the_chair):
        raise AlreadyAssesses(standing=assessment.facts, rule="take-part-once")
    if seat.duty is Duty.SECRETARY:
        return replace(assessment.moved(), secretary=seat.person, secretary_name=seat.person_name)
    others = [each for each in assessment.assessors if each.person != seat.person]
    if takes_the_chair:
        others = [replace(each, is_chair=False) for each in others]
    return replace(assessment.moved(), assessors=(*others, assessor_on(seat)))

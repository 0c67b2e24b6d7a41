"""A commission, its seats in time, and who may not sit beside whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Invalid, NotFound, RuleBroken


class NominatingBody(StrEnum):
    """The seven bodies that nominate members (rozhodnutí ministra č. 25/2021)."""

    MSMT = "MSMT"
    MPSV = "MPSV"
    URAD_VLADY = "URAD_VLADY"
    SMO_CR = "SMO_CR"
    AK_CR = "AK_CR"
    SMS_CR = "SMS_CR"
    MMR = "MMR"


class Duty(StrEnum):
    MEMBER = "member"  # člen
    CHAIR = "chair"  # předseda; scores as a member
    SECRETARY = "secretary"  # tajemník; of the Agency, never scores


BODIES: Final = {
    NominatingBody.MSMT: (
        "Ministerstvo školství, mládeže a tělovýchovy",
        "Ministry of Education, Youth and Sports",
    ),
    NominatingBody.MPSV: ("Ministerstvo práce a sociálních věcí", "Ministry of Labour and Social Affairs"),
    NominatingBody.URAD_VLADY: (
        "Úřad vlády České republiky",
        "Office of the Government of the Czech Republic",
    ),
    NominatingBody.SMO_CR: (
        "Svaz měst a obcí České republiky",
        "Union of Towns and Municipalities of the Czech Republic",
    ),
    NominatingBody.AK_CR: ("Asociace krajů České republiky", "Association of Regions of the Czech Republic"),
    NominatingBody.SMS_CR: (
        "Sdružení místních samospráv České republiky",
        "Association of Local Governments of the Czech Republic",
    ),
    NominatingBody.MMR: ("Ministerstvo pro místní rozvoj", "Ministry of Regional Development"),
}
"""Czech and English names, as the bodies call themselves."""
ONE_AT_A_TIME: Final = frozenset({Duty.CHAIR, Duty.SECRETARY})


class CommissionUnknown(NotFound):
    cs = "Taková hodnoticí komise v registru není."
    en = "There is no such commission."


class SeatUnknown(NotFound):
    cs = "Takové místo v komisi není."
    en = "There is no such seat in the commission."


class SeatEndsBeforeItStarts(Invalid):
    cs = "Konec {ends_on} předchází začátku {starts_on}."
    en = "The end {ends_on} comes before the start {starts_on}."


class SeatOutsideCommission(RuleBroken):
    cs = "Komise působí od {starts_on} do {ends_on}; místo v ní nemůže trvat jindy."
    en = "The commission works from {starts_on} until {ends_on}; a seat cannot last at another time."


class PersonSeatedAlready(RuleBroken):
    cs = "Tato osoba v komisi v té době už sedí (od {other_from}, konec: {other_until})."
    en = "This person sits in the commission at that time already (from {other_from}, end: {other_until})."


class DutyTaken(RuleBroken):
    cs = "Tuto funkci v té době už někdo má (od {other_from}, konec: {other_until})."
    en = "Somebody has this duty at that time already (from {other_from}, end: {other_until})."


class SecretaryNotOfTheMinistry(Invalid):
    cs = "Tajemník je osoba Agentury, tedy Ministerstva pro místní rozvoj."
    en = "The secretary is a person of the Agency, that is of the Ministry of Regional Development."


class SeatEndedAlready(RuleBroken):
    cs = "Místo skončilo {ends_on}."
    en = "The seat ended on {ends_on}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """`person` is the subject of the person's tokens; `ends_on` is the last day."""

    id: UUID
    person: str
    person_name: str
    body: NominatingBody
    duty: Duty
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day <= (self.ends_on or date.max)

    def overlaps(self, other: "Seat") -> bool:
        return self.starts_on <= (other.ends_on or date.max) and other.starts_on <= (self.ends_on or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """`established_by` says by which decision, as it is cited."""

    id: UUID
    version: int
    established_by: str
    starts_on: date
    ends_on: date | None
    seats: tuple[Seat, ...] = ()

    def seated_on(self, day: date) -> list[Seat]:
        """Return who sits on the day; nobody once the commission itself is over."""
        works = self.starts_on <= day <= (self.ends_on or date.max)
        return [seat for seat in self.seats if works and seat.holds_on(day)]


def establish(*, id: UUID, established_by: str, starts_on: date, ends_on: date | None) -> Commission:  # noqa: A002
    """Return a commission without seats; raises SeatEndsBeforeItStarts where the days are reversed."""
    _expect_order(starts_on, ends_on)
    return Commission(id=id, version=1, established_by=established_by, starts_on=starts_on, ends_on=ends_on)


def take_seat(commission: Commission, seat: Seat) -> Commission:
    """Add a seat: a person once at a time, one chair and one secretary at a time."""
    _expect_order(seat.starts_on, seat.ends_on)
    if seat.duty is Duty.SECRETARY and seat.body is not NominatingBody.MMR:
        raise SecretaryNotOfTheMinistry(pointer="/body")
    _expect_within(seat, commission)
    _expect_free(seat, commission.seats)
    return replace(commission, version=commission.version + 1, seats=(*commission.seats, seat))


def leave_seat(commission: Commission, seat_id: UUID, on: date) -> tuple[Commission, Seat]:
    """End a seat on its last day; a replacement takes a seat from the next one."""
    seat = next((each for each in commission.seats if each.id == seat_id), None)
    if seat is None:
        raise SeatUnknown
    if seat.ends_on is not None and seat.ends_on <= on:
        raise SeatEndedAlready(ends_on=seat.ends_on)
    _expect_order(seat.starts_on, on)
    left = replace(seat, ends_on=on)
    _expect_within(left, commission)
    seats = tuple(left if each.id == seat_id else each for each in commission.seats)
    return replace(commission, version=commission.version + 1, seats=seats), left


def _expect_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise SeatEndsBeforeItStarts(pointer="/ends_on", starts_on=starts_on, ends_on=ends_on)


def _expect_within(seat: Seat, commission: Commission) -> None:
    last = commission.ends_on or date.max
    if seat.starts_on < commission.starts_on or seat.starts_on > last or (seat.ends_on or last) > last:
        raise SeatOutsideCommission(starts_on=commission.starts_on, ends_on=commission.ends_on or "–")


def _expect_free(seat: Seat, others: Iterable[Seat]) -> None:
    for other in others:
        if not other.overlaps(seat):
            continue
        since, until = other.starts_on, other.ends_on or "–"
        if other.person == seat.person:
            raise PersonSeatedAlready(other_from=since, other_until=until)
        if seat.duty in ONE_AT_A_TIME and other.duty is seat.duty:
            raise DutyTaken(duty=seat.duty.value, other_from=since, other_until=until)

"""An entry of the journal: what was decided, on which day, and who may read it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.errors import Forbidden, Invalid, RuleBroken


class Subject(StrEnum):
    """What decisions are made on; the tables have the same names."""

    CALL = "call"
    APPLICATION = "application"
    COMMISSION = "commission"
    ASSESSMENT = "assessment"
    MEMORANDUM = "memorandum"
    DESCRIPTION = "description"
    COOPERATION = "cooperation"
    STATEMENT = "statement"
    ACTIVITY = "activity"
    CONTACT = "contact"
    CORRESPONDENCE = "correspondence"
    PROMISE = "promise"
    ASSIGNMENT = "assignment"
    HANDOVER = "handover"


class Audience(StrEnum):
    """Who may read an entry: the Agency alone, the unit too, or everybody."""

    AGENCY = "agency"
    PARTIES = "parties"
    PUBLIC = "public"


class DecidedInTheFuture(Invalid):
    cs = "Den {decided_on} ještě nenastal."
    en = "The day {decided_on} has not come yet."


class DecidedBeforeTheLast(RuleBroken):
    cs = "Den {decided_on} předchází poslednímu rozhodnutí ve věci ({last_on})."
    en = "The day {decided_on} comes before the last decision in this matter ({last_on})."


class OnlyTheAgencyBackdates(Forbidden):
    cs = "Zpětně ({decided_on}) zapisuje jen Agentura; ostatní rozhodují ke dni zápisu."
    en = "Only the Agency writes down past days ({decided_on}); others decide on the day of writing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`before` and `after` are the subject itself, a dataclass; `before` is None where it begins."""

    subject: Subject
    subject_id: UUID
    version: int
    unit_id: UUID | None
    audience: Audience
    action: str
    decided_on: date
    reason: str = ""
    before: object | None
    after: object


def expect_in_order(on: date, *, last_on: date | None, today: date) -> None:
    """Raise DecidedInTheFuture or DecidedBeforeTheLast: days of decisions follow each other."""
    if on > today:
        raise DecidedInTheFuture(pointer="/on", decided_on=on)
    if last_on is not None and on < last_on:
        raise DecidedBeforeTheLast(decided_on=on, last_on=last_on)

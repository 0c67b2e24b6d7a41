"""An entry of the journal: what was decided, on which day, and who may read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, Self, TypeVar, runtime_checkable
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


class Numbered(Protocol):
    """What decisions are made on: each of them makes its next version."""

    @property
    def id(self) -> UUID: ...

    @property
    def version(self) -> int: ...


@runtime_checkable
class OfOneUnit(Protocol):
    @property
    def unit_id(self) -> UUID: ...


Thing = TypeVar("Thing", bound=Numbered)


def _itself(thing: object) -> object:
    return thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`before` and `after` are what is kept of the subject, dataclasses; `before` is None where it begins."""

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

    @classmethod
    def on(  # noqa: PLR0913 - what an entry is made of
        cls,
        subject: Subject,
        before: Thing | None,
        after: Thing,
        *,
        audience: Audience,
        action: str,
        day: date,
        reason: str = "",
        unit_id: UUID | None = None,
        kept: Callable[[Thing], object] = _itself,
    ) -> Self:
        """Return the decision that made `after` of `before`.

        `unit_id`: whose people are parties, where the subject does not say it; `kept`: what of it is kept.
        """
        if unit_id is None and isinstance(after, OfOneUnit):
            unit_id = after.unit_id
        return cls(
            subject=subject,
            subject_id=after.id,
            version=after.version,
            unit_id=unit_id,
            audience=audience,
            action=action,
            decided_on=day,
            reason=reason,
            before=None if before is None else kept(before),
            after=kept(after),
        )


def expect_in_order(on: date, *, last_on: date | None, today: date) -> None:
    """Raise DecidedInTheFuture or DecidedBeforeTheLast: days of decisions follow each other."""
    if on > today:
        raise DecidedInTheFuture(pointer="/on", decided_on=on)
    if last_on is not None and on < last_on:
        raise DecidedBeforeTheLast(decided_on=on, last_on=last_on)

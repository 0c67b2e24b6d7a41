"""A decision of a meeting: its number in the year, the vote, who does it and until when."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from planning.decisions.refusals import (
    DecisionSettled,
    DueBeforeDecided,
    SettledBeforeDecided,
    SettledInFuture,
)


class DecisionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    votes_for: int
    votes_against: int
    abstained: int

    @property
    def total(self) -> int:
        return self.votes_for + self.votes_against + self.abstained


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What was decided; `votes` None: nobody was against and nobody counted."""

    text: str
    votes: Votes | None
    responsible: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    id: UUID
    version: int
    meeting_id: UUID
    body_id: UUID
    year: int
    ordinal: int
    wording: Wording
    status: DecisionStatus = DecisionStatus.OPEN
    settled_on: date | None = None
    settlement_note: str = ""

    @property
    def number(self) -> str:
        return f"{self.ordinal}/{self.year}"


def expect_wording(wording: Wording, *, decided_on: date) -> Wording:
    if wording.due_on is not None and wording.due_on < decided_on:
        raise DueBeforeDecided(pointer="/due_on", decided_on=decided_on, due_on=wording.due_on)
    return wording


def word_anew(decision: Decision, wording: Wording, *, decided_on: date) -> Decision:
    """Correct a decision while the minutes are being written; the number stays."""
    expect_wording(wording, decided_on=decided_on)
    return replace(decision, wording=wording, version=decision.version + 1)


def settle(
    decision: Decision, status: DecisionStatus, *, settled_on: date, note: str, days: tuple[date, date]
) -> Decision:
    """Say that it is done, or that it will not be; `days` are those of the decision and of today."""
    if decision.settled_on is not None:
        raise DecisionSettled(settled_on=decision.settled_on)
    decided_on, today = days
    if settled_on > today:
        raise SettledInFuture(pointer="/settled_on", settled_on=settled_on)
    if settled_on < decided_on:
        raise SettledBeforeDecided(pointer="/settled_on", decided_on=decided_on)
    return replace(
        decision,
        status=status,
        settled_on=settled_on,
        settlement_note=note,
        version=decision.version + 1,
    )

"""The word of an owner or a partner on a measure, and how long it holds."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from planning.commitments.refusals import (
    AnswerWithoutReason,
    NothingToWithdraw,
    PartyNotYours,
    PartyUnknown,
)
from planning.plans.tree import Measure, Problem, walk


class Side(StrEnum):
    OWNER = "owner"  # realizátor
    PARTNER = "partner"  # spolupracující


class Word(StrEnum):
    """What was said."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"  # the plan does not name the party there any more; nobody says it, a revision does


class Standing(StrEnum):
    """What holds: nothing was said yet, a word, or an acceptance that grew too old."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation or an office as the plan names it, on one side of a measure."""

    measure_id: UUID
    side: Side
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One word of a party. Words are never changed; `version` counts them from 1."""

    party: Party
    version: int
    word: Word
    decided_on: date
    decided_by: str
    affiliation: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who answers. A partner speaks for its own organisation, and for those that it stands in for today.

    A coordinator speaks for all of the town.
    """

    id: str
    affiliation: str
    for_all: bool
    stands_in_for: Collection[str] = ()


def parties_of(problems: tuple[Problem, ...]) -> Iterator[Party]:
    """Yield owners and partners of all measures, in the order of reading."""
    for placed in walk(problems):
        node = placed.node
        if isinstance(node, Measure):
            if node.owner:
                yield Party(measure_id=node.id, side=Side.OWNER, name=node.owner)
            for name in dict.fromkeys(node.partners):
                yield Party(measure_id=node.id, side=Side.PARTNER, name=name)


def answer(
    party: Party,
    word: Word,
    *,
    asked: Collection[Party],
    last: Commitment | None,
    speaker: Speaker,
    said: tuple[date, str],
) -> Commitment:
    """Return the word of a party; `said` is the day and the note.

    Raises `PartyUnknown`, `PartyNotYours`, `NothingToWithdraw`, `AnswerWithoutReason`.
    """
    if party not in asked:
        raise PartyUnknown(party=party.name, pointer="/party")
    own = {speaker.affiliation, *speaker.stands_in_for}
    if not speaker.for_all and party.name not in own:
        raise PartyNotYours(party=party.name)
    if word is Word.WITHDRAWN and (last is None or last.word is not Word.ACCEPTED):
        raise NothingToWithdraw(party=party.name)
    if word is not Word.ACCEPTED and not said[1]:
        raise AnswerWithoutReason(pointer="/note")
    return Commitment(
        party=party,
        version=1 if last is None else last.version + 1,
        word=word,
        decided_on=said[0],
        decided_by=speaker.id,
        affiliation=speaker.affiliation,
        note=said[1],
    )


def standing(last: Commitment | None, *, valid_from: date, lapse_after_months: int) -> Standing:
    """Return what holds of a party's last word: an acceptance lapses so many months before validity."""
    if last is None:
        return Standing.PROPOSED
    too_old = last.decided_on < months_before(valid_from, lapse_after_months)
    if last.word is Word.ACCEPTED and too_old:
        return Standing.LAPSED
    return Standing(last.word)


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def without_owner(standings: Mapping[Party, Standing]) -> dict[UUID, bool]:
    """Return the measures whose owner has not accepted, and whether that word was there and is gone."""
    gone = {Standing.DECLINED, Standing.WITHDRAWN, Standing.LAPSED, Standing.ENDED}
    return {
        party.measure_id: held in gone
        for party, held in standings.items()
        if party.side is Side.OWNER and held is not Standing.ACCEPTED
    }

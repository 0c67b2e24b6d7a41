"""What hangs on an official board, from when and until when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from shared.errors import Forbidden, Invalid, NotFound, RuleBroken

LONGEST: Final = timedelta(days=366)
"""A posting that is to hang longer is a mistake of the year."""
_DIGITS: Final = re.compile(r"\d{8}", re.ASCII)


class PostingState(StrEnum):
    PLANNED = "planned"  # bude vyvěšeno
    HANGING = "hanging"  # vyvěšeno
    OVER = "over"  # lhůta uplynula
    TAKEN_DOWN = "taken-down"  # sejmuto


class BoardUnknown(NotFound):
    cs = "Úřední deska neexistuje."
    en = "There is no such board."


class PostingUnknown(NotFound):
    cs = "Na desce takový dokument není."
    en = "There is no such posting."


class BoardTaken(RuleBroken):
    cs = "Deska s kódem „{code}“ nebo pro tento celek už existuje."
    en = "There is a board with the code “{code}”, or for this unit, already."


class BoardNotYours(Forbidden):
    cs = "Vyvěšovat můžete jen na desku celku, ke kterému patříte."
    en = "You may post only on the board of a unit that you belong to."


class IcoInvalid(Invalid):
    cs = "IČO {ico} nemá správnou kontrolní číslici."
    en = "The IČO {ico} has a wrong check digit."


class VersionNotPublic(RuleBroken):
    cs = "Vyvěsit lze jen zveřejněnou verzi dokumentu, verze {number} zveřejněna není."
    en = "Only a published version of a document can be posted; version {number} is not published."


class AlreadyPosted(RuleBroken):
    cs = "Tato verze v těch dnech na desce už visí."
    en = "This version hangs on the board in those days already."


class RemovalBeforePosting(Invalid):
    cs = "Sejmutí {remove_on} předchází vyvěšení {posted_on}."
    en = "Removal on {remove_on} comes before posting on {posted_on}."


class PostedTooLong(Invalid):
    cs = "Vyvěšení by trvalo déle než rok: zkontrolujte den sejmutí {remove_on}."
    en = "The posting would last more than a year: look at the day of removal, {remove_on}."


class PostedInThePast(Invalid):
    cs = "Den vyvěšení {posted_on} už minul: na desce dokument nevisel."
    en = "The day of posting, {posted_on}, is past: the document did not hang then."


class NotHanging(RuleBroken):
    cs = "Sejmout lze jen to, co visí nebo viset má; tady je stav „{state}“."
    en = "Only what hangs or is to hang can be taken down; this is “{state}”."
    words: ClassVar[Mapping[str, tuple[str, str]]] = {
        PostingState.TAKEN_DOWN: ("sejmuto", "taken down"),
        PostingState.OVER: ("lhůta uplynula", "over"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board of a unit, of the Agency where `unit_id` is None; `code` stands in its address."""

    id: UUID
    code: str
    unit_id: UUID | None
    title: str
    operator: str
    operator_ico: str
    page: str | None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A version of a document on a board; `remove_on` is the last day planned, None: not set."""

    id: UUID
    board_id: UUID
    document_id: UUID
    number: int
    posted_on: date
    remove_on: date | None
    created_at: datetime
    created_by: str
    taken_down_on: date | None = None
    reason: str | None = None
    version: int = 1

    def state(self, today: date) -> PostingState:
        if self.taken_down_on is not None:
            return PostingState.TAKEN_DOWN
        if self.posted_on > today:
            return PostingState.PLANNED
        is_over = self.remove_on is not None and self.remove_on < today
        return PostingState.OVER if is_over else PostingState.HANGING


def check_ico(ico: str) -> None:
    """Raise `IcoInvalid` unless the last digit of a Czech company number is right (weights 8–2, mod 11)."""
    if _DIGITS.fullmatch(ico):
        weighted = sum(int(digit) * weight for digit, weight in zip(ico, range(8, 1, -1), strict=False))
        if (11 - weighted % 11) % 10 == int(ico[7]):
            return
    raise IcoInvalid(pointer="/operator_ico", ico=ico)


def check_posting(posting: Posting, *, today: date) -> None:
    """Raise `PostedInThePast`, `RemovalBeforePosting` or `PostedTooLong`."""
    if posting.posted_on < today:
        raise PostedInThePast(pointer="/posted_on", posted_on=posting.posted_on)
    if posting.remove_on is None:
        return
    if posting.remove_on < posting.posted_on:
        raise RemovalBeforePosting(
            pointer="/remove_on", remove_on=posting.remove_on, posted_on=posting.posted_on
        )
    if posting.remove_on - posting.posted_on > LONGEST:
        raise PostedTooLong(pointer="/remove_on", remove_on=posting.remove_on)


def take_down(posting: Posting, *, reason: str, today: date) -> Posting:
    """Take it down; one that was to hang later never did. Raises `NotHanging`."""
    state = posting.state(today)
    if state not in {PostingState.HANGING, PostingState.PLANNED}:
        raise NotHanging(state=state)
    day = max(today, posting.posted_on)
    return replace(posting, taken_down_on=day, reason=reason, version=posting.version + 1)

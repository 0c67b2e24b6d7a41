"""The disposition of a comment (vypořádání): the result, why, and the change that it led to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.comments.refusals import CommentWithdrawn
from planning.plans.difference import Change
from planning.plans.tree import NodeKind
from planning.settlement.refusals import (
    AcceptedWithoutChange,
    ChangesTakenBack,
    JustificationMissing,
    NothingToReopen,
    SettledBeforeItCame,
    SettledInTheFuture,
    SettledWithItsMain,
    SettlementApprovedInFuture,
    SettlementApprovedTooSoon,
    SettlerCannotApprove,
    TimelyCommentsOpen,
)
from shared.errors import Refusal


class Result(StrEnum):
    """What became of a comment (výsledek vypořádání)."""

    ACCEPTED = "accepted"  # akceptováno
    PARTLY = "partly"  # částečně akceptováno
    REJECTED = "rejected"  # neakceptováno
    NOTED = "noted"  # vzato na vědomí


class How(StrEnum):
    """How a node differs from the draft that was commented on."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    HEAD = "head"  # title, vision, units or validity of the plan itself


CHANGING: Final = frozenset({Result.ACCEPTED, Result.PARTLY})
JUSTIFIED: Final = frozenset({Result.PARTLY, Result.REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMade:
    """The change of the draft that a comment led to; `node_id` None is the head of the plan."""

    node_id: UUID | None
    kind: NodeKind | None
    number: str
    title: str
    how: How
    fields: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was decided on a comment; `body_id` names the working group where one decided."""

    result: Result
    justification: str
    settled_on: date
    body_id: UUID | None = None
    change: ChangeMade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """`settled` is None where it was reopened; version 0 is a comment that nobody decided on yet."""

    comment_id: UUID
    consultation_id: UUID
    version: int = 0
    settled: Settled | None = None
    settled_by: str = ""
    settled_for: str = ""


def settle(
    before: Disposition, settled: Settled, *, by: str, affiliation: str, days: tuple[date, date]
) -> Disposition:
    """Decide on a comment, or correct what was decided; `days` are those of the delivery and of today.

    Raises `JustificationMissing`, `AcceptedWithoutChange`, `SettledInTheFuture`, `SettledBeforeItCame`.
    """
    delivered_on, today = days
    if settled.result in JUSTIFIED and not settled.justification:
        raise JustificationMissing(pointer="/justification")
    expect_change(settled.result, is_named=settled.change is not None)
    if settled.settled_on > today:
        raise SettledInTheFuture(settled_on=settled.settled_on, pointer="/settled_on")
    if settled.settled_on < delivered_on:
        raise SettledBeforeItCame(delivered_on=delivered_on, pointer="/settled_on")
    return replace(
        before, version=before.version + 1, settled=settled, settled_by=by, settled_for=affiliation
    )


def expect_change(result: Result, *, is_named: bool) -> None:
    """Raise `AcceptedWithoutChange` unless a change is named where, and only where, there must be one."""
    if (result in CHANGING) != is_named:
        raise AcceptedWithoutChange(pointer="/change")


def reopen(before: Disposition, *, by: str, affiliation: str) -> Disposition:
    """Take the decision back: the comment waits again, the history stays. Raises `NothingToReopen`."""
    if before.settled is None:
        raise NothingToReopen
    return replace(before, version=before.version + 1, settled=None, settled_by=by, settled_for=affiliation)


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A comment as its settlement sees it; `main` are the id and number of the one it is settled with."""

    comment_id: UUID
    number: int
    is_timely: bool
    delivered_on: date
    withdrawn_on: date | None
    main: tuple[UUID, int] | None
    node_id: UUID | None

    @property
    def decided_as(self) -> UUID:
        """The id of the comment whose disposition counts."""
        return self.main[0] if self.main else self.comment_id


def expect_in_hand(comment: InHand) -> InHand:
    """Raise `CommentWithdrawn`, `SettledWithItsMain`."""
    if comment.withdrawn_on is not None:
        raise CommentWithdrawn(number=comment.number, withdrawn_on=comment.withdrawn_on)
    if comment.main is not None:
        raise SettledWithItsMain(number=comment.number, main=comment.main[1])
    return comment


def open_numbers(comments: Iterable[InHand], dispositions: Mapping[UUID, Disposition]) -> list[int]:
    """Return the numbers of timely comments that nobody decided on; a duplicate is decided with the main."""
    return [
        each.number
        for each in comments
        if each.is_timely and each.withdrawn_on is None and result_of(each.decided_as, dispositions) is None
    ]


def result_of(comment_id: UUID, dispositions: Mapping[UUID, Disposition]) -> Result | None:
    found = dispositions.get(comment_id)
    return found.settled.result if found is not None and found.settled is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many comments ended how; duplicates count with the result of the main one."""

    accepted: int = 0
    partly: int = 0
    rejected: int = 0
    noted: int = 0
    withdrawn: int = 0
    unsettled: int = 0


def counts_of(comments: Iterable[InHand], dispositions: Mapping[UUID, Disposition]) -> Counts:
    found = dict.fromkeys(Counts.__slots__, 0)
    for each in comments:
        result = result_of(each.decided_as, dispositions)
        outcome = result.value if result else "unsettled"
        found["withdrawn" if each.withdrawn_on else outcome] += 1
    return Counts(**found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Which body approved the settlement, most often the management team, and when."""

    body: str
    approved_on: date
    note: str = ""


def approve(
    comments: Sequence[InHand],
    dispositions: Mapping[UUID, Disposition],
    approval: Approval,
    *,
    standing: frozenset[UUID],
    by: str,
    today: date,
) -> Counts:
    """Approve the settlement; `standing` are the comments whose changes are still in the draft.

    Raises `TimelyCommentsOpen`, `SettlerCannotApprove`, `ChangesTakenBack`,
    `SettlementApprovedInFuture`, `SettlementApprovedTooSoon`.
    """
    waiting = open_numbers(comments, dispositions)
    if waiting:
        raise TimelyCommentsOpen(open=len(waiting), numbers=first_of(waiting))
    decided = [each for each in dispositions.values() if each.settled is not None]
    if by in {each.settled_by for each in decided}:
        raise SettlerCannotApprove
    gone = [
        each.number
        for each in comments
        if each.withdrawn_on is None
        and each.main is None
        and result_of(each.comment_id, dispositions) in CHANGING
        and each.comment_id not in standing
    ]
    if gone:
        raise ChangesTakenBack(numbers=first_of(gone))
    if approval.approved_on > today:
        raise SettlementApprovedInFuture(approved_on=approval.approved_on, pointer="/approved_on")
    last = max((each.settled.settled_on for each in decided if each.settled), default=approval.approved_on)
    if approval.approved_on < last:
        raise SettlementApprovedTooSoon(last=last, pointer="/approved_on")
    return counts_of(comments, dispositions)


def first_of(numbers: Sequence[int], *, shown: int = 10) -> str:
    """Return the first numbers as a list for people, the rest as an ellipsis."""
    listed = ", ".join(map(str, sorted(numbers)[:shown]))
    return f"{listed}, …" if len(numbers) > shown else listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one comment of many; `refusal` says why nothing did."""

    number: int
    refusal: Refusal | None

"""The disposition of a comment (vypořádání): the result, why, and the change that it led to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.plans.difference import Change
from planning.plans.tree import NodeKind
from planning.settlement.refusals import (
    AcceptedWithoutChange,
    JustificationMissing,
    NothingToReopen,
    SettledBeforeItCame,
    SettledInTheFuture,
)


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
    if (settled.result in CHANGING) != (settled.change is not None):
        raise AcceptedWithoutChange(pointer="/change")
    if settled.settled_on > today:
        raise SettledInTheFuture(settled_on=settled.settled_on, pointer="/settled_on")
    if settled.settled_on < delivered_on:
        raise SettledBeforeItCame(delivered_on=delivered_on, pointer="/settled_on")
    return replace(
        before, version=before.version + 1, settled=settled, settled_by=by, settled_for=affiliation
    )


def reopen(before: Disposition, *, by: str, affiliation: str) -> Disposition:
    """Take the decision back: the comment waits again, the history stays. Raises `NothingToReopen`."""
    if before.settled is None:
        raise NothingToReopen
    return replace(before, version=before.version + 1, settled=None, settled_by=by, settled_for=affiliation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A comment as the settlement counts it; `settled_with` is the number of the main one."""

    comment_id: UUID
    number: int
    is_timely: bool
    is_withdrawn: bool
    main_id: UUID | None


def open_numbers(comments: Iterable[Waiting], dispositions: Mapping[UUID, Disposition]) -> list[int]:
    """Return the numbers of timely comments that nobody decided on; a duplicate is decided with the main."""
    return [
        each.number
        for each in comments
        if each.is_timely
        and not each.is_withdrawn
        and result_of(each.main_id or each.comment_id, dispositions) is None
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


def counts_of(comments: Iterable[Waiting], dispositions: Mapping[UUID, Disposition]) -> Counts:
    found = dict.fromkeys(Counts.__slots__, 0)
    for each in comments:
        result = result_of(each.main_id or each.comment_id, dispositions)
        name = "withdrawn" if each.is_withdrawn else (result.value if result else "unsettled")
        found[name] += 1
    return Counts(**found)

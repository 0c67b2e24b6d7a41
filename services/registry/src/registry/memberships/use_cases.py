"""What is done with memberships: begin one, end one, take over what a file says of thousands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from registry.memberships import domain, line_repository
from registry.memberships.domain import GroupUnknown, Membership, MemberUnknown
from registry.units.places import Place
from shared.errors import Refusal
from shared.transaction import Transaction

BY_HAND = "by-hand"


class MembershipTold(NamedTuple):
    """What a file says: from this day the unit belongs to the group; None: it says nothing of an end."""

    unit_id: UUID
    group_id: UUID
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipsSet:
    """How many memberships began and got other ends; rows refused by their place among those given."""

    begun: int
    changed: int
    refused: dict[int, Refusal]


async def add_membership(
    tx: Transaction, *, unit_id: UUID, group_id: UUID, valid_from: date, valid_until: date | None
) -> Membership:
    """Raise why the two cannot belong together then: kinds, days, another membership at that time."""
    places = await line_repository.lock_units(tx.session, {unit_id, group_id})
    told = _told(MembershipTold(unit_id, group_id, valid_from, valid_until), places, BY_HAND)
    known = await line_repository.of_units(tx.session, [unit_id])
    begun = domain.add(told, places[unit_id], places[group_id], known)
    await line_repository.replace(tx.session, gone=[], new=[begun], now=tx.now)
    return begun


async def end_membership(tx: Transaction, *, unit_id: UUID, group_id: UUID, last_day: date) -> Membership:
    """Set the last day of the membership that holds on it; raises NoMemberThen."""
    await line_repository.lock_units(tx.session, {unit_id, group_id})
    known = await line_repository.of_units(tx.session, [unit_id])
    ended = domain.end(known, group_id, last_day)
    before = [each for each in known if _key(each) == _key(ended)]
    await line_repository.replace(tx.session, gone=before, new=[ended], now=tx.now)
    return ended


async def set_memberships(
    tx: Transaction,
    rows: Sequence[MembershipTold],
    *,
    source: str,
    dry_run: bool = False,
    only_where_none: bool = False,
) -> MembershipsSet:
    """Take over what a file says of memberships, set-based; the same rows again change nothing.

    What a row means for what is known: `domain.settle`. A row that cannot be is refused and leaves the
    others as they are; whether they stay is for the caller to decide. A dry run writes nothing.
    `only_where_none`: rows of units that have a POÚ (or were in the association) already say nothing.
    """
    concerned = {id_ for row in rows for id_ in (row.unit_id, row.group_id)}
    places = await line_repository.lock_units(tx.session, concerned)
    known = await line_repository.of_units(tx.session, {row.unit_id for row in rows})
    lines: dict[object, list[Membership]] = defaultdict(list)
    for each in known:
        lines[each.line].append(each)
    settled_before = frozenset(lines) if only_where_none else frozenset()
    refused: dict[int, Refusal] = {}
    accepted: dict[object, list[Membership]] = defaultdict(list)
    for position in sorted(range(len(rows)), key=lambda at: rows[at].valid_from):
        try:
            told = _told(rows[position], places, source)
            if told.line in settled_before:
                continue
            until = _expect_possible(told, places)
            domain.expect_consistent(told, accepted[told.line])
        except Refusal as refusal:
            refused[position] = refusal
        else:
            accepted[told.line].append(told)
            lines[told.line] = domain.settle(lines[told.line], told, at_most_until=until)
    settled = [each for line in lines.values() for each in line]
    gone, new = _difference(known, settled)
    if not dry_run:
        await line_repository.replace(tx.session, gone=gone, new=new, now=tx.now)
    changed = len({_key(each) for each in gone} & {_key(each) for each in new})
    return MembershipsSet(begun=len(new) - changed, changed=changed, refused=refused)


def _told(row: MembershipTold, places: dict[UUID, Place], source: str) -> Membership:
    if row.unit_id not in places:
        raise MemberUnknown(pointer="/unit_id")
    if row.group_id not in places:
        raise GroupUnknown(pointer="/group_id")
    return Membership(
        unit_id=row.unit_id,
        group_id=row.group_id,
        group_kind=places[row.group_id].kind,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=source,
    )


def _expect_possible(told: Membership, places: dict[UUID, Place]) -> date | None:
    """Return the last day that an open membership can have."""
    unit, group = places[told.unit_id], places[told.group_id]
    until = domain.last_common_day(unit.last_day, group.last_day)
    domain.expect_membership(replace(told, valid_until=told.valid_until or until), unit, group)
    return until


def _difference(
    known: Iterable[Membership], settled: Iterable[Membership]
) -> tuple[list[Membership], list[Membership]]:
    """Return the rows that are no more and those that are new."""
    before, after = set(known), set(settled)
    return list(before - after), list(after - before)


def _key(membership: Membership) -> tuple[UUID, UUID, date]:
    return membership.unit_id, membership.group_id, membership.valid_from

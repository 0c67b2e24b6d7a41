"""Membership of a unit in a group: who may belong to what, when, and what a new statement changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from registry.units.places import Place
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, NotFound, RuleBroken

MAY_GATHER: Mapping[UnitKind, frozenset[UnitKind]] = {
    UnitKind.POU: frozenset({UnitKind.MUNICIPALITY}),
    UnitKind.MUNICIPALITY_ASSOCIATION: frozenset({UnitKind.MUNICIPALITY}),
    UnitKind.LOCAL_ACTION_GROUP: frozenset({UnitKind.MUNICIPALITY, UnitKind.CITY_PART}),
    UnitKind.OTHER_ASSOCIATION: frozenset(
        {
            UnitKind.MUNICIPALITY,
            UnitKind.CITY_PART,
            UnitKind.MUNICIPALITY_ASSOCIATION,
            UnitKind.LOCAL_ACTION_GROUP,
        }
    ),
}
"""Kinds of group and whom each may have as members. All else belongs by the parent of the unit."""
ONE_AT_A_TIME = frozenset({UnitKind.POU})
"""Kinds of group of which a unit has one on each day."""
MOST_IN_A_LINE = 300
"""So many statements of one file may lie on one line: each is compared with the others."""
_DAY = timedelta(days=1)


class MemberUnknown(Invalid):
    cs = "Člen v registru není."
    en = "The member is not in the registry."


class GroupUnknown(Invalid):
    cs = "Celek, do kterého má člen patřit, v registru není."
    en = "The unit that the member should belong to is not in the registry."


class GroupOfWrongKind(Invalid):
    cs = "Celek druhu {kind} nemůže být členem celku druhu {group_kind}; přípustné: {allowed}."
    en = "A {kind} cannot be a member of a {group_kind}; allowed: {allowed}."


class MembershipEndsBeforeItBegins(Invalid):
    cs = "Konec členství {ends_on} předchází začátku {starts_on}."
    en = "The end of the membership {ends_on} comes before its beginning {starts_on}."


class MembersDoNotExistThen(RuleBroken):
    cs = "Členství nelze vést od {starts_on} do {ends_on}: člen existuje {unit_days}, celek {group_days}."
    en = (
        "There can be no membership from {starts_on} until {ends_on}: "
        "the member exists {unit_days}, the group {group_days}."
    )


class MembershipOverlaps(RuleBroken):
    cs = "Členství v témže celku v té době už trvá (od {other_from} do {other_until})."
    en = "A membership in the same group lasts at that time already (from {other_from} until {other_until})."


class BelongsToAnotherPou(RuleBroken):
    cs = "Obec v té době patří pod jiný pověřený obecní úřad (od {other_from} do {other_until})."
    en = "The municipality belongs to another POÚ at that time (from {other_from} until {other_until})."


class TooManyMemberships(Invalid):
    cs = "Soubor uvádí o témže členu a celku příliš mnoho členství (nejvýš {limit})."
    en = "The file tells of too many memberships of one member in one group ({limit} at most)."


class FileContradictsItself(Invalid):
    cs = "Soubor v téže době uvádí jiné členství (od {other_from} do {other_until})."
    en = "The file tells of another membership at that time (from {other_from} until {other_until})."


class NoMemberThen(NotFound):
    cs = "Dne {last_day} takové členství netrvalo."
    en = "There was no such membership on {last_day}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A unit belongs to a group from a first day to a last day; None means that no end is known."""

    unit_id: UUID
    group_id: UUID
    group_kind: UnitKind
    valid_from: date
    valid_until: date | None
    source: str

    @property
    def line(self) -> tuple[UUID, UUID | None]:
        """Return what the membership shares with those that it may not overlap."""
        return self.unit_id, None if self.group_kind in ONE_AT_A_TIME else self.group_id

    @property
    def last_day(self) -> date:
        return self.valid_until or date.max

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.last_day

    def overlaps(self, other: "Membership") -> bool:
        return self.valid_from <= other.last_day and other.valid_from <= self.last_day


def expect_membership(told: Membership, unit: Place, group: Place) -> None:
    """Raise unless the kinds fit and both exist from the first day to the last."""
    allowed = MAY_GATHER.get(group.kind, frozenset[UnitKind]())
    if unit.kind not in allowed:
        raise GroupOfWrongKind(
            pointer="/group_id",
            kind=unit.kind.value,
            group_kind=group.kind.value,
            allowed=", ".join(sorted(kind.value for kind in allowed)) or "–",
        )
    if told.valid_until is not None and told.valid_until < told.valid_from:
        raise MembershipEndsBeforeItBegins(
            pointer="/valid_until", starts_on=told.valid_from, ends_on=told.valid_until
        )
    if not all(place.exists_between(told.valid_from, told.valid_until) for place in (unit, group)):
        raise MembersDoNotExistThen(
            starts_on=told.valid_from,
            ends_on=told.valid_until or "–",
            unit_days=_days_of(unit),
            group_days=_days_of(group),
        )


def add(told: Membership, unit: Place, group: Place, others: Iterable[Membership]) -> Membership:
    """Begin a membership by hand; `others` are those of the same unit."""
    expect_membership(told, unit, group)
    for other in others:
        if other.line == told.line and other.overlaps(told):
            refusal = MembershipOverlaps if other.group_id == told.group_id else BelongsToAnotherPou
            raise refusal(other_from=other.valid_from, other_until=other.valid_until or "–")
    return told


def end(memberships: Iterable[Membership], group_id: UUID, last_day: date) -> Membership:
    """End the membership in the group that holds on the last day; it may have been agreed for longer."""
    for membership in memberships:
        if membership.group_id == group_id and membership.holds_on(last_day):
            return replace(membership, valid_until=last_day)
    raise NoMemberThen(last_day=last_day)


def last_common_day(*days: date | None) -> date | None:
    """Return the first of the ends; None where no end is known."""
    return min((day for day in days if day is not None), default=None)


def expect_consistent(told: Membership, before: Sequence[Membership]) -> None:
    """Raise FileContradictsItself, TooManyMemberships.

    `before` are statements of the same file on the same line that begin no later.

    An open end says nothing of the days after the first: a later statement goes on from there. What was
    told twice is told once.
    """
    if len(before) >= MOST_IN_A_LINE:
        raise TooManyMemberships(limit=MOST_IN_A_LINE)
    for other in before:
        repeated = other.group_id == told.group_id and _same_days(other, told)
        if not repeated and told.valid_from <= (other.valid_until or other.valid_from):
            raise FileContradictsItself(
                pointer="/valid_from", other_from=other.valid_from, other_until=other.valid_until or "–"
            )


def settle(
    known: Sequence[Membership], told: Membership, *, at_most_until: date | None = None
) -> list[Membership]:
    """Return the line of memberships after a new statement; none of them overlap. `known` is one line.

    An open end says nothing of the end: it holds until the next membership that is known, at most until
    `at_most_until`, and a membership in the same group on that day stays as it is. Another group that
    held on the first day ends the day before. With a last day the statement replaces what other groups
    had in between, and the end that was known for the same group.
    """
    if told.valid_until is None:
        return _settle_open(known, told, at_most_until)
    same = [each for each in known if each.group_id == told.group_id and each.overlaps(told)]
    begins = min([told.valid_from, *(each.valid_from for each in same)])
    others = [part for each in known if each not in same for part in _outside(each, told)]
    joined = replace(told, valid_from=begins)
    if len(same) == 1 and _same_days(same[0], joined):
        joined = same[0]
    return sorted([*others, joined], key=lambda each: each.valid_from)


def _settle_open(
    known: Sequence[Membership], told: Membership, at_most_until: date | None
) -> list[Membership]:
    first = told.valid_from
    holding = next((each for each in known if each.holds_on(first)), None)
    if holding is not None and holding.group_id == told.group_id:
        return list(known)
    before = [each for each in known if each.last_day < first]
    if holding is not None and holding.valid_from < first:
        before.append(replace(holding, valid_until=first - _DAY))
    after = sorted((each for each in known if each.valid_from > first), key=lambda each: each.valid_from)
    if after and after[0].group_id == told.group_id:
        return [*before, replace(after[0], valid_from=first), *after[1:]]
    until = last_common_day(after[0].valid_from - _DAY if after else None, at_most_until)
    return [*before, replace(told, valid_until=until), *after]


def _outside(membership: Membership, told: Membership) -> Iterable[Membership]:
    """Give what is left of a membership before and after the days told."""
    if not membership.overlaps(told):
        yield membership
        return
    if membership.valid_from < told.valid_from:
        yield replace(membership, valid_until=told.valid_from - _DAY)
    if membership.last_day > told.last_day:
        yield replace(membership, valid_from=told.last_day + _DAY)


def _same_days(one: Membership, other: Membership) -> bool:
    return (one.valid_from, one.valid_until) == (other.valid_from, other.valid_until)


def _days_of(place: Place) -> str:
    return f"{place.first_day} – {place.last_day or '…'}"

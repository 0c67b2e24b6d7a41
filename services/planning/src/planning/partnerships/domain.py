"""Bodies in which a plan is made, and mandates in time: left, never deleted, later erased."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from uuid import UUID

from planning.partnerships.refusals import (
    AlternateOfNobody,
    BodyDissolved,
    BodyEndsBeforeItBegins,
    BodyHasItsChair,
    MandateEnded,
    MandateEndsBeforeItBegins,
    MandateErased,
    MandateOutsideItsBody,
    MandateOverlaps,
    MandateRunsYet,
    MemberKeptYet,
)
from shared.names import search_text


class BodyKind(StrEnum):
    LOCAL_PARTNERSHIP = "local-partnership"  # lokální partnerství
    MANAGEMENT_TEAM = "management-team"  # manažerský tým, řídící skupina
    WORKING_GROUP = "working-group"  # pracovní skupina
    COORDINATION_GROUP = "coordination-group"  # koordinační skupina
    OTHER = "other"


class MemberRole(StrEnum):
    CHAIR = "chair"  # předseda, předsedkyně
    MANAGER = "manager"  # manažer, manažerka skupiny
    MEMBER = "member"  # člen, členka
    CONTACT = "contact"  # kontaktní osoba města
    SECRETARY = "secretary"  # tajemník, tajemnice, zapisovatel
    GUEST = "guest"  # stálý host


class ErasureGround(StrEnum):
    RETENTION_OVER = "retention-over"  # uplynula doba uchování
    REQUEST = "request"  # žádost osoby (čl. 17 GDPR)


VOTING: Final = frozenset({MemberRole.CHAIR, MemberRole.MANAGER, MemberRole.MEMBER, MemberRole.CONTACT})
"""Roles that count in the quorum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many of the members a meeting takes: at least, or more than, so many percent."""

    percent: int
    more_than: bool

    def is_reached(self, present: int, members: int) -> bool:
        """Compare whole numbers; a body without members has no quorum."""
        share, needed = present * 100, self.percent * members
        return members > 0 and (share > needed if self.more_than else share >= needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """`ends_on` is the last day, None while it works; `statutes` names the document of its rules."""

    id: UUID
    version: int
    kind: BodyKind
    name: str
    unit_ids: tuple[UUID, ...]
    plan_id: UUID | None
    areas: tuple[str, ...]
    statutes: str
    is_public: bool
    quorum: Quorum
    starts_on: date
    ends_on: date | None

    @property
    def last_day(self) -> date:
        return self.ends_on or date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A person in a role of a body. `person` is the subject of tokens, None without an account."""

    id: UUID
    version: int
    body_id: UUID
    person: str | None
    name: str
    organisation: str
    role: MemberRole
    email: str
    phone: str
    alternate_for: UUID | None
    starts_on: date
    ends_on: date | None
    end_reason: str = ""
    is_erased: bool = False

    @property
    def last_day(self) -> date:
        return self.ends_on or date.max

    @property
    def person_key(self) -> str:
        """Tell people apart: by account, or by name with organisation; who was erased is like nobody else."""
        if self.is_erased:
            return f"erased:{self.id}"
        if self.person is not None:
            return f"account:{self.person}"
        return _key_of(self.name, self.organisation)

    def overlaps(self, other: "Mandate") -> bool:
        """Whether they have a day in common."""
        return self.starts_on <= other.last_day and other.starts_on <= self.last_day

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.last_day


@lru_cache(maxsize=2_000)
def _key_of(name: str, organisation: str) -> str:
    return f"name:{search_text(name)}|{search_text(organisation)}"


def expect_body(body: Body) -> Body:
    if body.last_day < body.starts_on:
        raise BodyEndsBeforeItBegins(pointer="/ends_on", starts_on=body.starts_on, ends_on=body.last_day)
    return body


def dissolve(body: Body, last_day: date) -> Body:
    """Raise BodyDissolved where it ends sooner already, BodyEndsBeforeItBegins."""
    if body.ends_on is not None and body.ends_on <= last_day:
        raise BodyDissolved(ends_on=body.ends_on)
    return expect_body(replace(body, ends_on=last_day, version=body.version + 1))


def expect_fit(mandate: Mandate, body: Body, of_body: Iterable[Mandate]) -> None:
    """Raise unless the days are in order and in the body's, and nobody has the same place then."""
    first, last = mandate.starts_on, mandate.last_day
    if last < first:
        raise MandateEndsBeforeItBegins(pointer="/ends_on", starts_on=first, ends_on=last)
    if first < body.starts_on or first > body.last_day or (mandate.ends_on or first) > body.last_day:
        raise MandateOutsideItsBody(
            pointer="/starts_on", body_from=body.starts_on, body_until=body.ends_on or "–"
        )
    others = [each for each in of_body if each.id != mandate.id]
    _expect_alternate(mandate, others)
    for other in others:
        if other.role is mandate.role and other.overlaps(mandate):
            _expect_beside(mandate, other)


def leave(mandate: Mandate, *, ends_on: date, reason: str) -> Mandate:
    """End a mandate; one that ends later anyway may be cut short."""
    if mandate.ends_on is not None and mandate.ends_on <= ends_on:
        raise MandateEnded(ends_on=mandate.ends_on)
    if ends_on < mandate.starts_on:
        raise MandateEndsBeforeItBegins(pointer="/ends_on", starts_on=mandate.starts_on, ends_on=ends_on)
    return replace(mandate, ends_on=ends_on, end_reason=reason, version=mandate.version + 1)


def expect_not_erased(mandate: Mandate) -> None:
    if mandate.is_erased:
        raise MandateErased


def erase(mandate: Mandate, ground: ErasureGround, *, today: date, retention_days: int) -> Mandate:
    """Forget the person; the role, the organisation and the days stay."""
    expect_not_erased(mandate)
    if mandate.ends_on is None or mandate.ends_on >= today:
        raise MandateRunsYet
    kept_until = mandate.ends_on + timedelta(days=retention_days)
    if ground is ErasureGround.RETENTION_OVER and today <= kept_until:
        raise MemberKeptYet(kept_until=kept_until)
    gone = replace(mandate, person=None, name="", email="", phone="", end_reason="", is_erased=True)
    return replace(gone, version=mandate.version + 1)


def _expect_alternate(mandate: Mandate, others: Iterable[Mandate]) -> None:
    if mandate.alternate_for is None:
        return
    main = next((each for each in others if each.id == mandate.alternate_for), None)
    if main is None or main.alternate_for is not None:
        raise AlternateOfNobody(pointer="/alternate_for")


def _expect_beside(mandate: Mandate, other: Mandate) -> None:
    until = other.ends_on or "–"
    if other.person_key == mandate.person_key:
        raise MandateOverlaps(name=other.name, other_from=other.starts_on, other_until=until)
    both_lead = mandate.alternate_for is None and other.alternate_for is None
    if mandate.role is MemberRole.CHAIR and both_lead:
        raise BodyHasItsChair(name=other.name, other_from=other.starts_on, other_until=until)

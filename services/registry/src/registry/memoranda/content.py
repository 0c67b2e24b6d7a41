"""What an edition of a memorandum is made of: parties, resolution, document, signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from unicodedata import normalize
from uuid import UUID

from registry.applications.content import Body


class Reason(StrEnum):
    """Why there is this edition."""

    FIRST = "first"
    PARTY_CHANGED = "party-changed"
    CONTENT_CHANGED = "content-changed"
    RENEWED = "renewed"  # after one that was terminated


class Side(StrEnum):
    UNIT = "unit"
    AGENCY = "agency"


class AgencyParty(StrEnum):
    """In whose name the Agency concludes; the values are ours, names and days stand in AGENCY_PARTIES."""

    OFFICE_OF_GOVERNMENT = "office-of-government"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """`first_day` and `last_day`: when it may be a party; None where it lasts."""

    name: str
    ico: str | None
    first_day: date | None = None
    last_day: date | None = None

    def exists_on(self, day: date) -> bool:
        return (self.first_day or date.min) <= day <= (self.last_day or date.max)


AGENCY_PARTIES: Final[Mapping[AgencyParty, Party]] = {
    AgencyParty.OFFICE_OF_GOVERNMENT: Party(
        name="Úřad vlády České republiky",
        ico="00006599",
        first_day=date(2008, 1, 23),  # government resolution 85 of that day set the Agency up
        last_day=date(2019, 12, 31),
    ),
    AgencyParty.MINISTRY: Party(
        name="Ministerstvo pro místní rozvoj", ico="66002222", first_day=date(2020, 1, 1)
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """By which the unit's assembly approved that the memorandum is concluded."""

    number: str
    adopted_on: date
    body: Body
    document_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """`recorded_by` is who wrote it down: the signatory himself, or the Agency for a paper."""

    side: Side
    name: str
    function: str
    signed_on: date
    recorded_by: str = ""

    @property
    def published(self) -> "Signature":
        """Return it without who wrote it down."""
        return replace(self, recorded_by="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """`by` None: both parties agreed on it."""

    by: Side | None
    terminated_on: date
    reason: str


def is_one_name(one: str, other: str) -> bool:
    """Whether two names differ in case, in spaces or in the way that accents are encoded at most."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())

"""What is written in an application, and what the officials wrote to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.deadline import Deadline
from shared.contracts.intake import DecisionOutcome
from shared.contracts.registry import ThematicArea

Form = Mapping[str, object]
"""JSON of the call's form: texts, whole numbers, yes and no, lists, objects."""


class Body(StrEnum):
    """Who adopted the resolution."""

    ASSEMBLY = "assembly"  # zastupitelstvo
    GENERAL_MEETING = "general-meeting"  # valná hromada, členská schůze


class Covers(StrEnum):
    """What a resolution approves."""

    FILING = "filing"  # podání přihlášky
    MEMORANDUM = "memorandum"  # uzavření memoranda


class Check(StrEnum):
    """Items of the formal check."""

    COMPLETE = "complete"
    ELIGIBLE = "eligible"
    IN_TIME = "in-time"
    RESOLUTION_VALID = "resolution-valid"
    SIGNED = "signed"


CHECKS: Final[Mapping[Check, tuple[str, str]]] = {
    Check.COMPLETE: ("úplnost", "complete"),
    Check.ELIGIBLE: ("způsobilý žadatel", "eligible applicant"),
    Check.IN_TIME: ("podání v termínu", "in time"),
    Check.RESOLUTION_VALID: ("platné usnesení", "valid resolution"),
    Check.SIGNED: ("podpis", "signed"),
}
"""Czech and English names of the items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the Agency may ask; never in the journal nor in events."""

    name: str
    function: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file in `documents`, by reference; `kind` is a code of the call's attachments."""

    kind: str
    document_id: UUID
    file_name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The assembly's resolution; one may cover the filing and the memorandum alike."""

    number: str
    adopted_on: date
    body: Body
    covers: frozenset[Covers]
    document_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingItem:
    """What the applicant is asked to complete; `pointer` leads into the application."""

    pointer: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A return for completion: what is missing and until when."""

    items: tuple[MissingItem, ...]
    deadline: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedItem:
    """One item of the formal check."""

    check: Check
    is_met: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the ministry decided, with the reasons that are published."""

    outcome: DecisionOutcome
    decided_on: date
    decided_by: str
    reasons: str
    exceeding_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the applicant writes; a draft may lack any of it."""

    form: Form
    areas: tuple[ThematicArea, ...]
    contact: Contact | None
    attachments: tuple[Attachment, ...]
    resolution: Resolution | None

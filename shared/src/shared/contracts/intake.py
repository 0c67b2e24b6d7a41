"""What `registry` tells of the way from a call to a cooperation, and of the work that follows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event
from shared.contracts.registry import ThematicArea, UnitKind


class DecisionOutcome(StrEnum):
    """What the ministry decided on an application (rozhodnutí o zařazení)."""

    ACCEPTED = "accepted"  # zařazena
    RESERVE = "reserve"  # náhradník
    REJECTED = "rejected"  # nezařazena


class CooperationDomain(StrEnum):
    """What a description of cooperation is about (one for each domain)."""

    SOCIAL_INCLUSION = "social-inclusion"  # sociální začleňování
    INCLUSIVE_EDUCATION = "inclusive-education"  # inkluzivní vzdělávání


class StatementKind(StrEnum):
    """What the Agency issues for calls of EU funds."""

    RECOMMENDING_STATEMENT = "recommending-statement"  # doporučující vyjádření (KPSVL)
    MAP_CONFIRMATION = "map-confirmation"  # potvrzení o spolupráci MAP s MMR v KPSV 2021+


class StatementOutcome(StrEnum):
    FAVOURABLE = "favourable"  # doporučující
    FAVOURABLE_WITH_CONDITION = "favourable-with-condition"  # doporučující s podmínkou
    UNFAVOURABLE = "unfavourable"  # nedoporučující


class ExpertActivityKind(StrEnum):
    """The thirteen expert activities of KPSV 2021+; the values are the codes of the methodology's order."""

    VYZ = "VYZ"  # výzkum
    ODP = "ODP"  # odborná podpora
    PRP = "PRP"  # projektové poradenství
    KON = "KON"  # konzultace opatření
    MON = "MON"  # monitoring dopadů
    MET = "MET"  # metodická podpora plánování a řízení
    KOM = "KOM"  # zavádění komunitní práce
    PAR = "PAR"  # participativní aktivity
    KMP = "KMP"  # zvyšování kompetencí
    VZA = "VZA"  # vzdělávací akce
    FAC = "FAC"  # facilitace
    VER = "VER"  # komunikace s veřejností
    EVA = "EVA"  # evaluace


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnnounced(Event):
    """A call for cooperation is out; units may prepare their applications."""

    type: ClassVar[str] = "registry.call.announced.v1"
    identity: ClassVar[str] = "call_id"

    call_id: UUID
    code: str
    title: str
    announced_on: date
    opens_on: date
    closes_at: datetime
    eligible_kinds: tuple[UnitKind, ...]
    areas: tuple[ThematicArea, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallExtended(Event):
    """The intake of a call ends later than was announced, and everybody is to know why."""

    type: ClassVar[str] = "registry.call.extended.v1"
    identity: ClassVar[str] = "call_id"

    call_id: UUID
    closes_at: datetime
    reason_cs: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted(Event):
    """A unit asks for cooperation; a submission after a return is told again, with the first receipt."""

    type: ClassVar[str] = "registry.application.submitted.v1"
    identity: ClassVar[str] = "application_id"

    application_id: UUID
    call_id: UUID
    unit_id: UUID
    number: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDecided(Event):
    """The ministry decided on an application; the decision is published and put on record."""

    type: ClassVar[str] = "registry.application.decided.v1"
    identity: ClassVar[str] = "application_id"

    application_id: UUID
    call_id: UUID
    unit_id: UUID
    number: str
    outcome: DecisionOutcome
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorandumConcluded(Event):
    """All parties signed an edition of the memorandum: the legal basis of cooperation stands."""

    type: ClassVar[str] = "registry.memorandum.concluded.v1"
    identity: ClassVar[str] = "memorandum_id"

    memorandum_id: UUID
    unit_id: UUID
    edition: int
    concluded_on: date
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineLevel:
    """The level of a quality criterion at the start, 0 to 4; None where it was not assessed."""

    area: ThematicArea
    criterion: str
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationDescribed(Event):
    """Both parties agreed on themes, results and the baseline of quality; it is locked from now on."""

    type: ClassVar[str] = "registry.description.agreed.v1"
    identity: ClassVar[str] = "description_id"

    description_id: UUID
    cooperation_id: UUID
    unit_id: UUID
    domain: CooperationDomain
    edition: int
    areas: tuple[ThematicArea, ...]
    starts_on: date
    ends_on: date
    baseline: tuple[BaselineLevel, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDueSoon(Event):
    """The clock of a statement runs out soon, or has run out already: whoever drafts it must hurry."""

    type: ClassVar[str] = "registry.statement.due.v1"
    identity: ClassVar[str] = "statement_id"

    statement_id: UUID
    unit_ids: tuple[UUID, ...]
    due_on: date
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementIssued(Event):
    """The Agency issued a statement or a confirmation for a call of EU funds."""

    type: ClassVar[str] = "registry.statement.issued.v1"
    identity: ClassVar[str] = "statement_id"

    statement_id: UUID
    kind: StatementKind
    number: str
    unit_ids: tuple[UUID, ...]
    outcome: StatementOutcome
    issued_on: date
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Minutes of one person at an activity; `person` is a pseudonymous key, never a name."""

    person: str
    role: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRecorded(Event):
    """An expert activity was held, corrected or struck out; hours of participants are counted from it."""

    type: ClassVar[str] = "registry.activity.recorded.v1"
    identity: ClassVar[str] = "activity_id"

    activity_id: UUID
    unit_ids: tuple[UUID, ...]
    kind: ExpertActivityKind
    areas: tuple[ThematicArea, ...]
    held_on: date
    minutes: int
    attendance: tuple[Attendance, ...]
    struck_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOpened(Event):
    """Elections near: what was agreed with the present leadership is to be handed over."""

    type: ClassVar[str] = "registry.handover.opened.v1"
    identity: ClassVar[str] = "handover_id"

    handover_id: UUID
    unit_id: UUID
    election_on: date
    due_on: date

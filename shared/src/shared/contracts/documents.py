"""What `documents` tells: what was published."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """A file that documents keeps, as other services refer to it; `digest` is the SHA-256 of its bytes."""

    document_id: UUID
    file_name: str
    digest: str


class DocumentKind(StrEnum):
    """Kinds of document; the code is the one that the field uses.

    `PLAN` is a plan of any kind that the platform rendered itself; the other kinds of plan are for
    files that people bring.
    """

    PLAN = "PLAN"  # schválený plán
    OTHER = "OTHER"  # jiný dokument
    CAST = "CAST"  # část nebo podoba plánu: návrhová část, srozumitelné shrnutí, změny; není výstupem
    PRIHL = "PRIHL"  # přihláška ke spolupráci
    MEMO = "MEMO"  # memorandum
    POPIS = "POPIS"  # popis spolupráce
    VANAL = "VANAL"  # vstupní, situační analýza
    VYZK = "VYZK"  # tematický, průřezový výzkum, sonda, mikroanalýza
    PSZ = "PSZ"  # plán sociálního začleňování
    SPSZ = "SPSZ"  # strategický plán sociálního začleňování
    TAP = "TAP"  # tematický akční plán
    EXIT = "EXIT"  # exit strategie
    KPSS = "KPSS"  # komunitní plán sociálních služeb
    ZAPIS = "ZAPIS"  # zápis z jednání
    MONIT = "MONIT"  # monitorovací zpráva
    EVAL = "EVAL"  # evaluační zpráva
    VYJ = "VYJ"  # vyjádření, potvrzení Agentury
    VYPOR = "VYPOR"  # vypořádání připomínek
    METOD = "METOD"  # metodika
    VYROC = "VYROC"  # výroční soubor praxe a doporučení
    KOMPL = "KOMPL"  # komunikační plán
    PRISP = "PRISP"  # výkaz poskytovatele


class OutputKind(StrEnum):
    """What a document is among the outputs that an ESF project promises."""

    PLAN = "plan"  # plán, strategie
    ACTION_PLAN = "action-plan"  # tematický akční plán
    COMMUNICATION_PLAN = "communication-plan"  # komunikační plán
    METHODOLOGY = "methodology"  # metodika
    ANALYSIS = "analysis"  # analytický dokument, výzkum
    EVALUATION = "evaluation"  # evaluační zpráva
    COUNSELLING_REPORT = "counselling-report"  # závěrečná zpráva z odborného poradenství
    REPORT = "report"  # jiná zpráva
    RECOMMENDATIONS = "recommendations"  # soubor ověřených postupů, návrhů a doporučení
    MEASURE = "measure"  # opatření na základě odborného poradenství
    MEDIA = "media"  # mediální výstup
    EVENT = "event"  # doklad o setkání nebo konferenci
    OTHER = "other"  # jiný výstup


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPublished(Event):
    """A version of a document became public; programmes count it among their deliverables.

    `digest` is the SHA-256 (hex) of the file; `approved_by` is a body or an office, never a person;
    `output_id` is the output of a project as which it is published.
    """

    type: ClassVar[str] = "documents.document.published.v1"
    identity: ClassVar[str] = "document_id"

    document_id: UUID
    kind: DocumentKind
    title: str
    plan_id: UUID | None
    revision: int | None
    unit_ids: tuple[UUID, ...]
    media_type: str
    size_bytes: int
    digest: str
    published_at: datetime
    approved_by: str | None = None
    approved_on: date | None = None
    output_kind: OutputKind | None = None
    output_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWithdrawn(Event):
    """A document is public no more; programmes count it back until it is published again.

    Whatever was published of it under an older version of the document is withdrawn with it.
    """

    type: ClassVar[str] = "documents.document.withdrawn.v1"
    identity: ClassVar[str] = "document_id"

    document_id: UUID
    withdrawn_at: datetime
    reason: str

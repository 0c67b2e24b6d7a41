"""A rendition: what was asked for, how far it is, and when it is given up."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from shared.canonical import digest
from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class Source(StrEnum):
    """What a paper is made of; each is frozen by the service that it belongs to."""

    EVALUATION_REPORT = "evaluation-report"  # evaluační zpráva
    MINUTES = "minutes"  # zápis hodnoticí komise
    MEMORANDUM = "memorandum"  # memorandum o spolupráci
    DESCRIPTION = "description"  # popis spolupráce
    STATEMENT = "statement"  # vyjádření nebo potvrzení
    UNIT_PROFILE = "unit-profile"  # karta obce
    PROGRAMME_REPORT = "programme-report"  # zpráva o plnění projektu


class RenditionState(StrEnum):
    WAITING = "waiting"
    RENDERING = "rendering"
    DONE = "done"
    FAILED = "failed"


class Failure(StrEnum):
    """Why nothing came of it."""

    UNREADABLE = "unreadable"  # the source is in a form that we cannot read
    GIVEN_UP = "given-up"  # it was tried too often


DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_ATTEMPTS: Final = 3
LEASE: Final = timedelta(minutes=5)
"""How long a worker may take; then another one tries."""
TEMPLATE: Final = 2
"""Raised with every change of what a paper looks like or says: the same source then gives a new version."""
_DOCUMENTS: Final = UUID("6f7a1f2e-4a0b-5a55-9b3e-0b6f6a5d9c11")


class RenditionUnknown(NotFound):
    cs = "Takové zpracování neexistuje."
    en = "There is no such rendition."


class SourceUnknown(NotFound):
    cs = "Podklad neexistuje, nebo na něj nemáte právo."
    en = "There is no such source, or you may not read it."


class SourceNotForYou(Forbidden):
    cs = "Podklad smějí číst jen jiné role."
    en = "The source is for other roles."


class SourceNotReady(RuleBroken):
    cs = "Podklad ještě není uzavřen: {said}"
    en = "The source is not closed yet: {said}"


class SourcesNotSetUp(RuleBroken):
    cs = "Odkud brát podklady, tady není nastaveno."
    en = "Where sources come from is not set up here."


class SourceTooLarge(Invalid):
    cs = "Podklad má přes {limit} bajtů, tolik žádný mít nemůže."
    en = "The source has more than {limit} bytes, more than any can have."


class SourceDiffers(RuleBroken):
    cs = "Podklad má jiný otisk, než jaký čekáte: {found}."
    en = "The source has another digest than you expect: {found}."


class EditionMissing(Invalid):
    cs = "U evaluační zprávy napište vydání."
    en = "Name the edition of the evaluation report."


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A source as its service gave it; `digest` is the SHA-256 (hex) of `body`."""

    source: Source
    source_id: UUID
    body: bytes
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """What a worker has in hands; `template` is what it is made with."""

    id: UUID
    source: Source
    source_id: UUID
    source_digest: str
    template: int
    attempts: int


def taken(source: Source, source_id: UUID, body: bytes, *, expected: str | None = None) -> Taken:
    """Return what came; raises `SourceDiffers` unless it has the digest that the caller expects."""
    found = digest(body)
    if expected is not None and found != expected:
        raise SourceDiffers(pointer="/digest", found=found)
    return Taken(source=source, source_id=source_id, body=body, digest=found)


def document_of(source: Source, source_id: UUID) -> UUID:
    """Every rendition of the same thing is a version of the same document."""
    return uuid5(_DOCUMENTS, f"{source}:{source_id}")
